"""What stands among an article's paragraphs and is not one of them, and the reverse, told by the rest of the page.

In: blocks and the indexes of the body. Out: block indexes, each with why, as one sentence. Pull quotes repeat a
paragraph's words; a note about the author begins with a name of the byline; a box of questions stands under a heading
of its own; a sentence about who would not speak is the newsroom's own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from firsthand.language.rows import rows

from .blocks import Block, plain
from .cues import Cue, lowered
from .features import Floats
from .people import is_person, split_names

SHORTEST_PULL = 10
"""Characters of the shortest pull quote's key."""
LONGEST_PULL = 60
"""Words of the longest one."""
_QUOTES = "\"“”„«»'‘’"
_ABOUT = re.compile(r"\s(?:is|was|has|have|covers|writes|works|reports|joined|lives|teaches|edits|runs)\s")
_BOX = re.compile(r"\b(?:\w*box\w*|related|more|aside|teasers?|promo|widget|links|also|recirc\w*|explain\w*|infobox)\b")


def pull_quotes(blocks: Sequence[Block], body: Sequence[int]) -> dict[int, str]:
    """Quotations set off by themselves whose words stand again inside a longer paragraph of the body."""
    keys = [(i, plain(blocks[i].text[:5000])) for i in body]
    found: dict[int, str] = {}
    for i, key in keys[:2000]:
        if len(found) >= 20 or not _set_off(blocks[i]) or len(key) < SHORTEST_PULL or key.count(" ") > LONGEST_PULL:
            continue
        words = f" {key} "
        far = 60 if _is_quote_element(blocks[i]) else 0  # in text a quotation over its paragraph is a subheading
        if any(words in f" {other} " for j, other in keys if i - 60 <= j <= i + far and len(other) > len(key)):
            found[i] = "a quotation that a paragraph of the article repeats"
    return found


def _is_quote_element(block: Block) -> bool:
    return block.tag in ("blockquote", "aside") or "pull" in block.path.lower()


def _set_off(block: Block) -> bool:
    text = block.text
    if _is_quote_element(block):
        return True
    if block.tag in ("h2", "h3", "h4", "h5", "h6"):
        return False
    return len(text) <= 400 and text[0] in _QUOTES and text[-1] in _QUOTES


def author_notes(blocks: Sequence[Block], body: Sequence[int]) -> dict[int, str]:
    """Lines at the article's end that begin with a name of its head (or of the line above them) and say who that is,
    where no other paragraph names that person."""
    head = range(max(0, body[0] - 10), body[0])
    named = {name for i in head for name in _names(blocks[i].text)}
    found: dict[int, str] = {}
    for i in [*body[-4:], *range(body[-1] + 1, min(len(blocks), body[-1] + 8))]:
        text = blocks[i].text
        if len(text) > 600 or i == body[0]:
            continue
        for name in sorted({*named, *(_names(blocks[i - 1].text) if i - 1 not in body else ())}):
            rest = text[len(name) :]
            if text.startswith(name) and _ABOUT.match(rest) and not _named_elsewhere(name, i, blocks, body):
                found[i] = f"a note about the author {name}"
    return found


def _names(line: str) -> list[str]:
    return [n for n in split_names(line) if is_person(n)] if len(line) <= 120 else []


def _named_elsewhere(name: str, at: int, blocks: Sequence[Block], body: Sequence[int]) -> bool:
    return any(name in blocks[j].text for j in body if j != at and not blocks[j].text.startswith(name))


def boxed_lists(blocks: Sequence[Block], body: Sequence[int]) -> dict[int, str]:
    """Items of a list in a box with a heading of its own, none of them a sentence that states something (HTML)."""
    found: dict[int, str] = {}
    starts = [i for i in range(1, len(blocks)) if blocks[i].tag == "li" and blocks[i - 1].tag != "li"]
    for start in starts:
        run = list(itertools.takewhile(lambda i: blocks[i].tag == "li", range(start, len(blocks))))
        if body[0] < start < body[-1]:
            head, path = blocks[run[0] - 1], blocks[run[0]].path.lower()
            boxed = head.tag in ("h2", "h3", "h4", "h5", "h6", "summary") and _BOX.search(path)
            if boxed and not any(blocks[i].text.endswith((".", "”", '"', ";")) for i in run):
                found.update((i, f'an item of the box "{head.text[:60]}"') for i in run)
    return found


def reporting_lines(
    blocks: Sequence[Block], cues: Sequence[Cue | None], p: Floats, body: Sequence[int]
) -> dict[int, str]:
    """Sentences beside the body that say who declined to speak, which only a report does."""
    inside, words = set(body), tuple(rows("furniture")["reporting"]["words"])
    found: dict[int, str] = {}
    for i in sorted({j for k in body for j in (k - 1, k + 1) if 0 <= j < len(blocks)} - inside):
        text = lowered(blocks[i].text[:1000])
        if p[i] >= 0.2 and not cues[i] and text.endswith((".", '"')) and len(text.split()) >= 5:
            hit = next((w for w in words if w in text), "")
            if hit:
                found[i] = f'a sentence of reporting: "{hit}"'
    return found
