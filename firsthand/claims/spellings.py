"""One name in two spellings.

In: two contents, and the name words of their pages. Out: :class:`.scopes.Conflict` values. A name written from another
alphabet in two usual ways ("Sergei", "Sergey": ``spellings.toml``) is one spelling.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from ..language.names import name_words
from ..language.rows import rows
from ..records import Reason, Term
from .content import Content, noted, words_of
from .scopes import Conflict, places_of


@cache
def _variants() -> dict[str, str]:
    """The first of its row for each name that English writes in several ways."""
    return {word: row[0] for row in rows("spellings")["given"] for word in row}


def _one_letter(a: str, b: str) -> bool:
    """Whether two words differ by one letter put in, left out or changed."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    short, long = sorted((a, b), key=len)
    i = 0
    while i < len(short) and short[i] == long[i]:
        i += 1
    return short[i:] == long[i + 1 :] or (len(short) == len(long) and short[i + 1 :] == long[i + 1 :])


def _spelled_apart(
    first: Sequence[str], second: Sequence[str], others: tuple[frozenset[str], frozenset[str]]
) -> tuple[str, str] | None:
    """The two spellings, where one word of two names differs by a letter and the others are the same. A given name
    alone ("Hanna") is set against a full one ("Hannah Idris") where its page has the other word too."""
    if len(first) == 2 and len(second) == 1 and first[1] in others[1]:
        second = [*second, first[1]]
    elif len(second) == 2 and len(first) == 1 and second[1] in others[0]:
        first = [*first, second[1]]
    if not 2 <= len(first) == len(second) <= 3:
        return None
    apart = [(u, v) for u, v in zip(first, second, strict=True) if u != v]
    if len(apart) != 1:
        return None
    u, v = apart[0]
    if _variants().get(u, u) == _variants().get(v, v):
        return None
    if min(len(u), len(v)) < 4 or u[0] != v[0] or u.rstrip("s") == v.rstrip("s") or not _one_letter(u, v):
        return None
    return None if v in others[0] or u in others[1] else (u, v)


@lru_cache(maxsize=50_000)
def _letters(name: str) -> list[str]:
    """The words of a name without apostrophes."""
    return [w.replace("'", "").replace("’", "") for w in name_words(name)]


@noted
def _names(content: Content) -> list[Term]:
    return [t for t in content.statement.terms if t.kind == "name"]


def _spelled(printed: str) -> frozenset[str]:
    return frozenset(w.replace("'", "").replace("’", "") for w in name_words(printed))


def _damaged(one: str, other: str) -> bool:
    """Whether one form is the other with its letters beyond ASCII lost ("Rosselló", "Rossell"): a fault of the page."""
    plain = {"".join(c for c in form if c.isascii()) for form in (one, other)}
    return len(plain) < 2 or (not one.isascii() and other in one.encode("ascii", "ignore").decode())


def spellings(a: Content, b: Content, others: tuple[frozenset[str], frozenset[str]]) -> list[Conflict]:
    """One bearer's name in two spellings: one word is the same, the other differs by a letter. A page that has both
    forms (``others``: the name words of each page) does not disagree."""
    found: list[Conflict] = []
    for x in _names(a):
        for y in _names(b):
            apart = _spelled_apart(_letters(x.value), _letters(y.value), others) if x.value != y.value else None
            if apart is None:
                continue
            u, v = apart
            printed = words_of(a, x.span), words_of(b, y.span)
            if u not in _spelled(printed[0]) or v not in _spelled(printed[1]) or _damaged(*printed):
                continue
            because = f"“{words_of(a, x.span)}” and “{words_of(b, y.span)}” are two spellings of one name"
            reason = Reason("spellings-apart", because, 1.0, places_of(a, x.span, b, y.span))
            found.append(Conflict("name", x.span, y.span, " ".join(sorted((u, v))), reason))
    return found[:1]
