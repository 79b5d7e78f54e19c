"""The words of a text for comparing texts: folded, lightly stemmed, with where they stand.

In: any text. Out: ``(word, offset)`` pairs in order. No grammar: inflections meet by a light suffix rule (Harman's
S-stemmer, 1991, with -ed and -ing), so "officials" and "official" are one word. Known to fail: irregular forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from .names import fold
from .rows import rows

_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word's folded, lightly stemmed form."""
    word = fold(word).replace("’", "'")
    word = word[:-2] if word.endswith("'s") else word
    word = word.replace(".", "").replace("'", "")
    if len(word) < 5 or not word.isalpha():
        return word[:-1] if len(word) == 4 and word.endswith("s") and word[-2] not in "su" else word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("ing") and len(word) > 6:
        return _undouble(word[:-3])
    if word.endswith("ed") and len(word) > 5:
        return _undouble(word[:-2])
    if word.endswith("es") and word[-3] in "sxzh":
        return word[:-2]
    if word.endswith("s") and word[-2] not in "su":
        return _final_e(word[:-1])
    return _final_e(word)


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls" else _final_e(word)


def _final_e(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@cache
def stop_words(language: str = "en") -> frozenset[str]:
    """Stems of words that say nothing about what a text is about."""
    return frozenset(stem(word) for word in rows("stopwords", language)["words"])


def stems_of(text: str) -> set[str]:
    """The stems of the text's words, each once."""
    return {stem(word) for word in set(_WORD.findall(text))}


def words_of(text: str) -> Iterator[tuple[str, int]]:
    """Stems of the text's words with their offsets."""
    for match in _WORD.finditer(text):
        yield stem(match.group()), match.start()
