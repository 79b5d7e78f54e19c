"""What holds over many pages: furniture of one outlet, blocking, and the pages of the seeds where they are at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from firsthand.copies import candidates, find_copies
from firsthand.copies.tellings import tell
from firsthand.options import CopyOptions
from firsthand.records import Article

Make = Callable[[str, Mapping[str, Any]], Article]
SYLLABLES = [consonant + vowel for consonant in "bdklmrst" for vowel in "aeiou"]


def invented(draw: Random) -> dict[str, Any]:
    """An article of made-up words."""

    def sentence() -> str:
        return " ".join("".join(draw.choices(SYLLABLES, k=4)) for _ in range(12)).capitalize() + "."

    return {"headline": sentence(), "paragraphs": [sentence() for _ in range(10)]}


def test_what_an_outlet_repeats_is_no_copy(make: Make) -> None:
    draw = Random(4)
    rows = [invented(draw) for _ in range(4)]
    teasers = invented(draw)["paragraphs"][:7]
    for row in rows:
        row["paragraphs"][1:1] = teasers
    pages = [make(f"p{i}", {**row, "outlet": "Quay Post"}) for i, row in enumerate(rows)]
    assert find_copies(pages, CopyOptions()) == ()
    strangers = [make(f"p{i}", row) for i, row in enumerate(rows)]
    assert len(find_copies(strangers, CopyOptions())) == 6  # without the outlet nothing tells it from copying


def test_a_report_that_an_outlet_prints_thrice_is_still_a_copy(make: Make) -> None:
    row = {**invented(Random(5)), "outlet": "Quay Post"}
    copies = find_copies([make(f"p{i}", row) for i in range(3)], CopyOptions())
    assert [copy.relation for copy in copies] == ["identical"] * 3


def sketches(make: Make, seed: int, count: int = 60) -> candidates.Sketches:
    """Of invented articles, the last two of which tell the same."""
    draw = Random(seed)
    tellings = [tell(make(f"p{i}", invented(draw))) for i in range(count)]
    twin = invented(draw)
    retold = {"headline": twin["headline"], "paragraphs": list(reversed(twin["paragraphs"]))}
    return candidates.sketched([*tellings, tell(make("q1", twin)), tell(make("q2", retold))])


def test_articles_meet_by_what_they_tell(make: Make) -> None:
    found = candidates.telling_pairs(sketches(make, 6), CopyOptions()).tolist()
    assert [60, 61] in found
    assert len(found) < 62 * 61 / 4
    assert found == sorted(found)


@pytest.mark.parametrize("seed", range(5))
def test_pairs_with_a_fresh_article_are_those_that_an_addition_makes(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found before and still holds, and the fresh pairs, are all pairs, though terms become common."""
    monkeypatch.setattr(candidates, "MOST_PAGES", 8)
    draw = np.random.default_rng(seed)
    terms = np.stack([np.sort(draw.choice(400, candidates.TERMS, replace=False)) for _ in range(60)])
    gists = np.rint(draw.normal(0.04, 0.05, (60, 256)) * 1024) / 1024
    whole, options = candidates.Sketches(gists.astype(np.float16), terms.astype(np.uint32)), CopyOptions()
    before = candidates.telling_pairs(candidates.Sketches(whole.gists[:40], whole.terms[:40]), options)
    kept = before[candidates.are_paired(whole, before, options)]
    added = candidates.telling_pairs(whole, options, np.arange(60) >= 40)
    assert sorted([*kept.tolist(), *added.tolist()]) == candidates.telling_pairs(whole, options).tolist()
    assert 0 < len(kept) < len(before)


BODY = {
    "000": [11, 13, 53, 55, 57, 59, 61, 63, 65, 67],
    "001": list(range(10, 29, 2)),
    "002": [6, 8, 10, 12, 14, 16, 18],
    "003": [8, 10, 12, 16, 18],
    "004": list(range(5, 30, 2)),
}
HEAD = {"000": 4, "001": 5, "002": 4, "003": 4, "004": 1}


def test_the_seed_pages(make: Make) -> None:
    folder = Path(__file__).parents[3] / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip(f"the seed pages are not at hand ({folder})")
    pages = []
    for key, numbers in BODY.items():
        lines = next(folder.glob(f"{key}_*.txt")).read_text(encoding="utf-8").splitlines()
        row = {"headline": lines[HEAD[key] - 1].strip(), "paragraphs": [lines[n - 1].strip() for n in numbers]}
        pages.append(make(key, row))
    found = {(copy.a, copy.b): copy for copy in find_copies(pages, CopyOptions())}
    assert found["000", "001"].relation == "identical" and found["000", "001"].share_a > 0.98
    assert [found[pair].relation for pair in combinations(("002", "003", "004"), 2)] == ["rewrite"] * 3
    assert len(found) == 4
