"""Articles against the field, in one run: ``python -m benchmarks.articles PATH [--pages N] [--rounds N] [--json]``.

PATH holds labelled records (as ``quality.flat_news`` and ``quality.html_pages`` read them) with ``text`` or ``html``.
HTML is read by ``clean_page`` (body and all metadata) and by trafilatura with metadata; flattened text by
``clean_page``, by ``text_of`` (the body alone: "firsthand body") and by boilerpy3's ArticleExtractor (body alone), to
which each line is given as a paragraph (it finds nothing in bare text). Page by page each tool reads the same page in
turn, the first one changing; what is printed is the ratio of the CPU times (the median, the least and the greatest
over the rounds), so that a noisy machine hits all alike. Building boilerpy3's paragraphs is not counted. Peak memory
is that of a process of its own which reads all pages, one at a time, with one tool and nothing else. F1 is the shipped
classifier's where it is ours: it has seen these pages (``quality.*`` cross-validates).

Needs the extra ``peers``.
"""

from __future__ import annotations

import argparse
import html
import json
import logging
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any, Literal

from quality.frame import read_records
from quality.scorers import body_f1

Reader = Callable[[dict[str, Any]], str]


def _firsthand() -> Reader:
    from firsthand.articles import Furniture, clean_page
    from firsthand.options import ArticleOptions
    from firsthand.records import Article, Page

    options, furniture = ArticleOptions(), Furniture()

    def read(record: dict[str, Any]) -> str:
        media: Literal["html", "text"] = "html" if "html" in record else "text"
        page = Page(record["id"], record["id"], media, record[media], url=record.get("url"))
        found = clean_page(page, options, furniture)
        return found.text if isinstance(found, Article) else ""

    return read


def _firsthand_body() -> Reader:
    from firsthand.articles.cleaning import text_of
    from firsthand.articles.furniture import Furniture
    from firsthand.options import ArticleOptions
    from firsthand.records import Page

    options, furniture = ArticleOptions(), Furniture()
    return lambda record: text_of(
        Page(record["id"], record["id"], "text", record["text"], url=record.get("url")), options, furniture
    )


def _trafilatura() -> Reader:
    from trafilatura import bare_extraction  # type: ignore[import-not-found,unused-ignore]

    def read(record: dict[str, Any]) -> str:
        found = bare_extraction(record["html"], url=record.get("url"), with_metadata=True)
        return (found.text or "") if found is not None else ""

    return read


def _boilerpy3() -> Reader:
    from boilerpy3.extractors import ArticleExtractor  # type: ignore[import-not-found,unused-ignore]

    logging.getLogger("boilerpy3").disabled = True
    extractor = ArticleExtractor(raise_on_failure=False)
    return lambda record: str(extractor.get_content(record["paragraphs"]))


def _prepare(record: dict[str, Any]) -> dict[str, Any]:
    if "text" in record:
        lines = record["text"].split("\n")
        record["paragraphs"] = f"<html><body>{''.join(f'<p>{html.escape(line)}</p>' for line in lines)}</body></html>"
    return record


READERS: dict[str, Callable[[], Reader]] = {
    "firsthand": _firsthand,
    "firsthand body": _firsthand_body,
    "trafilatura": _trafilatura,
    "boilerpy3": _boilerpy3,
}
PEERS = {"html": "trafilatura", "text": "boilerpy3"}


def pages_of(path: Path, media: str, limit: int) -> list[dict[str, Any]]:
    """The first ``limit`` records of one media (0: all)."""
    records = [_prepare(r) for r in read_records(path) if media in r]
    return records[:limit] if limit else records


def paired_seconds(readers: dict[str, Reader], records: list[dict[str, Any]], turn: int) -> dict[str, float]:
    """CPU seconds of each tool over all pages; the tools take turns page by page."""
    spent = dict.fromkeys(readers, 0.0)
    names = list(readers)
    for i, record in enumerate(records):
        for name in names[(i + turn) % len(names) :] + names[: (i + turn) % len(names)]:
            start = process_time()
            readers[name](record)
            spent[name] += process_time() - start
    return spent


def peak_megabytes(name: str, path: Path, media: str, limit: int) -> float:
    """Peak resident memory of a fresh process that reads all pages with one tool, the records themselves included."""
    command = [sys.executable, "-m", "benchmarks.articles", str(path), "--pages", str(limit), "--peak", name, media]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _peak(name: str, path: Path, media: str, limit: int) -> float:
    reader = READERS[name]()
    for i, record in enumerate(read_records(path)):  # one at a time, so that the tool's own memory shows
        if media in record and (not limit or i < limit):
            reader(_prepare(record))
    # not getrusage: a child begins with its parent's high-water mark there
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return float(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def compare(path: Path, media: str, limit: int, rounds: int) -> dict[str, float | int]:
    """The figures of one media; empty where PATH holds no such record."""
    from quality.train_blocks import gold_paragraphs

    records = pages_of(path, media, limit)
    if not records:
        return {}
    peer = PEERS[media]
    ours = ("firsthand", "firsthand body") if media == "text" else ("firsthand",)
    readers = {name: READERS[name]() for name in (*ours, peer)}
    for reader in readers.values():
        reader(records[0])  # models and tables are loaded once a run, not once a page
    spent = [paired_seconds(readers, records, turn) for turn in range(rounds)]
    figures: dict[str, float | int] = {f"{media} pages": len(records)}
    for name in readers:
        figures[f"{media} {name} pages/s"] = len(records) / min(s[name] for s in spent)
    for name in ours:
        ratios = [s[peer] / s[name] for s in spent]
        for how, value in (("", statistics.median(ratios)), (", least", min(ratios)), (", greatest", max(ratios))):
            figures[f"{media} {name} times as fast{how}"] = value
    for name, reader in readers.items():
        figures[f"{media} {name} peak MB"] = peak_megabytes(name, path, media, limit)
        golds = ["\n\n".join(gold_paragraphs(r["gold"])) for r in records]
        pairs = [(gold, reader(r)) for gold, r in zip(golds, records, strict=True) if gold]
        if pairs:
            figures[f"{media} {name} body F1"] = body_f1(pairs)["f1"]
    return figures


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--pages", type=int, default=0, help="the first so many records (0: all)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--peak", nargs=2, metavar=("TOOL", "MEDIA"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peak:
        print(_peak(given.peak[0], given.path, given.peak[1], given.pages))
        return
    figures = {k: v for media in PEERS for k, v in compare(given.path, media, given.pages, given.rounds).items()}
    if not figures:
        raise SystemExit(f"nothing to measure in {given.path}: no record with text or html")
    for name, value in figures.items() if not given.json else ():
        print(f"{name:<44}{value:>10.3f}" if isinstance(value, float) else f"{name:<44}{value:>10}")
    if given.json:
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
