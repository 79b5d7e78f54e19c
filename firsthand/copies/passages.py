"""The passages that two texts share, to the character: seed, extend, chain.

In: two wordings. Out: runs of words in both, none overlapping on either side, in the order of the first. A seed is a
shared run of :data:`SEED` words; seeds on one diagonal are one run; the longest runs are taken first; neighbouring
runs that only a few words part (a small edit) are bridged into one passage.

What two texts share does not depend on which is the first, but for one case: of two runs of one length that stand at
each other's places (one at words ``x`` and ``y``, the other at ``y`` and ``x``) that one is taken before the other
which stands earlier in the first text.
"""

from __future__ import annotations

import msgspec
import numpy as np

from ..records import Passage
from .fingerprints import shingles
from .wording import Flags, Places, Wording

SEED = 5
"""Words. Below, stock phrases ("the president of the united states") seed; above, edited copies break apart."""
MOST_REPEATS = 20
"""A seed that stands more often than this in one text is a refrain and seeds nothing."""


Gap = tuple[int, int, int, int]
"""Words of both texts: start in a, end in a, start in b, end in b."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """Words ``[a, a + length_a)`` of the first text and ``[b, b + length_b)`` of the second; of them ``same`` words
    are the same on both sides (all of them, unless a small edit was bridged); ``own_a``, ``own_b`` are the text's own,
    not quoted nor repeated by its outlet. ``gaps`` are the small edits that were bridged, in order: words ``[start_a,
    end_a)`` stand where the other text has ``[start_b, end_b)``; one of the two may be empty."""

    a: int
    b: int
    length_a: int
    length_b: int
    same: int
    own_a: int
    own_b: int
    gaps: tuple[Gap, ...] = ()


def shared_runs(a: Wording, b: Wording, shortest: int, bridge: int) -> tuple[Run, ...]:
    """Shared runs of at least ``shortest`` words, edits of up to ``bridge`` words within them bridged."""
    runs = _bridged(_taken(_diagonals(a, b)), bridge)
    return tuple(_counted(run, a, b) for run in runs if run.same >= shortest)


def _counted(run: Run, a: Wording, b: Wording) -> Run:
    """The run with its own words counted."""
    quoted_a = int(np.count_nonzero(a.quoted[run.a : run.a + run.length_a]))
    quoted_b = int(np.count_nonzero(b.quoted[run.b : run.b + run.length_b]))
    return msgspec.structs.replace(run, own_a=run.length_a - quoted_a, own_b=run.length_b - quoted_b)


def _matches(a: Wording, b: Wording) -> tuple[Places, Places]:
    """Every pair of positions (in a, in b) at which the same seed starts."""
    left, right = shingles(a.codes, SEED), shingles(b.codes, SEED)
    order = np.argsort(right, kind="stable")
    ranked = right[order]
    low, high = np.searchsorted(ranked, left, "left"), np.searchsorted(ranked, left, "right")
    own = np.sort(left)
    often = np.searchsorted(own, left, "right") - np.searchsorted(own, left, "left")
    counts = np.where((high - low <= MOST_REPEATS) & (often <= MOST_REPEATS), high - low, 0)
    rows = np.repeat(np.arange(len(left)), counts)
    first = np.cumsum(counts) - counts
    within = np.arange(len(rows)) - np.repeat(first, counts)
    return rows, order[np.repeat(low, counts) + within]


def _diagonals(a: Wording, b: Wording) -> list[tuple[int, int, int]]:
    """Maximal exact runs (start in a, start in b, words), the longest first."""
    rows, columns = _matches(a, b)
    if not len(rows):
        return []
    order = np.lexsort((rows, columns - rows))
    rows, columns = rows[order], columns[order]
    broken = (np.diff(rows) != 1) | (np.diff(columns) != 1)
    starts = np.concatenate(([0], np.flatnonzero(broken) + 1))
    lengths = np.diff(np.append(starts, len(rows))) + SEED - 1
    runs = zip(rows[starts].tolist(), columns[starts].tolist(), lengths.tolist(), strict=True)
    return sorted(runs, key=lambda run: (-run[2], abs(run[0] - run[1]), run[0] + run[1], run[0]))


def _taken(runs: list[tuple[int, int, int]]) -> list[Run]:
    """The runs, longest first, each trimmed to what no longer run has taken on either side."""
    size_a = max((start + length for start, _, length in runs), default=0)
    size_b = max((start + length for _, start, length in runs), default=0)
    used_a, used_b = np.zeros(size_a, np.bool_), np.zeros(size_b, np.bool_)
    kept = []
    for start_a, start_b, length in runs:
        free = ~(used_a[start_a : start_a + length] | used_b[start_b : start_b + length])
        first, size = _longest_true(free)
        if size < SEED:
            continue
        used_a[start_a + first : start_a + first + size] = True
        used_b[start_b + first : start_b + first + size] = True
        kept.append(Run(start_a + first, start_b + first, size, size, size, 0, 0))
    return sorted(kept, key=lambda run: (run.a, run.b))


def _longest_true(flags: Flags) -> tuple[int, int]:
    """Start and length of the longest run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    if not len(edges):
        return 0, 0
    lengths = edges[1::2] - edges[::2]
    best = int(lengths.argmax())
    return int(edges[2 * best]), int(lengths[best])


def _bridged(runs: list[Run], bridge: int) -> list[Run]:
    """Neighbours that at most ``bridge`` words part on both sides, joined."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None:
            end_a, end_b = last.a + last.length_a, last.b + last.length_b
            if 0 <= run.a - end_a <= bridge and 0 <= run.b - end_b <= bridge:
                joined[-1] = msgspec.structs.replace(
                    last,
                    length_a=run.a + run.length_a - last.a,
                    length_b=run.b + run.length_b - last.b,
                    same=last.same + run.same,
                    gaps=(*last.gaps, (end_a, run.a, end_b, run.b)),
                )
                continue
        joined.append(run)
    return joined


def as_passages(a: Wording, b: Wording, runs: tuple[Run, ...]) -> tuple[Passage, ...]:
    """The runs as character spans of both texts."""
    return tuple(
        Passage(a.span(run.a, run.a + run.length_a - 1), b.span(run.b, run.b + run.length_b - 1)) for run in runs
    )
