"""One article in words, for a terminal: its fields with where each was found, and what was set aside.

In: an entry of ``pages`` of the dossier. Out: an outline, as :mod:`.answers` gives. It decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from .moments import moment_words
from .wording import clip, counted

Line = tuple[int, str]


def article_lines(row: Mapping[str, Any], text: bool = False) -> Iterator[Line]:
    """The article's fields, what it rests on, and with ``text`` its paragraphs."""
    yield 0, f"{clip(row['location'], 300)}"
    yield 1, f"headline     {clip(row['headline'] or 'none found', 300)}"
    for name, words in _fields(row):
        yield 1, f"{name:<12} {words}"
        for date in row["dates"] if name == "published" else ():
            yield 2, f"{moment_words(date)}: {date['role']}, {date['why']}"
    size = len(row["text"].split())
    sure = next((r["weight"] for r in row["reasons"] if r["rule"] == "block-model"), None)
    kept = f"{counted(len(row['paragraphs']), 'paragraph')}, {counted(size, 'word')}"
    yield 1, f"{'kept':<12} {kept}" + (f" (mean probability {sure:.2f})" if sure is not None else "")
    rules: Counter[str] = Counter()
    for block in row["set_aside"]:
        rules[block["why"].split(":", 1)[0]] += len(block["lines"])
    if rules:
        named = ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items(), key=lambda r: (-r[1], r[0])))
        yield 1, f"{'set aside':<12} {counted(sum(rules.values()), 'line')}: {named}"
    for start, end in row["paragraphs"] if text else ():
        yield 2, row["text"][start:end]


def _fields(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if row["standfirst"]:
        yield "standfirst", clip(row["standfirst"], 300)
    yield "outlet", f"{clip(row['outlet']['name'], 120)} ({row['outlet']['basis']})" if row["outlet"] else "unknown"
    names = [*row["byline"], *row["byline_bodies"]]
    yield "byline", ", ".join(clip(name, 80) for name in names) or "none found"
    if row["credit"]:
        yield "credit", f"{clip(row['credit']['name'], 80)}, {row['credit']['extent']} ({row['credit']['basis']})"
    published = moment_words(row["published"]) if row["published"] else ""
    yield "published", f"{published} ({row['published']['basis']})" if published else "unknown"
    yield "page is", f"genre {row['genre']}, completeness {row['completeness']}, language {row['language']}"
