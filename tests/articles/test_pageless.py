"""Pages that carry no article are set aside with what they look like, and short articles are not."""

from __future__ import annotations

import pytest

from firsthand.articles import Furniture, clean_page
from firsthand.articles.blocks import Block
from firsthand.articles.pageless import looks_like
from firsthand.articles.roles import model_verdict
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page, Rejected

MENU = ["Home", "News", "Harbour", "Sports", "Weather"]
PLACES = ["Norring", "Saltby", "Fenwick", "Harrow", "Aldmoor", "Dunholm", "Millbrook", "Larkfield"]


def read(lines: list[str], title: str = "") -> Article | Rejected:
    if title:
        body = "".join(f"<p>{line}</p>" for line in lines)
        html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
        return clean_page(Page("p", "p.html", "html", html), ArticleOptions(), Furniture())
    return clean_page(Page("p", "p.txt", "text", "\n".join(lines)), ArticleOptions(), Furniture())


@pytest.mark.parametrize("title", ["", "Page not found | Norring Ledger"], ids=["text", "html"])
def test_an_error_page(title: str) -> None:
    found = read(
        [
            *MENU, "Page not found", "We are sorry, but the page that you asked for has been moved or does not exist.",
            "Please check the address, or go back to the front page and look for the story there, or tell our desk.",
        ],
        title,
    )  # fmt: skip
    assert isinstance(found, Rejected) and "error page" in found.why


def test_a_robot_check() -> None:
    found = read(
        ["ledger.example", "Verify you are human by completing the action below.",
         "The ledger.example site needs to review the security of your connection before proceeding to the page."]
    )  # fmt: skip
    assert isinstance(found, Rejected) and "robot check" in found.why


def test_a_consent_wall() -> None:
    found = read(
        [
            "We value your privacy",
            "We and our partners use cookies and store personal data on your device to show you personalised content.",
            "With your consent we use geolocation data; you can change your mind at any time under cookie settings.",
            "Accept all", "Reject all",
        ]
    )  # fmt: skip
    assert isinstance(found, Rejected) and "cookies and consent" in found.why


def test_a_search_page() -> None:
    found = read(
        [*MENU, "Search results", *(f"The ferry to {p} stays in port" for p in PLACES)], "Search results: ferry"
    )
    assert isinstance(found, Rejected) and "search" in found.why


def test_a_short_article_under_an_odd_headline_stays() -> None:
    found = read(
        [
            "Access to the harbour denied: fishermen wait",
            "NORRING - The harbour office kept forty boats out of the port on Monday because of cracks in the pier.",
            "Fishermen said on Tuesday that they had not been told and had lost a day's catch at the gates.",
            "The office said that it was sorry and that the gates would be opened again before the weekend.",
        ]
    )
    assert isinstance(found, Article), found


def test_an_article_about_cookies_stays() -> None:
    found = read(
        [
            "Council told to stop tracking visitors",
            "The data watchdog of Aldmoor fined the council of Norring on Monday over cookies on its website.",
            "Visitors had been tracked without their consent, the watchdog said, and their personal data were sold on.",
            "The council's clerk, Ada Quill, said the cookies had been set by a contractor without her knowledge.",
            "The watchdog gave the council until June to delete the personal data of some forty thousand visitors.",
        ]
    )
    assert isinstance(found, Article) and "fined the council" in found.text, found


LEADS = (
    "The council of {} voted on Monday to close the old ferry landing before the storms come in the autumn.",
    "A storm tore the roof off the fish market of {} on Sunday night, and nobody was hurt, the police said.",
    "The school in {} will open again after the holidays, the county said, once the water has been pumped out.",
    "Farmers near {} fear for the harvest because it has not rained on their fields for seven weeks in a row.",
)
HEADS = (
    "{} closes its ferry landing after long debate", "Storm takes the roof off the market in {}",
    "School in {} to open again after the flood", "Farmers near {} wait for rain and fear the worst",
)  # fmt: skip


def look(lines: list[str], prose: set[str]) -> str:
    """What a page looks like of which exactly ``prose`` was kept."""
    blocks = [Block(line, line, n + 1) for n, line in enumerate(lines)]
    verdicts = [model_verdict(0.9 if line in prose else 0.01, 0.5) for line in lines]
    return looks_like(blocks, verdicts, [n for n, line in enumerate(lines) if line in prose], 500, [])


def listed(lead: str = "") -> tuple[list[str], set[str]]:
    """A page of stories, each with a headline, a lead and its age; ``lead`` comes under each lead once more."""
    lines, prose = [*MENU, "Latest"], set()
    for n, place in enumerate(PLACES):
        leads = [text.format(place) for text in (LEADS[n % 4], lead) if text]
        lines += [HEADS[n % 4].format(place), *leads, f"{n + 2} hours ago"]
        prose.update(leads)
    return lines, prose


def test_a_list_of_stories() -> None:
    lines, prose = listed()
    assert look(lines, prose) == "a list of stories"


def test_an_article_in_sections_is_no_list() -> None:
    assert look(*listed("Most people of {} learnt of it from the radio, and few were surprised.")) == ""


def test_a_few_leads_are_no_list() -> None:
    lines, prose = listed()
    few = {line for line in lines[:18] if line in prose}
    assert len(few) == 4 and look(lines, few) == ""


def test_paragraphs_apart_without_headlines_between_are_no_list() -> None:
    lines, prose = listed()
    kept = [line if line in prose else "Advertisement" for line in lines]
    assert look(kept, prose) == ""


def test_a_long_paragraph_is_no_lead() -> None:
    lines, prose = listed()
    at = max(n for n, line in enumerate(lines) if line in prose)
    lines[at] = " ".join([lines[at]] * 4)
    assert look(lines, {*prose, lines[at]}) == ""
