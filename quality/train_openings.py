"""Fits what each reason counts for two openings asserting the same: ``python -m quality.train_openings PATH``.

In: PATH, records with ``id``, ``title``, ``text``, ``date``, ``url``, ``source``; ``same_stories.json`` and readers 5
and 6 of ``lead_stories.json`` beside this file, 180 of these stories in which every pair of statements of two articles
was marked, in the second as far as they were read (:mod:`quality.same_stories`, :mod:`quality.lead_stories`). Marks are
1 for the same, 0.5 for partly the same, 0 for all that was left out. Out: ``OPENINGS`` and ``OPENINGS_BASE`` of
``claims/sameness.py``; and, of pairs that both stand among the first of their pages and are looked at closely, the
average precision by the likelihood that the fit on other stories gives (:data:`FOLDS` parts, no story in two), by the
one for all pairs, and by band of likelihood how often they are the same. Numbers leave this command, never text.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from firsthand.claims.aligning import same_words_together
from firsthand.claims.content import read_content
from firsthand.claims.opening import OPENING
from firsthand.claims.pairs import Retold, judge_pairs
from firsthand.claims.sameness import BASE, EVIDENCE, OPENINGS
from firsthand.claims.weights import compare_story
from firsthand.records import Findings, Statement

from .frame import page_record, records_named
from .marked_places import LEAST_OVERLAP, Place
from .train_sameness import STEPS, Array, traced

MARKS = tuple(Path(__file__).with_name(name) for name in ("same_stories.json", "lead_stories.json"))
KEPT_BACK = (7,)
"""The reader whose stories nothing is fitted on."""
PARTLY = 0.5
LEARNED = 0.75
"""The mark by which partly the same is learned: a sentence that asserts what another does, and more, carries it."""
LEAN = 0.25
"""Log odds that are added: joined in error is mostly partly the same, left apart in error is the story's main claim."""
PENALTY = 100.0
"""Strength of the ridge that holds the weights of measures of unit variance to what they are for all pairs: openings of
180 stories are few, and with a lesser one what is fitted serves unseen editors' stories no better."""
FOLDS = 8
BANDS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 1.01)

Rows = tuple[list[list[float]], list[float], list[float]]


def stories() -> list[dict[str, Any]]:
    """The marked stories, in the order of the files."""
    rows = [row for path in MARKS for row in json.loads(path.read_text(encoding="utf-8"))]
    return [row for row in rows if row["reader"] not in KEPT_BACK]


def learned_from(path: Path) -> tuple[list[dict[str, Any]], Findings]:
    """The marked stories, and a run over their articles in PATH."""
    rows = stories()
    names = [name for row in rows for name in row["articles"]]
    texts = records_named(path, names)
    return rows, traced([page_record(texts[name], name) for name in names])


def openings_of(story: Mapping[str, Any], found: Findings) -> Rows:
    """Of the pairs of openings of two pages that were looked at closely and are not the same words: the weights of the
    reasons of :data:`OPENINGS`, the marks, and the scores that all pairs have. The articles are taken as one story,
    whatever the run grouped."""
    page_of = {page.given_id: page.id for page in found.pages}
    pages = [page_of[name] for name in story["articles"]]
    ends = dict(zip(pages, story.get("read", [None] * len(pages)), strict=True))
    mine = sorted((s for s in found.statements if s.page in ends), key=lambda s: (s.page, s.span, s.id))
    nodes = same_words_together([read_content(s) for s in mine])
    node_of = {content.statement.id: i for i, node in enumerate(nodes) for content in node}
    marks: dict[tuple[int, int], float] = {}
    for mark, groups in ((PARTLY, story["partly"]), (1.0, story["same"])):
        for group in groups:
            held = {node_of[s.id] for place in group if (s := _statement(place, pages, mine)) is not None}
            marks.update((pair, mark) for pair in combinations(sorted(held), 2))
    judged = judge_pairs(nodes, compare_story([node[0] for node in nodes]), Retold(found.copies, frozenset(pages)))
    rows: Rows = ([], [], [])
    for (i, j), pair in judged.items():
        a, b = nodes[i][0].statement, nodes[j][0].statement
        read = all(ends[s.page] is None or s.span.start < ends[s.page] for s in (a, b))
        if a.page != b.page and read and pair.reason(OPENING) and not pair.reason("same-words"):
            weights = {r.rule: r.weight for r in pair.reasons}
            rows[0].append([weights.get(rule, 0.0) for rule in OPENINGS])
            rows[1].append(marks.get((i, j), 0.0))
            rows[2].append(BASE + sum(EVIDENCE.get(rule, 0.0) * weight for rule, weight in weights.items()))
    return rows


def _statement(place: Place, pages: Sequence[str], statements: Sequence[Statement]) -> Statement | None:
    """The statement at a marked place: the one that shares most with it."""
    article, start, end = place
    best, most = None, LEAST_OVERLAP
    for statement in statements:
        span = statement.span
        share = (min(span.end, end) - max(span.start, start)) / max(1, min(end - start, span.end - span.start))
        if statement.page == pages[article] and share >= most and (best is None or share > most):
            best, most = statement, share
    return best


def fit(table: Array, marks: Array) -> tuple[Array, float]:
    """Logistic regression on marks in [0, 1] with a ridge towards ``EVIDENCE``, by Newton's method: weights, base."""
    mean, spread = table.mean(0), table.std(0) + 1e-6
    x = np.c_[(table - mean) / spread, np.ones(len(table))]
    known = np.r_[np.array([EVIDENCE.get(rule, 0.0) for rule in OPENINGS]) * spread, 0.0]
    ridge = np.r_[np.full(table.shape[1], PENALTY), 1e-6]
    w = known.copy()
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        slope = x.T @ (p - marks) + ridge * (w - known)
        bend = (x * (p * (1.0 - p))[:, None]).T @ x + np.diag(ridge)
        w = w - np.linalg.solve(bend, slope)
    weights = w[:-1] / spread
    return weights, float(w[-1] - weights @ mean)


def average_precision(scores: Array, marks: Array) -> float:
    """Of pairs that are the same or not at all."""
    sure = marks != PARTLY
    right = (marks[sure] == 1.0)[np.argsort(-scores[sure], kind="stable")]
    precision = right.cumsum() / np.arange(1, len(right) + 1)
    return float(precision[right].mean())


def main(path: Path) -> None:
    rows, found = learned_from(path)
    parts = [openings_of(story, found) for story in rows]
    part = np.array([n % FOLDS for n, each in enumerate(parts) for _ in each[1]])
    table = np.array([row for each in parts for row in each[0]])
    marks = np.array([mark for each in parts for mark in each[1]])
    before = np.array([score for each in parts for score in each[2]])
    learned = np.where(marks == PARTLY, LEARNED, marks)
    unseen = np.zeros(len(marks))
    for k in range(FOLDS):
        weights, base = fit(table[part != k], learned[part != k])
        unseen[part == k] = table[part == k] @ weights + base + LEAN
    print(f"{len(rows)} stories, {len(marks)} pairs of openings, {(marks == 1.0).sum()} the same")
    print(f"average precision {average_precision(unseen, marks):.3f}, by what counts elsewhere", end=" ")
    print(f"{average_precision(before, marks):.3f}")
    likely = 1.0 / (1.0 + np.exp(-unseen))
    for low, high in pairwise(BANDS):
        chosen = (likely >= low) & (likely < high)
        if chosen.any():
            same, near = (marks[chosen] == 1.0).mean(), (marks[chosen] > 0.0).mean()
            print(f"likelihood {low:.2f} to {min(high, 1):.2f}: {chosen.sum()} pairs, same {same:.2f}, near {near:.2f}")
    weights, base = fit(table, learned)
    for rule, weight in zip(OPENINGS, weights, strict=True):
        print(f'    "{rule}": {weight:.2f},')
    print(f"OPENINGS_BASE = {base + LEAN:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    main(parser.parse_args().path)
