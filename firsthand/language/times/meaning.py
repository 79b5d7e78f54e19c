"""What a time expression means before it is known when it was said.

A form (``forms.py``) makes one of these out of words; ``resolve.py`` turns it into a period, given a reference day,
what was mentioned before, and whether the sentence looks back or ahead. They nest: "last year's third quarter" is
``Part("quarter", 2, of=Shift("year", -1))``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .calendar import Period, Unit

Direction = Literal["past", "future", "nearest"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A period that needs no reference."""

    period: Period


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of a wider period: a month or quarter of a year, a day of a month, a weekday of a week.

    ``unit`` "monthday" has ``index`` month * 100 + day; "dayofmonth" the day; "weekday" 0 for Monday; "feast" has
    ``rule`` (``calendar.feast``); the rest count from 0. ``of`` None: the year (week, month) is for the reader to find,
    on the side that ``direction`` says: ``last`` and ``next`` were said, or None."""

    unit: str
    index: int = 0
    of: Meaning | None = None
    said: Literal["last", "this", "next"] | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """``count`` units from an anchor: "now" is the reference, "then" what was mentioned last, "quarter" the quarter in
    question (of a company's results, else the last one that is over), "year-ago" the same a year before. ``exact``: the
    result is as fine as the anchor ("a year earlier", after a quarter, is a quarter)."""

    unit: Unit
    count: float
    anchor: Literal["now", "then", "quarter", "year-ago"] = "now"
    exact: bool = False
    compares: bool = False
    """"a year ago", "a year earlier": the like of what is spoken of, a year before; it moves no focus."""


@dataclass(frozen=True, slots=True)
class At:
    """A time of a day: ``suffix`` as in the value (``T17:00``, ``TMO``). ``of`` None: the day is for the reader to
    find. ``offset`` a time zone's, as ``-05:00``, where one was stated."""

    suffix: str
    of: Meaning | None = None
    offset: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """A duration. ``side`` "past" or "future" where it ends or begins at the reference ("the past two years");
    ``unit`` and ``count`` where they are known."""

    value: str
    side: Literal["past", "future"] | None = None
    unit: str = ""
    count: float | None = None


@dataclass(frozen=True, slots=True)
class Vague:
    """``PRESENT_REF``, ``PAST_REF`` or ``FUTURE_REF``."""

    value: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """A set of times ("every Monday")."""

    value: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Words that look like a time and are none ("May" the surname): they are used up and reported nowhere."""


Meaning = Fixed | Part | Shift | At | Length | Vague | Repeated | Nothing


def is_explicit(meaning: Meaning) -> bool:
    """Whether it stands for itself, whenever it was written."""
    if isinstance(meaning, Fixed):
        return True
    if isinstance(meaning, Part | At):
        return meaning.of is not None and is_explicit(meaning.of)
    return False


def classes_of(meaning: Meaning) -> frozenset[str]:
    """The classes under which a made expression can stand in a later form: ``@`` and its unit, and how it is said."""
    if isinstance(meaning, Fixed):
        return frozenset({"@date", f"@{meaning.period.unit}", "@whole"})
    if isinstance(meaning, Part):
        kind = "@open" if meaning.of is None and meaning.said is None else "@whole"
        if meaning.unit in ("monthday", "weekday", "feast", "dayofmonth"):
            return frozenset({"@date", "@day", f"@{meaning.unit}", kind})
        return frozenset({"@date", f"@{meaning.unit}", kind})
    if isinstance(meaning, Shift):
        return frozenset({"@date", f"@{meaning.unit}", "@whole", "@shift"})
    if isinstance(meaning, At):
        open_ = {"@openclock" if ":" in meaning.suffix or meaning.suffix == "T24" else "@openpart"}
        return frozenset(open_ if meaning.of is None else {"@time"})
    if isinstance(meaning, Length):
        return frozenset({"@length"})
    if isinstance(meaning, Vague):
        return frozenset({"@vague"})
    return frozenset({"@set" if isinstance(meaning, Repeated) else "@nothing"})


def all_classes() -> list[frozenset[str]]:
    """Every value that :func:`classes_of` can have, so that forms can be compiled before a text is read."""
    units: tuple[Unit, ...] = (
        "century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day",
    )  # fmt: skip
    shift = Shift("year", 1)
    made: list[Meaning] = [Length(""), Vague(""), Repeated(""), Nothing(), At("TMO"), At("T12:00"), At("TMO", shift)]
    for unit in units:
        made += [Fixed(Period(unit, 1)), Shift(unit, 0), Part(unit), Part(unit, of=shift)]
    for name in ("monthday", "weekday", "feast", "dayofmonth", "weekend"):
        made += [Part(name), Part(name, of=shift)]
    return sorted({classes_of(m) for m in made}, key=sorted)
