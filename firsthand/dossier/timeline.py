"""The timeline: what the claims say happened when.

Only a moment that is resolved to a day, a month or a year stands on it, with words copied from the pages. A moment
that no news page means (centuries away from its publication: a misread number) is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from firsthand.language.clock import point

from .moments import bounds, sort_key

LONGEST = timedelta(days=367)
"""A moment wider than a year says nothing that a timeline could show."""

EARLIEST_YEAR = 1800
"""Years before this are almost always a misread number ("1500 people") in news; history pages lose by it."""

YEARS_AHEAD = 30
"""How far after a story's last publication a plan can lie ("by 2050" of a page of 2024 is lost, on purpose)."""

_USABLE = ("stated", "relative", "metadata", "url", "feed", "copy")


def timeline_entries(
    claims: Sequence[Mapping[str, Any]],
    statements: Mapping[str, Mapping[str, Any]],
    pages: Mapping[str, Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """The entries of all claims, sorted by time, then in the order of the claims; each claim and moment once."""
    rank = {claim["id"]: place for place, claim in enumerate(claims)}
    entries = []
    for claim in claims:
        rows = [statements[key] for key in claim["statements"] if key in statements]
        usable = [row for row in rows if _resolved(_moment(row), pages.get(row["page"]))]
        for group in _merged(usable):
            best = next((row for row in group if row["text"] == claim["text"]), group[0])
            entries.append(
                {
                    "when": _moment(best),
                    "text": best["text"],
                    "claim": claim["id"],
                    "story": claim["story"],
                    "statements": [row["id"] for row in group],
                }
            )
    seen: set[tuple[Any, ...]] = set()
    kept = []
    for entry in sorted(entries, key=lambda entry: (*sort_key(entry["when"]), rank[entry["claim"]], entry["text"])):
        key = (entry["story"], entry["when"]["earliest"], entry["when"]["latest"], entry["text"])
        if key not in seen:
            seen.add(key)
            kept.append(entry)
    return kept


def _moment(row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """When the thing happened; where the words date only the report that they cite ("the Times reported on Friday"),
    when that came out: it is what happened then."""
    if row["about"]:
        about: Mapping[str, Any] = row["about"]
        return about
    return next((link["when"] for link in row["chain"] if link["role"] == "report" and link["when"]), None)


def _resolved(about: Mapping[str, Any] | None, page: Mapping[str, Any] | None) -> bool:
    ends = bounds(about)
    if not about or not ends or about["basis"] not in _USABLE:
        return False
    low, high = ends
    return high - low <= LONGEST and low.year >= EARLIEST_YEAR and high.year <= _horizon(page)


def _horizon(page: Mapping[str, Any] | None) -> int:
    published = page["published"] if page else None
    last: datetime | None = None
    if published:
        last = point(published["latest"], end=True) or point(published["earliest"], end=True)
    return (last.year if last else 2070) + YEARS_AHEAD


def _merged(rows: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Rows of one claim grouped by moment, the finest first; a coarser moment ("in May") joins the one finer moment
    that it holds ("on 3 May"), so that one happening stands once."""
    groups: dict[tuple[datetime, datetime], list[Mapping[str, Any]]] = {}
    for row in rows:
        ends = bounds(_moment(row))
        if ends:
            groups.setdefault(ends, []).append(row)
    by_width = sorted(groups, key=lambda ends: (ends[1] - ends[0], ends))
    kept: dict[tuple[datetime, datetime], list[Mapping[str, Any]]] = {}
    for ends in by_width:
        inside = [fine for fine in kept if ends[0] <= fine[0] and fine[1] <= ends[1]]
        if len(inside) == 1:
            kept[inside[0]].extend(groups[ends])
        else:
            kept[ends] = list(groups[ends])
    return [kept[ends] for ends in sorted(kept)]
