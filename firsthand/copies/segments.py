"""What an index keeps, as named parts of bytes: one segment for each run, and segments merged as they grow alike.

A segment holds rows for numbered pages (``Rows``), the postings of their fingerprints, and the pairs that its run
weighed. Numbers run on from segment to segment. Nothing in a segment is changed: a later segment's word on a pair
counts, and pages that went are on the list of retired numbers. Each part carries a checksum.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from .candidates import TERMS, Sketches
from .postings import BITS
from .wording import Codes, Flags, Places

Parts = Mapping[str, bytes]
RANGES = 16
"""Parts in which a segment's postings lie, each of some partitions: memory holds one at a time."""
INSIDE = (1 << BITS) // RANGES
"""Partitions of a range."""
KEY = 16
"""Bytes of the hash of an article."""
LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


class DamagedError(Exception):
    """A part is not there, or is not what was written."""


class MadeParts(Mapping[str, bytes]):
    """Parts that are made when they are asked for, so that memory holds one of them at a time."""

    def __init__(self, makers: Mapping[str, Callable[[], bytes]]) -> None:
        self._makers = makers

    def __getitem__(self, name: str) -> bytes:
        return self._makers[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def packed(**arrays: NDArray[Any]) -> bytes:
    """Arrays as one part."""
    body = msgspec.msgpack.encode({name: memoryview(array.tobytes()) for name, array in arrays.items()})
    return zlib.crc32(body).to_bytes(4, "big") + body


def unpacked(parts: Parts, name: str) -> dict[str, memoryview]:
    """The arrays' bytes of a part. Raises :class:`DamagedError`."""
    try:
        raw = memoryview(parts[name])
        if zlib.crc32(raw[4:]).to_bytes(4, "big") == raw[:4]:
            return msgspec.msgpack.decode(raw[4:], type=dict[str, memoryview])
    except (KeyError, msgspec.MsgspecError) as error:
        raise DamagedError(name) from error
    raise DamagedError(name)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A row for each of n pages: its id, its outlet (empty: none), the hash of its article [n, KEY], which of its words
    its outlet repeats (the bits ``flags[ends[i] : ends[i + 1]]``; none where no word is), and its sketch."""

    ids: tuple[str, ...]
    outlets: tuple[str, ...]
    keys: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    ends: Places
    sketches: Sketches

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Pairs that were weighed: two numbers each (the upper half is the page of smaller id), why, and the source matter
    (two numbers, four offsets a row) that they share."""

    pairs: Codes
    why: NDArray[np.uint8]
    matter: Places


NOTHING = Weighed(np.zeros(0, np.uint64), np.zeros(0, np.uint8), np.zeros((0, 6), np.int64))


def matter_pairs(matter: Places) -> Codes:
    """The pair of each row of source matter."""
    out: Codes = (matter[:, 0].astype(np.uint64) << HALF) | matter[:, 1].astype(np.uint64)
    return out


Ranged = tuple[Codes, Places]
"""The postings of one range of partitions, and where each begins among them."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """What one run added, or several did; ``postings(number)`` gives a range. ``name`` is that of its parts."""

    name: str
    rows: Rows
    weighed: Weighed
    postings: Callable[[int], Ranged]

    def parts(self) -> dict[str, Callable[[], bytes]]:
        """The segment as it is stored: by name, what makes each part."""
        made: dict[str, Callable[[], bytes]] = {
            f"{self.name}/rows": self._packed_rows,
            f"{self.name}/sketches": self._packed_sketches,
            f"{self.name}/pairs": self._packed_pairs,
        }
        for number in range(RANGES):
            made[f"{self.name}/postings/{number:02}"] = partial(self._packed_postings, number)
        return made

    def _packed_rows(self) -> bytes:
        rows = self.rows
        ids = np.frombuffer(msgspec.msgpack.encode(rows.ids), np.uint8)
        outlets = np.frombuffer(msgspec.msgpack.encode(rows.outlets), np.uint8)
        return packed(ids=ids, outlets=outlets, keys=rows.keys, flags=rows.flags, ends=rows.ends)

    def _packed_sketches(self) -> bytes:
        return packed(gists=self.rows.sketches.gists, terms=self.rows.sketches.terms)

    def _packed_pairs(self) -> bytes:
        return packed(pairs=self.weighed.pairs, why=self.weighed.why, matter=self.weighed.matter)

    def _packed_postings(self, number: int) -> bytes:
        keys, starts = self.postings(number)
        return packed(keys=keys, starts=starts)

    @classmethod
    def stored(cls, parts: Parts, name: str) -> Segment:
        """The segment of this name; its postings are read when they are asked for."""
        rows, pairs = unpacked(parts, f"{name}/rows"), unpacked(parts, f"{name}/pairs")
        sketches = unpacked(parts, f"{name}/sketches")
        try:
            ids = msgspec.msgpack.decode(rows["ids"], type=tuple[str, ...])
            terms = np.frombuffer(sketches["terms"], np.uint32).reshape(-1, TERMS)
            gists = np.frombuffer(sketches["gists"], np.float16)
            gists = gists.reshape(len(terms), len(gists) // max(1, len(terms)))
            own = Rows(
                ids,
                msgspec.msgpack.decode(rows["outlets"], type=tuple[str, ...]),
                np.frombuffer(rows["keys"], np.uint8).reshape(len(ids), KEY),
                np.frombuffer(rows["flags"], np.uint8),
                np.frombuffer(rows["ends"], np.int64),
                Sketches(gists, terms),
            )
            weighed = Weighed(
                np.frombuffer(pairs["pairs"], np.uint64),
                np.frombuffer(pairs["why"], np.uint8),
                np.frombuffer(pairs["matter"], np.int64).reshape(-1, 6),
            )
        except (KeyError, ValueError, msgspec.MsgspecError) as error:
            raise DamagedError(name) from error

        def postings(number: int) -> Ranged:
            held = unpacked(parts, f"{name}/postings/{number:02}")
            return np.frombuffer(held["keys"], np.uint64), np.frombuffer(held["starts"], np.int64)

        return cls(name, own, weighed, postings)


def ranged(partitions: Sequence[Codes]) -> Ranged:
    """The partitions of one range as they are stored."""
    starts = np.concatenate(([0], np.cumsum([len(keys) for keys in partitions]))).astype(np.int64)
    return np.concatenate([*partitions, np.zeros(0, np.uint64)]), starts


def partitions(segments: Sequence[Segment]) -> Iterator[list[Codes]]:
    """Partition by partition, the sorted postings of each segment."""
    for number in range(RANGES):
        held = [segment.postings(number) for segment in segments]
        for part in range(INSIDE):
            yield [keys[starts[part] : starts[part + 1]] for keys, starts in held]


def pages_of(segments: Sequence[Segment]) -> Iterator[str]:
    """The page of each number."""
    return (page for segment in segments for page in segment.rows.ids)


def latest(weighed: Sequence[Weighed], retired: Flags) -> Weighed:
    """What was said last on each pair of pages that are there yet, sorted by pair."""
    pairs = np.concatenate([np.zeros(0, np.uint64), *(one.pairs for one in weighed)])
    why = np.concatenate([np.zeros(0, np.uint8), *(one.why for one in weighed)])
    matter = np.concatenate([np.zeros((0, 6), np.int64), *(one.matter for one in weighed)])
    owner = np.repeat(np.arange(len(weighed)), [len(one.pairs) for one in weighed])
    matter_owner = np.repeat(np.arange(len(weighed)), [len(one.matter) for one in weighed])
    order = np.argsort(pairs, kind="stable")
    last = np.ones(len(order), dtype=np.bool_)
    last[:-1] = pairs[order[1:]] != pairs[order[:-1]]
    order = order[last]
    order = order[~(retired[(pairs[order] >> HALF).astype(np.int64)] | retired[(pairs[order] & LOW).astype(np.int64)])]
    pairs, why, owner = pairs[order], why[order], owner[order]
    keys = matter_pairs(matter)
    at = np.searchsorted(pairs, keys)
    kept = at < len(pairs)
    kept[kept] = (pairs[at[kept]] == keys[kept]) & (owner[at[kept]] == matter_owner[kept])
    return Weighed(pairs, why, matter[kept])


def merged(name: str, segments: Sequence[Segment], retired: Flags, first: bool) -> Segment:
    """Neighbouring segments as one; ``first``: none stands before them, so that no word on what is no pair is kept."""
    rows = [segment.rows for segment in segments]
    offsets = np.cumsum([0, *(len(row.flags) for row in rows[:-1])])
    ends = [np.zeros(1, np.int64), *(row.ends[1:] + offset for row, offset in zip(rows, offsets, strict=True))]
    together = Rows(
        tuple(page for row in rows for page in row.ids),
        tuple(outlet for row in rows for outlet in row.outlets),
        np.concatenate([row.keys for row in rows]),
        np.concatenate([row.flags for row in rows]),
        np.concatenate(ends),
        Sketches.joined([row.sketches for row in rows]),
    )
    weighed = latest([segment.weighed for segment in segments], retired)
    if first:
        kept = weighed.why > 0
        weighed = Weighed(weighed.pairs[kept], weighed.why[kept], weighed.matter)

    def postings(number: int) -> Ranged:
        held = [segment.postings(number) for segment in segments]
        made = []
        for part in range(INSIDE):
            keys = np.concatenate([keys[starts[part] : starts[part + 1]] for keys, starts in held])
            keys = keys[~retired[(keys & LOW).astype(np.int64)]]
            keys.sort()
            made.append(keys)
        return ranged(made)

    return Segment(name, together, weighed, postings)


@dataclass(frozen=True, slots=True, eq=False)
class Former:
    """What the run before left: its segments, and which numbers are retired."""

    segments: tuple[Segment, ...] = ()
    retired: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))

    @classmethod
    def stored(cls, parts: Parts) -> Former:
        """From parts; nothing where there are none, or where most of what they hold is retired."""
        if "state" not in parts:
            return cls()
        state = unpacked(parts, "state")
        try:
            names = msgspec.msgpack.decode(state["segments"], type=tuple[str, ...])
            segments = tuple(Segment.stored(parts, name) for name in names)
            size = sum(len(segment.rows) for segment in segments)
            retired = np.unpackbits(np.frombuffer(state["retired"], np.uint8), count=size).astype(np.bool_)
        except (KeyError, ValueError, msgspec.MsgspecError) as error:
            raise DamagedError("state") from error
        return cls() if retired.sum() * 3 > size else cls(segments, retired)

    def numbers(self) -> dict[str, int]:
        """The number of each page."""
        return {page: number for number, page in enumerate(pages_of(self.segments)) if not self.retired[number]}

    def outlets(self) -> list[str]:
        """The outlet of each number."""
        return [outlet for segment in self.segments for outlet in segment.rows.outlets]

    def keys(self) -> NDArray[np.uint8]:
        """The hash of each number's article."""
        return np.concatenate([np.zeros((0, KEY), np.uint8), *(segment.rows.keys for segment in self.segments)])

    def flags(self) -> tuple[NDArray[np.uint8], Places]:
        """Which words of each number's page its outlet repeats, and where the bytes of each end."""
        rows = [segment.rows for segment in self.segments]
        before = np.cumsum([0, *(len(row.flags) for row in rows)])
        ends = [np.zeros(1, np.int64), *(row.ends[1:] + start for row, start in zip(rows, before, strict=False))]
        return np.concatenate([np.zeros(0, np.uint8), *(row.flags for row in rows)]), np.concatenate(ends)
