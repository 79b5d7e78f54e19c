"""Parquet and Arrow files: a page per row, read a few rows at a time.

In: a stream, copied to a temporary file where it cannot be read from any place. Out: a page per row; a ``Rejected`` for
a row without text, for row groups whose rows are far too large, for a file that is broken. Only the columns that are
read are unpacked. ``pyarrow`` is imported when such a file is met and not before. Known to fail: memory is that of
``ROWS`` rows and of one compressed page of each column, which the writer chose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .columns import content_column, holds_a_record, known_column, no_text, page_of_record

ROWS = 16
"""Rows that are unpacked at a time: a dictionary can hold one huge text for all rows of a group, which comes out
whole for each of them."""
PARQUET, ARROW_FILE, ARROW_STREAM = b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"


def read_parquet(file: IO[bytes], location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    """Every row of a Parquet file, a row group after the other."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
        schema = table.schema_arrow
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        yield Rejected(location, "pages", f"a broken Parquet file: {_first_line(error)}")
        return
    columns = _columns(schema.names)
    if columns is None:
        yield Rejected(location, "pages", no_text(dict.fromkeys(schema.names)))
        return
    number = 0
    for group in range(table.num_row_groups):
        first, number = number + 1, number + table.metadata.row_group(group).num_rows
        why = _too_large(table.metadata.row_group(group), options)
        if why:
            yield Rejected(f"{location}:{first}", "pages", why)
            continue
        batches = table.iter_batches(ROWS, row_groups=[group], columns=columns, use_threads=False)
        yield from _rows(batches, first, location, options)


def read_arrow(file: IO[bytes], head: bytes, location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    """Every row of an Arrow file (Feather 2) or stream, a record batch after the other."""
    import pyarrow as pa

    try:
        if head.startswith(ARROW_FILE):
            reader = pa.ipc.open_file(file)
            batches = (reader.get_batch(i) for i in range(reader.num_record_batches))
        else:
            reader = pa.ipc.open_stream(file)
            batches = iter(reader)
        names = reader.schema.names
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        yield Rejected(location, "pages", f"a broken Arrow file: {_first_line(error)}")
        return
    columns = _columns(names)
    if columns is None:
        yield Rejected(location, "pages", no_text(dict.fromkeys(names)))
        return
    slices = (batch.select(columns).slice(start, ROWS) for batch in batches for start in range(0, batch.num_rows, ROWS))
    yield from _rows(slices, 1, location, options)


def _columns(names: list[str]) -> list[str] | None:
    """The columns to unpack; None where none of them can hold text (``article.text`` counts, a struct may)."""
    read = list(dict.fromkeys(name for name in names if known_column(name)))
    inside = any(map(holds_a_record, read))
    return read if inside or any(map(content_column, read)) else None


def _too_large(group: Any, options: PageOptions) -> str | None:
    rows, size = max(1, group.num_rows), group.total_byte_size
    if size / rows > 4 * options.max_page_bytes:
        return f"{rows} rows of {size // rows} bytes on average, above the limit of {options.max_page_bytes}"
    return None


def _rows(batches: Iterator[Any], first: int, location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    import pyarrow as pa

    number = first - 1
    try:
        for batch in batches:
            for row in range(batch.num_rows):
                number += 1
                record = {name: batch.column(i)[row].as_py() for i, name in enumerate(batch.schema.names)}
                yield page_of_record(record, f"{location}:{number}", options)
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        why = f"broken from row {number + 1} on: {_first_line(error)}"
        yield Rejected(f"{location}:{number + 1}", "pages", why)


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:300]
