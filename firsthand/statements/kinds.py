"""What kind of source a common noun is: a person in a post, people without a name, a body, a document.

In: a sentence and the head of a source phrase. Out: a kind, by the lists of ``sources.toml``, and the count as stated.
"""

from __future__ import annotations

import re
from functools import cache

from ..language.names import fold
from ..language.rows import rows
from ..records import SourceKind
from .reading import Sentence

DEFINITE = frozenset(("the", "these", "those", "both", "that", "this"))
"""Articles by which something named before is named again."""


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``sources.toml`` as a set."""
    return frozenset(rows("sources")[name])


def determiner(sentence: Sentence, head: int) -> str:
    found = sentence.children(head, "det", "predet")
    return found[0].text.lower() if found else ""


def has_age(sentence: Sentence, last: int) -> bool:
    """Whether an age stands after a name ("Oren Vash, 60, from Tarn Head, North Velmshire")."""
    after = [t.text for t in sentence.parse.tokens[last + 1 : last + 3]]
    return len(after) == 2 and after[0] == "," and after[1].isdigit() and len(after[1]) < 4


def telling_noun(sentence: Sentence, head: int) -> str:
    """For "one of the officials", "a group of people", "dozens of residents": the noun after "of"."""
    token = sentence.token(head)
    if token.pos in ("NUM", "PRON", "DET", "ADJ") or token.lemma in words("counting"):
        for prep in sentence.children(head, "prep"):
            for child in sentence.children(prep.i, "pobj"):
                if prep.lemma in ("of", "among"):
                    return child.lemma
    if token.pos != "PROPN" and not any(token.lemma in words(n) for n in ("person", "unnamed", "body", "document")):
        for child in sentence.children(head, "conj"):  # "a current and a former official"
            return child.lemma
    lemma = token.lemma.lower()
    singular = lemma[:-1] if token.tag == "NNPS" else lemma  # "Records show", where the tagger saw a name
    return singular if singular in words("document") else lemma


def kind_of(sentence: Sentence, head: int, noun: str, first: int, last: int) -> SourceKind:
    token = sentence.token(head)
    if token.pos == "PROPN" and any(c.i > head for c in sentence.children(head, "nummod")) and not token.ent:
        return "body"  # "Number 10"
    if token.ent == "DATE" and token.pos in ("PROPN", "NUM") and _has_number(sentence, head):
        return "unknown"  # "May 2, 1971: ..."
    plural = (
        token.tag in ("NNS", "NNPS")
        or noun == "people"
        or any(c.pos == "NUM" for c in sentence.children(head, "nummod"))
    )
    plural = plural or noun != token.lemma
    if _speaks_for_body(sentence, head, noun, plural, first):
        return "body"
    family = plural and noun in words("kin_together")
    if family and any(c.pos == "PROPN" for c in sentence.children(head, "compound", "nmod")):
        return "person"  # "the Brook brothers"
    if noun in words("always_unnamed") or (noun in words("unnamed") and plural):
        return "unnamed"
    counted = noun != token.lemma and (token.pos in ("NUM", "PRON", "DET") or token.lemma in words("counting"))
    if plural and (token.pos == "NOUN" or counted) and noun in words("person"):
        return "unnamed"
    if noun == "old" and any(t.text == "year" for t in sentence.parse.tokens[max(first, head - 2) : head]):
        return "person"  # "the 37-year-old"
    if token.tag == "NNPS" and noun.removesuffix("s") in words("parties") and _is_some(sentence, head, first):
        return "unnamed"  # "several Senate Republicans", "top Democrats"
    if token.pos == "PROPN" and first == head and fold(token.text) in words("companies"):
        return "body"
    if is_explained_body(sentence, head):
        return "body"
    institute = token.ent == "ORG" and noun in words("also_institutes") and head > first
    if token.pos == "PROPN" and (institute or noun not in words("document")):
        titled = noun in words("titles") and token.tag == "NNP" and determiner(sentence, head) == "the"
        if titled and token.ent not in ("PERSON", "FAC", "WORK_OF_ART"):
            return "person"  # "the Velda Democrat", "the Australian Prime Minister"
        if _is_called(sentence, head, first):
            return "body"
        if _is_he(sentence, head, first):
            return "person"
        if noun in words("person") and not any(sentence.token(i).pos == "PROPN" for i in range(first, head)):
            return "person"
        lone = first == head and not token.ent and token.text[1:].islower()
        owned = any(sentence.token(i).tag == "POS" and sentence.token(i).ent == "PERSON" for i in range(first, head))
        if ((token.ent == "PERSON" and not owned) or lone) and noun not in words("body"):
            return "person"
        return "body"
    if noun in words("occupation") and (token.pos == "NOUN" or counted):
        indefinite = determiner(sentence, head) in ("a", "an", "another") or first == head or counted
        modified = noun in words("body") and sentence.children(head, "compound", "amod", "nmod")  # "the coast guard"
        if indefinite or (noun not in words("person") and not modified):
            return "unnamed"
    if noun in words("outlets") and sentence.children(head, "appos"):
        return "body"
    for name in ("person", "body", "document", "unnamed"):
        if noun in words(name):
            return _as_kind(name)
    doer = noun.endswith(("er", "or", "ist", "ician", "smith", "eer")) and noun not in words("instruments")
    if doer and token.pos == "NOUN" and determiner(sentence, head) in ("a", "an", "another", "the"):
        return "unnamed"
    if token.ent in ("ORG", "GPE", "NORP", "FAC"):
        return "unnamed" if token.ent == "NORP" and plural else "body"
    if noun.endswith(("man", "woman", "person")):
        return "unnamed" if plural else "person"
    both = determiner(sentence, head) == "both" or noun.endswith(("er", "or", "ist", "an", "ee"))
    return "unnamed" if plural and both else "unknown"


def is_explained_body(sentence: Sentence, head: int) -> bool:
    """ "Tarn Watch, a conservative watchdog group": a name that is said to be a body's."""
    beside = [c for c in sentence.children(head, "appos") if c.pos == "NOUN" and c.tag == "NN"]
    named = sentence.token(head).pos == "PROPN" and bool(beside) and beside[0].lemma in words("never_newsrooms")
    return named and determiner(sentence, beside[0].i) in ("a", "an", "the")


def _is_some(sentence: Sentence, head: int, first: int) -> bool:
    """Whether the words before a plural say that only some are meant."""
    before = [sentence.token(i) for i in range(first, head)]
    return any(t.pos == "NUM" or t.text.lower() in words("some_of") for t in before)


def _has_number(sentence: Sentence, head: int) -> bool:
    """Whether a number stands beside a word of a date."""
    return any(t.tag == "CD" and t.ent == "DATE" for t in sentence.parse.tokens[max(0, head - 2) : head + 3])


def _is_called(sentence: Sentence, head: int, first: int) -> bool:
    """Whether a name stands right after the common noun for a body that bears it ("the finance blog Pennywise")."""
    i = head
    while i > first and sentence.token(i - 1).pos == "PROPN":
        i -= 1
    before = sentence.token(i - 1) if i > first else None
    if before is None or before.tag != "NN" or before.head != head or before.dep not in ("compound", "nmod", "amod"):
        return False
    return before.lemma in words("body") | words("newsroom") | words("outlets") | words("bodies_by_name")


def _speaks_for_body(sentence: Sentence, head: int, noun: str, plural: bool, first: int) -> bool:
    """ "fire officials", "officials of the Velda Water Board": people who give out what their institution says, not
    people who hide. A count or a reason for anonymity would make them sources of a newsroom's own."""
    if noun == "authority":
        return plural
    if noun in ("representative", "spokesperson") and plural and not sentence.children(head, "nummod"):
        return any(p.lemma in ("for", "of", "from") for p in sentence.children(head, "prep"))
    if (
        noun != "official"
        or not plural
        or sentence.children(head, "nummod")
        or stated_count(sentence, head, first, head)
    ):
        return False
    for child in sentence.children(head, "compound", "amod", "nmod"):
        if child.lemma in words("institutional") or (child.ent == "ORG" and child.pos == "PROPN"):
            return not (
                child.text in ("White", "House", "Administration", "Obama", "Intelligence") or child.lemma in ("house",)
            )
    return False


def _is_he(sentence: Sentence, head: int, first: int) -> bool:
    """ "Reed suggested he would go": a bare name that a pronoun after it takes up is a person's."""
    token = sentence.token(head)
    if token.ent in ("GPE", "LOC", "NORP") and (head > first or token.text.lower() in words("countries")):
        return False
    if head - first > 2 or any(sentence.token(i).pos != "PROPN" for i in range(first, head + 1)):
        return False
    return any(
        t.lemma in ("he", "she") and t.dep in ("nsubj", "nsubjpass") and t.i - head <= 8
        for t in sentence.parse.tokens[head + 1 :]
    ) and not any(t.pos == "PROPN" and not first <= t.i <= head for t in sentence.parse.tokens[: head + 9])


def names_members(sentence: Sentence, head: int) -> str | None:
    """For "one of them", "both", "the other of the two": the count; None for what else a phrase may be."""
    token = sentence.token(head)
    if token.lemma not in words("partial"):
        return None
    inside = [t for p in sentence.children(head, "prep") for t in sentence.children(p.i, "pobj")]
    if inside and not all(t.lemma in ("they", "them", "two", "three", "four") for t in inside):
        return None
    return {"both": "two", "other": "one", "another": "one"}.get(token.lemma, token.lemma)


def _as_kind(name: str) -> SourceKind:
    return {"person": "person", "body": "body", "document": "document", "unnamed": "unnamed"}[name]  # type: ignore[return-value]


def stated_count(sentence: Sentence, head: int, first: int, last: int) -> str | None:
    """How many, as stated: the words before the noun that count."""
    leading = [sentence.token(i) for i in range(first, min(head, last) + 1)]
    phrase = " ".join(t.text.lower() for t in leading)
    for count in sorted(words("counts"), key=lambda c: (-len(c), c)):
        if re.match(rf"(?:the |at least |more than |both )?{re.escape(count)}\b", phrase):
            if count in ("a", "an") and sentence.token(head).tag in ("NNS", "NNPS"):
                continue
            return "one" if count in ("a", "an") else count
    numbers = [t.text for t in leading if t.pos == "NUM"]
    return numbers[0] if numbers else None


def post_word(sentence: Sentence, head: int) -> str:
    """The noun of a post; "president-elect" is three tokens of which the last is the head."""
    if sentence.token(head).text.lower() == "elect" and head > 1:
        return sentence.token(head - 2).text.lower()
    return sentence.token(head).text.lower()
