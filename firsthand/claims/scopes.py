"""What stands around a figure, a day or a verb: its clause, the keys in it, and how far two such clauses agree.

In: a content and a span in it. Out: the clause's span and keys, and shares of weight. Two statements about one subject
still hold clauses about two things; a disagreement is between clauses. A clause is approximated: the stretch between
two breaks (a comma, "which", "and" ...) that holds a verb; a stretch without one belongs to the next, the last one to
the one before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..records import DisagreementKind, Place, Reason, Span
from .content import Content, noted

NEAR = 90
"""Characters around a figure in which its scope is looked for."""
LEAST_CLAUSE = 1.0
"""A clause that weighs less counts as this: two bare words that agree are no agreement."""
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"))
_LONGEST_TITLE = 60
"""Characters beyond a span within which the partner of its quotation mark is looked for."""
_LEAST_WORDS = 3
"""Words of a stretch that count as a clause where no verbs are known."""
_BREAK = re.compile(
    r"[;:—–()\[\]]|,(?!\d)|\s-\s|\b(?:which|who|whose|where|and|but|while|when|after|before|that|because|although|though|as"
    r"|if)\b"
)
_PLACING = re.compile(
    r"\b(?:in|at|near|across|outside|around|off|from|of|for|to|into|over|through|along|throughout|left|leaving|reached"
    r"|entered|hit|struck)\s+(?:(?:the|northern|southern|eastern|western|central|nearby|neighbou?ring|province|city|town"
    r"|village|state|county)\s+){0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two exact wordings that exclude each other, with the spans where they stand, and the subject they are about."""

    kind: DisagreementKind
    a: Span
    b: Span
    subject: str
    reason: Reason


def places_of(a: Content, x: Span, b: Content, y: Span) -> tuple[Place, ...]:
    """Two spans as places of their pages."""
    return (Place(a.statement.page, x), Place(b.statement.page, y))


def whole(content: Content, span: Span) -> Span:
    """A span that cuts no name, no word and no quotation: drawn out to the ends of a name that it cuts, and past or
    before a mark without its partner."""
    statement = content.statement
    first, last = span.start, span.end
    for term in statement.terms:
        if term.kind == "name" and term.span.overlap(Span(first, last)):
            first, last = min(first, term.span.start), max(last, term.span.end)
    start, text = statement.span.start, statement.text
    first, last = first - start, last - start
    for opening, closing in _PAIRS:
        words = text[first:last]
        if words.count(closing) > words.count(opening):
            before = text.rfind(opening, max(0, first - _LONGEST_TITLE), first)
            first = before if before >= 0 else first + words.rfind(closing) + 1
        words = text[first:last]
        if words.count(opening) > words.count(closing):
            after = text.find(closing, last, last + _LONGEST_TITLE)
            last = after + 1 if after >= 0 else last
            first = first if after >= 0 else first + words.rfind(opening) + 1
    words = text[first:last]
    if words.count('"') % 2:
        before = text.rfind('"', max(0, first - _LONGEST_TITLE), first)
        first = before if before >= 0 and text[:before].count('"') % 2 == 0 else first + words.rfind('"') + 1
    kept = text[first:last]
    lead = len(kept) - len(kept.lstrip(" ,;:.!?—–-"))
    return Span(start + first + lead, start + last) if kept.strip() else span


def around(content: Content, span: Span) -> frozenset[str]:
    """The keys near a span, without those of figures."""
    return frozenset(
        k.key
        for k in content.keys
        if not k.key.startswith("=")
        and span.start - NEAR <= k.span.start <= span.end + NEAR
        and not k.span.overlap(span)
    )


def counted(content: Content, span: Span) -> frozenset[str]:
    """The keys of what a figure counts, and of the words before it: those inside its span but for the figure."""
    return frozenset(k.key for k in content.keys if not k.key.startswith("=") and k.span.overlap(span))


@noted
def _cuts(content: Content) -> tuple[int, ...]:
    """Where a statement's stretches end, as offsets into its text."""
    return (*(m.start() for m in _BREAK.finditer(content.statement.text)), len(content.statement.text))


def clause_of(content: Content, span: Span) -> Span:
    """The clause in which a span starts (spans of the article's text)."""
    begin, text = content.statement.span.start, content.statement.text
    at = span.start - begin
    verbs = [t.span.start - begin for t in content.statement.terms if t.kind == "verb"]
    clauses: list[Span] = []
    start = carried = 0
    for cut in _cuts(content):
        if at < cut < span.end - begin:
            continue  # a break inside the span
        whole = any(start <= v < cut for v in verbs) if verbs else len(text[start:cut].split()) >= _LEAST_WORDS
        if whole or not clauses:
            if whole:
                clauses.append(Span(carried, cut))
                carried = cut
        elif text[start : start + 1] == "," or cut == len(text):
            clauses[-1] = Span(clauses[-1].start, cut)
            carried = cut
        start = cut
    found = next((c for c in clauses if c.start <= at < c.end), Span(0, len(text)))
    return Span(begin + found.start, begin + found.end)


def clause_keys(content: Content, span: Span) -> frozenset[str]:
    """The keys of the clause around a span, without figures and times."""
    clause = clause_of(content, span)
    return frozenset(k.key for k in content.keys if k.key[0] not in "=@" and clause.start <= k.span.start < clause.end)


def agreement(a: Content, x: Span, b: Content, y: Span, weight: Mapping[str, float]) -> float:
    """The share, in [0, 1], of the lighter clause's weight that the clauses around two spans share."""
    first, second = clause_keys(a, x), clause_keys(b, y)

    def mass(keys: frozenset[str]) -> float:
        return sum(weight.get(k, 0.0) for k in sorted(keys))

    return mass(first & second) / max(LEAST_CLAUSE, min(mass(first), mass(second)))


def _names_in(content: Content, clause: Span) -> dict[str, bool]:
    """The names of a stretch, by key, with whether each says where ("in Varn")."""
    begin = content.statement.span.start
    found: dict[str, bool] = {}
    for k in content.keys:
        if k.name and clause.start <= k.span.start < clause.end:
            before = content.statement.text[max(0, k.span.start - begin - 40) : k.span.start - begin]
            found[k.key] = found.get(k.key, False) or bool(_PLACING.search(before))
    return found


def other_places(a: Content, x: Span, b: Content, y: Span) -> bool:
    """Whether each of two clauses names what the other statement does not, and one of the names says where: two places,
    two counts ("35 inches in Surf City", "Morehead City had 23 inches")."""
    mine = {k: v for k, v in _names_in(a, clause_of(a, x)).items() if k not in b.bag}
    theirs = {k: v for k, v in _names_in(b, clause_of(b, y)).items() if k not in a.bag}
    return bool(mine and theirs) and (any(mine.values()) or any(theirs.values()))


def placed_alone(a: Content, b: Content) -> bool:
    """Whether one of two statements says where, by a name that the other lacks, and the two share no name at all: a
    part and a whole ("38 died in Varn", "33 dead")."""
    shared = {k.key for k in a.keys if k.name} & {k.key for k in b.keys if k.name}
    return not shared and any(v for c in (a, b) for v in _names_in(c, c.statement.span).values())
