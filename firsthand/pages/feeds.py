"""Feeds: RSS 0.9 to 2.0, RDF and Atom; every entry with its full content is a page.

In: a stream. Out: a page per entry that brings its article; a ``Rejected`` for an entry that has only a summary (fewer
than ``least_feed_words`` words: a summary is no article), by its number. The feed's statements about an entry become
the page's ``given_*`` fields, with the basis ``feed``; ``<source>`` is the outlet of an entry that somebody else's feed
passes on, the feed's own title is none (it names a section as often as a newspaper).
How it decides
    Elements are told by their local names, so that any prefix and any version will do. Entities that the feed declares
    are not expanded, nothing is fetched, and libxml2's own limits (depth 256, 10 MB a text) hold.
Known to fail: content that was escaped twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from lxml import etree

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .columns import LONGEST_NAME
from .decoding import Unreadable, readable
from .documents import checked_page, media_of

_ROOT = re.compile(rb"<(?:[a-z0-9]{1,20}:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:[a-z0-9]{1,20}:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")
_FULL = ("encoded", "content", "body", "content_encoded", "fulltext", "full-text")
_SUMMARY = ("description", "summary", "abstract", "subtitle")
_FIELDS = {
    "given_id": ("guid", "id", "identifier"),
    "given_headline": ("title",),
    "given_date": ("pubdate", "published", "issued", "date", "created"),
}
NO_FEED = "a sitemap (addresses without text): give the pages themselves"


def looks_like_feed(head: bytes) -> bool:
    """Whether the file's root element is a feed's."""
    return _root(head, _ROOT)


def looks_like_sitemap(head: bytes) -> bool:
    """Whether the file's root element is a sitemap's."""
    return _root(head, _SITEMAP)


def _root(head: bytes, pattern: re.Pattern[bytes]) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"<"):
        return False
    for match in re.finditer(rb"<([!?]?)[^>]{0,4000}>", start[:20_000]):
        if not match[1]:
            return pattern.match(match[0]) is not None
    return False


def read_feed(stream: IO[bytes], location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    """Every entry of a feed, streamed: an entry is forgotten when it has been read."""
    entries = etree.iterparse(
        stream, events=("end",), tag=("{*}item", "{*}entry"), resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False, recover=True,
    )  # fmt: skip
    number = 0
    try:
        for _, entry in entries:
            number += 1
            yield _entry(entry, f"{location}:{number}", options)
            _forget(entry)
    except (etree.XMLSyntaxError, ValueError) as error:
        why = f"the feed breaks off after {number} entries: {str(error)[:300]}"
        yield Rejected(f"{location}:{number + 1}", "pages", why)
        return
    if not number:
        broken = entries.error_log.last_error  # recover=True leaves errors in the log
        why = "the feed holds no entry" + (f": {broken.message[:200]}" if broken is not None else "")
        yield Rejected(location, "pages", why)


def _forget(entry: Any) -> None:
    entry.clear()
    before = entry.getprevious()
    while before is not None and before.getparent() is not None:
        before.getparent().remove(before)
        before = entry.getprevious()


def _entry(entry: Any, place: str, options: PageOptions) -> Page | Rejected:
    children: dict[str, list[Any]] = {}
    for child in entry:
        if isinstance(child.tag, str):
            children.setdefault(etree.QName(child).localname.lower(), []).append(child)
    text, full = _content(children)
    url = _link(children)
    named = f"{url or 'an entry without link'}: "
    if not full:
        words = len(_TAG.sub(" ", text[: options.max_page_bytes]).split())
        if words < options.least_feed_words:
            what = f"only a summary of {words} words" if words else "no content"
            return Rejected(place, "pages", f"{named}{what} in the feed: give the page itself")
    if len(text.encode("utf-8", "replace")) > options.max_page_bytes:
        return Rejected(place, "pages", f"{named}a page of more than {options.max_page_bytes} bytes, set aside unread")
    try:
        text = readable(text)
    except Unreadable as error:
        return Rejected(place, "pages", named + str(error))
    page = checked_page(text, media_of(text), place, options)
    if isinstance(page, Rejected):
        return replace(page, why=named + page.why)
    found = {field: _first(children, names) for field, names in _FIELDS.items()}
    if url is None and (found["given_id"] or "").startswith("http"):
        url = found["given_id"]
    return replace(
        page,
        url=url,
        given_outlet=_outlet(children),
        given_byline=_authors(children),
        given_basis="feed",
        **found,  # type: ignore[arg-type]
    )


def _content(children: dict[str, list[Any]]) -> tuple[str, bool]:
    """The longest of the full contents, else the longest summary; and whether it is the full content."""
    for names, full in ((_FULL, True), (_SUMMARY, False)):
        texts = [_inner(child) for name in names for child in children.get(name, ()) if not child.get("url")]
        best = max(texts, key=len, default="")
        if best.strip():
            return best, full
    return "", False


def _inner(element: Any) -> str:
    """An element's text; where it holds markup of its own (Atom's xhtml), that markup."""
    if len(element) and any(isinstance(child.tag, str) for child in element):
        parts = [element.text or "", *(etree.tostring(c, encoding="unicode", method="html") for c in element)]
        return "".join(parts)
    return _text(element)


def _text(element: Any) -> str:
    """The text in an element, without comments and the names of entities that were not expanded."""
    parts: list[str] = []
    for node in element.iter():
        if isinstance(node.tag, str):
            parts.append(node.text or "")
        if node is not element:
            parts.append(node.tail or "")
    return "".join(parts)


def _short(element: Any) -> str | None:
    text = " ".join(_text(element).split())
    return text if 0 < len(text) <= LONGEST_NAME else None


def _first(children: dict[str, list[Any]], names: tuple[str, ...]) -> str | None:
    return next((t for name in names for child in children.get(name, ()) if (t := _short(child))), None)


def _link(children: dict[str, list[Any]]) -> str | None:
    links = children.get("link", [])
    shown = [link for link in links if link.get("rel", "alternate") == "alternate"]
    found = next((t for link in shown if (t := link.get("href") or _short(link))), None)
    original = next((t for link in children.get("origlink", ()) if (t := _short(link))), None)
    return original or found


def _outlet(children: dict[str, list[Any]]) -> str | None:
    for source in children.get("source", ()):
        title = next((c for c in source if isinstance(c.tag, str) and etree.QName(c).localname == "title"), None)
        name = _short(source if title is None else title)
        if name:
            return name
    return _first(children, ("publisher",))


def _authors(children: dict[str, list[Any]]) -> tuple[str, ...]:
    """dc:creator, Atom's author with its name, RSS's author: an address with the name in brackets."""
    names: list[str] = []
    for element in (*children.get("creator", ()), *children.get("author", ())):
        inner = next((c for c in element if isinstance(c.tag, str) and etree.QName(c).localname == "name"), None)
        name = _short(element if inner is None else inner) or ""
        address = re.match(r"\S{1,200}@\S{1,200}\s{0,5}\(([^)]{1,200})\)$", name)
        name = address[1] if address else name
        if name and "@" not in name:
            names.append(name)
    return tuple(dict.fromkeys(names))
