"""Whether shared text is one report or one template: which figures, days and names differ in it.

In: two articles and the runs of words that they share. Out: reasons, where the text differs in many facts. A market
report, a bulletin about an earthquake, a match report by rote: another day, it has the same sentences with other
facts. An editor who corrects or brings a report up to date changes few facts and leaves the day and the names, so a
day or a name must differ too, or the days of publication. Known to fail: a template with one fact a paragraph (it is
called a copy); a report whose every figure and date was converted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from ..language.rows import every
from ..records import Article, Reason
from .passages import Gap, Run
from .telling_evidence import days_apart
from .wording import Wording

FEWEST = 4
"""Facts that must differ, so that anything is said."""
LONGEST = 25
"""Words between two edits, on average; a text with longer stretches of the same words is no template."""
BETWEEN = 60
"""Words on either side between two passages (or before the first, or after the last) that are compared word by word."""
BETWEEN_FACTS = 12
"""Words on either side of an edit in which facts are looked for; a longer one is other text."""
LEAST_SAME = 0.4
"""The share of those words that must be the same: less, and they are other text, one edit."""

_FACT = re.compile(r"\d[\d.,:]*\d|\d|[^\W\d_]+")
_OPENS = re.compile(r"(?:[.!?:][”\"’')]{0,2}\s{1,3}|\n[“\"‘'(]{0,2}|[“\"‘])$")
Facts = tuple[frozenset[str], frozenset[str]]
"""Figures (as digits), and days and names (in lower case)."""


def differing_facts(a: Article, b: Article, words_a: Wording, words_b: Wording, runs: Sequence[Run]) -> list[Reason]:
    """The reasons that many facts of the shared text differ; none where they do not."""
    same = sum(run.same for run in runs)
    if not runs or same > LONGEST * (len(runs) + sum(len(run.gaps) for run in runs)):
        return []
    gaps, more = _gaps(words_a, words_b, runs)
    figures = others = edits = 0
    for start_a, end_a, start_b, end_b in gaps:
        if start_a == end_a or start_b == end_b or max(end_a - start_a, end_b - start_b) > BETWEEN_FACTS:
            edits += 1
            continue
        one, other = _facts(a.text, words_a, start_a, end_a), _facts(b.text, words_b, start_b, end_b)
        differs = [bool(ours - theirs and theirs - ours) for ours, theirs in zip(one, other, strict=True)]
        figures += differs[0]
        others += differs[1]
        edits += not any(differs)
    if figures + others < FEWEST:
        return []
    kept = sum(_kept(a.text, words_a, run) for run in runs)
    share = (figures + others) / (figures + others + edits + kept)
    shared = same + more
    days = days_apart(a, b)
    because = f"{figures} figures and {others} days or names differ in {shared} shared words"
    apart = f"{others} days or names differ" + (f", and they were published {days} days apart" if days else "")
    return [
        Reason("facts-differ", because, round(100 * (figures + others) / shared, 2)),
        Reason("facts-differ-share", f"{share:.0%} of the shared text's figures and edits differ so", round(share, 4)),
        Reason("another-day-or-place", apart, float(others + (days > 0))),
    ]


def _gaps(a: Wording, b: Wording, runs: Sequence[Run]) -> tuple[list[Gap], int]:
    """What was bridged, and what differs between two passages that follow each other, before the first and after the
    last; and how many words are the same there."""
    found = [gap for run in runs for gap in run.gaps]
    first, last = runs[0], runs[-1]
    between = [(0, first.a, 0, first.b)]
    for left, right in pairwise(runs):
        between.append((left.a + left.length_a, right.a, left.b + left.length_b, right.b))
    between.append((last.a + last.length_a, len(a), last.b + last.length_b, len(b)))
    more = 0
    for gap in between:
        if 0 < gap[1] - gap[0] <= BETWEEN and 0 < gap[3] - gap[2] <= BETWEEN:
            parts, same = _aligned(a, b, gap)
            found += parts
            more += same
    return found, more


def _aligned(a: Wording, b: Wording, gap: Gap) -> tuple[list[Gap], int]:
    """The words that differ in a stretch of both texts, and how many are the same."""
    start_a, end_a, start_b, end_b = gap
    ours, theirs = a.codes[start_a:end_a].tolist(), b.codes[start_b:end_b].tolist()
    match = SequenceMatcher(None, ours, theirs, autojunk=False)
    same = sum(block.size for block in match.get_matching_blocks())
    if same < LEAST_SAME * max(len(ours), len(theirs)):
        return [gap], 0
    parts = [
        (start_a + low_a, start_a + high_a, start_b + low_b, start_b + high_b)
        for kind, low_a, high_a, low_b, high_b in match.get_opcodes()
        if kind != "equal"
    ]
    return parts, same


def _facts(text: str, words: Wording, first: int, last: int) -> Facts:
    """The facts in the words ``[first, last)``."""
    start, end = int(words.starts[first]), int(words.ends[last - 1])
    while start and (text[start - 1].isdigit() or (text[start - 1] in ".,:" and text[start - 2 : start - 1].isdigit())):
        start -= 1  # "4.2" is two words, of which one may differ
    figures, names = set(), set()
    numbers, days = _words()
    for found in _FACT.finditer(text, start, end):
        word = found.group()
        plain = word.casefold()
        if word[0].isdigit():
            figures.add(word)
        elif plain in numbers:
            figures.add(numbers[plain])
        elif plain in days or (word[0].isupper() and not _OPENS.search(text, max(0, found.start() - 5), found.start())):
            names.add(plain)
    return frozenset(figures), frozenset(names)


def _kept(text: str, words: Wording, run: Run) -> int:
    """How many figures and days of a run are the same in both texts."""
    numbers, days = _words()
    gaps = [(int(words.starts[gap[0]]), int(words.ends[gap[1] - 1])) for gap in run.gaps if gap[1] > gap[0]]
    gaps.append((len(text), len(text)))
    at = kept = 0
    for found in _FACT.finditer(text, int(words.starts[run.a]), int(words.ends[run.a + run.length_a - 1])):
        while gaps[at][1] <= found.start():
            at += 1
        plain = found.group().casefold()
        if found.end() <= gaps[at][0] and (plain[0].isdigit() or plain in numbers or plain in days):
            kept += 1
    return kept


@cache
def _words() -> tuple[dict[str, str], frozenset[str]]:
    """Numbers as words with their digits, and the names of days and months, of every language that has rows."""
    numbers: dict[str, str] = {}
    for table in every("amounts"):
        numbers.update({word: str(value) for word, value in table["numbers"].items() if len(word) > 2 and value > 1})
    days: set[str] = set()
    for table in every("times"):
        for kind in ("WEEKDAY", "MONTH", "MONTHABBR"):
            days.update(table.get("words", {}).get(kind, {}))
    return numbers, frozenset(days - {"march", "may", "mar", "sat", "sun"})
