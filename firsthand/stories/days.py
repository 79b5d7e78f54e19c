"""How many days lie between two pages, as far as their dates and words tell.

In: articles, copies, signatures. Out: the days on which each page can have been published, and the least number of days
between two pages. An undated page stands anywhere in time, but cannot look back on a year that has not been.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from firsthand.records import Article, Copy

from .signature import Floats, Ints, Signature

_OPEN = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day (ordinals) on which each page can have been published; unknown ends are ``-1`` and that
    of the last year there is."""

    early: Ints
    late: Ints
    years: tuple[tuple[int, ...], ...]

    def known(self) -> NDArray[np.bool_]:
        """Whether each page has a day, or an interval with two ends."""
        return np.asarray((self.early >= 0) & (self.late < _OPEN), dtype=bool)

    def between(self, first: Ints, second: Ints) -> Floats:
        """The least days between the pages of each pair."""
        gap = np.maximum(self.early[first] - self.late[second], self.early[second] - self.late[first])
        gap = np.maximum(0, gap)
        for k in np.flatnonzero((self.early[first] < 0) != (self.early[second] < 0)).tolist():
            a, b = int(first[k]), int(second[k])
            undated, dated = (a, b) if self.early[a] < 0 else (b, a)
            gap[k] = max(gap[k], _looking_back(self.years[undated], self.years[dated], int(self.late[dated])))
        return np.asarray(gap, dtype=np.float64)


def publication_days(articles: Sequence[Article], copies: Sequence[Copy], signatures: Sequence[Signature]) -> Days:
    """When each article can have been published.

    An identical copy lends its day to an undated page, and an earlier one opens the interval of a later one to its own
    day: a page that is published again stays with the happening that it was written about."""
    early, late = np.full(len(articles), -1, dtype=np.int64), np.full(len(articles), _OPEN, dtype=np.int64)
    for i, article in enumerate(articles):
        moment = article.published
        if moment is not None and moment.basis != "unknown":
            early[i], late[i] = _ordinal(moment.earliest, -1), _ordinal(moment.latest, _OPEN)
    place = {article.page: i for i, article in enumerate(articles)}
    own = early.copy()
    for copy in sorted(copies, key=lambda c: (c.a, c.b)):
        if copy.relation in ("identical", "edited"):
            for i, j in ((place[copy.a], place[copy.b]), (place[copy.b], place[copy.a])):
                if own[i] < 0 <= own[j] <= late[i]:
                    early[i], late[i] = own[j], late[j]
                elif 0 <= own[j] < own[i]:
                    early[i] = min(early[i], own[j])
    return Days(early, late, tuple(s.years for s in signatures))


def _looking_back(undated: tuple[int, ...], dated: tuple[int, ...], published: int) -> int:
    """The least days between a page of a known day and an undated one that speaks most of a later year: a page cannot
    look back on what has not been. A later year named in passing, or by the dated page too (a plan, an election), says
    nothing."""
    if not undated or published >= _OPEN or undated[0] in dated:
        return 0
    return max(0, date(undated[0], 1, 1).toordinal() - published)


def _ordinal(iso: str | None, unknown: int) -> int:
    """The day of an ISO date as a number; a year or a month counts as its first day."""
    try:
        return date.fromisoformat(((iso or "")[:10] + "-01-01")[:10]).toordinal() if iso else unknown
    except ValueError:
        return unknown
