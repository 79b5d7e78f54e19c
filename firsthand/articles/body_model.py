"""The block classifier: how probable it is that a block belongs to the article's body.

All of it is numbers in ``model/<media>.npz``: a word model scores each block by its words; a handful of small trees
drops the blocks that are furniture for certain, more than half of a page; boosted trees read the rest, with the score
among the block's features and its neighbours'; a second forest reads the first one's probabilities around each block
(stacked sequential learning, Cohen and Carvalho 2005), which closes gaps and drops strays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from .blocks import Block
from .features import BINS, NAMES, Floats, Look, look
from .trees import Forest, forest_from_arrays

REACH = (-4, -3, -2, -1, 1, 2, 3, 4)
"""The neighbours whose first probability the second forest sees."""

FEW = 12
"""Lines of prose up to which a page is a short one, unlike nearly all that the model was trained on."""
DOUBT, DOUBT_FEW = 0.3, 0.12
"""The probability from which a line of prose directly under a paragraph of the body belongs to it (flattened text;
mostly the last paragraph), and that on a short page. From .1 to .35 F1 is the same on flat_news, cross-validated."""
HEART = 0.35
"""The probability from which a block lengthens the passage that is taken for the heart of the article."""
_MEANS = np.array([[5], [15]])

SECOND: tuple[str, ...] = (
    "p",
    *(f"p[{shift:+d}]" for shift in REACH),
    "p_5", "p_15", "p_before", "p_after", "p_here", "run", "from_top", "from_bottom",
    "from_heart", "to_heart", "heart", "kin",
)  # fmt: skip
STYLED = ("p_style", "p_style_others")
"""What the second forest sees besides where the last column numbers the style of a block (HTML)."""


@dataclass(frozen=True, slots=True)
class BlockModel:
    """A trained classifier: ``words`` are the word model's weights; blocks of which the small forest ``gate`` says less
    than ``sure`` (a log odds) are furniture for certain; ``first`` and ``second`` are the forests for the rest."""

    words: Floats
    gate: Forest
    sure: float
    first: Forest
    second: Forest

    def probabilities(self, blocks: Sequence[Block], title: str, extra: Floats | None = None) -> Floats:
        """How probable it is that each block is body, ``float32[len(blocks)]``. ``extra``, ``float32[n, k]``, are the
        structural columns of HTML that the model was trained with."""
        if not blocks:
            return np.zeros(0, dtype=np.float32)
        seen = look(blocks, title)
        return self.judged(seen, seen.rows(self.words, extra))

    def judged(self, seen: Look, rows: Floats) -> Floats:
        """The probabilities from the features of a page's blocks, ``float32[n, f]``."""
        p = np.zeros(len(rows), dtype=np.float32)
        open_ = np.flatnonzero(self.gate.margin(rows) >= self.sure)
        if not len(open_):
            return p
        columns = rows.T.take(open_, axis=1)
        p[open_] = self.first.probability(columns.T)
        around = sequence_features(p, seen, rows).T.take(open_, axis=1)
        p[open_] = self.second.probability(np.concatenate([columns, around]).T)
        if rows.shape[1] == len(NAMES):
            doubt = DOUBT if np.count_nonzero(seen.prose) > FEW else DOUBT_FEW
            p[1:][seen.prose[1:] & (p[1:] >= doubt) & (p[1:] < 0.5) & (p[:-1] >= 0.5)] = 0.5
        return p


def sequence_features(p: Floats, seen: Look, rows: Floats) -> Floats:
    """What the first probabilities say about each block's surroundings, ``float32[n, len(SECOND)]``, in memory one
    column after the other."""
    n = len(p)
    styled = rows.shape[1] > len(NAMES)
    out = np.empty((len(SECOND) + (len(STYLED) if styled else 0), n), dtype=np.float32)
    padded = np.full(n + 8, -1.0, dtype=np.float32)
    padded[4:-4] = p
    out[0] = p
    for k, by in enumerate(REACH, 1):
        out[k] = padded[4 + by : 4 + by + n]
    total = np.zeros(n + 1, dtype=np.float64)
    np.cumsum(p, out=total[1:])
    at = np.arange(n)
    low, high = np.maximum(0, at - _MEANS), np.minimum(n, at + _MEANS + 1)
    out[9:11] = (total.take(high) - total.take(low)) / (high - low)
    chars = np.expm1(seen.own[0])
    here = p * chars
    mass = np.cumsum(here, dtype=np.float64)
    whole = max(1.0, float(mass[-1]))
    out[11] = mass / whole
    out[12] = 1.0 - out[11]
    out[13] = here / whole
    sure = p > 0.5
    inside = np.flatnonzero(sure)
    top, bottom = (int(inside[0]), int(inside[-1])) if len(inside) else (0, n - 1)
    out[14] = _runs(sure)
    first, last = _heart(p, chars)
    out[15], out[16], out[17], out[18] = at - top, bottom - at, at - first, last - at
    np.minimum(40, np.maximum(-40, out[15:19]), out=out[15:19])
    out[19] = float(here[first : last + 1].sum()) / whole
    out[20] = _kinship(seen, p, first, last)
    if styled:
        out[len(SECOND) :] = _by_style(p, here, rows)
    return out.T


def _heart(p: Floats, chars: Floats) -> tuple[int, int]:
    """The first and last block of the passage that holds most likely body and least else (the maximal sum of
    characters times how far the probability is above :data:`HEART`)."""
    total = np.zeros(len(p) + 1, dtype=np.float64)
    np.cumsum((p - HEART) * (chars + 20.0), out=total[1:])
    lowest = np.minimum.accumulate(total)
    last = int(np.argmax(total[1:] - lowest[:-1]))
    return int(np.argmin(total[: last + 1])), last


def _kinship(seen: Look, p: Floats, first: int, last: int) -> NDArray[np.float64]:
    """The share of each block's longer words that stand in another likely block of that passage."""
    n = len(p)
    likely = p > 0.5
    likely[:first] = False
    likely[last + 1 :] = False
    own, told = seen.topic_lines, np.flatnonzero(likely.take(seen.topic_lines))
    held = np.full((2, 1 << BINS), -1, dtype=np.int32)
    lines, topics = own.take(told), seen.topics.take(told)
    held[0, topics[::-1]] = lines[::-1]
    held[1, topics] = lines
    low, high = held.take(seen.topics, axis=1)
    kin = (low >= 0) & ((low != own) | (high != own))
    return np.asarray(np.bincount(own, kin, n) / np.maximum(1, np.bincount(own, minlength=n)))


def _by_style(p: Floats, here: Floats, rows: Floats) -> NDArray[np.float64]:
    """How probable the blocks of each block's style are: by their characters, and the mean of the others."""
    style = rows[:, -1].astype(np.intp)
    size = np.expm1(rows[:, NAMES.index("size")].astype(np.float64))
    count = np.bincount(style)
    total = np.bincount(style, weights=p)
    mass = np.bincount(style, weights=here) / np.maximum(1.0, np.bincount(style, weights=size))
    others = (total.take(style) - p) / np.maximum(1, count.take(style) - 1)
    return np.stack([mass.take(style), np.where(count.take(style) > 1, others, -1.0)])


def _runs(sure: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The length of the run of equal verdicts that each block stands in (at most 30), negative where not body."""
    edges = np.flatnonzero(sure[1:] != sure[:-1]) + 1
    bounds = np.concatenate([[0], edges, [len(sure)]])
    sizes = bounds[1:] - bounds[:-1]
    return np.asarray(np.minimum(np.repeat(sizes, sizes), 30) * np.where(sure, 1.0, -1.0), dtype=np.float64)


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
    gate, first, second = (forest_from_arrays(arrays, name) for name in ("gate", "first", "second"))
    return BlockModel(words, gate, float(arrays["sure"]), first, second)
