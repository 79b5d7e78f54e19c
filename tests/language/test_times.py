"""Times: every form's own example, the cases in data, and laws that hold on any text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.language.rows import rows
from firsthand.language.times import find_times
from firsthand.records import Moment

WRITTEN = Moment("2018-09-08", "2018-09-08", "metadata")


@pytest.mark.parametrize(
    "row",
    [row for step in ("atom", "composite", "modified") for row in rows("times")[step]],
    ids=lambda row: row["form"],
)
def test_example_of_every_form(row: dict[str, str]) -> None:
    found = [t.value for t in find_times(row["example"], WRITTEN)]
    assert row["value"] in found if row["value"] else not found


@given(st.text(alphabet=st.sampled_from("0123456789 .,:/-'’\n$%aAsS") | st.characters(), max_size=200))
def test_spans_slice_back_and_never_overlap(text: str) -> None:
    end = 0
    for found in find_times(text, WRITTEN):
        assert found.span.start >= end
        assert found.words == found.span.of(text)
        end = found.span.end


MARKS = ["2018", "17", "the", ",", "-", "'s", "\n\n", "of"]
WORDS = [w for words in rows("times")["words"].values() for w in words] + MARKS


@given(st.lists(st.sampled_from(WORDS).map(lambda w: w.capitalize()) | st.sampled_from(WORDS), max_size=30), st.dates())
def test_any_words_of_time_give_ordered_intervals(words: list[str], day: date) -> None:
    for found in find_times(" ".join(words), Moment(day.isoformat(), day.isoformat(), "metadata")):
        if found.moment and found.moment.earliest and found.moment.latest:
            assert found.moment.earliest[:10] <= found.moment.latest[:10]
            date.fromisoformat(found.moment.earliest[:10])
