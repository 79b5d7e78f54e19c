"""An editor's overrules of reports: two reports that are one, of which one or both may be absent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..overrules import because, holds, unmet
from ..records import Anchor, Lineage, Overrule, Rejected, Report, Statement, content_id
from .deriving import decide_kind

GONE = "no page carries, and no statement cites, the report of one of its sides"


def overrule_reports(
    lineage: Lineage, statements: Sequence[Statement], overrules: Sequence[Overrule]
) -> tuple[Lineage, tuple[Rejected, ...]]:
    """The lineage as an editor would have it, in the order in which the overrules were given, and the overrules that do
    not apply. An anchor of a whole page means the report that it carries, one of words the report that they cite."""
    rejected: list[Rejected] = []
    for overrule in overrules:
        pair = [_meant(side, lineage, statements) for side in (overrule.a, overrule.b)]
        if pair[0] is None or pair[1] is None:
            rejected.append(unmet(overrule, "reports", GONE))
        else:
            lineage = _joined(lineage, pair[0], pair[1], overrule)
    return lineage, tuple(rejected)


def _meant(anchors: Sequence[Anchor], lineage: Lineage, statements: Sequence[Statement]) -> str | None:
    """The report that most of the anchors mean."""
    carried = {row.page: row.report for row in lineage.carriages}
    whole = [carried[held.page] for held in anchors if not held.words and held.page in carried]
    cited = {s.id for s in statements if holds([held for held in anchors if held.words], s)}
    absent = {r.id for r in lineage.reports if not r.in_collection}
    found = whole or [c.report for c in lineage.citations if c.statement in cited and c.report in absent]
    found = found or [c.report for c in lineage.citations if c.statement in cited and c.link > 0]
    return max(sorted(set(found)), key=found.count, default=None)


def _joined(lineage: Lineage, one: str, other: str, overrule: Overrule) -> Lineage:
    reports = {report.id: report for report in lineage.reports}
    first, second = sorted((reports[one], reports[other]), key=lambda r: (not r.in_collection, -len(r.pages), r.id))
    reason = because("editor-one-report", overrule)
    if first is second:
        merged = replace(first, reasons=(*first.reasons, reason))
    else:
        merged = _report(first, second, overrule)
        merged = replace(merged, reasons=(*merged.reasons, reason))
    renamed = {one: merged.id, other: merged.id}
    kept = [_renamed(r, renamed) for r in lineage.reports if r.id not in renamed] + [_renamed(merged, renamed)]
    return replace(
        lineage,
        reports=tuple(sorted(kept, key=lambda r: (not r.in_collection, r.id))),
        carriages=tuple(replace(row, report=renamed.get(row.report, row.report)) for row in lineage.carriages),
        citations=tuple(replace(row, report=renamed.get(row.report, row.report)) for row in lineage.citations),
    )


def _report(first: Report, second: Report, overrule: Overrule) -> Report:
    """One report of two; of two present ones with the pages of both."""
    pages = tuple(sorted({*first.pages, *second.pages}))
    ident = content_id("report", *pages) if first.in_collection else first.id
    reasons = (*first.reasons, *second.reasons)
    return replace(
        first,
        id=ident,
        pages=pages,
        newsroom=first.newsroom or second.newsroom,
        headline=first.headline or second.headline,
        published=first.published or second.published,
        kind=decide_kind(reasons),
        cites=tuple(sorted({*first.cites, *second.cites})),
        derived_from=tuple(sorted({*first.derived_from, *second.derived_from})),
        maybe_carried_by=first.maybe_carried_by if not first.in_collection else (),
        reasons=reasons,
    )


def _renamed(report: Report, renamed: Mapping[str, str]) -> Report:
    """A report whose citations mean the reports by their present ids, itself left out."""

    def now(ids: Sequence[str]) -> tuple[str, ...]:
        found = {renamed.get(key, key) for key in ids} - {report.id}
        return tuple(sorted(found))

    return replace(report, cites=now(report.cites), derived_from=now(report.derived_from))
