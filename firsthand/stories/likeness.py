"""How likely two articles are about one happening, and what forbids it.

In: the evidence of each pair (``evidence.py``), copies. Out: a likelihood in [0, 1] for each pair that shares enough
words; every other pair has 0. A logistic regression over the evidence, with weights of its own for pairs of which both
pages are dated (``likelihood.toml``; fitted by ``python -m quality.train_stories``). Pages that were published too far
apart get :data:`APART`, which keeps average linkage from joining them, unless one copies the other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from firsthand.options import StoryOptions
from firsthand.records import Article, Copy

from .evidence import MEASURES, Evidence, evidence
from .signature import Floats, Signature

APART = -0.5
COPIED = {"identical": 1.0, "edited": 0.95, "excerpt": 0.8, "rewrite": 0.65}
"""How likely a copy of a kind alone makes one happening: the same words, or the same content. It counts beside the
evidence as if independent of it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """``near[i]`` holds the likelihood of page ``i`` with each other page; what is not there is 0."""

    near: tuple[Mapping[int, float], ...]

    def between(self, i: int, j: int) -> float:
        """The likelihood of two articles."""
        return self.near[i].get(j, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A weight for each of ``MEASURES`` and a constant, for all pairs, and what is added for pairs of dated pages."""

    all: Floats
    dated: Floats

    def likelihoods(self, rows: Floats) -> Floats:
        """The likelihood in (0, 1) of each row of evidence."""
        full = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
        both = full * rows[:, [MEASURES.index("dated")]]
        return np.asarray(1 / (1 + np.exp(-(full @ self.all + both @ self.dated))))


@cache
def shipped() -> Weights:
    """The weights of ``likelihood.toml``."""
    rows = tomllib.loads((resources.files("firsthand.stories") / "likelihood.toml").read_text(encoding="utf-8"))
    order = (*MEASURES, "constant")
    return Weights(np.array([rows["all"][m] for m in order]), np.array([rows["dated"][m] for m in order]))


def likenesses(
    articles: Sequence[Article],
    signatures: Sequence[Signature],
    copies: Sequence[Copy],
    options: StoryOptions,
) -> Likeness:
    """The likelihood of every pair."""
    return judged(articles, evidence(articles, signatures, copies, options), copies, options, shipped())


def judged(
    articles: Sequence[Article], found: Evidence, copies: Sequence[Copy], options: StoryOptions, weights: Weights
) -> Likeness:
    """The likelihoods under ``weights``, with what forbids and what compels."""
    values = np.where(found.days > options.most_days, APART, weights.likelihoods(found.rows))
    near: tuple[dict[int, float], ...] = tuple({} for _ in articles)
    for i, j, value in zip(found.first.tolist(), found.second.tolist(), values.tolist(), strict=True):
        near[i][j] = near[j][i] = value
    place = {article.page: i for i, article in enumerate(articles)}
    for copy in copies:
        i, j = place[copy.a], place[copy.b]
        known = near[i].get(j, 0.0)
        if copy.relation == "rewrite" and known < 0:
            continue  # what retells a page cannot be months from it
        near[i][j] = near[j][i] = 1 - (1 - max(0.0, known)) * (1 - COPIED[copy.relation])
    return Likeness(near)
