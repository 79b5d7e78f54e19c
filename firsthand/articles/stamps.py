"""Stamps: what the markup of an HTML page declares about its dates, each with its place.

Four kinds of places, in order of trust: the JSON-LD of the page's main item; meta tags; ``itemprop`` and ``time``
elements of the article's head (not those of other stories' cards, of comments, of a footer); and the data that scripts
carry (``"publishedAt": ...``), where all that a page holds of it agrees.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from .blocks import tidy
from .dates import read_stamp

Kind = Literal["posted", "updated"]

DATED = frozenset(
    {"datePublished", "dateCreated", "dateModified", "dateUpdated", "uploadDate", "pubdate", "dateIssued"}
)
"""Values of ``itemprop`` that name a date."""
MOST = 40
"""Dated elements of a page that are looked at."""

FAR = re.compile(
    r"relat|recomm|teaser|comment|sidebar|side-bar|recirc|popular|trend|most-?(?:read|view)|carousel|promo|footer|widget|"
    r"\bcard|card\b|ticker|latest|newsfeed|more-|-more|upcoming|event|calendar|gallery|caption|next-|prev-|nav\b|archive|"
    r"live-?blog-?(?:post|entry|item)|weather|slider|swiper|read-?also|list-item|item-list|feed|termin|agenda|kommentar",
    re.IGNORECASE,
)
"""Class words of what is not the article's head: other stories, comments, programmes, weather."""
_ASIDE = frozenset({"aside", "nav", "footer", "figure", "figcaption", "blockquote", "form"})
_UPDATED = re.compile(r"updat|modif|revis|changed|edited|aktualis|maj\b|moddate", re.IGNORECASE)
_POSTED = re.compile(r"publi|posted|created|pub-?date|entry-date|issued|dt-published|veroeff|erschein", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A dated element: the stamp of its attribute (or its words), what the markup calls it (``posted``, ``updated`` or
    nothing), whether it stands under the page's heading, and whether among other things than the article (``far``)."""

    value: str
    words: str
    kind: Literal["posted", "updated", ""]
    place: str
    below: bool
    far: bool


def read_stamps(elements: Sequence[Any], headings: int, heading: Any) -> tuple[Stamp, ...]:
    """The dated elements of a page. The first ``headings`` of them stand above the heading of the first rank;
    ``heading`` is that heading, or None."""
    around = {heading, *heading.iterancestors()} if heading is not None else set()
    rows = [(e, *_above(e, around)) for e in elements[:MOST]]
    often = Counter(path for _, path, _, _ in rows)
    found: list[Stamp] = []
    for n, (element, path, far, apart) in enumerate(rows):
        value, words, kind = _value(element), _words(element), _kind(element)
        far = far or often[path] >= 3 or (apart and n < headings and not kind)  # today's date on top of the page
        if value or words:
            found.append(Stamp(value, words, kind, _place(element), n >= headings, far))
    return tuple(found)


def _value(element: Any) -> str:
    return tidy((element.get("datetime") or element.get("content") or element.get("title") or "")[:80])


def _words(element: Any) -> str:
    parts = [t for t, _ in zip(element.itertext(), range(12), strict=False)]
    return tidy(" ".join(parts)[:200])[:120]


def _kind(element: Any) -> Literal["posted", "updated", ""]:
    names = f"{element.get('itemprop') or ''} {element.get('class') or ''} {element.get('id') or ''}"
    if element.get("pubdate") is not None or _POSTED.search(names) or "uploadDate" in names:
        return "posted"
    return "updated" if _UPDATED.search(names) or _UPDATED.search(_before(element)) else ""


def _before(element: Any) -> str:
    """The words right before an element."""
    previous = element.getprevious()
    above = element.getparent()
    text = previous.tail if previous is not None else above.text if above is not None else ""
    return (text or "")[-24:]


def _place(element: Any) -> str:
    prop = element.get("itemprop")
    return f"itemprop {prop}" if prop in DATED else "time element"


def _above(element: Any, around: set[Any]) -> tuple[tuple[str, ...], bool, bool]:
    """The path up to what the heading stands in as well; whether something on it is not the article's head; and
    whether element and heading have no more in common than the page."""
    path: list[str] = [f"{element.tag} {element.get('class') or ''}"]
    far, apart = False, bool(around)
    for depth, above in enumerate(element.iterancestors()):
        if above in around or above.tag in ("body", "html", "main") or depth >= 14:
            apart = apart and above.tag in ("body", "html", "main")
            break
        names = f"{above.get('class') or ''} {above.get('id') or ''}"[:200]
        if len(path) < 4:
            path.append(f"{above.tag} {names}")
        far = far or above.tag in _ASIDE or bool(FAR.search(names))
    return tuple(path), far, apart


# ------------------------------------------------------------------------------------------ meta tags and JSON-LD

_META_NAMES: tuple[tuple[Kind, float, str], ...] = (
    ("posted", 1.6, "article:published_time og:article:published_time"),
    ("posted", 1.7, "og:published_time parsely-pub-date originalpublicationdate"),
    ("posted", 1.75, "datepublished"),
    ("posted", 1.8,
     "sailthru.date article.published article:published article:publish_date article:publicationdate "
     "article_date_original article.origdate pubdate pub_date publishdate publish-date publish_date "
     "published published-date published_date publisheddate published_at published_time published-at "
     "publication_date publication-date publicationdate date_published date-published dc.date.issued "
     "dcterms.issued dc.issued bt:pubdate cxenseparse:recs:publishtime cxenseparse:publishtime "
     "cxenseparse:recs:pub_date vf:published_time iso-8601-publish-date rnews:datepublished "
     "shareaholic:article_published_time rbpubdate"),
    ("posted", 1.9,
     "dateissued dc.date.publication prism.publicationdate displaydate content_create_date ptime "
     "article:post_time"),
    ("posted", 1.95, "citation_online_date"),
    ("posted", 2.0,
     "issue_date dc.date.created citation_publication_date gentime video:release_date article:created "
     "article:created_time article.created"),
    ("posted", 2.1,
     "dcterms.created dc.created citation_date created date_created datecreated created-date date.created "
     "creation_date release_date"),
    ("posted", 2.2, "dcterms.date dc.date dc:date date"),
    ("posted", 2.3, "music:release_date"),
    ("updated", 1.6, "article:modified_time"),
    ("updated", 1.7, "datemodified"),
    ("updated", 1.8,
     "og:updated_time lastmod last-modified last-updated modified-date dcterms.modified dc.date.modified "
     "article:modified updated_time article_date_updated article.updated date_modified"),
    ("updated", 1.9, "revision_date"),
    ("updated", 2.0, "eomportal-lastupdate"),
)  # fmt: skip
META = tuple((name, kind, rank) for kind, rank, names in _META_NAMES for name in names.split())
"""Names of meta tags (in lower case), what they date, and how far each is trusted; names that some systems also use
for other days (``date``, ``created``) come last."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A date that the markup declares: the stamp as read, its words, its kind, where it stands and its rank."""

    stamp: str
    words: str
    kind: Kind
    where: str
    rank: float


def of_meta(meta: dict[str, tuple[str, ...]], language: str) -> Iterator[Declared]:
    """The dates of the meta tags; where a name stands several times with different days, its first is trusted less."""
    for name, kind, rank in META:
        values = meta.get(name)
        if not values:
            continue
        stamps = [(s, v) for v in values[:8] if (s := read_stamp(v, None, language))]
        if stamps:
            days = {s[:10] for s, _ in stamps}
            yield Declared(stamps[0][0], stamps[0][1], kind, f"meta {name}", rank + (0.9 if len(days) > 1 else 0.0))


_LINKED: tuple[tuple[str, Kind, float], ...] = (
    ("datePublished", "posted", 1.5), ("dateCreated", "posted", 1.9), ("uploadDate", "posted", 2.0),
    ("dateModified", "updated", 1.5),
)  # fmt: skip


def of_linked(items: Sequence[dict[str, Any]], title: str, language: str) -> Iterator[Declared]:
    """The dates of the page's main item in JSON-LD: the items of an article's kind whose headline is the page's, else
    the first of them; then a page's own (``WebPage``)."""
    articles = [i for i in items if _is(i, ("Article", "Posting", "Report", "Review", "NewsItem"))]
    named = [i for i in articles if title and _key(i.get("headline") or i.get("name")) in _key(title)]
    chosen = named[:2] or articles[:1]
    pages = [i for i in items if _is(i, ("WebPage", "ItemPage"))][:1]
    others = [
        i for i in items if _is(i, ("VideoObject", "CreativeWork", "PodcastEpisode", "Podcast", "Book", "Product"))
    ][:1]
    for rank, group in ((0.0, chosen), (0.15, pages), (0.9, others if not chosen else [])):
        for item in group:
            for key, kind, base in _LINKED:
                value = item.get(key)
                stamp = read_stamp(value, None, language) if isinstance(value, str) else None
                if stamp:
                    yield Declared(stamp, str(value)[:60], kind, f"JSON-LD {key}", base + rank)


def _is(item: dict[str, Any], ends: tuple[str, ...]) -> bool:
    kind = item.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return any(isinstance(n, str) and n.endswith(ends) for n in names[:6])


def _key(title: Any) -> str:
    return " ".join(re.findall(r"\w+", title.lower()[:300])) if isinstance(title, str) and title else "\0"


def of_elements(stamps: Iterable[Stamp], language: str, head: str) -> Iterator[tuple[Declared, bool]]:
    """The dates of elements in page order, and whether each stands in the article's head (whose lines are ``head``). Of
    several that the markup does not call anything, the earliest day is the publication, the others are revisions."""
    rows: list[tuple[Declared, bool, bool]] = []
    first = True
    for stamp in stamps:
        value = read_stamp(stamp.value, None, language) if stamp.value else None
        value = value or (read_stamp(stamp.words, None, language) if stamp.words else None)
        if not value:
            continue
        prop = stamp.place.startswith("itemprop")
        rank = 1.9 if prop and stamp.kind == "posted" else 2.3 if stamp.kind == "posted" else 2.8
        seen = not head or not stamp.words or stamp.words[:40] in head
        near = not stamp.far and (bool(stamp.kind) or (seen and (first or stamp.below)))
        rank += 0.0 if stamp.below else 0.2 if stamp.kind else 0.6
        kind: Kind = "updated" if stamp.kind == "updated" else "posted"
        rows.append((Declared(value, stamp.words or stamp.value, kind, stamp.place, rank), near, not stamp.kind))
        first = first and not near
    plain = [d.stamp[:10] for d, near, bare in rows if near and bare][:3]
    for declared, near, bare in rows:
        if near and bare and declared.stamp[:10] > min(plain):
            declared = replace(declared, kind="updated")
        yield declared, near


# ------------------------------------------------------------------------------------------------- data of scripts

_KEYS = (
    "datePublished", "publishedAt", "published_at", "firstPublished", "first_published_at", "firstPublishedAt",
    "firstPublicationDate", "publishedFirst",
    "publishedDate", "published_date", "publicationDate", "publication_date", "publishDate",
    "publish_date", "publishedTime", "published_time", "publishTime", "publish_time", "pubDate", "pub_date", "pubdate",
    "datePosted", "publishedOn", "originalPublishDate", "displayDate", "display_date", "createDate",
    "deployDate", "deployDt", "article_pub_date", "pageDate", "data-published", "data-publish-date", "data-utc-time",
)  # fmt: skip
_VALUE = re.compile(
    r"(?:[\\\"']|&quot;){0,4}\s{0,3}[:=,]\s{0,3}(?:[\\\"']|&quot;){0,4}"
    r"((?:19|20)\d{2}[^\"'\\<>,;}&]{4,36}|\d{1,2}\.\d{1,2}\.20\d{2}[^\"'\\<>,;}&]{0,12}|\d{10,13}\b)"
)
_WINDOW = 1500


def of_scripts(content: str, title: str, path: str) -> Declared | None:
    """The date that the page's embedded data give near its headline or its address, where all those of one key agree to
    the day; None where they do not. Only asked where nothing better is declared."""
    marks = [mark for mark in (title[:40], path.rstrip("/").rsplit("/", 1)[-1][:60]) if len(mark) >= 12]
    for key in _KEYS:
        found = list(_values(content, key, marks))
        if len({stamp[:10] for stamp, _ in found}) == 1:
            return Declared(found[0][0], found[0][1], "posted", f"script {key}", 2.7)
    return None


def _values(content: str, key: str, marks: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The stamps that stand behind a key, near one of the marks."""
    at, count = content.find(key), 0
    while at >= 0 and count < 40:
        count += 1
        end = at + len(key)
        match = _VALUE.match(content, end, end + 60) if not content[at - 1 : at].isalnum() else None
        stamp = read_stamp(match[1]) if match else None
        if match and stamp and any(content.find(m, max(0, at - _WINDOW), at + _WINDOW) >= 0 for m in marks):
            yield stamp, match[1]
        at = content.find(key, end)
