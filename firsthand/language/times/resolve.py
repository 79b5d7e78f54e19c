"""From what an expression means to a period, given when it was written and what was mentioned before.

In news, a partial date is the one nearest to the day of writing on the side that the sentence looks to; "Friday" is the
closest Friday before (the same day included) unless the sentence looks ahead. In a narrative, it is counted from the
date mentioned last. What cannot be resolved has a value with ``X`` for what is not known, and no period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import PER_YEAR, Period, containing, day_of, feast, part_of, part_suffix, widen
from .meaning import At, Direction, Fixed, Length, Meaning, Part, Repeated, Shift, Vague

LAST_MONTH_ENDED = 60
"""Days since a month or quarter ended before "last August" means it: news writes "in August" or "last month" of
one that has just passed, so that "last August", on 8 September, is that of the year before."""


AGAINST = 4
"""How much farther a month or day lies that the clause does not look to: an offer that "was extended to Nov. 16",
written in October, ends in three weeks although the verb looks back (set on the news of TimeBank)."""


UNSAID = 2
"""The same where the clause does not say: news looks back more often than ahead."""

TURN = 270
"""Days that a narrative may step back within a year; "January" after a December is of the year after."""


@dataclass(frozen=True, slots=True)
class Context:
    """``today`` the reference day, None where unknown; ``then`` the period mentioned last; ``direction`` where the
    sentence looks; ``narrative``: partial dates count from ``then`` and not from ``today``; ``quarter`` the quarter in
    question, if one was mentioned."""

    today: date | None
    then: Period | None
    direction: Direction
    narrative: bool
    quarter: Period | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value, its period (None where unknown or not a date) and the time of day with its zone."""

    value: str
    period: Period | None = None
    time: str = ""
    offset: str = ""


def resolve(meaning: Meaning, context: Context) -> Resolved:
    """The value and the period of a meaning in a context."""
    if isinstance(meaning, Vague | Repeated | Length):
        return Resolved(meaning.value)
    if isinstance(meaning, At):
        return _resolve_at(meaning, context)
    if isinstance(meaning, Fixed | Part | Shift):
        period = locate(meaning, context)
        return Resolved(period.value, period) if period else Resolved(unknown_value(meaning))
    return Resolved("")


def _resolve_at(meaning: At, context: Context) -> Resolved:
    day = locate(meaning.of or Shift("day", 0, "then" if context.narrative else "now"), context)
    if day is None or day.unit != "day":
        return Resolved((unknown_value(meaning.of) if meaning.of else "XXXX-XX-XX") + meaning.suffix)
    if meaning.of is None and not context.narrative:
        # "shortly after 10:40 p.m.": TIMEX3 writes the day of writing, but the day is not said, so no moment is claimed
        return Resolved(day.value + meaning.suffix)
    return Resolved(day.value + meaning.suffix, day, meaning.suffix, meaning.offset)


def locate(meaning: Meaning, context: Context) -> Period | None:
    """The period that a meaning names, or None where the context does not say."""
    if isinstance(meaning, Fixed):
        return meaning.period
    if isinstance(meaning, At):
        return locate(meaning.of, context) if meaning.of else None
    if isinstance(meaning, Shift):
        return _shifted(meaning, context)
    if isinstance(meaning, Part):
        return _part(meaning, context)
    return None


def anchor(context: Context) -> Period | None:
    """The day of writing, or in a narrative what was mentioned last."""
    if context.narrative and context.then:
        return context.then
    return containing("day", context.today) if context.today else None


def _shifted(meaning: Shift, context: Context) -> Period | None:
    today = containing("day", context.today) if context.today else None
    if meaning.anchor in ("quarter", "year-ago"):
        return _quarter_in_question(meaning, context)
    if meaning.unit == "year" and meaning.count < 0 and meaning.compares and context.quarter and not context.narrative:
        return context.quarter.shift(int(4 * meaning.count))
    base = (context.then or today) if meaning.anchor == "then" or context.narrative else today
    if base is None:
        return None
    if meaning.exact:
        found = shifted_exactly(base, meaning.unit, meaning.count)
        return found if _may_be(found, meaning, context) else None
    wider = widen(base, meaning.unit)
    return wider.shift(int(meaning.count)) if wider else None


def _may_be(found: Period | None, meaning: Shift, context: Context) -> bool:
    """Whether "a decade later" can be there: not after the day of writing, unless the clause looks ahead."""
    if found is None or meaning.count < 0 or context.direction == "future" or context.today is None:
        return True
    return found.first is None or found.first <= context.today


def _quarter_in_question(meaning: Shift, context: Context) -> Period | None:
    """The quarter that is spoken of, else the last that was over on the day of writing; or the one a year before."""
    over = containing("quarter", context.today).shift(-1) if context.today else None
    if meaning.anchor == "quarter":
        return context.quarter or over
    if meaning.unit == "quarter" or context.quarter:
        found = context.quarter or over
        return found.shift(-4) if found else None
    return containing("year", context.today).shift(-1) if context.today else None


def shifted_exactly(base: Period, unit: str, count: float) -> Period | None:
    """``base`` moved by ``count`` units and as fine as it was, or as the unit where that is finer or as fine."""
    if base.unit == "day" and unit in ("day", "week", "weekend"):
        return base.shift(int(count * (1 if unit == "day" else 7)))
    if unit in ("day", "week", "weekend"):
        wider = widen(base, unit)  # type: ignore[arg-type]
        return wider.shift(int(count)) if wider else None
    years = {"year": 1, "decade": 10, "century": 100}.get(unit)
    if years is None:
        wider = widen(base, unit) if base.unit not in ("year", "decade", "century") else base  # type: ignore[arg-type]
        return wider.shift(int(count)) if wider and wider.unit == unit else None
    moved = int(count * years)
    if base.unit in PER_YEAR or base.unit == "year":
        return Period(base.unit, base.number + moved * PER_YEAR.get(base.unit, 1))
    if base.unit == "day":
        day = base.first
        return day_of(day.year + moved, day.month, min(day.day, 28 if day.month == 2 else day.day)) if day else None
    wider = widen(base, "year")
    return wider.shift(moved) if wider else None


# ---------------------------------------------------------------------------------------- parts of a year or week


def _part(meaning: Part, context: Context) -> Period | None:
    if meaning.of is not None:
        whole = locate(meaning.of, context)
        return inside(meaning, whole) if whole else None
    if meaning.unit == "weekday":
        return _weekday(meaning, context)
    if meaning.unit == "weekend":
        return _weekend(meaning, context)
    if meaning.unit == "dayofmonth":
        base = anchor(Context(context.today, context.then, context.direction, True)) or anchor(context)
        month = widen(base, "month") if base and base.unit in ("month", "day", "week") else None
        return inside(meaning, month) if month else None
    base = anchor(context)
    if base is None:
        return None
    if context.narrative and meaning.said is None:
        return _told_next(meaning, base)
    today = base.first
    return _nearest(meaning, today, context.direction) if today else None


def inside(part: Part, whole: Period) -> Period | None:
    """The part of a given wider period."""
    if part.unit == "weekday":
        week = widen(whole, "week")
        return Period("day", week.number * 7 + 1 + part.index) if week else None
    if part.unit == "dayofmonth":
        first = whole.first
        return day_of(first.year, first.month, part.index) if first and whole.unit in ("month", "day") else None
    if part.unit == "monthday":
        return day_of(whole.year, part.index // 100, part.index % 100)
    if part.unit == "feast":
        found = feast(part.rule, whole.year)
        return containing("day", found) if found else None
    return part_of(part.unit, whole.year, part.index)  # type: ignore[arg-type]


def _weekday(meaning: Part, context: Context) -> Period | None:
    base = anchor(context)
    today = base.first if base else None
    if today is None or (context.narrative and base and base.unit not in ("day", "week", "weekend")):
        return None
    back = (today.weekday() - meaning.index) % 7
    if meaning.said == "last":
        found = today - timedelta(days=back or 7)
    elif meaning.said == "next" or (meaning.said is None and (context.direction == "future" or context.narrative)):
        ahead = (7 - back) % 7 or (7 if meaning.said == "next" or context.narrative else 0)
        found = today + timedelta(days=ahead)
    elif meaning.said == "this":
        found = today + timedelta(days=meaning.index - today.weekday())
    else:
        found = today - timedelta(days=back)
    return containing("day", found)


def _told_next(meaning: Part, base: Period) -> Period | None:
    """In a narrative: of the year told of; of the next where a story in late autumn comes to a month of winter."""
    same = inside(meaning, part_of("year", base.year))
    if same is None or base.unit in ("year", "decade", "century", "half"):
        return same
    first, told = same.first, base.first
    if first and told and (told - first).days > TURN:
        return inside(meaning, part_of("year", base.year + 1))
    return same


def _weekend(meaning: Part, context: Context) -> Period | None:
    """The weekend that has begun or is just over; the coming one where the words or the clause look ahead."""
    base = anchor(context)
    today = base.first if base else None
    if today is None:
        return None
    this = containing("weekend", today)
    begun = today.weekday() >= 5
    if meaning.said == "next":
        return this.shift(1) if begun else this
    if meaning.said == "last" or (context.direction != "future" and not begun):
        return this.shift(-1)
    return this


def _nearest(meaning: Part, today: date, direction: Direction) -> Period | None:
    """The part of a year nearest to a day on the side that the words or the sentence say."""
    years = (today.year - 2, today.year - 1, today.year, today.year + 1, today.year + 2)
    found = [p for year in years if (p := inside(meaning, part_of("year", year)))]
    spans = [(p, a, b) for p in found if (a := p.first) and (b := p.last)]
    if meaning.said == "last":
        least = LAST_MONTH_ENDED if meaning.unit in ("month", "quarter") else 0
        ended = [p for p, _, b in spans if (today - b).days > least]
        return ended[-1] if ended else None
    if meaning.said == "next":
        coming = [p for p, a, _ in spans if a > today]
        return coming[0] if coming else None
    if meaning.said == "this":
        return next((p for p in found if p.year == today.year), None)
    weights = {"past": (1, AGAINST), "future": (AGAINST, 1), "nearest": (1, UNSAID)}[direction]
    return min(spans, key=lambda s: (_distance(s[1], s[2], today, weights), s[1]))[0] if spans else None


def _distance(first: date, last: date, today: date, weights: tuple[int, int]) -> int:
    """Days from a period to a day, those before it and those after it weighed."""
    return max((first - today).days * weights[1], (today - last).days * weights[0], 0)


# ------------------------------------------------------------------------------------------------ what is unknown


def unknown_value(meaning: Meaning) -> str:
    """The value of a meaning that could not be resolved: ``XXXX-WXX-6`` for a Saturday, ``XXXX-08`` for an August."""
    if isinstance(meaning, Shift):
        return _UNKNOWN.get(meaning.unit, "XXXX")
    if isinstance(meaning, At):
        return (unknown_value(meaning.of) if meaning.of else "XXXX-XX-XX") + meaning.suffix
    if not isinstance(meaning, Part):
        return ""
    if meaning.unit == "weekday":
        return f"XXXX-WXX-{meaning.index + 1}"
    if meaning.unit == "monthday":
        year = meaning.of.period.value if isinstance(meaning.of, Fixed) else "XXXX"
        return f"{year}-{meaning.index // 100:02d}-{meaning.index % 100:02d}"
    if meaning.unit == "weekend":
        return _UNKNOWN["weekend"]
    if meaning.unit == "dayofmonth":
        return f"XXXX-XX-{meaning.index:02d}"
    if meaning.unit == "feast":
        return "XXXX-" + meaning.rule if len(meaning.rule) == 5 and meaning.rule[3].isdigit() else "XXXX-XX-XX"
    return "XXXX" + part_suffix(meaning.unit, meaning.index)


_UNKNOWN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "half": "XXXX-HX", "season": "XXXX-XX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip
