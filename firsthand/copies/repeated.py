"""Words that one outlet repeats on many of its pages: furniture that is left in the text, standing background, teasers.

In: the wordings of a collection and the outlet of each. Out: for each wording, which of its words belong to runs that
at least :data:`PAGES` of the outlet's pages hold. They are no sign of copying between its pages, whatever their share
of a short page. One exception: a report that the outlet printed several times, perhaps each time with something new. It
is known by its company: other pages share most of this one, where furniture (a line of navigation, a biography, what is
read most) stands on other pages each. Known to fail: an outlet of which the collection has only two pages; one of a
few, whose furniture is most of each page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .fingerprints import shingles
from .passages import SEED
from .wording import Codes, Flags, Places, Wording, mixed

PAGES = 3
MOST = 0.5
"""Share of a page up to which its repeated words are furniture in any case."""
FEW = 10
"""Pages on which a report is printed again at the most: what stands on more is furniture ..."""
NEARLY = 0.8
"""... unless more than this share of a page stands on one and the same set of pages."""
LIKE = 0.65
"""Share of a page that two others must have, so that it is a report that was printed again."""
BITS = 64
"""Sets of an outlet's pages are kept as bits, a page's being its number modulo this: exact for an outlet of so many."""


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
        bits = np.uint64(1) << (np.arange(len(pages), dtype=np.uint64) % np.uint64(BITS))
        sets = np.zeros(len(seeds), dtype=np.uint64)
        np.bitwise_or.at(sets, runs, np.repeat(bits, [len(own) for own in distinct]))
        for number, (i, own) in enumerate(zip(pages, hashed, strict=True)):
            at = np.searchsorted(seeds, own)
            flags[i] = _furniture(counts[at], sets[at], len(wordings[i]), number % BITS)
    return flags


def by_outlet(outlets: Sequence[str | None]) -> Iterator[list[int]]:
    """The numbers of the pages of each outlet, in the order of names; pages of no known outlet each by itself."""
    pages: dict[str, list[int]] = {}
    for page, outlet in enumerate(outlets):
        if outlet:
            pages.setdefault(outlet, []).append(page)
        else:
            yield [page]
    for outlet in sorted(pages):
        yield pages[outlet]


def _furniture(counts: Places, sets: Codes, size: int, own: int) -> Flags:
    """The words of a page that its outlet repeats, but for a report that it printed several times. Of each run: on how
    many pages it stands, and on which (bits, of which ``own`` is the page itself)."""
    found = _spread(counts >= PAGES, size)
    if not size or found.mean() <= MOST:
        return found
    again = sets[(counts >= PAGES) & (counts <= FEW)]
    shared = ((again[:, None] >> np.arange(BITS, dtype=np.uint64)) & np.uint64(1)).sum(0)
    shared[own] = 0
    if np.sort(shared)[-2] > LIKE * len(counts):
        return _spread(counts > FEW, size)
    often = counts[counts > FEW]
    _, first, sizes = np.unique(
        sets[counts > FEW] ^ mixed(often.astype(np.uint64)), return_index=True, return_counts=True
    )
    if len(sizes) and sizes.max() > NEARLY * len(counts):
        return _spread(counts > often[first[sizes.argmax()]], size)
    return found


def _spread(starts: Flags, size: int) -> Flags:
    """The words covered by the runs that start at the flagged places."""
    out = np.zeros(size, dtype=np.bool_)
    for offset in range(SEED):
        out[offset : offset + len(starts)] |= starts
    return out
