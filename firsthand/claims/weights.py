"""How much a key tells within one story, and the story as matrices: which statements share how much.

A key's weight is its rarity among the story's statements times how much its word tells in any news text. Statement
frequency and not page frequency: in a story of three pages the words that align two sentences stand on every page,
while a name that stands in every sentence tells nothing apart. Vectors are compared after the story's mean is taken
out of them, for the same reason (all sentences of a story are about it).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..language.vectors import embed, embed_one
from .content import ASIDE, Content, telling, words_of

Array = NDArray[np.float32]
FEW = 5
"""The mean of a story is what its sentences share only if it has many more than these: two sentences that agree would
lie on either side of their mean."""
LEAST_STORY = 12
"""A story of fewer statements is weighed as if it held so many: on three pages of one sentence each, what they share is
all that they are about, and no word of it is common because all three hold it."""
NAME_FLOOR = 0.35
"""A name tells at least this much in general text: the vector model has never seen most names."""


@dataclass(frozen=True, slots=True, eq=False)
class StoryMatrix:
    """A story's statements, compared. ``weight`` of each key in [0, 1]; ``totals`` [n] the sum of each statement's
    weights; ``vectors`` [n, d] centred and of unit length; ``postings`` the statements that hold a key of
    several, ``shares`` what it then weighs between each of them and one in which it counts fully, or sets the scene;
    ``lengths`` where each page's last statement ends; ``masses`` what :meth:`held` keeps."""

    contents: Sequence[Content]
    weight: Mapping[str, float]
    totals: Array
    vectors: Array
    postings: Mapping[str, NDArray[np.intp]]
    shares: Mapping[str, tuple[Array, Array]]
    lengths: Mapping[str, int]
    masses: dict[frozenset[str], float] = field(default_factory=dict)

    def depth(self, content: Content) -> float:
        """How far down its page a statement stands, in [0, 1)."""
        return content.statement.span.start / max(1, self.lengths.get(content.statement.page, 1))

    def mass(self, keys: frozenset[str]) -> float:
        """The summed weight of keys, in a fixed order so that it is the same to the last bit on every run."""
        return sum([self.weight.get(k, 0.0) for k in sorted(keys)])

    def held(self, bag: frozenset[str]) -> float:
        """The mass of a bag or a stretch of a statement, kept: it is asked for in many pairs."""
        known = self.masses.get(bag)
        if known is None:
            known = self.masses[bag] = self.mass(bag)
        return known

    def shared_row(self, i: int) -> Array:
        """[n] the weight that statement ``i`` shares with each statement (0 with itself)."""
        row = np.zeros(len(self.contents), dtype=np.float32)
        content = self.contents[i]
        keys = [key for key in sorted(content.bag) if key in self.shares]
        if keys:
            counts = [self.shares[key][content.factor(key) < 1.0] for key in keys]
            np.add.at(row, np.concatenate([self.postings[key] for key in keys]), np.concatenate(counts))
        row[i] = 0.0
        return row

    def meaning_rows(self, begin: int, end: int) -> Array:
        """[end - begin, n] the cosines of the statements' centred vectors with each statement's."""
        found: Array = self.vectors[begin:end] @ self.vectors.T
        return found


def key_weights(contents: Sequence[Content]) -> dict[str, float]:
    """The weight in [0.01, 1] of every key of a story's statements."""
    count = Counter(key for content in contents for key in content.bag)
    words: dict[str, tuple[str, bool]] = {}
    for content in contents:
        for held in content.keys:
            known = words.get(held.key)
            if known is None or held.word < known[0]:
                words[held.key] = (held.word, held.name or (known is not None and known[1]))
    size = max(LEAST_STORY, len(contents))
    found: dict[str, float] = {}
    for key in sorted(count):
        word, name = words[key]
        general = telling(word) if word else 1.0
        if name:
            general = max(general, NAME_FLOOR)
        rarity = math.log((size + 1) / (count[key] + 0.5)) / math.log(size + 1)
        found[key] = max(0.01, rarity * general)
    return found


def compare_story(contents: Sequence[Content]) -> StoryMatrix:
    """The matrices of one story. Time is linear in statements but for the dot products made on demand."""
    weight = key_weights(contents)
    lists: dict[str, list[int]] = {}
    for i, content in enumerate(contents):
        for key in sorted(content.bag):
            lists.setdefault(key, []).append(i)
    postings = {key: np.array(many, dtype=np.intp) for key, many in lists.items() if len(many) > 1}
    shares: dict[str, tuple[Array, Array]] = {}
    scene = frozenset().union(*(c.aside for c in contents))
    for key in postings:  # what one statement alone holds is not shared
        factors: Array = np.ones(len(lists[key]), np.float32)
        if key in scene:
            factors = np.array([contents[i].factor(key) for i in lists[key]], np.float32)
        aside: Array = np.minimum(factors, np.float32(ASIDE))
        shares[key] = (weight[key] * factors, weight[key] * aside)
    totals = np.array([sum([weight[k] * c.factor(k) for k in sorted(c.bag)]) for c in contents], dtype=np.float32)
    vectors = embed([asserted_text(c) for c in contents])
    centred = vectors - vectors.mean(axis=0, keepdims=True) * (len(contents) / (len(contents) + FEW))
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    ends: dict[str, int] = {}
    for c in contents:
        ends[c.statement.page] = max(ends.get(c.statement.page, 0), c.statement.span.end)
    return StoryMatrix(contents, weight, totals, centred / np.maximum(lengths, 1e-6), postings, shares, ends)


@lru_cache(maxsize=50_000)
def word_vector(word: str) -> Array | None:
    """The vector of one word, of unit length; None where the model cannot build it."""
    vector = embed_one(word)
    return vector if vector.any() else None


def asserted_text(content: Content) -> str:
    """The words of what a statement asserts."""
    found = words_of(content, content.asserted)
    return found if len(found) >= 12 else content.statement.text
