"""Articles and statements made by hand from sentences, for the tests of this room."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from firsthand.language.names import name_key
from firsthand.records import Article, Link, Span, Statement, StatementKind, Story, Term, content_id

_NAME = re.compile(r"[A-Z][\w’]+(?: [A-Z][\w’]+)*")


def article(page: str, sentences: Sequence[str], **fields: object) -> Article:
    """An article of one paragraph a sentence."""
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 2
    return Article(page, None, "\n\n".join(sentences), tuple(spans), **fields)  # type: ignore[arg-type]


def statements(made: Article, kind: StatementKind = "own_voice") -> tuple[Statement, ...]:
    """A statement a paragraph, without parsed terms."""
    chain = (Link("newsroom", "body"),)
    return tuple(
        Statement(content_id("stmt", made.page, s.start, s.end), made.page, s, s.of(made.text), kind, chain)
        for s in made.paragraphs
    )


def named(statement: Statement) -> Statement:
    """The statement with its capitalised runs as name terms."""
    at = statement.span.start
    terms = tuple(
        Term("name", name_key(m.group()), Span(at + m.start(), at + m.end())) for m in _NAME.finditer(statement.text)
    )
    return Statement(
        statement.id, statement.page, statement.span, statement.text, statement.kind, statement.chain, terms=terms
    )


def story(pages: Mapping[str, Sequence[str]]) -> tuple[list[Article], Story, list[Statement]]:
    """A story of pages, each a list of sentences."""
    articles = [article(page, sentences) for page, sentences in pages.items()]
    return articles, Story("story-1", "A story", tuple(sorted(pages))), [s for a in articles for s in statements(a)]
