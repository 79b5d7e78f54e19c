"""From resolved periods to moments: days in ISO 8601, narrowed by a modifier, joined over the ends of a reference."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from ...records import Moment
from .calendar import Period
from .drafts import Draft
from .meaning import Length, is_explicit
from .resolve import Resolved

Days = tuple[date, date]
DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def day_of_moment(moment: Moment | None, end: Literal["earliest", "latest"]) -> date | None:
    """The day at one end of a moment; None where it is open or unreadable."""
    text = getattr(moment, end) if moment else None
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def interval(draft: Draft, resolved: Resolved, today: date | None) -> Days | None:
    """The first and last day that an expression can mean, both inclusive; None where it means no interval."""
    meaning = draft.meaning
    if isinstance(meaning, Length):
        return _stretch(meaning, today)
    period = resolved.period
    if period is None or period.first is None or period.last is None:
        return None
    return _narrowed(period, draft, today)


def _stretch(length: Length, today: date | None) -> Days | None:
    """ "the past three weeks" from the reference; a bare duration is no interval."""
    if length.side is None or length.count is None or today is None or length.unit not in DAYS | MONTHS:
        return None
    back = length.side == "past"
    other = _moved(today, length.unit, -length.count if back else length.count)
    return None if other is None else (other, today) if back else (today, other)


def _moved(day: date, unit: str, count: float) -> date | None:
    """A day ``count`` units later, on the same day of the month where there is one; None outside the calendar."""
    try:
        if unit in DAYS:
            return day + timedelta(days=int(count * DAYS[unit]))
        months = day.year * 12 + day.month - 1 + int(count * MONTHS[unit])
        first = date(months // 12, months % 12 + 1, 1)
    except (ValueError, OverflowError):
        return None
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1) if first.year < 9999 else first
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def _narrowed(period: Period, draft: Draft, today: date | None) -> Days | None:
    """A period less what its modifier rules out: "early March" is in its first half, "mid" in the middle half.
    "Earlier this year" ends, and "later this year" begins, at the reference."""
    first, last = period.first, period.last
    if first is None or last is None:
        return None
    inside = today is not None and first <= today <= last
    if inside and today is not None and draft.until_now and draft.mod in ("START", "END"):
        return (first, today) if draft.mod == "START" else (today, last)
    length = (last - first).days
    if draft.mod == "START":
        return first, first + timedelta(days=length // 2)
    if draft.mod == "END":
        return first + timedelta(days=(length + 1) // 2), last
    if draft.mod == "MID":
        return first + timedelta(days=length // 4), last - timedelta(days=length // 4)
    return first, last


def merge(
    draft: Draft, ways: tuple[Resolved, Resolved, Resolved], ends: tuple[date | None, date | None], words: str
) -> tuple[str, Moment | None]:
    """The value and the moment of an expression from both ends of the reference: ``ways`` are what it means on the
    first day, on the last, and without any."""
    low, high, blind = ways
    value = low.value if low.value == high.value else blind.value
    basis: Literal["stated", "relative"] = "stated" if is_explicit(draft.meaning) else "relative"
    a, b = interval(draft, low, ends[0]), interval(draft, high, ends[1])
    known = (low if a else high) if low.value == high.value else None
    time = known.time if known and known.time[:2].strip("T").isdigit() else ""
    earliest, latest = _iso(a[0] if a else None, known, time), _iso(b[1] if b else None, known, time)
    if earliest is None and latest is None:
        return value, None
    return value, Moment(earliest, latest, basis, words)


def _iso(day: date | None, resolved: Resolved | None, time: str) -> str | None:
    if day is None:
        return None
    if not time or resolved is None or time.startswith("T24"):
        return day.isoformat()
    return day.isoformat() + time + resolved.offset
