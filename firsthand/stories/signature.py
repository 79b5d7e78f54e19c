"""What an article is about, as numbers: its words, names and numbers by weight, and static vectors of its meaning.

In: articles. Out: a :class:`Signature` each. Terms are stems, and pairs of capitalised words as one term; a term's
weight grows with its frequency (log), its place (headline three, lead two, rest one) and its rarity over a background
of news and this collection. A word is a name where the text writes it with a capital inside a sentence more often than
small. What a page says of itself (its address) is no word of the report.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from firsthand.language.frequencies import inverse_frequency
from firsthand.language.vectors import embed
from firsthand.language.wording import stem, stop_words
from firsthand.records import Article

HEADLINE, LEAD, REST = 3, 2, 1
LEAD_CHARACTERS = 800
READ_CHARACTERS = 20_000
MOST_TERMS = 150
"""Terms kept of an article, the weightiest: more add cost and no measured gain."""
# A year that stands alone, not one to come ("by 2040"), nor a number ("2,024", "2024-model", "$2024").
_YEAR = re.compile(r"(?<![\w$€£.,-])(?<!\bby )(?<!until )(?<!before )(?<!through )((?:19|20)\d\d)(?![\w-]|[.,]\d)")
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_ADDRESS = re.compile(r"^[ \t]*https?[ \t]*:[ \t]*/[ \t]*/[^\n]*$", re.M)
_ENDS = frozenset('.!?\n"“:|')

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sparse:
    """``terms`` (int64, ascending) with ``weights`` (float64, unit length)."""

    terms: Ints
    weights: Floats


@dataclass(frozen=True, slots=True)
class Signature:
    """All ``words``, and of them the ``names`` and the ``numbers`` alone; ``meaning`` of headline and opening and that
    of the ``headline`` (or the first line), float32[d] of unit length; ``years`` that the text speaks of and that are
    not plainly to come, the one that is named most often first (of several, the earliest)."""

    words: Sparse
    names: Sparse
    numbers: Sparse
    meaning: NDArray[np.float32]
    headline: NDArray[np.float32]
    years: tuple[int, ...] = ()


@dataclass(slots=True)
class _Seen:
    """A term of one article: its frequency weighted by place, how often with a capital inside a sentence, how often
    small."""

    weight: int = 0
    capital: int = 0
    small: int = 0

    @property
    def is_name(self) -> bool:
        return self.capital > 0 and self.capital >= 2 * self.small


def signatures(articles: Sequence[Article]) -> list[Signature]:
    """A signature per article, in order."""
    bags = [_bag(a) for a in articles]
    own: Counter[str] = Counter()
    for bag in bags:
        own.update(bag.keys())
    vocabulary = {term: i for i, term in enumerate(sorted(own))}
    rarity = {term: inverse_frequency(term, own, len(articles)) for term in vocabulary}
    return [_signature(article, bag, rarity, vocabulary) for article, bag in zip(articles, bags, strict=True)]


def _bag(article: Article) -> dict[str, _Seen]:
    bag: dict[str, _Seen] = {}
    text = body(article)
    _count(article.headline or "", HEADLINE, True, bag)
    _count(text[:LEAD_CHARACTERS], LEAD, False, bag)
    _count(text[LEAD_CHARACTERS:], REST, False, bag)
    return bag


def body(article: Article) -> str:
    """The text that is read, with lines that are an address blanked."""
    return _ADDRESS.sub("", article.text[:READ_CHARACTERS]).lstrip()


def _count(text: str, weight: int, headline: bool, bag: dict[str, _Seen]) -> None:
    """Counts the words of ``text`` and its pairs of capitalised words. In a headline every word may have a capital."""
    before, end = None, 0
    for match in _WORD.finditer(text):
        word, gap = match.group(), text[end : match.start()]
        first = end == 0 or (gap != " " and not _ENDS.isdisjoint(gap))
        end = match.end()
        term, capital, small = _read(word)
        if not term:
            before = None
            continue
        seen = bag.get(term)
        if seen is None:
            seen = bag[term] = _Seen()
        seen.weight += weight
        seen.capital += capital and not first and not headline
        seen.small += small
        if capital and before and gap in (" ", "\u00a0"):
            pair = bag.setdefault(f"{before} {term}", _Seen())
            pair.weight += weight
            pair.capital += 1
        before = term if capital else None


@lru_cache(maxsize=100_000)
def _read(word: str) -> tuple[str, bool, bool]:
    """The term that a word counts for, none where it says nothing; whether it begins with a capital; with a small
    letter."""
    term, capital = stem(word), word[0].isupper()
    return "" if len(term) < 2 or term in stop_words() else term, capital, not capital and not word[0].isdigit()


def _signature(
    article: Article, bag: Mapping[str, _Seen], rarity: Mapping[str, float], vocabulary: Mapping[str, int]
) -> Signature:
    weighted = {term: (1 + math.log(seen.weight)) * rarity[term] for term, seen in bag.items()}
    best = sorted(weighted, key=lambda t: (-weighted[t], t))[:MOST_TERMS]
    best.sort(key=vocabulary.__getitem__)
    terms = np.array([vocabulary[t] for t in best], dtype=np.int64)
    weights = np.array([weighted[t] for t in best], dtype=np.float64)
    number = np.array([t[0].isdigit() for t in best], dtype=bool)
    name = np.array([bag[t].is_name for t in best], dtype=bool) & ~number
    meaning, headline = _meaning(article)
    return Signature(
        _sparse(terms, weights),
        _sparse(terms[name], weights[name]),
        _sparse(terms[number], weights[number]),
        meaning,
        headline,
        _years(article),
    )


def _sparse(terms: Ints, weights: Floats) -> Sparse:
    return Sparse(terms, weights / (float(np.sqrt((weights**2).sum())) or 1.0))


def _years(article: Article) -> tuple[int, ...]:
    named = Counter(int(found.group(1)) for found in _YEAR.finditer(article.text[:READ_CHARACTERS]))
    return tuple(sorted(named, key=lambda year: (-named[year], year)))


def _meaning(article: Article) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    opening = body(article)[: 2 * LEAD_CHARACTERS]
    half = LEAD_CHARACTERS
    parts = embed([article.headline or opening[:200], opening[:half], opening[half:]])
    return _unit(parts.sum(axis=0) + (parts[0] if article.headline else 0)), _unit(parts[0])


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vector / (float(np.sqrt((vector**2).sum())) or 1.0), dtype=np.float32)
