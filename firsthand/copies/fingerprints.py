"""Fingerprints of wording, and which pages share some: an inverted index by sorting.

Method: hashes of every run of :data:`SHINGLE` words; of every :data:`WINDOW` successive hashes the smallest is kept
(winnowing: Schleimer, Wilkerson and Aiken 2003), so that any shared run of ``SHINGLE + WINDOW - 1`` words is certain
to be seen. All pages' fingerprints are sorted once; equal neighbours are pages that share words. Only numbers are
sorted, so that the same arrays can be cut into partitions by hash when a collection outgrows memory.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from .wording import Codes, Places, Wording, mixed

SHINGLE = 6
WINDOW = 4
_FACTOR = np.uint64(0x100000001B3)


def shingles(codes: Codes, size: int) -> Codes:
    """The hash [n - size + 1] of every run of ``size`` words; empty where there are fewer words."""
    if len(codes) < size:
        return np.zeros(0, dtype=np.uint64)
    total = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for i in range(size):
        total = total * _FACTOR + codes[i : len(codes) - size + 1 + i]
    return mixed(total)


def winnow(hashes: Codes, window: int = WINDOW) -> Codes:
    """The distinct hashes that are the smallest of some ``window`` successive ones, sorted."""
    if len(hashes) <= window:
        return np.unique(hashes.min(keepdims=True)) if len(hashes) else hashes
    return np.unique(sliding_window_view(hashes, window).min(1))


def sharing_pairs(wordings: Sequence[Wording], most_pages: int, fewest: int) -> list[tuple[int, int]]:
    """Pairs (i < j) of texts that share at least ``fewest`` fingerprints, sorted.

    A fingerprint on more than ``most_pages`` texts is skipped: it is a stock phrase or a template, and pairs grow with
    its square. Where texts have so many copies, the rarer fingerprints still pair them as a rule.
    """
    prints = [winnow(shingles(w.codes, SHINGLE)) for w in wordings]
    owners = np.repeat(np.arange(len(prints)), [len(p) for p in prints])
    hashes = np.concatenate(prints) if prints else np.zeros(0, dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    pairs = equal_pairs(hashes[order], owners[order], most_pages)
    if not len(pairs):
        return []
    keys, counts = np.unique(pairs[:, 0] * len(prints) + pairs[:, 1], return_counts=True)
    return [(int(key // len(prints)), int(key % len(prints))) for key in keys[counts >= fewest]]


def equal_pairs(keys: NDArray[np.uint64], owners: Places, most: int) -> Places:
    """All pairs [m, 2] of owners (smaller first) of equal neighbours in sorted ``keys``; groups above ``most`` skipped.

    Works a distance at a time: the owner of each entry with the one ``d`` places further on, while they are equal."""
    if len(keys) < 2:
        return np.zeros((0, 2), dtype=np.int64)
    change = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))
    sizes = np.repeat(np.diff(change), np.diff(change))
    kept = (sizes > 1) & (sizes <= most)
    keys, owners = keys[kept], owners[kept]
    found = []
    for distance in range(1, most):
        same = keys[distance:] == keys[:-distance]
        if not same.any():
            break
        found.append(np.stack((owners[:-distance][same], owners[distance:][same]), axis=1))
    if not found:
        return np.zeros((0, 2), dtype=np.int64)
    pairs = np.sort(np.concatenate(found), axis=1)
    out: Places = pairs[pairs[:, 0] != pairs[:, 1]]
    return out
