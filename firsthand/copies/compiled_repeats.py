"""What one outlet repeats on page after page, as machine code: what ``repeated.repeated_words`` says.

A run of words is given by its hash. Three steps: runs are counted in small buckets, which may count too many; those in
full buckets (few) are looked at one by one, page by page, in a table; words of runs that enough pages hold are flagged.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import compiled


@compiled("void(uint64[::1], int64[::1], int64, int64, int64, uint8[::1])")
def count_runs(hashes: Any, word_bounds: Any, first: int, last: int, size: int, counters: Any) -> None:
    """Counts, up to 255, how often the bucket of each hash of texts ``[first, last)`` is met."""
    mask = np.uint64(len(counters) - 1)
    for text in range(first, last):
        own = hashes[word_bounds[text] : max(word_bounds[text + 1] - size + 1, word_bounds[text])]
        for at in range(len(own)):
            bucket = own[at] & mask
            counters[bucket] += np.uint8(counters[bucket] < 255)


@compiled("int64(uint64[::1], int64[::1], int64, int64, int64, uint8[::1], int64, int32[::1], int32[::1])")
def frequent_runs(
    hashes: Any, word_bounds: Any, first: int, last: int, size: int, counters: Any, least: int, places: Any, texts: Any
) -> Any:
    """Fills ``places`` and ``texts`` with the words at which runs start whose bucket was met ``least`` times, and the
    numbers of their texts; returns how many."""
    mask = np.uint64(len(counters) - 1)
    total = np.uint64(0)
    for text in range(first, last):
        begun, before = word_bounds[text], total
        own = hashes[begun : max(word_bounds[text + 1] - size + 1, begun)]
        for at in range(len(own)):
            places[total] = begun + at
            total += np.uint64(counters[own[at] & mask] >= least)
        texts[before:total] = text
    return np.int64(total)


@compiled("int64(uint64[::1], uint64)")
def slot_of(keys: Any, key: int) -> Any:
    """Where a key (not 0) stands in a table, or would stand."""
    mask = np.uint64(len(keys) - 1)
    slot = (key >> np.uint64(20)) & mask  # not the bits that chose its bucket
    while keys[slot] != 0 and keys[slot] != key:
        slot = (slot + np.uint64(1)) & mask
    return np.int64(slot)


@compiled(
    "Tuple((uint64[::1], int64[::1], int32[::1], uint64[::1]))(uint64[::1], int32[::1], int32[::1], int64, int64, "
    "uint64[::1], int64[::1], int32[::1], uint64[::1])"
)
def tally(
    hashes: Any, places: Any, texts: Any, count: int, before: int, keys: Any, latest: Any, often: Any, sets: Any
) -> Any:
    """Counts on how many texts each run stands that starts at ``places[:count]``; texts come in order, ``before`` of
    them before these. The table is ``keys`` (0: free), the ``latest`` text of each, how ``often``, and the
    bits of its texts (``sets``); returns it, grown if need be."""
    held, mask = 0, np.uint64(len(keys) - 1)
    for slot in range(len(keys)):
        held += keys[slot] != 0
    for at in range(count):
        if 2 * held >= len(keys):
            size = 4 * len(keys)
            more, later, oftener = np.zeros(size, np.uint64), np.zeros(size, np.int64), np.zeros(size, np.int32)
            others = np.zeros(size, np.uint64)
            for old in range(len(keys)):
                if keys[old] != 0:
                    fresh = slot_of(more, keys[old])
                    more[fresh] = keys[old]
                    later[fresh] = latest[old]
                    oftener[fresh] = often[old]
                    others[fresh] = sets[old]
            keys, latest, often, sets, mask = more, later, oftener, others, np.uint64(size - 1)
        key = max(hashes[places[at]], np.uint64(1))
        text = np.int64(texts[at]) + before + 1
        slot = (key >> np.uint64(20)) & mask
        while keys[slot] != 0 and keys[slot] != key:
            slot = (slot + np.uint64(1)) & mask
        held += keys[slot] == 0
        keys[slot] = key
        if latest[slot] != text:
            often[slot] += 1
            sets[slot] |= np.uint64(1) << (np.uint64(text - 1) & np.uint64(63))
            latest[slot] = text
    return keys, latest, often, sets


@compiled(
    "int64(uint64[::1], int32[::1], int64, int64, uint64[::1], int32[::1], uint64[::1], int64, int64, int64, int64, "
    "float64, float64)"
)
def report_pages(
    hashes: Any,
    places: Any,
    first: int,
    last: int,
    keys: Any,
    often: Any,
    sets: Any,
    own: int,
    runs: int,
    least: int,
    few: int,
    like: float,
    nearly: float,
) -> Any:
    """Of a text whose repeated runs start at ``places[first:last]``: on how many texts its report stands at the most,
    if it is one that was printed several times (``repeated``), or else ``least - 1``."""
    shared = np.zeros(64, np.int64)
    lead, largest, pages = 0, np.uint64(0), np.int32(0)  # the set of most runs, if one has most (Boyer and Moore)
    for run in range(first, last):
        slot = slot_of(keys, max(hashes[places[run]], np.uint64(1)))
        if least <= often[slot] <= few:
            for bit in range(64):
                shared[bit] += np.int64((sets[slot] >> np.uint64(bit)) & np.uint64(1))
        elif often[slot] > few:
            if lead == 0:
                largest, pages = sets[slot], often[slot]
            lead += 1 if sets[slot] == largest and often[slot] == pages else -1
    shared[own] = 0
    most, second = np.int64(0), np.int64(0)
    for bit in range(64):
        if shared[bit] > most:
            most, second = shared[bit], most
        elif shared[bit] > second:
            second = shared[bit]
    if second > like * runs:
        return np.int64(few)
    held = 0
    for run in range(first, last):
        slot = slot_of(keys, max(hashes[places[run]], np.uint64(1)))
        held += lead > 0 and sets[slot] == largest and often[slot] == pages
    return np.int64(pages) if held > nearly * runs else np.int64(least - 1)


@compiled(
    "void(uint64[::1], int64[::1], int64, int32[::1], int32[::1], int64, int64, uint64[::1], int32[::1], uint64[::1], "
    "int64, float64, int64, float64, float64, boolean[::1])"
)
def mark_runs(
    hashes: Any,
    word_bounds: Any,
    size: int,
    places: Any,
    texts: Any,
    count: int,
    before: int,
    keys: Any,
    often: Any,
    sets: Any,
    least: int,
    most: float,
    few: int,
    nearly: float,
    like: float,
    flags: Any,
) -> None:
    """Flags the words of those runs that start at ``places[:count]`` and stand on ``least`` texts. Of a text of which
    more than ``most`` is flagged, a report that was printed several times is not. ``before`` texts of the outlet were
    marked before."""
    at = 0
    while at < count:
        first, text = at, texts[at]
        begun, ended = word_bounds[text], word_bounds[text + 1]
        marked, until = 0, begun
        while at < count and texts[at] == text:
            word = np.int64(places[at])
            at += 1
            if often[slot_of(keys, max(hashes[word], np.uint64(1)))] >= least:
                for covered in range(max(word, until), word + size):
                    flags[covered] = True
                    marked += 1
                until = word + size
        if marked <= most * (ended - begun):
            continue
        own, runs = int(before + text) & 63, ended - begun - size + 1
        pages = report_pages(hashes, places, first, at, keys, often, sets, own, runs, least, few, like, nearly)
        if pages < least:
            continue
        flags[begun:ended] = False
        for run in range(first, at):
            word = np.int64(places[run])
            if often[slot_of(keys, max(hashes[word], np.uint64(1)))] > pages:
                flags[word : word + size] = True


@compiled(
    "void(uint64[::1], int64[::1], int64[::1], int64, int64, float64, int64, float64, float64, uint8[::1], int32[::1], "
    "int32[::1], boolean[::1])"
)
def mark_groups(
    hashes: Any,
    word_bounds: Any,
    groups: Any,
    size: int,
    least: int,
    most: float,
    few: int,
    nearly: float,
    like: float,
    counters: Any,
    places: Any,
    texts: Any,
    flags: Any,
) -> None:
    """Flags what each group of texts repeats; ``groups`` [n + 1] are where they begin. ``counters`` are four times
    as many as the words of the largest group, or more, and a power of two."""
    for group in range(len(groups) - 1):
        first, last = groups[group], groups[group + 1]
        if last - first < least:
            continue
        buckets = 1024
        while buckets < 4 * (word_bounds[last] - word_bounds[first]):
            buckets *= 2
        own = counters[: min(buckets, len(counters))]
        own[:] = 0
        count_runs(hashes, word_bounds, first, last, size, own)
        count = frequent_runs(hashes, word_bounds, first, last, size, own, least, places, texts)
        if count == 0:
            continue
        room = 8192 if count > 4096 else 256
        keys, _, often, sets = tally(
            hashes,
            places,
            texts,
            count,
            -first,
            np.zeros(room, np.uint64),
            np.zeros(room, np.int64),
            np.zeros(room, np.int32),
            np.zeros(room, np.uint64),
        )
        mark_runs(
            hashes,
            word_bounds,
            size,
            places,
            texts,
            count,
            -first,
            keys,
            often,
            sets,
            least,
            most,
            few,
            nearly,
            like,
            flags,
        )
