"""Updates: whether the sides of a disagreement follow each other in time, and in which order.

In: the sides of a disagreement, the articles. Out: a reason with the statements' places, oldest first. The time of a
side is the time that it is said to hold for ("as of Monday evening", "by Saturday"), else when its page was published.
Only what can change is an update: a count, a state, a yes or no; no name, no day and no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..records import Article, DisagreementKind, Place, Reason, Span
from .content import Content, words_of

_DAY_VALUE = re.compile(r"\d{4}-\d\d-\d\d")
CHANGING: frozenset[DisagreementKind] = frozenset(("number", "status", "polarity"))
_AS_OF = re.compile(r"\b(?:as of|by|since)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


def find_update(
    kind: DisagreementKind, sides: Sequence[tuple[Content, Span]], articles: Mapping[str, Article]
) -> Reason | None:
    """That the sides follow each other, with their places oldest first; None where their times are not told, or where
    one wording stands on both sides of another in time."""
    if kind not in CHANGING:
        return None
    dated = [(when, content, span) for content, span in sides if (when := _time(content, articles))]
    dated.sort(key=lambda d: (d[0], d[1].statement.page, d[2]))
    by_words: dict[str, list[str]] = {}
    for when, content, span in dated:
        by_words.setdefault(words_of(content, span).casefold(), []).append(when)
    if len(by_words) < 2 or len({when for when, _, _ in dated}) < 2:
        return None
    first, last = dated[0], dated[-1]
    if _falls(first[1], first[2], last[1], last[2]):
        return None
    told = f"first “{words_of(first[1], first[2])}” ({first[0]}), then “{words_of(last[1], last[2])}” ({last[0]})"
    places = tuple(Place(content.statement.page, span) for _, content, span in dated)
    return Reason("update-over-time", f"an update over time: {told}", 1.0, places)


def _falls(a: Content, x: Span, b: Content, y: Span) -> bool:
    """Whether a toll of the dead or the hurt would fall, which no update makes it do."""
    older, newer = (next((m for m in c.amounts if m.span == s), None) for c, s in ((a, x), (b, y)))
    return older is not None and newer is not None and older.state in ("dead", "injured") and newer.low < older.low


def _time(content: Content, articles: Mapping[str, Article]) -> str | None:
    """The time for which a statement says that it holds, else its page's publication; None where neither is told."""
    begin = content.statement.span.start
    for term in (t for t in content.statement.terms if t.kind == "time" and _DAY_VALUE.match(t.value)):
        before = content.statement.text[max(0, term.span.start - begin - 24) : term.span.start - begin]
        if _AS_OF.search(before):
            return term.value
    moment = articles[content.statement.page].published
    if moment is None or moment.basis in ("capture", "unknown"):
        return None
    return moment.earliest
