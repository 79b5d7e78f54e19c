"""Which pairs of articles are worth reading side by side for a retelling, without looking at all pairs.

Up to :data:`FEW` articles every pair is weighed by the likeness of their gists. Above that, articles meet only by
their telling terms: the heaviest terms that are rare in the collection, through an inverted index; a pair must share
several. The number of pairs stays linear in the number of articles.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .fingerprints import equal_pairs
from .tellings import Telling

FEW = 400
TERMS = 25
"""Telling terms that an article is indexed by."""
MOST_PAGES = 60
"""A term on more articles than this pairs nothing."""
FEWEST_SHARED = 4
BLOCK = 200_000
"""Pairs whose gists are compared at a time."""


def telling_pairs(tellings: Sequence[Telling], least_likeness: float) -> list[tuple[int, int]]:
    """Pairs (i < j), sorted, whose gists have a cosine of at least ``least_likeness``."""
    if len(tellings) < 2:
        return []
    gists = np.stack([telling.gist() for telling in tellings])
    if len(tellings) <= FEW:
        left, right = np.triu_indices(len(tellings), 1)
    else:
        left, right = _by_terms(tellings)
    found: list[tuple[int, int]] = []
    for start in range(0, len(left), BLOCK):
        i, j = left[start : start + BLOCK], right[start : start + BLOCK]
        near = np.einsum("nd,nd->n", gists[i], gists[j]) >= least_likeness
        found.extend(zip(i[near].tolist(), j[near].tolist(), strict=True))
    return found


def _by_terms(tellings: Sequence[Telling]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs that share at least :data:`FEWEST_SHARED` of their telling terms."""
    owned = [_weighed(telling) for telling in tellings]
    codes, pages = np.unique(np.concatenate([terms for terms, _ in owned]), return_counts=True)
    keys, owners = [], []
    for number, (terms, weights) in enumerate(owned):
        on = pages[np.searchsorted(codes, terms)]
        usable = (on > 1) & (on <= MOST_PAGES)
        heavy = np.lexsort((terms[usable], -(weights[usable] * np.log(len(tellings) / on[usable]))))[:TERMS]
        keys.append(terms[usable][heavy])
        owners.append(np.full(len(heavy), number))
    key, owner = np.concatenate(keys).astype(np.uint64), np.concatenate(owners)
    order = np.lexsort((owner, key))
    pairs = equal_pairs(key[order], owner[order], MOST_PAGES)
    flat, counts = np.unique(pairs[:, 0] * len(tellings) + pairs[:, 1], return_counts=True)
    flat = flat[counts >= FEWEST_SHARED]
    return flat // len(tellings), flat % len(tellings)


def _weighed(telling: Telling) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """An article's terms, each once, with the weight that they have in all."""
    terms, inverse = np.unique(telling.codes, return_inverse=True)
    weights = np.bincount(inverse, weights=telling.weights, minlength=len(terms)).astype(np.float64)
    return terms, weights
