"""The dates of a page's lines: each with its place, the words around it, and what it may therefore be.

One search for years over the whole page finds the lines; only those are read. A line of the article's head that says
"published" (in any of many languages) is the best evidence that there is; a bare date has to stand between the headline
and the body. Tables of weather, events, other stories, the footer and the prose itself give no publication.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise
from typing import Literal

from firsthand.records import Moment, MomentBasis

from .blocks import Block
from .cues import lowered
from .dates import WrittenDate, calendar, find_dates, year_places
from .verdicts import Verdict

Kind = Literal["posted", "updated", "bare", "other"]
MOST_LINES = 60
"""Lines with dates that are read; those nearest to the article's head come first."""

IN_TEXT = "stands in the article's text"
WEATHER = "stands in a weather table"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its place: what it may be, why, and how far the place is trusted (1 is best)."""

    earliest: str
    latest: str
    basis: MomentBasis
    words: str
    kind: Kind
    why: str
    rank: float = 9.0

    def moment(self) -> Moment:
        """The date as an interval."""
        return Moment(self.earliest, self.latest, self.basis, self.words or None)

    def read_as(self, day: str) -> Dated:
        """The date with only that one of its readings."""
        return replace(self, earliest=day + self.earliest[10:], latest=day + self.latest[10:])


def dates_of_lines(blocks: Sequence[Block], verdicts: Sequence[Verdict], marked: bool, language: str) -> list[Dated]:
    """The dates of all lines in page order (at most of :data:`MOST_LINES` lines)."""
    body = [i for i, v in enumerate(verdicts) if v.role == "body"]
    heads = [i for i, v in enumerate(verdicts) if v.role == "headline" and body and i <= body[0] + 1]
    if marked:
        heads = [i for i in heads if blocks[i].tag == "h1"] or heads
    page = _Head(blocks, verdicts, heads, body, marked)
    found: list[Dated] = []
    for i in _dated_lines(blocks, body):
        dates = find_dates(blocks[i].text, None, language)
        found.extend(page.place(dates, n, i) for n in range(len(dates)))
    return found


def _dated_lines(blocks: Sequence[Block], body: Sequence[int]) -> list[int]:
    """The lines that may hold a date: those with a year, and those of the head with a date in short numbers."""
    starts = [0, *accumulate(len(b.text) + 1 for b in blocks)]
    text = "\n".join([b.text for b in blocks])
    lines = dict.fromkeys(bisect_right(starts, at) - 1 for at in year_places(text))
    first = body[0] if body else 0
    for i in range(max(0, first - 14), min(len(blocks), first + 2)):
        if i not in lines and len(blocks[i].text) < 120 and _SHORT.search(blocks[i].text):
            lines[i] = None
    nearest = sorted(lines, key=lambda i: (abs(i - first), i))[:MOST_LINES]
    return sorted(nearest)


_SHORT = re.compile(r"\d[/.]\d{1,2}[/.]\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Head:
    """A page's lines with where its headline and its body stand."""

    blocks: Sequence[Block]
    verdicts: Sequence[Verdict]
    heads: Sequence[int]
    body: Sequence[int]
    marked: bool

    def place(self, dates: Sequence[WrittenDate], n: int, i: int) -> Dated:
        """What the ``n``-th date of line ``i`` may be, from where it stands and which words are around it."""
        date, line = dates[n], self.blocks[i].text
        kind, rank, why = self._kind(dates, n, i, line)
        return Dated(date.earliest, date.latest, "stated", date.words, kind, why, rank)

    def _kind(self, dates: Sequence[WrittenDate], n: int, i: int, line: str) -> tuple[Kind, float, str]:
        heads, body, verdicts = self.heads, self.body, self.verdicts
        if verdicts[i].role in ("body", "standfirst"):
            return "other", 9.0, IN_TEXT
        cue = cue_of(line, dates, n) or self._cue_above(i, dates, n)
        near = bool(body) and (max(0, body[0] - 14) <= i <= body[0] + 3 or body[-1] < i <= body[-1] + 5)
        if cue and near and not _is_weather([line]) and not _is_rights(line):
            because = f'the page says so: "{line[:80]}"'
            return ("posted" if cue == "posted" else "updated"), (1.45 if self.marked else 1.0), because
        first = (
            heads[0] if heads and body and heads[0] < i < body[0] else 0
        )  # a weather bar above the headline is apart
        around = [self.blocks[j].text for j in range(max(first, i - 3), min(len(self.blocks), i + 4))]
        if _is_weather(around):
            return "other", 9.0, WEATHER
        if other := _never(line, dates, n):
            return "other", 9.0, f'stands beside "{other}"'
        if len(dates) > 1 and _is_span(line, dates):
            return "other", 9.0, "is an end of a span of days"
        between = bool(heads) and bool(body) and heads[0] < i < body[0]
        low, high = (heads[-1] - 3, min(heads[-1] + 8, body[0] + 3)) if heads and body else (1, 0)
        if self.marked and low <= i <= high and _is_short(line):
            return "bare", 3.2 + 0.01 * abs(i - heads[-1]), "a date line beside the page's main heading"
        if verdicts[i].role == "metadata" and (
            between or (body and not heads and body[0] - (6 if self.marked else 4) <= i < body[0])
        ):
            return "bare", 3.0, "a date line between the headline and the text"
        if body and i < body[0]:
            return "other", 9.0, "stands above the article, as today's date does"
        return "other", 9.0, "stands beside other stories or in the page's furniture"

    def _cue_above(self, i: int, dates: Sequence[WrittenDate], n: int) -> str:
        """The cue of the line above, where it is nothing else ("Published:") and the date begins this line."""
        if not i or n or dates[0].start > 12 or len(self.blocks[i - 1].text) > 40:
            return ""
        return _cues().get(lowered(self.blocks[i - 1].text).strip(" :：|-–—•·"), "")


@cache
def _cues() -> dict[str, str]:
    table = calendar()["cues"]
    return {**dict.fromkeys(table["posted"], "posted"), **dict.fromkeys(table["updated"], "updated")}


@cache
def _wide() -> tuple[tuple[str, str], ...]:
    """The cues of scripts that write no blanks, longest first."""
    rows = [(w, k) for w, k in _cues().items() if any(c >= "\u0e00" and not "\u1c80" <= c <= "\u1fff" for c in w)]
    return tuple(sorted(rows, key=lambda r: (-len(r[0]), r[0])))


def cue_of(line: str, dates: Sequence[WrittenDate], n: int) -> str:
    """``posted`` or ``updated`` where the words before a date (or, where none do, right behind it) say so."""
    date = dates[n]
    begin = dates[n - 1].end if n else 0
    before = lowered(line[max(begin, date.start - 70) : date.start])
    if found := _cue_in(before):
        return found
    limit = dates[n + 1].start if n + 1 < len(dates) else len(line)
    behind = lowered(line[date.end : min(limit, date.end + 40)]).strip(" ,;:|()-–—•·.")
    if n + 1 < len(dates) and limit - date.end < 40:
        return ""  # the words are the next date's
    return _cue_in(" ".join(behind.split()[:3])) if behind else ""


def _cue_in(words: str) -> str:
    """The last cue in some words."""
    cues = _cues()
    parts = [p.strip(" ,;:|()[]-–—•·.：\"'") for p in words.replace("：", " ").split()]
    parts = [p for p in parts if p][-9:]
    for end in range(len(parts), 0, -1):
        for size in (4, 3, 2, 1):
            if size <= end and (kind := cues.get(" ".join(parts[end - size : end]))):
                return kind
    if not words.isascii():
        joined = words.replace(" ", "")[-24:]
        at, kind = -1, ""
        for cue, name in _wide():
            index = joined.rfind(cue)
            if index > at:
                at, kind = index, name
        return kind
    return ""


def _never(line: str, dates: Sequence[WrittenDate], n: int) -> str:
    """The word of the line that says what else the date is, if there is one."""
    words = [w.strip(" ,;:|()[]•·.!?\"'") for w in lowered(line[:300]).split()]
    never = _never_words()
    return next((w for w in words if w in never), "© " if "©" in line else "").strip()


@cache
def _never_words() -> frozenset[str]:
    return frozenset(calendar()["cues"]["never"])


def _is_rights(line: str) -> bool:
    return "©" in line or "copyright" in line.lower()


def _is_short(line: str) -> bool:
    return len(line.split()) <= 24 and len(line) <= 200


_SPAN = re.compile(
    r"\s?(?:-|–|—|to|until|till|bis|au|al|a|до|tot|til|～|~|through|and|&)\s?\w{0,9}\.?,?\s?", re.IGNORECASE
)


def _is_span(line: str, dates: Sequence[WrittenDate]) -> bool:
    """Whether two dates of the line are the ends of a span ("3 May 2031 - 9 May 2031")."""
    return any(_SPAN.fullmatch(line[a.end : b.start]) and not a.timed for a, b in pairwise(dates))


def _is_weather(lines: Sequence[str]) -> bool:
    text = lowered(" ".join(line[:80] for line in lines))
    return sum(w in text for w in calendar()["cues"]["weather"]) >= (1 if len(lines) == 1 else 2)
