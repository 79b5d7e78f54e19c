"""An invented site of four articles on different subjects, and what is learnt from two, three or all of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.articles import Furniture, clean_page, learn_furniture
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

TOP = ["Home and garden", "Harbour and port news", "Find a boat near you", "Send us a picture", "Jobs at the paper"]
BLURB = "Reporting like this is paid for by its readers, and each of them keeps a lamp of the Norring Ledger burning."
STORIES = [
    [
        "The harbour office closed the northern pier on Monday after divers from Harrow found cracks in its pillars.",
        "Engineer Ola Strand told the council that the Kestrel Bridge would be looked at before the end of the week.",
        "Boats from Saltby will land at the quay below the Mariner Hotel until the Stonewright company has finished.",
    ],
    [
        "The Brenn orchestra opened its season on Friday with a symphony by Ilse Varga that nobody had heard before.",
        "Conductor Tomas Hellig said he had found the score in a drawer of the Lindgren library three summers ago.",
        "The audience of the Palmhouse rose to its feet, and the Varga family took a bow beside the first violins.",
    ],
    [
        "Farmers around Upper Tarn expect the worst harvest in a decade after two months without a drop of rain.",
        "The Millbrook cooperative has asked the ministry in Aldmoor for help with the price of feed and of straw.",
        "Minister Jorun Pike promised an answer before the Michaelmas fair, at which prices for the year are set.",
    ],
    [
        "Two teams from Fenwick meet in the final of the Copper Cup for the first time since the war, on Saturday.",
        "Captain Lasse Orm of the Fenwick Rovers will not play because he hurt his knee in the match at Dunholm.",
        "Tickets for the stands of Larkfield Park were gone within an hour, the Rovers' treasurer Ada Quill said.",
    ],
]
BACKGROUND = (
    "Kestrel Bridge was built in 1911 by the Stonewright company and carries nine thousand carts on a market day."
)


def page(n: int, lines: Sequence[str], url: bool = True, media: str = "text") -> Page:
    rows = [*TOP, *lines, "Write to the editor of the paper", "Terms of the paper"]
    content = "\n".join(rows)
    if media == "html":
        content = "<html><body>" + "".join(f"<p>{line}</p>" for line in rows) + "</body></html>"
    address = f"https://ledger.example/{n}" if url else None
    return Page(f"p-{n}", f"{n}.txt", "html" if media == "html" else "text", content, url=address)


def text_of(one: Page, furniture: Furniture) -> str:
    found = clean_page(one, ArticleOptions(), furniture)
    assert isinstance(found, Article), found
    return found.text


def stays(lines: Sequence[str], one: Page, furniture: Furniture) -> bool:
    """Whether what was learnt takes none of the lines that are kept without it."""
    without, text = text_of(one, Furniture()), text_of(one, furniture)
    return any(line in text for line in lines) and all(line in text for line in lines if line in without)


@pytest.mark.parametrize("media", ["text", "html"])
@pytest.mark.parametrize("url", [True, False], ids=["with its address", "by its template"])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_blurb_at_the_end_is_learnt_from_two_articles(count: int, url: bool, media: str) -> None:
    pages = [page(n, [*STORIES[n], BLURB], url, media) for n in range(count)]
    furniture = learn_furniture(pages)
    for n, one in enumerate(pages):
        assert furniture.articles(one.id, BLURB) == count
        assert BLURB not in text_of(one, furniture)
        assert stays(STORIES[n], one, furniture)


def test_a_blurb_among_paragraphs_is_learnt_from_three_subjects() -> None:
    pages = [page(n, [*STORIES[n][:2], BLURB, *STORIES[n][2:]]) for n in range(4)]
    furniture = learn_furniture(pages)
    assert all(BLURB not in text_of(one, furniture) for one in pages)


def test_the_same_article_twice_does_not_vanish() -> None:
    pages = [page(n, STORIES[0]) for n in range(4)]
    furniture = learn_furniture(pages)
    assert stays(STORIES[0], pages[0], furniture)


def test_an_updated_version_keeps_the_paragraphs_of_the_first() -> None:
    later = ["The mayor said on Tuesday that the northern pier would stay shut until May at the least.", *STORIES[0]]
    pages = [page(0, STORIES[0]), page(1, later), page(2, STORIES[1])]
    furniture = learn_furniture(pages)
    assert stays(later, pages[1], furniture)


def test_background_of_a_running_story_stays() -> None:
    other = [
        "Ola Strand resigned as engineer of the harbour office on Thursday over the cracks in the Kestrel Bridge.",
        "Divers from Harrow had warned the Stonewright company in spring, the council of Saltby was told.",
    ]
    pages = [page(0, [*STORIES[0], BACKGROUND]), page(1, [*other, BACKGROUND]), page(2, STORIES[2])]
    furniture = learn_furniture(pages)
    assert BACKGROUND in text_of(pages[0], furniture) and BACKGROUND in text_of(pages[1], furniture)


def test_the_line_of_contributors_stays() -> None:
    line = "Ann Berg in Norring contributed to this report."
    pages = [page(n, [*STORIES[n], line]) for n in range(4)]
    furniture = learn_furniture(pages)
    assert text_of(pages[0], furniture).endswith(line)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_pages_changes_nothing(order: list[int]) -> None:
    pages = [page(n, [*STORIES[n % 4], BLURB], url=n < 4) for n in range(8)]
    assert learn_furniture(pages[i] for i in order) == learn_furniture(pages)


def test_no_text_is_kept() -> None:
    furniture = learn_furniture([page(n, [*STORIES[n], BLURB]) for n in range(4)])
    assert all(isinstance(key, int) for lines in furniture.lines.values() for key in lines)
