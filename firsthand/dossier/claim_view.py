"""A claim as the page shows it: the exact words page by page, the origins with their reasons, who was first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .finding import KINDS, first_words, story_disagreements
from .index import Index, View, reason_views
from .moments import moment_words
from .wording import capital, chain_phrase, counted, interval, plain, report_name

MAX_WORDS, MAX_DISAGREEMENTS, MAX_PAIRS = 40, 40, 12
"""Shown at most: statements or origins of one claim, disagreements of one story, pairs of origins left open alike."""

STATEMENT_KINDS = {
    "quote": "quoted",
    "indirect": "reported speech",
    "mixed": "partly quoted",
    "own_voice": "the newsroom's own voice",
    "no_comment": "no comment",
}


def claim_view(index: Index, claim: Mapping[str, Any], anchor: str, pages: Mapping[str, View]) -> View:
    """One row of the claim table and all that its numbers open. ``pages`` are the story's page views by id."""
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
        "words": [statement_view(row, pages) for row in rows[:MAX_WORDS] if row["page"] in pages],
        "words_more": max(0, len(rows) - MAX_WORDS),
        "origins": [_origin_view(index, row, pages) for row in origins["list"][:MAX_WORDS]],
        "open": _open_views(origins["open"], origins["list"], pages, index),
        "reasons": reason_views((*origins["reasons"], *claim["reasons"]), pages, index, quoting=False),
        "first_words": capital(first_words(index.dossier, claim, "it")) + ".",
        "first_reasons": reason_views(claim["first"]["reasons"], pages, index, quoting=False),
        "loops": [
            [_report_words(index.reports.get(key), pages) for key in (*loop, *loop[:1])] for loop in claim["loops"][:8]
        ],
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


def statement_view(row: Mapping[str, Any], pages: Mapping[str, View]) -> View:
    """The exact words of a statement with its chain as a phrase."""
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
        "report": _report_words(report, pages),
        "absent": bool(report) and not (report or {})["in_collection"],
        "source": origin["source"],
        "kind": origin["kind"],
        "statements": len(origin["statements"]),
        "reasons": reason_views(origin["reasons"], pages, index, quoting=False),
    }


def _report_words(report: Mapping[str, Any] | None, pages: Mapping[str, View]) -> str:
    """A report by its newsroom, or else by the first page that carries it."""
    if report is None:
        return "a report that was not identified"
    carried = [pages[key]["number"] for key in report["pages"] if key in pages]
    if not plain(report["newsroom"]) and carried:
        return f"the report on page {min(carried)}, newsroom unknown"
    return report_name(report)


def _open_views(
    edges: Sequence[Mapping[str, Any]], origins: Sequence[Mapping[str, Any]], pages: Mapping[str, View], index: Index
) -> list[View]:
    """The open merges, those with the same reasons together: which origins may be one, and why."""
    groups: dict[tuple[tuple[str, str], ...], View] = {}
    for edge in edges:
        key = tuple((row["rule"], row["because"]) for row in edge["reasons"])
        view = groups.setdefault(
            key, {"pairs": [], "reasons": reason_views(edge["reasons"], pages, index, quoting=False)}
        )
        if 0 <= edge["a"] < len(origins) and 0 <= edge["b"] < len(origins):
            view["pairs"].append(f"{edge['a'] + 1} and {edge['b'] + 1}")
    for view in groups.values():
        view["more"] = max(0, len(view["pairs"]) - MAX_PAIRS)
        view["pairs"] = view["pairs"][:MAX_PAIRS]
    return list(groups.values())


def disagreement_views(index: Index, story: Mapping[str, Any], pages: Mapping[str, View]) -> list[View]:
    """A story's disagreements, each side with its words."""
    views = []
    for row in story_disagreements(index.dossier, story)[:MAX_DISAGREEMENTS]:
        sides = [
            {"value": value, "words": statement_view(index.statements[key], pages)}
            for key, value in zip(row["statements"], row["values"], strict=False)
            if key in index.statements and index.statements[key]["page"] in pages
        ]
        view = {"id": row["id"], "kind": KINDS.get(row["kind"], row["kind"]), "text": row["text"]}
        views.append({**view, "sides": sides[:MAX_WORDS], "reasons": reason_views(row["reasons"], pages, index)})
    return views
