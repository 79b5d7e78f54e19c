"""Denials: one predicate, affirmed on one page and negated on another.

In: two contents. Out: :class:`.scopes.Conflict` values. ``denied`` (``nobody-does`` where it is denied of everybody):
both say it in one way (no "would", "if", "to" on one side only), as plain verbs; ``denied-in-passing``: all others,
which keep two statements apart and are no disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cache

from ..language.names import may_be_same
from ..language.rows import rows
from ..records import Reason, Span, Statement, Term
from .content import Content, lowered_words, noted, whole_words, words_of
from .sameness import speaker
from .scopes import Conflict, around, clause_of, counted, other_places, places_of, whole

_WORD = re.compile(r"[\w’']+")
_NO = re.compile(r"\b(?:no|not for|not in|not on|without|neither|nor)\b[\w ]{0,12}$", re.IGNORECASE)
_CLAUSE = re.compile(r"\W{0,3}(?:[\w’']+ ){0,3}(?:that|there|having|\w+ing)\b")
_NEGATION = re.compile(r"\b(?:not|never|no|nor|neither|cannot)\b|n['’]t\b", re.IGNORECASE)
_CONTRAST = re.compile(r"(?:\bnot\b|n['’]t\b)[^.;:,—–]{1,80}[,—–]? ?\b(?:but|rather|instead)\b", re.IGNORECASE)
_SETTING = frozenset(("but", "rather", "instead"))
_NOBODY = re.compile(r"\b(?:nobody|no one|no-one|nothing|none)\b", re.IGNORECASE)
NONE = re.compile(r"\b(?:nothing|nobody|none|neither|nor|no)\b", re.IGNORECASE)
"""Words by which a clause with a plain verb denies."""
FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|our|us)\b")
_NEXT_CUE = re.compile(r"\b(?:and|but) (?:\w+ly )?(?:said|says|saying|told|added|insisted|argued|claimed|stated)\b")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|them)\b", re.IGNORECASE)
_AFTER_CUE = 60
_MODAL_OF = {"can't": "can", "cannot": "can", "won't": "will", "couldn't": "could", "wouldn't": "would",
             "shouldn't": "should", "mustn't": "must"}  # fmt: skip
_SCOPE = 0.5
"""Weight of the words that must stand around both predicates."""


@cache
def families() -> Mapping[str, str]:
    """A verb and its nouns under one name: "sell", "sale"."""
    return {word: row["words"][0] for row in rows("status")["predicates"] for word in row["words"]}


def negates_whole(statement: Statement) -> bool:
    """Whether the statement is what its source denies ("denied that ...")."""
    cue = statement.chain[-1].cue if statement.chain else None
    denying = rows("status")["context"]["denying_cues"]
    return cue is not None and any(w in denying for w in _WORD.findall(cue.words.lower()))


def _predicates(statement: Statement, negated: bool) -> dict[str, Term]:
    """What a statement affirms or denies, by predicate: verbs, predicate adjectives, and nouns that stand for a verb.
    A denied noun stands behind its "no" ("no talks", "not for sale"); in a statement that denies something, only what
    is plainly its predicate is affirmed."""
    whole = negates_whole(statement)
    found: dict[str, Term] = {}
    for term in statement.terms:
        family = families().get(term.value)
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


def manner(content: Content, span: Span) -> frozenset[str] | None:
    """In which way a predicate is said: the modal words before it; None where it is a condition or a wish."""
    table = rows("status")["context"]
    head = lowered_words(content, Span(clause_of(content, span).start, span.start))
    before = [_MODAL_OF.get(w.replace("’", "'"), w) for w in head[-3:]]
    if any(w in table["conditional"] for w in (*head[:2], *before)):
        return None
    if "to" in before:
        whose = before[before.index("to") - 1] if before.index("to") else ""
        return frozenset() if whose in table["committing"] else None
    return frozenset(w for w in before if w in table["modal"])


def _answers(one: Content, x: Term, other: Content, y: Term) -> bool:
    """Whether a denial answers the assertion: both are plain verbs, said in one way; a denying cue ("denied that")
    governs the verb and not only a noun before it; and the two name no other place."""
    if not (_plain(x) and _plain(y)) or (not x.negated and not _governs(one.statement)) or said_beside(one, x):
        return False
    if any(sets_aside(c) or shifted(c, clause_of(c, t.span)) for c, t in ((one, x), (other, y))) or _NEGATION.search(
        other.statement.text
    ):
        return False
    if one_speaker(one, other) or not one_bearer(one, x, other, y):
        return False
    if NONE.search(words_of(other, clause_of(other, y.span))):
        return False
    mine, theirs = manner(one, x.span), manner(other, y.span)
    return mine is not None and mine == theirs and not other_places(one, x.span, other, y.span)


def one_speaker(a: Content, b: Content) -> bool:
    """Whether one named person says both: he has changed his mind, or denies what he is made to have said."""
    first, second = speaker(a.statement), speaker(b.statement)
    return bool(first and second and first.name and second.name and may_be_same(first.name, second.name))


def one_bearer(one: Content, x: Term, other: Content, y: Term) -> bool:
    """Whether the one of whom it is denied, where he is named, can be among those that the affirming statement names.
    Two bearers of one surname are two."""
    clause = clause_of(one, x.span)
    near = [t for t in one.statement.terms if t.kind == "name" and t.role == "subject"]
    near = [t for t in near if clause.start <= t.span.start < clause.end]
    theirs = [t.value for t in other.statement.terms if t.kind == "name"]
    last = speaker(other.statement)
    if last is not None and last.name and FIRST_PERSON.search(other.statement.text):
        theirs.append(last.name)
    pronoun = _PRONOUN.search(words_of(other, clause_of(other, y.span)))
    return pronoun is not None or all(any(may_be_same(t.value, name) for name in theirs) for t in near)


def sets_aside(content: Content) -> bool:
    """Whether a statement asks, or denies only to set another thing in its place ("not for money but for fame")."""
    text = content.statement.text
    return "?" in text or (not whole_words(content).isdisjoint(_SETTING) and _CONTRAST.search(text) is not None)


def shifted(content: Content, clause: Span, but: Set[str] = frozenset()) -> bool:
    """Whether a clause says that its time is another one ("belatedly", "immediately", "no longer"), by other words than
    ``but``."""
    shifting = rows("status")["context"]["shifting"]
    return any(w in shifting and w not in but for w in lowered_words(content, clause))


def said_beside(content: Content, term: Term) -> bool:
    """Whether a predicate stands behind what a cue denies, in what its source says beside that ("denied that ..., and
    said he was paid")."""
    cue, start = content.statement.chain[-1].cue if content.statement.chain else None, content.statement.span.start
    if cue is None or cue.span is None:
        return False
    return _NEXT_CUE.search(content.statement.text, cue.span.end - start, max(0, term.span.start - start)) is not None


def _governs(statement: Statement) -> bool:
    """Whether a denying cue is followed by what it denies as a clause ("denied on Friday that", "denied selling")."""
    cue = statement.chain[-1].cue if statement.chain else None
    if cue is None or cue.span is None:
        return False
    after = statement.text[cue.span.end - statement.span.start :][:_AFTER_CUE]
    return bool(_CLAUSE.match(after))


@noted
def _negates(content: Content) -> dict[str, Term]:
    return _predicates(content.statement, True)


@noted
def _affirms(content: Content) -> dict[str, Term]:
    return _predicates(content.statement, False)


def denials(a: Content, b: Content, weight: Mapping[str, float]) -> list[Conflict]:
    """One predicate, affirmed on one page and negated on the other, with shared arguments."""
    found: list[Conflict] = []
    for one, other, flipped in ((a, b, False), (b, a, True)):
        negated = _negates(one)
        affirmed = _affirms(other) if negated else {}
        if not affirmed or one.statement.hedge is not None or other.statement.hedge is not None:
            continue
        if any(t.value in rows("status")["context"]["denying"] for t in other.statement.terms):
            continue
        both = _affirms(one).keys() | _negates(other).keys()
        for value in sorted((negated.keys() & affirmed.keys()) - both):
            x, y = negated[value], affirmed[value]
            if "yet" in words_of(other, denial(other, y.span)).lower().split():
                continue  # "had yet to receive" denies as well
            if "or" in words_of(one, denial(one, x.span)).lower().split():
                continue  # "whether or not to release" denies nothing
            near = around(one, x.span) & around(other, y.span)
            mass = sum(weight.get(k, 0.0) for k in sorted(near))
            said = sum(weight.get(k, 0.0) for k in sorted(counted(one, x.span) & counted(other, y.span)))
            if mass < _SCOPE and not (mass >= _SCOPE / 2 and mass + said >= 2 * _SCOPE):
                continue
            because = f"“{words_of(one, x.span)}” is denied on one page and asserted on the other"
            span_a, span_b = (y.span, x.span) if flipped else (x.span, y.span)
            rule = "denied" if _answers(one, x, other, y) else "denied-in-passing"
            if rule == "denied" and _NOBODY.search(words_of(one, denial(one, x.span))):
                rule = "nobody-does"
            reason = Reason(rule, because, mass, places_of(a, span_a, b, span_b))
            first, second = whole(a, denial(a, span_a)), whole(b, denial(b, span_b))
            found.append(Conflict("polarity", first, second, value, reason))
    return found[:1]


def denial(content: Content, span: Span) -> Span:
    """The words around a predicate that show whether it is denied: three words before it, within the statement."""
    text = content.statement.text
    at = span.start - content.statement.span.start
    words = list(_WORD.finditer(text[max(0, at - 40) : at]))[-3:]
    first = max(0, at - 40) + words[0].start() if words else at
    return Span(content.statement.span.start + first, span.end)
