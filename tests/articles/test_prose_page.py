"""Pages that are hardly anything but their article: which sentences beside it the rules give back to it.

The classifier's probabilities are given here, so that these tests are about the rules alone.
"""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.articles import Furniture
from firsthand.articles.blocks import Block
from firsthand.articles.verdicts import Verdict, judge

PIER = (
    "The harbour of Norring will get a second pier, the council said on Monday after a debate that lasted all night.",
    "The pier is to be 240 metres long and to be ready before the storms of 2034, according to the council's plan.",
    "Fishermen had asked for it since the old pier lost its outer end to the sea in the winter of 2029, they said.",
    "The town will pay half of the 12 million that the work is said to cost, and the county is to pay the rest.",
)
GOES_ON = (
    "The opposition voted against the plan and said that the town would have to close its swimming hall to pay for the "
    "pier. The mayor, Jon Ader, denied that and said that the hall would stay open as the council had promised."
)
POST = (
    "Then mend the old pier first. Nobody needs a second one while the first is falling into the sea, as we know "
    "who have stood on it. https://short.example/aB3 — Ilse Varga (@ilsevarga) March 4, 2031"
)
AD = "ADVERTISEMENT"


def judged(lines: list[str], doubted: dict[str, float]) -> list[Verdict]:
    blocks = [Block(line, line, n + 1) for n, line in enumerate(lines)]
    p = np.array([doubted.get(line, 0.95 if line in PIER else 0.01) for line in lines], dtype=np.float32)
    return judge(blocks, p, "", "p-1", Furniture(), 0.5)


@pytest.mark.parametrize("last", [GOES_ON, POST], ids=["sentence", "post"])
@pytest.mark.parametrize("between", [[], [AD], [AD, "Thursday", AD, "on Thursday"]], ids=["none", "one", "four"])
def test_a_long_paragraph_below_an_advertisement_is_the_articles(last: str, between: list[str]) -> None:
    found = judged([*PIER, *between, last], {last: 0.2})
    assert [v.role for v in found].count("body") == 5 and found[-1].rule == "prose-page"


@pytest.mark.parametrize(
    "lines",
    [
        [*PIER, *[AD] * 8, GOES_ON],
        [*PIER, "Most popular stories", AD, AD, GOES_ON],
        [*PIER, AD, AD, AD, GOES_ON[:36] + "."],
        [*PIER, AD, AD, AD, GOES_ON.rstrip(".")],
        [*PIER, AD, AD, AD, GOES_ON, *(f"The ferry to Saltby stays in port, number {n}" for n in range(4))],
    ],
    ids=["far", "after-another-story", "short", "no-sentence", "among-other-lines"],
)
def test_other_lines_below_are_not(lines: list[str]) -> None:
    found = judged(lines, {line: 0.2 for line in lines if line.startswith("The opposition")})
    assert [v.role for v in found].count("body") == 4


def test_nor_is_what_the_classifier_is_sure_of() -> None:
    assert judged([*PIER, AD, AD, AD, GOES_ON], {GOES_ON: 0.03})[-1].role == "furniture"


def test_a_licence_note_is_a_rights_line() -> None:
    note = "Content of the Norring Desk is free of charge to any eligible paper; write to licensing@norring.example."
    assert judged([*PIER, note], {note: 0.7})[-1].rule == "rights-line"
    prose = "The licensing board said that it would look at the pier before any boat is allowed to tie up there."
    assert judged([*PIER, prose], {prose: 0.7})[-1].role == "body"
