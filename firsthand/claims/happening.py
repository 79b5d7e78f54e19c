"""What the articles of a story say of the whole happening, in whatever words: tolls, burned ground, and states.

In: a story's alignment. Out: :class:`Found` conflicts between pages. Four looks: the first count of the dead, the
missing or the hurt at the head of each page (or where it is called the toll); the largest area that each page gives;
one large figure of one state, said of two things; states of one bearer that exclude each other (:mod:`.status`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..language.amounts import Amount, comparable
from ..language.names import may_be_same, name_words
from ..records import DisagreementKind, Place, Reason, Span
from .aligning import StoryAlignment
from .content import Content
from .figures import one_figure, one_scope
from .scopes import other_places, places_of
from .status import Standing, find_standings

TOLLS = frozenset(("dead", "missing", "injured", "displaced", "without power"))
TOLL_WITHIN = 600
"""Characters of an article within which its first toll is the whole happening's."""
TOLLS_FAR = 2.0
"""Tolls further apart than this factor are more often of two places or two happenings."""
AREAS = frozenset(("acre", "hectare", "square mile", "square kilometre"))
AREAS_FAR = 1.4
"""The largest areas of two pages further apart than this are of two fires."""
LARGE_AREA = 1000.0
LARGE_COUNT = 1000.0
"""From here one figure in two articles of a story is one count, though of two things."""
_TOTALS = ("toll", "so far", "in total", "altogether", "confirmed dead")


@dataclass(frozen=True, slots=True)
class Found:
    """One conflict between two places, before those of one subject are put together."""

    kind: DisagreementKind
    subject: str
    sides: tuple[tuple[Content, Span], tuple[Content, Span]]
    reasons: tuple[Reason, ...]


def by_page(contents: Sequence[Content]) -> dict[str, list[Content]]:
    """Contents by their page, each in the order given."""
    found: dict[str, list[Content]] = {}
    for content in contents:
        found.setdefault(content.statement.page, []).append(content)
    return found


def has_both(a: Content, x: Amount, b: Content, y: Amount, pages: Mapping[str, Sequence[Content]]) -> bool:
    """Whether one of the two pages gives the other's figure of the same thing as well, elsewhere."""

    def gives(page: str, value: float) -> bool:
        contents = (c for c in pages[page] if not c.corrects)
        return any(comparable(m, x) and m.low == value for c in contents for m in c.amounts)

    return gives(a.statement.page, y.low) or gives(b.statement.page, x.low)


def from_counts(alignment: StoryAlignment) -> list[Found]:
    """Tolls, areas and figures of two things that differ between the pages of a story."""
    pages = by_page(alignment.contents)
    return [*_tolls(pages), *_areas(pages), *_two_things(pages)]


def _is_total(content: Content) -> bool:
    lowered = content.statement.text.lower()
    return content.statement.span.start < TOLL_WITHIN or any(words in lowered for words in _TOTALS)


def _is_toll(amount: Amount) -> bool:
    counted = amount.unit in ("people", "customer") and amount.state in TOLLS
    return counted and not (amount.more or amount.part or amount.vague)


def _tolls(pages: Mapping[str, Sequence[Content]]) -> list[Found]:
    """The first toll of each page, told in whatever words."""
    tolls: dict[str, list[tuple[Content, Amount]]] = {}
    for page in sorted(pages):
        first: dict[str, tuple[Content, Amount]] = {}
        for content in pages[page]:
            for amount in content.amounts:
                everywhere = amount.unit == "customer" and amount.low >= LARGE_COUNT
                if _is_toll(amount) and not content.corrects and (everywhere or _is_total(content)):
                    first.setdefault(f"{amount.unit} {amount.state}", (content, amount))
        for state, toll in first.items():
            tolls.setdefault(state, []).append(toll)
    found: list[Found] = []
    for state, many in sorted(tolls.items()):
        for (a, x), (b, y) in _pairs(many):
            if one_figure(x, y) or max(x.low, y.low) > TOLLS_FAR * min(x.high, y.high) or not one_scope(a, x, b, y):
                continue
            if not has_both(a, x, b, y, pages):
                found.append(_number("tolls-apart", f"two tolls: {state}", state, a, x, b, y))
    return found


def _areas(pages: Mapping[str, Sequence[Content]]) -> list[Found]:
    """The largest area of each page, where two are near each other and differ."""
    largest: dict[str, list[tuple[Content, Amount]]] = {}
    for page in sorted(pages):
        best: dict[str, tuple[Content, Amount]] = {}
        for content in pages[page]:
            for amount in content.amounts:
                area = amount.unit in AREAS and amount.low >= LARGE_AREA and not amount.vague
                if area and (amount.unit not in best or amount.low > best[amount.unit][1].low):
                    best[amount.unit] = (content, amount)
        for unit, one in best.items():
            largest.setdefault(unit, []).append(one)
    found: list[Found] = []
    for unit, many in sorted(largest.items()):
        for (a, x), (b, y) in _pairs(many):
            apart = not one_figure(x, y) and max(x.low, y.low) <= AREAS_FAR * min(x.high, y.high)
            if apart and not other_places(a, x.span, b, y.span) and not has_both(a, x, b, y, pages):
                found.append(_number("areas-apart", f"the largest areas in {unit}s", f"{unit} in all", a, x, b, y))
    return found


def _two_things(pages: Mapping[str, Sequence[Content]]) -> list[Found]:
    """One large figure of one state, said of two things: 5,000 homes evacuated, 5,000 people evacuated."""
    stated: dict[tuple[str, float], list[tuple[Content, Amount]]] = {}
    for page in sorted(pages):
        for content in pages[page]:
            for x in content.amounts:
                if x.state and x.noun and x.low >= LARGE_COUNT and not x.vague and x.unit != "percent":
                    stated.setdefault((x.state, x.low), []).append((content, x))
    found: list[Found] = []
    for (state, _), many in sorted(stated.items()):
        for (a, x), (b, y) in _pairs(many):
            if a.statement.page != b.statement.page and x.unit != y.unit:
                because = f"one figure, {state}, of two things"
                found.append(_number("units-apart-in-story", because, f"{x.low:g} {state}", a, x, b, y))
    return found


def _pairs(many: Sequence[tuple[Content, Amount]]) -> list[tuple[tuple[Content, Amount], tuple[Content, Amount]]]:
    return [(one, other) for i, one in enumerate(many) for other in many[i + 1 :]]


def _number(rule: str, because: str, subject: str, a: Content, x: Amount, b: Content, y: Amount) -> Found:
    reason = Reason(rule, because, 1.0, places_of(a, x.span, b, y.span))
    return Found("number", subject, ((a, x.span), (b, y.span)), (reason,))


def from_standings(alignment: StoryAlignment) -> list[Found]:
    """States of one bearer that exclude each other."""
    standings = [s for content in alignment.contents for s in find_standings(content)]
    ids = {s.content.statement.id for s in standings}
    likely = {
        (x.statement.id, y.statement.id): link.likelihood
        for link in alignment.links
        if link.a[0].statement.id in ids or link.b[0].statement.id in ids
        for x, y in link.pairs()
    }
    likely.update({(b, a): p for (a, b), p in likely.items()})
    found: list[Found] = []
    for i, x in enumerate(standings):
        for y in standings[i + 1 :]:
            if not _exclude(x, y) or _knows_both(x, y, standings):
                continue
            rule = "lasting-states-apart" if x.lasting else "states-apart"
            places = (Place(x.content.statement.page, x.span), Place(y.content.statement.page, y.span))
            because = f"{x.bearer}: “{x.words}” excludes “{y.words}”"
            subject = likely.get((x.content.statement.id, y.content.statement.id), 0.0)
            reasons = (
                Reason(rule, because, 1.0, places),
                Reason("same-subject", f"both are said of {x.bearer}", subject, places),
            )
            sides = ((x.content, x.span), (y.content, y.span))
            found.append(Found("status", f"{x.row} {name_words(x.bearer)[-1:]}", sides, reasons))
    return found


def _exclude(x: Standing, y: Standing) -> bool:
    same = x.row == y.row and x.side != y.side and x.content.statement.page != y.content.statement.page
    return same and may_be_same(x.bearer, y.bearer)


def _knows_both(x: Standing, y: Standing, standings: Sequence[Standing]) -> bool:
    """Whether one of the two pages tells both states of the bearer (one after the other, so not in conflict)."""

    def tells(page: str, side: int) -> bool:
        return any(
            z.content.statement.page == page and z.row == x.row and z.side == side and may_be_same(z.bearer, x.bearer)
            for z in standings
        )

    return tells(x.content.statement.page, y.side) or tells(y.content.statement.page, x.side)
