"""Disagreements: which are found, with which words, and what is none."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from firsthand.claims import align_claims, decide_disagreement
from firsthand.claims.content import read_content
from firsthand.claims.status import find_standings
from firsthand.language.rows import rows
from firsthand.options import ClaimOptions
from firsthand.records import Disagreement, Moment, Span, Statement, Story, Term
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


def denial(text: str, verb: str, negated: bool) -> Statement:
    """A statement whose one verb is asserted or denied, with its capitalised names."""
    (plain,) = made.statements(made.article("d" if negated else "a", [text]))
    at = text.index(verb)
    term = Term("verb", "sell", Span(at, at + len(verb)), "predicate", negated)
    terms = tuple(sorted((*made.named(plain).terms, term), key=lambda t: t.span))
    return replace(plain, terms=terms, polarity="negated" if negated else "affirmed")


def test_an_assertion_and_its_denial_are_two_claims_in_a_disagreement() -> None:
    said = denial("The Kestrel Museum has sold the Orlo Altar to Tomas Verrin.", "sold", False)
    denied = denial("The Kestrel Museum has not sold the Orlo Altar to Tomas Verrin.", "sold", True)
    articles = [made.article(s.page, [s.text]) for s in (said, denied)]
    story = Story("story-1", "A story", ("a", "d"))
    alignment = align_claims(articles, [story], [said, denied], (), ClaimOptions())
    assert sorted(c.carried for c in alignment.claims) == [("a",), ("d",)]
    (found,) = alignment.disagreements
    assert (found.kind, found.id[:2]) == ("polarity", "d-")
    again = align_claims(
        articles, [story], [said, replace(denied, terms=said.terms, polarity="affirmed")], (), ClaimOptions()
    )
    assert not again.disagreements


def test_a_verb_stands_in_one_row_of_predicates() -> None:
    words = [w for row in rows("status")["predicates"] for w in row["words"]]
    assert len(words) == len(set(words))
