"""The content words of a statement with their roles, so that statements can be aligned without parsing again.

In: a sentence and the tokens of a statement's content. Out: :class:`Term` values in text order: names as their keys,
numbers as digits, times as ISO values, other words as lemmas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..language.names import name_key
from ..language.rows import rows
from ..language.times import TimeExpression
from ..records import Term, TermKind
from .cast import Cast
from .hedges import is_negated
from .reading import Sentence

_KINDS: dict[str, TermKind] = {"NOUN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb", "PROPN": "name"}
_ROLES = {
    "nsubj": "subject",
    "csubj": "subject",
    "agent": "subject",
    "nsubjpass": "object",
    "dobj": "object",
    "attr": "object",
    "oprd": "object",
    "dative": "object",
}
_EMPTY_VERBS = frozenset(("be", "have", "do", "get", "will", "would", "could", "may", "might", "should", "can"))
_NUMBER = re.compile(r"[\d][\d.,]*")


def find_terms(
    sentence: Sentence, inside: Sequence[int], cast: Cast, times: Sequence[TimeExpression]
) -> tuple[Term, ...]:
    """The terms of some tokens of a sentence, in text order."""
    kept = set(inside)
    found: list[Term] = []
    used: set[int] = set()
    negated: dict[int, bool] = {}
    for time in times:
        covered = [i for i in sentence.tokens_in((time.span,)) if i in kept]
        if covered:
            found.append(Term("time", time.value, time.span, "modifier"))
            used.update(covered)
    for naming in cast.in_sentence(sentence.index):
        if naming.first in kept and naming.first not in used:
            value = name_key(cast.people[naming.person].name)
            found.append(_term(sentence, "name", value, naming.first, naming.last, negated))
            used.update(range(naming.first, naming.last + 1))
    for i in inside:
        if i in used:
            continue
        last = _end_of_name(sentence, i, kept, used)
        term = _one(sentence, i, last, negated)
        used.update(range(i, last + 1))
        if term is not None:
            found.append(term)
    return tuple(sorted(found, key=lambda t: (t.span, t.kind, t.value)))


def _end_of_name(sentence: Sentence, i: int, kept: set[int], used: set[int]) -> int:
    """The last token of the entity or run of proper names that starts at ``i``."""
    last = i
    token = sentence.token(i)
    if token.pos != "PROPN" or token.ent in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL"):
        return i
    while last + 1 in kept and last + 1 not in used:
        following = sentence.token(last + 1)
        same = following.ent and following.ent == token.ent and not following.ent_start
        if not same and not (following.pos == "PROPN" and not following.ent_start and not token.ent):
            break
        if following.tag == "POS":
            break
        last += 1
    return last


def _one(sentence: Sentence, i: int, last: int, negated: dict[int, bool]) -> Term | None:
    token = sentence.token(i)
    number = _NUMBER.fullmatch(token.text.lstrip("$€£"))
    if number or (token.pos == "NUM" and token.lemma in _numbers()):
        value = (
            re.sub(r"[.,]$", "", token.text.lstrip("$€£")).replace(",", "") if number else str(_numbers()[token.lemma])
        )
        return _term(sentence, "number", value, i, i, negated)
    kind = _KINDS.get(token.pos)
    if kind is None or (token.pos in ("VERB",) and token.lemma in _EMPTY_VERBS):
        return None
    if token.pos == "PROPN":
        words = sentence.parse.text[token.start : sentence.token(last).end]
        key = name_key(words)
        return _term(sentence, "name", key, i, last, negated) if key else None
    if not token.lemma[:1].isalnum():
        return None
    return _term(sentence, kind, token.lemma, i, i, negated)


def _term(sentence: Sentence, kind: TermKind, value: str, first: int, last: int, negated: dict[int, bool]) -> Term:
    """``negated``: what was found of the sentence's verbs so far."""
    token = sentence.token(last)
    verb = token.i if token.pos in ("VERB", "AUX") else sentence.clause_head(last)
    if verb not in negated:
        negated[verb] = is_negated(sentence, verb)
    return Term(kind, value, sentence.span_of(first, last), _role(sentence, last), negated[verb])


def _role(sentence: Sentence, i: int) -> str:
    token = sentence.token(i)
    if token.pos == "VERB" and token.dep in ("ROOT", "ccomp", "conj", "advcl", "relcl", "xcomp", "parataxis"):
        return "predicate"
    if token.dep in _ROLES:
        return _ROLES[token.dep]
    if token.dep == "conj":
        head = sentence.token(token.head)
        return _ROLES.get(head.dep, "modifier")
    if token.dep == "pobj" and sentence.token(token.head).dep == "agent":
        return "subject"
    return "modifier" if token.dep else ""


@cache
def _numbers() -> dict[str, int]:
    return dict(rows("sources")["numbers"])
