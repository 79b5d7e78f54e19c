"""Origins: through how many independent (report, source) pairs each claim came into the collection.

In: articles, stories, statements, claims, copies and the lineage. Out: a :class:`records.OriginCount` a claim.

How it decides: every statement's chain is walked to its end, the last report that it cites and the source there
(``endings.py``), and read with what stands beside it (``beyond.py``); ends of one report and one source are one node
(``nodes.py``). Certain merges (``merging.py``): the same named person, body or document, whoever heard it; one
utterance, one sentence; a page that passes on or retells; a report's own voice beside one of its sources; unnamed
people of one report; an official and their office (``offices.py``); what lies open to everybody, an act done in
public, a document, a rule in force (``public.py``). Who confirms another newsroom's report adds at most one. What an
editor has overruled goes before all of these (``overruled.py``). What is left may still be one: those are the open
merges (``leaving_open.py``). The count (``counting.py``) is the interval from "every open merge holds" to "none does".
Opinion and sponsored pages add nothing; "media reports" alone may be more than one (``several.py``).

It counts too few rather than too many: two sources are kept apart for certain only where both are named and speak at
first hand. Known to fail: two offices of one body under two names count as two at most; a page that retells without
saying so counts as an origin of its own (at most).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from ..options import OriginOptions
from ..records import (
    Article,
    Claim,
    Copy,
    Lineage,
    Moment,
    OpenMerge,
    Origin,
    OriginCount,
    Overrule,
    Place,
    Reason,
    Report,
    Statement,
    Story,
)
from .beyond import confirmations, first_credits, first_told, settle
from .counting import decide_interval
from .endings import Ending, endings
from .first import find_first
from .loops import find_loops
from .merging import Merged, merge
from .nodes import Node, nodes_of
from .overruled import TWO, Decided, unmet_origins
from .public import documents_of
from .several import with_others
from .sources import source_words

__all__ = ["trace_origins", "unmet_origins"]


def trace_origins(
    articles: Sequence[Article],
    stories: Sequence[Story],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
    copies: Sequence[Copy],
    lineage: Lineage,
    options: OriginOptions,
    overrules: Sequence[Overrule] = (),
) -> tuple[OriginCount, ...]:
    """The origins of every claim, in the claims' order. ``overrules``: what an editor has decided of origins."""
    decided = Decided.of(overrules, statements)
    del stories
    by_page = {a.page: a for a in articles}
    by_id = {s.id: s for s in statements}
    reports = {r.id: r for r in lineage.reports}
    links = {(c.statement, c.link): c.report for c in lineage.citations}
    published = {c.page: c.published for c in lineage.carriages}
    pairs = {frozenset((c.a, c.b)): c for c in copies}
    of_page: dict[str, list[Statement]] = {}
    for statement in statements:
        of_page.setdefault(statement.page, []).append(statement)
    documents = {page: documents_of(rows) for page, rows in of_page.items()}
    credits = first_credits(statements, links)
    counts = []
    for claim in claims:
        members = [by_id[s] for s in claim.statements if s in by_id]
        found = [
            end
            for s in members
            if s.page in by_page
            for end in endings(s, by_page[s.page], documents[s.page], links, reports)
        ]
        found += (*confirmations(found, of_page), *first_told(found, credits, reports))
        counts.append(_count(claim, settle(found, reports), reports, pairs, published, options, decided))
    return tuple(counts)


def _count(
    claim: Claim,
    found: Sequence[Ending],
    reports: Mapping[str, Report],
    copies: Mapping[frozenset[str], Copy],
    published: Mapping[str, Moment | None],
    options: OriginOptions,
    decided: Decided,
) -> OriginCount:
    nodes = nodes_of(found, decided)
    merged = merge(nodes, reports, copies, options, decided)
    origins = tuple(
        _origin([nodes[i] for i in members], reasons)
        for members, reasons in zip(merged.classes, merged.made_by, strict=True)
    )
    open_merges, apart = _pairs(merged)
    origins, others = with_others(origins, nodes, reports)
    open_merges = (*open_merges, *others)
    least, most = decide_interval(origins, open_merges)
    loops = find_loops(found, reports)
    about_loops = tuple(_loop_reason(loop, found) for loop in loops)
    classes = [[nodes[i] for i in members] for members in merged.classes]
    sources = [_taken_from(members, reports) for members in classes if not all(node.confirms for node in members)]
    first = find_first([e for e in found if not e.confirms], reports, published, sources)
    return OriginCount(claim.id, least, most, origins, open_merges, first, loops, (*apart, *about_loops))


def _origin(nodes: Sequence[Node], merges: Sequence[Reason]) -> Origin:
    """One origin of merged nodes, shown by the node that says most: a named source, then a document, then others."""
    shown = min(nodes, key=_rank)
    statements: list[Statement] = [s for node in nodes for s in node.statements]
    ordered = sorted({s.id: s for s in statements}.values(), key=lambda s: (s.page, s.span, s.id))
    reasons = list(merges)
    for node in nodes:
        if len(node.statements) > 1:
            rule = "unnamed-of-one-report" if node.kind == "unnamed" else "same-report-and-source"
            places = tuple(Place(s.page, s.span) for s in node.statements)
            weight = 1.0 if rule == "unnamed-of-one-report" else float(len(places))
            reasons.append(Reason(rule, "their chains end in one report and one source", weight, places))
    return Origin(
        shown.report or None,
        source_words(shown.lead.source),
        shown.kind,
        tuple(s.id for s in ordered),
        tuple(reasons),
    )


def _taken_from(nodes: Sequence[Node], reports: Mapping[str, Report]) -> tuple[str, ...]:
    """The reports that an origin comes from, without those that only repeat another of them in their own voice."""
    found = {node.report for node in nodes}
    repeats = {
        node.report
        for node in nodes
        if node.own_voice and node.report in reports and found & set(reports[node.report].derived_from)
    }
    return tuple(sorted(found - repeats or found))


def _rank(node: Node) -> tuple[int, int, str]:
    order = ("person", "body", "document", "unnamed", "observation", "unknown")
    source = node.lead.source
    return order.index(node.kind), 0 if source is not None and source.name else 1, node.report


def _pairs(merged: Merged) -> tuple[tuple[OpenMerge, ...], tuple[Reason, ...]]:
    """The open merges between origins, and the reasons that keep others apart."""
    found, apart = [], []
    for (a, first), (b, second) in combinations(enumerate(merged.classes), 2):
        reasons = [r for i in first for j in second for r in merged.left[min(i, j), max(i, j)]]
        kept = [r for r in reasons if r.rule == TWO] or [r for r in reasons if r.rule == "told-apart"]
        if kept:
            apart.append(kept[0])
        else:
            shown = {r.rule: r for r in reversed(reasons)}
            found.append(OpenMerge(a, b, tuple(shown[rule] for rule in sorted(shown))))
    return tuple(found), tuple(apart)


def _loop_reason(loop: Sequence[str], found: Sequence[Ending]) -> Reason:
    places = tuple(Place(e.statement.page, e.statement.span) for e in found if e.carrier in loop and e.report in loop)
    because = f"{len(loop)} reports cite one another for it"
    return Reason("cite-one-another", because, float(len(loop)), places)
