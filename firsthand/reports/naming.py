"""Which newsroom a name means on a page: names in full first, the table of newsrooms after.

A short name ("the Herald") is that newsroom's whose full name the page holds, be it its own, one of the table, or one
whose pages are in the same story; only where none fits is it the best known one of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..language.names import fold
from ..newsrooms import by_name, canonical, find_newsrooms, newsroom_key
from ..records import Article, Link
from .stations import channels_in, nameless_in, press_in, stations_in

_VIA = re.compile(r"\b[Vv]ia ((?:[Tt]he )?[A-Z][\w.&'’-]{0,30}(?: [A-Z][\w.&'’-]{0,30}){0,3})")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Names:
    """The newsrooms that a page names: ``own`` (of the page), ``places`` ``(name, start, end)`` in the text, ``full``
    every name in full on the page, ``local`` those of the story's pages; ``unnamed`` what it calls newsrooms that it
    cites without a name of their own ("state television")."""

    own: tuple[str, ...]
    places: tuple[tuple[str, int, int], ...]
    full: tuple[str, ...]
    local: tuple[str, ...]
    unnamed: frozenset[str] = frozenset()

    def is_own(self, name: str) -> bool:
        """Whether a name is the page's own newsroom's."""
        return newsroom_key(name) in {newsroom_key(own) for own in self.own}


@dataclass(frozen=True, slots=True)
class Local:
    """Outlets and credits of a story's pages; ``bare`` those of two words or more, each without its article and as it
    is, the longest first."""

    names: tuple[str, ...]
    bare: tuple[tuple[str, str], ...]

    def places(self, text: str) -> list[tuple[str, int, int]]:
        """Where a text names them as whole words: name, start, end, in text order, the longest name at each place."""
        found: dict[int, tuple[str, int, int]] = {}
        for bare, name in self.bare:
            start = text.find(bare)
            while start >= 0:
                end = start + len(bare)
                whole = not text[max(0, start - 1) : start].isalnum() and not text[end : end + 1].isalnum()
                if whole and start not in found:
                    found[start] = (name, start, end)
                start = text.find(bare, start + 1)
        return [found[start] for start in sorted(found)]


def local_names(articles: Iterable[Article]) -> Local:
    """The newsrooms that a story's pages are of, or credit."""
    names = {a.outlet.name for a in articles if a.outlet} | {a.credit.name for a in articles if a.credit}
    long = sorted((n for n in names if len(n.split()) > 1), key=lambda n: (-len(n), n))
    bare = ((re.sub(r"^[Tt]he ", "", name), name) for name in long)
    return Local(tuple(sorted(names)), tuple((words, name) for words, name in bare if words[:1].isalnum()))


def page_names(article: Article, newsroom: str | None, local: Local) -> Names:
    """What newsrooms a page names. ``newsroom`` is that of the report which it carries."""
    own = tuple(dict.fromkeys(n for n in (newsroom, article.outlet.name if article.outlet else None) if n))
    text = article.text
    places = [(m.newsroom.name, m.start, m.end) for m in find_newsrooms(text)]
    places += _apart(places, local.places(text))
    for via in _VIA.finditer(text):
        room = by_name(via.group(1), citing=True)
        if room is not None:
            places += _apart(places, [(room.name, via.start(1), via.end(1))])
    places += _apart(places, stations_in(text))
    places += _apart(places, channels_in(text))
    groups = _apart(places, press_in(text))
    groups += _apart([*places, *groups], nameless_in(text))
    named = [name for name, _, _ in places] + [m.newsroom.name for m in find_newsrooms(article.headline or "")]
    ordered = tuple(sorted([*places, *groups], key=lambda p: (p[1], p[2], p[0])))
    unnamed = frozenset(name for name, _, _ in groups)
    return Names(own, ordered, tuple(dict.fromkeys(named)), local.names, unnamed)


def _apart(places: Sequence[tuple[str, int, int]], more: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    return [m for m in more if not any(start < m[2] and m[1] < end for _, start, end in places)]


def meant_on_page(links: Iterable[Link], article: Article, names: Names) -> dict[str, str]:
    """The newsroom, canonical, that each name of the page's report links means: one name means one newsroom on a page,
    also where a link says only "the report"."""
    found: dict[str, str] = {}
    for link in links:
        if link.role == "report" and link.name:
            name = canonical(link.name)
            meant = _meant_by(link, name, article, names)
            if meant != name or link.name not in found:
                found[link.name] = meant
    return found


def _meant_by(link: Link, name: str, article: Article, names: Names) -> str:
    key = newsroom_key(name)
    if key in {newsroom_key(full) for full in names.full}:
        return name
    words = link.span.of(article.text) if link.span is not None else link.description or name
    if key in newsroom_key(words):
        return name
    said = {fold(w) for w in _WORD.findall(words) if w[:1].isupper()} - {"the"}
    fitting = {newsroom_key(n): n for n in (*names.own, *names.full) if _last_word(n) in said}
    return canonical(next(iter(fitting.values()))) if len(fitting) == 1 else name


def _last_word(name: str) -> str:
    words = _WORD.findall(name)
    return fold(words[-1]) if words else ""


def body_newsroom(link: Link, names: Names) -> str | None:
    """The newsroom that the body at the end of a chain is ("ABC said"), or None."""
    if link.kind != "body" or not link.name:
        return None
    key = newsroom_key(link.name)
    local = next((n for n in (*names.own, *names.local) if newsroom_key(n) == key), None)
    room = by_name(link.name, citing=True, among=names.full)
    return local or (room.name if room is not None else None)
