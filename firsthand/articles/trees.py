"""Boosted trees as plain numbers: reading a model that was trained elsewhere, and running it with numpy alone.

Trees are small (16 leaves) and run without walking them (QuickScorer, Lucchese et al. 2015): every node that a row
fails takes away the leaves of its left branch, all nodes of all trees at once, and the leftmost leaf that is left is
the row's. Training (``quality/train_blocks.py``) needs LightGBM; running does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAVES = 16
"""Leaves of a tree at most: one bit each of a 16-bit mask."""
CHUNK = 512
"""Rows that run at a time: the tests of 60 trees on them are 2 MB."""


@dataclass(frozen=True, slots=True)
class Forest:
    """``feature``, ``threshold`` and ``mask`` are ``[LEAVES - 1, t]``: where ``row[feature] > threshold`` at a node,
    the leaves whose bit is set in its mask fall away. ``value`` is ``float32[LEAVES * t]``, tree after tree."""

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    mask: NDArray[np.uint16]
    value: NDArray[np.float32]

    def margin(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The sum over the trees, ``float32[n]``, for ``rows`` ``float32[n, f]``; quickest where the columns of
        ``rows`` lie together in memory."""
        parts = [self._margin(rows[at : at + CHUNK].T) for at in range(0, len(rows), CHUNK)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)

    def _margin(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        nodes, trees = self.feature.shape
        tested = columns.take(self.feature.ravel(), axis=0)
        fails = tested > self.threshold.reshape(-1, 1)
        gone = (fails * self.mask.reshape(-1, 1)).reshape(nodes, trees, -1)  # a product is 8 times as fast as a where
        leaf = _lowest_left().take(np.bitwise_or.reduce(gone, axis=0)) + np.arange(0, trees * LEAVES, LEAVES)[:, None]
        return np.asarray(self.value.take(leaf).sum(axis=0), dtype=np.float32)

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """``float32[n]`` in (0, 1): the logistic of :meth:`margin`."""
        return np.asarray(1.0 / (1.0 + np.exp(-self.margin(rows))), dtype=np.float32)

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The forest as named arrays, for ``numpy.savez``."""
        return {f"{prefix}.{name}": getattr(self, name) for name in ("feature", "threshold", "mask", "value")}


@cache
def _lowest_left() -> NDArray[np.intp]:
    """The place of the lowest bit of each 16-bit number that is not set."""
    left = ~np.arange(1 << 16) & 0xFFFF
    return np.asarray(np.log2(np.maximum(1, left & -left)), dtype=np.intp)


def forest_from_arrays(arrays: Mapping[str, NDArray[Any]], prefix: str) -> Forest:
    """The forest that :meth:`Forest.arrays` wrote."""
    feature, threshold, mask, value = (arrays[f"{prefix}.{n}"] for n in ("feature", "threshold", "mask", "value"))
    return Forest(feature, threshold, mask, value)


def forest_from_dump(dump: Mapping[str, Any]) -> Forest:
    """The forest of a LightGBM model's ``dump_model()`` (numerical splits ``<=``, no missing values, at most
    :data:`LEAVES` leaves a tree)."""
    trees = dump["tree_info"]
    feature = np.zeros((LEAVES - 1, len(trees)), dtype=np.int16)
    threshold = np.full((LEAVES - 1, len(trees)), np.inf, dtype=np.float32)
    mask = np.zeros((LEAVES - 1, len(trees)), dtype=np.uint16)
    value = np.zeros((len(trees), LEAVES), dtype=np.float32)
    for at, tree in enumerate(trees):
        leaves: list[float] = []
        nodes: list[tuple[int, float, int]] = []
        _read(tree["tree_structure"], leaves, nodes)
        value[at, : len(leaves)] = leaves
        for k, (name, limit, gone) in enumerate(nodes):
            feature[k, at], threshold[k, at], mask[k, at] = name, _below(limit), gone
    return Forest(feature, threshold, mask, value.ravel())


def _read(tree: Mapping[str, Any], leaves: list[float], nodes: list[tuple[int, float, int]]) -> None:
    """Appends a tree's leaves from left to right, and its nodes, each with the bits of the leaves to its left."""
    if "split_feature" not in tree:
        leaves.append(float(tree["leaf_value"]))
        return
    first = len(leaves)
    _read(tree["left_child"], leaves, nodes)
    nodes.append((int(tree["split_feature"]), float(tree["threshold"]), (1 << len(leaves)) - (1 << first)))
    _read(tree["right_child"], leaves, nodes)


def _below(limit: float) -> np.float32:
    """The greatest 32-bit number that is not above the limit, so that the test gives what it gives in 64 bits."""
    near = np.float32(limit)
    return near if float(near) <= limit else np.nextafter(near, np.float32(-np.inf))
