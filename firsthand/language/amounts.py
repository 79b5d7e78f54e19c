"""Amounts: how many of what, as printed, and whether two of them can both be right.

In: text. Out: :class:`Amount` values in text order, each with its exact span; :func:`compatible` on two of them. It
reads digits and words ("two dozen", "a third", "$50 billion", "eleven"), bounds ("at least", "nearly"), ranges,
percent and currency, the noun that is counted, and what is said of people counted (dead, missing). Dates, clock
times, ordinals, ages and numbers inside names are no amounts. Known to fail: a noun far from its number ("of the
villages along the river, 12 ..."); units that must be converted (acres, hectares); a range that is a change.

One pass over the tokens: the time is linear in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ..records import Span
from .numerals import (
    DIGIT,
    Number,
    Token,
    counts_nothing,
    read_number,
    read_tokens,
    reading,
    starts,
    unit_of,
)
from .rows import rows

Bound = Literal["exact", "about", "at_least", "at_most", "nearly"]

_REACH = 7
"""Tokens after a number that are looked at for the noun counted ("99,000 Pacific Gas & Electric customers")."""
_LONGEST_PHRASE = 4
_STATE_REACH = 12
"""Tokens on either side that are looked at, within the clause, for what is said of the people counted."""
_PERIODS = frozenset(("day", "week", "month", "year", "hour"))
_LARGE = 1_000_000
"""From here a figure without a noun ("131 million") is a sum or a count whose noun was named before."""
_ONE_SIZE = 10.0
_DOZEN = 12


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, of what. ``low <= high`` are the printed value, or the ends of a printed range. ``unit`` is the noun
    counted in the singular (``people``, ``acre``, ``percent``, a currency such as ``usd``, or empty); ``of`` is what a
    sum or a share is of ("$50 billion in imports"); ``state`` what is said of the people counted (``dead``).
    ``vague`` is a word for many ("dozens"), ``more`` an increase ("19 more"), ``part`` a part of them ("eight of the").
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
    vague: bool = False
    more: bool = False
    part: bool = False


@cache
def _state_words() -> dict[str, str]:
    return {word: row["state"] for row in rows("amounts")["states"] for word in row["words"] if " " not in word}


@cache
def _one_unit() -> dict[tuple[str, str], str]:
    """Units that count one thing under a state: customers and homes without power."""
    table = rows("amounts")["states"]
    return {(row["state"], unit): row["one"][0] for row in table for unit in row.get("one", ())}


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


def singular(word: str) -> str:
    """A plural noun's singular, by its ending; the word itself where it has none of the endings."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def _clause(tokens: list[Token], first: int, last: int) -> tuple[int, int]:
    """The token range around ``[first, last)`` within its clause, at most ``_STATE_REACH`` each way."""
    breaks = frozenset(".;:!?()—–,")
    start = first
    while start > 0 and first - start < _STATE_REACH and tokens[start - 1].text not in breaks:
        start -= 1
    end = last
    while end < len(tokens) and end - last < _STATE_REACH and tokens[end].text not in breaks:
        end += 1
    return start, end


def _state(tokens: list[Token], number: Number) -> str:
    """What is said of the people counted: the nearest word of a state in the clause, the one after winning a tie."""
    start, end = _clause(tokens, number.first, number.last)
    best: tuple[int, int, str] | None = None
    for j in range(start, end):
        state = _state_words().get(tokens[j].key) or _state_phrase(tokens, j, end)
        if state is None or number.first <= j < number.last:
            continue
        between = range(number.last, j) if j >= number.last else range(j + 1, number.first)
        if any(DIGIT.match(tokens[k].text) or (tokens[k].key == "and" and not _pairs(tokens, k)) for k in between):
            continue
        key = (len(between), 0 if j >= number.last else 1, state)
        best = key if best is None else min(best, key)
    return best[2] if best else ""


def _pairs(tokens: list[Token], k: int) -> bool:
    """Whether the "and" at ``k`` joins two nouns that are counted together ("homes and businesses")."""
    sides = (tokens[k - 1].key, tokens[k + 1].key) if 0 < k < len(tokens) - 1 else ("", "")
    return all(len(w) > 4 and singular(w) != w and w not in _state_words() for w in sides)


def _state_phrase(tokens: list[Token], j: int, end: int) -> str | None:
    """The state that several words from token ``j`` on say together ("not been found")."""
    phrases = _state_phrases().get(tokens[j].key, ())
    words = tuple(t.key for t in tokens[j : min(end, j + _LONGEST_PHRASE)])
    return next((state for phrase, state in phrases if words[: len(phrase)] == phrase), None)


def _noun(tokens: list[Token], i: int) -> tuple[str, int]:
    """The noun counted after token ``i``: (folded word, index after it); ("", i) where none is found.

    A plural or a known unit within reach, before any word that ends a noun phrase.
    """
    for j in range(i, min(len(tokens), i + _REACH)):
        key = tokens[j].key
        if key in _PERIODS and tokens[j - 1].key in ("a", "per", "each", "every"):
            continue
        if key in unit_of() or (key.endswith("s") and singular(key) != key and key not in reading("skips")):
            if tokens[j].text[0].isupper() and j + 1 < len(tokens) and tokens[j + 1].text[0].isalpha():
                continue
            return key, j + 1
        if key in reading("stops") or (not tokens[j].text[0].isalpha() and key != "&"):
            break
        if tokens[j].start - tokens[j - 1].end > 2:
            break
    return "", i


def _plain_unit(noun: str) -> str:
    return unit_of().get(noun) or singular(noun)


def _bound(tokens: list[Token], first: int, number: Number) -> tuple[Bound, int]:
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


def _range(tokens: list[Token], number: Number) -> Number | None:
    """The second number of a printed range that starts with ``number``: "30 to 60", "between 30 and 60", "30-60"."""
    i = number.last
    if i + 1 >= len(tokens):
        return None
    before = tokens[number.first - 1].key if number.first else ""
    joined = tokens[i].key in ("to", "-", "–") or (tokens[i].key == "and" and before == "between")
    if not joined or before == "from":
        return None
    second = read_number(tokens, i + 1)
    if second is None or second.vague or second.value <= number.value / 1e12:
        return None
    return second


def _scaled(number: Number, second: Number) -> float:
    """The first number of a range on the second one's scale: "30 to 60 million" starts at 30 million."""
    value = number.value
    while value and value * 1000 <= second.value and second.step >= 1000:
        value *= 1000
    return value


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every amount in ``text``, in text order, not overlapping. Spans are of ``text``."""
    tokens = read_tokens(text)
    found: list[Amount] = []
    reached = 0
    for i in starts(tokens):
        number = read_number(tokens, i) if i >= reached else None
        if number is None:
            continue
        second = _range(tokens, number)
        if second is None and counts_nothing(tokens, number):
            reached = number.last
            continue
        if second is not None and not (second.unit or number.unit) and counts_nothing(tokens, second):
            reached = second.last
            continue
        earlier = number.first > 1 and tokens[number.first - 1].key == "from"
        found.append(_with_unit_before(_amount(tokens, number, second), found, earlier))
        reached = (second or number).last
    return tuple(found)


def _with_unit_before(amount: Amount, before: list[Amount], earlier: bool) -> Amount:
    """A bare large figure counts what the figure of its size before it counts: "from 84 million crowns to 131
    million"; so does a bare figure after "from" (``earlier``): "17 died, up from 13"."""
    large = amount.low >= _LARGE or earlier
    if amount.unit or not large or not before or not before[-1].unit or before[-1].unit == "percent":
        return amount
    last = before[-1]
    if earlier:
        return replace(amount, unit=last.unit, of=last.of, state=last.state)
    near = max(last.low, amount.low) <= _ONE_SIZE * min(last.low, amount.low)
    return replace(amount, unit=last.unit, of=last.of) if near else amount


def _amount(tokens: list[Token], number: Number, second: Number | None) -> Amount:
    """The amount of a number, or of a range that ends in ``second``, with what it counts."""
    whole, low = number, number.value
    if second is not None:
        step = max(number.step, second.step)
        whole = Number(second.value, step, number.first, second.last, second.unit or number.unit)
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
    more, part = _is_more(tokens, start, whole), _is_part(tokens, whole)
    if whole.unit:
        span = Span(tokens[start].start, tokens[whole.last - 1].end)
        return Amount(low, high, whole.unit, bound, span, whole.step, counted, "", noun, whole.vague, more)
    state = _state(tokens, whole)
    if noun in _state_words():
        counted, state = "people", _state_words()[noun]
    counted = _one_unit().get((state, counted), counted) or ("people" if state else "")
    span = Span(tokens[start].start, tokens[max(end, whole.last) - 1].end)
    return Amount(low, high, counted, bound, span, whole.step, "", state, noun, whole.vague, more, part)


def _is_more(tokens: list[Token], start: int, number: Number) -> bool:
    """Whether a number comes on top of another ("another 12", "19 more", "Varn
    and five other towns")."""
    following = tokens[number.last].key if number.last < len(tokens) else ""
    than = tokens[number.last + 1].key if number.last + 1 < len(tokens) else ""
    before = tokens[start - 1].key if start else ""
    named = following == "other" and start > 1 and before == "and" and tokens[start - 2].text[:1].isupper()
    return named or before in reading("increases") or (following in reading("increases") and than != "than")


def _is_part(tokens: list[Token], number: Number) -> bool:
    """Whether a number is a part of those spoken of ("eight of the injured")."""
    of, whose = (tokens[number.last + k].key if number.last + k < len(tokens) else "" for k in (0, 1))
    return of == "of" and whose in reading("parts")


def _said_of_share(tokens: list[Token], i: int) -> str:
    """What is said of the whole that a share is of: the participle that follows ("40 percent contained")."""
    key = tokens[i].key if i < len(tokens) else ""
    return key if len(key) > 4 and (key.endswith("ed") or key in reading("shares")) else ""


def _interval(amount: Amount) -> tuple[float, float]:
    """The values that the words allow. A round figure of 100 or more may be rounded by up to half its last place, but
    by no more than a tenth; "about" allows a tenth of a round figure ("about 6,000") and half of that where more digits
    are printed ("about 26,000"); a bound opens its side."""
    slack = min(amount.step / 2, amount.low / 10) if amount.low >= 100 or amount.step < 1 else 0.0
    if amount.step == _DOZEN:
        slack = max(slack, _DOZEN / 4)  # "two dozen" is a round figure
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
