"""What the pairs of a large collection print as one source's statement, some hundred pairs at a time.

The answers are those of ``wording_evidence.stated_by_both``; pairs with a text that is read more surely there are left
to it. Half of the time of a pair that shares a statement went into reading both texts for what brings it in.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import verbatim, voices
from .compiled_statements import stated_pairs
from .compiled_verbatim import HEADINGS, LEADS, LINKS, NARRATES, hash_of, paired
from .fingerprints import Pairs
from .tables import Table, Words
from .wording import Codes, Flags, Places, folding, words_of

FEWEST = 10
"""Words of a statement without quotation marks."""
_BARS = np.array(
    [
        verbatim.SENTENCE,
        verbatim.LONGEST_HEADING,
        verbatim.LINK,
        verbatim.PARAGRAPHS,
        verbatim.HEADING,
        FEWEST,
        voices.FEWEST,
        voices.MOST_WORDS,
        voices.REACH,
    ]
)
_SHARES = np.array([voices.LEAST_SHARE, voices.MUCH_MORE])


class Statements(NamedTuple):
    """The statements of some pairs."""

    stretches: NDArray[np.int32]
    """Words of both texts (start and end in each), and how many of them neither quotes [n, 5]."""
    ends: Places
    """Where each pair's stretches start [pairs + 1]."""
    told: Flags
    """Of which pairs that is known."""

    @property
    def sizes(self) -> Places:
        """How many words of each pair are a statement's."""
        total = np.append(0, np.cumsum(self.stretches[:, 4], dtype=np.int64))
        out: Places = total[self.ends[1:]] - total[self.ends[:-1]]
        return out


class _Rows(NamedTuple):
    """The rows of ``verbatim`` and ``voices`` as compiled functions read them."""

    letters: NDArray[np.uint8]
    phrases: Places
    kinds: NDArray[np.uint8]
    narrating: Codes
    documents: Codes
    speech: Codes
    said: Codes


@cache
def _rows() -> _Rows:
    rows = verbatim.rows()
    of_kind = {NARRATES: rows.narrating, LINKS: rows.links, HEADINGS: rows.headings, LEADS: rows.leads}
    kinds = [(row.encode(), kind) for kind, found in of_kind.items() for row in found]
    first = {words_of(row).codes.item(0) for row in rows.narrating}
    return _Rows(
        np.frombuffer(bytearray(b"".join([row for row, _ in kinds])), np.uint8),
        np.cumsum([0, *(len(row) for row, _ in kinds)]),
        np.array([kind for _, kind in kinds], np.uint8),
        np.array(sorted(first), np.uint64),
        _hashes(rows.documents),
        _hashes(rows.speech),
        voices.first_person(),
    )


def _hashes(rows: frozenset[str]) -> Codes:
    """The hashes of words, and of two words that stand in one row, sorted."""
    found = []
    for row in rows:
        raws = [np.frombuffer(bytearray(word.encode()), np.uint8) for word in row.split()]
        one, *more = [hash_of(raw, 0, len(raw)) for raw in raws]
        if len(more) < 2:
            found.append(paired(one, more[0]) if more else one)
    return np.array(sorted(found), np.uint64)


@cache
def _strange() -> Flags:
    """The characters beyond ASCII of which a text is left to ``verbatim``: capitals or small letters of ASCII in
    disguise, marks that join a letter, and what is a word by itself."""
    folded, alone = folding()
    found = alone.copy()
    for point in range(0x80, len(found)):
        char = chr(point)
        if (folded[point] and not char.isalnum()) or any(one < "\x80" for one in char.casefold() + char.lower()):
            found[point] = True
    return found


def statements(words: Words, numbers: Pairs, table: Table, asked: Flags) -> Statements:
    """The statements of the pairs that are ``asked``, each of which shares a run."""
    ends, told = np.zeros(len(numbers) + 1, dtype=np.int64), np.zeros(len(numbers), dtype=np.bool_)
    if not asked.any():
        return Statements(np.zeros((0, 5), np.int32), ends, told)
    rows, room = _rows(), 256
    while True:
        out = np.empty((room, 5), dtype=np.int32)
        count = stated_pairs(
            *(words.data, words.text_bounds, words.classes, folding()[0], _strange()),
            *(words.codes, words.starts, words.ends, words.bytes_at, words.word_bounds, words.quoted, words.marked),
            *(words.lines.bounds, numbers, table.runs, table.bounds, asked),
            *(rows.letters, rows.phrases, rows.kinds, rows.narrating, rows.documents, rows.speech, rows.said),
            *(_BARS, _SHARES, told, out, ends),
        )
        if count >= 0:
            return Statements(out[:count], ends, told)
        room *= 8
