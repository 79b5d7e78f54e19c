"""Why the classifier holds a block for what it does, in words: which of its features would have to be other ones.

The features of a block are exchanged, one group after the other, for those of the page's blocks on the other side of
the verdict (their medians); the groups whose exchange changes the forest's mind most are named. This looks at the page
anew and runs some 20 rows: cheap for a block that somebody asks about, dear for every block of a page.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .blocks import Block
from .body_model import BlockModel
from .features import AROUND, NAMES, SHIFTS, Floats, look

_NEAR = tuple(f"{name}[{shift:+d}]" for shift in SHIFTS for name in AROUND)
GROUPS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("size", "words"), "short line", "long line"),
    (("stops", "ends", "question"), "no full stop", "ends like a sentence"),
    (("cut", "colon"), "whole", "cut off or a lead-in"),
    (("score",), "words of menus and notices", "words of articles"),
    (tuple(n for n in _NEAR if n.startswith(("size", "ends"))), "among short lines", "among paragraphs"),
    (("near_4", "near_10", "near_25"), "far from paragraphs", "paragraphs around it"),
    (
        (*(n for n in _NEAR if n.startswith("score")), "score_4", "score_10"),
        "notices around it",
        "prose around it",
    ),
    (("cohesion", "titled", "title"), "shares few words with the page's prose", "shares words with the page's prose"),
    (("again", "begins"), "stands once", "repeated on the page"),
    (("bullet", "indent"), "no list item", "a list item"),
    (("gap", "gap_after"), "no blank line beside it", "blank lines beside it"),
    (("upper", "shout"), "few capitals", "many capitals"),
    (("date", "clock", "digits"), "few numbers", "dates, times or numbers"),
    (("link", "inner_dots", "rights", "bars", "brackets", "marks"), "few marks", "marks of menus and addresses"),
    (("after_first", "peak_before"), "above the prose", "below the first paragraph"),
    (("before_last", "peak_after"), "below the prose", "above the last paragraph"),
)
"""Groups of features; what to say where the block has less of them than the others, and where it has more."""


def explain(
    model: BlockModel, blocks: Sequence[Block], title: str, at: int, extra: Floats | None = None, most: int = 2
) -> str:
    """What weighed most in the verdict on block ``at``: "short line, among short lines"; "" where nothing did."""
    rows = look(blocks, title).rows(model.words, extra)
    row = rows[at]
    body = model.first.margin(rows) > 0
    others = rows[body != body[at]]
    typical = np.median(others if len(others) else rows, axis=0)
    tries = np.repeat(row[None], len(GROUPS) + 1, axis=0)
    columns = [[NAMES.index(name) for name in names] for names, _, _ in GROUPS]
    for k, chosen in enumerate(columns):
        tries[k, chosen] = typical[chosen]
    margins = model.gate.margin(tries) + model.first.margin(tries)
    towards = (margins[:-1] - margins[-1]) * (-1.0 if body[at] else 1.0)
    named = [k for k in np.argsort(-towards, kind="stable").tolist() if towards[k] > 0][:most]
    return ", ".join(GROUPS[k][1 + int(row[columns[k]].sum() > typical[columns[k]].sum())] for k in named)
