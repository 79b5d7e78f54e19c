"""Statements and documents that a page prints without quotation marks: the text after "said in a statement:".

In: the text of an article. Out: spans of somebody else's words, each with the names that the sentence before it holds.
What follows a colon, or a heading ("The full text of the letter"), goes on by paragraphs until one is a newsroom's
again (it says who said something); after a colon in the line that follows no document, it ends with the line. This
reads widely: it is asked only of what two pages share, and believed only where both print it so
(``wording_evidence``). Known to fail: a statement in paragraphs that speak of others' words; one that no colon and no
heading brings in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from ..language.rows import every
from ..records import Span

SENTENCE = 240
"""Characters before a colon in which its sentence is read."""
HEADING = 14
"""Words of the longest heading."""
LONGEST_HEADING = 120
"""... in characters."""
LINK = 160
"""Characters of the longest line that leads to another story."""
PARAGRAPHS = 60
"""Paragraphs of the longest text that is taken for one statement."""

_COLON = re.compile(r":(?=[ \t]{1,3}\S|[ \t]{0,3}(?:\n|$))")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)?")
_STOP = re.compile(r"[.!?][”\"’')]{0,2}\s")
_MARKS = '“”"«»'


@dataclass(frozen=True, slots=True)
class Stated:
    """Words of somebody else's, and the names in the sentence that brings them in (in lower case)."""

    span: Span
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of all languages."""

    documents: frozenset[str]
    speech: frozenset[str]
    headings: tuple[str, ...]
    leads: tuple[str, ...]
    narrates: re.Pattern[str]
    narrating: tuple[str, ...]
    links: tuple[str, ...]
    essays: tuple[str, ...]


@cache
def rows() -> Rows:
    """How a text says that somebody's own words follow."""
    tables = every("verbatim")

    def all_of(name: str) -> list[str]:
        return [word for table in tables for word in table[name]]

    narrates = "|".join(re.escape(word) for word in sorted(all_of("narrates"), key=lambda word: (-len(word), word)))
    return Rows(
        frozenset(all_of("documents")),
        frozenset(all_of("speech")),
        tuple(all_of("headings")),
        tuple(all_of("leads")),
        re.compile(rf"(?:{narrates})\b"),
        tuple(all_of("narrates")),
        tuple(all_of("links")),
        tuple(all_of("essays")),
    )


@lru_cache(maxsize=512)
def stated_spans(text: str) -> tuple[Stated, ...]:
    """The statements and documents that ``text`` prints without quotation marks, in order, none overlapping."""
    bringing: list[tuple[int, str]] = []
    short: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        if ":" in line:
            bringing.append((at, line))
        elif 0 < len(line) <= LONGEST_HEADING:
            short.append((at, line))
        at += len(line) + 1
    together = "\n".join([line for _, line in short]).casefold()
    if any(map(together.__contains__, rows().headings)):
        bringing = sorted(bringing + short)
    found: list[Stated] = []
    after = 0
    for at, line in bringing:
        stated = _in_paragraph(text, at, line) if at >= after else None
        if stated is not None and stated.span.end > stated.span.start:
            found.append(stated)
            after = stated.span.end
    return tuple(found)


def names_essay(text: str) -> bool:
    """Whether a text speaks of an essay that its author had printed somewhere."""
    lowered = text.lower()
    return any(word in lowered for word in rows().essays)


def narrates(text: str, start: int, end: int) -> bool:
    """Whether a paragraph has a word of a newsroom's own sentences."""
    return _narrated(text[start:end])


@lru_cache(maxsize=1024)
def _narrated(words: str) -> bool:
    """A statement's paragraphs stand on a page and each other page."""
    lowered, of = words.lower(), rows()  # first letters are sought much faster than borders of words
    if not any(map(lowered.__contains__, of.narrating)):
        return False
    for found in of.narrates.finditer(lowered):
        at = found.start()
        if not at or not (lowered[at - 1].isalnum() or lowered[at - 1] == "_"):
            return True
    return False


def _in_paragraph(text: str, at: int, words: str) -> Stated | None:
    """What the paragraph of these words that stands at a character brings in: the paragraphs after it, or the rest of
    itself."""
    end = at + len(words)
    if _is_heading(words):
        return Stated(_following(text, end), _names(words))
    for colon in _COLON.finditer(words):
        sentence = _sentence(words, colon.start())
        if not _introduces(sentence):
            continue
        rest = words[colon.end() :]
        if not rest.strip():
            return Stated(_following(text, end), _names(sentence))
        if rest.lstrip()[0] not in _MARKS:
            start = at + colon.end() + len(rest) - len(rest.lstrip())
            goes_on = _names_document(sentence) and not _narrated(rest)
            more = _following(text, end) if goes_on else Span(0, 0)
            return Stated(Span(start, more.end if more.end > more.start else end), _names(sentence))
        break
    return None


def _sentence(words: str, end: int) -> str:
    """The sentence that ends at ``end``, or its last :data:`SENTENCE` characters."""
    before = words[max(0, end - SENTENCE) : end]
    start = 0
    for stop in _STOP.finditer(before):
        start = stop.end()
    return before[start:]


def _introduces(sentence: str) -> bool:
    """Whether a sentence says that somebody's text follows: it names a document, or ends in a word of speech."""
    words = _WORD.findall(sentence)
    speech = rows().speech
    last = [word.casefold() for word in words[-3:]]
    return not speech.isdisjoint(last) or " ".join(last[-2:]) in speech or _name_document(words)


def _names_document(sentence: str) -> bool:
    """Whether a sentence names a document or a statement."""
    return _name_document(_WORD.findall(sentence))


def _name_document(words: list[str]) -> bool:
    return not rows().documents.isdisjoint([word.casefold() for word in words])


def _is_heading(words: str) -> bool:
    """Whether a short line says that somebody's text follows."""
    if len(words) > LONGEST_HEADING:
        return False
    lowered = words.casefold().rstrip()
    if not any(map(lowered.__contains__, rows().headings)):
        return False
    if len(words.split()) > HEADING or lowered[-1:] in ("?", "!", ",", ";"):
        return False
    return not lowered.endswith(".") or lowered.rstrip(".").endswith(rows().leads)


def _following(text: str, after: int) -> Span:
    """From the first paragraph ``after`` a character until one is a newsroom's own."""
    start = end = len(text)
    links = rows().links
    for number, (at, stop) in enumerate(islice(_lines(text, after), PARAGRAPHS)):
        if not number:
            start = end = at
        if text.startswith(links, at) and stop - at <= LINK:
            continue
        if _narrated(text[at:stop]):
            break
        end = stop
    return Span(start, end)


def _lines(text: str, after: int) -> Iterator[tuple[int, int]]:
    """Where the lines start and end that begin after a character and are not empty."""
    at = text.find("\n", after) + 1
    while 0 < at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if stop > at:
            yield at, stop
        at = stop + 1


def _names(sentence: str) -> frozenset[str]:
    """The words with a capital, but for the sentence's first."""
    return frozenset(word.casefold() for word in _WORD.findall(sentence)[1:] if word[0].isupper() and len(word) > 2)
