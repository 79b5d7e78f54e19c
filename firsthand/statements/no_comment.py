"""Who was asked and said nothing. In: a sentence. Out: the words that say so and the head of the one asked.

The patterns are rows of ``cues.toml``; every gap in them is bounded, so a long sentence costs no more than its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..language.rows import rows
from .kinds import words
from .reading import Sentence, subject_of

_GAP = r"[^.;“”\"]{0,40}?"


@dataclass(frozen=True, slots=True)
class Silence:
    """A refusal or a missing answer: its cue's tokens and the head of the one asked (None where nobody is named)."""

    cue: tuple[int, ...]
    head: int | None


@cache
def _patterns() -> re.Pattern[str]:
    many = (p.replace("{gap}", _GAP) for row in rows("cues")["no_comment"] for p in row["patterns"])
    return re.compile(r"\b(?:" + "|".join(many) + r")", re.IGNORECASE)


def find_silence(sentence: Sentence) -> Silence | None:
    """The no-comment of a sentence, or None."""
    found = _patterns().search(sentence.parse.text)
    if found is None or (found.end() >= len(sentence.parse.text) and not _can_refuse(sentence, found.start())):
        return None
    inside = [t for t in sentence.parse.tokens if t.end > found.start() and t.start < found.end()]
    cue = tuple(t.i for t in inside)
    verbs = [t for t in inside if t.pos in ("VERB", "AUX")]
    for verb in verbs:
        sought = sentence.children(verb.i, "dobj") if verb.lemma in ("reach", "contact") else []
        if sought:
            return Silence(cue, sought[0].i)
        subject = subject_of(sentence, verb.i)
        if subject is None and verb.dep in ("aux", "auxpass"):
            subject = subject_of(sentence, verb.head)
        passive = sentence.children(verb.i, "nsubjpass")
        if subject is None and passive:
            subject = passive[0].i
        if subject is None:
            continue
        if _is_request(sentence.token(subject).lemma):
            return Silence(cue, _asked(sentence, subject))
        return Silence(cue, subject)
    asked = _asked_beside(sentence, inside[-1].i)
    if asked is not None:
        return Silence(cue, asked)
    subjects = [t.i for t in sentence.parse.tokens if t.dep in ("nsubj", "nsubjpass") and t.end <= found.start()]
    return Silence(cue, subjects[-1] if subjects else None)


def _asked_beside(sentence: Sentence, last: int) -> int | None:
    """ "There was no comment from the palace": the one after "from" where the cue ends."""
    if sentence.token(last).text.lower() != "from":
        return None
    found = sentence.children(last, "pobj")
    return found[0].i if found else None


def _can_refuse(sentence: Sentence, at: int) -> bool:
    """Whether a bare "declined" at a sentence's end has a subject that can refuse: prices decline, too."""
    verb = next((t for t in sentence.parse.tokens if t.start >= at), None)
    subject = subject_of(sentence, verb.i) if verb is not None else None
    if verb is None or subject is None or verb.lemma not in ("decline", "refuse", "demur"):
        return True
    token = sentence.token(subject)
    named = token.ent in ("PERSON", "ORG") or (token.pos == "PRON" and token.lemma in ("he", "she", "they"))
    return named or any(token.lemma in words(name) for name in ("person", "body", "unnamed"))


def _is_request(lemma: str) -> bool:
    return lemma in (
        "request",
        "call",
        "message",
        "email",
        "e-mail",
        "inquiry",
        "enquiry",
        "question",
        "comment",
        "attempt",
    )


def _asked(sentence: Sentence, subject: int) -> int | None:
    """ "Calls to the council were not returned": the one after "to", "from", "with"."""
    for i in sentence.subtree(subject):
        if sentence.token(i).lemma in ("to", "from", "with", "by") and sentence.token(i).dep == "prep":
            for child in sentence.children(i, "pobj"):
                if child.lemma not in ("comment", "request"):
                    return child.i
    return None
