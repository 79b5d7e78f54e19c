"""The article of a page whose markup holds none because a script is to put it there: what its data say.

In: a page's tree. Out: the outline of the markup, or, where that has hardly any prose, of the largest piece of HTML
that stands as a string in a script's data, or of the body that JSON-LD declares.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from .declared import Markup
from .markup import Outline, parse_html, read_outline
from .structure import PROSE, weight

BARE = 300
"""Characters of prose below which a page's markup is taken to hold no article."""
MAX_SCRIPTS = 4_000_000
"""Characters of all scripts of a page that are searched."""
_STRING = re.compile(r'"((?:[^"\\]|\\.){200,})"', re.DOTALL)
_PARAGRAPH = re.compile(r"(?:<|\\u003c)(?:p|br|h2|h3|li)\b", re.IGNORECASE)


def read_page(tree: Any, markup: Markup, max_blocks: int) -> Outline:
    """The outline of a page's article, wherever it stands; at most ``max_blocks`` blocks."""
    outline = read_outline(tree, max_blocks)
    if _prose(outline) >= BARE:
        return outline
    found = _of_scripts(tree) or _of_declared(markup)
    other = parse_html(f"<html><body><article>{found}</article></body></html>") if found else None
    inner = read_outline(other, max_blocks) if other is not None else Outline()
    return inner if _prose(inner) > max(BARE, _prose(outline)) else outline


def _prose(outline: Outline) -> float:
    sizes = (weight(b.text) for b in outline.blocks if b.linked < 0.5)
    return sum(n for n in sizes if n >= PROSE)


def _of_scripts(tree: Any) -> str:
    """The string with most paragraphs of HTML among the data of a page's scripts."""
    best, most, left = "", 2, MAX_SCRIPTS
    for script in tree.iter("script"):
        text = script.text or ""
        if left <= 0 or len(text) < 500 or "ld+json" in (script.get("type") or ""):
            continue
        for found in _strings(text[:left], 3):
            count = len(_PARAGRAPH.findall(found))
            if count > most:
                best, most = found, count
        left -= len(text)
    return best


def _strings(text: str, depth: int) -> Iterator[str]:
    """The long strings of some data that hold paragraphs of HTML; data that stand as a string are opened too."""
    for match in _STRING.finditer(text):
        raw = match[1]
        if not _PARAGRAPH.search(raw):
            continue
        try:
            value = json.loads(f'"{raw}"', strict=False)
        except ValueError:
            continue
        nested = depth > 1 and '\\"' in raw and value.lstrip()[:1] in "{["
        if nested:
            yield from _strings(value, depth - 1)
        elif "<" in value:
            yield value


def _of_declared(markup: Markup) -> str:
    bodies = [body for item in markup.linked if isinstance(body := item.get("articleBody"), str)]
    body = max(bodies, key=len, default="")
    lines = body.split("\n") if "<p" not in body else []
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line.strip()) or body
