"""Words, quotations and fingerprints of many texts at once, over one buffer of UTF-8, as machine code.

The same answers, number for number, as ``wording.words_of``, ``quoted.quoted_spans`` and ``fingerprints.winnow`` give
for one text; those say what is meant, and a test holds these to them. ``bounds`` [n + 1] are where texts begin in the
buffer, ``word_bounds`` [n + 1] where their words begin in the arrays of words; places are in characters, not bytes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import compiled

SPACE, OPENS, CLOSES, STRAIGHT, TWICE, LOOK, LINE = 1, 2, 4, 8, 16, 32, 64
"""Classes of characters: white space; marks that open a quotation, close one, do either, or do so where doubled; signs
of a transcript or a post; the end of a line."""
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_FACTOR = np.uint64(0x100000001B3)
_LAST = np.uint64(0xFFFFFFFFFFFFFFFF)


@compiled("uint64(uint64)")
def mix(code: Any) -> Any:
    """``wording.mixed`` of one code."""
    code = (code ^ (code >> np.uint64(30))) * _MIX
    return code ^ (code >> np.uint64(31))


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
    "void(uint8[::1], int64[::1], uint64[::1], boolean[::1], uint64[::1], "
    "uint64[::1], int32[::1], int32[::1], int64[::1])"
)
def tokenise(
    data: Any, bounds: Any, folded: Any, alone: Any, powers: Any, codes: Any, starts: Any, ends: Any, word_bounds: Any
) -> None:
    """Fills ``codes``, ``starts``, ``ends`` and ``word_bounds``."""
    last_power = len(powers) - 1
    word = 0
    for text in range(len(bounds) - 1):
        word_bounds[text] = word
        at, end = bounds[text], bounds[text + 1]
        before = at  # what a place in bytes is more than one in characters
        while at < end:
            point, width = np.int64(data[at]), 1
            if point >= 0x80:
                point, width = decode(data, at)
            value = folded[point]
            if value == 0:
                at += width
                before += width - 1
                continue
            starts[word] = at - before
            single = alone[point]
            code = np.uint64(0)
            place = 0
            while True:
                code += value * powers[place]
                if place < last_power:
                    place += 1
                at += width
                before += width - 1
                if single or at >= end:
                    break
                point, width = np.int64(data[at]), 1
                if point >= 0x80:
                    point, width = decode(data, at)
                    if alone[point]:
                        break
                value = folded[point]
                if value == 0:
                    break
            ends[word] = at - before
            codes[word] = mix(code)
            word += 1
    word_bounds[len(bounds) - 1] = word


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
def address_starts(data: Any, at: int, end: int) -> Any:
    """Whether ``(@``, ``.co/`` or ``.com/`` stands here, as in a post's signature."""
    if data[at] == 0x28:
        return at + 1 < end and data[at + 1] == 0x40
    if at + 3 >= end or data[at + 1] != 0x63 or data[at + 2] != 0x6F:
        return False
    slash = at + 4 if data[at + 3] == 0x6D else at + 3
    return slash < end and data[slash] == 0x2F


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


@compiled("void(uint8[::1], int64[::1], uint8[::1], int32[::1], int64[::1], boolean[::1], boolean[::1])")
def quotations(data: Any, bounds: Any, classes: Any, starts: Any, word_bounds: Any, quoted: Any, doubtful: Any) -> None:
    """Fills ``quoted`` [words]; ``doubtful`` [texts] where a text has to be read by ``quoted.quoted_spans``, for it may
    hold a transcript or a post."""
    longest = 0
    for text in range(len(bounds) - 1):
        longest = max(longest, bounds[text + 1] - bounds[text])
    opens, closes = np.empty(longest + 2, np.int32), np.empty(longest + 2, np.int32)
    for text in range(len(bounds) - 1):
        at, end = bounds[text], bounds[text + 1]
        before = at  # what a place in bytes is more than one in characters
        found = 0
        introduced, doubt = False, False
        while at < end and not doubt:
            begun, first, opened = at, at - before, -1
            earlier = found
            speaker = speaker_may_start(data, at, end, classes)
            while at < end:
                while at < end and data[at] < 0x80 and classes[data[at]] <= np.uint8(SPACE):
                    at += 1
                if at >= end:
                    break
                point, width = decode(data, at)
                kind = classes[point]
                if kind == np.uint8(LINE):
                    break
                if kind > np.uint8(SPACE):
                    if kind == np.uint8(LOOK):
                        doubt |= (speaker and at - begun < 720) if point == 0x3A else address_starts(data, at, end)
                    else:
                        if kind == np.uint8(TWICE) and at + 1 < end and data[at + 1] == point:
                            kind = np.uint8(STRAIGHT) if point == 0x27 else np.uint8(OPENS)
                            width = 2
                            before -= 1  # two bytes, two characters
                        opening = kind == np.uint8(OPENS)
                        if kind == np.uint8(STRAIGHT) and opened < 0 and at + width < end:
                            opening = (classes[decode(data, at + width)[0]] & np.uint8(SPACE | LINE)) == 0
                        if kind != np.uint8(TWICE):
                            here = at - before - (1 if width == 2 and point < 0x80 else 0)
                            if opening and opened < 0:
                                opened = here + (2 if width == 2 and point < 0x80 else 1)
                            elif not opening and opened >= 0:
                                if here > opened:
                                    opens[found], closes[found] = opened, here
                                    found += 1
                                opened = -1
                at += width
                before += width - 1
            last = last_sign(data, begun, at, classes)
            if last >= 0:
                if opened >= 0 and at - before > opened:
                    opens[found], closes[found] = opened, at - before
                    found += 1
                if introduced:
                    found = earlier
                    opens[found], closes[found] = first, at - before
                    found += 1
                introduced = data[last] == 0x3A and at - before - first < 600
            at += 1  # over the end of the line
        doubtful[text] = doubt
        span = 0
        for word in range(word_bounds[text], word_bounds[text + 1]):
            while span < found and closes[span] <= starts[word]:
                span += 1
            quoted[word] = span < found and opens[span] <= starts[word]


@compiled("void(uint64[::1], int64[::1], int64, uint64[::1])")
def shingle_hashes(codes: Any, word_bounds: Any, size: int, hashes: Any) -> None:
    """Fills ``hashes`` [words]: of the run of ``size`` words that starts there (a text's last ``size - 1``: 0)."""
    top = np.uint64(1)
    for _ in range(size - 1):
        top *= _FACTOR
    for text in range(len(word_bounds) - 1):
        first, last = word_bounds[text], word_bounds[text + 1]
        total = np.uint64(0)
        for word in range(first, last):
            if word - first >= size:
                total -= codes[word - size] * top
            total = total * _FACTOR + codes[word]
            if word - first >= size - 1:
                hashes[word - size + 1] = mix(total)
        for word in range(max(first, last - size + 1), last):
            hashes[word] = 0


@compiled("int64(uint64[::1], int64[::1], boolean[::1], int64[::1], int64, int64, int64, uint64[::1], int64[::1])")
def winnow_texts(
    hashes: Any, word_bounds: Any, skipped: Any, pages: Any, size: int, window: int, bits: int, keys: Any, sizes: Any
) -> Any:
    """Each text's winnowed fingerprints as postings, sorted by partition (the hash's top ``bits``).

    A posting is the hash's next 32 bits and, below them, the text's number ``pages[text]``. Runs of nothing but skipped
    words leave none. Fills ``keys`` and ``sizes`` [partitions]; returns how many postings there are."""
    found = np.empty(len(hashes) + 1, np.uint64)
    numbers = np.empty(len(hashes) + 1, np.int32)
    total = 0
    for text in range(len(word_bounds) - 1):
        first, last = word_bounds[text], word_bounds[text + 1] - size + 1
        if last <= first:
            continue
        own = -1  # the last word that is not skipped
        for word in range(first, last + size - 1):
            if not skipped[word]:
                own = word
            if word >= first + size - 1 and own < word - size + 1:
                hashes[word - size + 1] = _LAST
        best = first
        for word in range(first, last):
            fresh = word == first
            if best <= word - window:  # the smallest has left the window
                best = word - window + 1
                fresh = True
                for other in range(best + 1, word + 1):
                    if hashes[other] <= hashes[best]:
                        best = other
            elif hashes[word] <= hashes[best]:
                fresh = hashes[word] != hashes[best] or word == first
                best = word
            if word < min(first + window, last) - 1:
                continue  # the first window is not full
            if word == min(first + window, last) - 1:
                fresh = True
            if fresh and hashes[best] != _LAST:
                found[total], numbers[total] = hashes[best], pages[text]
                total += 1
    shift = np.uint64(64 - bits)
    sizes[:] = 0
    for entry in range(total):
        sizes[np.int64(found[entry] >> shift)] += 1
    places = np.empty(len(sizes), np.int64)
    at = 0
    for part in range(len(sizes)):
        places[part] = at
        at += sizes[part]
    for entry in range(total):
        part = np.int64(found[entry] >> shift)  # type: ignore[assignment]
        low = (found[entry] << np.uint64(bits)) & np.uint64(0xFFFFFFFF00000000)
        keys[places[part]] = low | np.uint64(numbers[entry])
        places[part] += 1
    return total


@compiled("void(uint64[::1], int64[::1], int64, int64, int64, uint8[::1])")
def count_runs(hashes: Any, word_bounds: Any, first: int, last: int, size: int, counters: Any) -> None:
    """Counts, up to 255, how often the bucket of each hash of texts ``[first, last)`` is met."""
    mask = np.uint64(len(counters) - 1)
    for text in range(first, last):
        for word in range(word_bounds[text], word_bounds[text + 1] - size + 1):
            bucket = np.int64(hashes[word] & mask)
            if counters[bucket] < 255:
                counters[bucket] += np.uint8(1)


@compiled("int64(uint64[::1], int64[::1], int64, int64, int64, uint8[::1], int64, uint64[::1], int32[::1])")
def frequent_runs(
    hashes: Any, word_bounds: Any, first: int, last: int, size: int, counters: Any, least: int, found: Any, texts: Any
) -> Any:
    """Fills ``found`` and ``texts`` with the hashes whose bucket was met ``least`` times; returns how many."""
    mask = np.uint64(len(counters) - 1)
    total = 0
    for text in range(first, last):
        for word in range(word_bounds[text], word_bounds[text + 1] - size + 1):
            if counters[np.int64(hashes[word] & mask)] >= least:
                found[total], texts[total] = hashes[word], text
                total += 1
    return total


@compiled("void(uint64[::1], int64[::1], int64, int64, int64, uint8[::1], int64, uint64[::1], float64, boolean[::1])")
def mark_runs(
    hashes: Any,
    word_bounds: Any,
    first: int,
    last: int,
    size: int,
    counters: Any,
    least: int,
    stock: Any,
    most: float,
    flags: Any,
) -> None:
    """Flags the words of runs that are in ``stock`` (sorted), unless they are more than ``most`` of a text."""
    mask = np.uint64(len(counters) - 1)
    for text in range(first, last):
        begun, ended = word_bounds[text], word_bounds[text + 1]
        marked, until = 0, begun
        for word in range(begun, ended - size + 1):
            if counters[np.int64(hashes[word] & mask)] < least:
                continue
            low, high = 0, len(stock)
            while low < high:
                middle = (low + high) >> 1
                if stock[middle] < hashes[word]:
                    low = middle + 1
                else:
                    high = middle
            if low < len(stock) and stock[low] == hashes[word]:
                for covered in range(max(word, until), word + size):
                    flags[covered] = True
                    marked += 1
                until = word + size
        if ended > begun and marked / (ended - begun) > most:
            flags[begun:ended] = False


@compiled("void(uint8[::1], int64[::1], int64[::1], boolean[::1])")
def unpack_flags(packed: Any, places: Any, word_bounds: Any, flags: Any) -> None:
    """Sets the flags of each text's words from bits that start at bit ``places[text]``."""
    for text in range(len(word_bounds) - 1):
        for word in range(word_bounds[text], word_bounds[text + 1]):
            bit = places[text] + word - word_bounds[text]
            if (packed[bit >> 3] >> (7 - (bit & 7))) & 1:
                flags[word] = True
