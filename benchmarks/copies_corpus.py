"""A generated collection on disk: pages of news-like text in Arrow buffers, and the truth of what was planted.

``make(folder, pages, seed)`` writes ``pages.arrow`` (the text of each page with its furniture, without it where
``stripped`` asks for that, its site and day) and ``truth.npz``; the same arguments make the same bytes. Pages of one
event stand up to :data:`BLOCK` pages apart. :class:`Articles` reads the pages as a sequence that makes each article
when it is asked for, so that a collection of millions needs no more memory than what reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import overload

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.copies_kinds import KINDS, Event, events
from benchmarks.copies_sites import Site, furnished, make_sites, site_sizes
from benchmarks.copies_words import Language, Prose, Tokens
from firsthand.records import Article, Moment, Named, Span

BLOCK = 50_000
"""Pages that are made at a time (some 300 MB)."""
BATCH = 5_000
MADE = 4
"""Raised when the same arguments make other pages, so that what was kept is made anew."""
END = len(b"\n\n")
"""What stands after the last paragraph of a page in the file."""
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Truth:
    """``event`` [pages]: the event that each page belongs to; ``kind`` [events]: an index into ``KINDS``; ``shared``
    [events]: own words that the two pages of a planted pair share, 0 where it is no pair."""

    event: Numbers
    kind: Numbers
    shared: Numbers

    @classmethod
    def read(cls, folder: Path) -> Truth:
        """The truth of a collection."""
        held = np.load(folder / "truth.npz")
        return cls(held["event"], held["kind"], held["shared"])


@dataclass(slots=True)
class _Page:
    tokens: list[Tokens]
    own: NDArray[np.bool_]
    site: int
    day: int
    event: int


def make(folder: Path, pages: int, seed: int, stripped: bool = False, groups: bool = True) -> Path:
    """Makes a collection in ``folder``, or leaves it where it stands there already. Without ``groups``, copies come in
    pairs alone."""
    what = {"pages": pages, "seed": seed, "stripped": stripped, "groups": groups, "made": MADE}
    note = folder / "made.json"
    if note.exists() and json.loads(note.read_text()) == what:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    language = Language(seed)
    random = np.random.default_rng([seed, 2])
    sizes = site_sizes(pages, random)
    slots = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
    sites = make_sites(len(sizes), language, seed)
    held: list[list[int]] = [[], [], []]
    schema = pa.schema([("text", pa.large_binary()), ("own", pa.large_binary()), ("site", "int32"), ("day", "int16")])
    with pa.OSFile(str(folder / "pages.arrow"), "wb") as sink, pa.ipc.new_file(sink, schema) as file:
        for part, first in enumerate(range(0, pages, BLOCK)):
            some = slots[first : min(pages, first + BLOCK)]
            planned = events(prose := Prose(language, seed, part), len(some), _chains(len(some), prose, groups), groups)
            block = _block(planned, some, sites, held, prose.random)
            for start in range(0, len(block), BATCH):
                file.write_batch(_batch(block[start : start + BATCH], language, sites, stripped))
    event, kind, shared = (np.array(column, dtype=np.int64) for column in held)
    np.savez(folder / "truth.npz", event=event, kind=kind, shared=shared)
    note.write_text(json.dumps(what))
    return folder


def _chains(pages: int, prose: Prose, groups: bool) -> list[int]:
    """Sizes of the reports in a block that hundreds of sites carry."""
    return [int(prose.random.integers(500, 800))] if groups and pages >= BLOCK else []


def _block(
    planned: Iterable[Event], slots: Numbers, sites: list[Site], held: list[list[int]], draw: np.random.Generator
) -> list[_Page]:
    """The pages of a block in the order in which they will stand."""
    free = slots.tolist()
    pages: list[_Page] = []
    for event in planned:
        number = len(held[1])
        held[1].append(KINDS.index(event.kind))
        held[2].append(event.shared)
        for paragraphs, day, site in zip(event.pages, event.days, _sites_of(event, free, draw), strict=False):
            printed, own = furnished(paragraphs, sites[site], day // 7, draw)
            pages.append(_Page(printed, own, site, day, number))
    if len(pages) < len(slots):
        raise AssertionError(f"a block of {len(slots)} pages came out with {len(pages)}")
    pages = pages[: len(slots)]
    order = draw.permutation(len(pages)).tolist()
    held[0].extend(pages[i].event for i in order)
    return [pages[i] for i in order]


def _sites_of(event: Event, free: list[int], draw: np.random.Generator) -> list[int]:
    """A site for each page of an event, of those that still have room: another for each, or some that recur."""
    count = len(event.pages)
    distinct = min(count, event.sites) if event.sites else count
    found: dict[int, None] = {}
    at = len(free) - 1
    while len(found) < distinct and at >= 0:
        if free[at] not in found:
            found[free[at]] = None
            free[at] = free[-1]
            free.pop()
        at = min(at, len(free)) - 1
    some = list(found) or draw.integers(0, 1, 1).tolist()
    if event.sites:
        del free[max(0, len(free) - (count - len(found))) :]
        return [some[i] for i in draw.integers(0, len(some), count).tolist()]
    return (some * (count // len(some) + 1))[:count]


def _batch(pages: list[_Page], language: Language, sites: list[Site], stripped: bool) -> pa.RecordBatch:
    """Pages as a batch of the file."""
    straight = [sites[page.site].straight for page in pages]
    own = [[part for part, mine in zip(page.tokens, page.own, strict=True) if mine] for page in pages]
    columns = [
        _texts([page.tokens for page in pages], straight, language),
        _texts(own, straight, language) if stripped else pa.nulls(len(pages), pa.large_binary()),
        pa.array([page.site for page in pages], "int32"),
        pa.array([page.day for page in pages], "int16"),
    ]
    return pa.record_batch(columns, ["text", "own", "site", "day"])


def _texts(pages: list[list[Tokens]], straight: list[bool], language: Language) -> pa.Array:
    """The pages' texts as one column."""
    joined = [np.concatenate(parts) for parts in pages]
    sizes = np.array([len(one) for one in joined])
    data, offsets = language.bytes_of(np.concatenate(joined), np.repeat(straight, sizes))
    starts = np.ascontiguousarray(offsets[np.concatenate(([0], np.cumsum(sizes)))])
    return pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(pages), [None, pa.py_buffer(starts), data])


@cache
def _outlet(site: int) -> Named:
    return Named(f"Site {site}", "record")


@cache
def _moment(day: int) -> Moment:
    stated = str(np.datetime64("2031-01-01") + day)
    return Moment(stated, stated, "metadata")


class Articles(Sequence[Article]):
    """The articles of a collection; each is made when it is asked for. Sorted by page id."""

    def __init__(self, folder: Path, column: str = "text", limit: int | None = None) -> None:
        table = pa.ipc.open_file(pa.memory_map(str(folder / "pages.arrow"))).read_all()
        self._sites = table["site"].to_numpy()[:limit]
        self._days = table["day"].to_numpy()[:limit]
        self._parts = [
            (np.frombuffer(chunk.buffers()[1], np.int64), memoryview(chunk.buffers()[2]))
            for chunk in table[column].chunks
        ]

    def __len__(self) -> int:
        return len(self._sites)

    def text(self, number: int) -> str:
        """The text of a page."""
        offsets, data = self._parts[number // BATCH]
        row = number % BATCH
        return str(data[offsets[row] : offsets[row + 1] - END], "utf-8")

    def texts(self) -> Iterator[str]:
        """The texts of all pages, in order."""
        return map(self.text, range(len(self)))

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> list[Article]: ...

    def __getitem__(self, index: int | slice) -> Article | list[Article]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(index)
        text = self.text(number)
        return Article(
            page_id(number),
            None,
            text,
            (Span(0, len(text)),),
            outlet=_outlet(int(self._sites[number])),
            published=_moment(int(self._days[number])),
        )


def page_id(number: int) -> str:
    """The id of a page from its place in the collection."""
    return f"p{number:08}"
