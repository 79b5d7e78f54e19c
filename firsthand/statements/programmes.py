"""Programmes that heard a source, named in quotation marks: told "Morning Tide", on CNBC's "Market Square".

In: a sentence and the cue of an attribution in it. Out: the tokens of the title, which are no words of anybody's. A
title is short, every word of weight in it has a capital, and no full stop closes it.
"""

from __future__ import annotations

from functools import cache

from ..language.rows import rows
from .reading import Reading, Sentence

_MOST_WORDS = 6
_STAGES = frozenset(("interview", "appearance", "appear", "speak", "say", "tell", "guest", "segment", "talk"))


def programme(reading: Reading, sentence: Sentence, verb: int) -> tuple[int, ...]:
    """The tokens of the title that was told something, or on which something was said; marks are left out. A line in
    capitals has none that could be told by its capitals."""
    if sentence.parse.text.isupper():
        return ()
    for span in reading.quoted(sentence):
        region = sentence.tokens_in((span,))
        if len(region) < 3 or len(region) > _MOST_WORDS + 3 or not _is_title(sentence, region):
            continue
        before = owner_start(sentence, region[0]) - 1
        told = before == verb or (before == verb + 1 and sentence.token(before).text in ("to", "with"))
        if told or _is_stage(sentence, before):
            return tuple(i for i in region if sentence.token(i).text[0].isalnum() or region[1] < i < region[-2])
    return ()


def _is_title(sentence: Sentence, region: list[int]) -> bool:
    tokens = [sentence.token(i) for i in region]
    words = [t for t in tokens if t.text[0].isalnum()]
    if not words or len(words) > _MOST_WORDS or not words[0].text[:1].isupper():
        return False
    if any(t.text in ".!;" for t in tokens[:-2]):
        return False
    large = [t for t in words if t.text.lower() not in _small()]
    return all(t.text[:1].isupper() or t.text.isdigit() for t in large) and (len(words) > 1 or words[0].pos == "PROPN")


def owner_start(sentence: Sentence, first: int) -> int:
    """Where the newsroom starts whose programme it is ("CNBC's ...")."""
    if first < 2 or sentence.token(first - 1).tag != "POS":
        return first
    i = first - 1
    while i > 0 and first - i < 6 and (sentence.token(i - 1).pos == "PROPN" or sentence.token(i - 1).text == "the"):
        i -= 1
    return i


def _is_stage(sentence: Sentence, before: int) -> bool:
    if before < 1 or sentence.token(before).text.lower() != "on":
        return False
    return sentence.token(sentence.token(before).head).lemma in _STAGES


@cache
def _small() -> frozenset[str]:
    return frozenset(rows("stopwords")["words"])
