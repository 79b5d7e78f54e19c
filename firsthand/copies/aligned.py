"""What the pairs of a large collection share, some hundred pairs at a time: runs of words, or a quotation alone.

Most pairs that share words share a sentence of background and nothing else. What can be said of all pairs by adding up
columns is said here, so that only those reach Python which can be a copy, and those that can have a statement of one
source: sums over the runs bound what ``wording_evidence.shared_wording`` counts. A pair that shares only quotations
has its source matter from the compiled table at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..options import CopyOptions
from ..records import Passage, Span
from . import compiled_passages as machine
from . import notices, voices
from .compiled_edits import edited_words
from .compiled_judging import judge_pairs, words_in_a_row
from .compiled_signs import noticed_pairs, signed_pairs
from .direction_evidence import FEWEST_QUOTED
from .edits import CLOSE, FEWEST_SAME, LONGEST_SPLIT, Placed
from .facts_apart import FactsApart, with_room
from .few import Known, SharedRuns, Sums
from .fingerprints import Pairs
from .passages import Gap, Run
from .source_matter import FEWEST, SPEAKER, Spans
from .stated_by_both import statements
from .tables import Table, Words
from .voices import first_person, may_speak
from .wording import Flags, Places, Wording
from .wording_evidence import (
    FEWEST_CREDITED,
    FEWEST_JUDGED,
    JOINED,
    MOST_JUDGED,
    MOST_RUNS,
    OPENING,
    REACH,
    may_be_copies,
)

_NOTHING = Wording(
    np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint64), np.zeros(0, np.bool_), np.zeros(0, np.bool_)
)


def shared_by(
    words: Words, pages: Pairs, numbers: Pairs, table: Table, wanted: Flags, options: CopyOptions
) -> Iterator[SharedRuns]:
    """What pairs share, given as ``pages`` and as ``numbers`` of the texts; pairs that share nothing of consequence are
    left out, unless they are ``wanted``."""
    sums = _Sums.of(words, numbers, table)
    full = wanted | sums.may_be_copies(0, options)
    stretches, ends = _stretches(words, numbers, table, sums.quote)
    full |= sums.one_sided & (np.diff(ends) > 0)
    listed, brought = _judged(words, numbers, table, sums)
    full |= brought
    spans, limits = _in_characters(words, numbers, stretches, ends)
    signed = _signed(words, numbers, table, sums.can_have_notices & full, listed)
    stated = statements(words, numbers, table, brought)
    said, saying = _in_characters(words, numbers, stated.stretches[:, :4], stated.ends)
    intricate, sizes, told = wanted | sums.one_sided | listed | signed, stated.sizes, stated.told
    states = (sizes > 0) & (sums.least - sizes < FEWEST_JUDGED)
    settled = told & ~intricate & ~sums.may_be_copies(np.where(states, sizes, 0), options)
    full &= ~settled
    facts = FactsApart(words, numbers, table, full)
    plain = full & ~(intricate | brought) & (sums.least >= FEWEST_JUDGED)
    full &= ~facts.look_alike(plain, options)
    held: dict[int, Wording] = {}
    owned, passages = sums.owned.tolist(), _passages(words, numbers, table, full)
    placed, first, moved = _edited(words, numbers, table, full)
    signs, lists, brings, added = signed.tolist(), listed.tolist(), brought.tolist(), iter(sums.rows(full))
    runs, bounds = _runs(table, full), np.append(0, np.cumsum(np.where(full, np.diff(table.bounds), 0))).tolist()
    of_page, of_number, whole = pages.tolist(), numbers.tolist(), full.tolist()
    moves, differs = moved.tolist(), facts.all_facts()
    asks = (intricate | (brought & ~told) | moved).tolist()
    tells, speaks, many = told.tolist(), (settled & states).tolist(), sizes.tolist()
    for at in np.flatnonzero(full | (np.diff(ends) > 0) | (settled & states)).tolist():
        i, j = of_page[at]
        quoted, theirs = tuple(spans[limits[at] : limits[at + 1]]), tuple(said[saying[at] : saying[at + 1]])
        if not whole[at]:
            yield SharedRuns(i, j, _NOTHING, _NOTHING, (), None, quoted + theirs if speaks[at] else quoted)
            continue
        differ = differs[at]
        words_a = words_b = _NOTHING
        if asks[at] or differ is None:
            a, b = of_number[at]
            words_a = held[a] if a in held else held.setdefault(a, words.wording(a))
            words_b = held[b] if b in held else held.setdefault(b, words.wording(b))
        found = Known(
            passages[bounds[at] : bounds[at + 1]],
            differ,
            facts.apart(at) if differ is None else None,
            None if moves[at] else placed[first[at] : first[at + 1]],
            owned[at],
            signs[at],
            lists[at],
            brings[at],
            (many[at], theirs) if tells[at] else None,
            next(added),
        )
        yield SharedRuns(i, j, words_a, words_b, tuple(runs[bounds[at] : bounds[at + 1]]), found, quoted)


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Of each pair, by adding up its runs."""

    runs: Places
    """How many."""
    least: Places
    """Words that are both articles' own; more cannot be where neither credits the other."""
    most: Places
    """... and where one does."""
    longest: Places
    """... and in a row: ``wording_evidence.longest_row``."""
    one_sided: Flags
    """Whether one may quote the other and credit a newsroom (or be evidence for a direction by that)."""
    quote: Flags
    """Whether both have words in a run that are not their own."""
    others: Places
    """How many words are not both articles' own."""
    shares: NDArray[np.float64]
    """How much of each text the runs cover [n, 2]."""
    owned: Places
    """How many words each of the two articles has of its own [n, 2]."""

    @classmethod
    def of(cls, words: Words, numbers: Pairs, table: Table) -> _Sums:
        """Adds up the runs of the pairs."""
        bounds = table.bounds
        _, _, length_a, length_b, _, own_a, own_b, _ = table.runs[: bounds[-1]].T
        least, most = np.minimum(own_a, own_b), np.maximum(own_a, own_b)
        one_sided = (3 * least < most) & (most >= min(FEWEST_CREDITED, FEWEST_QUOTED))
        quote = (own_a < length_a) & (own_b < length_b)
        others = np.maximum(length_a, length_b) - least
        columns = (length_a, length_b, least, np.where(one_sided, most, least), one_sided, quote, others)
        totals = np.zeros((len(columns), int(bounds[-1]) + 1), dtype=np.int64)
        for total, column in zip(totals, columns, strict=True):
            np.cumsum(column, out=total[1:])
        sums = totals[:, bounds[1:]] - totals[:, bounds[:-1]]
        owned = np.diff(np.searchsorted(np.flatnonzero(~words.quoted), words.word_bounds))[numbers]
        sizes = np.diff(words.word_bounds)[numbers]
        shares = sums[:2].T / np.maximum(sizes, 1)
        longest = _in_a_row(words, numbers, table)
        return cls(np.diff(bounds), sums[2], sums[3], longest, sums[4] > 0, sums[5] > 0, sums[6], shares, owned)

    def may_be_copies(self, but: Places | int, options: CopyOptions) -> Flags:
        """Which pairs can be copies by their words, ``but`` for so many of these."""
        own = np.maximum(self.most - but, 0)
        longest, share = np.minimum(own, self.longest - but), own / np.maximum(self.owned.min(1), 1)
        out: Flags = may_be_copies(own, longest, share, self.least_share, options)
        return out

    @property
    def least_share(self) -> NDArray[np.float64]:
        """The smaller of the shares that the runs cover."""
        out: NDArray[np.float64] = self.shares.min(1)
        return out

    def rows(self, asked: Flags) -> list[Sums | None]:
        """What is added up of each pair that is ``asked``; None where one side may credit the other."""
        columns = (self.least, self.others, *self.shares.T, self.longest, self.one_sided)
        rows = zip(*(column[asked].tolist() for column in columns), strict=True)
        return [None if one_sided else Sums(*row) for *row, one_sided in rows]

    @property
    def can_have_notices(self) -> Flags:
        """Which pairs may have a notice that matters."""
        out: Flags = (self.most >= FEWEST_JUDGED) & (self.runs <= MOST_RUNS) & (self.least_share < MOST_JUDGED)
        return out

    @property
    def can_state(self) -> Flags:
        """Which pairs may have a statement of one source that no marks set off."""
        out: Flags = (self.least >= FEWEST_JUDGED) & (self.runs <= MOST_RUNS) & (self.least_share < MOST_JUDGED)
        return out


def _in_a_row(words: Words, numbers: Pairs, table: Table) -> Places:
    """``wording_evidence.longest_row`` of each pair."""
    longest, lines = np.zeros(len(numbers), dtype=np.int64), words.lines
    given = (words.starts, words.word_bounds, numbers, table.runs, table.bounds, lines.places, lines.bounds)
    words_in_a_row(*given, JOINED, longest)
    return longest


def _judged(words: Words, numbers: Pairs, table: Table, sums: _Sums) -> tuple[Flags, Flags]:
    """Which pairs may have a list of other stories, of those that may have a notice; and what
    ``wording_evidence.brings_in`` says of the longest run of those that may have a statement."""
    listed, introduced, speaking = (np.zeros(len(numbers), dtype=np.bool_) for _ in range(3))
    lines, states = words.lines, sums.can_state
    given = (words.codes, words.starts, words.ends, words.word_bounds, numbers, table.runs, table.bounds)
    judge_pairs(
        *given,
        sums.can_have_notices | states,
        *(lines.places, lines.kinds, lines.bounds, lines.brings, lines.bring_bounds),
        *(*notices.heading_ends(), first_person()),
        *(notices.TITLES, REACH, OPENING, voices.REACH),
        *(listed, introduced, speaking),
    )
    brought = states & introduced
    asked = states & speaking & ~introduced
    brought[asked] = [
        may_speak(text_a, start_a) and may_speak(text_b, start_b)
        for text_a, start_a, text_b, start_b in _places(words, numbers, table, sums, asked)
    ]
    return listed, brought


def _stretches(words: Words, numbers: Pairs, table: Table, asked: Flags) -> tuple[NDArray[np.int32], Places]:
    """The words that pairs quote both: start and end in both texts a row; and where each pair's rows start."""
    ends = np.zeros(len(numbers) + 1, dtype=np.int64)
    runs, of, marked = (table.runs, table.gaps, table.bounds), words.word_bounds, words.marked

    def fill(out: NDArray[np.int32]) -> int:
        return int(machine.quoted_stretches(*runs, numbers, asked, marked, of, SPEAKER, FEWEST, out, ends))

    return with_room(256, fill), ends


def _signed(words: Words, numbers: Pairs, table: Table, asked: Flags, listed: Flags) -> Flags:
    """``notices.signed`` for some pairs; of those that can have no list (not ``listed``) only where there may be a
    notice."""
    found = np.zeros(len(numbers), dtype=np.bool_)
    given = (words.codes, words.starts, words.ends, words.word_bounds, numbers, table.runs, table.bounds, asked)
    bars = (notices.AROUND, notices.HEADING)
    lines = (words.lines.places, words.lines.bounds)
    signed_pairs(*given, *lines, notices.signs(), *bars, found)
    sure = found & ~listed
    texts = (words.data, words.text_bounds, words.starts, words.ends, words.bytes_at, words.word_bounds)
    runs, phrases = (numbers, table.runs, table.bounds), notices.phrases()
    noticed_pairs(*texts, *runs, *lines, *phrases, notices.HEADING, sure)
    out: Flags = (found & listed) | sure
    return out


def _edited(words: Words, numbers: Pairs, table: Table, asked: Flags) -> tuple[list[Placed], list[int], Flags]:
    """``edits.word_gaps`` for some pairs, as characters: where the edits stand, where each pair's start, and for which
    it is to be asked."""
    ends, moved = np.zeros(len(numbers) + 1, dtype=np.int64), np.zeros(len(numbers), dtype=np.bool_)
    given = (words.codes, words.word_bounds, numbers, table.runs, table.gaps, table.bounds, asked)
    bars = (CLOSE, LONGEST_SPLIT, FEWEST_SAME)
    found = with_room(1 << 16, lambda out: edited_words(*given, *bars, out, ends, moved))
    texts = np.repeat(numbers, np.diff(ends), axis=0)
    lengths = np.array([len(text) for text in words.texts], dtype=np.int64)[texts]
    sides = [_side(words, texts[:, n], lengths[:, n], found[:, 2 * n : 2 * n + 2]) for n in (0, 1)]
    rows = zip(*(column.tolist() for side in sides for column in side), strict=True)
    return list(rows), ends.tolist(), moved


def _side(words: Words, texts: Places, lengths: Places, edits: NDArray[np.int32]) -> tuple[Places, ...]:
    """``edits._side`` for many edits, in texts of so many characters: four places in characters [n]."""
    first, past = words.word_bounds[texts], words.word_bounds[texts + 1]
    start, end = first + edits[:, 0], first + edits[:, 1]
    if not len(words.starts):
        return (np.zeros(0, dtype=np.int64),) * 4
    before = np.where(start > first, words.ends[start - 1], 0)
    after = np.where(end < past, words.starts[np.minimum(end, len(words.starts) - 1)], lengths)
    empty = start == end
    begins = np.where(empty, before, words.starts[np.minimum(start, len(words.starts) - 1)])
    return before, begins, np.where(empty, before, words.ends[end - 1]), after


def _in_characters(
    words: Words, numbers: Pairs, stretches: NDArray[np.int32], ends: Places
) -> tuple[list[Spans], list[int]]:
    """The stretches as characters of both texts, and where each pair's start."""
    first = words.word_bounds[np.repeat(numbers, np.diff(ends), axis=0)]
    at = stretches + np.stack((first[:, 0], first[:, 0], first[:, 1], first[:, 1]), axis=1)
    columns = (words.starts[at[:, 0]], words.ends[at[:, 1] - 1], words.starts[at[:, 2]], words.ends[at[:, 3] - 1])
    return list(zip(*(column.tolist() for column in columns), strict=True)), ends.tolist()


def _places(
    words: Words, numbers: Pairs, table: Table, sums: _Sums, judged: Flags
) -> Iterator[tuple[str, int, str, int]]:
    """The two texts of each pair that is judged, and where in them its longest run starts."""
    pairs = np.flatnonzero(judged)
    if not len(pairs):
        return
    counts = sums.runs[pairs]
    starts = np.cumsum(counts) - counts
    rows = np.repeat(table.bounds[pairs] - starts, counts) + np.arange(int(counts.sum()))
    own = table.runs[rows, machine.OWN_A : machine.OWN_B + 1].min(1).astype(np.int64)
    keys = own * (MOST_RUNS + 1) + (
        MOST_RUNS - (np.arange(len(rows)) - np.repeat(starts, counts))
    )  # the first of equals
    longest = table.bounds[pairs] + MOST_RUNS - np.maximum.reduceat(keys, starts) % (MOST_RUNS + 1)
    at = words.starts[words.word_bounds[numbers[pairs]] + table.runs[longest, machine.START_A : machine.START_B + 1]]
    for (a, b), (start_a, start_b) in zip(numbers[pairs].tolist(), at.tolist(), strict=True):
        yield words.texts[a], start_a, words.texts[b], start_b


def _passages(words: Words, numbers: Pairs, table: Table, asked: Flags) -> list[Passage]:
    """The runs of some pairs as characters of both texts."""
    sizes = np.diff(table.bounds)
    rows = table.runs[: table.bounds[-1]][np.repeat(asked, sizes)]
    first = words.word_bounds[np.repeat(numbers[asked], sizes[asked], axis=0)]
    start_a, start_b = first[:, 0] + rows[:, machine.START_A], first[:, 1] + rows[:, machine.START_B]
    last_a, last_b = start_a + rows[:, machine.LENGTH_A] - 1, start_b + rows[:, machine.LENGTH_B] - 1
    columns = (words.starts[start_a], words.ends[last_a], words.starts[start_b], words.ends[last_b])
    places = zip(*(column.tolist() for column in columns), strict=True)
    return [Passage(Span(a, a_end), Span(b, b_end)) for a, a_end, b, b_end in places]


def _runs(table: Table, asked: Flags) -> list[Run]:
    """The runs of some pairs."""
    rows = table.runs[: table.bounds[-1]]
    begins = np.zeros(len(rows), dtype=np.int64)
    begins[1:] = rows[:-1, machine.GAPS]
    chosen = np.repeat(asked, np.diff(table.bounds))
    edits: list[Gap] = [(a, b, c, d) for a, b, c, d in table.gaps[: rows[-1:, machine.GAPS].sum()].tolist()]
    return [
        Run(a, b, length_a, length_b, same, own_a, own_b, tuple(edits[begin:end]) if end > begin else ())
        for begin, (a, b, length_a, length_b, same, own_a, own_b, end) in zip(
            begins[chosen].tolist(), rows[chosen].tolist(), strict=True
        )
    ]
