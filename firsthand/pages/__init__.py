"""Pages: documents as they were found.

In
    Files, folders and globs. What a file is, is found by looking at it, not by its name:

    ===================  ============================================================  ==========================
    kind                 a page is                                                     file
    ===================  ============================================================  ==========================
    flattened text       the file                                                      ``documents.py``
    HTML, any encoding   the file                                                      ``documents.py``
    MHTML                the page that a browser saved                                 ``mhtml.py``
    page dump            what follows a line with a URL (``URL: http...``, ``### http  ``dumps.py``
                         ...``, ``=== http... ===``, ``<doc url=...>``, the URL alone)
    JSON                 a record: a line each, one array, or an API's answer with     ``jsonlines.py``
                         a list of them; JSON feeds
    CSV, TSV             a row                                                         ``tables.py``
    Parquet, Arrow       a row                                                         ``parquet.py``
    RSS, Atom, RDF       an entry with its full content                                ``feeds.py``
    WARC, WET            a response, resource or conversion record                     ``warc.py``
    WACZ, ZIP            each member, as if it were a file                             ``archives.py``
    ===================  ============================================================  ==========================

    each plain or packed (gzip, bzip2, xz, Zstandard, LZ4). Which column of a record is what: ``columns.py``.
Out
    A :class:`records.Page` per document, streamed in location order, and a :class:`records.Rejected` for everything
    that cannot be read, with the reason and the value in it. Nothing is dropped in silence.
How it decides
    Magic bytes, then structure (``kinds.py``); bytes become text by BOM, strict UTF-8, declared charset, then a
    measured guess (``decoding.py``). A location is the path below what was named, so that the same collection gives
    the same ids wherever it lies; a record's is followed by ``:`` and its line or number, an archive member's by ``/``
    and its name, a WARC record's or a dump's page by ``#`` and its number.
    Bounded: bytes of a page, tags of a page, bytes unpacked from a file, files and nesting of archives
    (:class:`options.PageOptions`); what is beyond is named and the rest read. ``python -m benchmarks.readers`` measures
    that memory does not grow with the input.
Where it is known to fail
    Two encodings in one file; a text file whose first line is a JSON object but which is not JSON lines; several pages
    in one text file without a line that says where each begins; PDF, office files, tar and other archives are named,
    not read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .files import find_files
from .kinds import read_file, read_input

__all__ = ["read_pages"]


def read_pages(
    paths: Sequence[str], options: PageOptions | None = None, leave_out: Sequence[str] = ()
) -> Iterator[Page | Rejected]:
    """Read every document under ``paths`` (files, folders, globs), streaming; memory holds one document at a time.

    ``leave_out`` names folders that are passed over (a run's own output). Raises :class:`errors.NothingToRead` where a
    path names nothing that exists. The path ``-`` is the standard input, which may be of any kind.
    """
    options = options or PageOptions()
    if "-" in paths:
        yield from read_input(sys.stdin.buffer, options)
    named = [path for path in paths if path != "-"]
    for item in find_files(named, leave_out) if named or not paths else ():
        if isinstance(item, Rejected):
            yield item
        else:
            yield from read_file(item, options)
