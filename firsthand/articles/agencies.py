"""Agencies in lines that credit: which names of agencies a line holds, and where.

In: a line. Out: :class:`AgencyMention` spans. Only lines that may credit come here, so initials count that could be
anything in a sentence ("AA", "UNI"); they are marked ``weak``. Names come from the table of newsrooms; a name that
ends like an agency's ("Harrow Wire", "Norring News Agency") is one that no table knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from firsthand.language.rows import rows
from firsthand.newsrooms import all_newsrooms

from .blocks import words_of

LONGEST = 600
"""Characters of a line that are read."""

_WORD = re.compile(r"[^\W_]+")
_WIDE = re.compile("[\u2e80-\ud7af]")
_JOINED = re.compile(r"-[A-Z]")
_BEFORE = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][\w&'’.-]{0,24}\s(?:of\s|and\s)?){1,4}$")


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """``line[start:end]`` names the agency ``name``. ``weak``: initials that are other things as well."""

    start: int
    end: int
    name: str
    weak: bool = False


@cache
def _forms() -> tuple[dict[str, tuple[str, bool]], dict[str, tuple[int, ...]], tuple[tuple[str, str], ...]]:
    """Printed forms with their agency; the lengths of forms by first word (none for the last word of a name such as
    "Harrow Wire", which no form begins with); the forms of scripts without blanks."""
    table = rows("credits")["agency"]
    low, strong = set(table["small"]), set(table["strong"])
    forms: dict[str, tuple[str, bool]] = {}
    joined: list[tuple[str, str]] = []
    for room in all_newsrooms():
        if room.kind != "agency":
            continue
        for form in (room.name, *room.aliases, *room.cues):
            if any("\u2e80" <= c <= "\ud7af" for c in form):
                joined.append((form, room.name))
                continue
            weak = form in room.cues and form != room.name and len(form) <= 4 and form not in strong
            small = {form.lower()} if form.lower() in low else set()
            for shown in sorted({form, form.upper(), form.removeprefix("The ")} | small):
                forms.setdefault(shown, (room.name, weak and shown.lower() not in low))
    for form in table["not_credit"]:
        forms.pop(form, None)
    lengths: dict[str, set[int]] = {}
    for form in forms:
        first = _WORD.match(form)
        if first is not None:
            lengths.setdefault(first.group(), set()).add(len(form))
    for ending in _endings():
        for last in (ending.split()[-1], ending.split()[-1].split("-")[-1]):
            lengths.setdefault(last, set())
            lengths.setdefault(last.title(), set())
            lengths.setdefault(last.upper(), set())
    return (
        forms,
        {w: tuple(sorted(found, reverse=True)) for w, found in lengths.items()},
        tuple(sorted(joined, key=lambda f: (-len(f[0]), f))),
    )


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(rows("credits")["agency"]["words"], key=lambda w: (-len(w), w)))


@lru_cache(maxsize=512)
def find_agencies(line: str) -> tuple[AgencyMention, ...]:
    """The agencies that a line names, in order, the longest name at each place. Linear in the line. (A line is asked
    about several times while its page is read.)"""
    return tuple(_find(line))


def _find(line: str) -> list[AgencyMention]:
    text = line[:LONGEST]
    forms, lengths, joined = _forms()
    found: list[AgencyMention] = []
    if not lengths.keys().isdisjoint(words_of(text)):
        reached = 0
        for word in _WORD.finditer(text):
            start = word.start()
            for length in lengths.get(word.group(), ()) if start >= reached else ():
                end = start + length
                hit = forms.get(text[start:end]) if end <= len(text) else None
                if hit is not None and not text[end : end + 1].isalnum() and not _JOINED.match(text, end):
                    found.append(AgencyMention(start, end, *hit))
                    reached = end
                    break
        found = found or _unlisted(text)
    if not found and not text.isascii() and _WIDE.search(text):
        found = _without_blanks(text, joined)
    return found


def _without_blanks(text: str, joined: tuple[tuple[str, str], ...]) -> list[AgencyMention]:
    """The first form of a script that writes no blanks."""
    for form, name in joined:
        at = text.find(form)
        if at >= 0:
            return [AgencyMention(at, at + len(form), name)]
    return []


def _unlisted(text: str) -> list[AgencyMention]:
    """A name that ends like an agency's: capitalised words before "Wire", "News Agency"."""
    low = text.lower()
    if len(low) != len(text):
        return []
    for ending in _endings():
        at = low.find(ending)
        while at >= 0:
            end = at + len(ending)
            if at and text[at].isupper() and not text[at - 1].isalnum() and not text[end : end + 1].isalnum():
                before = _BEFORE.search(text[max(0, at - 110) : at])
                if before:
                    start = at - len(before[0])
                    name = _without_lead(text[start:end])
                    if name.lower() not in rows("credits")["agency"]["not"] and " " in name:
                        return [AgencyMention(end - len(name), end, name)]
            at = low.find(ending, end)
    return []


def _without_lead(name: str) -> str:
    """The name without a capitalised "By", "From" or "The" that begins its line."""
    first, _, rest = name.partition(" ")
    return _without_lead(rest) if rest and first.lower() in ("by", "from", "the", "via", "source", "von") else name


def agency_name(name: str) -> str | None:
    """The agency of this name, and of nothing else: no weak initials, no words beside it."""
    text = name.strip(' \t.,;:-–—()[]"“”')
    if not 2 <= len(text) <= 80:
        return None
    low = text.lower()
    text = text[4:] if low.startswith("the ") and len(low) == len(text) and text not in _forms()[0] else text
    found = find_agencies(text)
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(text) and not found[0].weak
    return found[0].name if whole else None
