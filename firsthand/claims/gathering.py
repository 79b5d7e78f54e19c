"""From judged pairs to claims that may overlap: a sentence with two assertions stands in two claims.

In: nodes with their pages, judged pairs, options. Out: sets of node indexes. Two steps. Average linkage parts the
nodes (:mod:`.grouping`). Then every pair that asserts the same and that the parting left apart is brought together: the
one joins a claim of the other whose statements all bear it, or the two found a claim of their own. So no strong pair
is lost because a third statement lies closer to one of the two, and no weak one is made by the company it keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..options import ClaimOptions
from .grouping import Pair, group
from .pairs import Judged
from .sameness import CREDITS

Group = tuple[int, ...]


class Gathering:
    """The judged pairs of a story, asked about nodes. ``pages`` are those of each node."""

    def __init__(self, pages: Sequence[frozenset[str]], judged: Mapping[Pair, Judged], options: ClaimOptions) -> None:
        self._pages = pages
        self._judged = judged
        self._options = options

    def pair(self, i: int, j: int) -> Judged | None:
        """The judgement of two nodes, if they were looked at closely."""
        return self._judged.get((i, j) if i < j else (j, i))

    def same(self, i: int, j: int) -> float:
        """How likely two nodes assert the same; 0 where they were not looked at or contradict each other."""
        pair = self.pair(i, j)
        return 0.0 if pair is None or pair.excluded else pair.same

    def excluded(self, i: int, j: int) -> bool:
        """Whether two nodes contradict each other."""
        pair = self.pair(i, j)
        return pair is not None and pair.excluded

    def on_one_page(self, i: int, j: int) -> bool:
        """Whether two nodes stand on one page."""
        return bool(self._pages[i] & self._pages[j])

    def restates(self, i: int, j: int) -> bool:
        """Whether two nodes of one page are one claim all the same."""
        pair = self.pair(i, j)
        if pair is None:
            return False
        return pair.subject >= (CREDITS if pair.reason("credits-report") else self._options.restates)

    def apart(self, a: Sequence[int], b: Sequence[int]) -> bool:
        """Whether two groups of nodes can never be one claim."""
        return any(self.excluded(i, j) or (self.on_one_page(i, j) and not self.restates(i, j)) for i in a for j in b)

    def bears(self, i: int, members: Sequence[int]) -> float:
        """The average likelihood that node ``i`` asserts the same as each member; 0 where it cannot stand there, or
        where half of the members hardly do."""
        likely = [self.same(i, k) for k in members]
        if 2 * sum(p < self._options.bond for p in likely) >= len(likely) or self.apart((i,), members):
            return 0.0
        return sum(likely) / len(likely)

    def strong_pairs(self) -> list[Pair]:
        """The pairs of two pages that assert the same, the likeliest first."""
        least = self._options.strong
        found = [
            (-j.same, pair)
            for pair, j in self._judged.items()
            if j.same >= least and not j.excluded and not self.on_one_page(*pair)
        ]
        return [pair for _, pair in sorted(found)]


def gather(pages: Sequence[frozenset[str]], judged: Mapping[Pair, Judged], options: ClaimOptions) -> tuple[Group, ...]:
    """Claims as node indexes, in the order of their first nodes; no claim stands wholly within another."""
    units = one_wording(len(pages), judged)
    between = _between(units, judged)
    held = [frozenset().union(*(pages[i] for i in unit)) for unit in units]
    gathering = Gathering(held, between, options)
    weights = {pair: 0.0 if j.excluded or j.same < options.bond else j.same for pair, j in between.items()}
    homes = _Homes(group(len(units), weights, options.same, gathering.apart))
    for a, b in gathering.strong_pairs():
        if not homes.together(a, b):
            homes.bring_together(a, b, gathering.bears, options.joins)
    return tuple(sorted(tuple(sorted(i for u in claim for i in units[u])) for claim in homes.claims()))


def one_wording(size: int, judged: Mapping[Pair, Judged]) -> list[Group]:
    """Nodes with nearly the same words, as one: what bears on one of them bears on all. None that contradict each
    other are together."""
    unit_of = list(range(size))
    units = {i: [i] for i in range(size)}
    for a, b in sorted(pair for pair, j in judged.items() if j.same == 1.0 and not j.excluded):
        u, v = sorted((unit_of[a], unit_of[b]))
        if u == v or any(_excluded(judged, i, j) for i in units[u] for j in units[v]):
            continue
        for j in units[v]:
            unit_of[j] = u
        units[u].extend(units.pop(v))
    return [tuple(sorted(units[u])) for u in sorted(units)]


def _excluded(judged: Mapping[Pair, Judged], i: int, j: int) -> bool:
    pair = judged.get((i, j) if i < j else (j, i))
    return pair is not None and pair.excluded


def _between(units: Sequence[Group], judged: Mapping[Pair, Judged]) -> dict[Pair, Judged]:
    """The likeliest judgement between two units; they contradict each other where any of their nodes do."""
    unit_of = {i: u for u, members in enumerate(units) for i in members}
    found: dict[Pair, Judged] = {}
    for (a, b), pair in sorted(judged.items()):
        u, v = sorted((unit_of[a], unit_of[b]))
        if u == v:
            continue
        known = found.get((u, v))
        best = pair if known is None or pair.same > known.same else known
        excluded = pair.excluded or (known is not None and known.excluded)
        found[u, v] = best if best.excluded == excluded else replace(best, excluded=excluded)
    return found


class _Homes:
    """Groups that grow: which nodes stand in which, and which groups hold a node."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = [set(members) for members in groups]
        self._of: dict[int, list[int]] = {}
        for g, members in enumerate(groups):
            for i in members:
                self._of.setdefault(i, []).append(g)

    def together(self, i: int, j: int) -> bool:
        return not set(self._of[i]).isdisjoint(self._of[j])

    def bring_together(self, i: int, j: int, bears: Callable[[int, Sequence[int]], float], least: float) -> None:
        """Put one of the two into the claim of the other that bears it best, or both into a claim of their own."""
        ways = [(bears(a, sorted(self._groups[g])), a, g) for a, b in ((i, j), (j, i)) for g in self._of[b]]
        held = [way for way in ways if way[0] >= least and len(self._groups[way[2]]) > 1]
        if held:
            _, node, g = max(held, key=lambda way: (way[0], -way[1], -way[2]))
            self._put(node, g)
        else:
            self._groups.append(set())
            self._put(i, len(self._groups) - 1)
            self._put(j, len(self._groups) - 1)

    def _put(self, node: int, g: int) -> None:
        self._groups[g].add(node)
        self._of[node].append(g)

    def claims(self) -> tuple[Group, ...]:
        """The groups, without those that stand wholly within another."""
        kept = [
            members
            for g, members in enumerate(self._groups)
            if not any(
                members < self._groups[h] or (members == self._groups[h] and h < g) for h in self._of[min(members)]
            )
        ]
        return tuple(sorted(tuple(sorted(members)) for members in kept))
