"""Which texts of a large collection share fingerprints: postings in partitions by hash, sorted and joined one by one.

In: batches of postings as ``compiled_words.winnow_texts`` makes them. Out: pairs of texts. A posting is 64 bits: of the
fingerprint's hash the upper :data:`BITS` say its partition, the next 32 stand in the posting's upper half; the lower
half is the number of its text. Work grows with the postings, memory with a partition.
"""

from __future__ import annotations

import numpy as np

from . import compiled_postings as machine
from .fingerprints import Pairs
from .wording import Codes, Places

BITS = 8
"""Postings lie in 2**BITS partitions."""


class Postings:
    """The postings of a collection, a batch after another."""

    def __init__(self) -> None:
        self._batches: list[tuple[Codes, Places]] = []

    def add(self, keys: Codes, sizes: Places) -> None:
        """Keeps a copy of a batch: postings, partition after partition, and how many each partition has [2**BITS]."""
        self._batches.append((keys.copy(), np.concatenate(([0], np.cumsum(sizes)))))

    @property
    def nbytes(self) -> int:
        """What the postings take."""
        return sum(keys.nbytes + starts.nbytes for keys, starts in self._batches)

    def partition(self, part: int) -> Codes:
        """The postings of one partition, sorted."""
        none = np.zeros(0, dtype=np.uint64)
        keys = np.concatenate([none, *(keys[starts[part] : starts[part + 1]] for keys, starts in self._batches)])
        keys.sort()
        return keys

    def sharing_pairs(self, most_pages: int, fewest: int) -> Pairs:
        """Pairs [m, 2] of texts (the smaller first) that share ``fewest`` fingerprints, sorted.

        A fingerprint on more than ``most_pages`` texts pairs as ``fingerprints.sharing_pairs`` says."""
        found, counts = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
        none = np.zeros(0, dtype=np.uint64)
        for part in range(1 << BITS):
            keys = self.partition(part)
            pairs = np.empty(machine.posted_pairs(keys, most_pages, none), dtype=np.uint64)
            if len(pairs):
                machine.posted_pairs(keys, most_pages, pairs)
                distinct, often = np.unique(pairs, return_counts=True)
                found.append(distinct)
                counts.append(often)
        pairs, often = _summed(np.concatenate(found), np.concatenate(counts))
        pairs = pairs[often >= fewest]
        out: Pairs = np.stack((pairs >> np.uint64(32), pairs & np.uint64(0xFFFFFFFF)), axis=1).astype(np.int64)
        return out


def _summed(keys: Codes, counts: Places) -> tuple[Codes, Places]:
    """Distinct keys, sorted, each with the sum of its counts."""
    if not len(keys):
        return keys, counts
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.add.reduceat(counts, starts)
