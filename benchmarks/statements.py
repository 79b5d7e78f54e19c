"""What statements cost: ``python -m benchmarks.statements PATH [--articles N] [--paired N] [--rounds N] [--json]``.

PATH holds records as ``quality.stories`` reads them. Two measurements, both in CPU seconds of this process:

1. ``extract_statements`` beside bare spaCy (the same model, all its parts) on the same distinct sentences: ``--paired``
   articles, spread evenly, some at a time, the two in turn, the first one changing; the ratio of the sums, its median,
   least and greatest over ``--rounds``, so that a noisy machine hits both alike. Both run as ``trace`` runs them, with
   few looks for cyclic garbage.
2. All articles (or ``--articles``, spread evenly by story) as one collection, as ``firsthand trace`` has it: parses a
   distinct sentence, pages a second, what keeping the parses adds, a second run over the kept parses, and what
   ``stories``, ``reports``, ``claims`` and ``origins`` take beside ``statements``. ``--folder`` keeps the collection:
   a run that was broken off goes on (its times are then of no use).

numpy gets one thread, as the command line gives it: small products on several threads cost more than they save.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import process_time

from firsthand.claims import align_claims
from firsthand.copies import find_copies
from firsthand.language.parsing import BATCH, MODEL, shared_cache
from firsthand.options import Options
from firsthand.origins import trace_origins
from firsthand.page_work import few_collections
from firsthand.records import Article, Statement
from firsthand.reports import identify_reports
from firsthand.running import quiet, statements_of
from firsthand.sentence_work import counts_of
from firsthand.statements import extract_statements, sentences_of
from firsthand.store import FILE_NAME, Collection
from firsthand.stories import group_stories
from quality.frame import Figures, read_records
from quality.stories import article_of

TOGETHER = 10
"""Articles between two turns."""


def spread(articles: Sequence[Article], count: int) -> list[Article]:
    """``count`` of them, evenly over the whole (0: all)."""
    if not count or count >= len(articles):
        return list(articles)
    return [articles[i * len(articles) // count] for i in range(count)]


def by_story(path: Path, count: int) -> list[Article]:
    """``count`` articles (0: all), whole stories as they come, spread over the file."""
    pairs = [article_of(row, i) for i, row in enumerate(read_records(path))]
    stories: dict[str, list[Article]] = {}
    for article, story in pairs:
        stories.setdefault(story, []).append(article)
    names = list(stories)
    share = min(1.0, count / len(pairs)) if count else 1.0
    some = [names[int(i / share)] for i in range(int(len(names) * share))]
    return [article for name in some for article in stories[name]]


def paired(articles: Sequence[Article], rounds: int) -> Figures:
    """All of ``statements/`` against bare spaCy on the same sentences."""
    import spacy

    options, bare = Options().statements, spacy.load(MODEL)
    parts = [articles[i : i + TOGETHER] for i in range(0, len(articles), TOGETHER)]
    texts = [list(dict.fromkeys(s for a in part for s in sentences_of(a, options))) for part in parts]
    extract_statements(articles[0], options)
    list(bare.pipe(texts[0][:BATCH]))

    def ours(n: int) -> None:
        shared_cache.cache_clear()
        for article in parts[n]:
            extract_statements(article, options)

    def theirs(n: int) -> None:
        for _ in bare.pipe(texts[n], batch_size=BATCH):
            pass

    spent = []
    for turn in range(rounds):
        seconds = {ours: 0.0, theirs: 0.0}
        for n in range(len(parts)):
            for tool in (ours, theirs) if (n + turn) % 2 else (theirs, ours):
                with few_collections():
                    start = process_time()
                    tool(n)
                    seconds[tool] += process_time() - start
        spent.append((seconds[ours], seconds[theirs]))
    ratios = [a / b for a, b in spent]
    return {
        "paired articles": len(articles),
        "paired sentences": sum(map(len, texts)),
        "statements, pages a CPU-second": len(articles) / min(a for a, _ in spent),
        "bare spaCy, pages a CPU-second": len(articles) / min(b for _, b in spent),
        "statements / bare spaCy": statistics.median(ratios),
        "statements / bare spaCy, least": min(ratios),
        "statements / bare spaCy, greatest": max(ratios),
    }


def collected(articles: Sequence[Article], folder: Path) -> Figures:
    """All articles as one collection: parses, and the stages that read statements."""
    options = Options()
    shared_cache.cache_clear()
    with Collection(folder / FILE_NAME, create=True) as collection:
        start = process_time()
        statements, _ = statements_of(articles, options.statements, collection, 1, quiet)
        first = process_time() - start
        distinct = len({s for a in articles for s in sentences_of(a, options.statements)})
        parsed = counts_of(collection).parsed
    shared_cache.cache_clear()
    with few_collections():
        stages = _stages(articles, statements, options)
    all_of = ("stories", "reports", "claims", "origins")
    return {
        "pages": len(articles),
        "distinct sentences": distinct,
        "parses / distinct sentences": parsed / distinct if distinct else 0.0,
        "statements with kept parses, pages a CPU-second": len(articles) / first,
        "statements, seconds": first,
        **{f"{name}, seconds": stages[name] for name in ("copies", *all_of)},
        "stories to origins / statements": sum(stages[name] for name in all_of) / first,
    }


def _stages(articles: Sequence[Article], statements: tuple[Statement, ...], options: Options) -> dict[str, float]:
    marks = [process_time()]
    copies = find_copies(articles, options.copies)
    marks.append(process_time())
    stories = group_stories(articles, copies, options.stories)
    marks.append(process_time())
    lineage = identify_reports(articles, copies, stories, statements, options.reports)
    marks.append(process_time())
    found = align_claims(articles, stories, statements, copies, options.claims)
    marks.append(process_time())
    trace_origins(articles, stories, statements, found.claims, copies, lineage, options.origins)
    marks.append(process_time())
    names = ("copies", "stories", "reports", "claims", "origins")
    return {name: after - before for name, before, after in zip(names, marks, marks[1:], strict=False)}


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory() as passing:
        yield Path(passing)


def measure(
    path: Path, articles: int = 0, paired_articles: int = 100, rounds: int = 3, kept: Path | None = None
) -> Figures:
    """Every figure; see the module's docstring."""
    some = by_story(path, articles)
    if not some:
        raise SystemExit(f"nothing to measure in {path}: no record of this set's format")
    figures = dict(paired(spread(some, paired_articles), rounds)) if rounds else {}
    with _folder(kept) as folder:
        return {**figures, **collected(some, folder)}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=0, help="about so many articles as the collection (0: all)")
    parser.add_argument("--paired", type=int, default=100, help="articles of the comparison with bare spaCy")
    parser.add_argument("--rounds", type=int, default=3, help="0: no comparison with bare spaCy")
    parser.add_argument("--folder", type=Path, help="where to keep the collection")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures = measure(given.path, given.articles, given.paired, given.rounds, given.folder)
    for name, value in figures.items() if not given.json else ():
        print(f"{name:<52}{value:>10.3f}" if isinstance(value, float) else f"{name:<52}{value:>10}")
    if given.json:
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
