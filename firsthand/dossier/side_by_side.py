"""Two pages side by side: their paragraphs cut where shared passages start and end, each passage with its number, and
where the two texts differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .edit_view import differences, edit_views, paragraph_pieces, pieces_within
from .index import Index, View, reason_views

MAX_PASSAGES = 150
"""Passages marked in one pair; a longer list is cut, with a note."""

FEWEST = 3
"""Words of a passage that are marked in its first and in its last paragraph, where it has several."""

MAX_PAIRS = 12
"""Pairs of one story that are shown."""

MAX_CHARACTERS = 30_000
"""Characters of each text that are shown."""

RELATIONS = {
    "identical": "the same text",
    "edited": "the same text, edited",
    "excerpt": "one is an excerpt of the other",
    "rewrite": "retold in other words",
}

Segment = tuple[str, int, bool]  # the words, the passage's number or 0, whether the passage starts here


def paragraph_segments(page: Mapping[str, Any], passages: Sequence[Sequence[int]]) -> list[list[Segment]]:
    """The page's paragraphs as segments. ``passages`` are ``[start, end]`` in the order of their numbers from 1.

    Where passages overlap, the first one has the characters. Spans beyond the text are cut to it.
    """
    text = page["text"]
    pieces = _disjoint(passages, len(text))
    started: set[int] = set()
    paragraphs = []
    for low, high in page["paragraphs"] or [[0, len(text)]]:
        segments: list[Segment] = []
        at = max(0, low)
        for start, end, number in pieces:
            start, end = max(start, at), min(end, high)
            if start >= end:
                continue
            if at < start:
                segments.append((text[at:start], 0, False))
            segments.append((text[start:end], number, number not in started))
            started.add(number)
            at = end
        if at < high:
            segments.append((text[at:high], 0, False))
        paragraphs.append(segments)
    return paragraphs


def _disjoint(passages: Sequence[Sequence[int]], length: int) -> list[tuple[int, int, int]]:
    """``(start, end, number)`` in text order, without overlaps."""
    rows = sorted((max(0, span[0]), min(length, span[1]), number) for number, span in enumerate(passages, 1))
    found, at = [], 0
    for start, end, number in rows:
        start = max(start, at)
        if start < end:
            found.append((start, end, number))
            at = end
    return found


def settled(text: str, span: Sequence[int]) -> list[int]:
    """A passage as it is marked: without a last or first paragraph of which it holds less than :data:`FEWEST` words,
    for two neighbouring paragraphs begin with "The" by chance."""
    start, end = span
    last = text.rfind("\n", start, end) + 1
    if last and len(text[last:end].split()) < FEWEST:
        end = start + len(text[start:last].rstrip())
    first = text.find("\n", start, end)
    if first >= 0 and len(text[start:first].split()) < FEWEST:
        start = end - len(text[first:end].lstrip())
    return [start, end]


def numbered_passages(copy: Mapping[str, Any]) -> tuple[list[list[int]], list[list[int]], int]:
    """The passages' spans in a and in b, numbered in the order of a, and how many were left out."""
    rows = sorted((list(row["a"]), list(row["b"])) for row in copy["passages"])
    shown = rows[:MAX_PASSAGES]
    return [a for a, _ in shown], [b for _, b in shown], len(rows) - len(shown)


def best_pairs(copies: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The pairs worth reading side by side: up to four of each relation, retellings first (a retelling tells more than
    a fourth identical text), then the rest."""
    order = {"rewrite": 0, "edited": 1, "excerpt": 2, "identical": 3}
    ranked = sorted(copies, key=lambda row: (order.get(row["relation"], 4), -len(row["passages"]), row["a"], row["b"]))
    counts: dict[str, int] = {}
    first: list[Mapping[str, Any]] = []
    rest: list[Mapping[str, Any]] = []
    for row in ranked:
        counts[row["relation"]] = counts.get(row["relation"], 0) + 1
        (first if counts[row["relation"]] <= 4 else rest).append(row)
    return (first + rest)[:MAX_PAIRS]


def pair_view(copy: Mapping[str, Any], pages: Mapping[str, View], index: Index, anchor: str) -> View:
    """One pair: both texts in segments, what they share, and why they count as a copy."""
    spans_a, spans_b, more = numbered_passages(copy)
    texts = (index.pages[copy["a"]]["text"], index.pages[copy["b"]]["text"])
    edits = edit_views(copy, *texts, spans_a)
    sides = []
    for side, other, key, spans in (("a", "b", copy["a"], spans_a), ("b", "a", copy["b"], spans_b)):
        page = index.pages[key]
        starts = [span[0] for span in page["paragraphs"] or [[0, len(page["text"])]]]
        shown = [settled(page["text"], span) for span in spans]
        pieces = paragraph_pieces(paragraph_segments(page, shown), starts, edits, side)
        sides.append(
            {
                "side": side,
                "other": other,
                "page": pages[key],
                "paragraphs": list(pieces_within(pieces, MAX_CHARACTERS)),
                "cut": len(page["text"]) > MAX_CHARACTERS,
            }
        )
    return {
        "anchor": anchor,
        "relation": RELATIONS.get(copy["relation"], copy["relation"]),
        "share": [f"{max(0.0, min(1.0, copy['share'][side])):.0%}" for side in ("of_a", "of_b")],
        "sides": sides,
        "passages": len(spans_a),
        "more": more,
        "moved": [view["passage"] for view in edits if view["passage"]],
        "differences": differences(copy["edits"], *texts),
        "edits": sorted((view for view in edits if view["listed"]), key=lambda view: view["listed"]),
        "edits_total": len(copy["edits"]),
        "reasons": reason_views(copy["reasons"], pages, index),
    }
