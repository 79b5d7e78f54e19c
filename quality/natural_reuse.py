"""Real pairs of outlets that share words: is a pair a copy (whole or partial), or does it share only source matter?

``python -m quality.natural_reuse PATH [--json] [--errors]``. Records: ``a`` and ``b`` (``text``, ``title``, ``source``,
``date``), ``label`` (copy and partial against the rest). Each pair is a collection of its own. A relation of shared
words (identical, edited, excerpt) counts as called a copy; a rewrite does not, and is counted apart.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from firsthand.copies import find_copies
from firsthand.options import CopyOptions
from firsthand.records import Article, Moment, Named, Span

from .frame import Figures, read_records, run

POSITIVE = ("copy", "partial")
WORDED = ("identical", "edited", "excerpt")


def as_article(page: str, side: Mapping[str, Any]) -> Article:
    """An article from one side of a record, without looking for furniture."""
    lines = [line.strip() for line in side["text"].split("\n") if line.strip()]
    spans, at = [], 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 2
    when = Moment(side["date"], side["date"], "metadata") if side.get("date") else None
    outlet = Named(side["source"], "record") if side.get("source") else None
    return Article(page, side.get("title"), "\n\n".join(lines), tuple(spans), outlet=outlet, published=when)


def measure(path: Path, errors: bool = False) -> Figures:
    """F1 of copy and partial against the rest, and how many pairs that share only quotations are called copies."""
    right = called = wanted = quotes = quotes_called = rewrites = pairs = 0
    for record in read_records(path):
        if "label" not in record:
            continue
        copies = find_copies([as_article("a", record["a"]), as_article("b", record["b"])], CopyOptions())
        relation = copies[0].relation if copies else None
        want, have = record["label"] in POSITIVE, relation in WORDED
        pairs += 1
        right, called, wanted = right + (want and have), called + have, wanted + want
        quotes += record["label"] == "quotes"
        quotes_called += record["label"] == "quotes" and have
        rewrites += relation == "rewrite"
        if errors and want != have:
            print(f"{record['pair']}: {record['label']}, called {relation}", file=sys.stderr)
    if not pairs:
        return {}
    return {
        "pairs": pairs,
        "f1": 2 * right / (called + wanted) if called + wanted else 0.0,
        "precision": right / called if called else 0.0,
        "recall": right / wanted if wanted else 0.0,
        "quotes_called_copies": quotes_called / quotes if quotes else 0.0,
        "called_rewrite": rewrites,
    }


if __name__ == "__main__":
    run(measure, __doc__, {"--errors": {"action": "store_true", "help": "name the pairs that are called wrongly"}})
