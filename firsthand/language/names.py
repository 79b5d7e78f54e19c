"""Names: a key under which two ways of writing one name meet, and whether two names can be one bearer's.

In: a name as printed. Out: a key (folded, without titles) or a verdict on two names. It decides by words alone and
knows nobody. Known to fail: two people with one surname in one article; nicknames ("Bill" for "William").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .rows import rows

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case without accents, for comparing; the length may change, so never use it for offsets."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell its bearer, folded: without titles, initials' dots and possessives."""
    folded = re.sub(r"['’]s?\b(?=\W|$)", "", fold(name))
    titles = rows("names")["titles"]
    words = _WORD.findall(folded.replace(".", " "))
    kept = [w for w in words if w not in titles]
    return tuple(kept or words)


def name_key(name: str) -> str:
    """A key for one name: its telling words joined by spaces."""
    return " ".join(name_words(name))


def may_be_same(a: str, b: str) -> bool:
    """Whether two printed names can name one bearer: the same words, or one is the other's last word or words
    ("Maduro", "Nicolás Maduro"), or initials that fit ("J. Doe", "Jane Doe"). "Doe Jr." is not "Jane Doe"; "Doe" can
    be "John Doe Jr."."""
    first, second = name_words(a), name_words(b)
    if not first or not second:
        return False
    if not _suffixes_fit(a, b):
        return False
    short, long = sorted((first, second), key=len)
    if short == long or long[-len(short) :] == short:
        return True
    if short[-1] != long[-1]:
        return False
    given = short[:-1]
    return all(any(w == g or (len(g) == 1 and w.startswith(g)) for w in long[:-1]) for g in given)


def _suffixes_fit(a: str, b: str) -> bool:
    """Whether no suffix tells a son from his father; a surname alone can leave it out."""
    mine, other = name_suffix(a), name_suffix(b)
    if mine == other or (mine and other):
        return mine == other
    return len(name_words(b if mine else a)) == 1


@lru_cache(maxsize=50_000)
def name_suffix(name: str) -> str:
    """ "jr" or "sr" where a name ends with it, else nothing."""
    words = _WORD.findall(fold(name))
    return words[-1] if words and words[-1] in ("jr", "sr") else ""
