"""The source matter of a collection to which pages came, or which some left: only what can be another is made again.

A record depends on the pages that have its words, on which of them are copies, and on which carry one report. So what
changed can reach a page only over source matter and copies; what it does not reach keeps its records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..records import Article, Copy, SourceMatter
from .fingerprints import Pairs
from .source_matter import SourceMatters
from .wording import Flags, Places


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """All copies, and all source matter of pairs: places of two articles and four offsets a row."""

    copies: tuple[Copy, ...]
    matter: Places


def all_matter(articles: Sequence[Article], found: Found) -> tuple[SourceMatter, ...]:
    """The records, sorted by their places."""
    matters = SourceMatters()
    matters.add_rows(found.matter)
    texts, pages = [article.text for article in articles], [article.page for article in articles]
    return matters.records(texts, pages, found.copies)


def matter_again(
    articles: Sequence[Article],
    fresh: Flags,
    past: Sequence[SourceMatter],
    found: Found,
    changed: Sequence[Copy],
    pairs: Pairs,
) -> tuple[SourceMatter, ...]:
    """What :func:`all_matter` says, from the records of before: ``changed`` are copies that came or went, ``pairs``
    those of which the source matter did, ``fresh`` the articles that came or changed."""
    rank = {article.page: at for at, article in enumerate(articles)}
    reached = fresh.copy()
    reached[pairs] = True
    for copy in changed:
        reached[[rank[page] for page in (copy.a, copy.b) if page in rank]] = True
    carried = [[rank[page] for page in _pages(record) if page in rank] for record in past]
    whole = [len(at) == len(_pages(record)) for record, at in zip(past, carried, strict=True)]
    for at, one in zip(carried, whole, strict=True):
        reached[at] |= not one or bool(fresh[at].any())
    flat = [rank[page] for copy in found.copies for page in (copy.a, copy.b)]
    ends = np.array(flat, dtype=np.int64).reshape(-1, 2)
    _spread(reached, np.concatenate([found.matter[:, :2], ends]))
    kept = [record for record, at, one in zip(past, carried, whole, strict=True) if one and not reached[at].any()]
    there = np.flatnonzero(reached)
    rows = found.matter[reached[found.matter[:, 0]]]
    rows = np.concatenate([np.searchsorted(there, rows[:, :2]), rows[:, 2:]], axis=1)
    copies = tuple(found.copies[at] for at in np.flatnonzero(reached[ends[:, 0]]).tolist())
    made = all_matter([articles[at] for at in there.tolist()], Found(copies, rows))
    return tuple(sorted((*kept, *made), key=_first))


def _pages(record: SourceMatter) -> set[str]:
    return {place.page for place in record.places}


def _first(record: SourceMatter) -> tuple[str, int]:
    """Where a record stands in the order of all."""
    place = record.places[0]
    return place.page, place.span.start if place.span else 0


def _spread(reached: Flags, joined: Pairs) -> None:
    """Reaches all that is joined, over any number of steps, with what is reached."""
    while len(joined):
        ends = reached[joined]
        over = ends[:, 0] != ends[:, 1]
        if not over.any():
            return
        reached[joined[over]] = True
        joined = joined[~(ends.all(1) | over)]
