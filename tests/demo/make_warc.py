"""Write the demo collection's WARC file from the HTML sources beside this script.

usage: python tests/demo/make_warc.py [OUT]     (OUT: firsthand/demo/pages/crawl.warc)

`warc/records.tsv` holds a line a response: source file, URL, and when it was captured (UTC). The bytes depend on these
files alone: record ids are UUIDs of version 5 (of the URL), dates are the rows', and nothing is compressed. WARC 1.1
(ISO 28500:2017): a `warcinfo` record, then a `response` record a page, each an HTTP response with its headers.
"""

from __future__ import annotations

import base64
import hashlib
import sys
import uuid
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "warc"
OUT = HERE.parent.parent / "firsthand" / "demo" / "pages" / "crawl.warc"
SERVER = "Server: pressroom/2.1\r\nVary: Accept-Encoding\r\n"


def record(kind: str, fields: dict[str, str], block: bytes) -> bytes:
    """One WARC record: version line, header fields, block, two empty lines."""
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    fields = {"WARC-Type": kind, **fields, "WARC-Block-Digest": f"sha1:{digest}", "Content-Length": str(len(block))}
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    return head.encode() + block + b"\r\n\r\n"


def record_id(text: str) -> str:
    """A record id that depends on ``text`` alone."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}>"


def http_response(html: bytes) -> bytes:
    """The HTTP response that carries ``html``."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{SERVER}Content-Length: {len(html)}\r\n\r\n"
    return head.encode() + html


def build_warc() -> bytes:
    """The whole file."""
    rows = [line.split("\t") for line in (SOURCES / "records.tsv").read_text(encoding="utf-8").splitlines()]
    info = b"software: a small invented crawler\r\nformat: WARC File Format 1.1\r\n"
    fields = {
        "WARC-Record-ID": record_id("warcinfo"),
        "WARC-Date": min(date for _, _, date in rows),
        "WARC-Filename": OUT.name,
        "Content-Type": "application/warc-fields",
    }
    parts = [record("warcinfo", fields, info)]
    for name, url, date in rows:
        fields = {
            "WARC-Record-ID": record_id(url),
            "WARC-Date": date,
            "WARC-Target-URI": url,
            "Content-Type": "application/http;msgtype=response",
        }
        parts.append(record("response", fields, http_response((SOURCES / name).read_bytes())))
    return b"".join(parts)


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.write_bytes(build_warc())
    print(out)
