"""The day of one event, told differently.

In: two contents. Out: :class:`.scopes.Conflict` values: one weekday, one month or one year each, not the same, in
clauses that hold one verb and otherwise agree, neither of what was only planned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..language.rows import rows
from ..records import Reason, Span
from .content import Content, lowered_words, noted
from .denials import families
from .figures import other_figures
from .scopes import Conflict, around, clause_of, other_places, places_of

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENDINGS = {"jan": "uary", "feb": "ruary", "mar": "ch", "apr": "il", "may": "", "jun": "e", "jul": "y", "aug": "ust",
            "sep": "tember", "sept": "ember", "oct": "ober", "nov": "ember", "dec": "ember"}  # fmt: skip
_MONTHS = {short: short + ending for short, ending in _ENDINGS.items()}
"""The whole name of each month by its short ones."""
_FORMS = sorted({*_MONTHS, *_MONTHS.values()}, key=lambda form: (-len(form), form))
_DAY = re.compile(r"\b(?:" + "|".join(d.title() for d in _DAYS) + r")\b")
_MONTH = re.compile(r"\b(" + "|".join(f.title() for f in _FORMS) + r")\b\.?(?:,? (\d{1,2})\b(?!,?\d))?")
_YEAR = re.compile(r"\b(?:in|since|of|during) ((?:19|20)\d\d)\b(?![-–])")
_MOST = 4
"""Weekdays of one statement that are looked at."""
_CITING = 60
"""Characters around a day in which the words that cite a report stand."""
_SCOPE = 0.5
"""Weight of the words, names aside, that must stand around both days."""


def days(a: Content, b: Content, weight: Mapping[str, float]) -> list[Conflict]:
    """The day of one event, told differently: the weekdays, months or years of two clauses, where neither statement
    has the other's."""
    for told in (_days_of, _months_of, _years_of):
        found = _apart(a, told(a), b, told(b), weight)
        if found:
            return found
    return []


def _apart(
    a: Content, x: list[tuple[str, Span]], b: Content, y: list[tuple[str, Span]], weight: Mapping[str, float]
) -> list[Conflict]:
    if not x or not y or any(_may_be_one(d, e) for d, _ in x for e, _ in y):
        return []
    for day, span in x:
        for other, place in y:
            cited = _one_cited(a, span, b, place)
            if cited:
                because = f"the report by {cited} is of “{day}” on one page and of “{other}” on the other"
                reason = Reason("reports-apart", because, 1.0, places_of(a, span, b, place))
                return [Conflict("date", span, place, f"report {cited}", reason)]
            if not (inside(span, a.asserted) and inside(place, b.asserted)) or not _one_event(a, span, b, place):
                continue
            names = {k.key for c in (a, b) for k in c.keys if k.name}
            near = (around(a, span) & around(b, place)) - names
            mass = sum(weight.get(k, 0.0) for k in sorted(near))
            if mass < _SCOPE:
                continue  # the same people on two days, and nothing that says that they did the same
            reason = Reason("dates-apart", f"“{day}” excludes “{other}”", mass, places_of(a, span, b, place))
            return [Conflict("date", span, place, "day", reason)]
    return []


def _may_be_one(day: str, other: str) -> bool:
    """Whether one wording holds the other ("January", "January 15")."""
    return day == other or day.startswith(other + " ") or other.startswith(day + " ")


@noted
def _months_of(content: Content) -> list[tuple[str, Span]]:
    start = content.statement.span.start
    found = []
    for m in _MONTH.finditer(content.statement.text):
        name = m.group(1).rstrip(".").lower()
        if (name == "may" or name == "march") and not m.group(2):
            continue  # mostly the verbs
        day = f" {int(m.group(2))}" if m.group(2) else ""
        found.append((_MONTHS.get(name, name) + day, Span(start + m.start(), start + m.end())))
    return found[:_MOST]


@noted
def _years_of(content: Content) -> list[tuple[str, Span]]:
    start = content.statement.span.start
    found = _YEAR.finditer(content.statement.text)
    return [(m.group(1), Span(start + m.start(1), start + m.end(1))) for m in found][:_MOST]


@noted
def _days_of(content: Content) -> list[tuple[str, Span]]:
    start = content.statement.span.start
    found = _DAY.finditer(content.statement.text)
    return [(m.group(), Span(start + m.start(), start + m.end())) for m in found][:_MOST]


def _one_event(a: Content, x: Span, b: Content, y: Span) -> bool:
    """Whether the clauses of two days tell one event: one verb in both, no other place, and neither only planned."""
    first, second = clause_of(a, x), clause_of(b, y)
    mine, theirs = _verbs(a, first), _verbs(b, second)
    if a.statement.terms and b.statement.terms and not mine & theirs:
        return False
    if _negates(a, first) or _negates(b, second) or other_figures(a, first, b, second):
        return False
    if _planned(a, first) != _planned(b, second) or _until(a, x) != _until(b, y):
        return False
    return not other_places(a, x, b, y)


def _verbs(content: Content, clause: Span) -> frozenset[str]:
    """The verbs of a clause that say something, each by the first word of its family."""
    light = rows("status")["context"]["light"]
    within = (t for t in content.statement.terms if t.kind == "verb" and inside(t.span, clause))
    return frozenset(families().get(t.value, t.value) for t in within if t.value not in light)


def _one_cited(a: Content, x: Span, b: Content, y: Span) -> str | None:
    """The newsroom of the one report that both statements cite, each with a day of its own, as a first report."""
    mine, theirs = ([link for link in c.statement.chain if link.role == "report" and link.name] for c in (a, b))
    for link in mine:
        if any(link.name == other.name for other in theirs) and _dates_report(a, x) and _dates_report(b, y):
            return link.name
    return None


def _dates_report(content: Content, day: Span) -> bool:
    """Whether a day stands with the words that cite a report: outside what is asserted, in a clause that reports."""
    if inside(day, content.asserted) and content.asserted != content.statement.span:
        return False
    start = content.statement.span.start
    near = content.statement.text[max(0, day.start - start - _CITING) : day.end - start + _CITING].lower()
    return any(words in near for words in rows("status")["context"]["reporting"])


def _negates(content: Content, clause: Span) -> bool:
    inside_it = (t for t in content.statement.terms if inside(t.span, clause))
    return any(t.negated for t in inside_it) or "not" in lowered_words(content, clause)


def _planned(content: Content, clause: Span) -> bool:
    words = rows("status")["context"]
    return any(w in words["planned"] for w in lowered_words(content, clause))


def _until(content: Content, day: Span) -> bool:
    """Whether a day is only a bound ("until Friday", "before Friday")."""
    before = lowered_words(content, Span(max(content.statement.span.start, day.start - 16), day.start))
    return any(w in rows("status")["context"]["bounding"] for w in before[-2:])


def inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end
