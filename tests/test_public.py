"""The public surface: small, sorted, and really there."""

from __future__ import annotations

import firsthand


def test_exported_names_are_sorted_and_exist() -> None:
    assert list(firsthand.__all__) == sorted(firsthand.__all__)
    for name in firsthand.__all__:
        assert getattr(firsthand, name) is not None


def test_unknown_name() -> None:
    try:
        firsthand.nothing  # noqa: B018
    except AttributeError as error:
        assert "nothing" in str(error)
    else:
        raise AssertionError("an unknown name was found")
