"""The byline: the persons who wrote the article, as the page shows them; roles, outlets and agencies stripped.

The shown line is trusted before the metadata (which often names the site's account); the record's own column before
both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.records import Page

from .blocks import Block
from .cues import lowered
from .markup import Markup
from .people import is_person, persons, split_names
from .picked import Declared
from .verdicts import Verdict

_BY = re.compile(
    r"^(?:by|written by|story by|reported by|words by|text by|posted by|von|par|por|di)\b[:\s]", re.IGNORECASE
)
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
    lines: list[str] = []
    for i in [*range(max(0, body[0] - 14), min(len(blocks), body[0] + 3)), *range(body[-1] + 1, body[-1] + 3)]:
        if i >= len(blocks) or verdicts[i].role in ("body", "headline"):
            continue
        text = blocks[i].text
        if (
            (len(text) <= 160 and _BY.match(text))
            or (i and lowered(blocks[i - 1].text).strip(" :") in [a.strip(" :") for a in _ABOVE] and len(text) <= 120)
            or (
                i < body[0]
                and len(text) <= 60
                and verdicts[i].role == "metadata"
                and any(map(is_person, split_names(text)))
            )
        ):
            lines.append(text)
    return lines
