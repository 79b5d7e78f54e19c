"""Which pairs share text near a word that gives away a notice, as machine code: ``notices.signed`` for many pairs.

``notices`` says what is meant, and a test holds this to it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_passages import LENGTH_A, OWN_A, OWN_B, START_A
from .compiled_search import lowest_bits, stands
from .compiling import compiled


@compiled(
    "void(uint64[::1], int64[::1], int64[:, ::1], int32[:, ::1], int64[::1], boolean[::1], uint64[::1], int64, "
    "boolean[::1])"
)
def signed_pairs(
    codes: Any, word_bounds: Any, pairs: Any, runs: Any, bounds: Any, asked: Any, signs: Any, around: int, out: Any
) -> None:
    """Sets ``out`` [pairs] where one of the ``signs`` (sorted) stands in a run of own words of the
    first text, or at most ``around`` words from it; only for pairs that are ``asked``."""
    some = lowest_bits(signs)
    for pair in range(len(bounds) - 1):
        out[pair] = False
        if not asked[pair]:
            continue
        first, end = word_bounds[pairs[pair, 0]], word_bounds[pairs[pair, 0] + 1]
        for run in range(bounds[pair], bounds[pair + 1]):
            if runs[run, OWN_A] == 0 or runs[run, OWN_B] == 0:
                continue
            start = first + runs[run, START_A]
            low, high = max(first, start - around), min(end, start + runs[run, LENGTH_A] + around)
            for word in range(low, high):
                if stands(codes[word], signs, some) or (
                    word + 1 < end and stands(codes[word] ^ (codes[word + 1] << np.uint64(1)), signs, some)
                ):
                    out[pair] = True
                    break
            if out[pair]:
                break
