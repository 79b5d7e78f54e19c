"""Which claim a story is told by."""

from __future__ import annotations

from typing import Any

from firsthand.dossier.finding import rank_claims


def claim(name: str, *statements: str) -> dict[str, Any]:
    return {"id": name, "text": name, "statements": list(statements), "pages": {"carried": [s[0] for s in statements]}}


def said(page: str, start: int, text: str) -> dict[str, Any]:
    return {"page": page, "span": [start, start + len(text)], "text": text, "kind": "own_voice"}


STATEMENTS = {
    "a1": said("a", 0, "The harbour master resigned on Monday."),
    "a2": said("a", 900, "The deputy follows, as the charter has it."),
    "b2": said("b", 900, "The charter names the deputy."),
}
CLAIMS = [claim("resigned", "a1"), claim("charter", "a2", "b2")]


def test_a_side_remark_of_two_pages_gives_way_to_what_the_headlines_tell() -> None:
    headlines = ["Harbour master resigned", "Why the harbour master resigned"]
    assert [row["id"] for row in rank_claims(CLAIMS, STATEMENTS, headlines)] == ["resigned", "charter"]


def test_headlines_that_say_nothing_of_either_leave_the_pages_to_decide() -> None:
    for headlines in ([], [None, ""], ["Gulls return", "The"]):
        ranked = rank_claims(CLAIMS, STATEMENTS, headlines)
        assert ranked == rank_claims(CLAIMS, STATEMENTS)
