"""The reliability table: what was shown against how often it was right."""

from __future__ import annotations

import pytest

from quality.reliability import markdown, table


def test_a_table_sets_what_was_shown_against_what_was_right() -> None:
    figures = table([(0.55, 1.0), (0.55, 0.0), (0.97, 1.0), (1.0, 1.0)])
    assert figures["n"] == 4
    assert (figures["0.50 to 0.60 n"], figures["0.50 to 0.60 shown"], figures["0.50 to 0.60 right"]) == (2, 0.55, 0.5)
    assert figures["0.99 to 1.00 right"] == 1.0 and "0.60 to 0.70 n" not in figures
    assert figures["apart"] == pytest.approx((2 * 0.05 + 0.03) / 4, abs=1e-3)
    assert "| 0.50 to 0.60 | 2 | 0.55 | 0.5 |" in markdown(figures, "abc")


def test_nothing_marked_gives_an_empty_table() -> None:
    assert table([]) == {"n": 0, "apart": 0.0}
