"""What a page without an article looks like: an error page, a robot check, a consent wall, a search page, a list.

In: the page's blocks with their verdicts, and what it calls itself. Out: what it looks like, in words; empty where
nothing tells. Prose is only given up on strong evidence: the page names itself so and holds little text, or what was
kept of it are single sentences, each under a line of its own, as on a page that lists stories.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

from firsthand.language.rows import every

from .beside import address
from .blocks import Block
from .cues import looks_like_code, lowered
from .roles import Verdict

LITTLE = 120
"""Words of prose up to which a page that calls itself an error page, a robot check or a search page is one."""
SCATTERED = 0.9
"""The share of a list page's leads that stand alone, other lines on both sides."""
FEWEST_LEADS = 5
"""Leads from which a page can be a list."""
LONGEST_LEAD = 320
"""Characters of a lead."""

_LOOKS = {
    "error": "an error page", "robot": "a robot check or a closed door", "search": "a search or archive page",
}  # fmt: skip


@cache
def _openings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    tables = [table["pages"] for table in every("furniture") if "pages" in table]
    return tuple((kind, tuple(w for t in tables for w in t.get(kind, ()))) for kind in _LOOKS)


def looks_like(
    blocks: Sequence[Block], verdicts: Sequence[Verdict], kept: Sequence[int], words: float, names: Sequence[str]
) -> str:
    """What the page looks like, if not like an article's; ``words`` of prose were ``kept``, and ``names`` are its title
    and headline."""
    if words <= LITTLE:
        called = _called(names, blocks)
        if called:
            return called
        if _is_consent(blocks, verdicts, kept):
            return "a notice about cookies and consent"
    return "a list of stories" if _is_list(blocks, kept) else ""


def _called(names: Sequence[str], blocks: Sequence[Block]) -> str:
    """What the page calls itself: in its title or headline, or in one of its few lines."""
    lines = [*names, *(b.text for b in blocks[:40] if len(b.text) <= 120)] if len(blocks) <= 60 else list(names)
    for line in lines:
        for kind, openings in _openings():
            if lowered(line[:200]).lstrip(" \"'#-–—:|").startswith(openings):
                return f'{_LOOKS[kind]} ("{line[:60]}")'
    return ""


def _is_consent(blocks: Sequence[Block], verdicts: Sequence[Verdict], kept: Sequence[int]) -> bool:
    noted = [i for i, v in enumerate(verdicts) if any(r.rule == "cookie-notice" for r in v.reasons)]
    about = {i for i in noted if not address().isdisjoint(lowered(blocks[i].text).split())}
    prose = [i for i in {*kept, *about} if len(blocks[i].text) >= 60]
    total = sum(len(blocks[i].text) for i in prose)
    return len(about) >= 2 and sum(len(blocks[i].text) for i in prose if i in about) >= 0.7 * total > 0


def _is_list(blocks: Sequence[Block], kept: Sequence[int]) -> bool:
    """Leads of stories: each alone under a line that is not the article's, none long."""
    if len(kept) < FEWEST_LEADS or any(len(blocks[i].text) > LONGEST_LEAD for i in kept):
        return False
    gaps = [(a, b) for a, b in itertools.pairwise(kept) if b - a > 1]
    if len(gaps) < SCATTERED * (len(kept) - 1):
        return False
    heads = {blocks[b - 1 - k].text for a, b in gaps for k in range(min(2, b - a - 1)) if _may_head(blocks[b - 1 - k])}
    return len(heads) >= SCATTERED * (len(kept) - 1)


def _may_head(block: Block) -> bool:
    """Whether a line can be a listed story's headline."""
    text = block.text
    wide = not text.isascii() and sum(c >= "\u2e80" for c in text) >= 8
    return wide or (20 <= len(text) <= 200 and len(text.split()) >= 4 and text[-1] not in ".…,;")


def why_nothing(blocks: Sequence[Block], look: str, words: float, least: int) -> str:
    """Why there is no article on a page with fewer than ``least`` words of prose."""
    code = sum(looks_like_code(b.text) for b in blocks)
    if code > 0.5 * len(blocks):
        return f"no article: {code} of {len(blocks)} lines are script or data"
    why = "navigation and other furniture" if words == 0 else f"only {words:.0f} words of prose, fewer than {least}"
    return f"no article: {why} in {len(blocks)} lines" + (f"; it looks like {look}" if look else "")
