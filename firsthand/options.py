"""One frozen value per stage. Each default says what it risks and which measurement set it.

Options are part of a stage's seal: a changed option reruns the stage that reads it and what stands on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How pages are read."""

    max_page_bytes: int = 20_000_000
    """A document above this is set aside unread (a news page is 0.1 to 2 MB; risk: a huge live blog, or a page saved
    with its pictures inside, is not read). Its beginning is not read either: what is this large in one piece is hardly
    ever one page, and half a page would be called silent on what stands in its other half."""
    max_tags: int = 250_000
    """HTML with more tags is set aside unread (a long live blog has 30,000; the gain is bounded time)."""
    max_file_bytes: int = 4_000_000_000
    """Unpacked bytes read of one packed file, or ``max_unpacking`` times what it takes on the disk if that is more;
    the rest is named unread (a decompression bomb; risk: the end of a huge pile of one sentence repeated)."""
    max_unpacking: int = 25
    """How many times larger than itself a packed file may become (packed pages grow 4 to 10 times)."""
    max_refused: int = 100_000
    """So many records of one file in a row that are no pages, and the rest of it is named unread (a packed file of a
    megabyte can hold 100 million of them; risk: a crawl with so many pictures between two pages)."""
    max_members: int = 100_000
    """A ZIP archive of more files is set aside unread (risk: a large pile has to be unpacked by hand)."""
    max_nesting: int = 3
    """Archives inside archives that are opened (a WARC, packed, in a WACZ, is 3)."""
    least_feed_words: int = 40
    """A feed's entry that brings no full content, only a summary, is read as a page from so many words. Lower, and
    teasers count as articles that are silent on what they leave out."""


@dataclass(frozen=True, slots=True)
class ArticleOptions:
    """How the article is found on a page."""

    body_probability: float = 0.5
    """The block classifier's probability from which a block is body. Lower keeps more and lets furniture in; .4 to .6
    give the same F1 on flattened news (flat_news, cross-validated)."""

    least_words: int = 20
    """A page whose prose has fewer words is set aside. Risk: a real brief of one sentence is set aside."""

    max_blocks: int = 10_000
    """Lines or paragraphs of one page that are read. Risk: the end of a huge live blog is not read."""


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """When two articles are a copy. Measured on real pairs of US outlets (natural_reuse) and on marked stories."""

    retellings: bool = True
    """Whether articles that share a telling, not words, are looked for (most of the time that copies take)."""
    shortest_passage: int = 8
    """Words of the shortest shared passage (risk below: stock phrases; above: heavily edited copies fall apart)."""
    bridged_words: int = 4
    """An edit of up to so many words on either side does not end a passage."""
    most_pages_per_fingerprint: int = 200
    """A run of words on more pages than this is a template (risk: a wire report on more sites is paired by others)."""
    postings_memory: int = 1000
    """Megabytes of postings (0.8 KB a page) that memory holds; more lie in a temporary file. The answer is the same."""
    identical_share: float = 0.95
    """Both shares from here: identical (an added credit line or a kicker is some 3 % of a short report)."""
    edited_share: float = 0.4
    """The smaller share from here: edited; below: an excerpt inside something longer."""
    fewest_own_words: int = 77
    """Shared words outside quotations (risk below: pages that share one sentence of background)."""
    least_own_share: float = 0.12
    """Share of one article's own words that are shared (risk below: boilerplate; above: short excerpts are lost)."""
    fewest_run_words: int = 50
    """Own words in a row, over several paragraphs, that make a copy (pages of one outlet that are none share 46) ..."""
    least_run_share: float = 0.05
    """... where they are this share of one article's own words (risk below: boilerplate)."""
    fewest_brief_words: int = 25
    """The same for a brief, of which they must be a large part (risk below: one long sentence of background) ..."""
    least_brief_share: float = 0.4
    """... namely this share of its own words."""
    least_differing_facts: float = 2.5
    """Figures, days and names that differ in a hundred shared words, from which they are a template ..."""
    least_differing_share: float = 0.4
    """... where they are this share of the edits and kept figures (risk below: a report brought up to date) ..."""
    least_distant_share: float = 0.25
    """The same share where the two were published more than ``most_days_apart``: a bulletin of another week."""
    fewest_differing_names: float = 2.0
    """... and so many of them are days or names, or another day of publication."""
    least_gist: float = 0.3
    """Cosine of two articles' gists below which no retelling is looked for."""
    least_retold: float = 6.0
    """Score of a retold block that makes a rewrite by itself (two long reports of one event by two newsrooms: 5.6)."""
    least_retold_share: float = 0.5
    """Share of one article closely told by the other that makes a rewrite (independent reports reach .5) ..."""
    least_block: float = 1.4
    """... where the retold block scores this much (below, two or three sentences of background)."""
    least_told_news: float = 0.45
    """Likeness of the openings that either needs (risk below: one newsroom's live pages, a standing background) ..."""
    least_told_matter: float = 0.7
    """... and the cosine of the gists."""
    least_own_news: float = 0.6
    """Likeness of the openings that a rewrite needs between two articles of one newsroom, of several days."""
    least_credited_news: float = 0.42
    """Likeness of what is told with a credit to the opening of the credited newsroom's article (an aside: .35)."""
    least_same_news: float = 0.3
    """Likeness of the openings that a rewrite by credit needs (risk below: one newsroom, two of its reports)."""
    least_common_credit: float = 0.5
    """1: both must cite a report; 0.5: one may only name the newsroom as where somebody spoke."""
    least_admitted_news: float = 0.48
    """Likeness of the openings where only one of two credits a newsroom, which the other names further down."""
    least_silent_news: float = 0.66
    """Likeness of the openings where only one of two credits a newsroom, and the other never names it."""
    least_same_matter: float = 0.65
    """Cosine of the gists that any rewrite by credit needs (risk above: short articles, whose gists are noisy)."""
    least_common_likeness: float = 1.17
    """Both likenesses together where both credit one newsroom (one newsroom's reports of two happenings: 1.13)."""
    least_admitted_matter: float = 0.82
    """Cosine of the gists where only one credits a newsroom."""
    most_days_apart: float = 7.0
    """Days between publications beyond which the same news is another event's (risk: a late retelling is missed)."""


@dataclass(frozen=True, slots=True)
class StoryOptions:
    """When two articles are about one happening."""

    threshold: float = 0.42
    """Average likelihood at which groups join. Lower chains happenings together, higher splits a story."""
    most_days: float = 14.0
    """Days beyond which two pages are not about one happening, unless one copies the other."""


@dataclass(frozen=True, slots=True)
class StatementOptions:
    """How statements and chains are read."""

    fewest_words: int = 5
    """A clause with fewer words stays with its neighbour (risk of a lower one: fragments that align with anything; of a
    higher one: two assertions of different sources under one chain)."""
    most_characters: int = 120_000
    """No more of an article's text is parsed (some 20,000 words). What lies beyond becomes own-voice statements of up
    to 2,000 characters each, without terms or sources. Higher, and one hostile page can hold a run for minutes (at this
    figure ten megabytes of quotation marks, or of one endless line, took 4 to 19 seconds); lower, and the end of a very
    long read stays unread."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """When two pages carry one report, and when a page probably carries an absent one."""

    same_text: float = 0.75
    """Two pages carry one report where both share this much of their words. Lower, and a local story that prints most
    of a wire report is taken for it; higher, and a desk's cut of it counts as reporting of its own."""
    part_of_text: float = 0.9
    """A page carries a longer page's report where this much of its words stand there."""
    republished_days: int = 3
    """Pages of one text whose dates are further apart keep their own dates (a wire runs for a day or two)."""
    told_apart_days: int = 4
    """Two citations of one newsroom mean two reports where their dates are further apart."""
    least_content: float = 0.35
    """A citation means a page of the collection where this share of its content words stands on that page. Lower, and
    a newsroom's other report is taken for the cited one."""
    maybe_carried: float = 0.75
    """Sum of weights at which a page is said to carry an absent report, probably (``reports/rules.toml``)."""


@dataclass(frozen=True, slots=True)
class ClaimOptions:
    """When two statements assert the same, and when they cannot both be right."""

    same: float = 0.5
    """Average likelihood of asserting the same from which statements become one claim. Lower aligns more and merges
    distinct claims, which hides an origin; higher leaves retellings apart, which makes a claim look as if one page
    alone carried it."""
    bond: float = 0.25
    """Likelihood of asserting the same below which a pair does not hold a group together. Lower, and the two assertions
    of one sentence are one claim; higher, and a claim told in many wordings falls apart."""
    strong: float = 0.5
    """Likelihood of asserting the same from which two statements stand in one claim whatever else lies near. Lower, and
    sentences that share half of what they say are one claim; higher, and a sentence that holds two assertions stands in
    the claim of the heavier alone."""
    joins: float = 0.35
    """Average likelihood with all statements of a claim from which a statement joins it that asserts strongly what one
    of them does; below, the two make a claim of their own."""
    restates: float = 0.97
    """Likelihood from which two statements of one page are one claim."""


@dataclass(frozen=True, slots=True)
class OriginOptions:
    """How origins are counted."""

    same_quotation: float = 0.6
    """Share of the shorter quotation's content words (four or more) that makes two quotations one utterance. Lower,
    and two remarks on one subject are one; higher, and a translated or trimmed quotation is two origins."""
    same_words: float = 0.6
    """Share of the shorter statement that a word-for-word passage must cover for two statements to be one text."""


@dataclass(frozen=True, slots=True)
class Options:
    """All options of a run, a value per stage."""

    pages: PageOptions = field(default_factory=PageOptions)
    articles: ArticleOptions = field(default_factory=ArticleOptions)
    copies: CopyOptions = field(default_factory=CopyOptions)
    stories: StoryOptions = field(default_factory=StoryOptions)
    statements: StatementOptions = field(default_factory=StatementOptions)
    reports: ReportOptions = field(default_factory=ReportOptions)
    claims: ClaimOptions = field(default_factory=ClaimOptions)
    origins: OriginOptions = field(default_factory=OriginOptions)
