"""Circular citation: reports of the collection that have one claim from one another."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from ..records import Report
from .endings import Ending


def find_loops(found: Sequence[Ending], reports: Mapping[str, Report]) -> tuple[tuple[str, ...], ...]:
    """The shortest loop through each report that is in one: report ids in citing order, beginning with the smallest."""
    cites: dict[str, set[str]] = {}
    for ending in found:
        if ending.report != ending.carrier and ending.report in reports and reports[ending.report].in_collection:
            cites.setdefault(ending.carrier, set()).add(ending.report)
    loops = {loop for start in sorted(cites) if (loop := _shortest(start, cites))}
    return tuple(sorted(loops))


def _shortest(start: str, cites: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The shortest way along ``cites`` from ``start`` back to it; empty where there is none."""
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in sorted(cites.get(here, ())):
            if there == start:
                path = [here]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return _rotated(tuple(reversed(path)))
            if there not in came_from:
                came_from[there] = here
                queue.append(there)
    return ()


def _rotated(loop: tuple[str, ...]) -> tuple[str, ...]:
    at = loop.index(min(loop))
    return loop[at:] + loop[:at]
