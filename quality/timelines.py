"""When things happened: the date of event mentions, against ``about`` of the statement in which each stands.

PATH is a folder with records of documents (``text``, ``dct``) and of timelines (``entries`` with ``date`` and
``mentions`` as ``doc`` and ``spans``), as timeline_semeval15 has them. A gold date counts at its own granularity (a
year, a month, a day); events without one are left out. Statements, not events, carry a time here: of two events in one
clause at two times one is missed.

``given``         share of the mentions whose statement says when
``given right``   share of those that are right
``right``         share of all mentions that are right
``or the day``    the same with the day of writing where a statement says nothing, as readers of news take it
``day alone``     the day of writing for every mention: what has to be beaten
``undated``       with the day of writing unknown: share of the given times that are right (relative ones stay open)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from firsthand.options import StatementOptions
from firsthand.records import Article, Moment, Span, Statement
from firsthand.statements import extract_statements
from quality.frame import Figures, read_records, run


def article_of(record: dict[str, Any], dated: bool) -> Article:
    """A document as an article, a paragraph a line."""
    spans, at = [], 0
    for line in record["text"].split("\n"):
        if line.strip():
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    day = (record.get("dct") or "")[:10]
    written = Moment(day, day, "metadata") if day and dated else None
    return Article(record["id"], None, record["text"], tuple(spans), published=written)


def mentions(path: Path) -> Iterator[tuple[str, Span, str]]:
    """Document, place and date of every dated event mention, each once."""
    seen = set()
    for record in read_records(path):
        for entry in record.get("entries", ()):
            for mention in entry["mentions"]:
                for start, end in (mention["spans"] or ())[:1]:
                    key = (mention["doc"], start, entry["date"])
                    if "X" not in entry["date"] and key not in seen:
                        seen.add(key)
                        yield mention["doc"], Span(start, end), entry["date"]


def about_at(statements: tuple[Statement, ...], place: Span) -> Moment | None:
    """When the thing happened of which the statement at ``place`` speaks, as far as the statement says; at a cue, when
    it was said."""
    for statement in statements:
        if statement.span.start <= place.start < statement.span.end:
            for link in statement.chain:
                if link.cue and link.cue.span and link.cue.span.start <= place.start < link.cue.span.end:
                    return link.when
            return statement.about
    return None


def fits(moment: Moment | None, date: str) -> bool:
    """Whether an interval is the gold date, at the gold's granularity."""
    if moment is None or not moment.earliest or not moment.latest:
        return False
    return moment.earliest[: len(date)] == date == moment.latest[: len(date)]


def measure(path: Path) -> Figures:
    """Every share; see the module's docstring."""
    documents = {r["id"]: r for r in read_records(path) if "text" in r}
    gold = [(d, place, date) for d, place, date in mentions(path) if d in documents]
    if not gold:
        return {}
    names = sorted({d for d, *_ in gold})
    found = {d: extract_statements(article_of(documents[d], True), StatementOptions()) for d in names}
    blind = {d: extract_statements(article_of(documents[d], False), StatementOptions()) for d in names}
    abouts = [(about_at(found[d], place), documents[d].get("dct", "")[:10], date) for d, place, date in gold]
    undated = [(about_at(blind[d], place), date) for d, place, date in gold]
    given = [(a, date) for a, _, date in abouts if a is not None]
    closed = [(a, date) for a, date in undated if a is not None and a.earliest and a.latest]
    return {
        "mentions": len(gold),
        "given": len(given) / len(gold),
        "given right": sum(fits(a, date) for a, date in given) / max(1, len(given)),
        "right": sum(fits(a, date) for a, date in given) / len(gold),
        "or the day": sum(fits(a, date) if a is not None else day.startswith(date) for a, day, date in abouts)
        / len(gold),
        "day alone": sum(day.startswith(date) for _, day, date in abouts) / len(gold),
        "undated": sum(fits(a, date) for a, date in closed) / max(1, len(closed)),
        "undated given": len(closed),
    }


if __name__ == "__main__":
    run(measure, __doc__)
