"""The makers: from a form that matched to what it means. A form's row names its maker (``make``) and its parameters.

A maker takes the words of the match and gives a :data:`Meaning`, or None where they make none (there is no 31 June); so
does a guard that forbids it (a number that counts people is no year). Then the next longest form is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

from .calendar import Period, day_of
from .forms import Match
from .guards import GUARDS, day_tail
from .meaning import At, Fixed, Length, Meaning, Nothing, Part, Repeated, Shift, Vague
from .tokens import Token

UNIT_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "weekend": "WE", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "millennium": "ML", "fortnight": "W", "night": "TNI",
}  # fmt: skip
SHORT_UNITS = ("second", "minute", "hour", "night", "millennium", "fortnight")


class Words:
    """The words of a match, by the names of the form's items."""

    def __init__(self, tokens: list[Token], match: Match) -> None:
        self.tokens, self.match, self.row = tokens, match, match.form.row

    def has(self, name: str) -> bool:
        """Whether the named item is there."""
        return name in self.match.at

    def token(self, name: str) -> Token:
        """The token of a named item."""
        return self.tokens[self.match.at[name]]

    def get(self, name: str, *classes: str) -> Any:
        """The lexicon's value of a named item under the first of these classes that it has; None where missing."""
        if name not in self.match.at:
            return None
        values = self.token(name).value
        return next((values[c] for c in classes if c in values), None)


def make(tokens: list[Token], match: Match) -> Meaning | None:
    """What a match means, or None where it is none after all."""
    guard = match.form.row.get("guard")
    if guard and not GUARDS[guard](tokens, match.start, match.end):
        return None
    return MAKERS[match.form.row["make"]](Words(tokens, match))


# -------------------------------------------------------------------------------------------- calendar dates


def _year_number(words: Words) -> int | None:
    year = words.get("y", "YEAR", "INT")
    if year is None:
        return None
    if words.has("bc"):
        return -int(year)
    if words.token("y").classes & {"SHORT"} and not words.has("ad"):
        return int(year) + (2000 if year < 40 else 1900)
    return int(year)


def _whole(words: Words) -> Meaning | None:
    """The wider period that a part belongs to: a year in figures."""
    year = _year_number(words)
    return Fixed(Period("year", year)) if year is not None else None


def fixed(part: Part) -> Meaning | None:
    """A part of a known year as a period; None where there is no such day."""
    if not isinstance(part.of, Fixed):
        return part
    from .resolve import inside

    found = inside(part, part.of.period)
    return Fixed(found) if found else (part if part.of.period.year < 1 else None)


def _date(words: Words) -> Meaning | None:
    month = words.get("m", "MONTH", "MONTHABBR")
    day = int(words.get("d", "DAY", "INT", "ORDINAL") or 0)
    if month is None or not 1 <= day <= 31 or day_of(2000, month, day) is None:
        return None
    return fixed(Part("monthday", month * 100 + day, _whole(words), words.row.get("said")))


def _month(words: Words) -> Meaning | None:
    said = words.get("r", "REL")
    index = words.get("m", "MONTH", "MONTHABBR") - 1
    return fixed(Part("month", index, _whole(words), _SAID.get(said)))


def _year(words: Words) -> Meaning | None:
    return _whole(words)


def _year_tail(words: Words) -> Meaning | None:
    """The second year of "1915-17"."""
    begun = words.tokens[words.match.start - 2].value["INT"]
    return Fixed(Period("year", begun // 100 * 100 + words.get("y", "INT")))


def _day_beside(words: Words) -> Meaning | None:
    """One day of a range whose month stands at its other end: "March 3-5", "3-5 March 2011"."""
    tokens, start, end = words.tokens, words.match.start, words.match.end
    day = int(words.get("d", "INT", "ORDINAL"))
    if day_tail(tokens, start, end):
        name = tokens[start - 4 if "DOT" in tokens[start - 3].classes and start > 3 else start - 3]
        year = _whole(words)
    else:
        name = tokens[end + 2]
        after = tokens[end + 3 : end + 4]
        year = Fixed(Period("year", after[0].value["INT"])) if after and "YEAR" in after[0].classes else None
    month = name.value.get("MONTH") or name.value.get("MONTHABBR")
    if not month or not 1 <= day <= 31 or day_of(2000, month, day) is None:
        return None
    return fixed(Part("monthday", month * 100 + day, year))


def _iso(words: Words) -> Meaning | None:
    text = words.token("x").low
    day = day_of(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if day is None:
        return None
    clock = _clock_of(text[11:16], "") if len(text) > 10 else ""
    if clock is None:
        return None
    zone = text[16:].lstrip(":0123456789.") if len(text) > 16 else ""
    return At(clock, Fixed(day), "+00:00" if zone.upper() == "Z" else zone) if clock else Fixed(day)


def _numeric(words: Words) -> Meaning | None:
    """``9/8/2018``: the American order (month first) unless the first number is above 12; with dots day first."""
    text = words.token("x").low
    first, second, year = (int(n) for n in text.replace(".", "/").split("/"))
    month, day = (second, first) if "." in text or first > 12 else (first, second)
    if year < 100:
        year += 2000 if year < 40 else 1900
    found = day_of(year, month, day) if month <= 12 else None
    return Fixed(found) if found else None


def _decade(words: Words) -> Meaning | None:
    start = words.get("y", "DECADE", "INT")
    if start is None or start % 10:
        return None
    if start < 100:
        start += 1900 if start > 10 or start == 0 else 2000
    return Fixed(Period("decade", (-start if words.has("bc") else start) // 10))


def _century(words: Words) -> Meaning | None:
    number = int(words.get("n", "ORDINAL"))
    return Fixed(Period("century", -number if words.has("bc") else number - 1)) if 1 <= number <= 30 else None


def _part_of_year(words: Words) -> Meaning | None:
    """A quarter, half or season, with or without its year."""
    unit = words.row["unit"]
    index = words.get("s", "SEASON") if unit == "season" else int(words.get("n", "ORDINAL", "HALF", "INT", "QNAME")) - 1
    if index >= {"quarter": 4, "half": 2, "season": 4}[unit]:
        return None
    return fixed(Part(unit, index, _whole(words), _SAID.get(words.get("r", "REL"))))


def _half_of(words: Words) -> Meaning | None:
    """ "the first half of last year"."""
    return fixed(Part("half", words.get("n", "HALF") - 1, words.token("x").meaning))


def _feast(words: Words) -> Meaning | None:
    rule = words.get("f", "FEAST") or words.row.get("rule")
    return fixed(Part("feast", 0, _whole(words), _SAID.get(words.get("r", "REL")), str(rule)))


def _weekday(words: Words) -> Meaning | None:
    index = words.get("w", "WEEKDAY", "WEEKDAYABBR")
    return Part("weekday", index, None, _SAID.get(words.get("r", "REL")))


def _day_of_month(words: Words) -> Meaning | None:
    day = int(words.get("d", "ORDINAL", "DAY"))
    return Part("dayofmonth", day) if 1 <= day <= 31 else None


# -------------------------------------------------------------------------------------------------- relative

_SAID: Mapping[str | None, Any] = {
    "last": "last", "next": "next", "this": "this", "previous": "last", "following": "next",
}  # fmt: skip
_SHIFTS: Mapping[str, tuple[int, str]] = {
    "last": (-1, "now"), "this": (0, "now"), "next": (1, "now"), "previous": (-1, "then"), "following": (1, "then"),
    "same": (0, "then"), "latest": (-1, "now"),
}  # fmt: skip


def _shift(words: Words) -> Meaning | None:
    """ "last week", "the following year", "yesterday": ``unit`` and ``count`` from the row or from the words."""
    unit = words.row.get("unit") or words.get("u", "UNIT")
    if "count" in words.row:
        return Shift(unit, words.row["count"], words.row.get("anchor", "now"))
    count, anchor = _SHIFTS[words.get("r", "REL")]
    if unit in SHORT_UNITS:
        return Vague("PRESENT_REF") if count == 0 else None
    if unit == "quarter" and anchor == "then" and count == 0:
        anchor = "quarter"
    return Shift(unit, count, anchor)  # type: ignore[arg-type]


def _quarter(words: Words) -> Meaning | None:
    """ "the quarter": the one in question, else the last that is over."""
    return Shift("quarter", 0, "quarter")


def _year_ago(words: Words) -> Meaning | None:
    """ "the year-ago quarter": a year before the quarter or year in question."""
    return Shift("quarter" if "finer" in words.row else "year", -1, "year-ago")


def _weekend(words: Words) -> Meaning | None:
    return Part("weekend", 0, None, _SAID.get(words.get("r", "REL")))


def _deictic(words: Words) -> Meaning | None:
    """ "yesterday", "tonight"."""
    count, suffix = words.get("t", "DEICTIC")
    return At(suffix, Shift("day", count)) if suffix else Shift("day", count)


def _ago(words: Words) -> Meaning | None:
    """ "two days ago", "a year earlier", "three weeks later"."""
    sign, anchor = words.get("s", "SIDE") or words.row["side"]
    unit = words.get("u", "UNIT", "UNITS")
    count = _count(words)
    if count is None:
        return Vague("PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit in SHORT_UNITS and unit != "fortnight":
        return Length(length_value(unit, count), "past" if sign < 0 else "future", unit, count)
    if unit == "fortnight":
        unit, count = "week", 2 * count
    if count != int(count):
        unit, count = ("month", round(count * 12)) if unit == "year" else (unit, count)
    exact = anchor == "then" or unit in ("decade", "century")
    return Shift(unit, sign * count, anchor, exact, compares=unit == "year" and count == 1)


def _inner(words: Words) -> Meaning | None:
    return words.token("x").meaning if words.has("x") else None


def _same(words: Words) -> Meaning | None:
    """The expression named ``x``, with more words around it."""
    return _inner(words)


def _within(words: Words) -> Meaning | None:
    """A part ``x`` of a wider period ``y``: "last year's third quarter", "October of that year"."""
    part, whole = words.token("x").meaning, words.token("y").meaning
    if isinstance(part, Part):
        return fixed(replace(part, of=whole, said=None))
    if isinstance(part, At):
        return At(part.suffix, whole, part.offset)
    return None


# ------------------------------------------------------------------------------------------- times of a day


def _clock_of(text: str, half: str) -> str | None:
    """``T17:00`` for "5" or "5:00" with "pm"; None where there is no such time."""
    hour, _, minute = text.partition(":")
    hours, minutes = int(hour), int(minute[:2] or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "pm" else 0)
    return f"T{hours:02d}:{minutes:02d}" if hours <= 24 and minutes < 60 else None


def _clock(words: Words) -> Meaning | None:
    text = words.get("c", "CLOCK") or str(words.get("h", "INT"))
    if "MILITARY" in words.token("c" if words.has("c") else "h").classes and words.row.get("military"):
        text = text.zfill(4)[:2] + ":" + text.zfill(4)[2:]
    half = words.get("p", "AMPM") or ""
    suffix = _clock_of(text, half)
    return At(suffix, None, words.get("z", "ZONE") or "") if suffix else None


def _part_of_day(words: Words) -> Meaning | None:
    """ "Saturday morning", "this evening", "the night of ...": a part of the day ``x``, or of one that ``r`` says."""
    suffix = words.row.get("suffix") or words.get("p", "DAYPART")
    if words.has("x"):
        inner = _inner(words)
        return At(suffix, inner) if inner else None
    if words.has("r"):
        count, anchor = _SHIFTS[words.get("r", "REL")]
        return At(suffix, Shift("day", count, anchor))  # type: ignore[arg-type]
    return At(suffix, Shift("day", 0, "then") if "day" in words.row else None)


def _at(words: Words) -> Meaning | None:
    """A time ``t`` of a day ``x``."""
    time, day = words.token("t").meaning, words.token("x").meaning
    return At(time.suffix, day, time.offset) if isinstance(time, At) else None


# --------------------------------------------------------------------------------------- durations and sets


def _count(words: Words) -> float | None:
    """How many units: a number, 1 for "a", None for "a few" or for nothing."""
    if words.has("n"):
        number = words.get("n", "INT", "ONE", "NUMBER")
        return None if number is None else number + words.row.get("more", 0)
    return words.row.get("count")


def length_value(unit: str, count: float | None) -> str:
    """``P3D``, ``PT2H``, ``PXM``."""
    letters = UNIT_LETTERS[unit]
    if unit == "fortnight" and count is not None:
        count *= 2
    if unit == "millennium" and count is not None:
        return f"P{count * 1000:g}Y"
    number = "X" if count is None else str(int(count)) if count == int(count) else f"{count:g}"
    return f"PT{number}{letters[1]}" if len(letters) == 2 and letters[0] == "T" else f"P{number}{letters}"


_SIDES: Mapping[str | None, Literal["past", "future"]] = {"last": "past", "next": "future"}


def _length(words: Words) -> Meaning | None:
    if "means" in words.row:
        return Length(words.row["means"])
    unit = words.get("u", "UNIT", "UNITS")
    count = _count(words)
    if count is not None and (count > 100_000 or (count == 0)):
        return None
    side = _SIDES.get(words.get("r", "REL"))
    return Length(length_value(unit, count), side, unit, count)


def _vague(words: Words) -> Meaning | None:
    return Vague(words.row.get("means") or words.get("v", "VAGUE"))


def _repeated(words: Words) -> Meaning | None:
    """A set: by its adverb, or every unit, weekday, month or part of a day."""
    if words.has("v"):
        return Repeated(words.get("v", "OFTEN"))
    if words.has("w"):
        part = words.get("p", "DAYPART", "DAYPARTS") or ""
        return Repeated(f"XXXX-WXX-{words.get('w', 'WEEKDAY', 'WEEKDAYS') + 1}{part}")
    if words.has("m"):
        return Repeated(f"XXXX-{words.get('m', 'MONTH'):02d}")
    if words.has("p"):
        return Repeated("XXXX-XX-XX" + words.get("p", "DAYPART", "DAYPARTS"))
    if words.has("q"):
        return Repeated(("XXXX-SP", "XXXX-SU", "XXXX-FA", "XXXX-WI")[words.get("q", "SEASON", "SEASONS")])
    count = words.get("n", "INT") or words.row.get("count") or 1
    return Repeated(length_value(words.get("u", "UNIT", "UNITS"), count))


def _nothing(words: Words) -> Meaning | None:
    return Nothing()


MAKERS: Mapping[str, Callable[[Words], Meaning | None]] = {
    "ago": _ago, "at": _at, "century": _century, "clock": _clock, "date": _date, "day-beside": _day_beside,
    "day-of-month": _day_of_month, "decade": _decade, "deictic": _deictic, "feast": _feast, "iso": _iso,
    "length": _length, "month": _month, "nothing": _nothing, "numeric": _numeric, "part-of-day": _part_of_day,
    "part-of-year": _part_of_year, "part-of-year-of": _half_of, "quarter": _quarter, "repeated": _repeated,
    "same": _same, "shift": _shift, "vague": _vague, "weekday": _weekday, "weekend": _weekend, "within": _within,
    "year": _year, "year-ago": _year_ago, "year-tail": _year_tail,
}  # fmt: skip
