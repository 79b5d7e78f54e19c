"""Newsrooms as a sentence names them: by the table of newsrooms, or by the look of the name where it is cited.

In: a sentence, a range of its tokens, and the newsrooms that the article names in full (``rooms.py``). Out:
:class:`Mention`. Known to fail: an outlet whose name is an ordinary word and stands in no table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..language.names import fold
from ..language.rows import rows
from ..newsrooms import all_newsrooms, by_name, newsroom_key
from ..records import Span
from .reading import Sentence
from .rooms import Rooms, goes_by

_LONGEST_NAME = 7
_DOMAIN = re.compile(r"[\w-]{2,40}\.(?:com|org|net|co\.uk|news|info|tv|de|fr)")

_CALL_SIGN = re.compile(r"[KW][A-Z]{3}(?:-(?:TV|FM|AM))?")
"""A station's, where it is told something or reports: four letters of the United States."""
_BANDS = ("TV", "FM", "AM")


@cache
def _no_signs() -> frozenset[str]:
    return frozenset(rows("credits")["outlet"]["not_station"])


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


def newsroom_mention(sentence: Sentence, first: int, last: int, rooms: Rooms, guess: bool = False) -> Mention | None:
    """The first newsroom named between two tokens (both included). A name that no table knows counts where it ends as
    only newsrooms' names do ("Gazette"), with ``guess`` also where it ends as they may ("Star")."""
    tokens = sentence.parse.tokens
    last = min(last, len(tokens) - 1)
    for i in range(first, last + 1):
        if not _could_start(tokens[i].text):
            continue
        for j in range(min(last, i + _LONGEST_NAME - 1), i - 1, -1):
            if i == j and tokens[i].tag == "NN" and tokens[i].dep == "compound":  # "State television"
                continue
            if _is_common(sentence, i, j) or _is_part(sentence, i, j, rooms) or _only_describes(sentence, i, j):
                continue
            name = _known(_plain(sentence.parse.text[tokens[i].start : tokens[j].end]), rooms)
            if name and not _goes_on(sentence, i, j, last, rooms):
                owns = j > i and tokens[j].text in ("'", "’", "'s", "’s")  # "ABC News' Ilana Brook"
                return Mention(name, i, j - owns, True)
        owner = i < last and tokens[i + 1].tag == "POS"
        short = owner and tokens[i].text.isupper() and len(tokens[i].text) > 2
        titled = owner and tokens[min(i + 2, len(tokens) - 1)].text in ("“", '"', "‘")  # "Fox's “Morning Tide”"
        room = by_name(tokens[i].text, citing=titled) if short or titled else None
        if room is not None:  # "ABC's Ilana Brook"
            return Mention(room.name, i, i, True)
        found = _guessed(sentence, i, last, rooms, guess) or _by_trade(sentence, i, last, rooms)
        if found:
            return found
    return None


def _by_trade(sentence: Sentence, first: int, last: int, rooms: Rooms) -> Mention | None:
    """A name beside the word for what bears it ("the Kelda news agency", "the newspaper Sabor")."""
    end = first
    while end < last and end - first < 3 and _is_named(sentence, end + 1):
        end += 1
    if not _is_named(sentence, first):
        return None
    place = sentence.token(end).ent in ("GPE", "NORP", "LOC", "DATE", "PERSON")
    if (
        place
        and rooms.meant_by(_plain(sentence.parse.text[sentence.token(first).start : sentence.token(end).end])) is None
    ):
        return None
    after, before = _trade(sentence, end + 1, min(last, end + 2), 1), _trade(sentence, max(0, first - 2), first - 1, -1)
    follower = sentence.token(end + 1) if end < len(sentence.parse.tokens) - 1 else None
    if not after and (not before or (follower is not None and (follower.tag == "POS" or follower.pos == "NOUN"))):
        return None  # "the newspaper Sabor's reader", "the weekly Labour broadcast"
    words = _plain(sentence.parse.text[sentence.token(first).start : sentence.token(end).end])
    return Mention(_known(f"the {words}", rooms) or words, first - (0 if after else before), end + after, False)


def _trade(sentence: Sentence, low: int, high: int, way: int) -> int:
    """How many words, from the end nearest to the name, tell that a newsroom bears it."""
    found = [t.text.lower() for t in sentence.parse.tokens[low : high + 1]] if low <= high else []
    for count in (2, 1):
        part = found[:count] if way > 0 else found[-count:]
        if len(part) == count and " ".join(part) in _endings("newsroom_trades"):
            return count
    return 0


def _is_named(sentence: Sentence, i: int) -> bool:
    token = sentence.token(i)
    return token.pos == "PROPN" and token.text[:1].isupper() and token.text.lower() not in _endings("openers")


def _goes_on(sentence: Sentence, first: int, end: int, last: int, rooms: Rooms) -> bool:
    """Whether a short form is only the start of a longer name ("the Post Office", "the Tribune Tower")."""
    after = sentence.token(end + 1) if end < len(sentence.parse.tokens) - 1 else None
    printed = _plain(sentence.parse.text[sentence.token(first).start : sentence.token(end).end])
    if after is None or printed in rooms.full or by_name(printed) is not None:
        return False
    return after.text[:1].isupper() and after.pos == "PROPN" and sentence.token(end).head == after.i


def _is_part(sentence: Sentence, first: int, end: int, rooms: Rooms) -> bool:
    """Whether a short form is only a part of another name ("Holy Week", "Vice-President")."""
    token, text = sentence.token(end), sentence.parse.text
    if (token.text.endswith("-") or text[token.end : token.end + 1] == "-") and not token.text.isupper():
        return True
    if first != end or first == 0 or by_name(token.text) is not None or rooms.meant_by(token.text) in rooms.full:
        return False
    before = sentence.token(first - 1)
    return before.pos == "PROPN" and before.text.istitle() and before.head == first and before.end + 1 == token.start


def _is_common(sentence: Sentence, first: int, end: int) -> bool:
    """Whether a newsroom's name is only a word that opens its sentence ("People at the inn said", "People familiar with
    it said"), or tells of which country somebody is ("the Australian Prime Minister")."""
    token = sentence.token(end)
    told = [c for c in sentence.children(0, "prep", "relcl", "acl", "amod") if c.i > 0]
    if first == end == 0 and token.pos == "NOUN" and told:
        return True
    after = sentence.token(token.head)
    describes = token.dep in ("amod", "compound", "nmod") and token.head > end and token.ent in ("NORP", "GPE")
    return describes and first >= end - 1 and after.lemma.lower() in _endings("titles")


def _only_describes(sentence: Sentence, first: int, end: int) -> bool:
    """Whether a newsroom only tells for whom somebody worked once, or whose network a station is of."""
    before = sentence.token(first - 1).text.lower() if first else ""
    after = sentence.token(end + 1).text.lower() if end < len(sentence.parse.tokens) - 1 else ""
    return before in _endings("once") or after in _endings("kin")


def _plain(words: str) -> str:
    return re.sub(r"['’]s?$", "", words.strip(' ,.;:"“”'))


def _could_start(word: str) -> bool:
    return (word[:1].isupper() or word[:1].isdigit() or _DOMAIN.fullmatch(word) is not None) or (
        word in ("the", "i") or fold(word) in _first_words()
    )


def _known(name: str, rooms: Rooms) -> str | None:
    if not name or name.lower() in ("the", "a"):
        return None
    bare = name[4:] if name[:4].lower() == "the " else name
    if bare.islower() and "." not in bare:
        return None
    found = _names().get(newsroom_key(name))
    room = by_name(name, citing=True) if found is not None and " " not in name else None
    if found is not None and " " not in name and (room is None or (name not in room.cues and found in room.cues)):
        found = None  # "the city of Carrow" is no paper of the name "The City"
    if found is not None and by_name(name) is None and any(goes_by(full, bare) for full in rooms.full):
        found = None  # "the Observer" where the Carrow Observer is named
    if found is None and (name.lower().startswith("the ") or rooms.names_in_full(bare)):
        found = rooms.meant_by(bare)
    return found


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for room in all_newsrooms():
        for name in (room.name, *room.aliases):
            found.setdefault(newsroom_key(name), room.name)
    return found


@cache
def _first_words() -> frozenset[str]:
    return frozenset(fold(name.split()[0]) for room in all_newsrooms() for name in room.aliases if name[:1].islower())


def by_cue(name: str, rooms: Rooms) -> str | None:
    """The canonical name behind a short form without its article ("Times" in "a Times report"), or None."""
    return _names().get(newsroom_key(name)) or rooms.meant_by(name)


def _guessed(sentence: Sentence, first: int, last: int, rooms: Rooms, guess: bool) -> Mention | None:
    tokens = sentence.parse.tokens
    if guess and _CALL_SIGN.fullmatch(tokens[first].text) and tokens[first].text[:4] not in _no_signs():
        end = first + 2 if first + 2 <= last and tokens[first + 1].text == "-" else first
        end = end if tokens[end].text in _BANDS else first
        return Mention(tokens[first].text[:4], first, end, False)
    if _DOMAIN.fullmatch(tokens[first].text):
        room = by_name(tokens[first].text)
        return Mention(room.name if room else tokens[first].text, first, first, room is not None) if guess else None
    i = first
    if tokens[i].text != "the" and tokens[i].text.lower() in _endings("openers") - {"the", "new"}:
        return None
    if not tokens[i].text[:1].isupper() and tokens[i].text != "the":
        return None
    end = first - 1
    wanted = _endings("newsroom_endings") if guess else _endings("sure_newsroom_endings")
    while i <= last and (tokens[i].text[:1].isupper() or tokens[i].text in ("the", "of", "&", "and", "-")):
        word = tokens[i].text
        if word == "and" and i < last and tokens[i + 1].text.lower() == "the":
            break  # "the Herald and the Ledger"
        if guess and i > first + 1 and f"{tokens[i - 1].text} {word}".lower() in _endings("newsroom_endings_of_two"):
            end = i
        if word[:1].isupper() and word.lower() in wanted and i > first:
            before = tokens[i - 1].text.lower()
            if before != "of" and (before != "the" or word.lower() in _endings("sure_newsroom_endings")):
                end = i
        i += 1
    if first <= end < last and _opens_name(tokens[end].text, tokens[end + 1].text):
        end += 1
    if end < first:
        return _by_opening(sentence, first, last)
    sure = tokens[end].text.lower() in _endings("sure_newsroom_endings") or _opens_name(
        tokens[end - 1].text, tokens[end].text
    )
    if not sure and tokens[first].ent == "PERSON":
        return None
    words = re.sub(r"^the ", "The ", sentence.parse.text[tokens[first].start : tokens[end].end])
    bare = words.removeprefix("The ")
    words = bare if _opens_name(tokens[end - 1].text, tokens[end].text) else words
    return Mention(rooms.own if rooms.own and rooms.is_own_short(bare) else words, first, end, False)


def _opens_name(word: str, following: str) -> bool:
    """Whether a word and the next one are a newsroom's name ("Daily Heron", "Radio Pell", "Channel 6")."""
    return word.lower() in _endings("newsroom_openings") and (following[:1].isupper() or following[:1].isdigit())


def _by_opening(sentence: Sentence, first: int, last: int) -> Mention | None:
    tokens = sentence.parse.tokens
    start = first + (tokens[first].text.lower() == "the")
    if (
        start >= last
        or not tokens[start].text[:1].isupper()
        or not _opens_name(tokens[start].text, tokens[start + 1].text)
    ):
        return None
    words = sentence.parse.text[tokens[start].start : tokens[start + 1].end]
    return Mention(words, first, start + 1, False)


@cache
def _endings(name: str) -> frozenset[str]:
    return frozenset(rows("sources")[name])
