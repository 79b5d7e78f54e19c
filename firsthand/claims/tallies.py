"""Ages, votes and ranks that differ: numbers that are no amounts of a thing.

In: two contents. Out: :class:`.scopes.Conflict` values. An age is set against another age of the same named bearer; a
vote ("51 to 48") against one that shares one of its two counts, for two votes mostly share none; a rank ("the second
mayor to resign") against another rank of the same noun in a clause that agrees.
"""

from __future__ import annotations

import re
from functools import cache

from ..language.names import may_be_same, name_words
from ..language.rows import rows
from ..records import Reason, Span
from .content import Content, noted, stem, words_of
from .scopes import Conflict, clause_of, places_of

_NAME = r"[A-ZÀ-Þ][\w’'-]{1,30}(?: [A-ZÀ-Þ][\w’'.-]{0,30}){1,3}"
_AGE_AFTER = re.compile(rf"\b({_NAME})(?:, (?:aged |age )?| \()(\d{{1,3}})(?=[,;.)])")
_AGE_BEFORE = re.compile(rf"\b(\d{{1,3}})-year-old (?:[a-z]+ ){{0,3}}({_NAME})")
_OLDEST = 115
_VOTE = re.compile(
    r"(?<![\d.,$£€:/-])(\d{1,3})(?:-to-| to |-|–)(\d{1,3})(?![\d.,]*\d|%| (?:percent|per cent|points?))(?!-)"
)
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th))\b(?=[ -][a-z])"
)
_RANK = re.compile(r"\b(\w+)[ -]((?:[a-z]+[ -]){0,2}?)([a-z]{4,})")
_MOST = 6


@noted
def _ages(content: Content) -> list[tuple[str, int, Span]]:
    """The bearer, the age and its place."""
    text, start = content.statement.text, content.statement.span.start
    found = [(m.group(1), int(m.group(2)), Span(start + m.start(), start + m.end())) for m in _AGE_AFTER.finditer(text)]
    before = _AGE_BEFORE.finditer(text)
    found += [(m.group(2), int(m.group(1)), Span(start + m.start(), start + m.end())) for m in before]
    return [age for age in found if 0 < age[1] <= _OLDEST][:_MOST]


@noted
def _votes(content: Content) -> list[tuple[int, int, Span]]:
    """The two counts of each vote, the larger first, where the clause speaks of a vote."""
    text, start = content.statement.text, content.statement.span.start
    found = []
    for m in _VOTE.finditer(text):
        span = Span(start + m.start(), start + m.end())
        words = words_of(content, clause_of(content, span)).lower()
        if any(w in words for w in rows("status")["context"]["voting"]):
            x, y = int(m.group(1)), int(m.group(2))
            found.append((max(x, y), min(x, y), span))
    return found[:_MOST]


@cache
def _ordinals() -> dict[str, int]:
    words = rows("status")["context"]["ordinals"]
    return {word: n for n, word in enumerate(words, start=1)}


@noted
def _ranks(content: Content) -> list[tuple[str, int, Span]]:
    """What is ranked, its rank and the place of both."""
    text, start = content.statement.text, content.statement.span.start
    found = []
    for at in _ORDINAL.finditer(text):
        m = _RANK.match(text, at.start())
        if m is None:
            continue
        word = at.group()
        rank = int(word[:-2]) if word[0].isdigit() else _ordinals()[word]
        what = m.group(3)
        if what in rows("status")["context"]["unranked"]:
            continue
        found.append((stem(what), rank, Span(start + m.start(), start + m.end())))
    return found[:_MOST]


def tallies(a: Content, b: Content) -> list[Conflict]:
    """Ages of one bearer, counts of one vote and ranks of one thing that exclude each other."""
    found: list[Conflict] = []
    for who, age, x in _ages(a):
        for other, theirs, y in _ages(b):
            if age != theirs and may_be_same(who, other):
                found.append(_conflict("ages-apart", f"age {name_words(who)[-1]}", a, x, b, y))
    votes = {(p, q) for p, q, _ in _votes(b)}
    if not any((p, q) in votes for p, q, _ in _votes(a)):
        for p, q, x in _votes(a):
            for r, s, y in _votes(b):
                if (p == r) != (q == s):
                    found.append(_conflict("votes-apart", "vote", a, x, b, y))
    for what, rank, x in _ranks(a):
        for noun, theirs, y in _ranks(b):
            if what == noun and rank != theirs and not any(n == what and r == rank for n, r, _ in _ranks(b)):
                found.append(_conflict("ranks-apart", f"rank {what}", a, x, b, y))
    return found[:1]


def _conflict(rule: str, subject: str, a: Content, x: Span, b: Content, y: Span) -> Conflict:
    because = f"“{words_of(a, x)}” and “{words_of(b, y)}” cannot both be right of one thing"
    return Conflict("number", x, y, subject, Reason(rule, because, 1.0, places_of(a, x, b, y)))
