"""Dates as they are written: finding them in a line, and reading ISO stamps of metadata.

In: a line of text. Out: :class:`WrittenDate` values in text order, each an interval to the day or the minute. A date
that can be read two ways (``05/08/2025``) is both of them unless the page's other dates show the order of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

from firsthand.language.rows import rows

Order = Literal["month-first", "day-first"]
LINE = 600
"""Characters of a line that are searched for dates."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a line: ``earliest`` and ``latest`` in ISO 8601 (equal unless it can be read two ways), with minutes
    and offset where written; ``words`` are ``line[start:end]``."""

    earliest: str
    latest: str
    start: int
    end: int
    words: str

    @property
    def timed(self) -> bool:
        """Whether the hour is stated."""
        return "T" in self.earliest


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    months = "|".join(sorted(_months(), key=lambda m: (-len(m), m)))
    day, year, flags = r"(\d{1,2})(?:st|nd|rd|th)?", r"((?:19|20)\d{2})", re.IGNORECASE
    return (
        ("iso", re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})(?!\d)", flags)),
        ("iso", re.compile(r"(?<!\d)((?:19|20)\d{2})[/.](\d{1,2})[/.](\d{1,2})(?!\d)", flags)),
        ("name-first", re.compile(rf"\b({months})\.?\s{{1,3}}{day}\s?,?\s{{0,3}}{year}\b", flags)),
        ("day-first", re.compile(rf"\b{day}[\s.-]{{1,3}}(?:of\s)?({months})\.?,?[\s-]{{1,3}}{year}\b", flags)),
        ("numbers", re.compile(r"(?<![\d/.])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2}|\d{2})(?![\d/])", flags)),
    )  # fmt: skip


@cache
def _months() -> dict[str, int]:
    return dict(rows("furniture")["dates"]["months"])


_AFTER = re.compile(
    r"(?:\s|,|-|–|—|\||/|·|•|at|um|T)*(\d{1,2})[:.](\d{2})(?::\d{2})?(?:\.\d+)?\s?([ap])?\.?(?:m\b\.?)?", re.IGNORECASE
)
_HOUR = re.compile(r"(?:\s|,|-|–|—|\||at)*(\d{1,2})\s?([ap])\.?m\b\.?", re.IGNORECASE)
_BEFORE = re.compile(
    r"(\d{1,2})[:.](\d{2})\s?([ap])?\.?(?:m\b\.?)?\s{0,2}([A-Za-z]{1,4})?(?:\s|,|-|–|—|\||on|·)*$", re.IGNORECASE
)
_ZONE = re.compile(r"\s{0,2}\(?(Z\b|UTC|GMT|[+-]\d{2}:?\d{2}\b|[A-Za-z]{2,4}\b)", re.IGNORECASE)


def find_dates(line: str, order: Order | None = None) -> list[WrittenDate]:
    """The full dates of one line, in text order; overlapping readings are given once."""
    line = line[:LINE]
    found: list[WrittenDate] = []
    for kind, form in _forms():
        for match in form.finditer(line):
            days = _days(kind, match, order)
            if days and not any(match.start() < f.end and f.start < match.end() for f in found):
                found.append(_timed(line, match.start(), match.end(), days))
    return sorted(found, key=lambda d: d.start)


def _days(kind: str, match: re.Match[str], order: Order | None) -> list[date]:
    if kind == "iso":
        return _valid([(int(match[1]), int(match[2]), int(match[3]))])
    if kind == "name-first":
        return _valid([(int(match[3]), _months()[match[1].lower()], int(match[2]))])
    if kind == "day-first":
        return _valid([(int(match[3]), _months()[match[2].lower()], int(match[1]))])
    first, mark, second = int(match[1]), match[2], int(match[3])
    year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
    if mark != "/" and len(match[4]) == 2:
        return []  # 12.30.45 is a time, a version or a score
    month_first, day_first = (year, first, second), (year, second, first)
    if mark == "." or order == "day-first":
        return _valid([day_first])
    return _valid([month_first] if order == "month-first" else [month_first, day_first])


def _valid(candidates: Iterable[tuple[int, int, int]]) -> list[date]:
    days: list[date] = []
    for year, month, day in candidates:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return sorted(set(days))


def _timed(line: str, start: int, end: int, days: list[date]) -> WrittenDate:
    clock, stop, begin = "", end, start
    after = _AFTER.match(line, end, end + 40) or _HOUR.match(line, end, end + 30)
    before = _BEFORE.search(line, max(0, start - 24), start)
    if after:
        groups = after.groups()
        hour, minute, half = groups if len(groups) == 3 else (groups[0], "0", groups[1])
        clock, stop = _clock(hour, minute, half), after.end()
        zone = _ZONE.match(line, stop)
        offset = _offset(zone[1]) if zone else None
        if clock and offset:
            clock, stop = clock + offset, zone.end() if zone else stop
    elif before:
        clock = _clock(before[1], before[2], before[3])
        if clock:
            clock, begin = clock + (_offset(before[4] or "") or ""), before.start()
    if not clock:
        stop = end
    first, last = days[0].isoformat() + clock, days[-1].isoformat() + clock
    return WrittenDate(first, last, begin, stop, line[begin:stop].strip())


def _clock(hour: str, minute: str, half: str | None) -> str:
    h, m = int(hour), int(minute)
    if half:
        if not 1 <= h <= 12:
            return ""
        h = h % 12 + (12 if half.lower() == "p" else 0)
    return f"T{h:02d}:{m:02d}" if h < 24 and m < 60 else ""


def _offset(zone: str) -> str | None:
    if re.fullmatch(r"[+-]\d{2}:?\d{2}", zone):
        return f"{zone[:3]}:{zone[-2:]}"
    found = rows("furniture")["dates"]["zones"].get(zone.lower())
    return str(found) if found else None


def order_of(lines: Iterable[str]) -> Order | None:
    """How the page writes dates in numbers, from those that can be read one way only; None where they disagree."""
    seen: set[Order] = set()
    form = _forms()[-1][1]
    for line in lines:
        for match in form.finditer(line[:LINE]):
            if match[2] != "/":
                continue
            first, second = int(match[1]), int(match[3])
            if first <= 12 < second <= 31:
                seen.add("month-first")
            elif second <= 12 < first <= 31:
                seen.add("day-first")
    return seen.pop() if len(seen) == 1 else None


_STAMP = re.compile(
    r"((?:19|20)\d{2})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?\d{2}(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?"
)


def read_stamp(stamp: str) -> str | None:
    """An ISO-like stamp of metadata, to the minute with its offset, or the first date written in it; else None."""
    match = _STAMP.match(stamp.strip()[:60])
    if match and _valid([(int(match[1]), int(match[2]), int(match[3]))]):
        day = f"{match[1]}-{match[2]}-{match[3]}"
        if match[4] and int(match[4]) < 24 and int(match[5]) < 60:
            return f"{day}T{match[4]}:{match[5]}" + (_offset(match[6]) or "" if match[6] else "")
        return day
    written = find_dates(stamp)
    return written[0].earliest if written and written[0].earliest == written[0].latest else None


def day_of(stamp: str) -> str:
    """The calendar day of an ISO stamp, as it is written there."""
    return stamp[:10]


def days_apart(a: str, b: str) -> int:
    """Whole days between two ISO stamps' calendar days."""
    try:
        return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)
    except ValueError:
        return 9999


def utc_day(stamp: str) -> str:
    """The day of a stamp in UTC where it states an offset, else the day as written."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp[:10]
    offset = moment.utcoffset()
    return stamp[:10] if offset is None else (moment - offset + timedelta(0)).date().isoformat()
