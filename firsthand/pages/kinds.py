"""What a file is, found by looking: magic bytes, then structure; and how each kind becomes pages.

In: a :class:`files.FoundFile`. Out: its pages, or a ``Rejected`` that names what the file is. Packed files are unpacked
as a stream, archives member by member, never past the limit on bytes and on nesting. A file that could fill the list of
what was set aside (a million broken rows) names the first rows of each kind and counts the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .archives import read_zip
from .documents import read_document
from .dumps import WINDOW, begins_like_a_dump, dump_of, read_dump
from .feeds import NO_FEED, looks_like_feed, looks_like_sitemap, read_feed
from .files import FoundFile
from .jsonlines import looks_like_records, read_records
from .mhtml import looks_like_mhtml, read_mhtml
from .parquet import ARROW_FILE, ARROW_STREAM, PARQUET, read_arrow, read_parquet
from .streams import BROKEN, HEAD, PACKED, Source, Unpacking, buffered, unpacked
from .tables import layout_of, read_table
from .warc import read_warc

_MAGIC = (
    (b"%PDF", "a PDF file", "convert it to text first, with pdftotext say"),
    (b"\x89PNG", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"RIFF", "a RIFF media file", ""),
    (b"\x00\x00\x00\x18ftyp", "an MP4 video", ""),
    (b"\x00\x00\x00 ftyp", "an MP4 video", ""),
    (b"ID3", "an MP3 recording", ""),
    (b"OggS", "an Ogg recording", ""),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90", "a program", ""),
    (b"SQLite format 3\x00", "a SQLite database", "export its rows as JSON lines"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old office file", "convert it to text first"),
    (b"{\\rtf", "an RTF file", "convert it to text first"),
    (b"filedesc://", "an ARC archive", "convert it to WARC first, with warcio recompress say"),
    (b"bplist00", "a web archive of Safari", "save the page as HTML instead"),
    (b"PK\x05\x06", "an empty ZIP archive", ""),
    (b"Obj\x01", "an Avro file", "export its rows as JSON lines"),
    (b"ORC", "an ORC file", "export its rows as JSON lines"),
)
MOST_ALIKE = 20
"""How many of one file's rejections of one kind are named one by one; the others are counted."""
MOST_KINDS = 200


def read_file(file: FoundFile, options: PageOptions) -> Iterator[Page | Rejected]:
    """The pages of one file; whatever is wrong with it is said and never raised."""
    yield from _counted(_opened(file, options), file.location, options.max_refused)


def read_input(stream: IO[bytes], options: PageOptions) -> Iterator[Page | Rejected]:
    """The pages of a stream that has no name, called ``stdin``."""
    pages = Reading(options, options.max_file_bytes, options.max_nesting).pages(stream, "stdin")
    yield from _counted(pages, "stdin", options.max_refused)


def _opened(file: FoundFile, options: PageOptions) -> Iterator[Page | Rejected]:
    try:
        with file.path.open("rb") as stream:
            on_disk = file.path.stat().st_blocks * 512  # less than the size where a file is mostly a hole
            limit = max(options.max_file_bytes, options.max_unpacking * on_disk)
            yield from Reading(options, limit, options.max_nesting).pages(stream, file.location)
    except BROKEN as error:
        yield Rejected(file.location, "pages", f"reading failed: {error or type(error).__name__}")
    except Exception as error:  # a file that a library behind us trips over costs itself and no more
        yield Rejected(file.location, "pages", f"reading failed: {type(error).__name__}: {str(error)[:300]}")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a stream is read: the options, the bytes it may unpack to, and how many archives may still be opened."""

    options: PageOptions
    limit: int
    nesting: int

    def pages(self, stream: IO[bytes], location: str) -> Iterator[Page | Rejected]:
        """The pages of a stream of any kind."""
        yield from self._of(Source(stream), location)

    def inside(self, stream: Unpacking, location: str) -> Iterator[Page | Rejected]:
        """The pages inside something packed. Where it breaks off, the page that was being read is half a page."""
        last: Page | Rejected | None = None
        for item in self.pages(buffered(stream), location):
            if last is not None:
                yield last
            last = item
        if stream.why and not stream.count:
            last = Rejected(location, "pages", stream.why)
        elif stream.why and isinstance(last, Page):
            last = Rejected(last.location, "pages", f"cut off inside this page: {stream.why}")
        elif stream.why and isinstance(last, Rejected):
            last = Rejected(last.subject, "pages", f"{last.why}; {stream.why}")
        elif stream.why:
            last = Rejected(location, "pages", stream.why)
        if last is not None:
            yield last

    def _of(self, source: Source, location: str) -> Iterator[Page | Rejected]:
        head = source.head
        packed = head.startswith(tuple(PACKED))
        if not head:
            yield Rejected(location, "pages", "the file is empty (0 bytes)")
        elif packed or head.startswith(b"PK\x03\x04"):
            yield from self._archive(source, location, packed)
        elif head.startswith(b"WARC/"):
            yield from read_warc(source.stream, location, self.options, self.limit)
        elif head.startswith(PARQUET):
            with source.seekable() as file:
                yield from read_parquet(file, location, self.options)
        elif head.startswith((ARROW_FILE, ARROW_STREAM)):
            with source.seekable() as file:
                yield from read_arrow(file, head, location, self.options)
        else:
            why = _named(head)
            if why is None:
                yield from self._text(source, location)
            else:
                yield Rejected(location, "pages", why)

    def _archive(self, source: Source, location: str, packed: bool) -> Iterator[Page | Rejected]:
        if self.nesting <= 0:
            why = f"archives inside archives, more than {self.options.max_nesting} deep: unpack it first"
            yield Rejected(location, "pages", why)
            return
        inner = Reading(self.options, self.limit, self.nesting - 1)
        stream = unpacked(source, self.limit) if packed else None
        if stream is not None:
            yield from inner.inside(stream, location)
        else:
            with source.seekable() as file:
                yield from read_zip(file, location, self.options, self.limit, inner.inside)

    def _text(self, source: Source, location: str) -> Iterator[Page | Rejected]:
        head, options = source.head, self.options
        layout = None if head.lstrip().startswith((b"<", b"{", b"[")) else layout_of(head)
        if looks_like_records(head):
            yield from read_records(source.stream, head, location, options)
        elif looks_like_feed(head):
            yield from read_feed(source.stream, location, options)
        elif looks_like_mhtml(head):
            yield read_mhtml(source.stream, location, options)
        elif layout is not None:
            yield from read_table(source.stream, head, layout, location, options)
        else:
            dump = dump_of(source.more(WINDOW)) if begins_like_a_dump(head) else None
            if dump is not None:
                yield from read_dump(source.stream, dump, location, options)
            else:
                yield read_document(source.stream, location, options)


def _named(head: bytes) -> str | None:
    """Why a file is not read that shows at its beginning; None where it may hold pages."""
    if not head.strip() and len(head) < HEAD:
        return "the file holds nothing but white space"
    if looks_like_sitemap(head):
        return NO_FEED
    for magic, what, hint in _MAGIC:
        if head.startswith(magic):
            return f"{what}, which is not read" + (f": {hint}" if hint else "")
    if head[257:262] == b"ustar":
        return "a tar archive, which is not read: unpack it first, with tar -xf"
    return None


def _counted(items: Iterator[Page | Rejected], location: str, most: int) -> Iterator[Page | Rejected]:
    """The items; of rejections that differ only in numbers and addresses the first, then how many more there were."""
    times: dict[str, int] = {}
    in_a_row = 0
    for item in items:
        in_a_row = in_a_row + 1 if isinstance(item, Rejected) else 0
        if isinstance(item, Rejected):
            if in_a_row > most:
                why = f"unread from here on: {most} records in a row are no pages, the last because: {item.why}"
                yield Rejected(item.subject, "pages", why)
                break
            shape = _shape(item.why)
            shape = shape if shape in times or len(times) < MOST_KINDS else "of other kinds"
            times[shape] = times.get(shape, 0) + 1
            if times[shape] > MOST_ALIKE:
                continue
        yield item
    for shape, count in sorted(times.items()):
        if count > MOST_ALIKE:
            yield Rejected(location, "pages", f"{count - MOST_ALIKE} more were set aside like these: {shape}")


def _shape(why: str) -> str:
    """A reason without its numbers, addresses and quoted words."""
    why = re.sub(r"\A(?:\S{1,4000}|an? [a-z]+ without [a-zA-Z]+): ", "", why[:5000])
    why = re.sub(r"\([^()]{0,1000}\)", "(...)", why)
    return re.sub(r"\d+", "N", re.sub(r"'[^']{0,300}'", "'...'", why))[:200]
