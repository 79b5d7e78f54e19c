"""The reliability table: what was shown against how often it was right."""

from __future__ import annotations

import json

import numpy as np
import pytest

from firsthand.records import Article
from firsthand.stories.evidence import MEASURES, Evidence
from firsthand.stories.likeness import Likeness
from quality.reliability import markdown, table
from quality.reliability_stories import weakest_links
from quality.story_draws import WHOLE, Collection
from quality.train_sameness import EDITED, PAIRS, not_edited, read_marks


def test_a_table_sets_what_was_shown_against_what_was_right() -> None:
    figures = table([(0.55, 1.0), (0.55, 0.0), (0.97, 1.0), (1.0, 1.0)])
    assert figures["n"] == 4
    assert (figures["0.50 to 0.60 n"], figures["0.50 to 0.60 shown"], figures["0.50 to 0.60 right"]) == (2, 0.55, 0.5)
    assert figures["0.99 to 1.00 right"] == 1.0 and "0.60 to 0.70 n" not in figures
    assert figures["apart"] == pytest.approx((2 * 0.05 + 0.03) / 4, abs=1e-3)
    assert "| 0.50 to 0.60 | 2 | 0.55 | 0.5 |" in markdown(figures, "abc")


def test_nothing_marked_gives_an_empty_table() -> None:
    assert table([]) == {"n": 0, "apart": 0.0}


def _collection(stories: str, folds: tuple[int, ...]) -> Collection:
    articles = [Article(f"p-{i}", None, "", ()) for i in range(len(stories))]
    nothing = np.zeros(0, dtype=np.int64)
    found = Evidence(nothing, nothing, np.zeros((0, len(MEASURES))), np.zeros(0))
    return Collection("whole", WHOLE, articles, np.array(list(stories)), np.array(folds), found)


def test_the_weakest_link_is_set_against_the_gold_story_of_its_page() -> None:
    alike = Likeness(({1: 0.9, 2: 0.6}, {0: 0.9, 2: 0.5}, {0: 0.6, 1: 0.5}, {}))
    links = list(weakest_links(_collection("aaba", (0, 0, 0, 0)), alike, 0))
    assert links == [(pytest.approx(0.55), 0.0)], "page 2 is shown at .55 and is of neither one's story"
    assert list(weakest_links(_collection("aaba", (0, 0, 1, 0)), alike, 0)) == [], "that page is not of this fold"
    ((_, right),) = weakest_links(_collection("abba", (0, 0, 0, 0)), alike, 0)
    assert right == 0.5


def test_stories_that_an_editor_marked_are_not_learned_from() -> None:
    edited = {name for story in json.loads(EDITED.read_text(encoding="utf-8")) for name in story["articles"]}
    marks = read_marks(PAIRS)
    kept = not_edited(marks)
    assert 0 < len(kept) < len(marks)
    assert not edited & {name for mark in kept for name in (mark[0], mark[3])}
