"""The table of newsrooms: every row resolves, no name is two newsrooms', and short names follow the article."""

from __future__ import annotations

from collections import Counter

import pytest

from firsthand import newsrooms
from firsthand.newsrooms import all_newsrooms, by_name, by_url, canonical, find_newsrooms, newsroom_key, same_newsroom


def test_the_table_is_general() -> None:
    assert len(all_newsrooms()) > 400
    assert sum(room.kind == "agency" for room in all_newsrooms()) > 60
    assert len({room.country for room in all_newsrooms()}) > 60


def test_no_name_alias_or_domain_is_two_newsrooms() -> None:
    keys = Counter(key for room in all_newsrooms() for key in {newsroom_key(n) for n in (room.name, *room.aliases)})
    assert [key for key, count in keys.items() if count > 1] == []
    domains = Counter(domain for room in all_newsrooms() for domain in room.domains)
    assert [domain for domain, count in domains.items() if count > 1] == []


def test_every_row_resolves_from_its_names_and_domains() -> None:
    for room in all_newsrooms():
        for name in (room.name, *room.aliases):
            assert by_name(name, citing=True) is room, name
            assert canonical(name) == room.name
        for domain in room.domains:
            assert by_url(f"https://www.{domain}/a/b") is room, domain


def test_shared_short_names_have_a_default_that_is_a_row() -> None:
    for cue, name in newsrooms._table()["defaults"].items():
        room = by_name(cue, citing=True)
        assert room is not None and room.name == name
        assert cue in room.cues or newsroom_key(cue) == newsroom_key(name)


@pytest.mark.parametrize(
    ("name", "among", "expected"),
    [
        ("the Times", None, "The New York Times"),
        ("the Times", ["The Seattle Times"], "The Seattle Times"),
        ("the Times", ["Seattle Times", "Reuters"], "The Seattle Times"),
        ("the Times", ["The Seattle Times", "The New York Times"], None),
        ("the Post", ["NY Post"], "New York Post"),
        ("the Journal", [], "The Wall Street Journal"),
        ("the Herald", None, None),
        ("the Herald", ["Miami Herald"], "Miami Herald"),
        ("the Dispatch", ["The Columbus Dispatch"], "The Columbus Dispatch"),
        ("the Bee", None, None),
    ],
)
def test_a_short_name_is_the_newsroom_that_the_article_names(
    name: str, among: list[str] | None, expected: str | None
) -> None:
    found = by_name(name, citing=True, among=among)
    assert (found.name if found else None) == expected


def test_short_names_and_ordinary_words_need_a_sentence_that_cites() -> None:
    assert by_name("the Times") is None
    assert by_name("Time") is None
    assert by_name("Hill") is None
    assert by_name("the Guardian", citing=True) is by_name("The Guardian") is not None
    assert by_name("the Hill", citing=True) is by_name("The Hill")
    assert by_name("Hill", citing=True) is None
    assert by_name("people", citing=True) is None
    assert by_name("the times", citing=True) is None
    assert by_name("People", citing=True) is not None
    assert same_newsroom("Time", "TIME magazine")


def test_find_newsrooms_reads_names_at_word_boundaries() -> None:
    text = "The Plover said AP and the New York Times’s desk, not CNNX, heard The Hill and Barron’s. The hill is green."
    found = [(text[m.start : m.end], m.newsroom.name) for m in find_newsrooms(text)]
    assert found == [
        ("AP", "The Associated Press"),
        ("New York Times", "The New York Times"),
        ("The Hill", "The Hill"),
        ("Barron’s", "Barron's"),
    ]


def test_find_newsrooms_takes_the_longest_name() -> None:
    assert [m.newsroom.name for m in find_newsrooms("CNN Wire and Sky News Australia")] == ["CNN", "Sky News Australia"]


def test_find_newsrooms_is_linear_on_a_giant_text() -> None:
    assert len(find_newsrooms("The New The New York " * 40_000)) == 0


def test_a_broken_url_is_nobodys() -> None:
    assert by_url("http://[::1") is None
    assert by_url("") is None
