"""Whether two sources are one: names, documents, spokespeople, quoted words.

Each function gives a :class:`records.Reason` where the two are certainly one, else None. They look at words alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product

from ..language.names import fold, may_be_same, name_key
from ..language.rows import rows
from ..language.wording import stop_words, words_of
from ..records import Link, Place, Reason, Statement
from .public import document_kind, spaced

_NAME_AT_END = re.compile(r", ([A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){1,3})\Z")

SPEECH_REACH = 6
"""Words after a name in which a word of speaking makes the named one its speaker."""

NICKNAME = 3
"""Letters that a first name shares with its short form ("Steve", "Steven")."""

_BESIDE = re.compile(r"\A, [^,;:\n]{2,90}, ")
"""What stands between commas right after a name, of its bearer ("Una Vall, the pilots' nominee, said")."""

_OWN = re.compile(r"['’]s?\s")
_BY = re.compile(r"\b([A-Za-z]{4,15}) (?:by|from) (?:[\w.'’-]{1,30} ){0,4}\Z")
BY_REACH, UTTERING_REACH = 160, 4
"""Characters before a name in which the noun of what its bearer says stands, and words after a genitive."""

_FEW = re.compile(r"[“\"‘]([^“”\"‘\n]{4,60})[”\"’]")
_QUOTED = re.compile(r"[“\"]([^“”\"]{8,2000})[”\"]")


def source_words(link: Link | None) -> str | None:
    """The source as a reader would name it: its name, else the words that describe it."""
    return (link.name or link.description) if link is not None else None


def source_key(link: Link | None) -> tuple[str, str]:
    """A key under which one report's sources are surely one: its unnamed people are one, its named ones by name."""
    if link is None:
        return "", ""
    if link.kind == "unnamed" or is_nobodys_name(link):
        return "unnamed", ""
    if link.kind == "observation":
        return "", ""
    return link.kind, name_key(source_words(link) or "")


def is_nobodys_name(link: Link | None) -> bool:
    """Whether a source is only "authorities", "the police", "officials": people whom the page does not tell apart."""
    if link is None or link.kind != "body":
        return False
    words = (source_words(link) or "").casefold().split()
    people, beside = _nobodys()
    return bool(words) and words[-1] in people and beside.issuperset(words[:-1])


@cache
def _nobodys() -> tuple[frozenset[str], frozenset[str]]:
    table = rows("origins")["nobodys"]
    return frozenset(table["words"]), frozenset(table["of"])


def same_source(a: Link | None, b: Link | None, places: tuple[Place, ...]) -> Reason | None:
    """Why two sources are certainly one."""
    if a is None or b is None:
        return None
    if "unnamed" not in (a.kind, b.kind) or (_speaks_for(a) and _speaks_for(b)):
        return _same_name(a, b, places) or _same_spokesperson(a, b, places) or _same_document(a, b, places)
    return None


def _same_name(a: Link, b: Link, places: tuple[Place, ...]) -> Reason | None:
    kinds = {a.kind, b.kind}
    if not kinds <= {"person", "body"}:
        return None
    first, second = printed_name(a), printed_name(b)
    if "person" in kinds and first and second and same_person(first, second):
        return Reason("same-named-person", f"both have it from {_longer(first, second)}", 1.0, places)
    named = [source_words(x) or "" if " office" in (source_words(x) or "") else x.name for x in (a, b)]
    if kinds == {"body"} and named[0] and named[1] and same_body(named[0], named[1]):
        return Reason("same-named-body", f"both have it from {_longer(named[0], named[1])}", 1.0, places)
    return None


def printed_name(link: Link) -> str | None:
    """The name of a person, also where it ends a description ("the harbour master, Ib Storr")."""
    words = source_words(link) or ""
    ending = _NAME_AT_END.search(words)
    if ending is not None and ending.start() > 0:
        return ending.group(1)
    return link.name


def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's, also where a surname reads like a title ("Erik Prince", "Prince")."""
    if may_be_same(a, b):
        return True
    short, long = sorted((_plain(a), _plain(b)), key=len)
    return bool(short) and (long[-len(short) :] == short or _short_form(short, long))


def _short_form(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names of one surname have first names of which one is short for the other ("Jerry", "Jerrold")."""
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    first, second = a[0], b[0]
    if min(len(first), len(second)) >= NICKNAME and first[:NICKNAME] == second[:NICKNAME]:
        return True
    return any({first, second} <= set(group.split()) for group in rows("origins")["nicknames"]["groups"])


def _plain(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(re.sub(r"['’]s\b", "", name)))


def _longer(a: str, b: str) -> str:
    return max((a, b), key=lambda name: (len(name), name))


def body_key(name: str) -> str:
    """A key for a body's name: its telling words without articles, genitives and what officials it has, but for
    the one whose office it is (a county is not the sheriff's office)."""
    words = [w for w in name_key(name).split() if w not in _fillers()]
    if " office " in spaced(name):
        words += [w for w in re.findall(r"[a-z]{4,}", fold(name)) if w not in {*words, *_fillers()} and words]
    return " ".join(words) or name_key(name)


@cache
def _fillers() -> frozenset[str]:
    return frozenset(rows("origins")["fillers"]["words"])


def same_body(a: str, b: str) -> bool:
    """Whether two names are one body's: the same telling words, one is the other's initials or the other
    without what companies are called, or both are the office of somebody whom one of them names more fully ("the first
    lady's office", "the office of First Lady Una Vall")."""
    if body_key(a) == body_key(b) or _is_acronym(a, b):
        return True
    words = [set(spaced(re.sub(r"['’]s\b", "", name)).split()) for name in (a, b)]
    short, long = sorted((found - _fillers() for found in words), key=len)
    if not short or not short < long:
        return False
    return all("office" in found for found in words) or long - short <= _company()


@cache
def _company() -> frozenset[str]:
    return frozenset(rows("origins")["company"]["words"])


def _is_acronym(a: str, b: str) -> bool:
    short, long = sorted((a.replace(".", ""), b), key=len)
    if not short.isupper() or not 2 <= len(short) <= 6:
        return False
    initials = "".join(w[0] for w in long.split() if w[:1].isupper())
    return initials == short or (len(initials) > 1 and f"US{initials}" == short)


def _same_document(a: Link, b: Link, places: tuple[Place, ...]) -> Reason | None:
    if {a.kind, b.kind} != {"document"}:
        return None
    first, second = source_words(a) or "", source_words(b) or ""
    kind = document_kind(first)
    if name_key(first) == name_key(second) or (kind is not None and kind == document_kind(second)):
        return Reason("same-document", f"both rest on {first or 'a document'}", 1.0, places)
    return None


def speaks_in(text: str, source: Link | None) -> bool:
    """Whether a text has this named person or body, or whom this spokesperson speaks for, say something: the name, then
    a word of speaking close by."""
    if source is None or source.kind not in ("person", "body", "unnamed"):
        return False
    names = [last_word(source.name)] if source.name and source.kind != "unnamed" else []
    names += [last_word(whose_spokesperson(source.description or ""))] if source.kind != "body" else []
    return any(_says(text, name) for name in names if name)


def whose_spokesperson(description: str) -> str:
    """The name of whom a spokesperson speaks for, as printed; empty where the words name nobody."""
    words = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", description))
    at = next((i for i, word in enumerate(words) if word.casefold() in _spokespeople()), None)
    if at is None:
        return ""
    after = words[at + 1 :]
    if after[:1] in (["for"], ["of"]):
        return " ".join(itertools.takewhile(lambda w: w[0].isupper() or w == "the", after[1:]))
    return words[at - 1] if at and words[at - 1][0].isupper() else ""


def last_word(name: str) -> str:
    """The last word of a name, by which a text goes on to call its bearer."""
    words = re.findall(r"[^\W_]+", name)
    return words[-1] if words else ""


def _says(text: str, name: str) -> bool:
    named = re.search(rf"\b{re.escape(name)}\b", text)
    if named is None:
        return False
    rest, uttering = text[named.end() :], set(rows("origins")["uttering"]["words"])
    if _OWN.match(rest) and uttering & set(spaced(rest).split()[:UTTERING_REACH]):
        return True
    by = _BY.search(text[max(0, named.start() - BY_REACH) : named.start()])
    if by is not None and by.group(1).casefold() in uttering:
        return True
    after = [_padded_start(rest), _padded_start(_BESIDE.sub(" ", rest, count=1))]
    return any(f" {word} " in words for word in rows("origins")["speaking"]["words"] for words in after)


def _padded_start(text: str) -> str:
    return " " + " ".join(spaced(text).split()[:SPEECH_REACH]) + " "


@cache
def _spokespeople() -> tuple[str, ...]:
    return tuple(word for row in rows("origins")["spokespeople"] for word in row["words"])


def _speaks_for(link: Link) -> str | None:
    """The key of whom an unnamed spokesperson speaks for; None where the link is no such person."""
    return spoken_for(link.description or "") if link.kind in ("person", "unnamed") and not link.name else None


def spoken_for(description: str) -> str | None:
    """The key of the person or body that a described spokesperson speaks for."""
    words = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", fold(description)))
    at = next((i for i, w in enumerate(words) if w in _spokespeople()), None)
    if at is None:
        return None
    rest = [w for w in (*words[:at], *words[at + 1 :]) if w not in _fillers()]
    return " ".join(rest) or None


def _same_spokesperson(a: Link, b: Link, places: tuple[Place, ...]) -> Reason | None:
    first, second = _speaks_for(a), _speaks_for(b)
    if first is None or second is None or not (first == second or may_be_same(first, second)):
        return None
    return Reason("same-spokesperson", f"both have it from {a.description}", 1.0, places)


def beside_spokesperson(text: str, spokesperson: Link | None, person: Link | None) -> str:
    """A text without the words for the unnamed spokesperson of a named person, from whom it has what it says; empty
    where the first source is none of the second."""
    spoken = _speaks_for(spokesperson) if spokesperson is not None else None
    if spokesperson is None or not spoken or person is None or person.kind != "person" or not person.name:
        return ""
    words = re.escape(spokesperson.description or "")
    return re.sub(words, " ", text, flags=re.IGNORECASE) if may_be_same(spoken, fold(person.name)) else ""


def speaks_for_body(a: Link | None, b: Link | None) -> bool:
    """Whether one source is a body or person and the other speaks, or may speak, for it."""
    if a is None or b is None:
        return False
    return any(
        (x.kind == "body" and y.kind in ("person", "unnamed")) or (_speaks_for(y) is not None and x.name is not None)
        for x, y in ((a, b), (b, a))
    )


def quoted_words(statement: Statement) -> tuple[frozenset[str], ...]:
    """The content words of each quotation of a statement, of four words or more."""
    return _quotations(statement.text, statement.kind == "quote")


@lru_cache(maxsize=50_000)
def _quotations(text: str, whole: bool) -> tuple[frozenset[str], ...]:
    texts = _QUOTED.findall(text) or ([text] if whole else [])
    return tuple(bag for bag in map(content_words, texts) if len(bag) >= 4)


@lru_cache(maxsize=50_000)
def _short_quotations(text: str, whole: bool) -> tuple[str, ...]:
    """Quotations of four words or more with two that carry content, or of five with one, as words between spaces; the
    ``whole`` text where it is one sentence of a longer quotation."""
    texts = _QUOTED.findall(text) or ([text] if whole else [])
    long = ((q, len(q.split())) for q in texts)
    return tuple(spaced(q) for q, n in long if n >= 4 and len(content_words(q)) >= (1 if n >= 5 else 2))


@lru_cache(maxsize=50_000)
def content_words(text: str) -> frozenset[str]:
    """Stems of a text's words that carry content."""
    stop = stop_words()
    return frozenset(w for w, _ in words_of(text) if w not in stop)


@lru_cache(maxsize=50_000)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of four words of a text."""
    words = [w for w, _ in words_of(text)]
    return frozenset(tuple(words[i : i + 4]) for i in range(len(words) - 3))


def shared_wording(a: Statement, b: Statement) -> float:
    """The share of the shorter statement's runs of four words that the other holds, in [0, 1]; 0 below eight words."""
    first, second = _runs(a.text), _runs(b.text)
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter >= 5 else 0.0


def quote_one_person(a: Statement, b: Statement, person: Link | None) -> bool:
    """Whether both texts hold the same quoted words, be they few, and name the person who ends the chain of one."""
    if person is None or person.kind != "person" or not person.name:
        return False
    name, texts = last_word(person.name), (a.text, b.text)
    if not name or not all(re.search(rf"\b{re.escape(name)}\b", text) for text in texts):
        return False
    first, second = (_few_quoted(text) for text in texts)
    return bool(first & second)


@lru_cache(maxsize=50_000)
def _few_quoted(text: str) -> frozenset[str]:
    """The quotations of two words or more of a text, one of which carries content, as words between spaces."""
    found = (spaced(quoted) for quoted in _FEW.findall(text))
    return frozenset(words for words in found if len(words.split()) > 1 and content_words(words))


def same_quotation(
    a: Sequence[Statement], b: Sequence[Statement], least: float, places: tuple[Place, ...]
) -> Reason | None:
    """Why statements of two sides are one utterance: quotations that share at least ``least`` of the shorter one's
    content words."""
    best = 0.0
    for x, y in product(a, b):
        if x.page == y.page and x.span == y.span:
            continue
        for p, q in product(quoted_words(x), quoted_words(y)):
            best = max(best, len(p & q) / min(len(p), len(q)))
        for quoting, other in ((x, y), (y, x)):
            for bag in quoted_words(quoting):
                if len(bag) >= 6:
                    best = max(best, len(bag & content_words(other.text)) / len(bag))
            runs = _short_quotations(quoting.text, quoting.kind == "quote")
            best = max(best, float(any(run in spaced(other.text) for run in runs)))
    if best < least:
        return None
    return Reason("one-utterance", "both quote the same words", round(best, 3), places)
