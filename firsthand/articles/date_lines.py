"""The dates of a page's lines: each with its place, the words around it, and what it may therefore be.

One search for years over the whole page finds the lines; only those are read. A line of the article's head that says
"published" (in any of many languages) is the best evidence that there is; a bare date has to stand between the headline
and the body. Tables of weather, events, other stories, the footer and the prose itself give no publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from firsthand.records import Moment, MomentBasis

from .blocks import Block
from .cues import lowered
from .dates import WrittenDate, calendar, find_dates, year_places
from .stamps import FAR
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
    place: Literal["", "line", "element"] = ""

    def moment(self) -> Moment:
        """The date as an interval."""
        return Moment(self.earliest, self.latest, self.basis, self.words or None)

    def read_as(self, day: str) -> Dated:
        """The date with only that one of its readings."""
        return replace(self, earliest=day + self.earliest[10:], latest=day + self.latest[10:])


def dates_of_lines(
    blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int], marked: bool, language: str
) -> list[Dated]:
    """The dates of all lines in page order (at most of :data:`MOST_LINES` lines)."""
    heads = [i for i, v in enumerate(verdicts[: body[0] + 2]) if v.role == "headline"] if body else []
    if marked:
        heads = [i for i in heads if blocks[i].tag == "h1"] or heads
    page = _Head(blocks, verdicts, heads, body, marked)
    found: list[Dated] = []
    places: list[int] = []
    for i in _dated_lines(blocks, body):
        dates = find_dates(blocks[i].text, None, language)
        found.extend(page.place(dates, n, i) for n in range(len(dates)))
        places.extend([i] * len(dates))
    return found if marked else _without_lists(found, places, blocks)


def head_words(blocks: Sequence[Block], verdicts: Sequence[Verdict], lines: Sequence[int]) -> str:
    """The lines around the headline and the first of the body, as one string; empty where there is no body."""
    if not lines:
        return ""
    body = lines[0]
    head = next((i for i in range(body + 1, -1, -1) if i < len(blocks) and verdicts[i].role == "headline"), body)
    return "\n".join([b.text for b in blocks[max(0, head - 6) : max(head + 12, body + 5)]])


def _without_lists(found: list[Dated], places: Sequence[int], blocks: Sequence[Block]) -> list[Dated]:
    """Bare dates of flattened text that stand in a list of dated lines (a programme, other stories) are none of the
    article's: another day, without a cue either, stands two or three lines above or below."""
    if not any(d.kind == "bare" for d in found):
        return found
    rest = [
        (d.earliest[:10], i)
        for d, i in zip(found, places, strict=True)
        if d.kind in ("bare", "other") and d.why != IN_TEXT
    ]
    result: list[Dated] = []
    for date, i in zip(found, places, strict=True):
        listed = date.kind == "bare" and any(
            2 <= abs(i - j) <= 3 and day != date.earliest[:10] and not _is_weather([blocks[j].text]) for day, j in rest
        )
        result.append(replace(date, kind="other", why="is one of several dated lines") if listed else date)
    return result


def _dated_lines(blocks: Sequence[Block], body: Sequence[int]) -> list[int]:
    """The lines that may hold a date: those with a year, and those of the head with a date in short numbers."""
    text = "\n".join([b.text for b in blocks])
    lines: dict[int, None] = {}
    at = number = 0
    for place in year_places(text):
        number += text.count("\n", at, place)
        at = place
        lines[number] = None
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
        return Dated(date.earliest, date.latest, "stated", date.words, kind, why, rank, "line")

    def _kind(self, dates: Sequence[WrittenDate], n: int, i: int, line: str) -> tuple[Kind, float, str]:
        body, verdicts = self.body, self.verdicts
        if verdicts[i].role in ("body", "standfirst"):
            return "other", 9.0, IN_TEXT
        if not body:
            return "other", 9.0, "stands on a page without an article"
        near = (
            body[0] - 14 <= i <= body[0] + 4
            or body[-1] < i < body[-1] + 5
            or any(h - 4 <= i <= h + 8 for h in self.heads)
        )
        cue = (cue_of(line, dates, n) or self._cue_above(i, dates, n)) if near else ""
        if cue and not _is_weather([line]) and not _is_rights(line):
            because = f'the page says so: "{line[:80]}"'
            return ("posted" if cue == "posted" else "updated"), (1.45 if self.marked else 1.0), because
        rank, because = self._bare(dates, i, line)
        if not rank:
            return "other", 9.0, because
        against = self._against(dates, i, line)
        return ("other", 9.0, against) if against else ("bare", rank, because)

    def _bare(self, dates: Sequence[WrittenDate], i: int, line: str) -> tuple[float, str]:
        """How far a date line without a cue is trusted, by its place; 0 where it is not, and why."""
        heads, body = self.heads, self.body
        last = max((h for h in heads if h < i), default=-1)
        if self.marked and heads and heads[-1] - 3 <= i <= min(heads[-1] + 8, body[0] + 3) and _is_short(line):
            dated = _DATE_CLASS.search(self.blocks[i].path)
            if dated or (i > heads[-1] and _is_bare(line, dates)):
                return 3.2 + 0.01 * abs(i - heads[-1]), "a date line beside the page's main heading"
            return 0.0, "stands above the article, as today's date does"
        later = any(i < h <= body[0] for h in heads)  # the title above the menu, not the headline
        start = body[1] if last >= 0 and len(body) > 1 and body[1] - body[0] > 3 else body[0]  # after a standfirst
        under = last >= 0 and not later and i <= min(last + 18, start + 2)
        timed = all(d.timed for d in dates)
        alone = (not heads or body[0] - heads[-1] > 20) and body[0] - (14 if timed else 6) <= i <= body[0] + 2
        below = next((h for h in heads if h > i), -1)
        above = timed and i >= 4 and 0 < below - i <= 3 and body[0] - below <= 20
        if (under or alone or above) and _is_bare(line, dates):
            where = "between the headline and the text" if under else "right above the article's head"
            rank = (3.3 if self.marked else 3.0) + 0.01 * min(abs(i - last), 20) + (0.3 if above else 0.0)
            return rank, f"a date line {where}"
        if i < body[0]:
            return 0.0, "stands above the article, as today's date does"
        return 0.0, "stands beside other stories or in the page's furniture"

    def _against(self, dates: Sequence[WrittenDate], i: int, line: str) -> str:
        """What speaks against a bare date line: weather, an event, a span of days, a box of other things."""
        heads, body, blocks = self.heads, self.body, self.blocks
        # a weather bar above the headline is apart
        first = heads[0] if heads and heads[0] < i < body[0] else 0
        if _is_weather([blocks[j].text for j in range(max(first, i - 3), min(len(blocks), i + 4))]):
            return WEATHER
        if other := _never(line) or _elsewhere(lowered(line[: dates[0].start])):
            return f'stands beside "{other}"'
        if len(dates) > 1 and _is_span(line, dates):
            return "is an end of a span of days"
        if far := FAR.search(blocks[i].path):
            return f'stands in a box of other things: "{far[0]}"'
        start = max((h for h in heads if h < i), default=-1)
        for j in range(i - 1, max(start, i - 4), -1):
            if len(blocks[j].text) <= 40 and lowered(blocks[j].text).strip(" :…»›") in _boxes():
                return f'stands under "{blocks[j].text}"'
        return ""

    def _cue_above(self, i: int, dates: Sequence[WrittenDate], n: int) -> str:
        """The cue that ends the line above ("Published:", "By Ann Berg, updated"), where the date begins this line."""
        if not i or n or dates[0].start > 12 or len(self.blocks[i - 1].text) > 80:
            return ""
        words = lowered(self.blocks[i - 1].text).strip(" :：|-–—•·").split()
        return next((k for size in (3, 2, 1) if (k := _cues().get(" ".join(words[-size:])))), "") if words else ""


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
    if _elsewhere(before):
        return ""
    if found := _cue_in(before):
        return found
    limit = dates[n + 1].start if n + 1 < len(dates) else len(line)
    behind = lowered(line[date.end : min(limit, date.end + 40)]).strip(" ,;:|()-–—•·.")
    if not behind or len(behind) > 30 or (n + 1 < len(dates) and limit - date.end < 40):
        return ""  # the words are the next date's
    return _cues().get(behind, "") or _cues().get(behind.split()[-1], "") if len(behind.split()) <= 2 else ""


def _elsewhere(words: str) -> str:
    """The words by which a line speaks of another page's date, or of a picture's."""
    return next((word for word in calendar()["cues"]["elsewhere"] if word in words), "")


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


def _never(line: str) -> str:
    """The word of the line that says what else the date is, if there is one."""
    words = [w.strip(" ,;:|()[]•·.!?\"'") for w in lowered(line[:300]).split()]
    never = _never_words()
    return next((w for w in words if w in never), "© " if "©" in line else "").strip()


@cache
def _never_words() -> frozenset[str]:
    return frozenset(calendar()["cues"]["never"])


_DATE_CLASS = re.compile(r"date|time|publi|posted|stamp|meta|byline|info", re.IGNORECASE)


@cache
def _boxes() -> frozenset[str]:
    return frozenset(calendar()["cues"]["boxes"])


def _is_rights(line: str) -> bool:
    return "©" in line or "copyright" in line.lower()


def _is_bare(line: str, dates: Sequence[WrittenDate]) -> bool:
    """Whether a line holds little but its dates: a name, a place, a section. A caption that ends in a day has words in
    lower case, and no hour."""
    if len(line) > 160 or line.rstrip().endswith(("!", "?", ";")):
        return False
    left = line[: dates[0].start] + " ".join(line[a.end : b.start] for a, b in pairwise(dates)) + line[dates[-1].end :]
    words = left.split()
    plain = sum(w[:1].islower() and len(w) > 2 for w in words)
    return (
        len(words) <= 10
        and len(left) <= 70
        and (plain <= 1 or any(d.timed for d in dates) or any(c in line for c in "|•·"))
    )


def _is_short(line: str) -> bool:
    return len(line.split()) <= 24 and len(line) <= 200


_SPAN = re.compile(
    r"\s?(?:-|–|—|to|until|till|bis|au|al|a|до|tot|til|～|~|through|and|&)\s?\w{0,9}\.?,?\s?", re.IGNORECASE
)


def _is_span(line: str, dates: Sequence[WrittenDate]) -> bool:
    """Whether two dates of the line are the ends of a span ("3 May 2031 - 9 May 2031")."""
    return any(_SPAN.fullmatch(line[a.end : b.start]) and not a.timed for a, b in pairwise(dates))


def _is_weather(lines: Sequence[str]) -> bool:
    """Whether a line has a word of the weather, or several lines have two."""
    words, marks = _weather()
    text = lowered(" ".join([line[:80] for line in lines]))
    found = len(words.intersection(text.replace(",", " ").replace(".", " ").split()))
    least = 1 if len(lines) == 1 else 2
    return found >= least or found + sum(m in text for m in marks) >= least


@cache
def _weather() -> tuple[frozenset[str], tuple[str, ...]]:
    """The single words of the weather, and the forms that are looked for within the text."""
    forms = calendar()["cues"]["weather"]
    marks = tuple(w for w in forms if " " in w or not w[0].isalpha() or w[-1] >= "\u2e80")
    return frozenset(forms).difference(marks), marks
