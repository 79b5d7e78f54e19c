"""A claim's text: copied from its clearest statement, never written.

Clearest is, in this order: it says the thing and not who first had it; it holds most of what the claim's statements
share; it is a whole sentence (a subject, a predicate, an end) and no fragment; its subject is named and no pronoun; it
is no bare quotation; most pages have it in these words; it stands early in its article, the lead first; it is short.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..language.rows import rows
from ..records import Statement
from .content import Content, telling
from .sameness import credits_report

_KINDS = {"own_voice": 0, "indirect": 0, "mixed": 0, "quote": 1, "no_comment": 2}
_ENDS = (".", "!", "?", "”", '"', "’", "。", "…")
_ENOUGH = 0.75
"""A statement counts as holding the claim when it holds this share of what the fullest one holds."""
_STRETCH = 150
"""Characters of an article within which no place is earlier than another: about a paragraph."""
_SENTENCE = 5
"""Words from which a sentence without a marked predicate ("There are no talks at all") is believed to be one."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def _is_whole(statement: Statement) -> bool:
    """Whether the words are a sentence by themselves: how they open and close, and what the terms say."""
    text = statement.text.strip()
    first = text.lstrip("\"'“‘«(")[:1]
    words = _WORD.findall(text.lower())
    if not first or not (first.isupper() or first.isdigit()) or not words or words[-1] in rows("asides")["trailing"]:
        return False
    roles = {t.role for t in statement.terms}
    return text.endswith(_ENDS) and ("predicate" in roles or len(words) >= _SENTENCE)


def _is_open(statement: Statement) -> bool:
    """Whether the subject is only a pronoun or the sentence hangs on the one before ("He", "That", "But")."""
    words = _WORD.findall(statement.text.lower())
    return bool(words) and words[0] in rows("asides")["hanging"]


def clearest(contents: Sequence[Content]) -> Content:
    """The clearest of a claim's contents (at least one)."""
    if len(contents) == 1:
        return contents[0]
    count = Counter(key for content in contents for key in content.bag)
    common = {key for key, n in count.items() if n >= max(2, len(contents) / 2)}
    held = [sum(telling(k.lstrip("#@=")) for k in sorted(c.bag & common)) for c in contents]
    enough = _ENOUGH * max(held)
    worded = Counter(content.plain for content in contents)

    def order(pair: tuple[float, Content]) -> tuple[bool, bool, bool, bool, int, int, int, int, str, int]:
        holds, content = pair
        statement = content.statement
        return (
            credits_report(statement), holds < enough, not _is_whole(statement), _is_open(statement),
            _KINDS[statement.kind], -worded[content.plain], statement.span.start // _STRETCH,
            len(statement.text), statement.page, statement.span.start,
        )  # fmt: skip

    return min(zip(held, contents, strict=True), key=order)[1]
