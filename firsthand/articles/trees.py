"""Boosted trees as plain numbers: reading a model that was trained elsewhere, and running it with numpy alone.

A model is a forest in six arrays (nodes in one row, children by index, leaves point at themselves), so the whole of it
is an ``npz`` of numbers. Training (``quality/train_blocks.py``) needs LightGBM; running does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Forest:
    """``roots[t]`` is the first node of tree t. At a node, ``row[feature] <= threshold`` goes left, else right; a leaf
    has itself for children and adds its ``value``. ``depth`` is the longest way down."""

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    depth: int

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """``float32[n]`` in (0, 1) for ``rows`` ``float32[n, f]``: the logistic of the sum over the trees."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots)))  # int32: half the memory that moves
        flat, start = (
            np.ascontiguousarray(rows).ravel(),
            (np.arange(len(rows), dtype=np.int32) * rows.shape[1])[:, None],
        )
        feature = self.feature.astype(np.int32)
        for _ in range(self.depth):
            goes_left = flat.take(start + feature.take(node)) <= self.threshold.take(node)
            node = np.where(goes_left, self.left.take(node), self.right.take(node))
        total = self.value[node].sum(axis=1, dtype=np.float64)
        return np.asarray(1.0 / (1.0 + np.exp(-total)), dtype=np.float32)

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The forest as named arrays, for ``numpy.savez``."""
        names = ("roots", "feature", "threshold", "left", "right", "value")
        return {f"{prefix}.{name}": getattr(self, name) for name in names} | {
            f"{prefix}.depth": np.array(self.depth, dtype=np.int32)
        }


def forest_from_arrays(arrays: Mapping[str, NDArray[Any]], prefix: str) -> Forest:
    """The forest that :meth:`Forest.arrays` wrote."""
    names = ("roots", "feature", "threshold", "left", "right", "value")
    roots, feature, threshold, left, right, value = (arrays[f"{prefix}.{name}"] for name in names)
    return Forest(roots, feature, threshold, left, right, value, int(arrays[f"{prefix}.depth"]))


def forest_from_dump(dump: Mapping[str, Any]) -> Forest:
    """The forest of a LightGBM model's ``dump_model()`` (numerical splits ``<=``, no missing values)."""
    roots: list[int] = []
    nodes: list[list[float]] = []  # feature, threshold, left, right, value
    deepest = 0

    def add(tree: Mapping[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        index = len(nodes)
        if "split_feature" not in tree:
            nodes.append([0, 0.0, index, index, float(tree["leaf_value"])])
            return index
        nodes.append([int(tree["split_feature"]), float(tree["threshold"]), 0, 0, 0.0])
        nodes[index][2] = add(tree["left_child"], depth + 1)
        nodes[index][3] = add(tree["right_child"], depth + 1)
        return index

    for tree in dump["tree_info"]:
        roots.append(add(tree["tree_structure"], 0))
    columns = np.array(nodes, dtype=np.float64)
    return Forest(
        np.array(roots, dtype=np.int32),
        columns[:, 0].astype(np.int16),
        columns[:, 1].astype(np.float32),
        columns[:, 2].astype(np.int32),
        columns[:, 3].astype(np.int32),
        columns[:, 4].astype(np.float32),
        deepest,
    )
