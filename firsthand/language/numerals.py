"""Numbers as printed: digits and words ("two dozen", "$50 billion", "a third"), and those that count nothing.

In: the tokens of a text (:func:`read_tokens`). Out: :class:`Number` values, each with the tokens that it covers, its
last printed place and its currency or percent; :func:`counts_nothing` says of a number that it is a date, a clock time,
an ordinal, an age, a part of a name or a pronoun. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from .names import fold
from .rows import rows

_TOKEN = re.compile(
    r"(?:US|us|Us)?[$€£¥₹]|%|\d{1,15}(?:,\d{3}(?!\d)){0,8}(?:\.\d{1,12}(?!\d))?"
    r"|[^\W\d_](?:[^\W\d_]|['’.&-](?=[^\W\d_])){0,60}|[^\w\s]|\w"
)
DIGIT = re.compile(r"\d")
_YEARS = range(1500, 2101)


class Token(NamedTuple):
    text: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from tokens ``[first, last)``, with its currency or percent, if printed."""

    value: float
    step: float
    first: int
    last: int
    unit: str = ""
    vague: bool = False


def read_tokens(text: str) -> list[Token]:
    return [Token(word := m.group(), key_of(word), m.start(), m.end()) for m in _TOKEN.finditer(text)]


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """What a token is compared by: folded, with one kind of apostrophe."""
    return fold(word).replace("’", "'")


@cache
def _beginnings() -> frozenset[str]:
    """The words with which a number may begin, but for "a": that begins one only before one of the others."""
    numbers, scales, fractions, vague, _ = _table()
    return frozenset((*numbers, *scales, *fractions, *vague)) - {"a", "an"}


def holds_number(text: str, words: Sequence[str]) -> bool:
    """Whether a number can stand in a text at all: a digit, or one among its folded words (``words``, without hyphens).
    Most sentences hold none."""
    return (
        not _beginnings().isdisjoint(words)
        or DIGIT.search(text) is not None
        or len(max(words, key=len, default="")) > 60
    )


@lru_cache(maxsize=50_000)
def _may_start(word: str) -> bool:
    return not word.isalpha() or key_of(word) in _beginnings() or key_of(word) in ("a", "an")


def starts(tokens: Sequence[Token]) -> list[int]:
    """The tokens at which a number can start, by each token alone."""
    return [i for i, token in enumerate(tokens) if _may_start(token.text)]


@cache
def _table() -> tuple[dict[str, float], dict[str, float], dict[str, float], dict[str, float], dict[str, str]]:
    table = rows("amounts")
    return (
        {k: float(v) for k, v in table["numbers"].items()},
        {k: float(v) for k, v in table["scales"].items()},
        table["fractions"],
        {k: float(v) for k, v in table["vague"].items()},
        table["currencies"],
    )


@cache
def unit_of() -> dict[str, str]:
    return {word: unit for unit, words in rows("amounts")["units"].items() for word in words}


@cache
def reading(name: str) -> frozenset[str]:
    return frozenset(rows("amounts")["reading"][name])


def _step(digits: str) -> float:
    """The place value of the last digit that is not a trailing zero: 100 for 1,500, .1 for 2.5."""
    plain = digits.replace(",", "")
    if "." in plain:
        return float(10.0 ** -len(plain.split(".", 1)[1]))
    kept = plain.rstrip("0")
    return float(10.0 ** (len(plain) - len(kept))) if kept else 1.0


def _words_value(key: str) -> float | None:
    """The value of one number word, hyphenated ones too ("twenty-five")."""
    numbers = _table()[0]
    if key in numbers:
        return numbers[key]
    tens, dash, ones = key.partition("-")
    if dash and numbers.get(tens, 0) >= 20 and 0 < numbers.get(ones, 0) < 10:
        return numbers[tens] + numbers[ones]
    return None


def _fraction(tokens: list[Token], i: int) -> Number | None:
    """ "a third", "two-thirds", "half of", "three quarters": a share, unit percent."""
    numbers, _, fractions, _, currencies = _table()
    key = tokens[i].key
    if "-" in key:
        count, _, part = key.partition("-")
        if count in numbers and part in fractions:
            return Number(100 * numbers[count] * fractions[part], 1, i, i + 1, "percent")
        return None
    following = tokens[i + 1].key if i + 1 < len(tokens) else ""
    after = tokens[i + 2].key if i + 2 < len(tokens) else ""
    if key in numbers and following in fractions and after == "of":
        return Number(100 * numbers[key] * fractions[following], 1, i, i + 2, "percent")
    if key == "half" and (following in ("of", "the") or (following == "a" and after == "million")):
        if after == "million":
            money = currencies.get(tokens[i + 3].key, "") if i + 3 < len(tokens) else ""
            return Number(500_000, 100_000, i, i + 4 if money else i + 3, money)
        return Number(50, 1, i, i + 1, "percent")
    return None


def read_number(tokens: list[Token], i: int) -> Number | None:
    """The number that starts at token ``i``: currency sign, digits or words, scales, percent."""
    vague, currencies = _table()[3:]
    first, unit = i, ""
    if tokens[i].key in currencies and not tokens[i].key.isalpha():
        unit, i = currencies[tokens[i].key], i + 1
    if i >= len(tokens):
        return None
    share = _fraction(tokens, i)
    if share:
        return share
    key = tokens[i].key
    if key in vague:
        last = i + 2 if i + 1 < len(tokens) and tokens[i + 1].key == "of" else i + 1
        return Number(vague[key], vague[key], first, last, unit, vague=True)
    head = _head(tokens, i)
    if head is None:
        return None
    value, step, i = _scale(tokens, i + 1, head, bool(unit))
    unit, i = _unit_after(tokens, i, unit)
    return Number(value, step, first, i, unit)


def _head(tokens: list[Token], i: int) -> tuple[float, float] | None:
    """(value, step) of the digits or the number word at ``i``; "a" counts only before a scale ("a million")."""
    text, key = tokens[i].text, tokens[i].key
    if DIGIT.match(text):
        return float(text.replace(",", "")), _step(text)
    worded = _words_value(key)
    following = tokens[i + 1].key if i + 1 < len(tokens) else ""
    if worded is None or (key in ("a", "an") and following not in _table()[1]):
        return None
    return worded, 1.0


def _scale(tokens: list[Token], i: int, head: tuple[float, float], money: bool) -> tuple[float, float, int]:
    """(value, step, next token) after the scales that follow: "two hundred and six", "1.5 million", "$5m"."""
    scales = _table()[1]
    value, step = head
    worded = not DIGIT.match(tokens[i - 1].text)
    while i < len(tokens):
        key = tokens[i].key
        if key == "and" and _continues(tokens, i, step):
            value, step, i = value + (_words_value(tokens[i + 1].key) or 0.0), 1.0, i + 2
            continue
        apart = len(key) <= 2 and tokens[i].start != tokens[i - 1].end and not money
        if key not in scales or apart:
            break
        value, step, i = value * scales[key], step * scales[key], i + 1
        more = _words_value(tokens[i].key) if i < len(tokens) and tokens[i].key not in ("a", "an") else None
        if more is not None and worded and step >= 100 and more < step:
            value, step, i = value + more, 1.0, i + 1
    return value, step, i


def _unit_after(tokens: list[Token], i: int, unit: str) -> tuple[str, int]:
    """(unit, next token) of a percent sign or a currency word after the number."""
    if i >= len(tokens):
        return unit, i
    key, currencies = tokens[i].key, _table()[4]
    if unit_of().get(key) == "percent":
        unit, i = "percent", i + 1
    elif key == "per" and i + 1 < len(tokens) and tokens[i + 1].key == "cent":
        unit, i = "percent", i + 2
    elif not unit and key in currencies and key.isalpha():
        unit, i = currencies[key], i + 1
    if unit == "percent" and i < len(tokens) and tokens[i].key in ("points", "point"):
        unit, i = "percentage point", i + 1
    return unit, i


def _continues(tokens: list[Token], i: int, step: float) -> bool:
    """Whether "and" at ``i`` goes on with a number in words ("two hundred and six")."""
    following = _words_value(tokens[i + 1].key) if i + 1 < len(tokens) else None
    return following is not None and following < step and step == 100 and tokens[i + 1].key not in ("a", "an")


def counts_nothing(tokens: list[Token], number: Number) -> bool:
    """Whether a number is a date, a clock time, an ordinal, an age, a part of a name, or a pronoun."""
    if number.unit or number.vague:
        return False
    before = tokens[number.first - 1] if number.first else None
    after = tokens[number.last] if number.last < len(tokens) else None
    token = tokens[number.first]
    single = number.last == number.first + 1
    if token.key == "one" and single and _is_pronoun(before, after):
        return True
    if after and after.start == tokens[number.last - 1].end and (after.key in "-–:/’'" or after.text[0].isalpha()):
        return True  # 24-hour, 10:30, 4th, 737s
    if before and before.end == token.start and (before.key in "-–:/.#'’" or before.text[-1].isalnum()):
        return True
    if before and before.text == "." and number.first > 1:
        before = tokens[number.first - 2]  # "Sept. 8", "No. 5"
        if before.key not in reading("months") and before.key != "no":
            before = None
    if before and (before.key.rstrip(".") in reading("months") or before.key in ("no", "aged", "age")):
        return True
    plural = after is not None and after.key.endswith("s") and after.key not in reading("stops")
    if before and before.key in reading("labels") and not plural:
        return True  # "Article 5"
    if after and (after.key in reading("months") or after.key in reading("clock")):
        return True
    named = before is not None and before.text[0].isupper() and number.first > 1 and before.text.isalpha()
    if named and (after is None or not after.text[0].isalpha() or after.key in reading("stops")):
        return True
    return single and token.text.isdigit() and int(token.text) in _YEARS and not _counts_years(after)


def _is_pronoun(before: Token | None, after: Token | None) -> bool:
    """Whether "one" stands for somebody or for no number ("one of", "no one", "one day")."""
    if after is None or not after.text.isalpha() or after.text[0].isupper() or after.key in reading("stops"):
        return True
    fixed = reading("not_counts")
    return f"one {after.key}" in fixed or (before is not None and f"{before.key} one" in fixed)


def _counts_years(after: Token | None) -> bool:
    """Whether what looks like a year counts something ("1800 tents")."""
    return bool(after and after.text.isalpha() and after.key.endswith("s") and after.key not in ("its", "was", "has"))
