"""Furniture learnt across pages: lines that one site repeats beside different articles.

In: all pages of a collection. Out: :class:`Furniture`, which lines are one site's furniture. Pages belong to a site by
their URL's host or the outlet that the record names; pages with neither belong together where they share a template
(several short lines word for word). Pages that share most of their prose carry one article and count once, so a wire
story never becomes furniture however many pages carry it; prose that stands on several sites is copy, not furniture.
Known to fail: a site with fewer than three different articles in the collection teaches nothing about its prose.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from firsthand.newsrooms import newsroom_key
from firsthand.records import Page

from .blocks import plain
from .reading import blocks_of

PROSE = 80
"""Characters (of a line's key) from which a repeated line counts as prose, which needs more evidence."""
SAME_ARTICLE = 0.5
"""The share of the smaller page's prose above which two pages of a site carry one article."""
TEMPLATE_LINES = 4
"""Short lines of three words or more that two pages without a site must share to be taken for one template's."""
MAX_LINES = 3000
"""Lines of one page that are learnt from."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """``lines`` are sorted ``(site, key, articles)``: a line's key (see ``blocks.plain``) is furniture on that site,
    seen beside so many different articles. ``sites`` are sorted ``(page id, site)``."""

    lines: tuple[tuple[str, str, int], ...] = ()
    sites: tuple[tuple[str, str], ...] = ()

    def site(self, page: str) -> str:
        """The site that a page was counted under; empty where unknown."""
        at = bisect_left(self.sites, (page, ""))
        return self.sites[at][1] if at < len(self.sites) and self.sites[at][0] == page else ""

    def articles(self, page: str, line: str) -> int:
        """Beside how many different articles the page's site repeats this line; 0 where it is not furniture."""
        site, key = self.site(page), plain(line[:600])
        at = bisect_left(self.lines, (site, key, 0))
        found = self.lines[at] if site and at < len(self.lines) else ("", "", 0)
        return found[2] if found[:2] == (site, key) else 0


def site_name(page: Page) -> str:
    """The site that a page says it belongs to: its host, else its outlet; empty where it says neither."""
    if page.url:
        try:
            host = urlsplit(page.url if "//" in page.url else "//" + page.url).hostname or ""
        except ValueError:
            host = ""
        if host:
            return host.removeprefix("www.")
    return newsroom_key(page.given_outlet) if page.given_outlet else ""


def learn_lines(pages: Iterable[Page], max_blocks: int) -> Furniture:
    """The furniture of every site that a collection holds enough different articles of."""
    known: dict[str, list[str]] = {}
    site_of: dict[str, str] = {}
    for page in pages:
        keys = [plain(b.text[:600]) for b in blocks_of(page, min(max_blocks, MAX_LINES))]
        known[page.id] = sorted({k for k in keys if k})
        site_of[page.id] = site_name(page)
    _name_templates(known, site_of)
    members: dict[str, list[str]] = defaultdict(list)
    for page_id in sorted(known):
        if site_of[page_id]:
            members[site_of[page_id]].append(page_id)
    shared = _prose_of_several_sites(members, known)
    lines: list[tuple[str, str, int]] = []
    for site in sorted(members):
        lines.extend((site, key, n) for key, n in _repeated(members[site], known) if key not in shared)
    return Furniture(tuple(sorted(lines)), tuple(sorted((p, s) for p, s in site_of.items() if s)))


def _prose_of_several_sites(members: dict[str, list[str]], known: dict[str, list[str]]) -> set[str]:
    seen: Counter[str] = Counter()
    for pages in members.values():
        seen.update({k for page in pages for k in known[page] if len(k) >= PROSE})
    return {key for key, count in seen.items() if count > 1}


def _repeated(pages: Sequence[str], known: dict[str, list[str]]) -> list[tuple[str, int]]:
    """The lines that stand beside at least three different articles (two, where they are short)."""
    if len(pages) < 2:
        return []
    article = _articles(pages, known)
    beside: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for key in known[page]:
            beside[key].add(article[page])
    return [(k, len(a)) for k, a in sorted(beside.items()) if len(a) >= (3 if len(k) >= PROSE else 2)]


def _articles(pages: Sequence[str], known: dict[str, list[str]]) -> dict[str, str]:
    """For each page the first page that carries the same article (pages that share most of their prose)."""
    first: dict[str, str] = {page: page for page in pages}
    holders: dict[str, list[str]] = defaultdict(list)
    size: dict[str, int] = {}
    for page in pages:
        prose = [k for k in known[page] if len(k) >= PROSE]
        size[page] = sum(map(len, prose))
        common: Counter[str] = Counter()
        for key in prose:
            for other in holders[key][:50]:
                common[other] += len(key)
            holders[key].append(page)
        same = [o for o, n in common.items() if n >= SAME_ARTICLE * max(1, min(size[o], size[page]))]
        if same:
            first[page] = min(first[o] for o in same)
    return first


def _name_templates(known: dict[str, list[str]], site_of: dict[str, str]) -> None:
    """Pages without a site that share short lines word for word get the first such page's id for a site."""
    nameless = sorted(page for page in known if not site_of[page])
    holders: dict[str, list[str]] = defaultdict(list)
    for page in nameless:
        common: Counter[str] = Counter()
        for key in known[page]:
            if len(key) < PROSE and key.count(" ") >= 2:
                for other in holders[key][:50]:
                    common[other] += 1
                holders[key].append(page)
        near = sorted(o for o, n in common.items() if n >= TEMPLATE_LINES)
        site_of[page] = site_of[near[0]] if near else f"template {page}"
