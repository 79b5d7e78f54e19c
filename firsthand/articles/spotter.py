"""Words of a page that can be one of some thousand, all of the page's words looked up at once.

In: a page's lines as UTF-8 and the words wanted. Out: the words found, each with its line. A word is told by its first
four bytes and its length; holding each word of a page against a set takes half as long again.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

_FIRST = np.array([0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF], dtype=np.uint32)
_MIX, _MIX_LENGTH = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)
_Numbers = npt.NDArray[np.int64]


class Spotter:
    """Finds words of a page that can be one of ``words`` (some others too: to be looked up by who asks)."""

    BITS = 16

    def __init__(self, words: Iterable[str]) -> None:
        self.table = np.zeros(1 << self.BITS, dtype=bool)
        for word in words:
            starts, lengths, page = self._split(word.encode())
            self.table[self._places(page, starts, lengths)] = True

    def words(self, raw: bytes) -> list[tuple[int, str]]:
        """The words that can be one of them, in a page's lines; each with its line's index."""
        starts, lengths, page = self._split(raw)
        found = np.flatnonzero(self.table[self._places(page, starts, lengths)])
        starts, lengths = starts[found], lengths[found]
        lines = np.searchsorted(np.flatnonzero(np.frombuffer(raw, dtype=np.uint8) == 10), starts).tolist()
        spans = zip(lines, starts.tolist(), lengths.tolist(), strict=True)
        return [(line, raw[start : start + size].decode("utf-8", "surrogatepass")) for line, start, size in spans]

    @staticmethod
    def _split(raw: bytes) -> tuple[_Numbers, _Numbers, bytes]:
        page = b" " + raw + b"    "
        black = np.frombuffer(page, dtype=np.uint8) > 32
        edges = np.flatnonzero(black[1:] != black[:-1])
        return edges[::2], edges[1::2] - edges[::2], page[1:]

    def _places(self, page: bytes, starts: _Numbers, lengths: _Numbers) -> npt.NDArray[np.uint32]:
        fours = np.ndarray(len(page) - 3, dtype="<u4", buffer=page, strides=(1,))[starts]
        fours &= _FIRST[np.minimum(lengths, 4)]
        return (fours * _MIX + lengths.astype(np.uint32) * _MIX_LENGTH) >> np.uint32(32 - self.BITS)


def may_be_unspaced(raw: bytes) -> bool:
    """Whether UTF-8 can hold letters from U+0E00 to U+1FFF or from U+3000 on (typographic marks lie between them)."""
    return not raw.isascii() and (
        b"\xe0" in raw or b"\xe1" in raw or bool((np.frombuffer(raw, dtype=np.uint8) >= 0xE3).any())
    )
