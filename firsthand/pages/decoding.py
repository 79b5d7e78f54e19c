"""Bytes to text: which encoding, and whether what comes out is still readable.

In: bytes and, where an HTTP header or the markup declares one, a charset. Out: text, or a sentence that says why not.
Order: BOM, strict UTF-8, the declared charset, then charset-normalizer's guess. Text that was decoded wrongly once and
saved as UTF-8 ("cafÃ©") is set right when the whole text goes back without loss; else, where too much is unreadable,
the page is set aside. Known to fail: short text in a rare single-byte encoding.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_TWICE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_UNREADABLE = 0.02
"""The share of unreadable characters above which a page is set aside: one in fifty leaves no sentence whole."""


class Unreadable(Exception):
    """The bytes are no text; the message says why."""


def declared_charset(raw: bytes) -> str | None:
    """The charset that the first 4 KB of markup declares."""
    found = _DECLARED.search(raw[:4096])
    return found.group(1).decode("ascii") if found else None


def decode(raw: bytes, declared: str | None = None) -> str:
    """The text of ``raw``. Raises :class:`Unreadable`."""
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _checked(_attempt(raw, name, "replace") or "")
    if raw.count(b"\x00"):
        raise Unreadable(f"binary: {raw.count(0)} NUL bytes in {len(raw)}")
    text = _attempt(raw, "utf-8", "strict")
    if text is None and declared:
        text = _attempt(raw, declared, "strict")
    if text is None:
        text = _guess(raw)
    return _checked(_set_right(text))


def _attempt(raw: bytes, name: str, errors: str) -> str | None:
    # The WHATWG standard reads these labels as windows-1252, which adds the curly quotes that such pages hold.
    name = "cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
    try:
        return raw.decode(name, errors)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(raw: bytes) -> str:
    replaced = raw.decode("utf-8", "replace")
    if replaced.count("\ufffd") <= MOST_UNREADABLE / 20 * len(replaced):
        return replaced  # UTF-8 with a few broken bytes, not another encoding
    best = from_bytes(raw[:200_000]).best()
    if best is None:
        raise Unreadable("no encoding gives text: neither UTF-8 nor any single-byte charset")
    return raw.decode(best.encoding, "replace")


def _set_right(text: str) -> str:
    """Undo one wrong decoding (UTF-8 bytes read as windows-1252), where all of it goes back."""
    if text.isascii() or len(_TWICE.findall(text)) < 3:
        return text
    for name in ("cp1252", "latin-1"):
        try:
            return text.encode(name).decode("utf-8")
        except UnicodeError:
            continue
    return text


def readable(text: str) -> str:
    """Decoded text, set right where it was decoded wrongly once. Raises :class:`Unreadable`."""
    return _checked(_set_right(text))


def encoding_of(head: bytes) -> str:
    """The encoding of a file whose beginning is ``head``: UTF-8 where that reads it, else a measured guess."""
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character may be cut in two at the end
        return "utf-8"
    except UnicodeDecodeError as error:
        if head.decode("utf-8", "replace").count("\ufffd") * 1000 < len(head):
            return "utf-8"  # with a few broken bytes
        best = from_bytes(head[max(0, error.start - 20_000) :][:40_000]).best()
        return best.encoding if best else "cp1252"


def _checked(text: str) -> str:
    lost = 0 if text.isascii() else text.count("\ufffd") + len(_TWICE.findall(text))
    if lost > MOST_UNREADABLE * max(1, len(text)) and lost > 2:
        raise Unreadable(f"mojibake: {lost} of {len(text)} characters were decoded wrongly before this file was saved")
    control = len(_CONTROL.findall(text)) if _CONTROL.search(text) else 0
    if control > MOST_UNREADABLE * max(1, len(text)):
        raise Unreadable(f"binary: {control} control characters in {len(text)}")
    return text
