"""One function over many pages, in one process or several, with what was kept of earlier runs.

In: pages (or articles) and a collection that keeps what single pages gave. Out: results in input order, the same for
any number of processes. A page's result is kept under the hash of what it was made from, so a killed run, a rerun or a
grown collection does no page twice.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from hashlib import blake2b
from multiprocessing import current_process, get_context
from typing import Any

import msgspec

from .errors import WorkerLost
from .records import Rejected
from .store import Collection
from .versions import code_hash

Progress = Callable[[str, int, int | None], None]
Row = tuple[str, bytes]


def quiet(stage: str, done: int, of: int | None) -> None:
    """Progress that nobody watches."""


BATCH = 32
"""Pages between two savings: at most this many are done again after a kill."""
WORTH_A_PROCESS = 64
"""Pages for which a further process pays: it takes 2 to 3 seconds to load its model, some 100 pages' work."""


@contextmanager
def few_collections() -> Iterator[None]:
    """Python looks for cycles among objects less often than after every 700 new ones: parses and what is compared of
    them are many small objects without cycles, and looking through them took a twentieth of all the time of statements
    and a sixth of that of the stages after them."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Workers:
    """Where calls run: in this process, or in others. Results come in the order of the calls."""

    def __init__(self, pool: ProcessPoolExecutor | None, count: int) -> None:
        self._pool, self._count = pool, count

    def each(self, function: Callable[..., Any], calls: Iterator[tuple[Any, ...]]) -> Iterator[Any]:
        """What ``function`` gives for each call's arguments. Two calls a worker wait at most: what pages hold would not
        all fit in memory."""
        if self._pool is None:
            for arguments in calls:
                yield function(*arguments)
            return
        under_way: deque[Future[Any]] = deque()
        for arguments in calls:
            under_way.append(self._pool.submit(function, *arguments))
            if len(under_way) > 2 * self._count:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


@contextmanager
def workers(processes: int, pages: int) -> Iterator[Workers]:
    """As many processes as pay for so many pages."""
    count = min(processes, pages // WORTH_A_PROCESS)
    if count <= 1:
        yield Workers(None, 1)
        return
    # "spawn", because a forked child of a process with threads can hang, and so that every platform does the same
    try:
        with ProcessPoolExecutor(count, get_context("spawn"), _one_thread) as pool:
            yield Workers(pool, count)
    except BrokenProcessPool as error:
        raise WorkerLost(
            "a worker process ended before its work was done: the script that calls firsthand has no guard, so that "
            "every worker runs it anew, or a worker was killed (out of memory?)",
            'put the script\'s call under `if __name__ == "__main__":`, or give processes=1',
        ) from error


def leave_to_parent() -> None:
    """End, without a word, a worker that is about to run anew all that its parent runs: it reads a script that calls
    firsthand without a guard. The parent says so (:class:`errors.WorkerLost`)."""
    if getattr(current_process(), "_inheriting", False):  # so long as its parent's script is being read
        raise SystemExit(1)


def _one_thread() -> None:
    """Each process gets one core: no threads of numpy's beside it (heeded when numpy is loaded)."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class PageWork:
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
        self.gone = 0
        """Results that the last run dropped: of pages that changed or are no longer in the collection."""

    def over(self, items: Sequence[Any], collection: Collection, processes: int, progress: Progress) -> list[Any]:
        """The result of every item."""
        basis = code_hash(self.stage).encode() + msgspec.json.encode(self.settings)
        keys = [blake2b(basis + msgspec.json.encode(item), digest_size=16).hexdigest() for item in items]
        kept = collection.kept(self.stage, keys)
        missing = [(key, item) for key, item in zip(keys, items, strict=True) if key not in kept]
        done = len(items) - len(missing)
        progress(self.stage, done, len(items))
        with workers(processes, len(missing)) as where:
            parts = [missing[i : i + BATCH] for i in range(0, len(missing), BATCH)]
            for batch in self.batches(parts, collection, where):
                collection.keep(self.stage, batch)
                kept.update(batch)
                done += len(batch)
                progress(self.stage, done, len(items))
        self.gone = collection.forget_others(self.stage, keys)
        return [self._decode(kept[key]) for key in keys]

    def batches(
        self, parts: Sequence[Sequence[tuple[str, Any]]], collection: Collection, where: Workers
    ) -> Iterator[list[Row]]:
        """Key and encoded result of the items of each part."""
        calls = ((self.function, self.settings, [(key, self.whole(item)) for key, item in part]) for part in parts)
        yield from where.each(work, calls)

    def _decode(self, body: bytes) -> Any:
        return msgspec.json.decode(body[1:], type=Rejected if body[:1] == b"r" else self.result)


def work(function: Callable[..., Any], settings: tuple[Any, ...], part: Sequence[tuple[str, Any]]) -> list[Row]:
    """Key and encoded result of each item."""
    return [(key, _encode(function(item, *settings))) for key, item in part]


def failure(error: Exception) -> str:
    """What is said of a page on which firsthand itself failed."""
    return f"a fault in firsthand, please report it: {type(error).__name__}: {str(error)[:200]}"


def _encode(result: Any) -> bytes:
    return (b"r" if isinstance(result, Rejected) else b"=") + msgspec.json.encode(result)
