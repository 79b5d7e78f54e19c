"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.language.sentences import LONGEST, split_sentences

WHOLE = [
    "Mr. Ozturk met Gen. Ilana Brook at 5 p.m. on Friday.",
    "The U.S. Embassy in Port Velda closed on Jan. 5.",
    "“Is it over?” Brook asked the crew.",
    "“Never!” shouted the crowd.",
    "J. K. Amari spoke to the Velda Corp. board.",
    "The bill costs $3.5 million (No. 7 on the list).",
    "“We will go,” she said, “and we will win.”",
]
PARTED = [
    ("It rained. It poured.", ["It rained.", "It poured."]),
    ("“We won. We always win,” Brook said.", ["“We won.", "We always win,” Brook said."]),
    ("He left the U.S. The bank stayed.", ["He left the U.S.", "The bank stayed."]),
    ('She said "no." Then she left.', ['She said "no."', "Then she left."]),
    ("Title without stop\n\nThe body.", ["Title without stop", "The body."]),
    ("He waited… She came.", ["He waited…", "She came."]),
    ("Plan B. It failed.", ["Plan B.", "It failed."]),
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence(text: str) -> None:
    assert [s.of(text) for s in split_sentences(text)] == [text]


@pytest.mark.parametrize(("text", "want"), PARTED)
def test_several(text: str, want: list[str]) -> None:
    assert [s.of(text) for s in split_sentences(text)] == want


@given(st.text(alphabet=st.sampled_from(" \n\t.?!…\"“”'’AaBbz1。U.S.Mr-"), max_size=300) | st.text(max_size=300))
def test_every_character_is_in_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    at = 0
    for span in spans:
        assert span.start >= at and not text[at : span.start].strip() and span.of(text).strip() == span.of(text) != ""
        assert span.end - span.start <= LONGEST
        at = span.end
    assert not text[at:].strip()


def test_hostile_text_ends() -> None:
    for text in ("." * 10**6, "word " * 2 * 10**5, '"' * 10**6, "a" * 10**6, "Mr. " * 2 * 10**5, '!?" ' * 2 * 10**5):
        assert split_sentences(text)
