"""What is asked of the text around the runs of a pair, as machine code, for many pairs: ``wording_evidence`` says what
is meant, and a test holds this to it.

Exact: how many own words stand in a row, and what brings a statement in. Where a notice or a first person may stand is
said too often, never too seldom.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_passages import LENGTH_A, LENGTH_B, OWN_A, OWN_B, START_A, START_B
from .compiled_quotations import PROSE, TITLE
from .compiled_search import first_from
from .compiling import compiled


@compiled("boolean(uint64, uint64[::1])", within=True)
def is_one_of(code: Any, codes: Any) -> Any:
    """Whether a code is one of a few."""
    found = False
    for one in codes:
        found |= one == code
    return found


@compiled(
    "void(int32[::1], int64[::1], int64[:, ::1], int32[:, ::1], int64[::1], int32[::1], int64[::1], int64, int64[::1])"
)
def words_in_a_row(
    starts: Any,
    word_bounds: Any,
    pairs: Any,
    runs: Any,
    bounds: Any,
    lines: Any,
    line_bounds: Any,
    joined: int,
    out: Any,
) -> None:
    """``wording_evidence.longest`` of each pair."""
    for pair in range(len(bounds) - 1):
        a, b = pairs[pair, 0], pairs[pair, 1]
        found, size, first = 0, 0, bounds[pair]
        end_a, end_b = 0, 0
        for run in range(bounds[pair], bounds[pair + 1]):
            apart_a, apart_b = runs[run, START_A] - end_a, runs[run, START_B] - end_b
            if run == bounds[pair] or apart_b < 0 or min(apart_a, apart_b) > joined:
                size, first = 0, run
            size += min(runs[run, OWN_A], runs[run, OWN_B])
            end_a, end_b = runs[run, START_A] + runs[run, LENGTH_A], runs[run, START_B] + runs[run, LENGTH_B]
            if size > found:
                over = True
                for text, start, end in ((a, runs[first, START_A], end_a), (b, runs[first, START_B], end_b)):
                    begin, last = starts[word_bounds[text] + start], starts[word_bounds[text] + end - 1]
                    line = first_from(lines, line_bounds[text], line_bounds[text + 1], begin)
                    over &= line < line_bounds[text + 1] and lines[line] < last
                if over:
                    found = size
        out[pair] = found


@compiled(
    "boolean(uint64[::1], int32[::1], int32[::1], int64, int64, int64, int32[::1], uint8[::1], int64, int64, "
    "uint64[::1], uint64[::1], int64)",
    within=True,
)
def may_list(
    codes: Any,
    starts: Any,
    ends: Any,
    text: int,
    first: int,
    past: int,
    lines: Any,
    kinds: Any,
    line: int,
    last_line: int,
    opening: Any,
    closing: Any,
    titles: int,
) -> Any:
    """Whether the words ``[first, past)`` of a text that begins at the word ``text`` may be a list of other stories."""
    if is_one_of(codes[first], opening) or (first > text and is_one_of(codes[first - 1], closing)):
        return True
    end = ends[past - 1]
    line = first_from(lines, line, last_line, starts[first])
    together = 0
    while line < last_line and lines[line] < end:
        if kinds[line] == TITLE:
            together += 1
        elif kinds[line] == PROSE:
            together = 0
        if together >= titles:
            return True
        line += 1
    return together + 1 >= titles


@compiled("boolean(int32[:, ::1], int64, int64, int64, int64)", within=True)
def stands_between(marks: Any, low: int, past: int, start: int, end: int) -> Any:
    """Whether one of ``marks[low:past]``, in order, stands in characters ``[start, end)``."""
    high = past
    while low < high:
        middle = (low + high) >> 1
        if marks[middle, 0] < start:
            low = middle + 1
        else:
            high = middle
    while low < past and marks[low, 0] < end:
        if marks[low, 1] <= end:
            return True
        low += 1
    return False


@compiled("boolean(uint64[::1], int32[::1], int64, int64, int64, uint64[::1])", within=True)
def may_say(codes: Any, starts: Any, word: int, past: int, reach: int, said: Any) -> Any:
    """Whether one of the words ``said`` starts within ``reach`` characters from where ``word`` does."""
    end = starts[word] + reach
    while word < past and starts[word] < end:
        if is_one_of(codes[word], said):
            return True
        word += 1
    return False


@compiled(
    "void(uint64[::1], int32[::1], int32[::1], int64[::1], int64[:, ::1], int32[:, ::1], int64[::1], boolean[::1], "
    "int32[::1], uint8[::1], int64[::1], int32[:, ::1], int64[::1], uint64[::1], uint64[::1], uint64[::1], int64, "
    "int64, int64, int64, boolean[::1], boolean[::1], boolean[::1])"
)
def judge_pairs(
    codes: Any,
    starts: Any,
    ends: Any,
    word_bounds: Any,
    pairs: Any,
    runs: Any,
    bounds: Any,
    asked: Any,
    lines: Any,
    kinds: Any,
    line_bounds: Any,
    brings: Any,
    bring_bounds: Any,
    opening: Any,
    closing: Any,
    said: Any,
    titles: int,
    before: int,
    after: int,
    reach: int,
    listed: Any,
    introduced: Any,
    speaking: Any,
) -> None:
    """Of each of the ``pairs`` that is ``asked``: whether its runs may hold a list of other stories (``listed``: lines
    that are titles, or a heading whose first word is one of ``opening``, or whose last is one of ``closing``); whether
    its longest run is ``introduced`` in both texts (by what stands at most ``before`` characters before it and
    ``after`` behind its beginning); and whether both may be ``speaking`` there, in the words ``said``."""
    for pair in range(len(bounds) - 1):
        listed[pair] = introduced[pair] = speaking[pair] = False
        if not asked[pair] or bounds[pair] == bounds[pair + 1]:
            continue
        a, b = pairs[pair, 0], pairs[pair, 1]
        longest, most = bounds[pair], -1
        for run in range(bounds[pair], bounds[pair + 1]):
            own = min(runs[run, OWN_A], runs[run, OWN_B])
            if own > most:
                longest, most = run, own
            if own > 0 and not listed[pair]:
                first = word_bounds[a] + runs[run, START_A]
                listed[pair] = may_list(
                    codes,
                    starts,
                    ends,
                    word_bounds[a],
                    first,
                    first + runs[run, LENGTH_A],
                    lines,
                    kinds,
                    line_bounds[a],
                    line_bounds[a + 1],
                    opening,
                    closing,
                    titles,
                )
        both, speak = True, True
        for text, start in ((a, runs[longest, START_A]), (b, runs[longest, START_B])):
            word = word_bounds[text] + start
            at: Any = np.int64(starts[word])
            both = both and stands_between(brings, bring_bounds[text], bring_bounds[text + 1], at - before, at + after)
            speak = speak and may_say(codes, starts, word, word_bounds[text + 1], reach, said)
        introduced[pair], speaking[pair] = both, speak
