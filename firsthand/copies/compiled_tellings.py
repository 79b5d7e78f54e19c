"""Tellings of many articles, and how far pairs of them tell the same, as machine code.

The same numbers, bit for bit, as ``tellings``, ``retellings`` and ``candidates`` give for one article or one pair;
those say what is meant, and a test holds these to them. Regions (headlines and sentences) lie in one buffer of UTF-8;
words get numbers as they are met, and what is known of a word is asked of ``tellings.known_word``, once a word.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_words import decode, mix
from .compiling import compiled
from .retellings import CLOSE, LEVEL, LONGEST
from .tellings import EMPTY_WEIGHT, MOSTLY, UNIT

LETTER, SIGN = 1, 2
"""Kinds of characters in the vocabulary's words: of a word of letters and digits; a word by itself."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@compiled("void(int32[::1], boolean[::1], int32[::1], int32[::1], int64[::1], boolean[::1])")
def count_words(starts: Any, flags: Any, begins: Any, sizes: Any, words: Any, quoted: Any) -> None:
    """Of each sentence of one text, by its place and size in characters: its words, and whether most are quoted."""
    word = 0
    for sentence in range(len(begins)):
        while word < len(starts) and starts[word] < begins[sentence]:
            word += 1
        first, inside = word, 0
        while word < len(starts) and starts[word] < begins[sentence] + sizes[sentence]:
            inside += flags[word]
            word += 1
        words[sentence] = word - first
        quoted[sentence] = inside > MOSTLY * (word - first)


@compiled("void(uint64[::1], int32[::1], uint64[::1], int32[::1])")
def move_numbers(keys: Any, numbers: Any, new_keys: Any, new_numbers: Any) -> None:
    """Moves the numbers of words into a larger table (-1: empty)."""
    mask = np.uint64(len(new_keys) - 1)
    for slot in range(len(keys)):
        if numbers[slot] >= 0:
            place = keys[slot] & mask
            while new_numbers[np.int64(place)] >= 0:
                place = (place + np.uint64(1)) & mask
            new_keys[np.int64(place)], new_numbers[np.int64(place)] = keys[slot], numbers[slot]


@compiled(
    "int64(uint64, int64, int64, uint64[::1], int32[::1], int64, int32[::1], int64, int64[:, ::1], int64)", within=True
)
def put_word(
    code: Any, begin: Any, end: Any, keys: Any, numbers: Any, known: int, tokens: Any, count: int, fresh: Any, old: int
) -> Any:
    """Puts the number of the word of this code at ``tokens[count]``; where it is met for the first time it gets the
    next one, and its bytes are put down. Returns how many words are known then."""
    mask = np.uint64(len(keys) - 1)
    code = mix(code)
    place = code & mask
    while numbers[np.int64(place)] >= 0:
        if keys[np.int64(place)] == code:
            tokens[count] = numbers[np.int64(place)]
            return known
        place = (place + np.uint64(1)) & mask
    keys[np.int64(place)], numbers[np.int64(place)], tokens[count] = code, known, known
    fresh[known - old, 0], fresh[known - old, 1] = begin, end
    return known + 1


@compiled(
    "UniTuple(int64, 2)(uint8[::1], int64[:, ::1], int64, int32[::1], uint32[::1], uint8[::1], uint64[::1], "
    "int32[::1], int64, int32[::1], int64[::1], int64[:, ::1])"
)
def number_words(
    data: Any,
    regions: Any,
    region: int,
    places: Any,
    plain: Any,
    kinds: Any,
    keys: Any,
    numbers: Any,
    known: int,
    tokens: Any,
    token_bounds: Any,
    fresh: Any,
) -> Any:
    """The numbers of the words (``tokens``) of each region, from one of them on until ``fresh`` may be full.

    A character stands for ``plain[places[point]:places[point + 1]]``, of the given ``kinds``. Returns the region before
    which it stopped, and how many words are known then; of those met for the first time the bytes are in ``fresh``."""
    old, count = known, token_bounds[region]
    while region < len(regions):
        at, end = regions[region, 0], regions[region, 1]
        if known - old + end - at > len(fresh):
            break
        token_bounds[region] = count
        code, begun = np.uint64(0), np.int64(-1)
        while at < end:
            point, width = np.int64(data[at]), 1
            if point >= 0x80:
                point, width = decode(data, at)
            first, last = np.int64(places[point]), np.int64(places[point + 1])
            if width == 4:
                first = last  # beyond the basic plane: it parts words
            elif first < last and kinds[first] == np.uint8(LETTER):
                if begun < 0:
                    begun = at
                code = (code + np.uint64(plain[first]) + np.uint64(1)) * _FACTOR
                for entry in range(first + 1, last):
                    code = (code + np.uint64(plain[entry]) + np.uint64(1)) * _FACTOR
                at += width
                continue
            elif first == last:  # an accent: it parts nothing
                at += width
                continue
            if begun >= 0:
                known = put_word(code, begun, at, keys, numbers, known, tokens, count, fresh, old)
                count += 1
                begun, code = np.int64(-1), np.uint64(0)
            if first < last and kinds[first] == np.uint8(SIGN):
                own = (np.uint64(plain[first]) + np.uint64(1)) * _FACTOR
                known = put_word(own, at, at + width, keys, numbers, known, tokens, count, fresh, old)
                count += 1
            at += width
        if begun >= 0:
            known = put_word(code, begun, end, keys, numbers, known, tokens, count, fresh, old)
            count += 1
        region += 1
        token_bounds[region] = count
    return region, known


@compiled(None, inline=True)
def sum_pieces(
    tokens: Any, first: int, last: int, pieces: Any, piece_bounds: Any, piece_rows: Any, total: Any, out: Any
) -> None:
    """The unit vector of a region, in whole steps: ``tellings.unit_vectors`` of the sum of its words' pieces."""
    for column in range(len(total)):
        total[column] = 0
    for at in range(first, last):
        word = tokens[at]
        for entry in range(piece_bounds[word], piece_bounds[word + 1]):
            row = pieces[piece_rows[entry]]
            for column in range(len(total)):
                total[column] = np.int32(total[column] + row[column])
    square = np.int64(0)
    for column in range(len(total)):
        square += np.int64(total[column]) * np.int64(total[column])
    length = max(np.sqrt(np.float64(square)), 1.0)
    for column in range(len(total)):
        out[column] = np.rint(total[column] / length * UNIT)


@compiled("void(uint64[::1], int64, int64)", within=True)
def sort_codes(codes: Any, first: int, last: int) -> None:
    """Heap sort of ``[first, last)``."""
    count = last - first
    for size in range(count - 1 + count // 2, 0, -1):
        if size >= count:
            root, end = size - count, count
        else:
            codes[first], codes[first + size] = codes[first + size], codes[first]
            root, end = 0, size
        moved = codes[first + root]
        while 2 * root + 1 < end:
            child = 2 * root + 1
            if child + 1 < end and codes[first + child] < codes[first + child + 1]:
                child += 1
            if moved >= codes[first + child]:
                break
            codes[first + root] = codes[first + child]
            root = child
        codes[first + root] = moved


@compiled(None, inline=True)
def terms_of(
    tokens: Any, token_bounds: Any, first: int, last: int, codes: Any, weights: Any, found: Any, begin: int
) -> Any:
    """The terms of the regions ``[first, last)`` of one article from ``found[begin]`` on, sorted: the code, the
    region's number among them, and 65535 less the weight, in 32, 16 and 16 bits; of a code in a region only the
    weightiest. Returns where they end."""
    count = begin
    for region in range(first, last):
        for at in range(token_bounds[region], token_bounds[region + 1]):
            weight = weights[tokens[at]]
            if weight > 0:
                code = np.uint64(codes[tokens[at]]) << np.uint64(32)
                found[count] = code | (np.uint64(region - first) << np.uint64(16)) | np.uint64(65535 - weight)
                count += 1
    sort_codes(found, begin, count)
    kept = begin
    for at in range(begin, count):
        if kept == begin or found[at] >> np.uint64(16) != found[kept - 1] >> np.uint64(16):
            found[kept] = found[at]
            kept += 1
    return kept


@compiled(
    "int64(int32[::1], int64[::1], int64[::1], int16[:, ::1], int64[::1], int32[::1], uint32[::1], uint16[::1], "
    "float32[:, ::1], uint64[::1], int64[::1], float32[::1])"
)
def tell_articles(
    tokens: Any,
    token_bounds: Any,
    region_bounds: Any,
    pieces: Any,
    piece_bounds: Any,
    piece_rows: Any,
    codes: Any,
    weights: Any,
    vectors: Any,
    terms: Any,
    term_bounds: Any,
    totals: Any,
) -> Any:
    """Fills the vectors and total weights of each region, and the terms of each article as :func:`terms_of` has them;
    returns how many these are."""
    size = pieces.shape[1]
    total, unit = np.empty(size, np.int32), np.empty(size, np.float64)
    count = 0
    for article in range(len(region_bounds) - 1):
        first, last = region_bounds[article], region_bounds[article + 1]
        for region in range(first, last):
            sum_pieces(
                tokens, token_bounds[region], token_bounds[region + 1], pieces, piece_bounds, piece_rows, total, unit
            )
            for column in range(size):
                vectors[region, column] = unit[column] / UNIT
            totals[region] = 0
        term_bounds[article] = count
        count = terms_of(tokens, token_bounds, first, last, codes, weights, terms, count)
        for at in range(term_bounds[article], count):
            region = first + np.int64((terms[at] >> np.uint64(16)) & np.uint64(0xFFFF))
            totals[region] += np.float32(np.uint64(65535) - (terms[at] & np.uint64(0xFFFF))) / np.float32(1024)
    term_bounds[len(region_bounds) - 1] = count
    return count


@compiled("void(float32[:, ::1], int64[::1], uint64[::1], int64[::1], int64[::1], float32[:, ::1], uint32[:, ::1])")
def sketch_articles(
    vectors: Any, region_bounds: Any, found: Any, term_bounds: Any, place_weights: Any, gists: Any, terms: Any
) -> None:
    """Each article's gist, in whole steps, and its telling terms; ``found`` are its terms, which are overwritten."""
    size, most = vectors.shape[1], terms.shape[1]
    sums = np.empty(size, np.int64)
    for article in range(len(region_bounds) - 1):
        first, last = region_bounds[article], region_bounds[article + 1]
        for column in range(size):
            sums[column] = 0
        for region in range(first, last):
            weight = place_weights[region - first]
            for column in range(size):
                sums[column] += weight * np.int64(vectors[region, column] * np.float32(UNIT))
        square = np.int64(0)
        for column in range(size):
            square += sums[column] * sums[column]
        length = max(np.sqrt(np.float64(square)), 1.0)
        for column in range(size):
            gists[article, column] = np.rint(sums[column] / length * UNIT)
        begin, end = term_bounds[article], term_bounds[article + 1]
        distinct = at = begin
        while at < end:
            code, total_weight = found[at] >> np.uint64(32), np.uint64(0)
            while at < end and found[at] >> np.uint64(32) == code:
                total_weight += np.uint64(65535) - (found[at] & np.uint64(0xFFFF))
                at += 1
            found[distinct] = ((np.uint64(0xFFFFFFFF) - total_weight) << np.uint64(32)) | code
            distinct += 1
        sort_codes(found, begin, distinct)
        kept = min(most, distinct - begin)
        for at in range(begin, begin + kept):
            found[at] &= np.uint64(0xFFFFFFFF)
        sort_codes(found, begin, begin + kept)
        for at in range(most):
            terms[article, at] = found[begin + at - most + kept] if at >= most - kept else 0


@compiled("float32(float32[::1], float32[::1])", any_order=True, within=True)
def product(a: Any, b: Any) -> Any:
    """The product of two rows of steps: exact, in whatever order it is added up."""
    total = np.float32(0)
    for column in range(len(a)):
        total += a[column] * b[column]
    return total


@compiled("UniTuple(float64, 2)(float32[::1], float32[::1], boolean[::1], int64, int64)", within=True)
def told_again(best: Any, sizes: Any, quoted: Any, first: int, count: int) -> Any:
    """The score of ``retellings.densest_block``, and ``retellings.close_share``."""
    score, total = 0.0, 0.0
    own, close = np.float32(0), np.float32(0)
    for row in range(1, count):
        if total <= 0:
            total = 0.0
        if not quoted[first + row]:
            size = sizes[first + row]
            gain = (best[row] - np.float32(LEVEL)) * min(size, np.float32(LONGEST)) / np.float32(100)
            total += np.float64(gain)
            own += size
            if best[row] >= np.float32(CLOSE):
                close += size
        score = max(score, total)
    return score, np.float64(close) / np.float64(own) if own > 0 else 0.0


@compiled(
    "void(float32[:, ::1], int64[::1], float32[::1], boolean[::1], float32[::1], uint64[::1], int64[::1], "
    "int64[:, ::1], float64[:, ::1])"
)
def weigh_pairs(
    vectors: Any,
    bounds: Any,
    sizes: Any,
    quoted: Any,
    totals: Any,
    terms: Any,
    term_bounds: Any,
    pairs: Any,
    out: Any,
) -> None:
    """Of each pair of articles the score of the densest block, the share closely told, and how far the openings tell
    the same news: what ``telling_evidence`` makes its reasons of."""
    longest = 0
    for article in range(len(bounds) - 1):
        longest = max(longest, bounds[article + 1] - bounds[article])
    shared = np.empty(longest * longest, np.float32)
    best_a, best_b = np.empty(longest, np.float32), np.empty(longest, np.float32)
    low = np.uint64(0xFFFF)
    for pair in range(len(pairs)):
        a, b = pairs[pair, 0], pairs[pair, 1]
        first_a, first_b = bounds[a], bounds[b]
        rows, columns = bounds[a + 1] - first_a, bounds[b + 1] - first_b
        for place in range(rows * columns):
            shared[place] = 0
        at, end = term_bounds[a], term_bounds[a + 1]
        other, other_end = term_bounds[b], term_bounds[b + 1]
        while at < end and other < other_end:
            code, other_code = terms[at] >> np.uint64(32), terms[other] >> np.uint64(32)
            if code < other_code:
                at += 1
            elif other_code < code:
                other += 1
            else:
                until = other
                while until < other_end and terms[until] >> np.uint64(32) == code:
                    until += 1
                while at < end and terms[at] >> np.uint64(32) == code:
                    weight = np.float32(np.uint64(65535) - (terms[at] & low)) / np.float32(1024)
                    row = np.int64((terms[at] >> np.uint64(16)) & low)
                    for place in range(other, until):
                        column = np.int64((terms[place] >> np.uint64(16)) & low)
                        shared[row * columns + column] += weight
                    at += 1
                other = until
        for place in range(rows):
            best_a[place] = 0
        for place in range(columns):
            best_b[place] = 0
        news = np.float32(0)
        for row in range(rows):  # type: ignore[assignment]
            for column in range(columns):  # type: ignore[assignment]
                cosine = product(vectors[first_a + row], vectors[first_b + column])
                overlap = np.float64(shared[row * columns + column])
                if overlap > 0:
                    both = np.float64(totals[first_a + row]) * np.float64(totals[first_b + column])
                    overlap = overlap / (np.sqrt(both) + EMPTY_WEIGHT)
                alike = np.float32((np.float64(cosine) + overlap) / 2)
                if (row < 2 and column < 4) or (row < 4 and column < 2):
                    news = max(news, alike)
                if column > 0 and not quoted[first_b + column]:
                    best_a[row] = max(best_a[row], alike)
                if row > 0 and not quoted[first_a + row]:
                    best_b[column] = max(best_b[column], alike)
        score_a, share_a = told_again(best_a, sizes, quoted, first_a, rows)
        score_b, share_b = told_again(best_b, sizes, quoted, first_b, columns)
        out[pair, 0], out[pair, 1], out[pair, 2] = max(score_a, score_b), max(share_a, share_b), np.float64(news)
