"""Words found in all lines at once are those that a search line by line finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.articles.cues import find_cue, find_cues, lowered
from firsthand.articles.spotter import Spotter, may_be_unspaced

WORDS = ("ap", "a", "newsletter", "(photo", "größe", "x-y", "inbox.")


@given(st.lists(st.lists(st.sampled_from([*WORDS, "news", "apple", "inbox", "é", "the"]), max_size=6), max_size=6))
def test_no_word_is_missed(lines: list[list[str]]) -> None:
    raw = "\n".join(" ".join(line) for line in lines).encode()
    found = [(i, word) for i, word in Spotter(WORDS).words(raw) if word in WORDS]
    assert found == [(i, word) for i, line in enumerate(lines) for word in line if word in WORDS]


def test_scripts_without_blanks() -> None:
    assert may_be_unspaced("記事".encode()) and may_be_unspaced("ข่าว".encode()) and may_be_unspaced("기사".encode())
    assert not may_be_unspaced("“Größe” – 20 € …".encode()) and not may_be_unspaced(b"plain")


LINES = st.sampled_from(
    [
        "Sign up for our newsletter and never miss a ferry", "The pier is 240 metres long.", "(Photo: Ilse Varga)",
        "© 2031 The Norring Ledger", "Also read: Council shelves its plan", "無断転載を禁じます", "Share",
        "| Foto: dpa", "a\nb", "Follow us on Facebook", "Alle Rechte vorbehalten", "function f() { return 1; }",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=8))
def test_cues_of_a_page_are_those_of_its_lines(lines: list[str]) -> None:
    assert find_cues([lowered(line) for line in lines]) == [find_cue(line) for line in lines]
