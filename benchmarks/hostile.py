"""How the cost of reading grows on hostile text: ``python -m benchmarks.hostile [--size N]``.

Each reader gets N and 4 N characters of each hostile text in one run; what is printed is the ratio of the two times.
Linear is 4; a ratio near 16 would be quadratic. Ratios of readers that need under 20 ms for N are noise and left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from time import process_time

from firsthand.articles import Furniture, clean_page
from firsthand.language.amounts import find_amounts
from firsthand.language.sentences import split_sentences
from firsthand.language.times import find_times
from firsthand.newsrooms import find_newsrooms
from firsthand.options import ArticleOptions, StatementOptions
from firsthand.records import Article, Moment, Page, Span
from firsthand.statements import extract_statements

PIECES = (
    "a",
    "word ",
    '"',
    "“a ",
    "'",
    "1,000 ",
    "and ",
    "Monday ",
    "1/1/",
    "Mr. ",
    "he said ",
    "(",
    "The Times ",
    "\n\n",
)
WRITTEN = Moment("2031-05-06", "2031-05-06", "stated")


def _statements(text: str) -> object:
    spans = (Span(0, len(text)),)
    return extract_statements(Article("p", None, text, spans, published=WRITTEN), StatementOptions())


READERS: dict[str, Callable[[str], object]] = {
    "sentences": split_sentences,
    "times": lambda text: find_times(text, WRITTEN),
    "amounts": find_amounts,
    "newsrooms": find_newsrooms,
    "articles": lambda text: clean_page(Page("p", "p.txt", "text", text), ArticleOptions(), Furniture()),
    "statements": _statements,
}
LEAST = 0.02


def seconds(reader: Callable[[str], object], text: str) -> float:
    """CPU time of one reading."""
    start = process_time()
    reader(text)
    return process_time() - start


def main() -> None:
    """Print a row a reader and text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=20_000, help="characters of the shorter text")
    size = parser.parse_args().size
    _statements("The mayor said on Monday that the ferry was late.")
    for name, reader in READERS.items():
        for piece in PIECES:
            text = piece * (4 * size // len(piece))
            short, long = seconds(reader, text[:size]), seconds(reader, text)
            if short >= LEAST:
                print(f"{name:<12}{piece!r:<14}{long / short:>6.1f} times the CPU for 4 times the text", flush=True)


if __name__ == "__main__":
    main()
