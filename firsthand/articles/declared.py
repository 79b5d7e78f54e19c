"""What the markup of an HTML page declares: meta tags, JSON-LD, headings, time and author elements.

The tree is walked once; how much is read is bounded everywhere.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from .blocks import tidy
from .stamps import DATED, MOST, Stamp, read_stamps

MAX_LINKED = 2_000_000
"""Characters of one JSON-LD script that are read."""
MAX_OBJECTS = 400
"""Objects and lists of JSON-LD that are read on a page."""
MAX_META = 600
"""Names of meta tags that are read; a page has 20 to 100."""

_HINT = re.compile("uthor|yline|utor|riter|teur|eporter").search
_TEXTS = etree.XPath("descendant::text()[not(parent::script or parent::style or parent::button)]", smart_strings=False)
_AUTHOR = re.compile(r"author|byline|autor|auteur|writer|reporter|redakteur|contributor", re.IGNORECASE)
_OTHERS = re.compile(
    r"comment|image|img|photo|picture|caption|figure|media|quote|teaser|card|related|widget|avatar|social|follow|"
    r"time|date|credit|count|video|twitter|tooltip|popup|search|letter|more|promo|summary|role|title|position|desc|"
    r"label|prefix|mail|icon|button|btn|latest|listing|sidebar|footer|bio(?![a-z])|without|source|headline|affil|"
    r"underwriter|copywriter|disclosure|additional|[\[:]",
    re.IGNORECASE,
)
_FAR = re.compile(
    r"(?:related|teaser|comment|sidebar|recirc|recommend|popular|trending|most-?read|carousel|"
    r"promo|footer|figure|caption|widget-tease|newsfeed|summary-item|card(?![a-z])|media__|posts-block|read-?more|"
    r"more-|upcoming|gallery|additional)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:author|byline|writer)[a-z]*[-_]*name|(?<![\w-])(?:vcard|fn)(?![\w-])", re.IGNORECASE)
_TOLD = {"a", "meta", "script", "h1", "time", "title", "link"}
_ASIDE = {"aside", "footer", "figure", "figcaption", "blockquote", "form", "noscript"}
_COMMA = re.compile(r",\s*(?=[}\]])")
_FENCE = re.compile(r"^\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*$")


@dataclass(frozen=True, slots=True)
class Marked:
    """An element that its markup calls an author or a byline. ``parts`` are its text nodes, tidied; ``place`` names the
    attribute (``name`` for a class that says the element is the name alone); ``group`` is shared by the elements of one
    list of names; ``below`` says whether a heading of the first rank stands above it, ``bio`` whether it is the note
    about the author rather than the byline."""

    parts: tuple[str, ...]
    place: str
    group: int
    below: bool = False
    bio: bool = False

    @property
    def text(self) -> str:
        """Its words as one line."""
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Markup:
    """What the head of an HTML page declares. ``meta`` maps lower-case names and properties to their contents in
    order; ``linked`` are the JSON-LD objects, flattened; ``times`` the ``datetime`` stamps of ``time`` elements, and
    ``stamps`` the dated elements with their places; ``headings`` the words of the ``h1`` elements; ``marked``
    the author elements and ``authors`` their words."""

    title: str = ""
    lang: str = ""
    canonical: str = ""
    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)
    linked: tuple[dict[str, Any], ...] = ()
    times: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    marked: tuple[Marked, ...] = ()
    stamps: tuple[Stamp, ...] = ()

    def first(self, *names: str) -> str:
        """The first non-empty content of the first of these meta names that the page has."""
        return next((v for n in names for v in self.meta.get(n, ()) if v), "")


def read_markup(tree: Any) -> Markup:
    """The declarations of a page's head, and of its headings, ``time`` and author elements."""
    meta: dict[str, list[str]] = {}
    scripts: list[str] = []
    times: list[str] = []
    titles: list[str] = []
    canonical = ""
    headings: list[str] = []
    marked = _Marked()
    plain_classes: set[str] = set()
    dated: list[Any] = []
    above = 0
    first_h1: Any = None
    for element in tree.iter():
        words = element.get("class")
        if words and words not in plain_classes:
            if _HINT(words) and _names_author(words):
                marked.add(element, "class", words, bool(headings))
            else:
                plain_classes.add(words)
        tag = element.tag
        if tag not in _TOLD:
            prop = element.get("itemprop")
            if prop in ("author", "creator"):
                marked.add(element, "itemprop", words or "", bool(headings))
            elif prop in DATED and len(dated) < MOST:
                dated.append(element)
        elif tag == "a":
            if "author" in (element.get("rel") or "") or element.get("itemprop") == "author":
                marked.add(element, "rel", words or "", bool(headings))
        elif tag == "meta":
            _read_meta(element, meta)
        elif tag == "script":
            if "ld+json" in (element.get("type") or "").lower() and element.text and len(scripts) < 40:
                scripts.append(element.text)
        elif tag == "h1":
            if first_h1 is None:
                first_h1, above = element, len(dated)
            if len(headings) < 12 and (heading := tidy(" ".join(_texts(element, 600)))):
                headings.append(heading)
        elif tag == "time":
            if len(dated) < MOST:
                dated.append(element)
            if element.get("datetime") and len(times) < 20:
                times.append(element.get("datetime"))
        elif tag == "title":
            titles.append(tidy("".join(element.itertext())[:600]) if not titles else "")
        elif not canonical and element.get("rel") == "canonical":
            canonical = element.get("href") or ""
    return Markup(
        titles[0] if titles else "",
        tree.get("lang") or "",
        canonical or next(iter(meta.get("og:url", [])), ""),
        {name: tuple(values) for name, values in meta.items()},
        tuple(_linked(scripts)),
        tuple(times),
        tuple(m.text for m in marked.found if 3 <= len(m.text) <= 160)[:8],
        tuple(headings),
        tuple(marked.found),
        read_stamps(dated, above, first_h1),
    )


def _read_meta(element: Any, meta: dict[str, list[str]]) -> None:
    """One meta tag; some archives of pages write ``value`` for ``content``."""
    name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
    content = element.get("content") or element.get("value")
    if name and content and len(meta) < MAX_META:
        meta.setdefault(name, []).append(tidy(content[:2000]))


def _linked(scripts: list[str]) -> Iterator[dict[str, Any]]:
    read = 0
    for script in scripts:
        waiting = deque([_json(script)])
        while waiting and read < MAX_OBJECTS:
            item = waiting.popleft()
            read += 1
            if isinstance(item, list):
                waiting.extend(item[:200])
            elif isinstance(item, dict):
                yield item
                waiting.extend(item[k] for k in ("@graph", "mainEntity", "mainEntityOfPage") if k in item)


def _json(script: str) -> Any:
    """The value of a JSON-LD script; comment fences around it and commas before a closing bracket are forgiven."""
    text = script[:MAX_LINKED]
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    bare = _FENCE.sub("", _FENCE.sub("", text.strip())).strip().rstrip(";")
    try:
        return json.loads(_COMMA.sub("", bare), strict=False)
    except (ValueError, RecursionError):
        return None


class _Marked:
    """Collects the author elements of a page, at most 24 of at most 200 looked at."""

    def __init__(self) -> None:
        self.found: list[Marked] = []
        self._groups: dict[tuple[str, Any], int] = {}
        self._seen = 0
        self._last: Any = None

    def add(self, element: Any, place: str, words: str, below: bool) -> None:
        """Takes up an element whose attribute ``place`` says that it names an author; ``words`` are its classes."""
        self._seen += 1
        if self._seen > 200 or len(self.found) >= 24 or element is self._last or _is_far(element, place):
            return
        self._last = element
        parts = tuple(t for t in map(tidy, _texts(element, 240)) if t)
        if parts and sum(map(len, parts)) <= 200:
            above = element.getparent()
            around = above.getparent() if above is not None else None
            group = self._groups.setdefault((words, around if around is not None else above), len(self._groups))
            bio = place == "class" and _is_bio(words)
            self.found.append(Marked(parts, "name" if _NAME.search(words) else place, group, below, bio))


def _texts(element: Any, longest: int) -> list[str]:
    """The text nodes of an element without its scripts and buttons, until they are longer than ``longest``."""
    texts: list[str] = []
    size = 0
    for text in _TEXTS(element)[:60]:
        texts.append(text[: longest + 1])
        size += len(text.strip())
        if size > longest:
            break
    return texts


def _names_author(words: str) -> bool:
    return any(_AUTHOR.search(w) and not _OTHERS.search(w) for w in words[:400].split())


def _is_bio(words: str) -> bool:
    return any(w in words.lower() for w in ("author-box", "authorbox", "about", "author-info", "profile"))


def _is_far(element: Any, place: str) -> bool:
    """Whether an element stands in a teaser, a comment, a picture's caption: what is not the article's head."""
    if element.tag in ("article", "body", "html") or element.tag in _ASIDE:
        return True
    for depth, above in enumerate(element.iterancestors()):
        if depth >= 8 or above.tag in ("main", "body"):
            return False
        if above.tag in _ASIDE or (above.tag == "nav" and place == "class"):
            return True
        if any(
            _FAR.search(w) and not w.startswith(("with", "has", "no-"))
            for w in (above.get("class") or "")[:200].split()
        ):
            return True
    return False
