"""The edits of a pair as a person reads them: what they touch, which to look at first, and where they stand in a text.

What an edit touches (a negation, a number, a date, a name) is read from its words alone: from those that stand on one
side and not on the other. Known to fail: a number or a name that is part of a longer stretch, which nearly always has
some, is not told apart; a changed name in lower case; a name that begins a sentence counts, and so may another word.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from firsthand.language.names import fold
from firsthand.language.rows import rows
from firsthand.language.wording import stem, stop_words

from .index import View
from .wording import clip, counted

MAX_LISTED = 12
"""Edits listed above the two texts."""
MAX_MARKED = 400
"""Edits marked in the texts."""
LONG = 60
"""Characters from which words are struck through more faintly, so that they can be read."""
LONGEST = {"changed": 15, "cut": 6, "added": 6, "reordered": 0}
"""Words up to which an edit is searched for a number or a name: a whole sentence nearly always has some."""

TOUCHED = ("a negation", "a number", "a date", "a name")
"""What an edit may touch, the most telling first."""

_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_ENDS = '.!?:\n“"”'

Piece = tuple[str, View | None]
"""Words of a text, and the edit that they are of; a caret has no words."""


@cache
def _number_words() -> frozenset[str]:
    table = rows("amounts")
    return frozenset((*table["numbers"], *table["scales"])) - {"a", "an"}


@cache
def _negations() -> frozenset[str]:
    return frozenset(fold(word) for row in rows("hedges")["negation"] for word in row["words"])


_DATES = frozenset(name.lower() for name in (*day_name, *month_name) if name)


def touched(edit: Mapping[str, Any], text_a: str, text_b: str) -> str:
    """What a short edit touches, of :data:`TOUCHED`, or nothing of these."""
    longest = LONGEST.get(edit["kind"], 0)
    a, b = _words(text_a, edit["a"], longest), _words(text_b, edit["b"], longest)
    if max(len(a), len(b)) > longest:
        return ""
    differing = {word: first for side, other in ((a, b), (b, a)) for word, first in side.items() if word not in other}
    found = {_kind(word, first) for word, first in differing.items()}
    return next((kind for kind in TOUCHED if kind in found), "")


def _words(text: str, span: Sequence[int], longest: int) -> dict[str, bool]:
    """The words of a span (one more than ``longest`` at most); of each, whether it begins a sentence."""
    found: dict[str, bool] = {}
    for match in _WORD.finditer(text, max(0, span[0]), min(len(text), span[1])):
        before = text[max(0, match.start() - 8) : match.start()].rstrip(" ")
        found[match.group()] = not before or before[-1] in _ENDS
        if len(found) > longest:
            break
    return found


def _kind(word: str, first: bool) -> str:
    plain = fold(word).replace("’", "'")
    if plain in _negations() or plain.endswith("n't"):
        return "a negation"
    if any(char.isdigit() for char in word) or any(part in _number_words() for part in plain.split("-")):
        return "a number"
    if plain in _DATES and word[:1].isupper():
        return "a date"
    name = word[:1].isupper() and stem(word) not in stop_words()
    return "a name" if name and not first else ""


def ranked(edits: Sequence[Mapping[str, Any]], text_a: str, text_b: str) -> list[tuple[int, str]]:
    """The numbers of the edits, those to look at first before the others, each with what it touches: a negation, a
    number, a date, a name; then the longest."""
    found = []
    for number, edit in enumerate(edits):
        kind = touched(edit, text_a, text_b)
        place = TOUCHED.index(kind) if kind else len(TOUCHED) + (edit["kind"] == "reordered")
        size = max(edit[side][1] - edit[side][0] for side in "ab")
        found.append(((place, -size if not kind else 0, number), kind))
    return [(key[2], kind) for key, kind in sorted(found)]


def differences(edits: Sequence[Mapping[str, Any]], text_a: str, text_b: str) -> str:
    """How two texts differ, in one sentence without its full stop; empty where they do not."""
    counts = {kind: [row for row in edits if row["kind"] == kind] for kind in ("changed", "cut", "added", "reordered")}
    parts = []
    if counts["changed"]:
        parts.append(counted(len(counts["changed"]), "change"))
    for kind, side, text, which in (("cut", "a", text_a, "first"), ("added", "b", text_b, "second")):
        if counts[kind]:
            size = sum(len(_WORD.findall(text, *row[side])) for row in counts[kind])
            places = counted(len(counts[kind]), "place")
            parts.append(f"{counted(size, 'word')} in {places} only on the {which} page")
    if counts["reordered"]:
        parts.append(f"{counted(len(counts['reordered']), 'passage')} elsewhere in the order")
    return "; ".join(parts)


# ---------------------------------------------------------------------------------------------------- for the page


def edit_views(copy: Mapping[str, Any], text_a: str, text_b: str, passages: Sequence[Sequence[int]]) -> list[View]:
    """The edits that are marked, in text order: what each is called, its words on both sides, its place in the list
    (0: not listed). ``passages`` are the spans in a of the numbered passages."""
    edits = copy["edits"][:MAX_MARKED]
    numbers = {tuple(span): number for number, span in enumerate(passages, 1)}
    listed = {key: (place, kind) for place, (key, kind) in enumerate(ranked(edits, text_a, text_b), 1)}
    views = []
    for key, edit in enumerate(edits):
        place, kind = listed[key]
        room = 80 if edit["kind"] == "reordered" else 240
        views.append(
            {
                "number": key + 1,
                "kind": edit["kind"],
                "touches": kind,
                "a": clip(text_a[edit["a"][0] : edit["a"][1]], room),
                "b": clip(text_b[edit["b"][0] : edit["b"][1]], room),
                "spans": {"a": list(edit["a"]), "b": list(edit["b"])},
                "long": max(edit["a"][1] - edit["a"][0], edit["b"][1] - edit["b"][0]) > LONG,
                "passage": numbers.get(tuple(edit["a"]), 0) if edit["kind"] == "reordered" else 0,
                "listed": place if place <= MAX_LISTED else 0,
            }
        )
    return views


def paragraph_pieces(
    paragraphs: Sequence[Sequence[tuple[str, int, bool]]], starts: Sequence[int], views: Sequence[View], side: str
) -> list[list[tuple[list[Piece], int, bool]]]:
    """Each segment of each paragraph cut where edits begin and end. ``starts``: where each paragraph begins. An edit
    without words on this side is a piece without words, at its place."""
    marks = sorted((view["spans"][side], view["number"]) for view in views if view["kind"] != "reordered")
    by_number = {view["number"]: view for view in views}
    queue = [(max(0, start), end, by_number[number]) for (start, end), number in marks]
    found = []
    for paragraph, start in zip(paragraphs, starts, strict=True):
        at = max(0, start)
        pieces_of: list[tuple[list[Piece], int, bool]] = []
        for place, (words, number, begins) in enumerate(paragraph):
            pieces, queue = _cut(words, at, queue, place == len(paragraph) - 1)
            pieces_of.append((pieces, number, begins))
            at += len(words)
        found.append(pieces_of)
    return found


Queue = list[tuple[int, int, View]]


def _cut(words: str, at: int, queue: Queue, last: bool) -> tuple[list[Piece], Queue]:
    """The pieces of one segment, and the edits that are left for the next ones."""
    pieces: list[Piece] = []
    end, done = at + len(words), at
    used = 0
    for low, high, view in queue:
        if low > end or (low == end and not (last and low == high)):
            break
        if low == high or high <= done:  # a caret, or an edit whose words stand between paragraphs
            used += 1
            if low < high:
                continue
        if done < low:
            pieces.append((words[done - at : low - at], None))
            done = low
        if low == high:
            pieces.append(("", view))
            continue
        stop = min(high, end)
        if stop > done:
            pieces.append((words[done - at : stop - at], view))
            done = stop
        if high > end:
            break
        used += 1
    if done < end:
        pieces.append((words[done - at :], None))
    return pieces, queue[used:]


def pieces_within(
    paragraphs: Sequence[Sequence[tuple[Sequence[Piece], int, bool]]], limit: int
) -> Iterator[list[tuple[list[tuple[str, View | None, bool]], int, bool]]]:
    """The paragraphs up to a number of characters (the last one may be cut); of each piece, whether its edit begins."""
    seen: set[int] = set()
    for paragraph in paragraphs:
        kept = []
        for pieces, number, begins in paragraph:
            some: list[tuple[str, View | None, bool]] = []
            for words, view in pieces:
                if limit > 0:
                    some.append((words[:limit], view, view is not None and view["number"] not in seen))
                    seen.update([view["number"]] if view else [])
                    limit -= len(words)
            if some:
                kept.append((some, number, begins))
        if kept:
            yield kept
