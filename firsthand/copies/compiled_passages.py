"""The passages of many pairs of texts, as machine code: what ``passages.shared_runs`` says, for arrays of pairs.

``passages`` says what is meant, and a test holds this to it. A seed is looked up in a table of the second text; a
match that no match precedes on its diagonal starts a run.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import compiled

START_A, START_B, LENGTH_A, LENGTH_B, SAME, OWN_A, OWN_B, GAPS = range(8)
"""Columns of a run: its words, how many of them are the same, how many on each side are the text's own, and where its
bridged edits end among all edits (they begin where those of the run before it end)."""
COLUMNS = 8
BITS = 1 << 13
"""Flags by which seeds of one text are told that the other has not; they stay in the processor's nearest cache."""


@compiled(
    "boolean(int32[:, ::1], int64, int64)",
    within=True,
)
def before(runs: Any, one: int, other: int) -> Any:
    """Whether a run is taken before another: longer, nearer the main diagonal, earlier, earlier in the first text."""
    if runs[one, 2] != runs[other, 2]:
        return runs[one, 2] > runs[other, 2]
    off, off_other = abs(runs[one, 0] - runs[one, 1]), abs(runs[other, 0] - runs[other, 1])
    if off != off_other:
        return off < off_other
    if runs[one, 0] + runs[one, 1] != runs[other, 0] + runs[other, 1]:
        return runs[one, 0] + runs[one, 1] < runs[other, 0] + runs[other, 1]
    return runs[one, 0] < runs[other, 0]


@compiled(
    "void(int32[:, ::1], int64[::1], int64, boolean)",
    within=True,
)
def sort_runs(runs: Any, order: Any, count: int, by_place: bool) -> None:
    """Heap sort of ``order[:count]``: as runs are taken, or by their place in the first text."""
    for size in range(count - 1 + count // 2, -1, -1):
        if size >= count:
            root, end = size - count, count
        else:
            order[0], order[size] = order[size], order[0]
            root, end = 0, size
        while 2 * root + 1 < end:
            child = 2 * root + 1
            if child + 1 < end:
                one, other = order[child], order[child + 1]
                if (runs[one, 0] < runs[other, 0]) if by_place else before(runs, one, other):
                    child += 1
            one, other = order[root], order[child]
            if not ((runs[one, 0] < runs[other, 0]) if by_place else before(runs, one, other)):
                break
            order[root], order[child] = other, one
            root = child


@compiled("void(uint64[::1], boolean[::1])", within=True)
def note(seeds: Any, bits: Any) -> None:
    """Sets the ``bits`` of the seeds."""
    mask = np.uint64(len(bits) - 1)
    bits[:] = False
    for at in range(len(seeds)):
        bits[seeds[at] & mask] = True


@compiled("int64(uint64[::1], boolean[::1], int32[::1])", within=True)
def noted(seeds: Any, bits: Any, kept: Any) -> Any:
    """Fills ``kept`` with the places of the seeds whose ``bits`` are set; returns how many. No branch depends on a
    seed."""
    mask, found = np.uint64(len(bits) - 1), np.uint64(0)
    for at in range(len(seeds)):
        kept[found] = at
        found += np.uint64(bits[seeds[at] & mask])
    return np.int64(found)


@compiled(
    "int64(uint64[::1], uint64[::1], int64, boolean[::1], int32[:, ::1], int32[::1], int32[::1], int32[::1], "
    "int32[::1], int32[::1])",
    within=True,
)
def index_seeds(
    a: Any, b: Any, repeats: int, bits: Any, kept: Any, table: Any, following: Any, first: Any, counts: Any, met: Any
) -> Any:
    """For each seed of ``a``: where it stands first in ``b`` (``following`` leads on) and how often (0: not, or too
    often in one of the two); ``first`` holds only where that is not 0. ``met`` is for counting, ``bits`` and ``kept``
    [2] for telling most seeds that are in one text only."""
    counts[: len(a)] = 0
    in_a, in_b = kept[0], kept[1]
    note(b, bits)
    size_a = noted(a, bits, in_a)
    bits[:] = False
    for place in range(size_a):
        bits[a[in_a[place]] & np.uint64(len(bits) - 1)] = True
    size_b = noted(b, bits, in_b)
    size = 16
    while size < 2 * size_b:
        size *= 2
    mask = size - 1
    table[:size] = -1
    for place in range(size_b - 1, -1, -1):
        at = in_b[place]
        met[at] = 0
        slot = np.int64(b[at] & np.uint64(mask))
        while table[slot] >= 0 and b[table[slot]] != b[at]:
            slot = (slot + 1) & mask
        following[at] = table[slot]
        table[slot] = at
    for place in range(size_a):
        at = in_a[place]
        slot = np.int64(a[at] & np.uint64(mask))
        while table[slot] >= 0 and b[table[slot]] != a[at]:
            slot = (slot + 1) & mask
        found = table[slot]
        first[at] = found
        if found < 0:
            continue
        met[found] += 1
        while found >= 0 and counts[at] <= repeats:
            counts[at] += 1
            found = following[found]
    total = 0
    for place in range(size_a):
        at = in_a[place]
        if counts[at] > 0 and (counts[at] > repeats or met[first[at]] > repeats):
            counts[at] = 0
        total += counts[at]
    return total


@compiled(
    "int64(uint64[::1], uint64[::1], int64, int32[::1], int32[::1], int32[::1], int32[:, ::1])",
    within=True,
)
def diagonals(a: Any, b: Any, seed: int, following: Any, first: Any, counts: Any, runs: Any) -> Any:
    """Fills ``runs`` with the maximal exact runs (start, start, words); returns how many."""
    found = 0
    for row in range(len(a)):
        column = first[row]
        for _ in range(counts[row]):
            if row == 0 or column == 0 or counts[row - 1] == 0 or a[row - 1] != b[column - 1]:
                size = 1
                while (
                    row + size < len(a)
                    and column + size < len(b)
                    and counts[row + size] > 0
                    and a[row + size] == b[column + size]
                ):
                    size += 1
                runs[found, 0], runs[found, 1], runs[found, 2] = row, column, size + seed - 1
                found += 1
            column = following[column]
    return found


@compiled(
    "int64(int32[:, ::1], int64[::1], int64, int64, boolean[::1], boolean[::1])",
    within=True,
)
def take(runs: Any, order: Any, count: int, seed: int, used_a: Any, used_b: Any) -> Any:
    """Trims the runs, in their order, to the longest stretch that none before has taken; returns how many are left."""
    used_a[:] = False
    used_b[:] = False
    kept = 0
    for place in range(count):
        run = order[place]
        best, best_size, size = 0, 0, 0
        for offset in range(runs[run, 2]):
            if used_a[runs[run, 0] + offset] or used_b[runs[run, 1] + offset]:
                size = 0
                continue
            size += 1
            if size > best_size:
                best, best_size = offset - size + 1, size
        if best_size < seed:
            continue
        runs[run, 0] += best
        runs[run, 1] += best
        runs[run, 2] = best_size
        for offset in range(best_size):
            used_a[runs[run, 0] + offset] = True
            used_b[runs[run, 1] + offset] = True
        order[kept] = run
        kept += 1
    return kept


@compiled(
    "int64(int32[:, ::1], int64[::1], int64, int64, int64, int32[:, ::1], int64, int32[:, ::1])",
    within=True,
)
def bridge_runs(runs: Any, order: Any, count: int, bridge: int, shortest: int, out: Any, at: int, gaps: Any) -> Any:
    """Joins neighbours that a small edit parts and writes those long enough from ``out[at]``, the edits to ``gaps``;
    returns where it ends."""
    place = 0
    edits = out[at - 1, GAPS] if at > 0 else 0
    while place < count:
        run = order[place]
        start_a, start_b, same = runs[run, 0], runs[run, 1], runs[run, 2]
        end_a, end_b = start_a + same, start_b + same
        edit = edits
        place += 1
        while place < count:
            other = order[place]
            gap_a, gap_b = runs[other, 0] - end_a, runs[other, 1] - end_b
            if not (0 <= gap_a <= bridge and 0 <= gap_b <= bridge):
                break
            same += runs[other, 2]
            gaps[edit, 0], gaps[edit, 1], gaps[edit, 2], gaps[edit, 3] = end_a, runs[other, 0], end_b, runs[other, 1]
            edit += 1
            end_a, end_b = runs[other, 0] + runs[other, 2], runs[other, 1] + runs[other, 2]
            place += 1
        if same >= shortest:
            out[at, START_A], out[at, START_B], out[at, SAME] = start_a, start_b, same
            out[at, LENGTH_A], out[at, LENGTH_B] = end_a - start_a, end_b - start_b
            out[at, GAPS] = edits = edit
            at += 1
    return at


@compiled(
    "int64(uint64[::1], boolean[::1], int64[::1], int64[:, ::1], int64, int64, int64, int64, int64, "
    "int32[:, ::1], int64[::1], int32[:, ::1])"
)
def align_pairs(
    seeds: Any,
    own: Any,
    word_bounds: Any,
    pairs: Any,
    begin: int,
    seed: int,
    repeats: int,
    shortest: int,
    bridge: int,
    out: Any,
    out_bounds: Any,
    gaps: Any,
) -> Any:
    """The runs of ``pairs[begin:]`` (two numbers of texts each), until ``out`` is full; returns the pair it stopped at.

    ``seeds`` [words] are the hashes of runs of ``seed`` words, ``own`` [words] says which words are the text's own;
    ``out_bounds[p]`` is where the runs of pair ``begin + p`` start; ``gaps`` has as many rows as ``out``."""
    longest = 0
    for text in range(len(word_bounds) - 1):
        longest = max(longest, word_bounds[text + 1] - word_bounds[text])
    following, first = np.empty(longest + 1, np.int32), np.empty(longest + 1, np.int32)
    counts, met = np.empty(longest + 1, np.int32), np.empty(longest + 1, np.int32)
    used_a, used_b = np.empty(longest + 1, np.bool_), np.empty(longest + 1, np.bool_)
    runs, order = np.empty((1024, 3), np.int32), np.empty(1024, np.int64)
    table, kept_places = np.empty(4 * longest + 16, np.int32), np.empty((2, longest + 1), np.int32)
    bits = np.empty(BITS, np.bool_)
    written = 0
    out_bounds[0] = 0
    for pair in range(begin, len(pairs)):
        first_a, end_a = word_bounds[pairs[pair, 0]], word_bounds[pairs[pair, 0] + 1]
        first_b, end_b = word_bounds[pairs[pair, 1]], word_bounds[pairs[pair, 1] + 1]
        if end_a - first_a < seed or end_b - first_b < seed:
            out_bounds[pair - begin + 1] = written
            continue
        a, b = seeds[first_a : end_a - seed + 1], seeds[first_b : end_b - seed + 1]
        matches = index_seeds(a, b, repeats, bits, kept_places, table, following, first, counts, met)
        if written + min(len(a), len(b), matches) + 1 > len(out) and written > 0:
            return pair
        if matches > len(order):
            runs, order = np.empty((matches, 3), np.int32), np.empty(matches, np.int64)
        found = diagonals(a, b, seed, following, first, counts, runs)
        for run in range(found):
            order[run] = run
        sort_runs(runs, order, found, False)
        kept = take(runs, order, found, seed, used_a[: end_a - first_a], used_b[: end_b - first_b])
        sort_runs(runs, order, kept, True)
        last = bridge_runs(runs, order, kept, bridge, shortest, out, written, gaps)
        for run in range(written, last):
            out[run, OWN_A], out[run, OWN_B] = 0, 0
            for word in range(first_a + out[run, START_A], first_a + out[run, START_A] + out[run, LENGTH_A]):
                out[run, OWN_A] += own[word]
            for word in range(first_b + out[run, START_B], first_b + out[run, START_B] + out[run, LENGTH_B]):
                out[run, OWN_B] += own[word]
        written = last
        out_bounds[pair - begin + 1] = written
    return len(pairs)


@compiled(
    "int64(int32[:, ::1], int32[:, ::1], int64[::1], int64[:, ::1], boolean[::1], boolean[::1], int64[::1], int64, "
    "int64, int32[:, ::1], int64[::1])"
)
def quoted_stretches(
    runs: Any,
    gaps: Any,
    bounds: Any,
    pairs: Any,
    asked: Any,
    marked: Any,
    word_bounds: Any,
    apart: int,
    fewest: int,
    out: Any,
    out_bounds: Any,
) -> Any:
    """``source_matter.quoted_by_both`` for those of the pairs that are ``asked``: fills ``out`` with
    stretches (words of the two texts: start, end, start, end), ``out_bounds[p]`` being where those of a pair start;
    returns how many, or -1 where there is no room. ``runs``, ``gaps`` and ``bounds`` are those of
    :func:`align_pairs`."""
    written = 0
    out_bounds[0] = 0
    for pair in range(len(bounds) - 1):
        out_bounds[pair + 1] = written
        if not asked[pair]:
            continue
        first_a, first_b = word_bounds[pairs[pair, 0]], word_bounds[pairs[pair, 1]]
        start_a, end_a, start_b, end_b, words = 0, 0, 0, 0, 0  # the stretch that may go on
        for run in range(bounds[pair], bounds[pair + 1]):
            if runs[run, OWN_A] == runs[run, LENGTH_A] or runs[run, OWN_B] == runs[run, LENGTH_B]:
                continue
            at_a, at_b = runs[run, START_A], runs[run, START_B]
            low = runs[run - 1, GAPS] if run > 0 else 0
            for gap in range(low, runs[run, GAPS] + 1):
                last = runs[run, START_A] + runs[run, LENGTH_A]
                size = (gaps[gap, 0] if gap < runs[run, GAPS] else last) - at_a
                word = 0
                while word < size:
                    if not (marked[first_a + at_a + word] and marked[first_b + at_b + word]):
                        word += 1
                        continue
                    start = word
                    while word < size and marked[first_a + at_a + word] and marked[first_b + at_b + word]:
                        word += 1
                    low_a, low_b = at_a + start, at_b + start
                    if words > 0 and low_a - end_a <= apart and 0 <= low_b - end_b <= apart:
                        words += word - start
                    else:
                        if words >= fewest:
                            if written == len(out):
                                return -1
                            out[written, 0], out[written, 1], out[written, 2], out[written, 3] = (
                                start_a,
                                end_a,
                                start_b,
                                end_b,
                            )
                            written += 1
                        start_a, start_b, words = low_a, low_b, word - start
                    end_a, end_b = at_a + word, at_b + word
                if gap < runs[run, GAPS]:
                    at_a, at_b = gaps[gap, 1], gaps[gap, 3]
        if words >= fewest:
            if written == len(out):
                return -1
            out[written, 0], out[written, 1], out[written, 2], out[written, 3] = start_a, end_a, start_b, end_b
            written += 1
        out_bounds[pair + 1] = written
    return written
