"""Streams that can be looked into, are bounded, unpacked and in UTF-8: what every reader of a kind is given.

In: a binary stream, from a file or from inside an archive. Out: a :class:`Source`, whose head can be looked at before
anything is read; packed ones unpacked as they are read, never past the limit, so a decompression bomb costs the limit
and no more. Known to fail: a file packed with a method that is not in ``PACKED`` (its magic bytes are named).
"""

from __future__ import annotations

import bz2
import codecs
import io
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Protocol, cast

from fastwarc.stream_io import Lz4Reader, ZstdReader

HEAD = 65_536
STEP = 1 << 18
BROKEN = (OSError, EOFError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
XZ_MEMORY = 200_000_000
"""Bytes that unpacking xz may use (its highest level needs 65 MB)."""
_UTF_16_AND_32 = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Unpacking(io.RawIOBase):
    """What ``inner`` gives, at most ``limit`` bytes of it. Where it is broken or has more, it ends there and ``why``
    says so: what came before can still be read, which it could not if the buffer above this saw an exception."""

    def __init__(self, inner: _Reads, limit: int, named: int | None = None) -> None:
        self._inner, self._limit, self._named, self.count = inner, limit, named or limit, 0
        self.why: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.why:
            return 0
        try:
            part = self._inner.read(min(len(buffer), self._limit - self.count + 1))
        except BROKEN as error:
            self.why = f"reading failed: {error or type(error).__name__}"
            return 0
        if self.count + len(part) > self._limit:
            self.why = f"unread from here on: more than {self._named} bytes unpacked"
            part = part[: self._limit - self.count]
        self.count += len(part)
        buffer[: len(part)] = part
        return len(part)


class Forward:
    """A stream as FastWARC wants it, which asks every stream where it stands and fails where it cannot tell."""

    def __init__(self, stream: _Reads) -> None:
        self._stream, self._at = stream, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        part = self._stream.read(size)
        self._at += len(part)
        return part

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Not possible: ``OSError``."""
        raise OSError("a stream that cannot be read again")

    def close(self) -> None:
        """The stream belongs to whoever opened it."""


class Inflate:
    """zlib's, bzip2's and xz's streams, one after the other in one file, unpacked in bounded steps."""

    def __init__(self, raw: _Reads, new: Callable[[], Any], magic: bytes) -> None:
        self._raw, self._new, self._magic, self._fed = raw, new, magic, b""
        self._decoder = new()

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes; empty at the end. Raises ``EOFError`` where the file is cut off."""
        while True:
            if self._decoder.eof and not self._next():
                return b""
            wanted = not self._fed and getattr(self._decoder, "needs_input", True)
            fed = self._raw.read(STEP) if wanted else self._fed
            part: bytes = self._decoder.decompress(fed, size)
            self._fed = getattr(self._decoder, "unconsumed_tail", b"")
            if part:
                return part
            if wanted and not fed and not self._decoder.eof:
                raise EOFError("the packed file is cut off")

    def _next(self) -> bool:
        """Begin the next stream; what follows the last one and is none is passed over, as gzip does."""
        rest = self._decoder.unused_data.lstrip(b"\0") or self._raw.read(STEP).lstrip(b"\0")
        if len(rest) < len(self._magic):
            rest += self._raw.read(STEP)
        if not rest.startswith(self._magic):
            return False
        self._decoder, self._fed = self._new(), rest
        return True


class _Recoded(io.RawIOBase):
    """Bytes of ``inner``, which is UTF-16 or UTF-32 with a byte order mark, as UTF-8."""

    def __init__(self, inner: _Reads, encoding: str) -> None:
        self._inner, self._ready = inner, b""
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            part = self._inner.read(STEP)
            self._ready = self._decoder.decode(part, final=not part).encode("utf-8", "replace")
            if not part:
                break
        taken, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


class _Rejoined(io.RawIOBase):
    """The ``head`` that was read already, then the rest of ``inner``."""

    def __init__(self, head: bytes, inner: _Reads) -> None:
        self._head, self._inner = head, inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            part = self._inner.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def _is_file(stream: IO[bytes]) -> bool:
    return isinstance(stream, io.BufferedReader) and isinstance(stream.raw, io.FileIO) and stream.seekable()


class Source:
    """A stream with a head that can be looked at: ``head`` is its beginning, ``stream`` gives all of it, once."""

    def __init__(self, stream: IO[bytes], head_size: int = HEAD) -> None:
        self.head = stream.read(head_size)
        encoding = next((name for bom, name in _UTF_16_AND_32 if self.head.startswith(bom)), None)
        self._inner: IO[bytes] = stream
        self._whole = encoding is None and _is_file(stream)
        joined: IO[bytes] = buffered(_Rejoined(self.head, stream))
        if encoding:
            joined = buffered(_Recoded(joined, encoding))
            self.head = joined.read(head_size)
            joined = buffered(_Rejoined(self.head, joined))
        self.stream = joined

    def more(self, size: int) -> bytes:
        """A longer head, of ``size`` bytes."""
        self.head = self.stream.read(size)
        self.stream = buffered(_Rejoined(self.head, self.stream))
        return self.head

    @contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        """The same bytes in a file that can be read from any place: the file itself, or a copy on the disk."""
        if self._whole:
            self._inner.seek(0)
            yield self._inner
            return
        with tempfile.TemporaryFile() as copy:
            while part := self.stream.read(STEP):
                copy.write(part)
            copy.seek(0)
            yield cast(IO[bytes], copy)


def buffered(raw: io.RawIOBase) -> IO[bytes]:
    """``raw`` with a buffer, so that lines can be read."""
    return io.BufferedReader(raw, STEP)


def _inflate(new: Callable[[], Any], magic: bytes) -> Callable[[IO[bytes]], _Reads]:
    return lambda stream: Inflate(stream, new, magic)


PACKED: dict[bytes, Callable[[IO[bytes]], _Reads]] = {
    b"\x1f\x8b": _inflate(lambda: zlib.decompressobj(31), b"\x1f\x8b"),
    b"\xfd7zXZ\x00": _inflate(lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY), b"\xfd7zXZ\x00"),
    b"BZh": _inflate(bz2.BZ2Decompressor, b"BZh"),
    b"\x28\xb5\x2f\xfd": lambda stream: ZstdReader(Forward(stream)),
    b"\x04\x22\x4d\x18": lambda stream: Lz4Reader(Forward(stream)),
}
"""Magic bytes of packed files and what unpacks them: gzip, xz, bzip2, Zstandard, LZ4."""


def unpacked(source: Source, limit: int) -> Unpacking | None:
    """What is inside a packed file, at most ``limit`` bytes of it; None where it is not packed."""
    opener = next((o for magic, o in PACKED.items() if source.head.startswith(magic)), None)
    return None if opener is None else Unpacking(opener(source.stream), limit)
