"""The newsrooms of one article, and which of them a short form means: "the Herald" is the one named in full.

In: an :class:`Article`. Out: :class:`Rooms`. A short form ("the Tribune", "the Journal") is the article's own outlet or
the one newsroom named in full whose name ends or begins with it; only where none does, the best known one of the table.
Known to fail: an article about two newsrooms of one short name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ..language.rows import rows
from ..newsrooms import by_name, canonical, find_newsrooms, newsroom_key
from ..records import Article

_READ = 200_000
"""Characters of an article in which names are looked for."""
_MOST_NAMES = 60


@dataclass(frozen=True, slots=True)
class Rooms:
    """``full``: newsrooms named in full, canonical where the table knows them, in text order, the page's own first
    (``own``: its name, or None where the outlet is unknown)."""

    full: tuple[str, ...] = ()
    own: str | None = None

    def names_in_full(self, words: str) -> bool:
        """Whether these words are one of the names in full."""
        key = newsroom_key(words)
        return any(newsroom_key(name) == key for name in self.full)

    def meant_by(self, short: str) -> str | None:
        """The newsroom that goes by a short form in this article; None where the words are no newsroom's, or where
        nobody can tell whose."""
        return _meant_by(self.full, self.own, short)

    def is_own_short(self, words: str) -> bool:
        """Whether these words are a short form of the page's own outlet."""
        return self.own is not None and (newsroom_key(self.own) == newsroom_key(words) or goes_by(self.own, words))


@lru_cache(maxsize=2000)
def _meant_by(full: tuple[str, ...], own: str | None, short: str) -> str | None:
    key = newsroom_key(short)
    fits = [name for name in full if newsroom_key(name) == key or goes_by(name, short)]
    distinct = list(dict.fromkeys(newsroom_key(name) for name in fits))
    if len(distinct) == 1:
        return fits[0]
    if distinct:
        return next((name for name in fits if name == own), None)
    found = by_name(short if short[:4].lower() == "the " else f"the {short}", citing=True, among=full)
    found = found or by_name(short, citing=True, among=full)
    return found.name if found else None


def goes_by(name: str, short: str) -> bool:
    """Whether a full name's last words are the short form, or its first one is, where that is a name of its own
    ("ABC" of "ABC News")."""
    words, wanted = _plain_words(name), _plain_words(short)
    if not wanted or len(wanted) >= len(words):
        return False
    if words[-len(wanted) :] == wanted:
        return len(wanted) > 1 or wanted[0].lower() in _short_endings()
    return words[0] == wanted[0] and len(wanted) == 1 and wanted[0].isupper() and len(wanted[0]) > 1


def _plain_words(name: str) -> list[str]:
    found = re.findall(r"[^\W_][\w'’-]{0,40}", name)
    return found[1:] if found and found[0].lower() == "the" else found


@cache
def _short_endings() -> frozenset[str]:
    return frozenset(rows("sources")["newsroom_endings"]) - {"news", "online", "media", "today", "agency"}


@cache
def _in_full() -> re.Pattern[str]:
    """One to four capitalised words before a word that ends only newsrooms' names. Every count is bounded."""
    endings = "|".join(sorted(word.capitalize() for word in rows("sources")["sure_newsroom_endings"]))
    return re.compile(rf"(?<![\w’'-])((?:[A-Z][\w’'.-]{{0,20}}[ \u00a0]){{1,4}}(?:{endings}))(?![\w’'-]*\w)")


def gather_rooms(article: Article) -> Rooms:
    """Every newsroom that an article names in full, its own outlet included."""
    own = canonical(article.outlet.name) if article.outlet else None
    names = [own] if own else []
    if article.credit:
        names.append(canonical(article.credit.name))
    text = f"{(article.headline or '')[:500]}\n{article.text[:_READ]}"
    found = [(m.start, m.newsroom.name) for m in find_newsrooms(text)]
    for match in _in_full().finditer(text):
        name = _without_openers(match.group(1))
        if name:
            found.append((match.start(), canonical(name)))
    names.extend(name for _, name in sorted(found)[:_MOST_NAMES])
    return Rooms(tuple(dict.fromkeys(names)), own)


def _without_openers(words: str) -> str | None:
    """The name without a word that only opens its sentence; None where no name is left before the ending."""
    parts = words.split()
    while parts and parts[0].lower() in _openers():
        parts = parts[1:]
    return " ".join(parts) if len(parts) > 1 else None


@cache
def _openers() -> frozenset[str]:
    return frozenset(rows("sources")["openers"])
