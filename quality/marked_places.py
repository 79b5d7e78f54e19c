"""What the commands share that measure claims against marked places: finding the statements, counting the pairs.

A place is ``[article, start, end]``: which of a story's articles, and characters of its text.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from .frame import page_record, records_named
from .tracing import traced

LEAST_OVERLAP = 0.5
"""Share of the shorter of a marked place and a statement that they must have in common."""

Pair = frozenset[str]
Place = Sequence[int]


def dossier_of(path: Path, marks: Sequence[Mapping[str, Any]], name: str) -> dict[str, Any]:
    """The dossier of all articles of the marks, traced as one collection called ``name``; PATH holds their texts."""
    names = [article for row in marks for article in row["articles"]]
    texts = records_named(path, names)
    with tempfile.TemporaryDirectory() as passing:
        pages = Path(passing) / f"{name}.jsonl"
        rows = (page_record(texts[article], article) for article in names)
        pages.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        with traced(pages) as dossier:
            found: dict[str, Any] = json.loads(dossier.read_text(encoding="utf-8"))
            return found


class Found:
    """The statements at marked places of one story, whose pages are given in the order of its articles."""

    def __init__(self, pages: Sequence[str], statements: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self.pages, self.statements = pages, statements

    def at(self, place: Place) -> str | None:
        """The statement that shares most with a place, if enough."""
        article, start, end = place
        best, most = None, 0.0
        for row in self.statements.get(self.pages[article], ()):
            low, high = row["span"]
            share = (min(end, high) - max(start, low)) / max(1, min(end - start, high - low))
            if share >= LEAST_OVERLAP and share > most:
                best, most = row["id"], share
        return best

    def known(self, place: Place) -> str:
        """The same; a name of its own for a place at which no statement was found."""
        return self.at(place) or f"lost {list(place)}"

    def pairs(self, group: Sequence[Place]) -> Iterator[Pair]:
        """The pairs of a group that stand in two articles; a statement that was not found counts as itself."""
        for a, b in combinations(group, 2):
            if a[0] != b[0]:
                yield frozenset((self.known(a), self.known(b)))


def statements_by_page(dossier: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """The statements of each page of a dossier, in its order."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in dossier["statements"]:
        found.setdefault(row["page"], []).append(row)
    return found


def joined_pairs(claims: Iterable[Mapping[str, Any]], page_of: Mapping[str, str]) -> set[Pair]:
    """The pairs of statements of two pages that stand in one claim, of the statements that ``page_of`` names."""
    found: set[Pair] = set()
    for claim in claims:
        inside = [key for key in claim["statements"] if key in page_of]
        found.update(frozenset((a, b)) for a, b in combinations(inside, 2) if page_of[a] != page_of[b])
    return found


class Tally:
    """Shares under names: how many of how many."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.of: Counter[str] = Counter()

    def add(self, name: str, right: int, n: int = 1) -> None:
        """``right`` of ``n`` more."""
        self.hits[name] += int(right)
        self.of[name] += n

    def pairs(self, joined: set[Pair], same: set[Pair], partly: set[Pair]) -> None:
        """``aligned``, ``joined_right`` and ``joined_near`` of a story."""
        self.add("aligned", len(same & joined), len(same))
        self.add("joined_right", len(joined & same), len(joined))
        self.add("joined_near", len(joined & (same | partly)), len(joined))

    def figures(self) -> dict[str, float | int]:
        """The shares, and what each is out of (``n_...``)."""
        shares = {name: self.hits[name] / n if n else 0.0 for name, n in self.of.items()}
        return shares | {f"n_{name}": n for name, n in self.of.items()}
