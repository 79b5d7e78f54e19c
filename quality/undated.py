"""Dates invented: ``python -m quality.undated PATH [--strip] [--shipped] [--json]``.

PATH holds pages as records with ``text`` or ``html`` (and ``url``) that state no day of publication: the share that is
given one, which should be 0 (``given_interval`` counts pages given more than a day: a URL's month). Pages from which no
article comes count as not given.

``--strip`` takes labelled pages instead (``gold.date`` or ``gold.date_published``) and removes every statement of the
publication before reading them: the days of the gold and its two neighbours in any form that the program can read, in
text and attributes, all stamps of the markup that date a page, seconds since 1970 of those days, the address. What is
still given is then some other day of a real page: of an event, a related story, a comment, a revision
(``left_standing`` counts pages on which a statement of the gold's day survived, words cut by tags for example).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from firsthand.articles.cleaning import clean
from firsthand.articles.dates import LINE, find_dates, read_stamp
from firsthand.articles.furniture import Furniture
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

from .frame import Figures, read_records, run


def measure(path: Path, strip: bool = False) -> Figures:
    """Shares of pages given a day, given an interval, and without an article; each also for text and HTML alone."""
    records = [r for r in read_records(path) if "html" in r or "text" in r]
    if strip:
        records = [stripped(r) for r in records if _gold_day(r)]
    rows = [(("html" in r), _given(r)) for r in records]
    if not rows:
        return {}
    figures: dict[str, float | int] = {"pages": len(rows)}
    figures["given"] = sum(g == "day" for _, g in rows) / len(rows)
    figures["given_interval"] = sum(g == "interval" for _, g in rows) / len(rows)
    for name, kind in (("text", False), ("html", True)):
        part = [g for h, g in rows if h is kind]
        if part:
            figures |= {f"pages_{name}": len(part), f"given_{name}": sum(g == "day" for g in part) / len(part)}
    if strip:
        figures["left_standing"] = sum(g == "left" for _, g in rows)
    figures["no_article"] = sum(g == "no article" for _, g in rows)
    return figures


def _given(record: dict[str, Any]) -> str:
    """``day``, ``interval``, ``left`` (a statement that was not taken away), ``no article`` or nothing."""
    html = "html" in record
    page = Page("p", "p", "html" if html else "text", record["html" if html else "text"], url=record.get("url"))
    found = clean(page, ArticleOptions(), Furniture())
    if not isinstance(found, Article):
        return "no article"
    published = found.published
    if published is None or published.earliest is None:
        return ""
    if published.earliest[:10] in record.get("near", ()):
        return "left"
    return "day" if published.earliest[:10] == (published.latest or "")[:10] else "interval"


# ------------------------------------------------------------------------------------------------ taking days away


def _gold_day(record: dict[str, Any]) -> str:
    gold = record.get("gold") or {}
    return str(gold.get("date") or gold.get("date_published") or "")[:10]


_DATED_META = re.compile(
    r"<meta\b[^>]{0,400}(?:date|time|publish|created|issued|og:url)[^>]{0,400}>|<link\b[^>]{0,300}canonical[^>]{0,300}>",
    re.IGNORECASE,
)
_LINKED = re.compile(r"<script[^>]{0,200}ld\+json.*?</script>", re.IGNORECASE | re.DOTALL)
_EPOCH = re.compile(r"(?<!\d)1\d{9}(?:\d{3})?(?!\d)")
_DIGITS = re.compile(r"\d")
_REFERENCE = re.compile(r"&#x?[0-9a-fA-F]{2,6};")
_TAG = re.compile(r"(<[^>]{0,2000}>)")


def stripped(record: dict[str, Any]) -> dict[str, Any]:
    """The record without what states its publication; its address is withheld."""
    day = date.fromisoformat(_gold_day(record))
    near = {(day + timedelta(n)).isoformat() for n in (-1, 0, 1)}
    key = "html" if "html" in record else "text"
    content = record[key]
    if key == "html":
        content = _LINKED.sub("", _DATED_META.sub("", content))
        content = _REFERENCE.sub(lambda m: unescape(m[0]), content)
    content = _EPOCH.sub(lambda m: "" if _epoch_day(m[0]) in near else m[0], content)
    lines = [_without(line, near) for line in content.split("\n")]
    return {key: "\n".join(lines), "url": None, "near": sorted(near)}


def _epoch_day(digits: str) -> str:
    return (read_stamp(digits) or "")[:10]


def _without(line: str, near: set[str]) -> str:
    """A line without the days in ``near``, whichever way they are written."""
    text = "".join("".join(_pieces(part, near)) for part in _TAG.split(line))
    for iso in near:
        moment = datetime.fromisoformat(iso)
        for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y.%m.%d"):
            text = text.replace(moment.strftime(form), "")
    return text


def _pieces(text: str, near: set[str]) -> Iterator[str]:
    for start in range(0, len(text), LINE):
        part, at = text[start : start + LINE], 0
        for found in find_dates(part) if _DIGITS.search(part) else ():
            if found.earliest[:10] in near or found.latest[:10] in near:
                yield part[at : found.start]
                at = found.end
        yield part[at:]


OPTIONS: dict[str, dict[str, Any]] = {
    "--strip": {"action": "store_true", "help": "take labelled pages, and remove what states their publication"}
}

if __name__ == "__main__":
    run(measure, __doc__, OPTIONS)
