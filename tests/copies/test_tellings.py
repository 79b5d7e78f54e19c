"""Tellings: the compiled engine for large collections says what the plain one says, and what a retelling looks like."""

from __future__ import annotations

import time
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.copies import find_copies
from firsthand.copies.candidates import FEWEST_SHARED, MOST_PAGES, TERMS, telling_pairs
from firsthand.copies.few import FewTexts
from firsthand.copies.few_tellings import FewTellings
from firsthand.language.sentences import split_sentences
from firsthand.options import CopyOptions
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


GIANTS = [
    "Yes. " * 200_000,
    "a" * 1_000_000,
    "Ash fell. " * 20_000 + "!" * 100_000,
    "“" * 50_000 + "Who? " * 50_000,
    "é." * 100_000,
    "\n \n" * 100_000,
]


def test_giant_pages_take_no_long_time() -> None:
    pages = articles(GIANTS)
    wordings = list(FewTexts(GIANTS, [None] * len(GIANTS)).wordings())
    started = time.process_time()
    many = ManyTellings(pages, wordings)
    many.weighed(np.stack(np.triu_indices(len(pages), 1), axis=1))
    assert time.process_time() - started < 10


def test_pages_of_one_topic_meet_a_bounded_number_of_others() -> None:
    texts = news(3, 600)
    found = telling_pairs(
        FewTellings(articles(texts), FewTexts(texts, [None] * 600).wordings()).sketches, CopyOptions()
    )
    assert np.bincount(found.ravel(), minlength=600).max() <= TERMS * MOST_PAGES / FEWEST_SHARED


ENGLISH = (
    "Tamsin Brack resigned as mayor of Orvelle on Thursday after 14 years in office. The council will meet on 12 "
    "May to choose her successor, her deputy Wulf Ash said. She had come under pressure over the sale of Harbour "
    "House for 3,400,000 crowns. Opponents called for a new vote in Orvelle."
)
GERMAN = (
    "Tamsin Brack ist am Donnerstag nach 14 Jahren als Bürgermeisterin von Orvelle zurückgetreten. Der Rat wählt am "
    "12. Mai ihre Nachfolge, sagte ihr Stellvertreter Wulf Ash. Sie stand wegen des Verkaufs von Harbour House für "
    "3.400.000 Kronen unter Druck. Die Opposition verlangt Neuwahlen in Orvelle."
)
OTHER = (
    "Tamsin Brack hat am Donnerstag in Orvelle die neue Halle eröffnet. Das Orchester spielte 14 Stücke, geleitet "
    "von Wulf Ash. Für den 12. Mai lädt Harbour House zu einem Fest ein, der Eintritt kostet 3 Kronen. Die "
    "Opposition blieb fern."
)


@pytest.mark.parametrize("other", [GERMAN, OTHER])
def test_pages_of_two_languages_are_no_rewrites(other: str) -> None:
    """Names and numbers may let them meet; a verdict needs sentences that are alike."""
    pages = [
        Article("a", "Mayor of Orvelle resigns", ENGLISH, (Span(0, len(ENGLISH)),)),
        Article("b", "Tamsin Brack und Orvelle", other, (Span(0, len(other)),)),
    ]
    assert find_copies(pages, CopyOptions()) == ()


def test_both_engines_agree_in_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BATCH", 500), ("SENTENCES", 20), ("MOST_WORDS", 10)):
        monkeypatch.setattr(many_tellings, name, value)
    same(news(9, 40))
