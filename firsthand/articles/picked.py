"""The extractor library's opinion: which blocks trafilatura takes for the body (one feature of the classifier), and the
date and author that it reads from the markup (the last candidates).

Trafilatura reads the same tree; what it keeps is compared with the blocks by their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import trafilatura
from trafilatura.metadata import extract_metadata

from .blocks import Block, plain

LARGEST = 40_000
"""Elements of a page above which trafilatura is not asked (its time grows faster than the page)."""


def picked_blocks(blocks: Sequence[Block], tree: Any, url: str | None) -> list[Block]:
    """The blocks with ``picked`` set where the library keeps their words."""
    kept = _extracted(tree, url)
    if not kept:
        return list(blocks)
    lines = {plain(line) for line in kept.split("\n")}
    whole = " " + plain(kept) + " "
    return [replace(b, picked=_kept(plain(b.text), lines, whole)) for b in blocks]


def _kept(key: str, lines: set[str], whole: str) -> bool:
    return key in lines or (len(key) >= 40 and f" {key} " in whole)


def _extracted(tree: Any, url: str | None) -> str:
    if sum(1 for _ in zip(tree.iter(), range(LARGEST + 1), strict=False)) > LARGEST:
        return ""
    try:
        found = trafilatura.extract(tree, url=url, include_comments=False, include_tables=False, with_metadata=False)
    except Exception:  # the library raises what it likes on broken pages; then it has no opinion
        return ""
    return found or ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What the library reads from the markup: an author line and a day, empty where it finds none."""

    author: str = ""
    day: str = ""


def declared_by_library(tree: Any, url: str | None) -> Declared:
    """The library's author and date, without its extensive search (which invents dates from text)."""
    if sum(1 for _ in zip(tree.iter(), range(LARGEST + 1), strict=False)) > LARGEST:
        return Declared()
    try:
        found = extract_metadata(tree, default_url=url, extensive=False)
    except Exception:  # as above
        return Declared()
    return Declared(found.author or "", found.date or "") if found else Declared()
