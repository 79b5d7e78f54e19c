"""What the evidence for retellings is read from, made where it is asked for, and which pairs are worth that.

In: articles with their tellings. Out: a :class:`telling_evidence.Reading` for an article, and for pairs of articles
whether :func:`deciding.decide_relation` could call them a rewrite: from numbers alone, before any reason is made. A
pair that is set aside here would be no copy by its telling; one that is kept may still be none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..options import CopyOptions
from ..records import Article
from .candidates import Sketches
from .crediting import Crediting, creditings
from .few_tellings import FewTellings
from .fingerprints import Pairs
from .telling_evidence import Reading, days_between, joined_by_credit, publication_days
from .wording import Flags, Places, Wording

if TYPE_CHECKING:
    from .many_tellings import ManyTellings

ROUNDING = 1e-4
"""Reasons give their weights to four digits; a pair that lies so far below a bar may still reach it."""
HELD = 500
"""Readings that are held; then they are made again."""


class Readings:
    """The readings of articles, asked for by their ``numbers`` [n] (sorted; by default their places). ``outlets`` are
    the names of all outlets of the collection."""

    def __init__(
        self,
        articles: Sequence[Article],
        tellings: FewTellings | ManyTellings,
        outlets: tuple[str, ...],
        numbers: Places | None = None,
    ) -> None:
        self._articles = articles
        self._tellings = tellings
        self._outlets = outlets
        self._numbers = np.arange(len(articles)) if numbers is None else numbers
        self._names: Places | None = None
        self._held: dict[int, Reading] = {}
        self._creditings: dict[int, tuple[Crediting, ...]] = {}

    @property
    def sketches(self) -> Sketches:
        """What the articles are found by."""
        return self._tellings.sketches

    def renumbered(self, numbers: Places) -> Readings:
        """The same readings, asked for by the place in ``numbers`` of what they were asked for by."""
        made = copy(self)
        made._held, made._names = {}, numbers
        return made

    def __getitem__(self, number: int) -> Reading:
        if number not in self._held:
            if len(self._held) >= HELD:
                self._held.clear()
            name = number if self._names is None else self._names[number]
            at = int(np.searchsorted(self._numbers, name))
            self._held[number] = Reading(self._articles[at], self._tellings.telling(at), self._credited(at))
        return self._held[number]

    def _credited(self, at: int) -> tuple[Crediting, ...]:
        if at not in self._creditings:
            self._creditings[at] = creditings(self._articles[at], self._outlets)
        return self._creditings[at]

    def hopeful(self, pairs: Pairs, options: CopyOptions) -> Flags:
        """Which pairs [m, 2] may be rewrites by what they tell."""
        pairs = np.searchsorted(self._numbers, pairs)
        hopeful: Flags = self._days_apart(pairs) <= options.most_days_apart
        near = pairs[hopeful]
        block, share, news = (self._tellings.weighed(near) + ROUNDING).T
        gists = self.sketches.gists
        matter = np.zeros(len(near))
        for row, (i, j) in enumerate(near.tolist()):
            matter[row] = gists[i].astype(np.float32) @ gists[j].astype(np.float32) + ROUNDING
        closely = (block >= options.least_block) & (share >= options.least_retold_share)
        retold = (block >= options.least_retold) | closely
        retold &= (news >= options.least_told_news) & (matter >= options.least_told_matter)
        alike = (news >= options.least_same_news) & (matter >= options.least_same_matter)
        bar = min(options.least_admitted_news, options.least_silent_news)
        admitted = (news >= bar) & (matter >= options.least_admitted_matter)
        alike_enough = alike & (news + matter >= options.least_common_likeness)
        for row in np.flatnonzero((alike | admitted) & ~retold).tolist():
            a, b = ((self._articles[at], self._credited(at)) for at in near[row].tolist())
            common, credited, admits = joined_by_credit(a, b)
            retold[row] = (
                (alike[row] and credited)
                or (alike_enough[row] and common >= options.least_common_credit)
                or (admitted[row] and admits)
            )
        hopeful[hopeful] = retold
        return hopeful

    def _days_apart(self, pairs: Pairs) -> NDArray[np.int64]:
        """``telling_evidence.days_apart`` of each pair."""
        spans = [publication_days(article) for article in self._articles]
        return np.array([days_between(spans[i], spans[j]) for i, j in pairs.tolist()], dtype=np.int64)


def read(
    articles: Sequence[Article],
    wordings: Iterable[Wording],
    outlets: tuple[str, ...],
    large: bool,
    numbers: Places | None = None,
) -> Readings:
    """The readings of articles; ``wordings`` are theirs, in order. ``large``: by compiled functions."""
    if large:
        from .many_tellings import ManyTellings  # compiles or loads what it needs as it is imported

        return Readings(articles, ManyTellings(articles, wordings), outlets, numbers)
    return Readings(articles, FewTellings(articles, wordings), outlets, numbers)
