"""Every record that flows through the pipeline, in pipeline order.

Records are frozen, slotted dataclasses; those of which there are very many are frozen ``msgspec`` structs, made in a
tenth of the time (for them ``dataclasses.replace`` is ``msgspec.structs.replace``). Collections are tuples; closed
choices are ``Literal``. Nothing is edited in place: a stage that learns more about a record makes a new one. Ids are
content-hashed (:func:`content_id`), so the same input gives the same ids whatever the order of files or the number of
processes.

Shared parts
    :class:`Span`     half-open character offsets, ``text[start:end]`` is exactly the words
    :class:`Place`    a span on a page
    :class:`Moment`   an interval of time with its basis; a crawl proves only "not after"
    :class:`Reason`   a rule from a closed, documented set (``rules.py``), one sentence, a weight, the places to look
    :class:`Rejected` what was set aside, by which stage, and why: in = out + rejected, per stage
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

import msgspec

# --------------------------------------------------------------------------------------------- shared parts


def content_id(prefix: str, *parts: object) -> str:
    """An id from what a record is made of: ``prefix-`` and 12 hex digits of BLAKE2b over the parts, in order."""
    raws = [str(part).encode("utf-8", "surrogatepass") for part in parts]
    whole = b"".join([piece for raw in raws for piece in (len(raw).to_bytes(8, "big"), raw)])
    return f"{prefix}-{blake2b(whole, digest_size=6).hexdigest()}"


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """Half-open character offsets ``[start, end)`` into a text; ``text[start:end]`` is exactly the words."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this span in ``text``."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> int:
        """How many characters two spans of one text share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where to look: a page and, where known, the characters of its article text (``Article.text``)."""

    page: str
    span: Span | None = None


MomentBasis = Literal["stated", "metadata", "url", "feed", "copy", "capture", "relative", "unknown"]


@dataclass(frozen=True, slots=True)
class Moment:
    """An interval of time, both ends inclusive, in ISO 8601 (``2018-09-08`` or ``2018-09-08T12:25`` with an offset
    only where one is stated). ``None`` at an end means that the end is open. ``words`` are the words that say so."""

    earliest: str | None
    latest: str | None
    basis: MomentBasis
    words: str | None = None


class Reason(msgspec.Struct, frozen=True, gc=False):
    """Why a verdict was reached. ``rule`` is a name from ``rules.py``; ``weight`` is the rule's own figure (a share,
    a similarity, a count: each rule documents which), and a verdict is recomputed from its reasons alone."""

    rule: str
    because: str
    weight: float
    spans: tuple[Place, ...] = ()


Stage = Literal["pages", "articles", "copies", "stories", "statements", "reports", "claims", "origins", "dossier"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """What a stage set aside: ``subject`` is a location or an id; ``why`` one sentence with the value in it."""

    subject: str
    stage: Stage
    why: str


# ---------------------------------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class Page:
    """One document as it was found. ``content`` is the decoded text or HTML, untouched otherwise (empty in a
    collection's rows, which hold it apart: :meth:`store.Collection.content`).

    The ``given_*`` fields are what the input *record* brought beside the content (a JSONL column, a feed element);
    they are evidence, not verdicts. ``captured`` is when it was crawled or stored: only an upper bound.
    """

    id: str
    location: str
    media: Literal["text", "html"]
    content: str
    given_id: str | None = None
    url: str | None = None
    given_headline: str | None = None
    given_outlet: str | None = None
    given_byline: tuple[str, ...] = ()
    given_date: str | None = None
    given_basis: Literal["metadata", "feed"] = "metadata"
    captured: str | None = None


# ------------------------------------------------------------------------------------------------- articles


@dataclass(frozen=True, slots=True)
class Named:
    """A name with what it rests on. ``basis`` says where it was found (``jsonld``, ``meta``, ``dateline``,
    ``byline-line``, ``copyright``, ``furniture``, ``url``, ``record``, ``copy`` ...); ``span`` is set where the
    words stand inside the article text."""

    name: str
    basis: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """The agency whose copy this text is. ``extent``: the whole text, or a contribution to it."""

    name: str
    basis: str
    span: Span | None = None
    extent: Literal["whole", "partly"] = "whole"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """Every date found on a page. ``role`` ``publication`` marks the one that was believed (or one of several that
    agree), ``updated`` a later revision; every other date keeps ``not-publication`` and why."""

    when: Moment
    role: Literal["publication", "updated", "not-publication"]
    why: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Furniture, kept: the lines as they stood on the page, why they are not the article, and the line number of the
    first of them (1-based; 0 where the page has no lines, as in HTML)."""

    lines: tuple[str, ...]
    why: str
    first_line: int = 0


Genre = Literal["report", "opinion", "analysis", "live", "sponsored", "press_release", "unknown"]


@dataclass(frozen=True, slots=True)
class Article:
    """What a newsroom published on a page. ``text`` is the cleaned body, paragraphs joined by a blank line
    (``\\n\\n``); ``paragraphs`` are spans of it, in order, covering it but for the joins. The headline is not in it.

    ``byline`` holds the persons that the page's byline names, ``byline_bodies`` the bodies (an outlet, an agency, a
    desk) that stand there beside them or in their place."""

    page: str
    headline: str | None
    text: str
    paragraphs: tuple[Span, ...]
    standfirst: str | None = None
    outlet: Named | None = None
    byline: tuple[str, ...] = ()
    byline_bodies: tuple[str, ...] = ()
    credit: Credit | None = None
    published: Moment | None = None
    dates: tuple[FoundDate, ...] = ()
    topics: tuple[str, ...] = ()
    genre: Genre = "unknown"
    completeness: Literal["full", "truncated", "unknown"] = "unknown"
    language: str = "en"
    set_aside: tuple[SetAside, ...] = ()
    reasons: tuple[Reason, ...] = ()


# --------------------------------------------------------------------------------------------------- copies

Relation = Literal["identical", "edited", "excerpt", "rewrite"]


class Passage(msgspec.Struct, frozen=True, gc=False):
    """The same words, or the same content retold, in two articles: a span of each article's text."""

    a: Span
    b: Span


EditKind = Literal["changed", "cut", "added", "reordered"]


class Edit(msgspec.Struct, frozen=True, gc=False):
    """Where two articles that share a text differ, read from ``a`` to ``b``; it claims no direction.

    ``changed``: ``a`` has these words, ``b`` has those in their place. ``cut``: the words stand only in ``a``, and
    ``b``'s span is empty, at the place where they would stand. ``added``: the words stand only in ``b``.
    ``reordered``: a passage that stands elsewhere in the order of passages (its spans are that passage's).
    """

    kind: EditKind
    a: Span
    b: Span


class Copy(msgspec.Struct, frozen=True, gc=False):
    """Two articles that share words, or one that retells the other (``a < b`` by page id). It claims no direction.

    ``share_a``, ``share_b``: the share in [0, 1] of each article's own words that the passages cover. ``edits``: where
    the shared text differs, within passages and between them, sorted by their place in ``a``, then in ``b``; no two of
    those within and between passages overlap, on either side. Empty for a retelling, which differs everywhere.
    """

    a: str
    b: str
    relation: Relation
    share_a: float
    share_b: float
    passages: tuple[Passage, ...]
    reasons: tuple[Reason, ...]
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceMatter:
    """A quotation, statement or document that stands on several pages which are no copies of each other: what they
    share is their source. One record for all its places, sorted; ``words`` counts those of its longest place. A page
    can hold a part of it, or have it in several places."""

    id: str
    places: tuple[Place, ...]
    words: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """All that ``copies/`` finds."""

    copies: tuple[Copy, ...] = ()
    source_matter: tuple[SourceMatter, ...] = ()


# -------------------------------------------------------------------------------------------------- stories


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one happening. ``title`` is the headline of its most central article, copied, never written."""

    id: str
    title: str
    pages: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


# ----------------------------------------------------------------------------------------------- statements

LinkRole = Literal["newsroom", "report", "source"]
SourceKind = Literal["person", "body", "unnamed", "document", "observation", "unknown"]


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that signal an attribution ("said", "according to"); ``span`` None where only implied."""

    words: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain. ``role`` newsroom: the page's own; report: a cited piece of journalism, ``name`` its
    newsroom (canonical, see ``newsrooms.toml``; None for "according to a report"); source: the end of the chain.

    ``kind`` is the source's kind; a newsroom or report link carries ``body``. ``description`` holds the exact words
    that name the source ("two people close to the government"); ``count`` as stated ("two", "multiple"), never
    raised. ``span`` are the words that name this link, ``content`` the span that it governs. ``when`` is when the
    utterance or the cited report came out, as far as the words say. All spans are of ``Article.text``.
    """

    role: LinkRole
    kind: SourceKind
    name: str | None = None
    description: str | None = None
    count: str | None = None
    anonymity_reason: str | None = None
    relation: Literal["first-hand", "second-hand", "unknown"] = "unknown"
    medium: str | None = None
    cue: Cue | None = None
    span: Span | None = None
    content: Span | None = None
    when: Moment | None = None


TermKind = Literal["noun", "verb", "adjective", "adverb", "name", "number", "time"]


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a statement, for aligning statements without parsing again. ``value`` is the lemma in lower
    case, the name's key (``language.names.name_key``), the number's digits, or the time's ISO value; ``role`` is its
    grammatical place (``subject``, ``predicate``, ``object``, ``modifier`` or empty); ``negated`` under a negation."""

    kind: TermKind
    value: str
    span: Span
    role: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word by which the assertion is held back ("may", "allegedly", "plans to"), with its words and place."""

    words: str
    span: Span | None = None


class Clause(msgspec.Struct, frozen=True, gc=False):
    """What one verb of a statement governs: ``span`` of the article's text, ``verb`` the lemma for what is done there
    ("sell" also in "agreed to sell"). The clauses of a statement lie within one another; a word belongs to the
    shortest that holds it."""

    span: Span
    verb: str


StatementKind = Literal["quote", "indirect", "mixed", "own_voice", "no_comment"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One assertion in one article: ``text == article.text[span]``, and its chain, outermost first.

    A sentence can hold several statements; a quotation split around its speaker is one statement whose ``parts`` are
    the spans of the words proper (``span`` covers them all). ``about`` is when the thing happened. ``chain`` always
    starts with the page's own newsroom (name None where the outlet is unknown). ``terms`` and ``clauses`` are in text
    order.
    """

    id: str
    page: str
    span: Span
    text: str
    kind: StatementKind
    chain: tuple[Link, ...]
    polarity: Literal["affirmed", "negated"] = "affirmed"
    hedge: Hedge | None = None
    about: Moment | None = None
    parts: tuple[Span, ...] = ()
    terms: tuple[Term, ...] = ()
    clauses: tuple[Clause, ...] = ()


# -------------------------------------------------------------------------------------------------- reports


@dataclass(frozen=True, slots=True)
class MaybeCarried:
    """A page of the collection that probably carries an absent report, and why."""

    page: str
    why: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One piece of journalism. In the collection: carried by ``pages``. Absent: only cited (``pages`` empty).

    ``cites`` and ``derived_from`` are report ids; ``derived_from`` (its main news is taken from there) is a subset of
    ``cites`` plus the reports that it retells without saying so. An absent report belongs to one ``story``.
    """

    id: str
    newsroom: str | None
    in_collection: bool
    pages: tuple[str, ...]
    headline: str | None
    published: Moment | None
    kind: Literal["original", "rewrite", "mixed", "unknown"]
    story: str | None = None
    cites: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    maybe_carried_by: tuple[MaybeCarried, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Carriage:
    """Which report a page carries, and what it learns from the other pages that carry the same one: a credit or a
    date stated elsewhere (basis ``copy``). ``credit`` and ``published`` are the page's own where it has them."""

    page: str
    report: str
    credit: Credit | None
    published: Moment | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """The report that one link of one statement's chain means (``link`` is the index into ``Statement.chain``; link 0
    is the page's own newsroom and means the report that the page carries)."""

    statement: str
    link: int
    report: str


@dataclass(frozen=True, slots=True)
class Direction:
    """Who had it from whom, for one copy (``a``, ``b`` as in :class:`Copy`)."""

    a: str
    b: str
    verdict: Literal["a_from_b", "b_from_a", "common_original", "undetermined"]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """All that ``reports/`` finds: the reports, who carries them, which links mean them, and who had it from whom."""

    reports: tuple[Report, ...] = ()
    carriages: tuple[Carriage, ...] = ()
    citations: tuple[Citation, ...] = ()
    directions: tuple[Direction, ...] = ()


# --------------------------------------------------------------------------------------------------- claims


@dataclass(frozen=True, slots=True)
class Claim:
    """The same assertion as it stands in several articles (or in one). ``text`` is copied from its clearest
    statement. ``carried``, ``silent`` and ``unreadable`` part the story's pages: unreadable means that the page is
    visibly cut off, or that no statement could be read on it, and so cannot be called silent."""

    id: str
    story: str
    text: str
    statements: tuple[str, ...]
    carried: tuple[str, ...]
    silent: tuple[str, ...]
    unreadable: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


DisagreementKind = Literal["number", "date", "name", "place", "status", "polarity", "attribution"]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Articles that cannot both be right. ``values`` are the exact words that differ, one a statement, in the order
    of ``statements``; ``text`` says it in one sentence made of those words. ``order`` holds the statements of an update
    over time, oldest first; empty where the sides do not follow each other, or no clock tells."""

    id: str
    story: str
    kind: DisagreementKind
    statements: tuple[str, ...]
    values: tuple[str, ...]
    text: str
    reasons: tuple[Reason, ...] = ()
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """All that ``claims/`` finds."""

    claims: tuple[Claim, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


# -------------------------------------------------------------------------------------------------- origins


@dataclass(frozen=True, slots=True)
class Origin:
    """One (report, source) pair through which a claim came into the collection, after all certain merges.

    ``source`` is the end of the chain as a reader would name it (a name, a description, or None for the report's own
    voice) and ``kind`` its kind; ``statements`` are those that lead here; ``reasons`` say which were merged and why.
    """

    report: str | None
    source: str | None
    kind: SourceKind
    statements: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OpenMerge:
    """Two origins of one claim (indexes into ``OriginCount.origins``) that may be one, which would lower the count."""

    a: int
    b: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class First:
    """Who was first *in this collection* with a claim, as far as clocks and chains allow."""

    pages: tuple[str, ...]
    verdict: Literal["found", "tied", "absent", "undetermined"]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OriginCount:
    """How many independent origins a claim has: ``[min, max]``, from ``origins`` and ``open`` alone (recomputable)."""

    claim: str
    min: int
    max: int
    origins: tuple[Origin, ...]
    open: tuple[OpenMerge, ...]
    first: First
    loops: tuple[tuple[str, ...], ...] = ()
    reasons: tuple[Reason, ...] = ()


# ------------------------------------------------------------------------------------------------- overrules

OverruleAbout = Literal["origins", "claims", "reports", "stories"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an overrule holds on to: exact words on a page (empty: the whole page), never a number that another page
    would change. ``mark`` is made of the article's own words, so that a page is known again where it has moved."""

    page: str
    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class Overrule:
    """What an editor has decided against, or in place of, the rules: that ``a`` and ``b`` are ``one`` or ``apart``.
    ``on`` is the day in ISO 8601; ``named`` says in words what the two were when it was decided."""

    id: str
    verdict: Literal["one", "apart"]
    about: OverruleAbout
    a: tuple[Anchor, ...]
    b: tuple[Anchor, ...]
    named: tuple[str, str]
    on: str
    note: str = ""


# -------------------------------------------------------------------------------------------------- dossier


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a run found: what ``dossier/`` is a view over. ``rejected`` holds what every stage set aside.

    ``read`` names what was asked for (as typed), ``options`` and ``made_with`` are flat name-value pairs.
    """

    pages: tuple[Page, ...]
    articles: tuple[Article, ...]
    copies: tuple[Copy, ...]
    stories: tuple[Story, ...]
    statements: tuple[Statement, ...]
    lineage: Lineage
    alignment: Alignment
    origins: tuple[OriginCount, ...]
    source_matter: tuple[SourceMatter, ...] = ()
    overrules: tuple[Overrule, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    read: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    made_with: tuple[tuple[str, str], ...] = ()
