"""The attribution tagger's network as plain numbers: run with numpy alone, trained elsewhere.

Two stages. The encoder reads every sentence: each token's signs, those of its neighbours in the line and in the tree,
then a pair of LSTMs (Hochreiter and Schmidhuber 1997) forwards and backwards; from that a number says whether the token
is the head of a cue. For each cue a second, smaller pair of LSTMs reads the cue's sentence again, now with how each
word stands to the cue, and says of each word whether it is of the cue, of the source, of the content, or none (as in
semantic role labelling, He et al. 2017). Training (``quality/train_attributions.py``) needs torch; running does not.

The weights are ``model/attributions.npz`` (numbers of 16 bits; the words that it has vectors of its own for).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..language import vectors
from .signs import LONGEST, Beside, Floats, Ints, Signs

MODEL = "attributions.npz"
LISTS = ("lemmas", "tags", "labels", "entities", "relations")
ROLES = ("none", "cue", "source", "content")


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """``weights``: arrays by torch's names; ``lists``: for each of :data:`LISTS` the row of each of its names (row 0
    stands for all others)."""

    weights: Mapping[str, Floats]
    lists: Mapping[str, Mapping[str, int]]

    def encode(self, signs: Signs) -> Floats:
        """``[n, e]``, what the encoder makes of each token."""
        w = self.weights
        names = {k: _rows(self.lists[k], [n[at] for n in signs.names]) for at, k in enumerate(LISTS[1:4])}
        seen = [
            signs.tensor, self._static(signs.words), w["lem.weight"][_rows(self.lists["lemmas"], signs.lemmas)],
            w["tag.weight"][names["tags"]], w["dep.weight"][names["labels"]], w["ent.weight"][names["entities"]],
            signs.flags,
        ]  # fmt: skip
        own = _rectified(_linear(w, "inp", np.concatenate(seen, axis=1)))
        padded = np.concatenate([own, np.zeros((1, own.shape[1]), dtype=np.float32)])
        around = np.concatenate([own, *(padded[signs.near[:, k]] for k in range(signs.near.shape[1]))], axis=1)
        both = np.concatenate([own, _rectified(_linear(w, "nb", around))], axis=1)
        starts, sizes = _parts(signs.starts)
        return np.concatenate([both, _both_ways(w, "lstm", both, starts, sizes)], axis=1)

    def cues(self, encoded: Floats) -> Floats:
        """``[n]`` in (0, 1): whether a token is the head of a cue."""
        hidden = _rectified(_linear(self.weights, "cue.0", encoded))
        return _logistic(_linear(self.weights, "cue.2", hidden)[:, 0])

    def roles(self, encoded: Floats, heads: Ints, bases: Ints, beside: Sequence[Beside]) -> list[Floats]:
        """For each cue ``[m, 4]``: the probability of each of :data:`ROLES` for the words of its ``beside``. ``heads``
        are the cues' tokens, ``bases`` the first tokens of their sentences, both as rows of ``encoded``."""
        if not beside:
            return []
        w = self.weights
        sizes = np.array([b.last - b.first for b in beside], dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        rows = np.concatenate([np.arange(base + b.first, base + b.last) for base, b in zip(bases, beside, strict=True)])
        places = np.concatenate([b.places for b in beside])
        relations = _rows(self.lists["relations"], [r for b in beside for r in b.relations])
        seen = _linear(w, "ct", encoded[rows]) + np.repeat(_linear(w, "cp", encoded[heads]), sizes, axis=0)
        seen += w["rel.weight"][relations]
        for at, name in enumerate(("depth", "dis", "com", "qb", "role")):
            seen += w[f"{name}.weight"][places[:, at]]
        seen = _rectified(seen)
        read = np.concatenate([seen, _both_ways(w, "cl", seen, starts, sizes)], axis=1)
        scores = _linear(w, "out", read)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        return np.split(scores, starts[1:])

    def _static(self, words: Sequence[str]) -> Floats:
        found = [word_vector(word) for word in words]
        stacked = np.stack(found) if found else np.zeros((0, 256), dtype=np.float32)
        return np.asarray(stacked @ self.weights["static"] - self.weights["static.mean"], dtype=np.float32)


@cache
def network() -> Network:
    """The shipped network, read once."""
    with (resources.files("firsthand.statements") / "model" / MODEL).open("rb") as raw, np.load(raw) as arrays:
        return network_from_arrays(arrays)


def network_from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Network:
    """The network that the training wrote."""
    lists = {
        name: {word: row for row, word in enumerate(bytes(arrays[f"list.{name}"]).decode("utf-8").split("\n"))}
        for name in LISTS
    }
    weights = {n: np.asarray(arrays[n], dtype=np.float32) for n in arrays if not n.startswith("list.")}
    return Network(weights, lists)


@lru_cache(maxsize=20_000)
def word_vector(word: str) -> Floats:
    """``[256]``: the mean of the static vectors of a word's pieces."""
    table = vectors.model().vectors
    rows = [row for part in vectors.words_of(word) for row in vectors.pieces_of(part)]
    if not rows:
        return np.zeros(table.shape[1], dtype=np.float32)
    return np.asarray(table[rows].mean(axis=0), dtype=np.float32)


def _rows(index: Mapping[str, int], names: Sequence[str]) -> Ints:
    return np.array([index.get(name, 0) for name in names], dtype=np.int64)


def _parts(starts: Ints) -> tuple[Ints, Ints]:
    """Where the encoder starts, and how many tokens it reads from there."""
    found = [
        (at, min(LONGEST, stop - at))
        for first, stop in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
        for at in range(first, stop, LONGEST)
    ]
    table = np.array(found, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _linear(weights: Mapping[str, Floats], name: str, rows: Floats) -> Floats:
    return np.asarray(rows @ weights[f"{name}.weight"].T + weights[f"{name}.bias"], dtype=np.float32)


def _rectified(rows: Floats) -> Floats:
    return np.maximum(rows, np.float32(0))


def _logistic(rows: Floats) -> Floats:
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * rows), dtype=np.float32)  # as the exponential, without overflow


def _both_ways(weights: Mapping[str, Floats], name: str, rows: Floats, starts: Ints, sizes: Ints) -> Floats:
    ways = []
    for way in ("", "_reverse"):
        bias = weights[f"{name}.bias_ih_l0{way}"] + weights[f"{name}.bias_hh_l0{way}"]
        entering = np.asarray(rows @ weights[f"{name}.weight_ih_l0{way}"].T + bias, dtype=np.float32)
        again = np.ascontiguousarray(weights[f"{name}.weight_hh_l0{way}"].T)
        ways.append(_one_way(entering, again, starts, sizes, backwards=bool(way)))
    return np.concatenate(ways, axis=1)


def _one_way(entering: Floats, again: Floats, starts: Ints, sizes: Ints, *, backwards: bool) -> Floats:
    """An LSTM over many runs of rows at once: step ``t`` takes the ``t``-th row of every run that is that long."""
    width = again.shape[0]
    out = np.zeros((len(entering), width), dtype=np.float32)
    order = np.argsort(-sizes, kind="stable")
    sizes, starts = sizes[order], starts[order]
    hidden, cell = np.zeros((2, len(sizes), width), dtype=np.float32)
    steps = int(sizes[0]) if len(sizes) else 0
    running = np.searchsorted(-sizes, -np.arange(steps), side="left")
    for step in range(steps):
        k = int(running[step])
        rows = starts[:k] + sizes[:k] - 1 - step if backwards else starts[:k] + step
        gates = hidden[:k] @ again
        gates += entering[rows]
        opened = _logistic(gates[:, : 2 * width])
        cell[:k] = opened[:, width:] * cell[:k] + opened[:, :width] * np.tanh(gates[:, 2 * width : 3 * width])
        hidden[:k] = _logistic(gates[:, 3 * width :]) * np.tanh(cell[:k])
        out[rows] = hidden[:k]
    return out
