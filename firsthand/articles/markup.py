"""HTML as blocks: the tree of a page, and one walk over it that leaves blocks and an outline of their elements.

Parsing is libxml2's, of any nesting depth; the walk is a loop, so that no tree is too deep for it. Nothing is judged
here: hidden elements, forms and menus leave blocks like any other, with their flags; only scripts, styles and controls
have no words of an article.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from .blocks import Block, tidy

MAX_HTML = 12_000_000
"""Characters of one page that are parsed (a news page has 0.1 to 2 million)."""
MAX_ELEMENTS = 2_000_000
"""Elements that are walked over."""
MAX_NODES = 400_000
"""Elements that the outline holds; the words of further ones belong to the elements around them."""
LONGEST = 200_000
"""Characters of one block."""
PARAGRAPH = 100
"""Characters from which words that end like a sentence are a paragraph where one line break follows."""

_SKIP = ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button", "textarea", "head",
         "audio", "video", "canvas", "math", "map", "datalist", "option")  # fmt: skip
_BLOCK = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "td", "th",
          "section", "article", "aside", "nav", "header", "footer", "main", "figure", "figcaption", "blockquote", "pre",
          "form", "fieldset", "body", "center", "address", "hr", "details", "summary", "label", "time", "dialog",
          "caption", "tbody", "thead", "tfoot", "noframes", "menu", "dir")  # fmt: skip
_NAMING = {"class", "id", "role", "itemprop", "property", "data-testid", "data-component", "data-type", "data-qa",
           "data-test-id", "data-module", "data-block", "aria-label"}  # fmt: skip
_HIDING = {"hidden", "aria-hidden", "style"}
SKIPPED, BLOCK, LINK, BREAK, STRONG = range(1, 6)
_KIND = (
    dict.fromkeys(_SKIP, SKIPPED)
    | dict.fromkeys(_BLOCK, BLOCK)
    | {"a": LINK, "br": BREAK, "b": STRONG, "strong": STRONG, "i": STRONG, "em": STRONG}
)
_SENTENCE_ENDS = tuple('.!?。！？"”»’')


@dataclass(slots=True)
class Outline:
    """The blocks of a page and the elements around them.

    ``nodes`` are the block elements in the order in which they open; ``parent[k]`` is the node around node k (-1 at the
    root), ``tags`` and ``names`` (class, id and other naming attributes) say what it is, ``hidden`` whether it hides
    itself, and ``first[k]`` to ``last[k]`` are the blocks inside it. ``leaf[i]`` is the node of block i, ``strong[i]``
    the share in [0, 1] of its characters that are set in bold or italics.
    """

    blocks: list[Block] = field(default_factory=list)
    leaf: list[int] = field(default_factory=list)
    strong: list[float] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)


def parse_html(content: str) -> Any:
    """The tree of a page (its root element), or None where there is none to be made."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = etree.fromstring(content[:MAX_HTML].encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if tree is not None and isinstance(tree.tag, str) else None


def blocks_of_html(tree: Any, max_blocks: int) -> list[Block]:
    """The blocks of a page in reading order, at most ``max_blocks``."""
    return read_outline(tree, max_blocks).blocks


def read_outline(tree: Any, max_blocks: int) -> Outline:
    """The blocks of a page in reading order, at most ``max_blocks``, and what stands around them.

    One loop with an iterator of children for each open element; it is the time that reading a page takes, hence no
    calls for the elements that only mark words."""
    walk = _Walk(max_blocks)
    walk.open("html", tree)
    add, blocks = walk.add, walk.outline.blocks
    open_elements: list[tuple[Any, int, str | None]] = [(iter((tree,)), 0, None)]
    left = MAX_ELEMENTS
    while open_elements and left > 0 and len(blocks) < max_blocks:
        for element in open_elements[-1][0]:
            left -= 1
            tag = element.tag
            kind = _KIND.get(tag, 0)
            if kind == SKIPPED or (not kind and tag.__class__ is not str):
                text = element.tail
            else:
                if kind == BLOCK:
                    walk.open(tag, element)
                elif kind == LINK:
                    walk.links += 1
                elif kind == STRONG:
                    walk.strong += 1
                elif kind == BREAK:
                    walk.line_break()
                elif "-" in tag and _holds_blocks(element):
                    kind = BLOCK
                    walk.open(tag, element)
                text = element.text
                if text:
                    add(text)
                text = element.tail
                if len(element):
                    open_elements.append((iter(element), kind, text))
                    break
                if kind:
                    walk.end(kind)
            if text:
                add(text)
            if left <= 0 or len(blocks) >= max_blocks:
                break
        else:
            _, kind, text = open_elements.pop()
            if kind:
                walk.end(kind)
            if text:
                add(text)
    while walk.open_nodes:
        walk.close()
    return walk.outline


def _hides(name: str, value: str) -> bool:
    """Whether an attribute hides its element: ``hidden``, ``aria-hidden="true"``, ``style="display: none"``."""
    if name != "style":
        return name == "hidden" or value == "true"
    style = value[:300].replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _holds_blocks(element: Any) -> bool:
    """Whether an element of the page's own making holds paragraphs (and is not one word of one)."""
    return any(_KIND.get(child.tag) == BLOCK for _, child in zip(range(8), element, strict=False))


class _Walk:
    """The block that is being read, and the open elements around it."""

    def __init__(self, max_blocks: int) -> None:
        self.outline = Outline()
        self.max_blocks = max_blocks
        self.open_nodes: list[int] = []
        self.links = self.strong = 0
        self._parts: list[str] = []
        self._size = self._linked = self._set = 0
        self._broken = False

    def open(self, tag: str, element: Any) -> None:
        """Begins a block element."""
        if self._size:
            self.flush()
        out = self.outline
        number = len(out.parent)
        if number >= MAX_NODES:
            self.open_nodes.append(self.open_nodes[-1])
            return
        names, hidden = "", False
        for name, value in element.items():
            if name in _NAMING:
                names = f"{names} {value[:120]}" if names else value[:120]
            elif name in _HIDING and _hides(name, value):
                hidden = True
        out.parent.append(self.open_nodes[-1] if self.open_nodes else -1)
        out.tags.append(tag)
        out.names.append(names)
        out.hidden.append(hidden)
        out.first.append(len(out.blocks))
        out.last.append(0)
        self.open_nodes.append(number)

    def end(self, kind: int) -> None:
        """Ends an element of this kind."""
        if kind == BLOCK:
            self.close()
        elif kind == LINK:
            self.links -= 1
        elif kind == STRONG:
            self.strong -= 1

    def close(self) -> None:
        """Ends a block element; one without a block leaves no node."""
        if self._size:
            self.flush()
        out, number = self.outline, self.open_nodes.pop()
        out.last[number] = len(out.blocks)
        if out.first[number] == len(out.blocks) and number not in self.open_nodes[-1:] and number:
            for column in (out.parent, out.tags, out.names, out.hidden, out.first, out.last):
                del column[number:]

    def add(self, text: str) -> None:
        """Words, or the white space between them."""
        if text.isspace():
            if self._size:
                self._parts.append(" ")
            return
        self._parts.append(text)
        size = len(text)
        self._size += size
        self._broken = False
        if self.links:
            self._linked += size
        if self.strong:
            self._set += size

    def line_break(self) -> None:
        """Two line breaks part paragraphs; one does after words that are a paragraph of their own."""
        if self._broken or (self._size >= PARAGRAPH and self._whole()):
            self.flush()
        elif self._size:
            self._parts.append("\n")
        self._broken = True

    def _whole(self) -> bool:
        return next((p.rstrip() for p in reversed(self._parts) if not p.isspace()), "").endswith(_SENTENCE_ENDS)

    def flush(self) -> None:
        """Ends the block that is being read."""
        if not self._size:
            return
        out, node = self.outline, self.open_nodes[-1]
        joined = "".join(self._parts)[:LONGEST]
        text = " ".join(joined.split()) if joined.isascii() else tidy(joined)
        if text and len(out.blocks) < self.max_blocks:
            share = round(min(1.0, self._linked / self._size), 3)
            path = " ".join([out.names[k] for k in self.open_nodes[-4:] if out.names[k]])
            tag = out.tags[node]
            out.blocks.append(Block(text, text, 0, 1, 0, tag == "li", tag, share, path))
            out.leaf.append(node)
            out.strong.append(round(min(1.0, self._set / self._size), 3))
        self._parts.clear()
        self._size = self._linked = self._set = 0
        self._broken = False
