"""Records as JSON: a line each, one array, objects that follow one another, or an answer that holds a list of them.

In: a stream. Out: a page per record; a ``Rejected`` per line that is no JSON object, is too long, or holds no text,
by line number; the rest is read. Arrays and objects over several lines are parsed as they come, an element at a time.
Known to fail: after a broken element of an array, nothing more of that array is read.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .columns import LISTS, no_text, page_of_record, squashed
from .decoding import Unreadable, decode

_BOM = b"\xef\xbb\xbf"
_SPACE = re.compile(r"[\s,\]\x1e]*")
STEP = 1 << 16


def looks_like_records(head: bytes) -> bool:
    """Whether the file begins like JSON lines or a JSON array of objects."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*(?:\"|\})", head) is not None


def read_records(stream: IO[bytes], head: bytes, location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    """Every record of a file, streamed."""
    start = head.removeprefix(_BOM).lstrip()
    first = start.partition(b"\n")[0].strip()
    spread = start.startswith(b"[") or first.endswith((b"{", b"[", b",")) or len(first) < 2
    yield from _read_spread(stream, location, options) if spread else _read_lines(stream, location, options)


def _read_lines(stream: IO[bytes], location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    number = 0
    while line := stream.readline(options.max_page_bytes + 1):
        number += 1
        place = f"{location}:{number}"
        if len(line) > options.max_page_bytes:
            size = len(line) + skip_line(stream)
            yield Rejected(place, "pages", f"a line of {size} bytes, above the limit of {options.max_page_bytes}")
            continue
        if line.strip():
            yield from _record(line.removeprefix(_BOM) if number == 1 else line, place, options)


def skip_line(stream: IO[bytes]) -> int:
    """Read to the end of the line; how many bytes that were."""
    skipped = 0
    while part := stream.readline(1 << 20):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _record(line: bytes, place: str, options: PageOptions) -> Iterator[Page | Rejected]:
    try:
        value = json.loads(decode(line))
    except Unreadable as error:
        yield Rejected(place, "pages", str(error))
    except (ValueError, RecursionError) as error:
        yield Rejected(place, "pages", f"broken JSON: {_said(error)}")
    else:
        yield from pages_of_value(value, place, options)


def _said(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _read_spread(stream: IO[bytes], location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    """Objects over several lines, in an array or one after the other: parsed as they come."""
    decoder, parser = codecs.getincrementaldecoder("utf-8")("replace"), json.JSONDecoder()
    text, number, step, ended, opened = "", 0, STEP, False, False
    while True:
        at = 0
        while True:
            match = _SPACE.match(text, at)
            at = match.end() if match else at
            if not opened and text[at : at + 1] in ("[", "\ufeff"):
                opened, at = text[at] == "[", at + 1
                continue
            if at >= len(text):
                break
            try:
                value, at = parser.raw_decode(text, at)
            except (ValueError, RecursionError) as error:
                if ended or isinstance(error, RecursionError):
                    what = "broken JSON array" if opened else "broken JSON"
                    yield Rejected(f"{location}:{number + 1}", "pages", f"{what}: {_said(error)}")
                    return
                break
            number, opened, step = number + 1, True, STEP
            yield from pages_of_value(value, f"{location}:{number}", options)
        if ended:
            return
        text = text[at:]
        if len(text) > options.max_page_bytes:
            what = f"a JSON record of more than {options.max_page_bytes} bytes"
            yield Rejected(
                f"{location}:{number + 1}", "pages", f"{what}, or broken JSON: give it as JSON lines, a record a line"
            )
            return
        part = stream.read(step)
        step, ended = step * 2, not part  # doubled, so that a long record is not parsed again and again
        text += decoder.decode(part, final=ended)


def pages_of_value(value: Any, place: str, options: PageOptions) -> Iterator[Page | Rejected]:
    """The page of a record; each record's page where the value holds a list of them (an API's answer, a JSON feed)."""
    if not isinstance(value, dict):
        yield Rejected(place, "pages", f"not a JSON object but {type(value).__name__}")
        return
    page = page_of_record(value, place, options)
    if isinstance(page, Page) or page.why != no_text(value):
        yield page
        return
    held = _list_in(value)
    if held is None:
        yield page
        return
    feed = "jsonfeed.org" in str(value.get("version"))
    for number, row in enumerate(held, 1):
        yield from _held(row, f"{place}.{number}", feed, options)


def _held(row: Any, place: str, feed: bool, options: PageOptions) -> Iterator[Page | Rejected]:
    if not isinstance(row, dict):
        yield Rejected(place, "pages", f"not a JSON object but {type(row).__name__}")
        return
    page = page_of_record(row, place, options)
    yield replace(page, given_basis="feed") if feed and isinstance(page, Page) else page


def _list_in(value: dict[str, Any], depth: int = 0) -> list[Any] | None:
    for key, inner in value.items():
        if squashed(key) in LISTS:
            if isinstance(inner, list) and any(isinstance(row, dict) for row in inner[:3]):
                return inner
            if isinstance(inner, dict) and depth < 2:
                found = _list_in(inner, depth + 1)
                if found is not None:
                    return found
    return None
