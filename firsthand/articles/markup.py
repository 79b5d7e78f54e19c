"""HTML as blocks, with what its structure says about each.

Parsing is libxml2's, which bounds depth itself; everything here walks the tree once, without recursion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml.html import HTMLParser

from .blocks import Block, tidy

MAX_HTML = 12_000_000
"""Characters of one page that are parsed (a news page has 0.1 to 2 million)."""

_SKIP = {"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button", "textarea", "head",
         "audio", "video", "canvas", "math", "map", "datalist", "option"}  # fmt: skip
_BLOCK = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "td", "th",
          "section", "article", "aside", "nav", "header", "footer", "main", "figure", "figcaption", "blockquote", "pre",
          "form", "fieldset", "body", "center", "address", "hr", "details", "summary", "label", "time"}  # fmt: skip


def parse_html(content: str) -> Any:
    """The tree of a page (its root element), or None where there is none to be made."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = etree.fromstring(content[:MAX_HTML].encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if tree is not None and isinstance(tree.tag, str) else None


@dataclass(slots=True)
class _Open:
    """The block that is being read."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    total: int = 0
    tag: str = "body"
    path: str = ""


def blocks_of_html(tree: Any, max_blocks: int) -> list[Block]:
    """The blocks of a page in reading order, at most ``max_blocks``."""
    blocks: list[Block] = []
    now = _Open()
    skip_until: Any = None
    links = 0
    stack: list[tuple[str, str]] = [("body", "")]

    def flush() -> None:
        nonlocal now
        text = tidy("".join(now.parts)[:200_000])
        if text:
            share = min(1.0, now.linked / max(1, now.total))
            bullet = now.tag == "li"
            blocks.append(Block(text, text, 0, 1, 0, bullet, now.tag, round(share, 3), now.path))
        now = _Open(tag=stack[-1][0], path=" ".join(p for _, p in stack[-4:] if p))

    def add(text: str | None) -> None:
        if text:
            now.parts.append(text)
            size = len(text.strip())
            now.total += size
            now.linked += size if links else 0

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if len(blocks) >= max_blocks:
            break
        if skip_until is not None:
            if event == "end" and element is skip_until:
                skip_until = None
                add(element.tail)
            continue
        if not isinstance(tag, str):
            if event == "end":
                add(element.tail)
            continue
        if event == "start":
            if tag in _SKIP:
                skip_until = element
                continue
            if tag in _BLOCK:
                names = f"{element.get('class') or ''} {element.get('id') or ''}"[:120]
                stack.append((tag, names.strip()))
                flush()
            elif tag == "br":
                now.parts.append("\n")
            links += tag == "a"
            add(element.text)
        else:
            links -= tag == "a"
            if tag in _BLOCK:
                if len(stack) > 1:
                    stack.pop()
                flush()
            elif tag == "br" and now.parts and _two_breaks(element):
                flush()
            add(element.tail)
    flush()
    return blocks


def _two_breaks(element: Any) -> bool:
    """Whether this line break follows another one directly: two of them part paragraphs."""
    before = element.getprevious()
    return before is not None and before.tag == "br" and not (before.tail or "").strip()
