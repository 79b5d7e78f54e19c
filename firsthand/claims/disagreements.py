"""Disagreements: articles of one story that cannot both be right. Precision first: a false alarm costs trust.

In: a story's alignment and contents. Out: disagreements with exact words and reasons. Two statements must be about one
subject (:mod:`.sameness`), stand on different pages, and hold wordings that exclude each other (:mod:`.conflicts`) in
clauses that agree otherwise (:mod:`.scopes`); or they speak of the whole happening, or of one bearer's lasting state
(:mod:`.happening`). An update over time is a disagreement, and its reasons say so, oldest first (:mod:`.updates`). A
page that also has the other page's value does not disagree with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..language.amounts import find_amounts
from ..language.names import name_words
from ..options import ClaimOptions
from ..records import Article, Disagreement, Place, Reason, Span, Story, content_id
from .aligning import StoryAlignment
from .conflicts import all_conflicts, may_conflict
from .content import Content, words_of
from .contradicted import from_contradictions
from .figures import amount_at, one_scope
from .happening import Found, by_page, from_counts, from_standings, has_both
from .opposed import from_oppositions
from .scopes import Conflict, agreement, placed_alone, whole
from .updates import find_update


@dataclass(frozen=True, slots=True)
class Asks:
    """What a conflict asks for to be a disagreement: how likely the two statements are about one subject, what its own
    reason must weigh, and the share of the clauses around it that must agree."""

    subject: float = 0.0
    weight: float = 0.0
    around: float = 0.0


CONFLICTS: Mapping[str, Asks] = {
    "figures-apart": Asks(0.45, 0.6, 0.3),
    "figures-differ": Asks(0.55, 0.7, 0.35),
    "dates-apart": Asks(0.33, 0.5, 0.5),
    "reports-apart": Asks(0.5),
    "spellings-apart": Asks(0.5),
    "denied": Asks(0.3, 0.5, 0.6),
    "nobody-does": Asks(0.3, 0.4, 0.3),
    "contradicted": Asks(0.0, 0.4, 0.5),
    "contradicted-by-noun": Asks(0.0, 0.4, 0.7),
    "opposed": Asks(0.0, 0.3),
    "opposed-alone": Asks(0.0, 0.6),
    "opposed-in-own-voice": Asks(0.0, 0.5),
    "two-speakers": Asks(0.5),
    "states-apart": Asks(0.6),
    "units-apart": Asks(0.6),
    "units-apart-in-story": Asks(),
    "lasting-states-apart": Asks(),
    "tolls-apart": Asks(),
    "ages-apart": Asks(0.3),
    "votes-apart": Asks(0.45, 0.0, 0.3),
    "ranks-apart": Asks(0.5, 0.0, 0.6),
    "answers": Asks(),
    "areas-apart": Asks(),
}
"""Each kind of conflict with what it asks for."""


def decide_disagreement(reasons: Sequence[Reason]) -> bool:
    """Whether the reasons make a disagreement: a conflict with all that it asks for."""

    def most(rule: str) -> float:
        return max((r.weight for r in reasons if r.rule == rule), default=0.0)

    subject, around = most("same-subject"), most("clauses-agree")
    asked = [(r.weight, CONFLICTS[r.rule]) for r in reasons if r.rule in CONFLICTS]
    return any(subject >= a.subject and weight >= a.weight and around >= a.around for weight, a in asked)


def find_disagreements(
    story: Story, alignment: StoryAlignment, articles: Mapping[str, Article], options: ClaimOptions
) -> tuple[Disagreement, ...]:
    """The disagreements of one story, in order of where they first stand, then by id."""
    found = [*_from_links(alignment), *from_counts(alignment), *from_standings(alignment)]
    found.extend(from_contradictions(alignment))
    found.extend(from_oppositions(alignment))
    kept = [f for f in found if decide_disagreement(f.reasons)]
    made = [_disagreement(story, group, articles) for group in _by_subject(kept)]
    return tuple(sorted(made, key=lambda d: (d.statements, d.kind, d.id)))


def _name_words(contents: Sequence[Content]) -> frozenset[str]:
    return frozenset(w for c in contents for t in c.statement.terms if t.kind == "name" for w in name_words(t.value))


def _from_links(alignment: StoryAlignment) -> list[Found]:
    """Conflicts between statements that were compared closely."""
    pages = by_page(alignment.contents)
    names = {page: _name_words(many) for page, many in pages.items()}
    found: list[Found] = []
    for link in alignment.links:
        first, second = link.a[0], link.b[0]
        here = (names[first.statement.page], names[second.statement.page])
        if not may_conflict(first, second, alignment.weight, here):
            continue  # the same words on other pages are in no conflict either
        for x, y in link.pairs():
            a, b = x.statement.page, y.statement.page
            for conflict in all_conflicts(x, y, alignment.weight, (names[a], names[b])):
                if conflict.reason.rule.startswith("figures") and not _one_count(conflict, x, y, pages):
                    continue
                reasons = (
                    conflict.reason,
                    _same_subject(x, y, link.likelihood),
                    _clauses_agree(conflict, x, y, alignment.weight),
                )
                found.append(Found(conflict.kind, conflict.subject, ((x, conflict.a), (y, conflict.b)), reasons))
    return found


def _same_subject(a: Content, b: Content, likelihood: float) -> Reason:
    places = tuple(Place(c.statement.page, c.statement.span) for c in (a, b))
    return Reason("same-subject", "the two statements are about one subject", likelihood, places)


def _clauses_agree(conflict: Conflict, a: Content, b: Content, weight: Mapping[str, float]) -> Reason:
    share = agreement(a, conflict.a, b, conflict.b, weight)
    because = f"the clauses around the two wordings share {share:.0%} of what the lighter one holds"
    return Reason("clauses-agree", because, share, conflict.reason.spans)


def _one_count(conflict: Conflict, a: Content, b: Content, pages: Mapping[str, Sequence[Content]]) -> bool:
    """Whether two figures count one thing, and neither page has both."""
    x, y = amount_at(a, conflict.a), amount_at(b, conflict.b)
    if (x.state and placed_alone(a, b)) or not one_scope(a, x, b, y):
        return False
    return not has_both(a, x, b, y, pages)


def _by_subject(found: Sequence[Found]) -> list[list[Found]]:
    """Conflicts of one kind, put together where they share a statement and their subject or their words in it."""
    homes: dict[tuple[str, str | Span, object], int] = {}
    groups: dict[int, list[int]] = {}
    for n, one in enumerate(found):
        keys = _keys(one)
        joined = sorted({homes[key] for key in keys if key in homes})
        members = sorted([n, *(m for g in joined for m in groups.pop(g))])
        groups[members[0]] = members
        for m in members:
            homes.update(dict.fromkeys(_keys(found[m]), members[0]))
    return [[found[m] for m in groups[g]] for g in sorted(groups)]


def _keys(one: Found) -> list[tuple[str, str | Span, object]]:
    """What makes two conflicts one: a subject in one statement, or in the same words of two pages; or the same span."""
    found: list[tuple[str, str | Span, object]] = []
    for content, span in one.sides:
        found.append((one.kind, span, content.statement.id))
        found.append((one.kind, one.subject, content.plain if len(content.plain) >= 4 else content.statement.id))
    return found


def _disagreement(story: Story, group: Sequence[Found], articles: Mapping[str, Article]) -> Disagreement:
    """One disagreement of all conflicts about one subject: each statement once, in page and text order."""
    sides = {content.statement.id: (content, whole(content, span)) for f in group for content, span in f.sides}
    ordered = sorted(sides.values(), key=lambda s: (s[0].statement.page, s[0].statement.span, s[0].statement.id))
    ids = tuple(content.statement.id for content, _ in ordered)
    values = tuple(words_of(content, span) for content, span in ordered)
    reasons = [*dict.fromkeys(r for f in group for r in f.reasons)]
    kind = group[0].kind
    later = find_update(kind, ordered, articles)
    if later:
        reasons.append(later)
    order = _order(ordered, later)
    told = [values[ids.index(i)] for i in (*order, *(i for i in ids if i not in order))]
    shown = (", then " if order else " against ").join(_quoted(v) for v in _each_once(told, kind))
    text = f"{len({c.statement.page for c, _ in ordered})} pages differ{' over time' if order else ''}: {shown}."
    made = content_id("d", story.id, kind, *ids, *values)
    return Disagreement(made, story.id, kind, ids, values, text, tuple(reasons), order)


def _each_once(values: Sequence[str], kind: str) -> list[str]:
    """Values in order, each told once: of numbers, "14 people" and "Fourteen people" are one."""
    seen: dict[tuple[object, ...], str] = {}
    for value in values:
        figures = [(a.low, a.high, a.bound, a.vague, a.unit) for a in find_amounts(value)] if kind == "number" else []
        seen.setdefault(tuple(figures) or (value.casefold(),), value)
    return list(seen.values())


def _quoted(words: str) -> str:
    """Words between quotation marks, other ones than those that they begin with."""
    return f"‘{words}’" if words[:1] in '“"' else f"“{words}”"


def _order(sides: Sequence[tuple[Content, Span]], update: Reason | None) -> tuple[str, ...]:
    """The statements of an update, oldest first, where the time of each side is told; else none."""
    if update is None or len(update.spans) < len(sides):
        return ()
    of = {(content.statement.page, span): content.statement.id for content, span in sides}
    return tuple(of[place.page, place.span] for place in update.spans if place.span is not None)
