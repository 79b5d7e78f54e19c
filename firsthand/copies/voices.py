"""Shared words that speak for somebody: paragraphs without quotation marks that say "we" on pages that never do.

In: a text and a stretch of its words that another page shares. Out: the paragraphs of the stretch that are somebody's
own statement, or none. A newsroom's prose does not say "we" or "our" outside quotations; a statement that was pasted in
does, again and again. Where the rest of the page speaks so, too, it is an essay or a column, and whoever shares its
words copied it. Known to fail: a statement that speaks of its author by name; a newsroom that speaks of itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

import numpy as np

from ..language.rows import every
from .verbatim import narrates
from .wording import Codes, Wording, words_of

FEWEST = 2
"""Words of the first person in a statement; one may be a slip, or a headline's."""
MOST_WORDS = 60
"""Words of a statement to one of the first person, at the most."""
LEAST_SHARE = 0.6
"""Share of a statement's words that stand in paragraphs with a word of the first person."""
MUCH_MORE = 4.0
"""How many times as often, at the least, it says "we" as the rest of its page."""
REACH = 700
"""Characters after the start of a passage in which the first person is looked for at once."""
LONGEST = 20
"""Characters of the longest word of the first person, and more."""

_PARAGRAPH = re.compile(r"[^\n]+")


def speaking_words() -> set[str]:
    """The words of the first person, of all languages."""
    return {word for table in every("verbatim") for word in table["first_person"]}


@cache
def first_person() -> Codes:
    """Codes of which each word of the first person has one."""
    return words_of(" ".join(sorted(speaking_words()))).codes


@cache
def _first_person() -> re.Pattern[str]:
    small = speaking_words()
    forms = sorted({*small, *(word.capitalize() for word in small)}, key=lambda form: (-len(form), form))
    either = "|".join(map(re.escape, forms))
    return re.compile(rf"(?:{either})\b(?![\u0300-\u036f])")  # a first letter is sought much faster than a border


def _says(text: str, start: int, end: int) -> Iterator[int]:
    """Where words of the first person start that begin and end within a stretch."""
    for found in _first_person().finditer(text, start, end):
        at = found.start()
        if not at or not (text[at - 1].isalnum() or text[at - 1] == "_"):
            yield at


@lru_cache(maxsize=512)
def may_speak(text: str, at: int) -> bool:
    """A quick look, whether what starts at a character can be in the first person."""
    return any(place < at + REACH for place in _says(text, at, at + REACH + LONGEST))


def spoken_words(text: str, words: Wording, first: int, length: int) -> tuple[int, int]:
    """The words ``[start, end)`` of the paragraphs within ``length`` words from ``first`` on that are a statement in
    the first person; (0, 0) where there are none."""
    begin, end = int(words.starts[first]), int(words.ends[first + length - 1])
    whole = [
        line.span()
        for line in _PARAGRAPH.finditer(text, text.rfind("\n", 0, begin) + 1, _line_end(text, end))
        if line.end() > begin
    ]
    whole = [(start, stop) for start, stop in whole if _first_word(words, start) >= first and _last(words, stop, end)]
    if not whole:
        return 0, 0
    says = _own_voice(text, words)
    inside = [place for place in says if whole[0][0] <= place < whole[-1][1]]
    speaking = 0
    for start, stop in whole:
        if any(start <= place < stop for place in inside):
            speaking += _first_word(words, stop) - _first_word(words, start)
        elif narrates(text, start, stop):
            return 0, 0
    low, high = _first_word(words, whole[0][0]), _first_word(words, whole[-1][1])
    rest, size = len(says) - len(inside), len(words) - (high - low)
    often = len(inside) >= FEWEST and len(inside) * MOST_WORDS >= high - low and speaking >= LEAST_SHARE * (high - low)
    return (low, high) if often and len(inside) * size >= MUCH_MORE * rest * (high - low) else (0, 0)


def _own_voice(text: str, words: Wording) -> list[int]:
    """Where a text says "we" outside quotations."""
    own = np.zeros(len(words), dtype=np.bool_)
    for code in first_person():
        own |= words.codes == code
    places: list[int] = words.starts[own & ~words.marked].tolist()
    return [place for place in places if place in _says(text, place, place + LONGEST)]


def _first_word(words: Wording, place: int) -> int:
    """The first word that starts at a character or after it."""
    return bisect_left(words.starts, place)


def _last(words: Wording, stop: int, end: int) -> bool:
    """Whether no word of a paragraph that stops at ``stop`` lies behind the character ``end``."""
    after = _first_word(words, stop)
    return after > 0 and int(words.ends[after - 1]) <= end


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found
