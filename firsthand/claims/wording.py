"""A claim's text: copied from its clearest statement, never written.

Clearest is a whole sentence in the newsroom's own or reported words, not a quotation, that holds most of what the
claim's statements share, and among those the shortest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .content import Content

_KINDS = {"own_voice": 0, "indirect": 0, "mixed": 1, "quote": 2, "no_comment": 3}
_ENDS = (".", "!", "?", "”", '"', "’", "。", "…")
_ENOUGH = 0.75
"""A statement counts as holding the claim when it holds this share of what the fullest one holds."""


def _is_whole(text: str) -> bool:
    first = text.lstrip("\"'“‘«(")[:1]
    return bool(first) and (first.isupper() or first.isdigit()) and text.rstrip().endswith(_ENDS)


def clearest(contents: Sequence[Content]) -> Content:
    """The clearest of a claim's contents (at least one)."""
    count = Counter(key for content in contents for key in content.bag)
    common = {key for key, n in count.items() if n >= max(2, len(contents) / 2)}
    held = [len(content.bag & common) for content in contents]
    enough = _ENOUGH * max(held)

    def order(pair: tuple[int, Content]) -> tuple[bool, int, bool, int, str, int]:
        holds, content = pair
        statement = content.statement
        whole = _is_whole(statement.text)
        return (
            holds < enough, _KINDS[statement.kind], not whole, len(statement.text), statement.page, statement.span.start
        )  # fmt: skip

    return min(zip(held, contents, strict=True), key=order)[1]
