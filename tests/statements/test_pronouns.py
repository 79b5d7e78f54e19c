"""Whom "he" and "she" mean, case by case."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from firsthand.language.rows import rows
from firsthand.records import Article, Span
from firsthand.statements.cast import gather_cast
from firsthand.statements.pronouns import person_by_pronoun
from firsthand.statements.reading import read_article

CASES = Path(__file__).parents[1] / "cases" / "statements" / "pronouns.toml"


@pytest.mark.parametrize("case", tomllib.loads(CASES.read_text(encoding="utf-8"))["case"], ids=lambda c: c["text"][:40])
def test_pronoun(case: dict[str, Any]) -> None:
    text = case["text"]
    reading = read_article(Article("p", None, text, (Span(0, len(text)),)))
    places = [(s, t.i) for s in reading.sentences for t in s.parse.tokens if t.lemma in ("he", "she")]
    subjects = [(s, i) for s, i in places if s.token(i).dep == "nsubj" and s.token(s.token(i).head).lemma == "say"]
    sentence, at = subjects[-1]
    assert (person_by_pronoun(gather_cast(reading), reading, sentence, at, {}) or "") == case["name"]


def test_no_given_name_is_in_both_lists() -> None:
    assert not set(rows("names")["masculine_given"]) & set(rows("names")["feminine_given"])
