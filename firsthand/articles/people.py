"""Names of persons in bylines: splitting a line of names, and telling a person from an outlet, a desk or a role."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from firsthand.language.rows import rows
from firsthand.newsrooms import by_name

from .blocks import tidy
from .cues import lowered

_SPLIT = re.compile(r"\s*(?:,|;|/|\||•|·|\band\b|\bund\b|\bet\b|\by\b|&|\s[–—-]\s|\bwith\b|\n)\s*", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:by|written by|story by|reported by|words by|text by|posted by|published by|authors?|von|par|por|di|photos? "
    r"by|from our [\w ]{0,30}correspondents?|text|words|report|story|autor|texte|auteur)\b[:\s]*",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\S+@\S+|https?://\S+|@\w+")
_PLACE = re.compile(r"\s+(?:in|for|at)\s+[A-Z].{0,40}$|\s+(?:Follow|Twitter|Facebook)$|(?<=[a-z])Twitter$")
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]+)*\.?", re.UNICODE)
_PARTICLES = {"de", "da", "del", "della", "der", "den", "di", "do", "dos", "du", "el", "al", "bin", "ibn", "la", "le",
              "van", "von", "ter", "zu", "y", "e", "of", "st", "bint", "ben"}  # fmt: skip


@cache
def _tables() -> tuple[frozenset[str], tuple[str, ...]]:
    table = rows("credits")["outlet"]
    not_names = rows("credits")["person"]["not"]
    return frozenset([*table["words"], *not_names]), tuple(sorted(table["roles"], key=lambda r: (-len(r), r)))


def is_person(name: str) -> bool:
    """Whether a name can be a person's: two to five capitalised words, none of them an outlet's or a role's."""
    words = name.split()
    outlet, _ = _tables()
    if (
        len(words) == 1
        and 2 <= len(name) <= 8
        and all("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in name)
    ):
        return by_name(name) is None  # Chinese, Japanese and Korean names are written without a blank
    if not 2 <= len(words) <= 6 or len(name) > 60 or by_name(name) is not None:
        return False
    if any(lowered(w).strip(".,") in outlet for w in words) or any(c.isdigit() for c in name):
        return False
    telling = [w for w in words if w.lower().strip(".") not in _PARTICLES]
    if len(telling) < 2 and not (len(telling) == 1 and len(words) > 2):
        return False
    return all(_NAME_WORD.fullmatch(w) and (w[0].isupper() or not w.isascii()) for w in telling)


def split_names(line: str) -> list[str]:
    """The parts of a line of names ("By Ann Berg and Jo Lind, Staff Writers"), without "by" and addresses."""
    text = _LEAD.sub("", tidy(_MAIL.sub(" ", line[:400])))
    return [_without_role(part) for part in _SPLIT.split(text) if part.strip()]


def _without_role(part: str) -> str:
    """ "Political Editor Ann Berg" and "Ann Berg Political Editor" without the role."""
    text = _PLACE.sub("", part.strip(" .:-–—()[]"))
    low = lowered(text)
    for role in _tables()[1]:
        if low.endswith(" " + role):
            return text[: -len(role)].strip(" ,-–—")
        if low.startswith(role + " "):
            return text[len(role) :].strip(" ,-–—")
    return text


def persons(lines: Iterable[str]) -> tuple[str, ...]:
    """The persons named in lines of names, in order, each once; shouted names in ordinary case."""
    found: dict[str, str] = {}
    for line in lines:
        for name in split_names(line):
            if is_person(name):
                shown = name.title() if name.isupper() else name
                found.setdefault(lowered(shown), shown)
    return tuple(found.values())
