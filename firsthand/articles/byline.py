"""The byline: the persons who wrote the article, and the bodies that the byline names beside or instead of them.

Every place that says who wrote it is a candidate with a rank: the record's own column, the author of the article's
JSON-LD, elements that the markup calls a byline, lines such as "By Ann Berg" at the article's head or foot, meta tags,
the address of a profile. The first that names a person is taken; of places that name bodies only, the first. What the
page shows replaces a declaration where it names the same persons and more, and where the declaration names none.

A signature of initials ("kesm") names no one: it is kept with the bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from firsthand.newsrooms import hostname
from firsthand.records import Page, Reason

from .blocks import Block
from .declared import Marked, Markup
from .evidence import Candidate, body_of, reasons_for
from .people import Names, is_body, is_lead, is_own, is_person, is_role, names_in
from .shown_byline import OTHER_WORK, shown_lines, without_dates
from .verdicts import Verdict

META = (
    "article:author", "author", "parsely-author", "sailthru.author", "byl", "byline", "article:byline",
    "article:author_name", "cxenseparse:author", "mrf:authors", "og:article:author", "og:author", "lp.article:author",
    "citation_author", "dable:author", "articleauthor", "article_author", "qc:author", "branch:deeplink:authorname1",
    "dcterms.creator", "dc.creator",
)  # fmt: skip
"""Meta names that hold authors, the ones that name persons most reliably first."""

_AUTHOR_NAME = re.compile(r"(?:^|[:._-])(?:[a-z]+_)?(?:authors?|authorname|byline)(?:_name)?\d?$")
_PROFILE = re.compile(
    r"/(?:authors?|autor|autoren|autores|auteurs?|autori|staff|people|editors?|writers?|profiles?|by|redakteure?|"
    r"journalists?|contributors?|columnists?|reporters?)/(?:[\w-]{1,30}/)?([a-z]+(?:-[a-z]+){1,3})(?:[/.]|$)",
    re.IGNORECASE,
)
_INVERTED = re.compile(r"([^\s,]{2,40}), ([^\s,]{1,30}(?: [^\s,]{1,30})?)")
_ARTICLE = ("Article", "Posting", "Report", "Review", "WebPage")


@dataclass(frozen=True, slots=True)
class Byline:
    """``persons`` and ``bodies`` that the byline names, in order, and the candidates as reasons."""

    persons: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Names with where they were found; a smaller rank is trusted more. ``full``: persons of a list that the place
    gives one by one, so that it can be told to be the fuller list. ``own``: its bodies are the site itself."""

    names: Names
    source: str
    rank: float
    full: tuple[str, ...] = ()
    own: bool = False


def byline_of(
    page: Page, blocks: Sequence[Block], verdicts: Sequence[Verdict], markup: Markup | None, kept: Sequence[int] = ()
) -> Byline:
    """The persons and bodies of the byline; empty where the page names none. ``kept`` are the article's lines."""
    places = [_Place(names_in(page.given_byline, sure=True), "record", 1.0)] if page.given_byline else []
    sites = _sites(markup, page.url) if markup else ()
    if markup:
        places.extend(_declared(markup, sites))
    if not any(p.names.persons for p in places):
        lines, rank = shown_lines(blocks, verdicts, body_of(verdicts, kept), sites, any(p.names for p in places))
        places.append(_Place(names_in(lines, sites), "line", rank))
    places = [replace(p, own=all(is_own(b, sites) for b in p.names.bodies)) for p in places if p.names]
    chosen = decide_byline(places)
    candidates = [Candidate(", ".join([*p.names.persons, *p.names.bodies]), p.source, p.rank) for p in places]
    return Byline(chosen.persons, chosen.bodies, reasons_for("byline-source", candidates[:6]))


def decide_byline(places: Sequence[_Place]) -> Names:
    """The names of the place that decides: the best ranked that names persons, or a shown byline that names the same
    persons and more; where no place names a person, the best ranked that names other bodies than the site itself."""
    ranked = sorted((p for p in places if p.names), key=lambda p: p.rank)
    named = [p for p in ranked if p.names.persons]
    if not named:
        return next((p for p in ranked if not p.own), ranked[0]).names if ranked else Names()
    first = named[0]
    if first.rank > 1:
        wider = [p for p in named if p.source in ("marked", "meta") and {*p.full} > {*first.names.persons}]
        first = wider[0] if wider else first
    return first.names


def _declared(markup: Markup, sites: Sequence[str]) -> Iterator[_Place]:
    yield _Place(_linked(markup, sites), "jsonld", 2.0)
    shown = _marked([m for m in markup.marked if not m.bio], sites)
    apart = {m.text for m in markup.marked}
    yield _Place(shown, "marked", 3.0, shown.persons if apart.issuperset(shown.persons) else ())
    meta = [_meta(markup.meta[name], sites) for name in META if name in markup.meta]
    meta.extend(
        _meta(values, sites)
        for name, values in markup.meta.items()
        if ("author" in name or "byline" in name)
        and name not in META
        and _AUTHOR_NAME.search(name)
        and not name.startswith(("twitter", "og:image"))
    )
    meta.append(names_in(_labelled(markup), sites, sure=True))
    stated = next((m for m in meta if m.persons), next((m for m in meta if m), Names()))
    yield _Place(stated, "meta", 3.5, stated.persons)
    yield _Place(_marked([m for m in markup.marked if m.bio], sites), "author note", 5.0)
    yield _Place(names_in(_profiles(markup)), "profile", 6.0)


def _sites(markup: Markup, url: str | None) -> tuple[str, ...]:
    """The names that the page gives its own site, and the main part of its host's name."""
    names = [*markup.meta.get("og:site_name", ()), *markup.meta.get("application-name", ())]
    for item in markup.linked:
        publisher = item.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                names.append(one["name"])
    host = hostname(url or markup.canonical).removeprefix("www.")
    return (*names, *([host] if host else []))


def _linked(markup: Markup, sites: Sequence[str]) -> Names:
    """The author of the first JSON-LD object that is an article and has one."""
    known = {str(o["@id"]): o for o in markup.linked if isinstance(o.get("@id"), str) and "name" in o}
    best = Names()
    for item in sorted(markup.linked, key=_is_page):
        if not any(word in str(item.get("@type")) for word in _ARTICLE):
            continue
        for key in ("author", "creator"):
            found = _authors(item.get(key), known, sites)
            if found.persons:
                return found
            best = best or found
    return best


def _is_page(item: dict[str, Any]) -> bool:
    return not any(word in str(item.get("@type")) for word in ("Article", "Posting", "Report"))


def _authors(value: Any, known: dict[str, dict[str, Any]], sites: Sequence[str]) -> Names:
    persons: dict[str, None] = {}
    bodies: dict[str, None] = {}
    waiting, read = [value], 0
    while waiting and read < 60:
        one = waiting.pop(0)
        read += 1
        if isinstance(one, list):
            waiting = [*one[:40], *waiting]
            continue
        if isinstance(one, dict):
            one = one if "name" in one else known.get(str(one.get("@id")), one)
            if "Organization" in str(one.get("@type")):
                bodies.update(dict.fromkeys(n.strip()[:80] for n in _strings(one.get("name")) if n.strip()))
                continue
            found = names_in(map(_in_order, _strings(one.get("name"))), sites, sure=True)
        else:
            found = names_in(map(_in_order, _strings(one)), sites, sure=True)
        persons.update(dict.fromkeys(found.persons))
        bodies.update(dict.fromkeys(found.bodies))
    return Names(tuple(persons), tuple(bodies))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [v for v in values if isinstance(v, str) and "://" not in v][:20]


def _in_order(name: str) -> str:
    """ "Berg, Ann" as "Ann Berg"."""
    match = _INVERTED.fullmatch(name.strip())
    if not match or any(map(is_body, match.groups())) or any(map(is_role, match.groups())):
        return name
    turned = f"{match[2]} {match[1]}"
    return turned if is_person(turned) else name


def _meta(values: Sequence[str], sites: Sequence[str]) -> Names:
    """The names in the contents of one meta name; where one of its tags names persons, the others' bodies are left."""
    told = [v for v in values[:30] if "://" not in v and not v.startswith("@") and "{" not in v]
    found = [names_in([_in_order(v)], sites, sure=True) for v in told]
    named = [n for n in found if n.persons] or found
    return Names(
        tuple(dict.fromkeys(p for n in named for p in n.persons)),
        tuple(dict.fromkeys(b for n in named for b in n.bodies)),
    )


def _labelled(markup: Markup) -> list[str]:
    """Values of Twitter card labels such as "Written by"."""
    found = []
    for number in "123":
        label, value = markup.first(f"twitter:label{number}"), markup.first(f"twitter:data{number}")
        if value and is_lead(label):
            found.append(value)
    return found[:1]


def _profiles(markup: Markup) -> list[str]:
    """Names in the addresses of authors' profiles (".../authors/ann-berg")."""
    values = [v for name in ("article:author", "author") for v in markup.meta.get(name, ()) if "://" in v]
    found = (_PROFILE.search(unquote(urlsplit(part.strip()).path)) for v in values[:6] for part in v.split(",")[:6])
    return [" ".join(w.capitalize() for w in m[1].split("-")) for m in found if m]


def _marked(marked: Sequence[Marked], sites: Sequence[str]) -> Names:
    """The names of the first author element under the headline (of any, where none stands under it) that has some,
    with those of the other elements of its list; its own inner elements are taken where each is one name."""
    below = [m for m in marked if m.below] or list(marked)
    bodies = Names()
    for i, element in enumerate(below):
        names = _of_element(element, sites)
        if names.persons:
            inner = dict.fromkeys(m.text for m in below[i + 1 :] if m.text in element.text)
            single = [t for t in inner if names_in([t]).persons == (t,)]
            if len(single) >= len(names.persons) and len(element.parts) > 1:
                return Names(tuple(single), names.bodies)
            same = [_of_element(m, sites) for m in below[i:] if m.group == element.group]
            persons = dict.fromkeys(p for n in same for p in n.persons)
            return Names(tuple(persons), tuple(dict.fromkeys(b for n in same for b in n.bodies)))
        bodies = bodies or names
    return bodies


def _of_element(element: Marked, sites: Sequence[str]) -> Names:
    """The names in an element: each of its text nodes is read for itself, and all as one line where that finds none,
    or where they are one name or one bracket between them."""
    if OTHER_WORK.match(element.text):
        return Names()
    parts = [p for p in (without_dates(t) for t in element.parts) if p.strip()]
    line = " ".join(parts)
    one = len(parts) > 1 and len(line.split()) <= 4 and len(parts) == len(element.parts) and is_person(line)
    apart = Names() if one or "(" in line else names_in(parts, sites)
    if not apart.persons:
        apart = names_in([line], sites, sure=element.place != "class") or apart
    return apart
