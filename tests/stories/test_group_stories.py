"""Stories: one happening together, look-alikes apart, whatever the order."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.options import StoryOptions
from firsthand.records import Article, Copy, Moment, Reason, Span
from firsthand.stories import group_stories
from firsthand.stories.evidence import MEASURES
from firsthand.stories.likeness import PARTS, design
from firsthand.stories.nearest import Nearest


def article(page: str, headline: str, text: str, day: str | None = None) -> Article:
    moment = Moment(day, day, "stated") if day else None
    return Article(page=page, headline=headline, text=text, paragraphs=(Span(0, len(text)),), published=moment)


FIRE = (
    "A fire destroyed the grain silo at Ostrel harbour late on Tuesday, killing two dock workers and closing the port. "
    "Fire chief Marta Ilven said the blaze began in a conveyor belt. Ferries to Lomar were cancelled."
)
FIRE_TOLD = (
    "Two workers died when the Ostrel grain silo burned down, fire chief Marta Ilven said. The harbour of Ostrel stays "
    "shut and no ferries leave for Lomar. A conveyor belt is thought to have started the blaze."
)
BUDGET = (
    "The parliament of Vendria passed the budget by three votes after a night of debate. Finance minister Pol Arden "
    "said pensions would rise by two per cent, while the opposition called the vote a farce."
)
BUDGET_TOLD = (
    "Pensions in Vendria go up two per cent under the budget that parliament approved by a margin of three votes, "
    "finance minister Pol Arden announced after the all-night session. The opposition spoke of a farce."
)
PAGES = (
    article("p-1", "Two dead in Ostrel silo fire", FIRE, "2031-05-06"),
    article("p-2", "Ostrel harbour shut after deadly silo blaze", FIRE_TOLD, "2031-05-07"),
    article("p-3", "Vendria passes budget by three votes", BUDGET, "2031-05-06"),
    article("p-4", "Pensions to rise as Vendria approves budget", BUDGET_TOLD, None),
)


def parts(articles: tuple[Article, ...], copies: tuple[Copy, ...] = ()) -> list[list[str]]:
    return sorted(sorted(story.pages) for story in group_stories(articles, copies))


def test_two_happenings_of_one_week() -> None:
    assert parts(PAGES) == [["p-1", "p-2"], ["p-3", "p-4"]]


def test_a_look_alike_of_another_year_stays_apart() -> None:
    assert parts((PAGES[0], article("p-5", "Two dead in Ostrel silo fire", FIRE_TOLD, "2028-03-01"))) == [
        ["p-1"],
        ["p-5"],
    ]


def test_a_republished_page_stays_with_what_it_copies() -> None:
    later = article("p-5", "Two dead in Ostrel silo fire", FIRE, "2033-01-01")
    copy = Copy("p-1", "p-5", "identical", 1.0, 1.0, (), (Reason("shared-words", "the same words", 1.0),))
    assert parts((PAGES[0], later), (copy,)) == [["p-1", "p-5"]]


def test_titles_are_copied_and_stories_are_in_order_of_size() -> None:
    stories = group_stories((*PAGES, article("p-6", "Silo fire in Ostrel kills two workers", FIRE, "2031-05-06")), ())
    assert [len(s.pages) for s in stories] == [3, 2]
    assert {s.title for s in stories} <= {a.headline for a in PAGES} | {"Silo fire in Ostrel kills two workers"}


def test_one_page_between_two_happenings_does_not_join_them() -> None:
    both = article("p-9", "News in brief: silo fire, budget vote", f"{FIRE_TOLD} {BUDGET_TOLD}", "2031-05-07")
    groups = parts((*PAGES, both))
    assert not any({"p-1", "p-3"} <= set(group) for group in groups)


def test_nothing_and_empty_pages() -> None:
    assert group_stories((), ()) == ()
    assert parts((article("p-1", "", ""), article("p-2", "", ""))) == [["p-1"], ["p-2"]]


def test_a_large_part_is_cut_and_still_grouped() -> None:
    stories = group_stories(PAGES, (), StoryOptions(most_days=1.0))
    assert sorted(page for story in stories for page in story.pages) == ["p-1", "p-2", "p-3", "p-4"]


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_order_of_input_does_not_matter(chance: random.Random) -> None:
    shuffled = list(PAGES)
    chance.shuffle(shuffled)
    assert group_stories(shuffled, ()) == group_stories(PAGES, ())


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=300)), max_size=5))
@settings(max_examples=30, deadline=None)
def test_every_article_is_in_exactly_one_story(rows: list[tuple[str, str]]) -> None:
    articles = [article(f"p-{i}", headline, text) for i, (headline, text) in enumerate(rows)]
    pages = [page for story in group_stories(articles, ()) for page in story.pages]
    assert sorted(pages) == sorted(a.page for a in articles)


def test_a_later_year_named_in_passing_does_not_part_an_undated_page() -> None:
    passing = article("p-7", "Ostrel silo burns", f"{FIRE_TOLD} In 2031 it was insured; repairs run into 2032.")
    assert parts((PAGES[0], passing)) == [["p-1", "p-7"]]
    back = article("p-8", "Ostrel silo burns", f"{FIRE_TOLD} It was in 2034, and 2034 had been a dry year.")
    assert parts((PAGES[0], back)) == [["p-1"], ["p-8"]]


def test_a_row_of_evidence_counts_by_what_is_dated() -> None:
    rows = np.ones((3, len(MEASURES)))
    rows[1:, MEASURES.index("dated")] = 0
    rows[[0, 2], MEASURES.index("mixed")] = 0
    wide = design(rows)
    sizes = [len(part) for part in PARTS.values()]
    assert wide.shape == (3, sum(sizes))
    assert [int(row[sizes[0] :].sum()) for row in wide] == [sizes[1], sizes[2], 0]


def test_the_nearest_pages_leave_out_the_same_text() -> None:
    first, second = np.array([0, 0, 1]), np.array([1, 2, 2])
    near = Nearest(3, first, second, np.array([False, True, True]), np.array([0.95, 0.4, 0.2]))
    assert near.mean(2, 0.1).tolist() == pytest.approx([0.4, 0.2, 0.3])
    assert near.rank(1).tolist() == [0.0, 0.0, 0.2]
