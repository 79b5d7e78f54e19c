"""What an article has said so far: the newsroom cited last, the unnamed people, the documents, who spoke.

In: sentences, in text order. Out: :class:`Memory`, which ``sources`` and ``citations`` ask and teach.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field

from ..language.parsing import Token
from ..newsrooms import canonical, newsroom_key
from ..records import Link
from .cast import Cast
from .cited import newsroom_mention
from .kinds import DEFINITE, determiner, words
from .pronouns import is_main
from .reading import Sentence
from .rooms import Rooms

_BACK = 2
"""Sentences: "they" who are named further away are too often others."""
_MOST = 400
"""Unnamed sources, and documents, that an article remembers: a hostile page has thousands, and asks for all of them in
every sentence."""


@dataclass(frozen=True, slots=True)
class Group:
    """Several people of a sentence: the head of their phrase, the character where it stands, and their link where they
    spoke."""

    sentence: int
    head: int
    place: int
    link: Link | None = None


@dataclass(slots=True)
class Memory:
    """What an article has said so far, in text order: the newsroom cited last, the unnamed groups, the documents, and
    whom each sentence was given to."""

    own: frozenset[str] = frozenset()
    rooms: Rooms = field(default_factory=Rooms)
    newsroom: str | None = None
    newsroom_at: int = -1
    newsrooms: dict[str, None] = field(default_factory=dict)
    unnamed: deque[tuple[str, Link]] = field(default_factory=lambda: deque(maxlen=_MOST))
    documents: deque[tuple[str, Link, int]] = field(default_factory=lambda: deque(maxlen=_MOST))
    officials: list[tuple[str, Link]] = field(default_factory=list)
    body: str | None = None
    speakers: dict[int, str] = field(default_factory=dict)
    lone: tuple[int, Link, str] | None = None
    """The one unnamed person met last: sentence, link, and the noun by which he or she is called."""
    groups: list[Group] = field(default_factory=list)
    heard: tuple[str, Link, int] | None = None
    """Who spoke to a newsroom last: name, that newsroom's link, and the paragraph."""
    spoke: int = -1
    """Where unnamed sources spoke last: a character of the article."""
    topic: tuple[Sentence, int] | None = None
    """The subject of the sentence read last: what "it" may mean in the next one."""
    bodies: list[tuple[int, str, bool]] = field(default_factory=list)
    """Bodies that the article names: sentence, name, and whether as a subject."""
    named_bodies: dict[str, None] = field(default_factory=dict)
    """Bodies that spoke, by name ("Trump administration")."""
    latest: Link | None = None
    """The whole of the unnamed sources named last ("an official and a porter"), of whom ``unnamed`` holds each."""

    def group_before(self, sentence: Sentence, at: int) -> Group | None:
        """Whom "they" means other than unnamed sources: several people of the sentences just before, where no unnamed
        sources spoke after that."""
        place = sentence.span.start + sentence.token(at).start
        near = [g for g in self.groups[-8:] if 0 <= sentence.index - g.sentence <= _BACK and g.place < place]
        return near[-1] if near and near[-1].place > self.spoke else None

    def lone_before(self, cast: Cast, sentence: Sentence, at: int, pronoun: str) -> Link | None:
        """The one unnamed person of the sentences just before, where nobody is named after that: he or she."""
        if self.lone is None or not 0 <= sentence.index - self.lone[0] <= 2:
            return None
        if self.lone[2] in words("masculine" if pronoun == "she" else "feminine"):
            return None
        since = [n for i in range(self.lone[0], sentence.index) for n in cast.in_sentence(i)]
        if pronoun == "she" and any(cast.people[n.person].gender == "she" for n in since):
            return None  # "the president asked Ms. Brook": most whose word does not tell are men
        named = [n for i in range(self.lone[0] + 1, sentence.index + 1) for n in cast.in_sentence(i)]
        later = any(n.sentence < sentence.index or n.first < at for n in named)
        return None if later or next(reversed(self.speakers), -1) > self.lone[0] else self.lone[1]

    def meet(self, cast: Cast, sentence: Sentence) -> None:
        """Notice an unnamed person named again as a subject ("The welder, who is 50, has left"), a newsroom or another
        body that does something, and what the sentence is about."""
        for token in sentence.parse.tokens:
            if token.dep in ("nsubj", "nsubjpass") and _are_people(token) and is_main(sentence, token.i):
                self.groups.append(Group(sentence.index, token.i, sentence.span.start + token.start))
            body = token.ent == "ORG" or token.text.lower() in words("sure_newsroom_endings")
            if body and token.pos == "PROPN" and sentence.token(token.head).ent != "ORG":
                self._meet_body(sentence, token)
            if token.dep == "nsubj" and determiner(sentence, token.i) in DEFINITE and token.tag == "NN":
                again = [link for noun, link in self.unnamed if noun == token.lemma]
                if again:
                    self.lone = (sentence.index, again[-1], token.lemma)

    def _meet_body(self, sentence: Sentence, token: Token) -> None:
        low, high = sentence.parse.left[token.i], sentence.parse.right[token.i]
        mention = newsroom_mention(sentence, low, min(high, low + 8), self.rooms)
        subject = token.dep in ("nsubj", "nsubjpass")
        if mention is None and token.ent == "ORG":
            first = last = token.i
            while first > 0 and sentence.token(first).ent == "ORG" and not sentence.token(first).ent_start:
                first -= 1
            while last + 1 < len(sentence.parse.tokens) and sentence.token(last + 1).ent == "ORG":
                last += 1
            words = sentence.parse.text[sentence.token(first).start : sentence.token(last).end]
            self.bodies.append((sentence.index, re.sub(r"^(?:the|an?) |['’]s?$", "", words, flags=re.I), subject))
        elif mention is not None and (
            (subject or _is_of_work(sentence, token))
            and mention.known | (mention.last >= token.i)
            and not is_own(mention.name, self)
        ):
            self.cite(mention.name, sentence.index)

    def body_before(self, sentence: int) -> str | None:
        """Whom "the company" means: the body that was last a subject in the sentences right before, or the only one
        named in them."""
        near = [(at, name, subject) for at, name, subject in self.bodies[-12:] if 0 < sentence - at <= 2]
        subjects = [name for _, name, subject in near if subject]
        names = {name for _, name, _ in near}
        return subjects[-1] if len(set(subjects)) == 1 else names.pop() if len(names) == 1 else None

    def cite(self, name: str, sentence: int) -> None:
        """Remember the newsroom cited last."""
        self.newsroom, self.newsroom_at = name, sentence


def _is_of_work(sentence: Sentence, token: Token) -> bool:
    """Whether a newsroom is named as whose work something is ("revelations by the newspaper Sabor")."""
    preposition = sentence.token(token.head)
    noun = sentence.token(preposition.head)
    work = words("newsroom_work") | {"interview", "revelation", "disclosure"}
    return token.dep == "pobj" and preposition.lemma in ("by", "in", "with", "from") and noun.lemma in work


def _are_people(token: Token) -> bool:
    """Whether a noun is a plural, or a word, for several people."""
    if token.lemma in words("they_bodies"):
        return True
    plural = token.tag == "NNS" or token.text.lower() == "people"
    return plural and any(token.lemma in words(name) for name in ("person", "unnamed", "occupation"))


def is_own(name: str, memory: Memory) -> bool:
    """Whether a newsroom is the page's own, or the agency's whose copy it is. An outlet's name may carry a desk after
    it ("Velda Gazette - Online News")."""
    key = newsroom_key(canonical(name))
    return any(own == key or (len(key) >= 3 and own.startswith(key)) for own in memory.own)
