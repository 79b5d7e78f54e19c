"""How the article stands on its page: its genre, whether it is whole, and its language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Literal
from urllib.parse import urlsplit

from firsthand.language.rows import rows
from firsthand.records import Genre, Reason

from .blocks import Block
from .cues import lowered
from .declared import Markup
from .verdicts import Verdict

GENRES: tuple[Genre, ...] = ("sponsored", "press_release", "live", "opinion", "analysis")
"""The order in which marks decide: what is paid for stays so, whatever else the page calls it."""

Completeness = Literal["full", "truncated", "unknown"]


@cache
def _genre_words() -> dict[str, Genre]:
    table = rows("furniture")["genre"]
    return {word: genre for genre in reversed(GENRES) for word in table[genre]}


def genre_of(
    headline: str | None, url: str | None, blocks: Sequence[Block], verdicts: Sequence[Verdict], markup: Markup | None
) -> tuple[Genre, tuple[Reason, ...]]:
    """The genre that the page states (``unknown`` where it states none), and where it says so."""
    words = _genre_words()
    found: list[tuple[Genre, str]] = []
    prefix = re.split(r"[:|]", headline, maxsplit=1)[0] if headline and re.search(r"[:|]", headline) else ""
    if lowered(prefix).strip() in words:
        found.append((words[lowered(prefix).strip()], f'the headline begins with "{prefix.strip()}"'))
    for folder in _folders(url):
        if folder in words:
            found.append((words[folder], f'the URL has the folder "{folder}"'))
    if markup:
        for kind, where in _declared(markup):
            if kind in words:
                found.append((words[kind], f'{where} says "{kind}"'))
    body = [i for i, v in enumerate(verdicts) if v.role == "body"]
    for i in range(max(0, body[0] - 6), body[0]) if body else ():
        text = lowered(blocks[i].text).strip(" :|•·")
        if verdicts[i].role != "body" and text in words and len(text) > 4:
            found.append((words[text], f'a line above the article says "{text}"'))
    reasons = tuple(Reason("genre-mark", f"{genre}: {why}", 1.0) for genre, why in found)
    return decide_genre(reasons), reasons


def decide_genre(reasons: Sequence[Reason]) -> Genre:
    """The genre that the marks name: of several the first in :data:`GENRES`."""
    named = {r.because.split(":", 1)[0] for r in reasons if r.rule == "genre-mark"}
    return next((genre for genre in GENRES if genre in named), "unknown")


def _folders(url: str | None) -> list[str]:
    if not url:
        return []
    try:
        path = urlsplit(url).path
    except ValueError:
        return []
    return [part.lower() for part in path.split("/")[:-1] if part]


def _declared(markup: Markup) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for item in markup.linked:
        kinds = item.get("@type")
        found.extend(
            (k.lower(), "JSON-LD") for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)
        )
        section = item.get("articleSection")
        found.extend(
            (s.lower(), "JSON-LD section")
            for s in (section if isinstance(section, list) else [section])
            if isinstance(s, str)
        )
    found.extend((v.lower(), "meta section") for v in markup.meta.get("article:section", ()))
    return found


def completeness_of(paragraphs: Sequence[str], after: Sequence[Verdict]) -> tuple[Completeness, tuple[Reason, ...]]:
    """Whether the text is whole. ``after`` are the verdicts of the blocks under the body's last one."""
    last = paragraphs[-1].rstrip() if paragraphs else ""
    paywall = any(v.rule == "paywall" for v in after[:5])
    ends = bool(re.search(r"[.!?。！？…)\]\"”’'»]$|[.!?]\s?[-–—]\s?\w+$", last))
    cut = last.endswith(("...", "…", "[...]", "[…]"))
    if paywall:
        reason = Reason("completeness-mark", "an offer to pay or sign in stands directly under the text", 0.0)
    elif cut and not last.endswith(("....", "”…")):
        reason = Reason("completeness-mark", f'the text ends in dots: "{last[-40:]}"', 0.0)
    elif ends and len(paragraphs) >= 2:
        reason = Reason("completeness-mark", "the text ends with a sentence", 1.0)
    elif not ends and re.search(r"[^\W\d_]$|,$", last) and len(last.split()) > 12:
        reason = Reason("completeness-mark", f'the text breaks off: "{last[-40:]}"', 0.0)
    else:
        reason = Reason("completeness-mark", "nothing tells whether the text is whole", 0.5)
    return decide_completeness((reason,)), (reason,)


def decide_completeness(reasons: Sequence[Reason]) -> Completeness:
    """``truncated`` at weight 0, ``full`` at 1, else ``unknown``; the weakest mark decides."""
    weights = [r.weight for r in reasons if r.rule == "completeness-mark"]
    lowest = min(weights, default=0.5)
    return "truncated" if lowest == 0.0 else "full" if lowest == 1.0 else "unknown"


@cache
def _tongues() -> tuple[dict[str, frozenset[str]], dict[str, re.Pattern[str]]]:
    path = resources.files("firsthand.articles") / "tongues.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {code: frozenset(text.split()) for code, text in table["words"].items()}
    scripts = {
        code: re.compile("[" + "".join(f"{chr(int(a, 16))}-{chr(int(b, 16))}" for a, b in ranges) + "]")
        for code, ranges in table["scripts"].items()
    }
    return words, scripts


def language_of(text: str, declared: str = "") -> str:
    """The text's language as a two-letter code: by script, else by its function words; ``declared`` breaks ties and
    decides where the words do not; ``und`` where nothing does. Reads the first 4,000 characters."""
    words, scripts = _tongues()
    sample = text[:4000]
    letters = sum(c.isalpha() for c in sample) if not sample.isascii() else 0
    counts = {code: len(form.findall(sample)) for code, form in scripts.items()} if letters else {"ja": 0}
    if letters and counts["ja"] > 0.05 * letters:
        return "ja"
    script = max(sorted(counts), key=lambda code: counts[code])
    if letters and counts[script] > 0.3 * letters:
        code = declared[:2].lower()
        return code if code in ("uk", "bg", "sr", "mk", "kk", "fa", "ur", "mr", "ne") and code != script else script
    tokens = re.findall(r"[^\W\d_]+", sample.lower())
    hits = {code: sum(t in known for t in tokens) for code, known in words.items()}
    top = max(sorted(hits), key=lambda code: (hits[code], code == declared[:2].lower()))
    if tokens and hits[top] >= max(2, 0.08 * len(tokens)):
        return top
    return declared[:2].lower() or ("en" if len(tokens) < 25 and hits["en"] >= 1 else "und")
