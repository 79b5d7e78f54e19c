"""How an article tells its news: its sentences as vectors and weighted terms, and how far one sentence retells another.

In: an article. Out: a :class:`Telling`. Row 0 is the headline (its span is empty, for it is not in the text); the other
rows are sentences of at least :data:`FEWEST_WORDS` words. The likeness of two sentences is the mean of two measures
that fail differently: the cosine of their static vectors (other words, same matter) and the share of their weighted
terms that is the same (names, numbers and rare words, which vectors blur).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..language.sentences import split_sentences
from ..language.vectors import embed, rarity, words_of
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
        weight = 1 / (1 + np.arange(len(self), dtype=np.float32) / 4)
        total = (self.vectors * weight[:, None]).sum(0)
        out: Floats = (total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32)
        return out


@lru_cache(maxsize=100_000)
def _term(word: str) -> tuple[int, float]:
    """A code and a weight for a word (weight 0: says nothing). Long words meet by their first letters."""
    if not word[0].isalnum():
        return 0, 0.0
    weight = rarity(word) - COMMON
    if word.isdigit():
        weight = max(weight, NUMBER_WEIGHT)
    stem = word[:6] if len(word) > 7 else word
    return zlib.crc32(stem.encode("utf-8", "surrogatepass")), max(weight, 0.0)


def tell(article: Article, words: Wording | None = None) -> Telling:
    """The telling of an article; ``words`` is its wording, where one was made already."""
    words = words or words_in(article.text)
    spans = [Span(0, 0)]
    texts = [article.headline or ""]
    quoted = [False]
    for span in split_sentences(article.text):
        first, last = np.searchsorted(words.starts, (span.start, span.end))
        if last - first >= FEWEST_WORDS:
            spans.append(span)
            texts.append(span.of(article.text))
            quoted.append(bool(words.quoted[first:last].mean() > MOSTLY))
        if len(spans) > MOST_SENTENCES:
            break
    found: list[tuple[int, int, float]] = []
    for row, sentence in enumerate(texts):
        terms = dict(_term(word) for word in words_of(sentence))
        found.extend((code, row, weight) for code, weight in terms.items() if weight > 0)
    found.sort()
    table = np.array(found, dtype=np.float64).reshape(-1, 3)
    rows = table[:, 1].astype(np.int64)
    return Telling(
        tuple(spans),
        embed(texts),
        np.array([len(sentence) for sentence in texts], dtype=np.float32),
        np.array(quoted, dtype=np.bool_),
        table[:, 0].astype(np.int64),
        rows,
        table[:, 2].astype(np.float32),
        np.bincount(rows, weights=table[:, 2], minlength=len(spans)).astype(np.float32),
    )


def likeness(a: Telling, b: Telling) -> Floats:
    """How far each sentence of ``a`` tells what each of ``b`` tells [len(a), len(b)], mostly in [0, 1]."""
    low, high = np.searchsorted(b.codes, a.codes, "left"), np.searchsorted(b.codes, a.codes, "right")
    counts = high - low
    left = np.repeat(np.arange(len(a.codes)), counts)
    right = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    flat = a.rows[left] * len(b) + b.rows[right]
    shared = np.bincount(flat, weights=a.weights[left], minlength=len(a) * len(b)).reshape(len(a), len(b))
    overlap = shared / (np.sqrt(np.outer(a.totals, b.totals)) + EMPTY_WEIGHT)
    out: Floats = ((a.vectors @ b.vectors.T + overlap) / 2).astype(np.float32)
    return out
