"""What was really said: not what nobody said, what somebody did not say, or what he will say on Monday.

In: a sentence and an :class:`Attribution` in it. Out: whether its content stands on the source's word, so that it is a
link of a chain. What is not said is the newsroom's own: that he did not say it.
"""

from __future__ import annotations

from ..language.parsing import Token
from .attributed import Attribution
from .governed import cue_words
from .reading import Sentence

_NOBODY = frozenset(("nobody", "none", "neither", "nothing"))
_ADDRESSED = frozenset(("ask", "tell", "remind", "inform", "warn", "urge", "advise", "order", "notify", "brief"))
_FUTURE = frozenset(("will", "shall", "'ll", "’ll", "wo"))


def is_said(sentence: Sentence, made: Attribution) -> bool:
    """Whether the source of an attribution has said what it governs."""
    if made.manner in ("phrase", "noun", "adverb", "colon"):
        return True
    verb = sentence.token(made.verb)
    if made.head is not None and (_is_nobody(sentence, made.head) or _joins(sentence, made.head, verb)):
        return False
    if verb.tag == "VBN" and made.lemma in _ADDRESSED and sentence.parse.left[verb.i] == verb.i:
        return False  # "Asked whether the tunnel was safe, ...": somebody asked him
    if made.lemma in cue_words("plain_speech") and not made.negated and sentence.children(verb.i, "neg"):
        return False
    if any(m.text.lower() in ("if", "unless") and m.i < verb.i for m in sentence.children(verb.i, "mark")):
        return False
    if _is_deed(sentence, made) or any(a.text.lower() in ("may", "might") for a in sentence.children(verb.i, "aux")):
        return False
    if any(a.text.lower() in _FUTURE for a in sentence.children(verb.i, "aux")):
        return made.manner == "quote" or _is_told(sentence, verb)
    return not _is_awaited(sentence, verb)


def _is_deed(sentence: Sentence, made: Attribution) -> bool:
    """Whether somebody rejects or dismisses what is dealt with in deeds ("rejected the appeal")."""
    if made.manner != "object" or made.lemma not in ("reject", "dismiss", "deny"):
        return False
    objects = sentence.children(made.verb, "dobj", "nsubjpass")
    return any(o.lemma in cue_words("dealt_with") for o in objects)


def _is_nobody(sentence: Sentence, head: int) -> bool:
    """ "Nobody", "no official", "none of them"."""
    token = sentence.token(head)
    if token.lemma in _NOBODY or token.text.lower() == "no":
        return True
    return any(d.text.lower() in ("no", "neither") for d in sentence.children(head, "det"))


def _joins(sentence: Sentence, head: int, verb: Token) -> bool:
    """ "That said, ..." """
    after = sentence.token(verb.i + 1).text if verb.i + 1 < len(sentence.parse.tokens) else ""
    return head == 0 and verb.i == 1 and sentence.token(head).text in ("That", "This") and after == ","


def _is_told(sentence: Sentence, verb: Token) -> bool:
    """Whether a cue yet to come has a clause that tells its words already ("will say that ..."): no question is one."""
    clauses = [c for c in sentence.children(verb.i, "ccomp") if c.i > verb.i]
    return any(sentence.token(sentence.parse.left[c.i]).text.lower() not in _questions() for c in clauses)


def _questions() -> frozenset[str]:
    return cue_words("questions")


def _is_awaited(sentence: Sentence, verb: Token) -> bool:
    """ "Is expected to announce", "wants to say", "refused to confirm": not said yet, or not at all."""
    if not any(a.tag == "TO" for a in sentence.children(verb.i, "aux")):
        return False
    return sentence.token(verb.head).lemma in cue_words("awaited") and verb.head != verb.i
