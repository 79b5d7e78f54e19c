"""Stories cross-validated: every fold of topics is judged with weights and a threshold fitted without it.

``python -m quality.stories PATH --cross-validate [--beside OTHER] [--keep-back NAME:DIGITS]``

The whole set is grouped as one collection and a fold's own pages are scored; so are each fold as a collection of its
own, and the draws of it (``story_draws.py``). The threshold of a fold is the one that does best on the other folds of
both sets: the mean F1 of whole sets and folds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from firsthand.options import StoryOptions
from firsthand.stories.grouping import average_linkage
from firsthand.stories.likeness import Weights, judged

from .frame import Figures
from .story_draws import FOLDS, WHOLE, Collection, collections, kept_back
from .train_stories import evidence_of, fit

THRESHOLDS = (0.38, 0.42, 0.46, 0.5, 0.54)
"""Those that are tried; the shipped one is among them, and scored by itself as well (the choice costs something)."""
SHIPPED = StoryOptions().threshold
CHOSEN_ON = ("whole", "fold")

Shares = dict[float, np.ndarray]


def cross_validated(path: Path, beside: Path | None = None, keep_back: str | None = None) -> Figures:
    """B-cubed of PATH as one collection, and F1 of its parts by kind, pages of all folds together; ``beside`` is a set
    to learn from as well."""
    sets = [list(collections(p, kept_back(p, keep_back))) for p in (path, beside) if p]
    scored: dict[str, list[np.ndarray]] = defaultdict(list)
    chosen = []
    for fold in range(FOLDS):
        weights = fit([evidence_of(made, fold) for made in sets])
        shares = [[(c, _tried(c, weights)) for c in made if _needed(c, fold)] for made in sets]
        best = max(THRESHOLDS, key=lambda t: (_elsewhere(shares, fold, t), -t))
        chosen.append(best)
        for collection, tried in shares[0]:
            away = collection.folds == fold
            scored[collection.kind].append(tried[best][away])
            if collection.fold == WHOLE:
                scored[f"whole at {SHIPPED}"].append(tried[SHIPPED][away])
    means = {kind: np.concatenate(parts).mean(axis=0) for kind, parts in scored.items()}
    precision, recall = means.pop("whole").tolist()
    return {
        "f1": _f1(precision, recall),
        "precision": precision,
        "recall": recall,
        **{f"f1, {kind}": _f1(*mean.tolist()) for kind, mean in means.items()},
        "least threshold": min(chosen),
        "most": max(chosen),
    }


def _needed(collection: Collection, fold: int) -> bool:
    return collection.fold in (fold, WHOLE) or collection.kind in CHOSEN_ON


def _elsewhere(sets: Sequence[Sequence[tuple[Collection, Shares]]], fold: int, threshold: float) -> float:
    """The mean F1, over sets and kinds, on the pages that are not of this fold."""
    parts: Mapping[tuple[int, str], list[np.ndarray]] = defaultdict(list)
    for number, tried in enumerate(sets):
        for collection, shares in tried:
            kept = (collection.folds >= 0) & (collection.folds != fold)
            if collection.kind in CHOSEN_ON and kept.any():
                parts[number, collection.kind].append(shares[threshold][kept])
    return float(np.mean([_f1(*np.concatenate(rows).mean(axis=0).tolist()) for rows in parts.values()]))


def _tried(collection: Collection, weights: Weights) -> Shares:
    alike = judged(collection.articles, collection.found, (), StoryOptions(), weights)
    number = len(collection.articles)
    shares = {}
    for threshold in THRESHOLDS:
        groups = average_linkage(number, alike, StoryOptions(threshold=threshold))
        shares[threshold] = _shares(collection.stories, groups)
    return shares


def _shares(stories: np.ndarray, groups: Sequence[Sequence[int]]) -> np.ndarray:
    """Precision and recall of each page; their means are those of ``scorers.b_cubed``."""
    gold = np.unique(stories, return_inverse=True)[1]
    found = np.zeros(len(gold), dtype=np.int64)
    for number, group in enumerate(groups):
        found[list(group)] = number
    table = np.zeros((gold.max() + 1, len(groups)))
    np.add.at(table, (gold, found), 1)
    both = table[gold, found]
    return np.stack([both / table.sum(axis=0)[found], both / table.sum(axis=1)[gold]], axis=1)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
