"""The entries of ``dossier.json``: each record as a mapping with the fields that ``docs/dossier.md`` documents.

Nothing is decided here. Fields stand in a fixed order, spans are ``[start, end]``, a missing value is null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from firsthand.records import (
    Article,
    Carriage,
    Claim,
    Copy,
    Credit,
    Cue,
    Direction,
    Disagreement,
    Link,
    Moment,
    OriginCount,
    Overrule,
    Page,
    Reason,
    Report,
    SourceMatter,
    Span,
    Statement,
    Story,
)

Entry = dict[str, Any]


def span_entry(span: Span | None) -> list[int] | None:
    """``[start, end]``, half-open."""
    return None if span is None else [span.start, span.end]


def moment_entry(moment: Moment | None) -> Entry | None:
    """``{earliest, latest, basis, words}``."""
    if moment is None:
        return None
    return {"earliest": moment.earliest, "latest": moment.latest, "basis": moment.basis, "words": moment.words}


def reason_entries(reasons: Sequence[Reason]) -> list[Entry]:
    """``[{rule, because, weight, spans}]``, in the order in which the stage gave them."""
    return [
        {
            "rule": reason.rule,
            "because": reason.because,
            "weight": reason.weight,
            "spans": [{"page": place.page, "span": span_entry(place.span)} for place in reason.spans],
        }
        for reason in reasons
    ]


# ------------------------------------------------------------------------------------------- pages and reports


def page_entry(article: Article, page: Page | None, carriage: Carriage | None, story: str | None) -> Entry:
    """One page: what was found, with the credit and the date that it learns from the report which it carries."""
    credit = article.credit or (carriage.credit if carriage else None)
    published, by_copy = _published(article.published, carriage.published if carriage else None)
    return {
        "id": article.page,
        "location": page.location if page else article.page,
        "given_id": page.given_id if page else None,
        "url": page.url if page else None,
        "media": page.media if page else None,
        "captured": page.captured if page else None,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "text": article.text,
        "paragraphs": [span_entry(span) for span in article.paragraphs],
        "outlet": {"name": article.outlet.name, "basis": article.outlet.basis} if article.outlet else None,
        "byline": list(article.byline),
        "byline_bodies": list(article.byline_bodies),
        "credit": _credit_entry(credit, article.credit is None),
        "published": {**published, "basis": "copy"} if published and by_copy else published,
        "dates": [{**(moment_entry(date.when) or {}), "role": date.role, "why": date.why} for date in article.dates],
        "topics": list(article.topics),
        "genre": article.genre,
        "completeness": article.completeness,
        "language": article.language,
        "set_aside": [
            {"lines": list(block.lines), "why": block.why, "first_line": block.first_line}
            for block in article.set_aside
        ],
        "report": carriage.report if carriage else None,
        "story": story,
        "reasons": reason_entries((*article.reasons, *(carriage.reasons if carriage else ()))),
    }


def _credit_entry(credit: Credit | None, learned: bool) -> Entry | None:
    """A learned credit has basis ``copy`` and no span: its words stand on another page."""
    if credit is None:
        return None
    return {
        "name": credit.name,
        "basis": "copy" if learned else credit.basis,
        "span": None if learned else span_entry(credit.span),
        "extent": credit.extent,
    }


def _published(own: Moment | None, learned: Moment | None) -> tuple[Entry | None, bool]:
    """The page's own date, or else the one that it learns by copy. A capture only bounds, so that a date by copy
    stands in its place; but it never becomes a date that another page states."""
    weak = ("capture", "unknown")
    if learned is None or learned == own or (own is not None and own.basis not in weak):
        return moment_entry(own), False
    if own is not None and learned.basis in weak:
        return moment_entry(own), False
    return moment_entry(learned), learned.basis not in weak


def report_entry(report: Report) -> Entry:
    """One piece of journalism, present or absent."""
    return {
        "id": report.id,
        "newsroom": report.newsroom,
        "in_collection": report.in_collection,
        "pages": list(report.pages),
        "headline": report.headline,
        "published": moment_entry(report.published),
        "kind": report.kind,
        "story": report.story,
        "cites": list(report.cites),
        "derived_from": list(report.derived_from),
        "maybe_carried_by": [
            {"page": maybe.page, "why": maybe.why, "reasons": reason_entries(maybe.reasons)}
            for maybe in report.maybe_carried_by
        ],
        "reasons": reason_entries(report.reasons),
    }


def copy_entry(copy: Copy, direction: Direction | None) -> Entry:
    """Two pages that share words or retell each other; ``undetermined`` where nobody judged the direction."""
    return {
        "a": copy.a,
        "b": copy.b,
        "relation": copy.relation,
        "direction": direction.verdict if direction else "undetermined",
        "share": {"of_a": copy.share_a, "of_b": copy.share_b},
        "passages": [{"a": span_entry(passage.a), "b": span_entry(passage.b)} for passage in copy.passages],
        "edits": [{"kind": edit.kind, "a": span_entry(edit.a), "b": span_entry(edit.b)} for edit in copy.edits],
        "reasons": reason_entries(copy.reasons),
        "direction_reasons": reason_entries(direction.reasons if direction else ()),
    }


def source_matter_entry(matter: SourceMatter) -> Entry:
    """A quotation, statement or document that pages share which are no copies of each other."""
    return {
        "id": matter.id,
        "words": matter.words,
        "places": [{"page": place.page, "span": span_entry(place.span)} for place in matter.places],
        "reasons": reason_entries(matter.reasons),
    }


def story_entry(story: Story, pages: Sequence[str], reports: Sequence[str], when: Entry | None) -> Entry:
    """One happening; ``main_claim`` and ``finding`` are filled in when its claims are known."""
    return {
        "id": story.id,
        "title": story.title,
        "pages": list(pages),
        "reports": list(reports),
        "when": when,
        "main_claim": None,
        "finding": "",
        "reasons": reason_entries(story.reasons),
    }


# ------------------------------------------------------------------------------------------ statements, claims


def statement_entry(statement: Statement, cited: Mapping[int, str], carried: str | None) -> Entry:
    """One assertion with its chain. ``cited``: link index to report id; ``carried``: the report of its page."""
    return {
        "id": statement.id,
        "page": statement.page,
        "span": span_entry(statement.span),
        "text": statement.text,
        "kind": statement.kind,
        "chain": [
            _link_entry(link, cited.get(place, carried if place == 0 else None))
            for place, link in enumerate(statement.chain)
        ],
        "polarity": statement.polarity,
        "hedge": (
            {"words": statement.hedge.words, "span": span_entry(statement.hedge.span)} if statement.hedge else None
        ),
        "about": moment_entry(statement.about),
        "parts": [span_entry(part) for part in statement.parts],
    }


def _link_entry(link: Link, report: str | None) -> Entry:
    return {
        "role": link.role,
        "name": link.name,
        "report": report,
        "kind": link.kind if link.role == "source" else None,
        "description": link.description,
        "count": link.count,
        "anonymity_reason": link.anonymity_reason,
        "relation": link.relation,
        "medium": link.medium,
        "cue": _cue_entry(link.cue),
        "span": span_entry(link.span),
        "content": span_entry(link.content),
        "when": moment_entry(link.when),
    }


def _cue_entry(cue: Cue | None) -> Entry | None:
    return None if cue is None else {"words": cue.words, "span": span_entry(cue.span)}


def claim_entry(claim: Claim, count: OriginCount | None, statements: Sequence[str], against: Sequence[str]) -> Entry:
    """One claim with its origins; ``against`` are the pages that say what cannot stand beside it."""
    return {
        "id": claim.id,
        "story": claim.story,
        "text": claim.text,
        "statements": list(statements),
        "pages": {
            "carried": list(claim.carried),
            "silent": list(claim.silent),
            "unreadable": list(claim.unreadable),
            "contradicted": list(against),
        },
        "origins": _origins_entry(count),
        "first": {
            "pages": list(count.first.pages) if count else [],
            "verdict": count.first.verdict if count else "undetermined",
            "reasons": reason_entries(count.first.reasons if count else ()),
        },
        "loops": [list(loop) for loop in count.loops] if count else [],
        "reasons": reason_entries(claim.reasons),
    }


def _origins_entry(count: OriginCount | None) -> Entry:
    """The order of ``list`` is kept: ``open`` points into it by index. Null where the origins were not counted."""
    return {
        "min": count.min if count else None,
        "max": count.max if count else None,
        "list": [
            {
                "report": origin.report,
                "source": origin.source,
                "kind": origin.kind,
                "statements": list(origin.statements),
                "reasons": reason_entries(origin.reasons),
            }
            for origin in (count.origins if count else ())
        ],
        "open": [
            {"a": edge.a, "b": edge.b, "reasons": reason_entries(edge.reasons)}
            for edge in (count.open if count else ())
        ],
        "reasons": reason_entries(count.reasons if count else ()),
    }


def disagreement_entry(disagreement: Disagreement, claims: Sequence[str]) -> Entry:
    """Statements that cannot all be right, and the claims that they stand in."""
    return {
        "id": disagreement.id,
        "story": disagreement.story,
        "kind": disagreement.kind,
        "statements": list(disagreement.statements),
        "values": list(disagreement.values),
        "order": list(disagreement.order),
        "text": disagreement.text,
        "claims": list(claims),
        "reasons": reason_entries(disagreement.reasons),
    }


def overrule_entry(overrule: Overrule, unmet: str | None) -> Entry:
    """What an editor has decided; ``unmet`` says why it does not apply in this run, where it does not."""
    return {
        "id": overrule.id,
        "verdict": overrule.verdict,
        "about": overrule.about,
        "named": list(overrule.named),
        "a": [{"page": held.page, "words": held.words} for held in overrule.a],
        "b": [{"page": held.page, "words": held.words} for held in overrule.b],
        "on": overrule.on,
        "note": overrule.note,
        "applies": unmet is None,
        "why_not": unmet,
    }
