"""The byline: the persons who wrote the article, as the page shows them; roles, outlets and agencies stripped.

The shown line is trusted before the metadata (which often names the site's account); the record's own column before
both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.language.rows import rows
from firsthand.newsrooms import by_name
from firsthand.records import Page

from .blocks import Block
from .cues import lowered
from .dates import find_dates
from .declared import Markup
from .people import is_person, persons, split_names
from .picked import Declared
from .verdicts import Verdict

_BY = re.compile(
    r"^(?:by|written by|story by|reported by|words by|text by|posted by|from our [\w ]{0,30}correspondents?,?|von|par|"
    r"por|di)\b[:\s]|^(?:text|words|report|story|autor|texte|auteur)\s?:",
    re.IGNORECASE,
)
_NO_BYLINE = ("photo-credit", "other-story", "share-bar", "comment-form", "rights-line", "topic-list", "cookie-notice")
_ABOVE = (
    "by",
    "author",
    "author of the article:",
    "written by",
    "by:",
    "author:",
    "written by:",
    "reported by",
    "story by",
)


def byline_of(
    page: Page, blocks: Sequence[Block], verdicts: Sequence[Verdict], markup: Markup | None, library: Declared
) -> tuple[str, ...]:
    """The persons of the byline, in order; empty where the page names none."""
    given = persons(page.given_byline)
    if given:
        return given
    declared = persons(_declared(markup)) if markup else ()
    marked = persons(markup.authors[:3]) if markup else ()
    return declared or persons(_shown(blocks, verdicts)) or persons((library.author,)) or marked


def _declared(markup: Markup) -> list[str]:
    names: list[str] = []
    for item in markup.linked:
        kind = str(item.get("@type"))
        if not any(word in kind for word in ("Article", "Posting", "Report")):
            continue
        authors = item.get("author") or item.get("creator")
        for author in authors if isinstance(authors, list) else [authors]:
            if isinstance(author, str):
                names.append(author)
            elif isinstance(author, dict) and "Organization" not in str(author.get("@type")):
                name = author.get("name")
                names.extend(n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str))
        if names:
            return names
    for name in (
        "author",
        "article:author",
        "parsely-author",
        "dc.creator",
        "byl",
        "sailthru.author",
        "citation_author",
    ):
        values = [v for v in markup.meta.get(name, ()) if "http" not in v]
        if values:
            return values
    return []


def _shown(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[str]:
    """Lines of names near the body's beginning, and "By ..." lines directly under its end."""
    body = [i for i, v in enumerate(verdicts) if v.role == "body"]
    if not body:
        return []
    heads = [i for i, v in enumerate(verdicts) if v.role == "headline" and body[0] - 14 <= i < body[0]]
    lines: list[str] = []
    bare: list[int] = []
    for i in [*range(max(0, body[0] - 14), min(len(blocks), body[0] + 3)), *range(body[-1] + 1, body[-1] + 3)]:
        if i >= len(blocks) or verdicts[i].role in ("body", "headline"):
            continue
        text = blocks[i].text
        shown = text if _BY.match(text) or len(text) > 160 else _after_by(_without_dates(text))
        above = lowered(blocks[i - 1].text).strip(" :") if i else ""
        if (
            (len(text) <= 160 and _BY.match(text) and verdicts[i].rule != "photo-credit")
            or (above in [a.strip(" :") for a in _ABOVE] and len(text) <= 120)
            or (
                _is_metadata_below(i, heads, body[0], verdicts)
                and len(text) <= 60
                and any(map(is_person, split_names(shown)))
            )
        ):
            lines.append(shown)
        elif i < body[0] and _is_name_line(i, heads, body[0], blocks, verdicts):
            bare.append(i)
    run = [i for i in bare if i - bare[0] <= 2]  # names far below the first are those of pictures
    return lines or [blocks[i].text for i in run]


def _is_metadata_below(i: int, heads: Sequence[int], start: int, verdicts: Sequence[Verdict]) -> bool:
    return i < start and verdicts[i].role == "metadata" and (not heads or i > heads[0] - 2)


def _is_name_line(
    i: int, heads: Sequence[int], start: int, blocks: Sequence[Block], verdicts: Sequence[Verdict]
) -> bool:
    """Whether a line of the head holds names, and nothing but what stands beside names: a role, a place, a date. It
    has to stand under the headline, or touch one of its lines, and its persons are not those the article is about."""
    text = blocks[i].text
    if len(text) > 110 or len(text.split()) > 14 or verdicts[i].rule in _NO_BYLINE:
        return False
    parts = split_names(_without_dates(text))
    names = [p for p in parts if is_person(p)]
    if not names or not all(p in names or _may_stand_by(p) for p in parts):
        return False
    if any(" " not in name for name in names):
        return False
    if any(name in blocks[j].text for name in names for j, v in enumerate(verdicts) if v.role == "body"):
        return False
    near = [j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(blocks)]
    touches = any(verdicts[j].rule == "metadata-line" or _is_role(blocks[j].text) for j in near)
    if heads and i > heads[0]:
        return touches or len(parts) > len(names) or verdicts[i - 1].role in ("headline", "standfirst")
    return start - i <= 6 and touches and not heads


def _after_by(text: str) -> str:
    """The words after the last "by" of a line of the head that begins otherwise ("Posted at noon by Ann Berg")."""
    words = text[:160].split()
    at = max(
        (i for i, w in enumerate(words[:-1]) if w.lower() in ("by", "by:") and words[i + 1][0].isupper()), default=0
    )
    return " ".join(words[at + 1 :]) if at else text


def _without_dates(text: str) -> str:
    for found in find_dates(text):
        text = text.replace(found.words, " ")
    return text


def _is_role(text: str) -> bool:
    low = lowered(text).strip(" .,:")
    return len(low) <= 60 and any(low == r or low.endswith(" " + r) for r in rows("credits")["outlet"]["roles"])


def _may_stand_by(part: str) -> bool:
    """A role, an outlet, or one or two capitalised words (a place) beside a name."""
    words = part.split()
    return not words or _is_role(part) or by_name(part) is not None or (len(words) <= 2 and words[0][:1].isupper())
