"""The pairs of a story's statements that are worth a close look, judged.

In: nodes (contents of the same words each) and the story's matrices. Out: :class:`Judged` for every pair that was
looked at closely. Which pairs those are is decided by what matrices give at once: shared weight and meaning.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from ..language.amounts import comparable
from ..records import Copy, Place, Reason, Span
from .conflicts import contradictions
from .content import Content
from .grouping import Pair
from .opening import Openings
from .runs import QUOTED_ALIKE, SAME_WORDS, same_words, share_run
from .sameness import (
    EXCLUDING,
    LEAST_CONTENT,
    LONGEST_RUN,
    SUBJECT,
    SUBJECT_BASE,
    compare,
    credits_report,
    likelihood,
    subject_likelihood,
)
from .weights import Array, StoryMatrix

LINKED = 0.3
"""Pairs that are about one subject with this likelihood or more are looked at for disagreements."""
_LEAST_QUICK = 1.5
"""Pairs whose quick score stays below this are not looked at closely."""
_UNSCORED = -9.0
"""The quick score of pairs that are looked at for another reason."""
_ROUNDING = 1e-3
"""What the quick score, of single precision, may be off by."""
_BLOCK = 256
"""Statements whose closeness in meaning to all others is computed at once."""
_MOST_CLOSE = 18
"""At most this many candidates a node are looked at closely, so that a story of 200 pages stays affordable."""

_MOST_CLOSER = 5
"""More pairs that lie closer count no more."""

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


class Judgements(dict[Pair, Judged]):
    """The judged pairs of a story in order. Pairs of which nothing can come (``idle``) are none of them, and are judged
    only when they are asked for by :meth:`of`."""

    def __init__(self, pairs: Iterable[Pair], idle: Set[Pair], judge: Callable[[int, int], Judged]) -> None:
        super().__init__((pair, judge(*pair)) for pair in pairs if pair not in idle)
        self._idle = idle
        self._judge = judge
        self._asked: dict[Pair, Judged] = {}

    def of(self, i: int, j: int) -> Judged | None:
        """The judgement of two nodes, if they are worth a close look."""
        pair = (i, j) if i < j else (j, i)
        if pair in self._idle and pair not in self._asked:
            self._asked[pair] = self._judge(*pair)
        return self.get(pair) or self._asked.get(pair)


def judge_pairs(
    nodes: Sequence[Sequence[Content]], matrix: StoryMatrix, retold: Retold, restates: float = 0.0
) -> Judgements:
    """Every pair of nodes that is worth a close look, with its reasons. Idle is a pair of one page that stays apart
    whatever its reasons are, since two nodes of a page are one claim only if they are about one subject with a
    likelihood of ``restates`` or more."""
    quick = _candidates(matrix)
    for a, b in sorted(_quoting(matrix.contents) - quick.keys()):
        meaning = float(matrix.vectors[a] @ matrix.vectors[b])
        quick[a, b] = (_UNSCORED, matrix.mass(matrix.contents[a].bag & matrix.contents[b].bag), meaning)
    closer = _closer_elsewhere(nodes, quick)
    idle = _idle(nodes, quick, closer, restates)
    openings = Openings(matrix)

    def judge(a: int, b: int) -> Judged:
        x, y = nodes[a][0], nodes[b][0]
        _, shared, meaning = quick[a, b]
        reasons = compare(x, y, matrix, shared, meaning, (float(matrix.totals[a]), float(matrix.totals[b])))
        passage = retold.reason(x, y)
        if passage:
            reasons = (*reasons, passage)
        subject = apart_from_rank = subject_likelihood(reasons)
        if closer[a, b]:
            places = (Place(x.statement.page, x.statement.span), Place(y.statement.page, y.statement.span))
            many = float(min(_MOST_CLOSER, closer[a, b]))
            reasons = (*reasons, Reason("closer-elsewhere", f"{closer[a, b]} pair(s) lie closer", many, places))
            subject = subject_likelihood(reasons)
        reasons = (*reasons, *openings.reasons(a, b))
        if apart_from_rank >= LINKED:
            reasons = (*reasons, *contradictions(x, y, matrix.weight))
        excluded = not EXCLUDING.isdisjoint([r.rule for r in reasons])
        return Judged(reasons, subject, likelihood(reasons), excluded)

    pairs = sorted((a, b) for a, b in quick if _may_compare(nodes[a], nodes[b]))
    return Judgements(pairs, idle.intersection(pairs), judge)


def _idle(nodes: Sequence[Sequence[Content]], quick: Quick, closer: Mapping[Pair, int], restates: float) -> set[Pair]:
    """The pairs of which nothing can come: both stand on one page and nowhere else, they cannot restate each other by
    all that the quick score leaves open, they do not bear on the figures of other claims, and neither has nearly the
    words of a third node, with which it would be one."""
    pages = [node[0].statement.page if len({c.statement.page for c in node}) == 1 else "" for node in nodes]
    least = math.log(restates / (1.0 - restates)) - _ROUNDING if 0.0 < restates < 1.0 else -math.inf
    open_score = SUBJECT_BASE + SUBJECT["same-clause"] + SUBJECT["same-speaker"]
    found: set[Pair] = set()
    for (a, b), (score, _, _) in quick.items():
        if not pages[a] or pages[a] != pages[b] or score == _UNSCORED:
            continue
        most = score + open_score + SUBJECT["closer-elsewhere"] * min(_MOST_CLOSER, closer[a, b])
        x, y = nodes[a][0], nodes[b][0]
        if most < least and not _bears_on_figures(x, y):
            longest = SUBJECT["same-run"] * LONGEST_RUN if share_run(x, y) else 0.0
            quoting = min(len(x.quoted), len(y.quoted)) >= QUOTED_ALIKE
            credits = credits_report(x.statement) or credits_report(y.statement)
            if not quoting and not credits and most + longest < least:
                found.add((a, b))
    alike = {a for pair in quick for a in pair if same_words(*(nodes[i][0] for i in pair)) >= SAME_WORDS}
    return {(a, b) for a, b in found if a not in alike and b not in alike}


def _bears_on_figures(a: Content, b: Content) -> bool:
    """Whether both of two statements give a figure of one thing: they can then show that a third tells both figures."""
    return any(comparable(x, y) for x in a.amounts for y in b.amounts)


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
        shared = np.stack([matrix.shared_row(i) for i in range(begin, begin + len(meanings))])
        lighter = np.minimum(matrix.totals[None, :], matrix.totals[begin : begin + len(meanings), None])
        share = shared / np.maximum(LEAST_CONTENT, lighter)
        scores = (
            SUBJECT["shared-share"] * share + SUBJECT["shared-weight"] * shared + SUBJECT["near-in-meaning"] * meanings
        )
        for row in range(len(meanings)):
            i = begin + row
            quick = scores[row] + SUBJECT["both-lead"] * leads if leads[i] else scores[row]
            quick[i] = -np.inf
            for j in _best(quick):
                found[(i, j) if i < j else (j, i)] = (float(quick[j]), float(shared[row, j]), float(meanings[row, j]))
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
        held = pages[b]
        return sum([other > score and k != b and not held.isdisjoint(pages[k]) and k != a for other, k in lists[a]])

    return {(a, b): better(a, b, score) + better(b, a, score) for (a, b), (score, _, _) in quick.items()}
