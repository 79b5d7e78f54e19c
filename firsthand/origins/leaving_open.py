"""What leaves it open whether two origins are one, and the one thing that tells two apart for certain."""

from __future__ import annotations

from collections.abc import Mapping

from ..language.names import may_be_same
from ..newsrooms import by_name
from ..records import Place, Reason, Report
from .nodes import Node
from .sources import source_words, speaks_for_body


def open_reasons(a: Node, b: Node, reports: Mapping[str, Report], places: tuple[Place, ...]) -> tuple[Reason, ...]:
    """What leaves two nodes open, or tells them apart."""
    if told_apart(a, b):
        because = f"{source_words(a.lead.source)} and {source_words(b.lead.source)} say it at first hand"
        return (Reason("told-apart", because, 1.0, places),)
    reasons = [_open_by_source(a, b, places)]
    for end, other in ((a, b), (b, a)):
        absent = reports.get(end.report)
        pages = {m.page for m in absent.maybe_carried_by} if absent else set()
        if (
            pages & {p for r in other.carriers if r in reports for p in reports[r].pages}
            and other.report in other.carriers
        ):
            because = "a page in the collection probably is the report that is cited"
            reasons.insert(0, Reason("may-be-carried", because, 1.0, places))
    owner = _common_owner(a, b, reports)
    if owner is not None:
        reasons.append(
            Reason("common-owner", f"both newsrooms belong to {owner}, which makes no origin one", 1.0, places)
        )
    return tuple(reasons)


def _common_owner(a: Node, b: Node, reports: Mapping[str, Report]) -> str | None:
    """Who owns the two newsrooms of two nodes, where they are two and belong to one owner."""
    names = [reports[node.report].newsroom if node.report in reports else None for node in (a, b)]
    rooms = [by_name(name) if name else None for name in names]
    if rooms[0] is None or rooms[1] is None or rooms[0].name == rooms[1].name:
        return None
    return rooms[0].owner if rooms[0].owner and rooms[0].owner == rooms[1].owner else None


def _open_by_source(a: Node, b: Node, places: tuple[Place, ...]) -> Reason:
    kinds = {a.kind, b.kind}
    if a.confirms or b.confirms:
        return Reason("confirms-it", "one of them confirms the other's report, and may be its source", 1.0, places)
    if a.own_voice or b.own_voice:
        return Reason("no-source-stated", "one of them gives no source", 1.0, places)
    if speaks_for_body(a.lead.source, b.lead.source):
        return Reason("speaks-for-it", "one of them may speak for the other", 1.0, places)
    if kinds == {"unnamed"}:
        return Reason("unnamed-may-be-same", "the unnamed people of both may be the same", 1.0, places)
    if "unnamed" in kinds:
        return Reason("named-and-unnamed", "the unnamed source may be the named one", 1.0, places)
    return Reason("may-pass-on", "one of them may have it from the other", 1.0, places)


def told_apart(a: Node, b: Node) -> bool:
    """Whether two nodes are different named people, both of whom speak of it at first hand."""
    one, other = a.lead.source, b.lead.source
    if one is None or other is None or not one.name or not other.name:
        return False
    if {one.kind, other.kind} != {"person"} or may_be_same(one.name, other.name):
        return False
    return one.relation == "first-hand" and other.relation == "first-hand"
