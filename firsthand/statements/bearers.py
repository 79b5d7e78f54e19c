"""Whose a printed name is: all forms of one article's names brought to the fullest one of their bearer.

In: the names of people as printed, in text order. Out: for every printed form its person's full name.
Known to fail: two people of one surname of whom one is named in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from ..language.names import name_suffix, name_words


def full_names(words: list[str], told: Sequence[int] | None = None, titled: Sequence[bool] = ()) -> dict[str, str]:
    """For every printed form its person's full name. A lone surname (or given name) goes to the one full name that
    holds it; where several do, to none of them: it stands for itself. ``told`` are the places in ``words`` that name
    somebody and not only describe something, ``titled`` says which stand after a title."""
    counts = Counter(words)
    keys = {w: name_words(w) for w in counts}
    found: dict[str, str] = {}
    by_last, by_first = _by_word(keys, -1), _by_word(keys, 0)
    places: dict[str, list[int]] = {}
    for i, word in enumerate(words):
        places.setdefault(word, []).append(i)
    aside = set() if told is None else set(range(len(words))).difference(told)
    for word in counts:
        if not keys[word]:
            continue
        lasts = by_last.get(keys[word][-1], [])
        if len(keys[word]) > 1:
            same = [w for w in lasts if _one_bearer(keys[w], keys[word]) and name_suffix(w) == name_suffix(word)]
        else:
            lasts = [w for w in lasts if name_suffix(w) == name_suffix(word)] or ([] if name_suffix(word) else lasts)
            same = lasts or ([] if name_suffix(word) else by_first.get(keys[word][0], []))
            if len({_last_and_first(keys[w]) for w in same}) > 1:
                same = _taken_up(word, same, places, titled)
            if not same and name_suffix(word):  # "Don Jr.": the only one so called
                same = [w for w in counts if len(keys[w]) > 1 and name_suffix(w) == name_suffix(word)]
                same = same if len({_last_and_first(keys[w]) for w in same}) == 1 else []
            if same and not _introduced(word, same, places, aside, titled):
                same = []
        found[word] = min(same, key=lambda w: (-len(keys[w]), -counts[w], w)) if same else word
    return found


_MOST = 200
"""Names in full that are held against another one, of those that end (or begin) alike: a hostile page has thousands,
and the later ones stand for themselves."""


def _by_word(keys: Mapping[str, tuple[str, ...]], at: int) -> dict[str, list[str]]:
    """The names of several words by their first or last one."""
    found: dict[str, list[str]] = {}
    for name, key in keys.items():
        if len(key) > 1:
            alike = found.setdefault(key[at], [])
            if len(alike) < _MOST:
                alike.append(name)
    return found


_BEFORE = 2
"""Lone surnames (of a headline, of a summary) that may stand before the full name."""


def _introduced(
    word: str, same: list[str], places: Mapping[str, Sequence[int]], aside: Collection[int], titled: Sequence[bool]
) -> bool:
    """Whether a lone surname can be the one full name's: that stands first, as newsrooms write, or soon after, or is
    not rare. (An article about "Mr. Reed" can mention his son in full once.)"""
    first = min(places[w][0] for w in same)
    if first < places[word][0] or sum(len(places[w]) for w in same) * 4 >= len(places[word]):
        return True
    ahead = [i for i in places[word] if i < first and i not in aside]
    full_titled = bool(titled) and titled[first]
    return len(ahead) <= _BEFORE and (full_titled or not any(titled[i] for i in ahead if i < len(titled)))


def _taken_up(word: str, same: list[str], places: Mapping[str, Sequence[int]], titled: Sequence[bool]) -> list[str]:
    """Of several bearers of a surname the one named in full before it first stands alone, where the others come only
    after that: they are then told from him or her by their full names. Nobody where titles tell them apart."""
    alone = places[word]
    if any(titled[i] for i in alone if i < len(titled)):
        return []
    before = [w for w in same if places[w][0] < alone[0]]
    if not before or len({_last_and_first(name_words(w)) for w in before}) > 1:
        return []
    first = {_last_and_first(name_words(w)) for w in before}
    return [w for w in same if _last_and_first(name_words(w)) in first]


def _last_and_first(key: tuple[str, ...]) -> tuple[str, str]:
    return key[-1], key[0][:1]


def _one_bearer(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    short, long = sorted((a, b), key=len)
    return short[-1] == long[-1] and all(w in long or (len(w) == 1 and any(x[0] == w for x in long)) for w in short)
