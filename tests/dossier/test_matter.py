"""Shared source matter on the page and in ``why``: where it stands, what is left out, and that its words stay words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from firsthand.dossier import answers, compile_dossier, render_page
from firsthand.dossier.matter_view import MAX_MATTER, MAX_WORDS
from firsthand.records import Findings, Place, SourceMatter, Span

Make = Callable[..., Findings]
Dossier = dict[str, Any]
BANG = "We heard a bang and then the lights went out"


def section(page: str, story: int = 1) -> str:
    """The HTML of a story's section, empty where it has none."""
    found = re.search(rf'<section aria-labelledby="s{story}-matter">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def text(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def test_it_stands_in_its_story_with_links_to_its_pages(dossier: Dossier) -> None:
    page = render_page(dossier)
    part = section(page)
    assert f'<blockquote dir="auto">{BANG}</blockquote>' in part and "no copying" in part
    links = re.findall(r'href="#([^"]+)"', part)
    numbers = [dossier["stories"][0]["pages"].index(key) + 1 for key in ("page-2", "page-4")]
    assert sorted(links) == sorted(f"s1-page{number}" for number in numbers)
    assert all(f'id="{link}"' in page for link in links)
    assert text(part).count("paragraph 3") == 2 and "in part" not in part
    assert page.index("s1-pairs") < page.index("s1-matter") < page.index("s1-aside")
    assert not section(page, 2)


def test_none_shows_nothing(dossier: Dossier) -> None:
    page = render_page({**dossier, "source_matter": []})
    assert "s1-matter" not in page and "source matter" not in page.lower()


@pytest.mark.parametrize("pages", [("page-1", "page-6"), ("page-1", "page-1"), ("page-1", "page-gone")])
def test_one_page_of_the_story_is_not_shared(dossier: Dossier, pages: tuple[str, str]) -> None:
    row = {**dossier["source_matter"][0], "places": [{"page": page, "span": [0, 40]} for page in pages]}
    assert "-matter" not in render_page({**dossier, "source_matter": [row]})


def test_pages_of_other_stories_are_counted(dossier: Dossier) -> None:
    row = dossier["source_matter"][0]
    more = {**row, "places": [*row["places"], {"page": "page-6", "span": [0, 20]}]}
    assert "and 1 page of other stories" in section(render_page({**dossier, "source_matter": [more]}))


def test_a_page_that_has_a_part_shows_its_part(dossier: Dossier) -> None:
    row = dossier["source_matter"][0]
    first, second = row["places"]
    start = second["span"][0]
    changed = {**row, "places": [first, {**second, "span": [start, start + len("We heard a bang")]}]}
    part = section(render_page({**dossier, "source_matter": [changed]}))
    assert f">{BANG}<" in part and "in part: We heard a bang" in text(part)
    assert "in part: “We heard a bang”" in told({**dossier, "source_matter": [changed]}, row["id"])


def test_a_long_list_says_how_much_it_leaves_out(dossier: Dossier) -> None:
    rows = [{**dossier["source_matter"][0], "id": f"m-{number}"} for number in range(MAX_MATTER + 5)]
    part = section(render_page({**dossier, "source_matter": rows}))
    assert part.count("<blockquote") == MAX_MATTER and f"{MAX_MATTER} of {MAX_MATTER + 5} are shown" in part


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '" onmouseover="alert(1)',
        "{{ 7 * 7 }}",
        "</blockquote><img src=x>",
        "a\u202eb " * 9,
    ],
)
def test_its_words_are_escaped_and_cut(make: Make, words: str) -> None:
    run = make(word=words + " and so on" * 200)
    span = Span(run.articles[0].text.index(words), len(run.articles[0].text))
    places = (Place("page-1", span), Place("page-5", Span(0, 20)))
    dossier = compile_dossier(replace(run, source_matter=(SourceMatter("m-2", places, 400, ()),)))
    part = section(render_page(dossier))
    quoted = re.findall(r"<blockquote dir=\"auto\">(.*?)</blockquote>", part, re.DOTALL)
    assert len(quoted) == 1 and "<" not in quoted[0] and "\u202e" not in quoted[0]
    shown = unescape(quoted[0])
    assert shown.endswith("…") and len(shown) <= MAX_WORDS
    assert shown.startswith(words.replace("\u202e", "").strip())
    assert "\u202e" not in told(dossier, "m-2")


def told(dossier: Dossier, key: str) -> str:
    return "\n".join(words for _, words in answers.why(dossier, key).lines)


def test_why_tells_it_by_its_id_and_a_page_names_it(dossier: Dossier) -> None:
    answer = answers.why(dossier, "m-1")
    assert answer.rows == (dossier["source_matter"][0],)
    words = told(dossier, "m-1")
    assert words.startswith(f"“{BANG}”") and "no copying" in words and "because" in words
    assert "Oster Quay Herald (page-2), paragraph 3" in words and "Sund Chronicle (page-4), paragraph 3" in words
    assert "firsthand why m-1" in told(dossier, "page-2") and "m-1" not in told(dossier, "page-1")
