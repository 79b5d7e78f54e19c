"""One attribution within a sentence: cue, source, content, and how firmly the source stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..records import Span
from .reading import Sentence

Force = Literal["asserts", "stance", "mind"]
Manner = Literal[
    "clause", "quote", "infinitive", "gerund", "object", "as", "small", "about", "phrase", "noun", "colon", "adverb"
]

MOST = 40
"""Attributions in one sentence at most: real ones stay under 15, and hostile text must not cost more than that."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution. ``cue``, ``source`` and ``zone`` are token indexes of the sentence (``zone``: all words that
    belong to the attributing clause and not to the content); ``head`` is the source's head token, None where no
    source is named; ``verb`` the cue's head. ``content`` are characters of the article."""

    sentence: int
    verb: int
    lemma: str
    cue: tuple[int, ...]
    head: int | None
    source: tuple[int, ...]
    zone: frozenset[int]
    content: tuple[Span, ...]
    force: Force
    manner: Manner
    negated: bool = False


def zone_of(sentence: Sentence, verb: int, content: set[int]) -> set[int]:
    """The words of the cue's own clause: its adjuncts and those told, but no clause that has its own subject."""
    zone = {verb}
    for child in sentence.children(verb):
        if child.dep in ("conj", "cc", "punct", "parataxis") or child.i in content:
            continue
        if child.dep in ("advcl", "ccomp") and sentence.children(child.i, "nsubj", "nsubjpass"):
            continue
        zone |= {i for i in sentence.subtree(child.i) if i not in content}
    token = sentence.token(verb)
    if token.dep in ("relcl", "acl") and sentence.token(token.head).dep == "attr" and _is_infinitive(sentence, verb):
        be = sentence.token(token.head).head  # "was the first to report"
        zone |= {be, *(i for i in sentence.subtree(token.head) if i not in content)}
    return zone


def _is_infinitive(sentence: Sentence, verb: int) -> bool:
    return any(a.tag == "TO" for a in sentence.children(verb, "aux"))
