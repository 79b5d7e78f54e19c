"""Joins the records of a run into the entries of a dossier, each list in an order that the input's never moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from firsthand.records import Claim, Disagreement, Findings, Report, Statement, Story

from .entries import (
    Entry,
    claim_entry,
    copy_entry,
    disagreement_entry,
    overrule_entry,
    page_entry,
    report_entry,
    source_matter_entry,
    statement_entry,
    story_entry,
)
from .finding import rank_claims
from .moments import sort_key
from .timeline import timeline_entries

UNREADABLE = ("pages", "articles", "statements")
"""Stages whose refusal of a document means that it could not be read, or not as a text that makes statements."""
SCHEMA = "firsthand/dossier/1"


def collect(findings: Findings) -> Entry:
    """The dossier, with the findings of its stories still empty."""
    pages = _pages(findings)
    order = {page["id"]: place for place, page in enumerate(pages)}
    by_page = {page["id"]: page for page in pages}
    reports = [report_entry(report) for report in sorted(findings.lineage.reports, key=lambda row: row.id)]
    stories = _stories(findings, by_page, order)
    statements = _statements(findings, by_page, order)
    by_statement = {row["id"]: row for row in statements}
    claims = _claims(findings, stories, by_statement)
    return {
        "schema": SCHEMA,
        "made_with": dict(sorted(findings.made_with)),
        "options": dict(sorted(findings.options)),
        "input": _input(findings),
        "pages": pages,
        "reports": reports,
        "copies": _copies(findings),
        "source_matter": _source_matter(findings),
        "stories": stories,
        "statements": statements,
        "claims": claims,
        "disagreements": _disagreements(findings),
        "timeline": timeline_entries(claims, by_statement, by_page),
        "overrules": _overrules(findings),
    }


def _input(findings: Findings) -> Entry:
    locations = {page.id: page.location for page in findings.pages}
    rows = sorted(
        (locations.get(row.subject, row.subject), row.stage, row.why, row.subject) for row in findings.rejected
    )
    return {
        "read": list(findings.read),
        "documents": len(findings.pages),
        "articles": len(findings.articles),
        "unreadable": [
            {"location": location, "why": why, "stage": stage}
            for location, stage, why, _ in rows
            if stage in UNREADABLE
        ],
        "set_aside": [
            {"subject": subject, "why": why, "stage": stage}
            for _, stage, why, subject in rows
            if stage not in UNREADABLE
        ],
    }


def _overrules(findings: Findings) -> list[Entry]:
    """In the order in which an editor gave them."""
    unmet = {row.subject: row.why for row in findings.rejected}
    return [overrule_entry(row, unmet.get(row.id)) for row in findings.overrules]


def _pages(findings: Findings) -> list[Entry]:
    found = {page.id: page for page in findings.pages}
    carriages = {row.page: row for row in findings.lineage.carriages}
    story_of = {page: story.id for story in findings.stories for page in story.pages}
    rows = [
        page_entry(article, found.get(article.page), carriages.get(article.page), story_of.get(article.page))
        for article in findings.articles
    ]
    return sorted(rows, key=lambda row: (row["location"], row["id"]))


def _copies(findings: Findings) -> list[Entry]:
    directions = {(row.a, row.b): row for row in findings.lineage.directions}
    rows = sorted(findings.copies, key=lambda row: (row.a, row.b, row.relation, -row.share_a, -row.share_b))
    return [copy_entry(row, directions.get((row.a, row.b))) for row in rows]


def _source_matter(findings: Findings) -> list[Entry]:
    """That on most pages first."""
    rows = sorted(findings.source_matter, key=lambda row: (-len({place.page for place in row.places}), row.id))
    return [source_matter_entry(row) for row in rows]


# ----------------------------------------------------------------------------------------------------- stories


def _stories(findings: Findings, pages: Mapping[str, Entry], order: Mapping[str, int]) -> list[Entry]:
    """Stories with most pages first."""
    ranked = sorted(findings.stories, key=lambda story: (-len(story.pages), story.title, story.id))
    entries = []
    for story in ranked:
        members = sorted(story.pages, key=lambda key: (order.get(key, len(order)), key))
        reports = _story_reports(story, findings.lineage.reports)
        when = _story_when([pages[key] for key in members if key in pages])
        entries.append(story_entry(story, members, reports, when))
    return entries


def _story_reports(story: Story, reports: Sequence[Report]) -> list[str]:
    """The reports that the story's pages carry, then the absent ones of this story, each by id."""
    members = set(story.pages)
    carried = sorted(row.id for row in reports if row.in_collection and not members.isdisjoint(row.pages))
    absent = sorted(row.id for row in reports if not row.in_collection and row.story == story.id)
    return carried + absent


def _story_when(pages: Sequence[Entry]) -> Entry | None:
    """From the first to the last publication of its pages, as far as pages say; on the earliest one's basis."""
    clocks = [page["published"] for page in pages if page["published"] and page["published"]["earliest"]]
    if not clocks:
        return None
    clocks.sort(key=lambda when: (*sort_key(when), when["basis"], when["words"] or ""))
    latest = max(clocks, key=lambda when: sort_key({**when, "earliest": when["latest"] or when["earliest"]}))
    return {
        "earliest": clocks[0]["earliest"],
        "latest": latest["latest"] or latest["earliest"],
        "basis": clocks[0]["basis"],
        "words": None,
    }


# ------------------------------------------------------------------------------------------ statements, claims


def _statements(findings: Findings, pages: Mapping[str, Entry], order: Mapping[str, int]) -> list[Entry]:
    cited: dict[str, dict[int, str]] = {}
    for row in sorted(findings.lineage.citations, key=lambda row: (row.statement, row.link, row.report)):
        cited.setdefault(row.statement, {}).setdefault(row.link, row.report)

    def key(row: Statement) -> tuple[Any, ...]:
        return (order.get(row.page, len(order)), row.page, row.span, row.id)

    return [
        statement_entry(row, cited.get(row.id, {}), pages[row.page]["report"] if row.page in pages else None)
        for row in sorted(findings.statements, key=key)
    ]


def _claims(findings: Findings, stories: list[Entry], statements: Mapping[str, Entry]) -> list[Entry]:
    """Claims by story, in the order of the story's news; each story learns which is its main claim."""
    counts = {count.claim: count for count in findings.origins}
    place = {key: number for number, key in enumerate(statements)}
    page_of = {key: row["page"] for key, row in statements.items()}
    contradictions = _contradictions(findings, page_of)
    by_story: dict[str, list[Entry]] = {}
    for claim in findings.alignment.claims:
        order = sorted(claim.statements, key=lambda key: (place.get(key, len(place)), key))
        against = contradictions.get(claim.id, [])
        by_story.setdefault(claim.story, []).append(claim_entry(claim, counts.get(claim.id), order, against))
    headline_of = {article.page: article.headline for article in findings.articles}
    entries: list[Entry] = []
    for story in stories:
        headlines = [headline_of.get(page) for page in story["pages"]]
        ranked = [dict(row) for row in rank_claims(by_story.pop(story["id"], []), statements, headlines)]
        story["main_claim"] = ranked[0]["id"] if ranked else None
        entries += ranked
    for _, rest in sorted(by_story.items()):
        entries += [dict(row) for row in rank_claims(rest, statements)]
    return entries


def _contradictions(findings: Findings, page_of: Mapping[str, str]) -> dict[str, list[str]]:
    """For each claim, the pages with a statement that cannot stand beside it."""
    found: dict[str, set[str]] = {}
    texts = {row.id: row.text for row in findings.statements}
    claims_of = _claims_of(findings.alignment.claims)
    by_id = {claim.id: claim for claim in findings.alignment.claims}
    for row in findings.alignment.disagreements:
        for key in sorted({claim for statement in row.statements for claim in claims_of.get(statement, ())}):
            others = _other_side(row, by_id[key], texts)
            found.setdefault(key, set()).update(page_of[statement] for statement in others if statement in page_of)
    return {key: sorted(pages) for key, pages in found.items()}


def _other_side(row: Disagreement, claim: Claim, texts: Mapping[str, str]) -> list[str]:
    """The statements of a disagreement that stand against the claim: those that give another value than the statement
    whose words the claim copies (or, where no value tells them apart, those of other claims)."""
    values = {key: value.casefold() for key, value in zip(row.statements, row.values, strict=False)}
    inside = [key for key in row.statements if key in claim.statements]
    own = next((key for key in inside if texts.get(key) == claim.text), inside[0])
    others = [key for key in row.statements if values.get(key, "") != values.get(own, "")]
    return others or [key for key in row.statements if key not in inside]


def _claims_of(claims: Sequence[Claim]) -> dict[str, tuple[str, ...]]:
    """The claims that each statement stands in."""
    found: dict[str, list[str]] = {}
    for claim in sorted(claims, key=lambda claim: claim.id):
        for statement in claim.statements:
            found.setdefault(statement, []).append(claim.id)
    return {key: tuple(dict.fromkeys(ids)) for key, ids in found.items()}


def _disagreements(findings: Findings) -> list[Entry]:
    claims_of = _claims_of(findings.alignment.claims)
    rows = sorted(findings.alignment.disagreements, key=lambda row: (row.story, row.kind, row.text, row.id))
    return [
        disagreement_entry(row, sorted({claim for key in row.statements for claim in claims_of.get(key, ())}))
        for row in rows
    ]
