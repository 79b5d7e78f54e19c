"""The person whom a source phrase names, at its head or beside it, and the link for him or her.

In: the :class:`Cast`, a sentence, a phrase's head and ends. Out: a :class:`Naming` or None; a person's :class:`Link`.
Known to fail: a phrase that names two people of whom the second spoke.
"""

from __future__ import annotations

from ..records import Link
from .cast import Cast, Naming
from .kinds import has_age, words
from .memory import Group, Memory
from .reading import Sentence
from .unnamed import description_of, without_day


def person_at(cast: Cast, sentence: Sentence, head: int, first: int, last: int) -> Naming | None:
    """The person whom a phrase names: its head, or what stands beside its head ("the minister, Ilana Brook")."""
    for naming in cast.in_sentence(sentence.index):
        if naming.first <= head <= naming.last:
            return naming
    for naming in cast.in_sentence(sentence.index):
        if head < naming.first and naming.last < last and has_age(sentence, naming.last):
            return naming  # "Fellow walker Oren Vash, 60, from Tarn Head, North Velmshire"
    for naming in cast.in_sentence(sentence.index):
        if head < naming.first <= last and _holds_posts(sentence, head, naming.first):
            return naming  # "Velda Mill President and CEO Oren Vash"
    for naming in cast.in_sentence(sentence.index):
        if naming.last == last and head < naming.first and _holds_post_of(sentence, head, naming.first):
            return naming  # "former Director of National Bridges Oren Vash"
    beside = [c for c in sentence.children(head, "appos") if first <= c.i <= last]
    for child in beside:
        for naming in cast.in_sentence(sentence.index):
            if naming.first <= child.i <= naming.last and naming.last <= last:
                return naming
    closing = [n for n in cast.in_sentence(sentence.index) if n.last == last and first < n.first and n.first > head]
    if closing and sentence.token(closing[0].first - 1).text == "," and not _listed(sentence, closing[0]):
        return closing[0]
    return None


def _holds_posts(sentence: Sentence, head: int, name: int) -> bool:
    """Whether only posts joined by "and" stand from a post up to a name."""
    between = sentence.parse.tokens[head:name]
    posts = [t for t in between if t.pos in ("NOUN", "PROPN") and t.lemma.lower() in words("titles")]
    joins = [t for t in between if t.pos == "CCONJ"]
    small = all(t.pos in ("NOUN", "PROPN", "CCONJ", "ADJ") and (t.pos != "CCONJ" or t.text == "and") for t in between)
    return len(posts) > 1 and len(joins) == 1 and small and between[-1] in posts and len(between) < 8


def _holds_post_of(sentence: Sentence, head: int, name: int) -> bool:
    """Whether a name stands right after what its bearer's post is of; not where the post is of the one named."""
    of, before = sentence.token(head + 1), sentence.token(name - 1)
    post = sentence.token(head).lemma.lower() in words("titles") and of.lemma == "of" and name - head > 2
    titled = before.lemma.lower().rstrip(".") in words("bearing")
    owner = before.pos != "PROPN" or before.ent in ("NORP", "GPE") or titled
    between = sentence.parse.tokens[head + 2 : name]
    return post and not owner and all(t.pos in ("PROPN", "DET", "ADJ", "CCONJ") for t in between)


def _listed(sentence: Sentence, naming: Naming) -> bool:
    return any(sentence.token(i).dep == "conj" for i in range(naming.first, naming.last + 1))


def person_link(memory: Memory, cast: Cast, sentence: Sentence, naming: Naming, first: int, last: int) -> Link:
    link = Link(
        "source",
        "person",
        cast.people[naming.person].name,
        description_of(sentence, *without_day(sentence, naming.last, first, last)),
        span=sentence.span_of(first, last),
    )
    if any(first <= n.last <= last and _stands_beside(sentence, n, naming) for n in cast.in_sentence(naming.sentence)):
        place = sentence.span.start + sentence.token(naming.last).start
        memory.groups.append(Group(sentence.index, naming.last, place, link))
    return link


def _stands_beside(sentence: Sentence, other: Naming, naming: Naming) -> bool:
    """Whether another person is named with this one ("Emil Brook, Carl Venn and Anna Reed")."""
    seen = other.last
    for above in sentence.above(other.last):
        if sentence.token(seen).dep not in ("conj", "appos"):
            return False
        if above == naming.last:
            return True
        seen = above
    return False
