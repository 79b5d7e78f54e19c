"""Tables as text: CSV and TSV, with a header or (TSV of URL, title and text) without one.

In: a stream. Out: a page per row; a ``Rejected`` per row that cannot be read, by line number; the rest is read. The
delimiter is the one that gives every row of the beginning as many fields as the header; a quote that is never closed
costs its own row, and the rows behind it are read. Known to fail: a table without a header that is no TSV; an encoding
that the beginning does not show.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Literal

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .columns import content_column, known_column, no_text, page_of_record
from .decoding import encoding_of
from .jsonlines import skip_line

_DELIMITERS = ",\t;|"
_URL = re.compile(r"https?://\S{4,2000}$", re.IGNORECASE)
_LONE_RETURN = re.compile(r"\r(?!\n)")  # which the csv module takes for an error
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8,14}$|\d{1,2}[./]\d{1,2}[./]\d{4}")
MOST_REREAD = 4
"""How many pages' worth of rows behind unclosed quotes is read again (without a bound, a hostile table would cost the
square of its size)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written: its delimiter, whether fields are quoted, its columns, whether they stand in line 1."""

    delimiter: str
    quoted: bool
    columns: tuple[str, ...]
    header: bool


def layout_of(head: bytes) -> Layout | None:
    """The layout of a table that begins with ``head``; None where it is no table with columns that are read."""
    text = _LONE_RETURN.sub(" ", head.decode(encoding_of(head), "replace"))
    whole = text if len(head) < 60_000 else text.rpartition("\n")[0] or text
    first = whole.lstrip("\n").partition("\n")[0].rstrip("\r")
    if len(first) > 20_000:
        return None
    best: Layout | None = None
    for delimiter in _DELIMITERS:
        if delimiter in first:
            found = _with_header(whole, first, delimiter)
            if found and (best is None or len(found.columns) > len(best.columns)):
                best = found
    return best or _without_header(whole)


def _with_header(text: str, first: str, delimiter: str) -> Layout | None:
    names = next(csv.reader([first], delimiter=delimiter), [])
    known = sum(map(known_column, names))
    if len(names) < 2 or known < 2 or (known * 3 < len(names) and not any(map(content_column, names))):
        return None
    quoted = delimiter != "\t" or _quotes_matter(text)
    widths = [len(row) for row in _rows_of(text, delimiter, quoted)[1:]]
    if not widths:
        return Layout(delimiter, quoted, tuple(names), True) if any(map(content_column, names)) else None
    fitting = sum(width == len(names) for width in widths)
    return Layout(delimiter, quoted, tuple(names), True) if fitting * 2 >= len(widths) else None


def _quotes_matter(text: str) -> bool:
    """Whether tab-separated fields are quoted: as many fields begin with a quote as end with one."""
    begun = len(re.findall(r'(?:^|\t)"', text, re.MULTILINE))
    ended = len(re.findall(r'"(?=\t|\r?$)', text, re.MULTILINE))
    return begun > 0 and abs(begun - ended) * 5 <= begun


def _rows_of(text: str, delimiter: str, quoted: bool) -> list[list[str]]:
    """The first rows of a table's beginning, the last of which may be cut off and is left out."""
    reader = csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=delimiter, quoting=_quoting(quoted))
    rows: list[list[str]] = []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) > 50:
                break
    except csv.Error:
        pass
    return rows[:-1] if len(rows) > 2 and len(rows) <= 50 and len(text) > 60_000 else rows


def _without_header(text: str) -> Layout | None:
    """A TSV without a header, one of whose columns is the URL: the longest other column is the text."""
    rows = [line.split("\t") for line in text.split("\n")[:50] if line.strip()]
    widths = Counter(map(len, rows))
    width, times = widths.most_common(1)[0] if widths else (0, 0)
    if not 2 <= width <= 12 or times * 10 < len(rows) * 9:
        return None
    rows = [row for row in rows if len(row) == width]
    places = [i for i in range(width) if all(_URL.match(row[i].strip()) for row in rows)]
    if not places:
        return None
    lengths = {i: sum(len(row[i]) for row in rows) for i in range(width) if i not in places}
    if not lengths or max(lengths.values()) < 40 * len(rows):
        return None
    names = [f"column {i + 1}" for i in range(width)]
    names[places[0]] = "url"
    names[max(lengths, key=lambda i: (lengths[i], -i))] = "text"
    for i in sorted(lengths, key=lambda i: (-lengths[i], i)):
        if names[i] == "text":
            continue
        if "date" not in names and all(_DAY.match(row[i].strip()) for row in rows):
            names[i] = "date"
        elif "title" not in names and lengths[i] > 12 * len(rows) and not all(row[i].isdigit() for row in rows):
            names[i] = "title"
    return Layout("\t", False, tuple(names), False)


def _quoting(quoted: bool) -> Literal[0, 3]:
    return csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE


class _Unclosed(Exception):
    """A record went on for longer than a page may be long."""


class _Lines:
    """The lines of a stream as text, which counts what one record takes and can be set back to the record's start."""

    def __init__(self, stream: IO[bytes], encoding: str, limit: int) -> None:
        self._stream, self._encoding, self._limit = stream, encoding, limit
        self._waiting: list[str] = []
        self.number = 0
        self.taken: list[str] = []
        self._size = 0
        self.skipped = 0
        self.cut_off = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._waiting:
            line = self._waiting.pop()
        else:
            raw = self._stream.readline(self._limit + 1)
            if not raw:
                self.cut_off = bool(self.taken)  # a reader asks for another line only inside a quoted field
                raise StopIteration
            if len(raw) > self._limit:
                self.skipped = len(raw) + (0 if raw.endswith(b"\n") else skip_line(self._stream))
                self.number += 1
                raise _Unclosed(f"a row of {self.skipped} bytes, above the limit of {self._limit}")
            line = _LONE_RETURN.sub(" ", raw.decode(self._encoding, "replace"))
        self.number += 1
        self._size += len(line)
        self.taken.append(line)
        if self._size > self._limit:
            raise _Unclosed(f"a row of more than {self._limit} bytes: a quote is opened and not closed")
        return line

    def begin(self) -> int:
        """A new record begins here; its line number."""
        self.taken, self._size = [], 0
        return self.number + 1

    def back(self) -> None:
        """Give the lines of this record again, but for its first."""
        again = self.taken[1:]
        self._waiting.extend(reversed(again))
        self.number -= len(again)


def read_table(
    stream: IO[bytes], head: bytes, layout: Layout, location: str, options: PageOptions
) -> Iterator[Page | Rejected]:
    """A page per row, streamed; a row is as long as a page may be and no longer."""
    if not any(map(content_column, layout.columns)):
        yield Rejected(location, "pages", no_text(dict.fromkeys(layout.columns)))
        return
    lines = _Lines(stream, encoding_of(head), options.max_page_bytes)
    rows, number = 0, 0
    for start, row in _records(lines, layout, options.max_page_bytes):
        place = f"{location}:{start}"
        if isinstance(row, str):
            rows += 1
            yield Rejected(place, "pages", row)
        elif row:
            number += 1
            if number == 1 and layout.header:
                continue
            rows += 1
            yield _page(row, layout.columns, place, options)
    if not rows:
        yield Rejected(location, "pages", "a table with a header and no row")


def _records(lines: _Lines, layout: Layout, limit: int) -> Iterator[tuple[int, list[str] | str]]:
    """Every record with the number of its first line; or why it could not be read."""
    reread = 0
    while True:
        start = lines.begin()
        reader = csv.reader(lines, delimiter=layout.delimiter, quoting=_quoting(layout.quoted), strict=False)
        before = csv.field_size_limit(limit)  # the module has one limit for all readers: set for this record only
        try:
            row: list[str] | str = next(reader)
        except StopIteration:
            return
        except (csv.Error, _Unclosed) as error:
            row = str(error)
        finally:
            csv.field_size_limit(before)
        if lines.cut_off and not isinstance(row, str):
            row, lines.cut_off = "the table ends inside a quoted field", False
        ragged = not isinstance(row, str) and len(lines.taken) > 1 and len(row) != len(layout.columns)
        if len(lines.taken) > 1 and (isinstance(row, str) or ragged) and reread < MOST_REREAD * limit:
            reread += sum(map(len, lines.taken))
            lines.back()
            row = f"a quote is opened in this row and not closed ({row if isinstance(row, str) else 'fields missing'})"
        yield start, row


def _page(row: Sequence[str], columns: Sequence[str], place: str, options: PageOptions) -> Page | Rejected:
    extra = [field for field in row[len(columns) :] if field.strip()]
    if extra:
        why = f"{len(row)} fields where the header has {len(columns)}: quote the fields that hold the delimiter"
        return Rejected(place, "pages", why)
    record = {name: field for name, field in zip(columns, row, strict=False) if field}
    return page_of_record(record, place, options)
