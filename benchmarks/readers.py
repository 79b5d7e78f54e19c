"""Memory and speed of reading, at N and 4 N megabytes: ``python -m benchmarks.readers [--megabytes N] [KIND ...]``.

For each kind a pile of invented pages is written to a temporary folder (deleted afterwards) and read by a fresh
process, which prints its peak resident memory (``VmHWM`` of Linux). Memory that does not grow with the input has a
ratio near 1; ``least`` is the memory of a process that has read one page of the kind, libraries included.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

Record = dict[str, str]
READ = (
    "import re, sys, time\n"
    "from firsthand.pages import read_pages\n"
    "start = time.process_time()\n"
    "pages = sum(type(item).__name__ == 'Page' for item in read_pages(sys.argv[1:]))\n"
    "seconds = time.process_time() - start\n"
    "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())\n"  # ru_maxrss counts the parent's too
    "print(pages, int(peak[1]) // 1024, seconds)\n"
)


def records(size: int) -> Iterator[Record]:
    """Invented pages of some 5,000 characters each, ``size`` bytes in all; of paragraphs that recur at random."""
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnoprstuvw", k=chance.randint(2, 10))) for _ in range(20_000)]
    ready = [" ".join(chance.choices(words, k=90)).capitalize() + "." for _ in range(2_000)]
    written = number = 0
    while written < size:
        number += 1
        text = "\n\n".join(chance.choices(ready, k=9))
        written += len(text)
        yield {
            "id": str(number),
            "url": f"http://ostrel.example/2031/05/{number}.html",
            "title": f"Harbour {number}",
            "text": text,
        }


def write_lines(path: Path, size: int) -> None:
    """JSON lines, packed."""
    with gzip.open(path, "wt", compresslevel=1) as out:
        for record in records(size):
            out.write(json.dumps(record) + "\n")


def write_array(path: Path, size: int) -> None:
    """One JSON array over many lines."""
    with path.open("w") as out:
        for number, record in enumerate(records(size)):
            out.write(("[\n" if not number else ",\n") + json.dumps(record, indent=1))
        out.write("\n]")


def write_table(path: Path, size: int) -> None:
    """CSV with quoted line breaks."""
    with path.open("w", newline="") as out:
        table = csv.DictWriter(out, ("id", "url", "title", "text"))
        table.writeheader()
        table.writerows(records(size))


def write_parquet(path: Path, size: int) -> None:
    """Parquet, one row group of 1,000 rows after the other."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.string()) for name in ("id", "url", "title", "text")])
    with pq.ParquetWriter(path, schema) as out:
        waiting: list[Record] = []
        for record in records(size):
            waiting.append(record)
            if len(waiting) == 1000:
                out.write_table(pa.Table.from_pylist(waiting, schema))
                waiting = []
        out.write_table(pa.Table.from_pylist(waiting, schema))


def write_one_group(path: Path, size: int) -> None:
    """Parquet, all rows in one row group (written so by some exporters)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(list(records(size))), path, row_group_size=10_000_000)


def write_arrow(path: Path, size: int) -> None:
    """An Arrow stream, as data sets are cached on the disk."""
    import pyarrow as pa

    schema = pa.schema([(name, pa.string()) for name in ("id", "url", "title", "text")])
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, schema) as out:
        for record in records(size):
            out.write_batch(pa.RecordBatch.from_pylist([record], schema))


def _warc_record(record: Record) -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in record["text"].split("\n\n"))
    body = f"<!doctype html><html><title>{record['title']}</title><body>{paragraphs}</body></html>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n\r\n"
    http += gzip.compress(body, 1)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {record['url']}\r\nWARC-Date: 2031-05-06T07:08:09Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{record['id']}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def write_warc(path: Path, size: int) -> None:
    """WARC, packed record by record, payloads packed once more."""
    with path.open("wb") as out:
        for record in records(size):
            out.write(gzip.compress(_warc_record(record), 1))


def write_wacz(path: Path, size: int) -> None:
    """WACZ with one WARC."""
    inner = path.with_suffix(".inner")
    write_warc(inner, size)
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("datapackage.json", "{}")
        out.write(inner, "archive/data.warc.gz")
    inner.unlink()


def write_dump(path: Path, size: int) -> None:
    """A page dump whose headers are bare URLs."""
    with path.open("w") as out:
        for record in records(size):
            out.write(f"{record['url']}\n{record['title']}\n{record['text']}\n\n\n")


def write_feed(path: Path, size: int) -> None:
    """RSS with full content."""
    with path.open("w") as out:
        out.write('<rss xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel>\n')
        for record in records(size):
            out.write(
                f"<item><title>{record['title']}</title><link>{record['url']}</link>"
                f"<c:encoded><![CDATA[<p>{record['text']}</p>]]></c:encoded></item>\n"
            )
        out.write("</channel></rss>")


def write_zip(path: Path, size: int) -> None:
    """ZIP of text files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for record in records(size):
            out.writestr(f"{record['id']}.txt", record["text"])


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "lines.jsonl.gz": write_lines,
    "array.json": write_array,
    "table.csv": write_table,
    "rows.parquet": write_parquet,
    "one_group.parquet": write_one_group,
    "rows.arrow": write_arrow,
    "crawl.warc.gz": write_warc,
    "crawl.wacz": write_wacz,
    "dump.txt": write_dump,
    "feed.xml": write_feed,
    "texts.zip": write_zip,
}


def measured(path: Path) -> tuple[int, int, float]:
    """Pages, peak megabytes and CPU seconds of a fresh process that reads ``path``."""
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    pages, memory, seconds = done.stdout.split()
    return int(pages), int(memory), float(seconds)


def main() -> None:
    """Print a row a kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=75, help="text of the smaller pile")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"some of {', '.join(WRITERS)}")
    arguments = parser.parse_args()
    print(f"{'kind':<20}{'pages':>8}{'least MB':>10}{'N MB':>8}{'4 N MB':>8}{'ratio':>7}{'pages/s of 4 N':>16}")
    for name in arguments.kinds or WRITERS:
        rows = []
        for size in (4_000.0, arguments.megabytes * 1e6, arguments.megabytes * 4e6):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, name)
                WRITERS[name](path, int(size))
                rows.append(measured(path))
        (_, least, _), (_, short, _), (pages, long, seconds) = rows
        rate = pages / seconds
        print(f"{name:<20}{pages:>8}{least:>10}{short:>8}{long:>8}{long / short:>7.2f}{rate:>16.0f}", flush=True)


if __name__ == "__main__":
    main()
