"""One story of a dossier as the page's template wants it: numbered pages, claims, clocks, matrix, quotes, pairs.

Every part is capped at what still reads; each cap says how many there are. ``dossier.json`` holds everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .claim_view import claim_view, disagreement_views, statement_view
from .finding import first_words, main_claim
from .index import Index, View, reason_views
from .lineage_picture import lineage_picture
from .matter_view import matter_views
from .moments import BASES, moment_words, sort_key
from .side_by_side import MAX_PAIRS, RELATIONS, best_pairs, pair_view
from .timeline_picture import timeline_picture
from .wording import capital, file_name, page_name, plain, report_name

MAX_CLAIMS, MAX_ROWS, MAX_COLUMNS, MAX_QUOTES, MAX_MOMENTS, MAX_BLOCKS = 40, 30, 40, 40, 60, 30
"""Shown at most: claims, rows and columns of the matrix, quotes, moments, and blocks set aside on one page."""

MIN_FRONT = 5
"""Claims in the open table at least, where a story has few that several pages carry."""

STATES = {
    "carried": ("●", "carried"),
    "contradicted": ("≠", "contradicted"),
    "silent": ("–", "silent"),
    "unreadable": ("?", "unreadable"),
    "open": ("·", "not judged"),
}


def story_view(index: Index, story: Mapping[str, Any], place: int) -> View:
    """Everything that the sections of one story show. ``place`` numbers the story from 1, for its anchors."""
    anchor = f"s{place}"
    known = [key for key in story["pages"] if key in index.pages]
    pages = [_page_view(index, index.pages[key], number, anchor) for number, key in enumerate(known, 1)]
    by_id = {page["id"]: page for page in pages}
    all_claims = index.claims.get(story["id"], [])
    shown = all_claims[:MAX_CLAIMS]
    anchors = {claim["id"]: f"{anchor}c{number}" for number, claim in enumerate(shown, 1)}
    copies = [row for row in index.dossier["copies"] if row["a"] in by_id and row["b"] in by_id]
    reports = [index.reports[key] for key in story["reports"] if key in index.reports]
    timeline = index.timeline.get(story["id"], [])
    matter, matter_total = matter_views(index, by_id)
    return {
        "anchor": anchor,
        "number": place,
        "id": story["id"],
        "title": story["title"],
        "finding": story["finding"],
        "when": moment_words(story["when"]) if story["when"] else "",
        "reasons": reason_views(story["reasons"], by_id, index),
        "pages": pages,
        **_claim_tables([claim_view(index, claim, anchors[claim["id"]], by_id) for claim in shown]),
        "claims_total": len(all_claims),
        "disagreements": disagreement_views(index, story, by_id),
        "lineage": lineage_picture(pages, reports, shown, copies),
        "absent": [_absent_view(row, by_id, index) for row in reports if not row["in_collection"]],
        "first": _first_view(index, story, by_id),
        "directions": _directions(copies, by_id, index),
        "matrix": {**_matrix(shown, pages, anchors), "rows_total": len(all_claims)},
        "quotes": _quotes(index, by_id),
        "timeline": timeline_picture(timeline),
        "moments": [_moment_view(index, row, by_id, anchors) for row in timeline[:MAX_MOMENTS]],
        "moments_total": len(timeline),
        "pairs": [
            pair_view(row, by_id, index, f"{anchor}p{number}") for number, row in enumerate(best_pairs(copies), 1)
        ],
        "pairs_total": len(copies),
        "matter": matter,
        "matter_total": matter_total,
    }


def _claim_tables(claims: list[View]) -> View:
    """The claims in two tables: those on several pages (or in dispute), and, folded away, those that stand alone."""
    wide = [claim for claim in claims if claim["carried"] > 1 or claim["contradicted"]]
    front = wide if len(wide) >= MIN_FRONT else claims[:MIN_FRONT]
    anchors = {claim["anchor"] for claim in front}
    return {"claims": front, "lone_claims": [claim for claim in claims if claim["anchor"] not in anchors]}


# ------------------------------------------------------------------------------------------------------- pages


def _page_view(index: Index, page: Mapping[str, Any], number: int, anchor: str) -> View:
    report = index.reports.get(page["report"] or "")
    credit = page["credit"]
    blocks = page["set_aside"]
    return {
        "id": page["id"],
        "number": number,
        "anchor": f"{anchor}-page{number}",
        "outlet": (page["outlet"] or {}).get("name"),
        "name": page_name(page),
        "file": file_name(page["location"]),
        "location": page["location"],
        "url": page["url"],
        "headline": page["headline"],
        "byline": page["byline"],
        "published": page["published"],
        "when": moment_words(page["published"]),
        "basis": BASES.get((page["published"] or {}).get("basis", "unknown"), "no basis"),
        "words": (page["published"] or {}).get("words"),
        "credit": credit["name"] if credit else None,
        "credit_basis": ("learned from another page that carries the same report" if credit["basis"] == "copy" else "")
        if credit
        else "",
        "genre": page["genre"],
        "completeness": page["completeness"],
        "report": page["report"],
        "report_name": report_name(report) if report else "",
        "dates": [{**row, "when": moment_words(row)} for row in page["dates"] if row["role"] != "publication"],
        "set_aside": [
            {**block, "lines": block["lines"][:12], "more": max(0, len(block["lines"]) - 12)}
            for block in blocks[:MAX_BLOCKS]
        ],
        "set_aside_total": len(blocks),
        "reasons": page["reasons"],
    }


def _absent_view(report: Mapping[str, Any], pages: Mapping[str, View], index: Index) -> View:
    return {
        "name": capital(report_name(report)),
        "when": moment_words(report["published"]) if report["published"] else "",
        "id": report["id"],
        "maybe": [
            {"page": pages[row["page"]], "why": row["why"], "reasons": reason_views(row["reasons"], pages, index)}
            for row in report["maybe_carried_by"]
            if row["page"] in pages
        ],
    }


# ------------------------------------------------------------------------------------------------------ claims


# ---------------------------------------------------------------------------------------- first, matrix, quotes


def _first_view(index: Index, story: Mapping[str, Any], pages: Mapping[str, View]) -> View | None:
    """The main claim's verdict with the clock of every page that carries it, the earliest first."""
    claim = main_claim(index.dossier, story)
    if claim is None:
        return None
    carried = [pages[key] for key in claim["pages"]["carried"] if key in pages]
    clocks = sorted(carried, key=lambda page: (*sort_key(page["published"]), page["number"]))
    return {
        "claim": claim["text"],
        "sentence": capital(first_words(index.dossier, claim, "the main claim")) + ".",
        "pages": claim["first"]["pages"],
        "verdict": claim["first"]["verdict"],
        "clocks": clocks[:MAX_COLUMNS],
        "more": max(0, len(clocks) - MAX_COLUMNS),
        "reasons": reason_views(claim["first"]["reasons"], pages, index),
    }


def _directions(copies: Sequence[Mapping[str, Any]], pages: Mapping[str, View], index: Index) -> list[View]:
    """Who had it from whom: pages of one common original together, then every other pair that was judged."""
    rows = [row for row in copies if row["direction_reasons"] or row["direction"] != "undetermined"]
    common = [row for row in rows if row["direction"] == "common_original"]
    views = [
        {"verdict": "common_original", "pages": [pages[key] for key in group], "relation": "", "reasons": reasons}
        for group, reasons in _together(common, pages, index)
    ]
    for row in [row for row in rows if row["direction"] != "common_original"][:MAX_PAIRS]:
        ends = (row["b"], row["a"]) if row["direction"] == "b_from_a" else (row["a"], row["b"])
        views.append(
            {
                "verdict": "undetermined" if row["direction"] == "undetermined" else "had",
                "pages": [pages[key] for key in ends],
                "relation": RELATIONS.get(row["relation"], row["relation"]),
                "reasons": reason_views(row["direction_reasons"], pages, index),
            }
        )
    return views


def _together(
    rows: Sequence[Mapping[str, Any]], pages: Mapping[str, View], index: Index
) -> list[tuple[list[str], list[View]]]:
    """Connected pages in the order of their numbers, with the different reasons of their pairs, each once."""
    groups: list[tuple[set[str], dict[tuple[str, str], Mapping[str, Any]]]] = []
    for row in rows:
        keys, reasons = {row["a"], row["b"]}, {(r["rule"], r["because"]): r for r in row["direction_reasons"]}
        for group in [group for group in groups if group[0] & keys]:
            groups.remove(group)
            keys, reasons = keys | group[0], {**group[1], **reasons}
        groups.append((keys, reasons))
    return [
        (
            sorted(keys, key=lambda key: pages[key]["number"]),
            reason_views([{**row, "spans": []} for row in reasons.values()], pages, index),
        )
        for keys, reasons in groups
    ]


def _matrix(claims: Sequence[Mapping[str, Any]], pages: Sequence[View], anchors: Mapping[str, str]) -> View:
    columns = pages[:MAX_COLUMNS]
    wide = [claim for claim in claims if len(claim["pages"]["carried"]) > 1 or claim["pages"]["contradicted"]]
    rows = (wide or list(claims))[:MAX_ROWS]
    return {
        "columns": columns,
        "rows": [
            {
                "text": claim["text"],
                "anchor": anchors[claim["id"]],
                "cells": [_state(claim, page["id"]) for page in columns],
            }
            for claim in rows
        ],
        "columns_total": len(pages),
        "states": STATES,
    }


def _state(claim: Mapping[str, Any], page: str) -> str:
    for state in ("contradicted", "carried", "unreadable", "silent"):
        if page in claim["pages"][state]:
            return state
    return "open"


def _quotes(index: Index, pages: Mapping[str, View]) -> View:
    """Quotes by speaker; the same words on several pages stand once, with all their pages."""
    found: dict[tuple[str, str], View] = {}
    for row in index.dossier["statements"]:
        if row["kind"] not in ("quote", "mixed") or row["page"] not in pages:
            continue
        source = next((link for link in reversed(row["chain"]) if link["role"] == "source"), None)
        speaker = plain(source["name"] or source["description"]) if source else ""
        key = (speaker, "".join(char for char in row["text"].casefold() if char.isalnum()))
        view = found.setdefault(key, {**statement_view(row, pages), "pages": []})
        if row["page"] not in [page["id"] for page in view["pages"]]:
            view["pages"].append(pages[row["page"]])
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]["pages"]), item[0]))[:MAX_QUOTES]
    speakers: dict[str, list[View]] = {}
    for (speaker, _), view in ranked:
        speakers.setdefault(speaker, []).append(view)
    return {"speakers": list(speakers.items()), "shown": len(ranked), "total": len(found)}


def _moment_view(index: Index, row: Mapping[str, Any], pages: Mapping[str, View], anchors: Mapping[str, str]) -> View:
    keys = [index.statements[key]["page"] for key in row["statements"] if key in index.statements]
    numbers = sorted({pages[key]["number"] for key in keys if key in pages})
    return {
        "when": moment_words(row["when"]),
        "words": row["when"]["words"],
        "basis": BASES.get(row["when"]["basis"], ""),
        "text": row["text"],
        "anchor": anchors.get(row["claim"]),
        "pages": numbers,
    }


# ------------------------------------------------------------------------------------------------------- pairs
