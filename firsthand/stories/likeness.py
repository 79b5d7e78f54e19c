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
_OPEN = date.max.toordinal()


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
    _damp_by_time(matrix, articles, signatures, copies, options)
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


def _damp_by_time(
    matrix: NDArray[np.float32],
    articles: Sequence[Article],
    signatures: Sequence[Signature],
    copies: Sequence[Copy],
    options: StoryOptions,
) -> None:
    early, late = _days(articles, copies)
    undated = early < 0
    for i in range(len(articles)):
        gap = np.maximum(0, np.maximum(early - late[i], early[i] - late))
        for j in np.flatnonzero(undated).tolist():
            gap[j] = max(gap[j], _years_between(signatures[j].years, signatures[i].years, int(late[i])))
        if undated[i]:
            for j in np.flatnonzero(~undated).tolist():
                gap[j] = max(gap[j], _years_between(signatures[i].years, signatures[j].years, int(late[j])))
        faded = matrix[i] * np.exp(-np.maximum(0, gap - options.free_days) / options.fading_days)
        matrix[i] = np.where(gap > options.most_days, APART, faded)


def _years_between(undated: tuple[int, ...], dated: tuple[int, ...], published: int) -> int:
    """The least days between a page of a known day and an undated one that speaks of a later year as past: a page
    cannot look back on what has not been. A year that the dated page names too (a plan, an election) says nothing."""
    if not undated or published >= _OPEN or undated[-1] in dated:
        return 0
    return max(0, date(undated[-1], 1, 1).toordinal() - published)


def _days(articles: Sequence[Article], copies: Sequence[Copy]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and last day on which each article can have been published. Unknown ends are ``-1`` and ``_OPEN``.

    An identical copy lends its day to an undated page, and an earlier one opens the interval of a later one to its own
    day: a page that is published again stays with the happening that it was written about."""
    early, late = np.full(len(articles), -1, dtype=np.int64), np.full(len(articles), _OPEN, dtype=np.int64)
    for i, article in enumerate(articles):
        moment = article.published
        if moment is not None and moment.basis != "unknown":
            early[i], late[i] = _ordinal(moment.earliest, -1), _ordinal(moment.latest, _OPEN)
    place = {article.page: i for i, article in enumerate(articles)}
    own = early.copy()
    for copy in sorted(copies, key=lambda c: (c.a, c.b)):
        if copy.relation in ("identical", "edited"):
            for i, j in ((place[copy.a], place[copy.b]), (place[copy.b], place[copy.a])):
                if own[i] < 0 <= own[j] <= late[i]:
                    early[i], late[i] = own[j], late[j]
                elif 0 <= own[j] < own[i]:
                    early[i] = min(early[i], own[j])
    return early, late


def _ordinal(iso: str | None, unknown: int) -> int:
    """The day of an ISO date as a number; a year or a month counts as its first day."""
    try:
        return date.fromisoformat(((iso or "")[:10] + "-01-01")[:10]).toordinal() if iso else unknown
    except ValueError:
        return unknown
