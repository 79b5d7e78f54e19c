"""An editor's overrules in words: what is kept, what each changed, and the mark that it leaves beside a claim."""

from __future__ import annotations

from collections.abc import Sequence

from .outline import Answer, Line, Row
from .wording import clip, counted, interval, report_name

ABOUT = {
    "origins": ("one origin", "two origins"),
    "claims": ("one claim", "two claims"),
    "stories": ("one story", "two stories"),
    "reports": ("one report", "two reports"),
}
"""What an overrule says, put together and parted."""


def overrules(dossier: Row) -> Answer:
    """What an editor has decided, and whether it applies in this run."""
    lines: list[Line] = []
    for row in dossier["overrules"]:
        lines.append((0, f"{row['id']}  {overrule_words(row)}"))
        lines += [(1, clip(words, 240)) for words in row["named"]]
        if not row["applies"]:
            lines.append((1, f"kept, but does not apply in this run: {row['why_not']}"))
    return Answer(tuple(lines) or ((0, "Nothing is overruled in this collection."),), tuple(dossier["overrules"]))


def after_overrule(dossier: Row, row: Row) -> Answer:
    """A new overrule, and what stands now where it holds on: claims with their counts, stories, reports."""
    lines: list[Line] = [(0, f"{row['id']}  {overrule_words(row)}"), *((1, clip(words, 240)) for words in row["named"])]
    if not row["applies"]:
        return Answer((*lines, (0, f"Kept, but it does not apply in this run: {row['why_not']}")), (row,))
    held = {(part["page"], part["words"]) for side in ("a", "b") for part in row[side]}
    pages = {page for page, _ in held}
    lines.append((0, "Now:"))
    if row["about"] in ("origins", "claims"):
        ids = {key["id"] for key in dossier["statements"] if (key["page"], key["text"]) in held}
        for claim in (claim for claim in dossier["claims"] if ids & set(claim["statements"])):
            count = interval(claim["origins"]["min"], claim["origins"]["max"])
            lines.append((1, f"{claim['id']}  origins {count}: “{clip(claim['text'], 200)}”"))
    elif row["about"] == "stories":
        found = [story for story in dossier["stories"] if pages & set(story["pages"])]
        lines += [(1, f"{s['id']}  {counted(len(s['pages']), 'page')}: {clip(s['title'], 200)}") for s in found]
    else:
        ours = [r for r in dossier["reports"] if any(why["rule"].startswith("editor-") for why in r["reasons"])]
        lines += [(1, f"{r['id']}  {report_name(r)}, {counted(len(r['pages']), 'page')}") for r in ours]
    lines.append((0, f"Taken back with: firsthand overrules --undo {row['id']}"))
    return Answer(tuple(lines), (row,))


def overrule_words(row: Row) -> str:
    """An overrule in a line."""
    one, two = ABOUT.get(row["about"], ("one", "two"))
    note = f": {clip(row['note'], 300)}" if row["note"] else ""
    return f"{one if row['verdict'] == 'one' else two}, overruled by an editor on {row['on']}{note}"


def overruled(*reasons: Sequence[Row]) -> str:
    """What an editor has overruled among these reasons, to stand behind a line; empty where nothing."""
    found = dict.fromkeys(row["because"] for rows in reasons for row in rows if row["rule"].startswith("editor-"))
    return "".join(f" ({clip(words, 160)})" for words in found)


def of_claim(row: Row) -> list[Sequence[Row]]:
    """All reasons of a claim and its count."""
    origins = row["origins"]
    return [row["reasons"], origins["reasons"], *(origin["reasons"] for origin in origins["list"])]
