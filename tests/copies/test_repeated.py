"""What an outlet repeats: furniture whatever its share of a page, and reports that it printed several times."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from firsthand.copies.many import ManyTexts
from firsthand.copies.repeated import FEW, repeated_words
from firsthand.copies.wording import words_of

Mark = Callable[[list[str], list[str | None]], list[list[bool]]]


def prose(seed: int, count: int) -> str:
    """Words that no other seed has."""
    draw = random.Random(seed)
    return " ".join(f"{draw.choice('bdfgklmnprstvz')}{draw.choice('aeiou')}{seed}x{n}" for n in range(count))


def by_numpy(texts: list[str], outlets: list[str | None]) -> list[list[bool]]:
    return [flags.tolist() for flags in repeated_words([words_of(text) for text in texts], outlets)]


def compiled(texts: list[str], outlets: list[str | None]) -> list[list[bool]]:
    many = ManyTexts(texts, outlets)
    return [(wording.quoted & ~wording.marked).tolist() for wording in many.wordings()]


@pytest.fixture(params=[by_numpy, compiled])
def mark(request: pytest.FixtureRequest) -> Mark:
    found: Mark = request.param
    return found


def test_furniture_is_set_aside_on_short_pages_of_little_else(mark: Mark) -> None:
    pieces = [prose(100 + i, 45) for i in range(4)]
    texts = []
    for page in range(12):  # each page has three of the four pieces: 135 words, and 80 of its own
        one = [piece for number, piece in enumerate(pieces) if number != page % 4]
        texts.append("\n\n".join([one[0], prose(page, 80), *one[1:]]))
    for flags in mark(texts, ["Quay Post"] * 12):
        assert flags == [True] * 45 + [False] * 80 + [True] * 90


def test_a_report_that_an_outlet_printed_several_times_stays_its_own(mark: Mark) -> None:
    line = prose(50, 30)
    others = [f"{line}\n\n{prose(page, 200)}" for page in range(8)]
    report = prose(60, 150)
    printed = [f"{line}\n\n{report}\n\n{prose(70 + n, 10)}" for n in range(4)]
    marked = mark([*others, *printed], ["Quay Post"] * 12)
    for flags in marked[:8]:
        assert flags == [True] * 30 + [False] * 200
    for flags in marked[8:]:  # what stands on more pages is furniture there, too
        assert flags == [True] * 30 + [False] * 160


def test_a_report_that_was_printed_again_and_again_with_something_new_stays_the_outlets_own(mark: Mark) -> None:
    line = prose(50, 20)
    others = [f"{line}\n\n{prose(page, 200)}" for page in range(8)]
    parts = [prose(60 + n, 60) for n in range(6)]
    updates = [[parts[n + k] for k in range(3, -1, -1)][: n + 2] for n in (0, 1, 2)]
    printed = ["\n\n".join([line, *update, parts[0]]) for update in [*updates, parts[1:5], parts[1:4]]]
    marked = mark([*others, *printed], ["Quay Post"] * 13)
    for flags in marked[:8]:
        assert flags == [True] * 20 + [False] * 200
    for flags in marked[8:]:
        assert flags == [True] * 20 + [False] * (len(flags) - 20)


def test_pages_with_little_but_one_text_are_no_report_where_they_are_many(mark: Mark) -> None:
    shell = prose(50, 120)
    few = [f"{shell}\n\n{prose(page, 60)}" for page in range(FEW)]
    many = [f"{shell}\n\n{prose(100 + page, 60)}" for page in range(FEW + 1)]
    for flags in mark(few, ["Quay Post"] * len(few)):
        assert not any(flags)
    for flags in mark(many, ["Quay Post"] * len(many)):
        assert flags == [True] * 120 + [False] * 60
    bare = [f"{shell}\n\n{prose(200 + page, 20)}" for page in range(FEW + 1)]
    for flags in mark(bare, ["Quay Post"] * len(bare)):  # next to nothing else: the same report again
        assert not any(flags)


def test_both_readings_mark_the_same_words() -> None:
    draw = random.Random(3)
    pieces = [prose(1000 + n, draw.randint(4, 60)) for n in range(40)]
    texts: list[str] = []
    outlets: list[str | None] = []
    for page in range(300):
        chosen = [pieces[int(40 * draw.random() ** 2)] for _ in range(draw.randint(0, 5))]
        own = [prose(page, draw.randint(1, 90))] if draw.random() < 0.9 else []
        parts = [*chosen, *own]
        draw.shuffle(parts)
        texts.append("\n\n".join(parts))
        outlets.append(draw.choice(["Quay Post", "Hill Echo", "Fen Gazette", None]))
    plain = by_numpy(texts, outlets)
    assert plain == compiled(texts, outlets)
    assert np.mean([any(flags) for flags in plain]) > 0.5
    order = list(range(300))
    draw.shuffle(order)
    again = by_numpy([texts[i] for i in order], [outlets[i] for i in order])
    assert again == [plain[i] for i in order]
