"""Sentences that do more than hand on words, but print some of somebody's: "The mayor left, calling it “a farce”."

In: a sentence, its attributions and the main verb of a piece of it that no attribution governs as a whole. Out: the
attribution on whose word the piece stands, or None. The source must be whom the piece is about, and some of what it
said must stand in quotation marks: then the newsroom retells somebody's words, and what is told beside them is how he
came to say them. Known to fail: a deed of weight told with a word of the doer ("fired the chief, calling him “unfit”").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .cast import Cast
from .chains import Traced
from .governed import cue_table
from .reading import Sentence

_FEW = 2
"""Quoted words from which they are words and no name."""
_HEARD = frozenset(("chant", "shout", "yell", "sing", "scream", "cry", "ask"))
"""What the newsroom heard itself, as it saw what was done beside it ("marched through the town, chanting ...")."""
_CLIMBED = 4
"""Words at most from a participle up to the deed it stands with ("issued a note by hand, calling ...")."""
_NO_WORDS = ("ADP", "DET", "CCONJ", "PART", "PUNCT")


def said_in_part(
    sentence: Sentence, own: Sequence[Traced], top: int | None, quoted: Collection[int], cast: Cast
) -> Traced | None:
    """The first attribution to the subject of ``top`` some of whose content is ``quoted``; None where there is none."""
    if top is None or not quoted:
        return None
    deeds = same_subject(sentence, top)
    subjects = {s.i for s in sentence.children(top, "nsubj", "nsubjpass")}
    named = cast.in_sentence(sentence.index)
    names = {cast.people[n.person].name for n in named if any(n.first <= s <= n.last for s in subjects)}
    for traced in own:
        made = traced.attribution
        verb = sentence.token(made.verb)
        if not traced.links or made.head is None or made.verb in quoted or not _prints(sentence, traced, quoted):
            continue
        if made.lemma in _HEARD or (made.manner == "quote" and made.lemma not in cue_table("verb")):
            continue
        again = traced.links[-1].kind == "person" and traced.links[-1].name in names and made.verb > top
        beside = verb.tag == "VBG" and made.head in subjects and traced.links[-1].kind != "document"
        beside = beside and _leans_on(sentence, made.verb, deeds)
        if made.verb in deeds or beside or again:
            return traced
    return None


def same_subject(sentence: Sentence, top: int) -> frozenset[int]:
    """A verb and those joined to it without a subject of their own ("left the hall and called it a farce")."""
    found = {top}
    for token in sentence.parse.tokens[top + 1 :]:
        if token.dep == "conj" and token.head in found and not sentence.children(token.i, "nsubj", "nsubjpass"):
            found.add(token.i)
    return frozenset(found)


def _leans_on(sentence: Sentence, verb: int, deeds: Collection[int]) -> bool:
    """Whether a participle stands with one of ``deeds``, at most a preposition between ("by calling it “a farce”")."""
    for above in (verb, *sentence.above(verb))[:_CLIMBED]:
        token = sentence.token(above)
        if token.head in deeds:
            return token.head < above and token.dep in ("advcl", "pcomp", "xcomp", "conj", "prep")
        if token.dep not in ("advcl", "pcomp", "xcomp", "conj", "prep"):
            return False
    return False


def _prints(sentence: Sentence, traced: Traced, quoted: Collection[int]) -> bool:
    """Whether some of what was said is printed word for word: no mere title or name."""
    made = traced.attribution
    content = [sentence.token(i) for i in sentence.tokens_in(made.content) if sentence.token(i).text[0].isalnum()]
    said = [t for t in content if t.i in quoted]
    if said and made.force == "stance" and made.manner in ("small", "as", "quote"):
        return True
    few = _FEW if made.manner != "infinitive" else _FEW + 1  # "ordering an end to “catch and release”"
    return len(said) >= few and any(t.text.islower() and t.pos not in _NO_WORDS for t in said)
