"""What a body is called: by its name where it is printed, by the name before it where it is only "the company".

In: a phrase of a sentence and the article's :class:`Memory`. Out: a name, or None where two would fit.
Known to fail: "the department" of an article that names two, neither of them right before.
"""

from __future__ import annotations

import re
from itertools import islice

from ..language.names import fold
from ..language.rows import rows
from .kinds import determiner, words
from .memory import Memory
from .reading import Sentence

_RECENT = 200
"""Mentions of bodies that are looked through: more than any real article has."""


def body_name(memory: Memory, sentence: Sentence, head: int, first: int, last: int) -> str | None:
    """The name of the body whose phrase stands at these tokens; of "officials of" and "representatives for" one, that
    one's."""
    token = sentence.token(head)
    before = [sentence.token(i) for i in range(first, head + 1) if sentence.token(i).dep not in ("det", "predet")]
    if token.pos == "PROPN":
        return entity_words(sentence, head)
    if any(t.pos == "PROPN" or t.ent for t in before) or (before and before[0].text[:1].isupper() and first > 0):
        return strip_article(sentence.parse.text[before[0].start : token.end]) if before else None
    named = [c for c in sentence.children(head, "appos") if c.pos == "PROPN" and head < c.i <= last]
    if named:
        return entity_words(sentence, named[0].i)
    if token.lemma in ("official", "representative", "spokesperson", "executive", "manager"):
        for prep in sentence.children(head, "prep"):
            for inner in sentence.children(prep.i, "pobj"):
                if prep.lemma in ("for", "of", "from", "at", "with") and inner.i <= last:
                    return body_name(memory, sentence, inner.i, sentence.parse.left[inner.i], inner.i)
    if determiner(sentence, head) == "the":
        return _named_before(memory, sentence, head, token.lemma)
    return None


def _named_before(memory: Memory, sentence: Sentence, head: int, noun: str) -> str | None:
    """Whom "the company", "the bureau" mean: the one body of the article that is called so, else, for what any body
    can be called, the one named right before."""
    if noun == "agency" and any(c.lemma == "news" for c in sentence.children(head, "compound")):
        return None
    called = dict.fromkeys(
        name
        for name in (
            *(name for at, name, _ in memory.bodies[-_RECENT:] if at <= sentence.index),
            *islice(reversed(memory.named_bodies), _RECENT),
        )
        if _is_called(name, noun)
    )
    if len(called) == 1:
        return next(iter(called))
    if called:
        near = memory.body_before(sentence.index)
        return near if near in called else None
    if noun not in words("body_again"):
        return None
    here = [name for at, name, _ in memory.bodies if at == sentence.index]
    if len(set(here)) == 1 and noun in words("trades"):
        return here[0]  # "Homes served by Velda Light are dark, the utility said"
    return memory.body_before(sentence.index) or memory.body


def _is_called(name: str, noun: str) -> bool:
    """Whether a body can be called by a noun: the last word of its name ("Velda Water Board"), or what its short name
    stands for ("FBI")."""
    last = fold(name).replace(".", "").split()
    known: dict[str, str] = rows("sources")["short_bodies"]
    return bool(last) and (last[-1] == noun or known.get(" ".join(last)) == noun)


def strip_article(phrase: str) -> str:
    """A phrase without the article that opens it."""
    return re.sub(r"^(?:the|a|an)\s+", "", phrase, flags=re.IGNORECASE)


def entity_words(sentence: Sentence, head: int) -> str:
    """The proper name around a head: its compounds before it, and "of ..." after it where the tagger sees one name."""
    first = last = head
    while (
        first > 0
        and sentence.token(first - 1).pos in ("PROPN", "ADJ")
        and sentence.token(first - 1).head in range(first, head + 1)
    ):
        first -= 1
    named = sentence.token(head).text[:1].isupper()
    while named and first < head and _is_no_name(sentence, first):
        first += 1  # "the tracking firm Pennywise", "the non-partisan Velda Board"
    if first == head > 1 and sentence.token(head).lemma.lower() in words("body") and _is_one_name(sentence, head):
        first = sentence.parse.left[head - 2]  # "the Attorney’s Office"
    if any(c.i == head + 1 for c in sentence.children(head, "nummod")):
        last = head + 1
    elif sentence.token(head).ent:
        while (
            last + 1 < len(sentence.parse.tokens)
            and sentence.token(last + 1).ent
            and not sentence.token(last + 1).ent_start
        ):
            last += 1
    found = sentence.parse.text[sentence.token(first).start : sentence.token(last).end]
    return re.sub(r"['’]s?$", "", strip_article(found))


def _is_one_name(sentence: Sentence, head: int) -> bool:
    """Whether a possessor right before a head is a part of its name; a country is none."""
    mark, owner = sentence.token(head - 1), sentence.token(head - 2)
    return mark.tag == "POS" and owner.pos == "PROPN" and owner.ent not in ("GPE", "NORP", "LOC")


def _is_no_name(sentence: Sentence, i: int) -> bool:
    word = sentence.token(i).text
    return not word[0].isalnum() or (word.islower() and not _is_particle(sentence, i))


def _is_particle(sentence: Sentence, i: int) -> bool:
    return fold(sentence.token(i).text) in words("name_particles")
