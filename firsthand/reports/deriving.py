"""What a report of the collection cites, what its main news is derived from, and what kind of report that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..language import clock
from ..language.rows import rows
from ..records import Copy, Place, Reason, Statement
from .carrying import Carried
from .citing import Mention, PageReading, has_cue, told_here

Kind = Literal["original", "rewrite", "mixed", "unknown"]


@dataclass(frozen=True, slots=True)
class Descent:
    """What one report rests on: ids of the reports it cites and is derived from, and its kind, from ``reasons``."""

    cites: tuple[str, ...]
    derived_from: tuple[str, ...]
    kind: Kind
    reasons: tuple[Reason, ...]


def decide_kind(reasons: Sequence[Reason]) -> Kind:
    """The kind of a report from its reasons: own reporting beside derived news is mixed."""
    rules = {r.rule for r in reasons}
    if rules & {"main-news-from", "retells-silently"}:
        return "mixed" if "own-reporting" in rules else "rewrite"
    return "original" if "own-reporting" in rules else "unknown"


def decide_derived(reasons: Sequence[Reason]) -> bool:
    """Whether a report's main news is taken from a cited one: the reasons are those about that one citation."""
    rules = {r.rule for r in reasons}
    return "main-news-from" in rules and "cites-but-has-own" not in rules


def descent(
    pages: Sequence[PageReading],
    own_id: str,
    report_of: Mapping[tuple[str, int], str],
    why: Mapping[tuple[str, int], Reason],
) -> Descent:
    """What the report that these pages carry rests on. ``report_of`` and ``why`` say what each citation means."""
    meant: dict[str, list[tuple[PageReading, Mention]]] = {}
    for reading in pages:
        for mention in reading.mentions:
            report = report_of[mention.statement, mention.link]
            if report != own_id:
                meant.setdefault(report, []).append((reading, mention))
    reasons: list[Reason] = []
    derived: list[str] = []
    for report, mentions in sorted(meant.items()):
        about = _about(mentions)
        if decide_derived(about):
            derived.append(report)
        reasons.extend(r for r in about if decide_derived(about) or r.rule != "main-news-from")
        meanings = [why[m.statement, m.link] for _, m in mentions if (m.statement, m.link) in why]
        reasons.extend(sorted(meanings, key=lambda r: (-r.weight, r.rule, r.because))[:1])
    reasons.extend(_own_reporting(pages, bool(derived)))
    return Descent(tuple(sorted(meant)), tuple(derived), decide_kind(reasons), tuple(reasons))


def retellings(
    descents: Mapping[str, Descent], report_of_page: Mapping[str, Carried], copies: Sequence[Copy]
) -> dict[str, Descent]:
    """The descents, with those reports derived too that retell another without naming anybody: no reporting of their
    own, no newsroom cited, not earlier, and told again on a page that has reporting of its own."""
    best: dict[str, tuple[float, str, Copy]] = {}
    for copy in sorted(copies, key=lambda c: (c.a, c.b)):
        for page, other, share in ((copy.a, copy.b, copy.share_a), (copy.b, copy.a, copy.share_b)):
            own, original = report_of_page.get(page), report_of_page.get(other)
            if own is None or original is None or not _may_retell(own, original, descents):
                continue
            if copy.relation == "rewrite" and (own.id not in best or share > best[own.id][0]):
                best[own.id] = (share, original.id, copy)
    found = dict(descents)
    for report, (share, original_id, copy) in best.items():
        because = "it has no source of its own, names no newsroom, and retells a page that has its own reporting"
        reason = Reason("retells-silently", because, round(share, 4), (Place(copy.a), Place(copy.b)))
        reasons = (*descents[report].reasons, reason)
        found[report] = Descent(descents[report].cites, (original_id,), decide_kind(reasons), reasons)
    return found


def _may_retell(own: Carried, original: Carried, descents: Mapping[str, Descent]) -> bool:
    if own.id == original.id or descents[own.id].kind != "unknown" or descents[own.id].cites:
        return False
    return descents[original.id].kind in ("original", "mixed") and not clock.is_before(
        own.published, original.published
    )


def _about(mentions: Sequence[tuple[PageReading, Mention]]) -> list[Reason]:
    """The reasons that one cited report gives: named; leading; the page's own sources come first."""
    statements = sorted({m.statement for _, m in mentions})
    name = mentions[0][1].newsroom or "a newsroom without a name"
    reasons = [Reason("names-the-report", f"the page names a report of {name}", float(len(statements)), _at(mentions))]
    leading = [(r, m) for r, m in mentions if m.leading]
    if leading:
        because = f"the page's main news is credited to {name}"
        reasons.append(Reason("main-news-from", because, float(len(leading)), _at(leading)))
        first = min(m.start for _, m in leading)
        before = [
            s for r in {r.article.page: r for r, _ in leading}.values() for s in r.own_unnamed if s.span.start < first
        ]
        before = [] if _only_summed_up(before, mentions) else before
        if before:
            because = f"the page cites {name}, but rests on sources of its own before"
            reasons.append(Reason("cites-but-has-own", because, float(len(before)), _of(before)))
    return reasons


def _only_summed_up(before: Sequence[Statement], mentions: Sequence[tuple[PageReading, Mention]]) -> bool:
    """Whether "sources say" above the cited report sums up the unnamed people whom that report is said to have."""
    cited = {m.statement for _, m in mentions}
    theirs = [s for r, _ in mentions for s in r.statements if s.id in cited and s.chain[-1].kind == "unnamed"]
    bare = all((s.chain[-1].description or "").casefold() in _bare_sources() for s in before)
    return bool(theirs) and bare


@cache
def _bare_sources() -> frozenset[str]:
    return frozenset(word for row in rows("reports")["bare"] for word in row["words"])


def _own_reporting(pages: Sequence[PageReading], derived: bool) -> list[Reason]:
    """Own sources; beside derived news only those whom the page says it reached itself ("told", "confirmed to the
    Courier")."""
    own = [s for r in pages for s in r.own if not derived or _reached(s, r)]
    if not own:
        return []
    because = f"{len(own)} statements rest on sources that the page reached itself"
    return [Reason("own-reporting", because, float(len(own)), _of(own[:5]))]


def _reached(statement: Statement, reading: PageReading) -> bool:
    """Whether the words say that the page's own newsroom reached the source."""
    if statement.chain[-1].kind == "observation" or has_cue("own", _cue_words(statement)):
        return True
    outlet = reading.article.outlet
    return outlet is not None and told_here(statement, (outlet.name,))


def _cue_words(statement: Statement) -> str:
    cue = statement.chain[-1].cue
    return cue.words if cue else ""


def _at(mentions: Sequence[tuple[PageReading, Mention]]) -> tuple[Place, ...]:
    spans = {(r.article.page, s.span) for r, m in mentions for s in r.statements if s.id == m.statement}
    return tuple(Place(page, span) for page, span in sorted(spans)[:5])


def _of(statements: Iterable[Statement]) -> tuple[Place, ...]:
    return tuple(Place(s.page, s.span) for s in statements)
