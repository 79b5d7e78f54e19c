"""Amounts: what is read, what is not, and when two of them can both be right."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.language.amounts import Amount, comparable, compatible, find_amounts, singular
from firsthand.language.rows import rows

CASES = Path(__file__).parents[1] / "cases" / "language"

NUMBERLIKE = "0123456789,.%$£-–: andtwofivemillionpeoplekilled'’\"“”\n"


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))


def check(case: dict[str, Any]) -> None:
    text, wanted = case["text"], case["amounts"]
    found = find_amounts(text)
    assert [a.span.of(text) for a in found] == [w["words"] for w in wanted]
    for amount, want in zip(found, wanted, strict=True):
        assert amount.low == pytest.approx(want["low"], rel=1e-4)
        assert amount.high == pytest.approx(want.get("high", want["low"]), rel=1e-4)
        for field in ("unit", "bound", "of", "state"):
            if field in want:
                assert getattr(amount, field) == want[field], field


@pytest.mark.parametrize("case", load("amounts.toml")["case"], ids=lambda c: c["text"][:40])
def test_amounts_are_read(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", load("amounts_known_failures.toml")["case"], ids=lambda c: c["text"][:40])
def test_known_failures(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize("text", load("amounts_negatives.toml")["texts"])
def test_no_amount_is_read_from(text: str) -> None:
    assert [a.span.of(text) for a in find_amounts(text)] == []


CUES = [*rows("amounts")["bounds"], *rows("amounts")["states"]]


@pytest.mark.parametrize("row", CUES, ids=lambda r: r["example"]["text"])
def test_every_cue_row_reads_its_example(row: dict[str, Any]) -> None:
    example = row["example"]
    (amount,) = find_amounts(example["text"])
    assert (amount.low, amount.unit) == (example["low"], example["unit"])
    assert amount.bound == row.get("bound", amount.bound)
    assert amount.state == row.get("state", amount.state)


def one(text: str) -> Amount:
    (amount,) = find_amounts(text)
    return amount


@pytest.mark.parametrize("case", load("amounts.toml")["compatible"], ids=lambda c: f"{c['a']} / {c['b']}")
def test_compatible(case: dict[str, str]) -> None:
    a, b = one(case["a"]), one(case["b"])
    assert comparable(a, b)
    assert compatible(a, b)
    assert compatible(b, a)


@pytest.mark.parametrize("case", load("amounts.toml")["apart"], ids=lambda c: f"{c['a']} / {c['b']}")
def test_apart(case: dict[str, str]) -> None:
    a, b = one(case["a"]), one(case["b"])
    assert comparable(a, b)
    assert not compatible(a, b)
    assert not compatible(b, a)


@pytest.mark.parametrize("case", load("amounts.toml")["incomparable"], ids=lambda c: f"{c['a']} / {c['b']}")
def test_incomparable(case: dict[str, str]) -> None:
    assert not comparable(one(case["a"]), one(case["b"]))


def test_singular() -> None:
    assert [singular(w) for w in ("boats", "cities", "churches", "boss", "people")] == [
        "boat", "city", "church", "boss", "people",
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from(NUMBERLIKE), max_size=200) | st.text())
def test_spans_lie_in_the_text_in_order_and_nothing_raises(text: str) -> None:
    found = find_amounts(text)
    at = 0
    for amount in found:
        assert at <= amount.span.start < amount.span.end <= len(text)
        assert amount.low <= amount.high
        assert compatible(amount, amount)
        at = amount.span.end


def test_a_giant_line_is_read_to_its_end() -> None:
    found = find_amounts("1,000 " * 20_000 + "and " * 20_000)
    assert found and found[-1].span.end > 100_000
