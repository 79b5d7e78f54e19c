"""One story's statements into groups that assert the same.

In: a story's contents in page order, what its copies retell, options. Out: :class:`Aligned` groups. Three steps: the
same words are one node whatever page they stand on; nodes are joined by average linkage over :mod:`.sameness`; then a
statement whose *other* clause answers to another group stands there too (a sentence can hold two assertions).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..options import ClaimOptions
from ..records import Copy, Place, Reason, Span
from .content import Content
from .grouping import Pair, group
from .sameness import compare, likelihood
from .weights import StoryMatrix, compare_story

_LOOSE = -2.2
"""Pairs whose quick score stays below this are not looked at closely."""
LINKED = 0.4
"""Pairs from this likelihood on are looked at for disagreements."""
MOST_ALIKE = 12
"""At most so many pages with the same words are set against a rival: forty copies of one error are one error."""
_MOST_CLOSE = 24
"""At most this many candidates a node are looked at closely, so that a story of 200 pages stays affordable."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A group: contents that assert the same, with the reasons of the weakest and the strongest joined pair."""

    contents: tuple[Content, ...]
    weakest: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Two contents of different pages that were compared closely, ``a`` before ``b`` in page and text order."""

    a: Content
    b: Content
    likelihood: float


@dataclass(frozen=True, slots=True)
class StoryAlignment:
    """A story aligned: groups, the pairs worth a look for disagreements, all contents, and what each key weighs."""

    groups: tuple[Aligned, ...] = ()
    links: tuple[Linked, ...] = ()
    contents: tuple[Content, ...] = ()
    weight: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of nodes that was looked at closely."""

    reasons: tuple[Reason, ...]
    likelihood: float


def _nodes(contents: Sequence[Content]) -> list[list[Content]]:
    """Contents with the same words, together, in the order of the first."""
    same: dict[tuple[object, ...], list[Content]] = {}
    for content in contents:
        kind = "no_comment" if content.statement.kind == "no_comment" else ""
        key = (kind, content.plain) if len(content.plain) >= 4 else (content.statement.id,)
        same.setdefault(key, []).append(content)
    return list(same.values())


class Retold:
    """What the copies say about places: the passages of each pair of pages, small ones only (a whole article that is
    the same words says nothing about which sentence answers to which)."""

    def __init__(self, copies: Sequence[Copy], pages: frozenset[str]) -> None:
        self._passages: dict[tuple[str, str], list[tuple[Span, Span]]] = {}
        for copy in copies:
            if copy.a in pages and copy.b in pages and copy.relation != "identical":
                self._passages[copy.a, copy.b] = [(p.a, p.b) for p in copy.passages]
                self._passages[copy.b, copy.a] = [(p.b, p.a) for p in copy.passages]

    def reason(self, a: Content, b: Content) -> Reason | None:
        """Whether a passage links these two statements: the share of each that it covers, the smaller one."""
        best = 0.0
        x, y = a.statement, b.statement
        for span_a, span_b in self._passages.get((x.page, y.page), ()):
            if span_a.overlap(x.span) and span_b.overlap(y.span):
                longest = max(span_a.end - span_a.start, span_b.end - span_b.start)
                if longest <= 1.6 * max(len(x.text), len(y.text)):
                    share_a = span_a.overlap(x.span) / max(1, len(x.text))
                    best = max(best, min(share_a, span_b.overlap(y.span) / max(1, len(y.text))))
        if best < 0.5:
            return None
        places = (Place(x.page, x.span), Place(y.page, y.span))
        return Reason("same-passage", "a passage of one page retells this place of the other", min(best, 1.0), places)


def _may_compare(a: Sequence[Content], b: Sequence[Content]) -> bool:
    """Whether two nodes can be one claim at all: a refusal to comment and an assertion never are."""
    return (a[0].statement.kind == "no_comment") == (b[0].statement.kind == "no_comment")


def _candidates(matrix: StoryMatrix) -> dict[Pair, tuple[float, float, float]]:
    """Pairs worth a close look: (quick score, weight shared, meaning)."""
    found: dict[Pair, tuple[float, float, float]] = {}
    n = len(matrix.contents)
    for i in range(n):
        shared, meaning = matrix.shared_row(i), matrix.meaning_row(i)
        share = shared / np.maximum(1e-6, np.minimum(matrix.totals, matrix.totals[i]))
        quick = 5.0 * share + 0.5 * shared + 2.0 * meaning - 4.0
        quick[i] = -np.inf
        order = np.lexsort((np.arange(n), -quick))[:_MOST_CLOSE]
        for j in order[quick[order] >= _LOOSE]:
            pair = (min(i, int(j)), max(i, int(j)))
            found[pair] = (float(quick[j]), float(shared[j]), float(meaning[j]))
    return found


def _quoting(contents: Sequence[Content]) -> set[Pair]:
    """Pairs whose quotations share two words in a row: they are looked at whatever else they share."""
    where: dict[tuple[str, str], list[int]] = {}
    for i, content in enumerate(contents):
        for gram in sorted(set(zip(content.quoted, content.quoted[1:], strict=False))):
            where.setdefault(gram, []).append(i)
    found: set[Pair] = set()
    for many in where.values():
        few = many[:_MOST_CLOSE]
        found.update((a, b) for k, a in enumerate(few) for b in few[k + 1 :])
    return found


def judge_pairs(nodes: Sequence[Sequence[Content]], matrix: StoryMatrix, retold: Retold) -> dict[Pair, Judged]:
    """Every pair of nodes that was looked at closely, with its reasons."""
    quick = _candidates(matrix)
    for a, b in sorted(_quoting(matrix.contents) - quick.keys()):
        meaning = float(matrix.vectors[a] @ matrix.vectors[b])
        quick[a, b] = (-9.0, matrix.mass(matrix.contents[a].bag & matrix.contents[b].bag), meaning)
    closer = _closer_elsewhere(nodes, quick)
    judged: dict[Pair, Judged] = {}
    for a, b in sorted(quick):
        if not _may_compare(nodes[a], nodes[b]):
            continue
        x, y = nodes[a][0], nodes[b][0]
        _, shared, meaning = quick[a, b]
        reasons = compare(x, y, matrix, shared, meaning, (float(matrix.totals[a]), float(matrix.totals[b])))
        passage = retold.reason(x, y)
        if passage:
            reasons = (*reasons, passage)
        if closer[a, b]:
            places = (Place(x.statement.page, x.statement.span), Place(y.statement.page, y.statement.span))
            many = float(min(5, closer[a, b]))
            reasons = (*reasons, Reason("closer-elsewhere", f"{closer[a, b]} pair(s) lie closer", many, places))
        judged[a, b] = Judged(reasons, likelihood(reasons))
    return judged


def _closer_elsewhere(
    nodes: Sequence[Sequence[Content]], quick: Mapping[Pair, tuple[float, float, float]]
) -> dict[Pair, int]:
    """For each pair, how many statements of the two pages answer better to one of the two than the other does."""
    lists: dict[int, list[tuple[float, int]]] = {}
    for (a, b), (score, _, _) in sorted(quick.items()):
        lists.setdefault(a, []).append((score, b))
        lists.setdefault(b, []).append((score, a))
    pages = [frozenset(c.statement.page for c in node) for node in nodes]

    def better(a: int, b: int, score: float) -> int:
        return sum(1 for other, k in lists[a] if other > score and k != b and pages[k] & pages[b] and k != a)

    return {(a, b): better(a, b, score) + better(b, a, score) for (a, b), (score, _, _) in quick.items()}


def align_story(contents: Sequence[Content], copies: Sequence[Copy], options: ClaimOptions) -> StoryAlignment:
    """One story aligned. Every content stands in at least one group; groups in the order of first contents."""
    if not contents:
        return StoryAlignment()
    nodes = _nodes(contents)
    matrix = compare_story([node[0] for node in nodes])
    pages = [frozenset(c.statement.page for c in node) for node in nodes]
    retold = Retold(copies, frozenset().union(*pages))
    judged = judge_pairs(nodes, matrix, retold)

    def apart(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
        return any(pages[i] & pages[j] and not _restates(judged, i, j, options) for i in a for j in b)

    weights = {pair: j.likelihood for pair, j in judged.items()}
    groups = group(len(nodes), weights, options.same, apart)
    homes = _with_second_homes(groups, nodes, judged, options)
    return StoryAlignment(homes, _links(nodes, judged), tuple(contents), matrix.weight)


def _links(nodes: Sequence[Sequence[Content]], judged: Mapping[Pair, Judged]) -> tuple[Linked, ...]:
    """The pairs that are likely enough to be about one subject, for every page that carries them."""
    found: list[Linked] = []
    for (i, j), pair in judged.items():
        if pair.likelihood < LINKED:
            continue
        for x in nodes[i][:MOST_ALIKE]:
            for y in nodes[j][:MOST_ALIKE]:
                if x.statement.page != y.statement.page:
                    found.append(Linked(x, y, pair.likelihood))
    return tuple(found)


def _judged(judged: Mapping[Pair, Judged], i: int, j: int) -> Judged | None:
    return judged.get((i, j) if i < j else (j, i))


def _restates(judged: Mapping[Pair, Judged], i: int, j: int, options: ClaimOptions) -> bool:
    pair = _judged(judged, i, j)
    return pair is not None and pair.likelihood >= options.restates


def _with_second_homes(
    groups: Sequence[tuple[int, ...]],
    nodes: Sequence[Sequence[Content]],
    judged: Mapping[Pair, Judged],
    options: ClaimOptions,
) -> tuple[Aligned, ...]:
    """Groups with the nodes that also stand there. A node whose likelihood with another group is high, by another
    clause than the one that binds it at home, holds two assertions. One that stood alone then stands only there."""
    home = {i: g for g, members in enumerate(groups) for i in members}
    near: dict[int, set[int]] = {}
    for a, b in judged:
        near.setdefault(a, set()).add(home[b])
        near.setdefault(b, set()).add(home[a])
    guests: dict[int, list[int]] = {}
    for i in range(len(nodes)):
        bound = [span for k in groups[home[i]] if (span := _bound_by(judged, i, k)) is not None]
        for g in sorted(near.get(i, set()) - {home[i]}):
            links = [(k, link) for k in groups[g] if (link := _judged(judged, i, k)) is not None]
            mean = sum(link.likelihood for _, link in links) / len(groups[g])
            spans = [span for k, _ in links if (span := _bound_by(judged, i, k)) is not None]
            free = bool(spans) and not any(_meet(x, y) for x in spans for y in bound)
            if mean >= (options.second_home if free else options.second_same):
                guests.setdefault(g, []).append(i)
    moved = {i for many in guests.values() for i in many if len(groups[home[i]]) == 1 and home[i] not in guests}
    return tuple(
        _aligned(sorted((*members, *guests.get(g, ()))), nodes, judged)
        for g, members in enumerate(groups)
        if not (len(members) == 1 and members[0] in moved)
    )


def _meet(x: Span, y: Span) -> bool:
    """Whether two stretches are mostly one: they share over a third of the shorter."""
    return 3 * x.overlap(y) > min(x.end - x.start, y.end - y.start)


def _bound_by(judged: Mapping[Pair, Judged], i: int, k: int) -> Span | None:
    """The stretch of node ``i`` that answers to node ``k``."""
    link = _judged(judged, i, k)
    for reason in link.reasons if link else ():
        if reason.rule == "same-clause":
            return reason.spans[0 if i < k else 1].span
    return None


def _aligned(members: Sequence[int], nodes: Sequence[Sequence[Content]], judged: Mapping[Pair, Judged]) -> Aligned:
    """A group as a value, with the reasons of its pairs: all of the weakest joined pair, the best of the others."""
    contents = tuple(c for i in members for c in nodes[i])
    links = [j for k, a in enumerate(members) for b in members[k + 1 :] if (j := _judged(judged, a, b)) is not None]
    if not links:
        if len(contents) < 2:
            return Aligned(contents, 0.0, ())
        places = tuple(Place(c.statement.page, c.statement.span) for c in contents[:2])
        return Aligned(contents, 1.0, (Reason("same-words", "the same words on each page", 1.0, places),))
    weakest = min(range(len(links)), key=lambda n: (links[n].likelihood, n))
    strongest = max(range(len(links)), key=lambda n: (links[n].likelihood, -n))
    reasons = links[strongest].reasons + (links[weakest].reasons if weakest != strongest else ())
    return Aligned(contents, links[weakest].likelihood, reasons)
