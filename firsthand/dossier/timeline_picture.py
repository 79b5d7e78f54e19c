"""The timeline as a picture: numbered marks on one axis, in lanes, so that no label stands on another.

A stretch in which nothing happens is cut short, with a break drawn and its length written, so that a page's
background of years ago does not press the story itself into one corner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from .moments import bounds, moment_words
from .wording import clip, number, width

WIDTH, LEFT, RIGHT, TOP, LANE = 960.0, 24.0, 24.0, 58.0, 26.0
"""Pixels: the picture, its margins at both ends, where the first lane starts, a lane's height."""

LETTER = 6.4
"""Pixels of an average letter at the label's size of 12."""

MAX_ENTRIES = 24

COARSE, STUB = timedelta(days=40), 34.0
"""A moment wider than this is drawn as a bar of a fixed width in pixels: its label says how wide it is."""

LONG_STRETCH = 4.0
"""A stretch between two neighbouring ends above this many times the median stretch is cut."""

SHORTEST_LIMIT = 86400.0
"""Seconds: a stretch of a day is never cut."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry: its number, its bar from ``x`` to ``end``, its label at ``label_x``, anchored ``start`` or ``end``."""

    number: int
    x: float
    end: float
    y: float
    label: str
    label_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The axis: ticks as (x, words, anchor), breaks as (x, words), and the marks."""

    width: float
    height: float
    ticks: tuple[tuple[float, str, str], ...]
    breaks: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...]
    note: str


class Axis:
    """Maps times to x, with long stretches cut to a fixed width."""

    def __init__(self, spans: Sequence[tuple[datetime, datetime]]) -> None:
        self.points = sorted({end for span in spans for end in span})
        lengths = [(b - a).total_seconds() for a, b in zip(self.points, self.points[1:], strict=False)]
        limit = max(LONG_STRETCH * median(lengths), SHORTEST_LIMIT) if lengths else 0.0
        self.cut = [length > limit for length in lengths]
        shown = [min(length, limit) for length in lengths]
        total = sum(shown) or 1.0
        self.xs = [LEFT]
        for length in shown:
            self.xs.append(self.xs[-1] + length / total * (WIDTH - LEFT - RIGHT))

    def x(self, when: datetime) -> float:
        """Where a time of the given spans stands."""
        return round(self.xs[self.points.index(when)], 1)

    def breaks(self) -> list[tuple[float, str]]:
        """The middle of every cut, and how long it is in words; without words where they would touch the last ones."""
        found: list[tuple[float, str]] = []
        free = 0.0
        for place, cut in enumerate(self.cut):
            if cut:
                x = round((self.xs[place] + self.xs[place + 1]) / 2, 1)
                words = _length(self.points[place + 1] - self.points[place])
                half = width(words) * LETTER / 2
                found.append((x, words if x - half >= free else ""))
                free = x + half + 8 if x - half >= free else free
        return found


def _length(gap: timedelta) -> str:
    if gap.days >= 700:
        return f"{number(round(gap.days / 365.25))} years"
    if gap.days >= 60:
        return f"{number(round(gap.days / 30.4))} months"
    return f"{number(gap.days)} days" if gap.days > 1 else "a day"


def timeline_picture(entries: Sequence[Mapping[str, Any]]) -> Picture | None:
    """The picture of the first entries of a timeline (in time order), or None where there are none."""
    rows = [(entry, ends) for entry in entries[:MAX_ENTRIES] if (ends := bounds(entry["when"]))]
    if not rows:
        return None
    spans = [_span(*ends) for _, ends in rows]
    axis = Axis(spans)
    lanes: list[float] = []
    marks = []
    for place, ((entry, _), (low, high)) in enumerate(zip(rows, spans, strict=True), 1):
        x = axis.x(low)
        end = min(x + STUB, WIDTH - RIGHT) if _coarse(rows[place - 1][1]) else axis.x(high)
        marks.append(_mark(place, x, end, entry, lanes))
    note = f"{len(rows)} of {len(entries)} moments are drawn; the list has more." if len(rows) < len(entries) else ""
    height = TOP + len(lanes) * LANE + 10
    return Picture(WIDTH, height, _ticks(rows, spans, axis), tuple(axis.breaks()), tuple(marks), note)


def _span(low: datetime, high: datetime) -> tuple[datetime, datetime]:
    """What a moment takes up on the axis: a day is a point; so is a year, which else would fill the axis."""
    length = high - low
    return (low, high) if timedelta(days=1) < length <= COARSE else (low, low)


def _coarse(ends: tuple[datetime, datetime]) -> bool:
    return ends[1] - ends[0] > COARSE


def _mark(place: int, x: float, end: float, entry: Mapping[str, Any], lanes: list[float]) -> Mark:
    """Puts a mark into the first lane where nothing stands in its way. ``lanes`` holds where each lane is free."""
    label = f"{moment_words(entry['when'])}: {clip(entry['text'], 44)}"
    size = width(label) * LETTER
    right = end + 16 + size <= WIDTH
    start = x - 12 if right else min(x - 16 - size, x - 12)
    if start < 0:
        label = clip(label, max(12, int((x - 20) / LETTER / 1.1)))
        start = 0.0
    stop = end + 20 + size if right else end + 12
    lane = next((spot for spot, free in enumerate(lanes) if free <= start), len(lanes))
    if lane == len(lanes):
        lanes.append(0.0)
    lanes[lane] = stop + 8
    y = TOP + lane * LANE + LANE / 2
    return Mark(place, x, end, y, label, end + 14 if right else x - 14, "start" if right else "end")


def _ticks(
    rows: Sequence[tuple[Mapping[str, Any], Any]], spans: Sequence[tuple[datetime, datetime]], axis: Axis
) -> tuple[tuple[float, str, str], ...]:
    """Dates of the entries along the axis, left to right, leaving out those that would touch the one before."""
    ticks: list[tuple[float, str, str]] = []
    free = 0.0
    for (entry, _), (low, _) in zip(rows, spans, strict=True):
        words = moment_words(entry["when"])
        x, size = axis.x(low), width(words) * LETTER
        anchor = "start" if x + size <= WIDTH else "end"
        left = x if anchor == "start" else x - size
        if left >= free:
            ticks.append((x, words, anchor))
            free = left + size + 14
    return tuple(ticks)
