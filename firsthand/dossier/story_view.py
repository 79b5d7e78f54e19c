"""One story of a dossier as the page's template wants it: numbered pages, claims, clocks, matrix, quotes, pairs.

Every part is capped at what still reads; each cap says how many there are. ``dossier.json`` holds everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .finding import KINDS, first_words, main_claim, story_disagreements
from .lineage_picture import lineage_picture
from .moments import BASES, moment_words, sort_key
from .side_by_side import numbered_passages, paragraph_segments
from .timeline_picture import timeline_picture
from .wording import capital, chain_phrase, clip, counted, file_name, interval, page_name, plain, report_name

MAX_CLAIMS, MAX_WORDS, MAX_ROWS, MAX_COLUMNS = 40, 40, 30, 40
"""Shown at most: claims, statements or origins of one claim, rows and columns of the matrix."""

MAX_QUOTES, MAX_MOMENTS, MAX_PAIRS, MAX_BLOCKS = 40, 60, 12, 30
"""Shown at most: quotes, moments, pairs, and blocks set aside on one page."""

MAX_PAIR_CHARACTERS = 30_000
"""Characters of each text that are shown side by side."""

View = dict[str, Any]

STATEMENT_KINDS = {
    "quote": "quoted",
    "indirect": "reported speech",
    "mixed": "partly quoted",
    "own_voice": "the newsroom's own voice",
    "no_comment": "no comment",
}
RELATIONS = {
    "identical": "the same text",
    "edited": "the same text, edited",
    "excerpt": "one is an excerpt of the other",
    "rewrite": "retold in other words",
}
STATES = {
    "carried": ("●", "carried"),
    "contradicted": ("≠", "contradicted"),
    "silent": ("–", "silent"),
    "unreadable": ("?", "unreadable"),
    "open": ("·", "not judged"),
}


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
    return {
        "anchor": anchor,
        "number": place,
        "id": story["id"],
        "title": story["title"],
        "finding": story["finding"],
        "when": moment_words(story["when"]) if story["when"] else "",
        "reasons": _reasons(story["reasons"], by_id, index),
        "pages": pages,
        "claims": [_claim_view(index, claim, anchors[claim["id"]], by_id) for claim in shown],
        "claims_total": len(all_claims),
        "disagreements": _disagreements(index, story, by_id),
        "lineage": lineage_picture(pages, reports, shown, copies),
        "absent": [_absent_view(row, by_id, index) for row in reports if not row["in_collection"]],
        "first": _first_view(index, story, by_id),
        "directions": _directions(copies, by_id, index),
        "matrix": _matrix(shown, pages, anchors),
        "quotes": _quotes(index, by_id),
        "timeline": timeline_picture(timeline),
        "moments": [_moment_view(index, row, by_id, anchors) for row in timeline[:MAX_MOMENTS]],
        "moments_total": len(timeline),
        "pairs": [_pair_view(row, by_id, index, f"{anchor}p{number}") for number, row in enumerate(_best(copies), 1)],
        "pairs_total": len(copies),
    }


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


def _reasons(reasons: Sequence[Mapping[str, Any]], pages: Mapping[str, View], index: Index) -> list[View]:
    """Reasons with the places to look, as words; a reason's page outside this story keeps its name."""
    return [
        {
            "rule": row["rule"],
            "because": row["because"],
            "weight": f"{row['weight']:.3g}",
            "places": [_place(spot, pages, index) for spot in row["spans"][:6] if spot["page"] in index.pages],
        }
        for row in reasons[:20]
    ]


def _place(spot: Mapping[str, Any], pages: Mapping[str, View], index: Index) -> View:
    page = index.pages[spot["page"]]
    span = spot["span"]
    return {
        "number": pages[spot["page"]]["number"] if spot["page"] in pages else None,
        "name": page_name(page),
        "words": clip(page["text"][max(0, span[0]) : span[1]], 160) if span else "",
    }


def _absent_view(report: Mapping[str, Any], pages: Mapping[str, View], index: Index) -> View:
    return {
        "name": capital(report_name(report)),
        "when": moment_words(report["published"]) if report["published"] else "",
        "id": report["id"],
        "maybe": [
            {"page": pages[row["page"]], "why": row["why"], "reasons": _reasons(row["reasons"], pages, index)}
            for row in report["maybe_carried_by"]
            if row["page"] in pages
        ],
    }


# ------------------------------------------------------------------------------------------------------ claims


def _claim_view(index: Index, claim: Mapping[str, Any], anchor: str, pages: Mapping[str, View]) -> View:
    rows = [index.statements[key] for key in claim["statements"] if key in index.statements]
    origins = claim["origins"]
    reports = {pages[key]["report"] for key in claim["pages"]["carried"] if key in pages}
    return {
        "anchor": anchor,
        "id": claim["id"],
        "text": claim["text"],
        "carried": len(claim["pages"]["carried"]),
        "of": len(pages),
        "reports": len(reports),
        "interval": interval(origins["min"], origins["max"]),
        "spoken": _spoken(origins),
        "first": _first_short(index, claim, pages),
        "verdict": claim["first"]["verdict"],
        "words": [_statement_view(row, pages) for row in rows[:MAX_WORDS] if row["page"] in pages],
        "words_more": max(0, len(rows) - MAX_WORDS),
        "origins": [_origin_view(index, row, pages) for row in origins["list"][:MAX_WORDS]],
        "open": [_open_view(row, origins["list"], pages, index) for row in origins["open"][:MAX_WORDS]],
        "reasons": _reasons((*origins["reasons"], *claim["reasons"]), pages, index),
        "first_words": capital(first_words(index.dossier, claim, "it")) + ".",
        "first_reasons": _reasons(claim["first"]["reasons"], pages, index),
        "loops": [[report_name(index.reports.get(key)) for key in (*loop, *loop[:1])] for loop in claim["loops"][:8]],
        "contradicted": [pages[key] for key in claim["pages"]["contradicted"] if key in pages],
    }


def _spoken(origins: Mapping[str, Any]) -> str:
    low, high = origins["min"], origins["max"]
    if low is None or high is None:
        return "origins not counted"
    if low == high:
        return counted(low, "independent origin")
    return f"between {low} and {high} independent origins"


def _first_short(index: Index, claim: Mapping[str, Any], pages: Mapping[str, View]) -> View:
    """Who was first, for a table's cell: the pages and a word for the verdict."""
    words = {"found": "", "tied": "together", "absent": "not in the collection", "undetermined": "undetermined"}
    keys = claim["first"]["pages"] if claim["first"]["verdict"] in ("found", "tied") else []
    return {"pages": [pages[key] for key in keys[:3] if key in pages], "word": words.get(claim["first"]["verdict"], "")}


def _statement_view(row: Mapping[str, Any], pages: Mapping[str, View]) -> View:
    return {
        "page": pages[row["page"]],
        "text": row["text"],
        "phrase": chain_phrase(row["chain"], row["kind"]),
        "kind": STATEMENT_KINDS.get(row["kind"], row["kind"]),
        "hedge": row["hedge"]["words"] if row["hedge"] else None,
        "negated": row["polarity"] == "negated",
        "about": moment_words(row["about"]) if row["about"] else "",
        "about_words": row["about"]["words"] if row["about"] else None,
        "id": row["id"],
    }


def _origin_view(index: Index, origin: Mapping[str, Any], pages: Mapping[str, View]) -> View:
    report = index.reports.get(origin["report"] or "")
    return {
        "report": report_name(report) if report else "a report that was not identified",
        "absent": bool(report) and not (report or {})["in_collection"],
        "source": origin["source"],
        "kind": origin["kind"],
        "statements": len(origin["statements"]),
        "reasons": _reasons(origin["reasons"], pages, index),
    }


def _open_view(
    edge: Mapping[str, Any], origins: Sequence[Mapping[str, Any]], pages: Mapping[str, View], index: Index
) -> View:
    ends = [edge[end] + 1 for end in ("a", "b") if 0 <= edge[end] < len(origins)]
    return {"ends": ends, "reasons": _reasons(edge["reasons"], pages, index)}


def _disagreements(index: Index, story: Mapping[str, Any], pages: Mapping[str, View]) -> list[View]:
    views = []
    for row in story_disagreements(index.dossier, story)[:MAX_CLAIMS]:
        sides = [
            {"value": value, "words": _statement_view(index.statements[key], pages)}
            for key, value in zip(row["statements"], row["values"], strict=False)
            if key in index.statements and index.statements[key]["page"] in pages
        ]
        view = {"id": row["id"], "kind": KINDS.get(row["kind"], row["kind"]), "text": row["text"]}
        views.append({**view, "sides": sides[:MAX_WORDS], "reasons": _reasons(row["reasons"], pages, index)})
    return views


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
        "reasons": _reasons(claim["first"]["reasons"], pages, index),
    }


def _directions(copies: Sequence[Mapping[str, Any]], pages: Mapping[str, View], index: Index) -> list[View]:
    rows = [row for row in copies if row["direction_reasons"] or row["direction"] != "undetermined"]
    return [
        {
            "a": pages[row["a"]],
            "b": pages[row["b"]],
            "verdict": row["direction"],
            "relation": RELATIONS.get(row["relation"], row["relation"]),
            "reasons": _reasons(row["direction_reasons"], pages, index),
        }
        for row in rows[:MAX_PAIRS]
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
        "rows_total": len(claims),
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
        view = found.setdefault(key, {**_statement_view(row, pages), "pages": []})
        if pages[row["page"]] not in view["pages"]:
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


def _best(copies: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
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


def _pair_view(copy: Mapping[str, Any], pages: Mapping[str, View], index: Index, anchor: str) -> View:
    spans_a, spans_b, more = numbered_passages(copy)
    sides = []
    for side, other, key, spans in (("a", "b", copy["a"], spans_a), ("b", "a", copy["b"], spans_b)):
        page = index.pages[key]
        sides.append(
            {
                "side": side,
                "other": other,
                "page": pages[key],
                "paragraphs": _within(paragraph_segments(page, spans)),
                "cut": len(page["text"]) > MAX_PAIR_CHARACTERS,
            }
        )
    return {
        "anchor": anchor,
        "relation": RELATIONS.get(copy["relation"], copy["relation"]),
        "share": [f"{max(0.0, min(1.0, copy['share'][side])):.0%}" for side in ("of_a", "of_b")],
        "sides": sides,
        "passages": len(spans_a),
        "more": more,
        "reasons": _reasons(copy["reasons"], pages, index),
    }


def _within(paragraphs: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Paragraphs up to a number of characters; the last one may be cut."""
    kept: list[list[Any]] = []
    left = MAX_PAIR_CHARACTERS
    for paragraph in paragraphs:
        segments = []
        for words, number, starts in paragraph:
            if left > 0:
                segments.append((words[:left], number, starts))
                left -= len(words)
        if segments:
            kept.append(segments)
    return kept
