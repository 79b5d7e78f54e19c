"""Notices that two pages share: copyright, newsletters, authors, a gallery's captions, lists of other stories.

In: a text and a span of it that another page shares. Out: the spans in it that are notices; a list of other stories is
known by its heading, or by three lines in a row that end in no stop. They are no reporting, so sharing them is no
copying. An article is cleaned of them before (``articles``); this is for what was left in, and is asked only of pairs
that share little else. Known to fail: a notice in a language without rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..language.rows import every
from ..records import Span
from .passages import Run
from .wording import Codes, Places, Wording, words_of

SHORT = 700
"""Characters: in a longer paragraph a notice's words count only where they begin it."""
BEGINNING = 160
AROUND = 25
"""Words around a shared passage in which a sign of a notice is looked for."""
OFTEN = 3
HEADING = 40
"""Characters of the longest heading of a list of other stories."""
TITLE = 18
"""Words of the longest title in a list of other stories, and ..."""
LEAST_TITLE = 4
"""... of the shortest that is known by its looks alone: ..."""
TITLES = 3
"""... so many lines, one after another, that end without a stop."""

_PARAGRAPH = re.compile(r"[^\n]+")
_NO_TITLES: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Rows:
    says: tuple[str, ...]
    often: tuple[str, ...]
    headings: frozenset[str]
    long_signs: tuple[str, ...]
    signs: tuple[str, ...]
    """Parts of these words, without a first letter that can be a capital: where none stands, there is no notice."""


@cache
def _rows() -> _Rows:
    def all_of(name: str) -> list[str]:
        return [word for table in every("notices") for row in table[name] for word in row["words"]]

    signs, long_signs = (
        tuple(sign for table in every("notices") for sign in table[name]) for name in ("signs", "long_signs")
    )
    return _Rows(tuple(all_of("says")), tuple(all_of("often")), frozenset(all_of("headings")), long_signs, signs)


@cache
def signs() -> Codes:
    """Sorted codes of which every notice but a list holds one: of each row, that of its longest word with the word
    beside it (:func:`_with_next`); of the word alone where it is the only one."""
    rows, found = _rows(), []
    for row in (*rows.says, *rows.often):
        words = words_of(row)
        longest = int((words.ends - words.starts).argmax())
        codes = _with_next(words.codes) if len(words) > 1 else words.codes
        found.append(codes[min(longest, len(codes) - 1)])
    return np.unique(np.array(found, dtype=np.uint64))


@cache
def heading_ends() -> tuple[Codes, Codes]:
    """Codes of the first words of the headings of lists, and of their last."""
    headings = [words_of(heading).codes for heading in sorted(_rows().headings)]
    first, last = ([codes[place] for codes in headings] for place in (0, -1))
    return np.unique(np.array(first, dtype=np.uint64)), np.unique(np.array(last, dtype=np.uint64))


@cache
def phrases() -> tuple[NDArray[np.uint8], Places]:
    """Of each notice but a list the words that make it one, as far as they are of ASCII, one behind the other; and
    where each begins and the last one ends."""
    raws = [re.split("[^\0-\x7f]", row)[0].encode() for row in (*_rows().says, *_rows().often)]
    return np.frombuffer(bytearray(b"".join(raws)), np.uint8), np.cumsum([0, *map(len, raws)])


def _with_next(codes: Codes) -> Codes:
    """A code of each word but the last with the one that follows."""
    out: Codes = codes[:-1] ^ (codes[1:] << np.uint64(1))
    return out


def signed(text: str, words: Wording, runs: Sequence[Run]) -> bool:
    """Whether one of the :func:`signs` stands in a run of the first text that has words of both texts' own, or starts
    at most :data:`AROUND` words from it: in a line of which it has a part, or anywhere where a line in a run, but
    the first, may be a heading."""
    own = [(run, words.span(run.a, run.a + run.length_a - 1)) for run in runs if min(run.own_a, run.own_b)]
    heading = any(0 < len(line) <= HEADING for _, span in own for line in span.of(text).split("\n")[1:])
    for run, span in own:
        low, high = max(0, run.a - AROUND), run.a + run.length_a + AROUND
        if not heading:
            end = text.find("\n", span.end)
            low = max(low, bisect_left(words.starts, text.rfind("\n", 0, span.start) + 1))
            high = min(high, bisect_left(words.starts, end)) if end >= 0 else high
        near, pairs = words.codes[low:high], _with_next(words.codes[low : high + 1])
        if np.isin(near, signs()).any() or np.isin(pairs, signs()).any():
            return True
    return False


def notices(text: str, shared: Span, lists: bool = False, signed: bool = True) -> list[Span]:
    """The parts of ``shared`` that are notices, by paragraphs, in order; with ``lists`` only where one may be long.
    Where no word near it is a sign of a notice (not ``signed``), only lists are looked for."""
    rows = _rows()
    listing = _under_heading(text, shared.start)
    titles = _titles(text, shared)
    if not listing and not titles:
        around = text[max(0, shared.start - BEGINNING) : shared.end + BEGINNING] if signed else ""
        first = text[shared.start : min(shared.end, shared.start + HEADING)].split("\n", 1)[0]
        if not any(map(around.__contains__, rows.long_signs if lists else rows.signs)) and not _heads(first):
            return []
    found = []
    for line in _PARAGRAPH.finditer(text, shared.start, shared.end):
        words = line.group()
        if _heads(words):
            listing = True
        elif listing and len(words.split()) > TITLE:
            listing = False
        if listing or line.start() in titles or _is_notice(_whole(text, line.start(), line.end()).lower()):
            found.append(Span(line.start(), line.end()))
    return found


def _titles(text: str, shared: Span) -> frozenset[int]:
    """Where lines start that are titles of other stories: some, one after another, none of which ends in a stop."""
    if text.count("\n", shared.start, shared.end) < TITLES - 1:
        return _NO_TITLES
    found: list[int] = []
    together: list[int] = []
    start, end = shared.start, shared.end
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            if _is_title(text, start, stop):
                together.append(start)
            else:
                found += together if len(together) >= TITLES else []
                together = []
        start = stop + 1
    return frozenset(found + (together if len(together) >= TITLES else []))


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether a line can be the title of another story."""
    last = text[end - 1]
    if not last.isalnum() and not last.isspace():
        return False
    words = text[start:end].rstrip()
    return words[-1:].isalnum() and len(words) <= SHORT and LEAST_TITLE <= len(words.split()) <= TITLE


def _whole(text: str, start: int, end: int) -> str:
    """The paragraph of which ``text[start:end]`` is a part (its first and last :data:`SHORT` characters at most)."""
    first, last = text.rfind("\n", max(0, start - SHORT), start) + 1, text.find("\n", end, end + SHORT)
    return text[first or max(0, start - SHORT) : last if last >= 0 else end + SHORT]


def _is_notice(words: str) -> bool:
    """Whether a paragraph (in lower case) is a notice."""
    rows = _rows()
    if any(words.count(phrase) >= OFTEN for phrase in rows.often):
        return True
    beginning = words if len(words) <= SHORT else words[:BEGINNING]
    return any(map(beginning.__contains__, rows.says))


def _heads(words: str) -> bool:
    """Whether a line is the heading of a list of other stories."""
    return len(words) <= HEADING and words.strip(" :|\"'-–—").casefold() in _rows().headings


def _under_heading(text: str, start: int) -> bool:
    """Whether the line before a place is the heading of a list of other stories."""
    before = text[max(0, start - 60) : start].rstrip('\n "“')
    return _heads(before[before.rfind("\n") + 1 :])
