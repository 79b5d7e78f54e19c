"""How an article tells its news: its sentences as vectors and weighted terms, and how far one sentence retells another.

In: an article. Out: a :class:`Telling`. Row 0 is the headline (its span is empty, for it is not in the text); the other
rows are sentences of at least :data:`FEWEST_WORDS` words. The likeness of two sentences is the mean of two measures
that fail differently: the cosine of their static vectors (other words, same matter) and the share of their weighted
terms that is the same (names, numbers and rare words, which vectors blur).

All numbers are multiples of a unit, small enough that sums of them and of their products are exact in any order: one
article, or many by compiled functions, give the same bits.

Copies by translation would need vectors of two languages in one space (and their pieces in the vocabulary): then
likeness by cosine would carry a pair that shares but names and numbers as terms, and the level of unrelated news would
have to be measured anew. Today a pair of two languages meets by names and numbers, and is no copy by likeness.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ..language.sentences import split_sentences
from ..language.vectors import LONGEST_SENTENCE, model, pieces_of, rarity, words_of
from ..records import Article, Span
from .wording import Wording
from .wording import words_of as words_in

FEWEST_WORDS = 4
MOSTLY = 0.5
"""Share of a sentence's words in quotation marks from which it is a quotation."""
MOST_SENTENCES = 400
"""A page of more (a live blog of a week) is read up to here: the work on a pair grows with the product."""
COMMON = 2.7
"""A word this common (minus log10 of its probability: one in 500) says nothing of what a sentence tells."""
NUMBER_WEIGHT = 1.5
EMPTY_WEIGHT = 3.0
"""Added to the shared weight's divisor, so that two sentences of one rare word each are not called the same."""
PIECE_UNIT = 512
"""Vectors of word pieces are read in steps of one in so many: a sentence's sum stays below 2**24, exact in float32."""
UNIT = 2048
"""Unit vectors are kept in steps of one in so many: their products add up exactly in float32."""
WEIGHT_UNIT = 1024
"""Weights of terms are kept in steps of one in so many."""

_BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""Characters beyond the basic plane: signs, and letters of dead scripts or for show."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """Sentences of one article: ``vectors`` [n, d], ``sizes`` [n] in characters, ``quoted`` [n] (mostly in quotation
    marks, or furniture), and its terms [m] sorted by code, each with the row of its sentence and its weight."""

    spans: tuple[Span, ...]
    vectors: Floats
    sizes: Floats
    quoted: NDArray[np.bool_]
    codes: NDArray[np.int64]
    rows: NDArray[np.int64]
    weights: Floats
    totals: Floats

    def __len__(self) -> int:
        return len(self.spans)

    def gist(self) -> Floats:
        """One unit vector [d] for the whole: the headline and the opening weigh most."""
        out: Floats = unit_vectors(place_weights(len(self)) @ (self.vectors * UNIT).astype(np.int64)[None])[0]
        return out


@cache
def piece_vectors() -> Floats:
    """The model's vectors [v, d] in steps of one in :data:`PIECE_UNIT`: whole numbers."""
    return np.rint(model().vectors * PIECE_UNIT)


def place_weights(size: int) -> NDArray[np.int64]:
    """What the sentences of an article of ``size`` weigh in its gist, by their place, in whole numbers."""
    return np.rint(2**14 / (4 + np.arange(size))).astype(np.int64)


def unit_vectors(totals: NDArray[np.int64]) -> Floats:
    """Rows of whole numbers [n, d] as vectors of unit length, in steps of one in :data:`UNIT`; zeros stay zeros."""
    lengths = np.sqrt((totals * totals).sum(1).astype(np.float64))
    out: Floats = (np.rint(totals / np.maximum(lengths, 1.0)[:, None] * UNIT) / UNIT).astype(np.float32)
    return out


@lru_cache(maxsize=200_000)
def known_word(word: str) -> tuple[tuple[int, ...], int, int]:
    """What is known of a word of ``vectors.words_of``: the rows of its pieces' vectors, a code, and its weight as a
    term in steps of one in :data:`WEIGHT_UNIT` (0: it says nothing). Long words meet by their first letters."""
    word = word.replace("ς", "σ")  # the form that a word ends in, which lower() knows and no table of characters
    rows = pieces_of(word)
    if not word[0].isalnum():
        return rows, 0, 0
    weight = rarity(word) - COMMON
    if word.isdigit():
        weight = max(weight, NUMBER_WEIGHT)
    stem = word[:6] if len(word) > 7 else word
    return rows, zlib.crc32(stem.encode("utf-8", "surrogatepass")), max(round(weight * WEIGHT_UNIT), 0)


def tell(article: Article, words: Wording | None = None) -> Telling:
    """The telling of an article; ``words`` is its wording, where one was made already."""
    return telling_of(article, *_sentences(article.text, words or words_in(article.text)))


def telling_of(article: Article, sentences: Sequence[Span], quoted: NDArray[np.bool_]) -> Telling:
    """The telling of an article whose sentences are known, and which of them are quotations."""
    spans = (Span(0, 0), *sentences)
    texts = [(article.headline or "")[:LONGEST_SENTENCE], *(span.of(article.text) for span in sentences)]
    known = [[known_word(word) for word in words_of(_BEYOND.sub(" ", sentence))] for sentence in texts]
    codes, rows, weights = _terms(known)
    return Telling(
        spans,
        _vectors(known),
        np.array([span.end - span.start for span in spans], dtype=np.float32),
        np.concatenate(([False], quoted)),
        codes,
        rows,
        (weights / WEIGHT_UNIT).astype(np.float32),
        (np.bincount(rows, weights=weights, minlength=len(spans)) / WEIGHT_UNIT).astype(np.float32),
    )


def _sentences(text: str, words: Wording) -> tuple[list[Span], NDArray[np.bool_]]:
    """The sentences of some length, up to a number, and which of them are quotations."""
    spans = split_sentences(text)
    bounds = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)
    first, last = np.searchsorted(words.starts, bounds).T
    kept = np.flatnonzero(last - first >= FEWEST_WORDS)[:MOST_SENTENCES]
    first, last = first[kept], last[kept]
    counts = np.concatenate(([0], np.cumsum(words.quoted)))
    quoted = counts[last] - counts[first] > MOSTLY * (last - first)
    return [spans[at] for at in kept.tolist()], quoted


_Known = list[list[tuple[tuple[int, ...], int, int]]]


def _vectors(known: _Known) -> Floats:
    """A unit vector for each sentence; zeros for one without a known word."""
    pieces = [list(chain.from_iterable(rows for rows, _, _ in sentence)) for sentence in known]
    sizes = np.array([len(rows) for rows in pieces], dtype=np.int64)
    totals = np.zeros((len(known), piece_vectors().shape[1]), dtype=np.int64)
    filled = np.flatnonzero(sizes)
    if len(filled):
        starts = np.cumsum(sizes) - sizes
        rows = np.fromiter(chain.from_iterable(pieces), dtype=np.int64, count=int(sizes.sum()))
        totals[filled] = np.add.reduceat(piece_vectors()[rows], starts[filled], axis=0)
    return unit_vectors(totals)


def _terms(known: _Known) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Codes, rows and weights of the terms, sorted by code and row; of two words of one code the weightier counts."""
    found = [(code, row, weight) for row, sentence in enumerate(known) for _, code, weight in sentence if weight]
    codes, rows, weights = np.array(found, dtype=np.int64).reshape(-1, 3).T
    order = np.lexsort((-weights, rows, codes))
    codes, rows, weights = codes[order], rows[order], weights[order]
    first = np.ones(len(codes), dtype=np.bool_)
    first[1:] = (codes[1:] != codes[:-1]) | (rows[1:] != rows[:-1])
    return codes[first], rows[first], weights[first]


def likeness(a: Telling, b: Telling) -> Floats:
    """How far each sentence of ``a`` tells what each of ``b`` tells [len(a), len(b)], mostly in [0, 1]."""
    low, high = np.searchsorted(b.codes, a.codes, "left"), np.searchsorted(b.codes, a.codes, "right")
    counts = high - low
    left = np.repeat(np.arange(len(a.codes)), counts)
    right = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    flat = a.rows[left] * len(b) + b.rows[right]
    shared = np.bincount(flat, weights=a.weights[left], minlength=len(a) * len(b)).reshape(len(a), len(b))
    overlap = shared / (np.sqrt(np.outer(a.totals.astype(np.float64), b.totals)) + EMPTY_WEIGHT)
    cosines = np.einsum("nd,md->nm", a.vectors, b.vectors)  # not by BLAS: its threads cost more than such a product
    out: Floats = ((cosines.astype(np.float64) + overlap) / 2).astype(np.float32)
    return out
