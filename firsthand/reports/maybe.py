"""Pages that probably carry an absent report: syndicated copy that lost its credit on the way.

The evidence: pages that retell the absent report retell this page; the page has the news in its own voice, on unnamed
people's word, as the absent report is said to have it; it credits nobody else. It stays "probably": origins treats it
as one that may be the same, never as one that is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from ..language import clock
from ..newsrooms import by_name, newsroom_key
from ..options import ReportOptions
from ..records import MaybeCarried, Place, Reason
from .absent import Absent, cited_share
from .carrying import Carried
from .citing import PageReading, has_cue

LEAST_CITED = 0.5
"""Share of the words that are attributed to the report, from which a page that holds them says the same."""
CITED_WEIGHT = 0.14
"""What all of these words weigh: never enough beside the page's own sources alone, for every page of a story says much
the same (risk of more: another newsroom's own report is taken for the cited one)."""


def decide_maybe_carried(reasons: Sequence[Reason], options: ReportOptions) -> bool:
    """Whether a page probably carries an absent report: the sum of the reasons' weights."""
    return sum(r.weight for r in reasons) >= options.maybe_carried


def maybe_carried(
    absent: Absent,
    pages: Sequence[PageReading],
    report_of_page: Mapping[str, Carried],
    retelling: frozenset[str],
    linked: frozenset[frozenset[str]],
    options: ReportOptions,
) -> tuple[MaybeCarried, ...]:
    """The pages of the story that probably carry ``absent``. ``retelling``: the pages derived from it."""
    found = []
    for reading in pages:
        page = reading.article.page
        if page in retelling or absent.newsroom is None:
            continue
        reasons = _reasons(absent, reading, report_of_page[page], retelling, linked)
        if decide_maybe_carried(reasons, options):
            why = "; ".join(r.because for r in reasons if r.weight > 0)
            found.append(MaybeCarried(page, why, reasons))
    return tuple(found)


def _reasons(
    absent: Absent,
    reading: PageReading,
    own: Carried,
    retelling: frozenset[str],
    linked: frozenset[frozenset[str]],
) -> tuple[Reason, ...]:
    page = reading.article.page
    reasons: list[Reason] = []
    lead = [s for s in reading.own_unnamed if s.span.start < reading.lead_end]
    if lead:
        because = "its lead rests on unnamed people's word, without another newsroom"
        reasons.append(Reason("own-voice-sources", because, 0.4, (Place(page, lead[0].span),)))
    near = sorted(other for other in retelling if frozenset((page, other)) in linked)
    if near:
        because = f"{len(near)} page(s) that retell {absent.newsroom} retell this page's content"
        reasons.append(Reason("shares-with-retelling", because, min(0.8, 0.4 * len(near)), tuple(map(Place, near))))
    share = max((cited_share(m.words, reading) for m in absent.mentions), default=0.0)
    if reasons and share >= LEAST_CITED:
        because = f"it holds {share:.0%} of the words of what the report is said to say"
        reasons.append(Reason("holds-what-is-cited", because, round(CITED_WEIGHT * share, 3), (Place(page),)))
    if not any(m.leading for m in reading.mentions):
        reasons.append(Reason("no-other-newsroom", "it credits its main news to nobody else", 0.2, (Place(page),)))
    against = _own_newsroom(absent, reading)
    if against:
        reasons.append(Reason("own-newsroom-known", against, -1.0, (Place(page),)))
    if not _date_fits(absent, own):
        because = "it was published at another time than the cited report"
        reasons.append(Reason("date-does-not-fit", because, -1.0, (Place(page),)))
    return tuple(reasons)


def _own_newsroom(absent: Absent, reading: PageReading) -> str | None:
    """Why the page is known to be another newsroom's own, or None."""
    article = reading.article
    key = newsroom_key(absent.newsroom or "")
    if article.credit is not None and article.credit.extent == "whole":
        return None if newsroom_key(article.credit.name) == key else f"it is credited to {article.credit.name}"
    outlet = article.outlet.name if article.outlet else None
    if outlet is None:
        return None
    known = by_name(outlet, citing=True)
    if known is not None and known.kind == "agency":
        return f"{outlet} is an agency of its own"
    told = [s for s in reading.own if has_cue("own", s.text) and newsroom_key(outlet) in newsroom_key(s.text)]
    return f"its sources spoke to {outlet}" if told else None


def _date_fits(absent: Absent, own: Carried) -> bool:
    if all(m.age == "past" for m in absent.mentions):
        return False
    slack = timedelta(days=2)
    return clock.may_meet(absent.when, own.published, slack) if clock.is_known(own.published) else True
