"""One story's statements into groups that assert the same.

In: a story's contents in page order, what its copies retell, options. Out: :class:`Aligned` groups. Three steps: the
same words are one node whatever page they stand on; nodes are joined by average linkage over :mod:`.sameness`; then a
statement whose *other* clause answers to another group stands there too (a sentence can hold two assertions).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..options import ClaimOptions
from ..records import Copy, Place, Reason, Span
from .conflicts import contradictions, tells
from .content import Content
from .grouping import Pair, group
from .sameness import EVIDENCE, EXCLUDING, LEAST_CONTENT, compare, likelihood
from .weights import Array, StoryMatrix, compare_story

_LEAST_QUICK = 1.5
"""Pairs whose quick score stays below this are not looked at closely."""
LINKED = 0.3
"""Pairs from this likelihood on are looked at for disagreements."""
MOST_ALIKE = 12
"""At most so many pages with the same words are set against a rival: forty copies of one error are one error."""
CREDITS = 0.75
"""The same where one of the two says which newsroom first had the other."""
ANSWERS = 0.45
"""Share of the heavier stretch that must be shared where a statement stands in a second claim by one clause."""
NOVEL = 0.6
"""A statement stands in a second claim where at least this share of what it shares there is new to its own claim."""
_FRESH_WEIGHT = 1.0
BOTH_FIGURES = 1.0 - 1e-9
"""Stands for the novelty of a statement that stands in two claims because it tells the figures of both."""
_BLOCK = 256
"""Statements whose closeness in meaning to all others is computed at once."""
_MOST_CLOSE = 18
"""At most this many candidates a node are looked at closely, so that a story of 200 pages stays affordable."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A group: contents that assert the same, with the reasons of the weakest and the strongest joined pair."""

    contents: tuple[Content, ...]
    weakest: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Two nodes that were compared closely, ``a`` before ``b``: contents of the same words each."""

    a: Sequence[Content]
    b: Sequence[Content]
    likelihood: float

    def pairs(self) -> Iterator[tuple[Content, Content]]:
        """The pairs of contents of different pages, at most ``MOST_ALIKE`` pages a side."""
        for x in self.a[:MOST_ALIKE]:
            for y in self.b[:MOST_ALIKE]:
                if x.statement.page != y.statement.page:
                    yield x, y


@dataclass(frozen=True, slots=True)
class StoryAlignment:
    """A story aligned: groups, the pairs worth a look for disagreements, all contents, and what each key weighs."""

    groups: tuple[Aligned, ...] = ()
    links: tuple[Linked, ...] = ()
    contents: tuple[Content, ...] = ()
    weight: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of nodes that was looked at closely. ``likelihood`` that they are about one subject; ``apart_from_rank``
    the same whatever lies closer; ``excluded`` where they contradict each other, and so are two claims about it."""

    reasons: tuple[Reason, ...]
    likelihood: float
    apart_from_rank: float
    answers: float
    excluded: bool = False


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
    """Pairs worth a close look: (quick score, weight shared, meaning). The quick score is the evidence that matrices
    give; the heads of articles are always looked at."""
    found: dict[Pair, tuple[float, float, float]] = {}
    n = len(matrix.contents)
    leads = np.array([c.leads for c in matrix.contents])
    for begin in range(0, n, _BLOCK):
        meanings = matrix.meaning_rows(begin, min(n, begin + _BLOCK))
        for i, meaning in enumerate(meanings, start=begin):
            shared = matrix.shared_row(i)
            share = shared / np.maximum(LEAST_CONTENT, np.minimum(matrix.totals, matrix.totals[i]))
            quick = (
                EVIDENCE["shared-share"] * share
                + EVIDENCE["shared-weight"] * shared
                + EVIDENCE["near-in-meaning"] * meaning
                + (EVIDENCE["both-lead"] * leads if leads[i] else 0.0)
            )
            quick[i] = -np.inf
            for j in _best(quick):
                pair = (min(i, j), max(i, j))
                found[pair] = (float(quick[j]), float(shared[j]), float(meaning[j]))
    return found


def _best(quick: Array) -> list[int]:
    """The places of the highest scores, at most ``_MOST_CLOSE`` of those that reach ``_LEAST_QUICK``, best first."""
    enough = np.flatnonzero(quick >= _LEAST_QUICK)
    if len(enough) > _MOST_CLOSE:
        least = np.partition(quick[enough], -_MOST_CLOSE)[-_MOST_CLOSE]
        enough = enough[quick[enough] >= least]
    order = np.lexsort((enough, -quick[enough]))[:_MOST_CLOSE]
    return [int(j) for j in enough[order]]


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
        plain = likelihood([r for r in reasons if r.rule != "closer-elsewhere"])
        answers = max((r.weight for r in reasons if r.rule == "same-clause"), default=0.0)
        likely = likelihood(reasons)
        if plain >= LINKED:
            reasons = (*reasons, *contradictions(x, y, matrix.weight))
        judged[a, b] = Judged(reasons, likely, plain, answers, any(r.rule in EXCLUDING for r in reasons))
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
        return any(
            _excluded(judged, i, j) or (pages[i] & pages[j] and not _restates(judged, i, j, options))
            for i in a
            for j in b
        )

    weights = {pair: 0.0 if j.excluded else j.likelihood for pair, j in judged.items()}
    groups = group(len(nodes), weights, options.same, apart)
    home = {i: g for g, members in enumerate(groups) for i in members}
    second = _second_homes(_Homes(nodes, matrix, judged, groups, home), options)
    found = tuple(_aligned(members, nodes, judged, novelty) for members, novelty in second)
    return StoryAlignment(found, _links(nodes, judged), tuple(contents), matrix.weight)


def _links(nodes: Sequence[Sequence[Content]], judged: Mapping[Pair, Judged]) -> tuple[Linked, ...]:
    """The pairs that are likely enough to be about one subject, for every page that carries them."""
    return tuple(
        Linked(nodes[i], nodes[j], pair.likelihood) for (i, j), pair in judged.items() if pair.likelihood >= LINKED
    )


def _judged(judged: Mapping[Pair, Judged], i: int, j: int) -> Judged | None:
    return judged.get((i, j) if i < j else (j, i))


def _excluded(judged: Mapping[Pair, Judged], i: int, j: int) -> bool:
    pair = _judged(judged, i, j)
    return pair is not None and pair.excluded


def _restates(judged: Mapping[Pair, Judged], i: int, j: int, options: ClaimOptions) -> bool:
    pair = _judged(judged, i, j)
    if pair is None:
        return False
    credit = any(r.rule == "credits-report" for r in pair.reasons)
    return pair.likelihood >= (CREDITS if credit else options.restates)


@dataclass(frozen=True, slots=True)
class _Homes:
    """Groups and what is needed to ask whether a node stands in another one as well."""

    nodes: Sequence[Sequence[Content]]
    matrix: StoryMatrix
    judged: Mapping[Pair, Judged]
    groups: Sequence[tuple[int, ...]]
    home: Mapping[int, int]

    def shared(self, i: int, k: int) -> frozenset[str]:
        return self.nodes[i][0].bag & self.nodes[k][0].bag

    def novelty(self, i: int, others: Sequence[int]) -> float:
        """The share of what node ``i`` shares with ``others`` that it does not share with its own group; 0 where that
        weighs little."""
        there = frozenset().union(*(self.shared(i, k) for k in others))
        here = frozenset().union(*(self.shared(i, k) for k in self.groups[self.home[i]] if k != i))
        fresh = self.matrix.mass(there - here)
        return fresh / self.matrix.mass(there) if fresh >= _FRESH_WEIGHT else 0.0

    def answers(self, i: int, k: int) -> float:
        """How well a stretch of the one answers to a stretch of the other."""
        link = _judged(self.judged, i, k)
        return link.answers if link else 0.0

    def likely(self, i: int, k: int) -> float:
        """The likelihood of a pair, whatever lies closer (it lies closer by the other clause)."""
        link = _judged(self.judged, i, k)
        return link.apart_from_rank if link else 0.0

    def contradicted(self, i: int, members: Sequence[int]) -> bool:
        """Whether node ``i`` contradicts one of ``members``."""
        return any(_excluded(self.judged, i, k) for k in members)

    def rivals(self) -> frozenset[Pair]:
        """The pairs of groups, in both orders, of which members contradict each other."""
        pairs = ((self.home[a], self.home[b]) for (a, b), pair in self.judged.items() if pair.excluded)
        return frozenset(both for g, h in pairs for both in ((g, h), (h, g)))

    def tells_both(self, i: int, members: Sequence[int], options: ClaimOptions) -> bool:
        """Whether node ``i`` tells the figure of ``members`` beside its own claim's, which contradicts them ("grew
        from 14 to 19"): it then stands in both."""
        mine = self.groups[self.home[i]]
        return any(
            self.likely(i, k) >= options.same and tells(self.nodes[i][0], self.nodes[k][0], self.nodes[j][0])
            for k in members
            for j in mine
            if j != i and _excluded(self.judged, j, k)
        )


def _second_homes(homes: _Homes, options: ClaimOptions) -> tuple[tuple[tuple[int, ...], float], ...]:
    """Groups with the nodes that also stand there, and pairs that answer to each other by a second clause: (members,
    least novelty of a guest, 1 where there is none). A node that stood alone then stands only in its second home."""
    near: dict[int, set[int]] = {}
    for a, b in homes.judged:
        near.setdefault(a, set()).add(homes.home[b])
        near.setdefault(b, set()).add(homes.home[a])
    rivals = homes.rivals()
    guests: dict[int, dict[int, float]] = {}
    for i in range(len(homes.nodes)):
        for g in sorted(near.get(i, set()) - {homes.home[i]}):
            members = homes.groups[g]
            rival = (homes.home[i], g) in rivals
            if rival and homes.contradicted(i, members):
                continue
            if rival and homes.tells_both(i, members, options):
                guests.setdefault(g, {})[i] = BOTH_FIGURES
                continue
            if len(members) < 2 or max(homes.answers(i, k) for k in members) < ANSWERS:
                continue
            if sum(homes.likely(i, k) for k in members) / len(members) < options.second_home:
                continue
            novelty = homes.novelty(i, members)
            if novelty >= NOVEL:
                guests.setdefault(g, {})[i] = novelty
    extra = _second_pairs(homes, guests, options)
    moved = {i for many in guests.values() for i in many} | {i for members, _ in extra for i in members}
    found: list[tuple[tuple[int, ...], float]] = []
    for g, members in enumerate(homes.groups):
        mine = guests.get(g, {})
        if len(members) == 1 and members[0] in moved and not mine:
            continue
        found.append((tuple(sorted({*members, *mine})), min(mine.values(), default=1.0)))
    return (*found, *extra)


def _second_pairs(
    homes: _Homes, guests: Mapping[int, Mapping[int, float]], options: ClaimOptions
) -> tuple[tuple[tuple[int, ...], float], ...]:
    """New groups of nodes that answer to each other by clauses that no home uses."""
    pairs: dict[Pair, float] = {}
    for a, b in homes.judged:
        g, h = homes.home[a], homes.home[b]
        if g == h or a in guests.get(h, {}) or b in guests.get(g, {}) or _one_page(homes.nodes[a], homes.nodes[b]):
            continue
        if _excluded(homes.judged, a, b):
            continue
        likely = homes.likely(a, b) if homes.answers(a, b) >= ANSWERS else 0.0
        if likely >= options.second_home and min(homes.novelty(a, [b]), homes.novelty(b, [a])) >= NOVEL:
            pairs[a, b] = likely

    def apart(x: tuple[int, ...], y: tuple[int, ...]) -> bool:
        return any(_excluded(homes.judged, i, j) or _one_page(homes.nodes[i], homes.nodes[j]) for i in x for j in y)

    groups = group(len(homes.nodes), pairs, options.second_home, apart)
    return tuple(
        (members, min(homes.novelty(i, [k for k in members if k != i]) for i in members))
        for members in groups
        if len(members) > 1
    )


def _one_page(a: Sequence[Content], b: Sequence[Content]) -> bool:
    """Whether two nodes stand on one page."""
    return bool({c.statement.page for c in a} & {c.statement.page for c in b})


def _aligned(
    members: Sequence[int], nodes: Sequence[Sequence[Content]], judged: Mapping[Pair, Judged], novelty: float
) -> Aligned:
    """A group as a value, with the reasons of its strongest and of its weakest joined pair."""
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
    if novelty < 1.0:
        reasons = (*reasons, Reason("other-clause", "a statement stands here by another clause", novelty))
    return Aligned(contents, links[weakest].likelihood, reasons)
