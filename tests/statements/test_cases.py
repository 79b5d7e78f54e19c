"""Hand-written sentences with the statement that must come out of each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from firsthand.options import StatementOptions
from firsthand.records import Article, Link, Moment, Named, Span, Statement
from firsthand.statements import extract_statements

CASES = Path(__file__).parents[1] / "cases" / "statements"


def load(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"])


def article(case: dict[str, Any]) -> Article:
    text = case["text"]
    published = case.get("published")
    return Article(
        "p",
        None,
        text,
        (Span(0, len(text)),),
        outlet=Named(case["outlet"], "record") if "outlet" in case else None,
        published=Moment(published, published, "stated") if published else None,
    )


def fits(link: Link, want: str) -> bool:
    role, words = (part.strip() for part in want.split(":", 1))
    return (link.role if role == "report" else link.kind) == role and (
        words.lower() in (link.name or "").lower() or words.lower() in (link.description or "").lower()
    )


def check(case: dict[str, Any]) -> None:
    found = extract_statements(article(case), StatementOptions())
    some = [s for s in found if case["says"] in s.text]
    assert some, [s.text for s in found]
    statement: Statement = some[0]
    shown = [(link.role, link.kind, link.name, link.description) for link in statement.chain]
    assert statement.chain[0].role == "newsroom"
    if "chain" in case:
        assert len(statement.chain) - 1 == len(case["chain"]), shown
        assert all(fits(a, b) for a, b in zip(statement.chain[1:], case["chain"], strict=True)), shown
    for field in ("kind", "polarity"):
        assert field not in case or getattr(statement, field) == case[field], getattr(statement, field)
    end = statement.chain[-1]
    assert "count" not in case or end.count == case["count"], end.count
    assert "medium" not in case or end.medium == case["medium"], end.medium
    assert "anonymity" not in case or case["anonymity"] in (end.anonymity_reason or ""), end
    assert "hedge" not in case or (statement.hedge and statement.hedge.words == case["hedge"]), statement.hedge
    assert "about" not in case or (
        statement.about is not None and (statement.about.earliest or "").startswith(case["about"])
    ), statement.about
    assert "apart_from" not in case or case["apart_from"] not in statement.text, statement.text


@pytest.mark.parametrize("case", load("chains"), ids=lambda c: c["text"][:60])
def test_chain(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize("case", load("negatives"), ids=lambda c: c["text"][:60])
def test_own_voice(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", load("known_failures"), ids=lambda c: c["text"][:60])
def test_known_failure(case: dict[str, Any]) -> None:
    check(case)
