"""The interval: how many origins a claim has at least and at most, from the origins and their open merges alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations

from ..records import OpenMerge, Origin

EXACT = 9
"""Origins up to which the fewest groups are found exactly; above, a lower bound stands in for them (min never too
high: counting too many is the worst error)."""


def decide_interval(origins: Sequence[Origin], open_merges: Sequence[OpenMerge]) -> tuple[int, int]:
    """``(min, max)``: max is every origin by itself, min the fewest groups in which every two origins may be one."""
    count = len(origins)
    may = {frozenset((m.a, m.b)) for m in open_merges}
    if len(may) == count * (count - 1) // 2:
        return min(1, count), count
    return (_fewest_groups(count, may) if count <= EXACT else _surely_apart(count, may)), count


def _fewest_groups(count: int, may: set[frozenset[int]]) -> int:
    """The smallest number of cliques of the open merges that cover all origins, by dynamic programming over subsets."""

    @cache
    def holds(subset: int) -> bool:
        members = [i for i in range(count) if subset >> i & 1]
        return all(frozenset(pair) in may for pair in combinations(members, 2))

    fewest = [0] + [count] * ((1 << count) - 1)
    for subset in range(1, 1 << count):
        last = 1 << (subset.bit_length() - 1)
        part = subset
        while part:
            if part & last and fewest[subset ^ part] + 1 < fewest[subset] and holds(part):
                fewest[subset] = fewest[subset ^ part] + 1
            part = (part - 1) & subset
    return fewest[-1]


def _surely_apart(count: int, may: set[frozenset[int]]) -> int:
    """How many origins are pairwise told apart, found greedily: never more than the fewest groups."""
    chosen: list[int] = []
    for i in range(count):
        if all(frozenset((i, j)) not in may for j in chosen):
            chosen.append(i)
    return len(chosen)
