"""The join of postings, as machine code: which texts meet in a fingerprint.

A posting is 64 bits: a part of a fingerprint's hash above, the number of a text in the lower 32. ``fingerprints`` says
what is meant (``sharing_pairs``), and a test holds this to it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import compiled


@compiled("int64(uint64[::1], int64, uint64[::1])")
def posted_pairs(keys: Any, most: int, out: Any) -> Any:
    """Pairs of texts with one fingerprint, from sorted postings: ``smaller << 32 | greater``; returns how many.

    Where more than ``most`` texts have it, each is paired with the first of them and with the one before. Called with
    an empty ``out``, it only counts."""
    low = np.uint64(0xFFFFFFFF)
    shift = np.uint64(32)
    writing = len(out) > 0
    total = 0
    start = 0
    while start < len(keys):
        end, distinct = start + 1, 1
        while end < len(keys) and keys[end] >> shift == keys[start] >> shift:
            if keys[end] != keys[end - 1]:
                distinct += 1
            end += 1
        if distinct > 1:
            last = start  # the entry before of another text
            for at in range(start + 1, end):
                if keys[at] == keys[at - 1]:
                    continue
                if distinct > most:
                    if writing:
                        out[total] = ((keys[start] & low) << shift) | (keys[at] & low)
                    total += 1
                    if last != start:
                        if writing:
                            out[total] = ((keys[last] & low) << shift) | (keys[at] & low)
                        total += 1
                else:
                    for other in range(start, at):
                        if other > start and keys[other] == keys[other - 1]:
                            continue
                        if writing:
                            out[total] = ((keys[other] & low) << shift) | (keys[at] & low)
                        total += 1
                last = at
        start = end
    return total
