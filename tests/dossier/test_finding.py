"""How a story's finding is told."""

from __future__ import annotations

from typing import Any

import pytest

from firsthand.dossier.finding import first_words


def told(verdict: str, pages: list[str], *rules: str) -> str:
    claim: dict[str, Any] = {"first": {"verdict": verdict, "pages": pages, "reasons": [{"rule": r} for r in rules]}}
    names = {"p1": "The Velda Gazette", "p2": "Orlo Today"}
    rows = [{"id": key, "outlet": {"name": name}, "url": None, "given_id": key} for key, name in names.items()]
    return first_words({"pages": rows}, claim, "it")


@pytest.mark.parametrize(
    ("verdict", "pages", "rules", "words"),
    [
        ("found", ["p1"], (), "first with it in this collection: The Velda Gazette"),
        ("undetermined", ["p1", "p2"], (), "who was first with it is undetermined (The Velda Gazette or Orlo Today)"),
        (
            "undetermined",
            ["p1"],
            ("leads-outside", "only-page"),
            "who was first with it is undetermined (The Velda Gazette or a report that is not in the collection)",
        ),
    ],
)
def test_who_was_first_is_told_with_all_who_may_have_been(
    verdict: str, pages: list[str], rules: tuple[str, ...], words: str
) -> None:
    assert told(verdict, pages, *rules) == words
