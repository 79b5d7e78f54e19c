"""What a reader sees: a view over everything that a run found.

In: :class:`~firsthand.records.Findings`. Out: the dossier, a plain mapping of schema ``firsthand/dossier/1`` (every
field is documented in ``docs/dossier.md``), and from that alone one self-contained HTML page.

How it decides: it decides next to nothing. It joins what the stages found (a page's own credit and date with those
that it learns from the report it carries; a chain's links with the reports that they mean), ranks a story's claims
(``finding.rank_claims``) so that the finding can speak of one, and puts the claims' moments on a timeline.

Known to fail: the main claim is the one on most pages, which on a story with much background may be background; the
timeline leaves out moments that are wider than a year or before 1800; pictures stop at a number of pages and claims
that still reads, and say so (``dossier.json`` always holds everything).
"""

from __future__ import annotations

from typing import Any

from firsthand.records import Article, Findings, Page

from .collecting import collect
from .entries import page_entry
from .finding import story_finding
from .render import render_page

__all__ = ["article_entry", "compile_dossier", "render_page"]


def compile_dossier(findings: Findings) -> dict[str, Any]:
    """Everything a run found as one mapping, ready for ``json.dumps``; the same findings in any order give the same.

    Records that point at something that is not there (a statement of an unknown page) are kept as they stand: the
    dossier never fails on them, and the page leaves them out.
    """
    dossier = collect(findings)
    for story in dossier["stories"]:
        story["finding"] = story_finding(dossier, story)
    return dossier


def article_entry(page: Page, article: Article) -> dict[str, Any]:
    """One entry of ``pages[]`` for an article that is read by itself: ``report`` and ``story`` are null."""
    return page_entry(article, page, None, None)
