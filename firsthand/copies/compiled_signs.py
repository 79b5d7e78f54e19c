"""Which pairs share text near a word that gives away a notice, as machine code: ``notices.signed`` for many pairs; and
of which of them a notice can be found at all.

``notices`` says what is meant, and a test holds this to it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_passages import LENGTH_A, OWN_A, OWN_B, START_A
from .compiled_search import first_from, lowest_bits, stands
from .compiled_verbatim import says
from .compiling import compiled


@compiled("boolean(int32[::1], int64, int64, int64, int64, int64)", within=True)
def has_short_line(lines: Any, low: int, high: int, start: int, end: int, longest: int) -> Any:
    """Whether characters ``[start, end)`` have a line after the first of not more than ``longest`` characters; a text's
    lines end at ``lines[low:high]``."""
    line = first_from(lines, low, high, start)
    while line < high and lines[line] < end:
        if lines[line] + 1 < min(end, lines[line + 1]) <= lines[line] + 1 + longest:
            return True
        line += 1
    return False


@compiled("boolean(uint64[::1], int64, int64, int64, uint64[::1], boolean[::1])", within=True)
def sign_stands(codes: Any, low: int, high: int, end: int, signs: Any, some: Any) -> Any:
    """Whether one of the ``signs`` stands among words ``[low, high)`` of a text that ends at the word ``end``."""
    for word in range(low, high):
        if stands(codes[word], signs, some) or (
            word + 1 < end and stands(codes[word] ^ (codes[word + 1] << np.uint64(1)), signs, some)
        ):
            return True
    return False


@compiled(
    "void(uint64[::1], int32[::1], int32[::1], int64[::1], int64[:, ::1], int32[:, ::1], int64[::1], boolean[::1], "
    "int32[::1], int64[::1], uint64[::1], int64, int64, boolean[::1])"
)
def signed_pairs(
    codes: Any,
    starts: Any,
    ends: Any,
    word_bounds: Any,
    pairs: Any,
    runs: Any,
    bounds: Any,
    asked: Any,
    lines: Any,
    line_bounds: Any,
    signs: Any,
    around: int,
    longest: int,
    out: Any,
) -> None:
    """Sets ``out`` [pairs] where one of the ``signs`` (sorted) stands in a run of own words of the first text, or at
    most ``around`` words from it: in the line (they end at ``lines``) in which it begins or ends, or anywhere where a
    line in a run, but the first, has not more than ``longest`` characters. Only for pairs that are ``asked``."""
    some = lowest_bits(signs)
    for pair in range(len(bounds) - 1):
        out[pair] = False
        if not asked[pair]:
            continue
        text = pairs[pair, 0]
        first, end, line, last = word_bounds[text], word_bounds[text + 1], line_bounds[text], line_bounds[text + 1]
        heading = False
        for run in range(bounds[pair], bounds[pair + 1]):
            if runs[run, OWN_A] > 0 and runs[run, OWN_B] > 0:
                start = first + runs[run, START_A]
                past = ends[start + runs[run, LENGTH_A] - 1]
                heading |= has_short_line(lines, line, last, starts[start], past, longest)
        for run in range(bounds[pair], bounds[pair + 1]):
            if runs[run, OWN_A] == 0 or runs[run, OWN_B] == 0:
                continue
            start = first + runs[run, START_A]
            past = start + runs[run, LENGTH_A]
            low, high = max(first, start - around), min(end, past + around)
            if not heading:
                begins = first_from(lines, line, last, starts[start])
                stop = lines[first_from(lines, begins, last, starts[past - 1])]
                while begins > line and starts[low] < lines[begins - 1]:
                    low += 1
                while starts[high - 1] > stop:
                    high -= 1
            if sign_stands(codes, low, high, end, signs, some):
                out[pair] = True
                break


@compiled("boolean(uint8[::1], int64, int64, uint8[::1], int64[::1], boolean[::1])", within=True)
def may_notice(data: Any, start: int, end: int, letters: Any, bounds: Any, some: Any) -> Any:
    """Whether one of some phrases may stand in bytes ``[start, end)`` in capitals or small letters (two letters beyond
    ASCII have small ones of ASCII); ``some``: whether one begins with two bytes."""
    for at in range(start, end - 1):
        first, second = data[at], data[at + 1]
        if (first == 0xC4 and second == 0xB0) or (first == 0xE2 and second == 0x84):
            return True
        first = first | np.uint8(0x20) if 0x41 <= first <= 0x5A else first
        second = second | np.uint8(0x20) if 0x41 <= second <= 0x5A else second
        if some[np.int64(first) << 8 | np.int64(second)]:
            for row in range(len(bounds) - 1):
                if says(data, at, end, letters, bounds[row], bounds[row + 1], True):
                    return True
    return False


@compiled(
    "void(uint8[::1], int64[::1], int32[::1], int32[::1], int32[::1], int64[::1], int64[:, ::1], int32[:, ::1], "
    "int64[::1], int32[::1], int64[::1], uint8[::1], int64[::1], int64, boolean[::1])"
)
def noticed_pairs(
    data: Any,
    text_bounds: Any,
    starts: Any,
    ends: Any,
    bytes_at: Any,
    word_bounds: Any,
    pairs: Any,
    runs: Any,
    bounds: Any,
    lines: Any,
    line_bounds: Any,
    letters: Any,
    phrases: Any,
    longest: int,
    out: Any,
) -> None:
    """Clears ``out`` [pairs], where it is set, if no run of own words of the first text has a notice that is no list:
    none of the ``phrases`` (in small letters) stands in its lines, and none of these but the first has ``longest``
    characters or fewer. It is left set too often, never too seldom."""
    some = np.zeros(1 << 16, np.bool_)
    for row in range(len(phrases) - 1):
        some[np.int64(letters[phrases[row]]) << 8 | np.int64(letters[phrases[row] + 1])] = True
    for pair in range(len(bounds) - 1):
        if not out[pair]:
            continue
        text = pairs[pair, 0]
        first, past = word_bounds[text], word_bounds[text + 1]
        found = False
        for run in range(bounds[pair], bounds[pair + 1]):
            if found or runs[run, OWN_A] == 0 or runs[run, OWN_B] == 0:
                continue
            low = first + runs[run, START_A]
            high = low + runs[run, LENGTH_A]
            found = has_short_line(
                lines, line_bounds[text], line_bounds[text + 1], starts[low], ends[high - 1], longest
            )
            while low > first and bytes_at[low] < 0:
                low -= 1
            while high < past and bytes_at[high] < 0:
                high += 1
            start: Any = np.int64(bytes_at[low]) if bytes_at[low] >= 0 else text_bounds[text]
            end: Any = np.int64(bytes_at[high]) if high < past else text_bounds[text + 1]
            while start > text_bounds[text] and data[start - 1] != 0x0A:
                start -= 1
            while end < text_bounds[text + 1] and data[end] != 0x0A:
                end += 1
            found = found or may_notice(data, start, end, letters, phrases, some)
        out[pair] = found
