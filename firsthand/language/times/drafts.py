"""The expressions of a text with what they mean, before they are resolved: the three passes of forms, run in order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...records import Span
from .calendar import Period
from .cues import direction
from .forms import PASSES, Grammar, grammar
from .makers import fixed, make
from .meaning import Direction, Fixed, Meaning, Nothing, Part, classes_of
from .tokens import Token, lexicon, tokenize


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
    found = [
        Draft(Span(t.start, t.end), t.meaning, direction(tokens, i, i + 1), t.mod, t.until_now)
        for i, t in enumerate(tokens)
        if t.meaning is not None and not isinstance(t.meaning, Nothing) and not _hangs(t)
    ]
    return _share_years(found, text, language)


def _share_years(drafts: list[Draft], text: str, language: str) -> tuple[Draft, ...]:
    """ "July-November 1954", "August and September 1914": the year of the second is the first one's too."""
    units = ("month", "monthday", "season", "quarter")
    for i in range(len(drafts) - 2, -1, -1):
        first, second = drafts[i], drafts[i + 1]
        part, whole = first.meaning, second.meaning
        if not isinstance(part, Part) or part.of is not None or part.unit not in units or not isinstance(whole, Fixed):
            continue
        between = text[first.span.end : second.span.start] if second.span.start - first.span.end <= 8 else ""
        if whole.period.unit in ("month", "day", "season", "quarter") and _joins(between.strip(), language):
            year = Fixed(Period("year", whole.period.year))
            drafts[i] = replace(first, meaning=fixed(replace(part, of=year)) or part)
    return tuple(drafts)


def _joins(words: str, language: str) -> bool:
    entry = lexicon(language).get(words)
    return words in ("-", "–", "—") or bool(entry and "JOINT" in entry.small)


def _hangs(token: Token) -> bool:
    """A part of a day without a day."""
    return "@openpart" in token.classes


def _apply(rules: Grammar, step: str, tokens: list[Token]) -> list[Token]:
    """One pass: what its forms find becomes one token each."""
    letters = rules.spell(tokens)
    found: list[Token] = []
    i = 0
    while (start := rules.next_start(step, letters, i)) is not None:
        found.extend(tokens[i:start])
        made = _longest(rules, step, letters, tokens, start)
        if made is None:
            found.append(tokens[start])
            i = start + 1
        else:
            i, token = made
            found.append(token)
    found.extend(tokens[i:])
    return found


def _longest(rules: Grammar, step: str, letters: str, tokens: list[Token], i: int) -> tuple[int, Token] | None:
    for match in rules.matches(step, letters, i):
        meaning = make(tokens, match)
        if meaning is None:
            continue
        first, last = tokens[i], tokens[match.end - 1]
        mod = match.form.row.get("mod") or next((t.mod for t in tokens[i : match.end] if t.mod), "")
        classes = classes_of(meaning)
        until_now = bool(mod) and "BOUNDED" in first.classes
        return match.end, Token(
            first.start,
            last.end,
            first.low,
            classes,
            {},
            first.capital,
            first.tight,
            meaning,
            mod,
            until_now,
            first.lead or first.classes,
        )
    return None
