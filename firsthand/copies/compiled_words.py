"""Words and fingerprints of many texts at once, over one buffer of UTF-8, as machine code.

The same answers, number for number, as ``wording.words_of`` and ``fingerprints.winnow`` give
for one text; those say what is meant, and a test holds these to them. ``bounds`` [n + 1] are where texts begin in the
buffer, ``word_bounds`` [n + 1] where their words begin in the arrays of words; places are in characters, not bytes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_bytes import beyond_bits, count_bits, eight_bytes, inner_bits, lowest_bit, word_bits
from .compiling import compiled
from .fingerprints import TURN
from .passages import SEED

_MIX = np.uint64(0xBF58476D1CE4E5B9)
_TURN = TURN
_LONGER = SEED  # words of a seed; a shingle has one more
_LAST = np.uint64(0xFFFFFFFFFFFFFFFF)
_BASE = np.uint64(0x9E3779B97F4A7C15)
MARGIN = 72
"""Bytes that the buffer must go on for behind the last text."""
_LOWER = np.uint64(0x2020202020202020)
"""What makes eight capitals small, and leaves small letters and digits as they are."""
_FIRST = np.array([(1 << 8 * count) - 1 for count in range(9)], dtype=np.uint64)
"""Masks of the first bytes, by how many."""


@compiled("uint64(uint64)")
def mix(code: Any) -> Any:
    """``wording.mixed`` of one code."""
    code = (code ^ (code >> np.uint64(30))) * _MIX
    return code ^ (code >> np.uint64(31))


@compiled("uint64(uint64, int64)")
def turned(code: Any, place: int) -> Any:
    """The code of a run's word by its place in the run (``fingerprints.TURN``)."""
    turn = np.uint64(place * _TURN)
    return (code << turn) | (code >> ((np.uint64(64) - turn) & np.uint64(63)))


@compiled("UniTuple(int64, 2)(uint8[::1], int64)")
def decode(data: Any, at: int) -> Any:
    """The code point that starts at a byte of UTF-8 (surrogates let pass; 0 beyond the basic plane, where nothing is a
    word or a mark), and how many bytes it takes."""
    byte = np.int64(data[at])
    if byte < 0x80:
        return byte, 1
    two = np.int64(data[at + 1]) & 0x3F
    if byte < 0xE0:
        return ((byte & 0x1F) << 6) | two, 2
    if byte < 0xF0:
        return ((byte & 0x0F) << 12) | (two << 6) | (np.int64(data[at + 2]) & 0x3F), 3
    return 0, 4


@compiled(
    "int64(uint8[::1], int64, int64, uint64[::1], boolean[::1], uint64[::1], int32[::1], int32[::1], int64, int64)"
)
def spell(
    data: Any, at: int, end: int, folded: Any, alone: Any, codes: Any, starts: Any, ends: Any, word: int, place: int
) -> Any:
    """Writes the words of bytes ``[at, end)``, which are nothing but letters, one character after the other; returns
    how many words there are then. ``place`` is the character at ``at``."""
    while at < end:
        code, power, letter = np.uint64(0), np.uint64(1), np.uint64(0)
        if len(starts):
            starts[word] = place
        while at < end:
            point, width = decode(data, at)
            if letter > 0 and alone[point]:
                break
            value, turn = folded[point], (letter & np.uint64(7)) << np.uint64(3)
            code += ((value << turn) | (value >> ((np.uint64(64) - turn) & np.uint64(63)))) * power
            letter += np.uint64(1)
            if letter & np.uint64(7) == 0:
                power *= _BASE
            at += width
            place += 1
            if alone[point]:
                break
        if len(ends):
            ends[word] = place
        codes[word] = mix(code)
        word += 1
    return word


@compiled("uint64(uint8[::1], int64, int64)")
def code_of(data: Any, at: int, end: int) -> Any:
    """The code of a word of ASCII letters and digits, eight of them at a time."""
    length = end - at
    code = (eight_bytes(data, at) | _LOWER) & _FIRST[min(length, 8)]
    if length > 8:
        power = _BASE
        at += 8
        while at < end:
            code += ((eight_bytes(data, at) | _LOWER) & _FIRST[min(end - at, 8)]) * power
            power *= _BASE
            at += 8
    return mix(code)


@compiled(
    "void(uint8[::1], int64[::1], uint64[::1], boolean[::1], uint64[::1], int32[::1], int32[::1], int32[::1], "
    "int64[::1])"
)
def tokenise(
    data: Any, bounds: Any, folded: Any, alone: Any, codes: Any, starts: Any, ends: Any, bytes_at: Any, word_bounds: Any
) -> None:
    """Fills ``codes`` and ``word_bounds``, and unless they are empty ``starts``, ``ends`` and
    ``bytes_at`` (the byte at which a word starts; -1 where it has characters beyond ASCII).

    Reads 64 bytes at a time as bits: where these change, a word begins or ends. Characters beyond ASCII are looked up;
    a word that holds some is spelt one by one."""
    one = np.uint64(1)
    placing = len(starts) > 0
    word = 0
    for text in range(len(bounds) - 1):
        word_bounds[text] = word
        first, end = bounds[text], bounds[text + 1]
        inner: Any = np.int64(0)  # bytes so far that begin no character
        begun: Any = np.int64(-1)  # where a word began that goes on, in bytes
        place: Any = np.int64(0)  # and in characters
        foreign = False  # whether it has characters beyond ASCII
        carried = np.uint64(0)  # the bytes of this block's last character that stand in the next
        for base in range(first, end, 64):
            bits, beyond = word_bits(data, base), beyond_bits(data, base)
            if end - base < 64:
                within = (one << np.uint64(end - base)) - one
                bits &= within
                beyond &= within
            wide, inside = np.uint64(0), np.uint64(0)
            if beyond:
                inside = inner_bits(data, base) & beyond
                wide, carried = carried, np.uint64(0)
                leading = beyond & ~inside
                while leading:
                    at = lowest_bit(leading)
                    leading &= leading - one
                    point, width = decode(data, base + at)
                    if folded[point]:
                        covered = (one << np.uint64(width)) - one
                        wide |= covered << np.uint64(at)
                        if at + width > 64:
                            carried = covered >> np.uint64(64 - at)
                bits |= wide
            edges = bits ^ ((bits << one) | np.uint64(begun >= 0))
            while edges:
                at = lowest_bit(edges)
                edges &= edges - one
                if begun < 0:
                    begun = base + at
                    if placing:
                        place = begun - first - inner - count_bits(inside & ((one << np.uint64(at)) - one))
                    continue
                if wide:
                    since = np.uint64(max(begun - base, 0))
                    foreign |= (wide & ((one << np.uint64(at)) - one)) >> since != 0
                if foreign:
                    before = word
                    word = spell(data, begun, base + at, folded, alone, codes, starts, ends, word, place)
                    if placing:
                        bytes_at[before:word] = -1
                    foreign = False
                else:
                    codes[word] = code_of(data, begun, base + at)
                    if placing:
                        starts[word], ends[word] = place, place + base + at - begun
                        bytes_at[word] = begun
                    word += 1
                begun = np.int64(-1)
            if begun >= 0 and wide:
                foreign |= wide >> np.uint64(max(begun - base, 0)) != 0
            inner += count_bits(inside)
        if begun >= 0:  # the text's last block ends with a word
            if foreign:
                before = word
                word = spell(data, begun, end, folded, alone, codes, starts, ends, word, place)
                if placing:
                    bytes_at[before:word] = -1
            else:
                codes[word] = code_of(data, begun, end)
                if placing:
                    starts[word], ends[word] = place, place + end - begun
                    bytes_at[word] = begun
                word += 1
    word_bounds[len(bounds) - 1] = word


@compiled("void(uint64[::1], uint64[::1], uint64[::1])")
def run_hashes(codes: Any, seeds: Any, shingles: Any) -> None:
    """``fingerprints.shingles`` of all texts at once: of the runs of ``SEED`` words that start at each word and, unless
    ``shingles`` is empty, of those of ``SHINGLE`` (one more) words; those that reach into the next text mean nothing.

    Sums of words turned by constants: eight at a time, for no step waits for the one before."""
    count = len(codes) - _LONGER
    if len(shingles) > 0:
        for word in range(count):
            total = (
                codes[word]
                + turned(codes[word + 1], 1)
                + turned(codes[word + 2], 2)
                + turned(codes[word + 3], 3)
                + turned(codes[word + 4], 4)
            )
            seeds[word] = total
            shingles[word] = total + turned(codes[word + 5], 5)
    else:
        for word in range(count):
            seeds[word] = (
                codes[word]
                + turned(codes[word + 1], 1)
                + turned(codes[word + 2], 2)
                + turned(codes[word + 3], 3)
                + turned(codes[word + 4], 4)
            )
    for word in range(max(count, 0), len(codes)):
        total = np.uint64(0)
        for offset in range(min(_LONGER, len(codes) - word)):
            total += turned(codes[word + offset], offset)
        seeds[word] = total
        if len(shingles) > 0:
            shingles[word] = total
            if word + _LONGER < len(codes):
                shingles[word] += turned(codes[word + _LONGER], _LONGER)


@compiled("int64(uint64[::1])")
def slide(hashes: Any) -> Any:
    """Makes each hash the smallest of the ``WINDOW`` (8) that start at its place; returns how many such windows there
    are, at least one. Thrice the smaller of two: no branch depends on a hash."""
    count = len(hashes)
    if count < 8:
        for at in range(1, count):
            hashes[0] = min(hashes[0], hashes[at])
        return 1
    for at in range(count - 1):
        hashes[at] = min(hashes[at], hashes[at + 1])
    for at in range(count - 3):
        hashes[at] = min(hashes[at], hashes[at + 2])
    for at in range(count - 7):
        hashes[at] = min(hashes[at], hashes[at + 4])
    return count - 7


@compiled(
    "int64(uint64[::1], int64[::1], boolean[::1], int64[::1], int64, int64, uint64[::1], uint32[::1], uint64[::1], "
    "int64[::1])"
)
def winnow_texts(
    hashes: Any,
    word_bounds: Any,
    skipped: Any,
    pages: Any,
    size: int,
    bits: int,
    found: Any,
    numbers: Any,
    keys: Any,
    sizes: Any,
) -> Any:
    """Each text's winnowed fingerprints as postings, sorted by partition (the hash's top ``bits``).

    A posting is the hash's next 32 bits and, below them, the text's number ``pages[text]``. Runs of nothing but skipped
    words leave none. Fills ``keys`` and ``sizes`` [partitions]; returns how many postings there are. Overwrites
    ``hashes``, and ``found`` and ``numbers`` [words + 1]."""
    total = np.uint64(0)
    for text in range(len(word_bounds) - 1):
        first, last = word_bounds[text], word_bounds[text + 1] - size + 1
        if last <= first:
            continue
        marks = skipped[first : last + size - 1]
        some = False
        for at in range(len(marks)):
            some |= marks[at]
        if some:
            since = 0  # how many skipped words stand before and here
            for at in range(len(marks)):
                since = since + 1 if marks[at] else 0
                if since >= size:
                    hashes[first + at - size + 1] = _LAST
        own = hashes[first:last]
        count = slide(own)
        before, begun = _LAST, total
        for at in range(count):
            value = own[at]
            found[total] = value
            total += np.uint64((value != before) & (value != _LAST))
            before = value
        numbers[begun:total] = np.uint32(pages[text])
    shift = np.uint64(64 - bits)
    sizes[:] = 0
    for entry in range(np.int64(total)):
        sizes[np.int64(found[entry] >> shift)] += 1
    places = np.empty(len(sizes), np.int64)
    at = 0
    for part in range(len(sizes)):
        places[part] = at
        at += sizes[part]
    for entry in range(np.int64(total)):
        part = np.int64(found[entry] >> shift)  # type: ignore[assignment]
        low = (found[entry] << np.uint64(bits)) & np.uint64(0xFFFFFFFF00000000)
        keys[places[part]] = low | np.uint64(numbers[entry])
        places[part] += 1
    return np.int64(total)


@compiled("void(uint8[::1], int64[::1], int64[::1], boolean[::1])")
def unpack_flags(packed: Any, places: Any, word_bounds: Any, flags: Any) -> None:
    """Sets the flags of each text's words from bits that start at bit ``places[text]``."""
    for text in range(len(word_bounds) - 1):
        word, last = word_bounds[text], word_bounds[text + 1]
        ahead = places[text] - word
        while word < last:
            bit = ahead + word
            byte = packed[bit >> 3]
            stop = min(last, word + 8 - (bit & 7))
            if byte:
                for one in range(word, stop):
                    if (byte >> (7 - ((ahead + one) & 7))) & 1:
                        flags[one] = True
            word = stop
