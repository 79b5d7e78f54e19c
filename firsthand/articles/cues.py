"""Which furniture a line says it is, by the cue rows of ``language/<code>/furniture.toml``.

String comparison only (no patterns), so the work is linear in the line whatever it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from firsthand.language.rows import rows

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\xa0": " ", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue that a line carries: the rule that it speaks for, the words, and whether it decides alone (it is the
    whole line, its row is sure, or a second row says the same)."""

    rule: str
    words: str
    sure: bool


def lowered(text: str) -> str:
    """Lower case with straight quotes, the form in which cue rows are written."""
    return text.translate(_QUOTES).lower()


@dataclass(frozen=True, slots=True)
class _Row:
    """A cue row for a part of a line; of ``also`` (where it has any) one must stand in the line as well."""

    rule: str
    words: tuple[str, ...]
    at: str
    most: int
    sure: bool
    also: tuple[str, ...]


@cache
def _tables() -> tuple[dict[str, str], tuple[_Row, ...]]:
    whole: dict[str, str] = {}
    partial: list[_Row] = []
    for row in rows("furniture")["cue"]:
        if row["at"] == "whole":
            for words in row["words"]:
                whole.setdefault(words, row["rule"])
        else:
            partial.append(
                _Row(
                    row["rule"],
                    tuple(row["words"]),
                    row["at"],
                    row["most"],
                    row.get("sure", False),
                    tuple(row.get("also", ())),
                )
            )
    return whole, tuple(partial)


def find_cue(text: str) -> Cue | None:
    """The first row that the line fits: a whole-line row before the rows for a part of it."""
    line = lowered(text[:1500]).strip(" \t•·|>»›<-–—*#")
    count = line.count(" ") + 1
    whole, partial = _tables()
    key = line.rstrip(" :…»›.!")
    for form in (line, key):
        if form in whole:
            return Cue(whole[form], form, True)
    hits = [(row, hit) for row in partial if count <= row.most and (hit := _hit(line, row))]
    if not hits:
        return None
    row, words = next((h for h in hits if h[0].sure), hits[0])
    return Cue(row.rule, words, row.sure or len(hits) > 1)


def _hit(line: str, row: _Row) -> str:
    if row.also and not any(word in line for word in row.also):
        return ""
    if row.at == "start":
        if not line.startswith(row.words):
            return ""
        return next((w for w in row.words if line.startswith(w)), "")
    if row.at == "end":
        if not line.endswith(row.words):
            return ""
        return next((w for w in row.words if line.endswith(w)), "")
    for words in row.words:
        if words in line:
            return words
    return ""


def looks_like_code(text: str) -> bool:
    """Whether a line is script, style or data rather than words: by its share of programming marks."""
    sample = text[:3000]
    if len(sample) < 12:
        return False
    marks = sum(sample.count(c) for c in "{};=<>()[]_$\\|&")
    return marks / len(sample) > 0.08 and any(
        m in sample for m in ("{", "};", "=>", "();", "</", "/>", "function", "var ", '":')
    )
