"""Words that one outlet repeats on many of its pages: furniture that is left in the text, standing background, teasers.

In: the wordings of a collection and the outlet of each. Out: for each wording, which of its words belong to runs that
at least :data:`PAGES` of the outlet's pages hold. They are no sign of copying between its pages. A page of which most
would be set aside keeps all its words: it is a report that the outlet printed several times. Known to fail: an outlet
of which the collection has only two pages.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .fingerprints import shingles
from .passages import SEED
from .wording import Flags, Wording

PAGES = 3
MOST = 0.5
"""Share of a page above which its repeated words are its report, not its furniture."""


def repeated_words(wordings: Sequence[Wording], outlets: Sequence[str | None]) -> list[Flags]:
    """For each wording, the flags [n] of the words that its outlet repeats."""
    flags = [np.zeros(len(words), dtype=np.bool_) for words in wordings]
    for outlet in sorted({outlet for outlet in outlets if outlet}):
        pages = [i for i, name in enumerate(outlets) if name == outlet]
        if len(pages) < PAGES:
            continue
        hashed = {i: shingles(wordings[i].codes, SEED) for i in pages}
        seeds, counts = np.unique(np.concatenate([np.unique(hashed[i]) for i in pages]), return_counts=True)
        stock = seeds[counts >= PAGES]
        for i in pages:
            marked = _spread(np.isin(hashed[i], stock), len(wordings[i]))
            if marked.size and marked.mean() <= MOST:
                flags[i] = marked
    return flags


def _spread(starts: Flags, size: int) -> Flags:
    """The words covered by the runs that start at the flagged places."""
    out = np.zeros(size, dtype=np.bool_)
    for offset in range(SEED):
        out[offset : offset + len(starts)] |= starts
    return out
