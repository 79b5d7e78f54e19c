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
from functools import cache
from html import unescape

from firsthand.language.rows import rows
from firsthand.records import Reason

from .blocks import Block, plain, tidy
from .cues import find_cue
from .declared import Markup
from .evidence import Candidate, best
from .features import Floats
from .head import is_metadata
from .people import is_person, split_names

_CUT = re.compile(r"\s[|–—·»:-]\s|[|»]")
_MENU = re.compile(r"\s[|>»›·•/]\s")
_CAPTION = re.compile(r"\b(?:photos?|foto|fotos|images?|pictures?|credits?|bild|bilder|caption)\s?[:©]", re.IGNORECASE)
_STOPS = ('.!?…:"”。！？', ".…:。")
"""Ends of lines that are no headline: among the paragraphs, and above the first of them."""
LONGEST = 300
"""Characters of a headline at most."""
STEM = 6
"""Letters by which a headline's word is found in the article."""


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(rows("stopwords")["words"])


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
    start = body_start(blocks, p)
    if start is not None:
        candidates.extend(_lines_above(blocks, start, p))
    chosen, reasons = best("headline-source", candidates[:6])
    return (chosen.value if chosen else None), reasons


def body_start(blocks: Sequence[Block], p: Floats) -> int | None:
    """The first paragraph of the body: of the first two blocks in a row (or near) that the classifier is sure of, the
    first that is written in whole sentences."""
    sure = [i for i, x in enumerate(p.tolist()) if x >= 0.5]
    if not sure:
        return None
    close = [i for i, j in itertools.pairwise(sure) if j - i <= 4]
    start = close[0] if close else sure[0]
    prose = [i for i in sure if start <= i <= start + 3 and _is_prose(blocks[i].text)]
    return prose[0] if prose else start


def _is_prose(text: str) -> bool:
    return len(text) >= 100 or (len(text.split()) >= 8 and text.rstrip()[-1:] in '.…"”。')


def _lines_above(blocks: Sequence[Block], start: int, p: Floats) -> list[Candidate]:
    """Lines that can be the headline, best first: the rank falls with every sign that a line is one."""
    keys = [plain(b.text) for b in blocks[: start + 400]]
    counts = Counter(keys)
    told, opening = _words_of_body(blocks, start, p)
    browser = [plain(b.text[:400]) for b in blocks[:2]]
    scored: list[tuple[float, int]] = []
    nearest: int | None = None
    dated = 99
    for i in reversed(range(max(0, start - 40), min(len(blocks), start + 2))):
        if (p[i] >= 0.5 or i >= start) and (blocks[i].text.rstrip()[-1] in _STOPS[i < start] or i + 1 >= len(blocks)):
            continue
        if not _may_be_headline(blocks[i]):
            dated = i if i < start and is_metadata(blocks[i].text) else dated
            continue
        words = {w for w in keys[i].split() if len(w) >= 4 or not w.isascii()} - _stopwords()
        shared = sum(w[:STEM] in told for w in words) / max(1, len(words))
        opened = sum(w[:STEM] in opening for w in words) / max(1, len(words))
        count = len(keys[i].split())
        titled = len(words) >= 2 and count >= 3 and any(keys[i] in t for j, t in enumerate(browser) if j < i)
        score = 2.4 * shared + 0.8 * opened + 1.0 * (counts[keys[i]] > 1) + 2.5 * titled - 0.05 * (start - i)
        score += 0.05 * min(14, count) + 0.3 * (5 <= count <= 25) - 1.0 * blocks[i].text.rstrip().endswith(".")
        score += 0.6 * (dated - i <= 4)
        score -= (2.5 if i >= start else 1.2) * float(p[i]) * (not titled)
        score -= 1.0 * (blocks[i].bullet or (i == 0 and len(title_parts(blocks[i].text)) > 1))
        if score >= 1.6:
            scored.append((score, i))
        elif nearest is None and i < start and score >= 0.6 and shared and count >= 4:
            nearest = i
    scored.sort(key=lambda s: (-s[0], s[1]))
    if not scored and nearest is not None:
        return [Candidate(blocks[nearest].text, "nearest line above the article that shares its words", 3.0)]
    return [
        Candidate(blocks[i].text, "line above the article", round(2 + rank / 10, 1))
        for rank, (_, i) in enumerate(scored)
    ]


def _words_of_body(blocks: Sequence[Block], start: int, p: Floats) -> tuple[set[str], set[str]]:
    """The stems of the body's words, and of those of its first three paragraphs."""
    body = [i for i, x in enumerate(p.tolist()) if x >= 0.5 and i >= start]
    stems = [{w[:STEM] for w in plain(blocks[i].text[:1500]).split()} for i in body]
    return set().union(*stems), set().union(*stems[:3])


def _may_be_headline(block: Block) -> bool:
    text = block.text
    words = len(text.split())
    wide = not text.isascii() and sum(c > "\u2e80" for c in text) >= 8
    if len(text) > LONGEST or (words < 3 and not wide) or text.rstrip().endswith(("...", "…")):
        return False
    if len(_MENU.findall(text)) >= 2 or _CAPTION.search(text) or "   " in block.raw:
        return False
    if words <= 8 and all(is_person(name) for name in split_names(text)):
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
