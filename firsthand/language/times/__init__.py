"""Expressions of time in a text, and the intervals that they mean.

In: a text; the interval in which it was written (``reference``, an article's ``published``; None where unknown); a
language. Out: every expression, in text order, with its words, its TIMEX3 value and its interval.

How to use it
    ``moment`` is an interval ready to be compared: ``basis`` "stated" where the words alone say it, "relative" where it
    was counted from the reference. It is None where nothing is known: durations ("for three weeks") that begin and end
    nowhere, sets ("every Monday"), vague words ("recently"), and relative expressions without a reference. "The past
    three weeks" is a duration with a moment: the interval that ends at the reference.
    Filter by ``kind in ("date", "time")`` to get dates; ``explicit`` tells those that hold whenever the text was read.
    Which expression says when a thing happened is for the caller to decide: this module only finds and resolves them.

How it decides
    Words get classes (``tokens.py``), forms of classes in ``language/<code>/times.toml`` match in three passes
    (``forms.py``), makers say what they mean (``makers.py``), and ``resolve.py`` counts from the reference.
    A bare weekday is the closest one before or on the day of writing, unless the clause looks ahead ("will meet on
    Monday"); a month or day without a year is the nearest one, a side on which the clause does not look counting as
    farther. "Last August" is the latest August that ended more than 60 days before (so on 8 September 2018 that of
    2017); "last summer" the latest that is over. "A year earlier" is a year before the quarter or date in question.
    A reference of several days is resolved from both ends: the interval spans both, and the value is kept only where
    both agree. With one end open, so is the moment's.

Known to fail
    Clauses whose tense is told by a verb far away; fiscal years that do not end in December; "the time of the siege"
    and all times that are named by an event; calendars other than the Gregorian.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ...records import Moment, Span
from .drafts import Draft, find_drafts
from .intervals import day_of_moment, merge
from .meaning import At, Length, Repeated, Shift, is_explicit
from .resolve import Context, Resolved, resolve

__all__ = ["TimeExpression", "find_times"]

Kind = Literal["date", "time", "duration", "set"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One expression of time. ``words == text[span]``. ``value`` as in TIMEX3 ("2018-09-08", "P2D", "XXXX-WXX-6",
    "PAST_REF"; ``X`` stands for what is not known). ``moment`` its interval or None (see the module). ``explicit``: the
    words alone say it. ``mod`` as in TIMEX3: START, MID, END (of the period), APPROX, MORE_THAN ...; or empty."""

    span: Span
    words: str
    kind: Kind
    value: str
    moment: Moment | None
    explicit: bool
    mod: str = ""


def find_times(
    text: str, reference: Moment | None, language: str = "en", *, narrative: bool = False
) -> tuple[TimeExpression, ...]:
    """All expressions of time in ``text``, in order, none overlapping another.

    ``reference`` is when the text was written: an interval, which may be open at an end or None. With ``narrative``
    partial and relative dates count from the date mentioned last and not from the reference (histories). Never raises
    on any text; time is linear in its length.
    """
    drafts = find_drafts(text, language)
    ends = (day_of_moment(reference, "earliest"), day_of_moment(reference, "latest"))
    low = _resolved(drafts, ends[0], narrative)
    high = low if ends[0] == ends[1] else _resolved(drafts, ends[1], narrative)
    blind = low if ends == (None, None) else _resolved(drafts, None, narrative)
    found = []
    for draft, a, b, none in zip(drafts, low, high, blind, strict=True):
        words = text[draft.span.start : draft.span.end]
        value, moment = merge(draft, (a, b, none), ends, words)
        found.append(
            TimeExpression(draft.span, words, _kind(draft), value, moment, is_explicit(draft.meaning), draft.mod)
        )
    return tuple(found)


def _resolved(drafts: tuple[Draft, ...], today: date | None, narrative: bool) -> list[Resolved]:
    """Every draft from one reference day, each in the light of those before it."""
    found: list[Resolved] = []
    context = Context(today, None, "nearest", narrative)
    for draft in drafts:
        context = replace(context, direction=draft.direction)
        resolved = resolve(draft.meaning, context)
        if resolved.period is not None and not _compares(draft):
            quarter = resolved.period if resolved.period.unit == "quarter" else context.quarter
            context = replace(context, then=resolved.period, quarter=quarter)
        found.append(resolved)
    return found


def _compares(draft: Draft) -> bool:
    """Whether it only names what another figure is held against, and so is not what the text speaks of next."""
    meaning = draft.meaning
    return isinstance(meaning, Shift) and meaning.count < 0 and (meaning.compares or meaning.anchor == "year-ago")


def _kind(draft: Draft) -> Kind:
    meaning = draft.meaning
    if isinstance(meaning, At):
        return "time"
    if isinstance(meaning, Length):
        return "duration"
    return "set" if isinstance(meaning, Repeated) else "date"
