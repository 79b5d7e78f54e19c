"""The wording of a large collection: fingerprints, the join, and passages, over arrays and by compiled functions.

Texts are read in batches, an outlet's together, so that what an outlet repeats is set aside before fingerprints are
taken. What is kept of a text is its postings (8 bytes a fingerprint, under 1 KB a page) and a bit a word (repeated or
not); a text that meets another is read again for the passages, which is cheaper than keeping its words. Postings lie
in partitions by hash: each is sorted and joined by itself, so the work grows with the pages, and memory with the
postings.

The answers are those of ``few``, but for chance: hashes of 40 bits meet here, there of 64.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..options import CopyOptions
from . import compiled_passages as aligned
from . import compiled_postings as packing
from . import compiled_quotations as quoting
from . import compiled_repeats as repeats
from . import compiled_words as machine
from .aligned import shared_by
from .compiled_texts import encoded
from .compiling import Scratch
from .few import SharedRuns
from .fingerprints import SHINGLE, Pairs
from .passages import MOST_REPEATS, SEED
from .postings import BITS, Postings
from .quoted import quoted_spans
from .repeated import FEW, LIKE, MOST, NEARLY, PAGES, by_outlet
from .tables import Lines, Table, Words
from .texts import some_of
from .wording import Codes, Flags, Places, Wording, folding, within

BATCH = 3_000_000
"""Characters that are read at a time (with all arrays some 50 MB)."""
PAIRS = 1000
"""Pairs that are aligned at a time."""
HELD = 100_000_000
"""Characters of one outlet whose words are held while its pages are compared (some 140 MB)."""
RUNS = 100_000
COUNTERS = 1 << 26
"""Most buckets in which an outlet's runs of words are counted."""

_MARKS = (
    ("“„«", quoting.OPENS),
    ("”»", quoting.CLOSES),
    ('"', quoting.STRAIGHT),
    ("'`", quoting.TWICE),
    ("\n", quoting.LINE),
)


@cache
def _tables() -> tuple[Codes, Flags, NDArray[np.uint8]]:
    """By character: its folded form, whether it is a word by itself, and its class for quotations."""
    folded, alone = folding()
    classes = np.zeros(len(folded), dtype=np.uint8)
    for point in range(len(classes)):
        if chr(point).isspace():
            classes[point] = quoting.SPACE
    for marks, kind in _MARKS:
        for mark in marks:
            classes[ord(mark)] = kind
    return folded, alone, classes


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """The words of some texts, until the next batch is read into the same arrays."""

    scratch: Scratch
    data: NDArray[np.uint8]
    bounds: Places
    codes: Codes
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    bytes_at: NDArray[np.int32]
    word_bounds: Places

    @classmethod
    def read(cls, texts: Sequence[str], scratch: Scratch, placed: bool) -> _Batch:
        """Reads texts; where their words stand only if ``placed``."""
        data, bounds = encoded(texts, scratch)
        size = int(bounds[-1]) // 2 + len(texts) + 1
        codes = scratch.take("codes", size, np.uint64)
        starts = scratch.take("starts", size if placed else 0, np.int32)
        ends = scratch.take("ends", size if placed else 0, np.int32)
        bytes_at = scratch.take("bytes", size if placed else 0, np.int32)
        word_bounds = np.zeros(len(texts) + 1, dtype=np.int64)
        folded, alone, _ = _tables()
        machine.tokenise(data, bounds, folded, alone, codes, starts, ends, bytes_at, word_bounds)
        count = int(word_bounds[-1])
        return cls(scratch, data, bounds, codes[:count], starts[:count], ends[:count], bytes_at[:count], word_bounds)

    def seeds(self) -> Codes:
        """Of the run of ``SEED`` words that starts at each word."""
        seeds = self.scratch.take("seeds", len(self.codes), np.uint64)
        machine.run_hashes(self.codes, seeds, self.codes[:0])
        return seeds

    def hashes(self) -> tuple[Codes, Codes]:
        """Of the runs of ``SEED`` and of ``SHINGLE`` words that start at each word."""
        seeds = self.scratch.take("seeds", len(self.codes), np.uint64)
        shingles = self.scratch.take("shingles", len(self.codes), np.uint64)
        machine.run_hashes(self.codes, seeds, shingles)
        return seeds, shingles

    def places(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Room for a place and a text's number for each word, and one more."""
        size = len(self.codes) + 1
        return self.scratch.take("places", size, np.int32), self.scratch.take("texts", size, np.int32)

    def quoted(self, texts: Sequence[str]) -> tuple[Flags, Lines]:
        """Which words stand in quotation marks or are set off as somebody's; and the lines of the texts."""
        quoted, doubtful = np.zeros(len(self.codes), dtype=np.bool_), np.zeros(len(texts), dtype=np.bool_)
        given = (self.data, self.bounds, _tables()[2], self.starts, self.word_bounds, quoted, doubtful)
        room = len(self.data) // 16 + len(texts)
        while True:
            places, kinds = self.scratch.take("lines", room, np.int32), self.scratch.take("kinds", room, np.uint8)
            brings = self.scratch.take("brings", 2 * room, np.int32).reshape(-1, 2)
            lines = Lines(places, kinds, np.zeros_like(self.bounds), brings, np.zeros_like(self.bounds))
            if quoting.quotations(*given, places, kinds, lines.bounds, brings, lines.bring_bounds):
                break
            room *= 4
        for text in np.flatnonzero(doubtful).tolist():
            own = slice(int(self.word_bounds[text]), int(self.word_bounds[text + 1]))
            quoted[own] = within(self.starts[own], quoted_spans(texts[text]))
        return quoted, lines


class ManyTexts:
    """The texts of a collection, and which of them share words."""

    def __init__(
        self,
        texts: Sequence[str],
        outlets: Sequence[str | None],
        postings_memory: int = 1000,
        posting: bool = True,
        sizes: Sequence[int] | None = None,
    ) -> None:
        """``posting`` False: only what outlets repeat is found. ``sizes``: the texts' characters, if known."""
        self._texts = texts
        self._lengths = list(map(len, texts)) if sizes is None else sizes
        self._posting = posting
        self._postings = Postings(postings_memory * 1_000_000)
        self._flags: list[NDArray[np.uint8]] = []
        self._places = np.zeros(len(texts), dtype=np.int64)
        self._sizes = np.zeros(len(texts), dtype=np.int64)
        self._bits = 0
        scratch = Scratch()
        together: list[list[int]] = []
        size = 0
        for pages in by_outlet(outlets):
            characters = sum([self._lengths[page] for page in pages])
            if characters + size > BATCH and together:
                self._read_groups(together, scratch)
                together, size = [], 0
            if characters > BATCH:
                self._read_large_group(pages, characters, scratch)
                continue
            together.append(pages)
            size += characters
        if together:
            self._read_groups(together, scratch)
        self._repeated = np.concatenate([*self._flags, np.zeros(1, np.uint8)])
        self._flags = []

    @classmethod
    def marked(cls, texts: Sequence[str], repeated: NDArray[np.uint8], places: Places) -> ManyTexts:
        """Texts of which it is known which words their outlets repeat: each text's bits from ``places`` [texts] on.
        They have no postings."""
        made = cls([], [])
        made._texts, made._repeated, made._places = texts, repeated, places
        made._lengths = list(map(len, texts))
        return made

    def posted(self, postings_memory: int) -> Postings:
        """The postings of marked texts."""
        self._postings = Postings(postings_memory * 1_000_000)
        scratch = Scratch()
        for pages in _portions(self._lengths, range(len(self._texts))):
            batch = self._batch(pages, scratch)
            repeated = np.zeros(len(batch.codes), dtype=np.bool_)
            machine.unpack_flags(self._repeated, self._places[pages], batch.word_bounds, repeated)
            self._post(pages, batch, batch.hashes()[1], repeated)
        return self._postings

    @property
    def postings(self) -> Postings:
        """The postings, by the numbers of the texts."""
        return self._postings

    def repeated_bits(self) -> tuple[NDArray[np.uint8], Places]:
        """Which words of each text its outlet repeats: bits, a text's in whole bytes from ``ends[text]`` to
        ``ends[text + 1]``, in no bytes where it repeats none."""
        bits = np.zeros(int(((self._sizes + 7) // 8).sum()), dtype=np.uint8)
        ends = np.zeros(len(self._sizes) + 1, dtype=np.int64)
        count = packing.pack_by_text(self._repeated, self._places, self._sizes, bits, ends)
        return bits[:count], ends

    def _read_groups(self, groups: list[list[int]], scratch: Scratch) -> None:
        """Reads the pages of small outlets in one batch."""
        pages = [page for group in groups for page in group]
        batch = self._batch(pages, scratch)
        seeds, shingles = self._hashes(batch)
        repeated = scratch.take("repeated", len(batch.codes), np.bool_)
        repeated[:] = False
        bounds = np.cumsum([0, *map(len, groups)])
        words = int(np.diff(batch.word_bounds[bounds]).max())
        counters = scratch.take("counters", _buckets(words), np.uint8)
        places, texts = batch.places()
        repeats.mark_groups(
            seeds, batch.word_bounds, bounds, SEED, PAGES, MOST, FEW, NEARLY, LIKE, counters, places, texts, repeated
        )
        self._keep(pages, batch, shingles, repeated)

    def _read_large_group(self, pages: list[int], characters: int, scratch: Scratch) -> None:
        """Reads the pages of one outlet, or a page of none that is known, in several batches; if memory does not hold
        their words, each three times."""
        parts = list(_portions(self._lengths, pages))
        held: dict[int, _Batch] = {}

        def read(number: int) -> _Batch:
            if number in held:
                return held[number]
            batch = self._batch(parts[number], scratch)
            if repeating and characters <= HELD:
                held[number] = replace(batch, data=batch.data[:0].copy(), codes=batch.codes.copy())
            return batch

        counters = np.zeros(_buckets(characters // 6), dtype=np.uint8)
        kinds = np.uint64, np.int64, np.int32, np.uint64
        table = tuple(np.zeros(1024, kind) for kind in kinds)
        repeating = len(pages) >= PAGES
        for number, part in enumerate(parts if repeating else ()):
            batch = read(number)
            repeats.count_runs(batch.seeds(), batch.word_bounds, 0, len(part), SEED, counters)
        before = 0
        for number, part in enumerate(parts if repeating else ()):
            batch = read(number)
            seeds, (places, texts) = batch.seeds(), batch.places()
            count = repeats.frequent_runs(seeds, batch.word_bounds, 0, len(part), SEED, counters, PAGES, places, texts)
            table = repeats.tally(seeds, places, texts, count, before, *table)
            before += len(part)
        before = 0
        for number, part in enumerate(parts):
            batch = read(number)
            seeds, shingles = self._hashes(batch)
            repeated = np.zeros(len(batch.codes), dtype=np.bool_)
            if repeating:
                of, (places, texts) = batch.word_bounds, batch.places()
                count = repeats.frequent_runs(seeds, of, 0, len(part), SEED, counters, PAGES, places, texts)
                keys, _, often, sets = table
                known = (before, keys, often, sets, PAGES, MOST, FEW, NEARLY, LIKE)
                repeats.mark_runs(seeds, of, SEED, places, texts, count, *known, repeated)
                before += len(part)
            self._keep(part, batch, shingles, repeated)

    def _batch(self, pages: Iterable[int], scratch: Scratch) -> _Batch:
        return _Batch.read(some_of(self._texts, pages), scratch, False)

    def _hashes(self, batch: _Batch) -> tuple[Codes, Codes]:
        """Of the runs of words that are compared and, for postings, of those that are winnowed."""
        return batch.hashes() if self._posting else (batch.seeds(), np.zeros(0, np.uint64))

    def _keep(self, pages: list[int], batch: _Batch, shingles: Codes, repeated: Flags) -> None:
        """Keeps which of a batch's words are repeated, and its postings."""
        if self._posting:
            self._post(pages, batch, shingles, repeated)
        numbers = np.array(pages, dtype=np.int64)
        self._places[numbers] = self._bits + batch.word_bounds[:-1]
        self._sizes[numbers] = np.diff(batch.word_bounds)
        packed = np.packbits(repeated)
        self._flags.append(packed)
        self._bits += 8 * len(packed)

    def _post(self, pages: list[int], batch: _Batch, shingles: Codes, repeated: Flags) -> None:
        """Keeps a batch's postings."""
        keys = batch.scratch.take("keys", len(shingles), np.uint64)
        sizes = np.zeros(1 << BITS, dtype=np.int64)
        numbers = np.array(pages, dtype=np.int64)
        found = batch.scratch.take("found", len(shingles) + 1, np.uint64)
        owners = batch.scratch.take("owners", len(shingles) + 1, np.uint32)
        count = machine.winnow_texts(
            shingles, batch.word_bounds, repeated, numbers, SHINGLE, BITS, found, owners, keys, sizes
        )
        self._postings.add(keys[:count], sizes)

    def postings_bytes(self) -> int:
        """What the postings take."""
        return self._postings.nbytes

    def sharing_pairs(self, options: CopyOptions, fewest: int) -> Pairs:
        """Pairs [m, 2] of texts (the smaller first) that share ``fewest`` fingerprints, sorted. To be asked once: the
        postings are given back."""
        return self._postings.sharing_pairs(options.most_pages_per_fingerprint, fewest)

    def wordings(self) -> Iterator[Wording]:
        """The wording of each text, in order; it holds until some more have been taken."""
        scratch = Scratch()
        for pages in _portions(self._lengths, range(len(self._texts))):
            _, words = self._marked(pages, scratch)
            for number in range(len(pages)):
                yield words.wording(number)

    def _marked(self, pages: list[int], scratch: Scratch) -> tuple[_Batch, Words]:
        """The words of some texts, and which are not their own (quoted, or repeated by the outlet), which quoted."""
        texts = some_of(self._texts, pages)
        batch = _Batch.read(texts, scratch, True)
        marked, lines = batch.quoted(texts)
        quoted = marked.copy()
        machine.unpack_flags(self._repeated, self._places[pages], batch.word_bounds, quoted)
        return batch, Words(
            texts,
            batch.word_bounds,
            batch.starts,
            batch.ends,
            batch.codes,
            quoted,
            marked,
            lines,
            batch.data,
            batch.bytes_at,
            batch.bounds,
            _tables()[2],
        )

    def shared_runs(self, pairs: Pairs, wanted: Flags, options: CopyOptions) -> Iterator[SharedRuns]:
        """What the pairs share, in order; without those that cannot be copies by their words, unless ``wanted``.

        The wordings hold until the next pair is taken."""
        scratch = Scratch()
        for start in range(0, len(pairs), PAIRS):
            yield from self._aligned(pairs[start : start + PAIRS], wanted[start : start + PAIRS], options, scratch)

    def _aligned(self, pairs: Pairs, wanted: Flags, options: CopyOptions, scratch: Scratch) -> Iterator[SharedRuns]:
        pages, numbers = np.unique(pairs, return_inverse=True)
        numbers = np.ascontiguousarray(numbers.reshape(pairs.shape))
        batch, words = self._marked(pages.tolist(), scratch)
        seeds, own = batch.seeds(), ~words.quoted
        most = max(RUNS, int(np.diff(batch.word_bounds).max(initial=0)) + 1)
        out = scratch.take("runs", most * aligned.COLUMNS, np.int32).reshape(most, aligned.COLUMNS)
        gaps = scratch.take("gaps", most * 4, np.int32).reshape(most, 4)
        bounds = np.zeros(len(pairs) + 1, dtype=np.int64)
        begin = 0
        while begin < len(pairs):
            end = aligned.align_pairs(
                seeds,
                own,
                batch.word_bounds,
                numbers,
                begin,
                SEED,
                MOST_REPEATS,
                options.shortest_passage,
                options.bridged_words,
                out,
                bounds,
                gaps,
            )
            table = Table(out, gaps, bounds[: end - begin + 1])
            yield from shared_by(words, pairs[begin:end], numbers[begin:end], table, wanted[begin:end], options)
            begin = end


def _portions(lengths: Sequence[int], pages: Iterable[int]) -> Iterator[list[int]]:
    """The pages in batches of at most :data:`BATCH` characters (of so many ``lengths``), or of one page."""
    portion: list[int] = []
    size = 0
    for page in pages:
        if portion and size + lengths[page] > BATCH:
            yield portion
            portion, size = [], 0
        portion.append(page)
        size += lengths[page]
    if portion:
        yield portion


def _buckets(words: int) -> int:
    """In how many buckets the runs of so many words are counted."""
    return min(COUNTERS, 1 << max(10, (4 * words - 1).bit_length()))
