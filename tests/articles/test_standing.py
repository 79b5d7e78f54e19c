"""Credits, outlets, genres, cut texts and languages: invented lines, and the laws that hold for any."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.articles import Furniture, clean_page
from firsthand.articles.agencies import agency_name, find_agencies
from firsthand.articles.credit_line import read_credit_line
from firsthand.articles.dateline import dateline_agency
from firsthand.articles.declared import Markup
from firsthand.articles.site import fits, host_of, labels_of, own_address, spelled, written
from firsthand.articles.standing import completeness_of, language_of
from firsthand.language.rows import rows
from firsthand.newsrooms import all_newsrooms
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

CASES = Path(__file__).resolve().parents[1] / "cases" / "articles"
LINES = tomllib.loads((CASES / "credit_lines.toml").read_text(encoding="utf-8"))
STANDING = tomllib.loads((CASES / "standing.toml").read_text(encoding="utf-8"))
BODY = [
    "The ferry between Norring and the islands sailed again on Tuesday morning, the harbour office said.",
    "Engineers had worked through the weekend to brace the landing stage, which a storm had torn away.",
    "A second crossing will be added on Friday if the wind stays below the limit that the insurers have set.",
]


def clean(lines: list[str], **given: Any) -> Article:
    found = clean_page(Page("p-1", "page.txt", "text", "\n".join(lines), **given), ArticleOptions(), Furniture())
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("extent", ["whole", "partly"])
def test_lines_that_credit(extent: str) -> None:
    for line, name in LINES["lines"][extent]:
        found = read_credit_line(line, "Le Figaro")
        assert found is not None, line
        assert (found.name, found.extent, found.pictured) == (name, extent, False), line


def test_lines_that_do_not() -> None:
    for line in LINES["lines"]["none"]:
        assert read_credit_line(line) is None, line
    for line in LINES["lines"]["pictured"]:
        found = read_credit_line(line)
        assert found is not None and found.pictured, line


def test_datelines() -> None:
    for text, name in LINES["datelines"]["right"]:
        found = dateline_agency(text, list)
        assert found is not None and found[0] == name, text
        assert text.startswith(found[1])
    for text in LINES["datelines"]["none"]:
        assert dateline_agency(text, list) is None, text


def test_every_example_of_a_phrase_credits() -> None:
    for row in rows("credits")["phrase"]:
        article = clean([*BODY, row["example"]])
        assert article.credit is not None and article.credit.extent == row["extent"], row["example"]


def test_who_contributes_after_a_colon_is_credited() -> None:
    article = clean([*BODY, "Contributing: Jo Lind, Norring Today; The Associated Press"])
    assert article.credit and (article.credit.name, article.credit.extent) == ("The Associated Press", "partly")
    assert clean([*BODY, "Contributing to the repair took Reuters and the harbour office nine days."]).credit is None


def test_every_agency_of_the_table_is_found_by_its_name() -> None:
    for room in all_newsrooms():
        if room.kind == "agency" and room.name not in rows("credits")["agency"]["not_credit"]:
            assert any(m.name == room.name for m in find_agencies(f"{room.name}")), room.name


def test_a_credit_in_the_page_and_a_picture_beside_it() -> None:
    article = clean(["Ferry sails again", "By Jo Lind, Harrow Wire", "4 March 2031", "Photo: Ann Berg/AFP", *BODY])
    assert article.credit and (article.credit.name, article.credit.extent) == ("Harrow Wire", "whole")
    assert clean(["Ferry sails again", "By Jo Lind", "Ann Berg/AFP", *BODY]).credit is None


def test_copy_of_another_newsroom_is_credited_where_the_page_says_so() -> None:
    article = clean([*BODY, "This article is republished from The Conversation under a Creative Commons licence."])
    assert article.credit and article.credit.name == "The Conversation"


@pytest.mark.parametrize("row", STANDING["genre"], ids=str)
def test_genre(row: dict[str, Any]) -> None:
    headline = row.get("headline", "Ferry to the islands sails again after the storm")
    lines = [*row.get("above", ()), headline, "4 March 2031", row.get("first", BODY[0]), *BODY[1:]]
    assert clean(lines, url=row.get("url"), given_headline=headline).genre == row["genre"]


@pytest.mark.parametrize("row", STANDING["complete"], ids=str)
def test_completeness(row: dict[str, Any]) -> None:
    found, reasons = completeness_of([*BODY, row.get("last", BODY[0])], (), row.get("under", ()))
    assert found == row["says"] and reasons


def test_a_short_text_that_is_not_free_is_cut() -> None:
    markup = Markup(linked=({"@type": "NewsArticle", "isAccessibleForFree": "False"},))
    assert completeness_of(BODY, (), (), markup)[0] == "truncated"
    assert completeness_of(BODY * 10, (), (), markup)[0] == "full"


@pytest.mark.parametrize("code", sorted(STANDING["language"]))
def test_language(code: str) -> None:
    assert language_of(STANDING["language"][code]) == code


def test_a_declared_language_decides_where_words_do_not() -> None:
    assert language_of("Xq zzt", "de-AT") == "de" and language_of("Xq zzt", "nb-NO") == "no"


def test_hosts() -> None:
    for host, name in STANDING["hosts"]["fits"]:
        assert any(fits(label, name) for label in labels_of(host)), (host, name)
    for host, name in STANDING["hosts"]["not"]:
        assert not any(fits(label, name) for label in labels_of(host)), (host, name)
    assert spelled("norring-times.example") == "Norring Times"
    assert written("norringledger", ["norringledger.example", "Read the Norring Ledger"]) == "Norring Ledger"
    assert own_address(["Write to desk@norring.de", "© 2031"]) == "norring.de" and own_address(["norring.de"]) == ""
    assert host_of("http://[::1") == "" and host_of("https://www.norring.example/a") == "norring.example"


def test_the_page_writes_the_name_that_its_host_runs_together() -> None:
    lines = ["Menu", "Ferry sails again", *BODY, "Advertise in Norring Evening Bote", "Imprint | Jobs"]
    article = clean(lines, url="https://norringeveningbote.example/ferry")
    assert article.outlet and article.outlet.name == "Norring Evening Bote"


def test_an_owner_is_not_the_outlet_of_an_address() -> None:
    lines = ["Ferry sails again", *BODY, "© 2031 Fjell Press", "Fjell Press"]
    article = clean(lines, url="https://norring-times.example/ferry")
    assert article.outlet and article.outlet.name == "Norring Times"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=220), st.sampled_from(["", "AP", "(dpa)", "© 2031 AFP", "Harrow Wire", "新华社", "By "]))
def test_nothing_raises_and_spans_slice_back(text: str, mark: str) -> None:
    for line in (text, mark + text, text + mark, f"{mark}, {text}"):
        for mention in find_agencies(line):
            assert 0 <= mention.start < mention.end <= len(line)
        read_credit_line(line)
        dateline_agency(line, lambda: [text])
        agency_name(line)
        language_of(line, text)
        labels_of(host_of(line))
        fits(text[:12], mark)
        written(text[:8].lower(), [line])
        completeness_of([line], (), [text])
