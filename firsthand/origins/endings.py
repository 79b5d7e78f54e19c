"""Where the chain of a statement ends: the report that it is taken from, and the source in it.

The last report that a chain cites decides: a page that passes on adds nothing. Reports that a sentence names side by
side ("the Courier and the Herald reported") are as many endings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..language.lead import lead_end
from ..language.rows import rows
from ..newsrooms import by_name, newsroom_key, same_newsroom
from ..records import Article, Link, Report, Span, Statement
from .public import is_bare_report, is_former_self

ALONG_REACH = 20
"""Characters after a newsroom's name within which another, joined by "and", is cited beside it."""


@cache
def _joining() -> frozenset[str]:
    return frozenset(rows("origins")["joining"]["words"])


@dataclass(frozen=True, slots=True)
class Ending:
    """One end of one statement's chain. ``carrier`` is the report that the page carries, ``report`` the one that the
    chain leads to (the same where the page has it itself); ``source`` None where that report says it in its own
    voice. ``comment`` on an opinion or sponsored page; ``by_descent`` where no link says so, but the page retells the
    report; ``said_first`` where the words say that the report was the first; ``documents`` the kinds of document on
    which the page rests what it says; ``correction`` where the source is what the article itself said before;
    ``confirms`` where the source only confirms what the page has from elsewhere."""

    statement: Statement
    article: Article
    carrier: str
    report: str
    source: Link | None
    comment: bool
    by_descent: bool
    said_first: bool
    documents: frozenset[str] = frozenset()
    correction: bool = False
    confirms: bool = False


def endings(
    statement: Statement,
    article: Article,
    documents: frozenset[str],
    report_of_link: Mapping[tuple[str, int], str],
    reports: Mapping[str, Report],
) -> tuple[Ending, ...]:
    """The ends of a statement's chain, at least one."""
    carrier = report_of_link.get((statement.id, 0), "")
    cited = [i for i, link in enumerate(statement.chain) if i and link.role == "report"]
    source = _source(statement, documents)
    correction = source is not None and is_former_self(source)
    source = None if correction else source
    leading = statement.span.start < lead_end(article)
    comment = article.genre in ("opinion", "sponsored")
    said_first = any("first" in cue.words.casefold() for i in cited if (cue := statement.chain[i].cue) is not None)
    named = ((statement.id, i) for i in _last_named(statement, cited, article))
    led = [report_of_link[link] for link in named if link in report_of_link]
    if led and carrier in reports:
        led += [r for r in _named_along(statement, cited[-1], article, reports[carrier], reports) if r not in led]
    beside: list[str] = []
    if not led and carrier in reports:
        led = _named_beside(statement, reports[carrier], reports)
        if led and source is not None and _told_here(statement, article):
            beside, led = led, []
        if led and source is not None and source.kind == "body":
            source = None
    if source is not None and not led and carrier in reports and _is_the_newspaper(source):
        original = reports[carrier].derived_from
        led, source = (list(original), None) if len(original) == 1 else (led, source)
    by_descent = not led and carrier in reports and _passes_on(source, leading, reports[carrier], reports)
    if by_descent:
        led = list(reports[carrier].derived_from)
    return tuple(
        Ending(statement, article, carrier, report, source, comment, by_descent, said_first, documents, correction)
        for report in dict.fromkeys(led or [carrier])
    ) + tuple(
        Ending(statement, article, carrier, report, None, comment, False, _is_first(statement)) for report in beside
    )


def _source(statement: Statement, documents: frozenset[str]) -> Link | None:
    """The source at the end of a chain; None where there is none, where it is unknown, or only "reports": "the report"
    is a newsroom's, unless the page rests on a document of that kind that it describes more fully."""
    last = statement.chain[-1] if statement.chain else None
    if last is None or last.role != "source" or last.kind == "unknown":
        return None
    cited = {newsroom_key(link.name) for link in statement.chain[1:] if link.role == "report" and link.name}
    if last.name and newsroom_key(last.name) in cited:
        return None
    if last.kind == "document" and is_bare_report(last) and "report" not in documents:
        return None
    return last


def _is_the_newspaper(source: Link) -> bool:
    """Whether a source is only called a newspaper, or "news agencies": what a page that retells calls its original."""
    words = (source.name or source.description or "").casefold().split()
    if len(words) == 2 and words[0] == "the" and words[1] in _newsroom_words():
        return True
    press = rows("origins")["press"]
    return bool(words) and words[-1] in press["words"] and bool(set(words) & set(press["of"]))


@cache
def _newsroom_words() -> frozenset[str]:
    return frozenset(rows("origins")["newsrooms"]["words"])


def _passes_on(source: Link | None, leading: bool, report: Report, reports: Mapping[str, Report]) -> bool:
    """Whether a page that retells has a statement from what it retells: its lead in its own voice, and, where it did
    no reporting itself and the original is not here to be read, what unnamed people say."""
    if source is None:
        return leading
    absent = all(i in reports and not reports[i].in_collection for i in report.derived_from)
    of_newspaper = set(re.findall(r"[^\W_]+", (source.description or "").casefold())) & _newsroom_words()
    return source.kind == "unnamed" and report.kind == "rewrite" and (absent or bool(of_newspaper))


def _named_beside(statement: Statement, own: Report, reports: Mapping[str, Report]) -> list[str]:
    """The reports that the page cites whose newsroom the statement names beside a word of reporting."""
    found = []
    for identifier in own.cites:
        report = reports.get(identifier)
        names = _short_names(report.newsroom) if report is not None and report.newsroom else ()
        printed = (name for name in names if name in statement.text)
        at = next((m for name in printed if (m := re.search(rf"\b{re.escape(name)}\b", statement.text))), None)
        if at is not None and has_word("retelling", statement.text[max(0, at.start() - 25) : at.end() + 50]):
            found.append((at.start(), identifier))
    return [identifier for _, identifier in sorted(found)]


def _named_along(
    statement: Statement, index: int, article: Article, own: Report, reports: Mapping[str, Report]
) -> list[str]:
    """The reports that the page cites whose newsroom stands side by side with a link of a chain that names another
    ("the Courier and the Herald reported")."""
    link = statement.chain[index]
    if link.span is None or link.name is None:
        return []
    found = []
    for identifier in own.cites:
        report = reports.get(identifier)
        if report is None or not report.newsroom or same_newsroom(report.newsroom, link.name):
            continue
        for name in _short_names(report.newsroom):
            at = stands_along(article.text, link.span, name)
            if at is not None:
                found.append((at, identifier))
                break
    return [identifier for _, identifier in sorted(found)]


def stands_along(text: str, span: Span, name: str) -> int | None:
    """Where a newsroom's name stands in a list of names that begins with the words at ``span``, or goes on right after
    them; None where it does not."""
    for place in re.finditer(rf"\b{re.escape(name)}\b", text[span.start : span.end + ALONG_REACH + len(name)]):
        at, end = span.start + place.start(), span.start + place.end()
        before = re.split(r",| and | & ", text[span.start : at])[-1]
        after = re.match(r"\s*(?:,|and\b|&|$)", text[end : span.end]) if end <= span.end else None
        if (after is not None and at > span.start and _joins(before)) or (
            at >= span.end and _joins(text[span.end : at])
        ):
            return at
    return None


def _joins(gap: str) -> bool:
    """Whether what stands between two names puts them side by side."""
    return {w.casefold() for w in re.findall(r"\w+", gap)} <= _joining() and not re.search(r"[.;:\n]", gap)


def _told_here(statement: Statement, article: Article) -> bool:
    """Whether the words say that somebody told the page's own newsroom, beside what another newsroom reported."""
    key = newsroom_key(article.outlet.name) if article.outlet else ""
    return bool(key) and key in newsroom_key(statement.text) and has_word("own", statement.text)


def _is_first(statement: Statement) -> bool:
    return has_word("first", statement.text)


@cache
def _short_names(newsroom: str) -> tuple[str, ...]:
    room = by_name(newsroom, citing=True)
    names = (newsroom, *room.aliases, *room.cues) if room is not None else (newsroom,)
    return tuple(sorted({re.sub(r"^[Tt]he ", "", name) for name in names}, key=lambda name: (-len(name), name)))


def has_word(table: str, text: str) -> bool:
    """Whether one of the words of a table of reports stands in a text."""
    padded = _padded(text)
    return any(f" {word} " in padded for row in rows("reports")[table] for word in row["words"])


@lru_cache(maxsize=20_000)
def _padded(text: str) -> str:
    """A text's words in small letters with one space around each."""
    return " " + " ".join(re.findall(r"[^\W_]+", text.casefold())) + " "


def _last_named(statement: Statement, cited: Sequence[int], article: Article) -> list[int]:
    """The last cited report of the chain, with those that stand beside it."""
    kept = list(cited[-1:])
    for index in reversed(cited[:-1]):
        here, after = statement.chain[index].span, statement.chain[kept[0]].span
        if here is None or after is None:
            break
        first, second = sorted((here, after))
        between = re.findall(r"\w+", article.text[first.end : min(second.start, first.end + 40)])
        if second.start - first.end > 30 or not {w.casefold() for w in between} <= _joining():
            break
        kept.insert(0, index)
    return kept
