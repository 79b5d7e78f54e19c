"""The headline: what the page calls its article.

Candidates with where each was found: the input record, JSON-LD, meta tags and ``h1`` of HTML, and in flattened text the
line above the article that the page repeats, that its first line (the browser title) starts with, or that shares its
words with the article.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from html import unescape

from firsthand.records import Reason

from .blocks import Block, plain, tidy
from .cues import find_cue
from .evidence import Candidate, best
from .features import Floats
from .head import is_metadata
from .markup import Markup

_CUT = re.compile(r"\s[|–—·»:-]\s|[|»]")
LONGEST = 300
"""Characters of a headline at most."""


def title_parts(title: str) -> list[str]:
    """A browser title split at its separators ("Bridge closed | The Example Post"), the whole first."""
    parts = [p.strip() for p in _CUT.split(title) if p.strip()]
    return [title.strip(), *parts] if len(parts) > 1 else [title.strip()]


def title_hint(blocks: Sequence[Block], given: str | None) -> str:
    """The words by which a page's own title is recognised in its lines: the given headline, or the longest part of
    the first line (flattened pages mostly begin with the browser title) that stands again below, or that line."""
    if given:
        return given
    if not blocks:
        return ""
    below = {plain(b.text) for b in blocks[1:400] if len(b.text) < 400}
    for first in blocks[:3]:
        for part in title_parts(first.text[:400]):
            if len(part.split()) >= 3 and plain(part) in below:
                return part
    return blocks[0].text[:300] if len(blocks[0].text.split()) >= 4 else ""


def headline_of_text(blocks: Sequence[Block], p: Floats, given: str | None) -> tuple[str | None, tuple[Reason, ...]]:
    """The headline of a flattened page: the record's, or the best line at or above the beginning of the body."""
    candidates = [Candidate(given.strip(), "record", 1.0)] if given and given.strip() else []
    start = body_start(p)
    if start is not None:
        candidates.extend(_lines_above(blocks, start, p))
    chosen, reasons = best("headline-source", candidates[:6])
    return (chosen.value if chosen else None), reasons


def body_start(p: Floats) -> int | None:
    """The first block of the body: of the first two blocks in a row (or near) that the classifier is sure of."""
    sure = [i for i, x in enumerate(p.tolist()) if x >= 0.5]
    if not sure:
        return None
    close = [i for i, j in itertools.pairwise(sure) if j - i <= 4]
    return close[0] if close else sure[0]


def _lines_above(blocks: Sequence[Block], start: int, p: Floats) -> list[Candidate]:
    """Lines that can be the headline, best first: the rank falls with every sign that a line is one."""
    keys = [plain(b.text) for b in blocks[: start + 400]]
    counts = Counter(keys)
    body = Counter(w for i, x in enumerate(p.tolist()) if x >= 0.5 for w in set(plain(blocks[i].text[:1500]).split()))
    browser = [plain(b.text[:400]) for b in blocks[:2]]
    scored: list[tuple[float, int]] = []
    for i in range(max(0, start - 40), min(len(blocks), start + 2)):
        if (p[i] >= 0.5 or i >= start) and (blocks[i].text.rstrip()[-1] in '.!?…:"”。！？' or i + 1 >= len(blocks)):
            continue
        if not _may_be_headline(blocks[i]):
            continue
        words = [w for w in keys[i].split() if len(w) >= 4 or not w.isascii()]
        shared = sum(w in body for w in words) / max(1, len(words))
        titled = len(words) >= 3 and any(keys[i] in title for j, title in enumerate(browser) if j < i)
        score = 3.0 * shared + 1.0 * (counts[keys[i]] > 1) + 2.5 * titled - 0.05 * (start - i)
        score += (
            0.05 * min(14, len(keys[i].split()))
            + 0.3 * (5 <= len(keys[i].split()) <= 25)
            - 1.0 * blocks[i].text.rstrip().endswith(".")
        )
        score -= 2.5 * float(p[i]) * (not titled)
        score -= 1.0 * (blocks[i].bullet or (i == 0 and len(title_parts(blocks[i].text)) > 1))
        if score >= 1.6:
            scored.append((score, i))
    scored.sort(key=lambda s: (-s[0], s[1]))
    return [
        Candidate(blocks[i].text, "line above the article", round(2 + rank / 10, 1))
        for rank, (_, i) in enumerate(scored)
    ]


def _may_be_headline(block: Block) -> bool:
    text = block.text
    words = len(text.split())
    wide = not text.isascii() and sum(c > "\u2e80" for c in text) >= 8
    if len(text) > LONGEST or (words < 3 and not wide) or text.rstrip().endswith(("...", "…")):
        return False
    return not is_metadata(text) and find_cue(text) is None and any(c.isalpha() for c in text)


def headline_of_markup(
    markup: Markup, headings: Sequence[str], given: str | None
) -> tuple[str | None, tuple[Reason, ...]]:
    """The headline of an HTML page. The first ``h1`` that the page's own title or metadata repeats is what a reader
    sees, so it is trusted before what the metadata alone says (which is often written for search engines)."""
    candidates = [Candidate(given.strip(), "record", 1.0)] if given and given.strip() else []
    declared = [v for v in (_declared(markup), markup.first("og:title", "twitter:title", "dc.title", "title")) if v]
    for heading in headings:
        core = next((d for d in declared if _ends_with(heading, d)), "")
        if core:
            candidates.append(Candidate(core, "h1", 2.0, heading))
        elif any(_alike(heading, d) for d in (*declared, markup.title)):
            candidates.append(Candidate(heading, "h1", 2.0))
    candidates.extend(Candidate(v, "jsonld" if v == _declared(markup) else "meta", 3.0) for v in declared)
    candidates.extend(Candidate(h, "h1", 4.0) for h in headings[:1])
    parts = title_parts(markup.title)
    candidates.extend(Candidate(max(parts[1:] or parts, key=len), "title", 5.0) for _ in [0] if markup.title)
    chosen, reasons = best("headline-source", [_without_site(c, markup) for c in candidates if c.value])
    return (chosen.value if chosen else None), reasons


def _declared(markup: Markup) -> str:
    named = (o.get("headline") for o in markup.linked)
    return next((tidy(unescape(name)) for name in named if isinstance(name, str) and name.strip()), "")


def _ends_with(heading: str, declared: str) -> bool:
    """Whether a heading is the declared headline with a kicker before it ("Storm - Ferries stay in port today")."""
    whole, core = plain(heading), plain(declared)
    return whole != core and whole.endswith(" " + core) and len(core.split()) >= 4


def _alike(a: str, b: str) -> bool:
    first, second = set(plain(a).split()), set(plain(b).split())
    return bool(first) and len(first & second) >= 0.6 * len(first) and len(first) >= 2


def _without_site(candidate: Candidate, markup: Markup) -> Candidate:
    """The headline without the site's name at its end ("... | The Example Post")."""
    site = plain(markup.first("og:site_name"))
    parts = title_parts(candidate.value)
    if len(parts) > 2 or (len(parts) == 2 and site):
        last = parts[-1]
        if plain(last) == site and candidate.value.endswith(last):
            cut = candidate.value[: -len(last)].rstrip().rstrip("|–—·»:-").rstrip()
            if cut:
                return Candidate(cut, candidate.source, candidate.rank, candidate.words)
    return candidate
