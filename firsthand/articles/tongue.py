"""The language of a text, by its script and its function words (``tongues.toml``).

In: a text. Out: a two-letter code, ``und`` where nothing decides. Only its first 1,000 characters are read. Known to
fail: a text of a dozen words in a language whose sister shares them (Danish and Norwegian, Czech and Slovak).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from importlib import resources

from .blocks import words_of

CLEAR = 400
"""Characters of a text that are read first; where its words leave no doubt, no more are."""
READ = 1000
"""Characters of a text that are read."""

_BEYOND_LATIN = re.compile("[\u0370-\u1cff\u2d80-\ud7af\ufb1d-\ufeff]")


@cache
def _table() -> tuple[dict[str, dict[str, float]], tuple[tuple[int, int, str], ...], dict[str, dict[str, str]]]:
    """``(word -> {language: weight}, ranges of code points, letters -> language by script)``. A word that several
    languages share weighs less for each."""
    path = resources.files("firsthand.articles") / "tongues.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    words: dict[str, dict[str, float]] = {}
    for code, text in table["words"].items():
        for word in text.split():
            words.setdefault(word, {})[code] = 1.0
    for codes in words.values():
        for code in codes:
            codes[code] = 1.0 / len(codes) ** 0.5
    ranges = tuple(sorted((int(a, 16), int(b, 16), code) for code, spans in table["scripts"].items() for a, b in spans))
    return words, ranges, table["letters"]


@cache
def function_words() -> frozenset[str]:
    """The small words of all languages that end no sentence: articles, prepositions, conjunctions."""
    path = resources.files("firsthand.articles") / "tongues.toml"
    return frozenset(tomllib.loads(path.read_text(encoding="utf-8"))["unending"]["words"].split())


def language_of(text: str, declared: str = "") -> str:
    """The text's language as a two-letter code: by script, else by its function words; ``declared`` breaks ties and
    decides where the words do not; ``und`` where nothing does."""
    hint = re.split(r"[-_]", declared.strip().lower())[0][:3]
    hint = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(hint, hint)
    return _told(text[:CLEAR], hint, clear=True) or _told(text[:READ], hint)


def _told(sample: str, hint: str, clear: bool = False) -> str:
    """The language of a sample; ``clear``: empty unless one language's words are far ahead of all others'."""
    present = "" if sample.isascii() else "".join(frozenset(sample))
    if present and _BEYOND_LATIN.search(present):
        wide = _BEYOND_LATIN.findall(sample)
        letters = sum(map(str.isalpha, sample))
        if len(wide) > 0.3 * letters:
            return "" if clear else _by_script(wide, sample, hint)
    return _by_words(sample.lower(), hint, clear)


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str:
    """The script (or the language that alone has it) of a character."""
    code = ord(char)
    return next((script for first, last, script in _table()[1] if first <= code <= last), "und")


def _by_script(wide: list[str], sample: str, hint: str) -> str:
    letters = _table()[2]
    counts: Counter[str] = Counter()
    for char, n in Counter(wide).items():
        counts[_script_of(char)] += n
    if counts["ja"] > 0.05 * len(wide):
        return "ja"
    script = min(counts, key=lambda c: (-counts[c], c))
    family = letters.get(script)
    if not family:
        return script
    own = Counter({code: sum(map(sample.count, marks)) for code, marks in family.items()})
    if hint in family and own[hint] > 0:
        return hint
    found = min(family, key=lambda c: (-own[c], c))
    spoken = _scores(sample.lower().split())  # marks within Indic words part what a pattern of letters takes
    worded = max(sorted(spoken), key=lambda c: spoken[c], default="")
    if own[found] >= max(3, 0.004 * len(wide)):
        return found
    return worded if worded in family and spoken[worded] >= 2 else hint if hint in family else script


def _scores(tokens: list[str]) -> dict[str, float]:
    words = _table()[0]
    scores: dict[str, float] = {}
    for token, n in Counter([token for token in tokens if token in words]).items():
        for code, weight in words[token].items():
            scores[code] = scores.get(code, 0.0) + n * weight
    return scores


@cache
def _marks() -> tuple[tuple[tuple[str, tuple[str, ...]], ...], frozenset[str]]:
    """``((letter, languages), ...)`` and the languages that need a clear lead."""
    path = resources.files("firsthand.articles") / "tongues.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    letters: dict[str, list[str]] = {}
    for code, marks in table["marks"].items():
        for letter in marks:
            letters.setdefault(letter, []).append(code)
    return tuple((c, tuple(codes)) for c, codes in letters.items()), frozenset(table["rare"]["codes"].split())


def _by_words(sample: str, hint: str, clear: bool = False) -> str:
    scores = _scores(words_of(sample))
    tokens = sample.count(" ") + 1
    letters, rare = _marks()
    if not sample.isascii():
        present = frozenset(sample)
        for letter, codes in letters:
            if letter in present:
                weight = min(0.25 * sample.count(letter), 0.03 * tokens + 0.5) / len(codes) ** 0.5
                for code in codes:
                    scores[code] = scores.get(code, 0.0) + weight
    for code in rare & scores.keys():
        scores[code] *= 0.85
    if hint in scores:
        scores[hint] *= 1.15
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    top = ranked[0] if ranked else ""
    if clear:
        ahead = len(ranked) == 1 or (len(ranked) > 1 and scores[top] >= 2 * scores[ranked[1]])
        return top if ahead and scores[top] >= max(4.0, 0.1 * tokens) else ""
    if top and scores[top] >= max(1.2, 0.05 * tokens):
        return top
    if 2 <= len(hint) <= 3 and hint.isalpha():
        return hint
    return "en" if top == "en" and tokens < 25 and scores["en"] >= 0.7 else "und"
