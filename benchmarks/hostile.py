"""How the cost of reading grows on hostile text: ``python -m benchmarks.hostile [--size N] [--times 4] [READER ...]``.

Each reader gets N and 4 N (``--times``) characters of each hostile text in one run; what is printed is the ratio of
the two times. Linear is 4; a ratio near 16 would be quadratic. Ratios of readers that need under 20 ms for N are noise
and left out. Of an article's statements the first 120,000 characters are parsed: of longer texts (``--size 2500000``
for ten megabytes) the rest is cut up only.
``markup`` is given the same characters as HTML: each piece is what its name says, repeated.

Run so far: all 24 texts and all readers; 10 MB (against 2.5 MB) for ``sentences``, ``newsrooms``, ``articles``,
``markup`` and ``statements``, 1 MB (against 250 kB) for ``amounts`` and ``times``, which take up to 19 s a megabyte.
Nothing grew faster than the text: of ``amounts`` and ``times`` the two texts above 6 came to 3.4 to 4.1 from 1 to 4 MB.
``statements`` took 0.1 to 27 s for 10 MB and up to 343 MB of memory; "according to ..., who said that" over and over is
its slowest text (15.6 s for 60 thousand characters, 26.6 s for 10 MB).
"""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Callable, Iterator
from time import process_time
from typing import Literal

from firsthand.articles import Furniture, clean_page
from firsthand.language.amounts import find_amounts
from firsthand.language.parsing import shared_cache
from firsthand.language.sentences import split_sentences
from firsthand.language.times import find_times
from firsthand.newsrooms import find_newsrooms
from firsthand.options import ArticleOptions, StatementOptions
from firsthand.records import Article, Moment, Page, Span
from firsthand.statements import extract_statements

QUOTES = "\"'«»„‟‚‛「」『』〝〞〟" + "".join(
    chr(c) for c in range(0x3000) if unicodedata.category(chr(c)) in ("Pi", "Pf")
)
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
    "He ran off. ",
    "“Brook said it is so.\n\n",
    "An official said it rained. The official said it froze. ",
    "(",
    "The Times ",
    "\n\n",
    "she said that he said that ",
    "“he said: ‘she said: ",
    "according to Ada Brook, who said that ",
    "\u202e\u200fhe said \u2067",
    QUOTES,
    "e\u0301\u0301\u0301",
    "last Monday's two days before Easter 1999 ",
)
MARKUP: dict[str, str] = {
    "nested div": "<div>",
    "nested span": "<span>a",
    "nested b": "<b>a ",
    "closed p": "<p>The mayor said on Monday that the ferry was late.</p>",
    "links": "<a href='/a'>Harbour news</a> ",
    "list": "<li><a href='/a'>Harbour</a></li>",
    "br": "one line<br>",
    "empty p": "<p></p>",
    "table": "<tr><td>1<td>2",
    "headings": "<h2>Harbour</h2>",
    "meta": "<meta property='og:title' content='Harbour'>",
    "time": "<time datetime='2031-05-06'>6 May</time>",
    "json-ld": '<script type=\'application/ld+json\'>{"@type":"NewsArticle","author":"A"}</script>',
    "comments": "<!-- a -->",
    "entities": "&amp;&nbsp;",
    "unclosed": "<",
    "attributes": "<p class='a b c d e f article-body' id='main'>x",
    "long class": "article-body ",
    "one text": "word ",
}
BEFORE = {"long class": "<html><body><p class='"}
WRITTEN = Moment("2031-05-06", "2031-05-06", "stated")


def _statements(text: str) -> object:
    shared_cache.cache_clear()  # or else what the shorter text had parsed would hide what the longer one costs
    spans = (Span(0, len(text)),)
    return extract_statements(Article("p", None, text, spans, published=WRITTEN), StatementOptions())


def _clean(media: Literal["text", "html"], text: str) -> object:
    return clean_page(Page("p", "p.txt", media, text), ArticleOptions(), Furniture())


READERS: dict[str, Callable[[str], object]] = {
    "sentences": split_sentences,
    "times": lambda text: find_times(text, WRITTEN),
    "amounts": find_amounts,
    "newsrooms": find_newsrooms,
    "articles": lambda text: _clean("text", text),
    "markup": lambda text: _clean("html", text),
    "statements": _statements,
}
LEAST = 0.02


def seconds(reader: Callable[[str], object], text: str) -> float:
    """CPU time of one reading."""
    start = process_time()
    reader(text)
    return process_time() - start


def texts(reader: str, size: int, times: int) -> Iterator[tuple[str, str, str]]:
    """What a reader is given: the name, N characters and ``times`` as many."""
    if reader != "markup":
        for piece in PIECES:
            text = piece * (times * size // len(piece))
            yield "every quotation mark" if piece == QUOTES else repr(piece), text[:size], text
        return
    for name, piece in MARKUP.items():
        before = BEFORE.get(name, "<!doctype html><html><body>")
        yield name, before + piece * (size // len(piece)), before + piece * (times * size // len(piece))


def main() -> None:
    """Print a row a reader and text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=20_000, help="characters of the shorter text")
    parser.add_argument("--times", type=int, default=4, help="how many times as long the longer text is")
    parser.add_argument("--text", default="", help="only the texts whose name has this in it")
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"some of {', '.join(READERS)}")
    arguments = parser.parse_args()
    _statements("The mayor said on Monday that the ferry was late.")
    for reader in arguments.readers or READERS:
        for name, short, long in texts(reader, arguments.size, arguments.times):
            if arguments.text not in name:
                continue
            few, many = seconds(READERS[reader], short), seconds(READERS[reader], long)
            if few >= LEAST:
                grown = f"{many / few:>6.1f} times the CPU for {arguments.times} times the text"
                print(f"{reader:<12}{name:<24}{grown} ({many:.2f} s for {len(long)} characters)", flush=True)


if __name__ == "__main__":
    main()
