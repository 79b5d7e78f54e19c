"""Claims: what is one claim and what is not, held by cases; the laws of the room."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.claims import align_claims, decide_disagreement, decide_same
from firsthand.claims.content import circumstances
from firsthand.claims.grouping import group
from firsthand.claims.sameness import EVIDENCE, OPENINGS, SUBJECT, does_not_know, likelihood, subject_likelihood
from firsthand.language.rows import rows
from firsthand.options import ClaimOptions
from firsthand.records import Alignment, Reason, Statement, Story
from firsthand.rules import all_rules

from . import made

CASES = Path(__file__).parents[1] / "cases" / "claims"


def load(name: str) -> list[dict[str, Any]]:
    table = tomllib.loads((CASES / name).read_text(encoding="utf-8"))
    return next(iter(table.values()))


def pairs(name: str, field: str) -> list[Any]:
    return [
        pytest.param(case, pair, id=f"{case['name']}: {'-'.join(pair)}") for case in load(name) for pair in case[field]
    ]


def align(pages: dict[str, list[str]]) -> tuple[Alignment, dict[str, Statement]]:
    """The alignment of a story, and its statements by name ("a1")."""
    articles, story, statements = made.story(pages)
    names: dict[str, Statement] = {}
    for statement in statements:
        number = sum(s.page == statement.page for s in names.values()) + 1
        names[f"{statement.page}{number}"] = statement
    return align_claims(articles, [story], statements, (), ClaimOptions()), names


def share_a_claim(case: dict[str, Any], pair: list[str]) -> bool:
    alignment, names = align(case["pages"])
    ids = {names[name].id for name in pair}
    return any(ids <= set(claim.statements) for claim in alignment.claims)


@pytest.mark.parametrize(("case", "pair"), pairs("alignments.toml", "together"))
def test_one_claim(case: dict[str, Any], pair: list[str]) -> None:
    assert share_a_claim(case, pair)


@pytest.mark.parametrize(("case", "pair"), pairs("alignments.toml", "apart"))
def test_two_claims(case: dict[str, Any], pair: list[str]) -> None:
    assert not share_a_claim(case, pair)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("case", "pair"), pairs("known_failures.toml", "together"))
def test_known_failures(case: dict[str, Any], pair: list[str]) -> None:
    assert share_a_claim(case, pair)


# ----------------------------------------------------------------------------------------------------- laws

WORDS = ["Orlo", "Verrin", "harbour", "paid", "in", "secret", "17", "villagers", "“", "”", ",", "and", "not", "Selby"]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
PAGES = st.dictionaries(st.sampled_from("abcd"), st.lists(SENTENCE, min_size=1, max_size=4), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(PAGES)
def test_every_statement_stands_in_a_claim_and_pages_are_parted(pages: dict[str, list[str]]) -> None:
    articles, story, statements = made.story(pages)
    alignment = align_claims(articles, [story], statements, (), ClaimOptions())
    page_of = {s.id: s.page for s in statements}
    assert {i for c in alignment.claims for i in c.statements} == set(page_of)
    for claim in alignment.claims:
        assert sorted(claim.carried + claim.silent + claim.unreadable) == sorted(pages)
        assert set(claim.carried) == {page_of[i] for i in claim.statements}
        assert claim.text in {s.text for s in statements if s.id in claim.statements}
        assert claim.reasons
    assert len({c.id for c in alignment.claims}) == len(alignment.claims)


@settings(max_examples=40, deadline=None)
@given(PAGES)
def test_pairs_that_are_not_looked_at_change_nothing(pages: dict[str, list[str]]) -> None:
    articles, story, statements = made.story(pages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("firsthand.claims.pairs._idle", lambda *_: set())
        every = align_claims(articles, [story], statements, (), ClaimOptions())
    assert align_claims(articles, [story], statements, (), ClaimOptions()) == every


@settings(max_examples=25, deadline=None)
@given(PAGES, st.randoms())
def test_the_order_of_input_does_not_matter(pages: dict[str, list[str]], chance: Any) -> None:
    articles, story, statements = made.story(pages)
    once = align_claims(articles, [story], statements, (), ClaimOptions())
    shuffled, mixed = list(statements), list(articles)
    chance.shuffle(shuffled)
    chance.shuffle(mixed)
    turned = replace(story, pages=tuple(reversed(story.pages)))
    assert align_claims(mixed, [turned], shuffled, (), ClaimOptions()) == once


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_nothing_raises_on_arbitrary_text(first: str, second: str) -> None:
    texts = {"a": [first or "x"], "b": [second or "y"]}
    articles, story, statements = made.story(texts)
    assert align_claims(articles, [story], statements, (), ClaimOptions()).claims


def test_an_empty_collection_has_no_claims() -> None:
    assert align_claims([], [], [], (), ClaimOptions()) == Alignment()
    assert align_claims([], [Story("story-1", "", ("gone",))], [], (), ClaimOptions()) == Alignment()


def test_a_page_that_is_cut_off_is_unreadable_and_not_silent() -> None:
    articles, story, statements = made.story(
        {"a": ["The Kell budget passed."], "b": ["Rain fell on Selby."], "c": ["The fair at Varn opened."]}
    )
    articles[1] = replace(articles[1], completeness="truncated")
    claims = align_claims(articles, [story], statements, (), ClaimOptions()).claims
    claim = next(c for c in claims if c.carried == ("a",))
    assert (claim.silent, claim.unreadable) == (("c",), ("b",))
    assert any(r.rule == "cut-off" for r in claim.reasons)


def test_a_page_without_statements_is_unreadable_and_not_silent() -> None:
    articles, story, statements = made.story(
        {"a": ["The Kell budget passed."], "b": ["Rain fell on Selby."], "c": ["The fair at Varn opened."]}
    )
    read = [s for s in statements if s.page != "b"]
    claims = align_claims(articles, [story], read, (), ClaimOptions()).claims
    claim = next(c for c in claims if c.carried == ("a",))
    assert (claim.silent, claim.unreadable) == (("c",), ("b",))
    assert any(r.rule == "no-statements" and r.spans[0].page == "b" for r in claim.reasons)


def test_ids_have_one_letter() -> None:
    articles, story, statements = made.story({"a": ["Rain fell on Selby."]})
    (claim,) = align_claims(articles, [story], statements, (), ClaimOptions()).claims
    assert claim.id.startswith("c-")


@pytest.mark.parametrize("case", load("wordings.toml"), ids=lambda c: c["name"])
def test_the_clearest_statement_names_the_claim(case: dict[str, Any]) -> None:
    alignment, names = align(case["pages"])
    ids = {s.id for name, s in names.items() if name in case["together"]}
    (claim,) = [c for c in alignment.claims if ids <= set(c.statements)]
    assert claim.text == names[case["clearest"]].text


def test_claims_stand_by_pages_then_by_place() -> None:
    case = load("alignments.toml")[0]
    alignment, _ = align(case["pages"])
    counts = [len(c.carried) for c in alignment.claims]
    assert counts == sorted(counts, reverse=True)


def test_a_refusal_to_comment_is_its_own_claim() -> None:
    words = "The Orlo harbour board paid the Kestrel shipyard in secret."
    articles, story, statements = made.story({"a": [words], "b": [words]})
    statements[1] = replace(statements[1], kind="no_comment")
    claims = align_claims(articles, [story], statements, (), ClaimOptions()).claims
    assert sorted(c.carried for c in claims) == [("a",), ("b",)]


# ------------------------------------------------------------------------------------------------- verdicts


def test_verdicts_follow_from_reasons_alone() -> None:
    strong = [Reason("shared-share", "", 0.8), Reason("shared-weight", "", 3.0), Reason("near-in-meaning", "", 0.6)]
    strong += [Reason("clause-share", "", 0.5), Reason("near-deed", "", 0.6)]
    weak = [Reason("near-in-meaning", "", 0.3)]
    assert decide_same(strong)
    assert not decide_same(weak)
    assert likelihood([*strong, Reason("other-polarity", "", 1.0)]) < likelihood(strong)
    assert subject_likelihood([*strong, Reason("closer-elsewhere", "", 5.0)]) < subject_likelihood(strong)
    assert decide_same([Reason("same-quotation", "", 5.0)])
    assert not decide_same([Reason("same-quotation", "", 5.0), Reason("other-speaker", "", 1.0)])
    figures = [Reason("figures-apart", "", 1.0), Reason("same-subject", "", 0.9)]
    assert decide_disagreement([*figures, Reason("clauses-agree", "", 0.6)])
    assert not decide_disagreement([*figures, Reason("clauses-agree", "", 0.1)])
    assert not decide_disagreement([Reason("figures-apart", "", 1.0), Reason("same-subject", "", 0.1)])
    assert not decide_disagreement([Reason("same-subject", "", 1.0)])


def test_every_rule_is_documented() -> None:
    known = {name for name, rule in all_rules().items() if rule.stage == "claims"}
    assert set(EVIDENCE) | set(OPENINGS) | set(SUBJECT) <= known
    for case in load("alignments.toml"):
        alignment, _ = align(case["pages"])
        assert {r.rule for c in alignment.claims for r in c.reasons} <= known


def test_one_strong_pair_does_not_chain() -> None:
    pairs_ = {(0, 1): 0.95, (1, 2): 0.55, (0, 2): 0.1}
    assert group(3, pairs_, 0.5, lambda a, b: False) == ((0, 1), (2,))
    assert group(3, pairs_, 0.5, lambda a, b: True) == ((0,), (1,), (2,))


@pytest.mark.parametrize("row", rows("asides")["openers"], ids=lambda r: r["words"][0])
def test_every_opener_row_reads_its_example(row: dict[str, Any]) -> None:
    (span,) = circumstances(row["example"])
    assert span.of(row["example"]) == row["circumstance"]


@pytest.mark.parametrize("row", rows("asides")["ignorance"], ids=lambda r: r["example"])
def test_not_to_know_a_thing_is_no_word_for_it(row: dict[str, Any]) -> None:
    assert does_not_know(made.statements(made.article("p-1", [row["example"]]))[0])
    assert not does_not_know(made.statements(made.article("p-2", ["The figure of 40 boats came from the board."]))[0])
    pages = {"a": [row["example"]], "b": ["The figure of 40 boats came from the harbour board, where it was counted."]}
    alignment, _ = align(pages)
    assert all(len(claim.carried) == 1 for claim in alignment.claims)


def test_what_is_spoken_of_is_not_yet_what_is_said() -> None:
    without = (Reason("shared-share", "", 0.5), Reason("near-in-meaning", "", 0.3))
    assert likelihood((*without, Reason("topic-only", "", 1.0))) < likelihood(without)
    assert not decide_same((Reason("same-quotation", "", 9.0), Reason("brief-quotation", "", 1.0)))
