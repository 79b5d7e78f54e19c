"""An official and the body whose officer they are: one origin, whichever of the two a page names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..language.rows import rows
from ..records import Link
from .sources import last_word

REACH = 45
"""Characters before and after a name in which a page says what office its bearer holds."""
LOOKED_AT = 3
"""Places of a name that are looked at: an article says who somebody is where it names them first."""


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(rows("origins")[table]["words"])


def is_officer(person: Link | None, text: str, body: Link | None) -> bool:
    """Whether the page (``text``) on which a named person speaks calls them an officer of the body: a title such as
    "chief" close to the name, beside all the words that tell the body from another."""
    if person is None or body is None or person.kind != "person" or body.kind != "body":
        return False
    if not person.name or not (body.name or body.description):
        return False
    telling = _tokens(body.name or body.description or "") - _words("fillers")
    if not telling or telling <= _words("generic"):
        return False
    for around in (person.description or "", *_around(text, last_word(person.name))):
        near = _tokens(around)
        if telling <= near and near & _words("heads"):
            return True
    return False


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", text.casefold())))


@lru_cache(maxsize=20_000)
def _around(text: str, name: str) -> tuple[str, ...]:
    """The words before and after each of the first places of a name, up to the ends of their sentences."""
    found: list[str] = []
    for place in re.finditer(rf"\b{re.escape(name)}\b", text) if name else ():
        before = re.split(r"[.;!?\n]\s", text[max(0, place.start() - REACH) : place.start()])[-1]
        after = re.split(r"[.;!?\n]", text[place.end() : place.end() + REACH])[0]
        found += [before, after]
        if len(found) >= 2 * LOOKED_AT:
            break
    return tuple(found)
