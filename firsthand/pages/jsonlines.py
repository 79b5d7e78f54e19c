"""Records as JSON: a line each, or one array. Which column is what is a table, ``COLUMNS``.

In: a stream. Out: a page per record; a ``Rejected`` per line that is no JSON object, is too long, or holds no text,
by line number; the rest is read. Known to fail: records whose text lies deeper than one level.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected, content_id

from .decoding import Unreadable, decode

COLUMNS: dict[str, tuple[str, ...]] = {
    "content": ("text", "html", "raw_html", "content", "body", "article", "article_text", "maintext", "full_text"),
    "given_id": ("id", "uuid", "guid", "_id", "record_id", "doc_id"),
    "url": ("url", "link", "uri", "canonical_url", "source_url"),
    "given_headline": ("title", "headline", "name"),
    "given_outlet": ("outlet", "site_name", "source", "publisher", "publication", "source_name", "sitename"),
    "given_byline": ("byline", "author", "authors"),
    "given_date": ("date", "published", "date_published", "published_at", "publish_date", "pubdate", "datepublished"),
    "captured": ("captured", "crawled_at", "fetched_at", "crawl_date", "date_download", "retrieved"),
}


def looks_like_records(head: bytes) -> bool:
    """Whether the file begins like JSON lines or a JSON array of objects."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*(?:\"|\})", head) is not None


def read_records(stream: IO[bytes], head: bytes, location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    """Every record of a file, streamed a line at a time (an array is read whole, up to the size of one page)."""
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        yield from _read_array(stream, location, options)
        return
    number, total = 0, 0
    whole = b""
    while line := stream.readline(options.max_page_bytes + 1):
        number, total = number + 1, total + len(line)
        place = f"{location}:{number}"
        if total > options.max_file_bytes:
            yield Rejected(place, "pages", f"unread from here on: more than {options.max_file_bytes} bytes unpacked")
            return
        if len(line) > options.max_page_bytes:
            size = len(line) + _skip_line(stream)
            yield Rejected(place, "pages", f"a line of {size} bytes, above the limit of {options.max_page_bytes}")
            continue
        if number == 1 and line.strip() == b"{":
            whole = line + stream.read(options.max_page_bytes)
            break
        if line.strip():
            yield _record(line, place, options)
    if whole:
        yield _record(whole, location, options)


def _skip_line(stream: IO[bytes]) -> int:
    skipped = 0
    while part := stream.readline(1 << 20):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _read_array(stream: IO[bytes], location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    raw = stream.read(options.max_page_bytes + 1)
    if len(raw) > options.max_page_bytes:
        why = f"a JSON array of more than {options.max_page_bytes} bytes: give it as JSON lines, a record a line"
        yield Rejected(location, "pages", why)
        return
    try:
        rows = json.loads(decode(raw))
    except (Unreadable, ValueError, RecursionError) as error:
        yield Rejected(location, "pages", f"broken JSON array: {error}")
        return
    for number, row in enumerate(rows, 1):
        yield _page(row, f"{location}:{number}", options)


def _record(line: bytes, place: str, options: PageOptions) -> Page | Rejected:
    try:
        row = json.loads(decode(line))
    except Unreadable as error:
        return Rejected(place, "pages", str(error))
    except (ValueError, RecursionError) as error:
        return Rejected(place, "pages", f"broken JSON: {error}")
    return _page(row, place, options)


def _page(row: Any, place: str, options: PageOptions) -> Page | Rejected:
    from .kinds import media_of  # the two modules read for each other: a file of records holds documents

    if not isinstance(row, dict):
        return Rejected(place, "pages", f"not a JSON object but {type(row).__name__}")
    columns = {str(key).lower(): value for key, value in row.items()}
    found = {field: _first(columns, names) for field, names in COLUMNS.items()}
    text = found["content"]
    if not text or not text.strip():
        known = ", ".join(COLUMNS["content"][:5])
        has = ", ".join(sorted(columns)[:12]) or "no column"
        return Rejected(place, "pages", f"no text in any of the columns {known} ... (the record has {has})")
    text = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates, which JSON allows
    media = media_of(text)
    if media == "html" and text.count("<") > options.max_tags:
        return Rejected(place, "pages", f"{text.count('<')} tags, above the limit of {options.max_tags}")
    byline = found["given_byline"]
    page = Page(
        content_id("p", place, text),
        place,
        media,
        text,
        given_id=found["given_id"],
        url=found["url"],
        given_headline=found["given_headline"],
        given_outlet=found["given_outlet"],
        given_date=found["given_date"],
        captured=found["captured"],
    )
    return replace(page, given_byline=(byline,)) if byline else page


def _first(columns: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        text = _as_text(columns.get(name))
        if text:
            return text
    return None


def _as_text(value: Any) -> str | None:
    """A column as text: lists are joined, an object gives its name, numbers are written out."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str | int | float):
        return str(value).encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return _as_text(value.get("name") or value.get("title"))
    if isinstance(value, list):
        return ", ".join(part for part in map(_as_text, value[:50]) if part) or None
    return None
