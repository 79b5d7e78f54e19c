"""Where an article names a person: the tokens of each name, without titles and posts.

In: a sentence, and what :mod:`surnames` found. Out: token ranges in order, and a name as it is printed.
Known to fail: a name that the tagger cuts in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language.names import fold, name_suffix
from .kinds import is_explained_body, words
from .reading import Sentence
from .surnames import entity_ranges, given_names, goes_on, is_heading, is_name_shaped, is_owner_name, titles


def name_ranges(sentence: Sentence, votes: dict[str, str], surnames: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Token ranges that name a person, without titles, in order."""
    if is_heading(sentence):
        return iter(())
    found = [pair for pair in _tagged_names(sentence, votes) if not _is_thing(sentence, *pair)]
    covered = {i for first, last in found for i in range(first, last + 1)}
    for token in sentence.parse.tokens:
        proper = token.text[:1].isupper() and (token.pos in ("PROPN", "NOUN") or _is_misread(sentence, token.i))
        known = proper and token.i not in covered and fold(token.text) in surnames
        if known and not _is_thing(sentence, token.i, token.i):
            found.append((_start(sentence, token.i, covered), token.i))
    return iter(sorted(found))


def _is_misread(sentence: Sentence, i: int) -> bool:
    """Whether the tagger knows a name, but not that it is a noun ("Brook, in a speech on Monday, ..." as a cry)."""
    token = sentence.token(i)
    if token.pos == "VERB":
        return token.dep in ("nsubj", "nsubjpass", "pobj", "dobj", "poss")
    return token.pos in ("INTJ", "X", "ADV", "ADJ") and token.ent in ("PERSON", "ORG", "GPE", "NORP", "PRODUCT")


def _start(sentence: Sentence, last: int, covered: set[int]) -> int:
    """Where the name starts of which the tagger knows the surname alone: at the given names right before it, unless
    what stands there is a longer pile of names ("the Velda Harbour Board’s Brook")."""
    first = last
    if sentence.token(last).dep in ("compound", "nmod", "amod"):
        return last
    while first > 0 and first - 1 not in covered and _goes_before(sentence, first - 1, last):
        first -= 1
    return first if last - first <= 2 else last


def _goes_before(sentence: Sentence, i: int, last: int) -> bool:
    token = sentence.token(i)
    if token.pos != "PROPN" or token.dep != "compound" or token.head != last:
        return False
    if not is_name_shaped(token.text) or is_title(token.text):
        return False
    if token.ent not in ("", "ORG", "PERSON") and not (token.ent == "GPE" and fold(token.text) in given_names()):
        return False
    return not any(
        token.lemma.lower() in words(n) for n in ("person", "body", "occupation", "titles", "newsroom_endings")
    )


def _lacks_given(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the tagger left out the given name ("Omarosa [Brook Reed]"): the word before, which is no entity."""
    before = sentence.token(first - 1)
    known = fold(sentence.token(first).text) in given_names()
    return not known and not before.ent and len(before.text) > 2 and _goes_before(sentence, first - 1, last)


def _is_thing(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a name stands under an article ("the Gazette", "The Velda Ledger") or before a number ("Number 10"):
    people's names do not."""
    if first == last and any(c.tag == "CD" and c.i > last for c in sentence.children(last, "nummod")):
        return True
    if fold(sentence.token(last).text) in words("never_surnames"):
        return True  # "Pier Guild President and CEO Ilana Brook"
    if (first == last and fold(sentence.token(last).text) in words("companies")) or is_explained_body(sentence, last):
        return True
    before = sentence.token(first).text if first < last else sentence.token(first - 1).text if first else ""
    if first and sentence.token(first - 1).text.lower() == "the":
        before = "the"
    newsroom = fold(sentence.token(last).text) in words("sure_newsroom_endings")
    if newsroom and (first == last or fold(sentence.token(first).text) not in given_names()):
        return True  # "a Velda Herald report"
    alone = first == last and sentence.token(last).tag == "NNP" and sentence.token(last).dep not in ("compound", "nmod")
    return before.lower() == "the" and (newsroom or alone)


def _tagged_names(sentence: Sentence, votes: dict[str, str]) -> Iterator[tuple[int, int]]:
    taken = -1
    for first, last in entity_ranges(sentence):
        label = sentence.token(last).ent
        vote = votes.get(fold(sentence.token(last).text), label)
        if vote != "PERSON" or label not in ("PERSON", "ORG", "GPE", "NORP", "FAC", "PRODUCT", "LOC", "WORK_OF_ART"):
            continue
        if label != "PERSON" and last > first and sentence.token(first).tag not in ("NNP", "NNPS"):
            continue
        if is_owner_name(sentence, first, last) or any(c.isdigit() for c in sentence.token(last).text):
            continue
        if first == last and label != "PERSON":
            first = _start(sentence, last, set())
        while first < last and not _is_name_word(sentence.token(first).text):
            first += 1
        while first < last and is_title(sentence.token(first).text):
            first += 1
        while first < last - 1 and sentence.token(first).tag == "JJ":
            first += 1  # "including American Emil Brook"
        commas = [i for i in range(first, last) if sentence.token(i).text == ","]
        if commas and not name_suffix(sentence.token(last).text):
            first = commas[-1] + 1  # "with Politico, Brook"
        last = _before_run(sentence, first, last)
        first = _after_post(sentence, first, last)
        if 0 < first < last and label == "PERSON" and _lacks_given(sentence, first, last):
            first -= 1
        while goes_on(sentence, last):
            last += 1
        if last + 1 < len(sentence.parse.tokens) and name_suffix(sentence.token(last + 1).text):
            last += 1
        ends = sentence.token(last).text[:1].isupper() or _ends_hyphened(sentence, first, last)
        if first > taken and ends and sentence.token(last).pos in ("PROPN", "NOUN"):
            taken = last
            yield first, last


_RUN = 7
"""Tokens after a name within which a name that a page ran into the next word stands."""


def _before_run(sentence: Sentence, first: int, last: int) -> int:
    """Where a name ends of which a page prints the full form right after it, run into what follows ("Oren Vash Oren
    (Ory) Pavel VashCouncil meets ...")."""
    tokens = sentence.parse.tokens
    for after in tokens[first + 1 : last + 1 + _RUN]:
        for i in range(first, min(last + 1, after.i)):
            name = tokens[i].text
            joined = len(after.text) > len(name) > 2 and after.text.startswith(name)
            if joined and name.istitle() and after.text[len(name)].isupper():
                return i
    return last


def is_title(word: str) -> bool:
    return fold(word).rstrip(".") in titles() | words("bearing")


def _after_post(sentence: Sentence, first: int, last: int) -> int:
    """Where the name starts after a post that the tagger took for its part ("Velda Mayor Ilana Brook", "MEC Brook")."""
    parts = [sentence.token(i).text for i in range(first, last + 1)]
    short = 2 < len(parts[0]) < 5 and parts[0].isupper() and 1 < len(parts) < 4
    if short and all(w.isalpha() for w in parts) and parts[-1].istitle():
        return first + 1
    bearing = words("bearing") | words("printed_posts")
    posts = [i for i in range(first, last) if fold(sentence.token(i).text).rstrip(".") in bearing]
    return posts[-1] + 1 if posts and not name_suffix(parts[posts[-1] + 1 - first]) else first


def _ends_hyphened(sentence: Sentence, first: int, last: int) -> bool:
    """ "Lee Min-ho": a name whose last word is small after a hyphen."""
    return last - first >= 2 and sentence.token(last - 1).text == "-" and sentence.token(last - 2).text[:1].isupper()


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() or fold(word) in words("name_particles")


def printed_name(sentence: Sentence, first: int, last: int) -> str:
    phrase = sentence.parse.text[sentence.token(first).start : sentence.token(last).end]
    bare = re.sub(r"\s+", " ", phrase).strip(" ,.\"“”'’")
    return f"{bare}." if name_suffix(bare) and phrase.endswith(".") else bare or phrase
