"""Words that a text sets off from its own without quotation marks, and whose they are.

In: a :class:`Draft`. Out: the links of every sentence that stands in such a passage. Three forms: what follows a line
that ends with "wrote:", "went on:" or the like (one paragraph, those after it that speak in the first person, or the
quotation that opens there); a tweet above its signature ("— Oren Vash (@vash) May 2"); a sound bite of a list of shots.
Known to fail: a passage of several paragraphs that says neither "I" nor "we".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..language.rows import rows
from ..newsrooms import by_name
from ..records import Cue, Link, Span
from .cited import newsroom_mention
from .draft import Draft
from .governed import SELF, cue_words
from .memory import is_own
from .reading import Sentence
from .sources import read_source

_MOST = 12
"""Paragraphs of one passage at most."""
_LEAD = 8
"""Words at most that a cue may govern before the colon ("said that this is the reason:"): more are all of it."""
_SIGNATURE = re.compile(r"(?:[—–]|--)\s?([^()\n—–@]{2,60}?) ?\(@\w{1,30}\)")
_OPENED = re.compile(r"([A-Z][^()\n—–@.,:;]{2,40}?) ?\(@\w{1,30}\) ")
_NAME = 80
"""Characters at the start of a paragraph within which a tweet's name ends."""
_SOUND = re.compile(r"(?:\d{1,3}\.\s?)?(?:SOUNDBITE|SOT)\b")
_OPENING = ("“", '"', "‘", "„", "«")
_MAIN = ("ROOT", "conj", "ccomp", "dep")
_DOCUMENT_VERBS = ("read", "say", "state", "note")


def announced(draft: Draft) -> dict[int, list[Link]]:
    """The links of the sentences, by number, that are set off as somebody's words."""
    paragraphs = _paragraphs(draft.reading.sentences)
    found: dict[int, list[Link]] = {}
    for number, before in enumerate(paragraphs):
        signed = _signed(draft, paragraphs, number) or _opens_signed(draft, before)
        if signed is not None:
            sentences, links = signed
            for sentence in sentences:
                found.setdefault(sentence.index, links)
        if number + 1 < len(paragraphs) and before[-1].parse.text.endswith(":"):
            links = _whose(draft, before[-1])
            if links:
                for sentence in _passage(draft, paragraphs, number + 1):
                    found.setdefault(sentence.index, links)
    return found


def _paragraphs(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    found: list[list[Sentence]] = []
    for sentence in sentences:
        if found and found[-1][0].paragraph == sentence.paragraph:
            found[-1].append(sentence)
        else:
            found.append([sentence])
    return found


def _passage(draft: Draft, paragraphs: Sequence[list[Sentence]], number: int) -> Iterator[Sentence]:
    """The sentences that belong to what the paragraph before announced."""
    first = paragraphs[number]
    if first[0].parse.text.startswith(_OPENING):
        end = _end_of_quotation(draft, first[0])
        for paragraph in paragraphs[number : number + _MOST]:
            yield from (s for s in paragraph if s.span.start < end)
        return
    yield from first
    if not any(_speaks_of_self(s) for s in first):
        return
    for paragraph in paragraphs[number + 1 : number + _MOST]:
        if not any(_speaks_of_self(s) for s in paragraph) or any(draft.traced[s.index] for s in paragraph):
            return
        yield from paragraph


def _end_of_quotation(draft: Draft, sentence: Sentence) -> int:
    quotations = draft.reading.quotations
    if not sentence.quotations:
        return sentence.span.end
    q = sentence.quotations[0]
    while q + 1 < len(quotations) and quotations[q].runs_on:
        q += 1
    return max(quotations[q].span.end, sentence.span.end)


def _speaks_of_self(sentence: Sentence) -> bool:
    """Whether words are somebody's own: no newsroom says "I" of itself."""
    return not sentence.quotations and any(t.lemma.lower() in SELF or t.text.lower() in ("my", "our") for t in
                                           sentence.parse.tokens)  # fmt: skip


def _whose(draft: Draft, before: Sentence) -> list[Link]:
    """Whose words a sentence that ends with a colon announces."""
    if _SOUND.match(before.parse.text):
        return _sound(draft, before)
    excerpt = _excerpted(draft, before)
    if excerpt is not None:
        return excerpt
    if before.parse.tokens[-2:-1] and before.parse.tokens[-2].text.lower() in ("including", "include", "are", "is"):
        return []  # a list
    traced = [t for t in draft.traced[before.index] if t.links and before.token(t.attribution.verb).dep in _MAIN]
    traced = [t for t in traced if len(before.tokens_in(t.attribution.content)) <= _LEAD]
    if traced and traced[-1].attribution.manner in ("clause", "quote"):
        return [replace(link, content=None) for link in traced[-1].links]
    for token in before.parse.tokens:
        if token.pos != "VERB" or token.dep not in ("ROOT", "conj", "ccomp"):
            continue
        subjects = before.children(token.i, "nsubj")
        if not subjects or not _announces(before, token.i):
            continue
        head = subjects[0].i
        indexes = tuple(before.subtree(head))
        lemma = token.lemma if token.lemma in cue_words("plain_speech") else "write"
        links = read_source(draft.reading, draft.cast, draft.memory, before, head, indexes, lemma)
        links = [
            link for link in links if not (link.role == "report" and link.name and is_own(link.name, draft.memory))
        ]
        kinds = (
            ("person", "body", "unnamed", "document")
            if token.lemma in _DOCUMENT_VERBS
            else ("person", "body", "unnamed")
        )
        if links and all(link.role == "report" or link.kind in kinds for link in links):
            cue = Cue(token.text, before.span_of(token.i, token.i))
            return [replace(link, cue=cue) for link in links]
        return []
    return []


def _excerpted(draft: Draft, before: Sentence) -> list[Link] | None:
    """ "... (via the Daily Heron):": the newsroom whose text follows."""
    tokens = before.parse.tokens
    via = next((t.i for t in tokens[-9:] if t.text.lower() == "via"), None)
    mention = newsroom_mention(before, via + 1, len(tokens) - 1, draft.memory.rooms, guess=True) if via else None
    if via is None or mention is None or is_own(mention.name, draft.memory):
        return None
    printed = before.parse.text[before.token(mention.first).start : before.token(mention.last).end].rstrip("):, ")
    cue = Cue(before.token(via).text, before.span_of(via, via))
    return [Link("report", "body", mention.name, printed, cue=cue, span=mention.span(before))]


def _announces(sentence: Sentence, verb: int) -> bool:
    """Whether a verb leads on to words: "wrote", "went on", "put out a statement"."""
    token = sentence.token(verb)
    if any(c.lemma in rows("sources")["mediums"] for c in sentence.children(verb, "dobj")):
        return True
    if token.lemma == "have":
        return any(c.text == "more" and c.i == verb + 1 for c in sentence.children(verb))
    if token.lemma == "go":
        return any(c.text == "on" and c.i == verb + 1 for c in sentence.children(verb)) and not sentence.children(
            verb, "dobj"
        )
    return token.lemma in cue_words("plain_speech") | cue_words("announcing")


def _sound(draft: Draft, before: Sentence) -> list[Link]:
    namings = draft.cast.in_sentence(before.index)
    if not namings:
        return []
    span = before.span_of(namings[0].first, namings[0].last)
    printed = before.parse.text[span.start - before.span.start : span.end - before.span.start]
    cue = Cue("SOUNDBITE", Span(before.span.start, span.start))
    return [Link("source", "person", draft.cast.people[namings[0].person].name, printed, cue=cue, span=span)]


def _signed(
    draft: Draft, paragraphs: Sequence[list[Sentence]], number: int
) -> tuple[list[Sentence], list[Link]] | None:
    """The sentences of a tweet and the link to whose name stands under it."""
    here = paragraphs[number]
    text = draft.reading.article.text
    end = here[-1].span.end
    for sentence in here:
        start = sentence.span.start
        signs = any(mark in sentence.parse.text for mark in ("—", "–", "--"))
        signature = _SIGNATURE.search(text, start, min(end, sentence.span.end + 80)) if signs else None
        if signature is None or signature.start() >= sentence.span.end:
            continue
        opens = signature.start() == here[0].span.start
        if not opens and text[here[0].span.start : signature.start()].count("(") > 3:
            return None
        chosen = paragraphs[number - 1] if opens and number else [s for s in here if s.span.start < signature.start()]
        chosen = [s for s in chosen if not any(t.links for t in draft.traced[s.index])]
        link = _signer(draft, signature)
        return (chosen, [link]) if link is not None else None
    return None


def _opens_signed(draft: Draft, here: Sequence[Sentence]) -> tuple[list[Sentence], list[Link]] | None:
    """The sentences of a paragraph that opens with a tweet's name ("Oren Vash (@vash) The pier is closed.")."""
    first = here[0].parse.text
    signature = _OPENED.match(draft.reading.article.text, here[0].span.start) if "(@" in first[:_NAME] else None
    if signature is None or first[signature.end() - signature.start() :].strip()[:1].islower():
        return None  # "Oren Vash (@vash) tweeted that ..."
    chosen = [s for s in here if not any(t.links for t in draft.traced[s.index])]
    link = _signer(draft, signature)
    return (chosen, [link]) if link is not None else None


def _signer(draft: Draft, signature: re.Match[str]) -> Link | None:
    printed = signature.group(1).strip()
    span = Span(signature.start(1), signature.start(1) + len(printed))
    cue = Cue(signature.group(), Span(signature.start(), signature.end()))
    first = printed.split()[0]
    room = by_name(printed) or (by_name(first) if len(first) > 1 and first.isupper() else None)  # "NBC Politics"
    if room is not None:
        if is_own(room.name, draft.memory):
            return None
        return Link("report", "body", room.name, printed, cue=cue, span=span, medium="post")
    named = [n for n in draft.cast.namings if draft.cast.people[n.person].name.split()[-1:] == printed.split()[-1:]]
    names = list(dict.fromkeys(draft.cast.people[n.person].name for n in named))
    name = names[0] if len(names) == 1 else printed
    short = printed.isupper() and printed.isalpha() and len(printed) < 6 and not names  # "NRA"
    return Link("source", "body" if short else "person", name, printed, cue=cue, span=span, medium="post")
