"""Making articles by hand, as the tests of this room need them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from firsthand.records import Article, Moment, Named, Span

CASES = Path(__file__).parents[1] / "cases" / "copies"
Make = Callable[[str, Mapping[str, Any]], Article]


def make_article(page: str, row: Mapping[str, Any]) -> Article:
    """An article from a row with ``headline``, ``paragraphs`` and perhaps ``outlet`` and ``date``."""
    spans, at = [], 0
    for paragraph in row["paragraphs"]:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    when = Moment(row["date"], row["date"], "metadata") if "date" in row else None
    outlet = Named(row["outlet"], "record") if "outlet" in row else None
    text = "\n\n".join(row["paragraphs"])
    return Article(page, row.get("headline"), text, tuple(spans), outlet=outlet, published=when)


def read_cases(name: str) -> list[dict[str, Any]]:
    """The rows of one file of cases."""
    rows: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return rows


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``relation_case``, ``negative_case`` and the others run over the rows of their files."""
    files = {
        "relation_case": "relations",
        "negative_case": "negatives",
        "failing_case": "known_failures",
        "template_case": "templates",
    }
    for name, file in files.items():
        if name in metafunc.fixturenames:
            rows = read_cases(file)
            metafunc.parametrize(name, rows, ids=[row["name"] for row in rows])


@pytest.fixture
def make() -> Make:
    return make_article


@pytest.fixture
def relation_articles() -> list[Article]:
    """All articles of the relation cases, as one collection."""
    rows = read_cases("relations")
    return [make_article(f"{i:02}{side}", row[side]) for i, row in enumerate(rows) for side in "ab"]
