"""Topics: the list of short lines by which a page files its article.

In: blocks and where the body is. Out: runs of block indexes. A run counts under a heading ("Topics", "Tags"), or inside
the body where enough of its lines share words with the article; a share bar or menu inside the body does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from firsthand.language.rows import rows

from .blocks import Block, plain
from .cues import Cue, lowered

LONGEST = 7
"""Words of a topic at most."""
SHARED = 0.25
"""The share of a run's lines that must share a word with the article: of a long tag list at least a quarter name its
people, places and things; a menu's lines hardly ever do."""


_ENDS = ("other-story", "author-box", "comment-form", "rights-line", "subscribe-blurb", "advertisement")
STEM = 5
"""Letters by which a topic's word is found in the text ("Ferries" in "ferry" is not, "Harbours" in "harbour" is)."""


@cache
def _cue_words() -> frozenset[str]:
    return frozenset(rows("furniture")["topics"]["cues"])


def is_topic_heading(text: str) -> bool:
    """Whether a line announces a list of topics."""
    return lowered(text).strip() in _cue_words()


def inline_topics(text: str) -> tuple[str, ...]:
    """The topics of a line that names them itself ("Tags: rivers, dams"); empty where it does not."""
    head, mark, rest = text.partition(":")
    if not mark or len(text) > 600 or lowered(head + ":").strip() not in _cue_words() or not rest.strip():
        return ()
    parts = [p.strip(" #.") for p in rest.replace("|", ",").replace(";", ",").replace("•", ",").split(",")]
    return tuple(p for p in parts if p and len(p.split()) <= LONGEST)


def topic_runs(blocks: Sequence[Block], cues: Sequence[Cue | None], body: Sequence[int], text: str) -> list[list[int]]:
    """Runs of blocks that list topics. ``body`` are the body's indexes, ``text`` its plain words."""
    inside, words = set(body), {w[:STEM] for w in text.split()}
    runs: list[list[int]] = []
    at = max(0, body[0] - 6)
    end = min(len(blocks), body[-1] + 40)
    while at < end:
        run: list[int] = []
        headed = at > 0 and is_topic_heading(blocks[at - 1].text)
        while at < end and _may_be_topic(blocks[at], at in inside, cues[at], headed):
            if is_topic_heading(blocks[at].text) or (len(run) >= 2 and blocks[at].gap > blocks[run[1]].gap):
                break
            run.append(at)
            at += 1
        if _counts(run, headed, blocks, body, words):
            runs.append(run)
        at += 1
    return runs


def _may_be_topic(block: Block, in_body: bool, cue: Cue | None, headed: bool) -> bool:
    text = block.text
    if in_body or len(text) > 60 or len(text.split()) > LONGEST or text[-1] in ".!?:…,":
        return False
    if cue and not cue.sure and (not headed or cue.rule in _ENDS):
        return False
    return any(c.isalpha() for c in text) and text[0] not in '"“©('


def _counts(run: Sequence[int], headed: bool, blocks: Sequence[Block], body: Sequence[int], words: set[str]) -> bool:
    if not run:
        return False
    between = body[0] < run[0] and run[-1] < body[-1]
    if not headed and (not between or len(run) < 3):
        return False
    lines = [{w[:STEM] for w in plain(blocks[i].text).split() if len(w) >= 4} for i in run]
    shared = sum(bool(line & words) for line in lines)
    return shared >= max(1, SHARED * len(run)) and len(run) <= 60
