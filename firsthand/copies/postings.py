"""Which texts of a large collection share fingerprints: postings in partitions by hash, sorted and joined one by one.

In: batches of postings as ``compiled_words.winnow_texts`` makes them. Out: pairs of texts. A posting is 64 bits: of the
fingerprint's hash the upper :data:`BITS` say its partition, the next 32 stand in the posting's upper half; the lower
half is the number of its text. The work grows with the postings. Memory holds them up to a budget; what is above it
lies in a temporary file (in the folder that ``tempfile`` chooses: ``TMPDIR``), partition by partition. Where the system
can, that file has no name, and is gone with the process whatever ends it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO

import numpy as np

from . import compiled_postings as machine
from .fingerprints import Pairs
from .wording import Codes, Places

BITS = 8
"""Postings lie in 2**BITS partitions."""
MOST_UNCOUNTED = 2_000_000
"""Pairs of some partitions that are sorted and counted together."""
MOST_WAITING = 10_000_000
"""Pairs of single partitions that wait to be summed."""


class Postings:
    """The postings of a collection, a batch after another; ``budget`` is how many bytes of them memory may hold."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._batches: list[tuple[Codes, Places]] = []
        self._held = 0
        self._file: IO[bytes] | None = None
        self._written: list[Places] = []
        """For each time that memory was full, where each partition begins in the file, in bytes."""

    def add(self, keys: Codes, sizes: Places) -> None:
        """Keeps a copy of a batch: postings, partition after partition, and how many each partition has [2**BITS]."""
        if self._held and self._held + keys.nbytes > self._budget:
            self._write()
        self._batches.append((keys.copy(), np.concatenate(([0], np.cumsum(sizes)))))
        self._held += keys.nbytes

    @property
    def nbytes(self) -> int:
        """What the postings take, in memory and on disk."""
        return self._held + sum(int(starts[-1] - starts[0]) for starts in self._written)

    def _write(self) -> None:
        """Moves what memory holds to the end of the file."""
        if self._file is None:
            self._file = TemporaryFile(prefix="firsthand-")  # noqa: SIM115 - close() does
        at = self._file.seek(0, os.SEEK_END)
        starts = [at]
        for part in range(1 << BITS):
            for keys in self._in_memory(part):
                self._file.write(keys.data)
                at += keys.nbytes
            starts.append(at)
        self._written.append(np.array(starts))
        self._batches, self._held = [], 0

    def _in_memory(self, part: int) -> Iterator[Codes]:
        return (keys[starts[part] : starts[part + 1]] for keys, starts in self._batches)

    def _on_disk(self, part: int) -> Iterator[Codes]:
        for starts in self._written:
            assert self._file is not None
            self._file.seek(int(starts[part]))
            yield np.frombuffer(self._file.read(int(starts[part + 1] - starts[part])), dtype=np.uint64)

    def unsorted(self, part: int) -> Codes:
        """The postings of one partition."""
        return np.concatenate([np.zeros(0, dtype=np.uint64), *self._on_disk(part), *self._in_memory(part)])

    def partition(self, part: int) -> Codes:
        """The postings of one partition, sorted."""
        keys = self.unsorted(part)
        keys.sort()
        return keys

    def close(self) -> None:
        """Gives the temporary file back; there are no postings any more."""
        if self._file is not None:
            self._file.close()
        self._file, self._written, self._batches, self._held = None, [], [], 0

    def sharing_pairs(self, most_pages: int, fewest: int) -> Pairs:
        """Pairs as :func:`sharing_pairs` finds them; the postings are gone."""
        try:
            return sharing_pairs(map(self.partition, range(1 << BITS)), most_pages, fewest)
        finally:
            self.close()


def sharing_pairs(partitions: Iterable[Codes], most_pages: int, fewest: int) -> Pairs:
    """Pairs [m, 2] of texts (the smaller first) that share ``fewest`` fingerprints, sorted, from sorted partitions.

    A fingerprint on more than ``most_pages`` texts pairs as ``fingerprints.sharing_pairs`` says."""
    total = Counts()
    none = np.zeros(0, dtype=np.uint64)
    waiting, size = [none], 0
    for keys in partitions:
        waiting.append(np.empty(machine.posted_pairs(keys, most_pages, none), dtype=np.uint64))
        machine.posted_pairs(keys, most_pages, waiting[-1])
        size += len(waiting[-1])
        if size > MOST_UNCOUNTED:
            total.add(*np.unique(np.concatenate(waiting), return_counts=True))
            waiting, size = [none], 0
    total.add(*np.unique(np.concatenate(waiting), return_counts=True))
    pairs, often = total.summed()
    pairs = pairs[often >= fewest]
    out: Pairs = np.stack((pairs >> np.uint64(32), pairs & np.uint64(0xFFFFFFFF)), axis=1).astype(np.int64)
    return out


class Counts:
    """How often keys were met, over all partitions."""

    def __init__(self) -> None:
        self._keys: list[Codes] = [np.zeros(0, np.uint64)]
        self._counts: list[Places] = [np.zeros(0, np.int64)]
        self._waiting = 0

    def add(self, keys: Codes, counts: Places) -> None:
        """Adds counts of distinct keys."""
        self._keys.append(keys)
        self._counts.append(counts)
        self._waiting += len(keys)
        if self._waiting > MOST_WAITING + len(self._keys[0]):
            keys, counts = self.summed()
            self._keys, self._counts, self._waiting = [keys], [counts], 0

    def summed(self) -> tuple[Codes, Places]:
        """Distinct keys, sorted, each with the sum of its counts."""
        return _summed(np.concatenate(self._keys), np.concatenate(self._counts))


def _summed(keys: Codes, counts: Places) -> tuple[Codes, Places]:
    """Distinct keys, sorted, each with the sum of its counts."""
    if not len(keys):
        return keys, counts
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.add.reduceat(counts, starts)
