"""A line that holds nothing but a credit: agencies, and beside them persons, the house, a place, a day.

In: one line ("By Jo Lind, Harrow Wire", "sek/dpa", "Quelle: APA/dpa", "© 2031 AFP. All rights reserved"). Out: a
:class:`CreditLine`, or None for every line in which a word is left over: prose, captions and links are no credits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from firsthand.language.rows import rows
from firsthand.newsrooms import by_name, same_newsroom

from .agencies import AgencyMention, find_agencies
from .cues import lowered
from .people import is_person

Extent = Literal["whole", "partly"]

LONGEST = 200
"""Characters of such a line at most."""

_SPLIT = re.compile(r"([,/;|·•:()\[\]*_+\n：（）［］【】]|\s[-–—―]+\s|^[-–—―]+|\.\s|\.$)")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_DAY = re.compile(
    r"\b(?:19|20)\d{2}\b|\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,3}\s?(?:min|hours?|h|days?)\b"
)
_CODE = re.compile(r"[a-zà-ÿ]{2,4}")


@dataclass(frozen=True, slots=True)
class CreditLine:
    """What a credit line says. ``lead``: ``by``, ``source``, ``rights`` or empty. ``bare``: no person and no house
    stands beside the agency; ``naked``: nothing at all does. ``signed``: led by "by" or a person's affiliation;
    ``pictured``: written as pictures are credited ("Jo Lind/AFP"). ``weak``: only initials that may be anything."""

    name: str
    extent: Extent
    lead: str
    bare: bool
    naked: bool
    signed: bool
    pictured: bool
    weak: bool


@cache
def _words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in rows("credits")["line"].items()}


@cache
def _source_leads() -> tuple[str, ...]:
    return tuple(sorted(rows("credits")["line"]["source"], key=lambda w: (-len(w), w)))


def has_day(line: str) -> bool:
    """Whether a line has a year, a clock or a day in numbers."""
    return _DAY.search(line[:120]) is not None


def read_credit_line(line: str, own: str = "") -> CreditLine | None:
    """The credit that a line is, or None. ``own`` is the page's outlet, which may stand beside the agency."""
    if not 2 <= len(line) <= LONGEST:
        return None
    found = find_agencies(line)
    if not found:
        return None
    low = lowered(line)
    never = _words()["never"]
    if any(word in never for word in re.findall(r"[^\W\d_]+", low)):
        return None
    lead = _lead(low)
    rest = _rest(line, found)
    read = _read_rest(rest, own)
    if read is None or (lead == "rights" and not (_YEAR.search(line) or "right" in low or "recht" in low)):
        return None
    persons, house, part, first_is_agency, slashed = read
    strong = next((f for f in found if not f.weak), found[0])
    if own and same_newsroom(strong.name, own) and len({f.name for f in found}) > 1:
        strong = next((f for f in found if not same_newsroom(f.name, own)), strong)
    partly = house or part or (persons and first_is_agency)
    bare = not persons and not house
    return CreditLine(
        strong.name,
        "partly" if (partly and not bare) or part else "whole",
        lead,
        bare,
        bare and not lead and len(found) == 1 and found[0].end - found[0].start >= len(line.strip(" .()[]—–-")),
        lead == "by" and (persons or not strong.weak),
        persons and slashed and lead != "by",
        strong.weak,
    )


def _lead(low: str) -> str:
    text = low.strip(" (—–-*_[•")
    if text.startswith(("©", "(c)", "c)", "copyright")):
        return "rights"
    head = re.split(r"[\s:：]", text, maxsplit=1)[0]
    words = _words()
    if head in words["by"] or text.startswith(("written by", "story by", "reported by", "posted by", "published by")):
        return "by"
    return "source" if text.startswith(_source_leads()) else ""


def _rest(line: str, found: Sequence[AgencyMention]) -> str:
    """The line with each agency as one mark."""
    parts, at = [], 0
    for mention in found:
        parts.append(line[at : mention.start])
        at = mention.end
    return "\x00".join((*parts, line[at:]))


def _read_rest(rest: str, own: str) -> tuple[bool, bool, bool, bool, bool] | None:
    """``(persons, house, part, the agency stands before the persons, a slash parts them)``, or None where a word is
    left over that no credit holds."""
    persons = house = part = False
    seen_agency = first = slashed = False
    pieces = _SPLIT.split(rest)
    before = ""
    for n, piece in enumerate(pieces):
        if n % 2:
            before = piece.strip()
            continue
        text = piece.strip(" .'\"“”’*•&-–—")
        if not text:
            continue
        kinds = _of_piece(text, own)
        if kinds is None:
            return None
        here_agency = "\x00" in text
        if "person" in kinds:
            persons = True
            first = first or (seen_agency and not here_agency)
            slashed = slashed or before == "/" or (n + 1 < len(pieces) and pieces[n + 1].strip() == "/")
        if here_agency and before == "/" and persons:
            slashed = True
        house = house or "house" in kinds
        part = part or "part" in kinds
        seen_agency = seen_agency or here_agency
    return persons, house, part, first, slashed


def _of_piece(text: str, own: str) -> set[str] | None:
    """What stands in one piece beside its agencies: ``person``, ``house``, ``part`` (a joining word between a name and
    an agency); None where a word is none of these."""
    kinds: set[str] = set()
    chunks = [c.strip(" .'\"“”’") for c in text.split("\x00")]
    joined = len(chunks) > 1
    for n, chunk in enumerate(chunks):
        left = _without_words(chunk)
        if left is None:
            return None
        low = chunk.lower().split()
        led = joined and bool(low) and n < len(chunks) - 1 and low[-1] in _words()["part"]
        if led and (left or (len(low) == 1 and low[-1] in _words()["with"])):
            kinds.add("part")
        if not left:
            continue
        kind = _kind_of(left, own, n > 0)
        if kind is None:
            return None
        kinds.add(kind)
    return kinds


def _without_words(chunk: str) -> str | None:
    """A chunk without the words that lead, join or label at its ends, and without days."""
    words = _words()
    low = lowered(chunk).strip(" .")
    if low in words["source"] or low in words["label"] or low in words["by"]:
        return ""
    for lead in _source_leads():
        if " " in lead and low.startswith(lead):
            chunk = chunk[len(lead) :]
            break
    tokens = chunk.split()
    free = words["by"] | words["source"] | words["part"] | words["and"] | words["label"]
    while tokens and lowered(tokens[-1]).strip(".,:’'") in free:
        tokens.pop()
    while tokens and lowered(tokens[0]).strip(".,:’'") in free and by_name(" ".join(tokens)) is None:
        tokens.pop(0)
    kept = [t for t in tokens if not any(c.isdigit() for c in t)]
    return " ".join(kept).strip(" .,:-–—")


def _kind_of(text: str, own: str, after: bool) -> str | None:
    """What words beside an agency are: a person, a place, the house, a code of the house; None for anything else."""
    tokens = text.split()
    if len(tokens) > 8 or any(c >= "\u2e80" for c in text):
        return None
    if own and same_newsroom(text, own):
        return "house"
    if _CODE.fullmatch(tokens[0]) and all(t[:1].isupper() for t in tokens[1:]) and len(tokens) <= 3:
        return "place" if tokens[0] in ("in", "aus", "at", "en", "à", "i", "från", "fra", "te", "da") else "house"
    names = [n.strip() for n in re.split(r"\s(?:and|und|et|y|e|i|og|och|ve|&)\s", text)]
    if all(is_person(n) for n in names):
        return "person"
    if by_name(text) is not None or ("." in text and " " not in text):
        return "house"
    if len(names) > 1 and all(is_person(n) or by_name(n) is not None or _is_place(n) for n in names):
        return "person"
    if tokens[0].lower() in ("in", "aus", "from", "at") and _is_place(" ".join(tokens[1:])):
        return "place"
    if len(tokens) <= 3 and _is_place(text) and (after or text.isupper()):
        return "place"
    return None


def _is_place(text: str) -> bool:
    return bool(text) and len(text) <= 40 and all(t[:1].isupper() for t in text.split())
