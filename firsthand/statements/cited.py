"""Newsrooms as a sentence names them: by the table of newsrooms, or by the look of the name where it is cited.

In: a sentence and a range of its tokens. Out: :class:`Mention`. Known to fail: an outlet whose name is an ordinary
word and stands in no table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..language.names import fold
from ..language.rows import rows
from ..newsrooms import all_newsrooms, by_name, canonical, newsroom_key
from ..records import Span
from .reading import Sentence

_LONGEST_NAME = 7
_DOMAIN = re.compile(r"[\w-]{2,40}\.(?:com|org|net|co\.uk|news|info|tv|de|fr)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A newsroom in a sentence: its canonical name, its first and last token, and whether the table knows it."""

    name: str
    first: int
    last: int
    known: bool

    def span(self, sentence: Sentence) -> Span:
        """The characters that name it."""
        return sentence.span_of(self.first, self.last)


def newsroom_mention(sentence: Sentence, first: int, last: int, guess: bool = False) -> Mention | None:
    """The first newsroom named between two tokens (both included); with ``guess`` also one that no table knows."""
    tokens = sentence.parse.tokens
    last = min(last, len(tokens) - 1)
    i = first
    while i <= last:
        if _could_start(tokens[i].text):
            for j in range(min(last, i + _LONGEST_NAME - 1), i - 1, -1):
                name = _known(_plain(sentence.parse.text[tokens[i].start : tokens[j].end]))
                if name:
                    return Mention(name, i, j, True)
            if guess and (found := _guessed(sentence, i, last)):
                return found
        i += 1
    return None


def _plain(words: str) -> str:
    return re.sub(r"['’]s?$", "", words.strip(' ,.;:"“”'))


def _could_start(word: str) -> bool:
    return (word[:1].isupper() or word[:1].isdigit() or _DOMAIN.fullmatch(word) is not None) or (
        word in ("the", "i") or fold(word) in _first_words()
    )


def _known(name: str) -> str | None:
    if not name or name.lower() in ("the", "a"):
        return None
    bare = name[4:] if name[:4].lower() == "the " else name
    if bare.islower() and "." not in bare:
        return None
    key = newsroom_key(name)
    found = _names().get(key)
    if found is None and name.lower().startswith("the "):
        found = _cues().get(key)
    return found


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for room in all_newsrooms():
        for name in (room.name, *room.aliases):
            found.setdefault(newsroom_key(name), room.name)
    return found


@cache
def _cues() -> dict[str, str]:
    found: dict[str, str] = {}
    for room in all_newsrooms():
        for name in room.cues:
            found.setdefault(newsroom_key(name), room.name)
    return found


@cache
def _first_words() -> frozenset[str]:
    return frozenset(fold(name.split()[0]) for room in all_newsrooms() for name in room.aliases if name[:1].islower())


def by_cue(name: str) -> str | None:
    """The canonical name behind a cue alias without its article ("Times" in "a Times report"), or None."""
    return _names().get(newsroom_key(name)) or _cues().get(newsroom_key(name))


def _guessed(sentence: Sentence, first: int, last: int) -> Mention | None:
    tokens = sentence.parse.tokens
    if _DOMAIN.fullmatch(tokens[first].text):
        room = by_name(tokens[first].text)
        return Mention(room.name if room else tokens[first].text, first, first, room is not None)
    i = first
    if not tokens[i].text[:1].isupper() and tokens[i].text != "the":
        return None
    end = first - 1
    while i <= last and (tokens[i].text[:1].isupper() or tokens[i].text in ("the", "of", "&", "and", "-")):
        if (
            tokens[i].text[:1].isupper()
            and tokens[i].text.lower() in _endings()
            and i > first
            and tokens[i - 1].text.lower() not in ("the", "of")
        ):
            end = i
        i += 1
    if end < first or tokens[first].ent == "PERSON":
        return None
    words = sentence.parse.text[tokens[first].start : tokens[end].end]
    return Mention(re.sub(r"^the ", "The ", words), first, end, False)


@cache
def _endings() -> frozenset[str]:
    return frozenset(rows("sources")["newsroom_endings"])


def canonical_newsroom(name: str) -> str:
    """The name that all aliases of one newsroom share."""
    return canonical(name)
