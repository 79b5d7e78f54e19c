"""Average linkage (UPGMA; Sokal and Michener 1958): groups whose members are alike on average.

In: a likelihood per pair; a pair that has none counts as 0. Out: groups of indexes. The two groups that are most alike
on average join first, until no two reach the threshold; ties fall to the lower index. Only pairs that have a likelihood
are touched, so the cost grows with these (times a logarithm), not with the pages squared.
"""

from __future__ import annotations

import heapq

from firsthand.options import StoryOptions

from .likeness import Likeness


def decide_join(likelihood: float, threshold: float) -> bool:
    """Whether two groups of pages with this average likelihood are one story."""
    return likelihood >= threshold


def average_linkage(n: int, alike: Likeness, options: StoryOptions) -> list[list[int]]:
    """Groups of 0..n-1, each in ascending order, ordered by their first member."""
    groups: dict[int, list[int]] = {i: [i] for i in range(n)}
    sums = [dict(row) for row in alike.near]
    heap = [(-s, i, j, 1) for i, row in enumerate(sums) for j, s in row.items() if i < j]
    heap = [entry for entry in heap if decide_join(-entry[0], options.threshold)]
    heapq.heapify(heap)
    while heap:
        _, a, b, pairs = heapq.heappop(heap)
        if a not in groups or b not in groups or len(groups[a]) * len(groups[b]) != pairs:
            continue  # one of the two has joined another since: a newer entry stands for them
        groups[a] += groups.pop(b)
        _join(sums, a, b)
        for c, total in sums[a].items():
            pairs = len(groups[a]) * len(groups[c])
            if decide_join(total / pairs, options.threshold):
                heapq.heappush(heap, (-total / pairs, min(a, c), max(a, c), pairs))
    return sorted(sorted(group) for group in groups.values())


def _join(sums: list[dict[int, float]], a: int, b: int) -> None:
    """Group ``b`` becomes part of ``a``: its sums of likelihoods to other groups are added to those of ``a``."""
    del sums[a][b]
    for c, total in sums[b].items():
        if c != a:
            sums[a][c] = sums[a].get(c, 0.0) + total
            del sums[c][b]
    sums[b] = {}
    for c, total in sums[a].items():
        sums[c][a] = total
