"""The likelihood of a story's weakest link, set against gold stories: see ``quality/reliability.py``.

In: sets in the formats of ``quality/stories.py``. Every fold of topics is judged with weights fitted without it
(as in ``story_folds.py``), all pages as one collection, at the threshold that ships. Out: for each story found, the
likelihood that is shown for its weakest page (rule ``alike-by-average``), and the share of its other pages that are of
that page's gold story: what the figure claims to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from firsthand.options import StoryOptions
from firsthand.stories.grouping import average_linkage
from firsthand.stories.likeness import Likeness, judged

from .story_draws import FOLDS, WHOLE, Collection, collections, kept_back
from .train_stories import evidence_of, fit


def links_of(
    path: Path, beside: Path | None = None, keep_back: str | None = None, kind: str = "whole"
) -> Iterator[tuple[float, float]]:
    """The weakest links of PATH's stories in its collections of a kind (``story_draws.SHARES``); ``beside`` is a set
    to learn from as well."""
    sets = [list(collections(p, kept_back(p, keep_back))) for p in (path, beside) if p]
    for fold in range(FOLDS):
        weights = fit([evidence_of(made, fold) for made in sets])
        for collection in sets[0]:
            if collection.kind == kind and collection.fold in (fold, WHOLE):
                alike = judged(collection.articles, collection.found, (), StoryOptions(), weights)
                yield from weakest_links(collection, alike, fold)


def weakest_links(collection: Collection, alike: Likeness, fold: int) -> Iterator[tuple[float, float]]:
    """Of each story with two pages or more: the least average likelihood of a page with the others, where that page is
    of ``fold``, and the share of the others that are of its gold story."""
    for group in average_linkage(len(collection.articles), alike, StoryOptions()):
        means = [sum(alike.between(i, j) for j in group if j != i) / max(1, len(group) - 1) for i in group]
        weakest = group[int(np.argmin(means))]
        if len(group) > 1 and collection.folds[weakest] == fold:
            others = [j for j in group if j != weakest]
            yield min(means), float(np.mean(collection.stories[others] == collection.stories[weakest]))
