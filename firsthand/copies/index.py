"""An index of a collection's copies: pages are added at the cost of those pages, and the answer is that of a full run.

In: the articles as they are now, what was kept of the run before, and its copies. Out: what ``find_shared`` finds, and
what to keep. A page that came, changed, or of which its outlet repeats other words than before is *fresh* and gets a
new number; numbers of pages that went or changed are retired. Weighed are the pairs with a fresh page, and pairs that
meet now and did not before (a common fingerprint or term crossed its cap). All other pairs keep what was found of them.
Every page of an outlet that got or lost one is read again, for what it repeats may be something else.

A run after one by which more than a third of all numbers were retired begins anew, as does one that is handed a damaged
part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from operator import attrgetter

import msgspec
import numpy as np

from ..options import CopyOptions
from ..records import Article, Copy, Shared
from . import FEWEST_PRINTS, find_shared, weighed, without_collecting
from .candidates import NONE, TERMS, Sketches, sketched, telling_pairs
from .crediting import OPENING
from .fingerprints import Pairs
from .many import ManyTexts
from .matter_again import Found, all_matter, matter_again
from .meetings import changed_meetings, meet_anew
from .postings import Postings, sharing_pairs
from .readings import Readings, read
from .revised import TOLD, Why, revised
from .segments import (
    HALF,
    INSIDE,
    KEY,
    LOW,
    NOTHING,
    DamagedError,
    Former,
    MadeParts,
    Parts,
    Ranged,
    Rows,
    Segment,
    latest,
    merged,
    packed,
    pages_of,
    partitions,
    ranged,
)
from .wording import Codes, Flags, Places

GONE = np.uint64(0xFFFFFFFF)
"""Stands for a page that is no page of the collection any more."""
AT_ONCE = 1000
"""Articles whose sentences are held at a time."""
_ENCODER = msgspec.msgpack.Encoder()


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was found, the parts to write (each made as it is asked for, partly of the former parts: these go after),
    and the names of those to drop."""

    shared: Shared
    parts: Parts
    gone: tuple[str, ...]


def find_again(articles: Sequence[Article], options: CopyOptions, parts: Parts, found: Shared) -> Indexed:
    """What ``find_shared`` finds among the articles; ``parts`` and ``found`` are what the run before left (with the
    same options and code), or nothing."""
    ordered = sorted(articles, key=lambda article: article.page)
    if len({article.page for article in ordered}) < len(ordered):
        return Indexed(find_shared(articles, options), {}, tuple(parts))
    with without_collecting():
        try:
            return _Run(ordered, options, Former.stored(parts)).indexed(found, parts)
        except DamagedError:
            return _Run(ordered, options, Former()).indexed(Shared(), parts)


class _Run:
    """One run over all articles, sorted by page. ``_numbers`` [n] are those under which the index knows them."""

    def __init__(self, articles: Sequence[Article], options: CopyOptions, former: Former) -> None:
        self._articles, self._options, self._former = articles, options, former
        self._texts = [article.text for article in articles]
        self._outlets = [article.outlet.name if article.outlet else "" for article in articles]
        digests = b"".join(map(_digest, articles))
        self._keys = np.frombuffer(digests, np.uint8).reshape(-1, KEY)
        self._first = len(former.retired)
        known = former.numbers()
        numbers = np.array([known.get(article.page, -1) for article in articles], dtype=np.int64)
        there = np.flatnonzero(numbers >= 0)
        same = (former.keys()[numbers[there]] == self._keys[there]).all(1)
        numbers[there[~same]] = -1
        self._same = numbers.copy()
        """The number of each article that is as it was, whatever its outlet repeats now."""
        self._numbers = numbers
        self._numbers[self._crediting_anew()] = -1
        self._read()
        self._retired = np.ones(self._first + int(self._fresh.sum()), dtype=np.bool_)
        self._retired[self._numbers] = False
        self._rank = np.full(len(self._retired), GONE, dtype=np.uint64)
        self._rank[self._numbers] = np.arange(len(articles))

    def _crediting_anew(self) -> list[int]:
        """The articles that name an outlet which came into the collection, or left it: they may credit others now."""
        before = {
            outlet for outlet, retired in zip(self._former.outlets(), self._former.retired, strict=True) if not retired
        }
        changed = sorted(before ^ set(self._outlets) - {""})
        if not changed or not self._first or not self._options.retellings:
            return []
        names = re.compile("|".join(r"\s".join(map(re.escape, name.split())) for name in changed))
        return [
            at
            for at, article in enumerate(self._articles)
            if names.search(article.text, 0, OPENING + 400) or names.search(article.headline or "")
        ]

    def _read(self) -> None:
        """Reads fresh articles and those whose outlets got or lost one, and finds which words each outlet repeats."""
        former = self._former
        lost = ~former.retired
        lost[self._numbers[self._numbers >= 0]] = False
        outlets = former.outlets()
        touched = {outlets[number] for number in np.flatnonzero(lost)}
        touched |= {outlet for outlet, number in zip(self._outlets, self._numbers, strict=True) if number < 0}
        touched.discard("")
        read = [
            at
            for at, (outlet, number) in enumerate(zip(self._outlets, self._numbers, strict=True))
            if number < 0 or outlet in touched
        ]
        texts = ManyTexts(
            [self._texts[at] for at in read],
            [self._outlets[at] or None for at in read],
            self._options.postings_memory,
            posting=not self._first,
        )
        bits, ends = texts.repeated_bits()
        held, held_ends = former.flags()
        own = []
        for place, at in enumerate(read):
            number = self._numbers[at]
            now = bits[ends[place] : ends[place + 1]].tobytes()
            if number >= 0 and held[held_ends[number] : held_ends[number + 1]].tobytes() != now:
                number = self._numbers[at] = -1
            if number < 0:
                own.append(now)
        self._fresh = self._numbers < 0
        self._numbers[self._fresh] = self._first + np.arange(int(self._fresh.sum()))
        new_ends = np.cumsum([0, *map(len, own)])
        self._flags = np.concatenate([held, np.frombuffer(b"".join(own), np.uint8)])
        self._ends = np.concatenate([held_ends, new_ends[1:] + len(held)])
        fresh = np.flatnonzero(self._fresh).tolist()
        postings = texts.postings
        if self._first:  # of all that was read, only fresh articles are posted
            postings = self._marked(fresh).posted(self._options.postings_memory)
        owners = self._numbers[fresh].astype(np.uint64)
        self._fresh_postings = partial(_renumbered_range, postings, owners)

    def indexed(self, past: Shared, parts: Parts) -> Indexed:
        """The result, and what to keep; ``past`` is what was found before."""
        fresh = Segment(_next_name(self._former.segments), self._rows(), NOTHING, self._fresh_postings)
        segments = [*self._former.segments, fresh]
        earlier = latest([segment.weighed for segment in segments], self._retired)
        now = revised(earlier, *self._sharing(segments), *self._telling(segments))
        copies, fresh_matter = self._weighed(*now.asked())
        went = self._ranks(now.gone())
        old_copies, lost_copies = self._parted(past.copies, went)
        stays, lost_matter = now.matter()
        matter = np.concatenate([stays, fresh_matter])
        found = Found(_in_order(old_copies, copies), self._ranked(matter))
        if self._first:
            rows = np.concatenate([fresh_matter, lost_matter])
            source_matter = matter_again(
                self._articles,
                self._fresh,
                past.source_matter,
                found,
                [*lost_copies, *copies],
                self._ranked(rows)[:, :2],
            )
        else:
            source_matter = all_matter(self._articles, found)
        segments[-1] = replace(fresh, weighed=now.said(fresh_matter))
        return self._stored(Shared(found.copies, source_matter), segments, parts)

    def _ranked(self, matter: Places) -> Places:
        """Source matter by the places of articles."""
        return np.concatenate([self._rank[matter[:, :2]].astype(np.int64), matter[:, 2:]], axis=1)

    def _rows(self) -> Rows:
        """A row for each fresh article."""
        at = np.flatnonzero(self._fresh).tolist()
        begin = self._ends[self._first]
        return Rows(
            tuple(self._articles[one].page for one in at),
            tuple(self._outlets[one] for one in at),
            self._keys[at],
            self._flags[begin:],
            self._ends[self._first :] - begin,
            self._fresh_sketches(at),
        )

    def _fresh_sketches(self, fresh: Sequence[int]) -> Sketches:
        """The sketches of fresh articles; of those that are as they were, the former."""
        if not self._options.retellings:
            return Sketches(np.zeros((len(fresh), 0), np.float16), np.full((len(fresh), TERMS), NONE, np.uint32))
        new = [at for at in fresh if self._same[at] < 0]
        made = []
        for start in range(0, len(new), AT_ONCE):
            at_once = new[start : start + AT_ONCE]
            wordings = self._marked(at_once).wordings()
            made.append(read([self._articles[at] for at in at_once], wordings, (), large=True).sketches)
        if len(new) == len(fresh):
            return Sketches.joined([*made, sketched([])][: max(1, len(made))])
        rows = Sketches.joined([segment.rows.sketches for segment in self._former.segments] + made)
        place = {at: self._first + row for row, at in enumerate(new)}
        numbers = [place.get(at, self._same[at]) for at in fresh]
        return Sketches(rows.gists[numbers], rows.terms[numbers])

    def _marked(self, articles: Sequence[int]) -> ManyTexts:
        """Some articles' texts, with what their outlets repeat."""
        numbers = self._numbers[np.array(articles, dtype=np.int64)]
        sizes = np.diff(self._ends)[numbers]
        texts = [self._texts[at] for at in articles]
        bare = np.zeros(max(map(len, texts), default=0) // 8 + 1, np.uint8)  # for texts of which nothing is repeated
        places = np.where(sizes > 0, self._ends[numbers], len(self._flags))
        return ManyTexts.marked(texts, np.concatenate([self._flags, bare]), 8 * places)

    def _sharing(self, segments: Sequence[Segment]) -> tuple[Codes, Flags]:
        """The pairs that may share words otherwise than before, and whether they do."""
        most = self._options.most_pages_per_fingerprint
        if not self._first:
            ranked = (_renumbered(np.concatenate(parts), self._rank) for parts in partitions(segments))
            pairs = sharing_pairs(ranked, most, FEWEST_PRINTS)
            return self._numbered(pairs), np.ones(len(pairs), dtype=np.bool_)
        after, before = ~self._retired, np.zeros(len(self._retired), dtype=np.bool_)
        before[: self._first] = ~self._former.retired
        place, at = self._places(segments, before & ~after)
        changed = changed_meetings(lambda: partitions(segments), place, before, after, most, FEWEST_PRINTS)
        pairs = at[np.stack((changed.pairs >> HALF, changed.pairs & LOW), axis=1).astype(np.int64)]
        return self._numbered(pairs), changed.meet

    def _places(self, segments: Sequence[Segment], lost: Flags) -> tuple[Codes, Places]:
        """Where each number's page stands among those that are there now or were before, by page, and which article
        stands at each place (-1: none)."""
        gone = [page for page, one in zip(pages_of(segments), lost, strict=True) if one]
        pages = [article.page for article in self._articles]
        together = sorted({*pages, *gone}) if gone else pages
        at = np.full(len(together), -1, dtype=np.int64)
        place = np.zeros(len(lost), dtype=np.uint64)
        if gone:
            where = {page: i for i, page in enumerate(together)}
            at[[where[page] for page in pages]] = np.arange(len(pages))
            place[lost] = [where[page] for page in gone]
        else:
            at[:] = np.arange(len(pages))
        place[self._numbers] = np.flatnonzero(at >= 0)
        return place, at

    def _telling(self, segments: Sequence[Segment]) -> tuple[Flags, Codes]:
        """The numbers [numbers] whose pairs that may be retellings are others than before, and these pairs."""
        anew = np.zeros(len(self._retired), dtype=np.bool_)
        if not self._options.retellings:
            return anew, np.zeros(0, np.uint64)
        rows = Sketches.joined([segment.rows.sketches for segment in segments])
        sketches = Sketches(rows.gists[self._numbers], rows.terms[self._numbers])
        if not self._first:
            return anew, self._numbered(telling_pairs(sketches, self._options))
        lost = self._retired.copy()
        lost[: self._first] &= ~self._former.retired
        asked = self._fresh | meet_anew(sketches.terms, sketches.terms[self._fresh], rows.terms[lost])
        anew[self._numbers[asked]] = True
        return anew, self._numbered(telling_pairs(sketches, self._options, asked))

    def _numbered(self, pairs: Pairs) -> Codes:
        """Pairs of articles by the numbers that the index knows."""
        numbers = self._numbers.astype(np.uint64)
        out: Codes = (numbers[pairs[:, 0]] << HALF) | numbers[pairs[:, 1]]
        return out

    def _ranks(self, pairs: Codes) -> Pairs:
        """Pairs of numbers as pairs of articles."""
        both = np.stack((pairs >> HALF, pairs & LOW), axis=1).astype(np.int64)
        out: Pairs = self._rank[both].astype(np.int64)
        return out

    def _weighed(self, keys: Codes, why: Why) -> tuple[list[Copy], Places]:
        """The copies among some pairs, and what source matter these share."""
        pairs = self._ranks(keys)
        order = np.lexsort((pairs[:, 1], pairs[:, 0]))
        pairs, why = pairs[order], why[order]
        telling, readings = self._hopeful(pairs, (why & TOLD) > 0)
        kept = telling | ((why & ~np.uint8(TOLD)) > 0)
        pairs, telling = pairs[kept], telling[kept]
        there = np.unique(pairs)
        local = np.searchsorted(there, pairs)
        articles = [self._articles[at] for at in there.tolist()]
        texts = self._marked(there.tolist())
        found: list[Copy] = []
        matter: list[tuple[int, ...]] = []
        for i, j, copy, spans in weighed(articles, texts, local, telling, readings.renumbered(there), self._options):
            if copy is not None:
                found.append(copy)
            a, b = self._numbers[there[[i, j]]].tolist()
            matter += [(a, b, *one) for one in spans]
        return found, np.array(matter, dtype=np.int64).reshape(-1, 6)

    def _hopeful(self, pairs: Pairs, telling: Flags) -> tuple[Flags, Readings]:
        """Which of the pairs that may be retellings are worth weighing, and the readings of their articles."""
        told = np.unique(pairs[telling])
        outlets = tuple(sorted(set(self._outlets) - {""}))
        articles = [self._articles[at] for at in told.tolist()]
        readings = read(articles, self._marked(told.tolist()).wordings(), outlets, large=True, numbers=told)
        hopeful = telling.copy()
        hopeful[telling] = readings.hopeful(pairs[telling], self._options)
        return hopeful, readings

    def _parted(self, copies: Sequence[Copy], went: Pairs) -> tuple[list[Copy], list[Copy]]:
        """The copies found before: those of pages that are as they were and of pairs that did not go; the others."""
        pages = [article.page for article in self._articles]
        same = {pages[at] for at in np.flatnonzero(~self._fresh).tolist()}
        gone = {(pages[i], pages[j]) for i, j in went.tolist()}
        stayed: list[Copy] = []
        lost: list[Copy] = []
        for copy in copies:
            there = copy.a in same and copy.b in same and (copy.a, copy.b) not in gone
            (stayed if there else lost).append(copy)
        return stayed, lost

    def _stored(self, shared: Shared, segments: list[Segment], parts: Parts) -> Indexed:
        """The parts to write: what is new, and what is merged with it."""
        *stay, last = segments
        names = [segment.name for segment in stay]
        new: dict[str, Callable[[], bytes]] = {}
        if len(last.rows) or len(last.weighed.pairs):
            at, size = len(stay), _size(last)
            while at and _size(stay[at - 1]) < 2 * size:
                at -= 1
                size += _size(stay[at])
            if at < len(stay):
                last = merged(last.name, segments[at:], self._retired, first=at == 0)
            names = [*names[:at], last.name]
            new = last.parts()
        state = packed(
            segments=np.frombuffer(msgspec.msgpack.encode(names), np.uint8), retired=np.packbits(self._retired)
        )
        new["state"] = lambda: state
        there = tuple(f"{name}/" for name in names)
        gone = tuple(name for name in parts if name not in new and not name.startswith(there))
        return Indexed(shared, MadeParts(new), gone)


def _digest(article: Article) -> bytes:
    """The hash [KEY] of all that an article is."""
    try:
        raw = _ENCODER.encode(article)
    except (TypeError, UnicodeEncodeError):  # a surrogate that stands alone, a string of another kind
        raw = repr(article).encode("utf-8", "surrogatepass")
    return sha256(raw).digest()[:KEY]


def _next_name(segments: Sequence[Segment]) -> str:
    return f"{max((int(segment.name) for segment in segments), default=-1) + 1:06}"


def _size(segment: Segment) -> int:
    """What a segment counts for when segments are merged."""
    return max(1, len(segment.rows) + len(segment.weighed.pairs) // 50)


def _renumbered_range(postings: Postings, owners: Codes, number: int) -> Ranged:
    """One range of postings under other numbers: made when it is asked for, for memory would not hold all of them."""
    inside = range(number * INSIDE, (number + 1) * INSIDE)
    return ranged([_renumbered(postings.unsorted(part), owners) for part in inside])


def _renumbered(keys: Codes, numbers: Codes) -> Codes:
    """Postings, sorted, with other numbers; without those whose number is gone."""
    owners = numbers[(keys & LOW).astype(np.int64)]
    kept = owners != GONE
    out: Codes = (keys[kept] & ~LOW) | owners[kept]
    out.sort()
    return out


def _in_order(*copies: Sequence[Copy]) -> tuple[Copy, ...]:
    """All copies by their pages."""
    return tuple(sorted((copy for some in copies for copy in some), key=attrgetter("a", "b")))
