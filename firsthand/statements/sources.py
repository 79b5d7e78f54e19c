"""What a source phrase means: a person, a body, unnamed people, a document, a newsroom, and with which name.

In: the head token of a phrase and what the article said before (:class:`Memory`). Out: the links that stand for it,
outermost first: "two officials" is one link; "a Times report" is a report; "the officials" are those named before.
Known to fail: a body whose name looks like a person's; an unnamed group that is never called by the same noun again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..newsrooms import canonical, newsroom_key
from ..records import Link, Span
from .cast import Cast, Naming, person_by_pronoun
from .cited import Mention, by_cue, newsroom_mention
from .kinds import determiner, kind_of, post_word, stated_count, telling_noun, words
from .reading import Reading, Sentence
from .unnamed import adds_nothing, description_of, end_of_description, relation_of

_DEFINITE = frozenset(("the", "these", "those", "both", "that", "this"))
_SAY_VERBS = frozenset(("say", "note", "add", "according to", "cite"))
_REPORT_VERBS = frozenset(("report", "write", "reveal", "learn", "broke", "break", "publish", "first"))


@dataclass(slots=True)
class Memory:
    """What an article has said so far, in text order: the newsroom cited last, the unnamed groups, the documents, and
    whom each sentence was given to."""

    own: frozenset[str] = frozenset()
    newsroom: str | None = None
    newsroom_at: int = -1
    newsrooms: dict[str, None] = field(default_factory=dict)
    unnamed: list[tuple[str, Link]] = field(default_factory=list)
    documents: list[tuple[str, Link, int]] = field(default_factory=list)
    officials: list[tuple[str, Link]] = field(default_factory=list)
    body: str | None = None
    speakers: dict[int, str] = field(default_factory=dict)

    def cite(self, name: str, sentence: int) -> None:
        """Remember the newsroom cited last."""
        self.newsroom, self.newsroom_at = name, sentence


def is_own(name: str, memory: Memory) -> bool:
    """Whether a newsroom is the page's own, or the agency's whose copy it is. An outlet's name may carry a desk after
    it ("Velda Gazette - Online News")."""
    key = newsroom_key(canonical(name))
    return any(own == key or (len(key) >= 3 and own.startswith(key)) for own in memory.own)


def read_source(
    reading: Reading, cast: Cast, memory: Memory, sentence: Sentence, head: int, indexes: tuple[int, ...], lemma: str
) -> list[Link]:
    """The links that a source phrase stands for. ``indexes`` are its tokens, ``lemma`` the cue's, for what only the
    cue tells (who *reports* is a newsroom)."""
    first, last = (min(indexes), max(indexes)) if indexes else (head, head)
    span = sentence.span_of(first, last)
    token = sentence.token(head)
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
        return _pronoun(reading, cast, memory, sentence, head, span)
    mention = newsroom_mention(sentence, first, last, guess=lemma in _REPORT_VERBS or lemma == "to")
    found = _newsroom(cast, memory, sentence, head, mention, span, lemma, first, last)
    if found is not None:
        return found
    naming = _person_at(cast, sentence, head, first, last)
    if naming is not None:
        return [_person(cast, sentence, naming, first, last)]
    return [_by_noun(reading, cast, memory, sentence, head, first, last)]


def _report_link(name: str | None, span: Span, words: str) -> Link:
    return Link("report", "body" if name else "unknown", name, words, span=span)


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
    if mention is not None:
        memory.newsrooms.setdefault(mention.name, None)
        if mention.first <= head <= mention.last or noun in words("newsroom_work") or noun in words("newsroom"):
            return [_report_link(mention.name, span, phrase)]
        if noun in words("newsroom_people") or _is_owner(sentence, mention, head):
            naming = _person_at(cast, sentence, head, first, last)
            report = _report_link(mention.name, span, phrase)
            return [report, _person(cast, sentence, naming, first, last)] if naming and _is_speech(lemma) else [report]
        return None
    name = _cue_name(sentence, first, last, head) or _cited_before(memory, sentence, head, lemma)
    if name is not None:
        return [_report_link(name, span, phrase)]
    definite = determiner(sentence, head) in _DEFINITE
    bare = all(sentence.token(i).dep in ("det", "punct") or i == head for i in range(first, last + 1))
    if definite and bare and memory.newsroom and (noun in words("newsroom") or noun in words("newsroom_work")):
        if noun in words("newsroom_work") and any(
            n == noun and at > memory.newsroom_at for n, _, at in memory.documents
        ):
            return None
        return [_report_link(memory.newsroom, span, phrase)]
    if noun in ("report", "medium", "media", "outlet") and not definite and _is_vague(sentence, head, first, last):
        return [_report_link(None, span, phrase)]
    return None


def _cited_before(memory: Memory, sentence: Sentence, head: int, lemma: str) -> str | None:
    """ "the Journal", "ABC": a short form of the one newsroom of the article whose name holds the word."""
    token = sentence.token(head)
    if token.pos != "PROPN" or sentence.children(head, "compound") or lemma not in _REPORT_VERBS | _SAY_VERBS:
        return None
    fits = [n for n in memory.newsrooms if token.text in n.split()]
    return fits[0] if len(fits) == 1 and fits[0].split()[0] not in ("Washington",) else None


def _is_speech(lemma: str) -> bool:
    return lemma in ("say", "tell", "tweet", "add", "write", "argue")


def _is_owner(sentence: Sentence, mention: Mention, head: int) -> bool:
    """ "the Gazette's Ilana Brook": the newsroom owns the name."""
    return sentence.token(mention.last).dep == "poss" and sentence.token(head).pos == "PROPN"


def _cue_name(sentence: Sentence, first: int, last: int, head: int) -> str | None:
    """ "a Times report", "the Post report": a cue alias before a word for a newsroom's work."""
    if sentence.token(head).lemma not in words("newsroom_work") | words("newsroom_people"):
        return None
    for i in range(first, last + 1):
        t = sentence.token(i)
        if t.dep in ("compound", "nmod", "poss", "amod", "pobj") and t.text[:1].isupper():
            name = by_cue(t.text)
            if name:
                return name
    return None


def _is_vague(sentence: Sentence, head: int, first: int, last: int) -> bool:
    """ "a report", "local media reports", "several reports": nobody is named."""
    for i in range(first, last + 1):
        t = sentence.token(i)
        if i != head and not t.ent and (t.pos in ("PROPN", "VERB") or t.dep in ("prep", "poss", "relcl", "acl")):
            return t.dep == "prep" and i < last and sentence.token(i + 1).ent in ("DATE", "TIME")
        if t.dep in ("compound", "amod") and t.lemma not in words("vague"):
            return False
    return True


# ------------------------------------------------------------------------------------------------------ people


def _person_at(cast: Cast, sentence: Sentence, head: int, first: int, last: int) -> Naming | None:
    """The person whom a phrase names: its head, or what stands beside its head ("the minister, Ilana Brook")."""
    for naming in cast.in_sentence(sentence.index):
        if naming.first <= head <= naming.last:
            return naming
    beside = [c for c in sentence.children(head, "appos") if first <= c.i <= last]
    for child in beside:
        for naming in cast.in_sentence(sentence.index):
            if naming.first <= child.i <= naming.last and naming.last <= last:
                return naming
    return None


def _person(cast: Cast, sentence: Sentence, naming: Naming, first: int, last: int) -> Link:
    phrase = sentence.span_of(first, last)
    description = description_of(sentence, first, last)
    return Link("source", "person", cast.people[naming.person].name, description, span=phrase)


def _pronoun(reading: Reading, cast: Cast, memory: Memory, sentence: Sentence, head: int, span: Span) -> list[Link]:
    token = sentence.token(head)
    printed = sentence.parse.text[token.start : token.end]
    if token.lemma in ("he", "she"):
        name = person_by_pronoun(cast, reading, sentence, head, memory.speakers)
        return [Link("source", "person", name, printed, span=span)]
    if token.lemma in ("they", "who", "both") and memory.unnamed:
        earlier = memory.unnamed[-1][1]
        return [replace(earlier, cue=None, span=span, content=None)]
    return [Link("source", "unknown", None, printed, span=span)]


# -------------------------------------------------------------------------------------------------- common nouns


def _by_noun(
    reading: Reading, cast: Cast, memory: Memory, sentence: Sentence, head: int, first: int, last: int
) -> Link:
    token = sentence.token(head)
    phrase = sentence.span_of(first, last)
    description = description_of(sentence, first, last)
    noun = (
        telling_noun(sentence, head) if post_word(sentence, head) == token.text.lower() else post_word(sentence, head)
    )
    kind = kind_of(sentence, head, noun, first, last)
    count = stated_count(sentence, head, first, last)
    if kind == "unnamed":
        link = Link("source", kind, None, description, count, span=phrase)
        return _unnamed(memory, sentence, head, noun, link, first, end_of_description(sentence, first, last))
    if kind == "person":
        post = None if determiner(sentence, head) not in ("the",) else _by_post(cast, sentence, head, first, last)
        if post is None and token.pos == "PROPN" and noun not in words("person"):
            post = _entity_words(sentence, head)
        return _official(memory, noun, Link("source", "person", post, description, span=phrase), sentence, first, last)
    if kind == "document":
        link = Link("source", "document", _proper_part(sentence, head, first, last), description, span=phrase)
        memory.documents.append((noun, link, sentence.index))
        return link
    if kind == "body":
        name = _body_name(memory, sentence, head, first, last)
        if name and token.pos == "PROPN":
            memory.body = name
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
    return link


def _unnamed(memory: Memory, sentence: Sentence, head: int, noun: str, link: Link, first: int, last: int) -> Link:
    """An unnamed source, with those meant by "the officials" found again: their description, this sentence's words."""
    text = (link.description or "").lower()
    back = determiner(sentence, head) in _DEFINITE or re.match(
        r"(?:one|two|three|four|some|several|many|another|both|most) of (?:the|those|these) ", text
    )
    again = [link for n, link in memory.unnamed if n == noun] if back else []
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
    memory.unnamed.append((noun, found))
    return found


def _by_post(cast: Cast, sentence: Sentence, head: int, first: int, last: int) -> str | None:
    describing = frozenset(
        t.lemma.replace(".", "")
        for i in range(first, min(head, last))
        if (t := sentence.token(i)).pos in ("ADJ", "PROPN", "NOUN") and i != head
    )
    found = cast.by_post(post_word(sentence, head), describing)
    return found.name if found else None


def _proper_part(sentence: Sentence, head: int, first: int, last: int) -> str | None:
    """The phrase itself where its head is a proper name ("Statement of Offense"), else None."""
    if sentence.token(head).pos != "PROPN":
        return None
    return _strip_article(description_of(sentence, first, last))


def _strip_article(phrase: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", phrase, flags=re.IGNORECASE)


def _body_name(memory: Memory, sentence: Sentence, head: int, first: int, last: int) -> str | None:
    token = sentence.token(head)
    before = [sentence.token(i) for i in range(first, head + 1) if sentence.token(i).dep not in ("det", "predet")]
    if token.pos == "PROPN":
        return _entity_words(sentence, head)
    if any(t.pos == "PROPN" or t.ent for t in before) or (before and before[0].text[:1].isupper() and first > 0):
        return _strip_article(sentence.parse.text[before[0].start : token.end]) if before else None
    if determiner(sentence, head) == "the" and token.lemma in (
        "company",
        "firm",
        "group",
        "agency",
        "organization",
        "ministry",
    ):
        return memory.body
    return None


def _entity_words(sentence: Sentence, head: int) -> str:
    """The proper name around a head: its compounds before it, and "of ..." after it where the tagger sees one name."""
    first = last = head
    while (
        first > 0
        and sentence.token(first - 1).pos in ("PROPN", "ADJ")
        and sentence.token(first - 1).head in range(first, head + 1)
    ):
        first -= 1
    if sentence.token(head).ent:
        while (
            last + 1 < len(sentence.parse.tokens)
            and sentence.token(last + 1).ent
            and not sentence.token(last + 1).ent_start
        ):
            last += 1
    found = sentence.parse.text[sentence.token(first).start : sentence.token(last).end]
    return re.sub(r"['’]s?$", "", _strip_article(found))
