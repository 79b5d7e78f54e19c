"""Headlines and bylines: of lines, of flattened pages, of what HTML declares; and that nothing raises."""

from __future__ import annotations

import json
import tomllib
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.articles import Furniture, clean_page
from firsthand.articles.blocks import split_lines
from firsthand.articles.byline import byline_of
from firsthand.articles.declared import read_markup
from firsthand.articles.headline import headline_of_markup, title_hint
from firsthand.articles.markup import parse_html
from firsthand.articles.people import Names, after_lead, is_body, is_person, names_in, split_names
from firsthand.language.rows import rows
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

CASES = Path(__file__).resolve().parents[1] / "cases" / "articles"
BODY = (
    "Ferries between Norring and the islands stayed in port for a second day because of fog, the harbour office said.",
    "Some four hundred passengers were put up in schools and in the sports hall, where the town handed out hot soup.",
    '"It will be a long night," said Ola Strand, who has sold tickets for thirty years and has never seen such fog.',
    "The office said that the first boat would leave as soon as the lighthouse could be seen from the quay at dawn.",
)
LINKED = st.recursive(
    st.text(max_size=20) | st.none() | st.integers(),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.sampled_from(["name", "@id", "@type"]), v, max_size=3),
    max_leaves=8,
)


def cases(name: str) -> list[Any]:
    found = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row.get("name") or row["line"]) for row in found]


@pytest.mark.parametrize("row", cases("bylines"))
def test_lines_of_names(row: dict[str, Any]) -> None:
    found = names_in([row["line"]], row.get("sites", ()), row.get("sure", False))
    assert found == Names(tuple(row.get("persons", ())), tuple(row.get("bodies", ())))


@pytest.mark.parametrize("row", cases("bylines_negative"))
def test_lines_without_names(row: dict[str, Any]) -> None:
    assert not names_in([row["line"]])


@pytest.mark.parametrize("row", rows("bylines", "mul")["by"], ids=lambda row: row["language"])
def test_every_language_has_its_example(row: dict[str, Any]) -> None:
    rest = after_lead(row["example"])
    assert rest and rest != row["example"]
    assert names_in([row["example"]]).persons


@pytest.mark.parametrize("row", cases("shown_bylines"))
def test_bylines_of_flattened_pages(row: dict[str, Any]) -> None:
    lines = [part for line in row["lines"] for part in (BODY if line == "BODY" else (line,))]
    article = clean_page(Page("p", "p.txt", "text", "\n".join(lines)), ArticleOptions(), Furniture())
    assert isinstance(article, Article)
    assert (list(article.byline), list(article.byline_bodies)) == (row.get("byline", []), row.get("bodies", []))


@pytest.mark.parametrize("row", cases("declared"))
def test_declared_bylines(row: dict[str, Any]) -> None:
    html = (
        f"<html><head>{row.get('head', '')}</head><body><h1>Ferries stay in port</h1>{row.get('top', '')}</body></html>"
    )
    found = byline_of(Page("p", "p", "html", html), [], [], read_markup(parse_html(html)))
    assert (list(found.persons), list(found.bodies)) == (row.get("persons", []), row.get("bodies", []))


@pytest.mark.parametrize("row", cases("headlines_html"))
def test_headlines_of_html(row: dict[str, Any]) -> None:
    head = f"<title>{escape(row.get('title', ''))}</title>"
    for name, key in (("og:title", "og"), ("og:site_name", "site")):
        head += f'<meta property="{name}" content="{escape(row[key])}">' if key in row else ""
    if "ld" in row:
        head += f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{row["ld"]}"}}</script>'
    body = "".join(f"<h1>{escape(h)}</h1>" for h in row.get("h1", ()))
    markup = read_markup(parse_html(f"<html><head>{head}</head><body>{body}<p>x</p></body></html>"))
    headline, reasons = headline_of_markup(markup, row.get("h1", ()), None)
    assert headline == row["headline"]
    assert reasons and min(r.weight for r in reasons) > 1


def test_the_record_speaks_first() -> None:
    markup = read_markup(parse_html("<html><head><title>Other</title></head><body><h1>Other</h1></body></html>"))
    assert headline_of_markup(markup, ["Other"], " Ferries ")[0] == "Ferries"
    page = Page("p", "p", "html", "", given_byline=("Ann Berg",))
    assert byline_of(page, [], [], markup).persons == ("Ann Berg",)


def test_the_hint_is_the_line_that_the_first_one_repeats() -> None:
    blocks = split_lines("Ferries stay in port | Norring Post\nMenu\nFerries stay in port\nText of the article.", 100)
    assert title_hint(blocks, None) == "Ferries stay in port"
    assert title_hint(blocks, "Given") == "Given" and title_hint([], None) == ""


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_line_raises(line: str) -> None:
    found = names_in([line], ("norring.example",), sure=True)
    assert all(name and len(name) <= 400 for name in (*found.persons, *found.bodies))
    assert all(isinstance(is_person(p) or is_body(p), bool) for p in split_names(line))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), LINKED)
def test_no_markup_raises(title: str, author: str, linked: Any) -> None:
    script = json.dumps({"@type": "NewsArticle", "headline": title, "author": linked})
    html = (
        f'<html><head><title>{escape(title)}</title><meta name="author" content="{escape(author)}">'
        f'<script type="application/ld+json">{script}</script></head><body><h1>{escape(title)}</h1>'
        f'<p class="byline">{escape(author)}</p></body></html>'
    )
    tree = parse_html(html)
    markup = read_markup(tree)
    headline_of_markup(markup, markup.headings, None)
    byline_of(Page("p", "p", "html", html, url=title), [], [], markup)
