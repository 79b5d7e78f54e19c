"""What stands beside a newsroom's name: words by which a text cites it, or words by which it is a party to the news.

A newsroom that sues, is sued or fires somebody is news itself: its name then stands all over the page, and cites a
report only where a word of reporting says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..language.rows import rows

NAMING_REACH = 60
"""Characters on either side of a newsroom's name in which a word of reporting makes it a citation."""
POSSESSIVE_MORE = 50
"""How much further on, where the name is somebody's ("the Courier's Ann Holt, a former pilot, points out")."""
ACCORDING_REACH = 25
"""The same for "according to", which cites what comes after it."""
STRICT_REACH = 30
"""The same for a newsroom that is a party to the news."""
DEED_WORDS = 5
"""Words after a newsroom's name, an auxiliary first, among which a word of reporting is what it does."""
PARTY_WORDS = 3
"""Words after a name among which one such as "filed" or "lawyer" makes the newsroom a party."""
PARTY_PLACES = 2
"""Places of a page at which a newsroom must stand as a party."""

_CREDIT = re.compile(r"\bcontribut(?:ed|ing)\b")
_ON = re.compile(r"\b[Oo]n (?:the )?[“\"]?$")
_AUXILIARY = re.compile(r" (?:is|was|has|had|will|would|should|could|can|must)\b")
_POSSESSIVE = re.compile(r"['’]")
_SENTENCE_END = re.compile(r"[.!?]\s")
_WORD = re.compile(r"[^\W_]+")


@cache
def _cues(table: str) -> tuple[str, ...]:
    return tuple(word for row in rows("reports")[table] for word in row["words"])


def _has(table: str, text: str) -> bool:
    padded = " " + " ".join(_WORD.findall(text.casefold())) + " "
    return any(f" {word} " in padded for word in _cues(table))


def _before(text: str, start: int, reach: int) -> str:
    return _SENTENCE_END.split(text[max(0, start - reach) : start])[-1]


def _after(text: str, end: int, reach: int) -> str:
    return _SENTENCE_END.split(text[end : end + reach])[0]


def cites_here(text: str, start: int, end: int, broadcaster: bool = False) -> bool:
    """Whether the newsroom's name at ``[start, end)`` of a text stands beside a word of reporting in its sentence, or
    somebody appeared "on" the ``broadcaster``."""
    reach = NAMING_REACH + (POSSESSIVE_MORE if _POSSESSIVE.match(text[end : end + 2]) else 0)
    around = f"{_before(text, start, NAMING_REACH)} | {_after(text, end, reach)}"
    if _shows().match(text[end : end + NAMING_REACH]) or _is_camera(text, start, end):
        return False
    if _work().match(text[end : end + NAMING_REACH]):
        return True
    if _is_described(text, start, end):
        return _has("strict", _before(text, start, STRICT_REACH))
    if _has("naming", around):
        return True
    if broadcaster and _ON.search(text[max(0, start - 12) : start]) and not _POSSESSIVE.match(text[end : end + 2]):
        return True
    return "according to" in _before(text, start, ACCORDING_REACH).casefold()


@cache
def _shows() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_cues("no_report"), key=lambda w: (-len(w), w))))
    return re.compile(rf"['’]s? (?:\w{{1,15}} )?(?:{words})\b", re.IGNORECASE)


@cache
def _work() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _cues("work")))
    return re.compile(rf"(?: [Nn]ews)? (?:{words})\b")


def _is_described(text: str, start: int, end: int) -> bool:
    """Whether a newsroom's name only tells what somebody or something is to it ("a former Courier reporter", "the
    Channel's investors", "the Channel affiliate", "her Channel show", where nothing was said on it), or what befalls
    it ("the Courier is being sued because a pilot said")."""
    before = _WORD.findall(text[max(0, start - 40) : start].casefold())
    if before[-1:] and before[-1] in _cues("once"):
        return True
    if _AUXILIARY.match(text[end : end + 12]):
        deed = " ".join(_WORD.findall(_after(text, end, NAMING_REACH))[:DEED_WORDS])
        return not (_has("naming", deed) or _has("strict", deed))
    after = _belongs().match(text[end : end + NAMING_REACH])
    return after is not None and not ("show" in after.group() and set(before[-4:]) & set(_cues("stage")))


@cache
def _belongs() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_cues("belongs"), key=lambda w: (-len(w), w))))
    return re.compile(rf"(?:['’]s?(?: [\w-]{{1,15}}){{0,2}})? (?:{words})\b", re.IGNORECASE)


def _is_camera(text: str, start: int, end: int) -> bool:
    """Whether capitals that a newsroom has too are a camera's ("recorded on CCTV", "CCTV footage")."""
    row = rows("reports")["camera"][0]
    if text[start:end].casefold() not in row["names"]:
        return False
    before, after = _WORD.findall(_before(text, start, 24).casefold()), _WORD.findall(_after(text, end, 24).casefold())
    return " ".join(before[-2:]) in row["words"] or bool(set(after[:1]) & set(row["shows"]))


def is_credit_line(text: str) -> bool:
    """Whether a sentence says who contributed to the page: a credit, which cites no report."""
    return _CREDIT.search(text) is not None and _has("contribution", text)


def is_party(text: str, places: Iterable[tuple[int, int]]) -> bool:
    """Whether the newsroom whose name stands at these places of a text is a party to the news."""
    found = 0
    for start, end in places:
        before = " ".join(_WORD.findall(text[max(0, start - 30) : start].casefold()))
        words = _WORD.findall(text[end : end + 40].casefold())
        words = words[1:] if words[:1] == ["s"] else words
        after = bool(set(words[:PARTY_WORDS]) & set(_cues("party")))
        found += after or before.endswith(_cues("party_before"))
    return found >= PARTY_PLACES


def cites_strictly(text: str, start: int, end: int) -> bool:
    """Whether the name of a newsroom that is a party to the news stands beside words that speak of its report."""
    return _has("strict", f"{_before(text, start, STRICT_REACH)} | {_after(text, end, STRICT_REACH)}")
