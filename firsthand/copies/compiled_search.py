"""Searches of several compiled modules: a place or a code in a sorted array, the longest stretch two texts share."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import compiled

LOWEST = 0xFFF
"""The bits of a code by which most codes that are sought in vain are passed over at once."""


@compiled("int64(int32[:], int64, int64, int64)", within=True)
def first_from(places: Any, low: int, high: int, place: int) -> Any:
    """The first of the sorted ``places[low:high]`` that is not before ``place``; ``high``: none is."""
    while low < high:
        middle = (low + high) >> 1
        if places[middle] < place:
            low = middle + 1
        else:
            high = middle
    return low


@compiled("int64(uint64, uint64[::1])", within=True)
def place_of(code: Any, codes: Any) -> Any:
    """Where a code stands in sorted ``codes``; -1: nowhere."""
    low, high = 0, len(codes)
    while low < high:
        middle = (low + high) >> 1
        if codes[middle] < code:
            low = middle + 1
        else:
            high = middle
    return low if low < len(codes) and codes[low] == code else -1


@compiled("boolean[::1](uint64[::1])", within=True)
def lowest_bits(codes: Any) -> Any:
    """Whether one of some codes ends in these bits (:data:`LOWEST`), for all such bits."""
    some = np.zeros(LOWEST + 1, np.bool_)
    for code in codes:
        some[np.int64(code & np.uint64(LOWEST))] = True
    return some


@compiled("boolean(uint64, uint64[::1], boolean[::1])", within=True)
def stands(code: Any, codes: Any, some: Any) -> Any:
    """Whether a code is one of the sorted ``codes``, of which ``some`` are the :func:`lowest_bits`."""
    return some[np.int64(code & np.uint64(LOWEST))] and place_of(code, codes) >= 0


@compiled("UniTuple(int64, 3)(uint64[::1], uint64[::1], int64, int64, int64, int64, int32[::1])", within=True)
def longest_stretch(a: Any, b: Any, low_a: int, high_a: int, low_b: int, high_b: int, row: Any) -> Any:
    """How many words the longest stretch has that stands in ``a[low_a:high_a]`` and in ``b[low_b:high_b]``, and where:
    of equals the first in ``a``, then in ``b``. ``row`` is room for counting, a number for each word of that of ``b``.
    """
    best, at_a, at_b = 0, 0, 0
    for j in range(high_b - low_b):
        row[j] = 0
    for i in range(low_a, high_a):
        before = 0
        for j in range(low_b, high_b):
            size = before + 1 if a[i] == b[j] else 0
            before = row[j - low_b]
            row[j - low_b] = size
            if size > best:
                best, at_a, at_b = size, i + 1 - size, j + 1 - size
    return best, at_a, at_b
