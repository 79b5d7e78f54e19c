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

from firsthand.newsrooms import by_name
from firsthand.records import Page, Reason

from .blocks import Block
from .cues import lowered
from .dates import find_dates
from .declared import Marked, Markup
from .evidence import Candidate, reasons_for
from .people import Names, after_lead, is_body, is_lead, is_own, is_person, is_role, names_in, split_names
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
_AUTHOR_LABELS = (
    "author",
    "autor",
    "auteur",
    "автор",
    "skribent",
    "tác giả",
    "penulis",
    "作者",
    "著者",
    "yazar",
    "szerző",
)
_NO_BYLINE = ("photo-credit", "other-story", "share-bar", "comment-form", "rights-line", "topic-list", "cookie-notice")
_OTHER_WORK = re.compile(r"^(?:photo|foto|image|bild|illustration|video|grafik|graphic|translat|übersetz|edit)", re.I)
_SECTION = re.compile(r",? in [A-ZÀ-Þ].*$")
_SEGMENT = re.compile(r"\s*[|•●·]\s*")
HEAD = 14
"""Lines above the article in which a byline is looked for."""
INSIDE = 12
"""Lines from the article's first on among which a byline can stand (below a standfirst and a picture)."""
FOOT = 5
"""Lines below the article's last in which a line such as "Author: ..." is looked for."""


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


def byline_of(page: Page, blocks: Sequence[Block], verdicts: Sequence[Verdict], markup: Markup | None) -> Byline:
    """The persons and bodies of the byline; empty where the page names none."""
    places = [_Place(names_in(page.given_byline, sure=True), "record", 1.0)] if page.given_byline else []
    sites = _sites(markup, page.url) if markup else ()
    if markup:
        places.extend(_declared(markup, sites))
    if not any(p.names.persons for p in places):
        places.extend(_shown(blocks, verdicts, sites, any(p.names for p in places)))
    places = [replace(p, own=all(is_own(b, sites) for b in p.names.bodies)) for p in places]
    chosen = decide_byline(places)
    candidates = [
        Candidate(", ".join([*p.names.persons, *p.names.bodies]), p.source, p.rank) for p in places if p.names
    ]
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
        if name not in META and _AUTHOR_NAME.search(name) and not name.startswith(("twitter", "og:image"))
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
    host = _host(url or markup.canonical)
    return (*names, *([host] if host else []))


def _host(url: str) -> str:
    """The host of an address; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


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
    if _OTHER_WORK.match(element.text):
        return Names()
    parts = [p for p in (_without_dates(t) for t in element.parts) if p.strip()]
    line = " ".join(parts)
    one = len(parts) > 1 and len(line.split()) <= 4 and len(parts) == len(element.parts) and is_person(line)
    apart = Names() if one or "(" in line else names_in(parts, sites)
    if not apart.persons:
        apart = names_in([line], sites, sure=element.place != "class") or apart
    return apart


def _shown(
    blocks: Sequence[Block], verdicts: Sequence[Verdict], sites: Sequence[str], declared: bool
) -> Iterator[_Place]:
    """Lines that name the author: "By ..." near the body's beginning or under its end, lines of names around the
    headline that something marks as a byline, and a name that stands alone beside the first or last paragraph."""
    body = [i for i, v in enumerate(verdicts) if v.role == "body"]
    if not body:
        return
    led = _led_lines(blocks, verdicts, body)
    if led:
        yield _Place(names_in(led, sites), "line", 4.0)
        return
    bare = [] if declared else _bare_lines(blocks, verdicts, body)
    if bare:
        yield _Place(names_in(bare, sites), "line", 4.0)
        return
    edge = _at_edge(blocks, verdicts, body, sites) or _labelled_below(blocks, body)
    if edge:
        yield _Place(names_in([edge], sites), "line", 4.5)


def _led_lines(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int]) -> list[str]:
    """What follows "By" in the first lines that begin so and hold names alone, of the head, else of the foot."""
    head = range(max(0, body[0] - HEAD), min(len(blocks), body[0] + INSIDE, body[-1] + 3))
    foot = range(max(head.stop, body[-1]), min(len(blocks), body[-1] + FOOT))
    for lines in (head, foot):
        found: list[tuple[int, str]] = []
        for i in lines:
            text = blocks[i].text
            if len(text) > 200 or verdicts[i].role == "headline" or verdicts[i].rule == "photo-credit":
                continue
            if lines is foot and i > body[-1] + 2 and ":" not in text:
                continue
            names = _led(text)
            if (
                names is None
                and i
                and len(text) <= 120
                and len(blocks[i - 1].text) <= 32
                and is_lead(blocks[i - 1].text)
            ):
                names = text if _names_only(text) else None
            if names is None and verdicts[i].role == "metadata" and i < body[0]:
                rest = _after_by(_without_dates(text))
                names = rest if len(rest) <= 60 and any(map(is_person, split_names(rest))) else None
            if names is None and found and i == found[-1][0] + 1 and is_lead(blocks[found[0][0] - 1].text):
                names = text if _names_only(text) else None  # a list of names under "By"
            if names is not None:
                found.append((i, names))
        if found:
            return [names for i, names in found if i - found[0][0] <= 3][:6]
    return []


def _bare_lines(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int]) -> list[str]:
    """Lines of names without "By" around the beginning of the article, where something marks one as a byline."""
    heads = [i for i, v in enumerate(verdicts) if v.role == "headline" and body[0] - HEAD <= i < body[0] + 3]
    scored: list[tuple[float, int]] = []
    for i in range(max(0, (heads[0] if heads else body[0]) - 4), min(len(blocks), body[0] + 7)):
        if verdicts[i].role not in ("body", "headline") and (score := _bareness(i, heads, blocks, verdicts, body)) >= 1:
            scored.append((score, i))
    if not scored:
        return []
    _, first = max(scored, key=lambda s: (s[0], -s[1]))
    found = {i for _, i in scored}
    run = [first]
    while run[-1] + 1 in found and len(run) < 4:
        run.append(run[-1] + 1)
    return [_without_dates(blocks[i].text) for i in run]


def _bareness(
    i: int, heads: Sequence[int], blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int]
) -> float:
    """How much speaks for a line of names being the byline: from 1 on it is taken for it."""
    text = blocks[i].text
    words = text.split() if len(text) <= 110 else []
    if not 2 <= len(words) <= 14 or sum(w[0].isupper() for w in words) < 2:
        return 0.0
    if verdicts[i].rule in ("photo-credit", "share-bar", "rights-line"):
        return 0.0
    bare = _without_dates(text)
    parts = split_names(bare)
    names = [p for p in parts if is_person(p)]
    if not names or not all(p in names or _may_stand_by(p) for p in parts):
        return 0.0
    if any(" " not in name or name.upper() == name.lower() for name in names) or text.rstrip()[-1:] in ".!?:…":
        return 0.0
    if any(name in blocks[j].text for name in names for j in body):
        return 0.0
    above = [blocks[j].text for j in range(max(0, i - 1), i)]
    score = 1.0 * (bare != text or len(parts) > len(names))
    near = [j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(blocks)]
    score += 1.0 * any(verdicts[j].rule == "metadata-line" or is_role(blocks[j].text) for j in near)
    score += 1.0 * (i > 0 and verdicts[i - 1].role in ("headline", "standfirst"))
    again = sum(len(b.text) <= 80 and names[0] in b.text for b in blocks) - 1
    score += 1.0 * (again in (1, 2, 3))
    score -= 1.0 * (again > 6)
    score -= 1.0 * (blocks[i].bullet or (verdicts[i].rule == "topic-list" and again == 0))
    score -= 1.5 * any(_is_caption(t) for t in above)
    score -= 0.5 * (not heads or i < heads[0])
    return score


def _is_caption(text: str) -> bool:
    return "©" in text or bool(_OTHER_WORK.match(text))


def _at_edge(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int], sites: Sequence[str]) -> str:
    """A name that stands alone directly before the first paragraphs, or as the last one."""
    head = [(body[0] + n, -1) for n in (0, -1, 1, 2)]
    for i, beyond in (*head, (body[-1], 1), (body[-1] + 1, 1)):
        if not 0 <= i < len(blocks) or verdicts[i].role == "headline" or verdicts[i].rule in _NO_BYLINE:
            continue
        block = blocks[i]
        if block.tag not in ("p", "") or (i > min(body[-1], body[0]) and block.tag != "p") or block.bullet:
            continue
        if block.linked > 0.5 or not _names_only(block.text, sites):
            continue
        after = blocks[i + beyond].text if 0 <= i + beyond < len(blocks) else ""
        about = any(n in blocks[j].text for n in split_names(block.text) for j in body if j != i)
        if not about and not _names_only(after, sites) and after.rstrip()[-1:] != ":":
            return block.text
    return ""


def _labelled_below(blocks: Sequence[Block], body: Sequence[int]) -> str:
    """The names of the one line below the article that says "Author", where no other such line names another."""
    found = set()
    for block in blocks[body[-1] + 1 :][:200]:
        if len(block.text) <= 80 and lowered(block.text).startswith(_AUTHOR_LABELS) and (names := _led(block.text)):
            found.add(names)
    return found.pop() if len(found) == 1 else ""


def _names_only(text: str, sites: Sequence[str] = ()) -> bool:
    """Whether a line is one to three names of persons or desks in capitalised words, and nothing else."""
    if len(text) > 70 or len(text.split()) > 9 or text.rstrip()[-1:] in ".!?:…":
        return False
    parts = split_names(text)
    if not 1 <= len(parts) <= 3:
        return False
    return all(is_body(p) or is_own(p, sites) or (is_person(p) and p.upper() != p.lower()) for p in parts)


def _led(text: str) -> str | None:
    """The names that follow "By" at the beginning of a line or of one of its parts ("Monday | By Ann Berg"), where
    the rest holds names and what stands beside names, and nothing else."""
    pieces = _SEGMENT.split(text)[:5] if "|" in text or not text.isascii() else [text]
    for piece in pieces:
        rest = after_lead(piece)
        if not rest or len(rest.split()) > 24 or (rest.rstrip()[-1:] in ".!?" and len(rest.split()) > 6):
            continue
        rest = _SECTION.sub("", _without_dates(rest))
        parts = split_names(rest)
        named = [p for p in parts if is_person(p) or is_body(p)]
        if named and all(p in named or _may_stand_by(p) for p in parts):
            return rest
    return None


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
