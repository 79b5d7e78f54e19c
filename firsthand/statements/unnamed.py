"""What is said of sources without a name: their description, how near they were, why they are not named.

In: a sentence and the tokens of a phrase, or a sentence's text. Out: exact words.
"""

from __future__ import annotations

import re
from typing import Literal

from ..language.rows import rows
from .reading import Sentence


def relation_of(sentence: Sentence, first: int, last: int) -> Literal["first-hand", "second-hand", "unknown"]:
    phrase = sentence.parse.text[sentence.token(first).start : sentence.token(last).end].lower()
    if any(w in phrase for w in rows("sources")["second_hand"]):
        return "second-hand"
    if any(w in phrase for w in rows("sources")["first_hand"]):
        return "first-hand"
    return "unknown"


def adds_nothing(sentence: Sentence, head: int, first: int, last: int) -> bool:
    """Whether a phrase says no more than that they were named before ("the two sources")."""
    return not any(
        sentence.token(i).pos == "PROPN" or (sentence.token(i).dep in ("acl", "relcl") and i < last and last - i > 3)
        for i in range(first, last + 1)
        if i != head
    )


def description_of(sentence: Sentence, first: int, last: int) -> str:
    """The words of a phrase up to a clause set off by a comma ("..., who asked not to be named")."""
    last = end_of_description(sentence, first, last)
    return sentence.parse.text[sentence.token(first).start : sentence.token(last).end]


def end_of_description(sentence: Sentence, first: int, last: int) -> int:
    for i in range(first + 1, last + 1):
        if sentence.token(i).text == "," and i < last and (
            sentence.token(i + 1).tag in ("WP", "WDT", "WP$", "WRB", "VBG", "VBN", "IN")
        ):  # fmt: skip
            return i - 1
    return last


def anonymity_reason(text: str) -> tuple[str, int] | None:
    """The words that say why a source is not named, and where they start in ``text``; None where there are none.

    The words run from the reason proper ("because ...") where one follows the phrase that withholds the name, else
    from that phrase, to the end of the clause."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return None
    places = [(lowered.find(phrase), phrase) for phrase in rows("sources")["anonymity"]]
    found = [p for p in places if p[0] >= 0]
    if not found:
        return None
    start, phrase = min(found)
    stop = re.search(r"[.;!?”\"]|,(?= (?:said|told|and|but))", text[start + len(phrase) :])
    end = start + len(phrase) + (stop.start() if stop else len(text) - start - len(phrase))
    return text[start:end].strip(" ,"), start
