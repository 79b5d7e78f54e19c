"""The finding of a story in words: pages, reports, origins, who was first, what disagrees, where to look.

The sentences measure reporting. They never say that anything is so: only who carries it, and through whom it came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..language.wording import stems_of, stop_words
from .wording import capital, clip, counted, interval, listed, number, page_name, plain, report_name

LEAD = 700
"""Characters at a text's start that count as its lead, when the main claim is chosen: about three sentences."""

KINDS = {
    "number": "a number",
    "date": "a date",
    "name": "a name",
    "place": "a place",
    "status": "a status",
    "polarity": "a yes and a no",
    "attribution": "who said it",
}


def rank_claims(
    claims: Sequence[Mapping[str, Any]],
    statements: Mapping[str, Mapping[str, Any]],
    headlines: Sequence[str | None] = (),
) -> list[Mapping[str, Any]]:
    """Claims in the order of a story's news: those on most pages first, counting a page twice where the claim stands
    in its lead, and once more the share of each of the story's ``headlines`` that one of its statements holds; then
    those nearest to the start. A claim that is only "no comment" comes after all others."""
    titles = [words for words in map(_content, headlines) if words]
    return sorted(claims, key=lambda claim: _rank(claim, statements, titles))


def _rank(
    claim: Mapping[str, Any], statements: Mapping[str, Mapping[str, Any]], titles: Sequence[frozenset[str]]
) -> tuple[Any, ...]:
    rows = [statements[key] for key in claim["statements"] if key in statements]
    starts: dict[str, int] = {}
    for row in rows:
        starts[row["page"]] = min(row["span"][0], starts.get(row["page"], row["span"][0]))
    carried = claim["pages"]["carried"]
    lead = sum(1 for page in carried if starts.get(page, LEAD) < LEAD)
    silent = bool(rows) and all(row["kind"] == "no_comment" for row in rows)
    said = [_content(row["text"]) for row in rows] if titles else []
    told = sum(max((len(title & words) / len(title) for words in said), default=0.0) for title in titles)
    where = sum(starts.values()) / len(starts) if starts else float(LEAD)
    return (silent, -round(len(carried) + lead + told, 6), where, claim["text"], claim["id"])


def _content(text: str | None) -> frozenset[str]:
    """Stems of a text's words that carry content."""
    return frozenset(stems_of(text or "") - stop_words())


def story_finding(dossier: Mapping[str, Any], story: Mapping[str, Any]) -> str:
    """One sentence: which reports the pages carry, the origins of the main claim, who was first, what disagrees."""
    reports = _by_id(dossier["reports"])
    parts = [_carrying(story, reports)]
    absent = [reports[key] for key in story["reports"] if key in reports and not reports[key]["in_collection"]]
    if absent:
        parts.append(_absent(absent))
    claim = main_claim(dossier, story)
    if claim is None:
        parts.append("no claim was found in their words" if len(story["pages"]) > 1 else "no claim was found in it")
    else:
        parts.append(origins_words(claim))
        parts += [first_words(dossier, claim, "it")] if len(story["pages"]) > 1 else []
    disagreements = story_disagreements(dossier, story)
    if disagreements or len(story["pages"]) > 1:
        parts.append(disagreement_words(disagreements))
    return capital("; ".join(parts)) + "."


def main_claim(dossier: Mapping[str, Any], story: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The claim that the finding speaks of, or None where the story has none."""
    return next((claim for claim in dossier["claims"] if claim["id"] == story["main_claim"]), None)


def story_disagreements(dossier: Mapping[str, Any], story: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The disagreements of one story."""
    return [row for row in dossier["disagreements"] if row["story"] == story["id"]]


def _by_id(rows: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {row["id"]: row for row in rows}


def _carrying(story: Mapping[str, Any], reports: Mapping[str, Mapping[str, Any]]) -> str:
    pages = len(story["pages"])
    present = [reports[key] for key in story["reports"] if key in reports and reports[key]["in_collection"]]
    verb = "carries" if pages == 1 else "carry"
    if not present:
        return f"{counted(pages, 'page')} {verb} a report that was not identified"
    named = sorted({clip(row["newsroom"], 60) for row in present if plain(row["newsroom"])})
    who = ""
    if named and len(named) <= 4:
        others = len(present) - sum(1 for row in present if plain(row["newsroom"]))
        who = f" (by {listed([*named, *([counted(others, 'unnamed newsroom')] if others else [])])})"
    return f"{counted(pages, 'page')} {verb} {counted(len(present), 'report')}{who}"


def _absent(absent: Sequence[Mapping[str, Any]]) -> str:
    named = sorted({clip(row["newsroom"], 60) for row in absent if plain(row["newsroom"])})
    who = f" ({listed(named)})" if named and len(named) <= 4 else ""
    verb = "is" if len(absent) == 1 else "are"
    return f"{counted(len(absent), 'report')}{who} {verb} cited but not in the collection"


def origins_words(claim: Mapping[str, Any], subject: str = "the main claim") -> str:
    """*the main claim has between 1 and 2 independent origins*."""
    low, high = claim["origins"]["min"], claim["origins"]["max"]
    if low is None or high is None:
        return f"the origins of {subject} were not counted"
    if low == high:
        return f"{subject} has {low} independent origin{'' if low == 1 else 's'}"
    return f"{subject} has between {low} and {high} independent origins"


def first_words(dossier: Mapping[str, Any], claim: Mapping[str, Any], what: str) -> str:
    """Who was first in this collection with ``what``, as the verdict stands."""
    verdict = claim["first"]["verdict"]
    pages = _by_id(dossier["pages"])
    names = list(dict.fromkeys(page_name(pages[key]) for key in claim["first"]["pages"] if key in pages))
    if len(names) > 4:
        names = [*names[:3], f"{number(len(names) - 3)} more"]
    if verdict == "found" and names:
        return f"first with {what} in this collection: {listed(names)}"
    if verdict == "tied" and names:
        return f"first with {what} in this collection, together: {listed(names)}"
    if verdict == "absent":
        return f"whoever was first with {what} is not in the collection"
    if any(reason["rule"] == "leads-outside" for reason in claim["first"]["reasons"]):
        names.append("a report that is not in the collection")
    return f"who was first with {what} is undetermined" + (f" ({listed(names, 'or')})" if names else "")


def disagreement_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """How many disagreements there are, and about what."""
    if not rows:
        return "no disagreement was found"
    if len(rows) == 1:
        values = list(dict.fromkeys(f"“{clip(value, 40)}”" for value in rows[0]["values"]))
        said = f": {listed(values[:3], 'against')}" if len(values) > 1 else ""
        return f"one disagreement, about {KINDS.get(rows[0]['kind'], 'a detail')}{said}"
    kinds = list(dict.fromkeys(KINDS.get(row["kind"], "a detail") for row in rows))
    return f"{counted(len(rows), 'disagreement')}, about {listed(kinds)}"


# ---------------------------------------------------------------------------------------------------- terminal


def summary_lines(dossier: Mapping[str, Any]) -> list[str]:
    """The findings for a terminal: some lines a story, without control characters, an empty line between stories."""
    lines: list[str] = []
    for place, story in enumerate(dossier["stories"], 1):
        lines += [*([""] if lines else []), *story_lines(dossier, story, place)]
    unreadable = len(dossier["input"]["unreadable"])
    if unreadable:
        lines += ["", f"{capital(counted(unreadable, 'document'))} could not be read: see input.unreadable."]
    return lines


def story_lines(dossier: Mapping[str, Any], story: Mapping[str, Any], place: int) -> list[str]:
    """The lines of one story: its title, the finding, the main claim, each disagreement, and where to look."""
    lines = [f"{place}. {clip(story['title'], 100) or 'A story without a headline'}", f"   {story['finding']}"]
    claim = main_claim(dossier, story)
    if claim:
        origins = claim["origins"]
        count = "not counted" if origins["min"] is None else interval(origins["min"], origins["max"])
        lines.append(f"   main claim ({claim['id']}), origins {count}: “{clip(claim['text'], 160)}”")
        lines += [f"      through {_origin(dossier, origin)}" for origin in origins["list"][:4]]
        lines += [f"      loop: {_loop(dossier, loop)}" for loop in claim["loops"][:2]]
    for row in story_disagreements(dossier, story)[:5]:
        lines.append(f"   disagreement ({row['id']}): {clip(row['text'], 160)}")
    pages = _by_id(dossier["pages"])
    where = [clip(pages[key]["location"], 60) for key in story["pages"] if key in pages]
    more = f" and {len(where) - 4} more" if len(where) > 4 else ""
    lines.append(f"   look in {', '.join(where[:4])}{more} ({story['id']})")
    return lines


def _origin(dossier: Mapping[str, Any], origin: Mapping[str, Any]) -> str:
    report = next((row for row in dossier["reports"] if row["id"] == origin["report"]), None)
    source = clip(origin["source"], 80)
    return f"{report_name(report)}, {'on the word of ' + source if source else 'in its own voice'}"


def _loop(dossier: Mapping[str, Any], loop: Sequence[str]) -> str:
    reports = _by_id(dossier["reports"])
    return " cites ".join(report_name(reports.get(key)) for key in (*loop, *loop[:1]))
