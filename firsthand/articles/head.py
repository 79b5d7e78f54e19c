"""Lines of an article's head that say who, where or when ("Posted: ...", "By ...", a date, "3 min read").

In: a line. Out: why it is such a line, or an empty string. Which names and dates they hold is for ``byline.py`` and
``published.py``.
"""

from __future__ import annotations

import re
from functools import cache

from firsthand.language.rows import rows

from .cues import lowered
from .dates import find_dates

LONGEST = 32
"""Words of a metadata line at most."""

_BY = re.compile(
    r"^(?:by|written by|story by|posted by|published by|reported by|author:?|words by|text by|von|par|por|di)\b[:\s]",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?", re.IGNORECASE)


@cache
def _cues() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = rows("furniture")["metadata"]
    return tuple(sorted({*table["posted"], *table["updated"]}, key=lambda w: (-len(w), w))), tuple(table["relative"])


def date_cue(line: str) -> tuple[str, str]:
    """The metadata word that a line starts with and its kind (``posted``, ``updated``), or two empty strings."""
    text = lowered(line[:200]).strip(" \t•·|-–—")
    table = rows("furniture")["metadata"]
    for word in _cues()[0]:
        if text.startswith(word) and not text[len(word) : len(word) + 1].isalpha():
            return word, "posted" if word in table["posted"] else "updated"
    return "", ""


def is_metadata(line: str) -> str:
    """Why a line is metadata, as one sentence; empty where it is not."""
    if not line or len(line) > 260 or len(line.split()) > LONGEST:
        return ""
    text = lowered(line).strip()
    dates = find_dates(line)
    words = len(text.split())
    left = text
    for found in dates:
        left = left.replace(lowered(found.words), " ")
    left = _CLOCK.sub(" ", left)
    cue, _ = date_cue(line)
    if cue and (dates or text.rstrip(" :") == cue or (words <= 8 and _CLOCK.search(text))):
        return f'says when: "{cue}"'
    if dates and len(left.split()) <= 6 and not left.rstrip().endswith((".", "!", "?")):
        return f'a date line: "{dates[0].words}"'
    if _BY.match(text) and words <= 16 and not re.search(r"[.!?]$", text.rstrip()) and _names_follow(line):
        return "says who wrote it"
    if words <= 8 and any(text.endswith(" " + r) or text == r for r in _cues()[1]):
        return "says how old or long it is"
    return ""


def is_contribution(line: str) -> bool:
    """Whether a line says who contributed to the report ("Ann Berg in Norring contributed to this report.")."""
    text = lowered(line).rstrip(" .)")
    if not 3 <= len(text.split()) <= 60:
        return False
    for row in rows("credits")["phrase"]:
        if row["extent"] == "partly" and (
            any(text.endswith(w) for w in row["after"]) or any(text.lstrip("( ").startswith(w) for w in row["before"])
        ):
            return True
    return text.lstrip("( ").startswith("reporting by ") and ("editing by" in text or "writing by" in text)


def _names_follow(line: str) -> bool:
    """Whether the words after "by" begin like names (a capital, a dot between, or an at sign)."""
    rest = line.split(None, 1)[1].strip() if " " in line.strip() else ""
    return bool(rest) and (rest[0].isupper() or not rest[0].isalnum())
