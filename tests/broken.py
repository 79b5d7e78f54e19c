"""Files that cannot be read, and how each is named: a maker of bytes, and words of the reason (``|``: one of them)."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
import zlib
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

RSS = "<rss version='2.0' xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel>{}</channel></rss>"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked() -> bytes:
    """A ZIP whose member says that it is encrypted (bit 0 of the flags, in both headers)."""
    raw = bytearray(zipped({"page.txt": PROSE.encode()}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def parquet(rows: list[dict[str, str]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def packed_payload(body: bytes, encoding: bytes = b"gzip") -> bytes:
    """An archive of one answer whose payload is packed."""
    payload = gzip.compress(body) if encoding == b"gzip" else zlib.compress(body)
    plain, header = warc(payload), b"Content-Type: text/html; charset=utf-8\r\n"
    added = header + b"Content-Encoding: " + encoding + b"\r\n"
    stated = plain.split(b"Content-Length: ")[1].split(b"\r\n")[0]
    longer = str(int(stated) + len(added) - len(header)).encode()
    return plain.replace(b"Content-Length: " + stated, b"Content-Length: " + longer).replace(header, added, 1)


def _laughs() -> bytes:
    """Entities of entities, ten to the power of nine."""
    entities = "<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    item = "<item><title>&l9;</title><c:encoded>&l9;</c:encoded></item>"
    return f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]>{RSS.format(item)}".encode()


def _outside() -> bytes:
    """An entity that stands for a file of this machine."""
    item = "<item><title>Harbour</title><c:encoded>&file;</c:encoded></item>"
    return f"<!DOCTYPE rss [<!ENTITY file SYSTEM 'file:///etc/passwd'>]>{RSS.format(item)}".encode()


def _deep(raw: bytes, times: int) -> bytes:
    for _ in range(times):
        raw = gzip.compress(raw)
    return raw


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
    "letter.docx": (lambda: zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "an office file"),
    "locked.zip": (locked, "encrypted"),
    "bomb.zip": (lambda: zipped({"page.txt": b"a " * 2_000_000}), "a page of more than 200000|a page of more than 20"),
    "empty.zip": (lambda: zipped({}), "an empty ZIP"),
    "cut.zip": (lambda: zipped({"page.txt": PROSE.encode()})[:-30], "broken ZIP"),
    "deep.gz": (lambda: _deep(PROSE.encode(), 6), "archives inside archives"),
    "cut.parquet": (lambda: parquet([{"text": PROSE}])[:-9], "broken Parquet"),
    "no_text.parquet": (lambda: parquet([{"price": "7", "colour": "red"}]), "rename the column"),
    "stream.arrow": (lambda: b"\xff\xff\xff\xff" + b"\x10\x00\x00\x00" + b"x" * 99, "broken Arrow"),
    "no_text.csv": (lambda: b"url,title,date\nhttp://a.example/1,One,2031-05-06\n", "rename the column"),
    "header.csv": (lambda: b"url,title,text\n", "no row"),
    "wide.csv": (lambda: b"url,text\nhttp://a.example/1," + b"word " * 60_000 + b"\n", "a row of 300"),
    "open_quote.csv": (lambda: b'url,text\nhttp://a.example/1,"one\n', "ends inside a quoted field"),
    "laughs.xml": (_laughs, "entry|entries|only a summary|no content|feed"),
    "outside.xml": (_outside, "no content|no entry"),
    "teaser.xml": (
        lambda: RSS.format("<item><title>A</title><description>Two words</description></item>").encode(),
        "only a summary of 2 words",
    ),
    "sitemap.xml": (lambda: b"<?xml version='1.0'?><urlset><url><loc>http://a.example</loc></url></urlset>", "sitemap"),
    "wire.xml": (lambda: b"<?xml version='1.0'?><nitf><body>" + PROSE.encode() + b"</body></nitf>", "<nitf>"),
    "pile.tar": (lambda: b"page.txt" + b"\x00" * 249 + b"ustar\x0000" + b"\x00" * 248, "tar archive"),
    "bomb.warc": (lambda: packed_payload(b"<html>" + b"a " * 2_000_000), "more than 200000|more than 20"),
    "picture_page.mhtml": (
        lambda: (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n"
        ),
        "without an HTML part",
    ),
    "twice.txt": (lambda: ("Ã©Ã¨ \ufffd " * 80 + "end").encode(), "mojibake"),
}
