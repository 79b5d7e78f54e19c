"""What differs between two texts that share runs, word by word, as machine code: ``differing_facts.gaps_of`` for many
pairs. ``differing_facts`` says what is meant, and a test holds this to it."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_passages import GAPS, LENGTH_A, LENGTH_B, SAME, START_A, START_B
from .compiled_search import longest_stretch
from .compiling import compiled


@compiled("int64(uint64[::1], uint64[::1], int32[::1], int32[::1], int32[:, ::1])", within=True)
def match_words(a: Any, b: Any, row: Any, met: Any, waiting: Any) -> Any:
    """Fills ``met`` with the word of ``b`` that each word of ``a`` is (-1: none), and returns how many are: those of
    the longest stretch that is the same, then of what is before and behind it, as ``difflib`` has it (Ratcliff and
    Obershelp 1988); of equals the first in ``a``, then in ``b``."""
    for i in range(len(a)):
        met[i] = -1
    same, left = 0, 1
    waiting[0, 0], waiting[0, 1], waiting[0, 2], waiting[0, 3] = 0, len(a), 0, len(b)
    while left > 0:
        left -= 1
        low_a, high_a, low_b, high_b = waiting[left, 0], waiting[left, 1], waiting[left, 2], waiting[left, 3]
        best, at_a, at_b = longest_stretch(a, b, low_a, high_a, low_b, high_b, row)
        if best == 0:
            continue
        same += best
        for offset in range(best):
            met[at_a + offset] = at_b + offset
        if low_a < at_a and low_b < at_b:
            waiting[left, 0], waiting[left, 1], waiting[left, 2], waiting[left, 3] = low_a, at_a, low_b, at_b
            left += 1
        if at_a + best < high_a and at_b + best < high_b:
            waiting[left, 0], waiting[left, 1] = at_a + best, high_a
            waiting[left, 2], waiting[left, 3] = at_b + best, high_b
            left += 1
    return same


@compiled(
    "int64(uint64[::1], int64[::1], int64[:, ::1], int32[:, ::1], int32[:, ::1], int64[::1], boolean[::1], int64, "
    "int64, float64, int32[:, ::1], int64[::1], int64[::1])"
)
def differing_words(
    codes: Any,
    word_bounds: Any,
    pairs: Any,
    runs: Any,
    gaps: Any,
    bounds: Any,
    asked: Any,
    longest: int,
    most: int,
    least: float,
    out: Any,
    out_bounds: Any,
    more: Any,
) -> Any:
    """For each of the ``pairs`` that is ``asked`` and has an edit for every ``longest`` words: its gaps to ``out``
    (``out_bounds[p]`` is where those of a pair start) and to ``more`` how many words are the same between its runs;
    -1 for pairs that are passed over. Returns how many gaps there are, or -1 where there is no room for them."""
    row, met = np.empty(most + 2, np.int32), np.empty(most + 1, np.int32)
    waiting = np.empty((2 * most + 4, 4), np.int32)
    written = 0
    out_bounds[0] = 0
    for pair in range(len(bounds) - 1):
        out_bounds[pair + 1] = written
        more[pair] = -1
        first, last = bounds[pair], bounds[pair + 1]
        if not asked[pair] or first == last:
            continue
        begun = runs[first - 1, GAPS] if first > 0 else 0
        ended = runs[last - 1, GAPS]
        total = 0
        for run in range(first, last):
            total += runs[run, SAME]
        if total > longest * (last - first + ended - begun):
            continue
        if written + ended - begun + (last - first + 1) * (most + 1) > len(out):
            return -1
        more[pair] = 0
        for gap in range(begun, ended):
            out[written, 0], out[written, 1] = gaps[gap, 0], gaps[gap, 1]
            out[written, 2], out[written, 3] = gaps[gap, 2], gaps[gap, 3]
            written += 1
        a = codes[word_bounds[pairs[pair, 0]] : word_bounds[pairs[pair, 0] + 1]]
        b = codes[word_bounds[pairs[pair, 1]] : word_bounds[pairs[pair, 1] + 1]]
        end_a, end_b = 0, 0
        for run in range(first, last + 1):
            start_a = runs[run, START_A] if run < last else len(a)
            start_b = runs[run, START_B] if run < last else len(b)
            size_a, size_b = start_a - end_a, start_b - end_b
            if 0 < size_a <= most and 0 < size_b <= most:
                same = match_words(a[end_a:start_a], b[end_b:start_b], row, met, waiting)
                if same < least * max(size_a, size_b):
                    out[written, 0], out[written, 1] = end_a, start_a
                    out[written, 2], out[written, 3] = end_b, start_b
                    written += 1
                else:
                    more[pair] += same
                    done_a, done_b = 0, 0
                    for word in range(size_a + 1):
                        if word < size_a and met[word] < 0:
                            continue
                        other = met[word] if word < size_a else size_b
                        if word > done_a or other > done_b:
                            out[written, 0], out[written, 1] = end_a + done_a, end_a + word
                            out[written, 2], out[written, 3] = end_b + done_b, end_b + other
                            written += 1
                        done_a, done_b = word + 1, other + 1
            if run < last:
                end_a, end_b = runs[run, START_A] + runs[run, LENGTH_A], runs[run, START_B] + runs[run, LENGTH_B]
        out_bounds[pair + 1] = written
    return written
