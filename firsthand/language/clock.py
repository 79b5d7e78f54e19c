"""Comparing moments: the ends of an interval as points in time, and what two intervals prove about their order.

In: :class:`records.Moment` (ISO 8601 words at either end). Out: points, or a verdict. A local time without an offset
is read as UTC with half a day of slack where it is compared with another page's clock: the slack is the caller's.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime, timedelta
from functools import lru_cache

from ..records import Moment

_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?\Z"
)


@lru_cache(maxsize=50_000)
def point(iso: str | None, end: bool = False) -> datetime | None:
    """The first (or, with ``end``, the last) second that an ISO 8601 value of any precision covers; None where it
    says nothing."""
    found = _ISO.match(iso.strip()) if iso else None
    if found is None:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    last = end and month is None
    try:
        m = int(month) if month else (12 if last else 1)
        d = int(day) if day else (monthrange(int(year), m)[1] if end else 1)
        h = int(hour) if hour else (23 if end else 0)
        at = datetime(int(year), m, d, h, _part(minute, end), _part(second, end))
        return at - _offset(offset)
    except (ValueError, OverflowError):
        return None


def _part(digits: str | None, end: bool) -> int:
    return int(digits) if digits else (59 if end else 0)


def _offset(words: str | None) -> timedelta:
    if not words or words == "Z":
        return timedelta(0)
    minutes = int(words[1:3]) * 60 + int(words[-2:])
    return timedelta(minutes=-minutes if words[0] == "-" else minutes)


def starts(moment: Moment | None) -> datetime | None:
    """The first second of a moment; None where its beginning is open."""
    return point(moment.earliest) if moment else None


def ends(moment: Moment | None) -> datetime | None:
    """The last second of a moment; None where its end is open."""
    return point(moment.latest, end=True) if moment else None


def is_before(a: Moment | None, b: Moment | None, slack: timedelta = timedelta(0)) -> bool:
    """Whether the whole of ``a`` ends more than ``slack`` before ``b`` begins."""
    end, start = ends(a), starts(b)
    return end is not None and start is not None and end + slack < start


def may_meet(a: Moment | None, b: Moment | None, slack: timedelta = timedelta(0)) -> bool:
    """Whether two moments can be within ``slack`` of each other: an open end, or none stated, rules nothing out."""
    return not is_before(a, b, slack) and not is_before(b, a, slack)


def is_known(moment: Moment | None) -> bool:
    """Whether both ends are closed and it rests on more than the time of a crawl."""
    return (
        moment is not None
        and starts(moment) is not None
        and ends(moment) is not None
        and moment.basis not in ("capture", "unknown")
    )
