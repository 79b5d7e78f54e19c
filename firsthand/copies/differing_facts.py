"""Whether shared text is one report or one template: which figures, days and names differ in it.

In: two articles and the runs of words that they share. Out: reasons, where the text differs in many facts. A market
report, a bulletin about an earthquake, a match report by rote: another day, it has the same sentences with other
facts. An editor who corrects or brings a report up to date changes few facts and leaves the day and the names, so a
day or a name must differ too, or the days of publication. Known to fail: a template with one fact a paragraph (it is
called a copy); a report whose every figure and date was converted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..language.rows import every
from ..records import Article, Reason
from .passages import Gap, Run
from .telling_evidence import days_apart
from .wording import Codes, Wording, words_of

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

_FIGURE = re.compile(r"\d[\d.,:]*\d|\d")
_FACT = re.compile(r"\d[\d.,:]*\d|\d|[^\W\d_]+")
_OPENS = re.compile(r"(?:[.!?:][”\"’')]{0,2}\s{1,3}|\n[“\"‘'(]{0,2}|[“\"‘])$")
_Told = tuple[frozenset[str], frozenset[str]]
"""Figures (as digits), and days and names (in lower case)."""
Apart = tuple[Sequence[Gap], int]
"""The words that differ in two texts that share runs, and how many between the runs are the same."""


class Facts(NamedTuple):
    """What is counted of two articles."""

    figures: int
    """Gaps in which figures differ."""
    others: int
    """Gaps in which days or names differ."""
    edits: int
    """Other gaps."""
    kept: int
    """Figures and days of the shared text that are the same in both."""
    shared: int
    """Words that are the same in both."""


_BEFORE = 5
"""Characters before a word that show whether it opens a sentence."""


def differing_facts(
    a: Article,
    b: Article,
    words_a: Wording,
    words_b: Wording,
    runs: Sequence[Run],
    apart: Apart | None = None,
    facts: Facts | None = None,
) -> list[Reason]:
    """The reasons that many facts of the shared text differ; none where they do not. ``apart`` is what :func:`gaps_of`
    says, and ``facts`` what :func:`facts_of` does, where that is known."""
    facts = facts or facts_of(a, b, words_a, words_b, runs, apart)
    return reasons_of(facts, days_apart(a, b)) if facts and facts.figures + facts.others >= FEWEST else []


def facts_of(
    a: Article, b: Article, words_a: Wording, words_b: Wording, runs: Sequence[Run], apart: Apart | None = None
) -> Facts | None:
    """What is counted of two articles; None where too few facts differ. ``apart`` is what :func:`gaps_of` says, where
    that is known."""
    gaps, more = apart or gaps_of(words_a, words_b, runs)
    figures, others, edits = _counted(a.text, b.text, words_a, words_b, gaps)
    if figures + others < FEWEST:
        return None
    kept = sum(_kept(a.text, words_a, run) for run in runs)
    return Facts(figures, others, edits, kept, sum(run.same for run in runs) + more)


def reasons_of(facts: Facts, days: int) -> list[Reason]:
    """The reasons that facts make of two articles that were published so many days apart."""
    figures, others, edits, kept, shared = facts
    share = (figures + others) / (figures + others + edits + kept)
    because = f"{figures} figures and {others} days or names differ in {shared} shared words"
    named = f"{others} days or names differ" + (f", and they were published {days} days apart" if days else "")
    return [
        Reason("facts-differ", because, round(100 * (figures + others) / shared, 2)),
        Reason("facts-differ-share", f"{share:.0%} of the shared text's figures and edits differ so", round(share, 4)),
        Reason("another-day-or-place", named, float(others + (days > 0))),
    ]


def _counted(text_a: str, text_b: str, a: Wording, b: Wording, gaps: Sequence[Gap]) -> tuple[int, int, int]:
    """In how many gaps figures differ, and days or names, and how many are other edits."""
    figures = others = edits = 0
    for start_a, end_a, start_b, end_b in gaps:
        if start_a == end_a or start_b == end_b or end_a - start_a > BETWEEN_FACTS or end_b - start_b > BETWEEN_FACTS:
            edits += 1
            continue
        ours, names = _facts(text_a, a.starts.item(start_a), a.ends.item(end_a - 1))
        theirs, other_names = _facts(text_b, b.starts.item(start_b), b.ends.item(end_b - 1))
        figured, named = not (ours <= theirs or theirs <= ours), not (names <= other_names or other_names <= names)
        figures += figured
        others += named
        edits += not (figured or named)
    return figures, others, edits


def gaps_of(a: Wording, b: Wording, runs: Sequence[Run]) -> Apart:
    """What was bridged, and what differs between two passages that follow each other, before the first and after the
    last; and how many words are the same there. Nothing, where edits are so rare that the text is no template."""
    same = sum(run.same for run in runs)
    if not runs or same > LONGEST * (len(runs) + sum(len(run.gaps) for run in runs)):
        return [], 0
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


def _facts(text: str, start: int, end: int) -> _Told:
    """The facts in ``text[start:end]``, which are whole words."""
    while start and (text[start - 1].isdigit() or (text[start - 1] in ".,:" and text[start - 2 : start - 1].isdigit())):
        start -= 1  # "4.2" is two words, of which one may differ
    before = max(0, start - _BEFORE)
    return _facts_in(text[before:end], start - before)


@lru_cache(maxsize=8192)
def _facts_in(text: str, start: int) -> _Told:
    """The facts from ``start`` on. The same few words stand in a gap of a page and each other page."""
    figures, names = set(), set()
    numbers, days = _words()
    for found in _FACT.finditer(text, start):
        word = found.group()
        plain = word.casefold()
        if word[0].isdigit():
            figures.add(word)
        elif plain in numbers:
            figures.add(numbers[plain])
        elif plain in days or (
            word[0].isupper() and not _OPENS.search(text, max(0, found.start() - _BEFORE), found.start())
        ):
            names.add(plain)
    return frozenset(figures), frozenset(names)


def _kept(text: str, words: Wording, run: Run) -> int:
    """How many figures and days of a run are the same in both texts."""
    starts, ends = _figures_and_days(text, words)
    at = bisect_right(ends, words.starts.item(run.a))
    stop = bisect_left(starts, words.ends.item(run.a + run.length_a - 1))
    kept = max(0, stop - at)
    for start, end, _, _ in run.gaps:
        if start < end:
            at = max(at, bisect_right(ends, words.starts.item(start)))
            past = bisect_left(starts, words.ends.item(end - 1))
            if past > at:
                kept -= past - at
                at = past
    return kept


@lru_cache(maxsize=64)
def _figures_and_days(text: str, words: Wording) -> tuple[list[int], list[int]]:
    """Where figures and days start and end."""
    known = told_in_words()
    told = known[np.minimum(np.searchsorted(known, words.codes), len(known) - 1)] == words.codes
    found = [figure.span() for figure in _FIGURE.finditer(text)]
    found += zip(words.starts[told].tolist(), words.ends[told].tolist(), strict=True)
    found.sort()
    return [start for start, _ in found], [end for _, end in found]


@cache
def told_in_words() -> Codes:
    """The codes of the words that are numbers, days or months, sorted."""
    numbers, days = _words()
    return np.sort(words_of(" ".join(sorted({*numbers, *days}))).codes)


def facts_in_words() -> dict[str, str]:
    """The numbers as words with their digits, and days and months with nothing."""
    numbers, days = _words()
    return {**dict.fromkeys(days, ""), **numbers}


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
