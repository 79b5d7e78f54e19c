"""From pairs to groups: average linkage, so that one strong pair cannot chain two assertions together.

In: the likelihood of pairs of nodes (a node is one or several identical statements), and which nodes must stay apart.
Out: groups of node indexes, each in order, in the order of their first nodes. Two nodes of one page are two
assertions, unless the pair says that one restates the other.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence

Pair = tuple[int, int]


class _Merging:
    """The state of one agglomeration: summed likelihoods between live groups."""

    def __init__(self, size: int, pairs: Mapping[Pair, float], sizes: Sequence[int]) -> None:
        self.members: dict[int, tuple[int, ...]] = {i: (i,) for i in range(size)}
        self.sizes = {i: float(sizes[i]) for i in range(size)}
        self.sums: dict[int, dict[int, float]] = {i: {} for i in range(size)}
        for (a, b), p in pairs.items():
            weight = p * self.sizes[a] * self.sizes[b]
            self.sums[a][b] = weight
            self.sums[b][a] = weight

    def average(self, a: int, b: int) -> float:
        return self.sums[a][b] / (self.sizes[a] * self.sizes[b])

    def merge(self, a: int, b: int) -> None:
        """Fold group ``b`` into ``a``."""
        self.members[a] = tuple(sorted(self.members[a] + self.members.pop(b)))
        self.sizes[a] += self.sizes.pop(b)
        gone = self.sums.pop(b)
        mine = self.sums[a]
        for other in sorted(gone):
            del self.sums[other][b]
            if other != a:
                mine[other] = mine.get(other, 0.0) + gone[other]
                self.sums[other][a] = mine[other]
        mine.pop(b, None)


def group(
    size: int,
    pairs: Mapping[Pair, float],
    threshold: float,
    apart: Callable[[tuple[int, ...], tuple[int, ...]], bool],
) -> tuple[tuple[int, ...], ...]:
    """Groups of ``range(size)`` whose average likelihood between any two merged parts reached ``threshold``. A pair
    that is not in ``pairs`` counts 0. ``apart(a, b)`` forbids a merge. Ties go to the lower indexes."""
    state = _Merging(size, pairs, [1] * size)
    heap: list[tuple[float, int, int]] = [(-p, a, b) for (a, b), p in pairs.items() if p >= threshold]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in state.members or b not in state.members or b not in state.sums[a]:
            continue
        if abs(state.average(a, b) + negative) > 1e-12 or apart(state.members[a], state.members[b]):
            continue
        state.merge(a, b)
        for other in sorted(state.sums[a]):
            average = state.average(a, other)
            if average >= threshold:
                heapq.heappush(heap, (-average, min(a, other), max(a, other)))
    return tuple(sorted(state.members.values()))
