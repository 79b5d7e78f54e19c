"""A page as blocks, whatever its kind: the one place where flattened text and HTML part."""

from __future__ import annotations

from firsthand.records import Page

from .blocks import Block, split_lines
from .markup import blocks_of_html, parse_html


def blocks_of(page: Page, max_blocks: int) -> list[Block]:
    """The page's blocks in reading order."""
    if page.media == "text":
        return split_lines(page.content, max_blocks)
    tree = parse_html(page.content)
    return blocks_of_html(tree, max_blocks) if tree is not None else []
