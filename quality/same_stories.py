"""Alignment and disagreements on 96 stories that four readers marked throughout: PATH is ``allsides_fulltext``.

``same_stories.json`` holds, a story a line, the articles (ids), the places of statements that assert the ``same``, of
pairs of which a reader would hesitate (``partly``: the main assertion of one stands beside the other's), and of the
``disagreements``, each place as ``[article, start, end]`` in the article's text; no text. What a reader left out is not
the same. Each reader (``reader``, 1 to 4) marked 24 stories, one reading each, from the statements as the tool had cut
them, without seeing what it had joined. ``--reader`` takes one reader's.

All are traced as one collection. ``aligned``: of the pairs marked the same across two articles, those that stand in one
claim. ``joined_right``: of the pairs that stand in one claim across two articles, those marked the same;
``joined_near``: the same or partly. ``disagreement_recall``: of the disagreements, those of which one that is printed
holds both statements or others of their claims. ``disagreement_precision``: of those printed, the ones that such a mark
is met by; readers do not mark everything, so it is a lower bound.

Readers 1 and 2's disagreements were read while rules were mended, and readers 3 and 4's not, but for the four that were
printed. Nothing that ships is fitted on these marks.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from .frame import Figures, page_record, records_named, run
from .tracing import traced

MARKS = Path(__file__).with_name("same_stories.json")
LEAST_OVERLAP = 0.5
"""Share of the shorter of a marked place and a statement that they must have in common."""

Pair = frozenset[str]


def measure(path: Path, reader: int = 0) -> Figures:
    """The shares, each with what it is out of (``n_...``)."""
    marks = [row for row in json.loads(MARKS.read_text(encoding="utf-8")) if reader in (0, row["reader"])]
    names = [name for row in marks for name in row["articles"]]
    texts = records_named(path, names)
    with tempfile.TemporaryDirectory() as passing:
        pages = Path(passing) / f"same_stories_{reader}.jsonl"
        rows = (page_record(texts[name], name) for name in names)
        pages.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        with traced(pages) as dossier:
            return scored(json.loads(dossier.read_text(encoding="utf-8")), marks)


def scored(dossier: Mapping[str, Any], marks: Sequence[Mapping[str, Any]]) -> Figures:
    """The figures of a dossier against the marks."""
    pages = {page["given_id"]: page["id"] for page in dossier["pages"]}
    statements: dict[str, list[Mapping[str, Any]]] = {}
    for row in dossier["statements"]:
        statements.setdefault(row["page"], []).append(row)
    claims: dict[str, set[str]] = {}
    for claim in dossier["claims"]:
        for key in claim["statements"]:
            claims.setdefault(key, set()).add(claim["id"])
    page_of = {row["id"]: row["page"] for row in dossier["statements"]}
    hits: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for mark in marks:
        ours = [pages.get(name, "") for name in mark["articles"]]
        found = _Found(ours, statements)
        same = {pair for group in mark["same"] for pair in found.pairs(group)}
        partly = {pair for group in mark["partly"] for pair in found.pairs(group)}
        joined = set(_joined(dossier["claims"], page_of, frozenset(ours)))
        _count(hits, of, "aligned", len(same & joined), len(same))
        _count(hits, of, "joined_right", len(joined & same), len(joined))
        _count(hits, of, "joined_near", len(joined & (same | partly)), len(joined))
        printed = [d for d in dossier["disagreements"] if {page_of[key] for key in d["statements"]} <= set(ours)]
        met: set[int] = set()
        for wanted in mark["disagreements"]:
            a, b = found.at(wanted["a"]), found.at(wanted["b"])
            here = {n for n, d in enumerate(printed) if a and b and _meets(d["statements"], a, b, claims)}
            met |= here
            _count(hits, of, "disagreement_recall", bool(here), 1)
        _count(hits, of, "disagreement_precision", len(met), len(printed))
    shares = {name: hits[name] / n if n else 0.0 for name, n in of.items()}
    return shares | {f"n_{name}": n for name, n in of.items()}


class _Found:
    """The statements at marked places of one story."""

    def __init__(self, pages: Sequence[str], statements: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self.pages, self.statements = pages, statements

    def at(self, place: Sequence[int]) -> str | None:
        """The statement that shares most with a place, if enough."""
        article, start, end = place
        best, most = None, 0.0
        for row in self.statements.get(self.pages[article], ()):
            low, high = row["span"]
            share = (min(end, high) - max(start, low)) / max(1, min(end - start, high - low))
            if share >= LEAST_OVERLAP and share > most:
                best, most = row["id"], share
        return best

    def pairs(self, group: Sequence[Sequence[int]]) -> Iterator[Pair]:
        """The pairs of a group that stand in two articles; a statement that was not found counts as itself."""
        for a, b in combinations(group, 2):
            if a[0] != b[0]:
                yield frozenset((self.at(a) or f"lost {a}", self.at(b) or f"lost {b}"))


def _joined(claims: Sequence[Mapping[str, Any]], page_of: Mapping[str, str], pages: frozenset[str]) -> Iterator[Pair]:
    for claim in claims:
        inside = [key for key in claim["statements"] if page_of[key] in pages]
        for a, b in combinations(inside, 2):
            if page_of[a] != page_of[b]:
                yield frozenset((a, b))


def _meets(inside: Sequence[str], a: str, b: str, claims: Mapping[str, set[str]]) -> bool:
    """Whether a disagreement holds both statements, or for each another statement of one of its claims."""
    mine = [key for key in inside if key == a or claims.get(key, set()) & claims.get(a, set())]
    theirs = [key for key in inside if key == b or claims.get(key, set()) & claims.get(b, set())]
    return any(x != y for x in mine for y in theirs)


def _count(hits: Counter[str], of: Counter[str], name: str, right: int, n: int) -> None:
    hits[name] += int(right)
    of[name] += n


if __name__ == "__main__":
    run(
        measure,
        __doc__,
        {"--reader": {"type": int, "choices": (0, 1, 2, 3, 4), "default": 0, "help": "one reader's stories; 0: all"}},
    )
