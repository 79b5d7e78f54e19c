"""Whose words are that no cue of their own sentence gives to anybody: floating quotations, statements set off.

In: a :class:`Draft`, a sentence and the statement before it. Out: links. Nobody is named where that is open.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from ..language.rows import rows
from ..records import Cue, Link, Span, Statement
from .draft import Draft
from .governed import cue_words
from .reading import Sentence
from .sources import read_source


def floating(draft: Draft, sentence: Sentence, before: Statement | None) -> list[Link]:
    """Whose a quotation without a cue is: of whoever the next sentence gives it to ("With these words Brook ..."), else
    the speaker of what stands right before it, if that was said by somebody."""
    afterwards = _named_afterwards(draft, sentence)
    if afterwards is not None:
        return [afterwards]
    if before is not None and sentence.index > 0:
        earlier = draft.reading.sentences[sentence.index - 1]
        near = sentence.paragraph - earlier.paragraph <= 1
        opened = _opened_by(draft, earlier) if near else []
        if opened:
            return opened
        speaker = next((link for link in reversed(before.chain[1:]) if link.role == "source"), None)
        if (
            near
            and speaker is not None
            and before.kind in ("quote", "mixed", "indirect")
            and (speaker.kind != "document" or not _speaks_of_self(sentence))
        ):
            return [replace(link, cue=None, content=None) for link in before.chain[1:]]
    return [Link("source", "unknown")]


def announced(draft: Draft, sentence: Sentence) -> list[Link]:
    """A paragraph set off without marks after "The council put out a statement:": the words of who put it out."""
    sentences = draft.reading.sentences
    first = bisect_left(sentences, sentence.paragraph, key=_paragraph)
    if first == 0 or sentences[first].paragraph - sentences[first - 1].paragraph > 1:
        return []
    before = sentences[first - 1]
    if not before.parse.text.endswith(":"):
        return []
    traced = [t for t in draft.traced[before.index] if t.links]
    if traced and traced[-1].attribution.manner in ("clause", "quote"):
        return [replace(link, content=None) for link in traced[-1].links]
    for token in before.parse.tokens:
        subjects = before.children(token.i, "nsubj") if token.pos == "VERB" else []
        given = [c for c in before.children(token.i, "dobj") if c.lemma in rows("sources")["mediums"]]
        spoken = bool(given) or token.lemma in cue_words("plain_speech")
        if subjects and spoken and token.dep == "ROOT" and subjects[0].pos != "PRON":
            head = subjects[0].i
            indexes = tuple(before.subtree(head))
            links = read_source(draft.reading, draft.cast, draft.memory, before, head, indexes, token.lemma)
            cue = Cue(token.text, before.span_of(token.i, token.i))
            return [replace(link, cue=cue) for link in links if link.kind in ("person", "body")]
    return []


def _paragraph(sentence: Sentence) -> int:
    return sentence.paragraph


def _speaks_of_self(sentence: Sentence) -> bool:
    """Whether the words are somebody's own: no document says "I"."""
    return any(t.lemma.lower() in ("i", "we", "my", "our", "me", "us") for t in sentence.parse.tokens)


def _opened_by(draft: Draft, before: Sentence) -> list[Link]:
    """Whom "According to the lawsuit:" opens a quotation for."""
    tokens = before.parse.tokens
    if len(tokens) < 4 or tokens[-1].text != ":" or before.parse.text[:13].lower() != "according to ":
        return []
    heads = before.children(1, "pobj") or before.children(0, "pobj")
    if not heads:
        return []
    indexes = tuple(range(2, len(tokens) - 1))
    links = read_source(draft.reading, draft.cast, draft.memory, before, heads[0].i, indexes, "according to")
    cue = Cue(before.parse.text[:12], before.span_of(0, 1))
    return [*(replace(link, cue=cue) for link in links)]


def _named_afterwards(draft: Draft, sentence: Sentence) -> Link | None:
    if sentence.index + 1 >= len(draft.reading.sentences):
        return None
    following = draft.reading.sentences[sentence.index + 1]
    opening = following.parse.text[:60].lower()
    words = next((w for row in rows("cues")["afterwards"] for w in row["words"] if opening.startswith(w)), None)
    namings = draft.cast.in_sentence(following.index)
    if words is None or not namings or following.paragraph - sentence.paragraph > 1:
        return None
    span = following.span_of(namings[0].first, namings[0].last)
    start = following.span.start
    printed = following.parse.text[span.start - start : span.end - start]
    cue = Cue(following.parse.text[: len(words)], Span(start, start + len(words)))
    return Link("source", "person", draft.cast.people[namings[0].person].name, printed, cue=cue, span=span)
