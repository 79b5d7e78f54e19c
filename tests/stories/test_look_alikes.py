"""Invented collections of look-alike and recurring happenings: which pages stand together."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from firsthand.options import StoryOptions
from firsthand.records import Article, Moment, Span
from firsthand.stories import group_stories
from firsthand.stories.grouping import average_linkage
from firsthand.stories.likeness import Likeness

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/stories/look_alikes.toml").read_text(encoding="utf-8"))


def article(number: int, row: dict[str, Any]) -> Article:
    day, text = row.get("date"), row["text"]
    moment = Moment(day, day, "stated") if day else None
    return Article(f"p-{number}", row["headline"], text, (Span(0, len(text)),), published=moment)


KNOWN_FAILURES = {
    "two-earthquakes": "undated look-alikes alone in a small collection: nothing is nearer to set them against"
}


def _case(name: str) -> Any:
    why = KNOWN_FAILURES.get(name)
    return pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=why)) if why else name


@pytest.mark.parametrize("name", [_case(name) for name in CASES])
def test_collection(name: str) -> None:
    rows = CASES[name]
    found = sorted(sorted(s.pages) for s in group_stories([article(i, r) for i, r in enumerate(rows)], ()))
    numbers = {row["story"] for row in rows}
    assert found == sorted([f"p-{i}" for i, row in enumerate(rows) if row["story"] == number] for number in numbers)


def test_a_chain_of_pairs_is_not_one_story() -> None:
    near: tuple[dict[int, float], ...] = tuple({} for _ in range(4))
    for i, value in enumerate((0.9, 0.5, 0.9)):
        near[i][i + 1] = near[i + 1][i] = value
    assert average_linkage(4, Likeness(near), StoryOptions()) == [[0, 1], [2, 3]]
