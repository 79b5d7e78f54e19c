"""Moments of a dossier (``{earliest, latest, basis, words}``) as points in time, and in words.

Arithmetic is on naive datetimes; an offset, where one is stated, is applied first, so that two clocks can be compared.
A string that is no ISO time is kept as it stands in words and has no place on an axis.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from firsthand.language.clock import point

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?)?)?", re.ASCII
)
_MONTHS = {
    1: "January", 2: "February", 3: "March", 4: "April", 5: "May", 6: "June", 7: "July", 8: "August", 9: "September",
    10: "October", 11: "November", 12: "December",
}  # fmt: skip

BASES = {
    "stated": "stated on the page",
    "metadata": "from the page’s metadata",
    "url": "from the address",
    "feed": "from the feed",
    "copy": "learned from another page that carries the same report",
    "capture": "from when the page was captured: only “not after”",
    "relative": "worked out from the publication date",
    "unknown": "no basis",
}
"""What a moment's basis means, in words."""


def bounds(moment: Mapping[str, Any] | None) -> tuple[datetime, datetime] | None:
    """Both ends of a moment that is closed and in order, else None."""
    if not moment:
        return None
    low, high = point(moment["earliest"]), point(moment["latest"], end=True)
    return (low, high) if low and high and low <= high else None


def sort_key(moment: Mapping[str, Any] | None) -> tuple[str, str]:
    """Orders moments by start, then end; one without a start comes by its end, one without either comes last."""
    low = point(moment["earliest"]) if moment else None
    high = point(moment["latest"], end=True) if moment else None
    return ((low or high or datetime.max).isoformat(), (high or datetime.max).isoformat())


# ------------------------------------------------------------------------------------------------------- words


def moment_words(moment: Mapping[str, Any] | None) -> str:
    """A moment in words: ``8 September 2018, 12:25``, ``September 2018``, ``not after 3 May 2024``."""
    if not moment or not (moment["earliest"] or moment["latest"]):
        return "time unknown"
    low, high = moment["earliest"], moment["latest"]
    if not low:
        return f"not after {iso_words(high)}"
    if not high:
        return f"not before {iso_words(low)}"
    if low == high:
        return iso_words(low)
    return _whole(low, high) or _between(low, high)


def iso_words(iso: str) -> str:
    """One ISO time in words; what is no ISO time comes back as it stands."""
    found = _ISO.fullmatch(iso.strip()) if isinstance(iso, str) and len(iso) < 40 else None
    if not found or not 1 <= int(found[2] or 1) <= 12:
        return str(iso)[:40]
    year, month, day, hour, minute, offset = found.groups()
    words = year if month is None else f"{_MONTHS[int(month)]} {year}"
    words = words if day is None else f"{int(day)} {words}"
    zone = " UTC" if offset == "Z" else f" UTC{offset}" if offset else ""
    return words if hour is None else f"{words}, {hour}:{minute}{zone}"


def _between(low: str, high: str) -> str:
    """Both ends in words. The first minute of a day and the last one mean the whole day."""
    first, last = iso_words(re.sub(r"T00:00$", "", low)), iso_words(re.sub(r"T23:59$", "", high))
    if first == last:
        return first
    day, _, time = last.partition(", ")
    if time and first.startswith(day + ", "):
        return f"{first} to {time}"
    if day.partition(" ")[2] == first.partition(" ")[2] and not time:
        return f"between {first.partition(' ')[0]} and {last}"
    return f"between {first} and {last}"


def _whole(low: str, high: str) -> str | None:
    """The name of a whole day, month or year that the two ends bound, or None."""
    first, last = point(low), point(high, end=True)
    if not first or not last:
        return None
    for length in (10, 7, 4):
        name = first.isoformat()[:length]
        end = point(name, end=True)
        if point(name) == first and end and abs(end - last) <= timedelta(minutes=1):
            return iso_words(name)
    return None
