"""How right the pairs are that a tool found: recall by kind, precision, components.

Two pages of one event of a copied kind are a pair to be found. Of a ``chain`` (a report that more pages carry than a
run of words may stand on, ``CopyOptions.most_pages_per_fingerprint``) only the component is promised, not every pair,
so its pairs count in no precision and its recall stands apart. Nor do the pairs of an ``unmarked`` statement, of which
one pair of pages often shows nothing that tells it from copied prose: how many are called copies stands by itself.
Components are those that the found pairs make.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.copies_corpus import Truth
from benchmarks.copies_kinds import COPIED, KINDS

Pairs = NDArray[np.int64]
"""Two places of pages a row, the smaller first."""
SHOWN = ("k1", "k2", "k3", "wire")
LONG = 100
"""Words from which the excerpt of a k3 is long (three paragraphs may be three short sentences)."""
NOT_COPIES = ("quote", "statement", "unmarked", "lookalike")


@dataclass(frozen=True, slots=True)
class Scores:
    """``recall`` by kind, and of long excerpts (``k3 long``); ``called`` the share of pairs of each other kind that are
    called copies; ``precision`` of the pairs outside chains and unmarked statements, ``strict`` of those that are no
    wire reports either (whose many pairs flatter), ``unrelated`` the share of found pairs of different events;
    ``whole`` the share of copied events that are one component, ``pure`` the share of components that hold one event's
    pages alone, ``largest`` the pages of the greatest component that holds several events."""

    recall: dict[str, float]
    called: dict[str, float]
    precision: float
    strict: float
    unrelated: float
    whole: float
    pure: float
    largest: int
    found: int

    def flat(self) -> dict[str, float]:
        """All figures by name."""
        held = asdict(self)
        out = {f"recall {kind}": share for kind, share in held.pop("recall").items()}
        return {**out, **{f"called: {kind}": share for kind, share in held.pop("called").items()}, **held}


def score(pairs: Pairs, truth: Truth) -> Scores:
    """Scores the distinct pairs that a tool found."""
    pages = len(truth.event)
    pairs = np.unique(np.sort(pairs.reshape(-1, 2), axis=1), axis=0)
    one = truth.event[pairs[:, 0]] == truth.event[pairs[:, 1]]
    kinds = np.where(one, truth.kind[truth.event[pairs[:, 0]]], len(KINDS))
    hits = np.bincount(kinds, minlength=len(KINDS) + 1)
    sizes = np.bincount(truth.event, minlength=len(truth.kind))
    planted = np.bincount(truth.kind, weights=sizes * (sizes - 1) // 2, minlength=len(KINDS))
    share = {kind: float(hits[i] / planted[i]) if planted[i] else float("nan") for i, kind in enumerate(KINDS)}
    right = int(sum(hits[KINDS.index(kind)] for kind in SHOWN))
    judged = int(hits.sum() - hits[KINDS.index("chain")] - hits[KINDS.index("unmarked")])
    wire = int(hits[KINDS.index("wire")])
    long = (truth.kind == KINDS.index("k3")) & (truth.shared >= LONG) & (sizes == 2)
    share["k3 long"] = float(long[truth.event[pairs[one, 0]]].sum() / long.sum()) if long.any() else float("nan")
    labels = components(pairs, pages)
    whole, pure, largest = _component_scores(labels, truth, sizes)
    return Scores(
        {kind: share[kind] for kind in (*COPIED, "k3 long")},
        {kind: share[kind] for kind in NOT_COPIES},
        right / max(1, judged),
        (right - wire) / max(1, judged - wire),
        float(hits[-1] / max(1, judged)),
        whole,
        pure,
        largest,
        len(pairs),
    )


def components(pairs: Pairs, pages: int) -> NDArray[np.int64]:
    """For each page the smallest page that it is joined with, over any number of pairs."""
    labels = np.arange(pages)
    while True:
        least = np.minimum(labels[pairs[:, 0]], labels[pairs[:, 1]])
        new = labels.copy()
        np.minimum.at(new, labels[pairs[:, 0]], least)
        np.minimum.at(new, labels[pairs[:, 1]], least)
        new = new[new]
        if np.array_equal(new, labels):
            return labels
        labels = new


def _component_scores(labels: NDArray[np.int64], truth: Truth, sizes: NDArray[np.int64]) -> tuple[float, float, int]:
    pages = len(labels)
    of_both = np.unique(np.stack((labels, truth.event), axis=1), axis=0)
    parts = np.bincount(of_both[:, 1], minlength=len(sizes))
    copied = np.isin(truth.kind, [KINDS.index(kind) for kind in COPIED]) & (sizes > 1)
    whole = float((parts[copied] == 1).mean()) if copied.any() else float("nan")
    members, mixed = np.bincount(labels, minlength=pages), np.bincount(of_both[:, 0], minlength=pages)
    joined = members > 1
    # look-alikes and pages with common source matter joined among themselves are one event, and yet wrong
    wrong = np.isin(truth.kind[truth.event], [KINDS.index(kind) for kind in NOT_COPIES])
    impure = joined & ((mixed > 1) | (np.bincount(labels, weights=wrong, minlength=pages) > 0))
    pure = float(1 - impure.sum() / joined.sum()) if joined.any() else float("nan")
    return whole, pure, int(members[joined & (mixed > 1)].max(initial=0))
