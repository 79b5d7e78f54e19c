"""Known outlets and agencies: names, aliases, domains, who owns whom. Rows in ``newsrooms.toml``.

In: words or a URL. Out: a :class:`Newsroom`, or None. The table is general knowledge: it holds several hundred rows
and is never needed for an outlet to be recognised from the page itself; it makes "the Times" and "NYT" meet.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal
from urllib.parse import urlsplit

from .language.names import fold


@dataclass(frozen=True, slots=True)
class Newsroom:
    """One newsroom. ``kind`` agency: its copy runs on other sites. ``cues`` are aliases that are only it when the
    sentence cites ("the Times reported"), being ordinary words otherwise. ``owner`` groups one publisher's editions."""

    name: str
    kind: Literal["agency", "newspaper", "broadcaster", "site", "magazine"]
    aliases: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    owner: str | None = None
    country: str | None = None


@cache
def all_newsrooms() -> tuple[Newsroom, ...]:
    """Every row, as written."""
    path = resources.files("firsthand") / "newsrooms.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
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
        for row in table["newsroom"]
    )


def newsroom_key(name: str) -> str:
    """A key for a newsroom's name: folded, without "the", a final ".com" or white space."""
    words = re.findall(r"[^\W_]+", fold(re.sub(r"\.(?:com|org|net)$", "", name.strip(), flags=re.IGNORECASE)))
    return "".join(w for w in words if w != "the")


@cache
def _by_key() -> dict[str, Newsroom]:
    found: dict[str, Newsroom] = {}
    for room in all_newsrooms():
        for name in (room.name, *room.aliases):
            found.setdefault(newsroom_key(name), room)
    return found


@cache
def _by_domain() -> dict[str, Newsroom]:
    return {domain: room for room in all_newsrooms() for domain in room.domains}


def by_name(name: str, citing: bool = False) -> Newsroom | None:
    """The newsroom of this name or alias (whole, not as a part of ``name``). With ``citing`` also its cue aliases."""
    key = newsroom_key(name)
    found = _by_key().get(key)
    if found is None and citing:
        found = next((r for r in all_newsrooms() if key in {newsroom_key(c) for c in r.cues}), None)
    return found


def by_url(url: str) -> Newsroom | None:
    """The newsroom whose domain serves this URL (subdomains count)."""
    host = (urlsplit(url if "//" in url else "//" + url).hostname or "").removeprefix("www.")
    while "." in host:
        if host in _by_domain():
            return _by_domain()[host]
        host = host.split(".", 1)[1]
    return None


def canonical(name: str) -> str:
    """The name that all aliases of one newsroom share; ``name`` itself where the table does not know it."""
    found = by_name(name)
    return found.name if found else name


def same_newsroom(a: str, b: str) -> bool:
    """Whether two names are one newsroom's."""
    return newsroom_key(canonical(a)) == newsroom_key(canonical(b))
