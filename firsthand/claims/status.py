"""States that exclude each other ("in exile", "remained in power"), and who is said to be in them.

In: a content and the rows of ``status.toml``. Out: :class:`Standing` values. The bearer is the nearest name before the
phrase; a phrase after a modal, a negation or an infinitive is not asserted and is passed over. Known to fail: a bearer
named only by a pronoun or by a role ("the premier"); a name that stands between the bearer and the phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..language.names import fold
from ..language.rows import rows
from ..records import Span
from .content import TELLING, Content, rarest_words, telling, whole_words

_REACH = 70
"""Characters between a bearer's name and the phrase: an apposition fits, a second clause does not."""
_BEFORE = 4
"""Words before the phrase that can make it unasserted."""
_NAMELIKE = re.compile(r"[A-ZÀ-Þ][\w’'-]{1,40}(?:\s[A-ZÀ-Þ][\w’'-]{1,40}){0,4}")
_STOP = re.compile(r"[.;!?]\s|\n")
_WORDS = re.compile(r"[\w’']+")


@dataclass(frozen=True, slots=True)
class Standing:
    """A bearer's state: ``row`` and ``side`` of ``status.toml``, the words as printed, spans of the article's text."""

    row: str
    side: int
    lasting: bool
    bearer: str
    words: str
    span: Span
    content: Content


@cache
def _phrases() -> tuple[tuple[str, str, int, bool], ...]:
    """Every phrase with its row and side, longest first, so that "found not guilty" is not read as "found guilty"."""
    found = [
        (fold(phrase), row["name"], side, row["lasting"])
        for row in rows("status")["status"]
        for side, phrases in enumerate(row["sides"])
        for phrase in phrases
    ]
    return tuple(sorted(found, key=lambda p: (-len(p[0]), p)))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(p) for p in dict.fromkeys(p[0] for p in _phrases())) + r")\b")


@cache
def _rarest_words() -> frozenset[str]:
    return rarest_words(_of_phrase())


@cache
def _of_phrase() -> dict[str, tuple[tuple[str, int, bool], ...]]:
    found: dict[str, list[tuple[str, int, bool]]] = {}
    for phrase, row, side, lasting in _phrases():
        found.setdefault(phrase, []).append((row, side, lasting))
    return {phrase: tuple(many) for phrase, many in found.items()}


def _lower(text: str) -> str:
    """Lower case of the same length, for searching with offsets."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _unasserted(before: str) -> bool:
    words = _WORDS.findall(before)[-_BEFORE:]
    table = rows("status")["context"]["unasserted"]
    return any(w in table or w.endswith(("n't", "n’t")) for w in words)


def _bearer(content: Content, at: int) -> str | None:
    """The nearest name that ends before character ``at`` of the statement, within reach and the sentence."""
    statement = content.statement
    text = statement.text
    best: tuple[int, str] | None = None
    spans = [
        (t.span.start - statement.span.start, t.span.end - statement.span.start)
        for t in statement.terms
        if t.kind == "name"
    ]
    if not spans:
        named = _NAMELIKE.finditer(text[:at])
        spans = [m.span() for m in named if " " in m.group() or telling(fold(m.group())) >= TELLING]
    for start, end in spans:
        near = 0 <= end <= at and at - end <= _REACH and not _STOP.search(text[end:at])
        if near and (best is None or end > best[0]):
            best = (end, text[start:end])
    return best[1] if best else None


def find_standings(content: Content) -> tuple[Standing, ...]:
    """The states that a statement asserts of named bearers, in text order."""
    if whole_words(content).isdisjoint(_rarest_words()):
        return ()
    text = _lower(content.statement.text)
    start = content.statement.span.start
    found: list[Standing] = []
    for match in _pattern().finditer(text):
        if _unasserted(text[max(0, match.start() - 60) : match.start()]):
            continue
        bearer = _bearer(content, match.start())
        if bearer is None:
            continue
        words = content.statement.text[match.start() : match.end()]
        span = Span(start + match.start(), start + match.end())
        for row, side, lasting in _of_phrase()[match.group()]:
            found.append(Standing(row, side, lasting, bearer, words, span, content))
    return tuple(found)
