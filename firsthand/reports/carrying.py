"""Which pages carry one report, and whose it is: pages of one text are put together, and what one of them states of
its credit and its date is passed on to those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from ..language import clock
from ..newsrooms import canonical, newsroom_key
from ..options import ReportOptions
from ..records import Article, Carriage, Copy, Credit, Moment, Place, Reason, content_id


@dataclass(frozen=True, slots=True)
class Carried:
    """A report of the collection before anything is known of what it cites."""

    id: str
    pages: tuple[str, ...]
    newsroom: str | None
    headline: str | None
    published: Moment | None
    reasons: tuple[Reason, ...]


def decide_same_report(reasons: Sequence[Reason], options: ReportOptions) -> bool:
    """Whether two pages carry one report, from the reasons for it."""
    return any(
        (r.rule == "one-text" and r.weight >= options.same_text)
        or (r.rule == "part-of-the-text" and r.weight >= options.part_of_text)
        for r in reasons
    )


def same_report_reasons(copy: Copy) -> tuple[Reason, ...]:
    """What a copy says for its two pages carrying one report: nothing where one only retells the other."""
    if copy.relation == "rewrite":
        return ()
    least, most = sorted((copy.share_a, copy.share_b))
    places = (Place(copy.a), Place(copy.b))
    return (
        Reason("one-text", f"the two pages share at least {least:.0%} of their words", least, places),
        Reason("part-of-the-text", f"{most:.0%} of the shorter page stands in the other", most, places),
    )


def group_pages(
    articles: Sequence[Article], copies: Sequence[Copy], options: ReportOptions
) -> tuple[tuple[tuple[Article, ...], tuple[Copy, ...]], ...]:
    """The articles that carry one report each, with the copies that join them; ordered by page id."""
    by_page = {article.page: article for article in articles}
    root = {page: page for page in by_page}

    def find(page: str) -> str:
        while root[page] != page:
            root[page] = root[root[page]]
            page = root[page]
        return page

    joining = [
        c
        for c in sorted(copies, key=lambda c: (c.a, c.b))
        if c.a in by_page and c.b in by_page and decide_same_report(same_report_reasons(c), options)
    ]
    for copy in joining:
        first, second = sorted((find(copy.a), find(copy.b)))
        root[second] = first
    groups: dict[str, list[str]] = {}
    for page in sorted(by_page):
        groups.setdefault(find(page), []).append(page)
    return tuple(
        (tuple(by_page[p] for p in pages), tuple(c for c in joining if find(c.a) == first))
        for first, pages in sorted(groups.items())
    )


def carried_report(articles: Sequence[Article], joining: Sequence[Copy], options: ReportOptions) -> Carried:
    """The report that these pages carry, with its newsroom as far as credits, outlets and clocks tell."""
    newsroom, why = _newsroom(articles)
    shown = min(articles, key=lambda a: (a.headline is None, not clock.is_known(a.published), a.page))
    joined = tuple(
        reason for copy in joining for reason in same_report_reasons(copy) if decide_same_report((reason,), options)
    )
    pages = tuple(a.page for a in articles)
    return Carried(content_id("report", *pages), pages, newsroom, shown.headline, _earliest(articles), (*joined, *why))


def _newsroom(articles: Sequence[Article]) -> tuple[str | None, tuple[Reason, ...]]:
    credited = [a for a in articles if a.credit is not None and a.credit.extent == "whole"]
    if credited:
        names = sorted((canonical(a.credit.name), a.page, a.credit.span) for a in credited if a.credit is not None)
        name = max(sorted({n for n, _, _ in names}), key=lambda n: sum(n == other for other, _, _ in names))
        places = tuple(Place(page, span) for n, page, span in names if n == name)
        return name, (Reason("credited-agency", f"the page says that this is {name}'s copy", 1.0, places),)
    outlets = [(a, canonical(a.outlet.name)) for a in articles if a.outlet is not None]
    if not outlets:
        return None, ()
    if len({newsroom_key(name) for _, name in outlets}) == 1 and len(outlets) == len(articles):
        places = tuple(Place(a.page) for a, _ in outlets)
        return outlets[0][1], (Reason("only-outlet", f"every page is of {outlets[0][1]}", 1.0, places),)
    return _earliest_outlet(articles)


def _earliest_outlet(articles: Sequence[Article]) -> tuple[str | None, tuple[Reason, ...]]:
    """The outlet that was clearly first, where every page's clock is known."""
    if not all(clock.is_known(a.published) for a in articles):
        return None, ()
    first = min(articles, key=lambda a: (clock.ends(a.published) or 0, a.page))
    others = [a for a in articles if a is not first]
    if first.outlet is None or not all(clock.is_before(first.published, a.published) for a in others):
        return None, ()
    starts = [start for a in others if (start := clock.starts(a.published)) is not None]
    end = clock.ends(first.published)
    hours = (min(starts) - end).total_seconds() / 3600 if starts and end else 0.0
    name = canonical(first.outlet.name)
    because = f"{name} published the text before every other page that carries it"
    return name, (Reason("earliest-outlet", because, round(hours, 2), tuple(Place(a.page) for a in articles)),)


def _earliest(articles: Sequence[Article]) -> Moment | None:
    known = [a for a in articles if a.published is not None and clock.is_known(a.published)]
    if known:
        return min(known, key=lambda a: (str(clock.starts(a.published)), a.page)).published
    return next((a.published for a in articles if a.published is not None), None)


def carriages(
    articles: Sequence[Article], joining: Sequence[Copy], report: Carried, options: ReportOptions
) -> tuple[Carriage, ...]:
    """A row a page: its own credit and date, or those of the pages that carry the same report."""
    strength = {
        page: max((max(c.share_a, c.share_b) for c in joining if page in (c.a, c.b)), default=1.0)
        for page in report.pages
    }
    return tuple(_carriage(article, articles, strength[article.page], report, options) for article in articles)


def _carriage(
    article: Article, group: Sequence[Article], strength: float, report: Carried, options: ReportOptions
) -> Carriage:
    others = [a for a in group if a.page != article.page]
    reasons: list[Reason] = []
    credit, published = article.credit, article.published
    lenders = [a for a in others if a.credit is not None and a.credit.extent == "whole"]
    if credit is None and lenders and lenders[0].credit is not None:
        lender = next((a for a in lenders if a.credit and canonical(a.credit.name) == report.newsroom), lenders[0])
        lent = lender.credit or lenders[0].credit
        credit = Credit(lent.name, "copy")
        because = f"another page with the same text credits {lent.name}"
        reasons.append(Reason("learned-from-copy", because, strength, (Place(lender.page, lent.span),)))
    dated = [a for a in others if clock.is_known(a.published)]
    if not clock.is_known(published) and dated:
        learned = _span_of_dates([a.published for a in dated if a.published is not None])
        if published is None or clock.may_meet(published, learned, timedelta(days=options.republished_days)):
            published = learned
            because = "another page with the same text states when it was published"
            reasons.append(Reason("learned-from-copy", because, strength, tuple(Place(a.page) for a in dated)))
    reasons.extend(_republished(article, dated, options))
    return Carriage(article.page, report.id, credit, published, tuple(reasons))


def _span_of_dates(moments: Sequence[Moment]) -> Moment:
    """From the earliest to the latest of the dates that pages of one text state."""
    first = min(moments, key=lambda m: (str(clock.starts(m)), str(m.earliest)))
    last = max(moments, key=lambda m: (str(clock.ends(m)), str(m.latest)))
    return Moment(first.earliest, last.latest, "copy", first.words)


def _republished(article: Article, dated: Sequence[Article], options: ReportOptions) -> list[Reason]:
    slack = timedelta(days=options.republished_days)
    mine = clock.starts(article.published)
    far = [a for a in dated if not clock.may_meet(article.published, a.published, slack)]
    if not far or not clock.is_known(article.published):
        return []
    gaps = [abs((mine - other).days) for a in far if mine and (other := clock.starts(a.published))]
    because = f"the same text stands on a page with a date {max(gaps, default=0)} days away: each keeps its own"
    places = (Place(article.page), *(Place(a.page) for a in far))
    return [Reason("republished", because, float(max(gaps, default=0)), places)]
