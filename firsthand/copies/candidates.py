"""Which pairs of articles are worth reading side by side for a retelling, without looking at all pairs.

An article is known by its :class:`Sketches` row: its gist, and its *telling terms*, the words, names and numbers that
weigh most in it (how rare they are in English news, times how often they stand in it). Both come from the article
alone. Articles meet by telling terms through an inverted index: a pair must share several, and have gists of the same
matter. A term on too many articles pairs nothing, so that an article meets a bounded number of others and the work
stays linear. This cap is all that depends on the collection: when articles come, a pair of older ones is lost where a
term that joined them crosses it (:func:`are_paired` says which still hold), and none is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..options import CopyOptions
from .fingerprints import Pairs
from .tellings import Telling
from .wording import Flags, Places

TERMS = 64
"""Telling terms of an article."""
MOST_PAGES = 60
"""A term on more articles than this pairs nothing."""
FEWEST_SHARED = 4
"""Telling terms that a pair must share."""
NONE = 0
"""Stands in place of a term where an article has fewer."""
BLOCK = 1_000_000
"""Pairs that are counted at a time."""
FLAGS = 1 << 22
"""Flags by which terms that nobody asks for are told at a glance."""
GISTS = 50_000
"""Pairs whose gists are compared at a time."""

Terms = NDArray[np.uint32]
Gists = NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class Sketches:
    """What n articles are found by: ``gists`` [n, d] (half precision holds their steps exactly) and ``terms``
    [n, :data:`TERMS`], each row sorted, :data:`NONE` first."""

    gists: Gists
    terms: Terms

    def __len__(self) -> int:
        return len(self.terms)

    @classmethod
    def joined(cls, parts: Sequence[Sketches]) -> Sketches:
        """The rows of all parts, in order."""
        return cls(np.concatenate([part.gists for part in parts]), np.concatenate([part.terms for part in parts]))


def sketched(tellings: Sequence[Telling]) -> Sketches:
    """The sketches of articles, a row each."""
    terms = np.full((len(tellings), TERMS), NONE, dtype=np.uint32)
    gists = np.zeros((len(tellings), tellings[0].vectors.shape[1] if tellings else 0), dtype=np.float16)
    for row, telling in enumerate(tellings):
        own = _heaviest(telling)
        terms[row, TERMS - len(own) :] = own
        gists[row] = telling.gist()
    return Sketches(gists, terms)


def _heaviest(telling: Telling) -> NDArray[np.int64]:
    """An article's telling terms, sorted."""
    terms, inverse = np.unique(telling.codes, return_inverse=True)
    weights = np.bincount(inverse, weights=telling.weights, minlength=len(terms))
    return np.sort(terms[np.lexsort((terms, -weights))[:TERMS]])


def telling_pairs(sketches: Sketches, options: CopyOptions, fresh: Flags | None = None) -> Pairs:
    """Pairs [m, 2] (i < j), sorted, that share enough telling terms and whose gists have a cosine of at least
    ``options.least_gist``; with ``fresh`` [n] only those of which one is fresh."""
    keys, owners = _postings(sketches.terms, fresh)
    _, sizes = _groups(keys)
    wanted = (sizes > 1) & (sizes <= MOST_PAGES)
    owners, sizes = owners[np.repeat(wanted, sizes)], sizes[wanted]
    if fresh is None:  # each article meets the later ones
        asked, first = np.arange(len(owners)), np.arange(1, len(owners) + 1)
        following = np.repeat(np.cumsum(sizes), sizes) - first
    else:  # each fresh article meets all
        asked = np.flatnonzero(fresh[owners])
        first, following = np.repeat(np.cumsum(sizes) - sizes, sizes)[asked], np.repeat(sizes, sizes)[asked]
    found = [np.zeros((0, 2), dtype=np.int64)]
    for postings in _together(owners[asked], following):
        counts = following[postings]
        places = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        left, right = np.repeat(owners[asked[postings]], counts), owners[np.repeat(first[postings], counts) + places]
        if fresh is not None:  # two fresh articles meet once
            once = (left < right) | ~fresh[right]
            left, right = np.minimum(left, right)[once], np.maximum(left, right)[once]
        pairs, often = np.unique(left * len(sketches) + right, return_counts=True)
        pairs = np.stack(np.divmod(pairs[often >= FEWEST_SHARED], len(sketches)), axis=1)
        found.append(pairs[_alike(sketches.gists, pairs, options.least_gist)])
    together = np.concatenate(found)
    return together if fresh is None else together[np.lexsort((together[:, 1], together[:, 0]))]


def _together(owners: Places, following: Places) -> Iterator[Places]:
    """The postings by article, those of some articles at a time: so many that they make :data:`BLOCK` pairs, or those
    of one article."""
    order = np.argsort(owners, kind="stable")
    made = np.concatenate(([0], np.cumsum(following[order])))
    ends = np.flatnonzero(np.diff(owners[order], append=-1)) + 1
    begin = 0
    while begin < len(order):
        last = int(np.searchsorted(made[ends], made[begin] + BLOCK, side="right")) - 1
        end = int(ends[max(last, int(np.searchsorted(ends, begin, side="right")))])
        yield order[begin:end]
        begin = end


def are_paired(sketches: Sketches, pairs: Pairs, options: CopyOptions) -> Flags:
    """Which of some pairs [m, 2] :func:`telling_pairs` would give."""
    keys, _ = _postings(sketches.terms)
    starts, sizes = _groups(keys)
    common = keys[starts[sizes > MOST_PAGES]]
    shared = np.zeros(len(pairs), dtype=np.int64)
    for at, (i, j) in enumerate(pairs.tolist()):
        both = np.intersect1d(sketches.terms[i], sketches.terms[j])
        shared[at] = len(np.setdiff1d(both[both != NONE], common))
    out: Flags = (shared >= FEWEST_SHARED) & _alike(sketches.gists, pairs, options.least_gist)
    return out


def _postings(terms: Terms, fresh: Flags | None = None) -> tuple[Terms, Places]:
    """Every term of every article, sorted, and whose it is; with ``fresh`` [n] only the terms that a fresh one has."""
    keys = terms.ravel()
    if fresh is not None:
        there = places_of(terms, terms[fresh])
        keys, owners = keys[there], there // terms.shape[1]
    else:
        owners = np.repeat(np.arange(len(terms), dtype=np.int64), terms.shape[1])
    order = np.argsort(keys, kind="stable")
    order = order[np.searchsorted(keys, NONE, side="right", sorter=order) :]
    return keys[order], owners[order]


def places_of(terms: Terms, wanted: Terms) -> Places:
    """Where in ``terms``, read row by row, any of some terms stand. Most others are told by a table of flags."""
    keys, wanted = terms.ravel(), np.unique(wanted)
    if not len(wanted):
        return np.zeros(0, dtype=np.int64)
    flags = np.zeros(FLAGS, dtype=np.bool_)
    flags[wanted & np.uint32(FLAGS - 1)] = True
    there = np.flatnonzero(flags[keys & np.uint32(FLAGS - 1)])
    held = keys[there]
    out: Places = there[wanted[np.minimum(np.searchsorted(wanted, held), len(wanted) - 1)] == held]
    return out


def _groups(keys: Terms) -> tuple[Places, Places]:
    """Where each run of equal keys starts, and how long it is."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return starts, np.diff(np.append(starts, len(keys)))


def _alike(gists: Gists, pairs: Pairs, least: float) -> Flags:
    """Of which pairs the gists have a cosine of at least ``least``."""
    alike = np.zeros(len(pairs), dtype=np.bool_)
    for start in range(0, len(pairs), GISTS):
        i, j = pairs[start : start + GISTS].T
        left, right = gists[i].astype(np.float32), gists[j].astype(np.float32)
        alike[start : start + GISTS] = np.einsum("nd,nd->n", left, right) >= np.float32(least)
    return alike
