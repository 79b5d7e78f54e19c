"""Cosines of sparse rows, a row at a time, from postings: which pages hold a term.

In: a sparse row of unit length per page. Out: the cosines of one page to all pages in one pass over the postings of its
own terms, so that a page costs what shares words with it, not the collection squared in memory.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .signature import Floats, Ints, Sparse


class Postings:
    """The rows by page and by term."""

    def __init__(self, rows: Sequence[Sparse]) -> None:
        self.count = len(rows)
        sizes = np.array([len(r.terms) for r in rows], dtype=np.int64)
        self._ends = np.cumsum(sizes)
        self._terms = np.concatenate([r.terms for r in rows]) if rows else np.zeros(0, dtype=np.int64)
        self._weights = np.concatenate([r.weights for r in rows]) if rows else np.zeros(0)
        order = np.argsort(self._terms, kind="stable")
        self._pages = np.repeat(np.arange(self.count), sizes)[order]
        self._held = self._weights[order]
        distinct = int(self._terms.max()) + 1 if len(self._terms) else 0
        self._lengths = np.bincount(self._terms, minlength=distinct)
        self._starts = np.cumsum(self._lengths) - self._lengths

    def cosines(self, page: int) -> Floats:
        """The cosine of ``page`` to each page; to itself as well."""
        here = slice(int(self._ends[page - 1]) if page else 0, int(self._ends[page]))
        terms, weights = self._terms[here], self._weights[here]
        lengths = self._lengths[terms]
        ends = np.cumsum(lengths)
        places = np.repeat(self._starts[terms] - (ends - lengths), lengths) + np.arange(int(lengths.sum()))
        found = np.bincount(
            self._pages[places], weights=np.repeat(weights, lengths) * self._held[places], minlength=self.count
        )
        return np.asarray(found, dtype=np.float64)

    def at(self, first: Ints, second: Ints) -> Floats:
        """The cosines of pairs; ``first`` ascending."""
        found = np.zeros(len(first))
        starts = np.flatnonzero(np.diff(first, prepend=-1))
        ends = np.append(starts, len(first))[1:]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            found[start:end] = self.cosines(int(first[start]))[second[start:end]]
        return found
