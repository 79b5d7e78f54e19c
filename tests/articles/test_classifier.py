"""The classifier of blocks: lines become blocks, blocks become numbers, numbers a probability; all of it bounded."""

from __future__ import annotations

import time
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.articles.blocks import MAX_LINE, Block, split_lines, tidy
from firsthand.articles.body_model import SECOND, sequence_features, shipped_model
from firsthand.articles.explained import GROUPS, explain
from firsthand.articles.features import HASHES, NAMES, look, measure, read_words, word_bins
from firsthand.articles.headline import title_hint
from firsthand.articles.trees import LEAVES, forest_from_dump

MENU = ["Home", "News", "Sport", "Sign in", "Weather 12°"]
STORY = [
    "The harbour office of Norring said on Monday that the western pier would stay closed until the end of June.",
    "Divers found that two of its eleven piles had been eaten by shipworms, the office wrote in a letter to skippers.",
    '"We would rather lose a month than a ferry," said Ada Renn, who has run the office for nine years.',
    "Ferries to the outer islands leave from the coal quay in the meantime, an hour later than the timetable says.",
]
PAGE = [*MENU, "Norring pier to stay closed until the end of June", *STORY, "Share", "Most read", "About us", "Contact"]


def rows_of(lines: list[str]) -> Any:
    return measure(split_lines("\n".join(lines), 10_000), lines[0], np.zeros(HASHES, dtype=np.float32))


def test_lines_numbers_gaps_indents_and_bullets() -> None:
    blocks = split_lines("\ufeffOne\n\n \n  • Two\u00a0 parts\r\n\t3. Three\u2028- \u200b\nlast", 10)
    assert [(b.text, b.line, b.gap, b.indent, b.bullet) for b in blocks] == [
        ("One", 1, 0, 0, False), ("Two parts", 4, 2, 2, True), ("3. Three", 5, 0, 1, True), ("-", 6, 0, 0, False),
        ("last", 7, 0, 0, False),
    ]  # fmt: skip
    assert blocks[1].raw == "• Two\u00a0 parts"
    assert split_lines("a\nb\nc", 2)[-1].text == "b"


@given(st.text(max_size=200))
def test_a_block_is_a_tidy_line(content: str) -> None:
    for block in split_lines(content, 100):
        assert block.text == tidy(block.text) and block.text and "\n" not in block.text


def test_words_are_letters_digits_or_one_wide_character() -> None:
    words = read_words(["Two piles, 11 ferries", "", "港は閉じた", "हिन्दी में"])
    assert words.counts.tolist() == [4, 0, 5, 2]
    assert words.hashes[0] == read_words(["two"]).hashes[0] != words.hashes[1]
    bins, lines = word_bins(words)
    assert bins.max() < HASHES and np.bincount(lines).tolist() == [9, 0, 11, 5]


def test_features_say_what_they_are_called() -> None:
    rows = rows_of(
        [
            "Pier closed",
            "A line with a stop.",
            "“Quoted,” she said, on 4.5.2031 at 12:30…",
            "Pier closed",
            "港は閉じた。",
        ]
    )
    value = {name: rows[:, k].tolist() for k, name in enumerate(NAMES)}
    assert value["ends"] == [0, 1, 0, 0, 1] and value["cut"] == [0, 0, 1, 0, 0]
    assert value["quote"] == [0, 0, 1, 0, 0] and value["date"] == value["clock"] == [0, 0, 1, 0, 0]
    assert value["again"] == [2, 1, 1, 2, 1] and value["title"] == [1, 0, 0, 1, 0]
    assert value["wide"][4] > 0.8 and value["size[+1]"][:4] == value["size"][1:] and value["size[+1]"][4] == -1


@given(st.lists(st.text(st.characters(codec=None, exclude_characters="\n"), max_size=30), min_size=1, max_size=12))
@settings(max_examples=60)
def test_any_text_gives_finite_features_and_probabilities(lines: list[str]) -> None:
    model = shipped_model("text")
    blocks = [Block(line, line, i + 1) for i, line in enumerate(lines)]
    rows = measure(blocks, lines[0], model.words)
    assert rows.shape == (len(lines), len(NAMES)) and np.isfinite(rows).all()
    p = model.probabilities(blocks, lines[0])
    assert p.shape == (len(lines),) and ((p >= 0) & (p <= 1)).all()


@pytest.mark.parametrize(
    "content",
    ["x" * 20_000_000, "word " * 1_000_000, "\x00\ud800𝔘\U0001f600" * 50_000, "Home\n" * 60_000, "\n" * 5_000_000,
     STORY[0] * 9_000, ("𠮷" * 900 + "\n") * 10_000],
    ids=["endless", "words", "odd", "lines", "empty", "paragraph", "wide"],
)  # fmt: skip
def test_work_is_bounded(content: str) -> None:
    started = time.process_time()
    blocks = split_lines(content, 10_000)
    p = shipped_model("text").probabilities(blocks, title_hint(blocks[:50], None))
    assert len(p) == len(blocks) <= 10_000 and all(len(b.text) <= MAX_LINE for b in blocks)
    assert time.process_time() - started < 20


def grown(random: Random, leaves: int) -> dict[str, Any]:
    """A random tree as LightGBM dumps it."""
    if leaves == 1:
        return {"leaf_value": random.uniform(-1, 1)}
    left = random.randint(1, leaves - 1)
    limit = random.choice([random.uniform(-1, 1), 0.1, 0.5])
    kids = {"left_child": grown(random, left), "right_child": grown(random, leaves - left)}
    return {"split_feature": random.randrange(5), "threshold": limit, **kids}


def walked(tree: dict[str, Any], row: Any) -> float:
    while "leaf_value" not in tree:
        tree = tree["left_child" if float(row[tree["split_feature"]]) <= tree["threshold"] else "right_child"]
    return float(tree["leaf_value"])


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_a_forest_gives_what_walking_its_trees_gives(seed: int) -> None:
    random = Random(seed)
    trees = [grown(random, random.randint(1, LEAVES)) for _ in range(6)]
    rows = np.random.default_rng(seed).uniform(-1, 1, (20, 5)).astype(np.float32)
    rows[::3, 1] = np.float32(0.1)  # on a threshold that 32 bits cannot hold
    forest = forest_from_dump({"tree_info": [{"tree_structure": tree} for tree in trees]})
    wanted = [sum(walked(tree, row) for tree in trees) for row in rows]
    assert np.allclose(forest.margin(rows), wanted, atol=1e-5)


def test_the_article_is_found_and_what_is_dropped_is_furniture() -> None:
    model, blocks = shipped_model("text"), split_lines("\n".join(PAGE), 100)
    p = model.probabilities(blocks, title_hint(blocks, None))
    assert [b.text for b, x in zip(blocks, p, strict=True) if x >= 0.4] == STORY
    assert p[0] == 0.0, "the gate drops a menu"
    seen = look(blocks, "")
    columns = sequence_features(p, seen, seen.rows(model.words))
    assert columns.shape == (len(blocks), len(SECOND)) and np.isfinite(columns).all()


def test_a_verdict_is_explained_in_words() -> None:
    model, blocks = shipped_model("text"), split_lines("\n".join(PAGE), 100)
    said = explain(model, blocks, PAGE[5], 1).split(", ")
    assert 1 <= len(said) <= 2 and set(said) <= {phrase for _, *phrases in GROUPS for phrase in phrases}
    assert explain(model, blocks[:1], "", 0) == ""


def test_training_is_reproducible_and_learns(tmp_path: Any) -> None:
    pytest.importorskip("lightgbm")
    pytest.importorskip("sklearn")
    from quality.train_blocks import Labelled, fit, save

    pages = []
    for k in range(12):
        random = Random(k)
        lines = [*random.sample(MENU, 4), *random.sample(STORY, 3), "Share", "Contact", *random.sample(MENU, 3)] * 3
        blocks = tuple(Block(line, line, i + 1) for i, line in enumerate(lines))
        pages.append(Labelled(f"site{k}.example", blocks, "", np.array([line in STORY for line in lines])))
    for name in ("one", "two"):
        save(fit(pages, 5), tmp_path / f"{name}.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    p = fit(pages, 5).probabilities(pages[0].blocks, "")
    assert ((p >= 0.5) == pages[0].body).all()
