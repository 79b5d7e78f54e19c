"""What bounds the search for copies: the time of its steps beside what this machine can do.

Measured in one process: how fast memory is copied, read here and there, hashed and sorted; and, of a run of firsthand,
the CPU seconds in each compiled function and outside them. Compiled functions are found by their kind in the modules
``firsthand.copies.compiled_*`` and timed where they are called, so that new ones show up by themselves.
"""

from __future__ import annotations

import importlib
import pkgutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import firsthand.copies
from benchmarks.copies_corpus import Articles
from firsthand.copies.fingerprints import WINDOW
from firsthand.options import CopyOptions

COMPILED = "compiled_"
WORD_BYTES = 32
"""A word's code (8), where it starts and ends (4, 4), and two hashes of runs that start at it (8, 8)."""
MANY = 1 << 24
"""Numbers that are copied, hashed and sorted: 128 MB, far beyond the caches."""


def machine() -> dict[str, float]:
    """Gigabytes a second copied (read and written), and millions of numbers a second: read here and there out of 128
    MB, hashed with numpy, sorted."""
    random = np.random.default_rng(1)
    numbers = random.integers(0, 1 << 62, MANY, dtype=np.uint64)
    target = np.empty_like(numbers)
    target[:] = numbers
    places = random.integers(0, MANY, MANY // 8)
    copied = _best(lambda: np.copyto(target, numbers))
    gathered = _best(lambda: numbers.take(places))
    mixed = _best(lambda: np.multiply(numbers, np.uint64(0xBF58476D1CE4E5B9), out=target))
    part = numbers[: MANY // 8]
    ordered = _best(lambda: np.sort(part))
    return {
        "GB copied a second": 2 * numbers.nbytes / copied / 1e9,
        "million random reads a second": len(places) / gathered / 1e6,
        "million numbers multiplied a second": MANY / mixed / 1e6,
        "million numbers sorted a second": len(part) / ordered / 1e6,
    }


def _best(work: Callable[[], Any], rounds: int = 3) -> float:
    """Seconds of the quickest of some rounds."""
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def floors(folder: Path, can: dict[str, float]) -> list[tuple[str, float, float]]:
    """What a page asks of the machine at the least, for each bound: its name, how much of it, and microseconds.

    Moved: the text twice (it is read again for passages), and for each word its code, its places and two hashes, each
    written and read. Hashed: each byte of text multiplied once, each word six times (two runs of words, three steps).
    Sorted: of each window of :data:`WINDOW` runs of words, two of nine are kept (winnowing)."""
    articles = Articles(folder)
    some = [articles.text(number) for number in range(min(2000, len(articles)))]
    size = statistics.mean(len(text.encode()) for text in some)
    words = statistics.mean(len(text.split()) for text in some)
    moved, hashed, ordered = 2 * size + words * 2 * WORD_BYTES, size + 6 * words, words * 2 / (WINDOW + 1)
    return [
        ("bytes moved through memory", moved, moved / can["GB copied a second"] / 1e3),
        ("multiplications for hashes", hashed, hashed / can["million numbers multiplied a second"]),
        ("fingerprints sorted", ordered, ordered / can["million numbers sorted a second"]),
    ]


class Steps:
    """CPU seconds by compiled function."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def watch(self) -> None:
        """Times every compiled function from now on, wherever a module of the room holds it."""
        for found in pkgutil.iter_modules(firsthand.copies.__path__):
            importlib.import_module(f"firsthand.copies.{found.name}")
        rooms = [module for name, module in sys.modules.items() if name.startswith("firsthand.copies.")]
        timed: dict[int, Callable[..., Any]] = {}
        for module in rooms:
            for name, held in list(vars(module).items()):
                if hasattr(held, "py_func") and COMPILED in held.py_func.__module__:
                    setattr(module, name, timed.setdefault(id(held), self._timed(name, held)))

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        self.spent[name] = 0.0

        def call(*given: Any) -> Any:
            start = time.process_time()
            result = function(*given)
            self.spent[name] += time.process_time() - start
            return result

        return call


def steps(folder: Path, warm: int = 3000) -> dict[str, float]:
    """CPU seconds of a run without retellings: of each compiled function, the rest, and all."""
    articles, options = list(Articles(folder)), CopyOptions(retellings=False)
    firsthand.copies.find_copies(articles[:warm], options)
    watched = Steps()
    watched.watch()
    start = time.process_time()
    firsthand.copies.find_copies(articles, options)
    total = time.process_time() - start
    spent = {name: seconds for name, seconds in watched.spent.items() if seconds > 0.001}
    rest = total - sum(spent.values())
    return {**dict(sorted(spent.items(), key=lambda one: -one[1])), "numpy and Python around them": rest, "all": total}
