"""The outlet's name where nothing declares it: a name that stands by itself on top of the page or under it, and that
other lines of the page's furniture repeat.

In: the blocks with their verdicts. Out: candidates for the outlet. One place is no evidence (a section, a sponsor or a
cited newsroom can stand alone as well): a name with a newspaper's word in it ("Gazette") needs a second line, any other
a line that speaks as the house does ("Subscribe to ...", "© ..."). Known to fail: an aggregator's lists of sources.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from firsthand.language.rows import rows
from firsthand.newsrooms import by_name

from .blocks import Block, plain
from .cues import find_cue, lowered
from .evidence import Candidate
from .head import date_cue
from .verdicts import Verdict

TOP = 12
"""Lines from the page's first in which a masthead is looked for."""
_OWN = ("body", "headline", "standfirst")
MOST_NAMES = 60
"""Names that are counted on one page."""

_PARTS = re.compile(r"\s*(?:[|·•»›>]|\s[–—-]\s|\s{3,}|\t)\s*")
_MARK = re.compile(r"[|·•»›>\t–—-]|   |[^\S \n]")
_FREQUENCY = re.compile(r"\s+\d{2,3}(?:[.,]\d)?(?:\s?(?:FM|AM|MHz))?$")
_FIGURE = re.compile(r"\d")
_LEAD = re.compile(
    r"^(?:(?:about|contact|©|\(c\)|copyright|(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)?\d{2})?)\s+){1,3}", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_][\w'’.&-]*")
_SMALL = {"the", "of", "and", "&", "for", "in", "on", "de", "la", "le", "el", "der", "die", "das", "du", "des"}


@cache
def _table() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in rows("credits")["masthead"].items()}


def is_outlet_name(text: str) -> str:
    """``media`` for a name with a newsroom's word and one of its own, ``plain`` for another name, else empty."""
    words = text.split()
    if not 1 <= len(words) <= 6 or not 3 <= len(text) <= 50 or not all(map(_WORD.fullmatch, words)):
        return ""
    keys = [lowered(w).strip(".,'") for w in words]
    if any(w[0].islower() and k not in _SMALL for w, k in zip(words, keys, strict=True)) or words[0][0].islower():
        return ""
    table = _table()
    own = [k for k in keys if k not in table["media"] and k not in table["generic"] and k not in _SMALL]
    if not set(keys).isdisjoint(table["never"]) or find_cue(text) or date_cue(text)[0]:
        return ""
    newspaper = [k for k in keys if k in table["media"]]
    if newspaper and (own or (len(newspaper) >= 2 and keys[0] == "the") or by_name(text)):
        return "media"
    return "plain" if own else ""


def mastheads(blocks: Sequence[Block], verdicts: Sequence[Verdict], lines: Sequence[int]) -> Iterator[Candidate]:
    """The names that stand alone and are repeated, each once in the form that the page writes. ``lines`` are those of
    the page's top and foot."""
    first = next((i for i, v in enumerate(verdicts) if v.role in _OWN), -1)
    last = next((i for i in range(len(verdicts) - 1, -1, -1) if verdicts[i].role in _OWN), -1)
    lines = [i for i in lines if len(blocks[i].text) <= 300]
    if first < 0:
        return
    keys = {i: f" {plain(blocks[i].text)} " for i in lines}
    joined = "\n".join(keys.values())
    alone: dict[str, tuple[str, int]] = {}
    for i in lines:
        if len(blocks[i].text) <= 160 and ((i < first and i < TOP) or i > last):
            for key, part in _parts(blocks[i], keys[i].strip()):
                if key and key not in alone and _stands_twice(joined, f" {key} ") and is_outlet_name(part):
                    alone[key] = (part, i)
    for key, (name, at) in list(alone.items())[:MOST_NAMES]:
        rank = _rank(key, name, at, at < first, keys, blocks)
        if rank:
            words = "; ".join(blocks[i].text[:60] for i in lines if f" {key} " in keys[i])
            yield Candidate(_as_written(name, key, [blocks[i].text for i in lines]), "furniture", rank, words)


def _stands_twice(text: str, words: str) -> bool:
    at = text.find(words)
    return at >= 0 and text.find(words, at + len(words)) >= 0


def _parts(block: Block, key: str) -> Iterator[tuple[str, str]]:
    """The key and the words of a line, or of each of its few parts."""
    line = block.raw.split("\n", 1)[0][:300]
    parts = [p for p in _PARTS.split(line) if p.strip()] if _MARK.search(line) else [line]
    if len(parts) == 1:
        bare = _bare(parts[0])
        yield (key if len(bare) == len(block.text) else plain(bare)), bare
    elif len(parts) <= 6:
        yield from ((plain(bare), bare) for bare in map(_bare, parts))


def _bare(part: str) -> str:
    """A part of a line without a leading "About" or copyright years and without a station's frequency."""
    part = part.strip(" .,:©")
    part = _LEAD.sub("", part) if part[:1] in "aAcC©(12" else part
    return _FREQUENCY.sub("", part).strip() if _FIGURE.search(part) else part.strip()


def _rank(key: str, name: str, at: int, top: bool, keys: dict[int, str], blocks: Sequence[Block]) -> float:
    """How far the name is trusted (smaller is better), 0 for not at all."""
    own = keys[at]
    others = {line: i for i, line in keys.items() if f" {key} " in line and line != own}
    house = [i for i in others.values() if _speaks_as_house(blocks[i].text)]
    several = key.count(" ") >= 1
    if not others or not (top or house or len(others) >= 2):
        return 0.0
    if is_outlet_name(name) == "media" and (several or house):
        return 4.6 if top and at < 3 else 5.4
    return 5.6 if top and at < 3 and house and several else 5.8 if top and at < 3 and len(house) >= 2 else 0.0


def _speaks_as_house(text: str) -> bool:
    low = lowered(text)
    return any(w in low for w in rows("credits")["house"]["words"])


def _as_written(name: str, key: str, lines: Sequence[str]) -> str:
    """The name in mixed case where a line of the page writes it so; shouted names in title case."""
    if not name.isupper():
        return name
    known = by_name(name)
    form = re.compile(r"\b" + r"\W{1,3}".join(map(re.escape, key.split())) + r"\b", re.IGNORECASE)
    seen = Counter(m[0] for line in lines for m in form.finditer(line) if not m[0].isupper() and not m[0].islower())
    if seen:
        return min(seen, key=lambda s: (-seen[s], s))
    return known.name if known else " ".join(_titled(w) for w in name.split())


def _titled(word: str) -> str:
    """A shouted word in title case; initials stay ("KTVR", "BBC")."""
    if lowered(word) in _SMALL:
        return word.title() if lowered(word) == "the" else word.lower()
    vowels = sum(c in "AEIOUY" for c in word)
    return word if len(word) <= 4 and not vowels else word[:1] + word[1:].lower()
