"""What is added to an index, changed or taken away gives what a full run gives, whatever came when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.copies import candidates, find_shared
from firsthand.options import CopyOptions
from firsthand.records import Article, Named, Shared, Span

pytest.importorskip("numba")
from firsthand.copies.index import Indexed, find_again

OUTLETS = ["Elm Courier", "Oak Gazette", "Ash Herald", None]
CAPPED = CopyOptions(most_pages_per_fingerprint=3, fewest_own_words=12, retellings=False)
TOLD = replace(CAPPED, retellings=True)


class Maker:
    """Makes articles that copy, quote and retell each other, of outlets that repeat themselves."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.words = [f"w{number}" for number in range(50)]
        self.stock = [self.some(9) for _ in range(4)]
        self.template = self.some(30)
        self.texts: list[str] = []

    def some(self, count: int) -> str:
        return " ".join(self.draw.choices(self.words, k=count)).capitalize() + "."

    def text(self, outlet: str | None) -> str:
        draw = self.draw
        parts = [self.some(draw.randint(5, 40)) for _ in range(3)]
        if self.texts and draw.random() < 0.7:
            other = draw.choice(self.texts).split()
            start = draw.randrange(len(other))
            parts[1] = " ".join(other[start : start + draw.randint(8, 60)])
            if draw.random() < 0.3:
                parts[1] = f"“{parts[1]}”"
        if draw.random() < 0.4:
            parts.append(self.template)
        if draw.random() < 0.6:
            parts.insert(draw.randrange(3), self.stock[OUTLETS.index(outlet)])
        if draw.random() < 0.2:
            parts[0] = f"The {draw.choice(OUTLETS[:3])} reported that {parts[0]}"
        made = "\n\n".join(parts)
        self.texts.append(made)
        return made

    def article(self) -> Article:
        outlet = self.draw.choice(OUTLETS)
        text = self.text(outlet)
        page = f"p{self.draw.randrange(10**9):09}"
        return Article(page, self.some(5), text, (Span(0, len(text)),), outlet=Named(outlet, "x") if outlet else None)

    def changed(self, article: Article) -> Article:
        """The page with another text, headline or outlet."""
        kind = self.draw.randrange(3)
        if kind == 0:
            return replace(article, headline=self.some(4))
        if kind == 1:
            outlet = self.draw.choice(OUTLETS)
            return replace(article, outlet=Named(outlet, "x") if outlet else None)
        text = self.text(article.outlet.name if article.outlet else None)
        return replace(article, text=text, paragraphs=(Span(0, len(text)),))


class Kept:
    """What a collection keeps between runs."""

    def __init__(self, options: CopyOptions) -> None:
        self.options = options
        self.parts: dict[str, bytes] = {}
        self.found = Shared()

    def run(self, articles: Sequence[Article]) -> Indexed:
        made = find_again(articles, self.options, self.parts, self.found)
        self.parts.update(dict(made.parts))
        for name in made.gone:
            del self.parts[name]
        self.found = made.shared
        return made


def step(maker: Maker, articles: list[Article], adds: int, changes: int, drops: int) -> None:
    """Some articles come, change, go."""
    draw = maker.draw
    for _ in range(min(drops, len(articles))):
        articles.pop(draw.randrange(len(articles)))
    for _ in range(min(changes, len(articles))):
        at = draw.randrange(len(articles))
        articles[at] = maker.changed(articles[at])
    articles.extend(maker.article() for _ in range(adds))
    draw.shuffle(articles)


STEPS = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 3), st.integers(0, 6)), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), STEPS, st.booleans())
def test_an_index_and_additions_give_what_all_at_once_gives(
    seed: int, steps: list[tuple[int, int, int]], told: bool
) -> None:
    maker, options = Maker(seed), TOLD if told else CAPPED
    kept = Kept(options)
    articles: list[Article] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "MOST_PAGES", 12)
        for adds, changes, drops in [(20, 0, 0), *steps]:
            step(maker, articles, adds, changes, drops)
            assert kept.run(articles).shared == find_shared(articles, options)


def test_a_quotation_goes_with_all_its_pages() -> None:
    maker, kept = Maker(957), Kept(CAPPED)
    articles: list[Article] = []
    step(maker, articles, 20, 0, 0)
    assert len(kept.run(articles).shared.source_matter) == 2
    step(maker, articles, 0, 0, 5)
    assert len(kept.run(articles).shared.source_matter) == 1


def test_additions_write_little_and_a_damaged_part_voids_the_index() -> None:
    maker, kept = Maker(5), Kept(CAPPED)
    articles = [maker.article() for _ in range(60)]
    kept.run(articles)
    for _ in range(12):
        articles.append(maker.article())
        made = kept.run(articles)
        assert made.shared == find_shared(articles, CAPPED)
    segments = {name.split("/")[0] for name in kept.parts} - {"state"}
    assert len(segments) <= 5  # 60 pages and 12, merged as they grew
    assert set(kept.parts) >= set(made.parts)
    again = kept.run(articles)
    assert again.shared == made.shared and set(again.parts) == {"state"} and not again.gone
    segment = min(segments)
    for name in ("state", f"{segment}/rows", f"{segment}/pairs", f"{segment}/sketches", f"{segment}/postings/03"):
        body = kept.parts[name]
        for damaged in (body[:-1], bytes([*body[:-1], body[-1] ^ 1]), b"", None):
            parts = {**kept.parts, name: damaged} if damaged is not None else dict(kept.parts)
            if damaged is None:
                del parts[name]
            made = find_again(articles[:-1], CAPPED, parts, kept.found)
            assert made.shared == find_shared(articles[:-1], CAPPED)
            assert {*parts, *made.parts} - {*made.gone} == {*made.parts}


def test_the_collections_of_these_tests_have_what_is_hard() -> None:
    maker = Maker(3)
    articles = [maker.article() for _ in range(80)]
    found = find_shared(articles, TOLD)
    assert len({copy.relation for copy in found.copies}) >= 3
    assert found.source_matter
    assert len(find_shared(articles, replace(CAPPED, most_pages_per_fingerprint=200)).copies) > len(
        find_shared(articles, CAPPED).copies
    )
