"""Characters as numbers: a class and a lower-case code for each UTF-16 unit, as tables for whole pages at once.

A page is read as one array of UTF-16 units, so that tables have 65,536 entries. A character beyond the basic plane is
two surrogates: the first tells its plane (emoji, ideographs, other scripts), the second goes with it.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

(
    OTHER, SPACE, LOWER, UPPER, PLAIN, HANGUL, DENSE, WIDE, DIGIT, STOP, WIDE_STOP, ELLIPSIS, COMMA, COLON, QUOTE,
    OPENING, OPEN, CLOSE, BAR, SLASH, DASH, ADDRESS, RIGHTS, LINE,
) = range(24)  # fmt: skip
"""The classes. ``PLAIN`` letters have no case; ``DENSE`` are scripts without blanks between words (Thai, Lao, Khmer,
Burmese) and ``WIDE`` ideographs and kana: there each character counts as a word."""

_LISTED = {
    STOP: ".!?؟।։", WIDE_STOP: "。！？｡", ELLIPSIS: "…", COMMA: ",;،、，；", COLON: ":：", QUOTE: "\"'“”’‘»«›‹",
    OPENING: "„‚「『《〈", OPEN: "([{（［【", CLOSE: ")]}）］】」』》〉", BAR: "|·•●▪■►▶★｜・", SLASH: "/\\／",
    DASH: "-–—―−", ADDRESS: "@#", RIGHTS: "©®", LINE: "\n",
}  # fmt: skip
_DENSE_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
UNITS = 1 << 16
_PLACES = np.arange(0, 60, 12, dtype=np.uint64)[:, None]


def units(text: str) -> NDArray[np.uint16]:
    """The UTF-16 units of a text; lone surrogates pass."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)


@cache
def class_table() -> NDArray[np.intp]:
    """The class of each unit, ``intp[65536]``."""
    table = np.full(UNITS, OTHER, dtype=np.intp)
    for code in range(0xD800):
        table[code] = _class_of(chr(code))
    for code in range(0xF900, UNITS):
        table[code] = _class_of(chr(code))
    table[0xD800:0xD83C] = PLAIN  # the first half of a pair: other scripts (plane 1),
    table[0xD840:0xDC00] = WIDE  # ideographs (from plane 2 on); between them emoji and symbols
    for first, last in _DENSE_RANGES:
        table[first : last + 1] = np.where(table[first : last + 1] == PLAIN, DENSE, table[first : last + 1])
    for kind, listed in _LISTED.items():
        table[[ord(c) for c in listed]] = kind
    return table


def _class_of(c: str) -> int:
    if c.isspace():
        return SPACE
    if c.isalpha():
        if c.islower():
            return LOWER
        if c.isupper() or c.istitle():
            return UPPER
        if "\uac00" <= c <= "\ud7a3" or "\u1100" <= c <= "\u11ff" or "\u3130" <= c <= "\u318f":
            return HANGUL
        return WIDE if c >= "\u2e80" and unicodedata.east_asian_width(c) in "WF" else PLAIN
    if c.isdigit():
        return DIGIT
    return PLAIN if c >= "\u0300" and unicodedata.category(c) in ("Mn", "Mc") else OTHER


@cache
def lower_table() -> NDArray[np.uint32]:
    """The lower-case unit of each unit, ``uint32[65536]``; every digit is "0"."""
    codes = np.arange(UNITS, dtype=np.uint32)
    kinds = class_table()
    for code in np.flatnonzero(kinds == UPPER).tolist():
        small = chr(code).lower()
        if len(small) == 1:
            codes[code] = ord(small)
    codes[kinds == DIGIT] = ord("0")
    return codes


def flags(*kinds: int) -> NDArray[np.bool_]:
    """A table from class to whether it is one of these, ``bool[24]``."""
    return np.isin(np.arange(24), kinds)


@cache
def counters(kinds: tuple[int | tuple[int, ...], ...]) -> NDArray[np.uint64]:
    """A table from class to a number in which five counters of 12 bits stand side by side: one sum counts five kinds
    of character at once. ``uint64[24]``."""
    table = np.zeros(24, dtype=np.uint64)
    for place, kind in enumerate(kinds):
        for one in kind if isinstance(kind, tuple) else (kind,):
            table[one] += np.uint64(1 << (12 * place))
    return table


def counted(
    kinds: tuple[int | tuple[int, ...], ...], of: NDArray[np.intp], starts: NDArray[np.intp]
) -> NDArray[np.float32]:
    """How many characters of each kind every line has, ``float32[5, lines]``: ``of`` is the class of each unit,
    ``starts`` the first unit of each line."""
    sums = np.add.reduceat(counters(kinds).take(of), starts)
    return ((sums >> _PLACES) & np.uint64(0xFFF)).astype(np.float32)
