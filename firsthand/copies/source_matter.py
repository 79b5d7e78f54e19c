"""Source matter: the quotation, statement or document that several pages have of one source, not of each other.

In: for each pair of pages, the words that they share and both mark as somebody's. Out: :class:`records.SourceMatter`,
one record a quotation with all its places: places that overlap on a page are one, and so are the places that pairs
join. A quotation that stands only within copies of one report is that report's, and makes no record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import combinations, product

import numpy as np

from ..records import Copy, Place, Reason, SourceMatter, Span, content_id
from .passages import Run
from .wording import Places, Wording

FEWEST = 10
"""Words of a quotation; below, two pages can have a saying or a title in common."""
SPEAKER = 8
"""Words that may part a quotation: its speaker stands between its halves, or a small edit does."""

Stretch = tuple[int, int, int, int, int]
"""Words of both texts (start in a, end in a, start in b, end in b), and how many are quoted in both."""
Spans = tuple[int, int, int, int]
"""Characters of both texts: start in a, end in a, start in b, end in b."""


def quoted_by_both(runs: Iterable[Run], a: Wording, b: Wording) -> list[Stretch]:
    """The stretches of shared words that stand in quotation marks in both texts, of at least :data:`FEWEST` words."""
    found: list[Stretch] = []
    for run in runs:
        if run.own_a < run.length_a and run.own_b < run.length_b:
            _add(found, run, a, b)
    return [stretch for stretch in joined(found) if stretch[4] >= FEWEST]


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches that follow each other in both texts at most :data:`SPEAKER` words apart, made one."""
    out: list[Stretch] = []
    for start_a, end_a, start_b, end_b, words in sorted(stretches):
        if out:
            first_a, last_a, first_b, last_b, before = out[-1]
            if start_a - last_a <= SPEAKER and 0 <= start_b - last_b <= SPEAKER:
                out[-1] = (first_a, end_a, first_b, end_b, before + words)
                continue
        out.append((start_a, end_a, start_b, end_b, words))
    return out


def _add(found: list[Stretch], run: Run, a: Wording, b: Wording) -> None:
    """The stretches of one run that are quoted in both texts; what differs in it parts them."""
    at_a, at_b = run.a, run.b
    for gap in (*run.gaps, (run.a + run.length_a, 0, 0, 0)):
        size = gap[0] - at_a
        both = (a.marked[at_a : at_a + size] & b.marked[at_b : at_b + size]).tobytes()
        start = both.find(b"\1")
        while start >= 0:
            end = both.find(b"\0", start)
            end = size if end < 0 else end
            found.append((at_a + start, at_a + end, at_b + start, at_b + end, end - start))
            start = both.find(b"\1", end)
        at_a, at_b = gap[1], gap[3]


class SourceMatters:
    """The source matter of a collection, pair by pair; the order of the pairs does not matter."""

    def __init__(self) -> None:
        self._shared: list[tuple[int, ...]] = []
        self._rows: list[Places] = []

    def add(self, i: int, j: int, matter: Sequence[Spans]) -> None:
        """What the pages ``i < j`` have of one source."""
        self._shared += [(i, j, *spans) for spans in matter]

    def add_rows(self, rows: Places) -> None:
        """Of many pairs: the two pages and the four places of what they share, a row each [n, 6]."""
        self._rows.append(rows)

    def records(self, texts: Sequence[str], pages: Sequence[str], copies: Sequence[Copy]) -> tuple[SourceMatter, ...]:
        """A record for each quotation that pages share which are no copies of each other, sorted by its places, from
        the articles' ``texts`` and the ids of their ``pages``."""
        shared = np.concatenate([np.array(self._shared, dtype=np.int64).reshape(-1, 6), *self._rows])
        if not len(shared):
            return ()
        number = {page: i for i, page in enumerate(pages)}
        joined = [(number[copy.a], number[copy.b]) for copy in copies]
        pairs = set(joined)
        reports = _Groups(len(pages))
        for copy, pair in zip(copies, joined, strict=True):
            if copy.relation in ("identical", "edited"):
                reports.join(*pair)
        found = []
        for places in _quotations(shared, np.array(joined, dtype=np.int64).reshape(-1, 2)):
            carriers: dict[int, list[int]] = {}
            for page in sorted({page for page, _, _ in places}):
                carriers.setdefault(reports.of(page), []).append(page)
            if _are_apart(list(carriers.values()), pairs):
                found.append(_record(places, texts, pages))
        return tuple(found)


def _are_apart(carriers: Sequence[Sequence[int]], pairs: Set[tuple[int, int]]) -> bool:
    """Whether a page that carries one report is no copy of one that carries another, of ``pairs`` that are."""
    for ours, theirs in combinations(carriers, 2):
        for one, other in product(ours, theirs):
            if ((one, other) if one < other else (other, one)) not in pairs:
                return True
    return False


def _quotations(shared: Places, copies: Places) -> list[list[tuple[int, int, int]]]:
    """The places (page, start, end) of each quotation, but for those that stand on two pages which are ``copies``."""
    places = np.concatenate([shared[:, [0, 2, 3]], shared[:, [1, 4, 5]]])
    order = np.lexsort((places[:, 2], places[:, 1], places[:, 0]))
    page, start, end = places[order].T
    room = int(places[:, 1:].max()) + 1  # ends of one page lie below all of the next: the furthest so far of each
    furthest = np.maximum.accumulate(page * room + end)
    begins = np.concatenate(([True], (furthest[:-1] <= page[1:] * room + start[1:])))
    merged = np.flatnonzero(begins)
    ends = furthest[np.append(merged[1:], len(page)) - 1] - page[merged] * room
    place_of = np.empty(len(places), dtype=np.int64)
    place_of[order] = np.cumsum(begins) - 1
    joins = np.unique(place_of[: len(shared)] * len(merged) + place_of[len(shared) :])
    one, other = np.divmod(joins, len(merged))
    page, start = page[merged], start[merged]
    often = np.bincount(np.concatenate([one, other]))
    size = int(max(page.max(), copies.max(initial=0))) + 1
    plain = (often[one] == 1) & (often[other] == 1)  # most stand on two pages, and most of these are copies
    plain &= np.isin(page[one] * size + page[other], copies[:, 0] * size + copies[:, 1])
    one, other = one[~plain], other[~plain]
    groups = _Groups(len(merged))
    for first, second in zip(one.tolist(), other.tolist(), strict=True):
        groups.join(first, second)
    found: dict[int, list[tuple[int, int, int]]] = {}
    asked = np.unique(np.concatenate([one, other]))
    rows = zip(page[asked].tolist(), start[asked].tolist(), ends[asked].tolist(), strict=True)
    for number, place in zip(asked.tolist(), rows, strict=True):
        found.setdefault(groups.of(number), []).append(place)
    return list(found.values())


def _record(places: Sequence[tuple[int, int, int]], texts: Sequence[str], pages: Sequence[str]) -> SourceMatter:
    shown = tuple([Place(pages[page], Span(start, end)) for page, start, end in places])
    printed = {texts[page][start:end] for page, start, end in places}  # most are the same to the character
    words = max([len(words.split()) for words in printed])
    count = len({page for page, _, _ in places})
    reason = Reason("quoted-by-both", f"{count} pages that are no copies of each other have these words", float(words))
    parts = [part for page, start, end in places for part in (pages[page], start, end)]
    return SourceMatter(content_id("m", *parts), shown, words, (reason,))


class _Groups:
    """Sets of numbers that are joined; a set goes by its smallest number."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, number: int) -> int:
        """The smallest number of the set."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Makes two sets one."""
        one, other = self.of(one), self.of(other)
        self._above[max(one, other)] = min(one, other)
