"""The compiled engine for large collections says what the plain one says."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import overload

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand import copies
from firsthand.copies.differing_facts import FEWEST, facts_of, gaps_of
from firsthand.copies.edits import find_edits
from firsthand.copies.few import FewTexts, Known, SharedRuns
from firsthand.copies.notices import AROUND, HEADING, notices, signed, signs
from firsthand.copies.passages import Run, as_passages
from firsthand.copies.wording import words_of
from firsthand.copies.wording_evidence import (
    FEWEST_JUDGED,
    MOST_JUDGED,
    MOST_RUNS,
    added_up,
    brings_in,
    longest_row,
    stated_by_both,
)
from firsthand.options import CopyOptions
from firsthand.records import Article, Named, Span

pytest.importorskip("numba")
from firsthand.copies.compiled_signs import signed_pairs
from firsthand.copies.compiled_texts import encoded
from firsthand.copies.compiling import Scratch
from firsthand.copies.many import ManyTexts

MARKS = ["“", "”", '"', "''", "``", "'", "«", "»", " ", "\n", "\n\n", ":", ". ", "\u00a0", "\u2003"]
WORDS = ["oak", "Elm", "ash", "ÉLAN", "漢字", "\ud800", "😀", "ß", "é"]
SIGNS = ["REIT: ", "Q: ", "MR. ASH (laughing): ", "— Ann (@ann) ", "t.co/abcd"]
PIECES = st.sampled_from(MARKS + WORDS + SIGNS)
FORMS = (
    "“{}”",
    "“{}”",
    "{}",
    "The office said in a statement: {}",
    "“{}” by the Quay Post",
    "Sign up for our letters to read {}",
)
TEXTS = st.lists(st.lists(PIECES, max_size=40).map(" ".join), min_size=1, max_size=6)


def pages(seed: int, count: int) -> tuple[list[str], list[str | None]]:
    """Texts of few words, parts of which are drawn from others, of some outlets that repeat themselves."""
    draw = Random(seed)
    words = [f"w{number}" for number in range(60)]
    stock = [" ".join(draw.choices(words, k=9)) for _ in range(3)]
    texts: list[str] = []
    outlets: list[str | None] = []
    for _ in range(count):
        parts = [" ".join(draw.choices(words, k=draw.randint(1, 60))) for _ in range(3)]
        if texts and draw.random() < 0.6:
            other = draw.choice(texts).split()
            start = draw.randrange(len(other))
            taken = other[start : start + draw.randint(8, 80)]
            if len(taken) > 12 and draw.random() < 0.5:
                taken[draw.randrange(len(taken))] = "edited"
            parts[draw.randrange(3)] = " ".join(taken)
        outlet = draw.choice(["A", "B", "C", None])
        if outlet:
            parts.insert(draw.randrange(3), stock["ABC".index(outlet)])
        if draw.random() < 0.3:
            parts[0] = f"“{parts[0]}”"
        texts.append("\n\n".join(parts))
        outlets.append(outlet)
    return texts, outlets


@given(st.lists(st.tuples(st.text(max_size=9), st.integers(0, 20)), max_size=140))
@settings(max_examples=60, deadline=None)
def test_texts_become_bytes_as_python_says(parts: list[tuple[str, int]]) -> None:
    texts = [part * times + "\ud800" * (times == 7) for part, times in parts]
    data, bounds = encoded(texts, Scratch())
    raw = [data[start:end].tobytes() for start, end in pairwise(bounds.tolist())]
    assert raw == [text.encode("utf-8", "surrogatepass") for text in texts]
    assert not data[bounds[-1] :].any()


def same(texts: Sequence[str], outlets: Sequence[str | None], options: CopyOptions) -> int:
    """Holds the two engines to one another; returns how many pairs they find."""
    few, many = FewTexts(texts, outlets), ManyTexts(texts, outlets)
    for one, other in zip(few.wordings(), many.wordings(), strict=True):
        for name in ("starts", "ends", "codes", "quoted"):
            assert np.array_equal(getattr(one, name), getattr(other, name)), name
    pairs = few.sharing_pairs(options, 2)
    assert np.array_equal(pairs, many.sharing_pairs(options, 2))
    wanted = np.ones(len(pairs), dtype=np.bool_)
    for one, other in zip(
        few.shared_runs(pairs, wanted, options), many.shared_runs(pairs, wanted, options), strict=True
    ):
        assert one[:2] == other[:2]
        assert one.runs == other.runs
        assert other.known is not None
        judged_alike(one, other.known, *articles([texts[one.i], texts[one.j]], [None, None]))
        both = (texts[one.i], texts[one.j], *one[2:5])
        assert find_edits(*both, other.known.edits) == find_edits(*both)
        assert as_passages(one.words_a, one.words_b, one.runs) == tuple(other.known.passages)
    return len(pairs)


def judged_alike(pair: SharedRuns, known: Known, a: Article, b: Article) -> None:
    """Holds what is known of a pair to what is said of it one by one."""
    apart = gaps_of(pair.words_a, pair.words_b, pair.runs)
    facts = facts_of(a, b, *pair[2:5], apart)
    if known.facts is None:
        assert known.apart == (list(apart[0]), apart[1])
    else:
        assert known.facts == facts or (facts is None and known.facts.figures + known.facts.others < FEWEST)
    if known.sums is None or not pair.runs:
        return
    own, quoted, credited = added_up(pair.runs, a, b, *pair[2:4])
    covered = [sum(getattr(run, side) for run in pair.runs) for side in ("length_a", "length_b")]
    shares = covered[0] / len(pair.words_a), covered[1] / len(pair.words_b)
    assert known.sums == (own, quoted, *shares, longest_row(pair.runs, a, b, *pair[2:4]))
    assert credited == 0
    if own < FEWEST_JUDGED or len(pair.runs) > MOST_RUNS or min(shares) >= MOST_JUDGED:
        return
    longest = max(pair.runs, key=lambda run: min(run.own_a, run.own_b))
    starts = int(pair.words_a.starts[longest.a]), int(pair.words_b.starts[longest.b])
    assert known.brings_in == brings_in(a.text, starts[0], b.text, starts[1])
    spans = [pair.words_a.span(run.a, run.a + run.length_a - 1) for run in pair.runs if min(run.own_a, run.own_b)]
    assert known.listed or not any(notices(a.text, span, signed=False) for span in spans)
    if not known.signed and (known.listed or any(notices(a.text, span) for span in spans)):
        assert not signed(a.text, pair.words_a, pair.runs)
    if known.brings_in and known.stated is not None:
        assert known.stated == stated_by_both(pair.runs, longest, a, b, *pair[2:4])


FACTS = (
    *("4", "4.2", "1,250", "12:30", "7.", "4th", "3a4", "42", ".5", "5,", "x9", "4.", "0", "a_b", "4_5"),
    *("twelve", "Twelve", "Monday", "tuesday", "May", "Orvelle", "Elan", "Velm", "O’Velm", "oak", "elm"),
    *("“Orvelle", "(Velm", "Tolm.", "Tolm:", "end.” Velm", "end.’) Velm", "\n“Velm", "\n\n‘(Velm", "'Velm", "–Velm"),
    *(
        "end!  Velm",
        "end?   \tVelm",
        "end .\u00a0Velm",
        "end.\u2003Velm",
        "of “Velm",
        "of ‘Velm",
        "of ’Velm",
        "of)Velm",
    ),
)
FOREIGN = ("²", "m²", "٤", "4.٤", "²4", "Élan", "août", "😀Velm", "漢字", "1,²4")


@pytest.mark.parametrize("seed", range(4))
def test_facts_that_differ_are_counted_alike(seed: int) -> None:
    draw = Random(seed)
    texts = []
    for _ in range(6):
        stock = [" ".join(draw.choices([f"w{n}" for n in range(400)], k=8)) for _ in range(25)]
        for _ in range(4):
            foreign = draw.choice((0.0, 0.0, 0.1))
            some = [draw.choice(FOREIGN if draw.random() < foreign else FACTS) for _ in stock]
            parts = [part for fact, words in zip(some, stock, strict=True) for part in (fact, words)]
            texts.append(draw.choice((" ", "", ".", "4.")) + " ".join(parts))
    few, many = FewTexts(texts, [None] * len(texts)), ManyTexts(texts, [None] * len(texts))
    pairs = few.sharing_pairs(CopyOptions(), 2)
    assert np.array_equal(pairs, many.sharing_pairs(CopyOptions(), 2))
    said = 0
    for pair in many.shared_runs(pairs, np.ones(len(pairs), dtype=np.bool_), CopyOptions()):
        assert pair.known is not None
        judged_alike(pair, pair.known, *articles([texts[pair.i], texts[pair.j]], [None, None]))
        said += pair.known.facts is not None and pair.known.facts.figures + pair.known.facts.others >= FEWEST
    assert said > 5


LINES = (
    "Related:",
    "Also read",
    "Elm Quay opens its third bridge",
    "Four new ferries for the Velm",
    "A hall for Orvelle",
    "The office said in a statement:",
    "The office wrote: {}",
    "We have {}.",
    "Our mill has 4.{} looms, and on Monday 12 more.",
    "Read the full text of it",
    "statement",
    "{}.",
    "WE are {} were.",
    "",
    " ",
)


@pytest.mark.parametrize("seed", range(40))
def test_what_stands_around_passages_is_judged_alike(seed: int) -> None:
    draw = Random(seed)
    words = [f"word{number}" for number in range(400)]

    def lines(count: int) -> list[str]:
        return [draw.choice(LINES).format(" ".join(draw.choices(words, k=draw.randint(1, 40)))) for _ in range(count)]

    texts = []
    for _ in range(8):
        block = lines(draw.randint(2, 9))
        for _ in range(2):
            changed = [line.replace("4.", f"{draw.randint(1, 9)}.").replace("Monday", "Friday") for line in block]
            both = lines(draw.randint(0, 9)) + draw.choice([block, changed]) + lines(draw.randint(0, 9))
            texts.append("\n".join(both))
    assert same(texts, [None] * len(texts), CopyOptions())


@pytest.mark.parametrize("seed", range(6))
def test_both_engines_agree(seed: int) -> None:
    texts, outlets = pages(seed, 80)
    assert same(texts, outlets, CopyOptions()) > 10


@pytest.mark.parametrize("held", [0, 10**6])
def test_both_engines_agree_in_small_batches(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BATCH", 900), ("PAIRS", 7), ("RUNS", 1), ("COUNTERS", 1024), ("HELD", held)):
        monkeypatch.setattr(f"firsthand.copies.many.{name}", value)
    texts, outlets = pages(7, 80)
    assert same(texts, outlets, CopyOptions(most_pages_per_fingerprint=4)) > 10


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_read_alike(texts: list[str]) -> None:
    same(texts, ["A"] * len(texts), CopyOptions())


def test_nothing_is_read_alike() -> None:
    for texts in ([], [""], ["", "One word.", ""]):
        assert same(texts, [None] * len(texts), CopyOptions()) == 0


def articles(texts: Sequence[str], outlets: Sequence[str | None]) -> list[Article]:
    return [
        Article(f"p{i:03}", None, text, (Span(0, len(text)),), outlet=Named(outlet, "record") if outlet else None)
        for i, (text, outlet) in enumerate(zip(texts, outlets, strict=True))
    ]


class MadeAnew(Sequence[Article]):
    """Articles that are made each time they are asked for, as from a file."""

    def __init__(self, collection: Sequence[Article]) -> None:
        self.collection = collection

    def __len__(self) -> int:
        return len(self.collection)

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> list[Article]: ...

    def __getitem__(self, index: int | slice) -> Article | list[Article]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        return dataclasses.replace(self.collection[index])

    def text(self, number: int) -> str:
        return self.collection[number].text


@pytest.mark.parametrize("retellings", [False, True])
def test_the_copies_of_a_large_collection(monkeypatch: pytest.MonkeyPatch, retellings: bool) -> None:
    options = CopyOptions(retellings=retellings)
    collection = articles(*pages(9, 60))
    wanted = copies.find_shared(collection, options)
    monkeypatch.setattr(copies, "MANY", 1)
    assert wanted.copies
    assert copies.find_shared(collection, options) == wanted
    assert copies.find_shared(collection[::-1], options) == wanted
    assert copies.find_shared(MadeAnew(collection), options) == wanted


@pytest.mark.parametrize("seed", range(4))
def test_quotations_and_statements_of_a_large_collection(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Pairs that share nothing but these are weighed by adding up columns, without runs or wordings."""
    draw = Random(seed)
    words = [f"word{number}" for number in range(3000)]
    said = [" ".join(draw.choices(words, k=draw.randrange(12, 60))) for _ in range(12)]
    texts = []
    for _ in range(90):
        parts = [" ".join(draw.choices(words, k=draw.randrange(30, 90))) for _ in range(3)]
        for quotation in draw.sample(said, 2):
            if draw.random() < 0.3:
                quotation = quotation.replace(" ", " and ", 1)
            form = draw.choice(FORMS)
            parts.insert(draw.randrange(4), form.format(quotation))
        texts.append("\n\n".join(parts))
    collection = articles(texts, [None] * len(texts))
    options = CopyOptions(retellings=False)
    wanted = copies.find_shared(collection, options)
    monkeypatch.setattr(copies, "MANY", 1)
    assert len(wanted.source_matter) > 5
    assert copies.find_shared(collection, options) == wanted


@pytest.mark.parametrize("seed", range(4))
def test_signs_of_notices_are_seen_alike(seed: int) -> None:
    draw = Random(seed)
    words = [f"w{number}" for number in range(40)] + (["Copyright", "rights", "reserved"] if seed % 2 else ["rights"])
    printed = ["".join(word + draw.choice(" " * 30 + "\n\n") for word in draw.choices(words, k=200)) for _ in range(2)]
    texts = [words_of(text) for text in printed]
    pairs = [
        (
            Run(
                draw.randrange(0, 150),
                0,
                length := draw.randrange(8, 50),
                length,
                length,
                length,
                length * draw.randrange(4),
            ),
        )
        for _ in range(40)
    ]
    runs = np.array(
        [[run.a, run.b, run.length_a, run.length_b, 0, run.own_a, run.own_b, 0] for (run,) in pairs], dtype=np.int32
    )
    codes, bounds = np.concatenate([text.codes for text in texts]), np.array([0, 200, 400])
    starts, ends = (
        np.concatenate([getattr(text, what) for text in texts], dtype=np.int32) for what in ("starts", "ends")
    )
    lines = [[at for at, sign in enumerate(f"{text}\n") if sign == "\n"] for text in printed]
    limits = np.cumsum([0, *map(len, lines)])
    placed = (codes, starts, ends, bounds)
    lined = (np.array(lines[0] + lines[1], dtype=np.int32), limits)
    numbers = np.array([(1, 0)] * len(pairs))
    found, asked = np.zeros(len(pairs), dtype=np.bool_), np.arange(len(pairs)) % 7 > 0
    signed_pairs(*placed, numbers, runs, np.arange(len(pairs) + 1), asked, *lined, signs(), AROUND, HEADING, found)
    assert found.tolist() == [
        bool(ask) and signed(printed[1], texts[1], own) for ask, own in zip(asked, pairs, strict=True)
    ]
    assert found.any() == bool(seed % 2)


def test_a_report_on_more_pages_than_the_cap_stays_in_one_piece() -> None:
    text = " ".join(f"w{number}" for number in range(200))
    collection = articles([text] * 12, [None] * 12)
    found = copies.find_copies(collection, CopyOptions(most_pages_per_fingerprint=5, retellings=False))
    joined = {"p000"}
    for copy in found:
        joined |= {copy.a, copy.b} if copy.a in joined or copy.b in joined else set()
    assert joined == {article.page for article in collection}
    assert len(found) < 12 * 11 / 2
