"""One story's statements into groups that assert the same.

In: a story's contents in page order, what its copies retell, options. Out: :class:`Aligned` groups. Three steps: the
same words are one node whatever page they stand on; nodes are joined by average linkage over :mod:`.sameness`; then a
statement whose *other* clause answers to another group stands there too (a sentence can hold two assertions).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..options import ClaimOptions
from ..records import Copy, Place, Reason, Span
from .content import Content
from .grouping import Pair, group
from .sameness import compare, likelihood
from .weights import StoryMatrix, compare_story

_LOOSE = -2.2
"""Pairs whose quick score stays below this are not looked at closely."""
_MOST_CLOSE = 24
"""At most this many candidates a node are looked at closely, so that a story of 200 pages stays affordable."""
RESTATES = 0.9
"""Two statements of one page are one claim only from this likelihood on."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A group: contents that assert the same, with the reasons of the weakest and the strongest joined pair."""

    contents: tuple[Content, ...]
    weakest: float
    reasons: tuple[Reason, ...]


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


def align_story(contents: Sequence[Content], copies: Sequence[Copy], options: ClaimOptions) -> tuple[Aligned, ...]:
    """The groups of one story's contents. Every content stands in at least one; in the order of first contents."""
    if not contents:
        return ()
    nodes = _nodes(contents)
    matrix = compare_story([node[0] for node in nodes])
    pages = [frozenset(c.statement.page for c in node) for node in nodes]
    retold = Retold(copies, frozenset().union(*pages))
    judged = judge_pairs(nodes, matrix, retold)

    def apart(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
        return any(
            pages[i] & pages[j] and not _restates(judged, i, j, options) for i in a for j in b
        )

    weights = {pair: j.likelihood for pair, j in judged.items()}
    groups = group(len(nodes), weights, options.same, apart)
    return _with_second_homes(groups, nodes, judged, options)


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
    """Groups with the nodes that also stand there: a node whose average likelihood with another group is high. A node
    that stood alone and found a second home stands only there."""
    home = {i: g for g, members in enumerate(groups) for i in members}
    guests: dict[int, list[int]] = {}
    for i in range(len(nodes)):
        for g, members in enumerate(groups):
            if g == home[i] or not members:
                continue
            links = [_judged(judged, i, k) for k in members]
            if sum(link.likelihood for link in links if link) / len(members) >= options.second_home:
                guests.setdefault(g, []).append(i)
    moved = {i for many in guests.values() for i in many if len(groups[home[i]]) == 1 and home[i] not in guests}
    found: list[Aligned] = []
    for g, members in enumerate(groups):
        if len(members) == 1 and members[0] in moved:
            continue
        found.append(_aligned(sorted((*members, *guests.get(g, ()))), nodes, judged))
    return tuple(found)


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
