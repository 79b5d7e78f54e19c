"""Average linkage (UPGMA): groups whose members are alike on average, by the nearest-neighbour chain.

In: a likeness per pair. Out: groups of indexes. The chain algorithm (Benzécri 1982; Murtagh 1983) merges mutual nearest
neighbours and needs O(n^2) time within a connected part; average linkage is reducible, so cutting its tree at the
threshold gives what merging greedily would. Ties fall to the lower index.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from firsthand.options import StoryOptions

from .likeness import Likeness


def average_linkage(n: int, alike: Likeness, options: StoryOptions) -> list[list[int]]:
    """Groups of 0..n-1, each in ascending order, ordered by their first member."""
    groups: list[list[int]] = []
    for part in _parts(list(range(n)), alike.matrix, options.threshold, options.largest_part):
        groups.extend(_link(part, alike.matrix, options.threshold))
    return sorted(groups)


def _parts(members: list[int], matrix: NDArray[np.float32], least: float, largest: int) -> Iterator[list[int]]:
    """Connected parts under likeness of at least ``least``; a part that is too large is cut at a higher likeness."""
    left = set(members)
    mask = np.zeros(matrix.shape[0], dtype=bool)
    mask[members] = True
    for start in members:
        if start not in left:
            continue
        part, stack = [], [start]
        left.discard(start)
        mask[start] = False
        while stack:
            i = stack.pop()
            part.append(i)
            for j in np.flatnonzero((matrix[i] >= least) & mask).tolist():
                left.discard(j)
                mask[j] = False
                stack.append(j)
        part.sort()
        if len(part) > largest and least < 0.95:
            yield from _parts(part, matrix, least + 0.05, largest)
        else:
            yield part


def _link(part: list[int], matrix: NDArray[np.float32], threshold: float) -> list[list[int]]:
    if len(part) == 1:
        return [part]
    near = matrix[np.ix_(part, part)].astype(np.float64)
    np.fill_diagonal(near, -np.inf)
    size = np.ones(len(part))
    active = np.ones(len(part), dtype=bool)
    merges: list[tuple[float, int, int]] = []
    chain: list[int] = []
    while active.sum() > 1:
        if not chain:
            chain.append(int(np.flatnonzero(active)[0]))
        top = chain[-1]
        row = np.where(active, near[top], -np.inf)
        best = int(np.argmax(row))
        if len(chain) > 1 and row[chain[-2]] >= row[best]:
            best = chain[-2]
            chain = chain[:-2]
            a, b = sorted((top, best))
            merges.append((float(row[best]), a, b))
            near[a] = (size[a] * near[a] + size[b] * near[b]) / (size[a] + size[b])
            near[:, a] = near[a]
            near[a, a] = -np.inf
            size[a] += size[b]
            active[b] = False
        else:
            chain.append(best)
    return _cut(part, merges, threshold)


def _cut(part: list[int], merges: list[tuple[float, int, int]], threshold: float) -> list[list[int]]:
    root = list(range(len(part)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for likeness, a, b in merges:
        if likeness >= threshold:
            x, y = sorted((find(a), find(b)))
            root[y] = x
    groups: dict[int, list[int]] = {}
    for i, member in enumerate(part):
        groups.setdefault(find(i), []).append(member)
    return list(groups.values())
