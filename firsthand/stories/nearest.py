"""Each page's nearest pages: how alike they are, and how far two pages have the same ones.

In: pairs of pages with a likeness. Out: a figure per page or per pair.
"""

from __future__ import annotations

import numpy as np

from .postings import Postings
from .signature import Floats, Ints, Sparse


class Nearest:
    """Each page's pairs from the most alike down, but for those of the same text (where ``telling`` is false)."""

    def __init__(self, count: int, first: Ints, second: Ints, telling: Ints, alike: Floats) -> None:
        self._count, self._first, self._second, self._alike = count, first, second, alike
        pages = np.concatenate([first[telling], second[telling]])
        values = np.tile(alike[telling], 2)
        order = np.lexsort((-values, pages))
        self._pages, self._values = pages[order], values[order]
        starts = np.flatnonzero(np.diff(self._pages, prepend=-1))
        sizes = np.diff(np.append(starts, len(self._pages)))
        self._rank = np.arange(len(self._pages)) - np.repeat(starts, sizes)

    def mean(self, many: int, least: float) -> Floats:
        """The mean likeness of each page's ``many`` nearest (none below ``least`` counts), at least ``least``."""
        kept = (self._rank < many) & (self._values >= least)
        total = np.bincount(self._pages[kept], weights=self._values[kept], minlength=self._count)
        found = np.bincount(self._pages[kept], minlength=self._count)
        return np.maximum(least, total / np.maximum(1, found))

    def relative(self, many: int, least: float) -> Floats:
        """The likeness of each pair against that of both pages' ``many`` nearest."""
        mean = self.mean(many, least)
        return np.asarray(self._alike / np.sqrt(mean[self._first] * mean[self._second]), dtype=np.float64)

    def rank(self, which: int) -> Floats:
        """How alike each page's nearest page number ``which`` (from 0) is; 0 where there are fewer."""
        at = self._rank == which
        found = np.bincount(self._pages[at], weights=self._values[at], minlength=self._count)
        return np.asarray(found, dtype=np.float64)


def shared_neighbours(count: int, first: Ints, second: Ints, alike: Floats) -> Floats:
    """The cosine of two pages' rows of likeness, each with 1 for itself."""
    pages = np.concatenate([first, second, np.arange(count)])
    others = np.concatenate([second, first, np.arange(count)])
    values = np.concatenate([alike, alike, np.ones(count)])
    order = np.lexsort((others, pages))
    pages, others, values = pages[order], others[order], values[order]
    values = values / np.sqrt(np.bincount(pages, weights=values**2, minlength=count))[pages]
    ends = np.cumsum(np.bincount(pages, minlength=count))[:-1]
    rows = [Sparse(o, v) for o, v in zip(np.split(others, ends), np.split(values, ends), strict=True)] if count else []
    return Postings(rows).at(first, second)
