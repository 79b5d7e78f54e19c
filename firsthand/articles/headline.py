"""The headline: what the page calls its article.

Candidates with where each was found: the input record, JSON-LD, meta tags and ``h1`` of HTML, and in flattened text the
line above the article that the page repeats, that its first line (the browser title) starts with, or that shares its
words with the article.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from html import unescape

from firsthand.language.rows import rows
from firsthand.records import Reason

from .blocks import Block, key_words, plain, tidy
from .cues import find_cue
from .declared import Markup
from .evidence import Candidate, best
from .features import Floats
from .head import is_metadata
from .people import after_lead, is_person, split_names

_CUT = re.compile(r"\s[|–—·»:-]\s|[|»]")
_EASTERN = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_FIGURE = re.compile(r"\d")
_MENU = re.compile(r"\s[|>»›·•/]\s")
_CAPTION = re.compile(
    r"\b(?:photos?|foto|fotos|legende|bildlegende|images?|pictures?|credits?|bild|bilder|caption)\s?[:©]|\([A-ZÀ-Þ][^()/]{0,40}/[^()]{1,40}\)\s*$",
    re.IGNORECASE,
)
_STOPS = ('.!?…:"”。！？', ".…:。")
"""Ends of lines that are no headline: among the paragraphs, and above the first of them."""
LONGEST = 300
"""Characters of a headline at most."""
STEM = 6
"""Letters by which a headline's word is found in the article."""
PARAGRAPHS = 10
"""Paragraphs in which the headline's words are looked for."""
OPENING = 500
"""Characters of each of them that are read."""
SHOWN = 2
"""Lines of a flattened page that are shown as candidates: the headline and the next best."""
NEAR = 16
"""Lines above the article among which a date or a byline marks the headline above it."""
ABOVE = 40
"""Lines above the article among which the headline is looked for."""


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
    below = [b.text for b in blocks[1:400]]
    for first in blocks[:3]:
        for part in title_parts(first.text[:400]):
            if len(part.split()) >= 3 and _stands_below(below, part):
                return part
    return blocks[0].text[:300] if len(blocks[0].text.split()) >= 4 else ""


def _stands_below(lines: Sequence[str], part: str) -> bool:
    """Whether one of the lines is these words; only those of about their length are looked at, and of these the ones
    that may begin alike."""
    key, size = plain(part), len(part)
    least, most, first = size - 8, size + 8, key[:1]
    alike = [
        line
        for line in lines
        if least <= len(line) <= most and ((c := line[:1]).lower() == first or not c.isalnum() or not c.isascii())
    ]
    return any(plain(line) == key for line in alike)


def headline_of_text(blocks: Sequence[Block], p: Floats, given: str | None) -> tuple[str | None, tuple[Reason, ...]]:
    """The headline of a flattened page: the record's, or the best line at or above the beginning of the body."""
    candidates = [Candidate(given.strip(), "record", 1.0)] if given and given.strip() else []
    sure = (p >= 0.5).nonzero()[0].tolist()
    if sure:
        candidates.extend(_lines_above(blocks, _start(blocks, sure), p, sure))
    chosen, reasons = best("headline-source", candidates[:6])
    return (chosen.value if chosen else None), reasons


def _start(blocks: Sequence[Block], sure: Sequence[int]) -> int:
    start = next((i for i, j in itertools.pairwise(sure) if j - i <= 4), sure[0])
    near = sure[sure.index(start) :][:4]
    return next((i for i in near if i <= start + 3 and _is_prose(blocks[i].text)), start)


def _is_prose(text: str) -> bool:
    return len(text) >= 100 or (len(text.split()) >= 8 and text.rstrip()[-1:] in '.…"”。')


def _lines_above(blocks: Sequence[Block], start: int, p: Floats, sure: Sequence[int]) -> list[Candidate]:
    """Lines that can be the headline, best first: the rank falls with every sign that a line is one. What is costly is
    asked only of lines that the cheap signs leave in the running."""
    told, opening = _words_of_body(blocks, [i for i in sure if start <= i < start + 60])
    by_size: dict[int, list[str]] = {}
    for block in blocks[: start + 400]:
        by_size.setdefault(len(block.text), []).append(block.text)
    browser = [plain(b.text[:400]) for b in blocks[:2]]
    stopwords = _stopwords()
    scored: list[tuple[float, int, bool]] = []
    near: list[int] = []
    dated = len(blocks) + NEAR  # none yet
    first = browser[0] if browser else ""
    doubts = p[: start + 2].tolist()
    lines = range(max(0, start - ABOVE), min(len(blocks), start + 2))
    for i in [*reversed(lines), *_far_lines(blocks, start - ABOVE, first)]:
        text, doubt = blocks[i].text, doubts[i]
        if (doubt >= 0.5 or i >= start) and (text.rstrip()[-1] in _STOPS[i < start] or i + 1 >= len(blocks)):
            continue
        if not _looks_like_headline(blocks[i]):
            dated = i if start - NEAR <= i < start and _is_dated(text) else dated
            continue
        tokens = key_words(text)
        key = " ".join(tokens)
        tokens = tokens if text.isascii() else _in_pairs(tokens)
        count = len(tokens)
        words = {w for w in tokens if len(w) >= 4 or not w.isascii()} - stopwords
        stems = [w[:STEM] for w in words]
        shared = sum([w in told for w in stems]) / max(1, len(words))
        opened = sum([w in opening for w in stems]) / max(1, len(words))
        titled = len(words) >= 2 and count >= 3 and any(key in t for t in browser[:i])
        score = 2.4 * shared + 0.8 * opened + 2.5 * titled - 0.05 * min(ABOVE, start - i)
        score += 0.05 * min(14, count) + 0.3 * (5 <= count <= 25) - 1.0 * text.rstrip().endswith(".")
        score -= (2.5 if i >= start else 1.2) * doubt * (not titled)
        score -= 1.0 * (blocks[i].bullet or (i == 0 and len(title_parts(text)) > 1))
        score += 0.6 * (dated - i <= 4)
        score += 1.0 * (score > -0.41 and _stands_twice(by_size[len(text)], text))
        if score >= 0.6 and start - NEAR <= i < start and _is_dated(text):
            dated = i
        elif score >= 1.6:
            scored.append((score, i, titled))
        elif i < start and score >= 0.6 and shared and count >= 4:
            near.append(i)
    scored.sort(key=lambda s: (-s[0], s[1]))
    likely = itertools.islice(
        (blocks[i].text for _, i, titled in scored if _may_be_headline(blocks[i].text, titled)), SHOWN
    )
    found = [Candidate(text, "line above the article", round(2 + n / 10, 1)) for n, text in enumerate(likely)]
    nearest = next((blocks[i].text for i in near if _may_be_headline(blocks[i].text)), "") if not found else ""
    if nearest:
        found.append(Candidate(nearest, "nearest line above the article that shares its words", 3.0))
    return found


def _far_lines(blocks: Sequence[Block], end: int, title: str) -> list[int]:
    """The first four lines between the page's top and the lines above the article that begin with words of its first
    line. Most are told apart by their first letters."""
    found: list[int] = []
    for i in range(2, end):
        text = blocks[i].text
        begin = text[:4]
        if begin.isalnum() and begin.isascii() and begin.lower() not in title:
            continue
        if len(text) >= 20 and plain(text[:20]) in title:
            found.append(i)
            if len(found) == 4:
                break
    return found


def _stands_twice(alike: Sequence[str], text: str) -> bool:
    """Whether two of the lines of the same length are these words."""
    key = text.lower()
    return len(alike) > 1 and sum([line.lower() == key for line in alike]) > 1


def _words_of_body(blocks: Sequence[Block], body: Sequence[int]) -> tuple[set[str], set[str]]:
    """The stems of the words of the body's first paragraphs, and of the first three alone."""
    opening: set[str] = set()
    told: set[str] = set()
    for n, i in enumerate(body[:PARAGRAPHS]):
        text = blocks[i].text[:OPENING]
        tokens = key_words(text) if text.isascii() else _in_pairs(key_words(text))
        told.update([w[:STEM] for w in tokens])
        if n == 2:
            opening = set(told)
    return told, opening or told


def _in_pairs(words: list[str]) -> list[str]:
    """Words of Han, kana and Hangul (which no blank parts, or which carry endings) as their pairs of characters."""
    if not _EASTERN.search("".join(words)):
        return words
    pairs: list[str] = []
    for word in words:
        pairs.extend([word[i : i + 2] for i in range(len(word) - 1)] if word[0] >= "\u3040" else [word])
    return pairs


def _is_dated(text: str) -> bool:
    """Whether a line is one of those that say who or when; only lines with a figure or "by" are looked at."""
    return (
        len(text) <= 160
        and (_FIGURE.search(text) is not None or after_lead(text) is not None)
        and is_metadata(text) != ""
    )


def _looks_like_headline(block: Block) -> bool:
    """The cheap half of what a headline must be: its length, its end, its marks."""
    text = block.text
    if len(text) > LONGEST:
        return False
    if text.count(" ") < 2 and len(text.split()) < 3:
        wide = not text.isascii() and sum(c > "\u2e80" for c in text[:80]) >= 8
        if not wide:
            return False
    if text.rstrip().endswith(("...", "…")) or "   " in block.raw or (text[0] == "(" and text[-1] == ")"):
        return False
    if (not text.isascii() or "|" in text or ">" in text or "/" in text) and len(_MENU.findall(text)) >= 2:
        return False
    return not (("(" in text or ":" in text or "©" in text) and _CAPTION.search(text))


def _may_be_headline(text: str, titled: bool = False) -> bool:
    """The costly half: it is no line of names, of dates, of furniture; ``titled``: the page's first line has it, so
    that "Von Norring bis Ister" is no byline."""
    if titled:
        return find_cue(text) is None
    words = text.split() if text.count(" ") <= 7 else []
    if words and sum(w[0].islower() for w in words) <= 2 and all(is_person(name) for name in split_names(text)):
        return False
    return not is_metadata(text) and find_cue(text) is None and any(c.isalpha() for c in text)


def headline_of_markup(
    markup: Markup, headings: Sequence[str], given: str | None, url: str | None = None
) -> tuple[str | None, tuple[Reason, ...]]:
    """The headline of an HTML page: what it shows as a heading, unless its declarations agree on another.

    Every wording is a candidate, and the sources that give it speak for it: the heading of the first rank most, then
    the title for other sites, the title in JSON-LD, the browser's title. Titles written for search engines and for
    social networks differ from the shown one and mostly from each other; where they agree, the heading has been cut or
    stands under a kicker of its own.
    """
    if given and given.strip():
        chosen, reasons = best("headline-source", [Candidate(given.strip(), "record", 1.0)])
        return (chosen.value if chosen else None), reasons
    sites = _site_names(markup, url or "")
    told = [(kind, _without_site(value, sites)) for kind, value in _declared(markup)]
    tails = _TAIL.split(markup.title)[1:]
    repeated = Counter(map(plain, markup.headings))
    once = [h for h in (*headings, *markup.headings) if len(h) <= LONGEST and repeated[plain(h)] < 3]
    headings = once[:12] or headings
    shown = _shown(headings, [value for _, value in told], [*sites, *(plain(t).replace(" ", "") for t in tails[-1:])])
    if shown:
        told.insert(0, ("h1", shown))
    wordings: dict[str, list[tuple[str, str]]] = {}
    for kind, value in told:
        wording = (_beginning(value, wordings) if wordings else _bare(value)) if kind == "title" else value
        if wording:
            wordings.setdefault(plain(wording), []).append((kind, wording))
    candidates = [
        Candidate(sources[0][1], "+".join(kind for kind, _ in sources), _rank([kind for kind, _ in sources]))
        for sources in wordings.values()
    ]
    chosen, reasons = best("headline-source", candidates)
    return (chosen.value if chosen else None), reasons


_VOTES = {"h1": 2.2, "jsonld": 2.0, "meta": 1.0, "twitter": 0.2, "title": 0.9}
"""How far each source speaks for its wording. Against any one of them the heading decides; where JSON-LD and a second
declaration agree on other words than a heading that nothing else repeats, they were right on 11 of 12 pages, without
JSON-LD on 2 of 10 (fundus_parsers and mercury)."""


def _beginning(title: str, wordings: Mapping[str, object]) -> str:
    """The beginning of a browser title that is one of the wordings (sections follow it), or all of it."""
    for mark in [m for m in _TAIL.finditer(title) if m.start()][:4]:
        if plain(title[: mark.start()]) in wordings:
            return title[: mark.start()]
    return title


def _bare(title: str) -> str:
    """A browser title that nothing else confirms, without the short part at its end, which is the site's or a
    section's name more often than not."""
    marks = [m for m in _TAIL.finditer(title) if m.start()]
    while marks:
        mark = marks.pop()
        head, tail = title[: mark.start()], title[mark.end() :]
        if len(tail.split()) > 4 or len(tail) > 40 or len(head) < 1.5 * len(tail):
            break
        title = head
    return title


def _rank(kinds: Sequence[str]) -> float:
    """The rank of a wording, smaller the more of its sources speak for it; the record's own headline has rank 1."""
    return round(8.0 - sum(_VOTES[kind] for kind in kinds), 2)


def _declared(markup: Markup) -> list[tuple[str, str]]:
    """The titles that the markup declares, with where."""
    named = (o.get("headline") for o in markup.linked)
    linked = next((tidy(unescape(name)) for name in named if isinstance(name, str) and name.strip()), "")
    return [
        ("meta", unescape(markup.first("og:title", "dc.title", "title"))),
        ("twitter", unescape(markup.first("twitter:title"))),
        ("jsonld", linked),
        ("title", markup.title),
    ]


def _site_names(markup: Markup, url: str) -> list[str]:
    """Keys of the names that the site gives itself, its host's main label among them."""
    names = [*markup.meta.get("og:site_name", ()), *markup.meta.get("application-name", ())]
    for item in markup.linked[:20]:
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            names.append(publisher["name"])
    host = (markup.canonical or url).split("://")[-1].split("/")[0].removeprefix("www.")
    label = host.split(".")[0] if "." in host else ""
    keys = [plain(n).replace(" ", "") for n in (*names, label, host)]
    return [k for k in dict.fromkeys(keys) if len(k) >= 2]


def _is_site(text: str, sites: Sequence[str]) -> bool:
    """Whether a heading or a part of a title is the site's name rather than the article's."""
    key = plain(text).replace(" ", "").removeprefix("the")
    if not key or len(text.split()) > 5:
        return False
    return any(key == s.removeprefix("the") or (len(s) >= 4 and key.startswith(s.removeprefix("the"))) for s in sites)


def _shown(headings: Sequence[str], declared: Sequence[str], sites: Sequence[str]) -> str:
    """The heading that is the article's: of those that share words with a declared title the one that shares most,
    or the first that is not the site's name; without the kicker before it that the titles for other sites (the first
    two ``declared``) leave out."""
    keys = [plain(h) for h in headings]
    titles = [plain(d) for d in declared if d]
    own = [
        (key, h) for key, h in zip(keys, headings, strict=True)
        if key and not _is_site(h, sites)
    ]  # fmt: skip
    if not own:
        return ""
    scored = [(max((_shared(key, t) for t in titles), default=0.0), -i) for i, (key, _) in enumerate(own)]
    best_score, at = max(scored)
    if best_score < 0.3 and len(own) > 1 and titles:
        at = 0
    heading = own[-at][1]
    core = next((d for d in declared[:2] if _ends_with(heading, d)), "")
    return core or next((c for d in declared[:2] if (c := _under_two_kickers(heading, d))), heading)


def _shared(a: str, b: str) -> float:
    """The share of common words (of characters, where there are no blanks) of two keys in both together."""
    first, second = (set(k.split()) if " " in k else set(k) for k in (a, b))
    return len(first & second) / max(1, len(first | second))


def _ends_with(heading: str, declared: str) -> bool:
    """Whether a heading is the declared headline with a kicker before it ("Storm - Ferries stay in port today")."""
    whole, core = plain(heading), plain(declared)
    return whole != core and whole.endswith(" " + core) and len(core.split()) >= 4


def _under_two_kickers(heading: str, declared: str) -> str:
    """What a heading and a declared title end with, where each has a kicker of its own before it; else empty."""
    parts, others = _KICKER.split(heading), _KICKER.split(declared)
    if min(len(parts), len(others)) != 2 or plain(parts[0]) == plain(others[0]):
        return ""
    return parts[1].strip() if plain(parts[1]) == plain(others[1]) and len(parts[1].split()) >= 4 else ""


_KICKER = re.compile(r":\s|\s[–—-]\s")
_TAIL = re.compile(r"\s*(?:[|｜ㅣ»_]|(?<=\s)[–—·:-](?=\s)|-{1,2}(?=[^\sA-Za-z0-9])|[:：](?=[^\s]))\s*")


def _without_site(title: str, sites: Sequence[str]) -> str:
    """The title without the site's name at its end ("... | The Example Post"), and without the name of a section that
    then stands there in a script without blanks."""
    marks = list(_TAIL.finditer(title))[-4:]
    if not marks:
        return title
    cut = None
    for mark in reversed(marks):
        tail = title[mark.end() :]
        if mark.start() and _is_site(tail, sites):
            cut = mark.start()
            break
    if cut is None:
        return title
    kept = title[:cut].strip()
    marks = [m for m in marks if m.start() < cut]
    if marks and kept and kept[-1] > "\u2e80" and 0 < len(kept) - marks[-1].end() <= 4 and marks[-1].start():
        kept = kept[: marks[-1].start()].strip()
    return kept or title
