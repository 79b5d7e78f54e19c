"""How many facts differ in the gaps of pairs, and how many are kept, as machine code: ``differing_facts`` for many
pairs.

``differing_facts`` says what is meant, and a test holds this to it. Words are read here as bytes of ASCII; where others
stand, nothing is said, and ``differing_facts`` is to be asked, but for pairs that cannot have enough facts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_passages import GAPS, LENGTH_A, SAME, START_A
from .compiled_quotations import SPACE
from .compiled_search import first_from, lowest_bits, place_of, stands
from .compiled_words import code_of, decode
from .compiling import compiled

FIGURES, OTHERS, EDITS, KEPT, SHARED, DOUBT = range(6)
COLUMNS = 6
"""Columns of what is counted of a pair: gaps in which figures differ, or days and names; other gaps; figures and days
that the first text has kept; shared words; and whether that is only so many at the most."""
MOST_FACTS = 64
"""Facts in a gap; in one of more nothing is counted."""
_WINDOW = 5
"""Characters before a word that show whether it opens a sentence: ``differing_facts._BEFORE``."""
_STOP, _QUOTES, _OPEN, _CLOSE, _BLANK, _END = 1, 2, 4, 8, 16, 32
"""What a character can be there: it ends a sentence, opens a quotation, stands before a sentence or behind one, is
white space, ends a line."""


@compiled("int64(uint8[::1], int64, uint8[::1])", within=True)
def sign_class(data: Any, at: int, classes: Any) -> Any:
    """What the character at a byte is to the beginning of a sentence: bits."""
    point, _ = decode(data, at)
    if point == 0x0A:
        return _END | _BLANK
    if point in (0x2E, 0x21, 0x3F, 0x3A):
        return _STOP
    if point == 0x22:
        return _QUOTES | _OPEN | _CLOSE
    if point in (0x201C, 0x2018):
        return _QUOTES | _OPEN
    if point == 0x27:
        return _OPEN | _CLOSE
    if point == 0x28:
        return _OPEN
    if point in (0x201D, 0x2019, 0x29):
        return _CLOSE
    return _BLANK if classes[point] == np.uint8(SPACE) else 0


@compiled("boolean(uint8[::1], int64, int64, uint8[::1], int64[::1])", within=True)
def opens_sentence(data: Any, low: int, at: int, classes: Any, room: Any) -> Any:
    """``differing_facts._OPENS`` of the characters before the byte ``at`` of a text that begins at ``low``."""
    count = 0
    while count < _WINDOW and at > low:
        at -= 1
        while at > low and data[at] & 0xC0 == 0x80:
            at -= 1
        room[count] = sign_class(data, at, classes)
        count += 1
    if count > 0 and room[0] & _QUOTES:
        return True
    for marks in range(min(3, count)):
        if room[marks] & _END:
            return True
        if not room[marks] & _OPEN:
            break
    for blank in range(min(3, count)):
        if not room[blank] & _BLANK:
            return False
        for after in range(blank + 1, min(blank + 4, count)):
            if room[after] & _STOP:
                return True
            if not room[after] & _CLOSE:
                break
    return False


@compiled("boolean(uint8)", within=True)
def is_digit(byte: Any) -> Any:
    """Whether a byte is a digit."""
    return 0x30 <= byte <= 0x39


@compiled("boolean(uint8)", within=True)
def is_joint(byte: Any) -> Any:
    """Whether a byte can stand within a figure and is no digit."""
    return byte == 0x2E or byte == 0x2C or byte == 0x3A


@compiled("int64(uint8[::1], int64, int64)", within=True)
def figure_end(data: Any, at: int, end: int) -> Any:
    """Where the figure ends that begins at a byte."""
    past = at + 1
    while at < end and (is_digit(data[at]) or is_joint(data[at])):
        at += 1
        if is_digit(data[at - 1]):
            past = at
    return past


@compiled(
    "int64(uint8[::1], int64, int64, int64, uint8[::1], uint64[::1], uint64[::1], int64[::1], uint64[::1], int64, "
    "int64[::1])",
    within=True,
)
def facts_in(
    data: Any,
    low: int,
    at: int,
    end: int,
    classes: Any,
    told: Any,
    values: Any,
    room: Any,
    facts: Any,
    first: int,
    sizes: Any,
) -> Any:
    """``differing_facts._facts`` of the bytes ``[at, end)``, which are words of ASCII, of a text that begins at
    ``low``: figures from ``facts[first]`` on, days and names from ``facts[first + MOST_FACTS]`` on; how many of each to
    ``sizes``. Returns -1 where it cannot be said."""
    sizes[0] = sizes[1] = 0
    while at > low:
        byte = data[at - 1]
        if byte >= 0x80 and not (at - 3 >= low and data[at - 3] == 0xE2 and data[at - 2] == 0x80):
            return -1  # a digit, perhaps
        if is_joint(byte) and at - 2 >= low:
            if data[at - 2] >= 0x80:
                return -1
            if not is_digit(data[at - 2]):
                break
        elif not is_digit(byte):
            break
        at -= 1
    while at < end:
        byte = data[at]
        if byte >= 0xF0 or max(sizes[0], sizes[1]) == MOST_FACTS:
            return -1
        if is_digit(byte):
            past = figure_end(data, at, end)
            facts[first + sizes[0]] = code_of(data, at, past)
            sizes[0] += 1
            at = past
        elif 0x61 <= byte | 0x20 <= 0x7A:
            past = at
            while past < end and 0x61 <= data[past] | 0x20 <= 0x7A:
                past += 1
            code = code_of(data, at, past)
            place = place_of(code, told)
            if place >= 0 and values[place] != 0:
                facts[first + sizes[0]] = values[place]
                sizes[0] += 1
            elif place >= 0 or (byte <= 0x5A and not opens_sentence(data, low, at, classes, room)):
                facts[first + MOST_FACTS + sizes[1]] = code
                sizes[1] += 1
            at = past
        else:
            at += 1
    return 0


@compiled("boolean(uint64[::1], int64, int64, int64, int64)", within=True)
def holds(facts: Any, first: int, size: int, other: int, other_size: int) -> Any:
    """Whether ``facts[first:]`` has all of ``facts[other:]``."""
    for one in range(other, other + other_size):
        found = False
        for at in range(first, first + size):
            found |= facts[at] == facts[one]
        if not found:
            return False
    return True


@compiled("boolean(int32[::1], int64, int64)", within=True)
def all_ascii(bytes_at: Any, word: int, past: int) -> Any:
    """Whether words are nothing but ASCII."""
    found = True
    for at in range(word, past):
        found &= bytes_at[at] >= 0
    return found


@compiled(
    "void(uint8[::1], int64[::1], uint8[::1], int32[::1], int32[::1], int32[::1], int64[::1], int64[:, ::1], "
    "int32[:, ::1], int64[::1], uint64[::1], uint64[::1], int64, int64[:, ::1])"
)
def count_facts(
    data: Any,
    text_bounds: Any,
    classes: Any,
    starts: Any,
    ends: Any,
    bytes_at: Any,
    word_bounds: Any,
    pairs: Any,
    gaps: Any,
    bounds: Any,
    told: Any,
    values: Any,
    most: int,
    out: Any,
) -> None:
    """Counts the gaps of each pair in which figures differ, and days or names, and the others, in ``out`` (all 0
    before): in gaps with at most ``most`` words on each side. ``told`` are the codes of numbers and days, sorted, with
    what a number is as a figure (``values``; 0: it is a day)."""
    facts, room = np.empty(4 * MOST_FACTS, np.uint64), np.empty(_WINDOW, np.int64)
    sizes, others = np.empty(2, np.int64), np.empty(2, np.int64)
    for pair in range(len(bounds) - 1):
        a, b = pairs[pair, 0], pairs[pair, 1]
        for gap in range(bounds[pair], bounds[pair + 1]):
            start_a, end_a = word_bounds[a] + gaps[gap, 0], word_bounds[a] + gaps[gap, 1]
            start_b, end_b = word_bounds[b] + gaps[gap, 2], word_bounds[b] + gaps[gap, 3]
            if start_a == end_a or start_b == end_b or max(end_a - start_a, end_b - start_b) > most:
                out[pair, EDITS] += 1
                continue
            said = all_ascii(bytes_at, start_a, end_a) and all_ascii(bytes_at, start_b, end_b)
            if said:
                at, end = int(bytes_at[start_a]), bytes_at[end_a - 1] + ends[end_a - 1] - starts[end_a - 1]
                given = facts_in(data, text_bounds[a], at, end, classes, told, values, room, facts, 0, sizes)
                at, end = int(bytes_at[start_b]), bytes_at[end_b - 1] + ends[end_b - 1] - starts[end_b - 1]
                second = 2 * MOST_FACTS
                given += facts_in(data, text_bounds[b], at, end, classes, told, values, room, facts, second, others)
                said = given == 0
            if not said:
                out[pair, DOUBT] = 1
                out[pair, FIGURES] += 1
                out[pair, OTHERS] += 1
                continue
            second, names = 2 * MOST_FACTS, MOST_FACTS
            figured = not holds(facts, 0, sizes[0], second, others[0]) and not holds(
                facts, second, others[0], 0, sizes[0]
            )
            named = not holds(facts, names, sizes[1], second + names, others[1]) and not holds(
                facts, second + names, others[1], names, sizes[1]
            )
            out[pair, FIGURES] += figured
            out[pair, OTHERS] += named
            out[pair, EDITS] += not (figured or named)


@compiled(
    "int64(uint8[::1], int64, int64, uint64[::1], int32[::1], int32[::1], int64, int64, uint64[::1], boolean[::1], "
    "int32[:, ::1])",
    within=True,
)
def figures_and_days(
    data: Any,
    at: int,
    end: int,
    codes: Any,
    starts: Any,
    ends: Any,
    word: int,
    past: int,
    told: Any,
    some: Any,
    out: Any,
) -> Any:
    """``differing_facts._figures_and_days`` of the bytes ``[at, end)`` and the words ``[word, past)`` of a text: a row
    of characters each; how many there are, or -1 where that cannot be said."""
    count = 0
    place: Any = np.int64(0)
    while True:
        while at < end and not is_digit(data[at]):
            byte = data[at]
            if byte >= 0x80 and not (0xC2 <= byte <= 0xD3 or 0xE2 <= byte <= 0xE9 or byte < 0xC0):
                return -1  # it may be a digit of another script
            place += byte & 0xC0 != 0x80
            at += 1
        stop = place if at < end else np.int64(0x7FFFFFFF)
        while word < past and starts[word] < stop:
            if stands(codes[word], told, some):
                out[count, 0], out[count, 1] = starts[word], ends[word]
                count += 1
            word += 1
        if at >= end:
            return count
        figure = figure_end(data, at, end)
        out[count, 0], out[count, 1] = place, place + figure - at
        count += 1
        place, at = place + figure - at, figure


@compiled(
    "void(uint8[::1], int64[::1], uint64[::1], int32[::1], int32[::1], int64[::1], int64[:, ::1], int32[:, ::1], "
    "int32[:, ::1], int64[::1], boolean[::1], uint64[::1], int64[:, ::1])"
)
def count_kept(
    data: Any,
    text_bounds: Any,
    codes: Any,
    starts: Any,
    ends: Any,
    word_bounds: Any,
    pairs: Any,
    runs: Any,
    gaps: Any,
    bounds: Any,
    asked: Any,
    told: Any,
    out: Any,
) -> None:
    """Counts the figures and days that stand in the runs of each pair that is ``asked`` and in none of their edits, and
    the words of the runs that are the same; ``told`` are the codes of numbers and days, sorted."""
    some = lowest_bits(told)
    longest = 0
    for text in range(len(text_bounds) - 1):
        longest = max(longest, text_bounds[text + 1] - text_bounds[text])
    spans = np.empty((longest + 1, 2), np.int32)
    begins, stops = spans[:, 0], spans[:, 1]
    read, count = -1, 0
    for pair in range(len(bounds) - 1):
        if not asked[pair]:
            continue
        text = pairs[pair, 0]
        first = word_bounds[text]
        if text != read:
            at, end, past = text_bounds[text], text_bounds[text + 1], word_bounds[text + 1]
            count = figures_and_days(data, at, end, codes, starts, ends, first, past, told, some, spans)
            read = text
        if count < 0:
            out[pair, DOUBT] = 1
            continue
        for run in range(bounds[pair], bounds[pair + 1]):
            out[pair, SHARED] += runs[run, SAME]
            start = first + runs[run, START_A]
            low = first_from(stops, 0, count, starts[start] + 1)
            high = first_from(begins, 0, count, int(ends[start + runs[run, LENGTH_A] - 1]))
            out[pair, KEPT] += max(0, high - low)
            begun = runs[run - 1, GAPS] if run > 0 else 0
            for gap in range(begun, runs[run, GAPS]):
                if gaps[gap, 0] < gaps[gap, 1]:
                    low = max(low, first_from(stops, 0, count, starts[first + gaps[gap, 0]] + 1))
                    past = first_from(begins, 0, count, int(ends[first + gaps[gap, 1] - 1]))
                    if past > low:
                        out[pair, KEPT] -= past - low
                        low = past
