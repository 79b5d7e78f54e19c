"""One sentence that stands on the pages of two origins."""

from __future__ import annotations

from collections.abc import Mapping

from ..records import Copy, Place, Reason, Span, Statement
from .nodes import Node
from .sources import shared_wording


def same_words(a: Node, b: Node, copies: Mapping[frozenset[str], Copy], least: float) -> Reason | None:
    """Why two nodes are one where a sentence of theirs is the same, at least ``least`` of the shorter one."""
    best: tuple[float, tuple[Place, ...]] = (0.0, ())
    for x in a.statements:
        for y in b.statements:
            if x.page == y.page:
                continue
            share = max(shared_wording(x, y), _shared(x, y, copies.get(frozenset((x.page, y.page)))))
            best = max(best, (share, (Place(x.page, x.span), Place(y.page, y.span))), key=lambda p: p[0])
    if best[0] < least:
        return None
    return Reason("one-passage", "both pages hold the same sentence", round(best[0], 3), best[1])


def _shared(x: Statement, y: Statement, copy: Copy | None) -> float:
    """The share of the shorter of two statements that shared passages cover on both pages, in [0, 1]."""
    if copy is None or copy.relation == "rewrite":
        return 0.0
    first, second = (x, y) if x.page == copy.a else (y, x)
    covered = sum(_inside(first.span, p.a).overlap(_inside(second.span, p.b)) for p in copy.passages)
    shorter = min(first.span.end - first.span.start, second.span.end - second.span.start)
    return min(1.0, covered / shorter) if shorter else 0.0


def _inside(span: Span, passage: Span) -> Span:
    """The part of a span inside a passage, counted from the passage's start (empty where they do not meet)."""
    start = max(span.start, passage.start)
    return Span(start - passage.start, max(start, min(span.end, passage.end)) - passage.start)
