"""Where two texts differ that share passages: what an editor changed, cut, put in, or moved.

In: two texts, their wordings, the runs of words that they share. Out: edits, read from the first text to the second
and claiming no direction, sorted by their place in the first.

*Inside a passage*: each small edit that was bridged. *Moved*: the passages, as few words as possible, without which
the others stand in one order. *Between two passages* of those others (moved ones aside): what stands there is an edit
where one side goes on at once (at most :data:`CLOSE` words; so that the other side's words, however many, stand in
the middle of one text), or where neither side has more words there than the two passages share (so that the two and
what is between them are at least half the same words). Anything longer on both sides is text of the articles' own and
no edit. *Before the first and after the last passage*: the same, but only where one side begins or ends at once, for
nothing stands beyond that would show that it is a change.

Words count: a difference of case, accents or punctuation alone is no edit. The punctuation that goes with cut or added
words is in their span.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from ..records import Edit, Span
from .passages import Gap, Run
from .wording import Wording

CLOSE = 4
"""Words: a side that has no more than these between two passages goes on at once."""

LONGEST_SPLIT = 20
"""Words of a change, on either side, that is looked through for words in it that are the same."""
FEWEST_SAME = 2
"""Words that are the same and part a change in two (risk of one: "of" and "the" part what was written anew)."""

Placed = tuple[int, int, int, int, int, int, int, int]
"""An edit's words as characters, for each text: where the word before them ends (0: there is none), where they start
and end (both the same where there are none), and where the word after them starts (the text's end: there is none)."""


def find_edits(
    text_a: str, text_b: str, a: Wording, b: Wording, runs: Sequence[Run], placed: Sequence[Placed] | None = None
) -> tuple[Edit, ...]:
    """The edits of two texts that share ``runs`` (in the order of the first text). ``placed`` are the places of the
    gaps, where no passage moved and they are known."""
    if not runs:
        return ()
    if placed is not None:
        return tuple(edits_at(text_a, text_b, placed))
    moved = moved_runs(runs) if len(runs) > 1 else []
    gaps = word_gaps(a, b, runs, moved)
    if not gaps and not moved:
        return ()
    edits = edits_at(text_a, text_b, [_placed(text_a, text_b, a, b, gap) for gap in gaps])
    if moved:
        edits = _apart(edits)
        edits.extend(_moved(a, b, runs[n]) for n in moved)
        edits.sort(key=lambda edit: (edit.a, edit.b, edit.kind))
    return tuple(edits)


def word_gaps(a: Wording, b: Wording, runs: Sequence[Run], moved: Sequence[int]) -> list[Gap]:
    """The words ``[start_a, end_a)`` that stand where the second text has ``[start_b, end_b)``, for each edit but those
    of order: none overlap, each is as small as it can be, and one of the two may be empty. Sorted."""
    found = _between(runs, moved, len(a.codes), len(b.codes))
    if moved:
        found = _unpaired(found, a, b)
    for run in runs:
        found.extend(run.gaps)
    found.sort()
    gaps: list[Gap] = []
    for gap in found:
        start_a, end_a, start_b, end_b = gap = _trimmed(a, b, gap)
        least, most = sorted((end_a - start_a, end_b - start_b))
        if least > 1 and most <= LONGEST_SPLIT:
            gaps.extend(_split(a.codes[start_a:end_a].tolist(), b.codes[start_b:end_b].tolist(), start_a, start_b))
        elif most:
            gaps.append(gap)
    return gaps


def _split(a: Sequence[int], b: Sequence[int], start_a: int, start_b: int) -> list[Gap]:
    """A short change as the changes around the longest stretch of words in it that is the same, and so on."""
    best = place_a = place_b = 0
    before = [0] * (len(b) + 1)
    for i, word in enumerate(a):
        row = [0] * (len(b) + 1)
        for j, other in enumerate(b):
            if word == other:
                row[j + 1] = size = before[j] + 1
                if size > best:
                    best, place_a, place_b = size, i + 1 - size, j + 1 - size
        before = row
    if best < FEWEST_SAME:
        return [(start_a, start_a + len(a), start_b, start_b + len(b))] if a or b else []
    left = _split(a[:place_a], b[:place_b], start_a, start_b)
    end_a, end_b = place_a + best, place_b + best
    return left + _split(a[end_a:], b[end_b:], start_a + end_a, start_b + end_b)


def _trimmed(a: Wording, b: Wording, gap: Gap) -> Gap:
    """A gap without the words at its ends that are the same on both sides."""
    start_a, end_a, start_b, end_b = gap
    while start_a < end_a and start_b < end_b and a.codes[start_a] == b.codes[start_b]:
        start_a, start_b = start_a + 1, start_b + 1
    while start_a < end_a and start_b < end_b and a.codes[end_a - 1] == b.codes[end_b - 1]:
        end_a, end_b = end_a - 1, end_b - 1
    return start_a, end_a, start_b, end_b


def _between(runs: Sequence[Run], moved: Sequence[int], size_a: int, size_b: int) -> list[Gap]:
    """The gaps before, between and after passages that are edits; the passages that moved stand in none."""
    elsewhere = set(moved)
    kept = [run for number, run in enumerate(runs) if number not in elsewhere] if moved else runs
    holes_a = [(runs[n].a, runs[n].a + runs[n].length_a) for n in moved]
    holes_b = sorted((runs[n].b, runs[n].b + runs[n].length_b) for n in moved)
    found: list[Gap] = []
    at_a = at_b = same = 0
    for run in kept:
        if at_a < run.a or at_b < run.b:
            gap = (at_a, run.a, at_b, run.b)
            found.extend(_edits_of(gap, same + run.same if same else 0, holes_a, holes_b))
        at_a, at_b, same = run.a + run.length_a, run.b + run.length_b, run.same
    if at_a < size_a or at_b < size_b:
        found.extend(_edits_of((at_a, size_a, at_b, size_b), 0, holes_a, holes_b))
    return found


def _unpaired(gaps: Sequence[Gap], a: Wording, b: Wording) -> list[Gap]:
    """The gaps without a few words that are cut at one place and added at another: they went with a passage that moved,
    but its run ends before them, for both it and the passage after it could have had them ("... , she said.")."""
    waiting: dict[tuple[int, ...], list[int]] = {}
    dropped: set[int] = set()
    for number, (start_a, end_a, start_b, end_b) in enumerate(gaps):
        if start_b == end_b and end_a - start_a <= CLOSE:
            waiting.setdefault(tuple(a.codes[start_a:end_a].tolist()), []).append(number)
    for number, (start_a, end_a, start_b, end_b) in enumerate(gaps):
        if (
            start_a == end_a
            and end_b - start_b <= CLOSE
            and (same := waiting.get(tuple(b.codes[start_b:end_b].tolist())))
        ):
            dropped.update((same.pop(0), number))
    return [gap for number, gap in enumerate(gaps) if number not in dropped]


Words = tuple[int, int]


def _edits_of(gap: Gap, shared: int, holes_a: list[Words], holes_b: list[Words]) -> Sequence[Gap]:
    """What stands between two passages that share so many words (0 at an end of the texts), where that is an edit.
    Where a passage that moved stands there too, nothing is said to stand in the place of something else."""
    start_a, end_a, start_b, end_b = gap
    if not holes_a:
        stands_a, stands_b = [(start_a, end_a)], [(start_b, end_b)]
    else:
        stands_a, stands_b = _around(start_a, end_a, holes_a), _around(start_b, end_b, holes_b)
    sizes = (sum(end - start for start, end in stands_a), sum(end - start for start, end in stands_b))
    if min(sizes) > CLOSE and max(sizes) > shared:
        return ()
    if stands_a == [(start_a, end_a)] and stands_b == [(start_b, end_b)]:
        return (gap,)
    cut = [(start, end, start_b, start_b) for start, end in stands_a]
    return cut + [(end_a, end_a, start, end) for start, end in stands_b]


def _around(start: int, end: int, holes: list[Words]) -> list[Words]:
    """The words of ``[start, end)`` that stand in no hole."""
    found = []
    for low, high in holes[bisect_left(holes, (start, start)) :]:
        if low >= end:
            break
        if start < low:
            found.append((start, low))
        start = high
    return [*found, (start, end)] if start < end else found


def moved_runs(runs: Sequence[Run]) -> list[int]:
    """The numbers of the runs that are not in the heaviest sequence (by words that are the same) which stands in one
    order on both sides. O(n log n) comparisons."""
    if all(one.b < other.b for one, other in pairwise(runs)):
        return []
    ends: list[int] = []  # sequences that may be continued: where they end in the second text, ascending,
    weights: list[int] = []  # what they weigh, ascending too,
    lasts: list[int] = []  # and their last run
    before: list[int] = []
    for number, run in enumerate(runs):
        at = bisect_left(ends, run.b)
        weight = run.same + (weights[at - 1] if at else 0)
        before.append(lasts[at - 1] if at else -1)
        end = at
        while end < len(ends) and weights[end] <= weight:
            end += 1
        ends[at:end], weights[at:end], lasts[at:end] = [run.b], [weight], [number]
    kept = set()
    number = lasts[-1]
    while number >= 0:
        kept.add(number)
        number = before[number]
    return [number for number in range(len(runs)) if number not in kept]


# -------------------------------------------------------------------------------------------------- characters


def _moved(a: Wording, b: Wording, run: Run) -> Edit:
    return Edit("reordered", a.span(run.a, run.a + run.length_a - 1), b.span(run.b, run.b + run.length_b - 1))


def _apart(edits: Sequence[Edit]) -> list[Edit]:
    """The edits with each place that lies among the closing marks of another edit's words behind these: it can only
    where a passage that moved stood between the two."""
    spans = {"a": [edit.a for edit in edits], "b": [edit.b for edit in edits]}
    for side in spans.values():
        end = 0
        for number in sorted(range(len(side)), key=side.__getitem__):
            if side[number].start < end:
                side[number] = Span(end, end)
            end = side[number].end
    return [Edit(edit.kind, a, b) for edit, a, b in zip(edits, spans["a"], spans["b"], strict=True)]


def _placed(text_a: str, text_b: str, a: Wording, b: Wording, gap: Gap) -> Placed:
    start_a, end_a, start_b, end_b = gap
    return (*_side(text_a, a, start_a, end_a), *_side(text_b, b, start_b, end_b))


def _side(text: str, words: Wording, first: int, end: int) -> tuple[int, int, int, int]:
    before = words.ends.item(first - 1) if first else 0
    after = words.starts.item(end) if end < len(words) else len(text)
    if first == end:
        return before, before, before, after
    return before, words.starts.item(first), words.ends.item(end - 1), after


def edits_at(text_a: str, text_b: str, places: Sequence[Placed]) -> list[Edit]:
    """The edits whose words stand at these places, to the character."""
    found = []
    for before_a, start_a, end_a, after_a, before_b, start_b, end_b, after_b in places:
        if start_a == end_a:
            span, place = _one_sided(text_b, before_b, start_b, end_b, after_b, text_a, before_a, after_a)
            found.append(Edit("added", place, span))
        elif start_b == end_b:
            span, place = _one_sided(text_a, before_a, start_a, end_a, after_a, text_b, before_b, after_b)
            found.append(Edit("cut", span, place))
        else:
            found.append(Edit("changed", Span(start_a, end_a), Span(start_b, end_b)))
    return found


def _one_sided(
    text: str, before: int, start: int, stop: int, after: int, other: str, low: int, high: int
) -> tuple[Span, Span]:
    """Words of one text with the punctuation that goes with them, and where they would stand in the other, between its
    words that end at ``low`` (0: there is none) and start at ``high``: an empty span, in the same sentence as far as
    punctuation tells."""
    lead, tail, joint = text[before:start], text[stop:after], other[low:high]
    if lead == " " == joint and tail == " ":
        return Span(start, stop), Span(low, low)
    start -= len(_opening(lead, before == 0))
    closing, closed = _closing(joint), _closing(tail)
    if closing and closed.endswith(closing) and closing != _closing(lead):
        stop += len(closed) - len(closing)
        closing = ""  # the words before the punctuation were cut, not those after
    else:
        stop += len(closed)
    if low == 0:
        at = 0
    elif "\n" in lead and "\n" not in tail and after < len(text):
        at = low + len(joint) - len(_opening(joint))
    else:
        at = low + len(closing)
    return Span(start, stop), Span(at, at)


def _closing(between: str) -> str:
    """The marks that stand at the word before, of the characters between two words."""
    return "" if not between or between[0].isspace() else between.split(None, 1)[0]


def _opening(between: str, alone: bool = False) -> str:
    """The marks that stand at the word after; those that join it to the word before are that one's, where there is one
    (not ``alone``)."""
    if not between or between[-1].isspace():
        return ""
    parts = between.split()
    return parts[-1] if alone or len(parts) > 1 or between[0].isspace() else ""
