"""Where a sentence looks at the place of an expression: back, ahead, or not said.

It reads the words of the sentence from the nearest outwards: the first that tells the time of its clause decides. Words
before count first, as the verb mostly stands before ("will meet on Monday"), then those after ("on Monday, he will").
"""

from __future__ import annotations

from .meaning import Direction
from .tokens import Token

REACH = 14
"""Words looked at on either side: a clause of news is about 12 words long, and the work must stay bounded."""


def direction(tokens: list[Token], start: int, end: int) -> Direction:
    """Where the clause around tokens ``[start, end)`` looks."""
    left = _scan(tokens, range(start - 1, max(-1, start - 1 - REACH), -1))
    if left:
        return left
    return _scan(tokens, range(end, min(len(tokens), end + REACH))) or "nearest"


def _scan(tokens: list[Token], places: range) -> Direction | None:
    for i in places:
        token = tokens[i]
        if "BREAK" in token.classes or token.low in ";!?" or (token.low == "." and _ends(tokens, i)):
            return None
        if "AHEAD" in token.classes:
            planned = "PLANNED" in token.classes and any("BEEN" in t.classes for t in tokens[max(0, i - 3) : i])
            return "past" if planned else "future"
        if "BACK" in token.classes:
            return "past"
    return None


def _ends(tokens: list[Token], i: int) -> bool:
    return i + 1 >= len(tokens) or not tokens[i + 1].tight
