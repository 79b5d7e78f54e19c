"""Statements and notices that compiled functions find are those that ``wording_evidence`` says."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest

from firsthand.copies import verbatim, voices
from firsthand.copies.few import FewTexts
from firsthand.copies.wording import words_of
from firsthand.copies.wording_evidence import shared_wording
from firsthand.options import CopyOptions
from firsthand.records import Article, Span

pytest.importorskip("numba")
from firsthand.copies.many import ManyTexts

STATED = (
    "The full statement",
    "Read the statement here.",
    "The text of the letter reads..",
    "The text of the letter {}, ",
    "Velm wrote:{}",
    "Velm wrote:   {}",
    "Velm’s hall went  on: {}",
    "Velm went on:\t{}",
    "Ann Velm’s note. Of Elm-Velm (“Velm!”) the town said: {}",
    "{} “no?”) Velm said in a statement: {}",
    "An e-mail of 12 Tolm_Velm the9Hall: we have, and our {}",
    "Tolm’s statement: it is {}, said the town; we, our {}",
    "A letter: “we {}”",
    "The note: we {}",
    "A note: we {} “our” _we_ our_ we’re {}",
    "We have {}; we had {}. Our {}",
    "We said {}, our{} we {}",
    "According to {} we xaccording to our {}",
    "Also read: {}",
    "READ MORE",
    "The spokesman_ and said: Our {}",
    "Sign up to receive {}",
    "{} Follow us on {}",
    "{}.",
    "{}: {}.",
    "",
    "* * *",
)
"""How statements are brought in, and how they are not, though it looks so."""
STRANGE = (
    "{} {}. Élan Velm said in a statement: {}",
    "İt said we {}",
    "We 😀 our {}",
    "wé our we {}",
    "漢we our {}",
    "\u212aeep us: all rights reserved",
)
"""What is read more surely, and slower."""


@pytest.mark.parametrize("seed", range(60))
def test_statements_and_notices_are_found_alike(seed: int) -> None:
    draw = Random(seed)
    words = [f"word{number}" for number in range(400)]

    def lines(count: int) -> list[str]:
        found = [draw.choice(STRANGE if draw.random() < 0.01 else STATED) for _ in range(count)]
        return [
            line.format(*(" ".join(draw.choices(words, k=draw.randint(1, 25))) for _ in range(3))) for line in found
        ]

    texts = []
    for _ in range(8):
        block = lines(draw.randint(2, 9))
        bringing = lines(1)
        for _ in range(2):
            before = lines(draw.randint(0, 9)) + (bringing if draw.random() < 0.6 else [])
            texts.append("\n".join(before + block + lines(draw.randint(0, 9))))
    compared(texts)


def compared(texts: Sequence[str]) -> None:
    """Holds pairs that compiled functions have settled, and what is known of the others, to what is said one by one."""
    few, many = FewTexts(texts, [None] * len(texts)), ManyTexts(texts, [None] * len(texts))
    pairs = few.sharing_pairs(CopyOptions(), 2)
    many.sharing_pairs(CopyOptions(), 2)
    none = np.zeros(len(pairs), dtype=np.bool_)
    settled = {one[:2]: one for one in many.shared_runs(pairs, none, CopyOptions())}
    articles = [Article(f"p{i:03}", None, text, (Span(0, len(text)),)) for i, text in enumerate(texts)]
    for pair in few.shared_runs(pairs, none, CopyOptions()):
        a, b = articles[pair.i], articles[pair.j]
        worded, other = shared_wording(a, b, pair, CopyOptions()), settled.get(pair[:2])
        if other is None or not other.runs:
            assert not worded.reasons
            assert worded.matter == (other.quoted if other else ())
            continue
        assert worded == shared_wording(a, b, other, CopyOptions())


def test_rows_can_be_read_by_compiled_functions() -> None:
    rows = verbatim.rows()
    assert all(row.isascii() and row == row.lower() and row[0].isalpha() for row in rows.narrating)
    assert all(len(words_of(row)) == len(row.split(" ")) for row in rows.narrating)
    assert all(row.isascii() and row == row.lower() for row in (*rows.headings, *rows.leads))
    assert all(row == row.casefold() and len(row.split()) <= 2 for row in rows.speech)
    assert all(row == row.casefold() and " " not in row for row in rows.documents)
    assert all(row.isascii() for row in rows.links)
    assert all(row.isascii() and row.isalpha() and row.islower() for row in voices.speaking_words())
    assert all(len(row) < voices.LONGEST for row in voices.speaking_words())
