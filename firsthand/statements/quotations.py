"""Where words stand in quotation marks: character regions of an article, over sentences and over paragraphs.

In: the text and its paragraphs. Out: :class:`Quotation` regions, in order, none overlapping (a quotation within a
quotation is part of the outer one). One walk over the marks with a little state, so a million marks are as many steps.
A paragraph that ends inside a quotation while the next one opens again is one quotation running on (``runs_on``), as
print style has it; a mark that is never closed holds its sentence only. Inches, minutes and apostrophes are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..records import Span

_MARK = re.compile(r"''|``|’’|[\"“”„«»‘’']")
_OPENERS = frozenset("“„«‘")
_CLOSERS = frozenset(("”", "»", "’’"))
_SINGLE = frozenset("‘’'")
_UNCLOSED = re.compile(r"[.!?](?=\s)")
_ELISIONS = ("em", "til", "tis", "twas", "cause", "n'", "s ", "d ")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation, or its part in one paragraph. ``span`` with its marks, ``inner`` without; ``runs_on`` where the
    next paragraph's quotation continues it; ``closed`` False where its end was only inferred."""

    span: Span
    inner: Span
    runs_on: bool = False
    closed: bool = True


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Every quotation of the text, in order."""
    found: list[Quotation] = []
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        found.extend(_in_paragraph(text, paragraph, _opens(text, following)))
    return tuple(found)


def _opens(text: str, paragraph: Span | None) -> bool:
    opening = "" if paragraph is None else text[paragraph.start : paragraph.start + 4].lstrip()
    return not opening[1:2].isdigit() and opening.startswith(('"', "“", "''", "``", "‘", "'"))


def _speaks(text: str, opened: re.Match[str], paragraph: Span) -> bool:
    """Whether a single mark opens somebody's words: it opens its paragraph, or follows a colon."""
    before = text[max(paragraph.start, opened.start() - 2) : opened.start()]
    return not before.strip() or before.rstrip().endswith(":")


def _in_paragraph(text: str, paragraph: Span, next_opens: bool) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
        before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
        after = text[mark.end()] if mark.end() < paragraph.end else " "
        if opened is None:
            if _can_open(mark.group(), before, after, text[mark.end() : mark.end() + 4]):
                opened = mark
        elif _closes(opened.group(), mark.group(), before, after):
            yield Quotation(Span(opened.start(), mark.end()), Span(opened.end(), mark.start()))
            opened = None
        elif _reopens(opened.group(), mark.group(), before, after):
            if opened.group() not in _SINGLE:
                yield _unclosed(text, opened, mark.start())
            opened = mark
    if opened is None:
        return
    if next_opens and (opened.group() not in ("'", "‘") or _speaks(text, opened, paragraph)):
        yield Quotation(Span(opened.start(), paragraph.end), Span(opened.end(), paragraph.end), runs_on=True)
    elif opened.group() not in _SINGLE:
        yield _unclosed(text, opened, paragraph.end)


def _can_open(mark: str, before: str, after: str, ahead: str) -> bool:
    if mark in ('"', "“") and after == " " and before.isspace() and ahead[1:2].isupper():
        return True  # a space slipped in behind the mark
    if after.isspace() or mark in _CLOSERS:
        return False
    if mark in _OPENERS - {"‘"} or mark == "``":
        return True
    if mark == "’" or before.isalnum():
        return False
    if mark in _SINGLE:
        return not after.isdigit() and not ahead.lower().startswith(_ELISIONS)
    return True


def _closes(opened: str, mark: str, before: str, after: str) -> bool:
    if opened in ("“", "„"):
        return mark in ("”", '"', "’’") or (opened == "„" and mark == "“") or (mark == "''" and not after.isalnum())
    if opened == "«":
        return mark == "»"
    if opened in ('"', "''", "``"):
        return mark in ('"', "''", "”", "’’") and not (before.isspace() and not after.isspace())
    closing = mark in ("’", "’’") if opened == "‘" else mark == "'"
    if not closing or after.isalnum() or before.isspace():
        return False
    return before in '.,?!;:…)”"' or before != "s" or not after.isspace()


def _reopens(opened: str, mark: str, before: str, after: str) -> bool:
    if opened in ("‘", "'"):
        return mark in ("‘", "“", '"', "''") and not before.isalnum() and not after.isspace()
    return mark == opened and before.isspace() and not after.isspace()


def _unclosed(text: str, opened: re.Match[str], limit: int) -> Quotation:
    stop = _UNCLOSED.search(text, opened.end(), limit)
    end = stop.end() if stop else limit
    while end > opened.end() and text[end - 1].isspace():
        end -= 1
    return Quotation(Span(opened.start(), end), Span(opened.end(), end), closed=False)
