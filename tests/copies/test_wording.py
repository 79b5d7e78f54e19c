from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.copies.fingerprints import SHINGLE, WINDOW, shingles, winnow
from firsthand.copies.passages import as_passages, shared_runs
from firsthand.copies.quoted import quoted_spans
from firsthand.copies.wording import words_of

WORDS = st.lists(st.sampled_from(["oak", "elm", "ash", "fir", "yew", "bay", "fig", "box"]), min_size=0, max_size=60)


def seen(text: str) -> list[str]:
    words = words_of(text)
    return [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)]


def test_words_and_their_places() -> None:
    assert seen("The mayor’s “old” Café—closed, 12,5!") == ["The", "mayor", "s", "old", "Café", "closed", "12", "5"]
    assert seen("漢字 ok") == ["漢", "字", "ok"]
    assert seen("") == [] == seen(" \n… ")


def test_case_and_accents_give_one_code() -> None:
    a, b = words_of("CAFÉ owners"), words_of("cafe OWNERS")
    assert np.array_equal(a.codes, b.codes)
    assert not np.isin(words_of("owner cafés").codes, a.codes).any()


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_words_in_order(text: str) -> None:
    words = words_of(text)
    assert (words.starts < words.ends).all()
    assert (words.ends[:-1] <= words.starts[1:]).all()
    for span in quoted_spans(text):
        assert 0 <= span.start < span.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_a_run_of_the_guaranteed_length_shares_a_fingerprint(before: list[str], after: list[str], x: list[str]) -> None:
    run = [f"run{i}" for i in range(SHINGLE + WINDOW - 1)]
    a = winnow(shingles(words_of(" ".join(before + run + x)).codes, SHINGLE))
    b = winnow(shingles(words_of(" ".join(x + run + after)).codes, SHINGLE))
    assert np.isin(a, b).any()


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_runs_never_overlap_and_hold_the_same_words(left: list[str], right: list[str]) -> None:
    one, other = " ".join(left), " ".join(right)
    a, b = words_of(one), words_of(other)
    runs = shared_runs(a, b, 5, 0)
    for run in runs:
        assert left[run.a : run.a + run.length_a] == right[run.b : run.b + run.length_b]
    for spans in ([(r.a, r.a + r.length_a) for r in runs], [(r.b, r.b + r.length_b) for r in runs]):
        ordered = sorted(spans)
        assert all(first[1] <= second[0] for first, second in pairwise(ordered))


def test_a_small_edit_is_bridged_and_the_passage_is_exact() -> None:
    one = "Hm. Divers found deep cracks in two of its old piers on Monday, the harbour office said in a letter. Rain."
    two = "So divers found deep cracks in three of its old piers on Monday, the harbour office said in a letter to us."
    a, b = words_of(one), words_of(two)
    (passage,) = as_passages(a, b, shared_runs(a, b, 8, 4))
    assert passage.a.of(one).startswith("Divers found") and passage.a.of(one).endswith("in a letter")
    assert passage.b.of(two).startswith("divers found") and passage.b.of(two).endswith("in a letter")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “no more boats” and left.", ["no more boats"]),
        ('She said "not now" and "not here".', ["not now", "not here"]),
        ("“It opens here,\n\n“and closes” there.", ["It opens here,", "and closes"]),
        ("They wrote:\n\nWe will not pay.\n\nThen they left.", ["We will not pay."]),
        ("REIT: We have listened.\n\nNobody answered.", ["REIT: We have listened."]),
        ("Nobody said a word.", []),
    ],
)
def test_quoted(text: str, quoted: list[str]) -> None:
    assert [span.of(text) for span in quoted_spans(text)] == quoted
