"""Fits what each reason counts for two statements asserting the same: ``python -m quality.train_sameness PATH``.

In: PATH, records with ``id``, ``title``, ``text``, ``date``, ``url``, ``source`` and ``story``; ``same_pairs.tsv``
beside this file, 574 pairs of statements of 76 of these stories as a reader marked them (article, characters from and
to, the same of the other, mark). A mark is 1 where the two assert the same, 0.5 where they share an assertion that is
the main one of neither, 0.2 where that is doubtful, 0 where they do not; the pairs were drawn from all that are looked
at closely, more of the likely ones. Out: the weights of ``EVIDENCE`` and ``BASE`` in ``claims/sameness.py``, and how
often pairs of unseen stories are the same by the likelihood that the others' fit gives them (:data:`FOLDS` parts, no
story in two). Stories that two editors marked (``marked_stories.json``) are left out, so that they stay unseen (the
weights that ship saw four of them: docs/decisions/0010).
Numbers leave this command, never text. Takes some minutes, nearly all of it for reading the statements.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.aligning import same_words_together
from firsthand.claims.content import read_content
from firsthand.claims.pairs import Retold, judge_pairs
from firsthand.claims.sameness import EVIDENCE
from firsthand.claims.weights import compare_story
from firsthand.pipeline import findings, trace
from firsthand.records import Findings, Story
from firsthand.store import FILE_NAME, Collection

from .frame import read_records

PAIRS = Path(__file__).with_name("same_pairs.tsv")
EDITED = Path(__file__).with_name("marked_stories.json")
FOLDS = 15
PENALTY = 2.5
"""Strength of the ridge on the weights of measures of unit variance."""
STEPS = 50
BANDS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.01)

Array = NDArray[np.float64]
Mark = tuple[str, int, int, str, int, int, float]


def read_marks(path: Path) -> list[Mark]:
    """The marked pairs."""
    found: list[Mark] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        a, begin_a, end_a, b, begin_b, end_b, mark = line.split("\t")
        found.append((a, int(begin_a), int(end_a), b, int(begin_b), int(end_b), float(mark)))
    return found


def not_edited(marks: Sequence[Mark]) -> list[Mark]:
    """The marks that are of no article in ``marked_stories.json``."""
    held_out = {name for story in json.loads(EDITED.read_text(encoding="utf-8")) for name in story["articles"]}
    return [mark for mark in marks if not held_out & {mark[0], mark[3]}]


def learned_from(path: Path) -> tuple[list[Mark], Findings]:
    """The marked pairs of articles that no editor's marks are of, and a run over their articles in PATH."""
    marks = not_edited(read_marks(PAIRS))
    wanted = {mark[0] for mark in marks} | {mark[3] for mark in marks}
    return marks, traced([row for row in read_records(path) if row["id"] in wanted])


def traced(records: Sequence[Mapping[str, Any]]) -> Findings:
    """What a run over the records finds."""
    with tempfile.TemporaryDirectory() as passing:
        pages = Path(passing) / "pages.jsonl"
        pages.write_text("".join(json.dumps(dict(row)) + "\n" for row in records), encoding="utf-8")
        trace([str(pages)], Path(passing) / "run", until="claims")
        with Collection(Path(passing) / "run" / FILE_NAME) as collection:
            return findings(collection)


def measured(found: Findings, marks: Sequence[Mark]) -> tuple[Array, Array, list[str]]:
    """The weights of the reasons [n, rules] of the marked pairs that are looked at closely, their marks, stories."""
    given = {page.given_id: page.id for page in found.pages}
    at = {(s.page, s.span.start, s.span.end): s.id for s in found.statements}
    want = {}
    for a, begin_a, end_a, b, begin_b, end_b, mark in marks:
        pair = (at.get((given.get(a, ""), begin_a, end_a)), at.get((given.get(b, ""), begin_b, end_b)))
        if pair[0] and pair[1]:
            want[frozenset((pair[0], pair[1]))] = mark
    table: list[list[float]] = []
    values: list[float] = []
    groups: list[str] = []
    for story in found.stories:
        for pair_ids, reasons in _judged(found, story):
            if pair_ids in want:
                table.append([reasons.get(rule, 0.0) for rule in EVIDENCE])
                values.append(want[pair_ids])
                groups.append(story.id)
    return np.array(table), np.array(values), groups


def _judged(found: Findings, story: Story) -> list[tuple[frozenset[str], dict[str, float]]]:
    statements = sorted((s for s in found.statements if s.page in story.pages), key=lambda s: (s.page, s.span, s.id))
    if not statements:
        return []
    nodes = same_words_together([read_content(s) for s in statements])
    pages = frozenset(story.pages)
    judged = judge_pairs(nodes, compare_story([node[0] for node in nodes]), Retold(found.copies, pages))
    rows: list[tuple[frozenset[str], dict[str, float]]] = []
    for (i, j), pair in judged.items():
        reasons = {r.rule: r.weight for r in pair.reasons}
        rows.extend((frozenset((a.statement.id, b.statement.id)), reasons) for a in nodes[i] for b in nodes[j])
    return rows


def fit(table: Array, marks: Array) -> tuple[Array, float]:
    """Logistic regression on marks in [0, 1] with a ridge, by Newton's method: weights, and the base."""
    mean, spread = table.mean(0), table.std(0) + 1e-6
    x = np.c_[(table - mean) / spread, np.ones(len(table))]
    ridge = np.r_[np.full(table.shape[1], PENALTY), 1e-6]
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        slope = x.T @ (p - marks) + ridge * w
        bend = (x * (p * (1.0 - p))[:, None]).T @ x + np.diag(ridge)
        w = w - np.linalg.solve(bend, slope)
    weights = w[:-1] / spread
    return weights, float(w[-1] - weights @ mean)


def unseen(table: Array, marks: Array, groups: Sequence[str]) -> Array:
    """The likelihood of every pair by the fit on the stories of the other parts."""
    order = {story: n % FOLDS for n, story in enumerate(sorted(set(groups)))}
    part = np.array([order[story] for story in groups])
    found = np.zeros(len(marks))
    for k in range(FOLDS):
        weights, base = fit(table[part != k], marks[part != k])
        found[part == k] = 1.0 / (1.0 + np.exp(-(table[part == k] @ weights + base)))
    return found


def main(path: Path) -> None:
    marks, found = learned_from(path)
    table, values, groups = measured(found, marks)
    print(f"{len(values)} of {len(marks)} pairs found, of {len(set(groups))} stories")
    likely = unseen(table, values, groups)
    for low, high in pairwise(BANDS):
        chosen = (likely >= low) & (likely < high)
        if chosen.any():
            mean = values[chosen].mean()
            print(f"likelihood {low:.2f} to {min(high, 1):.2f}: {chosen.sum()} pairs, mean mark {mean:.2f}")
    weights, base = fit(table, values)
    for rule, weight in zip(EVIDENCE, weights, strict=True):
        print(f'    "{rule}": {weight:.2f},')
    print(f"BASE = {base:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    main(parser.parse_args().path)
