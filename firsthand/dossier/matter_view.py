"""Source matter as a person reads it: the words of one source that several pages have, and where each has them.

Page and terminal show the same: the words of the longest place, then every page with the paragraph in which they
stand, and its own words where it has only a part of them.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from .index import Index, View, reason_views
from .wording import clip

MAX_MATTER, MAX_PAGES = 12, 40
"""Shown at most: source matter of one story, pages of one."""

MAX_WORDS, MAX_PART = 300, 120
"""Characters of the words shown at most, and of those of a page that has only a part of them."""

MOST_OF = 0.9
"""A place at least so long, measured by the longest one, has the words whole: quotations differ in a comma."""


def matter_views(index: Index, pages: Mapping[str, View]) -> tuple[list[View], int]:
    """The source matter of a story, and how much of it there is. ``pages``: its page views by id, in their order."""
    rows = [row for row in index.dossier["source_matter"] if len(_pages_of(row, pages)) > 1]
    return [_matter_view(index, row, pages) for row in rows[:MAX_MATTER]], len(rows)


def _matter_view(index: Index, row: Mapping[str, Any], pages: Mapping[str, View]) -> View:
    within = [{**where, "page": pages[where["page"]]} for where in whereabouts(row, index.pages, list(pages))]
    return {
        "id": row["id"],
        "text": clip(longest_words(row, index.pages, pages), MAX_WORDS),
        "pages": within[:MAX_PAGES],
        "more": max(0, len(within) - MAX_PAGES),
        "elsewhere": len(_pages_of(row, index.pages)) - len(within),
        "reasons": reason_views(row["reasons"], pages, index),
    }


def _pages_of(row: Mapping[str, Any], known: Container[str]) -> set[str]:
    return {place["page"] for place in row["places"] if place["page"] in known}


def longest_words(row: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]], among: Container[str]) -> str:
    """The words of the longest place on one of the pages ``among``; of several, the first."""
    places = [place for place in row["places"] if place["page"] in texts and place["page"] in among]
    return max((_words(place, texts) for place in places), key=len, default="")


def whereabouts(
    row: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]], order: Sequence[str]
) -> list[dict[str, Any]]:
    """Each page of ``order`` that has the words: ``page`` (its id), ``paragraphs`` (from 1) in which they begin, and
    ``part``: its own words, clipped, where it has only a part."""
    whole = len(longest_words(row, texts, order))
    found = []
    for key in order:
        places = [place for place in row["places"] if place["page"] == key and key in texts]
        if not places:
            continue
        words = max((_words(place, texts) for place in places), key=len)
        numbers = sorted({number for place in places if (number := _paragraph(place, texts[key]["paragraphs"]))})
        part = clip(words, MAX_PART) if len(words) < MOST_OF * whole else ""
        found.append({"page": key, "paragraphs": numbers, "part": part})
    return found


def _words(place: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]]) -> str:
    span = place["span"]
    words: str = texts[place["page"]]["text"][max(0, span[0]) : max(0, span[1])] if span else ""
    return words.strip()


def _paragraph(place: Mapping[str, Any], paragraphs: Sequence[Sequence[int]]) -> int:
    """The number of the paragraph in which a place begins; 0 where no paragraph does."""
    start = place["span"][0] if place["span"] else -1
    return next((number for number, (low, high) in enumerate(paragraphs, 1) if low <= start < high), 0)
