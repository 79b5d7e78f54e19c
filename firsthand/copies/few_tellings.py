"""The tellings of a small collection, article by article with numpy: nothing has to be compiled.

The numbers are those of ``many_tellings``, which is for large collections.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..records import Article
from .candidates import sketched
from .fingerprints import Pairs
from .retellings import best_matches, close_share, densest_block, same_news
from .tellings import Telling, likeness, tell
from .wording import Wording


class FewTellings:
    """The tellings of articles: their sketches, and how far pairs of them tell the same."""

    def __init__(self, articles: Sequence[Article], wordings: Iterable[Wording]) -> None:
        self._tellings = [tell(article, words) for article, words in zip(articles, wordings, strict=True)]
        self.sketches = sketched(self._tellings)

    def telling(self, number: int) -> Telling:
        """The telling of an article."""
        return self._tellings[number]

    def weighed(self, pairs: Pairs) -> NDArray[np.float64]:
        """For each pair the score of its densest block, the share closely told, and how far the openings tell the same
        news [m, 3]: what ``telling_evidence`` makes its reasons of."""
        out = np.zeros((len(pairs), 3), dtype=np.float64)
        for row, (i, j) in enumerate(pairs.tolist()):
            a, b = self._tellings[i], self._tellings[j]
            matrix = likeness(a, b)
            best_a, best_b = best_matches(a, b, matrix)
            out[row, 0] = max(densest_block(a, best_a).score, densest_block(b, best_b).score)
            out[row, 1] = max(close_share(a, best_a), close_share(b, best_b))
            out[row, 2] = same_news(matrix)
        return out
