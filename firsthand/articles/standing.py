"""How the article stands on its page: its genre, and whether it is whole. (Its language: ``tongue.py``.)

Both are only what the page says: a label, an address, a declared type; an offer to read on, dots, a sentence that
breaks off. The words are rows of ``language/mul/genres.toml``. Known to fail: a label that is only a colour or a logo;
a text that a site cuts off at the end of a sentence without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from firsthand.language.rows import rows
from firsthand.records import Genre, Reason

from .blocks import Block
from .cues import lowered
from .declared import Markup
from .tongue import function_words, language_of
from .verdicts import Verdict

__all__ = ["completeness_of", "decide_completeness", "decide_genre", "genre_of", "language_of"]

GENRES: tuple[Genre, ...] = ("sponsored", "press_release", "live", "opinion", "analysis")
"""The order in which marks decide: what is paid for stays so, whatever else the page calls it."""

ABOVE, UNDER = 6, 6
"""Lines above the body in which a label is looked for, and under it in which an offer to read on is."""
SHORT = 120
"""Words up to which a text that its page does not give away free counts as cut."""

Completeness = Literal["full", "truncated", "unknown"]


@cache
def _genre_words() -> dict[str, Genre]:
    table = rows("genres", "mul")["genre"]
    return {word: genre for genre in reversed(GENRES) for word in table[genre]}


@cache
def _marks(kind: str) -> tuple[tuple[str, Genre], ...]:
    table = rows("genres", "mul")[kind]
    return tuple((word, genre) for genre in GENRES for word in table.get(genre, ()))


@cache
def _starts() -> tuple[str, ...]:
    return tuple(word for word, _ in _marks("starts"))


def genre_of(
    headline: str | None, url: str | None, blocks: Sequence[Block], verdicts: Sequence[Verdict], markup: Markup | None
) -> tuple[Genre, tuple[Reason, ...]]:
    """The genre that the page states (``unknown`` where it states none), and where it says so."""
    found = [*_of_headline(headline), *_of_url(url or (markup.canonical if markup else ""))]
    if markup:
        words = _genre_words()
        found.extend((words[kind], f'{where} says "{kind}"') for kind, where in _declared(markup) if kind in words)
    body = next((i for i, v in enumerate(verdicts) if v.role == "body"), None)
    if body is not None:
        found.extend(_of_lines(blocks, verdicts, body))
        opening = lowered(blocks[body].text[:200])
        wire = next((w for w in rows("genres", "mul")["wires"]["words"] if w in opening), "")
        if wire:
            found.append(("press_release", f'the text begins with "{wire}"'))
    reasons = tuple(Reason("genre-mark", f"{genre}: {why}", 1.0) for genre, why in found)
    return decide_genre(reasons), reasons


def decide_genre(reasons: Sequence[Reason]) -> Genre:
    """The genre that the marks name: of several the first in :data:`GENRES`."""
    named = {r.because.split(":", 1)[0] for r in reasons if r.rule == "genre-mark"}
    return next((genre for genre in GENRES if genre in named), "unknown")


def _of_headline(headline: str | None) -> Iterator[tuple[Genre, str]]:
    parts = re.split(r"[:|]", headline, maxsplit=1) if headline else []
    prefix = lowered(parts[0]).strip() if len(parts) == 2 else ""
    if prefix in _genre_words():
        yield _genre_words()[prefix], f'the headline begins with "{parts[0].strip()}"'


def _of_url(url: str) -> Iterator[tuple[Genre, str]]:
    if not url:
        return
    try:
        path = urlsplit(url).path.lower()
    except ValueError:
        return
    words = _genre_words()
    *folders, slug = [part for part in path.split("/") if part] or [""]
    for folder in folders:
        if folder in words:
            yield words[folder], f'the URL has the folder "{folder}"'
    for part, genre in _marks("slug"):
        if part in slug and (part[-1] != "-" or slug.startswith(part)):
            yield genre, f'the URL says "{part}"'
            return


def _of_lines(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: int) -> Iterator[tuple[Genre, str]]:
    """A label directly above the headline or between it and the text; not a word of a menu."""
    words = _genre_words()
    heads = [i for i in range(max(0, body - 40), body) if verdicts[i].role == "headline"]
    for i in range(max(0, body - ABOVE, (heads[-1] - 3) if heads else 0), body):
        text = lowered(blocks[i].text[:120]).strip(" :|•·[]")
        if verdicts[i].role == "body" or len(text) < 4:
            continue
        if text.startswith(_starts()):
            word, genre = next(m for m in _marks("starts") if text.startswith(m[0]))
            yield genre, f'a line above the article says "{word.strip()}"'
        elif text in words and not _in_menu(blocks, i):
            yield words[text], f'a line above the article says "{text}"'


def _in_menu(blocks: Sequence[Block], at: int) -> bool:
    """Whether three short lines stand together here: a menu or a row of buttons, not a label. A
    label is shouted or set off by empty lines."""
    near = [blocks[i] for i in (at - 1, at + 1) if 0 <= i < len(blocks)]
    shouted = blocks[at].text.isupper() and not any(b.text.isupper() for b in near)
    if shouted or (blocks[at].gap > 0 and at + 1 < len(blocks) and blocks[at + 1].gap > blocks[max(0, at - 1)].gap):
        return False
    first = last = at
    while first > 0 and at - first < 3 and len(blocks[first - 1].text) <= 22:
        first -= 1
    while last + 1 < len(blocks) and last - at < 3 and len(blocks[last + 1].text) <= 22:
        last += 1
    return last - first >= 2


def _declared(markup: Markup) -> Iterator[tuple[str, str]]:
    for item in markup.linked:
        for key, where in (("@type", "JSON-LD"), ("articleSection", "JSON-LD section")):
            value = item.get(key)
            values = value if isinstance(value, list) else [value]
            yield from ((v.strip().lower(), where) for v in values[:20] if isinstance(v, str))
    for name in ("article:section", "section", "og:article:section", "article_type", "content_type"):
        yield from ((v.lower(), "meta section") for v in markup.meta.get(name, ()))


def completeness_of(
    paragraphs: Sequence[str], after: Sequence[Verdict], following: Sequence[str] = (), markup: Markup | None = None
) -> tuple[Completeness, tuple[Reason, ...]]:
    """Whether the text is whole. ``after`` are the verdicts of the blocks under the body's last one, ``following`` the
    texts of the first of them."""
    last = paragraphs[-1].rstrip() if paragraphs else ""
    offer = _offer(following[:UNDER])
    ends = bool(re.search(r"[.!?。！？…।)\]\"”’'»›」』］】♦]$|[.!?]\s?[-–—]?\s?\w{1,3}$", last[-40:]))
    cut = last.endswith(("...", "…", "[...]", "[…]")) and not last.endswith(("....", "”…"))
    more = lowered(last[-40:]).endswith(_ends()) or re.search(r"\[\+?\d{1,6}\s?chars?\]$", last[-30:])
    if offer:
        reason = Reason("completeness-mark", f'under the text stands "{offer[:80]}"', 0.0)
    elif cut or more:
        reason = Reason("completeness-mark", f'the text ends in dots: "{last[-40:]}"', 0.0)
    elif _is_withheld(markup, paragraphs):
        reason = Reason("completeness-mark", "a short text that its page says is not free", 0.0)
    elif ends and len(paragraphs) >= 2:
        reason = Reason("completeness-mark", "the text ends with a sentence", 1.0)
    elif not ends and _breaks_off(last):
        reason = Reason("completeness-mark", f'the text breaks off: "{last[-40:]}"', 0.0)
    else:
        reason = Reason("completeness-mark", "nothing tells whether the text is whole", 0.5)
    return decide_completeness((reason,)), (reason,)


@cache
def _rest() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = rows("genres", "mul")["rest"]
    return tuple(table["anywhere"]), tuple(table["free"])


@cache
def _ends() -> tuple[str, ...]:
    return tuple(rows("genres", "mul")["rest"]["ends"])


def _offer(following: Sequence[str]) -> str:
    """The line under the text by which it goes on for payment, after a log-in or on another page."""
    anywhere, free = _rest()
    if not _holds_one(lowered("\n".join([text[:300] for text in following])), anywhere):
        return ""
    for text in following:
        low = lowered(text[:300])
        if any(words in low for words in anywhere) and not any(words in low for words in free):
            return text
    return ""


def _holds_one(text: str, phrases: Sequence[str]) -> bool:
    return any(map(text.__contains__, phrases))


def _breaks_off(last: str) -> bool:
    """Whether a paragraph ends within a sentence: with a comma or with a small word that wants another."""
    words = last.split()
    if len(words) < 12:
        return False
    return last.endswith((",", "-", "–")) or words[-1].lower() in function_words()


def _is_withheld(markup: Markup | None, paragraphs: Sequence[str]) -> bool:
    if markup is None or sum(map(len, paragraphs)) > 8 * SHORT:
        return False
    said = [item["isAccessibleForFree"] for item in markup.linked if "isAccessibleForFree" in item]
    return any(s is False or str(s).lower().endswith("false") for s in said)


def decide_completeness(reasons: Sequence[Reason]) -> Completeness:
    """``truncated`` at weight 0, ``full`` at 1, else ``unknown``; the weakest mark decides."""
    weights = [r.weight for r in reasons if r.rule == "completeness-mark"]
    lowest = min(weights, default=0.5)
    return "truncated" if lowest == 0.0 else "full" if lowest == 1.0 else "unknown"
