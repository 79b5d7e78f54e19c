"""Which words of an article are people's surnames, whatever the tagger says of one mention.

In: a :class:`Reading`. Out: the label that most mentions of a word carry, and the last words of people's names: those
that follow a title or stand beside what somebody is, or that the tagger mostly takes for a person's.
Known to fail: a person whom the tagger never sees as one and whom nothing beside the name tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ..language.names import fold
from ..language.rows import rows
from .kinds import words
from .reading import Reading, Sentence


def label_votes(reading: Reading) -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """The entity label that most mentions of a last word carry, so that one slip of the tagger does not count; and the
    last words of people named in full; and names of one word that are said to be a body's."""
    counts: dict[str, Counter[str]] = {}
    full: set[str] = set()
    titled: set[str] = set()
    long: set[str] = set()
    alone: set[str] = set()
    introduced: set[str] = set()
    bodies: set[str] = set()
    named: set[str] = set()
    opening: set[str] = set()
    for sentence in reading.sentences:
        if is_heading(sentence):
            continue
        for first, end in entity_ranges(sentence):
            last = end
            while sentence.token(first).ent == "PERSON" and goes_on(sentence, last):
                last += 1
            last += _opens_name(sentence, first, last)
            key = fold(sentence.token(last).text)
            if first < last and sentence.token(first).ent == "PERSON" and not is_owner_name(sentence, first, last):
                full.add(key)
                if sentence.token(first).text[:1].isupper():
                    named.add(key)
                if last - first >= 3 and sentence.token(last - 1).text == "-" and sentence.token(last).text.islower():
                    titled.add(fold(sentence.token(first).text))  # "Ri Yong-ho", then "Ri"
                if key not in counts and fold(sentence.token(first).text) in given_names():
                    introduced.add(key)
            elif 1 <= last - first <= 2 and could_be_name(sentence, first, last):
                long.add(key)
                if _is_taken_up(sentence, first, last):
                    titled.add(key)
            elif first < last:
                opening.add(fold(sentence.token(first).text))
            counts.setdefault(key, Counter())[sentence.token(first).ent] += 1
        titled.update(_titled(sentence))
        titled.update(_in_apposition(sentence))
        titled.update(_after_occupation(sentence))
        titled.update(_with_age(sentence))
        alone.update(_lone_speakers(sentence))
        bodies.update(_said_bodies(sentence))
    votes = {key: min(c, key=lambda label: (-c[label], label != "PERSON", label)) for key, c in counts.items()}
    surnames = frozenset(key for key in full if counts[key]["PERSON"] * 4 >= counts[key].total())
    surnames |= {key for key in full & alone if _is_no_place(counts[key])}  # "Lena French", then "French said"
    surnames |= {key for key in counts.keys() & words("statesmen") if _is_no_place(counts[key])}
    surnames |= titled | (long & alone) | {key for key in introduced - opening if _is_no_place(counts[key])}
    bodies -= named
    surnames -= bodies
    votes.update((key, "PERSON") for key in surnames)
    votes.update((key, "ORG") for key in bodies)
    return votes, surnames, frozenset(bodies)


_HEADING = 120
"""Characters at most of a line in capitals that is a heading and not a text in capitals."""


def is_heading(sentence: Sentence) -> bool:
    """Whether a sentence is a line in capitals, of which no word can be told for a name."""
    text = sentence.parse.text
    return len(text) <= _HEADING and text.isupper() and " " in text and text[-1:] not in (".", "”", '"')


def _opens_name(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the tagger saw a place in a given name and nothing in the surname ("[Florence] Brook")."""
    token = sentence.token(first)
    if first < last or token.ent != "GPE" or token.head != last + 1 or fold(token.text) not in given_names():
        return False
    after = sentence.token(last + 1)
    return after.pos == "PROPN" and not after.ent and is_name_shaped(after.text)


def _is_taken_up(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a given name opens a subject that "he" or "she" takes up right after ("Emil Brook said he would go")."""
    if sentence.token(last).dep != "nsubj" or fold(sentence.token(first).text) not in given_names():
        return False
    return any(t.text.lower() in ("he", "she", "his", "her") for t in sentence.parse.tokens[last + 1 : last + 9])


def _is_no_place(labels: Counter[str]) -> bool:
    """Whether a word that a person's full name brought in is not mostly a place's ("George Velda", then "Velda")."""
    return (labels["GPE"] + labels["LOC"]) * 2 <= labels.total()


def _titled(sentence: Sentence) -> Iterator[str]:
    """Names right after a title that only people bear ("Mr. Reed", "President Reed")."""
    tokens = sentence.parse.tokens
    for t in tokens[:-1]:
        if t.text[:1].isupper() and fold(t.text).rstrip(".") in words("bearing"):
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
            named = tokens[last].text[:1].isupper() and tokens[last].text.lower() not in words("body")
            if named and fold(tokens[last].text) not in titles():
                yield fold(tokens[last].text)


def _in_apposition(sentence: Sentence) -> Iterator[str]:
    """Names in full beside what somebody is ("the guide, Emil Brook"; "Emil Brook, a guide")."""
    for t in sentence.parse.tokens:
        if t.dep != "appos" or t.head >= t.i:
            continue
        noun, name = (sentence.token(t.head), t) if t.pos == "PROPN" else (t, sentence.token(t.head))
        if noun.pos not in ("NOUN", "PROPN") or name.pos not in ("PROPN", "NOUN") or name.ent == "PERSON":
            continue
        person = noun.lemma.lower() in words("person") or noun.lemma in words("occupation")
        first = sentence.parse.left[name.i]
        if person and noun.tag in ("NN", "NNP") and 1 <= name.i - first <= 2 and could_be_name(sentence, first, name.i):
            yield fold(name.text)


def _after_occupation(sentence: Sentence) -> Iterator[str]:
    """Names in full right after what somebody is ("the police officer Emil Brook")."""
    tokens = sentence.parse.tokens
    for t in tokens[:-2]:
        if t.pos != "NOUN" or t.tag != "NN" or t.dep not in ("compound", "nmod") or not 1 < t.head - t.i <= 3:
            continue
        known = t.lemma in words("person") or t.lemma in words("occupation")
        if not known or t.lemma in _not_before_names() or any(x.pos != "PROPN" for x in tokens[t.i + 1 : t.head + 1]):
            continue
        if could_be_name(sentence, t.i + 1, t.head):
            yield fold(tokens[t.head].text)


def _with_age(sentence: Sentence) -> Iterator[str]:
    """Names in full with an age after them ("Rigo Brook, 27, who ...")."""
    tokens = sentence.parse.tokens
    for t in tokens[2:-2]:
        if t.tag != "CD" or not (t.text.isdigit() and 9 < int(t.text[:3]) < 110) or len(t.text) > 3:
            continue
        if tokens[t.i - 1].text != "," or tokens[t.i + 1].text not in (",", ".") or tokens[t.i - 2].pos != "PROPN":
            continue
        last = t.i - 2
        if last and tokens[last - 1].pos == "PROPN" and could_be_name(sentence, last - 1, last):
            month = any(w.ent in ("DATE", "GPE", "LOC") for w in tokens[last - 1 : last + 1])
            if not month:
                yield fold(tokens[last].text)


@cache
def _not_before_names() -> frozenset[str]:
    """What a body can be, too ("market leader Velda Foods")."""
    return frozenset(
        ("owner", "leader", "rival", "host", "partner", "champion", "winner", "maker", "provider", "chief")
    )


def could_be_name(sentence: Sentence, first: int, last: int) -> bool:
    """Two or three capitalised words without an article, none of which is a word for a body."""
    tokens = sentence.parse.tokens[first : last + 1]
    if any(not is_name_shaped(t.text) or t.lemma.lower() in words("body") for t in tokens):
        return False
    return not sentence.children(last, "det") and tokens[-1].lemma not in words("newsroom_endings")


def is_name_shaped(word: str) -> bool:
    """Whether a word is written as names are ("Brook", "O’Connell", "McVay")."""
    letters = word.replace("’", "").replace("'", "")
    return letters[:1].isupper() and letters.isalpha() and letters[-1:].islower() and not letters[1:2].isdigit()


_OF_COMPANIES = frozenset(("inc", "corp", "ltd", "llc", "plc", "co", "gmbh", "corporation", "incorporated"))


def _said_bodies(sentence: Sentence) -> Iterator[str]:
    """Single names that are said to be a body's ("the charity Reprieve", "Wayfair Inc")."""
    tokens = sentence.parse.tokens
    for before, after in pairwise(tokens):
        if after.pos == "PROPN" and before.text.islower() and before.lemma in words("bodies_by_name"):
            alone = after.i + 1 >= len(tokens) or tokens[after.i + 1].pos != "PROPN"
            joined = before.dep in ("compound", "nmod") and before.head == after.i
            if alone and before.tag == "NN" and (joined or (after.dep == "appos" and after.head == before.i)):
                yield fold(after.text)
        elif before.pos == "PROPN" and fold(after.text).rstrip(".") in _OF_COMPANIES:
            alone = before.i == 0 or tokens[before.i - 1].pos != "PROPN"
            if alone and before.text.istitle():
                yield fold(before.text)


def _lone_speakers(sentence: Sentence) -> Iterator[str]:
    """Single capitalised words that speak ("Brook said"): so a surname is used, but not the end of a company's name."""
    for t in sentence.parse.tokens:
        alone = t.dep == "nsubj" and not sentence.parse.children[t.i]
        if alone and t.text.istitle() and sentence.token(t.head).lemma in words("naming_verbs"):
            yield fold(t.text)


def entity_ranges(sentence: Sentence) -> Iterator[tuple[int, int]]:
    first = None
    tokens = sentence.parse.tokens
    for t in (*tokens, None):
        if first is not None and (t is None or not t.ent or t.ent_start):
            yield first, _trim_end(sentence, first, (len(tokens) if t is None else t.i) - 1)
            first = None
        if t is not None and t.ent and first is None:
            first = t.i


def is_owner_name(sentence: Sentence, first: int, last: int) -> bool:
    """ "Emil's Hardware": no person's name."""
    return any(sentence.token(i).tag == "POS" for i in range(first, last))


def _trim_end(sentence: Sentence, first: int, last: int) -> int:
    while last > first and (sentence.token(last).tag == "POS" or not sentence.token(last).text[-1:].isalnum()):
        last -= 1
    return last


def goes_on(sentence: Sentence, last: int) -> bool:
    """Whether the next word is the rest of the name, though the tagger took it for a common noun."""
    token = sentence.token(last)
    if last + 1 >= len(sentence.parse.tokens) or token.head != last + 1 or token.dep not in ("compound", "nmod"):
        return False
    following = sentence.token(last + 1)
    return following.text[:1].isupper() and following.text[1:].islower() and following.ent in ("", "PERSON", "ORG")


@cache
def given_names() -> frozenset[str]:
    """Given names, whoever bears them."""
    names = rows("names")
    return frozenset((*names["masculine_given"], *names["feminine_given"], *names["either_given"]))


@cache
def titles() -> frozenset[str]:
    return frozenset(rows("names")["titles"])
