"""Furniture learnt across pages: lines that one site repeats beside different articles.

In: all pages of a collection, one at a time. Out: :class:`Furniture`, which lines are one site's. Of a page only hashes
of its lines and names are kept (some 2 kB), no text. Pages belong to a site by their URL's host or the outlet that the
record names; pages with neither belong together where they share a template (short lines that are no sentences, word
for word). Pages that share most of their prose carry one article and count once, so neither a copy nor an updated
version makes furniture of its own paragraphs; prose that stands on several sites is copy. Articles that share a good
part of their names report on one subject: a paragraph that only they share may be background to a running story.
Known to fail: a site all of whose pages in the collection report on one subject teaches nothing about its prose.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from zlib import crc32

from firsthand.newsrooms import hostname, newsroom_key
from firsthand.records import Page

from .blocks import Block
from .reading import blocks_of

PROSE = 80
"""Characters from which a repeated line counts as prose, which needs more evidence."""
SAME_ARTICLE = 0.5
"""The share of the smaller page's prose from which on two pages of a site carry one article."""
SAME_SUBJECT = 0.25
"""The share of the smaller article's names from which on two articles report on one subject (allsides_fulltext, US
politics only: 90 % of pairs within a story lie above, 83 % of pairs of different stories below)."""
TEMPLATE_LINES = 4
"""Short lines that two pages without a site must share to be taken for one template's, and ..."""
TEMPLATE_SHARE = 0.15
"""... the share of the smaller page's such lines (flat_news without its addresses: 144 of 174 pairs of one site found;
the 206 other pairs joined are sister papers under one template)."""
MAX_LINES = 3000
"""Lines of one page that are learnt from."""
MAX_HOLDERS = 50
"""Pages among which a line is looked for; a line on more pages of a site is surely no article's."""
MAX_SUBJECTS = 8
"""Articles of a line that are compared for their subjects."""

_NAME = re.compile(r"(?<=[^\W\d_,;] )(?:[A-ZÀ-ÞΑ-ΩА-Я][^\W\d_]{3,})")
_UNCASED = re.compile(r"[\u0590-\u0e7f]{5,}|[\u3040-\ud7af]{3}")
_SENTENCE = (".", "!", "?", '"', "”", "’", "»", "。", "！", "？", "」", ":", ",", ";", "؟", "।")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Beside how many different ``articles`` a site repeats a line, on how many ``subjects`` (at most
    :data:`MAX_SUBJECTS`), and how many articles ``of`` the site the collection holds."""

    articles: int
    subjects: int
    of: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """``lines``: for each site the repeated lines' hashes with their evidence. ``sites``: the site of each page."""

    lines: Mapping[str, Mapping[int, Evidence]] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)

    def site(self, page: str) -> str:
        """The site that a page was counted under; empty where unknown."""
        return self.sites.get(page, "")

    def of_page(self, page: str) -> Mapping[int, Evidence]:
        """The repeated lines of a page's site (see :func:`line_hash`)."""
        return self.lines.get(self.sites.get(page, ""), {})

    def part(self, page: str) -> Furniture:
        """All that a page can be told: what its own site repeats, in order; a page's article depends on no more."""
        site = self.sites.get(page)
        if site is None:
            return Furniture()
        return Furniture({site: dict(sorted(self.lines.get(site, {}).items()))}, {page: site})

    def articles(self, page: str, line: str) -> int:
        """Beside how many different articles the page's site repeats this line; 0 where it is not furniture."""
        found = self.of_page(page).get(line_hash(line))
        return found.articles if found else 0


def line_hash(text: str) -> int:
    """64 bits of a line's beginning in lower case, the same on every machine and run."""
    return int.from_bytes(blake2b(text[:400].lower().encode("utf-8", "replace"), digest_size=8).digest(), "big")


def site_name(page: Page) -> str:
    """The site that a page says it belongs to: its host, else its outlet; empty where it says neither."""
    if page.url and (host := hostname(page.url).removeprefix("www.")):
        return host
    return newsroom_key(page.given_outlet) if page.given_outlet else ""


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What is kept of a page, as sorted hashes: ``lines`` all its lines, ``prose`` those of prose with their lengths,
    ``template`` short lines that are no sentences, ``names`` the names in its prose."""

    lines: tuple[int, ...]
    prose: tuple[tuple[int, int], ...]
    template: tuple[int, ...]
    names: tuple[int, ...]


def _sketch(blocks: Sequence[Block]) -> _Sketch:
    prose: dict[int, int] = {}
    lines: set[int] = set()
    template: set[int] = set()
    names: set[int] = set()
    for block in blocks:
        text = block.text
        key = line_hash(text)
        lines.add(key)
        if len(text) >= PROSE or (not text.isascii() and _is_wide_prose(text)):
            prose[key] = min(len(text), 400)
            found = _NAME.findall(text[:2000]) or _UNCASED.findall(text[:2000])
            names.update(crc32(name.encode("utf-8", "replace")) for name in found)
        elif " " in text and not text.endswith(_SENTENCE):
            template.add(key)
    return _Sketch(tuple(sorted(lines)), tuple(sorted(prose.items())), tuple(sorted(template)), tuple(sorted(names)))


def _is_wide_prose(text: str) -> bool:
    return len(text) >= PROSE // 2 and sum(c >= "\u2e80" for c in text) > 0.5 * len(text)


def learn_lines(pages: Iterable[Page], max_blocks: int) -> Furniture:
    """The furniture of every site that a collection holds different articles of."""
    known: dict[str, _Sketch] = {}
    site_of: dict[str, str] = {}
    for page in pages:
        known[page.id] = _sketch(blocks_of(page, min(max_blocks, MAX_LINES)))
        site_of[page.id] = site_name(page)
    _name_templates(known, site_of)
    members: dict[str, list[str]] = defaultdict(list)
    for page_id in sorted(known):
        members[site_of[page_id]].append(page_id)
    shared = _prose_of_several_sites(members, known)
    lines: dict[str, dict[int, Evidence]] = {}
    for site in sorted(members):
        found = _repeated(members[site], known, shared) if len(members[site]) > 1 else {}
        if found:
            lines[site] = found
    return Furniture(lines, {page: site_of[page] for page in sorted(site_of) if site_of[page] in lines})


def _prose_of_several_sites(members: Mapping[str, Sequence[str]], known: Mapping[str, _Sketch]) -> set[int]:
    once: set[int] = set()
    again: set[int] = set()
    for pages in members.values():
        mine = {key for page in pages for key, _ in known[page].prose}
        again |= mine & once
        once |= mine
    return again


def _repeated(pages: Sequence[str], known: Mapping[str, _Sketch], shared: set[int]) -> dict[int, Evidence]:
    """The lines that stand beside two different articles and more."""
    article = _articles(pages, known)
    beside: dict[int, dict[str, None]] = defaultdict(dict)
    for page in pages:
        for key in known[page].lines:
            beside[key].setdefault(article[page])
    total = len(set(article.values()))
    names = {page: frozenset(known[page].names) for page in pages}
    same: dict[tuple[str, str], bool] = {}
    found: dict[int, Evidence] = {}
    for key in sorted(key for key, articles in beside.items() if len(articles) > 1 and key not in shared):
        articles = list(beside[key])
        apart: list[str] = []
        for one in articles[: 4 * MAX_SUBJECTS]:
            if len(apart) < MAX_SUBJECTS and not any(_one_subject(other, one, names, same) for other in apart):
                apart.append(one)
        found[key] = Evidence(len(articles), len(apart), total)
    return found


def _one_subject(a: str, b: str, names: Mapping[str, frozenset[int]], same: dict[tuple[str, str], bool]) -> bool:
    if (a, b) not in same:
        fewest = min(len(names[a]), len(names[b]))
        same[a, b] = fewest > 0 and len(names[a] & names[b]) >= SAME_SUBJECT * fewest
    return same[a, b]


def _articles(pages: Sequence[str], known: Mapping[str, _Sketch]) -> dict[str, str]:
    """For each page the first page that carries the same article (pages that share most of their prose)."""
    first: dict[str, str] = {page: page for page in pages}
    holders: dict[int, list[str]] = defaultdict(list)
    size = {page: sum(n for _, n in known[page].prose) for page in pages}
    for page in pages:
        common: Counter[str] = Counter()
        for key, length in known[page].prose:
            for other in holders[key][:MAX_HOLDERS]:
                common[other] += length
            holders[key].append(page)
        same = [o for o, n in common.items() if n >= SAME_ARTICLE * max(1, min(size[o], size[page]))]
        if same:
            first[page] = min(first[o] for o in same)
    return first


def _name_templates(known: Mapping[str, _Sketch], site_of: dict[str, str]) -> None:
    """Pages without a site that share a template get the first such page's id for a site."""
    nameless = sorted(page for page in known if not site_of[page])
    holders: dict[int, list[str]] = defaultdict(list)
    for page in nameless:
        common: Counter[str] = Counter()
        for key in known[page].template:
            common.update(holders[key][:MAX_HOLDERS])
            holders[key].append(page)
        fewest = {o: min(len(known[o].template), len(known[page].template)) for o in common}
        near = sorted(o for o, n in common.items() if n >= max(TEMPLATE_LINES, TEMPLATE_SHARE * fewest[o]))
        site_of[page] = site_of[near[0]] if near else f"template {page}"
