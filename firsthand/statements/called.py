"""Whom a post means that stands for a name: "the president", "the Kentucky Republican", "the former star".

In: the :class:`Cast`, who spoke so far, and a phrase of a sentence. Out: a name, or None where several would fit.
Known to fail: a post that the article gives to nobody ("the judge" of whom it says "Colonel Brook").
"""

from __future__ import annotations

from functools import cache

from ..language.rows import rows
from .cast import Cast, Person
from .kinds import post_word, words
from .reading import Sentence

_LEANING = 3
"""Sentences after a name within which "the moderate lawmaker" means him or her."""


def person_called(
    cast: Cast, speakers: dict[int, str], sentence: Sentence, head: int, first: int, last: int
) -> str | None:
    """Who holds the post at ``head`` of the phrase ``first`` to ``last``: the only one who does in the article, else
    the only one named, or heard, just before. ``speakers``: see ``pronouns.person_by_pronoun``."""
    before = [sentence.token(i) for i in range(first, min(head, last))]
    told = [t for t in before if t.pos in ("ADJ", "PROPN", "NOUN")]
    describing = frozenset(t.lemma.replace(".", "") for t in told)
    post = post_word(sentence, head)
    found = cast.by_post(post, describing, sentence.index)
    if found is not None:
        return found.name
    places = {t.lemma.replace(".", "") for t in told if t.pos == "PROPN" and t.ent in ("GPE", "NORP", "LOC")}
    if describing and describing <= _leanings() | places:
        near = _holders_near(cast, speakers, sentence, post, describing)
        if len(near) == 1:
            return near.pop().name
    if post == "president" and describing <= _OF_HERE and not any(post == n for p in cast.people for n, _ in p.posts):
        return cast.statesman
    if (post in words("callings") or "former" in describing) and not any(
        post == n for p in cast.people for n, _ in p.posts
    ):
        return _speaker_before(cast, speakers, sentence, post)
    return None


_OF_HERE = frozenset(("us", "american"))


def _holders_near(
    cast: Cast, speakers: dict[int, str], sentence: Sentence, post: str, describing: frozenset[str]
) -> set[Person]:
    """Those of the last sentences who hold a post, as far as what is said of them agrees with ``describing``."""
    indexes = range(sentence.index - _LEANING, sentence.index + 1)
    here = {cast.people[n.person] for i in indexes for n in cast.in_sentence(i)}
    heard = {speakers[i] for i in indexes if i in speakers}
    here |= {p for p in cast.people if p.name in heard} if heard else set()
    return {p for p in here if any(n == post and _agree(d, describing) for n, d in p.posts)}


def _agree(known: frozenset[str], told: frozenset[str]) -> bool:
    """Whether what a post is known by does not speak against how it is called: of another party, or no more held."""
    former = {"former", "then", "onetime"}
    if known & former and not told & former:
        return False
    parties = [{w.lower().replace("democratic", "democrat") for w in some} & words("parties") for some in (known, told)]
    if parties[0] and parties[1] and not parties[0] & parties[1]:
        return False
    places = [some & _state_words() for some in (known, told)]
    return not (places[0] and places[1]) or bool(places[0] & places[1])


@cache
def _state_words() -> frozenset[str]:
    states: dict[str, str] = rows("sources")["states"]
    return frozenset(word for state in states.values() for word in state.lower().split())


def _speaker_before(cast: Cast, speakers: dict[int, str], sentence: Sentence, post: str) -> str | None:
    """Who spoke right before, with nobody else named since, where what he or she is called fits."""
    last = next(reversed(speakers), -1)
    name = speakers.get(last)
    if not name or sentence.index - last > _LEANING:
        return None
    other = "he" if post in words("feminine") else "she" if post in words("masculine") else ""
    since = {cast.people[n.person].name for i in range(last + 1, sentence.index) for n in cast.in_sentence(i)}
    fits = all(p.gender != other for p in cast.people if p.name == name)
    return name if fits and since <= {name} else None


@cache
def _leanings() -> frozenset[str]:
    """Words that tell of a person where he or she stands, or which of a kind: the post is named without them before."""
    parties = words("parties")
    told = (*parties, *words("some_of"), "democratic", "former")
    return frozenset(told)
