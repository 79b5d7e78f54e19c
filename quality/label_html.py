"""Which blocks of an HTML page are its gold text: labels to train the block classifier on.

A block need not be a paragraph of the gold: it may hold several (line breaks that the page makes with other means) or a
part of one. What counts is that its words stand in the gold, in the order of the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
from numpy.typing import NDArray

from firsthand.articles.markup import Outline

GRAM = 3
"""Words that must stand together to count as found in the gold."""
FOUND = 0.75
"""The share of a block's word triples that the gold must have."""
_WORD = re.compile(r"\w+")


def label_words(texts: Sequence[str], gold: Sequence[str]) -> NDArray[np.bool_]:
    """Which of ``texts`` (a page's blocks) are of the gold paragraphs: the heaviest chain of blocks whose words the
    gold has, in the gold's order; each part of the gold is given to one block."""
    words: list[str] = []
    whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for paragraph in gold:
        mine = _words(paragraph)
        whole[tuple(mine)].append(len(words))
        words.extend(mine)
    at: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(words) - GRAM + 1):
        at[tuple(words[i : i + GRAM])].append(i)
    pairs: list[tuple[int, int, int]] = []
    for number, text in enumerate(texts):
        mine = _words(text)
        if mine:
            spots = {*whole.get(tuple(mine), ()), *_spots(mine, at)}
            pairs.extend((number, start, start + len(mine)) for start in sorted(spots))
    body = np.zeros(len(texts), dtype=bool)
    body[_chain(pairs)] = True
    return body


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:20_000].lower())


def _spots(words: list[str], at: dict[tuple[str, ...], list[int]]) -> list[int]:
    """Where in the gold a block of six words or more may begin."""
    if len(words) < 6:
        return []
    grams = [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]
    hits = [i for i, gram in enumerate(grams) if gram in at]
    if len(hits) < FOUND * len(grams):
        return []
    starts = Counter(max(0, where - i) for i in hits[:60] for where in at[grams[i]][:20])
    return [start for start, count in starts.most_common(4) if count >= 0.2 * min(60, len(hits))]


def _chain(pairs: Sequence[tuple[int, int, int]]) -> list[int]:
    """The blocks of the heaviest chain: later blocks stand later in the gold, near ones rather than far ones."""
    best: list[float] = []
    back: list[int] = []
    for k, (number, start, end) in enumerate(pairs):
        score, previous = 0.0, -1
        for m in range(max(0, k - 600), k):
            other, begins, ends = pairs[m]
            value = best[m] - 0.002 * (number - other)
            if other < number and begins < start and ends <= start + 3 and value > score:
                score, previous = value, m
        best.append(score + end - start)
        back.append(previous)
    chain: list[int] = []
    k = int(np.argmax(best)) if best else -1
    while k >= 0:
        chain.append(pairs[k][0])
        k = back[k]
    return chain


def disturbed(outline: Outline, body: NDArray[np.bool_], random: Random) -> list[tuple[Outline, NDArray[np.bool_]]]:
    """Another page that holds the same article: most of the furniture is cut away, and on every other page no element
    has a name. What a newsroom calls its elements, and how much stands around an article, is different on every site.
    """
    inside = np.flatnonzero(body)
    if not len(inside):
        return []
    low = max(0, int(inside[0]) - random.choice([0, 1, 2, 4, 8, 16, 60]))
    high = min(len(body), int(inside[-1]) + 1 + random.choice([0, 0, 1, 3, 6, 12, 30, 90]))
    return [(_cut(outline, low, high, named=random.random() < 0.5), body[low:high])]


def _cut(outline: Outline, low: int, high: int, named: bool) -> Outline:
    """The outline of the blocks ``low`` to ``high`` alone; every element stays, with its names or without."""
    n = high - low
    return replace(
        outline,
        blocks=outline.blocks[low:high],
        leaf=outline.leaf[low:high],
        strong=outline.strong[low:high],
        first=[min(n, max(0, k - low)) for k in outline.first],
        last=[min(n, max(0, k - low)) for k in outline.last],
        names=outline.names if named else [""] * len(outline.names),
    )
