"""What stands among an article's paragraphs and is not one of them, and the reverse, told by the rest of the page.

In: blocks and the indexes of the body. Out: block indexes, each with why, as one sentence. Pull quotes repeat a
paragraph's words; a note about the author begins with a name of the byline; a box of questions stands under a heading
of its own; a sentence about who would not speak is the newsroom's own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache

from firsthand.language.rows import every, rows

from .blocks import Block, plain
from .case import MAYBE, Case
from .cues import lowered
from .features import LONG
from .people import is_person, split_names

SHORTEST_PULL = 10
"""Characters of the shortest pull quote's key."""
LONGEST_PULL = 60
"""Words of the longest one."""
PROSE_PAGE = 0.75
"""The share of a page's characters in long sentences from which it counts as hardly anything but its article."""
PURE = 0.9
"""The share from which it goes on below a few lines that are none of it."""
LEAST_OWN = 0.25
"""The share of such a page's characters that must be the body's without further sentences."""
BELOW = 6
"""Lines below the body among which its next paragraph can stand."""
LEAST_BELOW = 0.05
"""The probability that such a paragraph must have."""
BREAKS = ("advertisement", "navigation")
"""Cues that interrupt an article rather than end it."""
CONSENT_REACH = 4
"""Lines between two notes about cookies that belong together."""
_QUOTES = "\"“”„«»'‘’"
_ABOUT = re.compile(r"\s(?:is|was|has|have|covers|writes|works|reports|joined|lives|teaches|edits|runs)\s")
_SIGNED = re.compile(r"(?:^|\s)[—–-] ?[^()\n]{1,60} \(@\w{1,30}\) [\w., ]{4,30}$")
_BOX = re.compile(r"\b(?:\w*box\w*|related|more|aside|teasers?|promo|widget|links|also|recirc\w*|explain\w*|infobox)\b")


def pull_quotes(case: Case, body: Sequence[int]) -> dict[int, str]:
    """Quotations set off by themselves whose words stand again inside a longer paragraph of the body."""
    found: dict[int, str] = {}
    apart = [i for i in body if len(case.blocks[i].text) >= SHORTEST_PULL and _set_off(case.blocks[i])]
    for i in apart[:200]:
        key = plain(case.blocks[i].text[:5000])
        if len(found) >= 20 or len(key) < SHORTEST_PULL or key.count(" ") > LONGEST_PULL:
            continue
        words = f" {key} "
        far = 60 if _is_quote_element(case.blocks[i]) else 0  # in text a quotation over its paragraph is a subheading
        near = [j for j in body if i - 60 <= j <= i + far and len(case.blocks[j].text) > len(key)]
        if any(words in f" {other} " for j in near if len(other := case.key(j)) > len(key)):
            found[i] = "a quotation that a paragraph of the article repeats"
    return found


def _is_quote_element(block: Block) -> bool:
    return block.tag in ("blockquote", "aside") or "pull" in block.path.lower()


def _set_off(block: Block) -> bool:
    text = block.text
    if block.tag and _is_quote_element(block):
        return True
    if block.tag in ("h2", "h3", "h4", "h5", "h6"):
        return False
    return len(text) <= 400 and text[0] in _QUOTES and text[-1] in _QUOTES


def author_notes(blocks: Sequence[Block], body: Sequence[int]) -> dict[int, str]:
    """Lines at the article's end that begin with a name of its head (or of the line above them) and say who that is,
    where no other paragraph names that person."""
    tail = [*body[-4:], *range(body[-1] + 1, min(len(blocks), body[-1] + 8))]
    notes = [i for i in tail if i != body[0] and len(blocks[i].text) <= 600 and _ABOUT.search(blocks[i].text[:90])]
    named = {name for i in range(max(0, body[0] - 10), body[0]) for name in _names(blocks[i].text)} if notes else set()
    found: dict[int, str] = {}
    for i in notes:
        text = blocks[i].text
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
    if not blocks[body[0]].tag:
        return found
    starts = [i for i in range(1, len(blocks)) if blocks[i].tag == "li" and blocks[i - 1].tag != "li"]
    for start in starts:
        run = list(itertools.takewhile(lambda i: blocks[i].tag == "li", range(start, len(blocks))))
        if body[0] < start < body[-1]:
            head, path = blocks[run[0] - 1], blocks[run[0]].path.lower()
            boxed = head.tag in ("h2", "h3", "h4", "h5", "h6", "summary") and _BOX.search(path)
            if boxed and not any(blocks[i].text.endswith((".", "”", '"', ";")) for i in run):
                found.update((i, f'an item of the box "{head.text[:60]}"') for i in run)
    return found


def consent_lines(case: Case, body: Sequence[int]) -> dict[int, str]:
    """Paragraphs that speak to the reader about cookies and data and stand near another such line. Where they are most
    of the text, the page is about that and they stay."""
    about = [i for i, own in sorted(case.own.items()) if any(r.rule == "cookie-notice" for r in own)]
    about = [i for i in about if case.p[i] >= MAYBE]
    near = {j for a, b in itertools.pairwise(about) if b - a <= CONSENT_REACH for j in (a, b)}
    found = [i for i in body if i in near and not address().isdisjoint(case.lows[i].split())]
    if not found or sum(case.sizes[i] for i in found) > 0.5 * sum(case.sizes[i] for i in body):
        return {}
    return dict.fromkeys(found, "one of several lines about cookies and data that speak to the reader")


@cache
def address() -> frozenset[str]:
    """Words by which a text speaks to its reader."""
    return frozenset(w for table in every("furniture") for w in table.get("address", {}).get("words", ()))


def reporting_lines(case: Case, body: Sequence[int]) -> dict[int, str]:
    """Sentences beside the body that say who declined to speak, which only a report does."""
    inside, found = set(body), {}
    for i in case.likely:
        if case.p[i] >= 0.2 and i not in inside and (i - 1 in inside or i + 1 in inside) and not case.cue(i):
            text = lowered(case.blocks[i].text[:1000])
            if text.endswith((".", '"')) and len(text.split()) >= 5:
                hit = next((w for w in rows("furniture")["reporting"]["words"] if w in text), "")
                if hit:
                    found[i] = f'a sentence of reporting: "{hit}"'
    return found


def is_quoted(text: str) -> bool:
    """Whether a line is a quotation of three words or more."""
    return text[0] in "\"“„«'‘" and text[-1] in ".!?\"”»’'" and len(text.split()) >= 3


def prose_share(case: Case, body: Sequence[int]) -> tuple[float, list[int]]:
    """On a page that is hardly anything but its article (a text column, a cleaned crawl) a whole sentence beside or
    between its paragraphs belongs to them, a long one also below short lines that are none (a paragraph after an
    advertisement): the share of the page's characters in long sentences, and those lines."""
    blocks, inside = case.blocks, set(body)
    sizes = case.sizes
    total = sum(sizes)
    own = sum(sizes[i] for i in body)
    if own < LEAST_OWN * total or len(body) == len(blocks):
        return 0.0, []
    long = [i for i, n in enumerate(sizes) if n >= LONG and i not in inside]
    if own + sum(sizes[i] for i in long) < PROSE_PAGE * total:
        return 0.0, []
    own += sum(sizes[i] for i in long if _is_sentence(blocks[i].text))
    share = own / total
    if share < PROSE_PAGE:
        return share, []
    found = []
    for i in case.likely:
        if i in inside:
            continue
        text = blocks[i].text
        near = any(j in inside for j in range(i - 2, i + 3))
        piece = text[:1].islower() and i - 1 in inside and i + 1 in inside
        deck = body[0] - 4 <= i < body[0] and case.p[i] >= 0.1 and len(text.split()) >= 8
        if deck or (near and (piece or _is_sentence(text))):
            found.append(i)
    return share, [*found, *(_below(case, {*inside, *found}) if share >= PURE else ())]


def _below(case: Case, inside: set[int]) -> list[int]:
    """Long sentences below the body with nothing but a few short lines between, and no cue of furniture among them."""
    found: list[int] = []
    last = max(inside)
    for i in range(last + 1, len(case.blocks)):
        if i > last + BELOW:
            break
        text, own = case.texts[i], case.own.get(i, ())
        if len(text) >= LONG and (own or not _is_sentence(text) or case.p[i] < LEAST_BELOW):
            break
        if any(r.rule not in BREAKS for r in own):
            break
        if len(text) >= 2 * LONG:
            found.append(i)
            last = i
    return found


def _is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence, or like a post of a social network that is quoted."""
    if len(text.split()) < 5:
        return False
    return text[-1] in '.!?"”’' or (text[-1].isdigit() and _SIGNED.search(text[-120:]) is not None)
