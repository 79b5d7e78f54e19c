from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.copies.edits import find_edits, moved_runs, word_gaps
from firsthand.copies.passages import Run, shared_runs
from firsthand.copies.wording import words_of
from firsthand.records import Edit

OPENING = "Divers found deep cracks in two of the old piers on Monday, the harbour office said in a letter."
MIDDLE = "Ferries will keep to the northern quay until the piers have been mended, which may take all summer."
RAIN = "Heavy rain had held up the work on the bridge for most of the spring, a foreman told the town council."
SAID = "Both piers had been mended once before, with stone from the hills behind the town, he said."
STAIRS = "A diver who mended the harbour stairs last autumn said the stone was sound below the water line."
CLOSING = "The council will vote on the money for new piers at its next meeting in the first week of June."

TREES = st.lists(st.sampled_from(["oak", "elm", "ash", "fir", "yew", "bay", "fig", "box"]), max_size=12)
NUMBERED = st.lists(st.integers(0, 30), max_size=9).map(lambda blocks: [f"w{n}x{k}" for n in blocks for k in range(9)])
MARKS = st.sampled_from([" ", ", ", ". ", ".\n\n", " “", "” ", "-", "—"])


def edits_of(one: str, two: str) -> tuple[Edit, ...]:
    a, b = words_of(one), words_of(two)
    return find_edits(one, two, a, b, shared_runs(a, b, 8, 4))


def seen(one: str, two: str) -> list[tuple[str, str, str]]:
    return [(edit.kind, edit.a.of(one), edit.b.of(two)) for edit in edits_of(one, two)]


@pytest.mark.parametrize(
    ("one", "two", "edits"),
    [
        (OPENING, OPENING, []),
        (OPENING, OPENING.upper().replace(",", ""), []),
        (OPENING, OPENING.replace("two", "three"), [("changed", "two", "three")]),
        (OPENING, OPENING.replace("the old piers", "its piers"), [("changed", "the old", "its")]),
        (OPENING, OPENING.replace("old ", ""), [("cut", "old", "")]),
        (OPENING.replace("old ", ""), OPENING, [("added", "", "old")]),
        (OPENING, OPENING.replace(" on Monday,", ""), [("cut", "on Monday,", "")]),
        (OPENING, OPENING.replace("letter", "letter (its second)"), [("added", "", "(its second)")]),
        (
            f"{OPENING} Nobody knows what made the cracks. {MIDDLE}",
            f"{OPENING} Two men know what made a crack. {MIDDLE}",
            [("changed", "Nobody knows", "Two men know"), ("changed", "the cracks", "a crack")],
        ),
        (OPENING, OPENING.replace(" in a letter", ""), [("cut", "in a letter", "")]),
        (
            f"{OPENING}\n\n{MIDDLE}\n\n{CLOSING}",
            f"{OPENING}\n\n{CLOSING}",
            [("cut", MIDDLE, "")],
        ),
        (
            f"{OPENING} {CLOSING}",
            f"{OPENING} {MIDDLE} {CLOSING}",
            [("added", "", MIDDLE)],
        ),
        (
            f"{OPENING}\n\n{MIDDLE}",
            f"{OPENING}\n\n“We are sad,” he said.\n\n{MIDDLE}",
            [("added", "", "“We are sad,” he said.")],
        ),
        (f"{OPENING}\n\n{CLOSING}", OPENING, [("cut", CLOSING, "")]),
        (OPENING, f"BRADE, 4 May — {OPENING}", [("added", "", "BRADE, 4 May")]),
        (
            f"{OPENING}\n\n{MIDDLE}\n\n{CLOSING}",
            f"{OPENING}\n\n{RAIN}\n\n{CLOSING}",
            [("changed", MIDDLE[:-1], RAIN[:-1])],
        ),
        (
            f"{OPENING}\n\n{MIDDLE}\n\n{RAIN} {CLOSING}",
            f"{MIDDLE}\n\n{RAIN} {CLOSING}\n\n{OPENING}",
            [("reordered", OPENING[:-1], OPENING[:-1])],
        ),
        (
            f"{OPENING}\n\n{RAIN}\n\n{MIDDLE}\n\n{CLOSING} {STAIRS}",
            f"{OPENING}\n\n{CLOSING} {STAIRS}\n\n{MIDDLE}",
            [("cut", RAIN, ""), ("reordered", MIDDLE[:-1], MIDDLE[:-1])],
        ),
        (  # "he said" went with the sentence that moved
            f"{SAID}\n\n{MIDDLE[:-1]}, he said.\n\n{STAIRS} {CLOSING}",
            f"{SAID}\n\n{STAIRS} {CLOSING}\n\n{MIDDLE[:-1]}, he said.",
            [("reordered", MIDDLE[:-1], MIDDLE[:-1])],
        ),
        (
            f"{SAID}\n\n{MIDDLE[:-1]}, he said.\n\n{STAIRS} {OPENING}\n\n{RAIN}\n\n{CLOSING}",
            f"{SAID}\n\n{STAIRS} {OPENING}\n\n{MIDDLE[:-1]}, he said.\n\n{CLOSING}",
            [("reordered", MIDDLE[:-1], MIDDLE[:-1]), ("cut", RAIN, "")],
        ),
    ],
)
def test_what_an_editor_sees(one: str, two: str, edits: list[tuple[str, str, str]]) -> None:
    assert seen(one, two) == edits


def test_long_texts_of_their_own_between_passages_are_no_edit() -> None:
    other = " ".join(f"north{i} south{i}" for i in range(40))
    another = " ".join(f"east{i} west{i}" for i in range(40))
    assert seen(f"{OPENING} {other} {CLOSING}", f"{OPENING} {another} {CLOSING}") == []
    assert [edit[0] for edit in seen(f"{OPENING} {other} {CLOSING}", f"{OPENING} {CLOSING}")] == ["cut"]
    assert seen(f"{OPENING} {other}", f"{OPENING} {another}") == []


def test_the_place_of_cut_words_is_where_they_would_stand() -> None:
    one, two = f"{OPENING} {MIDDLE}\n\n{CLOSING}", f"{OPENING}\n\n{CLOSING}"
    (edit,) = edits_of(one, two)
    assert edit.a.of(one) == MIDDLE
    assert two[: edit.b.start] == OPENING
    one = OPENING.replace("harbour", "small harbour")
    (edit,) = edits_of(one, OPENING)
    assert OPENING[: edit.b.start].endswith("the") and OPENING[edit.b.end :].startswith(" harbour")


def test_as_few_words_as_possible_move() -> None:
    def run(a: int, b: int, size: int) -> Run:
        return Run(a, b, size, size, size, size, size)

    assert moved_runs([run(0, 0, 9), run(9, 9, 9)]) == []
    assert moved_runs([run(0, 50, 30), run(30, 0, 9), run(39, 9, 9)]) == [1, 2]
    assert moved_runs([run(0, 50, 10), run(30, 0, 9), run(39, 9, 9)]) == [0]
    assert moved_runs([run(i, 1000 - i, 1) for i in range(300)]) == [*range(299)]


@settings(max_examples=150, deadline=None)
@given(TREES, NUMBERED, NUMBERED, st.lists(MARKS, min_size=8, max_size=8), st.data())
def test_edits_are_in_bounds_sorted_and_disjoint(
    trees: list[str], left: list[str], right: list[str], marks: list[str], data: st.DataObject
) -> None:
    def text(words: list[str]) -> str:
        return "".join(word + marks[i % 8] for i, word in enumerate(words)).strip()

    cut = data.draw(st.integers(0, len(left)))
    one, two = text(left[:cut] + trees + left[cut:]), text(left[:cut] + right[:5] + left[cut + 3 :] + right)
    a, b = words_of(one), words_of(two)
    runs = shared_runs(a, b, 8, 4)
    lawful(one, two, runs)


def test_texts_edited_at_random_keep_the_same_laws() -> None:
    """Words taken out, put in and changed, stretches moved, marks of all kinds between the words."""
    random = Random(0)
    for _ in range(150):
        words = [f"w{i}" for i in range(random.randrange(20, 120))]
        one, two = (marked(random, edited(random, words)) for _ in "ab")
        lawful(one, two, shared_runs(words_of(one), words_of(two), 8, 4))


def edited(random: Random, words: list[str]) -> list[str]:
    made = list(words)
    for _ in range(random.randrange(6)):
        start = random.randrange(len(made) + 1)
        end = min(len(made), start + random.choice([0, 1, 2, 5, 20]))
        new = [random.choice("abcdefgh") for _ in range(random.choice([0, 1, 3, 25]))]
        moved = made[end : end + random.choice([0, 0, 9, 30])]
        made = made[:start] + new + made[end + len(moved) :]
        place = random.randrange(len(made) + 1)
        made[place:place] = moved
    return made


def marked(random: Random, words: list[str]) -> str:
    marks = [" "] * 8 + [", ", ". ", ".\n\n", " “", "” ", "-", "—", " (", ") ", "’", " … ", "\n", "漢 "]
    return random.choice(["", "“"]) + "".join(word + random.choice(marks) for word in words)


def lawful(one: str, two: str, runs: tuple[Run, ...]) -> None:
    """Edits are sorted, in bounds, inside or between passages, and none overlap."""
    a, b = words_of(one), words_of(two)
    edits = find_edits(one, two, a, b, runs)
    assert list(edits) == sorted(edits, key=lambda edit: (edit.a, edit.b, edit.kind))
    passages = [(a.span(r.a, r.a + r.length_a - 1), b.span(r.b, r.b + r.length_b - 1)) for r in runs]
    for edit in edits:
        assert 0 <= edit.a.start <= edit.a.end <= len(one) and 0 <= edit.b.start <= edit.b.end <= len(two)
        assert (edit.a.start < edit.a.end) == (edit.kind != "added")
        assert (edit.b.start < edit.b.end) == (edit.kind != "cut")
        if edit.kind == "reordered":
            assert (edit.a, edit.b) in passages
            continue
        for own, other in (("a", 0), ("b", 1)):
            span = getattr(edit, own)
            spans = [passage[other] for passage in passages]
            assert all((p.start <= span.start and span.end <= p.end) or not p.overlap(span) for p in spans)
    within = [edit for edit in edits if edit.kind != "reordered"]
    for spans in ([edit.a for edit in within], sorted(edit.b for edit in within)):
        assert all(first.end <= second.start for first, second in pairwise(spans))


@settings(max_examples=150, deadline=None)
@given(NUMBERED, TREES, TREES, TREES, st.data())
def test_edits_make_the_second_text_of_the_first(
    words: list[str], x: list[str], y: list[str], z: list[str], data: st.DataObject
) -> None:
    """Within every passage, and over the whole text where all between passages are edits too."""
    first, second = sorted(data.draw(st.tuples(st.integers(0, len(words)), st.integers(0, len(words)))))
    left = words[:first] + x + words[first:second] + y + words[second:]
    right = words[:first] + y + words[first:second] + z + words[second:]
    a, b = words_of(" ".join(left)), words_of(" ".join(right))
    runs = shared_runs(a, b, 8, 4)
    gaps = word_gaps(a, b, runs, moved_runs(runs)) if runs else []
    for run in runs:
        inside = [gap for gap in gaps if run.a <= gap[0] and gap[1] <= run.a + run.length_a and run.b <= gap[2]]
        inside = [gap for gap in inside if gap[3] <= run.b + run.length_b]
        made: list[str] = []
        at, there = run.a, run.b
        for start_a, end_a, start_b, end_b in inside:
            assert left[at:start_a] == right[there:start_b]
            made += left[at:start_a] + right[start_b:end_b]
            at, there = end_a, end_b
        made += left[at : run.a + run.length_a]
        assert made == right[run.b : run.b + run.length_b]


def test_hostile_texts_take_no_long_time() -> None:
    blocks = [" ".join(f"b{n}w{k}" for k in range(9)) for n in range(3000)]
    one, two = " ".join(blocks), " ".join(reversed(blocks))
    edits = edits_of(one, two)
    assert sum(edit.kind == "reordered" for edit in edits) == len(blocks) - 1
