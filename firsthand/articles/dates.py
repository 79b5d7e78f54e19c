"""Dates as they are written: finding them in a line, in many languages, and reading the stamps of metadata.

In: a line of text. Out: :class:`WrittenDate` values in text order, each an interval to the day or the minute. A date
that can be read two ways (``05/08/2025``) is both of them unless its weekday or the page shows the order of its parts.
Everything hangs on a year's four digits (or a date in numbers with two), so that a line without one costs nothing.
Month names, zones and clock words are the table ``calendar.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Literal

from firsthand.language.rows import rows

Order = Literal["month-first", "day-first"]
LINE = 600
"""Characters of a line that are searched for dates."""

_BACK, _AHEAD = 44, 40
"""Characters before a year's end and after its beginning that may hold the rest of the date."""


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

    def read_as(self, day: str) -> WrittenDate:
        """The date with only that one of its readings."""
        return replace(self, earliest=day + self.earliest[10:], latest=day + self.latest[10:])


def calendar() -> dict[str, Any]:
    """The table ``mul/calendar.toml``. The value is shared: callers must not change it."""
    return rows("calendar", "mul")


@cache
def _named(table: str) -> dict[str, dict[int, frozenset[str]]]:
    """The forms of a table's names: each with its numbers (from 1), and the languages that use it so."""
    found: dict[str, dict[int, set[str]]] = {}
    for language, entries in calendar()[table].items():
        for number, forms in enumerate(entries, 1):
            for form in forms.split():
                found.setdefault(_name_key(form), {}).setdefault(number, set()).add(language)
    return {form: {n: frozenset(s) for n, s in numbers.items()} for form, numbers in found.items()}


def _name_key(word: str) -> str:
    return unicodedata.normalize("NFC", word.lower().replace(".", "").replace("i̇", "i"))


def month_of(word: str, language: str = "") -> int:
    """The month that a word names, 0 where it names none, or several and the language does not tell."""
    numbers = _named("months").get(_name_key(word))
    if not numbers:
        return 0
    if len(numbers) > 1:
        numbers = {n: s for n, s in numbers.items() if language in s}
    return next(iter(numbers)) if len(numbers) == 1 else 0


_YEAR = r"((?:19|20)\d{2})(?!\d)"
_WORD = r"([^\s\d,/()|:;·•–—\"_<>\[\]{}«»“”„=*#@!?&+~^\\-]{2,18})"
_FLAGS = re.IGNORECASE
_YEAR_AT = re.compile(r"(?:19|20)\d{2}(?!\d)")
_DAY_NAME = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°)?[\s.,/-]{{0,3}}(?:(?:de|of|d['’]|ng)\s?)?{_WORD}"
    rf"[\s.,/'-]{{0,3}}(?:(?:de|del|da|of)\s)?{_YEAR}\Z",
    _FLAGS,
)
_NAME_DAY = re.compile(rf"(?<![^\W\d_]){_WORD}\s{{0,3}}(\d{{1,2}})(?:st|nd|rd|th|er)?[\s,.'’]{{1,4}}{_YEAR}\Z", _FLAGS)
_NUMBERS = re.compile(rf"(?<![\d/.])(\d{{1,2}})\s?([/.‐–-])\s?(\d{{1,2}})\s?\2\s?{_YEAR}\Z")
_MONTH_WORD = re.compile(rf"(?<!\d)(\d{{1,2}})\s(?:tháng|thg)\s(\d{{1,2}}),?\s(?:năm\s)?{_YEAR}\Z", _FLAGS)
_YEAR_NUMBERS = re.compile(r"(\d{4})\s?([-/.年년])\s?(\d{1,2})\s?([-/.月월])\s?(\d{1,2})(?!\d)\s?[日일号號]?\.?")
_YEAR_NAME = re.compile(
    rf"(\d{{4}})(?:\.\sgada|eko|ko|\.|,|\sm\.|\sоны)?[\s,-]{{1,3}}(?:(\d{{1,2}})\.?\s)?{_WORD}(?:[\s-]{{1,2}}(\d{{1,2}})(?![\d:]))?"
)
_GOES_ON = re.compile(r"[./-]\d")
_SHORT = re.compile(r"(?<![\d/.,:-])(\d{1,2})([/.])(\d{1,2})\2(\d{2})(?![\d/%])(?!\.\d)")
_REST = re.compile(r"[\s,|–-]{0,3}[^\s\d,|–u-]")
_ERA = re.compile(r"(令和|平成|民國|民国|พ\.ศ\.?)\s?(\d{1,4}|元)\s?年?")
_IRANIAN_YEAR = re.compile(r"(?<!\d)1[34]\d{2}(?!\d)")
_THAI_YEAR = re.compile(r"(?<!\d)2[45]\d{2}(?!\d)")
_FOREIGN_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９"
_DIGITS = {ord(c): str(i % 10) for i, c in enumerate(_FOREIGN_DIGITS)}
_EASTERN = re.compile("[\u0600-\u1fff\u3040-\uffef]")
"""Letters of the scripts that have digits or eras of their own."""
_LEADS = "١٢۱۲१২１２๒২১"


def common_digits(line: str) -> str:
    """The line with the digits of other scripts as ``0`` to ``9``; of the same length."""
    if line.isascii() or not any(lead in line for lead in _LEADS):
        return line
    return line.translate(_DIGITS)


def year_places(text: str) -> list[int]:
    """Where four digits stand that may be the year of a date, in order: other digits stand near them. One search over
    a whole page."""
    places: list[int] = []
    leads = ["20", "19"]
    if not text.isascii() and _EASTERN.search(text[:400] + text[len(text) // 2 :][:400] + text[-400:]):
        if any(lead in text for lead in _LEADS):
            text = text.translate(_DIGITS)
        if "า" in text or "ค." in text:
            leads.append("25")
        if "ی" in text:
            leads += ["13", "14"]
        if "令和" in text or "平成" in text or "民國" in text:
            places.extend(m.start() for m in _ERA.finditer(text))
    for lead in leads:
        at = text.find(lead)
        while at >= 0:
            end = at + 4
            if text[at + 2 : end].isdecimal() and _BESIDE.search(text, max(0, at - 28), at + 16):
                places.append(at)
            at = text.find(lead, at + 2)
    places.sort()
    return places


_BESIDE = re.compile(r"\d[^\d\n]{1,24}\d{4}(?!\d)|\d{4}[^\d\n]{1,12}\d")
"""Four digits with another number near them."""


def find_dates(line: str, order: Order | None = None, language: str = "") -> tuple[WrittenDate, ...]:
    """The full dates of one line, in text order; overlapping readings are given once. (A line is asked about several
    times while its page is read.)"""
    return _dates_in(line[:LINE], order, language)


@lru_cache(maxsize=512)
def _dates_in(given: str, order: Order | None, language: str) -> tuple[WrittenDate, ...]:
    line = common_digits(given)
    found: list[WrittenDate] = []
    for start, end, days in _readings(line, order, language):
        if days and not any(start < f.end and f.start < end for f in found):
            found.append(_timed(line, given, start, end, _by_weekday(line, start, end, days)))
    return tuple(found) if len(found) < 2 else tuple(sorted(found, key=lambda d: d.start))


def _readings(line: str, order: Order | None, language: str) -> Iterator[tuple[int, int, list[date]]]:
    for match in _YEAR_AT.finditer(line):
        at, end = match.span()
        if at and line[at - 1].isdecimal():
            continue
        yield from _around(line, at, end, int(match[0]), order, language)
    if not line.isascii():
        yield from _other_calendars(line, language)
    if "/" in line or line.count(".") > 1:
        for match in _SHORT.finditer(line):
            year = 2000 + int(match[4])
            alone = match[2] == "/" or (match.start() <= 2 and not _REST.match(line, match.end()))
            if alone and year < 2060:
                yield match.start(), match.end(), _numbers(year, int(match[1]), match[2], int(match[3]), order)


def _around(
    line: str, at: int, end: int, year: int, order: Order | None, language: str
) -> Iterator[tuple[int, int, list[date]]]:
    """The readings of a date whose year stands at ``line[at:end]``."""
    low = max(0, end - _BACK)
    numbers = None if _GOES_ON.match(line, end) else _NUMBERS.search(line, low, end)
    if numbers:
        yield (
            numbers.start(), end, _numbers(year, int(numbers[1]), numbers[2], int(numbers[3]), order),
        )  # fmt: skip
        return
    back = line[low:at].rstrip(" ,./-'’")
    ordinal = back[-2:].lower() in ("st", "nd", "rd", "th", "er") and back[-3:-2].isdecimal()
    if ordinal or back[-1:].isdecimal():
        named = _NAME_DAY.search(line, low, end)
        month = month_of(named[1], language) if named else 0
        if named and month:
            yield named.start(), end, _valid([(year, month, int(named[2]))])
    elif back:
        named = _DAY_NAME.search(line, low, end)
        month = month_of(named[2], language) if named else 0
        if named and month:
            yield named.start(), end, _valid([(year, month, int(named[1]))])
    if "tháng" in line or "thg" in line:
        named = _MONTH_WORD.search(line, low, end)
        if named:
            yield named.start(), end, _valid([(year, int(named[2]), int(named[1]))])
    yield from _from_year(line, at, year, language)


def _from_year(line: str, at: int, year: int, language: str) -> Iterator[tuple[int, int, list[date]]]:
    ahead = _YEAR_NUMBERS.match(line, at, at + _AHEAD)
    if ahead:
        yield at, ahead.end(), _valid([(year, int(ahead[3]), int(ahead[5]))])
        return
    named = _YEAR_NAME.match(line, at, at + _AHEAD)
    if named and (named[2] or named[4]):
        month = month_of(named[3], language)
        if month and not (named[2] and named[4]):
            end = named.end(4) if named[4] else named.end(3)
            yield at, end, _valid([(year, month, int(named[2] or named[4]))])


def _other_calendars(line: str, language: str) -> Iterator[tuple[int, int, list[date]]]:
    """Years of the Thai, Japanese, Taiwanese and Iranian calendars."""
    for era in _ERA.finditer(line):
        base = {"令和": 2018, "平成": 1988}.get(era[1], 1911)
        parts = re.compile(r"(\d{1,2})\s?月\s?(\d{1,2})\s?日").match(line, era.end(), era.end() + 12)
        if parts and era[1][0] != "พ":
            year = base + (1 if era[2] == "元" else int(era[2]))
            yield era.start(), parts.end(), _valid([(year, int(parts[1]), int(parts[2]))])
    if "ค" in line or "ย" in line or "พ" in line:
        for match in _THAI_YEAR.finditer(line):
            low = max(0, match.end() - _BACK)
            swapped = line[: match.start()] + str(int(match[0]) - 543) + line[match.end() :]
            for start, end, days in _around(
                swapped, match.start(), match.end(), int(match[0]) - 543, "day-first", "th"
            ):
                if start >= low:
                    yield start, end, days
    if language == "fa" or any(c in line for c in "یراه"):
        yield from _iranian(line)


def _iranian(line: str) -> Iterator[tuple[int, int, list[date]]]:
    months = calendar()["iranian"]["months"]
    for match in _IRANIAN_YEAR.finditer(line):
        at, end, year = match.start(), match.end(), int(match[0])
        ahead = _YEAR_NUMBERS.match(line, at, at + _AHEAD)
        if ahead:
            yield at, ahead.end(), _common(year, int(ahead[3]), int(ahead[5]))
            continue
        named = re.compile(rf"(\d{{1,2}})\s{_WORD}\s(?:ماه\s)?\d{{4}}\Z").search(line, max(0, end - _BACK), end)
        if named and named[2] in months:
            yield named.start(), end, _common(year, months.index(named[2]) + 1, int(named[1]))


def _common(year: int, month: int, day: int) -> list[date]:
    """A day of the Iranian calendar in the common one. Its leap years are those of the 2820-year cycle's 33-year
    approximation, exact for the years 1244 to 1472 (Borkowski, The Persian calendar for 3000 years, 1996)."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30) and 1300 <= year <= 1472):
        return []
    leap = [1, 5, 9, 13, 17, 22, 26, 30]
    leaps = sum((y % 33) in leap for y in range(1300, year))
    start = date(1921, 3, 21)  # 1 Farvardin 1300
    return [start + timedelta(days=(year - 1300) * 365 + leaps + (month - 1) * 30 + min(month - 1, 6) + day - 1)]


def _numbers(year: int, first: int, mark: str, second: int, order: Order | None) -> list[date]:
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


def _by_weekday(line: str, start: int, end: int, days: list[date]) -> list[date]:
    """Of two readings, the one whose weekday stands beside it."""
    if len(days) < 2:
        return days
    beside = re.findall(r"[^\W\d_]{2,}", line[max(0, start - 16) : start] + " " + line[end : end + 12])
    numbers = {n for w in beside for n in _named("weekdays").get(_name_key(w), ())}
    fitting = [d for d in days if d.isoweekday() in numbers]
    return fitting if len(fitting) == 1 else days


# ------------------------------------------------------------------------------------------------------ hours


@cache
def _clock_forms() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = calendar()["clock"]

    def words(names: Iterable[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(set(names), key=lambda w: (-len(w), w)))

    between = words(table["between"])
    halves = words([*table["before_noon"], *table["after_noon"]])
    skip = rf"\.?(?:[\s,|/·•T–—-]{{1,4}}|\(\w{{1,3}}\.?\)|(?:{between})(?![^\W\d_])\.?){{0,6}}"
    return (
        re.compile(
            rf"{skip}({halves})?\s?(\d{{1,2}})\s?[:.：h]\s?(\d{{2}})(?!\d)(?::\d{{2}}(?:\.\d{{1,9}})?)?\s?({halves}|[ap])?(?![^\W\d_])\.?",
            _FLAGS,
        ),
        re.compile(rf"{skip}(\d{{1,2}})\s?({halves})(?![^\W\d_])\.?", _FLAGS),
        re.compile(rf"{skip}({halves})?\s?(\d{{1,2}})\s?[時时點点시]\s?(?:(\d{{1,2}})\s?[分분])?", _FLAGS),
        re.compile(
            rf"(\d{{1,2}})[:.h](\d{{2}})(?::\d{{2}})?\s?({halves})?\s{{0,2}}([A-Z]{{1,4}})?(?:\s|,|-|–|—|\||on|·){{0,5}}\Z"
        ),
    )


_ZONE = re.compile(
    r"\s{0,2}\(?(Z\b|(?:UTC|GMT|utc|gmt)\s?[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}\b|[A-Z]{2,5}\b|[A-Za-z]+/[A-Z][A-Za-z]+|gmt\b|utc\b)"
)


def _timed(line: str, given: str, start: int, end: int, days: list[date]) -> WrittenDate:
    clock, stop, begin = _clock_around(line, start, end, days[0])
    first, last = days[0].isoformat() + clock, days[-1].isoformat() + clock
    words = given[begin:stop]
    lead = len(words) - len(words.lstrip())
    return WrittenDate(first, last, begin + lead, stop, words.strip())


def _clock_around(line: str, start: int, end: int, day: date) -> tuple[str, int, int]:
    """The hour beside a date as ``Thh:mm`` with its offset, the end and the beginning of all the words."""
    after, bare, wide, before = _clock_forms()
    ahead = line[end : end + 30]
    if any(c.isdecimal() for c in ahead):
        hit = after.match(line, end, end + 44)
        hour = _hour(hit[2], hit[3], hit[4] or hit[1]) if hit else ""
        if not hour:
            hit = bare.match(line, end, end + 34)
            hour = _hour(hit[1], "0", hit[2]) if hit else ""
        if not hour:
            hit = wide.match(line, end, end + 34)
            hour = _hour(hit[2], hit[3] or "0", hit[1]) if hit else ""
        if hit and hour:
            zone = _ZONE.match(line, hit.end())
            offset = offset_of(zone[1], day) if zone else None
            return (hour + offset, zone.end(), start) if zone and offset else (hour, hit.end(), start)
    if start >= 4 and any(c.isdecimal() for c in line[max(0, start - 24) : start]):
        hit = before.search(line, max(0, start - 26), start)
        hour = _hour(hit[1], hit[2], hit[3]) if hit else ""
        if hit and hour:
            return hour + (offset_of(hit[4] or "", day) or ""), end, hit.start()
    return "", end, start


def _hour(hour: str, minute: str, half: str | None) -> str:
    h, m = int(hour), int(minute)
    if half:
        late = half.lower() == "p" or half.lower() in calendar()["clock"]["after_noon"]
        if h > 12 or (h == 0 and not late):
            return f"T{h:02d}:{m:02d}" if h < 24 and m < 60 and half.lower() not in ("a", "p", "am", "pm") else ""
        h = h % 12 + (12 if late else 0)
    return f"T{h:02d}:{m:02d}" if h < 24 and m < 60 else ""


_SEASONAL = {"ET": -5, "CT": -6, "MT": -7, "PT": -8}


def offset_of(zone: str, day: date | None = None) -> str | None:
    """The offset that a zone's words state (``+02:00``, ``GMT+2``, ``PDT``, ``ET`` on that day), else None."""
    numbers = re.fullmatch(r"(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?", zone, re.IGNORECASE)
    if numbers:
        hours, minutes = int(numbers[2]), int(numbers[3] or 0)
        return f"{numbers[1]}{hours:02d}:{minutes:02d}" if hours <= 14 and minutes < 60 else None
    if zone in _SEASONAL and day:
        hours = _SEASONAL[zone] + _american_summer(day)
        return f"-{-hours:02d}:00"
    if zone == zone.upper() or zone.lower() in ("utc", "gmt"):
        found = calendar()["zones"].get(zone.lower())
        return str(found) if found else None
    return None


def _american_summer(day: date) -> bool:
    """Whether the United States keep summer time on this day (the rule since 2007)."""
    march, november = date(day.year, 3, 8), date(day.year, 11, 1)
    begins = march + timedelta(days=(6 - march.weekday()) % 7)
    ends = november + timedelta(days=(6 - november.weekday()) % 7)
    return begins <= day < ends


# ----------------------------------------------------------------------------------------------------- stamps

_STAMP = re.compile(
    r"((?:19|20)\d{2})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)"
    r"(?:(?:T|\s{1,2}|\s?[-,]\s?)(\d{1,2}):?(\d{2})(?::?\d{2}(?:[.,:]\d{1,9})?)?"
    r"\s?(Z\b|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?|[A-Z]{3,4}\b)?)?"
)
_PACKED = re.compile(
    r"((?:19|20)\d{2})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?\d{2})?\s?(Z|[+-]\d{2}:?\d{2})?)?(?!\d)"
)
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?\Z")
_NO_DAYS = ("1970-01-01", "1969-12-31", "1900-01-01", "1980-01-01")
"""Days that stand for none in the data of publishing systems."""


def read_stamp(stamp: str, order: Order | None = None, language: str = "") -> str | None:
    """A stamp of metadata, to the minute with its offset: ISO-like, packed digits, seconds since 1970, or the first
    date written in it where that can be read one way only; else None."""
    text = common_digits(stamp.strip()[:80])
    packed = _PACKED.match(text)
    match = None if packed else _STAMP.match(text)
    groups = (packed[1], packed[2], packed[3], packed[4], packed[5], packed[6]) if packed else ()
    if match:
        groups = (match[1], match[3], match[4], match[5], match[6], match[7])
    if groups:
        days = _valid([(int(groups[0]), int(groups[1]), int(groups[2]))])
        if days:
            return _stamped(days[0], groups[3], groups[4], groups[5], text)
    epoch = _EPOCH.match(text)
    if epoch:
        try:
            moment = datetime.fromtimestamp(int(epoch[1]), UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return moment.strftime("%Y-%m-%dT%H:%M+00:00") if 1990 <= moment.year <= 2100 else None
    written = find_dates(stamp[:200], order, language)
    one = written[0].earliest if written and written[0].earliest == written[0].latest else None
    return one if one and one[:10] not in _NO_DAYS else None


def _stamped(day: date, hour: str | None, minute: str | None, zone: str | None, text: str) -> str | None:
    iso = day.isoformat()
    if iso in _NO_DAYS:
        return None
    if not hour or int(hour) > 23 or int(minute or 0) > 59:
        return iso
    clock = int(hour)
    half = re.search(r"\d\s?([ap])\.?m\b", text, re.IGNORECASE)
    if half and clock <= 12:
        clock = clock % 12 + (12 if half[1].lower() == "p" else 0)
    return f"{iso}T{clock:02d}:{int(minute or 0):02d}" + ((offset_of(zone, day) or "") if zone else "")


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


def same_moment(a: str, b: str) -> bool:
    """Whether two stamps may be one: the same day as written or in UTC."""
    return a[:10] == b[:10] or utc_day(a) == utc_day(b) or utc_day(a) == b[:10] or utc_day(b) == a[:10]
