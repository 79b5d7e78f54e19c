"""Every row of the cue and hedge tables, by its example."""

from __future__ import annotations

from typing import Any

import pytest

from firsthand.language.rows import rows
from firsthand.options import StatementOptions
from firsthand.records import Article, Span, Statement
from firsthand.statements import extract_statements
from firsthand.statements.attributions import find_attributions
from firsthand.statements.chains import basis_tokens
from firsthand.statements.reading import read_article


def article(text: str) -> Article:
    return Article("p", None, text, (Span(0, len(text)),))


def statements(text: str) -> tuple[Statement, ...]:
    return extract_statements(article(text), StatementOptions())


@pytest.mark.parametrize("row", [*rows("cues")["verb"], *rows("cues")["noun"]], ids=lambda r: r["example"])
def test_cue(row: dict[str, Any]) -> None:
    reading = read_article(article(row["example"]))
    found = [a for s in reading.sentences for a in find_attributions(reading, s)]
    assert any(a.lemma in row["words"] and a.content for a in found), found


@pytest.mark.parametrize("row", rows("cues")["phrase"], ids=lambda r: r["example"])
def test_phrase(row: dict[str, Any]) -> None:
    assert statements(row["example"])[0].kind == "indirect"


@pytest.mark.parametrize("row", rows("cues")["basis"], ids=lambda r: r["example"])
def test_basis(row: dict[str, Any]) -> None:
    reading = read_article(article(row["example"]))
    assert basis_tokens(reading.sentences[0])
    assert [link.kind for link in statements(row["example"])[0].chain] == ["body", "body", "unnamed"]


@pytest.mark.parametrize("row", rows("cues")["adverb"], ids=lambda r: r["example"])
def test_adverb(row: dict[str, Any]) -> None:
    end = statements(row["example"])[0].chain[-1]
    assert (end.role, end.kind, end.name) == ("report", "unknown", None)


@pytest.mark.parametrize("row", rows("cues")["no_comment"], ids=lambda r: r["example"])
def test_no_comment(row: dict[str, Any]) -> None:
    assert statements(row["example"])[0].kind == "no_comment"


@pytest.mark.parametrize("name", ["modal", "adverb", "adjective", "verb"])
def test_hedge(name: str) -> None:
    for row in rows("hedges")[name]:
        assert statements(row["example"])[0].hedge is not None, row["example"]


@pytest.mark.parametrize("name", ["negation", "negative_verb"])
def test_negation(name: str) -> None:
    for row in rows("hedges")[name]:
        assert statements(row["example"])[0].polarity == "negated", row["example"]
