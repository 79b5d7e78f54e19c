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

from .wording import Codes, Flags, Places

SHINGLE = 6
WINDOW = 8
Pairs = NDArray[np.int64]
"""Two numbers of texts a row."""
TURN = 11
"""Bits by which the code of a run's word is turned, times its place in the run."""
_LAST = np.uint64(0xFFFFFFFFFFFFFFFF)


def shingles(codes: Codes, size: int) -> Codes:
    """The hash [n - size + 1] of every run of ``size`` words (5 at most stand before the last); empty where there are
    fewer words. It is the sum of their codes, each turned by its place: codes are spread well enough for that."""
    if len(codes) < size:
        return np.zeros(0, dtype=np.uint64)
    total = codes[: len(codes) - size + 1].copy()
    for i in range(1, size):
        more = codes[i : len(codes) - size + 1 + i]
        total += (more << np.uint64(TURN * i)) | (more >> np.uint64(64 - TURN * i))
    return total


def winnow(hashes: Codes, skipped: Flags | None = None, window: int = WINDOW) -> Codes:
    """The distinct hashes that are the smallest of some ``window`` successive ones, sorted.

    Of a run of words that are all ``skipped`` [words] no fingerprint is taken."""
    if skipped is not None and len(hashes) and skipped.any():
        hashes = np.where(sliding_window_view(skipped, SHINGLE).all(1), _LAST, hashes)
    if len(hashes) <= window:
        found = hashes.min(keepdims=True) if len(hashes) else hashes
    else:
        found = sliding_window_view(hashes, window).min(1)
    return np.unique(found[found != _LAST])


def sharing_pairs(prints: Sequence[Codes], most_pages: int, fewest: int) -> Pairs:
    """Pairs [m, 2] (i < j) of texts that share at least ``fewest`` fingerprints, sorted.

    A fingerprint on more than ``most_pages`` texts is a template, or a report that a whole chain carries. Its pairs
    would grow with the square, so that each text is paired with the first that has it and with the one before: pages
    of one report stay joined through others, and the work stays linear.
    """
    owners = np.repeat(np.arange(len(prints)), [len(p) for p in prints])
    hashes = np.concatenate(prints) if prints else np.zeros(0, dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    pairs = np.concatenate((equal_pairs(hashes, owners, most_pages), _linked(hashes, owners, most_pages)))
    keys, counts = np.unique(pairs[:, 0] * len(prints) + pairs[:, 1], return_counts=True)
    keys = keys[counts >= fewest]
    return np.stack(np.divmod(keys, max(1, len(prints))), axis=1)


def _linked(keys: Codes, owners: Places, most: int) -> Pairs:
    """For each key that more than ``most`` owners have: each owner with the first, and with the one before."""
    change = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))[: len(keys) + 1]
    sizes = np.diff(change)
    place = np.arange(len(keys)) - np.repeat(change[:-1], sizes) if len(keys) else np.zeros(0, np.int64)
    at = np.flatnonzero((np.repeat(sizes, sizes) > most) & (place > 0)) if len(keys) else place
    chain = at[place[at] > 1]
    left, right = np.concatenate((at - place[at], chain - 1)), np.concatenate((at, chain))
    return np.stack((owners[left], owners[right]), axis=1)


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
