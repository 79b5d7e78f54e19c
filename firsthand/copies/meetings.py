"""Which texts meet now that did not, where some came and some went: the join of the postings that this touches.

In: the postings of before in sorted pieces, those of fresh texts, and who is there before and after. Out: pairs of
texts whose meeting may have changed, and whether they share enough fingerprints now; every other pair meets as before.
A pair with a fresh text has all its fingerprints among the fresh ones. A pair of older texts is touched only where a
fingerprint is, or was, on so many texts that only some of these are paired (``fingerprints.sharing_pairs``): texts of
which such a pairing came or went are counted again. Works on groups that fresh and lost postings are in, so the cost is
that of what changed, but for a look at each posting where texts were lost or must be counted again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import candidates
from . import compiled_postings as machine
from .candidates import NONE, Terms
from .postings import Counts
from .wording import Codes, Flags, Places

LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_NONE = np.zeros(0, dtype=np.uint64)
Pieces = Callable[[], Iterable[Sequence[Codes]]]
"""Partition by partition, the sorted pieces of its postings (the last: those of fresh texts), by numbers of texts."""


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """Pairs (``smaller << 32 | greater``, sorted) that may meet otherwise than before, and whether they do meet now."""

    pairs: Codes
    meet: Flags


def changed_meetings(pieces: Pieces, place: Codes, before: Flags, after: Flags, most: int, fewest: int) -> Changed:
    """The pairs of texts that may meet otherwise now. ``place`` [numbers]: where the text stands in the order of all;
    ``before`` and ``after`` [numbers]: whether it is there. Pairs are given by places."""
    fresh, lost = after & ~before, before & ~after
    chosen = np.zeros(int(place.max(initial=0)) + 1, dtype=np.bool_)
    chosen[place[fresh].astype(np.int64)] = True
    counts = Counts()
    touched = [_NONE]
    for parts in pieces():
        gone = [_of(part, lost) for part in parts[:-1]] if lost.any() else []
        hashes = _distinct(np.concatenate([parts[-1], *gone]) >> HALF) << HALF
        if not len(hashes):
            continue
        members = np.concatenate([_groups(part, hashes) for part in parts])
        now, then = _placed(members, after, place), _placed(members, before, place)
        _count(counts, now, most, chosen, 1)
        common = _too_many([now, then], most)
        if len(common):
            touched.append(_differing(_groups(now, common), _groups(then, common), most))
    pairs, often = counts.summed()
    stayed = np.zeros(len(chosen), dtype=np.bool_)
    stayed[place[before & after].astype(np.int64)] = True
    again = np.unique(np.concatenate(touched))
    again = again[stayed[(again >> HALF).astype(np.int64)] & stayed[(again & LOW).astype(np.int64)]]
    shared = _recounted(pieces, place, after, again, most)
    pairs, often = np.concatenate([pairs, again]), np.concatenate([often, shared])
    order = np.argsort(pairs)
    return Changed(pairs[order], (often >= fewest)[order])


def _distinct(keys: Codes) -> Codes:
    """Sorted, each once (``np.unique`` would hash them, which is slower)."""
    keys = np.sort(keys)
    out: Codes = keys[np.concatenate(([True], keys[1:] != keys[:-1]))] if len(keys) else keys
    return out


def _of(keys: Codes, wanted: Flags) -> Codes:
    """The postings of some texts."""
    return keys[wanted[(keys & LOW).astype(np.int64)]]


def _groups(keys: Codes, hashes: Codes) -> Codes:
    """The postings, of sorted ones, of these fingerprints."""
    first = np.searchsorted(keys, hashes)
    sizes = np.searchsorted(keys, hashes | LOW, side="right") - first
    steps = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    out: Codes = keys[np.repeat(first, sizes) + steps]
    return out


def _placed(keys: Codes, there: Flags, place: Codes) -> Codes:
    """Postings of the texts that are there, each once, by places, sorted."""
    numbers = (keys & LOW).astype(np.int64)
    kept = there[numbers]
    return _distinct((keys[kept] & ~LOW) | place[numbers[kept]])


def _count(counts: Counts, keys: Codes, most: int, chosen: Flags, least: int) -> None:
    pairs = np.empty(machine.chosen_pairs(keys, most, chosen, least, _NONE), dtype=np.uint64)
    if len(pairs):
        machine.chosen_pairs(keys, most, chosen, least, pairs)
        counts.add(*np.unique(pairs, return_counts=True))


def _too_many(sides: Sequence[Codes], most: int) -> Codes:
    """The fingerprints that more than ``most`` texts have, on any side."""
    found = []
    for keys in sides:
        hashes, sizes = np.unique(keys >> HALF, return_counts=True)
        found.append(hashes[sizes > most] << HALF)
    return np.unique(np.concatenate(found))


def _differing(now: Codes, then: Codes, most: int) -> Codes:
    """The pairs that some fingerprints make another number of times than they did."""
    sides = []
    for keys in (now, then):
        pairs = np.empty(machine.posted_pairs(keys, most, _NONE), dtype=np.uint64)
        if len(pairs):
            machine.posted_pairs(keys, most, pairs)
        sides.append(pairs)
    keys, owner = np.unique(np.concatenate(sides), return_inverse=True)
    sign = np.repeat([1, -1], [len(side) for side in sides])
    out: Codes = keys[np.bincount(owner.ravel(), weights=sign, minlength=len(keys)) != 0]
    return out


def _recounted(pieces: Pieces, place: Codes, after: Flags, pairs: Codes, most: int) -> Places:
    """How many fingerprints each pair (by places) shares."""
    if not len(pairs):
        return np.zeros(0, dtype=np.int64)
    chosen = np.zeros(int(place.max()) + 1, dtype=np.bool_)
    chosen[(pairs >> HALF).astype(np.int64)] = chosen[(pairs & LOW).astype(np.int64)] = True
    wanted = after.copy()
    wanted[after] = chosen[place[after].astype(np.int64)]
    counts = Counts()
    for parts in pieces():
        owned = np.sort(np.concatenate([_of(part, wanted) for part in parts]) >> HALF)
        hashes = np.unique(owned[1:][owned[1:] == owned[:-1]]) << HALF
        if len(hashes):
            members = np.concatenate([_groups(part, hashes) for part in parts])
            _count(counts, _placed(members, after, place), most, chosen, 2)
    found, often = counts.summed()
    return _often(found, often, pairs)


def _often(found: Codes, often: Places, pairs: Codes) -> Places:
    at = np.minimum(np.searchsorted(found, pairs), max(0, len(found) - 1))
    out: NDArray[np.int64] = (
        np.where(found[at] == pairs, often[at], 0) if len(found) else np.zeros(len(pairs), np.int64)
    )
    return out


def meet_anew(terms: Terms, came: Terms, went: Terms) -> Flags:
    """The articles [n] with a term that was on too many to pair any, and is not now, or the other way round."""
    changed = np.unique(np.concatenate([came.ravel(), went.ravel()]))
    there = candidates.places_of(terms, changed)
    rows, owned = there // terms.shape[1], np.searchsorted(changed, terms.ravel()[there])
    now = np.bincount(owned, minlength=len(changed))
    less, more = np.unique(came, return_counts=True), np.unique(went, return_counts=True)
    before = now.copy()
    before[np.searchsorted(changed, less[0])] -= less[1]
    before[np.searchsorted(changed, more[0])] += more[1]
    crossed = ((now > candidates.MOST_PAGES) != (before > candidates.MOST_PAGES)) & (changed != NONE)
    out = np.zeros(len(terms), dtype=np.bool_)
    out[rows[crossed[owned]]] = True
    return out
