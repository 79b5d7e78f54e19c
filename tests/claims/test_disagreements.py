"""Disagreements: which are found, with which words, and what is none."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from firsthand.claims import align_claims, decide_disagreement
from firsthand.claims.content import read_content
from firsthand.claims.scopes import whole
from firsthand.claims.status import find_standings
from firsthand.language.rows import rows
from firsthand.options import ClaimOptions
from firsthand.records import Cue, Disagreement, Link, Moment, Span, Statement, Story, Term
from firsthand.rules import all_rules

from . import made

CASES = Path(__file__).parents[1] / "cases" / "claims"


def load(name: str) -> list[dict[str, Any]]:
    table = tomllib.loads((CASES / name).read_text(encoding="utf-8"))
    return list(table["case"])


def find(case: dict[str, Any]) -> tuple[tuple[Disagreement, ...], list[Statement]]:
    articles, story, statements = made.story({"a": case["a"], "b": case["b"]})
    if case.get("named"):
        statements = [made.named(s) for s in statements]
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


def test_a_number_in_words_and_in_digits_is_told_once() -> None:
    case = load("disagreements.toml")[0]
    in_words = [said.replace("13", "thirteen").replace("17", "seventeen") for said in case["a"]]
    assert in_words != case["a"]
    beside = ["The school reopens after Easter.", "Nobody had asked for a new bridge.", "Rain is forecast until May."]
    articles, story, statements = made.story({"a": [*case["a"], *beside], "b": case["b"], "c": in_words})
    (found,) = align_claims(articles, [story], statements, (), ClaimOptions()).disagreements
    assert len(set(found.values)) == 3
    assert found.text.count("against") == 1


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


def dated(case: dict[str, Any], days: tuple[str, str]) -> Disagreement:
    """The disagreement of a case whose pages came out on these days."""
    articles, story, statements = made.story({"a": case["a"], "b": case["b"]})
    pages = [
        made.article(a.page, [a.text], published=Moment(day, day, "metadata"))
        for a, day in zip(articles, days, strict=True)
    ]
    (found,) = align_claims(pages, [story], statements, (), ClaimOptions()).disagreements
    return found


def test_an_update_has_its_order_oldest_first() -> None:
    case = next(c for c in load("disagreements.toml") if c["name"] == "floors of two hours")
    found = dated(case, ("2031-05-02", "2031-05-03"))
    assert found.order == found.statements
    assert found.text.index("13") < found.text.index("17")
    assert "over time" in found.text


def test_a_toll_that_falls_is_no_update() -> None:
    case = next(c for c in load("disagreements.toml") if c["name"] == "floors of two hours")
    found = dated(case, ("2031-05-03", "2031-05-02"))
    assert found.order == ()
    assert not any(r.rule == "update-over-time" for r in found.reasons)


@pytest.mark.parametrize("name", ["the day", "guilty or not"])
def test_days_and_names_are_no_updates(name: str) -> None:
    case = next(c for c in load("disagreements.toml") if c["name"] == name)
    found = dated(case, ("2031-05-02", "2031-05-03"))
    assert (found.order == ()) == (found.kind == "date")


TITLED = "The museum said that “The Seven Reapers” had not been sold to Tomas Verrin."


@pytest.mark.parametrize(
    ("cut", "drawn"),
    [
        ("Reapers” had not been sold", "“The Seven Reapers” had not been sold"),
        ("that “The Seven", "“The Seven Reapers”"),
        ("had not been sold", "had not been sold"),
        ("” had not been sold", "“The Seven Reapers” had not been sold"),
    ],
)
def test_no_span_cuts_a_quotation(cut: str, drawn: str) -> None:
    (statement,) = made.statements(made.article("a", [TITLED]))
    at = TITLED.index(cut)
    found = whole(read_content(statement), Span(at, at + len(cut)))
    assert found.of(TITLED).removeprefix("that ") == drawn


def test_no_span_cuts_a_name() -> None:
    (statement,) = made.statements(made.article("a", [TITLED]))
    at = TITLED.index("Verrin")
    found = whole(read_content(made.named(statement)), Span(at, at + 6))
    assert found.of(TITLED) == "Tomas Verrin"


def test_a_pronoun_and_a_pair_are_no_two_speakers() -> None:
    words = "“We shall close the harbour and open the old mill for the winter,”"
    for tail_a, tail_b, names in (
        ("he wrote.", "Holt wrote.", ("Ivo Brandt", "Vesna Holt")),
        ("Ivo Brandt and Vesna Holt said.", "Holt said.", ("Ivo Brandt", "Vesna Holt")),
    ):
        texts = (f"{words} {tail_a}", f"{words} {tail_b}")
        said = [spoken(page, text, name) for page, text, name in zip("ab", texts, names, strict=True)]
        articles = [made.article(s.page, [s.text]) for s in said]
        found = align_claims(articles, [Story("story-1", "A story", ("a", "b"))], said, (), ClaimOptions())
        assert not found.disagreements


def test_two_named_speakers_of_one_quotation() -> None:
    words = "“We shall close the harbour and open the old mill for the winter,”"
    said = [spoken("a", f"{words} Ivo Brandt said.", "Ivo Brandt"), spoken("b", f"{words} Holt said.", "Vesna Holt")]
    articles = [made.article(s.page, [s.text]) for s in said]
    found = align_claims(articles, [Story("story-1", "A story", ("a", "b"))], said, (), ClaimOptions())
    assert [d.kind for d in found.disagreements] == ["attribution"]


def spoken(page: str, text: str, name: str) -> Statement:
    """A quotation whose speaker's words follow its closing mark, up to the verb."""
    (plain,) = made.statements(made.article(page, [text]), kind="quote")
    first = text.index("” ") + 2
    who = Span(first, text.rindex(" "))
    link = Link("source", "person", name, who.of(text), cue=Cue("said"), span=who, content=Span(0, first - 1))
    return replace(plain, chain=(*plain.chain, link))


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("The Kestrel Museum would have sold the Orlo Altar to Tomas Verrin.", None),
        ("The Kestrel Museum belatedly sold the Orlo Altar to Tomas Verrin.", None),
        ("Has the Kestrel Museum sold the Orlo Altar to Tomas Verrin?", None),
        ("If the Kestrel Museum sold the Orlo Altar to Tomas Verrin, it is rich.", None),
        (None, "The Kestrel Museum has not sold the Orlo Altar to Tomas Verrin but to Ada Rolf."),
    ],
)
def test_what_is_no_denial(said: str | None, denied: str | None) -> None:
    pair = (
        denial(said or "The Kestrel Museum has sold the Orlo Altar to Tomas Verrin.", "sold", False),
        denial(denied or "The Kestrel Museum has not sold the Orlo Altar to Tomas Verrin.", "sold", True),
    )
    articles = [made.article(s.page, [s.text]) for s in pair]
    story = Story("story-1", "A story", ("a", "d"))
    assert not align_claims(articles, [story], pair, (), ClaimOptions()).disagreements
