"""Words for the parts of a dossier: numbers, names, chains. Page text comes out marked as such, never mixed in.

A *phrase* is a tuple of ``(words, theirs)``: ``theirs`` is true where the words are a page's and must be escaped and
isolated from the direction of our own sentence. :func:`phrase_text` joins one for a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

from .moments import moment_words

Phrase = tuple[tuple[str, bool], ...]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
# Marks and overrides of direction (Unicode UAX 9) and the byte order mark: they would turn our own words around.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def plain(text: object) -> str:
    """``text`` on one line, without control characters and marks of direction: safe in a terminal and in a label."""
    words = _DIRECTION.sub("", str(text if text is not None else ""))
    return _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", words)).strip()


def clip(text: object, limit: int) -> str:
    """:func:`plain` text of at most ``limit`` characters, cut between words where it can be, with an ellipsis."""
    words = plain(str(text if text is not None else "")[: 8 * limit])
    if len(words) <= limit:
        return words
    head = words[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:") + "…"


def number(count: int) -> str:
    """A count in words up to twelve, in digits above."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: ``five pages``, ``one page``."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def capital(sentence: str) -> str:
    """The sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def width(text: str) -> float:
    """About how wide a line is, in average letters: capitals and wide letters count more, East Asian ones double."""
    return sum(_letter(char) for char in text)


def _letter(char: str) -> float:
    if east_asian_width(char) in "WF":
        return 1.9
    if char in "iljtfrI.,;:'’‘!|()[] ":
        return 0.6
    if char.isdigit() or char == "_":
        return 1.12
    return 1.35 if char.isupper() or char in "mwMW—@%" else 1.0


def fit(text: object, room: float) -> str:
    """:func:`clip` to a width instead of a number of characters."""
    words = clip(text, max(4, int(room * 1.7)))
    if width(words) <= room:
        return words
    size, end = width("…"), 0
    while end < len(words) and size + _letter(words[end]) <= room:
        size += _letter(words[end])
        end += 1
    return words[:end].rstrip(" ,;:…") + "…"


def interval(low: int | None, high: int | None) -> str:
    """``1`` or ``1–2``; a dash where origins were not counted."""
    if low is None or high is None:
        return "—"
    return f"{low}" if low == high else f"{low}–{high}"


def file_name(location: str) -> str:
    """The last part of a location, which names a page that no outlet names."""
    return clip(re.split(r"[/\\]", plain(location).rstrip("/\\"))[-1] or location, 60)


def page_name(page: Mapping[str, Any]) -> str:
    """What to call a page in a sentence: its outlet, or else its file."""
    outlet = plain((page["outlet"] or {}).get("name"))
    return clip(outlet, 60) if outlet else f"the page {file_name(page['location'])}"


def report_name(report: Mapping[str, Any] | None) -> str:
    """What to call a report in a sentence."""
    newsroom = plain(report["newsroom"]) if report else ""
    return f"a report by {clip(newsroom, 60)}" if newsroom else "a report by an unnamed newsroom"


def phrase_text(phrase: Phrase) -> str:
    """A phrase as one line of plain text."""
    return plain("".join(words for words, _ in phrase))


# ------------------------------------------------------------------------------------------------------ chains

_NAMELESS = {
    "person": "a person",
    "body": "a body that it does not name",
    "unnamed": "an unnamed source",
    "document": "a document",
    "observation": "its own observation",
    "unknown": "a source that the words do not identify",
}


def chain_phrase(chain: Sequence[Mapping[str, Any]], kind: str) -> Phrase:
    """On whose word, from the page outwards: *the Harbour Times says that the Dock Post reported that two officials
    said*. It ends where the statement's own words follow; a chain of one link says so ("in its own voice")."""
    parts: list[tuple[str, bool]] = []
    last = len(chain) - 1
    for place, link in enumerate(chain):
        parts += _link_parts(link, place == 0, place == last, kind)
    return tuple(parts) or (("on whose word, the words do not say", False),)


def _link_parts(link: Mapping[str, Any], outermost: bool, innermost: bool, kind: str) -> list[tuple[str, bool]]:
    name = plain(link["name"])
    if link["role"] == "newsroom" and outermost:
        site = [(name, True)] if name else [("This site", False)]
        if innermost:
            silent = kind == "no_comment"
            return [*site, (" says that there was no comment" if silent else " says in its own voice", False)]
        return [*site, (" says that ", False)]
    if link["role"] in ("newsroom", "report"):
        when = f" ({moment_words(link['when'])})" if link["when"] else ""
        what = name or plain(link["description"])
        return [(what or "a report that it does not name", bool(what)), (f" reported{when}", False), _then(innermost)]
    return [*_source_parts(link), (_verb(link, innermost, kind), False), _then(innermost)]


def _source_parts(link: Mapping[str, Any]) -> list[tuple[str, bool]]:
    name, description, count = plain(link["name"]), plain(link["description"]), plain(link["count"])
    if link["kind"] == "observation" and not (name or description):
        return [("its own newsroom", False)]
    if not name and not description:
        return [(_NAMELESS.get(link["kind"], _NAMELESS["unknown"]), False)]
    parts = [(_longer(name, description), True)]
    if name and description and _adds(description, name):
        parts = [(name, True), (" (", False), (description, True), (")", False)]
    if count and count.lower() != "one" and count.lower() not in (parts[0][0]).lower():
        parts = [(count, True), (" ", False), *parts]
    reason = plain(link["anonymity_reason"])
    if reason:
        return [*parts, (" (unnamed because “", False), (reason, True), ("”)", False)]
    return [*parts, (" (unnamed)", False)] if link["kind"] == "unnamed" else parts


def _longer(name: str, description: str) -> str:
    """Of a name and the words that name the source, the one that holds the other; else the name, where there is one."""
    return description if not name or name in description else name


def _adds(description: str, name: str) -> bool:
    """Whether the words say more than the name: not where one holds the other, nor a lone small word (a pronoun)."""
    if name.casefold() in description.casefold() or description.casefold() in name.casefold():
        return False
    return " " in description or description[:1].isupper()


def _verb(link: Mapping[str, Any], innermost: bool, kind: str) -> str:
    if innermost and kind == "no_comment":
        return " gave no comment"
    if link["kind"] == "observation":
        return " saw for itself"
    verb = " states" if link["kind"] == "document" else " said"
    if link["relation"] == "second-hand":
        return f"{verb}, at second hand" if innermost else f"{verb}, at second hand,"
    return verb


def _then(innermost: bool) -> tuple[str, bool]:
    return ("" if innermost else " that ", False)
