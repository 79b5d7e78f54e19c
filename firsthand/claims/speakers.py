"""Who said it, told differently: one quotation in two named persons' mouths.

In: two contents. Out: :class:`.scopes.Conflict` values. A speaker named only by a pronoun, and one who spoke together
with the other, is in no conflict.
"""

from __future__ import annotations

from ..language.names import may_be_same, name_words
from ..records import Link, Reason
from .content import Content, words_of
from .days import inside
from .runs import QUOTED_ALIKE, shared_quotation
from .sameness import speaker
from .scopes import Conflict, places_of


def _closed(text: str) -> bool:
    """Whether every quotation mark of a statement has its partner in it."""
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”")


def speakers(a: Content, b: Content) -> list[Conflict]:
    """The same quotation in two named persons' mouths."""
    first, second = speaker(a.statement), speaker(b.statement)
    if first is None or second is None or first.span is None or second.span is None:
        return []
    if first.kind != "person" or second.kind != "person" or not first.name or not second.name:
        return []
    words = shared_quotation(a, b)
    if not (_is_named(a, first) and _is_named(b, second)) or _together(a, second.name) or _together(b, first.name):
        return []
    if may_be_same(first.name, second.name) or len(words) < QUOTED_ALIKE + 2:
        return []
    if not (inside(first.span, a.statement.span) and inside(second.span, b.statement.span)):
        return []
    if not (_closed(a.statement.text) and _closed(b.statement.text)):
        return []  # one of the speakers may himself be quoted
    because = f"“{' '.join(words[:8])}” is {first.name}'s on one page and {second.name}'s on the other"
    reason = Reason("two-speakers", because, float(len(words)), places_of(a, first.span, b, second.span))
    return [Conflict("attribution", first.span, second.span, " ".join(words[:8]), reason)]


def _is_named(content: Content, link: Link) -> bool:
    """Whether the words that name a speaker hold a word of the name (and are no pronoun)."""
    spoken = set(name_words(words_of(content, link.span))) if link.span else set()
    return bool(spoken & set(name_words(link.name or "")))


def _together(content: Content, name: str) -> bool:
    """Whether a statement names the other speaker too: who said it jointly, or of whom it is said."""
    last = name_words(name)[-1:]
    return bool(last) and last[0] in content.plain
