"""In which order pairs are read, so that what one text is paired with comes close together, as machine code.

Texts are numbered as a walk meets them that goes on to a neighbour as long as there is one (depth first), and pairs
sorted by the later of their two: then nearly each text is read once, however the pairs hang together.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import compiled
from .fingerprints import Pairs
from .wording import Places


@compiled("void(int64[::1], int64[::1], int64[::1])")
def walk(bounds: Any, neighbours: Any, met: Any) -> None:
    """Fills ``met`` with when each text is met; the neighbours of a text begin at ``bounds`` [texts + 1]."""
    waiting = np.empty(len(neighbours) + 1, np.int64)
    met[:] = -1
    count = 0
    for start in range(len(met)):
        left = 1
        waiting[0] = start
        while left > 0:
            left -= 1
            text = waiting[left]
            if met[text] >= 0:
                continue
            met[text] = count
            count += 1
            for at in range(bounds[text], bounds[text + 1]):
                if met[neighbours[at]] < 0:
                    waiting[left] = neighbours[at]
                    left += 1


def together(pairs: Pairs, size: int) -> Places:
    """The order in which to read pairs [m, 2] of ``size`` texts."""
    one, other = np.concatenate((pairs[:, 0], pairs[:, 1])), np.concatenate((pairs[:, 1], pairs[:, 0]))
    bounds = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(one, minlength=size), out=bounds[1:])
    met = np.empty(size, dtype=np.int64)
    walk(bounds, other[np.argsort(one, kind="stable")], met)
    order: Places = np.argsort(met[pairs].max(1), kind="stable")
    return order
