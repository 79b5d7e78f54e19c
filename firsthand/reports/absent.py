"""Which report each citation means: a page of the collection, or a report that is not here.

Within one story all citations of one newsroom mean one report, unless their dates tell two apart: an older one that
is background, and the one of these days that the story's pages retell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ..language import clock
from ..language.rows import rows
from ..newsrooms import newsroom_key
from ..options import ReportOptions
from ..records import Moment, Place, Reason, content_id
from .carrying import Carried
from .citing import Mention, PageReading
from .stations import shown_name

SAME_NEWS = 0.25
"""Share of the shorter sentence's content words in common from which "according to reports" and a named newsroom's
report are for the same news."""

_YEAR = re.compile(r"(?:19|20)\d\d")

NEAR = 500
"""Characters within which a citation without a date means the report that was named before it."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A report that is only cited."""

    id: str
    newsroom: str | None
    story: str
    mentions: tuple[Mention, ...]
    reasons: tuple[Reason, ...]

    @property
    def when(self) -> Moment | None:
        """The narrowest time that its citations give it."""
        known = [m.when for m in self.mentions if m.when is not None and clock.is_known(m.when)]
        return min(known, key=lambda w: (_width(w), str(w.earliest)), default=None)


def _width(moment: Moment) -> float:
    start, end = clock.starts(moment), clock.ends(moment)
    return (end - start).total_seconds() if start and end else float("inf")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the citations of one story mean: a report id for every mention (statement, link), the reason where it is
    not the name alone that says so, and the absent reports among them."""

    report_of: Mapping[tuple[str, int], str]
    why: Mapping[tuple[str, int], Reason]
    absent: tuple[Absent, ...]


def resolve_mentions(
    story: str,
    pages: Sequence[PageReading],
    report_of_page: Mapping[str, Carried],
    linked: frozenset[frozenset[str]],
    options: ReportOptions,
) -> Meaning:
    """Give every report link of a story's pages its report. ``linked`` holds the pairs of pages that are a copy."""
    mentions = [m for reading in pages for m in _named(reading)]
    unnamed = {(m.statement, m.link) for reading in pages for m in reading.mentions if m.newsroom is None}
    report_of: dict[tuple[str, int], str] = {}
    why = {(m.statement, m.link): _only_named(m) for m in mentions if m.key and (m.statement, m.link) in unnamed}
    left: list[Mention] = []
    for mention in mentions:
        own = _own_report(mention, report_of_page)
        found = None if own else _in_collection(mention, pages, report_of_page, linked, options)
        if own is not None:
            report_of[mention.statement, mention.link] = own
        elif found is not None:
            report_of[mention.statement, mention.link] = found[1]
            why.setdefault((mention.statement, mention.link), _here(mention, found[0]))
        else:
            left.append(mention)
    left = _with_the_main_one(left, mentions, report_of, report_of_page)
    absent: list[Absent] = []
    for key in sorted({(m.key, "" if m.key else m.page) for m in left}):
        same = [m for m in left if (m.key, "" if m.key else m.page) == key]
        for cluster in told_apart(same, options):
            absent.append(_absent(story, key, cluster))
            report_of.update({(m.statement, m.link): absent[-1].id for m in cluster})
    return Meaning(report_of, why, tuple(absent))


def _only_named(mention: Mention) -> Reason:
    because = f"the page's main news comes from {mention.newsroom} alone"
    return Reason("only-report-named", because, 1.0, (Place(mention.page),))


def _here(mention: Mention, share: float) -> Reason:
    because = f"a page of {mention.newsroom} in the same story holds {share:.0%} of the words that are cited"
    return Reason("retells-cited", because, round(share, 4), (Place(mention.page),))


def _with_the_main_one(
    left: Sequence[Mention],
    mentions: Sequence[Mention],
    report_of: dict[tuple[str, int], str],
    report_of_page: Mapping[str, Carried],
) -> list[Mention]:
    """What is left after a story's other citations of a newsroom mean the page that its leading citations mean."""
    main: dict[str, str] = {}
    for mention in sorted(mentions, key=lambda m: (m.page, m.start, m.link)):
        found = report_of.get((mention.statement, mention.link))
        if mention.leading and found is not None and found != report_of_page[mention.page].id:
            main.setdefault(mention.key, found)
    still = []
    for mention in left:
        found = main.get(mention.key) if mention.key and mention.age != "past" else None
        if found is None or found == report_of_page[mention.page].id:
            still.append(mention)
        else:
            report_of[mention.statement, mention.link] = found
    return still


def _named(reading: PageReading) -> tuple[Mention, ...]:
    """The page's mentions, with "a report" resolved to the one newsroom that its main news is credited to or, where it
    leads, to the one that the page then names for the same news."""
    named = {m.newsroom for m in reading.mentions if m.leading and m.newsroom} or {
        m.newsroom for m in reading.mentions if m.newsroom and m.age != "past"
    }
    only = next(iter(named)) if len(named) == 1 else None
    return tuple(m if m.newsroom else _with_name(m, only or _same_news(m, reading)) for m in reading.mentions)


def _with_name(mention: Mention, newsroom: str | None) -> Mention:
    return mention if newsroom is None else replace(mention, newsroom=newsroom)


def _same_news(mention: Mention, reading: PageReading) -> str | None:
    """The one newsroom that the page cites for what a leading "reports" says, or right after it; None where there are
    several."""
    if not mention.leading:
        return None
    found = {
        other.newsroom
        for other in reading.mentions
        if other.newsroom
        and other.age != "past"
        and (_overlap(mention.words, other.words) >= SAME_NEWS or 0 <= other.start - mention.start <= NEAR)
    }
    return next(iter(found)) if len(found) == 1 else None


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _own_report(mention: Mention, report_of_page: Mapping[str, Carried]) -> str | None:
    """The page's own report, where the citation names its own newsroom and no older time."""
    own = report_of_page[mention.page]
    if not own.newsroom or newsroom_key(own.newsroom) != mention.key or mention.age == "past":
        return None
    return own.id


def _in_collection(
    mention: Mention,
    pages: Sequence[PageReading],
    report_of_page: Mapping[str, Carried],
    linked: frozenset[frozenset[str]],
    options: ReportOptions,
) -> tuple[float, str] | None:
    """The report of a page of the story that is this newsroom's, at a time that fits, and shares what is cited (what
    the citation says or, where it leads, what the page's lead says), with the share; None where there is none."""
    lead_words = {r.article.page: r.lead_words for r in pages}
    best: tuple[float, str] | None = None
    for reading in pages:
        page = reading.article.page
        report = report_of_page[page]
        if not mention.key or report.id == report_of_page[mention.page].id or not report.newsroom:
            continue
        if newsroom_key(report.newsroom) != mention.key or not _date_fits(mention, report):
            continue
        share = cited_share(mention.words, reading)
        if mention.leading:
            share = max(share, cited_share(lead_words[mention.page], reading))
        if frozenset((page, mention.page)) in linked and mention.leading:
            share = max(share, options.least_content)
        if share >= options.least_content and (best is None or (-share, report.id) < (-best[0], best[1])):
            best = (share, report.id)
    return best


def cited_share(words: frozenset[str], reading: PageReading) -> float:
    """The share of the cited content's words that stand on a page, in [0, 1]."""
    return len(words & reading.words) / len(words) if words else 0.0


def _date_fits(mention: Mention, report: Carried) -> bool:
    if mention.when is not None and clock.is_known(report.published) and clock.is_known(mention.when):
        return clock.may_meet(mention.when, report.published, timedelta(days=1))
    return mention.age != "past"


def told_apart(mentions: Sequence[Mention], options: ReportOptions) -> tuple[tuple[Mention, ...], ...]:
    """Mentions of one newsroom in one story, a tuple for each report that they mean; the main one first."""
    ordered = sorted(mentions, key=lambda m: (m.page, m.start, m.statement, m.link))
    main = [m for m in ordered if m.leading or m.age == "recent"]
    past: list[list[Mention]] = []
    for mention in (m for m in ordered if m.age == "past" and m not in main):
        _join(mention, past, options)
    for mention in (m for m in ordered if m.age == "unsaid" and m not in main):
        before = next((c for c in past if any(_just_before(mention, m) for m in c)), None)
        (main if before is None else before).append(mention)
    return tuple(tuple(cluster) for cluster in (main, *past) if cluster)


def _just_before(mention: Mention, other: Mention) -> bool:
    return mention.page == other.page and 0 <= mention.start - other.start <= NEAR


def _join(mention: Mention, clusters: list[list[Mention]], options: ReportOptions) -> None:
    for cluster in clusters:
        if all(_one_date(mention, other, options) for other in cluster):
            cluster.append(mention)
            return
    clusters.append([mention])


def _one_date(a: Mention, b: Mention, options: ReportOptions) -> bool:
    if clock.is_known(a.when) and clock.is_known(b.when):
        return clock.may_meet(a.when, b.when, timedelta(days=options.told_apart_days))
    first, second = (_calendar(m.when.words or "") if m.when else frozenset() for m in (a, b))
    return not first or not second or bool(first & second)


def _calendar(words: str) -> frozenset[str]:
    """The months and years that a time's words name: only these tell a time that was not resolved from another
    ("earlier this month" may be April)."""
    months = rows("reports")["months"][0]["words"]
    return frozenset(w for w in re.findall(r"[^\W_]+", words.casefold()) if w in months or _YEAR.fullmatch(w))


def _absent(story: str, key: tuple[str, str], mentions: Sequence[Mention]) -> Absent:
    name = shown_name(mentions[0].newsroom, [m.printed for m in mentions])
    statements = sorted(m.statement for m in mentions)
    places = tuple(Place(m.page) for m in mentions)
    rule = "dates-tell-apart" if all(m.age == "past" for m in mentions) else "same-newsroom-same-time"
    who = name or "a newsroom without a name"
    reason = Reason(rule, f"{len(mentions)} citations mean this report of {who}", float(len(mentions)), places)
    return Absent(content_id("report", "absent", story, *key, statements[0]), name, story, tuple(mentions), (reason,))
