"""What differs between two texts that share runs, word by word, as machine code: ``differing_facts.gaps_of`` for many
pairs. ``differing_facts`` says what is meant, and a test holds this to it."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_bytes import eight_bytes
from .compiled_passages import GAPS, LENGTH_A, LENGTH_B, SAME, START_A, START_B
from .compiled_signs import stands
from .compiling import compiled

_LOWER = np.uint64(0x2020202020202020)
"""What small letters and digits have, and capitals have not."""
_LETTER = np.uint64(0x4040404040404040)
"""What letters have and digits have not."""
FIGURE, NAME = 1, 2
"""What a word may be, by its letters alone, or with what stands before it: part of a figure; a name, a day, a number
in letters. Said too often (of whatever is beyond ASCII), never too seldom, but of days and numbers in small letters."""
_FIRST = np.array([(1 << 8 * count) - 1 for count in range(9)], dtype=np.uint64)
"""Masks of the first bytes, by how many."""


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
        best, at_a, at_b = 0, 0, 0
        for j in range(low_b, high_b):
            row[j] = 0
        for i in range(low_a, high_a):
            before = 0
            for j in range(low_b, high_b):
                size = before + 1 if a[i] == b[j] else 0
                before = row[j]
                row[j] = size
                if size > best:
                    best, at_a, at_b = size, i + 1 - size, j + 1 - size
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


@compiled("uint8(uint8[::1], int64, int64)", within=True)
def shape_of(data: Any, at: int, end: int) -> Any:
    """What facts a word of ASCII letters and digits may be part of: bits of :data:`FIGURE` and :data:`NAME`."""
    capital, digit, letter = np.uint64(0), np.uint64(0), np.uint64(0)
    before, further = data[at - 1], data[at - 2]
    shape = np.uint8(0)
    if (before == 0x2E or before == 0x2C or before == 0x3A) and (0x30 <= further <= 0x39 or further >= 0x80):
        shape = np.uint8(FIGURE)
    while at < end:
        mask = _FIRST[min(end - at, 8)]
        eight = eight_bytes(data, at)
        capital |= ~eight & _LOWER & mask
        digit |= ~eight & _LETTER & mask
        letter |= eight & _LETTER & mask
        at += 8
    if digit and letter:
        return np.uint8(FIGURE | NAME)
    if digit:
        return np.uint8(FIGURE)
    return np.uint8(shape | NAME) if capital else shape


@compiled(
    "uint8(uint8[::1], uint64[::1], int32[::1], int32[::1], int32[::1], int64, int64, uint64[::1], boolean[::1])",
    within=True,
)
def facts_among(
    data: Any, codes: Any, starts: Any, ends: Any, bytes_at: Any, word: int, past: int, told: Any, some: Any
) -> Any:
    """What facts may stand in words ``[word, past)``: bits."""
    found = np.uint8(0)
    while word < past:
        at: Any = np.int64(bytes_at[word])
        if at < 0 or stands(codes[word], told, some):
            return np.uint8(FIGURE | NAME)
        found |= shape_of(data, at, at + ends[word] - starts[word])
        word += 1
    return found


@compiled(
    "void(uint8[::1], uint64[::1], int32[::1], int32[::1], int32[::1], int64[::1], int64[:, ::1], int32[:, ::1], "
    "int64[::1], uint64[::1], int64, int64[::1])"
)
def most_facts(
    data: Any,
    codes: Any,
    starts: Any,
    ends: Any,
    bytes_at: Any,
    word_bounds: Any,
    pairs: Any,
    gaps: Any,
    bounds: Any,
    told: Any,
    most: int,
    out: Any,
) -> None:
    """How many facts, at the most, differ in the gaps of each pair (``differing_facts``): of those with at most
    ``most`` words on each side. ``told`` are the codes of numbers and days, sorted."""
    some = np.zeros(1 << 12, np.bool_)
    for code in told:
        some[np.int64(code & np.uint64(0xFFF))] = True
    for pair in range(len(bounds) - 1):
        out[pair] = 0
        first_a, first_b = word_bounds[pairs[pair, 0]], word_bounds[pairs[pair, 1]]
        for gap in range(bounds[pair], bounds[pair + 1]):
            size_a, size_b = gaps[gap, 1] - gaps[gap, 0], gaps[gap, 3] - gaps[gap, 2]
            if 0 < size_a <= most and 0 < size_b <= most:
                start, end = first_a + gaps[gap, 0], first_a + gaps[gap, 1]
                both = facts_among(data, codes, starts, ends, bytes_at, start, end, told, some)
                if both:
                    start, end = first_b + gaps[gap, 2], first_b + gaps[gap, 3]
                    both &= facts_among(data, codes, starts, ends, bytes_at, start, end, told, some)
                out[pair] += np.int64(both & FIGURE) + np.int64(both >> 1)
