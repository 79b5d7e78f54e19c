"""Who is who in one article: full names, surnames, posts and pronouns made to meet. It knows nobody beforehand.

In: a :class:`Reading`. Out: a :class:`Cast` that turns "Brook", "the minister" or "she" into the name printed in full
elsewhere in the article, or into None. It gives no name where two would fit: never a wrong name.
Known to fail: two people of one surname; a person who is only ever named by a post; nicknames.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..language.names import fold, name_words
from ..language.rows import rows
from .bearers import full_names
from .kinds import words
from .namings import is_title, name_ranges, printed_name
from .reading import Reading, Sentence
from .surnames import label_votes, titles

_PAST = frozenset(("former", "ex", "onetime", "then"))
"""Words by which a post is no longer held: "the president" is not "former President Brook"."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the article: the fullest printed name without titles, posts with their describing words, and
    whether he or she, as far as a title or the given name tells."""

    name: str
    posts: frozenset[tuple[str, frozenset[str]]]
    gender: str | None
    first: int = 0
    """The sentence in which he or she is first named."""
    often: bool = True
    """Whether more than one sentence names him or her."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One mention of a person: sentence, first and last token, and whom it names (index into ``Cast.people``)."""

    sentence: int
    first: int
    last: int
    person: int


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one article and where they are named."""

    people: tuple[Person, ...]
    namings: tuple[Naming, ...]
    bodies: frozenset[str] = frozenset()
    """Names of one word, folded, that are said to be a body's."""
    statesman: str | None = None
    """Of the heads of state and government whose surname the article names, the one whom it is about: he or she is "the
    president" where it never says so with the name."""

    def in_sentence(self, sentence: int) -> tuple[Naming, ...]:
        """Every naming in a sentence, in order."""
        low = bisect_left(self.namings, sentence, key=lambda n: n.sentence)
        high = bisect_right(self.namings, sentence, key=lambda n: n.sentence)
        return self.namings[low:high]

    def by_post(self, post: str, describing: frozenset[str], sentence: int) -> Person | None:
        """The one person who holds a post ("president", {"venezuelan"}) as it stands in a sentence; None where none or
        several fit. Whom an article names only later, and only once, nobody can mean yet."""
        other = "he" if post in words("feminine") else "she" if post in words("masculine") else ""
        fits = [(p, d) for p in self.people for n, d in p.posts if n == post and describing <= d and p.gender != other]
        fits = [(p, d) for p, d in fits if not d & _PAST - describing and (p.often or p.first <= sentence)]
        exact = [(p, d) for p, d in fits if d == describing]
        for some in (exact, fits):
            names = {p.name for p, _ in some}
            if len(names) == 1:
                return some[0][0]
            if names:
                return None
        return None


def gather_cast(reading: Reading) -> Cast:
    """Read all people of an article. Two passes: names first, then posts."""
    votes, surnames, bodies = label_votes(reading)
    spans = [(s.index, first, last) for s in reading.sentences for first, last in name_ranges(s, votes, surnames)]
    printed = [printed_name(reading.sentences[s], first, last) for s, first, last in spans]
    aside = [_names_in_passing(reading.sentences[s], last) for s, _, last in spans]
    titled = [first > 0 and is_title(reading.sentences[s].token(first - 1).text) for s, first, _ in spans]
    full = full_names(printed, [i for i, passing in enumerate(aside) if not passing], titled)
    order = {name: i for i, name in enumerate(dict.fromkeys(full.values()))}
    namings = tuple(
        Naming(s, first, last, order[full[w]]) for (s, first, last), w in zip(spans, printed, strict=True) if w in full
    )
    posts: list[set[tuple[str, frozenset[str]]]] = [set() for _ in order]
    genders: list[Counter[str]] = [Counter() for _ in order]
    for naming in namings:
        sentence = reading.sentences[naming.sentence]
        found, gender = _posts(sentence, naming)
        posts[naming.person] |= found
        if gender:
            genders[naming.person][gender] += 1
    where: list[list[int]] = [[] for _ in order]
    for naming in namings:
        where[naming.person].append(naming.sentence)
    people = tuple(
        Person(
            name,
            frozenset(posts[i]),
            next(iter(genders[i])) if len(genders[i]) == 1 else _given_gender(name),
            where[i][0],
            where[i][-1] > where[i][0],
        )
        for name, i in order.items()
    )
    return Cast(people, namings, bodies, _statesman(people, [len(w) for w in where]))


def _statesman(people: Sequence[Person], times: Sequence[int]) -> str | None:
    """The head of state or government who is named twice as often as any other, and is not called a former one."""
    known = [
        (-often, person.name)
        for person, often in zip(people, times, strict=True)
        if name_words(person.name)[-1:] and name_words(person.name)[-1] in words("statesmen")
        and not any(describing & _PAST for _, describing in person.posts)
    ]  # fmt: skip
    known.sort()
    return known[0][1] if known and (len(known) == 1 or -known[0][0] >= -2 * known[1][0]) else None


def _given_gender(name: str) -> str | None:
    """He or she, where the given name tells."""
    names = name_words(name)
    if names and names[0] in _given("feminine"):
        return "she"
    return "he" if len(names) > 1 and names[0] in _given("masculine") else None  # "Graham" alone is a surname


@cache
def _given(gender: str) -> frozenset[str]:
    return frozenset(rows("names")[f"{gender}_given"])


def _names_in_passing(sentence: Sentence, last: int) -> bool:
    """Whether a name only describes something else ("the Brook administration")."""
    token = sentence.token(last)
    return token.dep in ("compound", "nmod", "amod") and sentence.token(token.head).pos != "PROPN"


def _posts(sentence: Sentence, naming: Naming) -> tuple[set[tuple[str, frozenset[str]]], str | None]:
    """The posts named right at a name ("Minister Ilana Brook"; "Ilana Brook, the finance minister"), and he or she."""
    found: set[tuple[str, frozenset[str]]] = set()
    gender = None
    i = naming.first - 1
    before: list[int] = []
    while (
        i >= 0
        and len(before) < 6
        and sentence.token(i).pos in ("NOUN", "PROPN", "ADJ", "ADP")
        and _is_joined(sentence, i)
    ):
        before.append(i)
        i -= 1
    for i in before:
        word = fold(sentence.token(i).text).rstrip(".")
        if word in words("masculine"):
            gender = "he"
        elif word in words("feminine"):
            gender = "she"
        post = sentence.token(i).lemma.rstrip(".")
        again = _also_called().get(post.lower(), ())
        if post in words("titles") or again:
            rest = frozenset(_describing(sentence, [j for j in before if j != i]))
            found.update((called, rest) for called in (post, *again))
            break
    name = sentence.token(naming.last)
    noun = sentence.token(name.head)
    if name.dep == "appos" and noun.lemma.lower() in words("titles") and noun.i < naming.first:
        beside = [j for j in sentence.subtree(noun.i) if j < naming.first - 1 and j != noun.i]
        found.add((noun.lemma.lower(), frozenset(_describing(sentence, beside[:8]))))  # "The mayor, Ilana Brook, ..."
    for child in sentence.children(naming.last, "appos"):
        if child.lemma.lower() in words("titles"):
            inside = [j for j in sentence.subtree(child.i) if j != child.i]
            found.add((child.lemma.lower(), frozenset(_describing(sentence, inside[:8]))))
        word = fold(child.text)
        gender = "he" if word in words("masculine") else "she" if word in words("feminine") else gender
    return found | _seat(sentence, naming.last, found), gender


_SEAT = re.compile(r"(?: ?\(|, ?)([RDI])-([A-Z][A-Za-z.]{1,7}|[NSW]\. ?[A-Z]\w{1,6}\.?)[),]")
_PARTY = {"R": "republican", "D": "democrat", "I": "independent"}
_MEMBERS = ("senator", "representative", "congressman", "congresswoman", "lawmaker")


def _seat(sentence: Sentence, last: int, posts: set[tuple[str, frozenset[str]]]) -> set[tuple[str, frozenset[str]]]:
    """The party and state printed after a name ("Sen. Ilana Brook (R-Ky.)"): she is "the Kentucky Republican"."""
    after = _SEAT.match(sentence.parse.text, sentence.token(last).end)
    states: dict[str, str] = rows("sources")["states"]
    state = states.get(after[2].replace(".", "").replace(" ", "").lower()) if after else None
    if after is None or state is None:
        return set()
    of = frozenset(state.lower().split())
    return {(_PARTY[after[1]], of), *((post, of) for post, _ in posts if post in _MEMBERS)}


@cache
def _also_called() -> dict[str, list[str]]:
    """What the holder of a post is called, too, by the post as it is printed before a name."""
    return rows("sources")["also_called"]  # type: ignore[no-any-return]


def _is_joined(sentence: Sentence, i: int) -> bool:
    token = sentence.token(i)
    return token.dep in ("compound", "amod", "nmod", "prep", "pobj", "appos", "nsubj", "poss") and (
        token.pos != "ADP" or token.lemma == "of"
    )


def _describing(sentence: Sentence, indexes: list[int]) -> Iterator[str]:
    skip = titles() - {"vice", "prime", "deputy", "attorney", "us", *_PAST} | {
        "current",
        "longtime",
        "incumbent",
        "new",
        "of",
    }
    for j in indexes:
        token = sentence.token(j)
        if token.pos in ("ADJ", "PROPN", "NOUN") and fold(token.text).rstrip(".") not in skip:
            yield token.lemma.replace(".", "")
