"""The payload of an HTTP answer: chunks put together, gzip, deflate, Brotli and Zstandard unpacked, never past a limit.

In: the payload as it was stored, and what its headers say of it. Out: at most ``limit`` bytes. An archive may state an
encoding that it has undone itself, so that a payload which is not so encoded is taken as it stands. What can be
unpacked of a payload that is cut off is returned. Known to fail: ``compress`` and dictionaries.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

from .streams import Inflate

_STEP = 1 << 16
MOST_ENCODINGS = 4


def _inflate(raw: io.BytesIO) -> Inflate:
    """gzip, zlib or raw deflate: servers call all of them ``deflate``, and some gzip."""
    start = raw.getvalue()[:2]
    bits = 31 if start == b"\x1f\x8b" else 15 if start[:1] == b"\x78" else -15
    return Inflate(raw, lambda: zlib.decompressobj(bits), start if bits == 31 else b"\xff\xff\xff")


_DECODERS: dict[str, Callable[[io.BytesIO], Any]] = {
    "gzip": _inflate, "x-gzip": _inflate, "deflate": _inflate, "br": BrotliReader, "zstd": ZstdReader,
    "chunked": ChunkedReader,
}  # fmt: skip


def decoded(raw: bytes, encodings: Sequence[str], limit: int) -> bytes:
    """``raw`` with ``encodings`` (as stated, the last applied first) undone; at most ``limit`` bytes."""
    for name in reversed(encodings[-MOST_ENCODINGS:]):
        opener = _DECODERS.get(name)
        if opener is not None:
            raw = _undone(raw, opener, limit)
    return raw


def _undone(raw: bytes, opener: Callable[[io.BytesIO], Any], limit: int) -> bytes:
    reader = opener(io.BytesIO(raw))
    parts: list[bytes] = []
    size = 0
    try:
        while size < limit and (part := reader.read(min(_STEP, limit - size))):
            parts.append(part)
            size += len(part)
    except (OSError, EOFError, ValueError, zlib.error):
        pass  # cut off, or not so encoded at all
    return b"".join(parts) or raw


def encodings_of(*headers: str | None) -> list[str]:
    """The encodings that headers name, in the order in which they were applied."""
    return [name.strip().lower() for header in headers if header for name in header[:200].split(",")]
