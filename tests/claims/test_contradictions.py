"""What one page denies and another affirms, and other conflicts that need parsed words: found, and no false alarm."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from firsthand.claims import align_claims, decide_disagreement
from firsthand.options import ClaimOptions, StatementOptions
from firsthand.records import Disagreement, Story
from firsthand.rules import all_rules
from firsthand.statements import extract_statements

from . import made

CASES = Path(__file__).parents[1] / "cases" / "claims"


def load(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"])


def find(case: dict[str, Any]) -> tuple[Disagreement, ...]:
    articles = [made.article(page, case[page]) for page in "abc" if page in case]
    statements = [s for article in articles for s in extract_statements(article, StatementOptions())]
    story = Story("story-1", "A story", tuple(a.page for a in articles))
    return align_claims(articles, [story], statements, (), ClaimOptions()).disagreements


@pytest.mark.parametrize("case", load("contradictions.toml"), ids=lambda c: c["name"])
def test_found_with_its_words(case: dict[str, Any]) -> None:
    (found,) = find(case)
    assert found.kind == case["kind"]
    assert len(found.values) == 2
    for value, words in zip(found.values, case["values"], strict=True):
        assert words in value
    assert decide_disagreement(found.reasons)
    assert {r.rule for r in found.reasons} <= set(all_rules())


@pytest.mark.parametrize("case", load("no_contradictions.toml"), ids=lambda c: c["name"])
def test_no_false_alarm(case: dict[str, Any]) -> None:
    assert find(case) == ()


def test_the_verdict_falls_with_its_reasons() -> None:
    (found,) = find(load("contradictions.toml")[0])
    kept = [r for r in found.reasons if r.rule not in ("contradicted", "denied", "answers")]
    assert not decide_disagreement(kept)
