"""When the article was published: every date of a page with its place, and which of them is believed.

In: blocks with their verdicts, the record, the markup. Out: the publication as an interval with its basis, and all
dates found. Order of trust: the record's date; a line of the article's head that says "published"; what the markup
declares of the page (JSON-LD, meta tags, dated elements); the data of its scripts; the URL's day; a bare date line
between the headline and the body; the URL's month, as an interval. A crawl is only an upper bound, and so is a page
that says no more than when it was updated. Weather tables, events, related stories, copyright years and today's date
on top of the page are never the publication. A date that can be read two ways is both, unless the page shows which.
Known to fail: a bare date under the headline that is the date of the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from firsthand.records import FoundDate, Moment, MomentBasis, Page, Reason

from .blocks import Block
from .date_lines import Dated, dates_of_lines, head_words
from .dates import Order, calendar, days_apart, month_of, read_stamp, same_moment
from .declared import Markup
from .evidence import Candidate, best, body_of
from .stamps import Declared, of_elements, of_linked, of_meta, of_scripts
from .standing import language_of
from .verdicts import Verdict

MOST_DATES = 60
"""Dates kept of one page; a page with more of them is a table or a list."""


@dataclass(frozen=True, slots=True)
class _Address:
    """What a page's address says: the day where it holds one, and the month (``2021-03``) where it holds that."""

    day: str = ""
    month: str = ""
    words: str = ""


def date_article(
    page: Page, blocks: Sequence[Block], verdicts: Sequence[Verdict], markup: Markup | None, kept: Sequence[int] = ()
) -> tuple[Moment | None, tuple[FoundDate, ...], tuple[Reason, ...]]:
    """The publication (None where nothing is known), every date with its role, and the reasons. ``kept`` are
    the article's lines."""
    body = body_of(verdicts, kept)
    language = markup.lang[:2].lower() if markup else ""
    address = read_address(page.url or (markup.canonical if markup else ""))
    limit = read_stamp(page.captured) if page.captured else None
    found = [*_of_record(page), *(_of_markup(markup, language, head_words(blocks, verdicts, body)) if markup else ())]
    found += dates_of_lines(blocks, verdicts, body, markup is not None, language)
    found = _revised(found) if markup else found
    found += _of_address(address)
    if any(f.earliest[:10] != f.latest[:10] for f in found):
        found = _one_reading(found, _order(page, markup, blocks, body), limit)
    found = [_doubted(_capped(f, limit), address) for f in found]
    if markup and not any(f.kind == "posted" and f.rank < 2.5 for f in found):
        found += _of_scripts(page, markup)
    return decide_date(found, limit)


def _revised(found: list[Dated]) -> list[Dated]:
    """An element that a line of the page calls an update is one; so is a bare line that an element calls so."""
    lines = {f.words for f in found if f.kind == "updated" and f.place == "line"}
    lines -= {f.words for f in found if f.kind in ("bare", "posted") and f.place == "line"}
    elements = {f.words for f in found if f.kind == "updated" and f.place == "element"}
    elements -= {f.words for f in found if f.kind == "posted" and f.place == "element"}
    return [
        replace(f, kind="updated", why=f"{f.why}; it is called an update")
        if (f.place == "element" and f.kind == "posted" and f.rank > 2.5 and f.words in lines)
        or (f.kind == "bare" and f.words in elements)
        else f
        for f in found
    ]


def decide_date(
    found: Sequence[Dated], limit: str | None
) -> tuple[Moment | None, tuple[FoundDate, ...], tuple[Reason, ...]]:
    """The choice between the dates of a page: the publication, the dates with their roles, the reasons."""
    possible = [f for f in found if f.kind in ("posted", "bare")]
    candidates = [Candidate(f.earliest, f.basis, f.rank, f.words) for f in possible]
    chosen, reasons = best("date-source", candidates)
    if chosen is None:
        return _bound(found, limit), _roles(found, None), reasons
    believed = next(f for f, c in zip(possible, candidates, strict=True) if c == chosen)
    return _finest(believed, possible).moment(), _roles(found, believed), reasons


def _bound(found: Sequence[Dated], limit: str | None) -> Moment | None:
    """What is known without a date of publication: not after the first revision, not after the crawl."""
    updates = [f for f in found if f.kind == "updated"]
    if updates:
        first = min(updates, key=lambda f: (f.latest[:10], f.rank))
        return Moment(None, first.latest, first.basis, first.words or None)
    return Moment(None, limit, "capture", limit) if limit else None


def _finest(believed: Dated, possible: Sequence[Dated]) -> Dated:
    """Of the dates that agree to the day, the one that states the minute (the trusted one where it does)."""
    if "T" in believed.earliest or believed.earliest != believed.latest:
        return believed
    same = [f for f in possible if f.earliest[:10] == believed.earliest[:10] and "T" in f.earliest]
    return min(same, key=lambda f: f.rank) if same else believed


def _capped(found: Dated, limit: str | None) -> Dated:
    if limit and found.kind != "other" and found.earliest[:10] > limit[:10] and days_apart(found.earliest, limit) > 1:
        return replace(found, kind="other", why=f"later than the page was captured ({limit})")
    return found


def _doubted(found: Dated, address: _Address) -> Dated:
    """A bare date that the month of the page's address speaks against is another's."""
    if found.kind == "bare" and address.month and not _in_month(found, address.month):
        return replace(found, kind="other", why=f"{found.why}; but the address says {address.month}")
    return found


def _in_month(found: Dated, month: str) -> bool:
    low, high = f"{month}-01", f"{month}-28"
    inside = found.earliest[:7] == month or found.latest[:7] == month
    return inside or days_apart(found.earliest, low) <= 3 or days_apart(found.earliest, high) <= 6


def _roles(found: Sequence[Dated], believed: Dated | None) -> tuple[FoundDate, ...]:
    kept: list[FoundDate] = []
    seen: set[tuple[str, str, str]] = set()
    for date in found:
        role: Literal["publication", "updated", "not-publication"] = "not-publication"
        why = date.why
        if date.kind == "updated":
            role = "updated"
        elif date.kind in ("posted", "bare") and believed:
            if days_apart(date.earliest, believed.earliest) <= (1 if date.basis != believed.basis else 0):
                role = "publication"
            else:
                why = f"{date.why}; another date is trusted more: {believed.earliest}"
        key = (date.earliest, role, date.words)
        if key not in seen and len(kept) < MOST_DATES:
            seen.add(key)
            kept.append(FoundDate(date.moment(), role, why))
    return tuple(kept)


# ------------------------------------------------------------------------------------------------- two readings


def _order(page: Page, markup: Markup | None, blocks: Sequence[Block], body: Sequence[int]) -> Order | None:
    """The order of a date in numbers that the page's country or language has."""
    table = calendar()["order"]
    host = re.sub(r"^[a-z]+://", "", page.url or (markup.canonical if markup else "")).split("/", 1)[0].split(":")[0]
    tags = (markup.lang.replace("_", "-").lower() if markup else "", host.rsplit(".", 1)[-1].lower())
    locale = markup.first("og:locale", "language", "content-language").replace("_", "-").lower() if markup else ""
    for tag in (*tags, locale):
        country = tag.rsplit("-", 1)[-1]
        if country in table["month_first"] or tag in table["month_first"]:
            return "month-first"
        if country in table["day_first"]:
            return "day-first"
    spoken = tags[0][:2]
    if not spoken:
        prose = [blocks[i].text for i in body[:20]]
        spoken = language_of(" ".join(prose)).replace("und", "")
    return "day-first" if spoken and spoken != "en" else None


def _one_reading(found: Sequence[Dated], order: Order | None, limit: str | None) -> list[Dated]:
    """Dates that can be read two ways, read as another date of the page, as the page writes the others, as before the
    crawl, or as the page's country does; both where nothing tells."""
    twofold = [f for f in found if f.earliest[:10] != f.latest[:10] and f.basis == "stated"]
    if not twofold:
        return list(found)
    certain = [f for f in found if f.earliest[:10] == f.latest[:10]]
    shown = {o for f in certain if (o := _shown_order(f.words, f.earliest))}
    way = shown.pop() if len(shown) == 1 else order
    return [_read(f, certain, way, limit) if f in twofold else f for f in found]


def _read(found: Dated, certain: Sequence[Dated], order: Order | None, limit: str | None) -> Dated:
    readings = (found.earliest[:10], found.latest[:10])
    known = {d for d in readings for c in certain if c.kind != "other" and same_moment(d, c.earliest)}
    if len(known) == 1:
        return found.read_as(known.pop())
    if limit and readings[0] <= limit[:10] < readings[1]:
        return found.read_as(readings[0])
    if order:
        return found.read_as(next((d for d in readings if _shown_order(found.words, d) == order), readings[0]))
    return found


def _shown_order(words: str, day: str) -> Order | None:
    """How these words must have been written for that day, where they are numbers of two parts under 13 or not."""
    match = re.search(r"(?<!\d)(\d{1,2})\s?[/-]\s?(\d{1,2})\s?[/-]\s?\d{2,4}", words)
    if not match or match[1] == match[2]:
        return None
    if (int(match[1]), int(match[2])) == (int(day[5:7]), int(day[8:10])):
        return "month-first"
    return "day-first"


# -------------------------------------------------------------------------------------------- where dates stand


def _of_record(page: Page) -> Iterable[Dated]:
    stamp = read_stamp(page.given_date) if page.given_date else None
    if stamp:
        yield Dated(stamp, stamp, page.given_basis, page.given_date or "", "posted", "the record's date", 0.5)


def _of_markup(markup: Markup, language: str, head: str) -> Iterable[Dated]:
    for declared in (*of_linked(markup.linked, markup.title, language), *of_meta(markup.meta, language)):
        yield _declared(declared, "metadata")
    for declared, near in of_elements(markup.stamps, language, head):
        dated = replace(_declared(declared, "stated"), place="element")
        yield dated if near else replace(dated, kind="other", why=f"a {declared.where} among other stories")


def _of_scripts(page: Page, markup: Markup) -> list[Dated]:
    title = markup.headings[0] if markup.headings else markup.first("og:title") or markup.title
    declared = of_scripts(page.content, title, (page.url or markup.canonical).split("?", 1)[0])
    return [_declared(declared, "metadata")] if declared else []


def _declared(declared: Declared, basis: MomentBasis) -> Dated:
    return Dated(
        declared.stamp, declared.stamp, basis, declared.words, declared.kind, declared.where, declared.rank
    )  # fmt: skip


_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[/_-](\d{1,2})[/_-](\d{1,2})(?!\d)")
_URL_MONTH_NAME = re.compile(r"[/-]((?:19|20)\d{2})[/-]([a-z]{3,9})[/-](\d{1,2})(?!\d)", re.IGNORECASE)
_URL_PACKED = re.compile(r"(?<![\d.])(20[0-4]\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_URL_SHORT = re.compile(r"/(?:19|20)(\d{2})/(\d{2})/\1\2([0-3]\d)(?!\d)")
_URL_DAY_FIRST = re.compile(r"[/-]([0-3]?\d)[/-]([01]?\d)[/-](20[0-4]\d)(?=[/-]|$)")
_URL_MONTH = re.compile(r"/(?:((?:199|20[0-4])\d)[/-](0?[1-9]|1[0-2])|(20[0-4]\d)(0[1-9]|1[0-2]))(?=/)")


def read_address(url: str) -> _Address:
    """The day, or the month, in the path of an address (not in its query)."""
    path = url.split("?", 1)[0].split("#", 1)[0].split("://", 1)[-1][:400]
    path = path[path.find("/") :] if "/" in path else ""
    for form in (_URL_DAY, _URL_SHORT, _URL_MONTH_NAME, _URL_PACKED, _URL_DAY_FIRST):
        match = form.search(path)
        if not match:
            continue
        year, month, day = match[1], match[2], match[3]
        if form is _URL_SHORT:
            year = match[0][1:5]
        elif form is _URL_DAY_FIRST:
            if int(match[1]) <= 12 and match[1] != match[2]:
                continue  # two readings
            year, day = match[3], match[1]
        elif form is _URL_MONTH_NAME:
            month = str(month_of(match[2], "en"))
        stamp = read_stamp(f"{year}-{int(month):02d}-{int(day):02d}") if int(month) else None
        if stamp:
            return _Address(stamp, stamp[:7], match[0].strip("/-_"))
    match = _URL_MONTH.search(path)
    if not match:
        return _Address()
    return _Address("", f"{match[1] or match[3]}-{int(match[2] or match[4]):02d}", match[0].strip("/"))


_LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _of_address(address: _Address) -> Iterable[Dated]:
    if address.day:
        yield Dated(address.day, address.day, "url", address.words, "posted", "the URL's folder", 2.9)
    elif address.month:
        year, month = int(address.month[:4]), int(address.month[5:])
        last = 29 if month == 2 and year % 4 == 0 else _LAST[month - 1]
        first, end = f"{address.month}-01", f"{address.month}-{last}"
        yield Dated(first, end, "url", address.words, "posted", "the month of the URL's folder", 8.0)
