"""Two pages side by side: their paragraphs cut where shared passages start and end, each passage with its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MAX_PASSAGES = 150
"""Passages marked in one pair; a longer list is cut, with a note."""

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


def numbered_passages(copy: Mapping[str, Any]) -> tuple[list[list[int]], list[list[int]], int]:
    """The passages' spans in a and in b, numbered in the order of a, and how many were left out."""
    rows = sorted((list(row["a"]), list(row["b"])) for row in copy["passages"])
    shown = rows[:MAX_PASSAGES]
    return [a for a, _ in shown], [b for _, b in shown], len(rows) - len(shown)
