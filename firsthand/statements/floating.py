"""Whose words are that no cue of their own sentence gives to anybody: floating quotations.

In: a :class:`Draft`, a sentence and the statement before it. Out: links. Nobody is named where that is open.
"""

from __future__ import annotations

from dataclasses import replace

from ..language.rows import rows
from ..records import Cue, Link, Span, Statement
from .draft import Draft
from .governed import cue_words
from .pronouns import is_main
from .reading import Sentence
from .sources import read_source


def floating(draft: Draft, sentence: Sentence, before: Statement | None) -> list[Link]:
    """Whose a quotation without a cue is: of whoever the next sentence gives it to ("With these words Brook ..."), else
    the speaker of what stands right before it, if that was said by somebody."""
    cut_off = _cut_off(draft, sentence)
    if cut_off:
        return cut_off
    afterwards = _named_afterwards(draft, sentence)
    if afterwards is not None:
        return [afterwards]
    if before is not None and sentence.index > 0 and not _tells_itself(draft, sentence):
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
        if near and speaker is None and len(before.chain) > 1:  # "..., the Gazette reported. “...”"
            return [replace(link, cue=None, content=None) for link in before.chain[1:]]
        subject = _subject(draft, earlier) if before.kind == "own_voice" else None
        if subject is not None and (earlier.paragraph == sentence.paragraph or _speaks_up(earlier)):
            return [subject]
    return [Link("source", "unknown")]


def _speaks_up(before: Sentence) -> bool:
    """Whether a sentence that closes its paragraph is about somebody who spoke ("Brook weighed in, too.")."""
    verbs = [t for t in before.parse.tokens if t.dep in ("ROOT", "advcl", "xcomp") and t.pos == "VERB"]
    return any(v.lemma in cue_words("announcing") | cue_words("plain_speech") for v in verbs)


def _subject(draft: Draft, before: Sentence) -> Link | None:
    """The one person whom the sentence before is about: its main subject, with at most one other named in it ("Ilana
    Brook drove all night. “...”")."""
    namings = draft.cast.in_sentence(before.index)
    people = {n.person for n in namings}
    main = [n for n in namings if is_main(before, n.last) and before.token(n.last).dep == "nsubj"]
    if len(main) != 1 or len(people) > 2:
        return None
    name = draft.cast.people[main[0].person].name
    span = before.span_of(main[0].first, main[0].last)
    printed = before.parse.text[span.start - before.span.start : span.end - before.span.start]
    return Link("source", "person", name, printed, span=span)


def _tells_itself(draft: Draft, sentence: Sentence) -> bool:
    """Whether words outside the quotation tell whose it is in a way that no cue is known for ("Swift jokes, singing,
    ...", "The old joke: ..."): somebody other than who spoke before."""
    quoted = set(sentence.tokens_in(draft.reading.quoted(sentence)))
    outside = [t for t in sentence.parse.tokens if t.i not in quoted]
    subjects = [t for t in outside if t.dep in ("nsubj", "nsubjpass") and t.head not in quoted]
    return bool(subjects) or any(t.text == ":" and t.i + 1 in quoted for t in outside)


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


_CUT_OFF = 14
"""Tokens at most of an attribution that a full stop cut off from its quotation."""


def _cut_off(draft: Draft, sentence: Sentence) -> list[Link]:
    """ "“... the pier.” Brook tweeted on Monday.": the speaker of a sentence that only says that he spoke."""
    if sentence.index + 1 >= len(draft.reading.sentences) or not sentence.quotations:
        return []
    following = draft.reading.sentences[sentence.index + 1]
    tokens = following.parse.tokens
    ends = draft.reading.quotations[sentence.quotations[-1]].span.end == sentence.span.end
    if not ends or following.paragraph != sentence.paragraph or len(tokens) > _CUT_OFF or following.quotations:
        return []
    verb = next((t for t in tokens if t.dep == "ROOT"), tokens[0])
    heads = following.children(verb.i, "nsubj")
    plain = verb.tag in ("VBD", "VBZ") and verb.lemma in cue_words("plain_speech")
    if not plain or not heads or heads[0].i > 6 or following.children(verb.i, "ccomp", "dobj", "xcomp", "dative"):
        return []
    indexes = tuple(following.subtree(heads[0].i))
    links = read_source(draft.reading, draft.cast, draft.memory, following, heads[0].i, indexes, verb.lemma)
    cue = Cue(verb.text, following.span_of(verb.i, verb.i))
    return [replace(link, cue=cue) for link in links if link.kind != "unknown"]


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
