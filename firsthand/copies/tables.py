"""The words of some texts, and what pairs of them share, as arrays: what compiled functions fill in and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .wording import Codes, Flags, Offsets, Places, Wording


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Where the lines of some texts end (``places``, in characters), and their ``kinds``; where stands what may bring a
    statement in (``brings`` [n, 2]: start, end). Each text's begin where its ``bounds`` and ``bring_bounds`` say."""

    places: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    bounds: Places
    brings: NDArray[np.int32]
    bring_bounds: Places


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of some texts: ``word_bounds`` [n + 1] are where each text's begin in the other arrays. The texts'
    bytes are ``data``, each text's from its ``text_bounds`` on, and a word's from ``bytes_at`` on (-1: it is not of
    ASCII); ``classes`` are those of characters (``compiled_quotations``)."""

    texts: Sequence[str]
    word_bounds: Places
    starts: Offsets
    ends: Offsets
    codes: Codes
    quoted: Flags
    marked: Flags
    lines: Lines
    data: NDArray[np.uint8]
    bytes_at: NDArray[np.int32]
    text_bounds: Places
    classes: NDArray[np.uint8]

    def wording(self, number: int) -> Wording:
        """The wording of one of the texts; it holds as long as the arrays do."""
        own = slice(self.word_bounds.item(number), self.word_bounds.item(number + 1))
        return Wording(self.starts[own], self.ends[own], self.codes[own], self.quoted[own], self.marked[own])


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The runs of some pairs: ``runs`` [n, columns], their small edits ``gaps``, and where each pair's runs start."""

    runs: NDArray[np.int32]
    gaps: NDArray[np.int32]
    bounds: Places
