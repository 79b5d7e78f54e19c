"""Words in a row that two statements share: nearly the same words, a run, the telling words of a quotation.

In: two contents of one story. Out: shares and runs of words, which :mod:`.sameness` weighs. Each asks first, of sets
kept with each content, whether there can be anything to find.
"""

from __future__ import annotations

from collections.abc import Sequence

from .content import Content, noted

SAME_WORDS = 0.9
"""Two statements that share this share of their words, in order, are the same words."""
QUOTED_ALIKE = 4
"""Telling words that two quotations of one speaker share, to be one utterance."""
RUN_AT_LEAST = 4
"""A shorter run of words is chance."""


def same_words(a: Content, b: Content) -> float:
    """The share of words in the longest common subsequence of two statements, by the longer one (0 where the lengths
    alone rule out :data:`SAME_WORDS`)."""
    x, y = a.plain, b.plain
    if x == y:
        return 1.0 if x else 0.0
    few, many = (len(x), len(y)) if len(x) < len(y) else (len(y), len(x))
    if few < 4 or few / many < 0.8:
        return 0.0
    first, second = _vocabulary(a), _vocabulary(b)
    if len(first & second) < 0.8 * min(len(first), len(second)):
        return 0.0
    row = [0] * (len(y) + 1)
    for word in x:
        before = 0
        for j, other in enumerate(y, start=1):
            here = row[j]
            row[j] = before + 1 if word == other else max(row[j], row[j - 1])
            before = here
    return row[-1] / max(len(x), len(y))


@noted
def _vocabulary(content: Content) -> frozenset[str]:
    return frozenset(content.plain)


@noted
def _runs(content: Content) -> frozenset[tuple[str, ...]]:
    """Every run of :data:`RUN_AT_LEAST` words."""
    return frozenset(zip(*(content.plain[k:] for k in range(RUN_AT_LEAST)), strict=False))


def share_run(a: Content, b: Content) -> bool:
    """Whether a run of :data:`RUN_AT_LEAST` words stands in both statements."""
    return not _runs(a).isdisjoint(_runs(b))


def shared_run(a: Content, b: Content) -> tuple[str, ...]:
    """The longest run of words that stands in both statements; none where that is short."""
    if not share_run(a, b):
        return ()
    run = longest_run(a.plain, b.plain)
    return run if len(run) >= RUN_AT_LEAST else ()


def longest_run(a: Sequence[str], b: Sequence[str]) -> tuple[str, ...]:
    """The longest run of words that stands in both, the first such in ``a``."""
    where: dict[str, list[int]] = {}
    for j, word in enumerate(b):
        where.setdefault(word, []).append(j)
    best = end = 0
    before: dict[int, int] = {}
    for i, word in enumerate(a):
        here: dict[int, int] = {}
        for j in where.get(word, ())[:40]:
            here[j] = before.get(j - 1, 0) + 1
            if here[j] > best:
                best, end = here[j], i + 1
        before = here
    return tuple(a[end - best : end])


def shared_quotation(a: Content, b: Content) -> tuple[str, ...]:
    """The telling words that two quotations share, in order: in runs of two or more."""
    if len(a.quoted) < QUOTED_ALIKE or len(b.quoted) < QUOTED_ALIKE:
        return ()
    pairs = _quoted_pairs(b)
    if pairs.isdisjoint(_quoted_pairs(a)):
        return ()
    marked = [False] * len(a.quoted)
    for i, pair in enumerate(zip(a.quoted, a.quoted[1:], strict=False)):
        if pair in pairs:
            marked[i] = marked[i + 1] = True
    return tuple(word for word, hit in zip(a.quoted, marked, strict=True) if hit)


@noted
def _quoted_pairs(content: Content) -> frozenset[tuple[str, str]]:
    return frozenset(zip(content.quoted, content.quoted[1:], strict=False))
