"""What holds of shared passages for any two texts, and that odd texts take no longer than others."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand import copies
from firsthand.copies.few import FewTexts
from firsthand.copies.passages import MOST_REPEATS, Run, as_passages, shared_runs
from firsthand.copies.wording import PIECE, Wording, words_of
from firsthand.options import CopyOptions
from firsthand.records import Article, Span

WORDS = ["oak", "Elm", "ash", "fir", "ÉLAN", "漢字", "ไทย", "é", "😀", "12", "straße"]
SENTENCES = [" ".join(WORDS[i:] + WORDS[:i]) for i in range(4)]
PARTS = st.lists(st.sampled_from([*WORDS, *SENTENCES, "“", "”", "\n\n", "."]), max_size=30).map(" ".join)


def spans(runs: tuple[Run, ...]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The words of the runs in each text, in order."""
    return sorted((r.a, r.a + r.length_a) for r in runs), sorted((r.b, r.b + r.length_b) for r in runs)


def exact(run: Run) -> list[tuple[int, int, int]]:
    """The stretches of a run between its gaps: start in a, start in b, words."""
    starts_a = [run.a, *(gap[1] for gap in run.gaps)]
    starts_b = [run.b, *(gap[3] for gap in run.gaps)]
    ends_a = [*(gap[0] for gap in run.gaps), run.a + run.length_a]
    ends_b = [*(gap[2] for gap in run.gaps), run.b + run.length_b]
    assert [end - start for start, end in zip(starts_a, ends_a, strict=True)] == [
        end - start for start, end in zip(starts_b, ends_b, strict=True)
    ]
    return [(a, b, end - a) for a, b, end in zip(starts_a, starts_b, ends_a, strict=True)]


def check(one: str, other: str, a: Wording, b: Wording, runs: tuple[Run, ...]) -> None:
    """Spans in bounds, none overlapping on either side, the same words but for the gaps, own words counted."""
    for side, words in zip(spans(runs), (a, b), strict=True):
        assert all(0 <= start < end <= len(words) for start, end in side)
        assert all(first[1] <= second[0] for first, second in pairwise(side))
    for run in runs:
        stretches = exact(run)
        assert run.same == sum(size for _, _, size in stretches)
        for start_a, start_b, size in stretches:
            assert np.array_equal(a.codes[start_a : start_a + size], b.codes[start_b : start_b + size])
        assert run.own_a == np.count_nonzero(~a.quoted[run.a : run.a + run.length_a])
        assert run.own_b == np.count_nonzero(~b.quoted[run.b : run.b + run.length_b])
    for passage in as_passages(a, b, runs):
        assert 0 <= passage.a.start < passage.a.end <= len(one)
        assert 0 <= passage.b.start < passage.b.end <= len(other)


@settings(max_examples=150, deadline=None)
@given(PARTS, PARTS)
def test_shared_passages_are_what_they_say(one: str, other: str) -> None:
    a, b = words_of(one), words_of(other)
    check(one, other, a, b, shared_runs(a, b, 5, 4))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS[:6] * 8 + SENTENCES), max_size=40), st.lists(st.sampled_from(WORDS), max_size=40))
def test_the_order_of_two_texts_does_not_matter(left: list[str], right: list[str]) -> None:
    one, other = " ".join(left), " ".join(right + left[10:30] + right[:4] + left[:9])
    a, b = words_of(one), words_of(other)
    runs, back = shared_runs(a, b, 5, 4), shared_runs(b, a, 5, 4)
    turned = {(r.b, r.a, r.length_b, r.length_a, r.same) for r in back}
    if {(r.a, r.b, r.length_a, r.length_b, r.same) for r in runs} != turned:
        size = sum(run.same for run in runs)
        assert size == sum(run.same for run in back) or mirrored_somewhere(a, b)


def mirrored_somewhere(a: Wording, b: Wording) -> bool:
    """Whether some words stand at ``x`` and ``y`` of the two texts and again at ``y`` and ``x``."""
    same = a.codes[:, None] == b.codes[None, :]
    size = min(same.shape)
    square = same[:size, :size]
    return bool((square & square.T & ~np.eye(size, dtype=np.bool_)).any())


def test_a_refrain_seeds_nothing_on_either_side() -> None:
    line = "and all the bells of the old town rang out once more"
    often, once = words_of(f"{line}. " * (MOST_REPEATS + 1)), words_of(f"They said that {line} at noon.")
    assert shared_runs(often, once, 8, 4) == () == shared_runs(once, often, 8, 4)


ODD: dict[str, Callable[[int], str]] = {
    "one word": lambda size: "oak " * (size // 4),
    "two words": lambda size: "oak elm " * (size // 8),
    "a long word": lambda size: "b" * size + " end",
    "a long foreign word": lambda size: "é" * size,
    "no spaces": lambda size: "漢字仮名交" * (size // 5),
    "Thai": lambda size: "ไทยแลนด์" * (size // 8),
    "emoji": lambda size: "😀 " * (size // 2),
    "marks": lambda size: "“ ”\"''``:\n" * (size // 10),
    "lines": lambda size: "\n" * size,
    "spaces": lambda size: " " * size,
    "numbers": lambda size: " ".join(map(str, range(size // 6))),
    "brackets": lambda size: "(@.co/" * (size // 6),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_are_read_and_aligned_in_linear_time(name: str) -> None:
    text = ODD[name](300_000)
    started = time.process_time()
    a, b = words_of(text), words_of("Intro words. " + text)
    runs = shared_runs(a, b, 8, 4)
    check(text, "Intro words. " + text, a, b, runs)
    assert time.process_time() - started < 5
    if name == "numbers":
        assert [run.same for run in runs] == [len(a)]


def test_a_long_text_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The “quay” was\u2003closed, 漢字 too.\n\nCafé" * 50 + "x" * 200 + " end"
    whole = words_of(text)
    for piece in (1, 7, 64, PIECE):
        monkeypatch.setattr("firsthand.copies.wording.PIECE", piece)
        for name in ("starts", "ends", "codes", "quoted"):
            assert np.array_equal(getattr(words_of(text), name), getattr(whole, name)), name


def articles(texts: list[str]) -> list[Article]:
    return [Article(f"p{i:05}", None, text, (Span(0, len(text)),)) for i, text in enumerate(texts)]


def test_many_pages_of_one_report_take_linear_time() -> None:
    text = " ".join(f"w{number}" for number in range(120))
    options = CopyOptions(retellings=False, most_pages_per_fingerprint=20)

    def seconds(count: int) -> float:
        started = time.process_time()
        assert len(copies.find_copies(articles([text] * count), options)) < 3 * count
        return time.process_time() - started

    few = seconds(60)
    assert seconds(240) < 8 * few + 1


def test_odd_texts_are_read_alike_by_both_engines() -> None:
    pytest.importorskip("numba")
    from firsthand.copies.many import ManyTexts

    for name, make in ODD.items():
        texts = [make(size) for size in (0, 1, 63, 64, 65, 127, 128, 129, 1000)]
        few, many = FewTexts(texts, [None] * len(texts)), ManyTexts(texts, [None] * len(texts))
        for one, other in zip(few.wordings(), many.wordings(), strict=True):
            for column in ("starts", "ends", "codes", "quoted"):
                assert np.array_equal(getattr(one, column), getattr(other, column)), (name, column)
        assert np.array_equal(few.sharing_pairs(CopyOptions(), 2), many.sharing_pairs(CopyOptions(), 2)), name
