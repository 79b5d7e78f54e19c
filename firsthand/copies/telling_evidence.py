"""What two tellings say of two articles: is one a retelling of the other, or are both retellings of one report.

In: two articles with their tellings and creditings. Out: paired sentences as passages, and the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..newsrooms import by_name
from ..records import Article, Passage, Place, Reason, Span
from .crediting import Crediting, names_newsroom, own_keys
from .retellings import Block, best_matches, close_share, densest_block, paired_sentences, same_news
from .tellings import Floats, Telling, likeness

NEVER = 10**9
"""A day beyond all days."""


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
    reasons.extend(_credit_reasons(a, b))
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


def _credit_reasons(a: Reading, b: Reading) -> list[Reason]:
    """Reasons from whom the openings credit."""
    by_key_a = {credit.key: credit for credit in a.creditings}
    by_key_b = {credit.key: credit for credit in b.creditings}
    reasons = []
    common = sorted(by_key_a.keys() & by_key_b.keys(), key=lambda key: (-_weight(by_key_a[key], by_key_b[key]), key))
    if common and _weight(by_key_a[common[0]], by_key_b[common[0]]) > 0:
        one, other = by_key_a[common[0]], by_key_b[common[0]]
        because = f"both openings name {one.name} for their news"
        spans = (Place(a.article.page, one.span), Place(b.article.page, other.span))
        reasons.append(Reason("common-credit", because, _weight(one, other), spans))
    for this, that in ((a, b), (b, a)):
        own = own_keys(that.article)
        hit = next((c for c in this.creditings if c.key in own and c.strong), None)
        if hit is not None:
            because = f"one credits {hit.name}, whose article the other is"
            reasons.append(Reason("credits-the-other", because, 1.0, (Place(this.article.page, hit.span),)))
    admitted = [(r, c) for r in (a, b) for c in r.creditings if c.strong]
    silent = [r for r in (a, b) if not r.creditings]
    if admitted and len(silent) == 1 and _may_retell(silent[0].article, admitted[0][0].article):
        named = [names_newsroom(silent[0].article, credit.key) for _, credit in admitted]
        reading, credit = admitted[named.index(True) if any(named) else 0]
        because = f"one takes its news from {credit.name}, the other tells it and credits nobody"
        weight = 1.0 if any(named) else 0.5
        reasons.append(Reason("one-credits-its-news", because, weight, (Place(reading.article.page, credit.span),)))
    return reasons


def joined_by_credit(
    a: tuple[Article, tuple[Crediting, ...]], b: tuple[Article, tuple[Crediting, ...]]
) -> tuple[float, bool, bool]:
    """What the credits of two articles can make of them at most: the weight of ``common-credit`` (0: none), whether one
    credits the other, and whether one credits its news and the other nobody."""
    (article_a, credits_a), (article_b, credits_b) = a, b
    by_key = {credit.key: credit for credit in credits_b}
    common = max((_weight(credit, by_key[credit.key]) for credit in credits_a if credit.key in by_key), default=0.0)
    credited = any(credit.strong and credit.key in own_keys(article_b) for credit in credits_a) or any(
        credit.strong and credit.key in own_keys(article_a) for credit in credits_b
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


def days_apart(a: Article, b: Article) -> int:
    """The days that certainly lie between two publications; 0 where unknown or where the intervals meet."""
    (low_a, high_a), (low_b, high_b) = publication_days(a), publication_days(b)
    return max(0, low_b - high_a, low_a - high_b)


def publication_days(article: Article) -> tuple[int, int]:
    """The first and the last day, as ordinals, on which an article may have been published; an open end lies beyond
    all days."""
    when = article.published
    low, high = (_day(when.earliest), _day(when.latest)) if when else (None, None)
    return -NEVER if low is None else low, NEVER if high is None else high


def _day(stamp: str | None) -> int | None:
    try:
        return date.fromisoformat((stamp or "")[:10]).toordinal()
    except ValueError:
        return None
