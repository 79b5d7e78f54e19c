"""The join of postings, as machine code: which texts meet in a fingerprint; and bits by text.

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


@compiled("int64(uint8[::1], int64[::1], int64[::1], uint8[::1], int64[::1])")
def pack_by_text(packed: Any, places: Any, sizes: Any, out: Any, ends: Any) -> Any:
    """Fills ``out`` with each text's ``sizes[text]`` bits from bit ``places[text]`` on: in whole bytes, or in none
    where no bit is set. Fills ``ends`` [texts + 1] with where each ends; returns how many bytes there are."""
    total = 0
    ends[0] = 0
    for text in range(len(sizes)):
        count = (sizes[text] + 7) // 8
        out[total : total + count] = 0
        found = False
        for word in range(sizes[text]):
            bit = places[text] + word
            if (packed[bit >> 3] >> (7 - (bit & 7))) & 1:
                out[total + (word >> 3)] |= np.uint8(128 >> (word & 7))
                found = True
        if found:
            total += count
        ends[text + 1] = total
    return total


@compiled("int64(uint64[::1], int64, boolean[::1], int64, uint64[::1])")
def chosen_pairs(keys: Any, most: int, chosen: Any, least: int, out: Any) -> Any:
    """As :func:`posted_pairs`, but only pairs of which at least ``least`` (1 or 2) texts are ``chosen`` [texts]. Of a
    fingerprint no text stands twice."""
    low = np.uint64(0xFFFFFFFF)
    shift = np.uint64(32)
    writing = len(out) > 0
    total = 0
    start = 0
    while start < len(keys):
        end = start + 1
        while end < len(keys) and keys[end] >> shift == keys[start] >> shift:
            end += 1
        for at in range(start + 1, end):
            own = chosen[np.int64(keys[at] & low)]
            if least == 2 and not own:
                continue
            other = start
            while other < at:
                theirs = chosen[np.int64(keys[other] & low)]
                if (own and theirs) or (least == 1 and (own or theirs)):
                    if writing:
                        out[total] = ((keys[other] & low) << shift) | (keys[at] & low)
                    total += 1
                # where too many have it, only the first and the one before
                other = max(other + 1, at - 1) if end - start > most else other + 1
        start = end
    return total
