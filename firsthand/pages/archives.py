"""ZIP files: of readable files, and WACZ (a ZIP of WARCs with an index).

In: a file that can be read from any place. Out: the pages of its members, in name order, each as if it were a file of
its own; a ``Rejected`` for a member that is encrypted, broken or beyond the limits. Nothing is written under a name
that stands in the archive, so that no path in it can point anywhere. Of a WACZ only the WARCs are read: its other
members (index, page list, logs) hold no page. Known to fail: files packed with a method that Python's zipfile lacks.
"""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .streams import BROKEN, Unpacking

Reader = Callable[[Unpacking, str], Iterator[Page | Rejected]]
_END = b"PK\x05\x06"
_OTHER = (
    ("[Content_Types].xml", "an office file", "save it as text or HTML first"),
    ("META-INF/container.xml", "an EPUB book", "convert it to text first"),
    ("META-INF/MANIFEST.MF", "a Java program", ""),
    ("AndroidManifest.xml", "an Android program", ""),
    ("content.xml", "an OpenDocument file", "save it as text or HTML first"),
)


def read_zip(
    file: IO[bytes], location: str, options: PageOptions, limit: int, read: Reader
) -> Iterator[Page | Rejected]:
    """The pages of every member; ``read`` is how a member's bytes become pages, ``limit`` the bytes unpacked in all."""
    most = options.max_members
    if _directory_size(file) > most * 300:
        yield Rejected(location, "pages", f"a ZIP archive of more than {most} files: unpack it and name the folder")
        return
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, UnicodeDecodeError) as error:
        yield Rejected(location, "pages", f"a broken ZIP archive: {error}")
        return
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        names = {m.filename for m in members}
        for mark, what, hint in _OTHER:
            if mark in names:
                yield Rejected(location, "pages", f"{what}, which is not read" + (f": {hint}" if hint else ""))
                return
        if len(members) > most:
            yield Rejected(
                location,
                "pages",
                f"{len(members)} files in a ZIP archive, above the limit of {most}: unpack it and name the folder",
            )
            return
        if "datapackage.json" in names and any(_is_warc(name) for name in names):
            members = [m for m in members if _is_warc(m.filename)]
        yield from _members(archive, members, location, limit, read)


def _members(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], location: str, limit: int, read: Reader
) -> Iterator[Page | Rejected]:
    left, any_read = limit, False
    seen: dict[str, int] = {}
    for member in sorted(members, key=lambda m: (m.filename, m.header_offset)):
        name = member.filename.encode("utf-8", "backslashreplace").decode()
        name = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
        if any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in name.split("/")):
            continue
        any_read = True
        seen[name] = seen.get(name, 0) + 1
        place = f"{location}/{name}" + (f"~{seen[name]}" if seen[name] > 1 else "")
        why = _unreadable(member)
        if why:
            yield Rejected(place, "pages", why)
            continue
        if left <= 0:
            yield Rejected(place, "pages", f"unread from here on: more than {limit} bytes unpacked")
            return
        try:
            with archive.open(member) as stream:
                counted = Unpacking(stream, left, limit)
                yield from read(counted, place)
                left -= counted.count
        except (*BROKEN, NotImplementedError) as error:
            yield Rejected(place, "pages", f"reading failed: {error or type(error).__name__}")
    if not any_read:
        yield Rejected(location, "pages", "the ZIP archive holds no file")


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _unreadable(member: zipfile.ZipInfo) -> str | None:
    if member.flag_bits & 0x1:
        return "encrypted: unpack the archive with its password first"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link inside an archive, which is not followed"
    return None


def _directory_size(file: IO[bytes]) -> int:
    """Bytes of the archive's central directory, which ``zipfile`` reads at once: as its end record states (APPNOTE
    4.3.16), or for ZIP64, at most what the file has."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - 65_557))
    tail = file.read(65_557)
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return 0
    stated: int = struct.unpack_from("<L", tail, at + 12)[0]
    if stated != 0xFFFFFFFF and tail.rfind(b"PK\x06\x07", 0, at) < 0:
        return stated
    record = tail.rfind(b"PK\x06\x06", 0, at)
    return int(struct.unpack_from("<Q", tail, record + 40)[0]) if 0 <= record <= len(tail) - 56 else size
