"""Tellings: the compiled engine for large collections says what the plain one says, and what a retelling looks like."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.copies.few import FewTexts
from firsthand.copies.few_tellings import FewTellings
from firsthand.language.sentences import split_sentences
from firsthand.records import Article, Span

pytest.importorskip("numba")
from firsthand.copies import many_tellings
from firsthand.copies.many_tellings import ManyTellings, _Buffer, _split

MARKS = [
    ". ",
    "! ",
    "? ",
    "... ",
    "… ",
    '." ',
    ".” ",
    "?” ",
    ".\n\n",
    ".\n",
    "。",
    "！？",
    " ",
    " (",
    " “",
    ", ",
    "\n \n",
    ".......  ",
]
WORDS = [
    "Mr",
    "Dr",
    "No",
    "5",
    "Ash",
    "the",
    "U.S",
    "J",
    "É",
    "d’Elm",
    "Inc",
    "said",
    "harbour",
    "Wulf",
    "ÉLAN",
    "ΟΔΟΣ",
    "漢字",
]
ODD = [
    "\ud800",
    "😀",
    "𝐁old",
    "각",
    "ﬁ",
    "e\u0301",
    "x_y",
    "½",
    "İs",
    "\u00a0",
    "a.m",
    "’tis",
    "K",
    "12,500",
    "\x00",
    "-",
]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS + ODD), st.sampled_from(MARKS)), max_size=60).map(
    lambda parts: "".join(word + mark for word, mark in parts)
)
NEWS = [
    "mayor",
    "council",
    "harbour",
    "ferry",
    "strike",
    "union",
    "vote",
    "budget",
    "court",
    "judge",
    "storm",
    "flood",
    "rescue",
    "bridge",
    "closed",
    "reopened",
    "Orvelle",
    "Tamsin",
    "Brack",
    "Wulf",
    "Harbour",
    "Authority",
    "Courier",
    "quarry",
    "river",
    "police",
    "witness",
    "trial",
    "fined",
    "million",
    "12",
    "340",
    "Thursday",
]


def articles(texts: list[str]) -> list[Article]:
    """Articles of these texts; their first words are their headlines."""
    return [
        Article(f"p{number}", text[:30] if number % 3 else None, text, (Span(0, len(text)),))
        for number, text in enumerate(texts)
    ]


def news(seed: int, count: int) -> list[str]:
    """Texts of few words, so that many sentences are alike."""
    draw = Random(seed)

    def sentence() -> str:
        words = " ".join(draw.choices(NEWS, k=draw.randint(2, 14)))
        return f"“{words}.”" if draw.random() < 0.2 else f"{words}."

    return [" ".join(sentence() for _ in range(draw.randint(0, 12))) for _ in range(count)]


def same(texts: list[str]) -> None:
    """Holds the two engines to one another."""
    pages = articles(texts)
    wordings = list(FewTexts(texts, [None] * len(texts)).wordings())
    few, many = FewTellings(pages, wordings), ManyTellings(pages, wordings)
    assert np.array_equal(few.sketches.gists, many.sketches.gists)
    assert np.array_equal(few.sketches.terms, many.sketches.terms)
    for number in range(len(pages)):
        one, other = few.telling(number), many.telling(number)
        assert one.spans == other.spans
        for name in ("vectors", "sizes", "quoted", "codes", "rows", "weights", "totals"):
            assert np.array_equal(getattr(one, name), getattr(other, name)), name
    pairs = np.stack(np.triu_indices(len(pages), 1), axis=1)
    assert np.array_equal(few.weighed(pairs), many.weighed(pairs))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_the_compiled_sentences_are_the_plain_ones(text: str) -> None:
    (page,) = articles([text])
    found = _split([page], _Buffer.read([page]))
    spans = [Span(place, place + size) for place, size in zip(found.places.tolist(), found.sizes.tolist(), strict=True)]
    assert tuple(spans) == split_sentences(text)
    raw = text.encode("utf-8", "surrogatepass")
    parts = [raw[start:end] for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True)]
    assert parts == [span.of(text).encode("utf-8", "surrogatepass") for span in spans]


@given(st.lists(TEXTS, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_both_engines_agree_on_any_text(texts: list[str]) -> None:
    same(texts)


@pytest.mark.parametrize("seed", range(4))
def test_both_engines_agree(seed: int) -> None:
    same(news(seed, 40))


def test_both_engines_agree_in_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BATCH", 500), ("SENTENCES", 20), ("MOST_WORDS", 10)):
        monkeypatch.setattr(many_tellings, name, value)
    same(news(9, 40))
