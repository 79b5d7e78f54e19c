"""Figures of one thing that exclude each other, and what makes two figures count two things.

In: two contents. Out: :class:`.scopes.Conflict` values (:func:`figures`, :func:`units`), and :func:`one_scope`: whether
two figures of one unit count one thing in one place over one time, as far as their own clauses say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..language.amounts import Amount, comparable, compatible
from ..language.rows import rows
from ..records import Reason, Span
from .content import TELLING, Content, telling, words_of
from .scopes import Conflict, around, clause_of, counted, other_places, places_of

_TIMES = frozenset(("year", "month", "week", "day", "hour", "minute", "percentage point", "time", "number", "page"))
_FAR = 3.0
"""Figures further apart than this factor count two things more often than they disagree about one."""
_ROUND = 20
"""Small figures meet by chance: three dead and three houses."""
_FLOORS_APART = 1.08
"""Floors ("more than 91,000", "99,000") that differ by this factor are two counts, mostly of two hours."""
_COARSE = 10
"""A floor printed to this place or a higher one ("more than 20") holds what lies below its next step."""
_FLOORS_FAR = 2.0
"""Floors further apart than this are mostly of two things ("at least $413 million", "more than $1 billion")."""
LEAST_COUNTED = 0.75
"""Weight of the same where nothing is said of what is counted (dead, missing)."""
LEAST_AROUND = 0.5
"""Weight of the words that must stand around both figures, beside what is counted."""
_PER = re.compile(
    r"\b(?:a|per|each|every|this|next|last|past|first|over the (?:next|past|last)(?: \w+)?) "
    r"(?:year|month|week|day|decade|years|months|weeks|days|hours)\b|\b(?:annual|annually|yearly|monthly|daily)\b"
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\b(?:noon|midnight)\b", re.IGNORECASE)
_MEASURES = frozenset(("foot", "inch", "mile", "metre", "kilometre", "mph", "kilogram", "ton"))


def figures(a: Content, b: Content, weight: Mapping[str, float]) -> list[Conflict]:
    """Figures of one thing in one scope that exclude each other after rounding and bounds ("figures-apart", first), or
    that only their bounds ("at least", "more than") reconcile; one of each thing counted. A statement that also holds
    the other's figure does not disagree with it."""
    found: dict[tuple[str, str], Conflict] = {}
    if a.corrects or b.corrects:
        return []
    for x in a.amounts:
        rivals = [y for y in b.amounts if comparable(x, y)]
        if not counts(x) or any(one_figure(x, y) for y in rivals):
            continue
        for y in rivals:
            rule = "figures-differ" if compatible(x, y) else "figures-apart"
            subject = f"{x.unit} {x.state} {x.of}".strip()
            if (rule, subject) in found or any(comparable(z, y) and one_figure(z, y) for z in a.amounts):
                continue
            mass = _scope(a, x, b, y, weight)
            if mass is None or any(y.span == c.b for c in found.values()):
                continue
            says = "differs from" if rule == "figures-differ" else "excludes"
            because = f"“{words_of(a, x.span)}” {says} “{words_of(b, y.span)}”"
            reason = Reason(rule, because, mass, places_of(a, x.span, b, y.span))
            found[rule, subject] = Conflict("number", x.span, y.span, subject, reason)
    subjects = dict.fromkeys(subject for _, subject in found)
    best = [found.get(("figures-apart", s)) or found["figures-differ", s] for s in subjects]
    return sorted(best, key=lambda c: c.reason.rule)


def _scope(a: Content, x: Amount, b: Content, y: Amount, weight: Mapping[str, float]) -> float | None:
    """What the words around two figures, and what they count, weigh where both have them; None where that is too little
    or the figures are too far apart."""
    if x.unit != "percent" and max(x.low, y.low) > _FAR * min(x.high, y.high):
        return None
    scope = sorted((around(a, x.span) & around(b, y.span)) | (counted(a, x.span) & counted(b, y.span)))
    mass = sum(weight.get(k, 0.0) for k in scope)
    return None if mass < LEAST_AROUND or (not x.state and mass < LEAST_COUNTED) else mass


def tells(a: Content, b: Content, rival: Content) -> bool:
    """Whether ``a`` gives a figure of ``b`` that ``rival`` contradicts."""
    return any(
        comparable(x, y) and x.low == y.low and any(comparable(y, z) and not compatible(y, z) for z in rival.amounts)
        for x in a.amounts
        for y in b.amounts
    )


def one_figure(x: Amount, y: Amount) -> bool:
    """Whether two comparable amounts give one figure: what their words allow overlaps, and not only because one of
    them is a floor or a range far from the other ("at least 13", "17")."""
    if not compatible(x, y):
        return x.low == y.low
    floors = "at_least" in (x.bound, y.bound) or x.low != x.high or y.low != y.high
    low, high = sorted((x.low, y.low))
    if (x.low < x.high) != (y.low < y.high):
        return True  # a range and a figure in it
    floor = x if x.low == low else y
    counted = bool(floor.state) and floor.low <= _COARSE  # "at least 10 dead" is a count, as "at least nine" is
    coarse = floor.step >= _COARSE and not floor.vague and not counted
    if floor.bound == "at_least" and coarse and high < low + floor.step:
        return True  # "more than 20" and 23
    return not floors or low == 0 or high / low < _FLOORS_APART or (x.high == y.high and x.low != x.high)


def counts(x: Amount) -> bool:
    """Whether an amount counts something that can be disagreed about: no time, no bare share."""
    return bool(x.unit) and x.unit not in _TIMES and not (x.unit == "percent" and not x.of and not x.state)


def other_figures(a: Content, first: Span, b: Content, second: Span) -> bool:
    """Whether two clauses give other figures of one thing: their days are then those of two counts."""
    mine, theirs = ([m for m in c.amounts if m.span.overlap(s)] for c, s in ((a, first), (b, second)))
    return any(comparable(x, y) and not one_figure(x, y) for x in mine for y in theirs)


def amount_at(content: Content, span: Span) -> Amount:
    """The amount that stands at a span."""
    return next(m for m in content.amounts if m.span == span)


def one_scope(a: Content, x: Amount, b: Content, y: Amount) -> bool:
    """Whether nothing in the two clauses makes the figures count two things: two places, two kinds of the thing
    counted, a measure at two hours, an increase against a total, a part against the whole, a sum per year against a
    sum, a word for many."""
    if (x.vague and y.vague) or ((x.vague or y.vague) and compatible(x, y)):
        return False
    if x.more != y.more or x.part != y.part or _other_kind(a, x, b, y):
        return False
    if x.unit == "percent" and bool(x.of) != bool(y.of) and not x.state:
        return False  # a share of something, and a rise or a rate
    if _foreseen(a, x) != _foreseen(b, y):
        return False
    if x.unit in rows("amounts")["currencies"].values() and _period(a, x) != _period(b, y):
        return False
    if x.unit in _MEASURES and _hours(a) != _hours(b):
        return False  # how fast a storm was at two hours
    if compatible(x, y) and not x.state:
        far = max(x.low, y.low) > _FLOORS_FAR * min(x.high, y.high)
        if far or x.unit in _MEASURES:
            return False
    return not other_places(a, x.span, b, y.span)


def _other_kind(a: Content, x: Amount, b: Content, y: Amount) -> bool:
    """Whether the words between number and noun tell two kinds ("six majority-Muslim countries", "two non-Muslim
    countries")."""

    def between(content: Content, amount: Amount) -> frozenset[str]:
        words = [w.lower() for w in _WORD.findall(words_of(content, amount.span))]
        return frozenset(w for w in words[:-1] if w != amount.noun and telling(w) >= TELLING and not _numeral(w))

    mine, theirs = between(a, x), between(b, y)
    return bool(mine and theirs and not mine & theirs)


def _numeral(word: str) -> bool:
    table = rows("amounts")
    bounds = {w for row in table["bounds"] for words in row["words"] for w in words.split()}
    return any(word in table[name] for name in ("numbers", "scales", "vague", "currencies")) or word in bounds


def _period(content: Content, amount: Amount) -> bool:
    """Whether a figure's clause says for how long a time it is."""
    return bool(_PER.search(words_of(content, clause_of(content, amount.span)).lower()))


def _hours(content: Content) -> frozenset[str]:
    """The times of day that a statement tells."""
    return frozenset(re.sub(r"[ .]", "", m.group().lower()) for m in _CLOCK.finditer(content.statement.text))


def _foreseen(content: Content, amount: Amount) -> bool:
    """Whether a figure's clause only foresees it or asks for it ("is expected to be set at $2 million")."""
    words = _WORD.findall(words_of(content, clause_of(content, amount.span)).lower())
    return any(w in rows("status")["context"]["foreseeing"] for w in words)


def units(a: Content, b: Content) -> list[Conflict]:
    """One figure of one state, said of two things ("5,000 homes evacuated", "5,000 people evacuated")."""
    for x in a.amounts:
        for y in b.amounts:
            one = x.state and x.state == y.state and x.low == y.low >= _ROUND and x.unit != y.unit
            if not one or not x.noun or not y.noun or "percent" in (x.unit, y.unit) or x.vague or y.vague:
                continue
            because = f"“{words_of(a, x.span)}” and “{words_of(b, y.span)}” give one figure of two things"
            reason = Reason("units-apart", because, 1.0, places_of(a, x.span, b, y.span))
            return [Conflict("number", x.span, y.span, f"{x.low:g} {x.state}", reason)]
    return []
