"""Where two statements about one subject cannot both be right: one small check a kind, precision first.

In: two contents of different pages that :mod:`.sameness` holds for one subject. Out: :class:`Conflict` values with the
exact words that differ. Nothing here decides: :func:`.disagreements.decide_disagreement` reads the reasons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..language.amounts import Amount, comparable, compatible
from ..language.names import may_be_same, name_words
from ..language.rows import rows
from ..records import DisagreementKind, Place, Reason, Span, Statement, Term
from .content import Content
from .sameness import EXCLUDING, QUOTED_ALIKE, shared_quotation, speaker

_NEAR = 90
"""Characters around a figure in which its scope is looked for."""
_TIMES = frozenset(("year", "month", "week", "day", "hour", "minute", "percentage point", "time", "number", "page"))
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(r"\b(?:" + "|".join(d.title() for d in _DAYS) + r")\b")
_WORD = re.compile(r"[\w’']+")
_NO = re.compile(r"\b(?:no|not for|not in|not on|without|neither|nor)\b[\w ]{0,12}$", re.IGNORECASE)
_FAR = 3.0
"""Figures further apart than this factor count two things more often than they disagree about one."""
_ROUND = 20
"""Small figures meet by chance: three dead and three houses."""
_FLOORS_APART = 1.08
"""Floors ("more than 91,000", "99,000") that differ by this factor are two counts, mostly of two hours."""
_SCOPE = 0.5
"""Weight of the words that must stand around both figures, beside what is counted."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two exact wordings that exclude each other, with the spans where they stand, and the subject they are about."""

    kind: DisagreementKind
    a: Span
    b: Span
    subject: str
    reason: Reason


def _text(content: Content, span: Span) -> str:
    start = content.statement.span.start
    return content.statement.text[span.start - start : span.end - start]


def _places(a: Content, x: Span, b: Content, y: Span) -> tuple[Place, ...]:
    return (Place(a.statement.page, x), Place(b.statement.page, y))


def _around(content: Content, span: Span) -> frozenset[str]:
    """The keys near a span, without those of figures."""
    return frozenset(
        k.key
        for k in content.keys
        if not k.key.startswith("=")
        and span.start - _NEAR <= k.span.start <= span.end + _NEAR
        and not k.span.overlap(span)
    )


def _counted(content: Content, span: Span) -> frozenset[str]:
    """The keys of what a figure counts, and of the words before it: those inside its span but for the figure."""
    return frozenset(k.key for k in content.keys if not k.key.startswith("=") and k.span.overlap(span))


def figures(a: Content, b: Content, weight: Mapping[str, float]) -> list[Conflict]:
    """Figures of one thing in one scope that exclude each other after rounding and bounds, or, where there is none,
    that only their bounds ("at least", "more than") reconcile. A statement that also holds the other's figure does not
    disagree with it."""
    found: dict[str, Conflict] = {}
    if a.corrects or b.corrects:
        return []
    for x in a.amounts:
        rivals = [y for y in b.amounts if comparable(x, y)]
        if not _counts(x) or any(one_figure(x, y) for y in rivals):
            continue
        for y in rivals:
            rule = "figures-differ" if compatible(x, y) else "figures-apart"
            if rule in found or any(comparable(z, y) and one_figure(z, y) for z in a.amounts):
                continue
            if x.unit != "percent" and max(x.low, y.low) > _FAR * min(x.high, y.high):
                continue
            scope = sorted((_around(a, x.span) & _around(b, y.span)) | (_counted(a, x.span) & _counted(b, y.span)))
            mass = sum(weight.get(k, 0.0) for k in scope)
            if mass < _SCOPE or (not x.state and mass < 2 * _SCOPE):
                continue
            says = "differs from" if rule == "figures-differ" else "excludes"
            because = f"“{_text(a, x.span)}” {says} “{_text(b, y.span)}”"
            reason = Reason(rule, because, mass, _places(a, x.span, b, y.span))
            subject = f"{x.unit} {x.state} {x.of}".strip()
            found[rule] = Conflict("number", x.span, y.span, subject, reason)
    return [found[rule] for rule in ("figures-apart", "figures-differ") if rule in found][:1]


def contradictions(a: Content, b: Content, weight: Mapping[str, float]) -> tuple[Reason, ...]:
    """The reasons why two statements about one subject are two claims: figures that exclude each other, a denial.

    Only the first figure that both give counts: a sentence's later ones are not what it is about."""
    first = next((x for x in a.amounts if _counts(x) and any(comparable(x, y) for y in b.amounts)), None)
    found = [c for c in figures(a, b, weight) if first is not None and c.a == first.span]
    return tuple(c.reason for c in (*found, *denials(a, b, weight)) if c.reason.rule in EXCLUDING)


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
    return not floors or low == 0 or high / low < _FLOORS_APART or (x.high == y.high and x.low != x.high)


def _counts(x: Amount) -> bool:
    return bool(x.unit) and x.unit not in _TIMES and not (x.unit == "percent" and not x.of and not x.state)


def units(a: Content, b: Content) -> list[Conflict]:
    """One figure of one state, said of two things ("5,000 homes evacuated", "5,000 people evacuated")."""
    for x in a.amounts:
        for y in b.amounts:
            one = x.state and x.state == y.state and x.low == y.low >= _ROUND and x.unit != y.unit
            if not one or not x.noun or not y.noun or "percent" in (x.unit, y.unit):
                continue
            because = f"“{_text(a, x.span)}” and “{_text(b, y.span)}” give one figure of two things"
            reason = Reason("units-apart", because, 1.0, _places(a, x.span, b, y.span))
            return [Conflict("number", x.span, y.span, f"{x.low:g} {x.state}", reason)]
    return []


def days(a: Content, b: Content, weight: Mapping[str, float]) -> list[Conflict]:
    """One weekday each, and not the same: the day of one event, told differently."""
    x, y = list(_DAY.finditer(a.statement.text)), list(_DAY.finditer(b.statement.text))
    if len(x) != 1 or len(y) != 1 or x[0].group() == y[0].group():
        return []
    span_a = Span(a.statement.span.start + x[0].start(), a.statement.span.start + x[0].end())
    span_b = Span(b.statement.span.start + y[0].start(), b.statement.span.start + y[0].end())
    if not (_inside(span_a, a.asserted) and _inside(span_b, b.asserted)):
        return []
    names = {k.key for c in (a, b) for k in c.keys if k.name}
    near = (_around(a, span_a) & _around(b, span_b)) - names
    mass = sum(weight.get(k, 0.0) for k in sorted(near))
    if mass < _SCOPE:
        return []  # the same people on two days, and nothing that says that they did the same
    reason = Reason("dates-apart", f"“{x[0].group()}” excludes “{y[0].group()}”", mass, _places(a, span_a, b, span_b))
    return [Conflict("date", span_a, span_b, "day", reason)]


def _inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end


def _one_letter(a: str, b: str) -> bool:
    """Whether two words differ by one letter put in, left out or changed."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    short, long = sorted((a, b), key=len)
    i = 0
    while i < len(short) and short[i] == long[i]:
        i += 1
    return short[i:] == long[i + 1 :] or (len(short) == len(long) and short[i + 1 :] == long[i + 1 :])


def _spelled_apart(
    first: Sequence[str], second: Sequence[str], others: tuple[frozenset[str], frozenset[str]]
) -> tuple[str, str] | None:
    """The two spellings, where one word of two names differs by a letter and the others are the same. A given name
    alone ("Hanna") is set against a full one ("Hannah Idris") where its page has the other word too."""
    if len(first) == 2 and len(second) == 1 and first[1] in others[1]:
        second = (*second, first[1])
    elif len(second) == 2 and len(first) == 1 and second[1] in others[0]:
        first = (*first, second[1])
    if not 2 <= len(first) == len(second) <= 3:
        return None
    apart = [(u, v) for u, v in zip(first, second, strict=True) if u != v]
    if len(apart) != 1:
        return None
    u, v = apart[0]
    if min(len(u), len(v)) < 4 or u[0] != v[0] or u.rstrip("s") == v.rstrip("s") or not _one_letter(u, v):
        return None
    return None if v in others[0] or u in others[1] else (u, v)


def spellings(a: Content, b: Content, others: tuple[frozenset[str], frozenset[str]]) -> list[Conflict]:
    """One bearer's name in two spellings: one word is the same, the other differs by a letter. A page that has both
    forms (``others``: the name words of each page) does not disagree."""
    found: list[Conflict] = []
    for x in (t for t in a.statement.terms if t.kind == "name"):
        for y in (t for t in b.statement.terms if t.kind == "name"):
            apart = _spelled_apart(name_words(x.value), name_words(y.value), others)
            if apart is None:
                continue
            u, v = apart
            because = f"“{_text(a, x.span)}” and “{_text(b, y.span)}” are two spellings of one name"
            reason = Reason("spellings-apart", because, 1.0, _places(a, x.span, b, y.span))
            found.append(Conflict("name", x.span, y.span, " ".join(sorted((u, v))), reason))
    return found[:1]


@cache
def _families() -> Mapping[str, str]:
    """A verb and its nouns under one name: "sell", "sale"."""
    return {word: row["words"][0] for row in rows("status")["predicates"] for word in row["words"]}


def _denies(statement: Statement) -> bool:
    """Whether the statement is what its source denies ("denied that ...")."""
    cue = statement.chain[-1].cue if statement.chain else None
    denying = rows("status")["context"]["denying_cues"]
    return cue is not None and any(w in denying for w in _WORD.findall(cue.words.lower()))


def _predicates(statement: Statement, negated: bool) -> dict[str, Term]:
    """What a statement affirms or denies, by predicate: verbs, predicate adjectives, and nouns that stand for a verb.
    A denied noun stands behind its "no" ("no talks", "not for sale"); in a statement that denies something, only what
    is plainly its predicate is affirmed."""
    whole = _denies(statement)
    found: dict[str, Term] = {}
    for term in statement.terms:
        family = _families().get(term.value)
        noun = term.kind == "noun" and family is not None
        said = term.kind == "verb" or (term.kind == "adjective" and term.role == "predicate")
        if not (said or noun) or term.value in rows("status")["context"]["light"]:
            continue
        if noun and (term.negated or negated):
            at = term.span.start - statement.span.start
            if not (term.negated and negated and _NO.search(statement.text[max(0, at - 16) : at])):
                continue
        elif (term.negated or (whole and said)) != negated:
            continue
        dependent = statement.polarity == "negated" and term.role != "predicate"
        if dependent and not negated:
            continue
        found.setdefault(family or term.value, term)
    return found


def _plain(term: Term) -> bool:
    """Whether a term is the verb by which its statement asserts or denies, and no noun or dependent verb."""
    return term.kind == "verb" and term.role == "predicate"


def denials(a: Content, b: Content, weight: Mapping[str, float]) -> list[Conflict]:
    """One predicate, affirmed on one page and negated on the other, with shared arguments."""
    found: list[Conflict] = []
    for one, other, flipped in ((a, b, False), (b, a, True)):
        negated = _predicates(one.statement, True)
        affirmed = _predicates(other.statement, False) if negated else {}
        if not affirmed or one.statement.hedge is not None or other.statement.hedge is not None:
            continue
        if any(t.value in rows("status")["context"]["denying"] for t in other.statement.terms):
            continue
        both = _predicates(one.statement, False).keys() | _predicates(other.statement, True).keys()
        for value in sorted((negated.keys() & affirmed.keys()) - both):
            x, y = negated[value], affirmed[value]
            if "yet" in _text(other, _denial(other, y.span)).lower().split():
                continue  # "had yet to receive" denies as well
            if "or" in _text(one, _denial(one, x.span)).lower().split():
                continue  # "whether or not to release" denies nothing
            near = _around(one, x.span) & _around(other, y.span)
            mass = sum(weight.get(k, 0.0) for k in sorted(near))
            said = sum(weight.get(k, 0.0) for k in sorted(_counted(one, x.span) & _counted(other, y.span)))
            if mass < _SCOPE and not (mass >= _SCOPE / 2 and mass + said >= 2 * _SCOPE):
                continue
            because = f"“{_text(one, x.span)}” is denied on one page and asserted on the other"
            span_a, span_b = (y.span, x.span) if flipped else (x.span, y.span)
            rule = "denied" if _plain(x) and _plain(y) else "denied-in-passing"
            reason = Reason(rule, because, mass, _places(a, span_a, b, span_b))
            found.append(Conflict("polarity", _denial(a, span_a), _denial(b, span_b), value, reason))
    return found[:1]


def _denial(content: Content, span: Span) -> Span:
    """The words around a predicate that show whether it is denied: three words before it, within the statement."""
    text = content.statement.text
    at = span.start - content.statement.span.start
    words = list(_WORD.finditer(text[max(0, at - 40) : at]))[-3:]
    first = max(0, at - 40) + words[0].start() if words else at
    return Span(content.statement.span.start + first, span.end)


def _closed(text: str) -> bool:
    """Whether every quotation mark of a statement has its partner in it."""
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”")


def speakers(a: Content, b: Content) -> list[Conflict]:
    """The same quotation in two named persons' mouths."""
    first, second = speaker(a.statement), speaker(b.statement)
    if first is None or second is None or first.span is None or second.span is None:
        return []
    if first.kind != "person" or second.kind != "person" or not first.name or not second.name:
        return []
    words = shared_quotation(a, b)
    if may_be_same(first.name, second.name) or len(words) < QUOTED_ALIKE + 2:
        return []
    if not (_inside(first.span, a.statement.span) and _inside(second.span, b.statement.span)):
        return []
    if not (_closed(a.statement.text) and _closed(b.statement.text)):
        return []  # one of the speakers may himself be quoted
    because = f"“{' '.join(words[:8])}” is {first.name}'s on one page and {second.name}'s on the other"
    reason = Reason("two-speakers", because, float(len(words)), _places(a, first.span, b, second.span))
    return [Conflict("attribution", first.span, second.span, " ".join(words[:8]), reason)]


def all_conflicts(
    a: Content, b: Content, weight: Mapping[str, float], names: tuple[frozenset[str], frozenset[str]]
) -> Sequence[Conflict]:
    """Every conflict of a pair, by kind."""
    return (
        *figures(a, b, weight), *days(a, b, weight), *units(a, b), *spellings(a, b, names),
        *denials(a, b, weight), *speakers(a, b),
    )  # fmt: skip
