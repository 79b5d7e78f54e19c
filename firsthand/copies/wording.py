"""An article as numbers: where each word stands and a 64-bit code of it. No Python string a word is made here.

In: the text of an article. Out: a :class:`Wording`: arrays of word starts, ends and codes, and which words stand
inside quotation marks. Words that differ in case, accents or the shape of an apostrophe have one code; a character of
a script without spaces (Chinese, Japanese, Thai ...) is a word of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..records import Span
from .quoted import quoted_spans

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]
Offsets = NDArray[np.int64] | NDArray[np.int32]
Flags = NDArray[np.bool_]

PIECE = 1_000_000
"""Characters of a long text that are read at a time: each takes some 60 bytes while it is."""
PLANE = 0x10000
_SPACE = re.compile(r"\s")
ALONE = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF))
"""Scripts written without spaces: each character is a word."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


class Wording(msgspec.Struct, frozen=True, eq=False):
    """The words of one text, in order: ``starts``, ``ends`` [n] characters, ``codes`` [n], ``quoted`` [n] (or else not
    the article's own: what its outlet repeats on page after page), ``marked`` [n] (quoted indeed)."""

    starts: Offsets
    ends: Offsets
    codes: Codes
    quoted: Flags
    marked: Flags

    def __len__(self) -> int:
        return len(self.codes)

    def span(self, first: int, last: int) -> Span:
        """The characters from word ``first`` to word ``last``, inclusive."""
        return Span(int(self.starts[first]), int(self.ends[last]))


@cache
def folding() -> tuple[NDArray[np.uint64], Flags]:
    """For every character of the basic plane: the code of its folded form (0: no word), and whether it stands alone."""
    folded = np.zeros(PLANE, dtype=np.uint64)
    for point in range(PLANE):
        if 0xD800 <= point < 0xE000:
            continue
        char = chr(point)
        if char.isalnum() or unicodedata.category(char) in ("Mn", "Mc"):
            folded[point] = ord(unicodedata.normalize("NFKD", char.casefold())[:1] or char)
    beyond = folded >= 0x80
    folded[beyond] = mixed(folded[beyond] * _BASE)  # so that letters beyond ASCII fill all eight bytes
    alone = np.zeros(PLANE, dtype=np.bool_)
    for low, high in ALONE:
        alone[low : high + 1] = True
    return folded, alone & (folded > 0)


def mixed(codes: Codes) -> Codes:
    """Codes with their bits spread (the finaliser of splitmix64), so that their order says nothing of the words."""
    codes = (codes ^ (codes >> np.uint64(30))) * _MIX
    out: Codes = codes ^ (codes >> np.uint64(31))
    return out


def _parts(values: Codes, offsets: Places) -> Codes:
    """What each character adds to its word's code: turned by as many bytes as it stands behind the start, eight
    characters a number, and each number times a power of its own. So eight bytes of ASCII can be read at once."""
    turns = (offsets % 8 * 8).astype(np.uint64)
    turned = (values << turns) | (values >> ((np.uint64(64) - turns) & np.uint64(63)))
    powers = np.full(int(offsets.max(initial=0)) // 8 + 1, _BASE)
    powers[0] = 1
    out: Codes = turned * np.cumprod(powers)[offsets // 8]
    return out


def words_of(text: str) -> Wording:
    """The words of ``text``. Linear in its length; any text will do."""
    read = [_words_in(text[start:end], start) for start, end in _pieces(text)]
    starts, ends, codes = (np.concatenate(arrays) for arrays in zip(*read, strict=True))
    marked = within(starts, quoted_spans(text))
    return Wording(starts, ends, codes, marked, marked)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Parts of a text that end at white space, of some :data:`PIECE` characters; at least one."""
    start = 0
    while len(text) - start > PIECE:
        space = _SPACE.search(text, start + PIECE)
        if space is None:
            break
        yield start, space.start()
        start = space.start()
    yield start, len(text)


def _words_in(text: str, offset: int) -> tuple[Places, Places, Codes]:
    """Starts, ends and codes of the words of a piece of a text that stands at ``offset``."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded, alone = folding()
    basic = np.where(points < PLANE, points, np.uint32(0))
    values, single = folded[basic], alone[basic]
    inside = values > 0
    before = np.concatenate(([False], inside[:-1])) if len(points) else inside
    after_single = np.concatenate(([False], single[:-1])) if len(points) else single
    starts = np.flatnonzero(inside & (~before | single | after_single))
    if not len(starts):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint64)
    at = np.flatnonzero(inside)
    word = np.searchsorted(starts, at, side="right") - 1
    ends = np.zeros(len(starts), dtype=np.int64)
    ends[word] = at + 1  # the last character of each word is written last
    codes = mixed(np.add.reduceat(_parts(values[at], at - starts[word]), np.searchsorted(at, starts)))
    return starts + offset, ends + offset, codes


def within(starts: Offsets, spans: tuple[Span, ...]) -> Flags:
    """Which words start inside the spans."""
    flags = np.zeros(len(starts), dtype=np.bool_)
    for span in spans:
        flags[np.searchsorted(starts, span.start) : np.searchsorted(starts, span.end)] = True
    return flags
