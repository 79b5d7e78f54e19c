"""WARC and WET: one page per HTTP response, resource or conversion record, with its URL and capture date.

In: a stream, plain or packed record by record. Out: pages; a ``Rejected`` for a record that is cut off, empty or too
large, and for an archive that breaks off, with the number of records read before. Records that are no pages by their
nature (pictures, redirects, errors, revisits) are counted and named in one sentence at the end of the archive.
Payloads are unpacked here and not by FastWARC, which loses its place in the archive when a payload is not read to its
end, as a decompression bomb must not be. Known to fail: an archive with a record whose stated length is wrong loses the
records that follow it; the older ARC format.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .documents import document
from .feeds import looks_like_feed, read_feed
from .payloads import decoded, encodings_of
from .streams import Forward

_TEXTUAL = ("text/html", "application/xhtml+xml", "text/plain")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/xml", "application/xml")
_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.revisit
MOST_NAMED = 12


def read_warc(stream: IO[bytes], location: str, options: PageOptions, limit: int) -> Iterator[Page | Rejected]:
    """The pages of an archive, in record order; records are numbered from 1, counting responses, resources and
    conversions. ``limit`` is how many bytes the records may have, unpacked."""
    number, size = 0, 0
    other: Counter[str] = Counter()
    try:
        records = iter(ArchiveIterator(Forward(stream), record_types=_TYPES, parse_http=False))
        for record in records:
            if record.record_type == WarcRecordType.revisit:
                other["a page met again unchanged"] += 1
                continue
            number, size = number + 1, size + record.content_length
            place = f"{location}#{number}"
            if size > limit:
                yield Rejected(place, "pages", f"unread from here on: more than {limit} bytes unpacked")
                break
            for item in _read_record(record, place, options):
                if isinstance(item, str):
                    other[item] += 1
                else:
                    yield item
    except BaseException as error:  # OSError, ValueError, and PanicException, which is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        why = f"the archive breaks off after {number} records: {str(error)[:300]}"
        yield Rejected(f"{location}#{number + 1}", "pages", why)
        number += 1
    if other:
        named = ", ".join(
            f"{what} ({n})" for what, n in sorted(other.items(), key=lambda i: (-i[1], i[0]))[:MOST_NAMED]
        )
        rest = sum(other.values()) - sum(n for _, n in other.most_common(MOST_NAMED))
        more = f" and {rest} of other kinds" if rest else ""
        yield Rejected(location, "pages", f"records that are no pages: {named}{more}")
    elif not number:
        yield Rejected(location, "pages", "the archive holds no response, resource or conversion record")


def _read_record(record: Any, place: str, options: PageOptions) -> Iterator[Page | Rejected | str]:
    """A record's page or pages; a string says of which kind a record is that holds none."""
    url = record.headers.get("WARC-Target-URI")
    url = url.strip("<> ") if url else None  # Wget writes <http://...>
    named = f"{url or 'a record without URL'}: "
    stated = record.content_length
    try:
        record.parse_http(auto_decode="none")
    except (OSError, ValueError) as error:
        yield Rejected(
            place, "pages", f"{named}broken HTTP headers, or the archive is cut off inside this record: {error}"
        )
        return
    status = record.http_headers.status_code if record.http_headers else None
    kind = _kind(record)
    other = _no_page(url, status, kind)
    if other:
        yield other
        return
    raw: bytes = record.reader.read(options.max_page_bytes + 1)
    if len(raw) < min(record.content_length, options.max_page_bytes) or (not record.content_length and stated):
        yield Rejected(place, "pages", f"{named}the archive is cut off inside this record ({len(raw)} bytes of it)")
        return
    headers = record.http_headers or {}
    encodings = encodings_of(headers.get("Content-Encoding"), headers.get("Transfer-Encoding"))
    raw = decoded(raw, encodings, options.max_page_bytes + 1)
    captured = record.record_date.isoformat() if record.record_date else None
    if kind in _FEEDS and looks_like_feed(raw[:20_000]):
        for item in read_feed(io.BytesIO(raw), place, options):
            yield replace(item, captured=captured) if isinstance(item, Page) else item
        return
    page = document(raw, place, options, _charset(record))
    if isinstance(page, Rejected):
        yield replace(page, why=named + page.why)
    else:
        yield replace(page, url=url, captured=captured)


def _charset(record: Any) -> str | None:
    try:
        found: str | None = record.http_charset
    except (ValueError, UnicodeError):
        return None
    return found


def _kind(record: Any) -> str:
    kind = record.http_content_type or record.headers.get("Content-Type") or ""
    kind = str(kind).split(";")[0].strip().lower()[:60]
    return "" if kind.startswith("application/http") else kind


def _no_page(url: str | None, status: int | None, kind: str) -> str | None:
    """What a record is that is no page; None where it may be one. ``urn:`` records are a crawler's notes on a page."""
    if status is not None and not 200 <= status < 300:
        return f"status {status}"
    if url and url.startswith(("urn:", "dns:", "metadata:")):
        return "a crawler's own record"
    if kind and kind not in _TEXTUAL and kind not in _FEEDS:
        return kind
    return None
