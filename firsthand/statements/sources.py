"""What a source phrase means: a person, a body, unnamed people, a document, a newsroom, and with which name.

In: the head token of a phrase and what the article said before (:class:`Memory`). Out: the links that stand for it,
outermost first: "two officials" is one link; "a Times report" is a report; "the officials" are those named before.
Known to fail: a body whose name looks like a person's; an unnamed group that is never called by the same noun again.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..language.names import fold
from ..records import Link, Span
from .bodies import body_name, entity_words, strip_article
from .called import person_called
from .cast import Cast, Naming
from .citations import (
    REPORT_VERBS,
    cited_again,
    cited_before,
    cue_name,
    is_owner,
    is_vague,
    obtained_at,
    report_link,
    sources_of,
)
from .cited import Mention, newsroom_mention
from .governed import cue_words
from .kinds import DEFINITE, determiner, kind_of, names_members, post_word, stated_count, telling_noun, words
from .memory import Group, Memory, is_own
from .persons import person_at, person_link
from .pronouns import person_by_age, person_by_pronoun
from .reading import Reading, Sentence
from .unnamed import adds_nothing, description_of, end_of_description, relation_of, without_day

_FAR = 2000
"""Characters beyond which "they" no longer means the unnamed sources who spoke last."""
_POLL = 3
"""Sentences after a poll within which "46 percent said" is what it found."""
_NEAR = 300
"""Characters within which "they urged" means those who spoke before."""


def read_source(
    reading: Reading, cast: Cast, memory: Memory, sentence: Sentence, head: int, indexes: tuple[int, ...], lemma: str
) -> list[Link]:
    """The links that a source phrase stands for. ``indexes`` are its tokens, ``lemma`` the cue's, for what only the
    cue tells (who *reports* is a newsroom)."""
    first, last = (min(indexes), max(indexes)) if indexes else (head, head)
    span = sentence.span_of(first, last)
    token = sentence.token(head)
    again = _members(memory, sentence, head, span)
    if again is not None:
        return [again]
    if (
        token.text.lower().endswith(("self", "selves"))
        and first <= head - 1
        and sentence.token(head - 1).pos == "PROPN"
    ):
        head, token = head - 1, sentence.token(head - 1)  # "Brook himself"
    if token.pos == "PRON" and token.lemma not in (
        "one",
        "some",
        "many",
        "other",
        "someone",
        "somebody",
        "most",
        "several",
    ):
        return _pronoun(reading, cast, memory, sentence, head, span, lemma)
    guess = lemma in REPORT_VERBS or lemma in ("to", "according to")
    edge = obtained_at(sentence, head, first, last)
    mention = newsroom_mention(sentence, first, edge, memory.rooms, guess=guess)
    found = _newsroom(cast, memory, sentence, head, mention, span, lemma, first, edge)
    if found is not None:
        return found
    if edge < last:  # "a memo obtained by the Gazette"
        had = newsroom_mention(sentence, edge + 1, last, memory.rooms)
        made = _by_noun(reading, cast, memory, sentence, head, first, edge)
        if had is not None and made.kind == "document" and not is_own(had.name, memory):
            return [report_link(had.name, had.span(sentence), had.name), made]
        return [made]
    naming = person_at(cast, sentence, head, first, last) or _owner(cast, sentence, head)
    if naming is not None:
        return [person_link(memory, cast, sentence, naming, first, last)]
    return [_by_noun(reading, cast, memory, sentence, head, first, last)]


def _owner(cast: Cast, sentence: Sentence, head: int) -> Naming | None:
    """Who speaks in "Brook’s tweet", "Brook’s statement": the person named as its owner."""
    if sentence.token(head).lemma not in words("own_words") or sentence.token(head).text[:1].isupper():
        return None
    owners = {c.i for c in sentence.children(head, "poss")}
    return next((n for n in cast.in_sentence(sentence.index) if n.last in owners), None)


def _members(memory: Memory, sentence: Sentence, head: int, span: Span) -> Link | None:
    """ "One of them": somebody of the unnamed group named last, with its description."""
    count = names_members(sentence, head)
    if count is None or not memory.unnamed:
        return None
    earlier = memory.unnamed[-1][1]
    return replace(earlier, count=count, cue=None, span=span, content=None)


def _newsroom(
    cast: Cast,
    memory: Memory,
    sentence: Sentence,
    head: int,
    mention: Mention | None,
    span: Span,
    lemma: str,
    first: int,
    last: int,
) -> list[Link] | None:
    """The links of a phrase that names a newsroom or its work, or means the one cited before; None for others."""
    noun = sentence.token(head).lemma
    phrase = description_of(sentence, first, last)
    if mention is not None and _is_no_room(sentence, head):
        return None
    if mention is not None:
        if mention.first <= head <= mention.last and _is_party(sentence, head):
            return [Link("source", "body", mention.name, phrase, span=span)]
        memory.newsrooms.setdefault(mention.name, None)
        if mention.first <= head <= mention.last or noun in words("newsroom_work") or noun in words("newsroom"):
            return [report_link(mention.name, span, phrase)]
        if noun in words("always_unnamed") and sentence.token(mention.last).dep == "poss":
            return [report_link(mention.name, mention.span(sentence), mention.name), sources_of(memory, span, phrase)]
        if noun in words("newsroom_people") or is_owner(sentence, mention, head):
            if lemma not in REPORT_VERBS and determiner(sentence, head) == "the" and sentence.token(head).tag == "NN":
                known = cast.by_post(noun, frozenset(), sentence.index)  # "the Tarn News host", who has been named
                if known is not None:
                    return [Link("source", "person", known.name, phrase, span=span)]
            naming = person_at(cast, sentence, head, first, last)
            report = report_link(mention.name, span, phrase)
            if naming is None or not _is_speech(lemma):
                return [report]
            return [report, person_link(memory, cast, sentence, naming, first, last)]
        return None
    name = (
        cue_name(memory, sentence, first, last, head)
        or cited_before(memory, sentence, head, lemma)
        or cited_again(memory, sentence, head, first, last)
    )
    if name is not None:
        return [report_link(name, span, phrase)]
    for owner in sentence.children(head, "poss"):
        low, high = sentence.parse.left[owner.i], sentence.parse.right[owner.i]
        high -= int(sentence.token(high).tag == "POS")
        cited = cited_again(memory, sentence, owner.i, low, high)
        if cited is not None and noun in words("always_unnamed"):
            return [report_link(cited, sentence.span_of(low, high), cited), sources_of(memory, span, phrase)]
    definite = determiner(sentence, head) in DEFINITE
    crowd = noun in words("newsroom_people") and sentence.token(head).tag == "NNS"
    if crowd and any(sentence.token(i).text.lower() in ("pool", "press") for i in range(first, head)):
        return [report_link(None, span, phrase)]
    if noun in words("newsroom_unnamed") and not definite and is_vague(sentence, head, first, last):
        return [report_link(None, span, phrase)]
    return None


def _is_party(sentence: Sentence, head: int) -> bool:
    """Whether a newsroom speaks for itself ("CNN said in a statement"): that is no report."""
    verb = sentence.token(head).head
    said_in = [o for p in sentence.children(verb, "prep") for o in sentence.children(p.i, "pobj")]
    return sentence.token(head).dep == "nsubj" and any(o.lemma in words("party_words") for o in said_in)


def _is_no_room(sentence: Sentence, head: int) -> bool:
    """Whether words that could be a newsroom's short name are said to be another body's ("Free Press, a consumer
    group")."""
    beside = [c for c in sentence.children(head, "appos") if c.pos == "NOUN"]
    return any(c.lemma in words("never_newsrooms") for c in beside)


def _is_speech(lemma: str) -> bool:
    return lemma in ("say", "tell", "tweet", "add", "write", "argue")


def _is_spoken(lemma: str) -> bool:
    """Whether a cue is one of speech: what "they" found or did is not laid to the sources named before."""
    return lemma in cue_words("spoken") or lemma in cue_words("plain_speech")


# ---------------------------------------------------------------------------------------------------- pronouns


def _pronoun(
    reading: Reading, cast: Cast, memory: Memory, sentence: Sentence, head: int, span: Span, lemma: str
) -> list[Link]:
    token = sentence.token(head)
    printed = sentence.parse.text[token.start : token.end]
    if token.lemma in ("he", "she"):
        lone = memory.lone_before(cast, sentence, head, token.lemma)
        if lone is not None:
            return [replace(lone, cue=None, span=span, content=None)]
        name = person_by_pronoun(cast, reading, sentence, head, memory.speakers)
        return [Link("source", "person", name, printed, span=span)]
    group = memory.group_before(sentence, head) if token.lemma == "they" and _is_spoken(lemma) else None
    if group is not None:
        return _group(reading, cast, memory, group, span)
    said = token.lemma == "who" or _is_spoken(lemma) or (lemma in cue_words("they_do") and _is_near(memory, span))
    if token.lemma in ("they", "who", "both") and memory.unnamed and said and span.start - memory.spoke <= _FAR:
        earlier = memory.unnamed[-1][1]
        memory.spoke = span.start
        return [replace(earlier, cue=None, span=span, content=None)]
    if token.lemma == "it" and lemma in cue_words("it_does") and memory.topic is not None:
        return _topic(reading, cast, memory, sentence, span, printed)
    return [Link("source", "unknown", None, printed, span=span)]


def _group(reading: Reading, cast: Cast, memory: Memory, group: Group, span: Span) -> list[Link]:
    """ "They": those who spoke, or whom a sentence was about, last."""
    if group.link is not None:
        return [replace(group.link, cue=None, span=span, content=None)]
    before = reading.sentences[group.sentence]
    found = read_source(reading, cast, memory, before, group.head, tuple(before.subtree(group.head)), "say")
    return [replace(link, span=span) for link in found[-1:]]


def _is_near(memory: Memory, span: Span) -> bool:
    """Whether the unnamed sources named last were named right before."""
    before = memory.unnamed[-1][1].span if memory.unnamed else None
    return before is not None and 0 < span.start - before.end <= _NEAR


def _tells(link: Link) -> bool:
    """Whether a description says more than "the file", which would be a document of its own to whoever counts."""
    return link.name is not None or len((link.description or "").split()) > 2


def _topic(reading: Reading, cast: Cast, memory: Memory, sentence: Sentence, span: Span, printed: str) -> list[Link]:
    """ "It says": the document or the body that the sentence before is about, or this one up to here."""
    unknown = [Link("source", "unknown", None, printed, span=span)]
    before, head = memory.topic or (sentence, 0)
    if sentence.index - before.index != 1 or before.token(head).pos not in ("NOUN", "PROPN"):
        return unknown
    found = read_source(reading, cast, memory, before, head, tuple(before.subtree(head)), "say")
    good = [link for link in found if link.kind == "body" or (link.kind == "document" and _tells(link))]
    return [replace(link, span=span) for link in good] if good == found else unknown


# -------------------------------------------------------------------------------------------------- common nouns


def _by_noun(
    reading: Reading, cast: Cast, memory: Memory, sentence: Sentence, head: int, first: int, last: int
) -> Link:
    token = sentence.token(head)
    phrase = sentence.span_of(first, last)
    noun = (
        telling_noun(sentence, head) if post_word(sentence, head) == token.text.lower() else post_word(sentence, head)
    )
    kind = kind_of(sentence, head, noun, first, last)
    if kind == "person" and token.tag == "NNP" and first == head and fold(token.text) in cast.bodies:
        kind = "body"  # "Wayfair", of which it was said that it is a company
    ends = (first, last) if kind == "document" else without_day(sentence, head, first, last)
    description = description_of(sentence, *ends)
    others = [c for c in sentence.children(head, "conj") if c.pos == "NOUN" and c.i <= last]
    counted = any(sentence.children(c.i, "det", "nummod", "amod") for c in others)  # "an official and several aides"
    count = None if counted else stated_count(sentence, head, first, last)
    named_before = determiner(sentence, head) in DEFINITE and any(n == noun for n, _ in memory.unnamed)
    if kind in ("person", "unknown") and token.pos == "NOUN" and token.tag == "NN" and named_before:
        kind = "unnamed"
    written = [d[1] for d in list(memory.documents)[-1:] if noun in words("document_people") and d[2] < sentence.index]
    if written and determiner(sentence, head) == "the":
        return replace(written[0], cue=None, span=phrase, content=None)
    if kind in ("unknown", "unnamed") and noun in words("asked_in_polls"):
        poll = next((d for n, d, at in reversed(memory.documents) if sentence.index - at <= _POLL), None)
        if poll is not None and memory.documents[-1][0] in words("polls"):
            return replace(poll, cue=None, span=phrase, content=None)
    if kind == "unnamed":
        memory.spoke = max(memory.spoke, sentence.span.start + token.start)
        link = Link("source", kind, None, description, count, span=phrase)
        found = _unnamed(memory, sentence, head, noun, link, first, end_of_description(sentence, first, last))
        if token.tag == "NN" and not sentence.children(head, "conj"):
            memory.lone = (sentence.index, found, noun)
        return found
    aged = person_by_age(cast, reading, sentence, memory.speakers, phrase) if noun == "old" else None
    if kind == "person" and aged is not None:
        return Link("source", "person", aged, description, span=phrase)
    if kind == "person":
        again = "the" in (determiner(sentence, head), sentence.token(first).text.lower())
        post = person_called(cast, memory.speakers, sentence, head, first, last) if again else None
        if post is None and token.pos == "PROPN" and noun not in words("person"):
            post = entity_words(sentence, head)
        return _official(memory, noun, Link("source", "person", post, description, span=phrase), sentence, first, last)
    if kind == "document":
        link = Link("source", "document", _proper_part(sentence, head, first, last), description, span=phrase)
        bare = all(sentence.token(i).dep in ("det", "punct") or i == head for i in range(first, last + 1))
        earlier = [d for n, d, _ in memory.documents if n == noun or noun == "document"]
        if bare and determiner(sentence, head) in DEFINITE and earlier:
            return replace(earlier[-1], cue=None, span=phrase, content=None)
        memory.documents.append((noun, link, sentence.index))
        return link
    if kind == "body":
        name = body_name(memory, sentence, head, first, last)
        if name and token.pos == "PROPN":
            memory.body = name
        if name:
            memory.named_bodies.setdefault(name)
        return Link("source", "body", name, description, span=phrase)
    return Link("source", "unknown", None, description, span=phrase)


def _official(memory: Memory, noun: str, link: Link, sentence: Sentence, first: int, last: int) -> Link:
    """Somebody known by a post alone; "the spokesman" is the one of whom more was said before."""
    bare = [t for i in range(first, last + 1) if (t := sentence.token(i)).dep not in ("det", "punct")]
    again = [link for n, link in memory.officials if n == noun]
    if (
        link.name is None
        and len(bare) == 1
        and again
        and (link.description or "").lower().startswith(("the ", "that "))
    ):
        return replace(again[-1], cue=None, span=link.span, content=None)
    if len(bare) > 1 and link.name is None:
        memory.officials.append((noun, link))
    if link.name is None and sentence.token(first).tag not in ("NNS", "NNPS"):
        memory.lone = (sentence.index, link, noun)
    return link


def _unnamed(memory: Memory, sentence: Sentence, head: int, noun: str, link: Link, first: int, last: int) -> Link:
    """An unnamed source, with those meant by "the officials" found again: their description, this sentence's words."""
    text = (link.description or "").lower()
    back = determiner(sentence, head) in DEFINITE or re.match(
        r"(?:one|two|three|four|some|several|many|another|both|most) of (?:the|those|these) ", text
    )
    again = [link for n, link in memory.unnamed if n == noun] if back else []
    if sentence.token(head).tag == "NN" and sentence.children(head, "relcl"):
        again = [link for link in again if link.count in (None, "one")]  # "Two women ... The woman who asked"
    told = _telling(sentence, head, first, last)
    if again and told and determiner(sentence, head) in DEFINITE:
        fits = [link for link in again if told <= set(re.findall(r"\w+", (link.description or "").lower()))]
        if fits:
            return replace(fits[-1], cue=None, span=link.span, content=None)
    if back and not again and noun in ("source", "person", "people", "official"):
        again = [link for _, link in memory.unnamed]
    if again and adds_nothing(sentence, head, first, last):
        earlier = again[-1]
        count = (
            link.count
            if link.count and re.match(r"(?:one|two|three|four|five|another)\b", link.count)
            else earlier.count
        )
        return replace(earlier, count=count, cue=None, span=link.span, content=None)
    found = replace(link, relation=relation_of(sentence, first, last))
    for other in sentence.children(head, "conj"):  # "an official and a person briefed on it": each can come again
        part = sentence.span_of(sentence.parse.left[other.i], min(last, sentence.parse.right[other.i]))
        part_words = sentence.parse.text[part.start - sentence.span.start : part.end - sentence.span.start]
        memory.unnamed.append((other.lemma, Link("source", "unnamed", None, part_words, span=part)))
    own = link
    if sentence.children(head, "conj"):
        ahead = sentence.children(head, "conj")[0]
        stop = sentence.parse.left[ahead.i] - 1
        while stop > head and sentence.token(stop).pos in ("CCONJ", "PUNCT"):
            stop -= 1
        own = replace(
            link,
            description=sentence.parse.text[sentence.token(first).start : sentence.token(stop).end],
            count=stated_count(sentence, head, first, stop),
        )
    memory.latest = found
    memory.unnamed.append((noun, replace(own, relation=found.relation)))
    return found


def _telling(sentence: Sentence, head: int, first: int, last: int) -> set[str]:
    """The words of a phrase that tell whom it means: what is left without articles and counts."""
    return {
        sentence.token(i).text.lower()
        for i in range(first, last + 1)
        if i != head and sentence.token(i).pos in ("NOUN", "PROPN", "ADJ", "VERB")
    }


def _proper_part(sentence: Sentence, head: int, first: int, last: int) -> str | None:
    """The phrase itself where its head is a proper name ("Statement of Offense"), else None."""
    if sentence.token(head).pos != "PROPN" or sentence.token(head).text.islower():
        return None
    return strip_article(description_of(sentence, first, last))
