"""Which edits an editor should look at first, from their words alone."""

from __future__ import annotations

from typing import Any

import pytest

from firsthand.dossier.edit_view import differences, ranked, touched


def edit(kind: str, one: str, two: str, left: str, right: str) -> dict[str, Any]:
    start_a, start_b = one.index(left), two.index(right)
    return {"kind": kind, "a": [start_a, start_a + len(left)], "b": [start_b, start_b + len(right)]}


@pytest.mark.parametrize(
    ("one", "two", "left", "right", "kind"),
    [
        ("The mill will close.", "The mill will not close.", "", "not", "a negation"),
        ("They couldn’t come.", "They could come.", "couldn’t", "could", "a negation"),
        ("It took 12 hours.", "It took 21 hours.", "12", "21", "a number"),
        ("It took twelve hours.", "It took twenty-one hours.", "twelve", "twenty-one", "a number"),
        ("He left on Monday.", "He left on Tuesday.", "Monday", "Tuesday", "a date"),
        ("A guard, Ann Oskin, fled.", "A guard, Ann Oskill, fled.", "Oskin", "Oskill", "a name"),
        ("The old mill burned.", "The mill burned.", "old", "", ""),
        ("Workers left.", "Employees left.", "Workers", "Employees", ""),
        ("A guard left the mill.", "A guard fled the mill.", "left", "fled", ""),
    ],
)
def test_what_an_edit_touches(one: str, two: str, left: str, right: str, kind: str) -> None:
    row = edit("changed" if left and right else "cut" if left else "added", one, two, left, right)
    assert touched(row, one, two) == kind


def test_a_negation_comes_before_a_number_and_a_number_before_a_longer_change() -> None:
    one = "The mill will close in 12 days, a foreman who had worked there said."
    two = "The mill will not close in 21 days, a man said."
    edits = [
        edit("added", one, two, "", "not"),
        edit("changed", one, two, "12", "21"),
        edit("changed", one, two, "foreman who had worked there", "man"),
    ]
    assert ranked(edits[::-1], one, two) == [(2, "a negation"), (1, "a number"), (0, "")]
    assert differences(edits, one, two) == "two changes; one word in one place only on the second page"
    assert differences([], one, two) == ""
