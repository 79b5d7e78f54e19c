"""Known outlets and agencies: names, aliases, domains, who owns whom. Rows in ``newsrooms.toml``.

In: words or a URL. Out: a :class:`Newsroom`, or None. The table is general knowledge: it holds several hundred rows
and is never needed for an outlet to be recognised from the page itself; it makes "the Times" and "NYT" meet.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal
from urllib.parse import urlsplit

from .language.names import fold


@dataclass(frozen=True, slots=True)
class Newsroom:
    """One newsroom. ``kind`` agency: its copy runs on other sites. ``cues`` are aliases that are only it when the
    sentence cites ("the Times reported"), being ordinary words, or several newsrooms' short name, otherwise; a name
    or alias that also stands among the cues is an ordinary word itself ("Time"). ``owner`` groups editions of one
    publisher."""

    name: str
    kind: Literal["agency", "newspaper", "broadcaster", "site", "magazine"]
    aliases: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    owner: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class NewsroomMention:
    """A newsroom named in a text: ``text[start:end]`` is the name as printed, without an article before it unless the
    name needs it ("The Hill")."""

    start: int
    end: int
    newsroom: Newsroom


@cache
def _table() -> dict[str, Any]:
    path = resources.files("firsthand") / "newsrooms.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def all_newsrooms() -> tuple[Newsroom, ...]:
    """Every row, as written."""
    return tuple(
        Newsroom(
            row["name"],
            row["kind"],
            tuple(row.get("aliases", ())),
            tuple(row.get("cues", ())),
            tuple(row.get("domains", ())),
            row.get("owner"),
            row.get("country"),
        )
        for row in _table()["newsroom"]
    )


@lru_cache(1 << 16)
def newsroom_key(name: str) -> str:
    """A key for a newsroom's name: folded, without "the", a final ".com" or white space."""
    words = re.findall(r"[^\W_]+", fold(re.sub(r"\.(?:com|org|net)$", "", name.strip(), flags=re.IGNORECASE)))
    return "".join(w for w in words if w != "the")


def _needs_article(name: str) -> bool:
    """Whether a name is one word after "The": "The Hill" is a newsroom, "Hill" is anything."""
    return name.startswith("The ") and " " not in name[4:]


@cache
def _by_key() -> dict[str, tuple[Newsroom, str]]:
    """Every name and alias by key, with the form as the row prints it (of two, the one that needs no article)."""
    found: dict[str, tuple[Newsroom, str]] = {}
    for room in all_newsrooms():
        for name in sorted((room.name, *room.aliases), key=_needs_article):
            found.setdefault(newsroom_key(name), (room, name))
    return found


@cache
def _by_cue() -> dict[str, tuple[Newsroom, ...]]:
    found: dict[str, list[Newsroom]] = {}
    for room in all_newsrooms():
        for cue in room.cues:
            rooms = found.setdefault(newsroom_key(cue), [])
            if room not in rooms:
                rooms.append(room)
    return {key: tuple(rooms) for key, rooms in found.items()}


@cache
def _defaults() -> dict[str, str]:
    return {newsroom_key(cue): name for cue, name in _table()["defaults"].items()}


@cache
def _by_domain() -> dict[str, Newsroom]:
    return {domain: room for room in all_newsrooms() for domain in room.domains}


def _by_cue_among(key: str, among: Sequence[str] | None) -> Newsroom | None:
    candidates = _by_cue().get(key, ())
    named = {newsroom_key(canonical(name)) for name in among or ()}
    here = [room for room in candidates if newsroom_key(room.name) in named]
    if here:
        return here[0] if len(here) == 1 else None
    if len(candidates) == 1:
        return candidates[0]
    return next((room for room in candidates if room.name == _defaults().get(key)), None)


def by_name(name: str, citing: bool = False, among: Sequence[str] | None = None) -> Newsroom | None:
    """The newsroom of this name or alias (whole, not as a part of ``name``). With ``citing`` also its cue aliases.

    ``among`` names the newsrooms that the article names in full: "the Times" is then the one of them that goes by it
    (None where two do); where none of them does, it is the best known one, if the table says which that is.
    """
    key = newsroom_key(name)
    if citing and among and _has_capital(name):
        named_here = _by_cue_among(key, among)
        if named_here is not None and newsroom_key(named_here.name) in {newsroom_key(canonical(n)) for n in among}:
            return named_here
    room, form = _by_key().get(key, (None, ""))
    if room is not None and not _is_other_word(room, form, name, citing):
        return room
    return _by_cue_among(key, among) if citing and _has_capital(name) else None


def _has_capital(name: str) -> bool:
    """Whether a word of the name, its article aside, is capitalised: "the times" are anybody's."""
    return any(word[:1].isupper() for word in name.split() if word.casefold() != "the")


def _is_other_word(room: Newsroom, form: str, name: str, citing: bool) -> bool:
    """Whether ``name``, which reads like this newsroom, may be an ordinary word: "people", "Hill", "Australian"."""
    if name not in room.cues and name in (room.name, *room.aliases):
        return False
    if form in room.cues:
        return not citing or not _has_capital(name)
    if _needs_article(form):
        return not (name.lower() if citing else name).startswith("the " if citing else "The ")
    return False


def hostname(url: str) -> str:
    """The host of a URL in small letters, also where its scheme is left out; empty where there is none."""
    try:
        return urlsplit(url if "//" in url else "//" + url).hostname or ""
    except ValueError:
        return ""


def by_url(url: str) -> Newsroom | None:
    """The newsroom whose domain serves this URL (subdomains count)."""
    host = hostname(url).removeprefix("www.")
    while "." in host:
        if host in _by_domain():
            return _by_domain()[host]
        host = host.split(".", 1)[1]
    return None


def canonical(name: str) -> str:
    """The name that all aliases of one newsroom share; ``name`` itself where the table does not know it."""
    found = _by_key().get(newsroom_key(name))
    return found[0].name if found else name


def same_newsroom(a: str, b: str) -> bool:
    """Whether two names are one newsroom's."""
    return newsroom_key(canonical(a)) == newsroom_key(canonical(b))


_WORD_START = re.compile(r"(?<![^\W_])[^\W_]+")
_TYPOGRAPHY = (("’", "'"), ("‘", "'"), ("\xa0", " "), ("\u202f", " "), ("\u2009", " "), ("‑", "-"), ("–", "-"))


def _in_plain_type(text: str) -> str:
    """The text with one kind of apostrophe, space and hyphen, character for character."""
    if not text.isascii():
        for sign, plain in _TYPOGRAPHY:
            text = text.replace(sign, plain)  # far quicker than str.translate
    return text


@cache
def _form_start() -> re.Pattern[str]:
    """A word that begins as some printed form does: few words of a text, for names begin with capitals."""
    words = sorted(_scan_table()[1])
    initials = "".join(re.escape(initial) for initial in sorted({word[0] for word in words if not word[0].islower()}))
    small = "|".join(re.escape(word) for word in words if word[0].islower())
    return re.compile(rf"(?<![^\W_])(?:[{initials}][^\W_]*|(?:{small})(?![^\W_]))")


@cache
def _scan_table() -> tuple[dict[str, Newsroom], dict[str, tuple[int, ...]]]:
    """Every printed form by its words, and the lengths of the forms that begin with a word, longest first."""
    forms: dict[str, Newsroom] = {}
    for room in all_newsrooms():
        for name in (room.name, *room.aliases):
            if name in room.cues:
                continue
            forms.setdefault(name, room)
            if name.startswith("The ") and not _needs_article(name):
                forms.setdefault(name[4:], room)
    lengths: dict[str, set[int]] = {}
    for form in forms:
        first = _WORD_START.search(form)
        if first is not None and first.start() == 0:
            lengths.setdefault(first.group(), set()).add(len(form))
    return forms, {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


def find_newsrooms(text: str) -> tuple[NewsroomMention, ...]:
    """Every newsroom that a text names by name or alias, in text order, the longest name at each place.

    Case counts and names end at word boundaries; cue aliases ("the Times") and ordinary words are not found. One
    pass: the time is linear in the text.
    """
    forms, lengths = _scan_table()
    plain = _in_plain_type(text)
    found: list[NewsroomMention] = []
    reached = 0
    for word in _form_start().finditer(plain):
        start = word.start()
        if start < reached:
            continue
        for length in lengths.get(word.group(), ()):
            end = start + length
            room = forms.get(plain[start:end])
            if room is not None and not (end < len(plain) and plain[end].isalnum()):
                found.append(NewsroomMention(start, end, room))
                reached = end
                break
    return tuple(found)
