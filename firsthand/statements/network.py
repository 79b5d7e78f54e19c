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
    stands for all others); ``recurrent``: the two pairs of LSTMs, laid out for numpy."""

    weights: Mapping[str, Floats]
    lists: Mapping[str, Mapping[str, int]]
    recurrent: Mapping[str, Recurrent]

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
        return np.concatenate([both, _both_ways(self.recurrent["lstm"], both, starts, sizes)], axis=1)

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
        read = np.concatenate([seen, _both_ways(self.recurrent["cl"], seen, starts, sizes)], axis=1)
        scores = _linear(w, "out", read)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        return np.split(scores, starts[1:])

    def _static(self, words: Sequence[str]) -> Floats:
        rows: dict[str, int] = {}
        at = [rows.setdefault(word, len(rows)) for word in words]
        table = np.zeros((len(rows), self.weights["static"].shape[0]), dtype=np.float32)
        for word, row in rows.items():
            table[row] = word_vector(word)
        projected = np.asarray(table @ self.weights["static"] - self.weights["static.mean"], dtype=np.float32)
        return projected[at]


@dataclass(frozen=True, slots=True, eq=False)
class Recurrent:
    """A forward and a backward LSTM side by side. ``entering`` ``[in, 8 * width]`` and ``bias``: from a row to the
    gates of both; ``again`` ``[2, width, 4 * width]``: from the state before. The gates stand as input, forget,
    output, cell, and what goes into the first three is halved: their logistic is ``(1 + tanh(x / 2)) / 2``, so that one
    ``tanh`` serves all four."""

    entering: Floats
    bias: Floats
    again: Floats


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
    return Network(weights, lists, {name: _recurrent(weights, name) for name in ("lstm", "cl")})


def _recurrent(weights: Mapping[str, Floats], name: str) -> Recurrent:
    """From torch's weights, whose gates stand as input, forget, cell, output."""
    entering, bias, again = [], [], []
    for way in ("_l0", "_l0_reverse"):
        width = weights[f"{name}.weight_hh{way}"].shape[1]
        order = np.concatenate([np.arange(2 * width), np.arange(3 * width, 4 * width), np.arange(2 * width, 3 * width)])
        scale = np.where(np.arange(4 * width) < 3 * width, 0.5, 1.0).astype(np.float32)
        entering.append((weights[f"{name}.weight_ih{way}"][order] * scale[:, None]).T)
        bias.append((weights[f"{name}.bias_ih{way}"] + weights[f"{name}.bias_hh{way}"])[order] * scale)
        again.append((weights[f"{name}.weight_hh{way}"][order] * scale[:, None]).T)
    return Recurrent(
        np.ascontiguousarray(np.concatenate(entering, axis=1)),
        np.concatenate(bias),
        np.ascontiguousarray(np.stack(again)),
    )


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


def _both_ways(lstm: Recurrent, rows: Floats, starts: Ints, sizes: Ints) -> Floats:
    """A pair of LSTMs over many runs of rows at once, ``[n, 2 * width]``. The runs are laid out step by step, longest
    first: at step ``t`` the forward one is at the ``t``-th row of every run that is that long, the other as far from
    its end, and both go through the same products."""
    width = lstm.again.shape[1]
    out = np.zeros((len(rows), 2 * width), dtype=np.float32)
    if not len(sizes):
        return out
    order = np.argsort(-sizes, kind="stable")
    sizes, starts = sizes[order], starts[order]
    running = np.searchsorted(-sizes, -np.arange(int(sizes[0])), side="left")
    runs = np.concatenate([np.arange(k) for k in running])
    steps = np.repeat(np.arange(len(running)), running)
    there, back = starts[runs] + steps, (starts + sizes - 1)[runs] - steps
    entering = np.asarray(rows @ lstm.entering + lstm.bias, dtype=np.float32)
    half = 4 * width
    laid_out = np.stack([entering[there, :half], entering[back, half:]])
    read = np.zeros((2, len(steps), width), dtype=np.float32)
    hidden, cell = np.zeros((2, 2, len(sizes), width), dtype=np.float32)
    at = 0
    for k in running.tolist():
        gates = laid_out[:, at : at + k]
        gates += np.matmul(hidden[:, :k], lstm.again)
        np.tanh(gates, out=gates)
        opened = gates[:, :, : 3 * width]
        opened *= np.float32(0.5)
        opened += np.float32(0.5)
        kept = cell[:, :k]
        kept *= opened[:, :, width : 2 * width]
        kept += opened[:, :, :width] * gates[:, :, 3 * width :]
        hidden = np.tanh(kept)
        hidden *= opened[:, :, 2 * width :]
        read[:, at : at + k] = hidden
        at += k
    out[there, :width], out[back, width:] = read
    return out
