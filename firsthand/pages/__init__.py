"""Pages: documents as they were found.

In
    Files, folders and globs. What a file is, is found by looking at its first bytes, not by its name: flattened text
    (one page a file), HTML, JSON lines or a JSON array of records, WARC and WET, each plain or packed (gzip, xz,
    bzip2).
Out
    A :class:`records.Page` per document, streamed in location order, and a :class:`records.Rejected` for everything
    that cannot be read, with the reason and the value in it. Nothing is dropped in silence.
How it decides
    Magic bytes, then structure (``kinds.py``); bytes become text by BOM, declared charset, strict UTF-8, then a
    measured guess (``decoding.py``). A location is the path below what was named, so that the same collection gives
    the same ids wherever it lies.
Where it is known to fail
    Two encodings in one file; a text file whose first line is a JSON object but which is not JSON lines; several pages
    in one text file (each file is one page); PDF, office files, feeds, CSV, Parquet and WACZ are named, not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .files import find_files
from .kinds import read_file

__all__ = ["read_pages"]


def read_pages(
    paths: Sequence[str], options: PageOptions | None = None, leave_out: Sequence[str] = ()
) -> Iterator[Page | Rejected]:
    """Read every document under ``paths`` (files, folders, globs), streaming; memory holds one document at a time.

    ``leave_out`` names folders that are passed over (a run's own output). Raises :class:`errors.NothingToRead` where a
    path names nothing that exists.
    """
    options = options or PageOptions()
    for item in find_files(paths, leave_out):
        if isinstance(item, Rejected):
            yield item
        else:
            yield from read_file(item, options)
