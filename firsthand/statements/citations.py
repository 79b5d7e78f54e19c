"""How a source phrase means a newsroom or its work: "the newspaper", "a Times report", "a memo the Gazette has seen".

In: a phrase of a sentence and the article's :class:`Memory`. Out: the newsroom's name, or where its part ends.
"""

from __future__ import annotations

from dataclasses import replace

from ..newsrooms import by_name
from ..records import Link, Span
from .cited import Mention, by_cue
from .kinds import DEFINITE, determiner, words
from .memory import Memory
from .reading import Sentence
from .rooms import goes_by

SAY_VERBS = frozenset(("say", "note", "add", "according to", "cite"))
REPORT_VERBS = frozenset(("report", "write", "reveal", "learn", "broke", "break", "publish", "first"))


_OF_NEWS = ("news", "wire")  # "the news agency", "the wire service"


def report_link(name: str | None, span: Span, words: str) -> Link:
    return Link("report", "body" if name else "unknown", name, words, span=span)


def sources_of(memory: Memory, span: Span, phrase: str) -> Link:
    """ "the newspaper's sources": those named before, else nobody described further."""
    if memory.unnamed:
        return replace(memory.unnamed[-1][1], cue=None, span=span, content=None)
    return Link("source", "unnamed", None, phrase, span=span)


def cited_again(memory: Memory, sentence: Sentence, head: int, first: int, last: int) -> str | None:
    """ "the newspaper", "the report", "the agency": the newsroom cited last, where that is what it can be called."""
    noun, name = sentence.token(head).lemma, memory.newsroom
    others = [sentence.token(i) for i in range(first, last + 1) if i != head]
    dated = any(t.ent == "DATE" and t.dep == "poss" for t in others)  # "Friday’s report"
    bare = all(
        t.dep in ("det", "punct", "prep")
        or (dated and (t.ent == "DATE" or t.tag == "POS"))
        or (t.text in _OF_NEWS and t.head == head and sentence.token(head).tag == "NN")
        for t in others
    )
    if name is None or not bare or not (dated or determiner(sentence, head) in DEFINITE):
        return None
    after = sentence.token(last + 1) if last + 1 < len(sentence.parse.tokens) else None
    if after is not None and after.pos == "PROPN" and after.ent != "DATE":
        return None  # "the newspaper Sabor", where the parser cut the name off
    if noun in ("agency", "service", "wire"):
        room = by_name(name)
        return name if name.lower().endswith(noun) or (room is not None and room.kind == "agency") else None
    if noun in words("newsroom_work"):
        return None if any(n == noun and at > memory.newsroom_at for n, _, at in memory.documents) else name
    return name if noun in words("newsroom") else None


def obtained_at(sentence: Sentence, head: int, first: int, last: int) -> int:
    """The last token of a phrase before a clause that says who got hold of the thing ("that the Gazette has seen")."""
    for clause in sentence.parse.tokens[head + 1 : last + 1]:
        if clause.dep not in ("relcl", "acl"):
            continue
        if clause.lemma in words("obtaining") and head < sentence.parse.left[clause.i] <= last:
            edge = sentence.parse.left[clause.i] - 1
            while edge > head and not sentence.token(edge).text[0].isalnum():
                edge -= 1
            return max(edge, head)
    return last


def cited_before(memory: Memory, sentence: Sentence, head: int, lemma: str) -> str | None:
    """ "the Journal", "ABC": a short form of the one newsroom of the article whose name holds the word."""
    token = sentence.token(head)
    if token.pos != "PROPN" or sentence.children(head, "compound") or lemma not in REPORT_VERBS | SAY_VERBS:
        return None
    fits = [name for name in memory.newsrooms if goes_by(name, token.text)]
    return fits[0] if len(fits) == 1 else None


def cue_name(memory: Memory, sentence: Sentence, first: int, last: int, head: int) -> str | None:
    """ "a Times report", "the Post report": a cue alias before a word for a newsroom's work (none in "a report by
    State's inspector")."""
    if sentence.token(head).lemma not in words("newsroom_work") | words("newsroom_people"):
        return None
    for i in range(first, last + 1):
        t = sentence.token(i)
        above = sentence.token(t.head)
        if i and sentence.token(i - 1).text.lower() in words("once"):  # "a former CNN reporter"
            continue
        near = t.head == head or (above.dep in ("prep", "agent") and above.head == head)
        if near and t.dep in ("compound", "nmod", "poss", "amod", "pobj") and t.text[:1].isupper():
            name = by_cue(t.text, memory.rooms)
            if name:
                return name
    return None


def is_vague(sentence: Sentence, head: int, first: int, last: int) -> bool:
    """ "a report", "local media reports", "several reports": nobody is named."""
    for i in range(first, last + 1):
        t = sentence.token(i)
        if i != head and not t.ent and (t.pos in ("PROPN", "VERB") or t.dep in ("prep", "poss", "relcl", "acl")):
            return t.dep == "prep" and i < last and sentence.token(i + 1).ent in ("DATE", "TIME")
        place = t.ent in ("NORP", "GPE", "LOC")  # "Pellish state media"
        vague = place or t.text.lower() in words("vague") or t.lemma in words("vague")
        if t.dep in ("compound", "amod") and not vague:
            return False
    return True


def is_owner(sentence: Sentence, mention: Mention, head: int) -> bool:
    """ "the Gazette's Ilana Brook": the newsroom owns the name."""
    after = sentence.token(mention.last + 1).text if mention.last < head else ""
    owns = sentence.token(mention.last).dep == "poss" or after in ("'", "’")
    return owns and sentence.token(head).pos == "PROPN"
