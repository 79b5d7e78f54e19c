"""One document from its bytes: text or HTML, or why it is neither.

In: bytes, a location, where known a charset. Out: a page, or a ``Rejected`` that names the value and the limit.
Known to fail: a news page about programming that quotes more code than it has prose.
"""

from __future__ import annotations

import io
import re
from typing import IO, Literal

from firsthand.options import PageOptions
from firsthand.records import Page, Rejected, content_id

from .decoding import Unreadable, declared_charset, decode
from .streams import HEAD

_TAG = re.compile(r"<(?:!doctype html|html|head|body|div|p|article|meta|span|script|table|h1)\b", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}>\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE
)
_HTML = re.compile(r"<html[\s>]", re.IGNORECASE)
_HEAD_OR_BODY = re.compile(r"<(?:head|body)[\s>]", re.IGNORECASE)
_FRAGMENT = re.compile(r"\s*<(?:p|div|article|section|main|figure|h[1-6]|ul|ol|table|blockquote)\b[^<>]{0,2000}>", re.I)
_CODE = re.compile(
    r"\s*(?:import \w|from [\w.]+ import |def \w+\(|class \w+[(:{]|return\b|(?:for|if|elif|while|with) .*:\s*$"
    r"|else:|try:|except\b|function\b|(?:var|let|const) \w+ ?=|#include\b|package \w+;|//|/\*|@\w+|[{}\])]"
    r"|[\w.\[\]\"']+ ?[-+*/|]?= ?\S|[\w.]+\(.*\)\s*$)"
)
PROSE_LINE, PROSE_WORDS = 15, 100
"""Words of a line that is prose, and of such lines together, from which a text full of code is a page all the same."""
_XML_ROOT = re.compile(r"\s*<\?xml[^>]{0,200}\?>(?:\s|<!--[^>]{0,2000}-->|<![^>]{0,1000}>)*<([\w:.-]{1,60})")


def document(raw: bytes, location: str, options: PageOptions, charset: str | None = None) -> Page | Rejected:
    """One page, text or HTML, from its bytes; or why not."""
    if len(raw) > options.max_page_bytes:
        longest = max(map(len, io.BytesIO(raw)))
        kind = f"one line of {longest} bytes or more in " if longest > options.max_page_bytes / 2 else ""
        return Rejected(
            location, "pages", f"{kind}a page of more than {options.max_page_bytes} bytes, set aside unread"
        )
    try:
        text = decode(raw, charset or declared_charset(raw))
    except Unreadable as error:
        return Rejected(location, "pages", str(error))
    return page_of(text, location, options)


def read_document(stream: IO[bytes], location: str, options: PageOptions) -> Page | Rejected:
    """The whole stream as one page."""
    return document(stream.read(options.max_page_bytes + 1), location, options)


def page_of(text: str, location: str, options: PageOptions) -> Page | Rejected:
    """One page from a document's decoded text."""
    if not text.strip():
        return Rejected(location, "pages", "the page holds nothing but white space")
    media = media_of(text)
    if media == "text":
        root = _XML_ROOT.match(text[:HEAD])
        if root:
            return Rejected(location, "pages", f"an XML file (its root is <{root.group(1)}>), which is no page")
        if looks_like_code(text):
            return Rejected(location, "pages", "a program or a configuration file, which is no page")
    return checked_page(text, media, location, options)


def checked_page(text: str, media: Literal["text", "html"], location: str, options: PageOptions) -> Page | Rejected:
    """The page, unless it has too many tags."""
    if media == "html" and text.count("<") > options.max_tags:
        return Rejected(location, "pages", f"{text.count('<')} tags, above the limit of {options.max_tags}")
    return Page(content_id("p", location, text), location, media, text)


def looks_like_code(text: str) -> bool:
    """Whether most lines are those of a program: statements, assignments, brackets. A news page has next to none."""
    lines = [line for line in text[:HEAD].splitlines()[:400] if line.strip()]
    if lines and lines[0].startswith("#!"):
        return True
    code = sum(
        1 for line in lines if _CODE.match(line[:200]) or line.rstrip().endswith((";", "{", "}", "):", "],", "),"))
    )
    if len(lines) < 5 or code * 2 <= len(lines):
        return False
    words = [len(line.split()) for line in lines if not _CODE.match(line[:200])]
    return sum(n for n in words if n >= PROSE_LINE) < PROSE_WORDS  # else a page with a style sheet in its text


def whole_document(text: str) -> bool:
    """Whether the text begins like a whole HTML document."""
    return _DOCUMENT.match(text[:HEAD]) is not None


def media_of(text: str) -> Literal["text", "html"]:
    """``html`` where the beginning has the tags of a document or tags make up much of it; else ``text``."""
    start = text[:HEAD]
    if whole_document(start):
        return "html"
    if _FRAGMENT.match(start) and "</" in start:
        return "html"
    if _HTML.search(start) and _HEAD_OR_BODY.search(start):
        return "html"  # below a server's warning, say
    return "html" if len(_TAG.findall(start)) * 150 > len(start.strip()) else "text"
