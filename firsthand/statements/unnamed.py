"""What is said of sources without a name: their description, how near they were, why they are not named.

In: a sentence and the tokens of a phrase, or a sentence's text. Out: exact words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from ..language.rows import rows
from .kinds import words
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
    tokens = sentence.parse.tokens
    while last + 2 < len(tokens) and tokens[last + 1].text == "-" and tokens[last].end == tokens[last + 2].start - 1:
        last += 2  # "Brook, R-Velda": no word is cut
    return sentence.parse.text[sentence.token(first).start : sentence.token(last).end]


def without_day(sentence: Sentence, head: int, first: int, last: int) -> tuple[int, int]:
    """The ends of a phrase without the day of the utterance, which the parser hangs on the source ("Earlier Friday the
    mayor", "the mayor on Monday")."""
    start = first
    while start < head and sentence.token(start).ent in ("DATE", "TIME") and not _is_post(sentence, start):
        start += 1
    if any(sentence.token(i).tag == "CD" or sentence.token(i).dep == "poss" for i in range(first, start)):
        start = first  # "the 1991 envoy"
    cut = last
    while cut > head and sentence.token(cut).ent in ("DATE", "TIME"):
        cut -= 1
    if cut == last or not _is_aside(sentence, head, first, last):
        return start, last
    while cut > head and sentence.token(cut).lemma in ("on", "late", "early", "last", ",", "again"):
        cut -= 1
    return start, last if sentence.token(cut).pos in ("ADP", "SCONJ", "VERB", "DET") else cut


def _is_post(sentence: Sentence, i: int) -> bool:
    return sentence.token(i).lemma.lower() in words("titles")


def _is_aside(sentence: Sentence, head: int, first: int, last: int) -> bool:
    """Whether the day that ends a phrase hangs on its head, or on what stands outside it."""
    for above in sentence.above(last):
        token = sentence.token(above)
        if above == head or not first <= above <= last:
            return True
        if token.pos != "ADP" and token.ent not in ("DATE", "TIME"):
            return False
    return False


def end_of_description(sentence: Sentence, first: int, last: int) -> int:
    """The last token of a description: before a clause set off by a comma, or one that only says why there is no name
    ("... and who did not want their names published")."""
    base = sentence.token(first).start
    phrase = sentence.parse.text[base : sentence.token(last).end]
    withheld = _anonymity().search(phrase)
    if withheld is not None:
        whos = [i for i in range(first + 1, last) if sentence.token(i).tag in ("WP", "WP$", "VBG")]
        near = [i for i in whos if sentence.token(i).start - base <= withheld.start()]
        if near:
            last = near[-1] - 1
            while last > first and sentence.token(last).text.lower() in (",", "and"):
                last -= 1
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
    low = text.lower()
    if not any(sign in low for sign in rows("sources")["anonymity_signs"]):
        return None
    found = _anonymity().search(text)
    if found is None:
        return None
    end = _clause_end(text, found.end())
    because = _BECAUSE.search(text, end)
    if because is not None and because.start() - end <= 40:  # "..., the official because ..., the other because ..."
        end = len(text)
    start = found.start()
    while start > 0 and text[start - 1].isalnum():  # "weren't authorized"
        start -= 1
    return text[start:end].strip(' ,.”"'), start


_BECAUSE = re.compile(r"\b(?:because|since|for fear|out of fear|citing|in order to)\b")
_STOP = re.compile(r"[;!?”\"]|\.(?!\w)|,(?= (?:said|told|and|but|the other|the second))")


def _clause_end(text: str, start: int) -> int:
    stop = _STOP.search(text, start)
    return stop.start() if stop else len(text)


@cache
def _anonymity() -> re.Pattern[str]:
    gap = r"[^.;“”\"]{0,40}?"
    return re.compile("|".join(p.replace("{gap}", gap) for p in rows("sources")["anonymity"]), re.IGNORECASE)
