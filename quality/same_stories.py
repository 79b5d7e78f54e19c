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
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .frame import Figures, run
from .marked_places import Found, Tally, dossier_of, joined_pairs, statements_by_page

MARKS = Path(__file__).with_name("same_stories.json")


def measure(path: Path, reader: int = 0) -> Figures:
    """The shares, each with what it is out of (``n_...``)."""
    marks = [row for row in json.loads(MARKS.read_text(encoding="utf-8")) if reader in (0, row["reader"])]
    return scored(dossier_of(path, marks, f"same_stories_{reader}"), marks)


def scored(dossier: Mapping[str, Any], marks: Sequence[Mapping[str, Any]]) -> Figures:
    """The figures of a dossier against the marks."""
    pages = {page["given_id"]: page["id"] for page in dossier["pages"]}
    statements = statements_by_page(dossier)
    claims: dict[str, set[str]] = {}
    for claim in dossier["claims"]:
        for key in claim["statements"]:
            claims.setdefault(key, set()).add(claim["id"])
    page_of = {row["id"]: row["page"] for row in dossier["statements"]}
    tally = Tally()
    for mark in marks:
        ours = [pages.get(name, "") for name in mark["articles"]]
        found = Found(ours, statements)
        same = {pair for group in mark["same"] for pair in found.pairs(group)}
        partly = {pair for group in mark["partly"] for pair in found.pairs(group)}
        here = {key: page for key, page in page_of.items() if page in ours}
        tally.pairs(joined_pairs(dossier["claims"], here), same, partly)
        printed = [d for d in dossier["disagreements"] if {page_of[key] for key in d["statements"]} <= set(ours)]
        met: set[int] = set()
        for wanted in mark["disagreements"]:
            a, b = found.at(wanted["a"]), found.at(wanted["b"])
            hit = {n for n, d in enumerate(printed) if a and b and _meets(d["statements"], a, b, claims)}
            met |= hit
            tally.add("disagreement_recall", bool(hit))
        tally.add("disagreement_precision", len(met), len(printed))
    return tally.figures()


def _meets(inside: Sequence[str], a: str, b: str, claims: Mapping[str, set[str]]) -> bool:
    """Whether a disagreement holds both statements, or for each another statement of one of its claims."""
    mine = [key for key in inside if key == a or claims.get(key, set()) & claims.get(a, set())]
    theirs = [key for key in inside if key == b or claims.get(key, set()) & claims.get(b, set())]
    return any(x != y for x in mine for y in theirs)


if __name__ == "__main__":
    run(
        measure,
        __doc__,
        {"--reader": {"type": int, "choices": (0, 1, 2, 3, 4), "default": 0, "help": "one reader's stories; 0: all"}},
    )
