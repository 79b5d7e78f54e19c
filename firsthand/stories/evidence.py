"""What speaks for and against that two pages are about one happening, as numbers.

In: signatures, days, copies. Out: the pairs worth a look (:data:`LEAST`) and a row of :data:`MEASURES` for each.

The strongest evidence is relative. Two earthquakes share more words than two reports of one budget vote, so how alike
two pages are is set against how alike each is to its nearest other pages (local scaling: Zelnik-Manor and Perona 2004),
and against whether both have the same neighbours (shared nearest neighbours: Jarvis and Patrick 1973). A look-alike is
alike, but less alike than the pages of its own happening, and it has other neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.options import StoryOptions
from firsthand.records import Article, Copy

from .days import publication_days
from .postings import Postings
from .signature import Floats, Ints, Signature, Sparse

MEASURES = (
    "words", "names", "numbers", "meaning", "headline", "days", "dated",
    "near_two", "near_three", "near_both", "neighbours", "near_headline", "near_meaning", "alone",
)  # fmt: skip
"""The columns of :attr:`Evidence.rows`: cosines of all words, of names, of numbers, of meaning, of headlines' meaning;
the logarithm of one plus the days between (at most ``most_days``); 1 where both are dated; likeness relative to each
page's two and three nearest pages, and to the nearer of the two pages' two; how far the nearest pages are the same;
the headlines' likeness relative to the two nearest headlines."""
LEAST = 0.05
"""Cosine of words below which two pages are not of one story (99 in 100 true pairs lie above)."""
SAME_TEXT = 0.9
"""A page this alike is the same text: it says nothing of how alike other reports of the happening are."""
MEANING, MEANING_MIDDLE = 0.3, 0.3
FADING_DAYS = 3.0
CROWD = 14
"""``alone`` sets a likeness against that of the page's nearest page number so many, from 0: near 1, the pair stands
apart from all else."""
FARTHEST = 2.0
"""A relative likeness counts to twice that of the nearest pages."""
LEAST_NEAR, LEAST_NEAR_HEADLINE = 0.15, 0.1
"""A page whose nearest pages are less alike than this has none."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs ``first < second`` in ascending order, their ``rows`` [pairs, MEASURES], and the least days between."""

    first: Ints
    second: Ints
    rows: Floats
    days: Floats


def evidence(
    articles: Sequence[Article], signatures: Sequence[Signature], copies: Sequence[Copy], options: StoryOptions
) -> Evidence:
    """The evidence for every pair of articles that share enough."""
    first, second, words = _candidates(signatures)
    days = publication_days(articles, copies, signatures)
    between = days.between(first, second)
    possible = between <= options.most_days
    fading = np.exp(-np.maximum(0, between - 1) / FADING_DAYS) * possible
    meaning = _dots(np.stack([s.meaning for s in signatures]), first, second) if signatures else words
    headline = _dots(np.stack([s.headline for s in signatures]), first, second) if signatures else words
    alike = np.maximum(0, words + MEANING * (meaning - MEANING_MIDDLE)) * fading
    telling = (alike < SAME_TEXT) & ~_same_text(articles, copies, first, second)
    near = Nearest(len(articles), first, second, telling)
    two, three = (near.mean(alike, k, LEAST_NEAR) for k in (2, 3))
    faded = np.maximum(0, headline) * fading
    two_headlines = near.mean(faded, 2, LEAST_NEAR_HEADLINE)
    meant = np.maximum(0, meaning) * fading
    two_meanings = near.mean(meant, 2, LEAST_NEAR_HEADLINE)
    crowd = near.rank(alike, CROWD)
    gap = np.minimum(between, options.most_days)
    columns = (
        words,
        Postings([s.names for s in signatures]).at(first, second),
        Postings([s.numbers for s in signatures]).at(first, second),
        meaning,
        headline,
        np.log1p(gap),
        days.dated(first, second).astype(np.float64),
        alike / np.sqrt(two[first] * two[second]),
        alike / np.sqrt(three[first] * three[second]),
        alike / np.maximum(two[first], two[second]),
        _shared_neighbours(len(articles), first, second, alike),
        faded / np.sqrt(two_headlines[first] * two_headlines[second]),
        meant / np.sqrt(two_meanings[first] * two_meanings[second]),
        alike / (alike + np.maximum(crowd[first], crowd[second]) + 0.02),
    )
    return Evidence(first, second, np.minimum(np.stack(columns, axis=1), _LARGEST), between)


_LARGEST = np.array([np.inf if m.endswith("days") else FARTHEST for m in MEASURES])


def _candidates(signatures: Sequence[Signature]) -> tuple[Ints, Ints, Floats]:
    postings = Postings([s.words for s in signatures])
    firsts, seconds, values = [], [], []
    for page in range(len(signatures)):
        row = postings.cosines(page)[page + 1 :]
        found = np.flatnonzero(row >= LEAST)
        firsts.append(np.full(len(found), page))
        seconds.append(found + page + 1)
        values.append(row[found])
    if not firsts:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    return np.concatenate(firsts), np.concatenate(seconds), np.concatenate(values)


def _dots(vectors: Floats, first: Ints, second: Ints) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", vectors[first], vectors[second]), dtype=np.float64)


def _same_text(articles: Sequence[Article], copies: Sequence[Copy], first: Ints, second: Ints) -> Ints:
    place = {article.page: i for i, article in enumerate(articles)}
    same = {tuple(sorted((place[c.a], place[c.b]))) for c in copies if c.relation in ("identical", "edited")}
    return np.array([pair in same for pair in zip(first.tolist(), second.tolist(), strict=True)], dtype=bool)


class Nearest:
    """Each page's nearest pages among its pairs, but for those of the same text."""

    def __init__(self, count: int, first: Ints, second: Ints, telling: Ints) -> None:
        self._count = count
        self._pages = np.concatenate([first[telling], second[telling]])
        self._telling = telling

    def mean(self, alike: Floats, many: int, least: float) -> Floats:
        """The mean likeness of each page's ``many`` nearest (fewer count as 0), at least ``least``."""
        pages, values, rank = self._ranked(alike)
        kept = (rank < many) & (values >= least)
        total = np.bincount(pages[kept], weights=values[kept], minlength=self._count)
        found = np.bincount(pages[kept], minlength=self._count)
        return np.maximum(least, total / np.maximum(1, found))

    def rank(self, alike: Floats, which: int) -> Floats:
        """How alike each page's nearest page number ``which`` (from 0) is; 0 where there are fewer."""
        pages, values, rank = self._ranked(alike)
        found = np.bincount(pages[rank == which], weights=values[rank == which], minlength=self._count)
        return np.asarray(found, dtype=np.float64)

    def _ranked(self, alike: Floats) -> tuple[Ints, Floats, Ints]:
        values = np.tile(alike[self._telling], 2)
        order = np.lexsort((-values, self._pages))
        pages, values = self._pages[order], values[order]
        starts = np.flatnonzero(np.diff(pages, prepend=-1))
        return pages, values, np.arange(len(pages)) - np.repeat(starts, np.diff(np.append(starts, len(pages))))


def _shared_neighbours(count: int, first: Ints, second: Ints, alike: Floats) -> Floats:
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
