"""The work that an article makes grows no faster than its text: no function of the package takes more than twice and
a bit as many steps for twice the sentences. Steps are lines executed: a busy machine does not change them."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

import firsthand
from firsthand.options import StatementOptions
from firsthand.records import Article, Moment, Span
from firsthand.statements import extract_statements, memory
from firsthand.statements.bearers import full_names

PACKAGE = str(Path(firsthand.__file__).parent)
SENTENCES = 30
FEW = 600
"""Steps of the longer text: a function of fewer is no matter."""
MOST = 2.6
"""Times the steps: 4 would be quadratic, and a bisection or a last sentence may take some more than 2."""
PIECES = (
    "He ran off. ",
    "“Brook said it is so.\n\n",
    "“It is so.” ",
    "An official said it rained. The official said it froze. ",
)


def article(text: str) -> Article:
    """An article whose paragraphs are parted by blank lines."""
    paragraphs = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    return Article("p", None, text, paragraphs, published=Moment("2031-05-06", "2031-05-06", "stated"))


def steps(text: str) -> Counter[CodeType]:
    """Lines executed by each function of the package."""
    found: Counter[CodeType] = Counter()

    def count(frame: FrameType, event: str, _: Any) -> Any:
        found[frame.f_code] += event == "line"
        return count

    def enter(frame: FrameType, event: str, _: Any) -> Any:
        return count if frame.f_code.co_filename.startswith(PACKAGE) else None

    whole = article(text)
    before = sys.gettrace()
    sys.settrace(enter)
    try:
        extract_statements(whole, StatementOptions())
    finally:
        sys.settrace(before)
    return found


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_is_twice_the_work(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MOST", 8)  # reached by thirty sentences, as its own bound is by a giant page
    extract_statements(article(piece * 2 * SENTENCES), StatementOptions())  # reads rows, parses, remembers
    short, long = steps(piece * SENTENCES), steps(piece * 2 * SENTENCES)
    grown = {code: (short[code], n) for code, n in long.items() if n > FEW and n > MOST * short[code]}
    assert not {(code.co_filename, code.co_qualname): n for code, n in grown.items()}


def test_a_list_of_names_is_not_held_against_itself() -> None:
    calls = 0

    def count(frame: FrameType, event: str, _: Any) -> None:
        nonlocal calls
        calls += event == "call"

    def work(size: int) -> int:
        nonlocal calls
        calls = 0
        names = [f"Ada {chr(65 + i % 26)}{'a' * (i // 26)}son" for i in range(size)]
        sys.setprofile(count)
        try:
            full_names(names)
        finally:
            sys.setprofile(None)
        return calls

    work(800)
    assert work(800) < 2.6 * work(400)
