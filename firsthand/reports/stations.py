"""Newsrooms that no table can hold: stations by their call signs, and "state media", "US media" without a name.

A call sign is told from other capitals by what stands beside it ("ABC station KZQX", "told KZQX", "KZQX-TV").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..language.rows import rows
from ..language.wording import stop_words
from ..newsrooms import by_name, newsroom_key

_CALL = re.compile(r"\b(?P<sign>[KW][A-Z]{2,3})(?P<suffix>-(?:TV|FM|AM|DT|LD)\b)?(?![\w-])")
_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?\Z")
_WORD = re.compile(r"[^\W_]+")
_CHANNEL = re.compile(r"\d{1,2}\b")
_NUMBERED = re.compile(
    r"\b(?:\d{1,2}/\d{1,2} News|(?:ABC|CBS|NBC|FOX|Fox|Channel|NewsChannel|News)[ -]?\d{1,2}(?: News)?)"
    r"(?![\w.,%:/-]{0,9}\d)"
)

PRESS_BEFORE, PRESS_AFTER = 45, 16
"""Characters before and after "media", "television" that can say whose they are and that they report."""

Place = tuple[str, int, int]


@cache
def _cues(table: str) -> tuple[str, ...]:
    return tuple(word for row in rows("reports")[table] for word in row["words"])


@cache
def _no_signs() -> frozenset[str]:
    return frozenset(rows("credits")["outlet"]["not_station"])


def stations_in(text: str) -> list[Place]:
    """Where a text names a station by a call sign: the sign as printed, start, end."""
    found: list[Place] = []
    signs: set[str] = set()
    for call in _CALL.finditer(text):
        sign = call["sign"]
        if sign in _no_signs() or by_name(sign) is not None:
            continue
        before = text[max(0, call.start() - 24) : call.start()]
        after = text[call.end() : call.end() + 24]
        if call["suffix"] or sign in signs or _beside_station(before, after, len(sign)):
            signs.add(sign)
            found.append((sign, call.start(), call.end()))
    return found


def channels_in(text: str) -> list[Place]:
    """Where a text names a station by its channel beside a word for a station or of telling ("told Channel 9",
    "the Fox 2 affiliate")."""
    return [
        (found.group(), found.start(), found.end())
        for found in _NUMBERED.finditer(text)
        if _beside_station(text[max(0, found.start() - 24) : found.start()], text[found.end() : found.end() + 24], 4)
    ]


def _beside_station(before: str, after: str, length: int) -> bool:
    """Whether the words around a call sign make it a station's; a sign of three letters needs the word itself."""
    words = _WORD.findall(before.casefold())
    following = _WORD.findall(after.casefold())
    if set(words[-1:]) & set(_cues("station")) or set(following[:1]) & set(_cues("station")):
        return True
    if length < 4:
        return False
    said = " ".join(words[-2:])
    return said.endswith(_cues("calls")) or bool(set(following[:1]) & set(_cues("calls")))


@cache
def _press() -> re.Pattern[str]:
    row = rows("reports")["press"][0]
    of = "|".join(map(re.escape, row["of"]))
    words = "|".join(map(re.escape, row["words"]))
    place = r"(?:[A-Z]{2,3}|[A-Z][a-z]{3,15})"
    group = rf"(?:{place} )?(?i:{of}) (?i:{words})|{place} (?i:{words})"
    told = r"(?i:told|by|according to|in) "
    reports = r"(?:reports?|reported|reporting|said|says?|(?:have|had|has) reported)"
    return re.compile(rf"\b(?:{told}(?P<told>{group})\b|(?P<said>{group}) {reports}\b)")


def press_in(text: str) -> list[Place]:
    """Where a text cites newsrooms of a place or kind without a name ("state media reported", "told US media")."""
    found: list[Place] = []
    reached = 0
    for word in _press_word().finditer(_small(text)):
        start = max(reached, word.start() - PRESS_BEFORE)
        match = _press().search(text, start, word.end() + PRESS_AFTER)
        if match is None:
            continue
        reached = match.end()
        group = "told" if match["told"] else "said"
        first = match[group].split()[0]
        if first.isupper() or first.casefold() not in _everybodys():
            found.append((match[group], match.start(group), match.end(group)))
    return found


def nameless_in(text: str) -> list[Place]:
    """Where somebody told a single newsroom that the text leaves without a name ("told a local radio station")."""
    return [(found["room"], found.start("room"), found.end("room")) for found in _nameless().finditer(text)]


@cache
def _nameless() -> re.Pattern[str]:
    row = rows("reports")["nameless"][0]
    of, words = ("|".join(map(re.escape, row[key])) for key in ("of", "words"))
    telling = r"(?:told|by|according to|interview with|interview on|interview to|speaking to|spoke to|spoke with)"
    return re.compile(rf"\b{telling} (?P<room>(?i:an?|one) (?:{of}) (?:{words}))\b")


@cache
def _press_word() -> re.Pattern[str]:
    """The words for newsrooms without a name in small letters, few of a text."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, rows('reports')['press'][0]['words']))})\b")


def _small(text: str) -> str:
    """The text in small letters, character for character."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower()[0] for c in text)


@cache
def _everybodys() -> frozenset[str]:
    return stop_words() | frozenset(rows("reports")["press"][0]["not_of"])


def on_air(name: str) -> bool:
    """Whether a newsroom is a broadcaster, on which people appear."""
    room = by_name(name)
    return room is not None and room.kind == "broadcaster"


def room_key(name: str) -> str:
    """The key of a newsroom's name, of a station's with or without "-TV"."""
    return newsroom_key(name[:4].rstrip("-") if _SIGN.match(name) else name)


def shown_name(name: str | None, printed: Sequence[str | None]) -> str | None:
    """A station's name as its viewers know it, of those that pages print: the longest; other names as they are."""
    if name is None or _SIGN.match(name) is None:
        return name
    forms = [words.strip(" -,.") for words in printed if words and len(words) <= 30]
    forms = [words for words in forms if name in words or _CHANNEL.search(words)]
    return max(forms, key=lambda words: (len(words), words), default=name)
