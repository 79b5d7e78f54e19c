"""Words, quotations and fingerprints of many texts at once, over one buffer of UTF-8, as machine code.

The same answers, number for number, as ``wording.words_of``, ``quoted.quoted_spans`` and ``fingerprints.winnow`` give
for one text; those say what is meant, and a test holds these to them. ``bounds`` [n + 1] are where texts begin in the
buffer, ``word_bounds`` [n + 1] where their words begin in the arrays of words; places are in characters, not bytes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import compiled

SPACE, OPENS, CLOSES, STRAIGHT = 1, 2, 4, 8
"""Bits of a character's class: white space; marks that open a quotation, close one, or do either."""
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_FACTOR = np.uint64(0x100000001B3)
_LAST = np.uint64(0xFFFFFFFFFFFFFFFF)


@compiled("uint64(uint64)")
def mix(code: Any) -> Any:
    """``wording.mixed`` of one code."""
    code = (code ^ (code >> np.uint64(30))) * _MIX
    return code ^ (code >> np.uint64(31))


@compiled("int64(uint8[::1], int64, int64, uint32[::1])")
def decode(data: Any, start: int, end: int, points: Any) -> Any:
    """Writes the code points of ``data[start:end]`` (UTF-8, surrogates let pass); returns how many."""
    count = 0
    at = start
    while at < end:
        byte = np.uint32(data[at])
        if byte < 0x80:
            points[count] = byte
            at += 1
        elif byte < 0xE0:
            points[count] = ((byte & np.uint32(0x1F)) << np.uint32(6)) | (np.uint32(data[at + 1]) & np.uint32(0x3F))
            at += 2
        elif byte < 0xF0:
            high = ((byte & np.uint32(0x0F)) << np.uint32(12)) | (
                (np.uint32(data[at + 1]) & np.uint32(0x3F)) << np.uint32(6)
            )
            points[count] = high | (np.uint32(data[at + 2]) & np.uint32(0x3F))
            at += 3
        else:
            points[count] = np.uint32(0x10000)  # beyond the basic plane nothing is a word or a mark
            at += 4
        count += 1
    return count


@compiled(
    "void(uint8[::1], int64[::1], uint32[::1], boolean[::1], uint64[::1], "
    "uint64[::1], int32[::1], int32[::1], int64[::1])"
)
def tokenise(
    data: Any, bounds: Any, folded: Any, alone: Any, powers: Any, codes: Any, starts: Any, ends: Any, word_bounds: Any
) -> None:
    """Fills ``codes``, ``starts``, ``ends`` and ``word_bounds``."""
    longest = 0
    for text in range(len(bounds) - 1):
        longest = max(longest, bounds[text + 1] - bounds[text])
    points = np.empty(longest + 1, np.uint32)
    last_power = len(powers) - 1
    word = 0
    for text in range(len(bounds) - 1):
        word_bounds[text] = word
        count = decode(data, bounds[text], bounds[text + 1], points)
        begun = -1
        code = np.uint64(0)
        for at in range(count):
            point = points[at]
            value = folded[point] if point < 0x10000 else np.uint32(0)
            single = value != 0 and alone[point]
            if begun >= 0 and (value == 0 or single):
                codes[word], starts[word], ends[word] = mix(code), begun, at
                word += 1
                begun = -1
            if value != 0:
                if begun < 0:
                    begun, code = at, np.uint64(0)
                code += np.uint64(value) * powers[min(at - begun, last_power)]
                if single:
                    codes[word], starts[word], ends[word] = mix(code), begun, at + 1
                    word += 1
                    begun = -1
        if begun >= 0:
            codes[word], starts[word], ends[word] = mix(code), begun, count
            word += 1
    word_bounds[len(bounds) - 1] = word


@compiled("boolean(uint32[::1], int64, int64)")
def doubtful_line(points: Any, start: int, end: int) -> Any:
    """Whether a line might be a transcript's or a post: then ``quoted`` reads the text. True too often, never too
    seldom."""
    found = False
    for at in range(start, end - 1):
        one, two = points[at], points[at + 1]
        found = found or (one == 0x28 and two == 0x40)  # (@
        if one == 0x2E and two == 0x63 and at + 3 < end and points[at + 2] == 0x6F:  # .co
            slash = at + 4 if points[at + 3] == 0x6D else at + 3
            found = found or (slash < end and points[slash] == 0x2F)
    if found:
        return True
    at = start
    while at < end and at < start + 5 and not (0x41 <= points[at] <= 0x5A):
        at += 1
    if at + 1 >= end or not (0x41 <= points[at] <= 0x5A):
        return False
    two = points[at + 1]
    if not (two == 0x3A or two == 0x20 or 0x41 <= two <= 0x5A or two in (0x2E, 0x27, 0x2019, 0x2D)):
        return False
    further, last = at + 1, min(end, at + 180)
    while further < last and points[further] != 0x3A:
        further += 1
    return further < last


@compiled("int64(uint32[::1], int64, int64, uint8[::1], int32[::1], int32[::1], int64)")
def marked_spans(points: Any, start: int, end: int, classes: Any, opens: Any, closes: Any, found: int) -> Any:
    """Adds the quotations of one line; returns how many there are now."""
    opened = -1
    at = start
    while at < end:
        point = points[at]
        kind = np.uint8(0)
        width = 1
        if point < 0x10000:
            kind = classes[point]
        if point in (0x27, 0x60):
            if at + 1 < end and points[at + 1] == point:
                width = 2
                kind = np.uint8(STRAIGHT) if point == 0x27 else np.uint8(OPENS)
            else:
                kind = np.uint8(0)
        if kind & np.uint8(OPENS | CLOSES | STRAIGHT):
            after = at + width
            opening = (kind & np.uint8(OPENS)) != 0
            if kind & np.uint8(STRAIGHT):
                spaced = after < end and points[after] < 0x10000 and (classes[points[after]] & np.uint8(SPACE)) != 0
                opening = opened < 0 and after < end and not spaced
            if opening and opened < 0:
                opened = after
            elif not opening and opened >= 0:
                if at > opened:
                    opens[found], closes[found] = opened, at
                    found += 1
                opened = -1
        at += width
    if opened >= 0 and end > opened:
        opens[found], closes[found] = opened, end
        found += 1
    return found


@compiled("void(uint8[::1], int64[::1], uint8[::1], int32[::1], int64[::1], boolean[::1], boolean[::1])")
def quotations(data: Any, bounds: Any, classes: Any, starts: Any, word_bounds: Any, quoted: Any, doubtful: Any) -> None:
    """Fills ``quoted`` [words]; ``doubtful`` [texts] where a text has to be read by ``quoted.quoted_spans``."""
    longest = 0
    for text in range(len(bounds) - 1):
        longest = max(longest, bounds[text + 1] - bounds[text])
    points = np.empty(longest + 1, np.uint32)
    opens, closes = np.empty(longest + 1, np.int32), np.empty(longest + 1, np.int32)
    for text in range(len(bounds) - 1):
        count = decode(data, bounds[text], bounds[text + 1], points)
        points[count] = 0x0A
        found, begun = 0, 0
        introduced = False
        doubtful[text] = False
        for at in range(count + 1):
            if points[at] != 0x0A:
                continue
            last = at - 1  # the last character that is not white space
            while last >= begun and points[last] < 0x10000 and (classes[points[last]] & np.uint8(SPACE)) != 0:
                last -= 1
            if last >= begun:
                if doubtful_line(points, begun, at):
                    doubtful[text] = True
                    break
                if introduced:
                    opens[found], closes[found] = begun, at
                    found += 1
                else:
                    found = marked_spans(points, begun, at, classes, opens, closes, found)
                introduced = points[last] == 0x3A and at - begun < 600
            begun = at + 1
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
