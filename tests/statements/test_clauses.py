"""The clauses of a statement, and clause set against clause."""

from __future__ import annotations

import pytest

from firsthand.claims.answering import clause_reasons, parts_of
from firsthand.claims.content import read_content
from firsthand.claims.weights import compare_story
from firsthand.options import StatementOptions
from firsthand.records import Article, Span, Statement
from firsthand.statements import extract_statements


def read(*sentences: str) -> tuple[Statement, ...]:
    """The statements of an article of one paragraph a sentence."""
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 2
    return extract_statements(Article("page", None, "\n\n".join(sentences), tuple(spans)), StatementOptions())


@pytest.mark.parametrize(
    ("sentence", "deeds"),
    [
        ("The harbour board closed the old pier.", {"close"}),
        ("The board agreed to sell the old pier.", {"sell"}),
        ("The old pier is unsafe.", {"unsafe"}),
        ("The board closed the pier and warned the two owners.", {"close", "warn"}),
        ("The board closed the pier, which collapsed in May.", {"close", "collapse"}),
        ("The mayor said the board closed the pier after a storm damaged its roof.", {"close", "damage"}),
    ],
)
def test_a_clause_is_known_by_what_is_done(sentence: str, deeds: set[str]) -> None:
    (statement,) = read(sentence)
    assert {c.verb for c in statement.clauses} == deeds


def test_clauses_lie_within_the_statement_and_one_within_another() -> None:
    (statement,) = read("Ferrymen who signed the letter left Varn on Monday while the mayor, who owns the pier, slept.")
    spans = [c.span for c in statement.clauses]
    assert len(spans) >= 3
    assert all(statement.span.start <= s.start < s.end <= statement.span.end for s in spans)
    for a in spans:
        for b in spans:
            assert a == b or not a.overlap(b) or a.overlap(b) in (a.end - a.start, b.end - b.start)


def test_a_word_belongs_to_the_shortest_clause() -> None:
    (statement,) = read("The board closed the pier, which collapsed in a storm.")
    parts = {part.verbs: part.bag for part in parts_of(read_content(statement))}
    assert any(key.startswith("storm") for key in parts[("collapse",)])
    assert not any(key.startswith("storm") for key in parts[("close",)])


def test_the_clause_that_is_shared_answers() -> None:
    made = read(
        "The Orlo harbour board closed the pier at Selby, and three ferrymen sued the mayor of Varn.",
        "Angry ferrymen have sued the mayor of Varn, whose brother bakes bread.",
        "Bread is dear in Kestrel this spring.",
    )
    contents = [read_content(s) for s in made]
    matrix = compare_story(contents)
    first = next(c for c in contents if "sued" in c.statement.text)
    other = next(c for c in contents if "Angry" in c.statement.text)
    reasons = {r.rule: r for r in clause_reasons(first, other, matrix)}
    assert reasons["clause-deed"].weight > 0.99
    place = reasons["clause-share"].spans[0]
    assert place.span is not None
    text = "\n\n".join(s.text for s in made)
    assert "sued" in place.span.of(text)
    assert "closed" not in place.span.of(text)
    bread = next(c for c in contents if "dear" in c.statement.text)
    shares = [r.weight for r in clause_reasons(first, bread, matrix) if r.rule == "clause-share"]
    assert all(share < reasons["clause-share"].weight for share in shares)
