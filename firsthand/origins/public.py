"""What lies open to everybody: documents, by their kinds, and acts done in public.

Whoever reads a document, or tells of an act done before everybody's eyes, has it from there, and no newsroom adds an
origin by reading it too. They look at words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from ..language.rows import rows
from ..language.wording import stop_words
from ..records import Link, Statement

_OWNER = re.compile(r"\b[^\W\d_]+(?:['’]s|(?<=s)['’])(?!\w)")
"""Whose a thing is ("Vall's", "the pilots'")."""

_OPENING = re.compile(r"(?:\A|[,;:.—–]\s?)[“\"‘']?in ((?:[\w'’-]{1,30} ){1,4})", re.IGNORECASE)
"""The words after an "in" that opens a clause ("In court documents filed on Monday, Quill said")."""

_BESIDE = re.compile(r",? who (?:has |had |was |were |is |are |have )?[^,.;:]{2,120},")
"""What is told only beside the main thing, of somebody: no act that the sentence is about."""

POST = "a post"
"""The public act of which the name of an account speaks."""

_HANDLE = re.compile(r"\(@\w{2,30}\)")
"""The account of who posted what stands before ("Ib Quill (@ibquill) 3 May")."""

ACT_REACH, STATING_REACH = 6, 1
"""Words after the first word of a public act ("signed"), or after a document's name, in which the second stands."""

OPEN_REACH = 1
"""Words between a name and the word that has its bearer speak in public ("Vall also denounced")."""

ANNOUNCING_REACH = 2
"""Words between a name and the word that has it announce something."""

NAMING = 3
"""Letters from which a capitalised word of a document's name tells it from others."""

RESTING_REACH = 4
"""Words after "according to", "wrote in" and the like in which a document's name stands."""


def _words(link: Link) -> str:
    return link.name or link.description or ""


@cache
def _document_kinds() -> dict[str, str]:
    return {word: row["kind"] for row in rows("origins")["documents"] for word in row["words"]}


@cache
def _spaced_kinds() -> tuple[tuple[str, str], ...]:
    """The words for documents as they stand in :func:`spaced` texts, each with its kind."""
    return tuple((f" {word} ", kind) for word, kind in _document_kinds().items())


@cache
def _spaced_reading() -> tuple[str, ...]:
    return tuple(f" {word} " for word in rows("origins")["reading"]["words"])


def document_kind(words: str) -> str | None:
    """The kind of a document from the words that name it: the kind whose word stands last, as English names things."""
    padded = spaced(words)
    found = [(padded.rfind(f" {word} "), len(word), kind) for word, kind in _document_kinds().items()]
    best = max(found, default=(-1, 0, ""))
    court = [f for f in found if f[0] >= 0 and f[2] == "court papers"]
    if court:
        return "court papers"
    return best[2] if best[0] >= 0 else None


def called(kind: str) -> str:
    """A kind of document as a reason names it: "a memo", "court papers"."""
    return kind if kind.endswith("s") else f"a {kind}"


def is_bare_report(link: Link) -> bool:
    """Whether a document is only called "the report", "news reports": what newsrooms are called as well."""
    words = _words(link).casefold().split()
    return bool({"reports", "report"} & set(words[:2])) and len(words) <= 4


def is_former_self(link: Link) -> bool:
    """Whether a source is what the article itself said before it was corrected."""
    padded = spaced(_words(link))
    return link.kind != "person" and any(f" {word} " in padded for word in rows("origins")["former"]["words"])


def documents_of(statements: Iterable[Statement]) -> frozenset[str]:
    """The kinds of document on which a page rests: those that end its chains, described and readable as they are, and
    those that its own sentences say were read."""
    kinds: set[str] = set()
    for statement in statements:
        last = statement.chain[-1] if statement.chain else None
        if last is not None and last.kind == "document" and not is_bare_report(last):
            kinds.add(document_kind(_words(last)) or "")
        elif last is None or last.role == "newsroom":
            kinds |= _read_documents(statement.text)
    return frozenset(kinds & set(rows("origins")["readable"]["words"]))


def _read_documents(text: str) -> frozenset[str]:
    padded = spaced(text)
    read = any(word in padded for word in _spaced_reading())
    return document_kinds(text) if read else frozenset()


def document_in(text: str, document: Link | None) -> bool:
    """Whether a statement without a source names the document that the other statement rests on: one of that kind, or
    that very one by its name ("Harbour-Act" for "the 1998 Harbour-Act law"). The names that go with a lawsuit or a
    memo are people's, and whoever names these does not name it."""
    if document is None or document.kind != "document":
        return False
    kind = document_kind(_words(document))
    if kind is not None and kind in document_kinds(text):
        return True
    if kind in rows("origins")["authored"]["kinds"]:
        return False
    words = _OWNER.sub(" ", _words(document))
    names = [word for word in re.findall(r"[^\W\d_]+", words) if word[0].isupper() and len(word) >= NAMING]
    names = [word for word in names if word.casefold() not in _document_kinds() and word != "The"]
    return bool(names) and all(re.search(rf"\b{re.escape(name)}\b", text) for name in names)


@lru_cache(maxsize=50_000)
def document_kinds(text: str) -> frozenset[str]:
    """The kinds of document that a text names."""
    padded = spaced(text)
    return frozenset(kind for word, kind in _spaced_kinds() if word in padded)


@lru_cache(maxsize=50_000)
def spaced(text: str) -> str:
    """A text's words in small letters, apostrophes made straight, one space between, before and after them."""
    return " " + " ".join(re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", text.casefold().replace("’", "'"))) + " "


@lru_cache(maxsize=50_000)
def public_acts(text: str) -> frozenset[str]:
    """The acts done before everybody's eyes that a text tells of: a plea in court, a vote, a post."""
    padded = spaced(_BESIDE.sub(_blank, text))
    posted = frozenset((POST,)) if _HANDLE.search(text) else frozenset()
    return posted | frozenset(
        row["act"]
        for row, words in _spaced_acts()
        if any(word in padded for word in words)
        or follows(padded, row.get("before", ()), row.get("after", ()), ACT_REACH)
    )


@cache
def _spaced_acts() -> tuple[tuple[dict[str, Any], tuple[str, ...]], ...]:
    """The rows of public acts, each with its words as they stand in :func:`spaced` texts."""
    return tuple((row, tuple(f" {word} " for word in row["words"])) for row in rows("origins")["public"])


def of_one_affair(a: frozenset[str], b: frozenset[str]) -> frozenset[str]:
    """The acts of two texts, where they are steps of one affair: a vote on a bill and its signing."""
    for row in rows("origins")["affair"]:
        if a & set(row["acts"]) and b & set(row["acts"]):
            return (a | b) & set(row["acts"])
    return frozenset()


def described_documents(text: str) -> frozenset[str]:
    """The kinds of documents whose content a text tells: "the lawsuit also seeks", "he wrote a memo describing"."""
    return telling_documents(text) | telling_documents(text, "describing")


@lru_cache(maxsize=50_000)
def telling_documents(text: str, table: str = "stating") -> frozenset[str]:
    """The kinds of documents that a text has say something ("the lawsuit also seeks"), of those that can be read; in
    words of a ``table``."""
    padded, readable = spaced(text), rows("origins")["readable"]["words"]
    stating = rows("origins")[table]["words"]
    return frozenset(
        kind
        for word, kind in _document_kinds().items()
        if kind in readable and f" {word} " in padded and follows(padded, (word,), stating, STATING_REACH)
    )


@lru_cache(maxsize=50_000)
def resting_documents(text: str) -> frozenset[str]:
    """The kinds of readable documents from which a text says that it has what it says: "the affidavit states", "wrote
    in an affidavit", whoever speaks in them."""
    padded, readable = spaced(text), rows("origins")["readable"]["words"]
    leading, opening = rows("origins")["resting"]["words"], _OPENING.findall(text + " ")
    return telling_documents(text) | frozenset(
        kind
        for word, kind in _document_kinds().items()
        if kind in readable
        and f" {word} " in padded
        and (follows(padded, leading, (word,), RESTING_REACH) or any(f" {word} " in spaced(o) for o in opening))
    )


def _blank(beside: re.Match[str]) -> str:
    """As many words that say nothing, so that no two others come closer."""
    return " x" * len(beside.group().split()) + " "


def acts_of(text: str, source: Link | None) -> frozenset[str]:
    """The public acts that a text tells of which are its source's own: the court that "ruled" is no source of a ruling
    but who gave it. A named person is no office."""
    if source is None or (source.kind != "body" and source.name is not None):
        return frozenset()
    called = set(spaced(_words(source)).split())
    doing = {row["act"] for row in rows("origins")["public"] if called & set(row.get("before", ()))}
    return public_acts(text) & doing


@cache
def said_in_public() -> frozenset[str]:
    """The acts that consist in somebody's words: a post, a speech, a hearing."""
    return frozenset(rows("origins")["said"]["acts"])


def announced(telling: str, doing: str, name: str) -> bool:
    """Whether one text has this name announce something, and another, without a source, has it do so ("the Board said
    it would sell", "the Board will sell") or tells of the same public act."""
    row, named = rows("origins")["announcing"], spaced(name).strip().removeprefix("the ")
    if not named:
        return False
    if not follows(spaced(telling), (named,), row["words"], ANNOUNCING_REACH):
        return False
    acts = public_acts(telling) & public_acts(doing) - said_in_public()
    return bool(acts) or follows(spaced(doing), (named,), row["doing"], 0)


def is_theirs(document: Link, name: str) -> bool:
    """Whether a document is called a person's own: "Quill's lawsuit", "an affidavit by Ib Quill"."""
    words, last = _words(document), re.findall(r"[^\W_]+", name)[-1:]
    row, padded = rows("origins")["authored"], spaced(words)
    if not last or document.kind != "document" or not any(f" {word} " in padded for word in row["words"]):
        return False
    named = re.escape(last[0])
    return bool(
        re.search(rf"\b{named}(?:['’]s|(?<=s)['’])(?!\w)", words)
        or re.search(rf"\b(?:by|from) (?:[A-Z][\w.'’-]{{0,30}} ){{0,3}}{named}\b", words)
    )


def said_openly(a: str, b: str) -> frozenset[str]:
    """Whose words said in public both texts tell of: one name, a word such as "denounced" right after it in both."""
    return frozenset(f"what {name} said openly" for name in _open_speakers(a) & _open_speakers(b))


@lru_cache(maxsize=50_000)
def _open_speakers(text: str) -> frozenset[str]:
    """The last words of names that a word of speaking in public follows, up to ``OPEN_REACH`` words on."""
    words, found = re.findall(r"[^\W_]+", _BESIDE.sub(_blank, text)), set()
    row, lower = rows("origins")["openly"], [word.casefold() for word in words]
    openly = [tuple(phrase.split()) for phrase in row["words"]]
    for i, word in enumerate(words):
        if not word[0].isupper() or len(word) < NAMING or (i + 1 < len(words) and words[i + 1][0].isupper()):
            continue
        if lower[i] in row["not_by"] or (not i and lower[i] in stop_words()):
            continue
        if any(tuple(lower[j : j + len(p)]) == p for p in openly for j in range(i + 1, i + 2 + OPEN_REACH)):
            found.add(word)
    return frozenset(found)


def follows(padded: str, before: Sequence[str], after: Sequence[str], reach: int) -> bool:
    """Whether one of ``after`` stands within ``reach`` words after one of ``before``, in words between spaces."""
    for word in before:
        at = padded.find(f" {word} ")
        while at >= 0:
            rest = " " + " ".join(padded[at + len(word) + 1 :].split(maxsplit=reach + 2)[: reach + 2]) + " "
            if any(f" {other} " in rest for other in after):
                return True
            at = padded.find(f" {word} ", at + 1)
    return False
