"""Page dumps: one text file that holds many pages, each begun by a line with its URL.

In: a stream. Out: a page per header; what stands directly below a header as ``Title: ...``, ``Date: ...`` is taken for
what it says and is not part of the page's text.
How it decides
    A file is a dump only where its first line (or its first block of ``Key: value`` lines) is a header, and one style
    of header (``STYLES``) holds for the whole file. A header that says that it is one (``URL: http...``,
    ``### http...``, ``=== http... ===``, ``<doc url=...>``) is believed wherever it begins a line. A line that is
    nothing but a URL is not, since pages hold such lines too: in the first megabyte, those set off from what stands
    above them by as many blank lines as is usual must recur, part the text into pieces that are as long as pages are,
    and not follow a colon or be an embedded post; otherwise the file is one page. A URL line on which these differ is
    text.
Known to fail
    Where one blank line stands above bare URLs, 16 of 514 flattened pages, put together in a dump, were cut at a short
    link in their text, and of 500 articles 6 were not parted from one that ends in a colon; with two blank lines, or
    with any other header, all were parted right. A dump of bare URLs with fewer than three pages, or with no blank
    lines between short ones, is one page; a page that quotes a header's own form (``URL: http...`` at the beginning of
    a line) is cut there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import IO, Any

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected

from .columns import COLUMNS, squashed
from .decoding import Unreadable, decode
from .documents import document

_U = rb"(?P<url>https?://[^\s<>\"']{4,2000})"
STYLES: dict[str, re.Pattern[bytes]] = {
    "key": re.compile(
        rb"(?:\#{1,4} |// |% |; )?(?:source[ _-]?|page[ _-]?|web[ _-]?|article[ _-]?|original[ _-]?)?"
        rb"(?:url|uri|link|address|warc-target-uri)\s?[:=]\s?<?" + _U + rb">?\s*$",
        re.IGNORECASE,
    ),
    "tag": re.compile(rb"<url>\s*" + _U + rb"\s*</url>\s*$|\[url\]\s?:?\s*(?P<url2>https?://\S{4,2000})\s*$", re.I),
    "doc": re.compile(
        rb"<doc(?:ument)?\s[^>]{0,2000}?url\s?=\s?[\"']" + _U + rb"[\"'][^>]{0,2000}>\s*$", re.IGNORECASE
    ),
    "rule": re.compile(
        rb"(?:\#{1,6}|={2,80}>?|-{2,80}>?|\*{1,80}|~{2,80}|>{2,80}|_{3,80}|@{2,10}|%{2,10}|\+{2,80})\s*"
        rb"(?:(?:page|url|document|doc|article|file|source)\b[ #:.\d/]{0,20})?[<\[(]?" + _U + rb"[>\])]?"
        rb"\s*(?:={2,80}|<={2,80}|-{2,80}|\*{1,80}|~{2,80}|\#{1,6}|<{1,80}|_{3,80}|@{2,10}|%{2,10}|\+{2,80})?\s*$",
        re.IGNORECASE,
    ),
    "bracket": re.compile(rb"[\[<(]" + _U + rb"[\]>)]\s*$"),
    "bare": re.compile(_U + rb"\s*$"),
}
"""Each style of header line. ``key``: ``URL: ...``; ``tag``: ``<url>...</url>``; ``doc``: WikiExtractor's ``<doc>``;
``rule``: ``### ...``, ``=== ... ===``, ``==> ... <==`` (GNU head and tail of many files); ``bare``: the URL alone."""
_DOUBTFUL = ("bare", "bracket")
_SEPARATOR = re.compile(rb"\s*(?:[-=_*#~+.<>]{3,200}|\x0c|</doc(?:ument)?>|</page>|WARC/1\.\d)\s*$", re.IGNORECASE)
_PAIR = re.compile(rb"(?:\#{1,4} )?([A-Za-z][A-Za-z _-]{0,30}?)\s?[:=]\s?(\S.{0,500}?)\s*$")
_EMBEDDED = re.compile(
    rb"https?://(?:www\.|m\.|mobile\.)?(?:twitter\.com|x\.com|t\.co|youtu\.be|youtube\.com|facebook\.com|fb\.|"
    rb"instagram\.com|tiktok\.com|bit\.ly|goo\.gl|pic\.|vimeo\.com|archive\.is|soundcloud\.com|open\.spotify)|"
    rb"\S{0,2000}\.(?:jpe?g|png|gif|webp|mp4|mp3|pdf)$",
    re.IGNORECASE,
)
_IGNORED = frozenset(
    ("language", "lang", "contenttype", "contentlength", "length", "warctype", "warcrecordid", "warcblockdigest",
     "warcpayloaddigest", "warcrefersto", "warcidentifiedcontentlanguage", "section", "category", "categories", "tags",
     "keywords", "status", "words", "wordcount", "description", "encoding", "charset", "depth", "host", "size", "score")
)  # fmt: skip
_FIELDS = {
    name: field
    for field in ("given_id", "given_headline", "given_outlet", "given_byline", "given_date", "captured")
    for name in map(squashed, COLUMNS[field])
} | {"by": "given_byline", "time": "given_date"}
MOST_PAIRS = 14
LONGEST = 4_500
WINDOW = 1_000_000
LEAST_WORDS, USUAL_WORDS = 25, 80
"""Words of the shortest piece, and of the piece in the middle, between two bare URLs that are headers: the flattened
news pages in the labelled sets have 60 to 5,000."""


@dataclass(frozen=True, slots=True)
class Dump:
    """How a file's pages begin: the style, and for bare URLs how many blank lines stand above each."""

    style: str
    blanks: int = 0
    many: bool = True


def begins_like_a_dump(head: bytes) -> bool:
    """Whether the first lines hold a header: cheap, before the longer look of :func:`dump_of`."""
    return _first_header(_lines(head[:20_000])) is not None


def dump_of(head: bytes) -> Dump | None:
    """How a file that begins with ``head`` (a megabyte of it) is parted; None where it is one page without header."""
    lines = _lines(head)
    found = _first_header(lines)
    if found is None:
        return None
    style, first = found
    if style not in _DOUBTFUL:
        return Dump(style)
    at = [i for i, line in enumerate(lines) if i >= first and _header(line, style) and not _cited(lines, i, first)]
    blanks = _usual_blanks(lines, at)
    at = [i for i in at if i == first or _blanks_above(lines, i) >= blanks]
    pieces = [sum(len(line.split()) for line in lines[a + 1 : b]) for a, b in pairwise(at)]
    if len(head) < WINDOW:
        pieces.append(sum(len(line.split()) for line in lines[at[-1] + 1 :]))
    regular = sorted(pieces)[len(pieces) // 2] >= USUAL_WORDS if pieces else False
    short = sum(words < LEAST_WORDS for words in pieces)
    if len(at) >= 2 and regular and short * 5 <= len(pieces) and _certain(lines, at, blanks):
        return Dump(style, blanks)
    return Dump(style, many=False)


def _certain(lines: list[bytes], at: list[int], blanks: int) -> bool:
    """Whether what recurs is more than two links in a text: set off by two lines or a rule, with pairs, or often."""
    if blanks >= 2 or all(_pair_stands(lines, i + 1) for i in at[:5]):
        return True
    return len(at) >= 3 and (blanks >= 1 or len(at) >= 5)


def _pair_stands(lines: list[bytes], i: int) -> bool:
    return i < len(lines) and _pair(lines[i]) is not None


def _lines(head: bytes) -> list[bytes]:
    return head.removeprefix(b"\xef\xbb\xbf").splitlines()


def _header(line: bytes, style: str) -> bytes | None:
    if len(line) > LONGEST or b"://" not in line:
        return None
    match = STYLES[style].match(line.strip())
    return None if match is None else next(v for v in match.groupdict().values() if v)


def _first_header(lines: list[bytes]) -> tuple[str, int] | None:
    """The style of the file's first header and its line: the first line but for rules, blanks and pairs."""
    seen = 0
    for i, line in enumerate(lines[: 3 * MOST_PAIRS]):
        style = next((name for name in STYLES if _header(line, name)), None)
        if style is not None:
            return style, i
        if line.strip() and not _SEPARATOR.match(line):
            seen += 1
            if _pair(line) is None or seen > MOST_PAIRS:
                return None
    return None


def _pair(line: bytes) -> tuple[str, bytes] | None:
    """The field and value of a ``Key: value`` line with a key that headers have (``""``: known and not kept)."""
    match = _PAIR.match(line.strip()) if len(line) < 700 else None
    if match is None:
        return None
    key = squashed(match[1].decode("ascii"))
    field = _FIELDS.get(key, "" if key in _IGNORED else None)
    return None if field is None else (field, match[2])


def _blanks_above(lines: list[bytes], i: int) -> int:
    """Blank lines above a line; a rule counts as two."""
    count = 0
    while i > 0 and count < 3:
        i -= 1
        if _SEPARATOR.match(lines[i]) and lines[i].strip():
            return 3
        if lines[i].strip():
            break
        count += 1
    return min(count, 3)


def _usual_blanks(lines: list[bytes], at: list[int]) -> int:
    """The most blank lines that at least four in ten of the URLs but the first have above them: links in the text of a
    dump's pages have fewer than its headers."""
    above = [_blanks_above(lines, i) for i in at[1:]]
    return max((n for n in range(4) if sum(b >= n for b in above) * 10 >= 4 * len(above)), default=0)


def _cited(lines: list[bytes], i: int, first: int) -> bool:
    """Whether a bare URL belongs to the text: it follows a colon, or is an embedded post or picture."""
    if i == first:
        return False
    if _EMBEDDED.match(lines[i].strip()):
        return True
    above = next((lines[j].strip() for j in range(i - 1, max(-1, i - 3), -1) if lines[j].strip()), b"")
    return above.endswith((b":", b"\xef\xbc\x9a"))


def read_dump(stream: IO[bytes], dump: Dump, location: str, options: PageOptions) -> Iterator[Page | Rejected]:
    """Every page of a dump, streamed; a page is as long as a page may be and no longer."""
    pages = _Pages(dump, location, options)
    first = True
    while line := stream.readline(options.max_page_bytes + 1):
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        done = pages.take(line)
        if done is not None:
            yield done
    last = pages.finish()
    if last is not None:
        yield last


class _Pages:
    """Lines in, pages out: what is kept of the page that is being read."""

    def __init__(self, dump: Dump, location: str, options: PageOptions) -> None:
        self._dump, self._location, self._options = dump, location, options
        self._url: bytes | None = None
        self._fields: dict[str, Any] = {}
        self._body: list[bytes] = []
        self._size = self._number = 0
        self._line = self._start = self._blanks = 0
        self._in_header = True
        self._above = b""

    def take(self, line: bytes) -> Page | Rejected | None:
        """The next line; the page that it ends, if it begins another."""
        self._line += 1
        url = _header(line, self._dump.style)
        done = None
        if url and self._begins(url):
            done = self._turn(url)
        elif self._in_header and (pair := _pair(line)) is not None:
            self._note(*pair)
        elif self._url or self._body or not (_SEPARATOR.match(line) or not line.strip()):
            self._in_header = False
            self._keep(line)
        self._blanks = 3 if _SEPARATOR.match(line) and line.strip() else 0 if line.strip() else min(3, self._blanks + 1)
        self._above = line.strip() or self._above
        return done

    def _begins(self, url: bytes) -> bool:
        if self._url is None and not any(part.strip() for part in self._body if not _SEPARATOR.match(part)):
            return True
        if self._dump.style not in _DOUBTFUL:
            return True
        cited = self._blanks < 2 and self._above.endswith((b":", b"\xef\xbc\x9a"))
        embedded = cited or _EMBEDDED.match(url) is not None
        return self._dump.many and self._blanks >= self._dump.blanks and not embedded

    def _turn(self, url: bytes) -> Page | Rejected | None:
        """End the page and begin the next, whose first pairs may stand above its URL."""
        above: list[tuple[str, bytes]] = []
        while self._url is not None and self._body and (pair := _pair(self._body[-1])) is not None:
            above.append(pair)
            self._size -= len(self._body.pop())
        done = self.finish() if self._url is not None else None
        kept = {} if self._url is not None else self._fields
        self._url, self._fields, self._body, self._size = url, dict(kept), [], 0
        self._start, self._in_header = self._line, True
        for field, value in reversed(above):
            self._note(field, value)
        return done

    def _note(self, field: str, value: bytes) -> None:
        if field:
            self._fields.setdefault(field, value)

    def _keep(self, line: bytes) -> None:
        self._size += len(line)
        if self._size <= self._options.max_page_bytes:
            self._body.append(line)

    def finish(self) -> Page | Rejected | None:
        """The page that was being read."""
        self._number += 1
        place = f"{self._location}#{self._number}"
        url = self._url.decode("utf-8", "replace") if self._url else None
        named = f"{url or 'a page without URL'}: "
        if self._size > self._options.max_page_bytes:
            why = f"{named}a page of {self._size} bytes, above the limit of {self._options.max_page_bytes}"
            return Rejected(place, "pages", why)
        while self._body and (not self._body[-1].strip() or _SEPARATOR.match(self._body[-1])):
            self._body.pop()
        while self._body and (not self._body[0].strip() or _SEPARATOR.match(self._body[0])):
            self._body.pop(0)
        page = document(b"".join(self._body), place, self._options)
        if isinstance(page, Rejected):
            return replace(page, why=named + page.why)
        fields = {name: text for name, raw in self._fields.items() if (text := _text(raw))}
        byline = fields.pop("given_byline", None)
        page = replace(page, url=url, **fields)  # type: ignore[arg-type]
        return replace(page, given_byline=(byline,)) if byline else page


def _text(raw: bytes) -> str | None:
    try:
        return decode(raw).strip() or None
    except Unreadable:
        return None
