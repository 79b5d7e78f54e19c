"""The truth agrees with the pages, and the pages hold what the collection promises."""

from __future__ import annotations

import importlib.util
import itertools
from pathlib import Path
from typing import Any

from firsthand.demo import collection
from firsthand.newsrooms import by_name, by_url

HERE = Path(__file__).resolve().parent
Truth = dict[str, Any]


def squash(text: str) -> str:
    return " ".join(text.split())


def quoted(truth: Truth) -> list[tuple[str, str]]:
    """Every (page, words) that the truth quotes."""
    found = [(key, words) for claim in truth["claims"] for key, words in claim["carried"].items()]
    found += [(row["page"], row["words"]) for row in truth["statements"]]
    found += [(row["page"], row["because"]) for row in truth["statements"] if "because" in row]
    for row in (*truth["disagreements"]["must"], *truth["disagreements"]["fair"]):
        found += [(key, words) for side in "ab" for key, words in row[side].items()]
    for key, row in truth["pages"].items():
        found += [(key, words) for pair in row["paragraphs"] for words in pair]
        found += [(key, line) for line in row.get("in_or_out", ())] + [(key, row["headline"])]
        found += [(key, topic) for topic in row.get("topics", ())]
    return found


def test_every_quoted_string_stands_on_its_page(the_truth: Truth, raw: dict[str, str]) -> None:
    assert [(key, words) for key, words in quoted(the_truth) if squash(words) not in raw[key]] == []


def test_quoted_words_lie_in_the_body(the_truth: Truth, raw: dict[str, str]) -> None:
    """A claim or a statement is of the article, between the first paragraph's first words and the last one's last."""
    rows = [(key, words) for claim in the_truth["claims"] for key, words in claim["carried"].items()]
    for key, words in rows + [(row["page"], row["words"]) for row in the_truth["statements"]]:
        edges = the_truth["pages"][key]["paragraphs"]
        start = raw[key].index(squash(edges[0][0]))
        end = raw[key].rindex(squash(edges[-1][1])) + len(squash(edges[-1][1]))
        assert squash(words) in raw[key][start:end], (key, words)


def test_paragraphs_stand_in_order(the_truth: Truth, raw: dict[str, str]) -> None:
    for key, row in the_truth["pages"].items():
        at = raw[key].index(squash(row["paragraphs"][0][0]))
        for first, last in row["paragraphs"]:
            at = raw[key].index(squash(first), at)
            at = raw[key].index(squash(last), at)


def test_the_counts_of_the_collection(the_truth: Truth) -> None:
    pages = the_truth["pages"]
    assert len(pages) == 32
    assert len({row["outlet"][0] for row in pages.values() if row["outlet"]}) == 29
    assert sorted(map(len, the_truth["stories"].values())) == [1, 6, 7, 8, 10]
    assert {key for keys in the_truth["stories"].values() for key in keys} == set(pages)
    assert sum("file" in row["find"] for row in pages.values()) == 22
    assert sum("given_id" in row["find"] for row in pages.values()) == 5
    assert sum("url" in row["find"] for row in pages.values()) == 5
    assert [len(row["pages"]) for row in the_truth["reports"]["carried"]] == [5, 2]
    carried = sum(len(row["pages"]) - 1 for row in the_truth["reports"]["carried"])
    assert the_truth["reports"]["in_collection"] == len(pages) - carried


def test_every_file_is_a_page_of_the_truth(the_truth: Truth) -> None:
    files = {path.name for path in collection().iterdir()}
    assert files == {r["find"]["file"] for r in the_truth["pages"].values() if "file" in r["find"]} | {
        "records.jsonl",
        "crawl.warc",
    }
    assert sum(path.stat().st_size for path in collection().iterdir()) < 400_000


def test_the_outlets_are_invented(the_truth: Truth) -> None:
    """None is in the table of newsrooms: the tool has to know them from the pages."""
    for row in the_truth["pages"].values():
        assert not any(by_name(name, citing=True) for name in (*(row["outlet"] or ()), *(row["credit"] or ())))
        assert "url" not in row["find"] or by_url(row["find"]["url"]) is None


def test_carried_and_silent_part_the_story(the_truth: Truth) -> None:
    story_of = {key: name for name, keys in the_truth["stories"].items() for key in keys}
    for claim in the_truth["claims"]:
        carried, silent = set(claim["carried"]), set(claim.get("silent", ()))
        assert not carried & silent, claim["name"]
        assert len({story_of[key] for key in carried | silent | set(claim.get("may_carry", ()))}) == 1, claim["name"]
        assert min(claim["min"]) <= max(claim["max"])


def test_no_pair_is_a_copy_and_none(the_truth: Truth) -> None:
    copies = the_truth["copies"]
    are = {frozenset((row["a"], row["b"])) for row in copies["are"]}
    apart = {frozenset(pair) for row in copies["are_not"] for pair in itertools.combinations(row["pages"], 2)}
    assert not are & apart
    assert {frozenset((row["page"], row["from"])) for row in copies["direction"]} <= are


def test_the_warc_is_what_its_sources_make() -> None:
    spec = importlib.util.spec_from_file_location("make_warc", HERE / "make_warc.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.build_warc() == (collection() / "crawl.warc").read_bytes()
