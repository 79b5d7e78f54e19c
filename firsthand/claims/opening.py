"""What pages open with: more evidence on two statements that both stand among the first of their pages.

In: a story's statements as matrices. Out: the reasons of a pair of openings. Pages open with one happening and tell it
in other words; that few statements of the story hold a word says less there than elsewhere. So words answer to others
that lie near (:func:`covered`), wherever they stand and as what things are done to; and sentences are compared whole,
with the mean of the openings taken out, and without the directions in which the story's statements differ most.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..language.vectors import embed, model
from ..records import Place, Reason
from .content import Content, noted, telling
from .weights import FEW, LEAST_STORY, Array, StoryMatrix, word_vector

FIRST = 10
"""So many statements of a page are its opening."""
OPENING = "both-open"
"""The rule that says of a pair that both are openings: other weights then count (``sameness.OPENINGS``)."""
NEAR_WORDS = 0.3
"""Words whose cosine is below this do not answer to each other."""
MAIN_DIRECTIONS = 3
SHORTEST, LONGEST = 40, 150
"""Stories of fewer or more statements count as of so many: nearly all that the weights were fitted to are between."""
_LIGHT = 1.0
"""A statement whose words weigh less is compared as if they weighed this; words for objects, as this:"""
_LIGHT_OBJECTS = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words of one statement: [k] ``keys``, their ``weights``, [k, d] ``vectors`` (0 where a word has none)."""

    keys: tuple[str, ...]
    weights: Array
    vectors: Array


def covered(a: Words, b: Words, least: float, light: float) -> tuple[float, float]:
    """How much of what one holds the other holds too, by weight: the lesser and the greater of the two directions. A
    word counts by how near the nearest word of the other lies, from ``least`` on; the same word counts wholly."""
    if not a.keys or not b.keys:
        return 0.0, 0.0
    near = a.vectors @ b.vectors.T
    near[near < least] = 0.0
    where = {key: k for k, key in enumerate(b.keys)}
    for k, key in enumerate(a.keys):
        if key in where:
            near[k, where[key]] = 1.0
    mine = float(a.weights @ near.max(axis=1)) / max(light, float(a.weights.sum()))
    theirs = float(b.weights @ near.max(axis=0)) / max(light, float(b.weights.sum()))
    return min(mine, theirs), max(mine, theirs)


class Openings:
    """The openings of a story's pages. ``matrix`` holds its statements, those of a page in order."""

    def __init__(self, matrix: StoryMatrix) -> None:
        contents = matrix.contents
        seen: Counter[str] = Counter()
        self._matrix = matrix
        self._row: dict[int, int] = {}
        for i, content in enumerate(contents):
            if seen[content.statement.page] < FIRST:
                self._row[i] = len(self._row)
            seen[content.statement.page] += 1
        self._size = math.log(min(LONGEST, max(SHORTEST, len(contents))))
        self._sentences = _centred(embed([contents[i].statement.text for i in self._row]))
        self._otherwise = _without_main(self._sentences, matrix.vectors)
        count = Counter(key for content in contents for key in content.bag)
        size = max(LEAST_STORY, len(contents))
        self._rarity = {key: math.log((size + 1) / (many + 0.5)) / math.log(size + 1) for key, many in count.items()}
        self._words: dict[int, Words] = {}

    def reasons(self, a: int, b: int) -> tuple[Reason, ...]:
        """The reasons of a pair of which both are openings; none of any other."""
        if a not in self._row or b not in self._row:
            return ()
        x, y = self._matrix.contents[a], self._matrix.contents[b]
        places = (Place(x.statement.page, x.statement.span), Place(y.statement.page, y.statement.span))
        row, column = self._row[a], self._row[b]
        _, words = covered(self._of(a), self._of(b), NEAR_WORDS, _LIGHT)
        objects, _ = covered(_objects(x), _objects(y), 0.0, _LIGHT_OBJECTS)
        near = float(self._sentences[row] @ self._sentences[column])
        otherwise = float(self._otherwise[row] @ self._otherwise[column])
        names = self._matrix.mass(_names(x) & _names(y))
        return (
            Reason(OPENING, f"both are among the first {FIRST} statements of their pages", self._size, places),
            Reason("sentences-near", "closeness of the two sentences as wholes", near, places),
            Reason("near-otherwise", "the same, without what openings here mostly differ in", otherwise, places),
            Reason("words-answered", "share of the words of one that others of the other come near to", words, places),
            Reason("names-shared", "weight of the names that both give", names, places),
            Reason("objects-answered", "share of what things are done to that answers to the other's", objects, places),
        )

    def _of(self, i: int) -> Words:
        """All content words of a statement, by how few of the story's statements hold them."""
        found = self._words.get(i)
        if found is None:
            content = self._matrix.contents[i]
            keys = sorted(content.bag)
            spelt = _spelt(content)
            weights = [self._rarity[key] * content.factor(key) for key in keys]
            found = self._words[i] = _words(keys, weights, [spelt.get(key, "") for key in keys])
        return found


@noted
def _spelt(content: Content) -> dict[str, str]:
    """The word of each key, the first by the alphabet of several."""
    return {held.key: held.word for held in sorted(content.keys, key=lambda k: k.word, reverse=True)}


@noted
def _names(content: Content) -> frozenset[str]:
    return frozenset(held.key for held in content.keys if held.name)


@noted
def _objects(content: Content) -> Words:
    """The words for what things are done to, by how much they tell in any text."""
    terms = [t for t in content.statement.terms if t.role == "object" and t.kind not in ("number", "time")]
    words = sorted({w for term in terms for w in term.value.split() if word_vector(w) is not None})
    return _words(words, [telling(word) for word in words], words)


def _words(keys: Sequence[str], weights: Sequence[float], spelt: Sequence[str]) -> Words:
    table: Array = np.zeros((len(keys), model().vectors.shape[1]), np.float32)
    for k, word in enumerate(spelt):
        vector = word_vector(word) if word else None
        if vector is not None:
            table[k] = vector
    return Words(tuple(keys), np.array(weights, np.float32), table)


def _unit(vectors: Array) -> Array:
    found: Array = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return found


def _centred(vectors: Array) -> Array:
    n = max(1, len(vectors))
    return _unit(vectors - vectors.sum(axis=0, keepdims=True) / np.float32(n + FEW))


def _without_main(vectors: Array, story: Array) -> Array:
    """Without the directions in which the story's statements differ most."""
    n, width = story.shape
    if n <= 4 * MAIN_DIRECTIONS:
        return vectors
    if n < width:  # the smaller of two matrices that have the same main directions
        _, axes = np.linalg.eigh((story @ story.T).astype(np.float64))
        main = _unit(np.asarray(axes[:, -MAIN_DIRECTIONS:].T @ story, dtype=np.float32)).T
    else:
        _, axes = np.linalg.eigh((story.T @ story).astype(np.float64))
        main = np.asarray(axes[:, -MAIN_DIRECTIONS:], dtype=np.float32)
    return _unit(np.asarray(vectors - (vectors @ main) @ main.T, dtype=np.float32))
