"""The pairs of a story's statements that are worth a close look, judged.

In: nodes (contents of the same words each) and the story's matrices. Out: :class:`Judged` for every pair that was
looked at closely. Which pairs those are is decided by what matrices give at once: shared weight and meaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..records import Copy, Place, Reason, Span
from .conflicts import contradictions
from .content import Content
from .grouping import Pair
from .sameness import EXCLUDING, LEAST_CONTENT, SUBJECT, compare, likelihood, subject_likelihood
from .weights import Array, StoryMatrix

LINKED = 0.3
"""Pairs that are about one subject with this likelihood or more are looked at for disagreements."""
_LEAST_QUICK = 1.5
"""Pairs whose quick score stays below this are not looked at closely."""
_BLOCK = 256
"""Statements whose closeness in meaning to all others is computed at once."""
_MOST_CLOSE = 18
"""At most this many candidates a node are looked at closely, so that a story of 200 pages stays affordable."""

Quick = Mapping[Pair, tuple[float, float, float]]
"""Of each pair worth a close look: quick score, weight shared, closeness in meaning."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of nodes that was looked at closely: the likelihood that they are about one ``subject``, and that they
    assert the ``same`` of it; ``excluded`` where they contradict each other, and so are two claims about it."""

    reasons: tuple[Reason, ...]
    subject: float
    same: float
    excluded: bool = False

    def reason(self, rule: str) -> bool:
        """Whether a rule is among the reasons."""
        return any(r.rule == rule for r in self.reasons)


class Retold:
    """What the copies say about places: the passages of each pair of pages, small ones only (a whole article that is
    the same words says nothing about which sentence answers to which)."""

    def __init__(self, copies: Sequence[Copy], pages: frozenset[str]) -> None:
        self._passages: dict[tuple[str, str], list[tuple[Span, Span]]] = {}
        for copy in copies:
            if copy.a in pages and copy.b in pages and copy.relation != "identical":
                self._passages[copy.a, copy.b] = [(p.a, p.b) for p in copy.passages]
                self._passages[copy.b, copy.a] = [(p.b, p.a) for p in copy.passages]

    def reason(self, a: Content, b: Content) -> Reason | None:
        """Whether a passage links these two statements: the share of each that it covers, the smaller one."""
        best = 0.0
        x, y = a.statement, b.statement
        for span_a, span_b in self._passages.get((x.page, y.page), ()):
            if span_a.overlap(x.span) and span_b.overlap(y.span):
                longest = max(span_a.end - span_a.start, span_b.end - span_b.start)
                if longest <= 1.6 * max(len(x.text), len(y.text)):
                    share_a = span_a.overlap(x.span) / max(1, len(x.text))
                    best = max(best, min(share_a, span_b.overlap(y.span) / max(1, len(y.text))))
        if best < 0.5:
            return None
        places = (Place(x.page, x.span), Place(y.page, y.span))
        return Reason("same-passage", "a passage of one page retells this place of the other", min(best, 1.0), places)


def judge_pairs(nodes: Sequence[Sequence[Content]], matrix: StoryMatrix, retold: Retold) -> dict[Pair, Judged]:
    """Every pair of nodes that was looked at closely, with its reasons."""
    quick = _candidates(matrix)
    for a, b in sorted(_quoting(matrix.contents) - quick.keys()):
        meaning = float(matrix.vectors[a] @ matrix.vectors[b])
        quick[a, b] = (-9.0, matrix.mass(matrix.contents[a].bag & matrix.contents[b].bag), meaning)
    closer = _closer_elsewhere(nodes, quick)
    judged: dict[Pair, Judged] = {}
    for a, b in sorted(quick):
        if not _may_compare(nodes[a], nodes[b]):
            continue
        x, y = nodes[a][0], nodes[b][0]
        _, shared, meaning = quick[a, b]
        reasons = compare(x, y, matrix, shared, meaning, (float(matrix.totals[a]), float(matrix.totals[b])))
        passage = retold.reason(x, y)
        if passage:
            reasons = (*reasons, passage)
        apart_from_rank = subject_likelihood(reasons)
        if closer[a, b]:
            places = (Place(x.statement.page, x.statement.span), Place(y.statement.page, y.statement.span))
            many = float(min(5, closer[a, b]))
            reasons = (*reasons, Reason("closer-elsewhere", f"{closer[a, b]} pair(s) lie closer", many, places))
        if apart_from_rank >= LINKED:
            reasons = (*reasons, *contradictions(x, y, matrix.weight))
        excluded = any(r.rule in EXCLUDING for r in reasons)
        judged[a, b] = Judged(reasons, subject_likelihood(reasons), likelihood(reasons), excluded)
    return judged


def _may_compare(a: Sequence[Content], b: Sequence[Content]) -> bool:
    """Whether two nodes can be one claim at all: a refusal to comment and an assertion never are."""
    return (a[0].statement.kind == "no_comment") == (b[0].statement.kind == "no_comment")


def _candidates(matrix: StoryMatrix) -> dict[Pair, tuple[float, float, float]]:
    """Pairs worth a close look. The quick score is the evidence that matrices give; the heads of articles are always
    looked at."""
    found: dict[Pair, tuple[float, float, float]] = {}
    n = len(matrix.contents)
    leads = np.array([c.leads for c in matrix.contents])
    for begin in range(0, n, _BLOCK):
        meanings = matrix.meaning_rows(begin, min(n, begin + _BLOCK))
        for i, meaning in enumerate(meanings, start=begin):
            shared = matrix.shared_row(i)
            share = shared / np.maximum(LEAST_CONTENT, np.minimum(matrix.totals, matrix.totals[i]))
            quick = (
                SUBJECT["shared-share"] * share
                + SUBJECT["shared-weight"] * shared
                + SUBJECT["near-in-meaning"] * meaning
                + (SUBJECT["both-lead"] * leads if leads[i] else 0.0)
            )
            quick[i] = -np.inf
            for j in _best(quick):
                pair = (min(i, j), max(i, j))
                found[pair] = (float(quick[j]), float(shared[j]), float(meaning[j]))
    return found


def _best(quick: Array) -> list[int]:
    """The places of the highest scores, at most ``_MOST_CLOSE`` of those that reach ``_LEAST_QUICK``, best first."""
    enough = np.flatnonzero(quick >= _LEAST_QUICK)
    if len(enough) > _MOST_CLOSE:
        least = np.partition(quick[enough], -_MOST_CLOSE)[-_MOST_CLOSE]
        enough = enough[quick[enough] >= least]
    order = np.lexsort((enough, -quick[enough]))[:_MOST_CLOSE]
    return [int(j) for j in enough[order]]


def _quoting(contents: Sequence[Content]) -> set[Pair]:
    """Pairs whose quotations share two words in a row: they are looked at whatever else they share."""
    where: dict[tuple[str, str], list[int]] = {}
    for i, content in enumerate(contents):
        for gram in sorted(set(zip(content.quoted, content.quoted[1:], strict=False))):
            where.setdefault(gram, []).append(i)
    found: set[Pair] = set()
    for many in where.values():
        few = many[:_MOST_CLOSE]
        found.update((a, b) for k, a in enumerate(few) for b in few[k + 1 :])
    return found


def _closer_elsewhere(nodes: Sequence[Sequence[Content]], quick: Quick) -> dict[Pair, int]:
    """For each pair, how many statements of the two pages answer better to one of the two than the other does."""
    lists: dict[int, list[tuple[float, int]]] = {}
    for (a, b), (score, _, _) in sorted(quick.items()):
        lists.setdefault(a, []).append((score, b))
        lists.setdefault(b, []).append((score, a))
    pages = [frozenset(c.statement.page for c in node) for node in nodes]

    def better(a: int, b: int, score: float) -> int:
        return sum(1 for other, k in lists[a] if other > score and k != b and pages[k] & pages[b] and k != a)

    return {(a, b): better(a, b, score) + better(b, a, score) for (a, b), (score, _, _) in quick.items()}
