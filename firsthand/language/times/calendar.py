"""Calendar arithmetic: periods of one unit, counted, so that "three quarters later" is an addition.

A :class:`Period` is one day, week, month ... and knows its first and last day, its TIMEX3 value, and which period of
another unit contains it. Years before 1 are negative (``-480`` is 480 BC); such periods have a value but no days,
because ``datetime.date`` has none there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

Unit = Literal["century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day"]

PER_YEAR: dict[str, int] = {"half": 2, "quarter": 4, "season": 4, "month": 12}
SEASONS = ("SP", "SU", "FA", "WI")


@dataclass(frozen=True, slots=True)
class Period:
    """One period: ``number`` counts units (years; months since year 0; ISO weeks and days since 0001-01-01)."""

    unit: Unit
    number: int

    @property
    def year(self) -> int:
        """The year in which it begins (negative before 1)."""
        if self.unit in PER_YEAR:
            return self.number // PER_YEAR[self.unit]
        if self.unit == "year":
            return self.number
        if self.unit in ("decade", "century"):
            return self.number * (10 if self.unit == "decade" else 100)
        first = self.first
        return first.year if first else 0

    @property
    def index(self) -> int:
        """Which of its year it is, from 0 (month 0 is January)."""
        return self.number % PER_YEAR.get(self.unit, 1)

    def shift(self, count: int) -> Period:
        """The period ``count`` units later."""
        return Period(self.unit, self.number + count)

    @property
    def first(self) -> date | None:
        """Its first day, None outside the years 1 to 9999."""
        if self.unit == "day":
            return _day(self.number)
        if self.unit == "week":
            return _day(self.number * 7 + 1)
        if self.unit == "weekend":
            return _day(self.number * 7 + 6)
        if self.unit == "season":
            return _date(self.year, (3, 6, 9, 1)[self.index])
        return _date(self.year, 1 + self.index * 12 // PER_YEAR.get(self.unit, 1))

    @property
    def last(self) -> date | None:
        """Its last day, None outside the years 1 to 9999. A season's months are those of the northern half; a winter
        is named for either of its years, so its interval holds both."""
        if self.unit == "day":
            return _day(self.number)
        if self.unit in ("week", "weekend"):
            return _day(self.number * 7 + 7)
        if self.unit == "season":
            year, month = (self.year, (6, 9, 12)[self.index]) if self.index < 3 else (self.year + 1, 3)
            return _date(year, month, 20)
        following = self.shift(1).first
        return following - timedelta(days=1) if following else None

    @property
    def value(self) -> str:
        """Its TIMEX3 value: ``2018-09-08``, ``2018-W36``, ``2018-W36-WE``, ``2018-09``, ``2018-Q3``, ``2018-SU``,
        ``2018``, ``201``, ``20``."""
        if self.unit in ("week", "weekend"):
            first = self.first
            iso = first.isocalendar() if first else None
            return f"{iso[0]:04d}-W{iso[1]:02d}" + ("-WE" if self.unit == "weekend" else "") if iso else "XXXX-WXX"
        if self.unit == "day":
            return (self.first or date.min).isoformat()
        if self.unit == "decade":
            return f"{self.number:03d}" if self.number >= 0 else f"BC{-self.number:03d}"
        if self.unit == "century":
            return f"{self.number:02d}" if self.number >= 0 else f"BC{-self.number - 1:02d}"
        name = f"{self.year:04d}" if self.year >= 0 else f"BC{-self.year:04d}"
        return name + part_suffix(self.unit, self.index)


def part_suffix(unit: str, index: int) -> str:
    """What follows the year in a value: ``-09``, ``-Q3``, ``-H1``, ``-SU``; nothing for a year."""
    if unit == "month":
        return f"-{index + 1:02d}"
    if unit == "quarter":
        return f"-Q{index + 1}"
    if unit == "half":
        return f"-H{index + 1}"
    return f"-{SEASONS[index]}" if unit == "season" else ""


def containing(unit: Unit, day: date) -> Period:
    """The period of ``unit`` in which ``day`` lies (a weekend: that of its week)."""
    if unit == "day":
        return Period(unit, day.toordinal())
    if unit in ("week", "weekend"):
        return Period(unit, (day.toordinal() - 1) // 7)
    if unit == "season":  # December counts as the winter of its own year, January and February of the year before
        months = day.year * 12 + day.month - 1 - 2
        return Period(unit, months // 12 * 4 + months % 12 // 3)
    return part_of(unit, day.year, (day.month - 1) * PER_YEAR.get(unit, 1) // 12)


def part_of(unit: Unit, year: int, index: int = 0) -> Period:
    """The ``index``-th (from 0) ``unit`` of a year; for a decade or century the one that holds the year."""
    if unit in ("decade", "century"):
        return Period(unit, year // (10 if unit == "decade" else 100))
    return Period(unit, year * PER_YEAR.get(unit, 1) + index)


def widen(period: Period, unit: Unit) -> Period | None:
    """The period of a wider (or equal) ``unit`` in which ``period`` begins; None where that cannot be said."""
    if period.unit == unit:
        return period
    if unit in ("year", "decade", "century"):
        return part_of(unit, period.year)
    first = period.first
    return containing(unit, first) if first else None


def day_of(year: int, month: int, day: int) -> Period | None:
    """A calendar day, None where there is no such day."""
    found = _date(year, month, day)
    return Period("day", found.toordinal()) if found else None


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def _date(year: int, month: int, day: int = 1) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


# ------------------------------------------------------------------------------------------------- holidays


@cache
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus 1991, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def feast(rule: str, year: int) -> date | None:
    """The day of a feast in a year. ``rule`` is a row's: ``12-25`` (fixed), ``11-thu-4`` (the fourth Thursday of
    November; ``-1`` the last), ``easter-2`` or ``easter+49`` (days from Easter Sunday); after a space, days to add
    (``11-thu-4 +1``)."""
    head, _, more = rule.partition(" ")
    offset = timedelta(days=int(more or 0))
    if head.startswith("easter"):
        found: date | None = easter(year) + timedelta(days=int(head[6:] or 0)) if 1 <= year <= 9998 else None
    else:
        month, _, rest = head.partition("-")
        found = _weekday_of(year, int(month), rest) if rest[0].isalpha() else _date(year, int(month), int(rest))
    return found + offset if found and 1 < found.year < 9999 else found


def _weekday_of(year: int, month: int, rest: str) -> date | None:
    name, _, count = rest.partition("-")
    weekday, nth = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name), int(count)
    first = _date(year, month)
    if first is None:
        return None
    if nth > 0:
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    following = _date(year + month // 12, month % 12 + 1)
    if following is None:
        return None
    last = following - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))
