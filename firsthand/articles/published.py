"""When the article was published: every date of a page with its place, and which of them is believed.

In: blocks with their verdicts, the record, the markup. Out: the publication as an interval with its basis, and all
dates found. Order of trust: a line that says "posted" or "published"; the page's metadata or the record's; a bare date
line between headline and body; the URL. A crawl is only an upper bound. Weather tables, events, related stories,
copyright years and today's date on top of the page are never the publication.
Known to fail: a bare date under the headline that is the date of the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from firsthand.language.rows import rows
from firsthand.records import FoundDate, Moment, MomentBasis, Page, Reason

from .blocks import Block
from .cues import lowered
from .dates import WrittenDate, days_apart, find_dates, order_of, read_stamp
from .declared import Markup
from .evidence import Candidate, best
from .head import date_cue
from .picked import Declared
from .verdicts import Verdict

MOST_DATES = 60
"""Dates kept of one page; a page with more of them is a table or a list."""

_WEATHER = "stands in a weather table"
_IN_TEXT = "stands in the article's text"
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_URL_MONTH_NAME = re.compile(r"/((?:19|20)\d{2})/([a-z]{3,9})/(\d{1,2})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date with its place: what it may be, and why."""

    earliest: str
    latest: str
    basis: MomentBasis
    words: str
    kind: Literal["posted", "updated", "bare", "other"]
    why: str
    rank: float = 9.0

    def moment(self) -> Moment:
        return Moment(self.earliest, self.latest, self.basis, self.words or None)


def date_article(
    page: Page, blocks: Sequence[Block], verdicts: Sequence[Verdict], markup: Markup | None, library: Declared
) -> tuple[Moment | None, tuple[FoundDate, ...], tuple[Reason, ...]]:
    """The publication (None where nothing is known), every date with its role, and the reasons."""
    lines = list(_of_lines(blocks, verdicts, markup is not None))
    found = [*_of_record(page), *(_of_markup(markup) if markup else ()), *lines, *_of_url(page)]
    seen = {f.earliest[:10] for f in lines if f.why not in (_WEATHER, _IN_TEXT)}
    if library.day in seen and not any(f.kind in ("posted", "bare", "updated") for f in found):
        found.append(_Dated(library.day, library.day, "metadata", "", "bare", "the extractor library reads it", 6.0))
    limit = read_stamp(page.captured) if page.captured else None
    found = [_capped(f, limit) for f in found]
    possible = [f for f in found if f.kind in ("posted", "bare")]
    chosen, reasons = best("date-source", [Candidate(f.earliest, f.basis, f.rank, f.words) for f in possible])
    if chosen is None:
        known = Moment(None, limit, "capture", page.captured) if limit else None
        return known, _roles(found, None), reasons
    believed = next(f for f, c in zip(possible, _candidates(possible), strict=True) if c == chosen)
    finest = _finest(believed, possible)
    return finest.moment(), _roles(found, believed), reasons


def _candidates(possible: Sequence[_Dated]) -> list[Candidate]:
    return [Candidate(f.earliest, f.basis, f.rank, f.words) for f in possible]


def _finest(believed: _Dated, possible: Sequence[_Dated]) -> _Dated:
    """Of the dates that agree to the day, the one that states the minute (the trusted one where it does)."""
    if "T" in believed.earliest or believed.earliest != believed.latest:
        return believed
    same = [f for f in possible if f.earliest[:10] == believed.earliest[:10] and "T" in f.earliest]
    return min(same, key=lambda f: f.rank) if same else believed


def _capped(found: _Dated, limit: str | None) -> _Dated:
    if limit and found.kind != "other" and found.earliest[:10] > limit[:10] and days_apart(found.earliest, limit) > 1:
        why = f"later than the page was captured ({limit})"
        return _Dated(found.earliest, found.latest, found.basis, found.words, "other", why)
    return found


def _roles(found: Sequence[_Dated], believed: _Dated | None) -> tuple[FoundDate, ...]:
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


def _of_record(page: Page) -> Iterable[_Dated]:
    stamp = read_stamp(page.given_date) if page.given_date else None
    if stamp:
        yield _Dated(stamp, stamp, page.given_basis, page.given_date or "", "posted", "the record's date", 2.0)


def _of_url(page: Page) -> Iterable[_Dated]:
    path = page.url or ""
    months = rows("furniture")["dates"]["months"]
    match = _URL_DAY.search(path)
    parts = (match[1], match[2], match[3]) if match else None
    named = _URL_MONTH_NAME.search(path)
    if parts is None and named and named[2].lower() in months:
        parts = (named[1], str(months[named[2].lower()]), named[3])
    stamp = read_stamp(f"{parts[0]}-{int(parts[1]):02d}-{int(parts[2]):02d}") if parts else None
    if stamp:
        yield _Dated(stamp, stamp, "url", (match or named or [""])[0].strip("/"), "posted", "the URL's folder", 5.0)


def _of_markup(markup: Markup) -> Iterable[_Dated]:
    for item in markup.linked:
        for key, kind in (("datePublished", "posted"), ("dateModified", "updated")):
            stamp = read_stamp(item[key]) if isinstance(item.get(key), str) else None
            if stamp and _is_article(item):
                yield _Dated(stamp, stamp, "metadata", item[key], kind, f"JSON-LD {key}", 1.5)  # type: ignore[arg-type]
    for name, kind, rank in _META:
        for value in markup.meta.get(name, ())[:1]:
            stamp = read_stamp(value)
            if stamp:
                yield _Dated(stamp, stamp, "metadata", value, kind, f"meta {name}", rank)
    for value in markup.times[:1]:
        stamp = read_stamp(value)
        if stamp:
            yield _Dated(stamp, stamp, "stated", value, "bare", "the first time element", 3.1)


_META: tuple[tuple[str, Literal["posted", "updated"], float], ...] = (
    ("article:published_time", "posted", 1.6), ("datepublished", "posted", 1.7), ("og:published_time", "posted", 1.7),
    ("parsely-pub-date", "posted", 1.7), ("sailthru.date", "posted", 1.8), ("article.published", "posted", 1.8),
    ("pubdate", "posted", 1.8), ("publishdate", "posted", 1.8), ("publish-date", "posted", 1.8),
    ("article:published", "posted", 1.8), ("date", "posted", 2.2), ("dc.date", "posted", 2.2),
    ("dc.date.issued", "posted", 1.8), ("dcterms.created", "posted", 2.2), ("citation_publication_date", "posted", 2.0),
    ("cxenseparse:recs:publishtime", "posted", 1.8), ("cxenseparse:publishtime", "posted", 1.8),
    ("article:modified_time", "updated", 1.6), ("datemodified", "updated", 1.7), ("og:updated_time", "updated", 1.8),
    ("lastmod", "updated", 1.8), ("dcterms.modified", "updated", 1.8),
)  # fmt: skip


def _is_article(item: dict[str, object]) -> bool:
    kind = item.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return any(isinstance(n, str) and (n.endswith(("Article", "Posting", "Report")) or n == "WebPage") for n in names)


def _of_lines(blocks: Sequence[Block], verdicts: Sequence[Verdict], marked: bool) -> Iterable[_Dated]:
    body = [i for i, v in enumerate(verdicts) if v.role == "body"]
    heads = [i for i, v in enumerate(verdicts) if v.role == "headline" and body and i <= body[0] + 1]
    if marked:
        heads = [i for i in heads if blocks[i].tag == "h1"] or heads
    order = order_of(b.text for b in blocks)
    count = 0
    for i, block in enumerate(blocks):
        if count >= MOST_DATES or not any(c.isdigit() for c in block.text[:600]):
            continue
        for date in find_dates(block.text, order):
            count += 1
            yield _place(date, i, blocks, verdicts, heads, body, marked)


def _place(
    date: WrittenDate,
    i: int,
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    heads: list[int],
    body: list[int],
    marked: bool,
) -> _Dated:
    """What a date of a line may be, from where it stands and which words are around it."""

    def found(kind: Literal["posted", "updated", "bare", "other"], why: str, rank: float = 9.0) -> _Dated:
        return _Dated(date.earliest, date.latest, "stated", date.words, kind, why, rank)

    if verdicts[i].role in ("body", "standfirst"):
        return found("other", _IN_TEXT)
    first = heads[0] if heads and body and heads[0] < i < body[0] else 0  # a weather bar above the headline is apart
    around = [blocks[j].text for j in range(max(first, i - 3), min(len(blocks), i + 4))]
    kind = _cue_before(date, i, blocks)
    near = bool(body) and (max(0, body[0] - 14) <= i <= body[0] + 3 or body[-1] < i <= body[-1] + 5)
    if kind and near and not _is_weather([blocks[i].text]):
        because = f'the page says so: "{blocks[i].text[:80]}"'
        return found("posted" if kind == "posted" else "updated", because, 1.0)
    if _is_weather(around):
        return found("other", _WEATHER)
    if set(lowered(blocks[i].text).replace(":", " ").split()) & set(rows("furniture")["metadata"]["events"]):
        return found("other", "stands beside words of an event")
    between = bool(heads) and bool(body) and heads[0] < i < body[0]
    if (
        marked
        and bool(heads)
        and heads[-1] - 3 <= i <= heads[-1] + 8
        and i <= body[0] + 1
        and len(blocks[i].text.split()) <= 24
    ):
        return found("bare", "a date line beside the page's main heading", 3.2)
    if verdicts[i].role == "metadata" and (between or (body and not heads and body[0] - 4 <= i < body[0])):
        return found("bare", "a date line between the headline and the text", 3.0)
    if body and i < body[0]:
        return found("other", "stands above the article, as today's date does")
    return found("other", "stands beside other stories or in the page's furniture")


def _cue_before(date: WrittenDate, i: int, blocks: Sequence[Block]) -> str:
    """``posted`` or ``updated`` where the words right before the date say so, on its line or alone on the one above."""
    line = blocks[i].text
    before = lowered(line[: date.start])
    table = rows("furniture")["metadata"]
    at, kind = -1, ""
    for name in ("posted", "updated"):
        for word in table[name]:
            if word == "on":
                continue
            index = before.rfind(word)
            clean = (
                index >= 0
                and not (index and before[index - 1].isalpha())
                and not before[index + len(word) :][:1].isalpha()
            )
            if clean and index > at and len(before) - index - len(word) <= 30:
                at, kind = index, name
    if kind or not i:
        return kind
    above = blocks[i - 1].text
    cue, kind = date_cue(above)
    return kind if cue and lowered(above).strip(" :") == cue else ""


def _is_weather(lines: Sequence[str]) -> bool:
    text = lowered(" ".join(line[:80] for line in lines))
    words = rows("furniture")["metadata"]["weather"]
    return sum(w in text for w in words) >= (1 if len(lines) == 1 else 2)
