"""Statements that a text prints without quotation marks, as machine code: what ``verbatim.stated_spans`` says.

That says what is meant, and a test holds this to it. Bytes are read where rows of the language are sought, and places
are given in characters. A text is *strange*, and left to ``verbatim``, where a letter in it is a capital of ASCII in
disguise, joins a mark, or stands alone; and where one beyond ASCII stands in a sentence that may bring a statement in.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_quotations import LINE, SPACE
from .compiled_search import place_of, stands
from .compiled_words import decode
from .compiling import compiled

NARRATES, LINKS, HEADINGS, LEADS = range(4)
"""Kinds of phrases: ``verbatim``'s rows of these names."""
FROM_BYTE, TO_BYTE, FROM_CHARACTER, TO_CHARACTER = range(4)
"""Columns of a line: its bytes in the buffer, and its characters in the text."""
START, END, NAMES = range(3)
"""Columns of a statement: its characters, and where its names end among all."""
DOCUMENT, INTRODUCES = 1, 2
"""What may be said of a sentence: that it names a document, that somebody's text follows."""
_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_PAIRED = np.uint64(0x9E3779B97F4A7C15)


@compiled("uint64(uint8[::1], int64, int64)")
def hash_of(data: Any, at: int, end: int) -> Any:
    """The hash of bytes (FNV-1a of 64 bits), capitals of ASCII as small letters."""
    code = _BASIS
    for place in range(at, end):
        byte = data[place]
        small = byte | np.uint8(0x20) if 0x41 <= byte <= 0x5A else byte
        code = (code ^ np.uint64(small)) * _PRIME
    return code


@compiled("uint64(uint64, uint64)")
def paired(one: Any, other: Any) -> Any:
    """The hash of two words, one after the other, from theirs."""
    return one * _PAIRED ^ other


@compiled("boolean(uint8[::1], int64, int64, uint8[::1], int64, int64, boolean)", within=True)
def says(data: Any, at: int, end: int, letters: Any, low: int, high: int, any_case: bool) -> Any:
    """Whether ``letters[low:high]`` stand at a byte, before ``end``; ``any_case``: capitals are small letters, too."""
    if at + high - low > end:
        return False
    for offset in range(high - low):
        byte = data[at + offset]
        if any_case and 0x41 <= byte <= 0x5A:
            byte |= np.uint8(0x20)
        if byte != letters[low + offset]:
            return False
    return True


@compiled("int64(uint8[::1], int64, int64, boolean[::1], int32[:, ::1], int64)", within=True)
def read_lines(data: Any, first: int, end: int, strange: Any, lines: Any, written: int) -> Any:
    """The lines of a text, to ``lines`` from ``written`` on; how many are written then, or -1: the text is strange."""
    begun, begun_place, place, at = first, 0, 0, first
    while at <= end:
        byte = data[at] if at < end else np.uint8(0x0A)
        if byte == 0x0A:
            lines[written, FROM_BYTE], lines[written, TO_BYTE] = begun, at
            lines[written, FROM_CHARACTER], lines[written, TO_CHARACTER] = begun_place, place
            written += 1
            begun, begun_place = at + 1, place + 1
        elif byte >= 0x80:
            point, width = decode(data, at)
            if width == 4 or strange[point]:
                return -1
            at += width - 1
        at, place = at + 1, place + 1
    return written


@compiled("boolean(uint8[::1], int64, int64, uint64[::1])", within=True)
def is_word(data: Any, at: int, end: int, folded: Any) -> Any:
    """Whether a letter, a digit or an underscore stands at a byte, of a text that ends at ``end``."""
    if at >= end:
        return False
    byte = data[at]
    if byte < 0x80:
        return byte == 0x5F or 0x30 <= byte <= 0x39 or 0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A
    return folded[decode(data, at)[0]] > 0


@compiled(
    "int64(uint8[::1], int64, int64, uint64[::1], uint64[::1], int32[::1], uint64[::1], boolean[::1], uint8[::1], "
    "int64[::1], uint8[::1], int32[::1], int64)",
    within=True,
)
def find_narrating(
    data: Any,
    first: int,
    end: int,
    folded: Any,
    codes: Any,
    bytes_at: Any,
    narrating: Any,
    some: Any,
    letters: Any,
    bounds: Any,
    kinds: Any,
    out: Any,
    written: int,
) -> Any:
    """The bytes at which a word of a newsroom's own sentences starts, to ``out`` from ``written`` on; returns how many
    are written then. ``narrating`` are the codes of which the first word of each has one."""
    for word in range(len(codes)):
        at = bytes_at[word]
        if at < 0 or not stands(codes[word], narrating, some) or (at > first and data[at - 1] == 0x5F):
            continue
        for row in range(len(kinds)):
            stop = at + bounds[row + 1] - bounds[row]
            found = kinds[row] == NARRATES and says(data, at, end, letters, bounds[row], bounds[row + 1], True)
            if found and not is_word(data, stop, end, folded):
                out[written] = at
                written += 1
                break
    return written


@compiled("boolean(int32[::1], int64, int64, int64, int64)", within=True)
def any_between(places: Any, low: int, high: int, start: int, end: int) -> Any:
    """Whether one of the sorted ``places[low:high]`` is in ``[start, end)``."""
    while low < high:
        middle = (low + high) >> 1
        if places[middle] < start:
            low = middle + 1
        elif places[middle] >= end:
            high = middle
        else:
            return True
    return False


@compiled(
    "boolean(uint8[::1], int64, int64, uint8[::1], uint8[::1], int64[::1], uint8[::1], boolean[::1], int64)",
    within=True,
)
def is_heading(
    data: Any, start: int, end: int, classes: Any, letters: Any, bounds: Any, kinds: Any, begins: Any, most: int
) -> Any:
    """``verbatim._is_heading`` of a line that is short enough; ``begins``: whether a heading's words do with a byte;
    ``most`` words."""
    holds = False
    for at in range(start, end):
        for row in range(len(kinds) if begins[data[at]] and not holds else 0):
            if kinds[row] == HEADINGS:
                holds |= says(data, at, end, letters, bounds[row], bounds[row + 1], True)
    if not holds:
        return False
    words, between, at, past = 0, True, start, start
    while at < end:
        point, width = decode(data, at)
        space = classes[point] & np.uint8(SPACE | LINE) != 0
        words += between and not space
        between = space
        at += width
        past = past if space else at
    last = data[past - 1]
    if words > most or last in (0x3F, 0x21, 0x2C, 0x3B):
        return False
    if last != 0x2E:
        return True
    while past > start and data[past - 1] == 0x2E:
        past -= 1
    for row in range(len(kinds)):
        size = bounds[row + 1] - bounds[row]
        leads = kinds[row] == LEADS and past - size >= start
        if leads and says(data, past - size, past, letters, bounds[row], bounds[row + 1], True):
            return True
    return False


@compiled("int64(uint8[::1], int64, int64, uint8[::1], int64)", within=True)
def sentence_start(data: Any, line: int, colon: int, classes: Any, longest: int) -> Any:
    """Where the sentence begins that a colon ends, in a line that begins at ``line``; ``longest`` characters before
    the colon at the furthest."""
    low, size = colon, 0
    while low > line and size < longest:
        low -= 1
        while low > line and data[low] & 0xC0 == 0x80:
            low -= 1
        size += 1
    for stop in range(colon - 1, low - 1, -1):
        if data[stop] != 0x2E and data[stop] != 0x21 and data[stop] != 0x3F:
            continue
        at, closing = stop + 1, 0
        while closing < 2 and at < colon:
            byte = data[at]
            if byte == 0x22 or byte == 0x27 or byte == 0x29:
                at += 1
            elif byte == 0xE2 and data[at + 1] == 0x80 and (data[at + 2] == 0x9D or data[at + 2] == 0x99):
                at += 3
            else:
                break
            closing += 1
        if at < colon:
            point, width = decode(data, at)
            if classes[point] & np.uint8(SPACE | LINE):
                return at + width
    return low


@compiled("int64(uint8[::1], int64, int64)", within=True)
def letters_end(data: Any, at: int, end: int) -> Any:
    """Where letters of ASCII end that begin at a byte."""
    while at < end and 0x61 <= data[at] | np.uint8(0x20) <= 0x7A:
        at += 1
    return at


@compiled(
    "UniTuple(int64, 2)(uint8[::1], int64, int64, uint64[::1], uint64[::1], uint64[::1], uint64[::1], int64)",
    within=True,
)
def read_sentence(
    data: Any, at: int, end: int, folded: Any, documents: Any, speech: Any, names: Any, written: int
) -> Any:
    """What a sentence says (:data:`DOCUMENT`, :data:`INTRODUCES`; -1: it is strange), and how many ``names`` are
    written after its own."""
    said, count = 0, 0
    last, second, third = np.uint64(0), np.uint64(0), np.uint64(0)
    while at < end:
        byte = data[at]
        if byte >= 0x80:
            point, width = decode(data, at)
            if folded[point] > 0:
                return -1, written
            at += width
            continue
        past = letters_end(data, at, end)
        if past == at:
            at += 1
            continue
        capital, size = byte <= 0x5A, past - at
        joint = 0
        if past < end and (data[past] == 0x2D or data[past] == 0x27):
            joint = 1
        elif past + 2 < end and data[past] == 0xE2 and data[past + 1] == 0x80 and data[past + 2] == 0x99:
            joint = 3
        if joint > 0:
            more = letters_end(data, past + joint, end)
            if more > past + joint:
                size += 1 + more - past - joint
                past = more
            elif past + joint < end and data[past + joint] >= 0x80 and folded[decode(data, past + joint)[0]] > 0:
                return -1, written
        code = hash_of(data, at, past)
        if place_of(code, documents) >= 0:
            said |= DOCUMENT
        if count > 0 and capital and size > 2:
            names[written] = code
            written += 1
        last, second, third = code, last, second
        count += 1
        at = past
    spoken = count > 0 and place_of(last, speech) >= 0
    spoken |= count > 1 and (place_of(second, speech) >= 0 or place_of(paired(second, last), speech) >= 0)
    spoken |= count > 2 and place_of(third, speech) >= 0
    if spoken or said & DOCUMENT:
        said |= INTRODUCES
    return said, written


@compiled(
    "UniTuple(int64, 2)(uint8[::1], int32[:, ::1], int64, int64, int32[::1], int64, int64, uint8[::1], int64[::1], "
    "uint8[::1], int64, int64)",
    within=True,
)
def following(
    data: Any,
    lines: Any,
    line: int,
    past: int,
    narrating: Any,
    low: int,
    high: int,
    letters: Any,
    bounds: Any,
    kinds: Any,
    longest_link: int,
    most: int,
) -> Any:
    """``verbatim._following`` the line before ``line``, in characters; the text's lines end at ``past``."""
    start = end = np.int64(lines[past - 1, TO_CHARACTER])
    text_end: Any = np.int64(lines[past - 1, TO_BYTE])
    number = 0
    while line < past and number < most:
        from_byte: Any = np.int64(lines[line, FROM_BYTE])
        to_byte: Any = np.int64(lines[line, TO_BYTE])
        from_place, to_place = np.int64(lines[line, FROM_CHARACTER]), np.int64(lines[line, TO_CHARACTER])
        line += 1
        if from_byte == to_byte:
            continue
        if number == 0:
            start = end = from_place
        number += 1
        link = False
        for row in range(len(kinds) if to_place - from_place <= longest_link else 0):
            if kinds[row] == LINKS:
                link |= says(data, from_byte, text_end, letters, bounds[row], bounds[row + 1], False)
        if link:
            continue
        if any_between(narrating, low, high, from_byte, to_byte):
            break
        end = to_place
    return start, end


@compiled(
    "int64(uint8[::1], uint8[::1], uint64[::1], int32[:, ::1], int64, int64, int32[::1], int64, int64, uint64[::1], "
    "uint64[::1], uint8[::1], int64[::1], uint8[::1], boolean[::1], int64[::1], int32[:, ::1], int64, uint64[::1])",
    within=True,
)
def find_stated(
    data: Any,
    classes: Any,
    folded: Any,
    lines: Any,
    first: int,
    past: int,
    narrating: Any,
    low: int,
    high: int,
    documents: Any,
    speech: Any,
    letters: Any,
    bounds: Any,
    kinds: Any,
    begins: Any,
    bars: Any,
    out: Any,
    written: int,
    names: Any,
) -> Any:
    """``verbatim.stated_spans`` of a text with ``lines[first:past]`` and words of a newsroom's at
    ``narrating[low:high]``, to ``out`` from ``written`` on, and what is named to ``names``; returns how many are
    written then, or -1: the text is strange. ``bars`` are ``verbatim``'s: of a sentence, a heading, a link, of
    paragraphs and of a heading's words."""
    after = np.int64(0)
    for line in range(first, past):
        if lines[line, FROM_CHARACTER] < after:
            continue
        start, end, place = lines[line, FROM_BYTE], lines[line, TO_BYTE], np.int64(lines[line, FROM_CHARACTER])
        heading = lines[line, TO_CHARACTER] - place <= bars[1] and is_heading(
            data, start, end, classes, letters, bounds, kinds, begins, bars[4]
        )
        for at in range(end - 1 if heading else start, end):
            place += data[at] & 0xC0 != 0x80
            if data[at] != 0x3A and not heading:
                continue
            rest = end if heading else at + 1
            while rest < end and (data[rest] == 0x20 or data[rest] == 0x09):
                rest += 1
            blanks = rest - at - 1
            if blanks > 3:
                continue
            if rest < end:
                point, _ = decode(data, rest)
                if blanks == 0 or classes[point] & np.uint8(SPACE | LINE):
                    continue
            said, named = read_sentence(
                data,
                start if heading else sentence_start(data, start, at, classes, bars[0]),
                end if heading else at,
                folded,
                documents,
                speech,
                names,
                out[written - 1, NAMES] if written > 0 else 0,
            )
            if said < 0:
                return -1
            if not heading and not said & INTRODUCES:
                continue
            more_start, more_end = np.int64(0), np.int64(0)
            if rest == end or (said & DOCUMENT and not any_between(narrating, low, high, at + 1, end)):
                more_start, more_end = following(
                    data, lines, line + 1, past, narrating, low, high, letters, bounds, kinds, bars[2], bars[3]
                )
            if rest < end:
                point, _ = decode(data, rest)
                if point in (0x22, 0x201C, 0x201D, 0xAB, 0xBB):
                    break
                more_end = more_end if more_end > more_start else np.int64(lines[line, TO_CHARACTER])
                more_start = place + blanks
            if more_end > more_start:
                out[written, START], out[written, END], out[written, NAMES] = more_start, more_end, named
                written += 1
                after = more_end
            break
    return written
