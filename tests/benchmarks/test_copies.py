"""The generated collection of ``benchmarks.copies`` is what it says; its scores count what they say."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from benchmarks.copies import MARKS, ratios, set_into, table
from benchmarks.copies_corpus import Articles, Truth, make
from benchmarks.copies_kinds import COPIED, KINDS
from benchmarks.copies_plot import draw
from benchmarks.copies_scores import Pairs, components, score

PAGES = 700


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("collection"), PAGES, 3, stripped=True)


@pytest.fixture(scope="module")
def truth(folder: Path) -> Truth:
    return Truth.read(folder)


def planted(truth: Truth, *kinds: str) -> Pairs:
    """All pairs of pages of one event, of these kinds."""
    found = []
    for event in np.flatnonzero(np.isin(truth.kind, [KINDS.index(kind) for kind in kinds])):
        pages = np.flatnonzero(truth.event == event).tolist()
        found += [(a, b) for i, a in enumerate(pages) for b in pages[i + 1 :]]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def grams(text: str, size: int = 6) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_the_same_seed_makes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = make(tmp_path, PAGES, 3, stripped=True)
    assert (again / "pages.arrow").read_bytes() == (folder / "pages.arrow").read_bytes()
    assert np.array_equal(Truth.read(again).event, Truth.read(folder).event)


def test_pages_are_as_long_as_news(folder: Path) -> None:
    sizes = [len(text.split()) for text in Articles(folder).texts()]
    assert 400 < np.mean(sizes) < 540
    assert np.percentile(sizes, 99) < 1700
    assert len(sizes) == PAGES


def test_articles_are_a_sequence_in_the_order_of_their_ids(folder: Path) -> None:
    articles = Articles(folder)
    some = articles[3:6]
    assert [article.page for article in some] == ["p00000003", "p00000004", "p00000005"]
    assert some[0] == articles[3] and articles[-1].page == f"p{PAGES - 1:08}"
    assert not some[0].text.endswith("\n") and "\n\n" in some[0].text
    with pytest.raises(IndexError):
        articles[PAGES]


def test_an_identical_copy_has_the_article_of_the_other_page_and_other_furniture(folder: Path, truth: Truth) -> None:
    pages, own = Articles(folder), Articles(folder, "own")
    pairs = planted(truth, "k1")
    assert len(pairs) > 10
    plain = str.maketrans("“”", '""')
    for a, b in pairs.tolist():
        left, right = sorted((own.text(a).translate(plain), own.text(b).translate(plain)), key=len)
        assert right.endswith(left)
        assert pages[a].outlet != pages[b].outlet
        assert len(left.split()) == truth.shared[truth.event[a]]


@pytest.mark.parametrize("kind", COPIED[:4])
def test_copies_share_words(kind: str, folder: Path, truth: Truth) -> None:
    own = Articles(folder, "own")
    for a, b in planted(truth, kind).tolist():
        assert len(grams(own.text(a)) & grams(own.text(b))) > 5


def test_pages_that_stand_alone_share_stock_phrases_at_most(folder: Path, truth: Truth) -> None:
    own = Articles(folder, "own")
    alone = np.flatnonzero(truth.kind[truth.event] == KINDS.index("alone"))[:80].tolist()
    held = [grams(own.text(page), 15) for page in alone]
    assert all(not (a & b) for i, a in enumerate(held) for b in held[i + 1 :])


def test_the_look_alikes_differ_in_numbers_names_and_days_alone(folder: Path, truth: Truth) -> None:
    own = Articles(folder, "own")
    pairs = planted(truth, "lookalike")
    shared = [len(grams(own.text(a), 4) & grams(own.text(b), 4)) for a, b in pairs.tolist()]
    assert np.mean(np.array(shared) > 10) > 0.9
    assert all(own.text(a) != own.text(b) for a, b in pairs.tolist())


def test_scores_of_all_planted_pairs_and_of_none(truth: Truth) -> None:
    every = score(planted(truth, *COPIED), truth)
    assert every.recall["k1"] == every.recall["wire"] == every.precision == every.strict == every.whole == 1.0
    assert every.pure == 1.0 and every.called["lookalike"] == 0.0
    none = score(np.zeros((0, 2), dtype=np.int64), truth)
    assert none.recall["k2"] == 0.0 and none.whole < 0.2


def test_scores_of_wrong_pairs(truth: Truth) -> None:
    right, wrong = planted(truth, *COPIED), planted(truth, "lookalike")
    found = score(np.concatenate((right, wrong)), truth)
    assert found.precision == pytest.approx(len(right) / (len(right) + len(wrong)))
    assert found.called["lookalike"] == 1.0 and found.unrelated == 0.0 and found.pure < 1.0
    alone = np.flatnonzero(truth.kind[truth.event] == KINDS.index("alone"))[:2].reshape(1, 2)
    assert score(alone, truth).unrelated == 1.0


def test_components_reach_over_any_number_of_pairs() -> None:
    pairs = np.array([(0, 5), (5, 3), (3, 9), (2, 4), (8, 7), (7, 6)])
    assert components(pairs, 10).tolist() == [0, 1, 2, 0, 2, 0, 6, 6, 6, 0]


def test_the_plot_is_well_formed() -> None:
    drawn = draw([(10_000, 0.8, 400), (100_000, 7.0, 900), (1_000_000, 88.0, 6_100)])
    assert len(ElementTree.fromstring(drawn).findall("{http://www.w3.org/2000/svg}polyline")) == 2


def test_tables_go_between_the_marks(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text(f"before\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n", encoding="utf-8")
    set_into(document, table(("tool", "speed"), [["a\\1", "2"]]))
    assert document.read_text(encoding="utf-8").split("\n")[1:5] == [
        MARKS[0],
        "| tool | speed |",
        "| --- | ---: |",
        "| a\\1 | 2 |",
    ]
    document.write_text("nothing", encoding="utf-8")
    with pytest.raises(SystemExit):
        set_into(document, [])


def test_ratios_are_by_round() -> None:
    assert ratios([{"cpu": 1.0}, {"cpu": 2.0}, {"cpu": 1.0}], [{"cpu": 9.0}, {"cpu": 30.0}, {"cpu": 12.0}]) == (
        "12.0 (9.0 to 15.0)"
    )
