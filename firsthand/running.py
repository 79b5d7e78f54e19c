"""Running the stages that keep what they did: page by page, in one process or several, or with an index.

In: pages (or articles), a collection that keeps what single pages gave, a number of processes. Out: results in input
order, the same for any number of processes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import msgspec

from .options import ArticleOptions, CopyOptions, StatementOptions
from .page_work import PageWork, Progress, failure, quiet
from .records import Article, Copy, Page, Rejected, Shared, SourceMatter, Statement
from .sentence_work import StatementWork
from .store import Collection, Keep
from .versions import code_hash

__all__ = ["Progress", "articles_of", "copies_of", "quiet", "statements_of"]

LANGUAGES = ("en",)
"""Languages that have rows in ``language/``: pages in others are kept and compared, their statements are not read."""


def articles_of(
    pages: Sequence[Page], options: ArticleOptions, collection: Collection, processes: int, progress: Progress
) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """The article of every page, or why there is none. What a page holds is read from the collection when it is its
    turn: ``pages`` come without it."""
    from .articles import learn_furniture

    def whole(page: Page) -> Page:
        return replace(page, content=collection.content(page.id))

    furniture = learn_furniture(map(whole, pages), options)
    # each page with what its own site repeats, so that a new page of one site leaves those of the others as they are
    items = [(page, furniture.part(page.id)) for page in pages]
    work = PageWork("articles", _clean, (options,), Article, lambda item: (whole(item[0]), item[1]))
    results = work.over(items, collection, processes, progress)
    kept = tuple(r for r in results if isinstance(r, Article))
    return kept, tuple(r for r in results if isinstance(r, Rejected))


def statements_of(
    articles: Sequence[Article], options: StatementOptions, collection: Collection, processes: int, progress: Progress
) -> tuple[tuple[Statement, ...], tuple[Rejected, ...]]:
    """The statements of every article in a language that has rows; a ``Rejected`` for every other article."""
    readable = [a for a in articles if a.language in LANGUAGES]
    others = tuple(_unread(a) for a in articles if a.language not in LANGUAGES)
    results = StatementWork(options).over(readable, collection, processes, progress)
    faults = tuple(r for r in results if isinstance(r, Rejected))
    return tuple(s for found in results if not isinstance(found, Rejected) for s in found), (*others, *faults)


def copies_of(articles: Sequence[Article], options: CopyOptions, collection: Collection) -> tuple[Shared, Keep | None]:
    """The copies among the articles, and the index to keep. Of a large collection an index is kept, so that pages are
    added at the cost of those pages; the answer is the same."""
    from .copies import find_shared, is_large

    if not is_large(articles):
        return find_shared(articles, options), None
    from .copies.index import find_again

    basis = blake2b(code_hash("copies").encode() + msgspec.json.encode(options), digest_size=16).hexdigest()
    parts = collection.parts("copies", basis)
    former = Shared()
    if parts:
        former = Shared(
            collection.load("copies", Copy, "copies"), collection.load("source_matter", SourceMatter, "copies")
        )
    made = find_again(articles, options, parts, former)
    return made.shared, Keep(basis, made.parts, made.gone)


def _unread(article: Article) -> Rejected:
    why = f"the language is {article.language!r}; statements are read in: {', '.join(LANGUAGES)}"
    return Rejected(article.page, "statements", why)


def _clean(item: tuple[Page, Any], options: ArticleOptions) -> Article | Rejected:
    from .articles import clean_page

    page, furniture = item
    try:
        return clean_page(page, options, furniture)
    except Exception as error:  # one page must not take the collection with it
        return Rejected(page.location, "articles", failure(error))
