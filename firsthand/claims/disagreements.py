"""Disagreements: articles of one story that cannot both be right. Precision first: a false alarm costs trust.

In: a story's alignment and contents. Out: disagreements with exact words and reasons. Two statements must be about one
subject (:mod:`.sameness`, or one bearer for a lasting state), stand on different pages, and hold wordings that exclude
each other (:mod:`.conflicts`, :mod:`.status`). An update over time is a disagreement, and its reasons say so. A page
that also has the other page's value does not disagree with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..language.amounts import Amount, comparable
from ..language.names import may_be_same, name_words
from ..options import ClaimOptions
from ..records import Article, Disagreement, DisagreementKind, Place, Reason, Span, Story, content_id
from .aligning import StoryAlignment
from .conflicts import Conflict, all_conflicts, one_figure
from .content import Content
from .status import Standing, find_standings

CONFLICTS: Mapping[str, float] = {
    "figures-apart": 0.55,
    "figures-differ": 0.6,
    "dates-apart": 0.6,
    "spellings-apart": 0.5,
    "denied": 0.3,
    "denied-in-passing": 0.6,
    "two-speakers": 0.5,
    "states-apart": 0.6,
    "units-apart": 0.6,
    "lasting-states-apart": 0.0,
    "tolls-apart": 0.0,
}
"""Each kind of conflict, with how likely the two statements must be about one subject to make it a disagreement."""


TOLLS = frozenset(("dead", "missing", "injured"))
TOLL_WITHIN = 600
"""Characters of an article within which its first toll is the whole happening's."""
TOLLS_FAR = 2.0
"""Tolls further apart than this factor are more often of two places or two happenings."""


def decide_disagreement(reasons: Sequence[Reason]) -> bool:
    """Whether the reasons make a disagreement: a conflict, and one subject at least as likely as it asks for."""
    subject = max((r.weight for r in reasons if r.rule == "same-subject"), default=0.0)
    return any(r.rule in CONFLICTS and subject >= CONFLICTS[r.rule] for r in reasons)


@dataclass(frozen=True, slots=True)
class _Found:
    """One conflict between two places, before those of one subject are put together."""

    kind: DisagreementKind
    subject: str
    sides: tuple[tuple[Content, Span], tuple[Content, Span]]
    reasons: tuple[Reason, ...]


def find_disagreements(
    story: Story, alignment: StoryAlignment, articles: Mapping[str, Article], options: ClaimOptions
) -> tuple[Disagreement, ...]:
    """The disagreements of one story, in order of where they first stand, then by id."""
    found = [*_from_links(alignment), *_from_tolls(alignment), *_from_standings(alignment)]
    kept = [f for f in found if decide_disagreement(f.reasons)]
    made = [_disagreement(story, group, articles) for group in _by_subject(kept)]
    return tuple(sorted(made, key=lambda d: (d.statements, d.kind, d.id)))


def _by_page(contents: Sequence[Content]) -> dict[str, list[Content]]:
    found: dict[str, list[Content]] = {}
    for content in contents:
        found.setdefault(content.statement.page, []).append(content)
    return found


def _name_words(contents: Sequence[Content]) -> frozenset[str]:
    return frozenset(w for c in contents for t in c.statement.terms if t.kind == "name" for w in name_words(t.value))


def _from_links(alignment: StoryAlignment) -> list[_Found]:
    """Conflicts between statements that were compared closely."""
    by_page = _by_page(alignment.contents)
    names = {page: _name_words(many) for page, many in by_page.items()}
    found: list[_Found] = []
    for link in alignment.links:
        first = (names[link.a[0].statement.page], names[link.b[0].statement.page])
        nobody: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
        if not any(all_conflicts(link.a[0], link.b[0], alignment.weight, many) for many in (nobody, first)):
            continue  # the same words on other pages are in no conflict either
        for x, y in link.pairs():
            a, b = x.statement.page, y.statement.page
            for conflict in all_conflicts(x, y, alignment.weight, (names[a], names[b])):
                if conflict.reason.rule.startswith("figures") and _has_both(conflict, x, y, by_page):
                    continue
                reasons = (conflict.reason, _same_subject(x, y, link.likelihood))
                found.append(_Found(conflict.kind, conflict.subject, ((x, conflict.a), (y, conflict.b)), reasons))
    return found


def _same_subject(a: Content, b: Content, likelihood: float) -> Reason:
    places = tuple(Place(c.statement.page, c.statement.span) for c in (a, b))
    return Reason("same-subject", "the two statements are about one subject", likelihood, places)


def _has_both(conflict: Conflict, a: Content, b: Content, by_page: Mapping[str, Sequence[Content]]) -> bool:
    """Whether one of the two pages gives the other's figure of the same thing as well, elsewhere."""
    x = next(m for m in a.amounts if m.span == conflict.a)
    y = next(m for m in b.amounts if m.span == conflict.b)

    def gives(page: str, value: float) -> bool:
        contents = (c for c in by_page[page] if not c.corrects)
        return any(comparable(m, x) and m.low == value for c in contents for m in c.amounts)

    return gives(a.statement.page, y.low) or gives(b.statement.page, x.low)


def _from_tolls(alignment: StoryAlignment) -> list[_Found]:
    """The first count of the dead, the missing or the hurt at the head of each page: the happening's toll, told in
    whatever words."""
    by_page = _by_page(alignment.contents)
    tolls: dict[str, list[tuple[Content, Amount]]] = {}
    for page in sorted(by_page):
        first: dict[str, tuple[Content, Amount]] = {}
        for content in by_page[page]:
            if content.statement.span.start < TOLL_WITHIN and not content.corrects:
                for amount in content.amounts:
                    if amount.state in TOLLS and amount.unit == "people":
                        first.setdefault(amount.state, (content, amount))
        for state, toll in first.items():
            tolls.setdefault(state, []).append(toll)
    found: list[_Found] = []
    for state in sorted(tolls):
        many = tolls[state]
        for i, (a, x) in enumerate(many):
            for b, y in many[i + 1 :]:
                if one_figure(x, y) or max(x.low, y.low) > TOLLS_FAR * min(x.high, y.high):
                    continue
                reason = Reason("tolls-apart", f"two tolls of the {state}", 1.0, _two_places(a, x, b, y))
                conflict = Conflict("number", x.span, y.span, f"people {state}", reason)
                if not _has_both(conflict, a, b, by_page):
                    sides = ((a, x.span), (b, y.span))
                    found.append(_Found("number", conflict.subject, sides, (reason, _same_subject(a, b, 0.0))))
    return found


def _two_places(a: Content, x: Amount, b: Content, y: Amount) -> tuple[Place, ...]:
    """Where two figures stand."""
    return (Place(a.statement.page, x.span), Place(b.statement.page, y.span))


def _from_standings(alignment: StoryAlignment) -> list[_Found]:
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
    found: list[_Found] = []
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
            found.append(_Found("status", f"{x.row} {name_words(x.bearer)[-1:]}", sides, reasons))
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


def _by_subject(found: Sequence[_Found]) -> list[list[_Found]]:
    """Conflicts of one kind about one subject, put together where they share a statement."""
    groups: list[list[_Found]] = []
    homes: dict[tuple[str, str, str], int] = {}
    for one in found:
        keys = [(one.kind, one.subject, content.statement.id) for content, _ in one.sides]
        home = min((homes[key] for key in keys if key in homes), default=len(groups))
        if home == len(groups):
            groups.append([])
        groups[home].append(one)
        for key in keys:
            homes[key] = min(home, homes.get(key, home))
    return groups


def _disagreement(story: Story, group: Sequence[_Found], articles: Mapping[str, Article]) -> Disagreement:
    """One disagreement of all conflicts about one subject: each statement once, in page and text order."""
    sides = {content.statement.id: (content, span) for f in group for content, span in f.sides}
    ordered = sorted(sides.values(), key=lambda s: (s[0].statement.page, s[0].statement.span, s[0].statement.id))
    ids = tuple(content.statement.id for content, _ in ordered)
    values = tuple(
        content.statement.text[span.start - content.statement.span.start : span.end - content.statement.span.start]
        for content, span in ordered
    )
    reasons = [*dict.fromkeys(r for f in group for r in f.reasons)]
    later = _update(ordered, articles)
    if later:
        reasons.append(later)
    kind = group[0].kind
    shown = " against ".join(f"“{v}”" for v in dict.fromkeys(values))
    text = f"{len({c.statement.page for c, _ in ordered})} pages differ: {shown}."
    return Disagreement(content_id("d", story.id, kind, *ids), story.id, kind, ids, values, text, tuple(reasons))


def _update(ordered: Sequence[tuple[Content, Span]], articles: Mapping[str, Article]) -> Reason | None:
    """That the pages were published at different times, and so one may be an update of the other."""
    times: dict[str, str] = {}
    for content, _ in ordered:
        moment = articles[content.statement.page].published
        if moment and moment.earliest and moment.basis not in ("capture", "unknown"):
            times[content.statement.page] = moment.earliest
    if len(set(times.values())) < 2:
        return None
    order = sorted(times, key=lambda page: (times[page], page))
    because = f"an update over time: published {times[order[0]]} and {times[order[-1]]}"
    return Reason("update-over-time", because, 1.0, (Place(order[0]), Place(order[-1])))
