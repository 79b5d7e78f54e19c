"""Words and numbers of a text, each with the classes (month, weekday, unit ...) that the forms are written in.

In: a text. Out: a list of :class:`Token`, numbers in words already joined ("twenty-four", "nineteen ninety-seven",
"2 1/2"). It is one pass with one regular expression that cannot backtrack over more than a few characters, so its time
is linear in the text whatever the text is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from ..rows import rows

_TOKEN = re.compile(
    r"""
    (?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)
        (?![\w-])
  | (?P<numeric>[0-9]{1,2}(?:/[0-9]{1,2}/|\.[0-9]{1,2}\.)(?:[0-9]{4}|[0-9]{2}))(?![\w/])
  | (?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?![0-9:])
  | (?P<number>[0-9]+(?:[.,][0-9]+)*)
  | (?P<dotted>[^\W\d_](?:\.[^\W\d_](?![^\W_]))+\.?)
  | (?P<word>[^\W_]+)
  | (?P<poss>['’]s(?![^\W_]))
  | (?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)

_MARKS = {",": "COMMA", ".": "DOT", "'": "APOS", "’": "APOS", "‘": "APOS", "/": "SLASH", "-": "DASH"}
_MARKS |= {"%": "PERCENT", "(": "OPEN", ")": "CLOSE"}
_MARKS |= dict.fromkeys("‐‑‒–—−", "DASH") | dict.fromkeys("$£€¥#", "MONEY")
_PLAIN: frozenset[str] = frozenset()
_NOTHING: Mapping[str, Any] = {}
_BREAK = frozenset({"BREAK"})
_BACK = frozenset({"BACK"})


@dataclass(slots=True)
class Token:
    """A word, number, mark or (later) a whole time expression. ``value`` is what the lexicon says, by class;
    ``meaning`` is set once a form has matched; ``tight`` where no white space stands before it; ``lead``
    are the classes of its first word, once it is an expression."""

    start: int
    end: int
    low: str
    classes: frozenset[str]
    value: Mapping[str, Any] = field(default_factory=dict)
    capital: bool = False
    tight: bool = False
    meaning: Any = None
    mod: str = ""
    until_now: bool = False
    lead: frozenset[str] = frozenset()


def tokenize(text: str, language: str) -> list[Token]:
    """The tokens of a text in order. A blank line is a token of class BREAK without width: no form crosses it."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        if start > end and text.count("\n", end, start) > 1:
            found.append(Token(start, start, "", _BREAK))
        found.append(_token(match, start == end and start > 0, language))
        end = match.end()
    _mark_likely_years(found)
    return _join_numbers(found, language)


def _mark_likely_years(tokens: list[Token]) -> None:
    """Numbers that look like years of a century of which the text surely speaks ("in 1776", "since 1780") are likely
    years even where no such word leads to them ("the 1777 campaign")."""
    years = [(i, t.value["INT"]) for i, t in enumerate(tokens) if "YEAR" in t.classes and "INT" in t.value]
    sure = Counter(year // 100 for i, year in years if i and tokens[i - 1].classes & {"YEARCUE", "MONTH"})
    for i, year in years:
        if sure[year // 100] >= 3 and not (i and tokens[i - 1].classes & {"APPROX", "NOYEAR"}):
            tokens[i].value = {"INT": year, "LIKELY": True}


def _token(match: re.Match[str], tight: bool, language: str) -> Token:
    kind, words = match.lastgroup or "", match.group()
    start, end = match.span()
    if kind == "mark":
        name = _MARKS.get(words)
        return Token(start, end, words, frozenset({name}) if name else _PLAIN, tight=tight)
    if kind == "poss":
        return Token(start, end, "'s", frozenset({"POSS"}), tight=True)
    if kind == "number":
        return _number(words, start, end, tight)
    if kind in ("iso", "numeric", "clock"):
        return Token(start, end, words, frozenset({kind.upper()}), {kind.upper(): words}, tight=tight)
    low, classes, value, capital = _word(words, kind == "dotted", language)
    return Token(start, end, low, classes, value, capital, tight)


@lru_cache(maxsize=50_000)
def _word(words: str, dotted: bool, language: str) -> tuple[str, frozenset[str], Mapping[str, Any], bool]:
    """A word in lower case, its classes, what the lexicon says of it, and whether it starts with a capital."""
    low = words.lower()
    entry = lexicon(language).get(low.replace(".", "") if dotted else low)
    capital = words[0].isupper()
    if entry is None:
        past = not capital and len(low) > 4 and low.endswith(past_endings(language))
        return low, _BACK if past else _PLAIN, _NOTHING, capital
    return low, entry.capital if capital else entry.small, entry.value, capital


def _number(words: str, start: int, end: int, tight: bool) -> Token:
    plain = words.replace(",", "")
    if len(plain) > 12 or plain.count(".") > 1:
        return Token(start, end, words, _PLAIN, tight=tight)
    if "." in plain:
        return Token(start, end, words, frozenset({"DECIMAL"}), {"INT": float(plain)}, tight=tight)
    number = int(plain)
    return Token(start, end, words, number_classes(words, number), {"INT": number}, tight=tight)


def number_classes(words: str, number: int) -> frozenset[str]:
    """The classes of a whole number as written: INT, and DAY, HOUR, YEAR, SHORT (two digits), SMALL (three at most)."""
    found = {"INT"}
    if words.isdigit():
        if len(words) <= 2:
            found |= {"DAY"} if 1 <= number <= 31 else set()
            found |= {"HOUR"} if number <= 24 else set()
            found |= {"SHORT"} if len(words) == 2 else set()
        if len(words) <= 3:
            found.add("SMALL")
        if len(words) == 4 and 1000 <= number <= 2199:
            found.add("YEAR")
        if len(words) == 4 and number <= 2400:
            found.add("MILITARY")
    return frozenset(found)


# ------------------------------------------------------------------------------------------------- lexicon


@dataclass(frozen=True, slots=True)
class Entry:
    """A word's classes: as written with a capital first letter, and without; and its value by class."""

    capital: frozenset[str]
    small: frozenset[str]
    value: Mapping[str, Any]


@cache
def past_endings(language: str) -> tuple[str, ...]:
    """The endings of past forms in a language."""
    return tuple(rows("times", language)["past_endings"])


@cache
def lexicon(language: str) -> dict[str, Entry]:
    """Every word that a form can speak of, in lower case, with its classes. A word that stands in a form as itself is
    its own class."""
    table = rows("times", language)
    proper = set(table["proper"])
    values: dict[str, dict[str, Any]] = {}
    for name, words in table["words"].items():
        for word, value in words.items():
            values.setdefault(word, {})[name] = value
    for section in ("atom", "composite", "modified"):
        for row in table[section]:
            for word in re.findall(r"(?<![\w@])[a-z']+(?![\w=])", row["form"]):
                values.setdefault(word, {})[word] = word
    for by_class in values.values():
        if "NUMBER" in by_class:
            by_class["INT"] = by_class["NUMBER"]
            by_class[_size(by_class["NUMBER"])] = by_class["NUMBER"]
    return {
        word: Entry(frozenset(by_class), frozenset(c for c in by_class if c not in proper), by_class)
        for word, by_class in values.items()
    }


# ------------------------------------------------------------------------------------------------- numbers


def _size(number: int) -> str:
    return "ONES" if number < 10 else "TEENS" if number < 20 else "TENS" if number < 100 else "HUNDREDS"


def _join_numbers(tokens: list[Token], language: str) -> list[Token]:
    """Numbers in words become one token each: "twenty-four", "two hundred and ten", "nineteen ninety-seven"."""
    found: list[Token] = []
    i = 0
    while i < len(tokens):
        if not tokens[i].classes:
            found.append(tokens[i])
            i += 1
            continue
        end, token = _number_phrase(tokens, i)
        found.append(token)
        i = end
    return found


def _number_phrase(tokens: list[Token], i: int) -> tuple[int, Token]:
    """The longest number in words that starts at ``i`` as one token and where it ends; else the token itself."""
    first = tokens[i]
    if first.low.isdigit() and "INT" in first.classes:
        return _written(tokens, i)
    if "ONE" in first.classes and tokens[i + 1 : i + 2] and "HUNDREDS" in tokens[i + 1].classes:
        j, token = _number_phrase(tokens, i + 1)
        if token.classes & {"INT", "HUNDREDS"} and first.value["ONE"] == 1:
            number = token.value["INT"]
            return j, Token(first.start, token.end, "", frozenset({"INT"}), {"INT": number}, first.capital, first.tight)
    if not first.classes & {"ONES", "TEENS", "TENS", "HUNDREDS"}:
        return i + 1, first
    parts: list[Token] = [first]
    j = i + 1
    while len(parts) < 8:
        k = j + 1 if j < len(tokens) and (_dashes(tokens[j]) or "NUMBERJOIN" in tokens[j].classes) else j
        if tokens[j : j + 1] and "NUMBERJOIN" in tokens[j].classes and "HUNDREDS" not in parts[-1].classes:
            break
        if k >= len(tokens) or not tokens[k].classes & {"ONES", "TEENS", "TENS", "HUNDREDS", "ORDINAL"}:
            break
        if k > j and "DASH" in tokens[j].classes and not ("TENS" in parts[-1].classes and tokens[k].classes & _LAST):
            break
        if k == j and not _may_follow(parts[-1], tokens[k], len(parts)):
            break
        parts.append(tokens[k])
        j = k + 1
        if "ORDINAL" in parts[-1].classes:
            break
    if len(parts) == 1:
        return i + 1, first
    joined = _value(parts)
    if joined is None:
        return i + 1, first
    number, classes = joined
    words = Token(first.start, parts[-1].end, "", classes, dict.fromkeys(classes, number), first.capital, first.tight)
    return j, words


def _dashes(token: Token) -> bool:
    return token.tight and "DASH" in token.classes


_LAST = frozenset({"ONES", "ORDINAL"})


def _may_follow(left: Token, right: Token, count: int) -> bool:
    if "HUNDREDS" in right.classes:
        return True
    if "HUNDREDS" in left.classes:
        return True
    if "TENS" in left.classes:
        return bool(right.classes & _LAST) or (count == 1 and bool(right.classes & {"TENS", "TEENS"}))
    return count == 1 and "TEENS" in left.classes and bool(right.classes & {"TENS", "TEENS"})


def _value(parts: list[Token]) -> tuple[int, frozenset[str]] | None:
    """What number words joined mean: a number, an ordinal, or a year ("nineteen ninety-seven")."""
    ordinal = "ORDINAL" in parts[-1].classes
    numbers = [int(p.value["ORDINAL" if "ORDINAL" in p.classes else "NUMBER"]) for p in parts]
    if len(numbers) > 1 and 10 < numbers[0] < 21 and 10 <= numbers[1] < 100 and not ordinal:
        return numbers[0] * 100 + sum(numbers[1:]), frozenset({"INT", "YEAR"})
    total = current = 0
    for number in numbers:
        if number == 100:
            current = max(current, 1) * 100
        elif number >= 1000:
            total += max(current, 1) * number
            current = 0
        else:
            current += number
    total += current
    if total > 10**12:
        return None
    if ordinal:
        return total, frozenset({"ORDINAL"})
    return total, frozenset({"INT", "YEAR"} if 1900 < total < 2100 else {"INT"})


def _written(tokens: list[Token], i: int) -> tuple[int, Token]:
    """A number in digits with what belongs to it: "21st", "2 1/2", "3 million" (which counts no time)."""
    first, more = tokens[i], tokens[i + 1 : i + 4]
    if more and more[0].tight and "SUFFIX" in more[0].classes:
        value = {"ORDINAL": first.value["INT"]}
        return i + 2, Token(first.start, more[0].end, "", frozenset({"ORDINAL"}), value, tight=first.tight)
    if len(more) == 3 and [t.low for t in more] == ["1", "/", "2"] and not more[0].tight and more[1].tight:
        half = {"INT": first.value["INT"] + 0.5}
        return i + 4, Token(first.start, more[2].end, "", frozenset({"DECIMAL"}), half, tight=first.tight)
    return i + 1, first
