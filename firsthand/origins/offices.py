"""What a page calls a named person: an officer of a body, with which they are one origin; a judge; "the president"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from ..language.names import fold
from ..language.rows import rows
from ..records import Link
from .public import document_kind
from .sources import last_word, source_words, spoken_for, whose_spokesperson

REACH = 45
"""Characters before and after a name in which a page says what office its bearer holds."""
JUDGE_REACH = 5
"""Words before a surname among which "Judge" stands ("the judge, Colonel Una M. Vall")."""
TITLE_REACH = 3
"""Words before a surname among which any other title stands."""
STATEMENT_REACH = 200
"""Characters before "the statement" in which the name of who made it stands."""
LOOKED_AT = 3
"""Places of a name that are looked at: an article says who somebody is where it names them first."""


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(rows("origins")[table]["words"])


def is_officer(person: Link | None, text: str, body: Link | None) -> bool:
    """Whether the page (``text``) on which a named person speaks calls them an officer of the body: a title such as
    "chief" close to the name, beside all the words that tell the body from another."""
    if person is None or body is None or person.kind != "person" or body.kind != "body":
        return False
    if not person.name or not (body.name or body.description):
        return False
    telling = _tokens(body.name or body.description or "") - _words("fillers")
    if not telling or telling <= _words("generic"):
        return False
    for around in (person.description or "", *_around(text, last_word(person.name))):
        near = _tokens(around)
        if telling <= near and near & _words("heads"):
            return True
    return False


def is_one_of(person: Link | None, text: str, group: Link | None) -> bool:
    """Whether the page (``text``) on which a named person speaks calls them one of people who speak as one and whom
    another page names only so: "prosecutor Ib Storr" of "prosecutors", "police chief Una Vall" of "police"."""
    if person is None or group is None or person.kind != "person" or not person.name or group.name:
        return False
    if group.kind not in ("body", "unnamed"):
        return False
    words = " ".join(re.findall(r"[^\W_]+", (group.description or "").casefold()))
    around = [person.description or "", *_around(text, last_word(person.name))]
    around += [" ".join(_words_before(text, last_word(person.name)))]
    for row in rows("origins")["speaking_as_one"]:
        if words in row["words"] and any(set(called) <= _tokens(near) for called in _called(row) for near in around):
            return True
    return False


def _called(row: Mapping[str, Any]) -> list[list[str]]:
    return [called.split() for called in row["called"]]


def speak_for(person: Link | None, text: str) -> frozenset[str]:
    """The last words of the names of those as whose spokesperson the page (``text``) names a person: "Norrland" for
    "Norrland spokeswoman Una Vall" and "Una Vall, a spokeswoman for Norrland"."""
    if person is None or person.kind != "person" or not person.name:
        return frozenset()
    first = re.escape(next(iter(person.name.split()), person.name))
    near = re.finditer(rf"\b{first}(?: [^\W\d][\w.'’-]{{0,20}}){{0,2}} {re.escape(last_word(person.name))}\b", text)
    found = []
    for place in list(near)[:LOOKED_AT]:
        before = re.split(r"[.;!?\n]\s|,", text[max(0, place.start() - REACH) : place.start()])[-1]
        rest = text[place.end() : place.end() + REACH]
        after = re.split(r"[;!?\n,]", rest[1:])[0] if rest.startswith(",") else ""
        if _is_spokesperson(before.split()[-1:]):
            found.append(last_word(whose_spokesperson(before)))
        if _is_spokesperson(after.split()[:3]):
            found.append(last_word(whose_spokesperson(after)))
    return frozenset(filter(None, found))


def _is_spokesperson(words: Sequence[str]) -> bool:
    return any(word.casefold() in row["words"] for word in words for row in rows("origins")["spokespeople"])


def described_in(described: Link | None, named: Link | None, text: str) -> bool:
    """Whether a source that is only described ("the president", "the bureau", "the statement") stands on a page
    (``text``) that names the other's source, and as what it describes where that is an office."""
    if described is None or named is None or not named.name:
        return False
    words = (source_words(described) or "").split()
    if described.kind == "document" and named.kind == "person":
        return _is_their_statement(described, words, named.name, text)
    if described.kind != named.kind:
        return False
    if len(words) == 1 and words[0].casefold() in rows("origins")["pronouns"]["words"]:
        return described.kind == "person" and _names(text, named.name)
    if len(words) < 2 or words[0].casefold() not in _words("definite") or spoken_for(" ".join(words)) is not None:
        return False
    if not _names(text, named.name):
        return False
    if described.kind == "person":
        return not words[-1][:1].isupper() and _may_hold(fold(words[-1]), named, text)
    return described.kind == "body" and words[-1].casefold() in _words("generic") and len(words) == 2


def _may_hold(office: str, named: Link, text: str) -> bool:
    """Whether a page calls a person by their office ("President Vall", "Sen. Vall"); what is none of the offices that
    stand before names as titles ("the pilot") may be anybody's."""
    short = {row["office"]: row["words"] for row in rows("origins")["titles"]}
    if office not in short:
        return True
    called = {office, *short[office]}
    name = last_word(named.name or "")
    near = [named.description or "", *_around(text, name)]
    return any(called & _tokens(around) for around in near) or bool(called & _words_before(text, name))


def _is_their_statement(described: Link, words: Sequence[str], name: str, text: str) -> bool:
    """Whether a statement that is nobody's by its name ("the statement") comes right after a person's name."""
    if described.span is None or len(words) != 2 or document_kind(" ".join(words)) not in ("statement", "post"):
        return False
    return _names(text[max(0, described.span.start - STATEMENT_REACH) : described.span.start], name)


def _names(text: str, name: str) -> bool:
    word = last_word(name)
    return bool(word) and re.search(rf"\b{re.escape(word)}\b", text) is not None


def is_judge(person: Link | None, text: str) -> bool:
    """Whether a person is only called a judge ("a military judge"), or the page (``text``) on which a named person
    speaks calls them one: the title, then the name."""
    if person is None or person.kind not in ("person", "unnamed"):
        return False
    if not person.name:
        words = (person.description or "").split()
        return 1 < len(words) < 5 and words[0].casefold() in ("a", "the") and words[-1] in _words("judges")
    if person.kind == "unnamed":
        return False
    return _is_called_judge(f"{person.description or ''}\n{text}", last_word(person.name))


@lru_cache(maxsize=20_000)
def _is_called_judge(text: str, name: str) -> bool:
    row = rows("origins")["judges"]
    for place in re.finditer(rf"\b{re.escape(name)}\b", text) if name else ():
        before = re.findall(r"[^\W_]+", text[max(0, place.start() - REACH) : place.start()])[-JUDGE_REACH:]
        lower = [word.casefold() for word in before]
        at = max((i for i, word in enumerate(lower) if word in row["words"]), default=None)
        if at is not None and all(word[0].isupper() for word in before[at + 1 :]):
            return not set(lower[at + 1 :]) & set(row["not_of"])
    return False


@lru_cache(maxsize=20_000)
def _words_before(text: str, name: str) -> frozenset[str]:
    """The words right before the first places of a name, which a title with a full stop ("Sen.") is one of."""
    places = list(re.finditer(rf"\b{re.escape(name)}\b", text))[:LOOKED_AT] if name else []
    before = (re.findall(r"[^\W_]+", text[max(0, p.start() - REACH) : p.start()])[-TITLE_REACH:] for p in places)
    return frozenset(word.casefold() for words in before for word in words)


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", text.casefold())))


@lru_cache(maxsize=20_000)
def _around(text: str, name: str) -> tuple[str, ...]:
    """The words before and after each of the first places of a name, up to the ends of their sentences."""
    found: list[str] = []
    for place in re.finditer(rf"\b{re.escape(name)}\b", text) if name else ():
        before = re.split(r"[.;!?\n]\s", text[max(0, place.start() - REACH) : place.start()])[-1]
        after = re.split(r"[.;!?\n]", text[place.end() : place.end() + REACH])[0]
        found += [before, after]
        if len(found) >= 2 * LOOKED_AT:
            break
    return tuple(found)
