"""Reports: which piece of journalism each page carries, which reports are only cited, and who had it from whom.

In: articles, their copies, their stories, their statements. Out: :class:`records.Lineage`.

How it decides: pages of one text carry one report (``carrying.py``), and lend one another the credit or the date that
only one of them states. Every report link of a statement means a report (``absent.py``): that of a page in the same
story where newsroom, time and content fit, else an absent one; a story's citations of one newsroom mean one report
unless their dates tell two apart. A newsroom that is itself a party to the news (it sues, it is sued) is cited only
where words of reporting say so, and who contributed to a page is no citation (``beside.py``). A report whose lead or
headline credits the news to another is derived from it, unless its lead rests on sources of its own (``deriving.py``).
A page that lost its credit is *probably* the absent report that the others retell (``maybe.py``). What an editor has
overruled (``overruled.py``) goes before all of this.

Known to fail: a citation without a date, deep in the text, of another report than the main one by the same newsroom;
a retelling that names nobody and is worded anew; two newsrooms that were fed one text under two credits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..options import ReportOptions
from ..records import Article, Citation, Copy, Lineage, Reason, Report, Statement, Story
from .absent import Absent, resolve_mentions
from .carrying import Carried, carriages, carried_report, group_pages
from .citing import PageReading, read_page
from .deriving import Descent, descent, retellings
from .directions import direction
from .maybe import maybe_carried
from .naming import local_names
from .overruled import overrule_reports

__all__ = ["identify_reports", "overrule_reports"]


def identify_reports(
    articles: Sequence[Article],
    copies: Sequence[Copy],
    stories: Sequence[Story],
    statements: Sequence[Statement],
    options: ReportOptions,
) -> Lineage:
    """The reports of a collection, who carries them, which links mean them, and the direction of every copy."""
    articles = sorted(articles, key=lambda a: a.page)
    groups = group_pages(articles, copies, options)
    carried = [(carried_report(group, joining, options), group, joining) for group, joining in groups]
    report_of_page = {page: report for report, _, _ in carried for page in report.pages}
    readings = _readings(articles, stories, statements, report_of_page, options)
    meanings: dict[tuple[str, int], str] = {}
    why: dict[tuple[str, int], Reason] = {}
    absents: list[Absent] = []
    story_of: dict[str, str] = {}
    for story, pages in _stories(stories, articles):
        story_of.update(dict.fromkeys(pages, story))
        linked = frozenset(frozenset((c.a, c.b)) for c in copies if c.a in pages and c.b in pages)
        meaning = resolve_mentions(story, [readings[p] for p in sorted(pages)], report_of_page, linked, options)
        meanings.update(meaning.report_of)
        why.update(meaning.why)
        absents.extend(meaning.absent)
    rests_on = {r.id: descent([readings[p] for p in r.pages], r.id, meanings, why) for r, _, _ in carried}
    rests_on = retellings(rests_on, report_of_page, copies)
    reports = [_present(report, rests_on[report.id], story_of[report.pages[0]]) for report, _, _ in carried]
    reports += _absent_reports(absents, reports, readings, report_of_page, story_of, copies, options)
    full = {page: report for report in reports for page in report.pages}
    by_page = {article.page: article for article in articles}
    probable = [r for r in sorted(reports, key=lambda r: r.id) if r.maybe_carried_by]
    known = [c for c in copies if c.a in by_page and c.b in by_page]
    return Lineage(
        tuple(sorted(reports, key=lambda r: (not r.in_collection, r.id))),
        tuple(sorted((c for r, g, j in carried for c in carriages(g, j, r, options)), key=lambda c: c.page)),
        _citations(statements, meanings, report_of_page),
        tuple(direction(copy, by_page, full, probable) for copy in sorted(known, key=lambda c: (c.a, c.b))),
    )


def _readings(
    articles: Sequence[Article],
    stories: Sequence[Story],
    statements: Sequence[Statement],
    report_of_page: Mapping[str, Carried],
    options: ReportOptions,
) -> dict[str, PageReading]:
    by_page: dict[str, list[Statement]] = {article.page: [] for article in articles}
    for statement in statements:
        if statement.page in by_page:
            by_page[statement.page].append(statement)
    found = {}
    by_article = {article.page: article for article in articles}
    for _, pages in _stories(stories, articles):
        here = [by_article[page] for page in sorted(pages)]
        local = local_names(here)
        for a in here:
            newsroom = report_of_page[a.page].newsroom
            found[a.page] = read_page(a, by_page[a.page], newsroom, local, options.told_apart_days)
    return found


def _stories(stories: Sequence[Story], articles: Sequence[Article]) -> list[tuple[str, frozenset[str]]]:
    """Every story with its pages; a page that no story holds is a story of its own."""
    known = {article.page for article in articles}
    found = [(story.id, frozenset(story.pages) & known) for story in sorted(stories, key=lambda s: s.id)]
    alone = known - {page for _, pages in found for page in pages}
    return found + [(page, frozenset((page,))) for page in sorted(alone)]


def _present(report: Carried, rests_on: Descent, story: str) -> Report:
    return Report(
        id=report.id,
        newsroom=report.newsroom,
        in_collection=True,
        pages=report.pages,
        headline=report.headline,
        published=report.published,
        kind=rests_on.kind,
        story=story,
        cites=rests_on.cites,
        derived_from=rests_on.derived_from,
        reasons=(*report.reasons, *rests_on.reasons),
    )


def _absent_reports(
    absents: Sequence[Absent],
    present: Sequence[Report],
    readings: Mapping[str, PageReading],
    report_of_page: Mapping[str, Carried],
    story_of: Mapping[str, str],
    copies: Sequence[Copy],
    options: ReportOptions,
) -> list[Report]:
    linked = frozenset(frozenset((c.a, c.b)) for c in copies)
    pages_of: dict[str, list[PageReading]] = {}
    for page in sorted(readings):
        pages_of.setdefault(story_of[page], []).append(readings[page])
    found = []
    for absent in absents:
        retelling = frozenset(page for r in present if absent.id in r.derived_from for page in r.pages)
        carried = maybe_carried(absent, pages_of[absent.story], report_of_page, retelling, linked, options)
        found.append(
            Report(
                id=absent.id,
                newsroom=absent.newsroom,
                in_collection=False,
                pages=(),
                headline=None,
                published=absent.when,
                kind="unknown",
                story=absent.story,
                maybe_carried_by=carried,
                reasons=absent.reasons,
            )
        )
    return found


def _citations(
    statements: Sequence[Statement], meanings: Mapping[tuple[str, int], str], report_of_page: Mapping[str, Carried]
) -> tuple[Citation, ...]:
    rows = [Citation(s.id, 0, report_of_page[s.page].id) for s in statements if s.chain and s.page in report_of_page]
    rows += [Citation(statement, link, report) for (statement, link), report in meanings.items() if link > 0]
    return tuple(sorted(rows, key=lambda c: (c.statement, c.link)))
