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
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from firsthand.newsrooms import by_name
from firsthand.records import Page, Reason

from .blocks import Block
from .dates import find_dates
from .declared import Marked, Markup
from .evidence import Candidate, reasons_for
from .people import Names, after_lead, is_body, is_lead, is_person, is_role, names_in, split_names
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
_NO_BYLINE = ("photo-credit", "other-story", "share-bar", "comment-form", "rights-line", "topic-list", "cookie-notice")
_OTHER_WORK = re.compile(r"^(?:photo|foto|image|bild|illustration|video|grafik|graphic|translat|übersetz|edit)", re.I)
HEAD = 14
"""Lines above the article in which a byline is looked for."""


@dataclass(frozen=True, slots=True)
class Byline:
    """``persons`` and ``bodies`` that the byline names, in order, and the candidates as reasons."""

    persons: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Names with where they were found; a smaller rank is trusted more."""

    names: Names
    source: str
    rank: float


def byline_of(page: Page, blocks: Sequence[Block], verdicts: Sequence[Verdict], markup: Markup | None) -> Byline:
    """The persons and bodies of the byline; empty where the page names none."""
    places = [_Place(names_in(page.given_byline, sure=True), "record", 1.0)] if page.given_byline else []
    if markup:
        places.extend(_declared(markup))
    if not any(p.names.persons for p in places):
        places.append(_Place(names_in(_shown(blocks, verdicts)), "line", 4.0))
    chosen = decide_byline(places)
    candidates = [
        Candidate(", ".join([*p.names.persons, *p.names.bodies]), p.source, p.rank) for p in places if p.names
    ]
    reasons = reasons_for("byline-source", candidates[:6])
    return Byline(chosen.persons, chosen.bodies, reasons)


def decide_byline(places: Sequence[_Place]) -> Names:
    """The names of the place that decides: the best ranked that names persons, or a shown byline that names the same
    persons and more; the best ranked that names bodies where no place names a person."""
    ranked = sorted((p for p in places if p.names), key=lambda p: p.rank)
    named = [p for p in ranked if p.names.persons]
    if not named:
        return ranked[0].names if ranked else Names()
    first = named[0]
    if first.rank > 1:
        wider = [p for p in named if p.source == "marked" and {*p.names.persons} > {*first.names.persons}]
        first = wider[0] if wider else first
    return first.names


def _declared(markup: Markup) -> Iterator[_Place]:
    sites = _sites(markup)
    yield _Place(_linked(markup, sites), "jsonld", 2.0)
    yield _Place(_marked([m for m in markup.marked if not m.bio], sites), "marked", 3.0)
    meta = [_meta(markup.meta[name], sites) for name in META if name in markup.meta]
    meta.extend(
        _meta(values, sites)
        for name, values in markup.meta.items()
        if name not in META and _AUTHOR_NAME.search(name) and not name.startswith(("twitter", "og:image"))
    )
    meta.append(names_in(_labelled(markup), sites, sure=True))
    yield _Place(next((m for m in meta if m.persons), next((m for m in meta if m), Names())), "meta", 3.5)
    yield _Place(_marked([m for m in markup.marked if m.bio], sites), "author note", 5.0)
    yield _Place(names_in(_profiles(markup)), "profile", 6.0)


def _sites(markup: Markup) -> tuple[str, ...]:
    """The names that the page gives its own site."""
    names = [*markup.meta.get("og:site_name", ()), *markup.meta.get("application-name", ())]
    for item in markup.linked:
        publisher = item.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                names.append(one["name"])
    return tuple(names)


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
    return names_in(
        (_in_order(v) for v in values[:30] if "://" not in v and not v.startswith("@") and "{" not in v),
        sites,
        sure=True,
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
    with those of the other elements of its list."""
    below = [m for m in marked if m.below] or list(marked)
    bodies = Names()
    for i, element in enumerate(below):
        names = _of_element(element, sites)
        if names.persons:
            same = [_of_element(m, sites) for m in below[i:] if m.group == element.group]
            persons = dict.fromkeys(p for n in same for p in n.persons)
            return Names(tuple(persons), tuple(dict.fromkeys(b for n in same for b in n.bodies)))
        bodies = bodies or names
    return bodies


def _of_element(element: Marked, sites: Sequence[str]) -> Names:
    """The names in an element: each of its text nodes is read for itself, and all as one line where that finds none."""
    if _OTHER_WORK.match(element.text):
        return Names()
    parts = [p for p in (_without_dates(t) for t in element.parts) if p.strip()]
    apart = names_in(parts, sites)
    if apart.persons:
        return apart
    return names_in([" ".join(parts)], sites, sure=element.place != "class") or apart


def _shown(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[str]:
    """Lines of names near the body's beginning, and "By ..." lines directly under its end."""
    body = [i for i, v in enumerate(verdicts) if v.role == "body"]
    if not body:
        return []
    heads = [i for i, v in enumerate(verdicts) if v.role == "headline" and body[0] - HEAD <= i < body[0]]
    lines: list[str] = []
    bare: list[int] = []
    for i in [*range(max(0, body[0] - HEAD), min(len(blocks), body[0] + 3)), *range(body[-1] + 1, body[-1] + 3)]:
        if i >= len(blocks) or verdicts[i].role in ("body", "headline"):
            continue
        text = blocks[i].text
        if len(text) > 160 or verdicts[i].rule in _NO_BYLINE:
            continue
        names = _led(_without_dates(text))
        if names is not None or (i and len(text) <= 120 and is_lead(blocks[i - 1].text)):
            lines.append(names if names is not None else text)
        elif i < body[0] and verdicts[i].role == "metadata" and (not heads or i > heads[0] - 2):
            rest = _after_by(_without_dates(text))
            lines.extend([rest] if len(rest) <= 60 and any(map(is_person, split_names(rest))) else [])
        elif i < body[0] and _is_name_line(i, heads, body[0], blocks, verdicts):
            bare.append(i)
    run = [i for i in bare if i - bare[0] <= 2]  # names far below the first are those of pictures
    return lines or [blocks[i].text for i in run]


def _led(text: str) -> str | None:
    """The names that follow "By", where the line holds names and what stands beside names, and nothing else."""
    rest = after_lead(text)
    if not rest or len(rest.split()) > 24 or (rest.rstrip()[-1:] in ".!?" and len(rest.split()) > 6):
        return None
    parts = split_names(rest)
    named = [p for p in parts if is_person(p) or is_body(p)]
    return rest if named and all(p in named or _may_stand_by(p) for p in parts) else None


def _is_name_line(
    i: int, heads: Sequence[int], start: int, blocks: Sequence[Block], verdicts: Sequence[Verdict]
) -> bool:
    """Whether a line of the head holds names, and nothing but what stands beside names: a role, a place, a date. It
    has to stand under the headline, or touch one of its lines, and its persons are not those the article is about."""
    text = blocks[i].text
    if len(text) > 110 or len(text.split()) > 14:
        return False
    parts = split_names(_without_dates(text))
    names = [p for p in parts if is_person(p)]
    if not names or not all(p in names or _may_stand_by(p) for p in parts):
        return False
    if any(" " not in name for name in names):
        return False
    if any(name in blocks[j].text for name in names for j, v in enumerate(verdicts) if v.role == "body"):
        return False
    near = [j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(blocks)]
    touches = any(verdicts[j].rule == "metadata-line" or is_role(blocks[j].text) for j in near)
    if heads and i > heads[0]:
        return touches or len(parts) > len(names) or verdicts[i - 1].role in ("headline", "standfirst")
    return start - i <= 6 and touches and not heads


def _after_by(text: str) -> str:
    """The words after the last "by" of a line of the head that begins otherwise ("Posted at noon by Ann Berg")."""
    words = text[:160].split()
    at = max(
        (i for i, w in enumerate(words[:-1]) if w.lower() in ("by", "by:") and words[i + 1][0].isupper()), default=0
    )
    return " ".join(words[at + 1 :]) if at else text


def _without_dates(text: str) -> str:
    if not any(c.isdigit() for c in text):
        return text
    for found in find_dates(text):
        text = text.replace(found.words, " ")
    return text


def _may_stand_by(part: str) -> bool:
    """A role, an outlet, or one or two capitalised words (a place) beside a name."""
    words = part.split()
    return not words or is_role(part) or by_name(part) is not None or (len(words) <= 2 and words[0][:1].isupper())
