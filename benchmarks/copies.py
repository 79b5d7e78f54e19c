"""How fast copies are found, and how completely: a generated collection with planted truth.

``python -m benchmarks.copies [PAGES] [--seed N]``. Pages of some 470 words are made of random words of a made-up
language; among them are planted: k1 the same article with other furniture, k2 a fifth to two fifths of its paragraphs
changed or cut, k3 two or three paragraphs inside a longer page; and pairs that share only a quotation. Printed: CPU
seconds, pages per CPU-second, peak memory, recall by kind, precision, and quotations called copies.
"""

from __future__ import annotations

import argparse
import random
import resource
import time

from firsthand.copies import find_copies
from firsthand.options import CopyOptions
from firsthand.records import Article, Span

SYLLABLES = [consonant + vowel for consonant in "bdklmrs" for vowel in "aeiou"]
KINDS = ("k1", "k2", "k3", "quote")


class Maker:
    """Makes articles from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        draw = self.random
        made = ("".join(draw.choices(SYLLABLES, k=draw.choice((1, 2, 2, 3, 3, 4)))) for _ in range(30_000))
        self.words = sorted(set(made))
        draw.shuffle(self.words)

    def sentence(self) -> str:
        """A sentence; frequent words are drawn more often."""
        count = self.random.randint(9, 24)
        drawn = [self.words[int(len(self.words) * self.random.random() ** 3)] for _ in range(count)]
        return " ".join(drawn).capitalize() + "."

    def paragraph(self) -> str:
        """Two to four sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 4)))

    def paragraphs(self, count: int) -> list[str]:
        """That many paragraphs."""
        return [self.paragraph() for _ in range(count)]

    def copy_of(self, article: list[str], kind: str) -> list[str]:
        """A planted copy of an article, or a page that shares one quotation with it."""
        draw = self.random
        if kind == "k1":
            return [self.sentence(), *article]
        if kind == "k2":
            changed = set(draw.sample(range(len(article)), max(1, round(len(article) * draw.uniform(0.2, 0.4)))))
            cut = draw.random() < 0.5
            kept = [(i, p) for i, p in enumerate(article) if not (cut and i in changed)]
            return [self.paragraph() if i in changed else p for i, p in kept]
        if kind == "k3":
            start = draw.randrange(len(article) - 3)
            return [*self.paragraphs(6), *article[start : start + draw.randint(2, 3)], *self.paragraphs(4)]
        return [*self.paragraphs(5), f"“{article[0]}”", *self.paragraphs(4)]


def as_article(page: str, paragraphs: list[str]) -> Article:
    """An article of these paragraphs."""
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return Article(page, None, "\n\n".join(paragraphs), tuple(spans))


def collection(pages: int, seed: int) -> tuple[list[Article], dict[tuple[str, str], str]]:
    """The articles and, for every planted pair, its kind."""
    maker = Maker(seed)
    articles: list[Article] = []
    planted: dict[tuple[str, str], str] = {}
    while len(articles) < pages:
        number = len(articles)
        original = maker.paragraphs(9)
        kind = KINDS[number // 2 % len(KINDS)] if number % 10 < 8 else ""
        if kind == "quote":
            original[0] = f"“{original[0]}”"
        articles.append(as_article(f"p{number:07}", original))
        if kind and len(articles) < pages:
            plain = [p.strip("“”") for p in original] if kind == "quote" else original
            articles.append(as_article(f"p{number + 1:07}", maker.copy_of(plain, kind)))
            planted[f"p{number:07}", f"p{number + 1:07}"] = kind
    return articles, planted


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    articles, planted = collection(given.pages, given.seed)
    find_copies(articles[:20], CopyOptions())
    started = time.process_time()
    found = {(copy.a, copy.b) for copy in find_copies(articles, CopyOptions())}
    seconds = time.process_time() - started
    print(f"pages                 {len(articles)}")
    print(f"CPU seconds           {seconds:.2f}")
    print(f"pages per CPU-second  {len(articles) / seconds:.0f}")
    print(f"peak memory MB        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
    for kind in KINDS:
        pairs = [pair for pair, of in planted.items() if of == kind]
        share = sum(pair in found for pair in pairs) / max(1, len(pairs))
        print(f"{'called copies' if kind == 'quote' else 'recall'} {kind:<8} {share:.3f}")
    right = sum(planted.get(pair, "quote") != "quote" for pair in found)
    print(f"precision             {right / max(1, len(found)):.3f}")


if __name__ == "__main__":
    main()
