"""From a record (a JSON object, a table's row) to a page. Which column is what is a table, ``COLUMNS``.

In: names and values, as any exporter calls them. Out: a page, or a ``Rejected`` that names the columns there are and
what to rename. Names are compared without case, spaces and punctuation (``Published-At`` is ``publishedat``); one
level of nesting is opened where its name says that it holds the record (``CONTAINERS``). A whole HTML document is
preferred to a text beside it: it says more. Known to fail: a date column that holds the day of the crawl, under a name
that does not say so.
"""

from __future__ import annotations

import ast
import datetime
import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .decoding import Unreadable, readable
from .documents import checked_page, media_of, whole_document

_TEXT = (
    "maintext", "text", "plain_text", "body_text", "content_text", "full_text", "article_text", "cleaned_text",
    "text_content", "raw_text", "page_text", "body", "article_body", "article", "content", "raw_content", "contents",
    "story", "paragraphs", "document", "main_content", "news_content", "transcript", "markdown",
)  # fmt: skip
_HTML = (
    "html", "raw_html", "page_html", "html_content", "content_html", "body_html", "page_source", "html_source",
    "cleaned_html", "response_body", "article_html",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "text": _TEXT,
    "html": _HTML,
    "given_id": (
        "id", "uuid", "guid", "_id", "record_id", "doc_id", "document_id", "article_id", "page_id", "warc_record_id",
        "uid", "digest", "story_id", "news_id", "pk",
    ),
    "url": (
        "url", "link", "uri", "canonical_url", "canonical_link", "web_url", "article_url", "page_url", "requested_url",
        "responded_url", "warc_target_uri", "target_uri", "permalink", "story_url", "document_identifier", "source_url",
        "final_url", "original_url", "href",
    ),
    "given_headline": ("title", "headline", "web_title", "article_title", "page_title", "heading", "name"),
    "given_outlet": (
        "outlet", "site_name", "sitename", "source_hostname", "source_name", "publisher", "publication", "name_source",
        "media_name", "news_outlet", "newspaper", "outlet_name", "publisher_name", "source", "provider", "journal",
        "site", "source_common_name", "source_domain", "domain", "hostname", "clean_url", "website",
    ),
    "given_byline": ("byline", "author", "authors", "author_name", "author_names", "creator", "writer", "writers"),
    "given_date": (
        "date", "published", "date_published", "published_at", "publish_date", "published_date", "pubdate",
        "publishing_date", "publication_date", "date_publish", "date_time_pub", "web_publication_date", "posted",
        "published_time", "publish_time", "publication_time", "date_time", "datetime", "posted_at", "article_date",
        "date_gmt", "time_published", "release_date", "pub_time", "issued", "posted_date", "date_posted",
    ),
    "captured": (
        "captured", "crawled_at", "fetched_at", "crawl_date", "date_download", "retrieved", "warc_date", "crawled",
        "date_crawled", "crawl_timestamp", "crawl_time", "fetch_time", "fetch_date", "scraped_at", "date_scraped",
        "scraped_date", "scrape_date", "download_date", "downloaded_at", "access_date", "accessed", "retrieved_at",
        "collected_at", "file_date", "capture_date", "captured_at", "seen_date", "indexed_at", "timestamp",
    ),
}  # fmt: skip
"""Field of a page -> columns that hold it, the first found wins. Sources: the exports of news-please, fundus,
trafilatura, newspaper4k, Scrapy, WordPress, NewsAPI, Event Registry, Newscatcher, Webz.io, Guardian and New York Times
APIs, Media Cloud, GDELT, Elasticsearch; C4, FineWeb, RedPajama, OSCAR, CulturaX, CC-News."""

CONTAINERS = (
    "article", "fields", "data", "document", "doc", "page", "record", "item", "row", "metadata", "meta",
    "payload", "html", "headers", "warc_headers", "thread", "news", "attributes", "properties",
)  # fmt: skip
LISTS = (
    "articles", "items", "results", "data", "documents", "docs", "records", "rows", "news", "pages", "entries", "hits",
    "response", "stories", "posts",
)  # fmt: skip
_CRAWL_MARKS = ("dump", "warcpath", "warcfilename", "warcfile", "cccrawl", "segment")
"""Beside such a column, ``date`` is the day of the crawl (FineWeb)."""
_NAME_KEYS = ("name", "title", "rendered", "main", "original", "text", "value", "#text", "content", "url", "$oid",
              "$date", "uri", "full_name", "id")  # fmt: skip
_ADDRESS = re.compile(r"https?://")
_NOTHING = ("nan", "none", "null", "n/a", "nat", "[]", "{}")
LONGEST_NAME = 2_000
"""Characters of a column other than text that are read: a longer headline or outlet is none."""


def squashed(name: object) -> str:
    """A column's name (80 characters of it) without case, spaces and punctuation."""
    return _squashed(str(name)[:80])


@functools.lru_cache(4096)
def _squashed(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


_FIELD_OF = {field: tuple(dict.fromkeys(map(squashed, names))) for field, names in COLUMNS.items()}
_KNOWN = frozenset(name for names in _FIELD_OF.values() for name in names) | frozenset(map(squashed, CONTAINERS))
_CONTAINERS = frozenset(map(squashed, CONTAINERS))
_CONTENT = frozenset((*_FIELD_OF["text"], *_FIELD_OF["html"]))


def holds_a_record(name: object) -> bool:
    """Whether a column of this name can hold a record of its own (``_source``: Elasticsearch; ``source`` is none)."""
    return name == "_source" or squashed(name) in _CONTAINERS


def known_column(name: object) -> bool:
    """Whether a column of this name is read; ``article.title`` is, as the title."""
    short = squashed(str(name).rsplit(".", 1)[-1])
    return name == "_source" or squashed(name) in _KNOWN or short in _KNOWN or short in _CRAWL_MARKS


def content_column(name: object) -> bool:
    """Whether a column of this name holds text or HTML."""
    return squashed(str(name).rsplit(".", 1)[-1]) in _CONTENT


def page_of_record(record: Mapping[Any, Any], place: str, options: PageOptions) -> Page | Rejected:
    """The page that a record holds."""
    columns = _opened(record)
    text = _content(columns)
    if text is None:
        return Rejected(place, "pages", no_text(record))
    try:
        text = readable(text.encode("utf-8", "replace").decode("utf-8"))  # lone surrogates, which JSON allows
    except Unreadable as error:
        return Rejected(place, "pages", str(error))
    if len(text) > options.max_page_bytes or len(text.encode()) > options.max_page_bytes:
        return Rejected(place, "pages", f"a page of {len(text)} characters, above {options.max_page_bytes} bytes")
    page = checked_page(text, media_of(text), place, options)
    if isinstance(page, Rejected):
        return page
    found: dict[str, str | None] = {field: _first(columns, _FIELD_OF[field]) for field in _SHORT_FIELDS}
    source = _short(columns.get("source"))
    if source and _ADDRESS.match(source):  # trafilatura's source is the page's address
        found["url"] = found["url"] or source
    if found["given_outlet"] and _ADDRESS.match(found["given_outlet"]):
        found["given_outlet"] = next(
            (v for n in _FIELD_OF["given_outlet"] if (v := _short(columns.get(n))) and "://" not in v), None
        )
    crawled = any(mark in columns for mark in _CRAWL_MARKS) and not found["captured"]
    if crawled and found["given_date"] == _short(columns.get("date")):
        found["captured"], found["given_date"] = found["given_date"], None
    found["given_date"], found["captured"] = epoch_as_date(found["given_date"]), epoch_as_date(found["captured"])
    names = next((n for c in _FIELD_OF["given_byline"] if c in columns and (n := _names(columns[c]))), ())
    return replace(page, given_byline=names, **found)  # type: ignore[arg-type]


_SHORT_FIELDS = ("given_id", "url", "given_headline", "given_outlet", "given_date", "captured")


def no_text(record: Mapping[Any, Any]) -> str:
    """The reason for a record without text: which columns there are, and what to rename."""
    has = ", ".join(sorted(str(key)[:40] for key in record)[:12]) or "no column"
    known = ", ".join(_TEXT[:4])
    return (
        f"no text in any of the columns {known} ... or html (the record has {has}): "
        "rename the column that holds the article to text or html"
    )


def _opened(record: Mapping[Any, Any]) -> dict[str, Any]:
    """The columns by squashed name, those of containers after the record's own."""
    columns: dict[str, Any] = {}
    inner: list[Mapping[Any, Any]] = []
    for key, value in record.items():
        name, container = squashed(key), _contained(key, value)
        if container is not None:
            inner.append(container)
        if container is None:
            columns.setdefault(name, value)
        if isinstance(key, str) and "." in key:  # article.title, as tables are flattened
            prefix, short = key.rsplit(".", 1)
            if holds_a_record(prefix):
                inner.append({short: value})
    for mapping in inner:
        for key, value in mapping.items():
            if columns.get(squashed(key)) in (None, ""):
                columns[squashed(key)] = value
    return columns


def _contained(key: object, value: Any) -> Mapping[Any, Any] | None:
    if not holds_a_record(key):
        return None
    if isinstance(value, str) and value[:1] == "{" and len(value) < 100_000:  # RedPajama's meta is a string
        value = _literal(value)
    return value if isinstance(value, Mapping) else None


def _content(columns: Mapping[str, Any]) -> str | None:
    html = _joined_first(columns, _FIELD_OF["html"])
    if html is not None and whole_document(html):
        return html
    text = _joined_first(columns, _FIELD_OF["text"])
    return text if text is not None else html


def _joined_first(columns: Mapping[str, Any], names: Iterable[str]) -> str | None:
    for name in names:
        value = columns.get(name)
        if value is None or isinstance(value, bool | int | float):
            continue
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        text = value if isinstance(value, str) else "\n\n".join(_strings(value, 0))
        if text.strip():
            return text
    return None


def _strings(value: Any, depth: int) -> Iterator[str]:
    """Every string in a nested value, in order (paragraphs in sections, as fundus writes them)."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif depth < 5:
        parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
        for part in parts:
            yield from _strings(part, depth + 1)


def _first(columns: Mapping[str, Any], names: Iterable[str]) -> str | None:
    return next((text for name in names if name in columns and (text := _short(columns[name]))), None)


def _short(value: Any, depth: int = 0) -> str | None:
    """A column as one short text: lists are joined, an object gives its name, numbers and times are written out."""
    if value is None or isinstance(value, bool) or depth > 3:
        return None
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str | int | float):
        text = str(value).encode("utf-8", "replace").decode("utf-8").strip()
        return text if 0 < len(text) <= LONGEST_NAME and text.lower() not in _NOTHING else None
    if isinstance(value, Mapping):
        return next((said for key in _NAME_KEYS if (said := _short(value.get(key), depth + 1))), None)
    if isinstance(value, list | tuple):
        return ", ".join(said for part in value[:50] if (said := _short(part, depth + 1))) or None
    return None


def _names(value: Any) -> tuple[str, ...]:
    """The names of a byline column, one each where the record keeps them apart (a list, also one written as text)."""
    if isinstance(value, str) and value[:1] in "[{" and len(value) < 10_000:
        value = _literal(value)
    if isinstance(value, bool | int | float):
        return ()  # a user's number
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(name for part in value[:50] if (name := _short(part)) and not name.isdigit()))
    name = _short(value)
    return (name,) if name and not name.isdigit() else ()


def _literal(text: str) -> Any:
    """A list or object that was written as text, by JSON or by Python; the text itself where it is neither."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(text) if len(text) < 10_000 else text
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text


def epoch_as_date(value: str | None) -> str | None:
    """A date that is written as seconds or milliseconds since 1970, in ISO 8601; any other as it stands."""
    match = re.fullmatch(r"(\d{9,10})(\d{3})?(?:\.\d+)?", value or "")
    if match is None:
        return value
    if not 100_000_000 <= int(match[1]) < 1_990_000_000:  # 1973 to 2033; 2018090812 is a day with its hour
        return value
    moment = datetime.datetime.fromtimestamp(int(match[1]), tz=datetime.UTC)
    return moment.isoformat()
