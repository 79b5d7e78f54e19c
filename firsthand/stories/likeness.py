"""How likely two articles are about one happening, and what forbids it.

In: the evidence of each pair (``evidence.py``), copies. Out: a likelihood in [0, 1] for each pair that shares enough
words; every other pair has 0. A logistic regression over the evidence, with weights of its own for pairs of which both
pages have a day, and some for pairs of which one has (``likelihood.toml``; fitted by ``python -m
quality.train_stories``): a page without a day is compared with those of all days, so it asks for more. Pages that were
published too far apart get :data:`APART`, which keeps average linkage from joining them, unless one copies the other.
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


_TIMED = ("days", "next_day", "later", "days_apart")
_PLAIN = tuple(measure for measure in MEASURES if measure not in (*_TIMED, "dated", "mixed"))
PARTS: Mapping[str, tuple[str, ...]] = {
    "all": _PLAIN,
    "dated": (*_PLAIN, *_TIMED, "dated"),
    "mixed": ("near_two", "alone", "mixed"),
}
"""The measures that have a weight for all pairs, one that is added where both pages have a day, one where one has."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """``near[i]`` holds the likelihood of page ``i`` with each other page; what is not there is 0."""

    near: tuple[Mapping[int, float], ...]

    def between(self, i: int, j: int) -> float:
        """The likelihood of two articles."""
        return self.near[i].get(j, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A weight for each column of :func:`design`, and a constant."""

    columns: Floats
    constant: float

    def likelihoods(self, rows: Floats) -> Floats:
        """The likelihood in (0, 1) of each row of evidence."""
        return np.asarray(1 / (1 + np.exp(-(design(rows) @ self.columns + self.constant))))


def design(rows: Floats) -> Floats:
    """The evidence as the regression reads it: all measures, once more those of two pages that have a day, and once
    more, for some, those of which one has (:data:`PARTS`)."""
    dated, mixed = (rows[:, [MEASURES.index(name)]] for name in ("dated", "mixed"))
    plain, timed, mixed_too = ([MEASURES.index(name) for name in part] for part in PARTS.values())
    return np.concatenate([rows[:, plain], rows[:, timed] * dated, rows[:, mixed_too] * mixed], axis=1)


@cache
def shipped() -> Weights:
    """The weights of ``likelihood.toml``."""
    rows = tomllib.loads((resources.files("firsthand.stories") / "likelihood.toml").read_text(encoding="utf-8"))
    return Weights(np.array([rows[part][name] for part, names in PARTS.items() for name in names]), rows["constant"])


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
