"""Running the stages that keep what they did: page by page, in one process or several, or with an index.

In: pages (or articles), a collection that keeps what single pages gave, a number of processes. Out: results in input
order, the same for any number of processes. A page's result is kept under the hash of what it was made from, so a
killed run, a rerun or a grown collection does no page twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from hashlib import blake2b
from multiprocessing import get_context
from typing import Any, TypeVar

import msgspec

from .errors import FirsthandError
from .options import ArticleOptions, CopyOptions, StatementOptions
from .records import Article, Copy, Page, Rejected, Shared, SourceMatter, Statement
from .store import Collection, Keep
from .versions import code_hash

Progress = Callable[[str, int, int | None], None]
Item = TypeVar("Item")

BATCH = 32
"""Pages between two savings: at most this many are done again after a kill."""
WORTH_A_PROCESS = 64
"""Pages for which a further process pays: it takes 2 to 3 seconds to load its model, some 100 pages' work."""
LANGUAGES = ("en",)
"""Languages that have rows in ``language/``: pages in others are kept and compared, their statements are not read."""


def quiet(stage: str, done: int, of: int | None) -> None:
    """Progress that nobody watches."""


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
    work = _PageWork("articles", _clean, (options,), Article, lambda item: (whole(item[0]), item[1]))
    results = work.over(items, collection, processes, progress)
    kept = tuple(r for r in results if isinstance(r, Article))
    return kept, tuple(r for r in results if isinstance(r, Rejected))


def statements_of(
    articles: Sequence[Article], options: StatementOptions, collection: Collection, processes: int, progress: Progress
) -> tuple[tuple[Statement, ...], tuple[Rejected, ...]]:
    """The statements of every article in a language that has rows; a ``Rejected`` for every other article."""
    readable = [a for a in articles if a.language in LANGUAGES]
    others = tuple(_unread(a) for a in articles if a.language not in LANGUAGES)
    work = _PageWork("statements", _state, (options,), tuple[Statement, ...])
    results = work.over(readable, collection, processes, progress)
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
        return Rejected(page.location, "articles", _failure(error))


def _state(article: Article, options: StatementOptions) -> tuple[Statement, ...] | Rejected:
    from .statements import extract_statements

    try:
        return extract_statements(article, options)
    except FirsthandError:
        raise
    except Exception as error:  # one page must not take the collection with it
        return Rejected(article.page, "statements", _failure(error))


def _failure(error: Exception) -> str:
    return f"a fault in firsthand, please report it: {type(error).__name__}: {str(error)[:200]}"


class _PageWork:
    """One function over many items, with what was kept of earlier runs. ``whole`` completes an item for the function
    where the item alone names it (a page's id names its content)."""

    def __init__(
        self,
        stage: str,
        function: Callable[..., Any],
        settings: tuple[Any, ...],
        result: Any,
        whole: Callable[[Any], Any] = lambda item: item,
    ) -> None:
        self.stage, self.function, self.settings, self.result = stage, function, settings, result
        self.whole = whole

    def over(self, items: Sequence[Any], collection: Collection, processes: int, progress: Progress) -> list[Any]:
        basis = code_hash(self.stage).encode() + msgspec.json.encode(self.settings)
        keys = [blake2b(basis + msgspec.json.encode(item), digest_size=16).hexdigest() for item in items]
        kept = collection.kept(self.stage, keys)
        missing = [(key, item) for key, item in zip(keys, items, strict=True) if key not in kept]
        done = len(items) - len(missing)
        progress(self.stage, done, len(items))
        for batch in self._batches(missing, processes):
            collection.keep(self.stage, batch)
            kept.update(batch)
            done += len(batch)
            progress(self.stage, done, len(items))
        collection.forget_others(self.stage, keys)
        return [self._decode(kept[key]) for key in keys]

    def _batches(self, missing: list[tuple[str, Any]], processes: int) -> Iterator[list[tuple[str, bytes]]]:
        parts = [missing[i : i + BATCH] for i in range(0, len(missing), BATCH)]
        workers = min(processes, len(missing) // WORTH_A_PROCESS)
        if workers <= 1:
            for part in parts:
                yield _work(self.function, self.settings, self._complete(part))
            return
        # "spawn", because a forked child of a process with threads can hang, and so that every platform does the same
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            under_way: deque[Future[list[tuple[str, bytes]]]] = deque()
            for part in parts:  # two batches a worker wait at most: what pages hold would not all fit in memory
                under_way.append(pool.submit(_work, self.function, self.settings, self._complete(part)))
                if len(under_way) > 2 * workers:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()

    def _complete(self, part: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
        return [(key, self.whole(item)) for key, item in part]

    def _decode(self, body: bytes) -> Any:
        return msgspec.json.decode(body[1:], type=Rejected if body[:1] == b"r" else self.result)


def _work(
    function: Callable[..., Any], settings: tuple[Any, ...], part: Sequence[tuple[str, Any]]
) -> list[tuple[str, bytes]]:
    return [(key, _encode(function(item, *settings))) for key, item in part]


def _encode(result: Any) -> bytes:
    return (b"r" if isinstance(result, Rejected) else b"=") + msgspec.json.encode(result)
