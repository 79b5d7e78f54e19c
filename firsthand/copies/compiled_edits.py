"""Where texts differ that share runs in one order, as machine code: ``edits.word_gaps`` for many pairs.

``edits`` says what is meant, and a test holds this to it. Pairs of which a passage moved are left to it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_passages import GAPS, LENGTH_A, LENGTH_B, SAME, START_A, START_B
from .compiled_search import longest_stretch
from .compiling import compiled


@compiled(
    "int64(uint64[::1], uint64[::1], int64, int64, int64, int64, int64, int32[::1], int32[:, ::1], int64)",
    within=True,
)
def split_change(
    a: Any, b: Any, start_a: int, end_a: int, start_b: int, end_b: int, fewest: int, row: Any, out: Any, written: int
) -> Any:
    """``edits._split``: writes a change as those around the longest stretch of words in it that is the same, and so on;
    returns how many changes there are then. ``row`` is room for counting."""
    waiting = np.empty((end_a - start_a + end_b - start_b + 2, 4), np.int64)
    waiting[0, 0], waiting[0, 1], waiting[0, 2], waiting[0, 3] = start_a, end_a, start_b, end_b
    left = 1
    while left > 0:
        left -= 1
        low_a, high_a, low_b, high_b = waiting[left, 0], waiting[left, 1], waiting[left, 2], waiting[left, 3]
        best, at_a, at_b = longest_stretch(a, b, low_a, high_a, low_b, high_b, row)
        if best < fewest:
            if low_a < high_a or low_b < high_b:
                out[written, 0], out[written, 1], out[written, 2], out[written, 3] = low_a, high_a, low_b, high_b
                written += 1
            continue
        waiting[left, 0], waiting[left, 1] = at_a + best, high_a  # what is behind waits until what is before is written
        waiting[left, 2], waiting[left, 3] = at_b + best, high_b
        waiting[left + 1, 0], waiting[left + 1, 1] = low_a, at_a
        waiting[left + 1, 2], waiting[left + 1, 3] = low_b, at_b
        left += 2
    return written


@compiled(
    "int64(uint64[::1], int64[::1], int64[:, ::1], int32[:, ::1], int32[:, ::1], int64[::1], boolean[::1], int64, "
    "int64, int64, int32[:, ::1], int64[::1], boolean[::1])"
)
def edited_words(
    codes: Any,
    word_bounds: Any,
    pairs: Any,
    runs: Any,
    gaps: Any,
    bounds: Any,
    asked: Any,
    close: int,
    longest_split: int,
    fewest_same: int,
    out: Any,
    out_bounds: Any,
    moved: Any,
) -> Any:
    """For each of the ``pairs`` that is ``asked``: its edits (words of both texts) to ``out``, ``out_bounds[p]`` being
    where those of a pair start; none, but ``moved``, where its runs are not in one order. Returns how many there are,
    or -1 where there is no room for them."""
    row = np.empty(longest_split + 2, np.int32)
    written = 0
    out_bounds[0] = 0
    for pair in range(len(bounds) - 1):
        out_bounds[pair + 1] = written
        first, last = bounds[pair], bounds[pair + 1]
        moved[pair] = False
        if not asked[pair] or first == last:
            continue
        for run in range(first + 1, last):
            moved[pair] |= runs[run, START_B] < runs[run - 1, START_B]
        if moved[pair]:
            continue
        begun = runs[first - 1, GAPS] if first > 0 else 0
        if written + (longest_split + 1) * (last - first + 1 + runs[last - 1, GAPS] - begun) > len(out):
            return -1
        a = codes[word_bounds[pairs[pair, 0]] : word_bounds[pairs[pair, 0] + 1]]
        b = codes[word_bounds[pairs[pair, 1]] : word_bounds[pairs[pair, 1] + 1]]
        end_a, end_b, same = 0, 0, 0
        for run in range(first, last + 1):
            inner = runs[run, GAPS] if run < last else begun
            for gap in range(begun - 1, inner):  # what stands before the run, then its small edits
                if gap < begun:
                    low_a, low_b = end_a, end_b
                    high_a = runs[run, START_A] if run < last else len(a)
                    high_b = runs[run, START_B] if run < last else len(b)
                    shared = same + runs[run, SAME] if run < last and same > 0 else 0
                    size_a, size_b = high_a - low_a, high_b - low_b
                    if min(size_a, size_b) > close and max(size_a, size_b) > shared:
                        continue
                else:
                    low_a, high_a, low_b, high_b = gaps[gap, 0], gaps[gap, 1], gaps[gap, 2], gaps[gap, 3]
                while low_a < high_a and low_b < high_b and a[low_a] == b[low_b]:
                    low_a, low_b = low_a + 1, low_b + 1
                while low_a < high_a and low_b < high_b and a[high_a - 1] == b[high_b - 1]:
                    high_a, high_b = high_a - 1, high_b - 1
                size_a, size_b = high_a - low_a, high_b - low_b
                if min(size_a, size_b) > 1 and max(size_a, size_b) <= longest_split:
                    written = split_change(a, b, low_a, high_a, low_b, high_b, fewest_same, row, out, written)
                elif max(size_a, size_b) > 0:
                    out[written, 0], out[written, 1], out[written, 2], out[written, 3] = low_a, high_a, low_b, high_b
                    written += 1
            begun = inner
            if run < last:
                end_a, end_b = runs[run, START_A] + runs[run, LENGTH_A], runs[run, START_B] + runs[run, LENGTH_B]
                same = runs[run, SAME]
        out_bounds[pair + 1] = written
    return written
