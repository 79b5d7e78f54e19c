"""A suffix tells a son from his father."""

from __future__ import annotations

import pytest

from firsthand.language.names import may_be_same, name_suffix


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Emil Brandt Jr.", "Emil Brandt", False),
        ("Brandt Jr.", "Emil Brandt", False),
        ("Brandt Jr.", "Emil Brandt Jr.", True),
        ("Brandt", "Emil Brandt Jr.", True),
        ("Emil Brandt Sr.", "Emil Brandt Jr.", False),
        ("Brandt", "Emil Brandt", True),
    ],
)
def test_father_and_son_are_two(one: str, other: str, same: bool) -> None:
    assert may_be_same(one, other) is same
    assert may_be_same(other, one) is same


def test_suffix_is_the_last_word() -> None:
    assert name_suffix("Emil Brandt Jr.") == "jr"
    assert name_suffix("Jr Brandt") == ""
