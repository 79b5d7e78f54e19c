"""How alike two articles are, and what forbids that they are about one happening.

In: signatures, publication intervals, copies. Out: a symmetric likeness in [-1, 1] per pair. It is the cosine of the
bags of words and names, raised or lowered by that of the meanings, damped by the days between publications; pages that
were published too far apart get ``APART``, which keeps average linkage from joining them, unless one copies the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from firsthand.options import StoryOptions
from firsthand.records import Article, Copy

from .signature import Signature

APART = -0.5
COPIED = {"identical": 1.0, "edited": 0.9, "excerpt": 0.7, "rewrite": 0.55}
"""The least likeness of two pages that are copies of a kind: the same words, or the same content, are one happening."""
_UNKNOWN = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Likeness:
    """Likeness of n articles as a dense float32 matrix; the diagonal is 0."""

    matrix: NDArray[np.float32]

    def between(self, i: int, j: int) -> float:
        """The likeness of two articles."""
        return float(self.matrix[i, j])


def likenesses(
    articles: Sequence[Article], signatures: Sequence[Signature], copies: Sequence[Copy], options: StoryOptions
) -> Likeness:
    """The likeness of every pair."""
    matrix = _cosines(signatures)
    if len(signatures):
        meanings = np.stack([s.meaning for s in signatures])
        matrix += options.meaning_weight * (meanings @ meanings.T - options.meaning_middle)
    _damp_by_time(matrix, articles, options)
    place = {article.page: i for i, article in enumerate(articles)}
    for copy in copies:
        i, j = place[copy.a], place[copy.b]
        if copy.relation == "rewrite" and matrix[i, j] < 0:
            continue  # what retells a page cannot be months from it
        matrix[i, j] = matrix[j, i] = max(float(matrix[i, j]), COPIED[copy.relation])
    np.fill_diagonal(matrix, 0.0)
    return Likeness(matrix)


def _cosines(signatures: Sequence[Signature]) -> NDArray[np.float32]:
    """Cosine of every pair, by adding up over each term's postings."""
    n = len(signatures)
    matrix = np.zeros((n, n), dtype=np.float32)
    if not n:
        return matrix
    terms = np.concatenate([s.terms for s in signatures])
    weights = np.concatenate([s.weights for s in signatures]).astype(np.float32)
    rows = np.repeat(np.arange(n), [len(s.terms) for s in signatures])
    order = np.argsort(terms, kind="stable")
    terms, weights, rows = terms[order], weights[order], rows[order]
    bounds = np.flatnonzero(np.diff(terms)) + 1
    for start, end in pairwise([0, *bounds.tolist(), len(terms)]):
        if end - start > 1:
            here, held = rows[start:end], weights[start:end]
            matrix[np.ix_(here, here)] += np.outer(held, held)
    return matrix


def _damp_by_time(matrix: NDArray[np.float32], articles: Sequence[Article], options: StoryOptions) -> None:
    early, late = _days(articles)
    known = (early != _UNKNOWN) & (late != _UNKNOWN)
    for i in np.flatnonzero(known):
        gap = np.maximum(0, np.maximum(early[known] - late[i], early[i] - late[known]))
        factor = np.exp(-np.maximum(0, gap - options.free_days) / options.fading_days)
        row = matrix[i, known] * factor
        matrix[i, known] = np.where(gap > options.most_days, APART, row)


def _days(articles: Sequence[Article]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    early = np.full(len(articles), _UNKNOWN, dtype=np.int64)
    late = early.copy()
    for i, article in enumerate(articles):
        moment = article.published
        if moment is None or moment.basis in ("unknown", "capture"):
            continue
        early[i], late[i] = _ordinal(moment.earliest or moment.latest), _ordinal(moment.latest or moment.earliest)
    return early, late


def _ordinal(iso: str | None) -> int:
    """The day of an ISO date as a number; a year or a month counts as its first day."""
    try:
        return date.fromisoformat(((iso or "")[:10] + "-01-01")[:10]).toordinal()
    except ValueError:
        return int(_UNKNOWN)
