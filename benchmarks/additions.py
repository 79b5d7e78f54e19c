"""What it costs to add pages to an indexed collection, beside those pages alone and beside all at once.

``python -m benchmarks.additions [PAGES] [--add N] [--seed N] [--retellings] [--steps]``. A generated collection (see
``copies_corpus``) of PAGES + N pages; its sites all get some of the N, which is the hardest case, for what a site
repeats is learnt anew where it got a page. Printed: CPU seconds and the ratio to those of the N pages alone, and what
the index takes and what the addition writes of it. The answer must be that of a full run, or the benchmark fails.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.copies_corpus import Articles, make
from firsthand import copies
from firsthand.copies.index import Indexed, find_again
from firsthand.options import CopyOptions
from firsthand.records import Article, Shared


def timed(
    what: str, articles: Sequence[Article], options: CopyOptions, parts: dict[str, bytes], found: Shared
) -> tuple[Indexed, float]:
    """One run with the index, and its CPU seconds."""
    started = time.process_time()
    made = find_again(articles, options, parts, found)
    seconds = time.process_time() - started
    print(f"{what:<44} {seconds:8.2f} s   {seconds / max(1, len(articles)) * 1e6:8.1f} us a page of them", flush=True)
    return made, seconds


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, nargs="?", default=100_000)
    parser.add_argument("--add", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--retellings", action="store_true", help="look for retellings, too")
    parser.add_argument("--steps", action="store_true", help="show where an addition spends its time")
    parser.add_argument("--keep", type=Path, help="a folder in which the collection is kept for other runs")
    parser.add_argument("--unchecked", action="store_true", help="leave out the full run")
    given = parser.parse_args()
    options = CopyOptions(retellings=given.retellings)
    with tempfile.TemporaryDirectory() as folder:
        total = given.pages + given.add
        made = Articles(make((given.keep or Path(folder)) / f"{total}-{given.seed}", total, given.seed))
        articles = list(made)
    older, newer = articles[: given.pages], articles[given.pages :]
    find_again(articles[:3000], options, {}, Shared())  # loads what is compiled
    _, seconds = timed("the new pages alone", newer, options, {}, Shared())
    first, _ = timed("the older pages, with an index of them", older, options, {}, Shared())
    parts = dict(first.parts)
    profile = cProfile.Profile()
    if given.steps:
        profile.enable()
    added, adding = timed("the new pages added", articles, options, parts, first.shared)
    profile.disable()
    print(f"adding / the new pages alone                 {adding / seconds:8.1f}")
    print(f"bytes of index a page                        {sum(map(len, parts.values())) / given.pages:8.0f}")
    print(f"bytes written by the addition, a new page    {sum(map(len, added.parts.values())) / given.add:8.0f}")
    if given.steps:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(30)
    if given.unchecked:
        return
    started = time.process_time()
    full = copies.find_shared(articles, options)
    everything = time.process_time() - started
    print(f"{'all at once, without an index':<44} {everything:8.2f} s")
    if added.shared != full:
        raise SystemExit("an addition does not give what a full run gives")
    print(f"adding / all at once                         {adding / everything:8.3f}")


if __name__ == "__main__":
    main()
