"""Lines of an article's head that say who, where or when ("Posted: ...", "By ...", a date, "3 min read").

In: a line. Out: why it is such a line, or an empty string. Which names and dates they hold is for ``byline.py`` and
``published.py``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from firsthand.language.rows import every, rows

from .cues import lowered
from .dates import find_dates

LONGEST = 32
"""Words of a metadata line at most."""

_BY_WORDS = (
    "by", "written by", "story by", "posted by", "published by", "reported by", "author", "words by", "text by", "von",
    "par", "por", "di",
)  # fmt: skip
_BY = re.compile(rf"^(?:{'|'.join(_BY_WORDS)}):?\b[:\s]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?", re.IGNORECASE)


@cache
def _cues() -> tuple[dict[str, str], frozenset[str], tuple[str, ...]]:
    """The words that a date line starts with (longest first) and their kinds; what they begin with; the ends of lines
    that say how old."""
    tables = [table["metadata"] for table in every("furniture") if "metadata" in table]
    kinds = {w: "updated" for t in tables for w in t.get("updated", ())}
    kinds |= {w: "posted" for t in tables for w in t.get("posted", ())}
    relative = tuple(dict.fromkeys(w for t in tables for w in t.get("relative", ())))
    return {w: kinds[w] for w in sorted(kinds, key=lambda w: (-len(w), w))}, frozenset(w[:3] for w in kinds), relative


def date_cue(line: str) -> tuple[str, str]:
    """The metadata word that a line starts with and its kind (``posted``, ``updated``), or two empty strings."""
    return _cue_at_start(lowered(line[:200]).strip(" \t•·|-–—"))


def _cue_at_start(text: str) -> tuple[str, str]:
    kinds, starts, _ = _cues()
    if (text[:3] in starts or text[:2] in starts) and text.startswith(tuple(kinds)):
        for word, kind in kinds.items():
            if text.startswith(word) and not text[len(word) : len(word) + 1].isalpha():
                return word, kind
    return "", ""


def is_metadata(line: str) -> str:
    """Why a line is metadata, as one sentence; empty where it is not."""
    return why_metadata(line, lowered(line)) if len(line) <= 260 else ""


def why_metadata(line: str, text: str) -> str:
    """:func:`is_metadata` of a line whose lower case is ``text``."""
    if not text or len(line) > 260:
        return ""
    cue, _ = _cue_at_start(text[:200].strip(" \t•·|-–—"))
    dated = _DIGIT.search(line) is not None
    text = text.strip()
    if not (cue or dated or text.startswith(_BY_WORDS) or text.endswith(_cues()[2])):
        return ""
    words = len(text.split())
    if words > LONGEST:
        return ""
    dates = find_dates(line) if dated else []
    if cue and (dates or text.rstrip(" :") == cue or (words <= 8 and _CLOCK.search(text))):
        return f'says when: "{cue}"'
    if dates and _is_little(text, [found.words for found in dates]):
        return f'a date line: "{dates[0].words}"'
    if _BY.match(text) and words <= 16 and not re.search(r"[.!?]$", text.rstrip()) and _names_follow(line):
        return "says who wrote it"
    if words <= 8 and text.endswith(_cues()[2]) and any(text.endswith(" " + r) or text == r for r in _cues()[2]):
        return "says how old or long it is"
    return ""


def _is_little(text: str, dates: Sequence[str]) -> bool:
    """Whether hardly anything is left of a line without its dates and hours, and no sentence ends there."""
    for words in dates:
        text = text.replace(lowered(words), " ")
    text = _CLOCK.sub(" ", text).rstrip()
    return len(text.split()) <= 6 and not text.endswith((".", "!", "?"))


def is_contribution(line: str) -> bool:
    """Whether a line says who contributed to the report ("Ann Berg in Norring contributed to this report.")."""
    if len(line) > 600:
        return False
    text = lowered(line).rstrip(" .)")
    start = text.lstrip("( ")
    before, after = _contributions()
    if text.endswith(after) or start.startswith(before):
        return 3 <= len(text.split()) <= 60
    return start.startswith("reporting by ") and ("editing by" in text or "writing by" in text)


@cache
def _contributions() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before, and what after, the names in a line that says who contributed."""
    partly = [row for row in rows("credits")["phrase"] if row["extent"] == "partly"]
    return tuple(w for row in partly for w in row["before"]), tuple(w for row in partly for w in row["after"])


def _names_follow(line: str) -> bool:
    """Whether the words after "by" begin like names (a capital, a dot between, or an at sign)."""
    rest = line.split(None, 1)[1].strip() if " " in line.strip() else ""
    return bool(rest) and (rest[0].isupper() or not rest[0].isalnum())
