"""The expressions of a text with what they mean, before they are resolved: the three passes of forms, run in order."""

from __future__ import annotations

from dataclasses import dataclass

from ...records import Span
from .cues import direction
from .forms import PASSES, Grammar, grammar
from .makers import make
from .meaning import Direction, Meaning, Nothing, classes_of
from .tokens import Token, tokenize


@dataclass(frozen=True, slots=True)
class Draft:
    """An expression found: where, what it means, where its clause looks, and its modifier (TIMEX3's ``mod``)."""

    span: Span
    meaning: Meaning
    direction: Direction
    mod: str = ""
    until_now: bool = False
    """"Earlier", "later": the reference bounds the period."""


def find_drafts(text: str, language: str) -> tuple[Draft, ...]:
    """All expressions of ``text`` in order."""
    rules = grammar(language)
    tokens = tokenize(text, language)
    for step in PASSES:
        tokens = _apply(rules, step, tokens)
    return tuple(
        Draft(Span(t.start, t.end), t.meaning, direction(tokens, i, i + 1), t.mod, t.until_now)
        for i, t in enumerate(tokens)
        if t.meaning is not None and not isinstance(t.meaning, Nothing) and not _hangs(t)
    )


def _hangs(token: Token) -> bool:
    """A part of a day without a day."""
    return "@openpart" in token.classes


def _apply(rules: Grammar, step: str, tokens: list[Token]) -> list[Token]:
    """One pass: what its forms find becomes one token each."""
    letters = rules.spell(tokens)
    found: list[Token] = []
    i = 0
    while i < len(tokens):
        made = _longest(rules, step, letters, tokens, i)
        if made is None:
            found.append(tokens[i])
            i += 1
        else:
            i, token = made
            found.append(token)
    return found


def _longest(rules: Grammar, step: str, letters: str, tokens: list[Token], i: int) -> tuple[int, Token] | None:
    for match in rules.matches(step, letters, i):
        meaning = make(tokens, match)
        if meaning is None:
            continue
        first, last = tokens[i], tokens[match.end - 1]
        mod = match.form.row.get("mod") or next((t.mod for t in tokens[i : match.end] if t.mod), "")
        classes = classes_of(meaning)
        until_now = bool(mod) and bool(first.classes & {"earlier", "later"})
        return match.end, Token(
            first.start, last.end, first.low, classes, {}, first.capital, first.tight, meaning, mod, until_now
        )
    return None
