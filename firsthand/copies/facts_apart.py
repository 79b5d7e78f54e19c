"""What facts differ between pairs of a large collection, some hundred pairs at a time: ``differing_facts`` in columns.

Most pairs of look-alikes end here: they need no reasons, for these would say that they are no copies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..options import CopyOptions
from .compiled_counting import COLUMNS, DOUBT, FIGURES, OTHERS, SHARED, count_facts, count_kept
from .compiled_facts import differing_words
from .compiled_words import MARGIN, code_of
from .deciding import looks_alike
from .differing_facts import (
    BETWEEN,
    BETWEEN_FACTS,
    FEWEST,
    LEAST_SAME,
    LONGEST,
    Apart,
    Facts,
    facts_in_words,
    reasons_of,
    told_in_words,
)
from .fingerprints import Pairs
from .tables import Table, Words
from .wording import Codes, Flags, words_of

NOTHING = Facts(0, 0, 0, 0, 0)


def with_room(room: int, fill: Callable[[NDArray[np.int32]], int]) -> NDArray[np.int32]:
    """The rows [n, 4] that a compiled function fills in, which says how many, or -1 where there is too little room."""
    while True:
        out = np.empty((room, 4), dtype=np.int32)
        count = fill(out)
        if count >= 0:
            return out[:count]
        room *= 8


class FactsApart:
    """What differs in each pair that is ``asked``."""

    def __init__(self, words: Words, numbers: Pairs, table: Table, asked: Flags) -> None:
        ends, more = np.zeros(len(numbers) + 1, dtype=np.int64), np.zeros(len(numbers), dtype=np.int64)
        of = (words.codes, words.word_bounds, numbers, table.runs, table.gaps, table.bounds, asked)
        rows = with_room(1 << 16, lambda out: differing_words(*of, LONGEST, BETWEEN, LEAST_SAME, out, ends, more))
        counted = np.zeros((len(numbers), COLUMNS), dtype=np.int64)
        places = (words.starts, words.ends, words.bytes_at, words.word_bounds)
        texts = (words.data, words.text_bounds)
        told, values = _told()
        count_facts(*texts, words.classes, *places, numbers, rows, ends, told, values, BETWEEN_FACTS, counted)
        enough = counted[:, FIGURES] + counted[:, OTHERS] >= FEWEST
        said = enough & (counted[:, DOUBT] == 0)
        given = (
            words.codes,
            words.starts,
            words.ends,
            words.word_bounds,
            numbers,
            table.runs,
            table.gaps,
            table.bounds,
        )
        count_kept(*texts, *given, said, told_in_words(), counted)
        counted[:, SHARED] += more
        self._rows, self._ends, self._more, self._counted = rows, ends, more, counted
        self.enough = enough
        """Which pairs may have so many facts that it matters."""

    def all_facts(self) -> list[Facts | None]:
        """:meth:`facts` of each pair."""
        found: list[Facts | None] = [NOTHING] * len(self.enough)
        for pair in np.flatnonzero(self.enough).tolist():
            found[pair] = self.facts(pair)
        return found

    def facts(self, pair: int) -> Facts | None:
        """The facts of a pair; None: ``differing_facts`` is to be asked for them, given :meth:`apart`."""
        if not self.enough[pair]:
            return NOTHING
        *facts, doubt = self._counted[pair].tolist()
        return None if doubt else Facts(*facts)

    def apart(self, pair: int) -> Apart:
        """``differing_facts.gaps_of``."""
        rows: Sequence[Sequence[int]] = self._rows[self._ends[pair] : self._ends[pair + 1]].tolist()
        return [(a, b, c, d) for a, b, c, d in rows], self._more.item(pair)

    def look_alike(self, asked: Flags, options: CopyOptions) -> Flags:
        """Which of the pairs that are ``asked`` are look-alikes whenever their pages were published."""
        found = np.zeros(len(asked), dtype=np.bool_)
        for pair in np.flatnonzero(asked & self.enough).tolist():
            facts = self.facts(pair)
            if facts is not None and facts.figures + facts.others >= FEWEST:
                weight = {reason.rule: reason.weight for reason in reasons_of(facts, 0)}
                late = {**weight, "weeks-apart": np.inf}
                found[pair] = looks_alike(weight, options) and looks_alike(late, options)
        return found


@cache
def _told() -> tuple[Codes, Codes]:
    """The codes of words of ASCII that are numbers, days or months, sorted; and of the figure each is (0: none)."""
    values = {}
    for word, figure in facts_in_words().items():
        if word.isascii() and word.isalpha():
            raw = figure.encode()
            value = code_of(np.frombuffer(bytearray(raw + bytes(MARGIN)), dtype=np.uint8), 0, len(raw)) if figure else 0
            values[words_of(word).codes.item(0)] = value
    codes = sorted(values)
    return np.array(codes, dtype=np.uint64), np.array([values[code] for code in codes], dtype=np.uint64)
