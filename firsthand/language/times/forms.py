"""The forms: rows such as ``m=MONTH d=DAY COMMA? y=YEAR``, compiled and matched over the classes of words.

A text's tokens become a string with one character a token, a character for each set of classes that a token can have;
a form becomes a regular expression over these characters, with no repetition in it but ``?``, so matching is linear
however long the text. Forms apply in three passes (``atom``, ``composite``, ``modified``); what one pass finds is a
token of the next. In a pass the leftmost longest form wins, then the one written first.

A form's items, parted by white space: ``UPPER`` a class of words, ``@lower`` a class of expressions that an earlier
pass found, ``lower`` the word itself, ``A/B`` any of several; ``name=ITEM`` hands it to the maker; ``ITEM?`` may be
missing; ``( a | b )`` either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..rows import rows
from .meaning import all_classes
from .tokens import Token, lexicon, number_classes

PASSES = ("atom", "composite", "modified")
_ITEM = re.compile(r"(?:(\w+)=)?([@A-Za-z'/]+)(\?)?|([(|])|(\)\??)")
_SAMPLES = (
    "0", "1", "12", "24", "25", "31", "32", "60", "99", "00", "100", "999", "1000", "1899", "2000", "2199", "2200",
    "2400", "2401", "10000",
)  # fmt: skip
_MADE: tuple[set[str], ...] = (
    {"INT", "YEAR"}, {"INT"}, {"ORDINAL"}, {"DECIMAL"}, {"ISO"}, {"NUMERIC"}, {"CLOCK"}, {"POSS"}, {"BREAK"},
    {"COMMA"}, {"DOT"}, {"APOS"}, {"SLASH"}, {"DASH"}, {"MONEY"}, {"PERCENT"}, {"OPEN"}, {"CLOSE"}, {"BACK"}, set(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled row."""

    row: Mapping[str, Any]
    pattern: re.Pattern[str]
    order: int


@dataclass(frozen=True, slots=True)
class Match:
    """A form found at tokens ``[start, end)``; ``at`` the index of each named item."""

    form: Form
    start: int
    end: int
    at: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms of a language by pass and by the character with which they can start; ``any_of`` a pass matches
    wherever one of its forms does: at a character that ``starts`` finds, by the forms that can start with it."""

    letters: Mapping[frozenset[str], str]
    starting: Mapping[str, Mapping[str, tuple[Form, ...]]]
    starts: Mapping[str, re.Pattern[str]]
    any_of: Mapping[str, Mapping[str, re.Pattern[str]]]

    def spell(self, tokens: list[Token]) -> str:
        """The tokens as a string, one character a token."""
        other = self.letters[frozenset()]
        return "".join([self.letters.get(t.classes, other) for t in tokens])

    def next_start(self, step: str, letters: str, i: int) -> int | None:
        """Where the next form of a pass matches, from ``i`` on; None where none does."""
        starts, any_of = self.starts[step], self.any_of[step]
        while found := starts.search(letters, i):
            i = found.start()
            if any_of[letters[i]].match(letters, i):
                return i
            i += 1
        return None

    def matches(self, step: str, letters: str, i: int) -> Iterator[Match]:
        """All forms of a pass that match at ``i``, the longest first, then as written."""
        forms = self.starting[step].get(letters[i], ())
        found = [(m.end(), form, m) for form in forms if (m := form.pattern.match(letters, i))]
        for end, form, match in sorted(found, key=lambda x: (-x[0], x[1].order)):
            named = {name: match.start(name) for name in match.re.groupindex if match.start(name) >= 0}
            yield Match(form, i, end, named)


@cache
def grammar(language: str) -> Grammar:
    """The forms of a language, compiled."""
    signatures = {frozenset(s) for s in _MADE} | {number_classes(s, int(s)) for s in _SAMPLES} | set(all_classes())
    for entry in lexicon(language).values():
        signatures |= {entry.capital, entry.small}
    letters = {s: chr(0x4E00 + i) for i, s in enumerate(sorted(signatures, key=sorted))}
    starting: dict[str, dict[str, list[Form]]] = {step: {} for step in PASSES}
    for step in PASSES:
        for order, row in enumerate(rows("times", language)[step]):
            piece = _sequence(_ITEM.findall(row["form"])[::-1], letters)
            form = Form(row, re.compile(piece.source), order)
            for letter in sorted(piece.first):
                starting[step].setdefault(letter, []).append(form)
    return Grammar(
        letters,
        {step: {c: tuple(f) for c, f in table.items()} for step, table in starting.items()},
        {step: re.compile("[" + "".join(sorted(table)) + "]") for step, table in starting.items()},
        {step: {c: _any(forms) for c, forms in table.items()} for step, table in starting.items()},
    )


def _any(forms: Sequence[Form]) -> re.Pattern[str]:
    return re.compile(_NAMED.sub("(?:", "|".join(form.pattern.pattern for form in forms)))


_NAMED = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a form: its regular expression, the characters it can start with, and whether it may be missing."""

    source: str
    first: frozenset[str]
    empty: bool


def _sequence(items: list[tuple[str, ...]], letters: Mapping[frozenset[str], str]) -> _Piece:
    """The items up to the end, a ``|`` or a ``)`` (left in ``items``, which is used up from its end)."""
    source, first, empty = "", set[str](), True
    while items and items[-1][3] != "|" and not items[-1][4]:
        piece = _piece(items, letters)
        source += piece.source
        first |= piece.first if empty else set()
        empty = empty and piece.empty
    return _Piece(source, frozenset(first), empty)


def _piece(items: list[tuple[str, ...]], letters: Mapping[frozenset[str], str]) -> _Piece:
    name, item, maybe, opening, _ = items.pop()
    if opening:
        branches = [_sequence(items, letters)]
        while items[-1][3] == "|":
            items.pop()
            branches.append(_sequence(items, letters))
        closing = items.pop()[4]
        first = frozenset[str]().union(*(b.first for b in branches))
        empty = closing == ")?" or any(b.empty for b in branches)
        return _Piece("(?:" + "|".join(b.source for b in branches) + closing, first, empty)
    chars = "".join(c for s, c in letters.items() if s & set(item.split("/")))
    if not chars:
        raise ValueError(f"no word is of the class {item!r}")
    return _Piece((f"(?P<{name}>[{chars}])" if name else f"[{chars}]") + maybe, frozenset(chars), bool(maybe))
