"""Amounts: how many of what, as printed, and whether two of them can both be right.

In: text. Out: :class:`Amount` values in text order, each with its exact span; :func:`compatible` on two of them. It
reads digits and words ("two dozen", "a third", "$50 billion", "eleven"), bounds ("at least", "nearly"), ranges,
percent and currency, the noun that is counted, and what is said of people counted (dead, missing). Dates, clock
times, ordinals, ages and numbers inside names are no amounts. Known to fail: a noun far from its number ("of the
villages along the river, 12 ..."); units that must be converted (acres, hectares); a range that is a change.

One pass over the tokens: the time is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ..records import Span
from .names import fold
from .rows import rows

Bound = Literal["exact", "about", "at_least", "at_most", "nearly"]

_TOKEN = re.compile(
    r"(?:US|us|Us)?[$€£¥₹]|%|\d{1,15}(?:,\d{3}(?!\d)){0,8}(?:\.\d{1,12}(?!\d))?"
    r"|[^\W\d_](?:[^\W\d_]|['’.&-](?=[^\W\d_])){0,60}|[^\w\s]|\w"
)
_DIGIT = re.compile(r"\d")
_REACH = 7
"""Tokens after a number that are looked at for the noun counted ("99,000 Pacific Gas & Electric customers")."""
_LONGEST_PHRASE = 4
_STATE_REACH = 9
"""Tokens on either side that are looked at, within the clause, for what is said of the people counted."""
_PERIODS = frozenset(("day", "week", "month", "year", "hour"))
_LARGE = 1_000_000
"""From here a figure without a noun ("131 million") is a sum or a count whose noun was named before."""
_ONE_SIZE = 10.0
_YEARS = range(1500, 2101)


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, of what. ``low <= high`` are the printed value, or the ends of a printed range. ``unit`` is the noun
    counted in the singular (``people``, ``acre``, ``percent``, a currency such as ``usd``, or empty); ``of`` is what a
    sum or a share is of ("$50 billion in imports"); ``state`` what is said of the people counted (``dead``).
    ``span`` covers the number with its bound and its unit words; ``step`` is the last printed place (100 in 1,500)."""

    low: float
    high: float
    unit: str
    bound: Bound
    span: Span
    step: float
    of: str = ""
    state: str = ""
    noun: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Number:
    """A number read from tokens ``[first, last)``, with its currency or percent, if printed."""

    value: float
    step: float
    first: int
    last: int
    unit: str = ""
    vague: bool = False


def _tokens(text: str) -> list[_Token]:
    return [_Token(m.group(), fold(m.group()).replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text)]


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
def _unit_of() -> dict[str, str]:
    return {word: unit for unit, words in rows("amounts")["units"].items() for word in words}


@cache
def _state_words() -> dict[str, str]:
    return {word: row["state"] for row in rows("amounts")["states"] for word in row["words"] if " " not in word}


@cache
def _state_phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The states of several words, by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in rows("amounts")["states"]:
        for phrase in (tuple(w.split()) for w in row["words"] if " " in w):
            found.setdefault(phrase[0], []).append((phrase, row["state"]))
    return {word: tuple(many) for word, many in found.items()}


@cache
def _bounds() -> dict[tuple[str, ...], Bound]:
    return {tuple(words.split()): row["bound"] for row in rows("amounts")["bounds"] for words in row["words"]}


@cache
def _reading(name: str) -> frozenset[str]:
    return frozenset(rows("amounts")["reading"][name])


def singular(word: str) -> str:
    """A plural noun's singular, by its ending; the word itself where it has none of the endings."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]


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


def _fraction(tokens: list[_Token], i: int) -> _Number | None:
    """ "a third", "two-thirds", "half of", "three quarters": a share, unit percent."""
    numbers, _, fractions, _, currencies = _table()
    key = tokens[i].key
    if "-" in key:
        count, _, part = key.partition("-")
        if count in numbers and part in fractions:
            return _Number(100 * numbers[count] * fractions[part], 1, i, i + 1, "percent")
        return None
    following = tokens[i + 1].key if i + 1 < len(tokens) else ""
    after = tokens[i + 2].key if i + 2 < len(tokens) else ""
    if key in numbers and following in fractions and after == "of":
        return _Number(100 * numbers[key] * fractions[following], 1, i, i + 2, "percent")
    if key == "half" and (following in ("of", "the") or (following == "a" and after == "million")):
        if after == "million":
            money = currencies.get(tokens[i + 3].key, "") if i + 3 < len(tokens) else ""
            return _Number(500_000, 100_000, i, i + 4 if money else i + 3, money)
        return _Number(50, 1, i, i + 1, "percent")
    return None


def _read_number(tokens: list[_Token], i: int) -> _Number | None:
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
        return _Number(vague[key], vague[key], first, last, unit, vague=True)
    head = _head(tokens, i)
    if head is None:
        return None
    value, step, i = _scale(tokens, i + 1, head, bool(unit))
    unit, i = _unit_after(tokens, i, unit)
    return _Number(value, step, first, i, unit)


def _head(tokens: list[_Token], i: int) -> tuple[float, float] | None:
    """(value, step) of the digits or the number word at ``i``; "a" counts only before a scale ("a million")."""
    text, key = tokens[i].text, tokens[i].key
    if _DIGIT.match(text):
        return float(text.replace(",", "")), _step(text)
    worded = _words_value(key)
    following = tokens[i + 1].key if i + 1 < len(tokens) else ""
    if worded is None or (key in ("a", "an") and following not in _table()[1]):
        return None
    return worded, 1.0


def _scale(tokens: list[_Token], i: int, head: tuple[float, float], money: bool) -> tuple[float, float, int]:
    """(value, step, next token) after the scales that follow: "two hundred and six", "1.5 million", "$5m"."""
    scales = _table()[1]
    value, step = head
    worded = not _DIGIT.match(tokens[i - 1].text)
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


def _unit_after(tokens: list[_Token], i: int, unit: str) -> tuple[str, int]:
    """(unit, next token) of a percent sign or a currency word after the number."""
    if i >= len(tokens):
        return unit, i
    key, currencies = tokens[i].key, _table()[4]
    if _unit_of().get(key) == "percent":
        unit, i = "percent", i + 1
    elif key == "per" and i + 1 < len(tokens) and tokens[i + 1].key == "cent":
        unit, i = "percent", i + 2
    elif not unit and key in currencies and key.isalpha():
        unit, i = currencies[key], i + 1
    if unit == "percent" and i < len(tokens) and tokens[i].key in ("points", "point"):
        unit, i = "percentage point", i + 1
    return unit, i


def _continues(tokens: list[_Token], i: int, step: float) -> bool:
    """Whether "and" at ``i`` goes on with a number in words ("two hundred and six")."""
    following = _words_value(tokens[i + 1].key) if i + 1 < len(tokens) else None
    return following is not None and following < step and step == 100 and tokens[i + 1].key not in ("a", "an")


def _is_no_amount(tokens: list[_Token], number: _Number) -> bool:
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
        if before.key not in _reading("months") and before.key != "no":
            before = None
    if before and (before.key.rstrip(".") in _reading("months") or before.key in ("no", "aged", "age")):
        return True
    plural = after is not None and after.key.endswith("s") and after.key not in _reading("stops")
    if before and before.key in _reading("labels") and not plural:
        return True  # "Article 5"
    if after and (after.key in _reading("months") or after.key in _reading("clock")):
        return True
    named = before is not None and before.text[0].isupper() and number.first > 1 and before.text.isalpha()
    if named and (after is None or not after.text[0].isalpha() or after.key in _reading("stops")):
        return True
    return single and token.text.isdigit() and int(token.text) in _YEARS and not _counts_years(after)


def _is_pronoun(before: _Token | None, after: _Token | None) -> bool:
    """Whether "one" stands for somebody or for no number ("one of", "no one", "one day")."""
    if after is None or not after.text.isalpha() or after.text[0].isupper() or after.key in _reading("stops"):
        return True
    fixed = _reading("not_counts")
    return f"one {after.key}" in fixed or (before is not None and f"{before.key} one" in fixed)


def _counts_years(after: _Token | None) -> bool:
    """Whether what looks like a year counts something ("1800 tents")."""
    return bool(after and after.text.isalpha() and after.key.endswith("s") and after.key not in ("its", "was", "has"))


def _clause(tokens: list[_Token], first: int, last: int) -> tuple[int, int]:
    """The token range around ``[first, last)`` within its clause, at most ``_STATE_REACH`` each way."""
    breaks = frozenset(".;:!?()—–,")
    start = first
    while start > 0 and first - start < _STATE_REACH and tokens[start - 1].text not in breaks:
        start -= 1
    end = last
    while end < len(tokens) and end - last < _STATE_REACH and tokens[end].text not in breaks:
        end += 1
    return start, end


def _state(tokens: list[_Token], number: _Number) -> str:
    """What is said of the people counted: the nearest word of a state in the clause, the one after winning a tie."""
    start, end = _clause(tokens, number.first, number.last)
    best: tuple[int, int, str] | None = None
    for j in range(start, end):
        state = _state_words().get(tokens[j].key) or _state_phrase(tokens, j, end)
        if state is None or number.first <= j < number.last:
            continue
        between = range(number.last, j) if j >= number.last else range(j + 1, number.first)
        if any(_DIGIT.match(tokens[k].text) or tokens[k].key == "and" for k in between):
            continue
        key = (len(between), 0 if j >= number.last else 1, state)
        best = key if best is None else min(best, key)
    return best[2] if best else ""


def _state_phrase(tokens: list[_Token], j: int, end: int) -> str | None:
    """The state that several words from token ``j`` on say together ("not been found")."""
    phrases = _state_phrases().get(tokens[j].key, ())
    words = tuple(t.key for t in tokens[j : min(end, j + _LONGEST_PHRASE)])
    return next((state for phrase, state in phrases if words[: len(phrase)] == phrase), None)


def _noun(tokens: list[_Token], i: int) -> tuple[str, int]:
    """The noun counted after token ``i``: (folded word, index after it); ("", i) where none is found.

    A plural or a known unit within reach, before any word that ends a noun phrase.
    """
    for j in range(i, min(len(tokens), i + _REACH)):
        key = tokens[j].key
        if key in _PERIODS and tokens[j - 1].key in ("a", "per", "each", "every"):
            continue
        if key in _unit_of() or (key.endswith("s") and singular(key) != key and key not in _reading("skips")):
            if tokens[j].text[0].isupper() and j + 1 < len(tokens) and tokens[j + 1].text[0].isalpha():
                continue
            return key, j + 1
        if key in _reading("stops") or (not tokens[j].text[0].isalpha() and key != "&"):
            break
        if tokens[j].start - tokens[j - 1].end > 2:
            break
    return "", i


def _plain_unit(noun: str) -> str:
    return _unit_of().get(noun) or singular(noun)


def _bound(tokens: list[_Token], first: int, number: _Number) -> tuple[Bound, int]:
    """The bound that stands before the number, and the token at which its words start."""
    for width in (4, 3, 2, 1):
        if first >= width:
            found = _bounds().get(tuple(t.key for t in tokens[first - width : first]))
            if found:
                return found, first - width
    after = tuple(t.key for t in tokens[number.last : number.last + 2])
    if after == ("or", "more"):
        return "at_least", first
    if after == ("or", "so"):
        return "about", first
    return ("at_least" if number.vague else "exact"), first


def _range(tokens: list[_Token], number: _Number) -> _Number | None:
    """The second number of a printed range that starts with ``number``: "30 to 60", "between 30 and 60", "30-60"."""
    i = number.last
    if i + 1 >= len(tokens):
        return None
    before = tokens[number.first - 1].key if number.first else ""
    joined = tokens[i].key in ("to", "-", "–") or (tokens[i].key == "and" and before == "between")
    if not joined or before == "from":
        return None
    second = _read_number(tokens, i + 1)
    if second is None or second.vague or second.value <= number.value / 1e12:
        return None
    return second


def _scaled(number: _Number, second: _Number) -> float:
    """The first number of a range on the second one's scale: "30 to 60 million" starts at 30 million."""
    value = number.value
    while value and value * 1000 <= second.value and second.step >= 1000:
        value *= 1000
    return value


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every amount in ``text``, in text order, not overlapping. Spans are of ``text``."""
    tokens = _tokens(text)
    found: list[Amount] = []
    i = 0
    while i < len(tokens):
        number = _read_number(tokens, i)
        if number is None:
            i += 1
            continue
        second = _range(tokens, number)
        if second is None and _is_no_amount(tokens, number):
            i = number.last
            continue
        if second is not None and not (second.unit or number.unit) and _is_no_amount(tokens, second):
            i = second.last
            continue
        found.append(_with_unit_before(_amount(tokens, number, second), found))
        i = (second or number).last
    return tuple(found)


def _with_unit_before(amount: Amount, before: list[Amount]) -> Amount:
    """A bare large figure counts what the figure of its size before it counts: "from 84 million crowns to 131
    million"."""
    if amount.unit or amount.low < _LARGE or not before or not before[-1].unit or before[-1].unit == "percent":
        return amount
    last = before[-1]
    near = max(last.low, amount.low) <= _ONE_SIZE * min(last.low, amount.low)
    return replace(amount, unit=last.unit, of=last.of) if near else amount


def _amount(tokens: list[_Token], number: _Number, second: _Number | None) -> Amount:
    """The amount of a number, or of a range that ends in ``second``, with what it counts."""
    whole, low = number, number.value
    if second is not None:
        step = max(number.step, second.step)
        whole = _Number(second.value, step, number.first, second.last, second.unit or number.unit)
        low = _scaled(number, second)
    low, high = min(low, whole.value), max(low, whole.value)
    bound, start = _bound(tokens, number.first, whole)
    if second is not None and number.first and tokens[number.first - 1].key == "between":
        start = number.first - 1
    noun, end = _noun(tokens, whole.last)
    counted = _plain_unit(noun) if noun else ""
    if whole.unit == "percent" and not noun and (said := _said_of_share(tokens, whole.last)):
        span = Span(tokens[start].start, tokens[whole.last].end)
        return Amount(low, high, whole.unit, bound, span, whole.step, state=said)
    if whole.unit:
        span = Span(tokens[start].start, tokens[whole.last - 1].end)
        return Amount(low, high, whole.unit, bound, span, whole.step, of=counted, noun=noun)
    state = _state(tokens, whole)
    if noun in _state_words():
        counted, state = "people", _state_words()[noun]
    span = Span(tokens[start].start, tokens[max(end, whole.last) - 1].end)
    return Amount(low, high, counted or ("people" if state else ""), bound, span, whole.step, state=state, noun=noun)


def _said_of_share(tokens: list[_Token], i: int) -> str:
    """What is said of the whole that a share is of: the participle that follows ("40 percent contained")."""
    key = tokens[i].key if i < len(tokens) else ""
    return key if len(key) > 4 and (key.endswith("ed") or key in _reading("shares")) else ""


def _interval(amount: Amount) -> tuple[float, float]:
    """The values that the words allow. A round figure of 100 or more may be rounded by up to half its last place, but
    by no more than a tenth; "about" allows a tenth of a round figure ("about 6,000") and half of that where more digits
    are printed ("about 26,000"); a bound opens its side."""
    slack = min(amount.step / 2, amount.low / 10) if amount.low >= 100 or amount.step < 1 else 0.0
    if amount.step > 1 and amount.unit in rows("amounts")["currencies"].values():
        slack = max(slack, min(amount.step / 2, amount.low / 20))
    if amount.bound == "about":
        slack = max(slack, amount.low / (10 if amount.step * 10 > amount.low else 20))
    low, high = amount.low - slack, amount.high + slack
    if amount.bound == "at_least":
        return amount.low - slack, float("inf")
    if amount.bound == "at_most":
        return 0.0, high
    if amount.bound == "nearly":
        return min(low, amount.low * 0.9), amount.high
    return low, high


def comparable(a: Amount, b: Amount) -> bool:
    """Whether two amounts count the same thing, as far as their own words say: one unit, one state, one "of"."""
    same_unit = bool(a.unit) and a.unit == b.unit and a.state == b.state
    return same_unit and (a.of == b.of or not a.of or not b.of)


def compatible(a: Amount, b: Amount) -> bool:
    """Whether two amounts of one thing can both be right: what their words allow overlaps (rounding, "at least",
    ranges). It does not look at units: see :func:`comparable`."""
    (a_low, a_high), (b_low, b_high) = _interval(a), _interval(b)
    return a_low <= b_high and b_low <= a_high
