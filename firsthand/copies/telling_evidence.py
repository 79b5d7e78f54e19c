"""What two tellings say of two articles: is one a retelling of the other, or are both retellings of one report.

In: two articles with their tellings and creditings. Out: paired sentences as passages, and the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from ..newsrooms import by_name
from ..records import Article, Passage, Place, Reason, Span
from .crediting import Crediting, key_of, names_newsroom, own_keys
from .retellings import Block, best_matches, close_share, densest_block, paired_sentences, same_news
from .tellings import Floats, Telling, likeness

NEVER = 10**9
"""A day beyond all days."""
OPENS = 4
"""Rows of a telling (the headline and three sentences) that an article opens with."""
AT_ONCE = 2
"""A credit up to this row is one for the main news: the headline, and the first two sentences."""
LEAST_BEARING = 0.2
"""Likeness to the other's opening below which a later credit, as of a photograph or an aside, is not for its news."""
BEARING = 0.3
"""The same for the better of two credits."""
ADMITTING = 0.4
"""The same for the only credit of two articles, which must stand in the opening."""


@dataclass(frozen=True, slots=True)
class SharedTelling:
    """What two articles share in content."""

    passages: tuple[Passage, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """An article with what the evidence is read from."""

    article: Article
    telling: Telling
    creditings: tuple[Crediting, ...]


def shared_telling(a: Reading, b: Reading) -> SharedTelling:
    """The sentences that tell the same, and the reasons that bear on a rewrite."""
    matrix = likeness(a.telling, b.telling)
    reasons: list[Reason] = []
    reasons.extend(_retold_reasons(a, b, matrix))
    news = same_news(matrix)
    reasons.append(Reason("same-news", f"their openings are alike to {news:.2f}", round(news, 4)))
    matter = float(a.telling.gist() @ b.telling.gist())
    reasons.append(Reason("same-matter", f"their matter is alike to {matter:.2f}", round(matter, 4)))
    reasons.extend(_credit_reasons(a, b, matrix))
    if one_newsroom(a.article, b.article) and not same_day(a.article, b.article):
        reasons.append(Reason("same-newsroom", "one newsroom's articles, not certainly of one day", 1.0))
    apart = days_apart(a.article, b.article)
    if apart:
        reasons.append(Reason("days-apart", f"published at least {apart} days apart", float(apart)))
    return SharedTelling(paired_sentences(a.telling, b.telling, matrix), tuple(reasons))


def _retold_reasons(a: Reading, b: Reading, matrix: Floats) -> list[Reason]:
    best_a, best_b = best_matches(a.telling, b.telling, matrix)
    block_a, block_b = densest_block(a.telling, best_a), densest_block(b.telling, best_b)
    reading, block = (a, block_a) if block_a.score >= block_b.score else (b, block_b)
    if block.score <= 0:
        return []
    because = f"{block.end - block.start} sentences running tell what the other article tells"
    share = max(close_share(a.telling, best_a), close_share(b.telling, best_b))
    return [
        Reason("retold-block", because, round(block.score, 4), (_place(reading, block),)),
        Reason("retold-share", f"{share:.0%} of one article is told closely by the other", round(share, 4)),
    ]


def _place(reading: Reading, block: Block) -> Place:
    first, last = reading.telling.spans[block.start], reading.telling.spans[block.end - 1]
    return Place(reading.article.page, Span(first.start, last.end))


@dataclass(frozen=True, slots=True, eq=False)
class _Credit:
    """One credit of an article: the row of its sentence (0: the headline), and how far that sentence or the next is
    alike to what the other article opens with."""

    reading: Reading
    of: Crediting
    row: int
    bearing: float

    @property
    def place(self) -> Place:
        return Place(self.reading.article.page, self.of.span)

    def stands(self, least: float) -> bool:
        """Whether it is a credit for the main news, and not for an aside."""
        return self.row <= AT_ONCE or self.bearing >= least


def _credits(reading: Reading, matrix: Floats) -> list[_Credit]:
    """An article's credits; ``matrix`` has a row for each of its sentences."""
    starts = np.array([span.start for span in reading.telling.spans[1:]], dtype=np.int64)
    found = []
    for credit in reading.creditings:
        row = 0 if credit.span is None else int(np.searchsorted(starts, credit.span.start, side="right"))
        bearing = float(matrix[row : row + 2, :OPENS].max(initial=0.0))
        found.append(_Credit(reading, credit, row, bearing))
    return found


def _credit_reasons(a: Reading, b: Reading, matrix: Floats) -> list[Reason]:
    """Reasons from whom the openings credit."""
    of_a, of_b = _credits(a, matrix), _credits(b, matrix.T)
    reasons = _common_credit(of_a, of_b)
    for own, other in ((of_a, b), (of_b, a)):
        keys = own_keys(other.article)
        hit = next((c for c in own if c.of.key in keys and c.of.strong), None)
        if hit is not None and may_be_credited(hit.reading.article, other.article):
            because = f"one credits {hit.of.name}, whose article the other is"
            reasons.append(Reason("credits-the-other", because, 1.0, (hit.place,)))
            because = f"what it tells with the credit is alike to {hit.bearing:.2f} to how the other opens"
            reasons.append(Reason("credited-news", because, round(hit.bearing, 4)))
    admitted = [c for c in (*of_a, *of_b) if c.of.strong and c.row <= AT_ONCE + 1 and c.bearing >= ADMITTING]
    silent = [reading for reading in (a, b) if not reading.creditings]
    if silent:  # a newsroom outside the pair: what is credited to the other's own is weighed above
        admitted = [c for c in admitted if c.of.key not in own_keys(silent[0].article)]
    if admitted and len(silent) == 1 and _may_retell(silent[0].article, admitted[0].reading.article):
        named = [names_newsroom(silent[0].article, credit.of.key) for credit in admitted]
        credit = admitted[named.index(True) if any(named) else 0]
        because = f"one takes its news from {credit.of.name}, the other tells it and credits nobody"
        reasons.append(Reason("one-credits-its-news", because, 1.0 if any(named) else 0.5, (credit.place,)))
    return reasons


def _common_credit(of_a: list[_Credit], of_b: list[_Credit]) -> list[Reason]:
    """The reason that both articles credit one newsroom, where both do it for their main news."""
    by_key = {credit.of.key: credit for credit in of_b}
    both = [(one, by_key[one.of.key]) for one in of_a if one.of.key in by_key]
    both = [(one, other) for one, other in both if one.stands(LEAST_BEARING) and other.stands(LEAST_BEARING)]
    both = [(one, other) for one, other in both if one.stands(BEARING) or other.stands(BEARING)]
    both.sort(key=lambda pair: (-_weight(pair[0].of, pair[1].of), pair[0].of.key))
    if not both or _weight(both[0][0].of, both[0][1].of) <= 0:
        return []
    one, other = both[0]
    because = f"both openings name {one.of.name} for their news"
    return [Reason("common-credit", because, _weight(one.of, other.of), (one.place, other.place))]


def joined_by_credit(
    a: tuple[Article, tuple[Crediting, ...]], b: tuple[Article, tuple[Crediting, ...]]
) -> tuple[float, bool, bool]:
    """What the credits of two articles can make of them at most: the weight of ``common-credit`` (0: none), whether one
    credits the other, and whether one credits its news and the other nobody."""
    (article_a, credits_a), (article_b, credits_b) = a, b
    by_key = {credit.key: credit for credit in credits_b}
    common = max((_weight(credit, by_key[credit.key]) for credit in credits_a if credit.key in by_key), default=0.0)
    credited = any(
        credit.strong and credit.key in own_keys(other) and may_be_credited(article, other)
        for article, credits, other in ((article_a, credits_a, article_b), (article_b, credits_b, article_a))
        for credit in credits
    )
    silent = [(article_a, article_b)] * (not credits_a) + [(article_b, article_a)] * (not credits_b)
    admits = any(credit.strong for credit in (*credits_a, *credits_b))
    return common, credited, admits and len(silent) == 1 and _may_retell(*silent[0])


def _may_retell(silent: Article, other: Article) -> bool:
    """Whether an article that credits nobody may carry what another credits: not an agency's own page, and not
    another article of the newsroom that credits where it has to."""
    agency = silent.outlet is not None and (room := by_name(silent.outlet.name)) is not None and room.kind == "agency"
    return not agency and not own_keys(silent) & own_keys(other)


def _weight(one: Crediting, other: Crediting) -> float:
    """1 where both cite a report, 0.5 where one does, 0 where both only name where somebody spoke."""
    return (one.strong + other.strong) / 2


def may_be_credited(article: Article, other: Article) -> bool:
    """Whether ``other`` may be what ``article`` credits: not where it certainly came out on a later day than all that
    the article's stamps allow. Where a stamp has a clock a day's difference may be one of time zones."""
    (_, last), (first, _) = publication_days(article), publication_days(other)
    updated = [found.when.latest for found in article.dates if found.role == "updated"]
    last = max([last, *(day for day in map(_day, updated) if day is not None)])
    stamps = [stamp for one in (article, other) if one.published for stamp in (one.published.earliest or "",)]
    return first <= last + any("T" in stamp for stamp in stamps)


def one_newsroom(a: Article, b: Article) -> bool:
    """Whether two articles are of one outlet."""
    return a.outlet is not None and b.outlet is not None and key_of(a.outlet.name) == key_of(b.outlet.name)


def same_day(a: Article, b: Article) -> bool:
    """Whether two articles certainly came out on one day."""
    day = publication_days(a)
    return day == publication_days(b) and day[0] == day[1]


def days_apart(a: Article, b: Article) -> int:
    """The days that certainly lie between two publications; 0 where unknown or where the intervals meet."""
    return days_between(publication_days(a), publication_days(b))


def days_between(a: tuple[int, int], b: tuple[int, int]) -> int:
    """The days that certainly lie between two intervals of days; 0 where they meet."""
    return max(0, b[0] - a[1], a[0] - b[1])


def publication_days(article: Article) -> tuple[int, int]:
    """The first and the last day, as ordinals, on which an article may have been published; an open end lies beyond
    all days."""
    when = article.published
    low, high = (_day(when.earliest), _day(when.latest)) if when else (None, None)
    return -NEVER if low is None else low, NEVER if high is None else high


@lru_cache(maxsize=4096)
def _day(stamp: str | None) -> int | None:
    try:
        return date.fromisoformat((stamp or "")[:10]).toordinal()
    except ValueError:
        return None
