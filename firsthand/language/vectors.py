"""Sentence vectors without a neural network at run time: :func:`embed`.

In: sentences. Out: a row of unit length for each, so that the dot product of two rows is their similarity.

How: a sentence's vector is the weighted mean of its word pieces' vectors, which were distilled once from a sentence
transformer (``python -m quality.train_vectors``; method of model2vec). The model (``models/static.npz``, under 10 MB,
with its licence and notice beside it) is a table of small integers and a vocabulary; only numpy reads it.

Similarity, as measured on English news: two sentences of unrelated stories lie around 0.1 to 0.3, of one story around
0.3 to 0.5; a sentence and its retelling mostly above 0.6, and above 0.8 nearly the same words. It says that two
sentences speak of the same *matter*: it is blind to word order, to negation and mostly to numbers ("12 dead" and
"20 dead" lie close), so a caller that needs sameness must compare names, numbers and polarity as well.

Known to fail: languages other than English get vectors, but poor ones; a sentence of unknown script gets zeros
(similarity 0 with everything).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import chain

import numpy as np
from numpy.typing import NDArray

MODEL = "static.npz"
LONGEST_WORD = 40
"""Characters; a longer run is no word (the teacher's tokeniser stops at 100)."""
LONGEST_SENTENCE = 4000
"""Characters of a sentence that are read: page text is hostile, and a vector of more says nothing."""

UNKNOWN_RARITY = 6.0
PIECES_RARITY = 0.4
"""Added for a word of several pieces: it is rarer than its rarest piece."""

Array = NDArray[np.float32]
_WORDS = re.compile(r"[^\W_]+|[^\w\s]|_")
_FOREIGN = re.compile(r"[^\x00-\x7f]{1,8}")


@dataclass(frozen=True, slots=True, eq=False)
class StaticModel:
    """Vectors [v, d] by token; ``index`` gives a token's row (continuations are written ``##piece``); ``rarities`` [v]
    are minus log10 of a token's probability in news."""

    index: Mapping[str, int]
    vectors: Array
    rarities: Array


@cache
def model() -> StaticModel:
    """The shipped model, read once."""
    with (resources.files("firsthand.language") / "models" / MODEL).open("rb") as raw, np.load(raw) as arrays:
        tokens = bytes(arrays["tokens"]).decode("utf-8").split("\n")
        vectors = arrays["vectors"].astype(np.float32) * arrays["scales"][:, None]
        rarities = arrays["rarities"].astype(np.float32)
    return StaticModel({token: i for i, token in enumerate(tokens)}, vectors, rarities)


def words_of(text: str) -> list[str]:
    """The words and marks of a text as the vocabulary writes them: lower case, without accents."""
    lowered = text[:LONGEST_SENTENCE].lower()
    if not lowered.isascii():
        lowered = _FOREIGN.sub(_plain, lowered)
    return _WORDS.findall(lowered)


def _plain(signs: re.Match[str]) -> str:
    return _without_accents(signs.group())


@lru_cache(maxsize=10_000)
def _without_accents(signs: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", signs) if unicodedata.category(c) != "Mn")


def wordpieces(word: str, index: Mapping[str, int]) -> tuple[int, ...]:
    """The word's pieces, longest first match from the left (WordPiece); nothing where the word cannot be built."""
    if len(word) > LONGEST_WORD:
        return ()
    pieces: list[int] = []
    start = 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = index.get(word[start:end] if start == 0 else "##" + word[start:end])
            if piece is not None:
                pieces.append(piece)
                start = end
                break
        else:
            return ()
    return tuple(pieces)


@lru_cache(maxsize=100_000)
def pieces_of(word: str) -> tuple[int, ...]:
    """The rows of the model that a word of :func:`words_of` is built of; nothing where it cannot be built."""
    return wordpieces(word, model().index)


def rarity(word: str) -> float:
    """How rare a word is in English news: minus log10 of its probability (2 for one word in a hundred), of its rarest
    piece where it is built of several; 6 where it cannot be built. The word is one of :func:`words_of`."""
    rows = pieces_of(word)
    if not rows:
        return UNKNOWN_RARITY
    return float(model().rarities[list(rows)].max()) + (PIECES_RARITY if len(rows) > 1 else 0.0)


def embed(sentences: Sequence[str]) -> Array:
    """Vectors [n, d] float32 of n sentences, rows of unit length; zeros for a sentence without a known word.

    See the module's text for what a similarity means. Deterministic; each row depends on its own sentence alone.
    """
    out = np.zeros((len(sentences), model().vectors.shape[1]), dtype=np.float32)
    for i, sentence in enumerate(sentences):
        out[i] = embed_one(sentence)
    return out


def embed_one(sentence: str) -> Array:
    """The vector [d] of one sentence or word, as :func:`embed` has it."""
    vectors = model().vectors
    rows = list(chain.from_iterable(map(pieces_of, words_of(sentence))))
    if not rows:
        return np.zeros(vectors.shape[1], dtype=np.float32)
    total: Array = vectors[rows[0]] if len(rows) == 1 else np.add.reduce(vectors.take(rows, 0), 0)
    length = math.sqrt(total.dot(total))
    return total / np.float32(length) if length > 0 else np.zeros_like(total)
