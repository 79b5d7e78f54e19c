"""Files that cannot be read, and how each is named: a maker of bytes, and words of the reason (``|``: one of them)."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable

PROSE = "The harbour of Ostrel was closed on Monday, the mayor said.\n\nNobody was hurt, and the ferries run again.\n"


def warc(*bodies: bytes, kind: bytes = b"text/html; charset=utf-8", status: bytes = b"200 OK") -> bytes:
    records = []
    for number, body in enumerate(bodies):
        http = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind + b"\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://ostrel.example/{number}\r\n"
            f"WARC-Date: 2031-05-06T07:08:09Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        records.append(head.encode() + http + b"\r\n\r\n")
    return b"".join(records)


HTML = (
    b"<!doctype html><html><head><title>Harbour closed</title></head><body><p>" + PROSE.encode() + b"</p></body></html>"
)

UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.txt": (lambda: b"", "empty"),
    "white.txt": (lambda: b" \n\t\n" * 50, "white space"),
    "noise.bin": (lambda: random.Random(1).randbytes(4000), "binary|no encoding"),
    "nul.txt": (lambda: PROSE.encode() + b"\x00" * 9, "NUL"),
    "control.txt": (lambda: b"\x01\x02\x03\x04" * 200, "control characters"),
    "paper.pdf": (lambda: b"%PDF-1.7\n" + b"x" * 100, "PDF"),
    "named_as_text.txt": (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 100, "PNG"),
    "photo.html": (lambda: b"\xff\xd8\xff\xe0" + b"x" * 100, "JPEG"),
    "pile.zip": (lambda: b"PK\x03\x04" + b"x" * 100, "ZIP"),
    "rows.parquet": (lambda: b"PAR1" + b"x" * 100, "Parquet"),
    "base.db": (lambda: b"SQLite format 3\x00" + b"x" * 100, "SQLite"),
    "feed.xml": (lambda: b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>", "feed"),
    "broken.jsonl": (lambda: b'{"text": "half a rec', "broken JSON"),
    "no_text.jsonl": (lambda: b'{"title": "only a headline"}\n', "no text in any of the columns"),
    "broken_array.json": (lambda: b'[{"text": "one", {"text"', "broken JSON array"),
    "long_line.txt": (lambda: b"word " * 60_000, "one line of"),
    "tags.html": (lambda: b"<html>" + b"<div>" * 3_000, "tags, above the limit"),
    "cut.warc": (lambda: warc(HTML)[:-80], "cut off"),
    "cut.warc.gz": (lambda: gzip.compress(warc(HTML * 3))[:-60], "cut off|breaks off|nothing but white space"),
    "no_page.warc": (lambda: warc(b"\x00\x01", kind=b"image/png"), "no pages: image/png (1)"),
    "gone.warc": (lambda: warc(HTML, status=b"404 Not Found"), "status 404"),
    "damaged.warc": (lambda: b"WARC/1.0\r\nnonsense\r\n\r\n", "breaks off|no response"),
    "cut.txt.gz": (lambda: gzip.compress(PROSE.encode() * 400)[:-40], "reading failed"),
    "script.txt": (
        lambda: b"import os\n\n\ndef walk(top):\n    found = os.listdir(top)\n    return found\n\nx = walk('.')\n",
        "a program",
    ),
    "twice.txt": (lambda: ("Ã©Ã¨ \ufffd " * 80 + "end").encode(), "mojibake"),
}
