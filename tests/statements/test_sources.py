"""Who stands at the end of a chain, case by case: kind, name, description, count, medium."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from firsthand.language.rows import rows
from firsthand.options import StatementOptions
from firsthand.records import Article, Span, Statement
from firsthand.statements import extract_statements

CASES = Path(__file__).parents[1] / "cases" / "statements" / "sources.toml"


def the_statement(case: dict[str, Any]) -> Statement:
    text = case["text"]
    paragraphs = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    found = extract_statements(Article("p", None, text, paragraphs), StatementOptions())
    return next(s for s in found if case["says"] in s.text)


@pytest.mark.parametrize("case", tomllib.loads(CASES.read_text(encoding="utf-8"))["case"], ids=lambda c: c["says"])
def test_source(case: dict[str, Any]) -> None:
    chain = the_statement(case).chain
    reports = [link for link in chain if link.role == "report"]
    if "report" in case:
        assert [link.name or "" for link in reports] == [case["report"]], chain
        return
    assert case.get("report_not") not in [link.name for link in reports] or "report_not" not in case, chain
    end = chain[-1]
    assert "not_name" not in case or end.name != case["not_name"], end
    for field in ("kind", "name", "description", "count", "medium"):
        assert field not in case or (getattr(end, field) or "") == case[field], end
    if "anonymity" in case:
        found = end.anonymity_reason or ""
        assert case["anonymity"] in found if case["anonymity"] else not found, end


def test_what_a_short_name_stands_for_is_a_word_for_a_body() -> None:
    table: dict[str, str] = rows("sources")["short_bodies"]
    known = {*rows("sources")["body"], "bloc", "cartel", "body"}
    assert not set(table.values()) - known


def test_given_names_stand_in_one_list() -> None:
    names = rows("names")
    lists = [names["masculine_given"], names["feminine_given"], names["either_given"]]
    assert len({name for some in lists for name in some}) == sum(map(len, lists))
