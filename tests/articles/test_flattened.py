"""Flattened pages, invented: the body exactly, and what the page says about itself."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from firsthand.articles import Furniture, clean_page
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

CASES = Path(__file__).resolve().parents[1] / "cases" / "articles"


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["name"]) for row in rows]


def clean(content: str, **given: Any) -> Article:
    found = clean_page(Page("p-1", "page.txt", "text", content, **given), ArticleOptions(), Furniture())
    assert isinstance(found, Article), found
    return found


def check_body(row: dict[str, Any], separator: str) -> Article:
    article = clean(separator.join(row["lines"]))
    assert [s.of(article.text) for s in article.paragraphs] == [row["lines"][n - 1] for n in row["body"]]
    assert article.headline == row["headline"]
    return article


@pytest.mark.parametrize("separator", ["\n", "\n\n"], ids=["tight", "spaced"])
@pytest.mark.parametrize("row", cases("flattened"))
def test_body_and_metadata(row: dict[str, Any], separator: str) -> None:
    article = check_body(row, separator)
    assert (article.outlet.name if article.outlet else None) == row.get("outlet")
    assert (article.credit.name if article.credit else None) == row.get("credit")
    assert (article.published.earliest if article.published else None) == row.get("published")
    assert list(article.topics) == row.get("topics", [])
    denied = {d.when.earliest for d in article.dates if d.role == "not-publication"}
    assert set(row.get("not_publication", [])) <= denied


@pytest.mark.parametrize("row", cases("evidence"))
def test_one_kind_of_evidence(row: dict[str, Any]) -> None:
    article = clean("\n".join(row["lines"]))
    found = {
        "headline": article.headline or "",
        "outlet": article.outlet.name if article.outlet else "",
        "credit": article.credit.name if article.credit else "",
        "published": (article.published.earliest if article.published else None) or "",
        "byline": list(article.byline),
        "topics": list(article.topics),
        "body": [s.of(article.text) for s in article.paragraphs],
    }
    wanted = {k: v for k, v in row.items() if k in found}
    if "body" in wanted:
        wanted["body"] = [row["lines"][n - 1] for n in row["body"]]
    assert {k: found[k] for k in wanted} == wanted


@pytest.mark.xfail(reason="known failure", strict=True)
@pytest.mark.parametrize("row", cases("known_failures"))
def test_known_failures(row: dict[str, Any]) -> None:
    check_body(row, "\n")


def test_nothing_disappears() -> None:
    row = tomllib.loads((CASES / "flattened.toml").read_text(encoding="utf-8"))["case"][0]
    article = clean("\n".join(row["lines"]))
    aside = [line for s in article.set_aside for line in s.lines]
    body = [s.of(article.text) for s in article.paragraphs]
    assert sorted([*aside, *body, article.headline or ""]) == sorted(row["lines"])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n\n",
        "var a = {};\nwindow.dataLayer = window.dataLayer || [];\nfunction gtag(){dataLayer.push(arguments);}",
        "Menu\nHome\nSports\nWeather\nContact\nSubscribe\nSearch\nPrivacy policy",
    ],
    ids=["empty", "blank", "script", "navigation"],
)
def test_pages_without_an_article_are_set_aside_with_a_reason(content: str) -> None:
    from firsthand.records import Rejected

    found = clean_page(Page("p-1", "page.txt", "text", content), ArticleOptions(), Furniture())
    assert isinstance(found, Rejected) and found.stage == "articles" and found.why.startswith("no article")


def test_given_fields_are_evidence() -> None:
    lines = [
        "NORRING (AP) — The harbour office closed the pier on Monday after divers found cracks in its pillars.",
        "Boats will land at the northern quay until the pillars have been replaced, the office said in a statement.",
        "The work is expected to take until August and will be paid for by the county and the state together.",
        "The Associated Press contributed to this report.",
    ]
    article = clean(
        "\n\n".join(lines),
        given_headline="Norring pier closed",
        given_outlet="Norring Ledger",
        given_date="2031-05-05",
        given_byline=("By Ann Berg and Jo Lind, Staff Writers",),
    )
    assert article.text.split("\n\n") == lines
    assert article.headline == "Norring pier closed"
    assert article.outlet and (article.outlet.name, article.outlet.basis) == ("Norring Ledger", "record")
    assert article.published and (article.published.earliest, article.published.basis) == ("2031-05-05", "metadata")
    assert article.byline == ("Ann Berg", "Jo Lind")
    assert article.credit and article.credit.name == "The Associated Press" and article.credit.extent == "whole"
    assert article.credit.span and article.credit.span.of(article.text) == "NORRING (AP)"


def test_a_mention_is_no_credit_and_a_crawl_is_no_date() -> None:
    lines = [
        "The minister told Reuters on Monday that the canal would not be widened before the summer of next year.",
        "A spokesman for the ministry later said that the plan was still being looked at by three committees.",
        "The Associated Press had reported in May that the plan had been dropped altogether by the cabinet.",
    ]
    article = clean("\n".join(lines), captured="2031-05-09T10:00:00Z")
    assert article.credit is None
    assert article.published and (article.published.earliest, article.published.basis) == (None, "capture")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://ledger.example/2031/06/25/pier-closed/", "2031-06-25"),
        ("https://ledger.example/a/2031/mar/04/x", "2031-03-04"),
    ],
)
def test_the_url_dates_a_page(url: str, day: str) -> None:
    body = (
        "The pier of Norring was closed on Monday after divers found cracks in three of its pillars, the office said."
    )
    article = clean(
        "\n".join([body, body.replace("Monday", "Tuesday"), "Boats land at the northern quay instead."]), url=url
    )
    assert article.published and (article.published.earliest, article.published.basis) == (day, "url")
