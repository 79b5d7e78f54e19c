from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.language.vectors import embed, model, wordpieces, words_of


def similarity(a: str, b: str) -> float:
    rows = embed([a, b])
    return float(rows[0] @ rows[1])


def test_rows_are_unit_float32() -> None:
    rows = embed(["The council closed the old bridge.", "Rain fell on Tuesday."])
    assert rows.dtype == np.float32
    assert rows.shape[0] == 2 and 128 <= rows.shape[1] <= 384
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_nothing_in_nothing_out() -> None:
    assert embed([]).shape == (0, model().vectors.shape[1])
    assert not embed(["", "  \n "]).any()


def test_a_retelling_is_nearer_than_another_matter() -> None:
    sentence = "The mayor of Orvelle resigned on Monday after the audit found missing money."
    retold = "Orvelle's mayor stepped down Monday when auditors discovered that funds had vanished."
    other = "Heavy snow shut the mountain road above Lake Tarn for a second day."
    assert similarity(sentence, retold) > 0.55 > 0.35 > similarity(sentence, other)


def test_case_and_accents_do_not_matter() -> None:
    assert similarity("Café owners PROTEST", "cafe owners protest") > 0.999


def test_a_row_depends_on_its_own_sentence_alone() -> None:
    one = "Ferry traffic stopped at noon."
    assert np.array_equal(embed([one])[0], embed(["Something else.", one])[1])


def test_wordpieces_take_the_longest_match() -> None:
    index = {"un": 0, "##able": 1, "##a": 2, "##ble": 3}
    assert wordpieces("unable", index) == (0, 1)
    assert wordpieces("xable", index) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_finite_row(text: str) -> None:
    row = embed([text])[0]
    assert np.isfinite(row).all()
    assert len(words_of(text)) >= 0
    assert np.isclose(np.linalg.norm(row), 1, atol=1e-4) or not row.any()
