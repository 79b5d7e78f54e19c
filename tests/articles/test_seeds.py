"""The five seed pages: what a careful reader finds in them (read from beside the project, never copied)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from firsthand.articles import clean_page, learn_furniture
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

BODY = {
    "000": [11, 13, *range(53, 68, 2)],
    "001": list(range(10, 29, 2)),
    "002": list(range(6, 19, 2)),
    "003": [8, 10, 12, 16, 18],
    "004": list(range(5, 30, 2)),
}
HEADLINE = {"000": 4, "001": 5, "002": 4, "003": 4, "004": 1}


def squash(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


@pytest.fixture
def seeds(shared: Path) -> dict[str, tuple[list[str], Article]]:
    files = sorted((shared / "seeds").glob("*.txt"))
    if not files:
        pytest.skip("the seed pages are not there")
    pages = [Page(f.name, f.name, "text", f.read_text(encoding="utf-8")) for f in files]
    furniture = learn_furniture(pages)
    found = {p.id[:3]: (p.content.split("\n"), clean_page(p, ArticleOptions(), furniture)) for p in pages}
    assert all(isinstance(a, Article) for _, a in found.values())
    return found  # type: ignore[return-value]


def test_bodies_and_headlines(seeds: dict[str, tuple[list[str], Article]]) -> None:
    for key, (lines, article) in seeds.items():
        kept = [squash(s.of(article.text)) for s in article.paragraphs]
        kept = [k for k in kept if k != squash(article.standfirst)]
        assert kept == [squash(lines[n - 1]) for n in BODY[key]], key
        assert squash(article.headline) == squash(lines[HEADLINE[key] - 1]), key


def test_metadata(seeds: dict[str, tuple[list[str], Article]]) -> None:
    articles = {key: article for key, (_, article) in seeds.items()}
    outlets = {k: a.outlet.name if a.outlet else None for k, a in articles.items()}
    assert "WAAY" in (outlets["000"] or "") and outlets["001"] is None and outlets["003"] is None
    assert (outlets["002"] or "").lower() == "latestnewsx" and outlets["004"] == "The Seattle Times"
    assert articles["000"].credit and "CNN" in articles["000"].credit.name
    assert articles["000"].published and articles["000"].published.earliest == "2018-09-08T12:25"
    assert all(articles[k].published is None for k in ("001", "002", "003", "004"))
    weather = [d for d in articles["001"].dates if d.role == "not-publication"]
    assert len(weather) == 8 and all((d.when.earliest or "").startswith("2025-05") for d in weather)
    assert len(articles["000"].topics) == 19
