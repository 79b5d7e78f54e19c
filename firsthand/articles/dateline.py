"""The agency in a dateline: "NORRING, May 4 (AP) —", "MADRID, 4 mar (EFE).-", "MOSCOW. /TASS/.", "新华社北京4月24日电".

In: a paragraph. Out: the agency and the words up to its end. Only the first 160 characters are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .agencies import agency_name, find_agencies

_BRACKETS = re.compile(r"[(\[/［【（]([^()\[\]/［］【】（）\n]{2,48}(?:/[^()\[\]/\n]{2,24}){0,3})[)\]/］】）]")
_GOES_ON = re.compile(r"\s*(?:[-–—―:.,]|$|[A-ZÀ-ÖØ-Þ“\"«„¿¡‘'(]|[^\x00-\u024f])")
_WIDE_DATE = re.compile(r"^.{0,24}?(?:电|電)")
_DASH = re.compile(r"\s[-–—―]\s")
_CODE = re.compile(r"[a-zà-ÿ]{2,4}")
_FAR = 110
"""Characters of a dateline before its agency at most."""
_SMALL = {"de", "of", "the", "den", "der", "la", "le", "del", "di", "do", "da", "el", "kl", "im", "am", "an", "i"}


def dateline_agency(text: str, body: Callable[[], Sequence[str]], alone: bool = False) -> tuple[str, str] | None:
    """The agency of a paragraph's dateline with the words that hold it, or None. ``body`` gives the paragraphs in which
    initials may be spelled out; ``alone``: the dateline is a line of its own."""
    head = text[:160]
    for match in _BRACKETS.finditer(head[: _FAR + 50]):
        place = head[: match.start()]
        if match.start() > _FAR or not is_place(place):
            break
        if not _GOES_ON.match(text[match.end() : match.end() + 8]):
            continue
        if alone and text[match.end() :].strip(" -–—:."):
            continue
        name = _spelled_out(match[1], body) or _agency_in(match[1])
        if name:
            return name, head[: match.end()]
    return _without_brackets(head)


def _agency_in(words: str) -> str | None:
    """The first agency of brackets that hold nothing but agencies, places and days."""
    parts = [p.strip(" .") for p in re.split(r"[/,;=]|\s[-–—]\s|\band\b|\bund\b|\s(?=\d)", words)]
    names = []
    for part in parts:
        found = find_agencies(part)
        if found and ((found[0].start == 0 and found[0].end >= len(part) - 1) or not part.isascii()):
            names.append(found[0].name)
        elif part and len(parts) > 1 and (part.istitle() or not part.isascii() or _CODE.fullmatch(part)):
            continue
        elif part and not any(c.isdigit() for c in part):
            return None
    return names[0] if names else None


def _without_brackets(head: str) -> tuple[str, str] | None:
    """ "新华社北京4月24日电", "Москва. 4 марта. INTERFAX.RU -", "PARIS, AFP —"."""
    wide = not head.isascii()
    if not head[:40].isascii():
        found = find_agencies(head[:40])
        if found and found[0].start <= 1 and _WIDE_DATE.match(head[found[0].end : found[0].end + 30]):
            return found[0].name, head[: found[0].end]
    dash = _DASH.search(head, 0, 90) if "-" in head or wide else None
    if dash is None:
        return None
    before = head[: dash.start()]
    for part in (before, head[dash.end() : dash.end() + 24].split(".")[0]):
        found = find_agencies(part.removesuffix(".RU").removesuffix(".ru"))
        if not found or found[-1].weak:
            continue
        tail = part[found[-1].end :].strip(" .RUru")
        place = part[: found[-1].start] if part is before else before
        if not tail and place.strip(" ,.") and _is_dated_place(place):
            return found[-1].name, head[: head.index(part) + found[-1].end]
    return None


def _is_dated_place(words: str) -> bool:
    place = words.strip(" ,.–—-")
    return is_place(place) and (any(c.isdigit() for c in place) or place.split(",")[0].isupper())


def is_place(words: str) -> bool:
    """Whether the words before a dateline's agency can be its place and day, or are none: capitalised words and
    numbers, but for short joining words and a month after a number ("Bilbao, 4 de marzo")."""
    tokens = re.findall(r"[^\s,.;:/–—-]+", words)
    if len(tokens) > 12 or words.rstrip().endswith(("!", "?", "”", '"')):
        return False
    numbered = False
    for token in tokens:
        bare = token.strip("()[]'’\"")
        if any(c.isdigit() for c in bare):
            numbered = True
        elif bare[:1].islower() and bare not in _SMALL and not numbered:
            return False
    return not (len(tokens) > 6 and not numbered and not words.split(",")[0].isupper())


def _spelled_out(initials: str, body: Callable[[], Sequence[str]]) -> str | None:
    """The agency that a text names in full and whose initials its dateline gives ("(HNA)": Harrow News Agency)."""
    if not (2 <= len(initials) <= 6 and initials.isalpha() and initials.isupper() and initials.isascii()):
        return None
    form = re.compile(r"\b" + r"\s".join(rf"{c}[\w'’-]+" for c in initials))
    for text in body():
        for match in form.finditer(text[:3000]):
            if name := agency_name(match[0]):
                return name
    return None
