"""Facts that a careful reader finds in real pages, as far as statements go. Skipped aloud where they are absent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from firsthand.options import StatementOptions
from firsthand.records import Article, Credit, Link, Moment, Named, Span, Statement
from firsthand.statements import extract_statements

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
BODY = {
    "000": [11, 13, 53, 55, 57, 59, 61, 63, 65, 67],
    "002": [6, 8, 10, 12, 14, 16, 18],
    "003": [8, 10, 12, 16, 18],
    "004": list(range(5, 30, 2)),
}
CNN = Credit("CNN", "dateline")


def squash(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("“", '"').replace("”", '"').replace("‑", "-")).lower()


@pytest.fixture(scope="module")
def pages() -> dict[str, tuple[Statement, ...]]:
    if not SEEDS.is_dir():
        pytest.skip(f"no seed pages at {SEEDS}: the facts of real pages are not tested")
    when = Moment("2018-09-08T12:25", "2018-09-08T12:25", "stated")
    found = {}
    for key, numbers in BODY.items():
        lines = next(SEEDS.glob(f"{key}_*.txt")).read_text(encoding="utf-8").splitlines()
        paragraphs = [lines[n - 1] for n in numbers]
        spans, at = [], 0
        for paragraph in paragraphs:
            spans.append(Span(at, at + len(paragraph)))
            at += len(paragraph) + 2
        first = key == "000"
        found[key] = extract_statements(
            Article(
                key, None, "\n\n".join(paragraphs), tuple(spans), outlet=Named("The Velda Gazette", "record"),
                credit=CNN if first else None, published=when if first else None,
            ),
            StatementOptions(),
        )  # fmt: skip
    return found


def said(statements: tuple[Statement, ...], words: str) -> Statement:
    return next(s for s in statements if squash(words) in squash(s.text))


def shown(links: tuple[Link, ...]) -> str:
    return " > ".join(f"{link.kind} {link.name or ''} {link.description or ''}" for link in links)


@pytest.mark.parametrize(
    ("page", "words", "end", "in_chain"),
    [
        ("000", "met secretly", "unnamed", "former US official"),
        ("000", "were first reported", "body", "The New York Times"),
        ("000", "many options", "person", "Trump"),
        ("000", "certainly could pursue", "person", "Trump"),
        ("000", "about the possibility of invading", "body", "CNN"),
        ("000", "coup ultimately fell apart", "unnamed", "former US official"),
        ("002", "last week to discuss", "unnamed", "several insiders"),
        ("002", "last week to discuss", "unnamed", "The New York Times"),
        ("002", "no concrete plans", "body", "The New York Times"),
        ("002", "toppling", "unnamed", "Reuters"),
        ("002", "deliberately killed survivors", "body", "The Washington Post"),
        ("002", "land is easier", "person", "Trump"),
        ("003", "confidential telephone conversation", "body", "The New York Times"),
        ("003", "confirmed the details", "unnamed", "Multiple sources familiar with the exchange"),
        ("003", "land is easier", "person", "Trump"),
        ("004", "spoke by phone last week", "unnamed", "multiple people"),
        ("004", "direct call", "unnamed", "close to the Venezuelan government"),
        ("004", "significant stake", "body", "The New York Times"),
        ("004", "land is easier", "person", "Trump"),
        ("004", "Narcoterrorists", "person", "Trump"),
        ("004", "standing up for Democracy", "person", "Trump"),
    ],
)
def test_chain(pages: dict[str, tuple[Statement, ...]], page: str, words: str, end: str, in_chain: str) -> None:
    statement = said(pages[page], words)
    assert statement.chain[-1].kind == end, shown(statement.chain)
    assert in_chain.lower() in shown(statement.chain).lower()


def test_when(pages: dict[str, tuple[Statement, ...]]) -> None:
    for words in ("many options", "possibility of invading"):
        about = said(pages["000"], words).about
        assert about is not None and (about.earliest or "").startswith("2017-08"), words


def test_no_comment(pages: dict[str, tuple[Statement, ...]]) -> None:
    assert [len([s for s in pages[k] if s.kind == "no_comment"]) for k in ("000", "002", "003", "004")] == [1, 1, 1, 2]


def test_why_unnamed(pages: dict[str, tuple[Statement, ...]]) -> None:
    assert "not authorized to discuss" in (said(pages["004"], "spoke by phone").chain[-1].anonymity_reason or "")
    assert "not authorized to speak" in (said(pages["004"], "direct call").chain[-1].anonymity_reason or "")


def test_two_assertions_under_one_cue(pages: dict[str, tuple[Statement, ...]]) -> None:
    plans, first = said(pages["002"], "no concrete plans"), said(pages["002"], "mark the first time")
    assert plans.id != first.id
    assert shown(plans.chain) == shown(first.chain)


def test_no_wrong_name(pages: dict[str, tuple[Statement, ...]]) -> None:
    names = {
        link.name for statements in pages.values() for s in statements for link in s.chain if link.kind == "person"
    }
    assert all(name is None or len(name.split()) > 1 for name in names), names
