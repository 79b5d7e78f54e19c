"""Who was first with a claim, in this collection, as far as clocks and chains allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ..language import clock
from ..records import First, Moment, Place, Reason, Report
from .endings import Ending

Verdict = Literal["found", "tied", "absent", "undetermined"]


def decide_first(reasons: Sequence[Reason]) -> Verdict:
    """The verdict from its reasons. A report outside the collection that is said to be the first, or that all origins
    lead to, was first; where only some do, nothing is known of its clock and so nothing is decided."""
    weight = {r.rule: r.weight for r in reasons}
    if "said-to-be-first" in weight or weight.get("leads-outside", 0.0) >= 1.0:
        return "absent"
    if "leads-outside" in weight or "clocks-do-not-tell" in weight:
        return "undetermined"
    if "only-page" in weight or "clearly-earlier" in weight:
        return "found"
    return "tied" if "same-clock" in weight else "undetermined"


def find_first(
    found: Sequence[Ending],
    reports: Mapping[str, Report],
    published: Mapping[str, Moment | None],
    origins: Sequence[tuple[str, ...]],
) -> First:
    """The first page or pages. ``origins`` holds the report ids of each origin, ``published`` each page's time."""
    reasons = _outside(found, reports, origins)
    own = sorted({e.statement.page for e in found if e.report == e.carrier})
    if not own:
        cited = {p for e in found if e.report in reports for p in reports[e.report].pages}
        own = sorted(cited) or sorted({e.statement.page for e in found})
    pages, clocks = _by_clock(own, published)
    reasons += clocks
    return First(pages, decide_first(reasons), tuple(reasons))


def _outside(
    found: Sequence[Ending], reports: Mapping[str, Report], origins: Sequence[tuple[str, ...]]
) -> list[Reason]:
    def absent(report: str) -> bool:
        return report in reports and not reports[report].in_collection

    reasons = []
    said = [e for e in found if e.said_first and absent(e.report)]
    if said:
        places = tuple(Place(e.statement.page, e.statement.span) for e in said)
        because = "a page says that a report outside the collection was the first"
        reasons.append(Reason("said-to-be-first", because, float(len(said)), places))
    led = [ids for ids in origins if all(map(absent, ids))]
    if led:
        places = tuple(Place(e.statement.page, e.statement.span) for e in found if absent(e.report))
        because = f"{len(led)} of {len(origins)} origins lead to a report that is not in the collection"
        reasons.append(Reason("leads-outside", because, round(len(led) / len(origins), 4), places))
    return reasons


def _by_clock(pages: Sequence[str], published: Mapping[str, Moment | None]) -> tuple[tuple[str, ...], list[Reason]]:
    places = tuple(Place(p) for p in pages)
    if len(pages) == 1:
        return tuple(pages), [Reason("only-page", "no other page has it as its own reporting", 1.0, places)]
    known = [p for p in pages if clock.is_known(published.get(p)) and _own_clock(published.get(p))]
    if len(known) == len(pages):
        first = min(known, key=lambda p: (str(clock.ends(published.get(p))), p))
        others = [p for p in known if p != first]
        if all(clock.is_before(published.get(first), published.get(p)) for p in others):
            return (first,), [_earlier(first, others, published)]
        times = {(str(clock.starts(published.get(p))), str(clock.ends(published.get(p)))) for p in known}
        if len(times) == 1 and _to_the_minute(published.get(known[0])):
            because = "the pages were published within the same stated time"
            return tuple(pages), [Reason("same-clock", because, float(len(pages)), places)]
    left = _not_later(pages, published)
    because = "the clocks of these pages are unknown or overlap"
    return left, [Reason("clocks-do-not-tell", because, float(len(left)), tuple(Place(p) for p in left))]


def _earlier(first: str, others: Sequence[str], published: Mapping[str, Moment | None]) -> Reason:
    end = clock.ends(published.get(first))
    starts = [s for p in others if (s := clock.starts(published.get(p))) is not None]
    hours = (min(starts) - end).total_seconds() / 3600 if end and starts else 0.0
    because = "it was published before every other page that carries the claim"
    return Reason("clearly-earlier", because, round(hours, 2), (Place(first), *map(Place, others)))


def _to_the_minute(moment: Moment | None) -> bool:
    """Whether a time says more than the day: two pages of one day can be hours apart."""
    return moment is not None and moment.earliest is not None and "T" in moment.earliest


def _own_clock(moment: Moment | None) -> bool:
    """Whether a time is the page's own, not one that it learned from a page with the same text."""
    return moment is not None and moment.basis != "copy"


def _not_later(pages: Sequence[str], published: Mapping[str, Moment | None]) -> tuple[str, ...]:
    """The pages that no other page is clearly before."""
    return tuple(p for p in pages if not any(clock.is_before(published.get(q), published.get(p)) for q in pages))
