"""Quotations in many texts at once, over one buffer of UTF-8, as machine code: what ``quoted.quoted_spans`` says.

That says what is meant, and a test holds this to it. On the way it meets every end of a line and every colon, and notes
what else is asked of these: :data:`Lines` and what may bring a statement in.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_bytes import count_bits, inner_bits, lowest_bit, mark_bits, sign_bits
from .compiled_words import decode
from .compiling import compiled

SPACE, OPENS, CLOSES, STRAIGHT, TWICE, LINE = 1, 2, 4, 8, 16, 32
"""Classes of characters: white space; marks that open a quotation, close one, do either, or do so where doubled; the
end of a line."""
PROSE, TITLE, BLANK = 0, 1, 2
"""Kinds of lines: those that end in a stop or another mark, those that do not, those of white space."""
_MARKS = np.frombuffer(b"ull text ofranscriptstatement\n", dtype=np.uint8)
"""What may bring a statement in beside a colon: four marks, one after another."""
_MARK_BOUNDS = np.array([0, 4, 11, 20, 30])
_KNOWN_BY = np.array([0, 2, 2, 7])
"""The place in each by which it is found (``compiled_bytes.mark_bits``)."""


@compiled("int64(uint8[::1], int64, int64, int64)", within=True)
def mark_at(data: Any, at: int, first: int, end: int) -> Any:
    """Which of the marks is known by the byte ``at`` of the text ``[first, end)``; -1: none."""
    mark = 0 if data[at] == 0x75 else 1 if data[at] == 0x78 else 2 if data[at + 1] == 0x73 else 3
    start, size = at - _KNOWN_BY[mark], _MARK_BOUNDS[mark + 1] - _MARK_BOUNDS[mark]
    if start < first or start + size > end:
        return -1
    for offset in range(size):
        if data[start + offset] != _MARKS[_MARK_BOUNDS[mark] + offset]:
            return -1
    return mark


@compiled("boolean(uint8[::1], int64, int64, uint8[::1])")
def speaker_may_start(data: Any, start: int, end: int, classes: Any) -> Any:
    """Whether a line may begin with a speaker in capitals (a colon must follow). True too often, never too seldom."""
    at = start
    for _ in range(5):
        if at >= end:
            return False
        point, width = decode(data, at)
        if 0x41 <= point <= 0x5A:
            break
        if (classes[point] & np.uint8(SPACE)) == 0:
            return False
        at += width
    at += 1
    if at >= end:
        return False
    two, _ = decode(data, at)
    return two == 0x3A or two == 0x20 or 0x41 <= two <= 0x5A or two in (0x2E, 0x27, 0x2019, 0x2D)


@compiled("boolean(uint8[::1], int64, int64)")
def address_stands(data: Any, at: int, first: int) -> Any:
    """Whether the at sign or the slash at a byte is that of ``(@``, ``.co/`` or ``.com/``, as in a post's signature."""
    if data[at] == 0x40:
        return at > first and data[at - 1] == 0x28
    dot = at - 4 if at > first and data[at - 1] == 0x6D else at - 3
    return dot >= first and data[dot] == 0x2E and data[dot + 1] == 0x63 and data[dot + 2] == 0x6F


@compiled("int64(uint8[::1], int64, int64, uint8[::1])")
def last_sign(data: Any, start: int, end: int, classes: Any) -> Any:
    """The byte where a line's last character begins that is not white space; -1 where there is none."""
    at = end - 1
    while at >= start:
        while at > start and data[at] & 0xC0 == 0x80:
            at -= 1
        if classes[decode(data, at)[0]] != np.uint8(SPACE):
            return at
        at -= 1
    return -1


@compiled("boolean(uint8)", within=True)
def may_end_title(byte: Any) -> Any:
    """Whether a character that begins with this byte can end a title: a letter or a digit, or one beyond ASCII."""
    letter = byte | np.uint8(0x20)
    return byte >= 0x80 or 0x30 <= byte <= 0x39 or 0x61 <= letter <= 0x7A


@compiled(
    "boolean(uint8[::1], int64[::1], uint8[::1], int32[::1], int64[::1], boolean[::1], boolean[::1], int32[::1], "
    "uint8[::1], int64[::1], int32[:, ::1], int64[::1])"
)
def quotations(
    data: Any,
    bounds: Any,
    classes: Any,
    starts: Any,
    word_bounds: Any,
    quoted: Any,
    doubtful: Any,
    lines: Any,
    kinds: Any,
    line_bounds: Any,
    brings: Any,
    bring_bounds: Any,
) -> Any:
    """Flags ``quoted`` [words], all False before; ``doubtful`` [texts] where a text has to be read by
    ``quoted.quoted_spans``, for it may hold a transcript or a post. Fills ``lines`` with where lines end, ``kinds``
    with what they are, and ``brings`` [n, 2] with where stands what may bring a statement in (start, end; in order): a
    colon before a space or a line's end, or one of the marks; a text's begin at its ``line_bounds`` and
    ``bring_bounds``.
    False: there was too little room for these.

    Only signs are looked at: ends of lines, marks, and what gives away a transcript or a post."""
    one = np.uint64(1)
    longest = line_count = bring_count = 0
    line_bounds[0] = bring_bounds[0] = 0
    for text in range(len(bounds) - 1):
        longest = max(longest, bounds[text + 1] - bounds[text])
    opens, closes = np.empty(longest + 2, np.int32), np.empty(longest + 2, np.int32)
    for text in range(len(bounds) - 1):
        first, end = bounds[text], bounds[text + 1]
        found, earlier = 0, 0  # spans so far, and before this line
        inner: Any = np.int64(0)  # bytes before this block that begin no character
        line, line_place, opened, after = first, np.int64(0), np.int64(-1), first
        introduced, doubt = False, False
        for base in range(first, end + 1, 64):
            signs, inside = sign_bits(data, base) | mark_bits(data, base), inner_bits(data, base)
            if end - base < 64:
                within = (one << np.uint64(end - base)) - one
                inside &= within
                signs = (signs & within) | (one << np.uint64(end - base))  # the text's end ends a line
            if line_count + 64 > len(lines) or bring_count + 64 > len(brings):
                return False
            while signs:
                bit = lowest_bit(signs)
                signs &= signs - one
                at = base + bit
                if at < after:  # the second of two marks
                    continue
                here = at - first - inner - count_bits(inside & ((one << np.uint64(bit)) - one))
                sign = np.int64(data[at]) if at < end else np.int64(0x0A)
                if sign == 0x0A:
                    last = last_sign(data, line, at, classes)
                    lines[line_count] = here
                    kinds[line_count] = BLANK if last < 0 else TITLE if may_end_title(data[last]) else PROSE
                    line_count += 1
                    if last >= 0:
                        if opened >= 0 and here > opened:
                            opens[found], closes[found] = opened, here
                            found += 1
                        if introduced:
                            found = earlier
                            opens[found], closes[found] = line_place, here
                            found += 1
                        introduced = data[last] == 0x3A and here - line_place < 600
                    line, line_place, opened, earlier = at + 1, here + 1, np.int64(-1), found
                elif sign == 0x3A:
                    doubt |= at - line < 720 and speaker_may_start(data, line, end, classes)
                    if at + 1 < end and (data[at + 1] == 0x20 or data[at + 1] == 0x0A):
                        brings[bring_count, 0], brings[bring_count, 1] = here, here + 2
                        bring_count += 1
                elif sign == 0x75 or sign == 0x78 or sign == 0x6E:
                    mark = mark_at(data, at, first, end)
                    if mark >= 0:
                        brings[bring_count, 0] = here - _KNOWN_BY[mark]
                        brings[bring_count, 1] = brings[bring_count, 0] + _MARK_BOUNDS[mark + 1] - _MARK_BOUNDS[mark]
                        bring_count += 1
                elif sign == 0x40 or sign == 0x2F:
                    doubt |= address_stands(data, at, first)
                else:
                    point, width = decode(data, at)
                    kind, characters = classes[point], 1
                    if kind == np.uint8(TWICE):
                        if at + 1 >= end or data[at + 1] != point:
                            continue
                        kind = np.uint8(STRAIGHT) if point == 0x27 else np.uint8(OPENS)
                        width = characters = 2
                        after = at + 2
                    if kind <= np.uint8(SPACE):
                        continue
                    opening = kind == np.uint8(OPENS)
                    if kind == np.uint8(STRAIGHT) and opened < 0 and at + width < end:
                        opening = (classes[decode(data, at + width)[0]] & np.uint8(SPACE | LINE)) == 0
                    if opening and opened < 0:
                        opened = here + characters
                    elif not opening and opened >= 0:
                        if here > opened:
                            opens[found], closes[found] = opened, here
                            found += 1
                        opened = np.int64(-1)
            inner += count_bits(inside)
        doubtful[text] = doubt
        line_bounds[text + 1], bring_bounds[text + 1] = line_count, bring_count
        word, last_word = word_bounds[text], word_bounds[text + 1]
        for span in range(0 if doubt else found):
            while word < last_word and starts[word] < opens[span]:
                word += 1
            while word < last_word and starts[word] < closes[span]:
                quoted[word] = True
                word += 1
    return True
