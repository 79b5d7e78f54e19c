"""What an article is about: a sparse vector of its words and names, and a dense one of its meaning.

In: articles. Out: per article, term indexes and weights of unit length, and the static vector of headline and opening.
Terms are stems, and pairs of capitalised words as one term; a term's weight grows with its frequency (log), its place
(headline three, lead two, rest one) and its rarity over a background of news and this collection.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.language.frequencies import inverse_frequency
from firsthand.language.vectors import embed
from firsthand.language.wording import stem, stop_words, words_of
from firsthand.records import Article

HEADLINE, LEAD, REST = 3.0, 2.0, 1.0
LEAD_CHARACTERS = 800
MOST_TERMS = 150
"""Terms kept of an article, the weightiest: more add cost and no measured gain."""
# A year that stands alone, not one to come ("by 2040"), nor a number ("2,024", "2024-model", "$2024").
_YEAR = re.compile(r"(?<![\w$€£.,-])(?<!\bby )(?<!until )(?<!before )(?<!through )((?:19|20)\d\d)(?![\w-]|[.,]\d)")
_PAIR = re.compile(r"\b([A-Z][^\W\d_]+)[ \u00a0]([A-Z][^\W\d_]+)\b")


@dataclass(frozen=True, slots=True)
class Signature:
    """``terms`` (int64, ascending) with ``weights`` (float64, unit length); ``meaning`` float32[d], unit length;
    ``years`` that the text speaks of and that are not plainly to come, ascending."""

    terms: NDArray[np.int64]
    weights: NDArray[np.float64]
    meaning: NDArray[np.float32]
    years: tuple[int, ...] = ()


def signatures(articles: Sequence[Article]) -> list[Signature]:
    """A signature per article, in order."""
    bags = [_bag(a) for a in articles]
    document_frequency: Counter[str] = Counter()
    for bag in bags:
        document_frequency.update(bag.keys())
    vocabulary = {term: i for i, term in enumerate(sorted(document_frequency))}
    return [
        _signature(article, bag, document_frequency, vocabulary, len(articles))
        for article, bag in zip(articles, bags, strict=True)
    ]


def _bag(article: Article) -> dict[str, float]:
    bag: defaultdict[str, float] = defaultdict(float)
    stops = stop_words()
    lead, rest = article.text[:LEAD_CHARACTERS], article.text[LEAD_CHARACTERS:20_000]
    for text, weight in ((article.headline or "", HEADLINE), (lead, LEAD), (rest, REST)):
        for word, _ in words_of(text):
            if len(word) > 1 and word not in stops:
                bag[word] += weight
        for first, second in _PAIR.findall(text):
            pair = f"{stem(first)} {stem(second)}"
            if not {stem(first), stem(second)} & stops:
                bag[pair] += weight
    return dict(bag)


def _signature(
    article: Article, bag: dict[str, float], own: Counter[str], vocabulary: dict[str, int], pages: int
) -> Signature:
    weighted = {
        term: (1 + math.log(count)) * inverse_frequency(term, own, pages) for term, count in bag.items() if count
    }
    best = sorted(weighted, key=lambda t: (-weighted[t], t))[:MOST_TERMS]
    best.sort(key=vocabulary.__getitem__)
    terms = np.array([vocabulary[t] for t in best], dtype=np.int64)
    weights = np.array([weighted[t] for t in best], dtype=np.float64)
    length = float(np.sqrt((weights**2).sum())) or 1.0
    return Signature(terms, weights / length, _meaning(article), _years(article))


def _years(article: Article) -> tuple[int, ...]:
    return tuple(sorted({int(found.group(1)) for found in _YEAR.finditer(article.text[:20_000])}))


def _meaning(article: Article) -> NDArray[np.float32]:
    opening = article.text[: 2 * LEAD_CHARACTERS]
    half = len(opening) // 2
    parts = embed([article.headline or opening[:200], opening[:half], opening[half:]])
    total = parts.sum(axis=0) + (parts[0] if article.headline else 0)
    return np.asarray(total / (float(np.sqrt((total**2).sum())) or 1.0), dtype=np.float32)
