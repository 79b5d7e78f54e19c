"""Blocks: the lines of a flattened page, or the paragraphs of an HTML page, before anything is decided about them.

Flattened text comes with one paragraph a line; where its lines are wrapped at a fixed width they are joined first.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass

MAX_LINE = 200_000
"""Characters of one line that are read; what stands beyond is dropped (an endless line is no paragraph)."""
MAX_TEXT = 4_000_000
"""Characters of one flattened page that are read (a news page has 2 to 100 thousand)."""
LINES_A_BLOCK = 20
"""Lines of a page that are read, times the blocks that it may have."""

_MARKS = frozenset("•●▪◦‣∙*·‧–—»›►▶+-0123456789")
_BULLET = re.compile(r"(?:[•●▪◦‣∙*·‧–—»›►▶+-]|\d{1,2}[.)])\s+")
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_CONTROLS = "\t\x0b\x0c\x1c\x1d\x1e\x1f"
_WHITE = (
    _CONTROLS + "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_BREAKS = ("\r\n", "\r", "\u2028", "\u2029")
_NO_WORD = re.compile(r"[^\x00-\x7f\w]+")
_COMMON_MARKS = "’“”–‘—…"
_BLANKED = bytes(n if n >= 128 or chr(n).isalnum() else 32 for n in range(256))
FOLDED = bytes(ord(chr(n).lower()) if n < 128 and chr(n).isalnum() else 32 for n in range(256))
"""Of each byte of ASCII text its small letter or digit, and a blank for anything else."""


@dataclass(slots=True)
class Block:
    """One block; to be read only (it is not frozen because that makes it four times as dear to make). ``raw`` is the
    line as it stood, ``text`` without its bullet and outer white space. ``line`` is the 1-based line number (0 in
    HTML), ``gap`` the number of empty lines before it, ``indent`` its leading blanks.

    In HTML ``tag`` is the element, ``linked`` the share in [0, 1] of the characters that stand in links, and ``path``
    the class and id words of the elements around it.
    """

    text: str
    raw: str
    line: int
    gap: int = 0
    indent: int = 0
    bullet: bool = False
    tag: str = ""
    linked: float = 0.0
    path: str = ""


def tidy(text: str) -> str:
    """White space (also the unbreakable kinds) as single blanks, invisible characters dropped, ends stripped."""
    if not text.isascii():
        for c in _UNSEEN:
            text = text.replace(c, "")
    return " ".join(text.split())


def _has_invisible(text: str) -> bool:
    return any(c in text for c in _UNSEEN)


def _with_blanks(text: str) -> str:
    """The text with a blank for each white character but the line feed: the same length."""
    for c in _CONTROLS if text.isascii() else _WHITE:
        if c in text:
            text = text.replace(c, " ")
    return text


def split_lines(content: str, max_blocks: int) -> list[Block]:
    """The blocks of a flattened page, at most ``max_blocks``; lines without a letter or digit stay (as furniture)."""
    for mark in _BREAKS:
        if mark in content:
            content = content.replace(mark, "\n")
    lines = content.split("\n", LINES_A_BLOCK * max_blocks)[: LINES_A_BLOCK * max_blocks]
    if len(content) > MAX_LINE:
        lines = [line[:MAX_LINE] for line in lines]
        while lines and sum(map(len, lines)) > MAX_TEXT:
            lines = lines[: len(lines) // 2]
        content = "\n".join(lines)
    even = _with_blanks(content)
    wrote, lines = lines, lines if even is content else even.split("\n")
    texts = [line.strip(" ") for line in lines]
    hidden = not content.isascii() and _has_invisible(content)
    for c in (c for c in _UNSEEN if hidden and c in content):
        texts = [text.replace(c, "").strip(" ") if c in text else text for text in texts]
    at = [i for i, text in enumerate(texts) if text][:max_blocks]
    if len(at) < len(texts):
        texts = [texts[i] for i in at]
    raw = [wrote[i].strip() for i in at] if hidden or even is not content else texts.copy()
    if any("  " in text for text in texts):
        texts = [" ".join(text.split()) if "  " in text else text for text in texts]
    indents = [0] * len(at)
    if even.startswith(" ") or "\n " in even:
        indents = [min(len(lines[i]) - len(lines[i].lstrip(" ")), 12) for i in at]
    bullets = [text[0] in _MARKS for text in texts]
    for i, marked in enumerate(bullets):
        if marked:
            bullet = _BULLET.match(texts[i])
            bullets[i] = bullet is not None
            if bullet and not texts[i][0].isdigit():
                texts[i] = texts[i][bullet.end() :]
    numbers = [i + 1 for i in at]
    gaps = [b - a - 1 for a, b in itertools.pairwise([0, *numbers])]
    return _unwrap(list(map(Block, texts, raw, numbers, gaps, indents, bullets)))


def _unwrap(blocks: list[Block]) -> list[Block]:
    """Joins hard-wrapped lines: only where most adjacent lines of the page are of one width and break mid-sentence."""
    if len(blocks) < 8:
        return blocks
    full = sorted(len(b.text) for b in blocks if len(b.text) >= 45)
    if len(full) < 6 or full[-1] > 110 or len(full) < 0.5 * len(blocks):
        return blocks
    pairs = [(a, b) for a, b in itertools.pairwise(blocks) if b.gap == 0 and len(a.text) >= 45]
    broken = sum(_runs_on(a.text, b.text) for a, b in pairs)
    if len(pairs) < 5 or broken < 0.5 * len(pairs):
        return blocks
    joined: list[list[Block]] = []
    for block in blocks:
        if joined and block.gap == 0 and len(joined[-1][-1].text) >= 0.75 * full[len(full) // 2]:
            joined[-1].append(block)
        else:
            joined.append([block])
    return [_join(run) for run in joined]


def _runs_on(first: str, second: str) -> bool:
    return second[0].islower() or first[-1].islower() or first[-1] == ","


def _join(run: list[Block]) -> Block:
    if len(run) == 1:
        return run[0]
    head = run[0]
    return Block(
        " ".join(b.text for b in run), "\n".join(b.raw for b in run), head.line, head.gap, head.indent, head.bullet
    )


def words_of(text: str) -> list[str]:
    """The words of a text: runs of letters and digits, as they stand. (As bytes that is several times quicker than a
    search for each.)"""
    if not text.isascii():
        for mark in _COMMON_MARKS:
            text = text.replace(mark, " ")
        text = text if text.isascii() else _NO_WORD.sub(" ", text)
    return text.encode("utf-8", "surrogatepass").translate(_BLANKED).decode("utf-8", "surrogatepass").split()


def key_words(text: str) -> list[str]:
    """The words of a text in folded case and width: those of its key (see :func:`plain`)."""
    if not text.isascii():
        for mark in _COMMON_MARKS:
            text = text.replace(mark, " ")
        if not text.isascii():
            return words_of(unicodedata.normalize("NFKC", text).casefold())
    return text.encode().translate(FOLDED).decode().split()


def plain(text: str) -> str:
    """A key for comparing lines: folded case and width, words only, joined by single blanks."""
    return " ".join(key_words(text))
