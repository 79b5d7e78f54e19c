"""The clauses of a statement: what of a sentence each verb governs, so that clause can be set against clause.

In: a sentence and the tokens of a statement's content. Out: :class:`Clause` values, one a verb that says something of
its own: the main one, what it says or asks ("that ..."), joined verbs with a subject or an object of their own, what a
noun is said to do ("which ...", "signed by ..."), "after ...", "while ...". Their spans lie within one another: a word
belongs to the shortest that holds it. Nothing is cut: the statement stays whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..language.parsing import Token
from ..records import Clause, Span
from .reading import Sentence

_OPENING = frozenset(("ccomp", "relcl", "parataxis", "advcl"))
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_OBJECTS = ("dobj", "attr", "prep", "ccomp", "acomp", "agent", "oprd")
_VERBS = ("VERB", "AUX")
MOST = 12
"""Clauses of one statement that are told apart; a list of more is no sentence."""


def find_clauses(sentence: Sentence, inside: Sequence[int]) -> tuple[Clause, ...]:
    """The clauses of some tokens of a sentence, in the order of their spans; at least one where there are tokens."""
    if not inside:
        return ()
    first, last = inside[0], inside[-1]
    kept = set(inside)
    heads = [sentence.token(i) for i in inside if _opens(sentence, sentence.token(i), kept)]
    found: dict[Span, Clause] = {}
    for head in [_main(sentence, kept, inside), *heads[:MOST]]:
        low, high = max(first, sentence.parse.left[head.i]), min(last, sentence.parse.right[head.i])
        span = sentence.span_of(low, high)
        found.setdefault(span, Clause(span, _deed(sentence, head)))
    whole = sentence.span_of(first, last)
    if whole not in found:
        found[whole] = Clause(whole, _deed(sentence, _main(sentence, kept, inside)))
    return tuple(found[span] for span in sorted(found))


def _main(sentence: Sentence, kept: set[int], inside: Sequence[int]) -> Token:
    """The token that governs the others: the first one whose head lies outside, verbs before nouns."""
    tops = [t for i in inside if (t := sentence.token(i)).head not in kept or t.head == t.i]
    return next((t for t in tops if t.pos in _VERBS), tops[0] if tops else sentence.token(inside[0]))


def _deed(sentence: Sentence, head: Token) -> str:
    """The word for what is done: what is wanted, begun or agreed to rather than that it is ("agreed to sell": sell),
    what somebody is said to be ("is free": free), else the verb itself."""
    further = sentence.children(head.i, "xcomp")
    if not further and head.lemma == "be":
        further = sentence.children(head.i, "attr", "acomp")
    return further[0].lemma if further else head.lemma


def _opens(sentence: Sentence, token: Token, kept: set[int]) -> bool:
    """Whether a token is the verb of a clause of its own."""
    if token.pos not in _VERBS or token.head not in kept:
        return False
    if token.dep in _OPENING:
        return True
    if token.dep == "conj":
        joined = sentence.token(token.head).pos in _VERBS
        return joined and bool(sentence.children(token.i, *_SUBJECTS, *_OBJECTS))
    return token.dep == "acl" and bool(sentence.children(token.i, *_OBJECTS))
