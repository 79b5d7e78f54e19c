"""Makes ``models/<language>_words.tsv.gz``: in how many pages each word stands.

``python -m quality.train_words PATH... -o FILE``

In: files of JSON records with ``text``, ``sentences`` or ``gold.body``. Out: words and counts, no text. Words in fewer
than three pages are left out. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from firsthand.language.wording import words_of

LEAST = 3


def texts(path: Path) -> Iterator[str]:
    """The text of every English record of a file."""
    opener: Any = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("lang", "en") != "en" or row.get("style") == "b":
                continue
            gold = row.get("gold")
            if isinstance(gold, dict) and gold.get("body"):
                yield "\n".join(gold["body"])
            elif "sentences" in row:
                yield "\n".join(row["sentences"])
            elif "text" in row:
                yield row["text"]


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    pages = 0
    for path in given.paths:
        for text in texts(path):
            pages += 1
            counts.update({word for word, _ in words_of(text)})
    rows = [("#pages", pages), *sorted((w, n) for w, n in counts.items() if n >= LEAST)]
    # without a name or a time in the header, the same counts give the same bytes
    with given.output.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
        packed.write("".join(f"{word}\t{count}\n" for word, count in rows).encode())


if __name__ == "__main__":
    main()
