"""Makes ``firsthand/stories/likelihood.toml``: how likely two pages are of one story, as weights of a logistic
regression over ``stories.likeness.design``.

``python -m quality.train_stories PATH... [--keep-back NAME:DIGITS] -o FILE``

In: sets in the formats of ``quality/stories.py``. Every set is read as collections of several kinds
(``story_draws.py``), so that what is relative to other pages holds where there are many and where there are few; each
kind counts by its share (:data:`story_draws.SHARES`), however many pairs it has. The fit is by Newton's method with a
ridge; seeded, so the same input gives the same numbers.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from firsthand.options import StoryOptions
from firsthand.stories.likeness import PARTS, Weights, design
from firsthand.stories.signature import Floats

from .story_draws import SHARES, Collection, collections, kept_back

RIDGE = 1.0
PAIRS = 4000
"""A kind of collections with a share of 1 counts as so many pairs of one story."""


def evidence_of(made: Sequence[Collection], fold: int | None = None) -> tuple[Floats, np.ndarray, Floats]:
    """All pairs to learn from, whether each is of one story, and how much it counts: those whose dates allow one story,
    without what belongs to ``fold`` or is kept back. ``made`` are the collections of one set."""
    rows, together, kinds = [], [], []
    for collection in made:
        if fold is not None and collection.fold == fold:
            continue
        found = collection.found
        free = (collection.folds >= 0) & (collection.folds != (-1 if fold is None else fold))
        kept = free[found.first] & free[found.second] & (found.days <= StoryOptions().most_days)
        rows.append(found.rows[kept])
        together.append(collection.together[kept])
        kinds += [collection.kind] * int(kept.sum())
    same = np.concatenate(together)
    found_of = Counter(kind for kind, one in zip(kinds, same.tolist(), strict=True) if one)
    counts = {kind: SHARES[kind] * PAIRS / max(1, found_of[kind]) for kind in SHARES}
    return np.concatenate(rows), same, np.array([counts[kind] for kind in kinds])


def fit(parts: Sequence[tuple[Floats, np.ndarray, Floats]], ridge: float = RIDGE, rounds: int = 15) -> Weights:
    """Weights by penalised likelihood. What the measures share is split among them, so one that says nearly what
    another says can have a weight below 0: only the sum means something."""
    full = design(np.concatenate([rows for rows, _, _ in parts]))
    together, counts = (np.concatenate([part[k] for part in parts]).astype(np.float64) for k in (1, 2))
    middle = np.average(full, axis=0, weights=counts)
    spread = np.sqrt(np.average((full - middle) ** 2, axis=0, weights=counts))
    spread[spread < 1e-9] = np.inf  # a measure that never differs has no weight
    scaled = np.concatenate([(full - middle) / spread, np.ones((len(full), 1))], axis=1)
    penalty = np.append(np.full(full.shape[1], ridge), 0.0)
    weights = np.zeros(scaled.shape[1])
    for _ in range(rounds):
        expected = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (counts * (together - expected)) - penalty * weights
        curve = (scaled * (counts * (expected * (1 - expected) + 1e-9))[:, None]).T @ scaled + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    raw = weights[:-1] / spread
    return Weights(raw, float(weights[-1] - (middle * raw).sum()))


def written(weights: Weights, paths: Sequence[Path]) -> str:
    """The weights as TOML."""
    names = ", ".join(path.name for path in paths)
    lines = [
        f"# Weights of stories/likeness.py, made by quality.train_stories from {names}.",
        f"constant = {weights.constant:.3f}",
    ]
    values = iter(weights.columns.tolist())
    for part, measures in PARTS.items():
        lines += ["", f"[{part}]", *(f"{measure} = {next(values):.3f}" for measure in measures)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--keep-back", help="NAME:DIGITS, topics of that set (by digest) that are not learned from")
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    sets = [list(collections(path, kept_back(path, given.keep_back))) for path in given.paths]
    parts = [evidence_of(made) for made in sets]
    given.output.write_text(written(fit(parts), given.paths), encoding="utf-8")
    together = sum(int(part[1].sum()) for part in parts)
    print(f"{sum(len(part[0]) for part in parts)} pairs, {together} of one story, {sum(map(len, sets))} collections")


if __name__ == "__main__":
    main()
