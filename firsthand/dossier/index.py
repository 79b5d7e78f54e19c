"""A dossier by id, and its reasons as words: what every part of the page looks things up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .wording import clip, page_name

MAX_REASONS, MAX_PLACES = 20, 8
"""Shown at most: reasons of one verdict, places of one reason."""

View = dict[str, Any]
"""What a template shows of one thing: plain values and other views."""


@dataclass(frozen=True, slots=True)
class Index:
    """The dossier's entries by id, and which story each belongs to."""

    dossier: Mapping[str, Any]
    pages: Mapping[str, Mapping[str, Any]]
    reports: Mapping[str, Mapping[str, Any]]
    statements: Mapping[str, Mapping[str, Any]]
    claims: Mapping[str, Sequence[Mapping[str, Any]]]
    timeline: Mapping[str, Sequence[Mapping[str, Any]]]

    @classmethod
    def of(cls, dossier: Mapping[str, Any]) -> Index:
        """Reads a dossier once."""
        return cls(
            dossier,
            {row["id"]: row for row in dossier["pages"]},
            {row["id"]: row for row in dossier["reports"]},
            {row["id"]: row for row in dossier["statements"]},
            _grouped(dossier["claims"]),
            _grouped(dossier["timeline"]),
        )


def _grouped(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["story"], []).append(row)
    return found


def reason_views(
    reasons: Sequence[Mapping[str, Any]], pages: Mapping[str, View], index: Index, quoting: bool = True
) -> list[View]:
    """Reasons with the places to look. ``pages`` are the story's page views by id; a page outside it keeps its name.

    Without ``quoting``, the words at a place are left out: where they stand beside the reason anyway.
    """
    return [
        {
            "rule": row["rule"],
            "because": row["because"],
            "weight": f"{row['weight']:.3g}",
            "places": _places([spot for spot in row["spans"] if spot["page"] in index.pages], pages, index, quoting),
        }
        for row in reasons[:MAX_REASONS]
    ]


def _places(spots: Sequence[Mapping[str, Any]], pages: Mapping[str, View], index: Index, quoting: bool) -> list[View]:
    found: list[View] = []
    for spot in spots[:MAX_PLACES]:
        page, span = index.pages[spot["page"]], spot["span"]
        view = {
            "number": pages[spot["page"]]["number"] if spot["page"] in pages else None,
            "name": page_name(page),
            "words": clip(page["text"][max(0, span[0]) : span[1]], 90) if span and quoting else "",
        }
        if view not in found:
            found.append(view)
    return sorted(found, key=lambda view: view["number"] or len(pages) + 1)
