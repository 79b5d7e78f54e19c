"""What is asked of pairs now, beside what was said of them before: which keep that, which are weighed, which go.

In: what was said of all pairs, and what changed: which pairs share words now or do so no more, which may be retellings.
Works on sorted keys of pairs (``segments``), and looks up what changed among them: a look at each pair costs a
nanosecond, and nothing is sorted that did not change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .segments import HALF, LOW, Weighed, matter_pairs
from .wording import Codes, Flags, Places

WORDED, TOLD = 1, 2
"""Why a pair was weighed (bits): it shares words, it may be a retelling. 0: it is a pair no more."""

Why = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Revised:
    """What is asked of pairs: ``why``, of those of ``earlier``; and the ``new`` pairs, sorted, with ``new_why``."""

    earlier: Weighed
    why: Why
    new: Codes
    new_why: Why

    @property
    def kept(self) -> Flags:
        """The earlier pairs of which what was said holds: they are as they were, and asked for with the same care."""
        out: Flags = (self.why > 0) & (self.earlier.why > 0) & ((self.why & TOLD) == (self.earlier.why & TOLD))
        return out

    def asked(self) -> tuple[Codes, Why]:
        """The pairs to weigh, and why."""
        again = (self.why > 0) & ~self.kept
        return np.concatenate([self.earlier.pairs[again], self.new]), np.concatenate([self.why[again], self.new_why])

    def gone(self) -> Codes:
        """The earlier pairs of which what was said does not hold."""
        return self.earlier.pairs[(self.earlier.why > 0) & ~self.kept]

    def matter(self) -> tuple[Places, Places]:
        """The source matter of earlier pairs: of those that keep it, and of the others."""
        stays = self.kept[_found(self.earlier.pairs, matter_pairs(self.earlier.matter))[0]]
        return self.earlier.matter[stays], self.earlier.matter[~stays]

    def said(self, fresh_matter: Places) -> Weighed:
        """What is new to say: of pairs that were weighed, that are asked for otherwise, and that are pairs no more."""
        changed = self.why != self.earlier.why
        changed |= (self.why > 0) & ~self.kept
        held = self.earlier.matter
        stays = (changed & self.kept)[_found(self.earlier.pairs, matter_pairs(held))[0]]
        return Weighed(
            np.concatenate([self.earlier.pairs[changed], self.new]),
            np.concatenate([self.why[changed], self.new_why]),
            np.concatenate([held[stays], fresh_matter]),
        )


def revised(earlier: Weighed, worded: Codes, meet: Flags, anew: Flags, told: Codes) -> Revised:
    """``worded``: pairs that may share words otherwise than before, and whether they do (``meet``); ``anew`` [numbers]:
    pages whose pairs that may be retellings are ``told`` now, all of them; of other pages these are as before."""
    why = earlier.why.copy()
    if anew.any():
        upper, lower = (earlier.pairs >> HALF).astype(np.int64), (earlier.pairs & LOW).astype(np.int64)
        why[anew[upper] | anew[lower]] &= np.uint8(WORDED)
    at, there = _found(earlier.pairs, worded)
    why[at[there]] &= np.uint8(TOLD)
    why[at[there & meet]] |= np.uint8(WORDED)
    came = [worded[meet & ~there]]
    at, there = _found(earlier.pairs, told)
    why[at[there]] |= np.uint8(TOLD)
    came.append(told[~there])
    both = np.concatenate(came)
    new, place = np.unique(both, return_inverse=True)
    new_why = np.zeros(len(new), dtype=np.uint8)
    size = len(came[0])
    new_why[place[:size]] |= np.uint8(WORDED)
    new_why[place[size:]] |= np.uint8(TOLD)
    return Revised(earlier, why, new, new_why)


def _found(pairs: Codes, wanted: Codes) -> tuple[Places, Flags]:
    """Where wanted pairs stand among sorted ones, and whether they do."""
    if not len(pairs):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    return at, pairs[at] == wanted
