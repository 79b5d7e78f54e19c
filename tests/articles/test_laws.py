"""Laws that hold on any page: spans slice back, verdicts follow from their reasons, nothing raises, work is bounded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.articles import Furniture, clean_page, learn_furniture
from firsthand.articles.blocks import split_lines
from firsthand.articles.body_model import shipped_model
from firsthand.articles.dates import find_dates
from firsthand.articles.standing import decide_completeness, decide_genre
from firsthand.articles.verdicts import decide_block, judge
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page, Rejected
from firsthand.rules import all_rules

WORDS = st.sampled_from(
    [
        "the",
        "harbour",
        "office",
        "said",
        "on",
        "Monday",
        "that",
        "Norring,",
        "3",
        "May",
        "2031",
        "would",
        "close",
        '"again"',
        "©",
        "Share",
        "By",
        "Ann",
        "Berg",
        "...",
        "(AP)",
        "—",
        "${x}",
        "05/06/2031",
        "Posted:",
        "Tags:",
        "Menu",
        ".",
        "!",
        ";",
        "{",
        "}",
        "今日は港が閉じた。",
        "ท่าเรือ",
    ]
)
LINES = st.lists(st.lists(WORDS, max_size=40).map(" ".join), max_size=30).map("\n".join)


def check(page: Page) -> None:
    found = clean_page(page, ArticleOptions(), Furniture())
    if isinstance(found, Rejected):
        assert found.subject == page.location and found.why
        return
    assert "\n\n".join(s.of(found.text) for s in found.paragraphs) == found.text
    assert found == clean_page(page, ArticleOptions(), Furniture())
    assert decide_genre(found.reasons) == found.genre
    assert decide_completeness(found.reasons) == found.completeness
    assert {r.rule for r in found.reasons} <= set(all_rules())
    if found.credit and found.credit.span:
        assert found.credit.span.of(found.text)


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_laws_on_made_up_lines(content: str) -> None:
    check(Page("p", "p.txt", "text", content))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=400))
def test_laws_on_any_text(content: str) -> None:
    check(Page("p", "p.txt", "text", content))
    check(Page("p", "p.html", "html", f"<html><body><p>{content}</p></body></html>"))


@given(st.text(max_size=200))
def test_dates_slice_back(line: str) -> None:
    for found in find_dates(line):
        assert line[found.start : found.end].strip() == found.words


def test_verdicts_follow_from_their_reasons() -> None:
    text = "Menu\nNorring pier closed\nPosted: May 3, 2031\n" + "\n".join(
        f"The harbour office closed pier number {n} on Monday after divers had found cracks in it, it said."
        for n in range(5)
    )
    blocks = split_lines(text, 100)
    p = shipped_model("text").probabilities(blocks, "Norring pier closed")
    for verdict in judge(blocks, p, "Norring pier closed", "p", Furniture(), 0.5):
        assert decide_block(verdict.reasons, 0.5) == (verdict.role, verdict.rule)
        assert {r.rule for r in verdict.reasons} <= set(all_rules())


@pytest.mark.parametrize(
    "content",
    [
        "a " * 2_000_000,
        "x" * 5_000_000,
        "(" * 300_000,
        "by " * 200_000,
        "\n".join(["1/2/2031"] * 40_000),
        "Posted:" * 200_000,
    ],
    ids=["words", "letters", "brackets", "bys", "dates", "posted"],
)
def test_hostile_text_is_bounded(content: str) -> None:
    assert clean_page(Page("p", "p.txt", "text", content), ArticleOptions(), Furniture())


def test_nested_markup_is_bounded() -> None:
    page = Page("p", "p.html", "html", "<div>" * 100_000 + "words" + "</div>" * 10)
    assert clean_page(page, ArticleOptions(), Furniture())


def test_order_of_pages_does_not_matter() -> None:
    pages = [
        Page(f"p-{n}", f"{n}.txt", "text", f"Line {n} of it\nSubscribe to the Ledger today", url="https://l.example/")
        for n in range(5)
    ]
    assert learn_furniture(pages) == learn_furniture(list(reversed(pages)))
    assert isinstance(clean_page(pages[0], ArticleOptions(), learn_furniture(pages)), Rejected | Article)
