"""The block classifier: how probable it is that a block belongs to the article's body.

Three steps, all of them numbers in ``model/<media>.npz``: a word model scores each block by its words; boosted trees
read that score among the block's features and its neighbours'; a second forest reads the first one's probabilities
around each block (stacked sequential learning, Cohen and Carvalho 2005), which closes gaps and drops strays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from .blocks import Block
from .features import NAMES, Floats, measure
from .trees import Forest, forest_from_arrays

REACH = (-4, -3, -2, -1, 1, 2, 3, 4)
"""The neighbours whose first probability the second forest sees."""

SECOND: tuple[str, ...] = (
    "p",
    *(f"p[{shift:+d}]" for shift in REACH),
    "p_5", "p_15", "p_before", "p_after", "p_here", "run", "from_top", "from_bottom",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BlockModel:
    """A trained classifier: ``words`` are the word model's weights, ``first`` and ``second`` the two forests."""

    words: Floats
    first: Forest
    second: Forest

    def probabilities(self, blocks: Sequence[Block], title: str, extra: Floats | None = None) -> Floats:
        """How probable it is that each block is body, ``float32[len(blocks)]``. ``extra``, ``float32[n, k]``, are the
        structural columns of HTML that the model was trained with."""
        if not blocks:
            return np.zeros(0, dtype=np.float32)
        rows = measure(blocks, title, self.words, extra)
        first = self.first.probability(rows)
        return self.second.probability(np.hstack([rows, sequence_features(first, rows)]))


def sequence_features(p: Floats, rows: Floats) -> Floats:
    """What the first probabilities say about each block's surroundings, ``float32[n, len(SECOND)]``."""
    n = len(p)
    padded = np.concatenate([np.full(4, -1.0), p, np.full(4, -1.0)]).astype(np.float32)
    shifted = [padded[4 + by : 4 + by + n] for by in REACH]
    chars = np.expm1(rows[:, NAMES.index("size")])
    mass = np.cumsum(p * chars, dtype=np.float64)
    total = max(1.0, float(mass[-1]))
    sure = p > 0.5
    inside = np.flatnonzero(sure)
    top, bottom = (inside[0], inside[-1]) if len(inside) else (0, n - 1)
    at = np.arange(n)
    columns = [
        p, *shifted, _mean(p, 5), _mean(p, 15), mass / total, 1 - mass / total, p * chars / total, _runs(sure),
        np.clip(at - top, -40, 40), np.clip(bottom - at, -40, 40),
    ]  # fmt: skip
    return np.column_stack(columns).astype(np.float32)


def _mean(p: Floats, reach: int) -> NDArray[np.float64]:
    total = np.concatenate([[0.0], np.cumsum(p, dtype=np.float64)])
    at = np.arange(len(p))
    low, high = np.maximum(0, at - reach), np.minimum(len(p), at + reach + 1)
    return np.asarray((total[high] - total[low]) / (high - low))


def _runs(sure: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The length of the run of equal verdicts that each block stands in (at most 30), negative where not body."""
    edges = np.flatnonzero(np.diff(sure.astype(np.int8))) + 1
    bounds = np.concatenate([[0], edges, [len(sure)]])
    lengths = np.repeat(np.diff(bounds), np.diff(bounds))
    return np.asarray(np.minimum(lengths, 30) * np.where(sure, 1.0, -1.0), dtype=np.float64)


@cache
def shipped_model(media: str) -> BlockModel:
    """The model that the package ships for ``text`` or ``html``."""
    path = resources.files("firsthand.articles") / "model" / f"{media}.npz"
    with resources.as_file(path) as file, np.load(file, allow_pickle=False) as arrays:
        held = {name: arrays[name] for name in arrays.files}
    return model_from_arrays(held)


def model_from_arrays(arrays: dict[str, NDArray[np.generic]]) -> BlockModel:
    """The model whose arrays ``quality/train_blocks.py`` wrote."""
    words = np.asarray(arrays["words"], dtype=np.float32)
    return BlockModel(words, forest_from_arrays(arrays, "first"), forest_from_arrays(arrays, "second"))
