"""What the pairs of many texts print as one source's statement without marks, as machine code.

``wording_evidence.stated_by_both`` says what is meant, with ``verbatim`` and ``voices``, and a test holds this to it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled_judging import is_one_of
from .compiled_passages import LENGTH_A, LENGTH_B, OWN_A, OWN_B, START_A, START_B
from .compiled_search import first_from, lowest_bits
from .compiled_verbatim import (
    END,
    FROM_BYTE,
    FROM_CHARACTER,
    HEADINGS,
    NAMES,
    START,
    TO_BYTE,
    TO_CHARACTER,
    any_between,
    find_narrating,
    find_stated,
    read_lines,
)
from .compiling import compiled

UNREAD, READ, STRANGE = range(3)


@compiled("boolean(uint8[::1], int64, int64, int64, int64)", within=True)
def says_we(data: Any, first: int, end: int, at: int, size: int) -> Any:
    """Whether a word of the first person at a byte is written as one: small letters, the first of which may be a
    capital, and no underscore beside it."""
    for place in range(at + 1, at + size):
        if data[place] < 0x61:
            return False
    return (at == first or data[at - 1] != 0x5F) and (at + size == end or data[at + size] != 0x5F)


@compiled("int64(boolean[::1], int64, int64)", within=True)
def own_words(quoted: Any, start: int, end: int) -> Any:
    """How many words ``[start, end)`` are not quoted."""
    count = 0
    for word in range(start, end):
        count += not quoted[word]
    return count


@compiled(
    "boolean(uint8[::1], int64, int64, uint64[::1], int32[::1], int32[::1], int32[::1], int64, int64, uint64[::1], "
    "int64)",
    within=True,
)
def speaks_soon(
    data: Any,
    first: int,
    end: int,
    codes: Any,
    starts: Any,
    ends: Any,
    bytes_at: Any,
    word: int,
    past: int,
    said: Any,
    reach: int,
) -> Any:
    """``voices.may_speak`` where a word starts."""
    limit = starts[word] + reach
    while word < past and starts[word] < limit:
        may = is_one_of(codes[word], said) and bytes_at[word] >= 0
        if may and says_we(data, first, end, bytes_at[word], ends[word] - starts[word]):
            return True
        word += 1
    return False


@compiled(
    "UniTuple(int64, 2)(uint8[::1], int64, int64, uint64[::1], int32[::1], int32[::1], int32[::1], boolean[::1], "
    "int64, int64, int32[:, ::1], int64, int64, int32[::1], int64, int64, uint64[::1], int64, int64, float64, "
    "float64)",
    within=True,
)
def spoken(
    data: Any,
    from_byte: int,
    to_byte: int,
    codes: Any,
    starts: Any,
    ends: Any,
    bytes_at: Any,
    marked: Any,
    run: int,
    length: int,
    lines: Any,
    line: int,
    last_line: int,
    narrating: Any,
    low: int,
    high: int,
    said: Any,
    fewest: int,
    most_words: int,
    least_share: float,
    much_more: float,
) -> Any:
    """``voices.spoken_words`` of one text, whose words these are."""
    count = len(codes)
    begin, end = starts[run], ends[run + length - 1]
    first_line, past_line = -1, -1
    whole_low, whole_high = np.int64(0), np.int64(0)
    for at in range(line, last_line):
        start, stop = lines[at, FROM_CHARACTER], lines[at, TO_CHARACTER]
        if start > end:
            break
        if stop <= begin or start == stop or first_from(starts, 0, count, start) < run:
            continue
        after = first_from(starts, 0, count, stop)
        if after == 0 or ends[after - 1] > end:
            continue
        if first_line < 0:
            first_line = at
            whole_low = first_from(starts, 0, count, start)
        past_line, whole_high = at + 1, after
    if first_line < 0:
        return 0, 0
    inside = everywhere = speaking = 0
    from_place, to_place = lines[first_line, FROM_CHARACTER], lines[past_line - 1, TO_CHARACTER]
    for word in range(count):
        may = is_one_of(codes[word], said) and not marked[word] and bytes_at[word] >= 0
        if may and says_we(data, from_byte, to_byte, bytes_at[word], ends[word] - starts[word]):
            everywhere += 1
            inside += from_place <= starts[word] < to_place
    for at in range(first_line, past_line):
        start, stop = lines[at, FROM_CHARACTER], lines[at, TO_CHARACTER]
        if start == stop:
            continue
        begins, ended = first_from(starts, 0, count, start), first_from(starts, 0, count, stop)
        speaks = False
        for word in range(begins, ended):
            if is_one_of(codes[word], said) and not marked[word] and bytes_at[word] >= 0:
                speaks |= says_we(data, from_byte, to_byte, bytes_at[word], ends[word] - starts[word])
        if speaks:
            speaking += ended - begins
        elif any_between(narrating, low, high, lines[at, FROM_BYTE], lines[at, TO_BYTE]):
            return 0, 0
    size = whole_high - whole_low
    often = inside >= fewest and inside * most_words >= size and speaking >= least_share * size
    if often and inside * (count - size) >= much_more * (everywhere - inside) * size:
        return whole_low, whole_high
    return 0, 0


@compiled(
    "int64(uint8[::1], int64[::1], uint8[::1], uint64[::1], boolean[::1], uint64[::1], int32[::1], int32[::1], "
    "int32[::1], int64[::1], boolean[::1], boolean[::1], int64[::1], int64[:, ::1], int32[:, ::1], int64[::1], "
    "boolean[::1], uint8[::1], int64[::1], uint8[::1], uint64[::1], uint64[::1], uint64[::1], uint64[::1], "
    "int64[::1], float64[::1], boolean[::1], int32[:, ::1], int64[::1])"
)
def stated_pairs(
    data: Any,
    text_bounds: Any,
    classes: Any,
    folded: Any,
    strange: Any,
    codes: Any,
    starts: Any,
    ends: Any,
    bytes_at: Any,
    word_bounds: Any,
    quoted: Any,
    marked: Any,
    line_bounds: Any,
    pairs: Any,
    runs: Any,
    bounds: Any,
    asked: Any,
    letters: Any,
    phrases: Any,
    kinds: Any,
    narrating: Any,
    documents: Any,
    speech: Any,
    said: Any,
    bars: Any,
    shares: Any,
    told: Any,
    out: Any,
    out_bounds: Any,
) -> Any:
    """For each of the ``pairs`` that is ``asked``: the stretches of one source's words to ``out`` [n, 5] (words of both
    texts and how many of them neither quotes; ``out_bounds[p]`` is where those of a pair start), and ``told`` where
    that was said: not where one of the texts is strange. Returns how many stretches there are, or -1 where there is no
    room for them. ``bars`` and ``shares``: those of ``verbatim`` and of ``voices``; the pairs share a run or more."""
    count = len(text_bounds) - 1
    some = lowest_bits(narrating)
    begins = np.zeros(256, np.bool_)
    for row in range(len(kinds)):
        if kinds[row] == HEADINGS:
            begins[letters[phrases[row]]] = True
            begins[letters[phrases[row]] & np.uint8(0xDF)] = True
    state = np.zeros(count, np.int8)
    lines = np.empty((line_bounds[count] + 1, 4), np.int32)
    stated = np.empty((line_bounds[count] + 1, 3), np.int32)
    places, names = np.empty(word_bounds[count] + 1, np.int32), np.empty(len(data) // 3 + 2, np.uint64)
    of_lines, of_places = np.empty((count, 2), np.int64), np.empty((count, 2), np.int64)
    of_stated = np.empty((count, 2), np.int64)
    line_count = place_count = stated_count = written = 0
    out_bounds[0] = 0
    for pair in range(len(bounds) - 1):
        out_bounds[pair + 1] = written
        told[pair] = False
        if not asked[pair]:
            continue
        known = True
        for side in range(2):
            text = pairs[pair, side]
            if state[text] == UNREAD:
                first, end = text_bounds[text], text_bounds[text + 1]
                low, high = word_bounds[text], word_bounds[text + 1]
                state[text] = STRANGE
                past = read_lines(data, first, end, strange, lines, line_count)
                if past >= 0:
                    of_lines[text, 0], of_lines[text, 1] = line_count, past
                    of_places[text, 0] = place_count
                    place_count = find_narrating(
                        data,
                        first,
                        end,
                        folded,
                        codes[low:high],
                        bytes_at[low:high],
                        narrating,
                        some,
                        letters,
                        phrases,
                        kinds,
                        places,
                        place_count,
                    )
                    of_places[text, 1] = place_count
                    found = find_stated(
                        data,
                        classes,
                        folded,
                        lines,
                        line_count,
                        past,
                        places,
                        of_places[text, 0],
                        place_count,
                        documents,
                        speech,
                        letters,
                        phrases,
                        kinds,
                        begins,
                        bars,
                        stated,
                        stated_count,
                        names,
                    )
                    if found >= 0:
                        of_stated[text, 0], of_stated[text, 1] = stated_count, found
                        stated_count, line_count, state[text] = found, past, READ
            known &= state[text] == READ
        if not known:
            continue
        told[pair] = True
        a, b = pairs[pair, 0], pairs[pair, 1]
        word_a, word_b, past_a, past_b = word_bounds[a], word_bounds[b], word_bounds[a + 1], word_bounds[b + 1]
        before = written
        for ours in range(of_stated[a, 0], of_stated[a, 1]):
            our_low = first_from(starts, word_a, past_a, stated[ours, START]) - word_a
            our_high = first_from(starts, word_a, past_a, stated[ours, END]) - word_a
            our_names = stated[ours - 1, NAMES] if ours > 0 else 0
            for theirs in range(of_stated[b, 0], of_stated[b, 1]):
                their_names = stated[theirs - 1, NAMES] if theirs > 0 else 0
                apart = our_names < stated[ours, NAMES] and their_names < stated[theirs, NAMES]
                for name in range(our_names, stated[ours, NAMES]):
                    for other in range(their_names, stated[theirs, NAMES]):
                        apart &= names[name] != names[other]
                if apart:
                    continue
                their_low = first_from(starts, word_b, past_b, stated[theirs, START]) - word_b
                their_high = first_from(starts, word_b, past_b, stated[theirs, END]) - word_b
                for run in range(bounds[pair], bounds[pair + 1]):
                    start_a, start_b = np.int64(runs[run, START_A]), np.int64(runs[run, START_B])
                    end_a, end_b = start_a + runs[run, LENGTH_A], start_b + runs[run, LENGTH_B]
                    start_a, end_a = max(start_a, our_low), min(end_a, our_high)
                    start_b, end_b = max(start_b, their_low), min(end_b, their_high)
                    if start_a >= end_a or start_b >= end_b:
                        continue
                    size = min(
                        own_words(quoted, word_a + start_a, word_a + end_a),
                        own_words(quoted, word_b + start_b, word_b + end_b),
                    )
                    if size < bars[5]:
                        continue
                    if written >= len(out):
                        return -1
                    out[written, 0], out[written, 1], out[written, 2], out[written, 3] = start_a, end_a, start_b, end_b
                    out[written, 4] = size
                    written += 1
        if written == before:
            longest, most = bounds[pair], -1
            for run in range(bounds[pair], bounds[pair + 1]):
                own = min(runs[run, OWN_A], runs[run, OWN_B])
                if own > most:
                    longest, most = run, own
            found_low, found_high = np.zeros(2, np.int64), np.zeros(2, np.int64)
            speak = True
            for side in range(2):
                text = pairs[pair, side]
                first, end = text_bounds[text], text_bounds[text + 1]
                low, high = word_bounds[text], word_bounds[text + 1]
                word: Any = np.int64(runs[longest, START_A + side])
                speak = speak and speaks_soon(
                    data,
                    first,
                    end,
                    codes[low:high],
                    starts[low:high],
                    ends[low:high],
                    bytes_at[low:high],
                    word,
                    high - low,
                    said,
                    bars[8],
                )
            for side in range(2 if speak else 0):
                text = pairs[pair, side]
                first, end = text_bounds[text], text_bounds[text + 1]
                low, high = word_bounds[text], word_bounds[text + 1]
                run_at: Any = np.int64(runs[longest, START_A + side])
                run_length: Any = np.int64(runs[longest, LENGTH_A + side])
                found_low[side], found_high[side] = spoken(
                    data,
                    first,
                    end,
                    codes[low:high],
                    starts[low:high],
                    ends[low:high],
                    bytes_at[low:high],
                    marked[low:high],
                    run_at,
                    run_length,
                    lines,
                    of_lines[text, 0],
                    of_lines[text, 1],
                    places,
                    of_places[text, 0],
                    of_places[text, 1],
                    said,
                    bars[6],
                    bars[7],
                    shares[0],
                    shares[1],
                )
            size = min(
                own_words(quoted, word_a + found_low[0], word_a + found_high[0]),
                own_words(quoted, word_b + found_low[1], word_b + found_high[1]),
            )
            if size >= bars[5]:
                if written >= len(out):
                    return -1
                out[written, 0], out[written, 1] = found_low[0], found_high[0]
                out[written, 2], out[written, 3], out[written, 4] = found_low[1], found_high[1], size
                written += 1
        out_bounds[pair + 1] = written
    return written
