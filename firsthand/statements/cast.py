"""Who is who in one article: full names, surnames, posts and pronouns made to meet. It knows nobody beforehand.

In: a :class:`Reading`. Out: a :class:`Cast` that turns "Brook", "the minister" or "she" into the name printed in full
elsewhere in the article, or into None. It gives no name where two would fit: never a wrong name.
Known to fail: two people of one surname; a person who is only ever named by a post; nicknames.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..language.names import fold, name_suffix, name_words
from ..language.rows import rows
from .bearers import full_names
from .reading import Reading, Sentence


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the article: the fullest printed name without titles, posts with their describing words, and
    whether he or she, as far as a title or the given name tells."""

    name: str
    posts: frozenset[tuple[str, frozenset[str]]]
    gender: str | None


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
    not_people: frozenset[str]

    def in_sentence(self, sentence: int) -> tuple[Naming, ...]:
        """Every naming in a sentence, in order."""
        low = bisect_left(self.namings, sentence, key=lambda n: n.sentence)
        high = bisect_right(self.namings, sentence, key=lambda n: n.sentence)
        return self.namings[low:high]

    def by_post(self, post: str, describing: frozenset[str]) -> Person | None:
        """The one person who holds a post ("president", {"venezuelan"}); None where none or several fit."""
        fits = [(p, d) for p in self.people for n, d in p.posts if n == post and describing <= d]
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
    votes, surnames = _label_votes(reading)
    spans = [(s.index, first, last) for s in reading.sentences for first, last in _name_ranges(s, votes, surnames)]
    words = [_printed(reading.sentences[s], first, last) for s, first, last in spans]
    aside = [_names_in_passing(reading.sentences[s], last) for s, _, last in spans]
    titled = [first > 0 and _is_title(reading.sentences[s].token(first - 1).text) for s, first, _ in spans]
    full = full_names(words, [i for i, passing in enumerate(aside) if not passing], titled)
    order = {name: i for i, name in enumerate(dict.fromkeys(full.values()))}
    namings = tuple(
        Naming(s, first, last, order[full[w]]) for (s, first, last), w in zip(spans, words, strict=True) if w in full
    )
    posts: list[set[tuple[str, frozenset[str]]]] = [set() for _ in order]
    genders: list[Counter[str]] = [Counter() for _ in order]
    for naming in namings:
        sentence = reading.sentences[naming.sentence]
        found, gender = _posts(sentence, naming)
        posts[naming.person] |= found
        if gender:
            genders[naming.person][gender] += 1
    people = tuple(
        Person(name, frozenset(posts[i]), next(iter(genders[i])) if len(genders[i]) == 1 else _given_gender(name))
        for name, i in order.items()
    )
    return Cast(people, namings, frozenset(w for w, label in votes.items() if label != "PERSON"))


def _given_gender(name: str) -> str | None:
    """He or she, where the given name tells."""
    words = name_words(name)
    if words and words[0] in _given("feminine"):
        return "she"
    return "he" if len(words) > 1 and words[0] in _given("masculine") else None  # "Graham" alone is a surname


@cache
def _given(gender: str) -> frozenset[str]:
    return frozenset(rows("names")[f"{gender}_given"])


def _label_votes(reading: Reading) -> tuple[dict[str, str], frozenset[str]]:
    """The entity label that most mentions of a last word carry, so that one slip of the tagger does not count; and the
    last words of people named in full."""
    counts: dict[str, Counter[str]] = {}
    full: set[str] = set()
    titled: set[str] = set()
    long: set[str] = set()
    alone: set[str] = set()
    for sentence in reading.sentences:
        for first, end in _entity_ranges(sentence):
            last = end
            while sentence.token(first).ent == "PERSON" and _goes_on(sentence, last):
                last += 1
            key = fold(sentence.token(last).text)
            if first < last and sentence.token(first).ent == "PERSON" and not _owns(sentence, first, last):
                full.add(key)
            elif 1 <= last - first <= 2 and _could_be_name(sentence, first, last):
                long.add(key)
            counts.setdefault(key, Counter())[sentence.token(first).ent] += 1
        titled.update(_titled(sentence))
        titled.update(_in_apposition(sentence))
        titled.update(_after_occupation(sentence))
        alone.update(_lone_speakers(sentence))
    votes = {key: min(c, key=lambda label: (-c[label], label != "PERSON", label)) for key, c in counts.items()}
    surnames = frozenset(key for key in full if counts[key]["PERSON"] * 4 >= counts[key].total())
    surnames |= titled | (long & alone)
    votes.update((key, "PERSON") for key in surnames)
    return votes, surnames


def _titled(sentence: Sentence) -> Iterator[str]:
    """Names right after a title that only people bear ("Mr. Reed", "President Reed")."""
    tokens = sentence.parse.tokens
    for t in tokens[:-1]:
        if t.text[:1].isupper() and fold(t.text).rstrip(".") in _source_words("bearing"):
            last = t.i + 1
            if (
                tokens[last].pos != "PROPN"
                or tokens[last].ent in ("GPE", "NORP")
                or not tokens[last].text[:1].isupper()
            ):
                continue
            while (
                last + 1 < len(tokens)
                and tokens[last + 1].pos == "PROPN"
                and (tokens[last + 1].head in (last, tokens[last].head) or tokens[last].head == last + 1)
            ):
                last += 1
            named = tokens[last].text[:1].isupper() and tokens[last].text.lower() not in _source_words("body")
            if named and fold(tokens[last].text) not in _titles():
                yield fold(tokens[last].text)


def _in_apposition(sentence: Sentence) -> Iterator[str]:
    """Names in full beside what somebody is ("the guide, Emil Brook"; "Emil Brook, a guide")."""
    for t in sentence.parse.tokens:
        if t.dep != "appos" or t.head >= t.i:
            continue
        noun, name = (sentence.token(t.head), t) if t.pos == "PROPN" else (t, sentence.token(t.head))
        if noun.pos != "NOUN" or name.pos != "PROPN" or name.ent == "PERSON":
            continue
        person = noun.lemma in _source_words("person") or noun.lemma in _source_words("occupation")
        first = sentence.parse.left[name.i]
        if person and noun.tag == "NN" and 1 <= name.i - first <= 2 and _could_be_name(sentence, first, name.i):
            yield fold(name.text)


def _after_occupation(sentence: Sentence) -> Iterator[str]:
    """Names in full right after what somebody is ("the police officer Emil Brook")."""
    tokens = sentence.parse.tokens
    for t in tokens[:-2]:
        if t.pos != "NOUN" or t.tag != "NN" or t.dep not in ("compound", "nmod") or not 1 < t.head - t.i <= 3:
            continue
        known = t.lemma in _source_words("person") or t.lemma in _source_words("occupation")
        if not known or t.lemma in _not_before_names() or any(x.pos != "PROPN" for x in tokens[t.i + 1 : t.head + 1]):
            continue
        if _could_be_name(sentence, t.i + 1, t.head):
            yield fold(tokens[t.head].text)


@cache
def _not_before_names() -> frozenset[str]:
    """What a body can be, too ("market leader Velda Foods")."""
    return frozenset(
        ("owner", "leader", "rival", "host", "partner", "champion", "winner", "maker", "provider", "chief")
    )


def _could_be_name(sentence: Sentence, first: int, last: int) -> bool:
    """Two or three capitalised words without an article, none of which is a word for a body."""
    tokens = sentence.parse.tokens[first : last + 1]
    if any(not t.text[:1].isupper() or not t.text[1:].islower() or t.lemma in _source_words("body") for t in tokens):
        return False
    return not sentence.children(last, "det") and tokens[-1].lemma not in _source_words("newsroom_endings")


def _lone_speakers(sentence: Sentence) -> Iterator[str]:
    """Single capitalised words that speak ("Brook said"): so a surname is used, but not the end of a company's name."""
    for t in sentence.parse.tokens:
        alone = t.dep == "nsubj" and not sentence.parse.children[t.i]
        if alone and t.text.istitle() and sentence.token(t.head).lemma in _source_words("naming_verbs"):
            yield fold(t.text)


def _entity_ranges(sentence: Sentence) -> Iterator[tuple[int, int]]:
    first = None
    tokens = sentence.parse.tokens
    for t in (*tokens, None):
        if first is not None and (t is None or not t.ent or t.ent_start):
            yield first, _trim_end(sentence, first, (len(tokens) if t is None else t.i) - 1)
            first = None
        if t is not None and t.ent and first is None:
            first = t.i


def _owns(sentence: Sentence, first: int, last: int) -> bool:
    """ "Emil's Hardware": no person's name."""
    return any(sentence.token(i).tag == "POS" for i in range(first, last))


def _trim_end(sentence: Sentence, first: int, last: int) -> int:
    while last > first and (sentence.token(last).tag == "POS" or not sentence.token(last).text[-1:].isalnum()):
        last -= 1
    return last


def _name_ranges(sentence: Sentence, votes: dict[str, str], surnames: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Token ranges that name a person, without titles, in order."""
    found = [pair for pair in _tagged_names(sentence, votes) if not _is_thing(sentence, *pair)]
    covered = {i for first, last in found for i in range(first, last + 1)}
    for token in sentence.parse.tokens:
        proper = token.pos in ("PROPN", "NOUN") and token.text[:1].isupper()
        known = proper and token.i not in covered and fold(token.text) in surnames
        if known and not _is_thing(sentence, token.i, token.i):
            found.append((token.i, token.i))
    return iter(sorted(found))


def _is_thing(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a name stands under an article ("the Gazette", "The Velda Ledger"): people's names do not."""
    before = sentence.token(first).text if first < last else sentence.token(first - 1).text if first else ""
    if first and sentence.token(first - 1).text.lower() == "the":
        before = "the"
    newsroom = fold(sentence.token(last).text) in _source_words("sure_newsroom_endings")
    alone = first == last and sentence.token(last).tag == "NNP" and sentence.token(last).dep not in ("compound", "nmod")
    return before.lower() == "the" and (newsroom or alone)


def _tagged_names(sentence: Sentence, votes: dict[str, str]) -> Iterator[tuple[int, int]]:
    taken = -1
    for first, last in _entity_ranges(sentence):
        label = sentence.token(last).ent
        vote = votes.get(fold(sentence.token(last).text), label)
        if vote != "PERSON" or label not in ("PERSON", "ORG", "GPE", "NORP", "FAC", "PRODUCT", "LOC", "WORK_OF_ART"):
            continue
        if label != "PERSON" and last > first and sentence.token(first).tag not in ("NNP", "NNPS"):
            continue
        if _owns(sentence, first, last):
            continue
        while first < last and not _is_name_word(sentence.token(first).text):
            first += 1
        while first < last and _is_title(sentence.token(first).text):
            first += 1
        first = _after_post(sentence, first, last)
        while _goes_on(sentence, last):
            last += 1
        if last + 1 < len(sentence.parse.tokens) and name_suffix(sentence.token(last + 1).text):
            last += 1
        ends = sentence.token(last).text[:1].isupper() or _ends_hyphened(sentence, first, last)
        if first > taken and ends and sentence.token(last).pos in ("PROPN", "NOUN"):
            taken = last
            yield first, last


def _is_title(word: str) -> bool:
    return fold(word).rstrip(".") in _titles() | _source_words("bearing")


def _after_post(sentence: Sentence, first: int, last: int) -> int:
    """Where the name starts after a post that the tagger took for its part ("Velda Mayor Ilana Brook", "MEC Brook")."""
    words = [sentence.token(i).text for i in range(first, last + 1)]
    short = 2 < len(words[0]) < 5 and words[0].isupper() and 1 < len(words) < 4
    if short and all(w.isalpha() for w in words) and words[-1].istitle():
        return first + 1
    posts = [i for i in range(first, last) if fold(sentence.token(i).text).rstrip(".") in _source_words("bearing")]
    return posts[-1] + 1 if posts and not name_suffix(words[posts[-1] + 1 - first]) else first


def _names_in_passing(sentence: Sentence, last: int) -> bool:
    """Whether a name only describes something else ("the Brook administration")."""
    token = sentence.token(last)
    return token.dep in ("compound", "nmod", "amod") and sentence.token(token.head).pos != "PROPN"


def _ends_hyphened(sentence: Sentence, first: int, last: int) -> bool:
    """ "Lee Min-ho": a name whose last word is small after a hyphen."""
    return last - first >= 2 and sentence.token(last - 1).text == "-" and sentence.token(last - 2).text[:1].isupper()


def _goes_on(sentence: Sentence, last: int) -> bool:
    """Whether the next word is the rest of the name, though the tagger took it for a common noun."""
    token = sentence.token(last)
    if last + 1 >= len(sentence.parse.tokens) or token.head != last + 1 or token.dep not in ("compound", "nmod"):
        return False
    following = sentence.token(last + 1)
    return following.text[:1].isupper() and following.text[1:].islower() and following.ent in ("", "PERSON", "ORG")


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() or fold(word) in _source_words("name_particles")


@cache
def _titles() -> frozenset[str]:
    return frozenset(rows("names")["titles"])


@cache
def _source_words(name: str) -> frozenset[str]:
    return frozenset(rows("sources")[name])


def _printed(sentence: Sentence, first: int, last: int) -> str:
    words = sentence.parse.text[sentence.token(first).start : sentence.token(last).end]
    bare = re.sub(r"\s+", " ", words).strip(" ,.\"“”'’")
    return f"{bare}." if name_suffix(bare) and words.endswith(".") else bare or words


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
        if word in _source_words("masculine"):
            gender = "he"
        elif word in _source_words("feminine"):
            gender = "she"
        if sentence.token(i).lemma.rstrip(".") in _source_words("titles"):
            rest = frozenset(_describing(sentence, [j for j in before if j != i]))
            found.add((sentence.token(i).lemma.rstrip("."), rest))
            break
    for child in sentence.children(naming.last, "appos"):
        if child.lemma in _source_words("titles"):
            inside = [j for j in sentence.subtree(child.i) if j != child.i]
            found.add((child.lemma, frozenset(_describing(sentence, inside[:8]))))
        word = fold(child.text)
        gender = "he" if word in _source_words("masculine") else "she" if word in _source_words("feminine") else gender
    return found, gender


def _is_joined(sentence: Sentence, i: int) -> bool:
    token = sentence.token(i)
    return token.dep in ("compound", "amod", "nmod", "prep", "pobj", "appos", "nsubj", "poss") and (
        token.pos != "ADP" or token.lemma == "of"
    )


def _describing(sentence: Sentence, indexes: list[int]) -> Iterator[str]:
    skip = _titles() - {"vice", "prime", "deputy", "attorney", "us"} | {"current", "longtime", "incumbent", "new", "of"}
    for j in indexes:
        token = sentence.token(j)
        if token.pos in ("ADJ", "PROPN", "NOUN") and fold(token.text).rstrip(".") not in skip:
            yield token.lemma.replace(".", "")
