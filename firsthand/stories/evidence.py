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
from .nearest import Nearest, shared_neighbours
from .postings import Postings
from .signature import Floats, Ints, Signature

MEASURES = (
    "words", "names", "numbers", "meaning", "headline",
    "near_two", "near_both", "near_headline", "near_meaning", "neighbours", "alone",
    "days", "next_day", "later", "days_apart", "dated", "mixed",
)  # fmt: skip
"""The columns of :attr:`Evidence.rows`. Cosines of all words, of names, of numbers, of meaning, of headlines' meaning.
Likeness (words and meaning together, faded by the days between) relative to each page's two nearest pages, and to the
nearer of the two pages' two; headlines and meaning relative to the two nearest; how far the nearest pages are the same;
likeness against that of the page's nearest page number :data:`MANY` (near 1, the pair stands apart from all else). The
logarithm of one plus the days between, whether it is one day, whether more, and the logarithm again as far as the pair
stands apart from its :data:`CROWD`: a day parts two roundups of a long-running affair sooner than two reports of what
nothing is near (each 0 where a page has no day). 1 where both pages have a day; 1 where one has."""
LEAST = 0.05
"""Cosine of words below which two pages are not of one story (99 in 100 true pairs lie above)."""
SAME_TEXT = 0.9
"""A page this alike is the same text: it says nothing of how alike other reports of the happening are."""
MEANING, MEANING_MIDDLE = 0.3, 0.3
FADING_DAYS = 3.0
MANY, CROWD = 14, 30
"""Places from 0 in the order of a page's nearest pages: beyond most stories, beyond all but the largest."""
FARTHEST = 2.0
"""A relative likeness counts to twice that of the nearest pages."""
LEAST_NEAR, LEAST_NEAR_HEADLINE, LEAST_NEAR_MEANING = 0.15, 0.1, 0.3
"""A page whose nearest pages are less alike than this has none: where a collection is small, the nearest is far."""


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
    fading = np.exp(-np.maximum(0, between - 1) / FADING_DAYS) * (between <= options.most_days)
    meaning = _dots(np.stack([s.meaning for s in signatures]), first, second) if signatures else words
    headline = _dots(np.stack([s.headline for s in signatures]), first, second) if signatures else words
    unfaded = np.maximum(0, words + MEANING * (meaning - MEANING_MIDDLE))
    alike = unfaded * fading
    telling = (alike < SAME_TEXT) & ~_same_text(articles, copies, first, second)

    def nearest(values: Floats) -> Nearest:
        return Nearest(len(articles), first, second, telling, values)

    near, headlines, meanings = nearest(alike), np.maximum(0, headline) * fading, np.maximum(0, meaning) * fading
    two = near.mean(2, LEAST_NEAR)
    many, crowd = (np.maximum(rank[first], rank[second]) for rank in map(near.rank, (MANY, CROWD)))
    known = days.known()
    dated = (known[first] & known[second]).astype(np.float64)
    passed = np.log1p(np.minimum(between, options.most_days)) * dated
    columns = (
        words,
        Postings([s.names for s in signatures]).at(first, second),
        Postings([s.numbers for s in signatures]).at(first, second),
        meaning,
        headline,
        near.relative(2, LEAST_NEAR),
        alike / np.maximum(two[first], two[second]),
        nearest(headlines).relative(2, LEAST_NEAR_HEADLINE),
        nearest(meanings).relative(2, LEAST_NEAR_MEANING),
        shared_neighbours(len(articles), first, second, alike),
        alike / (alike + many + 0.02),
        passed,
        (between == 1) * dated,
        (between > 1) * dated,
        passed * (unfaded + 0.05) / (unfaded + crowd + 0.05),
        dated,
        (known[first] != known[second]).astype(np.float64),
    )
    return Evidence(first, second, np.minimum(np.stack(columns, axis=1), _LARGEST), between)


_LARGEST = np.array([np.inf if measure.startswith("days") else FARTHEST for measure in MEASURES])


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
