"""Retellings: which sentences of one article tell what sentences of another tell, in other words.

In: two tellings and the likeness of their sentences. Out: the densest block of either article that the other also
tells (:class:`Block`), and the pairs of sentences as passages. Sentences that are mostly quotation are left out: two
newsrooms that heard one speech quote the same words. A block's score is the sum, over its sentences, of how far the
best match lies above :data:`LEVEL`, a sentence counting by its length up to :data:`LONGEST` characters, in hundreds
of characters; it is the maximal one (Kadane), so a good sentence or a run of fair ones both score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..records import Passage, Span
from .tellings import Floats, Telling

LEVEL = 0.35
"""Likeness above which a sentence counts as told again; unrelated news lies below .3, one story's mostly below .4."""
LONGEST = 250.0
CLOSE = 0.5
"""Likeness from which a sentence is closely told again."""
PAIRED = 0.4
"""Likeness from which two sentences are shown as a passage."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows ``[start, end)`` of a telling that the other tells again, with the block's score."""

    start: int
    end: int
    score: float


def densest_block(telling: Telling, best: Floats) -> Block:
    """The block of greatest score; ``best`` [n] is each sentence's best likeness to the other article."""
    gains = (best - LEVEL) * np.minimum(telling.sizes, LONGEST) / 100
    gains[0] = 0.0
    gains[telling.quoted] = 0.0
    found, start, total = Block(1, 1, 0.0), 1, 0.0
    for row in range(1, len(telling)):
        if total <= 0:
            start, total = row, 0.0
        total += float(gains[row])
        if total > found.score:
            found = Block(start, row + 1, total)
    return found


def best_matches(a: Telling, b: Telling, matrix: Floats) -> tuple[Floats, Floats]:
    """Each sentence's best likeness to the other article's sentences proper (no headline, no quotation)."""
    left = matrix.copy()
    left[:, 0] = 0
    left[:, b.quoted] = 0
    best_a: Floats = left.max(1) if len(b) > 1 else np.zeros(len(a), np.float32)
    right = matrix.copy()
    right[0] = 0
    right[a.quoted] = 0
    best_b: Floats = right.max(0) if len(a) > 1 else np.zeros(len(b), np.float32)
    return best_a, best_b


def close_share(telling: Telling, best: Floats) -> float:
    """The share in [0, 1], by length, of an article's sentences (quotations aside) that the other closely tells."""
    own = np.where(telling.quoted, 0.0, telling.sizes)
    own[0] = 0.0
    total = float(own.sum())
    return float(own[best >= CLOSE].sum()) / total if total > 0 else 0.0


def same_news(matrix: Floats) -> float:
    """How far the two articles open with the same news: of headline against headline and of each headline or first
    sentence against the other's first sentences, the best."""
    return float(max(matrix[:2, :4].max(initial=0.0), matrix[:4, :2].max(initial=0.0)))


def paired_sentences(a: Telling, b: Telling, matrix: Floats) -> tuple[Passage, ...]:
    """The pairs of sentences that tell the same, in the order of ``a``: those that are each other's best match, and
    those of which one is the other's best and closely told (two sentences that one sums up)."""
    inner = matrix[1:, 1:]
    if not inner.size:
        return ()
    best_a = inner == inner.max(1, keepdims=True)
    best_b = inner == inner.max(0, keepdims=True)
    paired = (best_a & best_b & (inner >= PAIRED)) | ((best_a | best_b) & (inner >= CLOSE))
    return tuple(Passage(a.spans[row + 1], b.spans[column + 1]) for row, column in np.argwhere(paired).tolist())


def block_passage(a: Telling, b: Telling, matrix: Floats, block: Block) -> Passage:
    """The block as one passage: its characters in ``a``, and in ``b`` from the first to the last sentence told."""
    rows = np.arange(block.start, block.end)
    rows = rows[matrix[rows].max(1) >= LEVEL]
    told = np.unique(matrix[rows][:, 1:].argmax(1) + 1)
    return Passage(
        Span(a.spans[block.start].start, a.spans[block.end - 1].end),
        Span(b.spans[int(told[0])].start, max(b.spans[int(row)].end for row in told)),
    )
