"""Times: every form's own example, the cases in data, and laws that hold on any text."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.language.rows import rows
from firsthand.language.times import TimeExpression, find_times
from firsthand.records import Moment

CASES = Path(__file__).parent.parent / "cases" / "language"
DAY = "2018-09-08"
WRITTEN = Moment(DAY, DAY, "metadata")


def _cases(name: str) -> list[Any]:
    return [
        pytest.param(case, id=case["text"])
        for case in tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    ]


def _reference(case: dict[str, Any]) -> Moment | None:
    written = case.get("written", DAY)
    first, last = (written, written) if isinstance(written, str) else written
    return Moment(first or None, last or None, "metadata") if first or last else None


def _row(found: TimeExpression, wanted: list[str]) -> list[str]:
    moment = found.moment
    ends = [moment.earliest or "", moment.latest or ""] if moment else ["", ""]
    return [found.words, found.value, *ends][: len(wanted)]


def _check(case: dict[str, Any]) -> None:
    found = find_times(case["text"], _reference(case))
    wanted = case.get("found", [])
    assert [_row(f, w) for f, w in zip(found, wanted, strict=False)] == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("case", _cases("times.toml"))
def test_case(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.parametrize("case", _cases("times_negatives.toml"))
def test_no_time(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.xfail(raises=AssertionError)
@pytest.mark.parametrize("case", _cases("times_failures.toml"))
def test_known_failure(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.parametrize(
    "row",
    [row for step in ("atom", "composite", "modified") for row in rows("times")[step]],
    ids=lambda row: row["form"],
)
def test_example_of_every_form(row: dict[str, str]) -> None:
    found = [t.value for t in find_times(row["example"], WRITTEN)]
    assert row["value"] in found if row["value"] else not found


def test_a_narrative_counts_from_the_date_told_last() -> None:
    told = "On 18 December 1812 the fort fell. In January the river froze. Two days later, on 20 January, it thawed."
    values = [t.value for t in find_times(told, WRITTEN, narrative=True)]
    assert values[:2] == ["1812-12-18", "1813-01"]
    assert values[-1] == "1813-01-20"


def test_what_needs_a_reference_is_relative_and_never_invented() -> None:
    for found in find_times("Last week, on Friday, in May, at 5 p.m., the past two years, recently.", None):
        assert found.moment is None
        assert not found.explicit
    (stated,) = find_times("It was 4 March 2011.", None)
    assert stated.moment == Moment("2011-03-04", "2011-03-04", "stated", "4 March 2011")
    assert stated.explicit


# ------------------------------------------------------------------------------------------------------ laws


@given(st.text(alphabet=st.sampled_from("0123456789 .,:/-'’\n$%aAsS") | st.characters(), max_size=200))
def test_spans_slice_back_and_never_overlap(text: str) -> None:
    end = 0
    for found in find_times(text, WRITTEN):
        assert found.span.start >= end
        assert found.words == found.span.of(text)
        end = found.span.end


MARKS = ["2018", "17", "the", ",", "-", "'s", "\n\n", "of", "4:30", "(", ")", "2011-03-04", "BC"]
WORDS = [w for words in rows("times")["words"].values() for w in words] + MARKS
SOME_WORDS = st.lists(st.sampled_from(WORDS).map(str.capitalize) | st.sampled_from(WORDS), max_size=30)


@given(SOME_WORDS, st.dates(), st.booleans())
def test_any_words_of_time_give_ordered_intervals(words: list[str], day: date, narrative: bool) -> None:
    reference = Moment(day.isoformat(), day.isoformat(), "metadata")
    for found in find_times(" ".join(words), reference, narrative=narrative):
        assert found.value
        if found.moment and found.moment.earliest and found.moment.latest:
            assert found.moment.earliest[:10] <= found.moment.latest[:10]
            date.fromisoformat(found.moment.earliest[:10])


@given(SOME_WORDS, st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_a_wider_reference_gives_a_wider_interval(words: list[str], day: date, more: int) -> None:
    text, last = " ".join(words), date.fromordinal(day.toordinal() + more)
    narrow = find_times(text, Moment(day.isoformat(), day.isoformat(), "metadata"))
    wide = find_times(text, Moment(day.isoformat(), last.isoformat(), "metadata"))
    assert [f.span for f in narrow] == [f.span for f in wide]
    for a, b in zip(narrow, wide, strict=True):
        if a.moment and b.moment and a.moment.earliest and b.moment.earliest:
            assert b.moment.earliest[:10] <= a.moment.earliest[:10]


@pytest.mark.parametrize(
    "piece", ["1", "1990-", "a.b.", "Monday ", "the ", "two ", "12:", "\n\n", "’s", "1/1/", "March 3-", "-", "hundred "]
)
def test_hostile_text_ends(piece: str) -> None:
    text = (piece * 32_000)[:32_000]
    assert all(0 <= found.span.start < found.span.end <= len(text) for found in find_times(text, WRITTEN))
