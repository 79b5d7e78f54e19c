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

_BULLET = re.compile(r"^(?:[•●▪◦‣∙*·‧–—»›►▶+-]|\d{1,2}[.)])\s+")
_INVISIBLE = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """One block. ``raw`` is the line as it stood, ``text`` without its bullet and outer white space. ``line`` is the
    1-based line number (0 in HTML), ``gap`` the number of empty lines before it, ``indent`` its leading blanks.

    In HTML ``tag`` is the element, ``linked`` the share in [0, 1] of the characters that stand in links, ``path`` the
    class and id words of the elements around it, and ``picked`` whether the extractor library took it for the body.
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
    picked: bool = False


def tidy(text: str) -> str:
    """White space (also the unbreakable kinds) as single blanks, invisible characters dropped, ends stripped."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def split_lines(content: str, max_blocks: int) -> list[Block]:
    """The blocks of a flattened page, at most ``max_blocks``; lines without a letter or digit stay (as furniture)."""
    blocks: list[Block] = []
    gap = 0
    for number, raw in enumerate(_lines(content), 1):
        text = tidy(raw[:MAX_LINE])
        if not text:
            gap += 1
            continue
        bullet = _BULLET.match(text)
        indent = len(raw) - len(raw.lstrip()) if len(raw) < MAX_LINE else 0
        body = text[bullet.end() :] if bullet and not text[0].isdigit() else text
        blocks.append(Block(body, raw[:MAX_LINE].strip(), number, gap, min(indent, 12), bool(bullet)))
        gap = 0
        if len(blocks) >= max_blocks:
            break
    return _unwrap(blocks)


def _lines(content: str) -> list[str]:
    return content.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")


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


def plain(text: str) -> str:
    """A key for comparing lines: folded case and width, words only, joined by single blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded))
