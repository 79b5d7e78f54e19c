"""Where sentences end: rules over characters, no model, so that it is quick and always gives the same answer.

In: any text. Out: spans that cover every character that is not white space, in order, none overlapping. A quotation
of several sentences gives several spans; closing marks stay with the sentence that they close. A blank line always
ends a sentence. A sentence above ``LONGEST`` characters is cut (at white space where there is some), so that nothing
downstream ever sees a giant one. Known to fail: a title that ends in a full stop and is followed by a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..records import Span
from .rows import rows

LONGEST = 2000
"""No span is longer than this many characters (the longest real sentences of news stay under 1,000)."""

CLOSING = "\"'”’»)]}›″"
OPENING = "\"'“‘«([{‹„‚—–-*•"

# Bounded counts: a run of a million full stops is scanned once, not once from each of them.
_END = re.compile(r"[.!?…]{1,6}[\"'”’»)\]}›″]{0,4}(?=\s)|[。！？।]+[」』”’]?")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_LAST_WORD = re.compile(r"[\w.&'’-]{1,40}$")
_NEXT = re.compile(r"\s*([\"'“‘«(\[{‹„‚—–*•\s-]{0,6})([\w$€£#@][\w.'’]{0,40})?")
_FEW_WORDS = re.compile(r"[^\W\d_]+")


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, trimmed of white space. Linear in the length of ``text``; never raises."""
    found: list[Span] = []
    start = 0
    for gap in _BLANK.finditer(text):
        found.extend(_in_paragraph(text, start, gap.start()))
        start = gap.end()
    found.extend(_in_paragraph(text, start, len(text)))
    return tuple(found)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for mark in _END.finditer(text, start, end):
        if mark.start() >= at and _ends_here(text, mark, end):
            yield from _trimmed(text, at, mark.end())
            at = mark.end()
    yield from _trimmed(text, at, end)


def _ends_here(text: str, mark: re.Match[str], end: int) -> bool:
    words = mark.group()
    if words[0] in "。！？।":
        return True
    following = _NEXT.match(text, mark.end(), end)
    opened, word = (following.group(1), following.group(2) or "") if following else ("", "")
    if not word:
        return True
    closed = words[-1] in CLOSING
    if word[0].islower() and not opened.strip("(*•-–— \n\t"):
        return False
    if words[0] in "?!" and closed and not opened.strip() and _speaker_follows(text, mark.end(), end):
        return False
    if words.startswith(("…", "...")):
        return word[0].isupper() or word[0].isdigit()
    return closed or words != "." or not _is_abbreviation(text, mark.start(), word, bool(opened.strip()))


def _is_abbreviation(text: str, stop: int, following: str, opened: bool) -> bool:
    """Whether the full stop at ``stop`` belongs to a word that does not end its sentence here."""
    before = _LAST_WORD.search(text, max(0, stop - 40), stop)
    if before is None:
        return False
    kinds = abbreviations()
    word = before.group().lower().lstrip("'’-").rstrip(".")
    if word in kinds["leading"]:
        return word not in ("no", "nos") or following[:1].isdigit()
    initials = len(word) == 1 or (len(word) == 3 and word[1] == ".")  # "E. Brook", "T.S. Brook"
    if initials and word not in kinds["either"] and word[-1].isalpha() and before.group()[-1].isupper():
        return following.lower() not in kinds["starters"]
    if word in kinds["either"]:
        return not opened and (following.lower() not in kinds["starters"])
    return False


def _speaker_follows(text: str, at: int, end: int) -> bool:
    words = _FEW_WORDS.findall(text, at, min(end, at + 60))
    return any(w.lower() in abbreviations()["speech_verbs"] for w in words[:4])


@cache
def abbreviations() -> dict[str, frozenset[str]]:
    """Words, in lower case, by the part that they play at a full stop."""
    return {name: frozenset(values) for name, values in rows("sentences").items()}


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        window = (start + LONGEST // 2, start + LONGEST)
        cut = max(text.rfind(" ", *window), text.rfind("\n", *window))
        cut = cut if cut > start else start + LONGEST
        yield Span(start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)
