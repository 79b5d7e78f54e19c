"""The blocks of one page while they are judged: probabilities, what rules have said so far, and what lines share.

What costs time is computed when a rule first asks for it: a line's key, its cue, the words of the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from firsthand.records import Reason

from .blocks import Block, plain
from .cues import Cue, code_marks, find_cue, find_cues, looks_like_code, lowered
from .features import Floats
from .roles import SOFT, Verdict, decide_block, model_reason, model_verdict, verdict_of

_LETTER = re.compile(r"[^\W\d_]")
MAYBE = 0.02
"""The least probability of a line that a rule may take for the article's (``prose-page`` has the lowest bar)."""
LINKED = 0.9
"""The share of a line in links from which it is nothing but a link."""


class Case:
    """``p`` are the block model's probabilities, to four digits; ``page`` is all in lower case (see ``cues.lowered``),
    ``lows`` its lines; ``own`` what each line says by itself, ``told`` the reasons of rules that look at the page, both
    by block index."""

    def __init__(self, blocks: Sequence[Block], p: Floats, body_probability: float) -> None:
        self.blocks = blocks
        self.texts = [b.text for b in blocks]
        self.sizes = list(map(len, self.texts))
        self.p: list[float] = np.round(p.astype(np.float64), 4).tolist()
        self.limit = body_probability
        self.own: dict[int, tuple[Reason, ...]] = {}
        self.told: dict[int, list[Reason]] = {}
        least = min(MAYBE, body_probability)
        self.likely = [i for i, x in enumerate(self.p) if x >= least]
        self.page = lowered("\n".join(self.texts))
        self.lows = self.page.split("\n")
        if len(self.lows) != len(blocks):
            self.lows = list(map(lowered, self.texts))
        self._cues: dict[int, Cue | None] = {}
        self._keys: dict[int, str] = {}

    def tell(self, i: int, rule: str, because: str, weight: float) -> None:
        """Notes what a rule says about block ``i``."""
        self.told.setdefault(i, []).append(Reason(rule, because, weight))

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """All reasons of block ``i``, the block model's first."""
        return (model_reason(self.p[i], self.limit), *self.own.get(i, ()), *self.told.get(i, ()))

    def rule(self, i: int) -> str:
        """The rule that decides block ``i`` so far."""
        return decide_block(self.reasons(i), self.limit)[1]

    def body(self) -> list[int]:
        """The blocks that are body so far, in order."""
        p, limit, own, told = self.p, self.limit, self.own, self.told
        return [
            i
            for i in self.likely
            if (decide_block(self.reasons(i), limit)[0] == "body" if i in own or i in told else p[i] >= limit)
        ]

    def cue(self, i: int) -> Cue | None:
        """The furniture cue that block ``i`` carries."""
        if i not in self._cues:
            self._cues[i] = find_cue(self.texts[i])
        return self._cues[i]

    def listen(self, indexes: Sequence[int]) -> None:
        """Notes what each of these lines says by itself."""
        lows = [self.lows[i] for i in indexes]
        cues = find_cues(lows)
        self._cues.update(zip(indexes, cues, strict=True))
        marks = code_marks(self.page)
        marked = {i for mark in marks for i, low in zip(indexes, lows, strict=True) if mark in low}
        for i, low, cue in zip(indexes, lows, cues, strict=True):
            if cue is None and i not in marked and low[0].isalpha():
                continue
            reasons = (cue_reason(cue, self.blocks[i].linked >= LINKED),) if cue else ()
            if i in marked and looks_like_code(self.texts[i]):
                reasons = (*reasons, Reason("code", "script, style or data, not words", 1.0))
            if not _LETTER.search(low):
                reasons = (*reasons, Reason("navigation", "a line without a letter", 1.0))
            if reasons:
                self.own[i] = reasons

    def key(self, i: int) -> str:
        """The key of block ``i`` (see ``blocks.plain``)."""
        if i not in self._keys:
            self._keys[i] = plain(self.texts[i])
        return self._keys[i]


WHY = {
    "other-story": "a link to another story", "share-bar": "a share or follow button",
    "advertisement": "an advertisement's mark", "subscribe-blurb": "an invitation to subscribe or follow",
    "photo-credit": "a picture's caption or credit", "comment-form": "a comment form",
    "cookie-notice": "a notice about cookies, scripts or the browser", "rights-line": "a copyright or terms line",
    "author-box": "a note about an author", "navigation": "a menu word or button",
    "placeholder": "a template's placeholder", "paywall": "an offer to pay or sign in for the rest",
    "update-note": "a note that the text was updated",
}  # fmt: skip
"""What a cue of each rule says about its line."""


@lru_cache(4096)
def cue_reason(cue: Cue, linked: bool = False) -> Reason:
    """What a cue says as a reason; that of a line which is nothing but a link is sure."""
    weight = 1.0 if cue.sure or linked or cue.rule == "placeholder" else SOFT
    return Reason(cue.rule, f'{WHY[cue.rule]}: "{cue.words}"', weight)


@lru_cache(4096)
def known_verdict(line: str, p: float, body_probability: float) -> Verdict:
    """The verdict on a line, given in lower case, about which only the model and its own words speak."""
    cue = find_cue(line)
    if cue is None:
        return model_verdict(p, body_probability)
    return verdict_of((model_reason(p, body_probability), cue_reason(cue)), body_probability)
