"""The wording of a small collection, text by text with numpy: nothing has to be compiled.

The answers are those of ``many``, which is for large collections.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from ..options import CopyOptions
from ..records import Passage
from .differing_facts import Apart, Facts
from .edits import Placed
from .fingerprints import SHINGLE, Pairs, sharing_pairs, shingles, winnow
from .passages import Run, shared_runs
from .repeated import repeated_words
from .source_matter import Spans
from .wording import Flags, Wording, words_of


class Sums(NamedTuple):
    """What is added up over the runs of two texts."""

    own: int
    """Words that neither quotes."""
    quoted: int
    """The other words."""
    share_a: float
    share_b: float
    """How much of each text they cover."""
    longest: int
    """Own words in a row: ``wording_evidence.longest``."""


Stated = tuple[int, tuple[Spans, ...]]
"""How many words that two texts share are one source's statement, and where these stand."""


class Known(NamedTuple):
    """What is known of two texts that share runs beside these, where it was computed for many pairs at once."""

    passages: Sequence[Passage]
    """The runs, as characters of both texts."""
    facts: Facts | None
    """``differing_facts.facts_of``, or nothing counted where too few facts can differ; None where it is to be asked."""
    apart: Apart | None
    """What it is to be given: ``differing_facts.gaps_of``; None where it need not be asked."""
    edits: Sequence[Placed] | None
    """Where their edits stand; None if a passage moved."""
    owned: Sequence[int]
    """How many words of each text are its own."""
    signed: bool
    """Whether a word near the runs is a sign of a notice: ``notices.signed``. False, too, where there may be no list
    and no notice is found."""
    listed: bool
    """Whether the runs may hold a list of other stories: False only where they do not."""
    brings_in: bool
    """What ``wording_evidence.brings_in`` says of the longest run, where it is asked."""
    stated: Stated | None
    """What ``wording_evidence.stated_by_both`` says; None where it is to be asked."""
    sums: Sums | None
    """What is added up over the runs; None where one of the articles may credit the other."""


class SharedRuns(NamedTuple):
    """What two texts share: their numbers; their wordings (nothing, where what is known is all that is asked of them);
    the runs of words; what else is known; and the quotations among the runs that both mark, as characters of both
    texts. Where nothing but these can matter, there are no runs."""

    i: int
    j: int
    words_a: Wording
    words_b: Wording
    runs: tuple[Run, ...]
    known: Known | None = None
    quoted: tuple[Spans, ...] = ()


class FewTexts:
    """The texts of a collection, and which of them share words."""

    def __init__(self, texts: Sequence[str], outlets: Sequence[str | None]) -> None:
        plain = [words_of(text) for text in texts]
        stock = repeated_words(plain, outlets)
        self._prints = [
            winnow(shingles(words.codes, SHINGLE), repeated) for words, repeated in zip(plain, stock, strict=True)
        ]
        self._wordings = [
            msgspec.structs.replace(words, quoted=words.quoted | repeated) if repeated.any() else words
            for words, repeated in zip(plain, stock, strict=True)
        ]

    def wordings(self) -> Iterator[Wording]:
        """The wording of each text, in order."""
        return iter(self._wordings)

    def sharing_pairs(self, options: CopyOptions, fewest: int) -> Pairs:
        """Pairs [m, 2] of texts (the smaller first) that share ``fewest`` fingerprints, sorted."""
        return sharing_pairs(self._prints, options.most_pages_per_fingerprint, fewest)

    def shared_runs(self, pairs: Pairs, wanted: Flags, options: CopyOptions) -> Iterator[SharedRuns]:
        """What the pairs share. (``wanted`` is for ``many``: the pairs that are asked for though they be no copies.)"""
        for i, j in pairs.tolist():
            a, b = self._wordings[i], self._wordings[j]
            yield SharedRuns(i, j, a, b, shared_runs(a, b, options.shortest_passage, options.bridged_words))
