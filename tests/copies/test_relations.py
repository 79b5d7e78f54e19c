from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest

from firsthand.copies import decide_relation, find_copies
from firsthand.options import CopyOptions
from firsthand.records import Article, Reason
from firsthand.rules import all_rules

Make = Callable[[str, Mapping[str, Any]], Article]
OPTIONS = CopyOptions()


def relation(make: Make, case: Mapping[str, Any]) -> str:
    copies = find_copies([make("p-a", case["a"]), make("p-b", case["b"])], OPTIONS)
    return copies[0].relation if copies else ""


def test_relation(make: Make, relation_case: Mapping[str, Any]) -> None:
    assert relation(make, relation_case) == relation_case["relation"]


def test_no_copy(make: Make, negative_case: Mapping[str, Any]) -> None:
    assert relation(make, negative_case) == ""


def test_a_template_of_another_day_is_no_copy_and_a_report_brought_up_to_date_is_one(
    make: Make, template_case: Mapping[str, Any]
) -> None:
    rows = []
    for side, date in zip("ab", template_case.get("dates", (None, None)), strict=True):
        filled = template_case["text"].strip().format(*template_case[side])
        rows.append({"headline": None, "paragraphs": filled.split("\n\n"), **({"date": date} if date else {})})
    found = relation(make, {"a": rows[0], "b": rows[1]})
    assert found in (("identical", "edited") if template_case["copy"] else ("",))


def test_known_failure(make: Make, failing_case: Mapping[str, Any], request: pytest.FixtureRequest) -> None:
    request.node.add_marker(pytest.mark.xfail(strict=True, reason=failing_case["why"]))
    assert relation(make, failing_case) == failing_case["relation"]


def test_old_article_under_a_new_date_is_identical(make: Make, relation_articles: list[Article]) -> None:
    old = {"headline": "Bridge closed", "date": "2019-03-01", "paragraphs": [relation_articles[0].text]}
    new = {"headline": "Bridge closed", "date": "2024-05-09", "paragraphs": [relation_articles[0].text]}
    (copy,) = find_copies([make("p1", old), make("p2", new)], OPTIONS)
    assert (copy.relation, copy.share_a, copy.share_b) == ("identical", 1.0, 1.0)


def test_order_of_input_does_not_matter(relation_articles: list[Article]) -> None:
    wanted = find_copies(relation_articles, OPTIONS)
    assert wanted
    for seed in range(3):
        shuffled = list(relation_articles)
        Random(seed).shuffle(shuffled)
        assert find_copies(shuffled, OPTIONS) == wanted


def test_copies_are_sorted_with_the_smaller_page_first(relation_articles: list[Article]) -> None:
    pairs = [(copy.a, copy.b) for copy in find_copies(relation_articles, OPTIONS)]
    assert pairs == sorted(set(pairs))
    assert all(a < b for a, b in pairs)


def test_verdicts_are_recomputed_from_their_reasons(relation_articles: list[Article]) -> None:
    for copy in find_copies(relation_articles, OPTIONS):
        assert decide_relation(copy.reasons, OPTIONS) == copy.relation
        assert all(all_rules()[reason.rule].stage == "copies" for reason in copy.reasons)


def test_no_reason_no_copy() -> None:
    assert decide_relation((), OPTIONS) is None


def test_passages_stand_in_both_articles(relation_articles: list[Article]) -> None:
    text = {article.page: article.text for article in relation_articles}
    for copy in find_copies(relation_articles, OPTIONS):
        assert copy.passages
        assert 0 <= copy.share_a <= 1 and 0 <= copy.share_b <= 1
        for passage in copy.passages:
            assert 0 <= passage.a.start < passage.a.end <= len(text[copy.a])
            assert 0 <= passage.b.start < passage.b.end <= len(text[copy.b])
            if copy.relation == "identical":
                assert passage.a.of(text[copy.a]).split() == passage.b.of(text[copy.b]).split()


def test_nothing_and_next_to_nothing(make: Make) -> None:
    empty = make("p1", {"headline": None, "paragraphs": []})
    assert find_copies([], OPTIONS) == ()
    assert find_copies([empty], OPTIONS) == ()
    assert find_copies([empty, make("p2", {"headline": "", "paragraphs": ["One word."]})], OPTIONS) == ()


@pytest.mark.parametrize(("days", "found"), [(0.0, "excerpt"), (7.0, "excerpt"), (8.0, None)])
def test_a_briefs_words_in_another_week_are_no_copy(days: float, found: str | None) -> None:
    reasons = [
        Reason("shared-words-a", "", 0.3),
        Reason("shared-words-b", "", 0.2),
        Reason("shared-own-words", "", OPTIONS.fewest_brief_words + 10),
        Reason("shared-own-share", "", OPTIONS.least_brief_share + 0.1),
        *([Reason("weeks-apart", "", days)] if days else []),
    ]
    assert decide_relation(reasons) == found
    many, row = OPTIONS.fewest_own_words, OPTIONS.fewest_run_words
    much = [*reasons[:2], Reason("shared-own-words", "", many), *reasons[3:], Reason("shared-own-run", "", row)]
    assert decide_relation(much) == "excerpt"


@pytest.mark.parametrize(("days", "found"), [(0.0, "excerpt"), (8.0, None)])
def test_one_passage_makes_a_copy_but_not_weeks_later(days: float, found: str | None) -> None:
    reasons = [
        Reason("shared-words-a", "", 0.1),
        Reason("shared-words-b", "", 0.1),
        Reason("shared-own-words", "", OPTIONS.fewest_run_words),
        Reason("shared-own-share", "", OPTIONS.least_own_share - 0.05),
        Reason("shared-own-run", "", OPTIONS.fewest_run_words),
        *([Reason("weeks-apart", "", days)] if days else []),
    ]
    assert decide_relation(reasons) == found
    scattered = [*reasons[:4], Reason("shared-own-run", "", OPTIONS.fewest_run_words - 1), *reasons[5:]]
    assert decide_relation(scattered) is None


@pytest.mark.parametrize(("run", "found"), [(30, None), (OPTIONS.fewest_own_words, "excerpt")])
def test_pieces_of_standing_background_weeks_later_are_no_copy(run: float, found: str | None) -> None:
    reasons = [
        Reason("shared-words-a", "", 0.2),
        Reason("shared-words-b", "", 0.2),
        Reason("shared-own-words", "", 120.0),
        Reason("shared-own-share", "", 0.2),
        Reason("shared-own-run", "", run),
        Reason("weeks-apart", "", 40.0),
    ]
    assert decide_relation(reasons) == found


@pytest.mark.parametrize(("days", "found"), [(0.0, "edited"), (30.0, None)])
def test_fewer_facts_make_a_template_of_another_week(days: float, found: str | None) -> None:
    reasons = [
        Reason("shared-words-a", "", 0.6),
        Reason("shared-words-b", "", 0.6),
        Reason("shared-own-words", "", 150.0),
        Reason("shared-own-share", "", 0.6),
        Reason("facts-differ", "", OPTIONS.least_differing_facts + 1),
        Reason("facts-differ-share", "", (OPTIONS.least_distant_share + OPTIONS.least_differing_share) / 2),
        Reason("another-day-or-place", "", OPTIONS.fewest_differing_names),
        *([Reason("weeks-apart", "", days)] if days else []),
    ]
    assert decide_relation(reasons) == found
