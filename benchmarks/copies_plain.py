"""How fast shared words are found in a plain collection: what pages cost, where ``benchmarks.copies`` adds pairs.

``python -m benchmarks.copies_plain [PAGES] [--seed N] [--retellings]``. Pages of some 480 words are made of random
words of a made-up language, on sites of some 500 pages that repeat their furniture; among them are planted: k1 the same
article on another site, k2 a fifth to two fifths of its paragraphs changed or cut, k3 three paragraphs inside a longer
page; and pairs that share only a quotation, or only a statement that both set off by a colon. There are no stock
phrases, small sites, wire reports or templates, so pages meet only where something was planted. Printed: CPU seconds by
step, pages per CPU-second, peak memory (and before the search, with all pages made), recall by kind, precision, and the
share of pairs with a common source that are called copies. Without ``--retellings`` only shared words are looked for.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator

from firsthand import copies
from firsthand.options import CopyOptions
from firsthand.records import Article, Named, Span

SYLLABLES = [consonant + vowel for consonant in "bdklmrs" for vowel in "aeiou"]
KINDS = ("k1", "k2", "k3", "quote", "statement")
COPIED = KINDS[:3]
SITE = 500
"""Pages of one site."""


class Maker:
    """Makes articles from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        draw = self.random
        made = ("".join(draw.choices(SYLLABLES, k=draw.choice((1, 2, 2, 3, 3, 4)))) for _ in range(30_000))
        words = sorted(set(made))
        draw.shuffle(words)
        # frequent words are drawn more often
        self.words = [words[int(len(words) * (place / 100_000) ** 3)] for place in range(100_000)]

    def sentence(self) -> str:
        """A sentence of 9 to 24 words."""
        return " ".join(self.random.choices(self.words, k=self.random.randint(9, 24))).capitalize() + "."

    def paragraph(self) -> str:
        """Two to four sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 4)))

    def paragraphs(self, count: int) -> list[str]:
        """That many paragraphs."""
        return [self.paragraph() for _ in range(count)]

    def pair(self, kind: str) -> tuple[list[str], list[str]]:
        """Two articles, of which the second is a planted copy or shares a source with the first."""
        draw = self.random
        article = self.paragraphs(8)
        if kind == "k1":
            return article, [self.sentence(), *article]
        if kind == "k2":
            changed = set(draw.sample(range(8), max(1, round(8 * draw.uniform(0.2, 0.4)))))
            cut = draw.random() < 0.5
            kept = [(i, p) for i, p in enumerate(article) if not (cut and i in changed)]
            return article, [self.paragraph() if i in changed else p for i, p in kept]
        if kind == "k3":
            start = draw.randrange(len(article) - 3)
            return article, [*self.paragraphs(4), *article[start : start + 3], *self.paragraphs(3)]
        shared = self.paragraph()
        if kind == "quote":
            shared = f"“{shared}”"
            return [shared, *article], [*self.paragraphs(4), shared, *self.paragraphs(3)]
        said = (self.sentence()[:-1] + ":", self.sentence()[:-1] + ":")
        return [*article, said[0], shared], [*self.paragraphs(4), said[1], shared, *self.paragraphs(3)]

    def pages(self, count: int) -> Iterator[tuple[list[str], str]]:
        """Articles, a planted pair after another, each with its kind; a third stands alone."""
        number = 0
        while True:
            for kind in KINDS:
                for article in (*self.pair(kind), self.paragraphs(8)):
                    yield article, kind
                    number += 1
                    if number == count:
                        return


def collection(pages: int, seed: int) -> tuple[list[Article], dict[tuple[str, str], str]]:
    """The articles and, for every planted pair, its kind."""
    maker = Maker(seed)
    sites = max(2, pages // SITE)
    furniture = [[maker.sentence() for _ in range(4)] for _ in range(sites)]
    articles: list[Article] = []
    planted: dict[tuple[str, str], str] = {}
    for number, (paragraphs, kind) in enumerate(maker.pages(pages)):
        site = number % sites
        stock = furniture[site]
        text = [*stock[:1], *paragraphs, *stock[1:]]
        articles.append(as_article(f"p{number:07}", text, f"Site {site}"))
        if number % 3 == 1:
            planted[f"p{number - 1:07}", f"p{number:07}"] = kind
    return articles, planted


def as_article(page: str, paragraphs: list[str], outlet: str) -> Article:
    """An article of these paragraphs."""
    text = "\n\n".join(paragraphs)
    return Article(page, None, text, (Span(0, len(text)),), outlet=Named(outlet, "record"))


def show(name: str, value: float, digits: int = 0) -> None:
    """Prints a figure."""
    print(f"{name:<28} {value:.{digits}f}")


def peak() -> float:
    """The peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show_steps(articles: list[Article]) -> None:
    """Prints what the steps of reading shared words take, one after the other."""
    from firsthand.copies.many import ManyTexts

    options = CopyOptions(retellings=False)
    started = time.process_time()
    texts = ManyTexts(
        [article.text for article in articles],
        [article.outlet.name if article.outlet else None for article in articles],
    )
    read, postings = time.process_time(), texts.postings_bytes()
    pairs = texts.sharing_pairs(options, copies.FEWEST_PRINTS)
    joined = time.process_time()
    for _ in texts.shared_runs(pairs, pairs[:, 0] < 0, options):
        pass
    aligned = time.process_time()
    show("CPU s: fingerprints", read - started, 2)
    show("CPU s: join", joined - read, 2)
    show("CPU s: passages", aligned - joined, 2)
    show("pairs that meet", len(pairs))
    show("bytes of postings a page", postings / len(articles))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--retellings", action="store_true", help="look for retellings, too")
    given = parser.parse_args()
    options = CopyOptions(retellings=given.retellings)
    articles, planted = collection(given.pages, given.seed)
    if given.pages >= copies.MANY:
        copies.find_copies(articles[: copies.MANY], options)  # loads what is compiled
    before = peak()
    started, clock = time.process_time(), time.perf_counter()
    found = {(copy.a, copy.b) for copy in copies.find_copies(articles, options)}
    seconds, wall = time.process_time() - started, time.perf_counter() - clock
    show("pages", len(articles))
    show("words a page", sum(len(article.text.split()) for article in articles[:1000]) / len(articles[:1000]))
    show("CPU seconds", seconds, 2)
    show("wall seconds", wall, 2)
    show("pages per CPU-second", len(articles) / seconds)
    show("MB, pages in memory", before)
    show("MB, peak", peak())
    if given.pages >= copies.MANY:
        show_steps(articles)
    for kind in KINDS:
        pairs = [pair for pair, of in planted.items() if of == kind]
        share = sum(pair in found for pair in pairs) / max(1, len(pairs))
        show(f"recall {kind}" if kind in COPIED else f"called copies: {kind}", share, 4)
    right = sum(planted.get(pair) in COPIED for pair in found)
    show("precision", right / max(1, len(found)), 4)


if __name__ == "__main__":
    main()
