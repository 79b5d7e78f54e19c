"""Topics: the list of short lines by which a page files its article.

In: blocks and where the body is. Out: runs of block indexes. A run counts under a heading ("Topics", "Tags"), or inside
the body where enough of its lines share words with the article; a share bar or menu inside the body does not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache

from firsthand.language.rows import every

from .blocks import plain
from .case import Case
from .cues import lowered

LONGEST = 7
"""Words of a topic at most."""
FEWEST = 3
"""Lines of a run that stands under no heading."""
SHARED = 0.25
"""The share of a run's lines that must share a word with the article: of a long tag list at least a quarter name its
people, places and things; a menu's lines hardly ever do."""


_ENDS = ("other-story", "author-box", "comment-form", "rights-line", "subscribe-blurb", "advertisement")
STEM = 5
"""Letters by which a topic's word is found in the text ("Ferries" in "ferry" is not, "Harbours" in "harbour" is)."""


@cache
def _cue_words() -> frozenset[str]:
    return frozenset(w for table in every("furniture") for w in table.get("topics", {}).get("cues", ()))


def inline_topics(text: str) -> tuple[str, ...]:
    """The topics of a line that names them itself ("Tags: rivers, dams"); empty where it does not."""
    head, mark, rest = text.partition(":")
    if not mark or len(text) > 600 or lowered(head + ":").strip() not in _cue_words() or not rest.strip():
        return ()
    parts = [p.strip(" #.") for p in rest.replace("|", ",").replace(";", ",").replace("•", ",").split(",")]
    return tuple(p for p in parts if p and len(p.split()) <= LONGEST)


def topic_runs(case: Case, body: Sequence[int]) -> list[list[int]]:
    """Runs of blocks that list topics: under a heading, or of three lines and more between two paragraphs."""
    first, last = max(0, body[0] - 6), min(len(case.blocks), body[-1] + 40)
    cues = _cue_words()
    heads = {i + 1 for i in range(max(0, first - 1), last) if case.lows[i] in cues}
    inside, words = set(body), ""
    runs: list[list[int]] = []
    for run, headed in _runs(case, body, heads, inside, last):
        if headed or (len(run) >= FEWEST and body[0] < run[0] and run[-1] < body[-1]):
            words = words or " " + " ".join(case.lows[i] for i in body)
            if len(run) <= 60 and _counts(case, run, words):
                runs.append(run)
    return runs


def _runs(
    case: Case, body: Sequence[int], heads: set[int], inside: set[int], last: int
) -> Iterator[tuple[list[int], bool]]:
    """Runs of lines that can be topics, between paragraphs and under headings; and whether a heading stands there."""
    gaps = [
        (a + 1, b)
        for a, b in itertools.pairwise(body)
        if b - a > FEWEST or (b - a > 1 and not heads.isdisjoint(range(a + 1, b)))
    ]
    gaps += [(at, at + 1) for at in sorted(heads) if not body[0] < at <= body[-1]]
    for at, end in gaps:
        while at < end:
            run = _run(case, at, last, inside, at in heads)
            if run:
                yield run, at in heads
            at = (run[-1] if run else at) + 1


def _run(case: Case, at: int, end: int, inside: set[int], headed: bool) -> list[int]:
    """The lines from ``at`` on that can be topics, up to the next heading or a wider gap."""
    blocks = case.blocks
    run: list[int] = []
    for i in range(at, end):
        if i in inside or not _may_be_topic(case, i, headed) or (i > at and case.lows[i] in _cue_words()):
            break
        if len(run) >= 2 and blocks[i].gap > blocks[run[1]].gap:
            break
        run.append(i)
    return run


def _may_be_topic(case: Case, i: int, headed: bool) -> bool:
    text = case.texts[i]
    if len(text) > 60 or text[-1] in ".!?:…," or len(text.split()) > LONGEST:
        return False
    cue = case.cue(i)
    if cue and not cue.sure and (not headed or cue.rule in _ENDS):
        return False
    return text[0] not in '"“©(' and any(c.isalpha() for c in text)


def _counts(case: Case, run: Sequence[int], words: str) -> bool:
    lines = [[w[:STEM] for w in plain(case.texts[i]).split() if len(w) >= 4] for i in run]
    shared = sum(any(" " + stem in words for stem in line) for line in lines)
    return shared >= max(1, SHARED * len(run))
