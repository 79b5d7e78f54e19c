"""Records from the short form of a case: pages with their statements, copies, claims.

A page's text is its statements, a paragraph each (``same_paragraph = true`` goes on in the last one's); ``deep = true``
puts a statement below the lead. A chain is a list of links from the page outwards: ``"report:NAME"``,
``"report:NAME|WORDS"`` or ``"KIND:WORDS"``, with ``"@TIME"`` at the end for when (an ISO value, or words that are not
resolved); for persons and bodies the words are the name.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from firsthand.records import (
    Article,
    Claim,
    Copy,
    Credit,
    Cue,
    Lineage,
    Link,
    Moment,
    Named,
    Passage,
    Place,
    Reason,
    Span,
    Statement,
    Story,
)

FILLER = "The harbour lay quiet that day and gulls walked over the empty quay. " * 8


@dataclass(frozen=True)
class Built:
    """What a case holds."""

    articles: tuple[Article, ...]
    copies: tuple[Copy, ...]
    stories: tuple[Story, ...]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]


def moment(words: str | None, basis: Any = "stated") -> Moment | None:
    if words is None:
        return None
    if re.match(r"\d{4}", words):
        return Moment(words, words, basis, words)
    return Moment(None, None, "unknown", words)


def link(words: str) -> Link:
    words, _, when = words.partition("@")
    role, _, name = words.partition(":")
    if role == "report":
        name, _, printed = name.partition("|")
        return Link(
            "report", "body", name or None, printed or None, cue=Cue(when or "reported"), when=moment(when or None)
        )
    named = role in ("person", "body") and not name.startswith("~")
    name = name.removeprefix("~")
    firsthand = when == "first-hand"
    return Link(
        "source",
        role,  # type: ignore[arg-type]
        name if named else None,
        name or None,
        relation="first-hand" if firsthand else "unknown",
        cue=Cue("said"),
    )


def page(row: dict[str, Any]) -> tuple[Article, list[Statement]]:
    paragraphs: list[Span] = []
    text = ""
    statements = []

    def add(words: str, between: str = "\n\n") -> Span:
        nonlocal text
        text += between if text else ""
        paragraphs.append(Span(len(text), len(text) + len(words)))
        text += words
        return paragraphs[-1]

    outlet = row.get("outlet")
    for i, said in enumerate(row["statements"]):
        if said.get("deep"):
            add(FILLER)
        span = add(said["text"], " " if said.get("same_paragraph") else "\n\n")
        chain = (Link("newsroom", "body", outlet), *(link(words) for words in said.get("chain", ())))
        kind = said.get("kind", "indirect" if len(chain) > 1 else "own_voice")
        statements.append(Statement(f"{row['id']}{i}", row["id"], span, said["text"], kind, chain))
    credit = row.get("credit")
    article = Article(
        row["id"],
        row.get("headline"),
        text,
        tuple(paragraphs),
        outlet=Named(outlet, "record") if outlet else None,
        byline=tuple(row.get("byline", ())),
        credit=Credit(credit, "dateline") if credit else None,
        published=moment(row.get("published")),
        genre=row.get("genre", "report"),
    )
    return article, statements


def build(case: dict[str, Any]) -> Built:
    pages = [page(row) for row in case["page"]]
    articles = tuple(article for article, _ in pages)
    statements = tuple(s for _, found in pages for s in found)
    length = {a.page: len(a.text) for a in articles}
    copies = tuple(
        Copy(
            row["a"],
            row["b"],
            row["relation"],
            row.get("share_a", 0.5),
            row.get("share_b", 0.5),
            (Passage(Span(0, length[row["a"]]), Span(0, length[row["b"]])),) if row["relation"] != "rewrite" else (),
            (),
        )
        for row in case.get("copy", ())
    )
    stories: dict[str, list[str]] = {}
    for row in case["page"]:
        stories.setdefault(row.get("story", "story"), []).append(row["id"])
    claims = tuple(
        Claim(f"claim{i}", "story", "", tuple(row["statements"]), (), (), ())
        for i, row in enumerate(case.get("claim", ()))
    )
    return Built(articles, copies, tuple(Story(k, "", tuple(v)) for k, v in stories.items()), statements, claims)


def without(rule: str, package: str, patch: pytest.MonkeyPatch) -> None:
    """Make reasons of one rule count for nothing in the modules of a package."""

    def reason(name: str, because: str, weight: float, spans: tuple[Place, ...] = ()) -> Reason:
        return Reason("no-rule", because, 0.0, spans) if name == rule else Reason(name, because, weight, spans)

    for name, module in sorted(sys.modules.items()):
        if (name == package or name.startswith(f"{package}.")) and hasattr(module, "Reason"):
            patch.setattr(module, "Reason", reason)


def shown(lineage: Lineage, identifier: str) -> str:
    """A report as a case names it: its pages, or ``!NEWSROOM`` where it is absent."""
    report = next(r for r in lineage.reports if r.id == identifier)
    return "+".join(report.pages) if report.in_collection else f"!{report.newsroom or ''}"
