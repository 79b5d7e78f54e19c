"""WARC and WET: one page per HTTP response, resource or conversion record, with its URL and capture date.

In: a stream, plain or packed. Out: pages; a ``Rejected`` for a record that is no page (a picture), is cut off or too
large, and for an archive that breaks off, with the number of records read before. Known to fail: an archive with a
record whose stated length is wrong loses the records that follow it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

_TEXTUAL = ("text/html", "application/xhtml+xml", "text/plain")


def read_warc(stream: IO[bytes], location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    """The pages of an archive, in record order; records are numbered from 1, counting those that are pages."""
    number = 0
    types = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    records = iter(ArchiveIterator(stream, record_types=types, parse_http=True, auto_decode="all"))
    while True:
        try:
            record = next(records)
            number += 1
            yield _read_record(record, f"{location}#{number}", options)
        except StopIteration:
            break
        except Exception as error:  # FastWARC raises OSError, ValueError and its own errors for broken archives
            why = f"the archive breaks off after {number} records: {error}"
            yield Rejected(f"{location}#{number + 1}", "pages", why)
            return
    if not number:
        yield Rejected(location, "pages", "the archive holds no response, resource or conversion record")


def _read_record(record: Any, place: str, options: PageOptions) -> Page | Rejected:
    from .kinds import document  # the two modules read for each other: an archive holds documents

    url = record.headers.get("WARC-Target-URI")
    raw: bytes = record.reader.read(options.max_page_bytes + 1)
    named = f"{url or 'a record without URL'}: "
    if _cut_off(record, len(raw), options):
        return Rejected(place, "pages", f"{named}the archive is cut off inside this record ({len(raw)} bytes of it)")
    status = record.http_headers.status_code if record.http_headers else None
    if status is not None and status >= 300:
        return Rejected(place, "pages", f"{named}the server answered with status {status}")
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    if kind and not kind.startswith("application/http") and kind not in _TEXTUAL:
        return Rejected(place, "pages", f"{named}{kind}, which is no page")
    page = document(raw, place, options, record.http_charset)
    if isinstance(page, Rejected):
        return replace(page, why=named + page.why)
    captured = record.record_date.isoformat() if record.record_date else None
    return replace(page, url=url, captured=captured)


def _cut_off(record: Any, size: int, options: PageOptions) -> bool:
    """Whether fewer bytes came than the record states; a decoded payload has no stated length to compare with."""
    stated = int(record.headers.get("Content-Length") or 0)
    if not record.content_length and stated:
        return True
    encoded = record.http_headers and (
        record.http_headers.get("Content-Encoding") or record.http_headers.get("Transfer-Encoding")
    )
    return not encoded and size < min(record.content_length, options.max_page_bytes)
