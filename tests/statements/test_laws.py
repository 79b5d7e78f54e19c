"""What holds of the statements of any text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.options import StatementOptions
from firsthand.records import Article, Link, Named, Span, Statement
from firsthand.statements import decide_kind, extract_statements
from firsthand.statements.quotations import find_quotations

WORDS = [
    "said",
    "Brook",
    "the",
    "minister",
    "“",
    "”",
    '"',
    "'",
    ",",
    ".",
    "?",
    "that",
    "harbour",
    "closed",
    "according",
    "to",
    "officials",
    "Reuters",
    "and",
    "he",
    "who",
    "not",
    "declined",
    "comment",
    "2017",
    "—",
    ":",
    "reported",
    "two",
    "\n\n",
]


def article(text: str, language: str = "en") -> Article:
    spans, at = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            spans.append(Span(at, at + len(part)))
        at += len(part) + 2
    return Article("p", None, text, tuple(spans), outlet=Named("Velda Gazette", "record"), language=language)


def spans_of(link: Link) -> list[Span]:
    return [s for s in (link.span, link.content, link.cue.span if link.cue else None) if s]


def check(text: str, found: tuple[Statement, ...]) -> None:
    covered = [False] * len(text)
    for statement in found:
        assert statement.text == text[statement.span.start : statement.span.end] != ""
        assert statement.chain and statement.chain[0].role == "newsroom"
        assert statement.chain[0].name == "Velda Gazette"
        for i in range(statement.span.start, statement.span.end):
            covered[i] = True
        for span in [*statement.parts, *(t.span for t in statement.terms)]:
            assert statement.span.start <= span.start < span.end <= statement.span.end
        for link in statement.chain:
            assert all(0 <= s.start < s.end <= len(text) for s in spans_of(link))
            if link.cue and link.cue.span:
                assert link.cue.span.of(text) == link.cue.words
        starts = [t.span.start for t in statement.terms]
        assert starts == sorted(starts)
    assert [s.span for s in found] == sorted(s.span for s in found)
    assert len({s.id for s in found}) == len(found)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=120))
def test_any_text(text: str) -> None:
    found = extract_statements(article(text), StatementOptions())
    check(text, found)
    words = sum(c.isalnum() for s in found for c in s.text)
    assert words >= 0.9 * sum(c.isalnum() for c in text) - 8  # only a joining "and" or "but" may stand between two


@settings(deadline=None, max_examples=20)
@given(st.text(max_size=300))
def test_other_languages_stay_open(text: str) -> None:
    found = extract_statements(article(text, "fr"), StatementOptions())
    check(text, found)
    assert all(s.kind == "own_voice" and s.chain[-1].kind == "unknown" for s in found)


@given(st.booleans(), st.booleans(), st.floats(0, 1))
def test_kind_from_its_evidence(silent: bool, attributed: bool, share: float) -> None:
    kind = decide_kind(silent, attributed, share)
    assert (kind == "no_comment") == silent
    assert silent or (kind == "own_voice") == (not attributed)


@given(st.text(alphabet="ab \n\"'“”‘’«».,s", max_size=200))
def test_quotations_do_not_overlap(text: str) -> None:
    at = 0
    for q in find_quotations(text, (Span(0, len(text)),)):
        assert at <= q.span.start <= q.inner.start <= q.inner.end <= q.span.end <= len(text)
        at = q.span.end


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(WORDS), min_size=20, max_size=60).map(" ".join), st.integers(20, 80))
def test_what_is_not_read_is_kept(text: str, most: int) -> None:
    found = extract_statements(article(text), StatementOptions(most_characters=most))
    check(text, found)
    beyond = [s for s in found if s.span.start >= most]
    assert all(s.kind == "own_voice" and not s.terms and len(s.chain) == 1 for s in beyond)
    assert sum(c.isalnum() for s in found for c in s.text) >= 0.9 * sum(c.isalnum() for c in text) - 8


@pytest.mark.parametrize(
    "text",
    ['"' * 100_000, "“" * 100_000, "he said " * 4_000, "'a " * 30_000, "A. " * 3_000],
    ids=["straight marks", "opening marks", "no full stop", "single marks", "full stops"],
)
def test_hostile_text_ends(text: str) -> None:
    found = extract_statements(article(text), StatementOptions())
    assert found
