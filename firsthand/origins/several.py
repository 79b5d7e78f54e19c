"""A claim that rests on "media reports" alone: more than one newsroom may stand behind words that name none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..language.rows import rows
from ..newsrooms import by_name
from ..records import OpenMerge, Origin, Place, Reason, Report
from .nodes import Node

RULE = "several-newsrooms"


def with_others(
    origins: Sequence[Origin], nodes: Sequence[Node], reports: Mapping[str, Report]
) -> tuple[tuple[Origin, ...], tuple[OpenMerge, ...]]:
    """The only origin of a claim, and beside it, where a page has the claim from newsrooms in the plural without a
    name, a second one that may be the same; else the origins as they are, and nothing."""
    if len(origins) != 1:
        return tuple(origins), ()
    plural = [node for node in nodes if node.own_voice and _of_many(node, reports)]
    if not plural:
        return tuple(origins), ()
    statements = sorted({s.id: s for n in plural for s in n.statements}.values(), key=lambda s: (s.page, s.span, s.id))
    places = tuple(Place(s.page, s.span) for s in statements)
    reason = Reason(RULE, "reports of newsrooms in the plural, none of them named", float(len(places)), places)
    other = Origin(plural[0].report or None, None, "unknown", tuple(s.id for s in statements), (reason,))
    return (*origins, other), (OpenMerge(0, 1, (reason,)),)


def _of_many(node: Node, reports: Mapping[str, Report]) -> bool:
    """Whether a node ends in an absent report of newsrooms that are only called "US media", "news reports"."""
    report = reports.get(node.report)
    if report is None or report.in_collection or (report.newsroom and by_name(report.newsroom) is not None):
        return False
    called = (
        [report.newsroom]
        if report.newsroom
        else [link.description for e in node.endings for link in e.statement.chain[1:] if link.role == "report"]
    )
    return any(_is_plural(words) for words in called if words)


def _is_plural(words: str) -> bool:
    row, found = rows("origins")["many"], words.casefold().split()
    return bool(found) and found[-1] in row["words"] and not set(found) & set(row["not_of"])
