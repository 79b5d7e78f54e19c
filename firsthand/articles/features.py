"""What a block looks like: a row of numbers for each block, from its words, its place and its neighbours.

In: the blocks of one page, the words of its title. Out: ``float32[n, f]`` with ``f == len(NAMES)``. Everything is
computed over one array of the page's characters at once (:mod:`characters`), never block by block. Nothing here depends
on a language except the ``score``, whose weights are learnt (hashed words, Weinberger et al. 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from . import characters as ch
from .blocks import Block

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
Hashes = NDArray[np.uint32]
Flags = NDArray[np.bool_]

HASHES = 1 << 14
"""Weights of the word model; 16,384 numbers, two weights to a word seen in training at most."""
READ = 800
"""Characters of a block that are looked at; of a longer one the beginning and the last :data:`TAIL`."""
TAIL = 40
READ_PAGE = 2_000_000
"""Characters of a page from which less is looked at of each block: 200 of each where there are 10,000 of them."""
BINS = 14
"""Bits of the table in which a page's words are looked up."""

OWN = (
    "size", "words", "stops", "ends", "colon", "cut", "commas", "upper", "lower_first", "digits", "shout", "short",
    "bullet", "indent", "gap", "gap_after", "quote", "bars", "link", "rights", "date", "clock", "again", "wide",
    "title", "cohesion", "score", "brackets", "question", "word_length", "inner_dots", "marks", "quotes", "begins",
    "titled",
)  # fmt: skip
AROUND = ("size", "ends", "score", "gap", "bullet", "again", "cohesion", "upper")
_REACHES = np.array([[4], [10], [25]])
SHIFTS = (-3, -2, -1, 1, 2, 3)
PLACE = (
    "at_line", "at_char", "lines", "long_lines", "long_share", "gaps", "after_first", "before_last", "since_title",
    "near_4", "near_10", "near_25", "peak_before", "peak_after", "score_4", "score_10",
)  # fmt: skip
NAMES: tuple[str, ...] = (*OWN, *(f"{name}[{shift:+d}]" for shift in SHIFTS for name in AROUND), *PLACE)
LONG = 80
"""Characters from which a line that ends like a sentence counts as prose ("keep lines of 80 characters" is the
simplest extractor that works: F1 .805 on flattened news)."""

_COL = {name: i for i, name in enumerate(OWN)}
_AROUND = [_COL[name] for name in AROUND]
_KINDS = np.zeros(24, dtype=np.uint8)
_KINDS[[ch.LOWER, ch.UPPER, ch.PLAIN, ch.HANGUL]] = 1
_KINDS[ch.DIGIT] = 2
_KINDS[[ch.DENSE, ch.WIDE]] = 3
_AFTER_STOP = ch.flags(ch.SPACE, ch.LINE, ch.QUOTE, ch.CLOSE)
_LETTERS = ch.flags(ch.LOWER, ch.UPPER, ch.PLAIN, ch.HANGUL)
_TRAILING = ch.flags(ch.SPACE, ch.QUOTE, ch.CLOSE)
_STOPS = ch.flags(ch.STOP, ch.WIDE_STOP)
_QUOTES = ch.flags(ch.QUOTE, ch.OPENING)
_FIRST = (
    (ch.LOWER, ch.UPPER, ch.PLAIN, ch.HANGUL, ch.DENSE, ch.WIDE), ch.DIGIT, (ch.HANGUL, ch.WIDE), ch.COMMA, ch.BAR,
)  # fmt: skip
_SECOND = ((ch.OPEN, ch.CLOSE), ch.ADDRESS, ch.RIGHTS, (ch.QUOTE, ch.OPENING), ch.SLASH)
_FIELDS = np.arange(0, 64, 16, dtype=np.uint64)[:, None]
_LOW_BITS = (
    (np.arange(256, dtype=np.uint64)[:, None] >> np.arange(4, dtype=np.uint64) & np.uint64(1)) << _FIELDS.T
).sum(1)
_HIGH_BITS = _LOW_BITS.take(np.arange(256) >> 4)
_ZERO = np.zeros(1, dtype=np.intp)
_BASE, _PAIR, _HEAD, _END = (np.uint32(n) for n in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F))


@cache
def _powers() -> Hashes:
    """Powers of the base of the polynomial word hash, modulo 2**32, for a place in a word (or a line)."""
    return np.cumprod(np.full(2 * READ + 2, _BASE, dtype=np.uint32), dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some lines, in order: a run of letters (with their marks), a run of digits, or one wide character.
    ``hashes``, ``first`` (a word's first unit in ``codes``) and ``length`` are per word, ``counts`` and ``starts`` (the
    index of its first word) per line."""

    codes: NDArray[np.uint16]
    kinds: Ints
    lines: Ints
    hashes: Hashes
    first: Ints
    length: Ints
    counts: Ints
    starts: Ints

    def line_of(self) -> Ints:
        """The line of each word."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def tally(self, *flags: Flags) -> Floats:
        """How many words of each line have each of up to 8 flags (one a word), ``float32[flags, lines]``."""
        bits = flags[0].view(np.uint8)
        for k, flag in enumerate(flags[1:], 1):
            bits = bits | (flag.view(np.uint8) << np.uint8(k))
        full = np.flatnonzero(self.counts)
        out = np.zeros((8, len(self.counts)), dtype=np.float32)
        if len(full):
            at = self.starts.take(full)
            for half, table in ((0, _LOW_BITS), (4, _HIGH_BITS)):
                sums = np.add.reduceat(table.take(bits), at)
                out[half : half + 4, full] = (sums >> _FIELDS) & np.uint64(0xFFFF)
        return out[: len(flags)]


def read_words(texts: Sequence[str]) -> Words:
    """The words of lines of text, none of which holds a line feed."""
    sizes = [*map(len, texts)]
    most = READ if sum(sizes) <= READ_PAGE else max(2 * TAIL, min(READ, READ_PAGE // len(sizes)))
    if max(sizes) > most:
        texts = [t if len(t) <= most else t[: most - TAIL] + t[-TAIL:] for t in texts]
    codes = ch.units("\n".join(texts) + "\n")
    at = codes.astype(np.intp)
    kinds = ch.class_table().take(at)
    ends = np.flatnonzero(codes == 10)
    lines = np.concatenate([_ZERO, ends + 1])
    runs = _KINDS.take(kinds)
    if (runs == 3).any():
        runs = np.where(runs == 3, 3 + (np.arange(len(runs)) & 1), runs)
    edges = np.concatenate([_ZERO, np.flatnonzero(runs[1:] != runs[:-1]) + 1, [len(runs)]])
    bounds, sizes = edges[:-1], edges[1:] - edges[:-1]
    begun = np.zeros(len(runs), dtype=np.intp)
    begun[bounds] = bounds
    places = np.arange(len(runs)) - np.maximum.accumulate(begun)
    terms = ch.lower_table().take(at) * _powers().take(places, mode="clip")
    hashes = np.add.reduceat(terms, bounds, dtype=np.uint32)
    words = np.flatnonzero(runs.take(bounds))
    first = bounds.take(words)
    starts = np.searchsorted(first, lines)
    hashes, counts = _mixed(hashes.take(words)), starts[1:] - starts[:-1]
    return Words(codes, kinds, lines, hashes, first, sizes.take(words), counts, starts[:-1])


def _mixed(hashes: Hashes) -> Hashes:
    """The hashes with every bit depending on every other (the finisher of MurmurHash3)."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * _PAIR
    hashes = (hashes ^ (hashes >> np.uint32(13))) * _HEAD
    return np.asarray(hashes ^ (hashes >> np.uint32(16)))


def word_bins(words: Words) -> tuple[Ints, Ints]:
    """The bins in ``[0, HASHES)`` of every word, every pair of neighbours in a line, and the first and last word of
    each line as such; and the line of each bin."""
    line = words.line_of()
    shift = np.uint32(32 - HASHES.bit_length() + 1)
    full = np.flatnonzero(words.counts)
    heads, tails = words.starts.take(full), words.starts.take(full) + words.counts.take(full) - 1
    h = words.hashes
    pairs = np.flatnonzero(line[1:] == line[:-1])
    many = (h, h.take(pairs) * _PAIR + h.take(pairs + 1) * _BASE, h.take(heads) * _HEAD, h.take(tails) * _END)
    return (np.concatenate(many) >> shift).astype(np.intp), np.concatenate([line, line.take(pairs), full, full])


@dataclass(frozen=True, slots=True)
class Look:
    """A page's features before the word model has spoken: ``own`` ``float32[len(OWN), n]`` with an empty ``score``,
    which lines are ``prose``, the bins of the word model with their lines, and the longer words (``topics``: numbers
    below ``1 << BINS``) with theirs."""

    own: Floats
    prose: Flags
    bins: Ints
    bin_lines: Ints
    topics: Ints
    topic_lines: Ints

    def rows(self, weights: Floats, extra: Floats | None = None) -> Floats:
        """The features of every block, ``float32[n, len(NAMES) + k]``, in memory one feature after the other."""
        own, n = self.own, self.own.shape[1]
        width = 0 if extra is None else extra.shape[1]
        table = np.empty((len(NAMES) + width, n), dtype=np.float32)
        table[: len(OWN)] = own
        sums = np.bincount(self.bin_lines, weights.take(self.bins), minlength=n)
        table[_COL["score"]] = sums / np.sqrt(np.maximum(1, np.bincount(self.bin_lines, minlength=n)))
        reach = SHIFTS[-1]
        around = np.full((len(AROUND), n + 2 * reach), -1.0, dtype=np.float32)  # -1 where the page ends
        around[:, reach : reach + n] = table[_AROUND]
        at = len(OWN)
        for by in SHIFTS:
            table[at : at + len(AROUND)] = around[:, reach + by : reach + by + n]
            at += len(AROUND)
        table[at : at + len(PLACE)] = _place(table[: len(OWN)], self.prose)
        if extra is not None:
            table[len(NAMES) :] = extra.T
        return table.T


def measure(blocks: Sequence[Block], title: str, weights: Floats, extra: Floats | None = None) -> Floats:
    """The features of every block of one page, ``float32[len(blocks), len(NAMES) + k]``; ``extra``, ``float32[n, k]``,
    are the columns that only the page's markup can tell, and stand last."""
    return look(blocks, title).rows(weights, extra)


def look(blocks: Sequence[Block], title: str) -> Look:
    """What the blocks of a page look like, all but what the word model says."""
    n = len(blocks)
    texts = [b.text for b in blocks]
    words = read_words([*texts, " ".join(title[:READ].split())])  # the title is read as a last line
    if len(words.counts) != n + 1:
        words = read_words([*(t.replace("\n", " ") for t in texts), ""])
    own = np.zeros((len(OWN), n + 1), dtype=np.float32)
    lengths = np.array([*map(len, texts), 0], dtype=np.float32)
    _characters(own, words, lengths)
    prose = (own[_COL["size"]] >= np.log1p(LONG)) & (own[_COL["ends"]] > 0)
    prose[-1] = False
    ids, long = _vocabulary(own, words, prose)
    own = own[:, :n]
    gaps = np.array([b.gap for b in blocks] + [1], dtype=np.float32)
    own[_COL["gap"]], own[_COL["gap_after"]] = np.minimum(gaps[:-1], 4), np.minimum(gaps[1:], 4)
    own[_COL["bullet"]] = [b.bullet for b in blocks]
    own[_COL["indent"]] = [b.indent for b in blocks]
    bins, lines = word_bins(words)
    inside = lines < n
    topics = np.flatnonzero(long[: words.starts[-1]])
    return Look(own, prose[:n], bins[inside], lines[inside], ids.take(topics), words.line_of().take(topics))


def _characters(own: Floats, words: Words, lengths: Floats) -> None:
    """What the characters of each line tell; the last line is the title."""
    kinds, begin = words.kinds, words.lines[:-1]
    last = np.maximum(words.lines[1:] - 2, begin)
    read = np.maximum(1.0, (words.lines[1:] - 1 - begin).astype(np.float32))
    letters, digits, wide, commas, bars = ch.counted(_FIRST, kinds, begin)
    brackets, address, rights, quotes, slashes = ch.counted(_SECOND, kinds, begin)
    count = np.maximum(1.0, words.counts.astype(np.float32) - 0.5 * wide)
    put = own.__setitem__
    put(_COL["size"], np.log1p(np.maximum(lengths, read) + 1.5 * wide))
    put(_COL["words"], np.log1p(count))
    put(_COL["commas"], commas / count)
    put(_COL["digits"], digits / np.maximum(1.0, letters + digits))
    put(_COL["bars"], bars + 0.25 * slashes)
    put(_COL["brackets"], brackets)
    put(_COL["rights"], rights)
    put(_COL["quotes"], quotes)
    put(_COL["wide"], wide / read)
    put(_COL["word_length"], letters / count)
    put(_COL["marks"], 1.0 - (letters + digits) / read)
    final, code = kinds.take(last), words.codes.take(last)
    put(_COL["colon"], final == ch.COLON)
    put(_COL["cut"], (final == ch.ELLIPSIS) | ((code == 46) & (words.codes.take(np.maximum(last - 1, 0)) == 46)))
    put(_COL["question"], (code == 63) | (code == 0xFF1F) | (code == 0x61F))
    for _ in range(3):
        last = last - (_TRAILING.take(kinds.take(last)) & (last > begin))
    put(_COL["ends"], _STOPS.take(kinds.take(last)))
    head = kinds.take(begin)
    put(_COL["lower_first"], head == ch.LOWER)
    put(_COL["quote"], _QUOTES.take(head))
    _stops(own, words, address)


def _stops(own: Floats, words: Words, address: Floats) -> None:
    """Full stops that end a sentence, stops inside words (addresses, initials), and the marks of a web address."""
    kinds, n = words.kinds, len(words.counts)
    stops = np.flatnonzero(_STOPS.take(kinds) | (kinds == ch.COLON))
    line = np.searchsorted(words.lines, stops, side="right") - 1
    here, following = kinds.take(stops), kinds.take(stops + 1)
    ending = (here == ch.WIDE_STOP) | ((here == ch.STOP) & _AFTER_STOP.take(following))
    inner = (here == ch.STOP) & _LETTERS.take(following) & _LETTERS.take(kinds.take(np.maximum(stops - 1, 0)))
    web = (here == ch.COLON) & (following == ch.SLASH)
    own[_COL["stops"]] = np.bincount(line, ending, n)
    own[_COL["inner_dots"]] = np.bincount(line, inner, n)
    own[_COL["link"]] = address + np.bincount(line, web, n)


def _vocabulary(own: Floats, words: Words, prose: Flags) -> tuple[Ints, Flags]:
    """What the words of each line tell, by themselves and beside the page's other lines. Returns for each word its
    number below ``1 << BINS`` and whether it is one of the longer ones."""
    n, line = len(words.counts), words.line_of()
    first = words.kinds.take(words.first)
    final = words.kinds.take(words.first + words.length - 1)
    capital, long = first == ch.UPPER, (words.length >= 4) | (first >= ch.DENSE)
    long &= first != ch.DIGIT
    ids = (words.hashes >> np.uint32(32 - BINS)).astype(np.intp)
    wanted = np.zeros(1 << BINS, dtype=np.bool_)
    wanted[ids[words.starts[-1] :]] = True
    hit = wanted.take(ids)
    sums = words.tally(
        capital, capital & (final == ch.UPPER) & (words.length > 1), (words.length <= 3) & (first == ch.LOWER),
        hit, long, _elsewhere(ids, line, long, prose), long & hit,
    )  # fmt: skip
    count = np.maximum(1.0, words.counts.astype(np.float32))
    own[_COL["upper"]], own[_COL["shout"]], own[_COL["short"]] = sums[0] / count, sums[1] / count, sums[2] / count
    titled = float(words.counts[-1])
    likeness = sums[3] / np.maximum(1.0, words.counts + titled - sums[3])
    own[_COL["title"]] = np.where(words.counts <= 2 * titled + 4, likeness, 0.0)
    own[_COL["cohesion"]] = sums[5] / np.maximum(1.0, sums[4])
    place = np.arange(len(line)) - np.repeat(words.starts, words.counts)
    terms = words.hashes * _powers().take(place, mode="clip")
    own[_COL["again"]] = np.minimum(_repeats(words, terms, n), 6)
    own[_COL["begins"]] = np.minimum(_repeats(words, terms * (place < 3), n), 6)
    own[_COL["titled"]] = sums[6] / np.maximum(1.0, sums[6, -1])
    _numbers(own, words, line)
    return ids, long


def _elsewhere(ids: Ints, line: Ints, long: Flags, prose: Flags) -> Flags:
    """Which of the long words stand in a line of prose other than their own (up to a collision of bins)."""
    at = np.flatnonzero(long)
    mine, word = line.take(at), ids.take(at)
    told = np.flatnonzero(prose.take(mine))
    lines, words = mine.take(told), word.take(told)
    seen = np.full((2, 1 << BINS), -1, dtype=np.int32)
    seen[0, words[::-1]] = lines[::-1]
    seen[1, words] = lines
    low, high = seen.take(word, axis=1)
    out = np.zeros(len(ids), dtype=np.bool_)
    out[at] = (low >= 0) & ((low != mine) | (high != mine))
    return out


def _repeats(words: Words, terms: Hashes, n: int) -> Ints:
    """How many lines of the page have each line's words (the title, the last line, left out)."""
    keys = np.zeros(n, dtype=np.uint32)
    full = np.flatnonzero(words.counts)
    if len(full):
        keys[full] = np.add.reduceat(terms, words.starts[full], dtype=np.uint32)
    ranks = np.sort(keys[:-1])
    return np.asarray(np.searchsorted(ranks, keys, side="right") - np.searchsorted(ranks, keys))


def _numbers(own: Floats, words: Words, line: Ints) -> None:
    """Years, dates in digits and clock times."""
    digits = np.flatnonzero(words.kinds.take(words.first) == ch.DIGIT)
    if not len(digits):
        return
    start, size = words.first.take(digits), words.length.take(digits)
    codes = words.codes
    lead, second, after = codes.take(start), codes.take(start + 1), codes.take(start + size)
    year = (size == 4) & (((lead == 49) & (second == 57)) | ((lead == 50) & (second == 48)))
    joined = np.zeros(len(digits), dtype=np.bool_)
    joined[:-1] = start[1:] == (start + size + 1)[:-1]
    parted = joined & ((after == 46) | (after == 47) | (after == 45))
    dated = parted[:-1] & parted[1:]
    next_size = np.append(size[1:], 0)
    clock = joined & (size <= 2) & (next_size == 2) & ((after == 58) | (after == 46))
    own[_COL["date"], line[digits[year]]] = 1.0
    own[_COL["date"], line[digits[:-1][dated]]] = 1.0
    own[_COL["clock"], line[digits[clock]]] = 1.0


def _place(own: Floats, prose: Flags) -> Floats:
    """Where each block stands among the page's prose, ``float32[len(PLACE), n]``."""
    n = own.shape[1]
    at = np.arange(n)
    chars = np.expm1(own[_COL["size"]])
    mass = np.where(prose, chars, np.float32(0.0))
    values = np.stack([mass, own[_COL["score"]]])
    total = np.zeros((2, n + 1), dtype=np.float64)
    np.cumsum(values, axis=1, out=total[:, 1:])
    long = np.flatnonzero(prose)
    first, last = (int(long[0]), int(long[-1])) if len(long) else (0, n - 1)
    upto = np.cumsum(chars, dtype=np.float64)
    whole = max(1.0, float(upto[-1]))
    out = np.empty((len(PLACE), n), dtype=np.float32)
    out[0], out[1], out[2] = at / max(1, n - 1), upto / whole, np.log1p(n)
    out[3], out[4], out[5] = len(long), total[0, -1] / whole, np.count_nonzero(own[_COL["gap"]]) / n
    out[6], out[7] = at - first, last - at
    np.minimum(50, np.maximum(-50, out[6:8]), out=out[6:8])
    out[8] = _since(np.flatnonzero(own[_COL["title"]] >= 0.6), n)
    low, high = np.maximum(0, at - _REACHES), np.minimum(n, at + _REACHES + 1)
    sums = total.take(high, axis=1) - total.take(low, axis=1)  # [2, reaches, n], the block itself included
    out[9:12] = sums[0] - mass
    out[12], out[13] = np.maximum.accumulate(mass), np.maximum.accumulate(mass[::-1])[::-1]
    np.log1p(np.maximum(out[9:14], 0.0), out=out[9:14])
    out[14:16] = sums[1, :2] - values[1]
    return out


def _since(titles: Ints, n: int) -> Floats:
    """For each block the lines since the last line that is the title (at most 60); -1 before any, -2 where the page
    has none."""
    if not len(titles):
        return np.full(n, -2.0, dtype=np.float32)
    at = np.arange(n)
    last = np.searchsorted(titles, at, side="right") - 1
    return np.where(last < 0, -1.0, np.minimum(60, at - titles[np.maximum(last, 0)])).astype(np.float32)
