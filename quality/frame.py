"""What every measuring command shares: reading records, the command line, printing figures, naming the data by hash.

A module of ``quality/`` defines ``measure(path, **options) -> Figures`` and ends with
``if __name__ == "__main__": run(measure, __doc__)``. Figures map names to
numbers; a share is in [0, 1].
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import lzma
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

Figures = Mapping[str, float | int]
SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.xz")


def record_files(path: Path) -> list[Path]:
    """PATH itself, or every record file in the folder, in name order."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.name.endswith(SUFFIXES))
    if not path.exists():
        raise SystemExit(f"{path} does not exist: give the file or folder that holds the labelled records")
    return [path]


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON records of a file or folder, a line each, packed or not, in order."""
    for file in record_files(path):
        opener: Callable[..., Any] = {".gz": gzip.open, ".xz": lzma.open}.get(file.suffix, open)
        with opener(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)


def records_named(path: Path, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The records of a file or folder by ``id``, which must hold all the articles that were marked, by ``names``."""
    found = {row["id"]: row for row in read_records(path)}
    missing = [name for name in names if name not in found]
    if missing:
        raise SystemExit(f"{path} lacks {len(missing)} of the marked articles, {missing[0]!r} first")
    return found


def page_record(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A labelled record as a page for the tracer, under a name."""
    return {"id": name, "outlet": row["source"]} | {key: row[key] for key in ("url", "title", "date", "text")}


def data_hash(path: Path) -> str:
    """12 hex digits of SHA-256 over the set's files (names within the folder and bytes), in name order."""
    digest = hashlib.sha256()
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    for file in files:
        digest.update(file.relative_to(path if path.is_dir() else path.parent).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def show(figures: Figures) -> str:
    """Figures as a table, a line each."""
    width = max(map(len, figures), default=0)
    return "\n".join(
        f"{name:<{width}}  {value:>9.4f}" if isinstance(value, float) else f"{name:<{width}}  {value:>9}"
        for name, value in figures.items()
    )


def run(
    measure: Callable[..., Figures], about: str | None, options: Mapping[str, Mapping[str, Any]] | None = None
) -> None:
    """The command line of a measuring module: PATH, ``--json``, and the module's own ``options`` (argparse rows)."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="a file or folder in the set's format")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    for name, row in (options or {}).items():
        parser.add_argument(name, **row)
    given = vars(parser.parse_args())
    path, as_json = given.pop("path"), given.pop("json")
    figures = measure(path, **given)
    if not figures:
        print(f"nothing to measure in {path}: no record of this set's format", file=sys.stderr)
        raise SystemExit(2)
    print(json.dumps(figures, indent=1) if as_json else show(figures))
