"""Where the sentences of many texts end, as machine code: what ``language.sentences.split_sentences`` says.

That module says what is meant, and a test holds this to it. Texts lie in one buffer of UTF-8. A text that needs more
than this reads (a sentence beyond the longest, an initial or a speaker with an accent, letters beyond the basic plane)
is flagged as doubtful, and is to be split by that module.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..language.sentences import CLOSING, LONGEST, abbreviations
from .compiled_search import place_of
from .compiled_words import decode
from .compiling import compiled

SPACE, WORD, LOWER, UPPER, DIGIT, CLOSES, ENDS, ENDS_ALWAYS, CLOSES_ALWAYS, OPENS, SOFT, FIRST, NEXT, LAST, ALPHA = (
    1 << bit for bit in range(15)
)
"""Classes of characters, as the patterns of ``language.sentences`` have them."""
_SETS = (
    (CLOSING, CLOSES),
    (".!?…", ENDS),
    ("。！？।", ENDS_ALWAYS),
    ("」』”’", CLOSES_ALWAYS),
    ("\"'“‘«([{‹„‚—–*•-", OPENS),
    ("(*•-–— \n\t", SOFT),
    ("$€£#@", FIRST),
    (".'’", NEXT),
    (".&'’-", LAST),
)
LEADING, NUMBERED, EITHER, STARTER, SPEAKING = 1, 2, 4, 8, 16
"""Kinds of words: abbreviations that a name or a number follows, others; first words of sentences; verbs of speech."""
_SEED = 0xCBF29CE484222325
_FACTOR = 0x100000001B3
_KELVIN = 0x212A
_APOSTROPHE = 0x2019


@cache
def character_classes() -> NDArray[np.uint16]:
    """The classes of every character of the basic plane."""
    classes = np.zeros(0x10000, dtype=np.uint16)
    tests = (
        (str.isspace, SPACE),
        (str.isalnum, WORD | FIRST | NEXT | LAST),
        (str.islower, LOWER),
        (str.isupper, UPPER),
        (str.isdigit, DIGIT),
        (str.isalpha, ALPHA),
    )
    for point in range(len(classes)):
        char = chr(point)
        for holds, kind in tests:
            if holds(char):
                classes[point] |= kind
    classes[ord("_")] |= WORD | FIRST | NEXT | LAST
    for signs, kind in _SETS:
        for sign in signs:
            classes[ord(sign)] |= kind
    return classes


@cache
def word_kinds() -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """Hashes of the words that the rules know, sorted, and their kinds."""
    kinds: dict[int, int] = {}
    rows = abbreviations()
    for name, kind in (("leading", LEADING), ("either", EITHER), ("starters", STARTER), ("speech_verbs", SPEAKING)):
        for word in rows[name]:
            code = _SEED
            for byte in word.encode():
                code = ((code ^ byte) * _FACTOR) & 0xFFFFFFFFFFFFFFFF
            kinds[code] = kinds.get(code, 0) | kind | (NUMBERED if name == "leading" and word in ("no", "nos") else 0)
    codes = sorted(kinds)
    return np.array(codes, dtype=np.uint64), np.array([kinds[code] for code in codes], dtype=np.uint8)


@compiled("int64(uint64[::1], uint8[::1], uint8[::1], int64, int64)", within=True)
def kind_of(codes: Any, kinds: Any, data: Any, start: int, end: int) -> Any:
    """The kinds of the word of ASCII that stands in ``[start, end)``, in whatever case."""
    code = np.uint64(_SEED)
    for at in range(start, end):
        byte = data[at]
        if 0x41 <= byte <= 0x5A:
            byte = np.uint8(byte + 32)
        code = (code ^ np.uint64(byte)) * np.uint64(_FACTOR)
    place = place_of(code, codes)
    return np.int64(kinds[place]) if place >= 0 else 0


@compiled(
    "int64(uint8[::1], int64, int64, int64, boolean, int64, int64, uint16[::1], uint64[::1], uint8[::1])", within=True
)
def abbreviates(
    data: Any,
    first: int,
    stop: int,
    word: int,
    ascii_word: bool,
    end: int,
    opened: int,
    classes: Any,
    codes: Any,
    kinds: Any,
) -> Any:
    """``_is_abbreviation``: 0 or 1; 2 where it is doubtful. The following word is ``[word, end)``."""
    begin, size, foreign = stop, 0, False
    tail = np.int64(0)
    while begin > first and size < 40:
        before = begin - 1
        while before > first and data[before] & 0xC0 == 0x80:
            before -= 1
        point = decode(data, before)[0]
        if size == 0:
            if point == 0x0A:
                return 2
            tail = point
        if (classes[point] & np.uint16(LAST)) == 0:
            break
        if point >= 0x80 and point != _APOSTROPHE:
            foreign = True
            if point == _KELVIN:
                return 2
        begin = before
        size += 1
    while begin < stop:
        point, width = decode(data, begin)
        if point not in (0x27, _APOSTROPHE, 0x2D):
            break
        begin += width
        size -= 1
    until = stop
    while until > begin and data[until - 1] == 0x2E:
        until -= 1
        size -= 1
    if size <= 0:
        return 0
    if foreign:
        return 2 if size == 1 else 0
    own = kind_of(codes, kinds, data, begin, until)
    point = decode(data, word)[0]
    if own & LEADING:
        if own & NUMBERED:
            return 1 if classes[point] & np.uint16(DIGIT) else 0
        return 1
    starts = ascii_word and (kind_of(codes, kinds, data, word, end) & STARTER) != 0
    if size == 1 and classes[decode(data, begin)[0]] & np.uint16(ALPHA) and classes[tail] & np.uint16(UPPER):
        return 0 if starts else 1
    if own & EITHER:
        return 0 if opened or starts else 1
    return 0


@compiled("int64(uint8[::1], int64, int64, uint16[::1], uint64[::1], uint8[::1])", within=True)
def speaker_follows(data: Any, at: int, end: int, classes: Any, codes: Any, kinds: Any) -> Any:
    """``_speaker_follows``: 0 or 1; 2 where it is doubtful."""
    count = words = 0
    begun = -1
    while words < 4:
        letter = False
        if count < 60 and at < end:
            point = decode(data, at)[0]
            if point >= 0x80 and classes[point] & np.uint16(WORD):
                return 2
            letter = 0x41 <= point <= 0x5A or 0x61 <= point <= 0x7A
        if letter and begun < 0:
            begun = at
        if not letter and begun >= 0:
            if kind_of(codes, kinds, data, begun, at) & SPEAKING:
                return 1
            begun = -1
            words += 1
        if count >= 60 or at >= end:
            break
        at += decode(data, at)[1]
        count += 1
    return 0


@compiled("int64(uint8[::1], int64, int64, int64, int64, int64, uint16[::1], uint64[::1], uint8[::1])", within=True)
def ends_here(
    data: Any, first: int, start: int, marks: int, after: int, end: int, classes: Any, codes: Any, kinds: Any
) -> Any:
    """``_ends_here`` for the mark ``[start, after)``, whose closing signs start at ``marks``: 0, 1, or 2: doubtful."""
    at = after
    while at < end:
        point, width = decode(data, at)
        if (classes[point] & np.uint16(SPACE)) == 0:
            break
        at += width
    blank, soft, count = True, True, 0
    while at < end and count < 6:
        point, width = decode(data, at)
        kind = classes[point]
        if (kind & np.uint16(OPENS | SPACE)) == 0:
            break
        blank &= (kind & np.uint16(SPACE)) != 0
        soft &= (kind & np.uint16(SOFT)) != 0
        at += width
        count += 1
    if at >= end:
        return 1
    word = at
    point, width = decode(data, at)
    initial = classes[point]
    if (initial & np.uint16(FIRST)) == 0:
        return 1
    plain = point < 0x80
    at += width
    count = 0
    while at < end and count < 40:
        point, width = decode(data, at)
        if (classes[point] & np.uint16(NEXT)) == 0:
            break
        if point == _KELVIN:
            return 2
        plain &= point < 0x80
        at += width
        count += 1
    if initial & np.uint16(LOWER) and soft:
        return 0
    closed = after > marks
    mark = decode(data, start)[0]
    if (mark == 0x3F or mark == 0x21) and closed and blank:
        speaks = speaker_follows(data, after, end, classes, codes, kinds)
        if speaks > 0:
            return 0 if speaks == 1 else 2
    if mark == 0x2026 or (marks - start >= 3 and mark == 0x2E and data[start + 1] == 0x2E and data[start + 2] == 0x2E):
        return 1 if initial & np.uint16(UPPER | DIGIT) else 0
    if closed or after - start != 1 or mark != 0x2E:
        return 1
    short = abbreviates(data, first, start, word, plain, at, 0 if blank else 1, classes, codes, kinds)
    return short if short == 2 else 1 - short


@compiled("int64(uint8[::1], int64, int64, uint16[::1], int32[::1], int32[::1], int64)", within=True)
def put_trimmed(data: Any, start: int, end: int, classes: Any, starts: Any, ends: Any, count: int) -> Any:
    """Puts ``[start, end)`` without the white space around it among the sentences; returns how many there are."""
    while start < end:
        point, width = decode(data, start)
        if (classes[point] & np.uint16(SPACE)) == 0:
            break
        start += width
    while end > start:
        before = end - 1
        while before > start and data[before] & 0xC0 == 0x80:
            before -= 1
        if (classes[decode(data, before)[0]] & np.uint16(SPACE)) == 0:
            break
        end = before
    if start >= end:
        return count
    starts[count], ends[count] = start, end
    return count + 1


@compiled(
    "int64(uint8[::1], int64, int64, int64, uint16[::1], uint64[::1], uint8[::1], int32[::1], int32[::1], int64)",
    within=True,
)
def split_paragraph(
    data: Any,
    first: int,
    start: int,
    end: int,
    classes: Any,
    codes: Any,
    kinds: Any,
    starts: Any,
    ends: Any,
    count: int,
) -> Any:
    """Puts the sentences of one paragraph; -1 where it is doubtful."""
    begun = at = start
    while at < end:
        byte = data[at]
        if byte < 0x80:
            if (classes[byte] & np.uint16(ENDS)) == 0:
                at += 1
                continue
            point, width = np.int64(byte), 1
        else:
            point, width = decode(data, at)
            if width == 4 and (byte != 0xF0 or data[at + 1] != 0x9F or not 0x8C <= data[at + 2] <= 0xAB):
                return -1  # it is not among U+1F300 to U+1FAFF, which are signs
        kind = classes[point]
        if kind & np.uint16(ENDS_ALWAYS):
            while at < end:
                point, width = decode(data, at)
                if (classes[point] & np.uint16(ENDS_ALWAYS)) == 0:
                    break
                at += width
            if at < end and classes[point] & np.uint16(CLOSES_ALWAYS):
                at += width
            count = put_trimmed(data, begun, at, classes, starts, ends, count)
            begun = at
            continue
        if (kind & np.uint16(ENDS)) == 0:
            at += width
            continue
        marks, number = at, 0
        while marks < end and number < 6:
            point, width = decode(data, marks)
            if (classes[point] & np.uint16(ENDS)) == 0:
                break
            marks += width
            number += 1
        if number == 6 and marks < end and classes[decode(data, marks)[0]] & np.uint16(ENDS):
            at += decode(data, at)[1]
            continue
        after, number = marks, 0
        while after < end and number < 4:
            point, width = decode(data, after)
            if (classes[point] & np.uint16(CLOSES)) == 0:
                break
            after += width
            number += 1
        if after >= end or (classes[decode(data, after)[0]] & np.uint16(SPACE)) == 0:
            at = marks
            continue
        verdict = ends_here(data, first, at, marks, after, end, classes, codes, kinds)
        if verdict == 2:
            return -1
        if verdict == 1:
            count = put_trimmed(data, begun, after, classes, starts, ends, count)
            begun = after
        at = after
    return put_trimmed(data, begun, end, classes, starts, ends, count)


@compiled(
    "void(uint8[::1], int64[::1], uint16[::1], uint64[::1], uint8[::1], "
    "int32[::1], int32[::1], int32[::1], int32[::1], int64[::1], boolean[::1])"
)
def split_texts(
    data: Any,
    bounds: Any,
    classes: Any,
    codes: Any,
    kinds: Any,
    starts: Any,
    ends: Any,
    places: Any,
    sizes: Any,
    sentence_bounds: Any,
    doubtful: Any,
) -> None:
    """Fills the bytes ``[starts, ends)`` of sentences, their ``places`` in their text and ``sizes`` in characters, the
    first of each text (``sentence_bounds`` [n + 1]), and which texts are doubtful (they get none)."""
    count = 0
    for text in range(len(bounds) - 1):
        sentence_bounds[text] = count
        first, end = bounds[text], bounds[text + 1]
        found = count
        begun = at = first
        while begun < end and found >= 0:
            gap = at
            while at < end:
                gap = at + 1
                if data[at] == 0x0A:
                    while gap < end:
                        point, width = decode(data, gap)
                        if point == 0x0A or (classes[point] & np.uint16(SPACE)) == 0:
                            break
                        gap += width
                    if gap < end and data[gap] == 0x0A:
                        gap += 1
                        break
                at = gap
            found = split_paragraph(data, first, begun, at, classes, codes, kinds, starts, ends, found)
            begun = at = gap
        doubtful[text] = found < 0
        at, place = first, 0
        for sentence in range(count, found):
            while at < starts[sentence]:
                place += (data[at] & 0xC0) != 0x80
                at += 1
            places[sentence] = place
            while at < ends[sentence]:
                place += (data[at] & 0xC0) != 0x80
                at += 1
            sizes[sentence] = place - places[sentence]
            doubtful[text] |= sizes[sentence] > LONGEST
        if not doubtful[text]:
            count = found
    sentence_bounds[len(bounds) - 1] = count
