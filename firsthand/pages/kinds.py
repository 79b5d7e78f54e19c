"""What a file is, found by looking: magic bytes, then structure; and how each kind becomes pages.

In: a :class:`files.FoundFile`. Out: its pages, or a ``Rejected`` that names what the file is. Packed files are unpacked
as a stream, never past the size limit, so a decompression bomb costs the limit and no more.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, Literal, cast

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected, content_id

from .decoding import Unreadable, declared_charset, decode
from .files import FoundFile
from .jsonlines import looks_like_records, read_records
from .warc import read_warc

HEAD = 65_536
_MAGIC = (
    (b"%PDF", "a PDF file", "convert it to text first, with pdftotext say"),
    (b"PK\x03\x04", "a ZIP archive (WACZ, EPUB or office file)", "unpack it first"),
    (b"\x89PNG", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"RIFF", "a RIFF media file", ""),
    (b"\x00\x00\x00\x18ftyp", "an MP4 video", ""),
    (b"\x00\x00\x00 ftyp", "an MP4 video", ""),
    (b"ID3", "an MP3 recording", ""),
    (b"OggS", "an Ogg recording", ""),
    (b"\x7fELF", "a program", ""),
    (b"MZ", "a program", ""),
    (b"SQLite format 3\x00", "a SQLite database", "export its rows as JSON lines"),
    (b"PAR1", "a Parquet file", "export its rows as JSON lines"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", "unpack it first, with zstd -d"),
    (b"\xd0\xcf\x11\xe0", "an old office file", "convert it to text first"),
    (b"{\\rtf", "an RTF file", "convert it to text first"),
)
_TAG = re.compile(r"<(?:!doctype html|html|head|body|div|p|article|meta|span|script|table|h1)\b", re.IGNORECASE)
_CODE = re.compile(
    r"\s*(?:import \w|from [\w.]+ import |def \w+\(|class \w+[(:{]|return\b|(?:for|if|elif|while|with) .*:\s*$"
    r"|else:|try:|except\b|function\b|(?:var|let|const) \w+ ?=|#include\b|package \w+;|//|/\*|@\w+|[{}\])]"
    r"|[\w.\[\]\"']+ ?[-+*/|]?= ?\S|[\w.]+\(.*\)\s*$)"
)
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_PACKED: dict[bytes, Callable[..., Any]] = {b"\x1f\x8b": gzip.open, b"\xfd7zXZ\x00": lzma.open, b"BZh": bz2.open}


def read_file(file: FoundFile, options: PageOptions) -> Iterator[Page | Rejected]:
    """The pages of one file; whatever is wrong with it is said and never raised."""
    try:
        with file.path.open("rb") as stream:
            yield from _read(stream, file, options)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        yield Rejected(file.location, "pages", f"reading failed: {error or type(error).__name__}")


def _read(stream: IO[bytes], file: FoundFile, options: PageOptions) -> Iterator[Page | Rejected]:
    head = _head(stream)
    if not head:
        yield Rejected(file.location, "pages", "the file is empty (0 bytes)")
        return
    opener = next((o for magic, o in _PACKED.items() if head.startswith(magic)), None)
    if opener is not None:
        yield from _read_packed(opener, stream, file, options)
        return
    yield from _read_unpacked(head, stream, file, options)


def _read_packed(
    opener: Callable[..., IO[bytes]], stream: IO[bytes], file: FoundFile, options: PageOptions
) -> Iterator[Page | Rejected]:
    with opener(stream, "rb") as unpacked:
        if unpacked.read(5) == b"WARC/":  # packed record by record: its reader unpacks, and reads up to a break
            stream.seek(0)
            yield from read_warc(stream, file.location, options)
            return
        unpacked.seek(0)
        inner = cast(IO[bytes], io.BufferedReader(cast(io.RawIOBase, unpacked)))
        yield from _read_unpacked(_head(inner), inner, file, options)


def _head(stream: IO[bytes]) -> bytes:
    head = stream.read(HEAD)
    stream.seek(0)
    return head


def _read_unpacked(head: bytes, stream: IO[bytes], file: FoundFile, options: PageOptions) -> Iterator[Page | Rejected]:
    if not head.strip():
        yield Rejected(file.location, "pages", "the file holds nothing but white space")
        return
    for magic, what, hint in _MAGIC:
        if head.startswith(magic):
            yield Rejected(file.location, "pages", f"{what}, which is not read" + (f": {hint}" if hint else ""))
            return
    if head.startswith(b"WARC/"):
        yield from read_warc(stream, file.location, options)
    elif looks_like_records(head):
        yield from read_records(stream, head, file.location, options)
    else:
        yield from _read_document(stream, file, options)


def _read_document(stream: IO[bytes], file: FoundFile, options: PageOptions) -> Iterator[Page | Rejected]:
    raw = stream.read(options.max_page_bytes + 1)
    yield document(raw, file.location, options)


def document(raw: bytes, location: str, options: PageOptions, charset: str | None = None) -> Page | Rejected:
    """One page, text or HTML, from its bytes; or why not."""
    if len(raw) > options.max_page_bytes:
        longest = max(map(len, raw.split(b"\n")))
        kind = f"one line of {longest} bytes or more in " if longest > options.max_page_bytes / 2 else ""
        return Rejected(location, "pages", f"{kind}a page of more than {options.max_page_bytes} bytes")
    try:
        text = decode(raw, charset or declared_charset(raw))
    except Unreadable as error:
        return Rejected(location, "pages", str(error))
    if not text.strip():
        return Rejected(location, "pages", "the page holds nothing but white space")
    if _FEED.search(text[:1000]):
        return Rejected(location, "pages", "a feed (RSS or Atom), which is not read: give its entries as pages")
    media = media_of(text)
    if media == "text" and looks_like_code(text):
        return Rejected(location, "pages", "a program or a configuration file, which is no page")
    if media == "html" and text.count("<") > options.max_tags:
        return Rejected(location, "pages", f"{text.count('<')} tags, above the limit of {options.max_tags}")
    return Page(content_id("p", location, text), location, media, text)


def looks_like_code(text: str) -> bool:
    """Whether most lines are those of a program: statements, assignments, brackets. A news page has next to none."""
    lines = [line for line in text[:HEAD].splitlines()[:400] if line.strip()]
    if lines and lines[0].startswith("#!"):
        return True
    code = sum(
        1 for line in lines if _CODE.match(line[:200]) or line.rstrip().endswith((";", "{", "}", "):", "],", "),"))
    )
    return len(lines) >= 5 and code * 2 > len(lines)


def media_of(text: str) -> Literal["text", "html"]:
    """``html`` where the beginning has the tags of a document or tags make up much of it; else ``text``."""
    start = text[:HEAD]
    if re.match(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html|head|body)\b", start, re.IGNORECASE):
        return "html"
    return "html" if len(_TAG.findall(start)) * 150 > len(start.strip()) else "text"
