"""Disagreements: which are found, with which words, and what is none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from firsthand.claims import align_claims, decide_disagreement
from firsthand.claims.content import read_content
from firsthand.claims.status import find_standings
from firsthand.language.rows import rows
from firsthand.options import ClaimOptions
from firsthand.records import Disagreement, Moment, Statement
from firsthand.rules import all_rules

from . import made

CASES = Path(__file__).parents[1] / "cases" / "claims"


def load(name: str) -> list[dict[str, Any]]:
    table = tomllib.loads((CASES / name).read_text(encoding="utf-8"))
    return list(table["case"])


def find(case: dict[str, Any]) -> tuple[tuple[Disagreement, ...], list[Statement]]:
    articles, story, statements = made.story({"a": case["a"], "b": case["b"]})
    return align_claims(articles, [story], statements, (), ClaimOptions()).disagreements, statements


@pytest.mark.parametrize("case", load("disagreements.toml"), ids=lambda c: c["name"])
def test_found_with_exact_words(case: dict[str, Any]) -> None:
    (found,), statements = find(case)
    assert (found.kind, list(found.values)) == (case["kind"], case["values"])
    by_id = {s.id: s for s in statements}
    for value, sid in zip(found.values, found.statements, strict=True):
        assert value in by_id[sid].text
        assert value in found.text
    assert len({by_id[i].page for i in found.statements}) == 2
    assert decide_disagreement(found.reasons)
    assert {r.rule for r in found.reasons} <= set(all_rules())


@pytest.mark.parametrize("case", load("agreements.toml"), ids=lambda c: c["name"])
def test_no_false_alarm(case: dict[str, Any]) -> None:
    assert find(case)[0] == ()


def test_an_update_says_so() -> None:
    case = load("disagreements.toml")[0]
    articles, story, statements = made.story({"a": case["a"], "b": case["b"]})
    dated = [
        made.article(a.page, [a.text], published=Moment(day, day, "metadata"))
        for a, day in zip(articles, ("2031-05-03", "2031-05-02"), strict=True)
    ]
    (found,) = align_claims(dated, [story], statements, (), ClaimOptions()).disagreements
    (update,) = [r for r in found.reasons if r.rule == "update-over-time"]
    assert update.because.index("2031-05-02") < update.because.index("2031-05-03")


def test_copies_of_one_page_do_not_disagree_with_each_other() -> None:
    case = load("disagreements.toml")[0]
    articles, story, statements = made.story({"a": case["a"], "b": case["b"], "c": case["b"]})
    (found,) = align_claims(articles, [story], statements, (), ClaimOptions()).disagreements
    assert sorted(set(found.values)) == ["13 villagers", "17 villagers"]


def standings(text: str) -> list[tuple[str, int]]:
    (statement,) = made.statements(made.article("a", [text]))
    return [(s.row, s.side) for s in find_standings(read_content(statement))]


@pytest.mark.parametrize("row", rows("status")["status"], ids=lambda r: r["name"])
def test_every_status_row_reads_its_examples(row: dict[str, Any]) -> None:
    assert (row["name"], 0) in standings(row["examples"][0])
    assert (row["name"], 1) in standings(row["examples"][1])


@pytest.mark.parametrize(
    "text",
    [
        "Odda Kern hoped to stay in power.",
        "Odda Kern is not in exile.",
        "Odda Kern would be removed from power.",
        "The premier was toppled.",
    ],
)
def test_what_is_no_state(text: str) -> None:
    assert standings(text) == []
