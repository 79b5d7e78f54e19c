"""How firmly a statement is made: its polarity, and the word by which it is held back.

In: a sentence, and the tokens that a statement's content is made of. Out: polarity and :class:`Hedge`. The hedge is the
one on the content's main verb; one further down belongs to something else that the statement mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from ..language.rows import rows
from ..records import Hedge
from .reading import Sentence


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word for row in rows("hedges")[name] for word in row["words"])


def main_verb(sentence: Sentence, inside: Sequence[int]) -> int | None:
    """The head of what stands in ``inside``: its token nearest to the root of the tree."""
    kept = set(inside)
    tops = [i for i in inside if sentence.token(i).head not in kept or sentence.token(i).dep == "ROOT"]
    verbs = [i for i in tops if sentence.token(i).pos in ("VERB", "AUX")]
    found = verbs or tops
    return found[0] if found else None


def is_negated(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is under a negation: "not", "never", or "no" at its subject or object."""
    for child in sentence.children(verb):
        if child.dep == "neg" or child.text.lower() in ("never", "neither", "nor"):
            return True
        if child.dep in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and (
            child.text.lower() in ("no", "nobody", "none", "nothing", "neither")
            or any(d.text.lower() in ("no", "neither") for d in sentence.children(child.i, "det", "preconj", "cc"))
        ):
            return True
    return sentence.token(verb).lemma in _words("negative_verb")


def find_polarity(sentence: Sentence, inside: Sequence[int], denied: bool) -> Literal["affirmed", "negated"]:
    """Whether the content is asserted or denied. A denial of a negation is taken for an affirmation."""
    verb = main_verb(sentence, inside)
    negated = verb is not None and is_negated(sentence, verb)
    return "negated" if negated != denied else "affirmed"


def find_hedge(sentence: Sentence, inside: Sequence[int]) -> Hedge | None:
    """The word that holds the content back, or None."""
    verb = main_verb(sentence, inside)
    if verb is None:
        return None
    near = {
        verb,
        *(c.i for c in sentence.children(verb)),
        *(c.i for x in sentence.children(verb, "xcomp", "acomp", "attr") for c in sentence.children(x.i)),
    }
    for i in sorted(near, key=lambda i: (sentence.token(i).text.lower() == "would", i)):
        token = sentence.token(i)
        word = token.text.lower()
        if (
            (token.tag == "MD" and word in _words("modal"))
            or (token.pos == "ADV" and word in _words("adverb"))
            or (token.pos == "ADJ" and word in _words("adjective"))
            or (i == verb and token.lemma in _words("verb") and sentence.children(i, "xcomp", "ccomp"))
        ):
            return Hedge(token.text, sentence.span_of(i, i))
    return None
