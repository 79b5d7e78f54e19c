"""Who had it from whom, for each copy: from credits, citations and, for one text, the clock.

The clock alone proves little, for both pages may have the text from a third. It decides only where nothing that the
copy keeps speaks against it: a credit on one side, sentences that the earlier page lacks, an edit of it after the other
page came out. That a page names its own newsroom in words that the other lacks speaks for neither: a desk put them in,
or they are the original's and were left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ..language import clock
from ..newsrooms import newsroom_key
from ..records import Article, Copy, Direction, Place, Reason, Report

Verdict = Literal["a_from_b", "b_from_a", "common_original", "undetermined"]

FEWEST_LACKED = 2
"""Sentences that the earlier page lacks, while the later lacks none, at which the earlier looks cut (risk of a higher
number: a cut page is taken for the original of the whole one)."""

EARLIER = "the first page named here was published clearly before the second"
CREDITS = "the first page named here credits its main news to the second's report"


def decide_direction(reasons: Sequence[Reason]) -> Verdict:
    """The direction from its reasons. What the texts say goes before the clock; reasons that pull both ways, or no
    reason at all, leave it undetermined."""
    said = [r for r in reasons if r.rule in ("is-the-newsroom", "cites-the-other", "prints-its-words")]
    if said:
        return _pull(said)
    if any(r.rule in ("both-carry", "both-retell") for r in reasons):
        return "common_original"
    if any(r.rule == "clock-in-doubt" for r in reasons):
        return "undetermined"
    return _pull([r for r in reasons if r.rule == "clock"])


def _pull(reasons: Sequence[Reason]) -> Verdict:
    signs = {r.weight > 0 for r in reasons}
    if len(signs) != 1:
        return "undetermined"
    return "b_from_a" if signs == {True} else "a_from_b"


def direction(
    copy: Copy, articles: Mapping[str, Article], report_of_page: Mapping[str, Report], absent: Sequence[Report]
) -> Direction:
    """The direction of one copy, with its reasons. ``absent``: the reports that pages probably carry."""
    reasons = [*_reasons(copy, articles[copy.a], articles[copy.b], report_of_page[copy.a], report_of_page[copy.b])]
    reasons.extend(_probable(copy, report_of_page, absent))
    return Direction(copy.a, copy.b, decide_direction(reasons), tuple(reasons))


def _reasons(copy: Copy, a: Article, b: Article, of_a: Report, of_b: Report) -> list[Reason]:
    places = (Place(copy.a), Place(copy.b))
    reasons: list[Reason] = []
    if of_a.id == of_b.id:
        reasons.extend(_one_report(a, b, of_a, places))
    else:
        reasons.extend(_two_reports(of_a, of_b, places))
    reasons.extend(_quoted(copy))
    if copy.relation != "rewrite" and clock.is_known(a.published) and clock.is_known(b.published):
        if clock.is_before(a.published, b.published):
            reasons.append(Reason("clock", EARLIER, 0.5, places))
            reasons.extend(_doubts(copy, a, b, 1.0))
        if clock.is_before(b.published, a.published):
            reasons.append(Reason("clock", EARLIER, -0.5, places[::-1]))
            reasons.extend(_doubts(copy, a, b, -1.0))
    return reasons


def _quoted(copy: Copy) -> list[Reason]:
    """One page prints the other's prose as a quotation and names that page's newsroom for it."""
    found = [r for r in copy.reasons if r.rule == "quotes-the-other"]
    return [Reason("prints-its-words", r.because, 1.0 if r.weight > 0 else -1.0, r.spans) for r in found]


def _doubts(copy: Copy, a: Article, b: Article, sign: float) -> list[Reason]:
    """What speaks against the later page having it from the earlier one (``sign`` 1: the earlier one is a)."""
    weight = {r.rule: r.weight for r in copy.reasons}
    spans = {r.rule: r.spans for r in copy.reasons}
    found = []
    if weight.get("edited-later", 0.0) * sign < 0:
        because = "the page that was first was edited after the other came out"
        found.append(Reason("clock-in-doubt", because, 1.0, spans["edited-later"]))
    if "credit-on-one-side" in weight:
        because = "one page bears an agency's credit: both may have it from there"
        found.append(Reason("clock-in-doubt", because, 1.0, spans["credit-on-one-side"]))
    earlier, later = ("sentences-only-a", "sentences-only-b")[:: 1 if sign > 0 else -1]
    if weight.get(later, 0.0) >= FEWEST_LACKED and earlier not in weight and not _one_outlet(a, b):
        because = "the page that was first lacks sentences of the other and has none beyond it, as a cut text does"
        found.append(Reason("clock-in-doubt", because, 1.0, spans[later]))
    return found


def _one_outlet(a: Article, b: Article) -> bool:
    return bool(a.outlet and b.outlet and newsroom_key(a.outlet.name) == newsroom_key(b.outlet.name))


def _probable(copy: Copy, report_of_page: Mapping[str, Report], absent: Sequence[Report]) -> list[Reason]:
    """One page retells an absent report that the other page probably carries."""
    for report in absent:
        carried = {m.page for m in report.maybe_carried_by}
        for page, other in ((copy.a, copy.b), (copy.b, copy.a)):
            if page in carried and report.id in report_of_page[other].derived_from:
                because = f"one page retells a report of {report.newsroom} that the other probably carries"
                return [Reason("both-retell", because, 1.0, (Place(copy.a), Place(copy.b)))]
    return []


def _one_report(a: Article, b: Article, report: Report, places: tuple[Place, ...]) -> list[Reason]:
    """One report on two pages: the newsroom's own page is the original; two other pages both carry it."""
    if report.newsroom is None:
        return []
    key = newsroom_key(report.newsroom)
    own = [x.outlet is not None and newsroom_key(x.outlet.name) == key for x in (a, b)]
    if own[0] != own[1]:
        because = f"it is on {report.newsroom}'s own page"
        return [Reason("is-the-newsroom", because, 1.0 if own[0] else -1.0, places)]
    if any(r.rule == "credited-agency" for r in report.reasons) and not all(own):
        return [Reason("both-carry", f"both pages carry a report of {report.newsroom}", 1.0, places)]
    return []


def _two_reports(of_a: Report, of_b: Report, places: tuple[Place, ...]) -> list[Reason]:
    reasons = []
    if of_a.id in of_b.derived_from:
        reasons.append(Reason("cites-the-other", CREDITS, 1.0, places[::-1]))
    if of_b.id in of_a.derived_from:
        reasons.append(Reason("cites-the-other", CREDITS, -1.0, places))
    shared = sorted(set(of_a.derived_from) & set(of_b.derived_from))
    if shared and not reasons:
        reasons.append(Reason("both-retell", "both pages credit their main news to one other report", 1.0, places))
    return reasons
