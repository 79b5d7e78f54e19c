"""MHTML: a web page saved by a browser with its pictures in one file (RFC 2557).

In: a stream. Out: the page's HTML, with the address it was saved from and when. Only the outermost parts are looked at
and only the HTML is decoded, so that no nesting can cost more than one pass. Known to fail: frames (each a part of its
own) are not read.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from dataclasses import replace
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser
from typing import IO

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .documents import document

_HEAD = 65_536
MOST_PARTS = 1_000
"""Parts that are looked at: a browser writes the page itself first."""


def looks_like_mhtml(head: bytes) -> bool:
    """Whether the file begins with the headers of a message that holds a page and what belongs to it."""
    start = head[:8192]
    return re.match(
        rb"(?:From|MIME-Version|Content-Type|Snapshot-|Subject|Date|X-[\w-]{1,40}):", start, re.I
    ) is not None and (
        re.search(rb"^Content-Type:\s*multipart/(?:related|alternative)", start, re.I | re.MULTILINE) is not None
    )


def read_mhtml(stream: IO[bytes], location: str, options: PageOptions) -> Page | Rejected:
    """The page that the file holds."""
    raw = stream.read(options.max_page_bytes + 1)
    if len(raw) > options.max_page_bytes:
        return Rejected(
            location, "pages", f"a saved page of more than {options.max_page_bytes} bytes: save its HTML only"
        )
    raw = raw.replace(b"\r\n", b"\n")
    try:
        headers = _headers(raw)
        boundary = headers.get_boundary()
        parts = raw.split(b"\n--" + boundary.encode("utf-8", "replace"), MOST_PARTS)[1:] if boundary else []
        for part in parts:
            part = part.lstrip(b" \t\n")
            inner = _headers(part)
            if inner.get_content_type() in ("text/html", "application/xhtml+xml"):
                return _page(part, inner, headers, location, options)
    except (MessageError, ValueError, LookupError) as error:
        return Rejected(location, "pages", f"a broken MHTML file: {str(error)[:200]}")
    return Rejected(location, "pages", f"an MHTML file without an HTML part (it has {len(parts)} parts)")


def _headers(raw: bytes) -> Message:
    head = raw[:_HEAD].partition(b"\n\n")[0]
    return BytesHeaderParser().parsebytes(head)


def _page(part: bytes, inner: Message, outer: Message, location: str, options: PageOptions) -> Page | Rejected:
    body = part.partition(b"\n\n")[2]
    encoding = str(inner.get("Content-Transfer-Encoding", "")).strip().lower()
    try:
        if encoding == "quoted-printable":
            body = quopri.decodestring(body)
        elif encoding == "base64":
            body = base64.b64decode(body)
    except binascii.Error as error:
        return Rejected(location, "pages", f"a broken MHTML file: {error}")
    page = document(body, location, options, inner.get_content_charset())
    if isinstance(page, Rejected):
        return page
    url = str(outer.get("Snapshot-Content-Location") or inner.get("Content-Location") or "").strip()
    saved = str(outer.get("Date") or "").strip() or None
    return replace(page, url=url if url.startswith("http") else None, captured=saved)
