"""Stories cross-validated: every fold of topics is judged with weights and a threshold fitted without it.

``python -m quality.stories PATH --cross-validate [--beside OTHER]``
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from firsthand.options import StoryOptions
from firsthand.stories.grouping import average_linkage
from firsthand.stories.likeness import Weights, judged

from .frame import Figures
from .train_stories import Collection, collections, evidence_of, fit

FOLDS = 4
THRESHOLDS = (0.3, 0.34, 0.38, 0.42, 0.46, 0.5)


def cross_validated(path: Path, beside: Path | None = None) -> Figures:
    """B-cubed of PATH as one collection, the mean over folds; ``beside`` is a set to learn from as well."""
    own, others = list(collections(path)), list(collections(beside)) if beside else []
    whole, topics = own[0], sorted(set(own[0].topics.tolist()))
    random.Random(0).shuffle(topics)
    total, pages, chosen = np.zeros(2), 0, []
    for fold in range(FOLDS):
        held_out = frozenset(topics[fold::FOLDS])
        parts = [evidence_of(own, held_out), *([evidence_of(others)] if others else [])]
        weights = fit(np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]))
        found = {t: _grouped(whole, weights, t) for t in THRESHOLDS}
        away = np.array([topic in held_out for topic in whole.topics])
        best = max(THRESHOLDS, key=lambda t: _f1(*_shares(whole, found[t])[~away].mean(axis=0)))
        chosen.append(best)
        total += _shares(whole, found[best])[away].sum(axis=0)
        pages += int(away.sum())
    precision, recall = (total / pages).tolist()
    f1 = _f1(precision, recall)
    return {"f1": f1, "precision": precision, "recall": recall, "least threshold": min(chosen), "most": max(chosen)}


def _grouped(whole: Collection, weights: Weights, threshold: float) -> list[int]:
    options = StoryOptions(threshold=threshold)
    groups = average_linkage(len(whole.articles), judged(whole.articles, whole.found, (), options, weights), options)
    group_of = {page: k for k, group in enumerate(groups) for page in group}
    return [group_of[i] for i in range(len(whole.articles))]


def _shares(whole: Collection, groups: list[int]) -> np.ndarray:
    """Precision and recall of each page; their means are those of ``scorers.b_cubed``."""
    group = np.array(groups)
    rows = []
    for story, found in zip(whole.stories, groups, strict=True):
        mine, theirs = whole.stories == story, group == found
        both = int((mine & theirs).sum())
        rows.append((both / int(theirs.sum()), both / int(mine.sum())))
    return np.array(rows)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
