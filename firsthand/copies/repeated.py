"""Words that one outlet repeats on many of its pages: furniture that is left in the text, standing background, teasers.

In: the wordings of a collection and the outlet of each. Out: for each wording, which of its words belong to runs that
at least :data:`PAGES` of the outlet's pages hold. They are no sign of copying between its pages, whatever their share
of a short page. One exception: a report that the outlet printed several times. It is known by its company: most of the
page stands on one and the same set of pages, where furniture (a line of navigation, a biography, what is read most)
stands on other pages each. Known to fail: an outlet of which the collection has only two pages; one of three or four,
whose furniture is most of each page.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .fingerprints import shingles
from .passages import SEED
from .wording import Codes, Flags, Places, Wording, mixed

PAGES = 3
MOST = 0.5
"""Share of a page that one set of pages has in common, above which it is a report that they all print ..."""
FEW = 10
"""... if they are no more than so many ..."""
NEARLY = 0.8
"""... or else above this share: an outlet has many pages with little on them but its furniture."""


def repeated_words(wordings: Sequence[Wording], outlets: Sequence[str | None]) -> list[Flags]:
    """For each wording, the flags [n] of the words that its outlet repeats."""
    flags = [np.zeros(len(words), dtype=np.bool_) for words in wordings]
    for outlet in sorted({outlet for outlet in outlets if outlet}):
        pages = [i for i, name in enumerate(outlets) if name == outlet]
        if len(pages) < PAGES:
            continue
        hashed = [shingles(wordings[i].codes, SEED) for i in pages]
        distinct = [np.unique(seeds) for seeds in hashed]
        seeds, runs, counts = np.unique(np.concatenate(distinct), return_inverse=True, return_counts=True)
        tags = mixed(np.arange(1, len(pages) + 1, dtype=np.uint64))
        sets = np.zeros(len(seeds), dtype=np.uint64)  # of pages: the sum of their tags
        np.add.at(sets, runs, np.repeat(tags, [len(own) for own in distinct]))
        for i, own in zip(pages, hashed, strict=True):
            at = np.searchsorted(seeds, own)
            flags[i] = _furniture(counts[at], sets[at], len(wordings[i]))
    return flags


def _furniture(counts: Places, sets: Codes, size: int) -> Flags:
    """The words of a page that its outlet repeats, but for a report that it printed several times. Of each run: on how
    many pages it stands, and on which set of them."""
    found = _spread(counts >= PAGES, size)
    if not size or found.mean() <= MOST:
        return found
    _, first, sizes = np.unique(sets, return_index=True, return_counts=True)
    largest = int(sizes.argmax())
    pages = int(counts[first[largest]])
    if pages < PAGES or sizes[largest] <= (MOST if pages <= FEW else NEARLY) * len(counts):
        return found
    return _spread(counts > pages, size)


def _spread(starts: Flags, size: int) -> Flags:
    """The words covered by the runs that start at the flagged places."""
    out = np.zeros(size, dtype=np.bool_)
    for offset in range(SEED):
        out[offset : offset + len(starts)] |= starts
    return out
