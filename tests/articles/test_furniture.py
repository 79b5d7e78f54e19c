"""Furniture learnt across pages, and what must never be taken for it."""

from __future__ import annotations

from firsthand.articles import learn_furniture
from firsthand.articles.cues import find_cue
from firsthand.articles.head import is_metadata
from firsthand.language.rows import every
from firsthand.records import Page
from firsthand.rules import all_rules

BLURB = "The Ledger has told the valley's stories for a hundred years, and you keep its lamps burning at night."
WIRE = [
    f"The canal office said in its {word} statement of the week that the locks would stay shut until the ice had gone."
    for word in ("first", "second", "third", "fourth")
]


def story(n: int) -> list[str]:
    return [
        f"The council of district {n} voted on item {k} of its agenda after a debate of {n + k} hours in the old hall."
        for k in range(4)
    ]


def page(n: int, lines: list[str], host: str) -> Page:
    return Page(
        f"p-{host}-{n}", f"{host}/{n}.txt", "text", "\n".join(lines), url=f"https://{host}/{n}" if host else None
    )


def test_prose_that_a_site_repeats_is_furniture() -> None:
    pages = [page(n, [*story(n), BLURB], "ledger.example") for n in range(4)]
    furniture = learn_furniture(pages)
    assert furniture.articles("p-ledger.example-0", BLURB) == 4
    assert furniture.articles("p-ledger.example-0", story(0)[0]) == 0


def test_a_wire_story_on_many_pages_of_one_site_is_not_furniture() -> None:
    pages = [page(n, [f"Page {n} of the site", *WIRE], "ledger.example") for n in range(6)]
    furniture = learn_furniture(pages)
    assert all(furniture.articles(p.id, line) == 0 for p in pages for line in WIRE)


def test_a_wire_story_on_many_sites_is_not_furniture() -> None:
    pages = [page(n, [*WIRE, *story(n)], host) for host in ("a.example", "b.example") for n in range(4)]
    furniture = learn_furniture(pages)
    assert all(furniture.articles(p.id, line) == 0 for p in pages for line in WIRE)


def test_pages_without_a_site_belong_together_by_their_template() -> None:
    template = ["Sign up for alerts", "Watch the live stream", "Find a job here", "Send us your photos", BLURB]
    pages = [page(n, [*story(n), *template], "") for n in range(4)]
    assert learn_furniture(pages).articles("p--0", BLURB) == 4
    carried = [page(n, WIRE, "") for n in range(5)]
    assert not learn_furniture(carried).lines


def test_every_cue_row_catches_its_example_and_names_a_rule() -> None:
    for row in (row for table in every("furniture") for row in table["cue"]):
        cue = find_cue(row["example"])
        assert cue is not None and row["rule"] in all_rules(), row["example"]
        assert cue.rule == row["rule"], (row["example"], cue)


def test_ordinary_prose_carries_no_sure_cue() -> None:
    for line in (
        "More than forty boats left the harbour before noon, and the last of them came home after dark.",
        "She shared the prize with her brother, who had built the boat.",
        "The advertisement that the council placed in the paper drew two answers.",
        "He subscribed to the view that the canal should be widened.",
    ):
        cue = find_cue(line)
        assert cue is None or not cue.sure, line


def test_metadata_lines() -> None:
    for line in ("Posted: Sep. 8, 2031 12:25 PM", "By Ann Berg", "Updated May 3, 2031", "3 min read", "May 3, 2031"):
        assert is_metadata(line), line
    for line in (
        "By Monday the boats were gone.",
        "The pier was built on May 3, 1931, by hand.",
        "He posted a letter.",
    ):
        assert not is_metadata(line), line
