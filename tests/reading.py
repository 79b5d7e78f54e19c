"""Reading for the tests of pages: what came out, and what was set aside."""

from __future__ import annotations

from pathlib import Path

from firsthand.options import PageOptions
from firsthand.pages import read_pages
from firsthand.records import Page, Rejected

SMALL = PageOptions(max_page_bytes=200_000, max_tags=2_000)


def read(*paths: Path, options: PageOptions | None = None) -> tuple[list[Page], list[Rejected]]:
    items = list(read_pages([str(p) for p in paths], options))
    return [i for i in items if isinstance(i, Page)], [i for i in items if isinstance(i, Rejected)]
