"""How common a word is in news: document frequencies, so that a rare word counts for more than a common one.

In: a folded word. Out: its inverse document frequency. A small collection cannot tell a rare word from a common one
(five pages about one call all hold "call"), so the collection's own counts are added to those of a background of news
pages (``models/<language>_words.tsv.gz``: a word and in how many pages it stands; made by
``python -m quality.train_words``).
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

_PAGES = "#pages"


@cache
def background(language: str = "en") -> Mapping[str, int]:
    """Document frequency of every word that stands in at least three background pages; ``#pages`` is their number."""
    path = resources.files("firsthand.language") / "models" / f"{language}_words.tsv.gz"
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return {word: int(count) for word, count in rows}


def inverse_frequency(word: str, own: Mapping[str, int], own_pages: int, language: str = "en") -> float:
    """``ln(1 + N / (1 + df))`` over background and collection together; ``own`` holds the collection's counts.

    The formula is the smoothed idf of Robertson and Spärck Jones (1976) as commonly used; at least ``ln(1 + N/(1+N))``.
    """
    known = background(language)
    pages = known[_PAGES] + own_pages
    return math.log(1 + pages / (1 + known.get(word, 0) + own.get(word, 0)))
