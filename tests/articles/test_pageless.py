"""Pages that carry no article are set aside with what they look like, and short articles are not."""

from __future__ import annotations

import pytest

from firsthand.articles import Furniture, clean_page
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
