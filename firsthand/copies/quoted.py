"""Which characters of a text are somebody else's words: quotations, block quotations, transcripts, posts.

In: a text. Out: spans, in order, none overlapping. Two pages that share such words share their *source matter*; that
is no copying. Marks are read within a paragraph: one that opens and never closes runs to the paragraph's end (a
quotation of several paragraphs opens each anew and closes only the last). Also read as quoted: a paragraph that
starts with its speaker in capitals and a colon (a transcript), one set off by a paragraph that ends in a colon, and
one that ends in the signature of a social network post. Known to fail: a statement printed with no mark at all.
"""

from __future__ import annotations

import re

from ..records import Span

_PARAGRAPH = re.compile(r"[^\n]+")
_MARKS = re.compile(r"[“”„«»\"]|''|``")
_SPEAKER = re.compile(r"\s{0,4}(?:Q|A|[A-Z][A-Z.'’-]{2,20}(?: [A-Z][A-Z.'’-]{1,20}){0,3})(?: \([^()\n]{1,60}\))?:\s")
_POST = re.compile(r"(?:[—–-] ?[^\n]{1,60}\(@\w{1,30}\)|(?:pic\.twitter|t)\.com?/\w{4,20})[^\n]{0,60}$")


def quoted_spans(text: str) -> tuple[Span, ...]:
    """The spans of ``text`` that stand in quotation marks or are set off as somebody's words."""
    found: list[Span] = []
    introduced = False
    for line in _PARAGRAPH.finditer(text):
        words = line.group()
        if not words.strip():
            continue
        whole = introduced or _SPEAKER.match(words) is not None or _POST.search(words[-200:]) is not None
        if whole:
            found.append(Span(line.start(), line.end()))
        else:
            found.extend(_in_marks(words, line.start()))
        introduced = words.rstrip().endswith(":") and len(words) < 600
    return tuple(found)


def _in_marks(words: str, offset: int) -> list[Span]:
    """Quotations inside one paragraph."""
    found: list[Span] = []
    opened: int | None = None
    for mark in _MARKS.finditer(words):
        kind = mark.group()
        opens = kind in "“„«``" if kind not in ('"', "''") else _opens(words, mark.start(), mark.end(), opened)
        if opens and opened is None:
            opened = mark.end()
        elif not opens and opened is not None:
            found.append(Span(offset + opened, offset + mark.start()))
            opened = None
    if opened is not None and len(words) > opened:
        found.append(Span(offset + opened, offset + len(words)))
    return [span for span in found if span.end > span.start]


def _opens(words: str, start: int, end: int, opened: int | None) -> bool:
    """Whether a straight mark opens: it does where none is open and a word follows at once."""
    return opened is None and end < len(words) and not words[end].isspace()
