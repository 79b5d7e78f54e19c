"""A made-up language for generated news: words, names, numbers, stock phrases, sentences, paragraphs, by the thousand.

A word is a number; how it stands in the text (capitalised, before a comma, at the end of a paragraph, after an opening
quotation mark) is its *form*. Text is an array of ``word * FORMS + form``, and becomes bytes by one ``take`` from an
Arrow table of all words in all forms, so that a million pages take minutes. Frequencies follow Zipf's law with some
fifty English function words on top; stock phrases of 3 to 14 words recur within
sentences by the same law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from random import Random

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Tokens = NDArray[np.int32]
"""Words in their forms, one after another."""

SHAPES = (
    ("", " ", False),
    ("", " ", True),
    ("", ", ", False),
    ("", ". ", False),
    ("", ".\n\n", False),
    ("“", " ", True),
    ("", ",” ", False),
    ("", ".” ", False),
    ("", ".”\n\n", False),
    ("", ":\n\n", False),
    ("", ": ", False),
    ("", "\n\n", False),
    ("“", " ", False),
)
"""What stands before a word, what after it, whether it is capitalised."""
PLAIN, CAPITAL, COMMA, STOP, END, OPEN, CLOSE, CLOSE_STOP, CLOSE_END, COLON_END, COLON, LINE, OPEN_AGAIN = range(13)
FORMS = len(SHAPES)

ENGLISH = re.findall(
    r"\w+",
    "the of to a in and that for on is was it with as he said at by his from be has have not are an will who they had "
    "but its she this were their been or which would after about also more one than when her over up new first two "
    "last year people could some out other into statement read reads full monday tuesday wednesday thursday friday "
    "saturday sunday january march april june july august october december newsletter sign copyright reserved",
)
DAYS = tuple(range(ENGLISH.index("monday"), ENGLISH.index("sunday") + 1))
MONTHS = tuple(range(ENGLISH.index("january"), ENGLISH.index("december") + 1))
SAID = ENGLISH.index("said")
MEANT = ENGLISH.index("that")
COMMON, NAMES, NUMBERS, PHRASES = 40_000, 8_000, 4_000, 60_000
"""How many words, names, numbers and stock phrases there are."""
VOICES = ("we", "our", "we", "ourselves", "our")
"""Words of the first person: statements have them, a newsroom's prose outside quotations has none."""
VOICE_SHARE = 0.6
"""Share of a statement's sentences that have one."""
NAME_SHARE, NUMBER_SHARE, COMMA_SHARE, QUOTE_SHARE = 0.06, 0.025, 0.06, 0.25
"""Shares of the words that are names, numbers or followed by a comma, and of the paragraphs that open with a quote."""
DRAWS = 1 << 20


def words(text: str) -> list[int]:
    """The numbers of some English words."""
    return [ENGLISH.index(word) for word in text.split()]


def form(numbers: Iterable[int] | Tokens, last: int = PLAIN, first: int | None = None) -> Tokens:
    """The words as tokens: plain, but for the first and the last."""
    out = np.array(numbers, dtype=np.int32) * FORMS
    if first is not None:
        out[0] += first
    out[-1] = out[-1] // FORMS * FORMS + last
    return out


def reform(token: int, shape: int) -> int:
    """The same word in another form."""
    return token // FORMS * FORMS + shape


class Language:
    """The vocabulary of a seed, and text made of it."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng([seed, 0])
        spelled = [*ENGLISH, *self._made(COMMON - len(ENGLISH), (2, 3, 3, 4), "aeiou" * 20 + "é")]
        spelled += [word.capitalize() for word in self._made(NAMES, (2, 2, 3), "aeiou")]
        spelled += self._numbers()
        spelled += VOICES
        self.size = len(spelled)
        self.table = pa.array([*_shaped(spelled, False), *_shaped(spelled, True)], type=pa.large_binary())
        """All words in all forms, once with typographic marks and once with straight ones."""
        chances = 1 / (np.arange(COMMON) + 2.7) ** 1.05
        bounds = np.cumsum(chances) / chances.sum()
        self._drawn = np.searchsorted(bounds, (np.arange(DRAWS) + 0.5) / DRAWS).astype(np.int32)
        self._phrases, self._phrase_bounds = self._stock_phrases()

    def _made(self, count: int, syllables: tuple[int, ...], vowels: str) -> list[str]:
        """That many distinct words."""
        draw = Random(int(self.random.integers(1 << 32)))
        heads, tails = [*"bcdfghklmnprstvwz", "st", "br", "tr", "sh"], ["", "", "", *"nrslt"]
        found: dict[str, None] = {}
        while len(found) < count:
            parts = (draw.choice(heads) + draw.choice(vowels) for _ in range(draw.choice(syllables)))
            found["".join(parts) + draw.choice(tails)] = None
        return list(found)

    def _numbers(self) -> list[str]:
        drawn = self.random.integers(2, 10_000, NUMBERS).tolist()
        ways = (str, lambda n: f"{n / 10:.1f}", lambda n: f"{n * 100:,}", lambda n: str(n % 100 + 1))
        return [ways[i % 4](number) for i, number in enumerate(drawn)]

    def _stock_phrases(self) -> tuple[Tokens, NDArray[np.int64]]:
        lengths = np.minimum(2 + self.random.geometric(0.35, PHRASES), 14)
        bounds = np.concatenate(([0], np.cumsum(lengths)))
        return self.draw(int(bounds[-1]), self.random), bounds

    def draw(self, count: int, random: np.random.Generator) -> Tokens:
        """Words by their frequency, a few of them names and numbers (no forms yet)."""
        drawn: Tokens = self._drawn[random.integers(0, DRAWS, count, dtype=np.int32)]
        kind = random.random(count, dtype=np.float32)
        numbers = COMMON + NAMES
        for low, high, share in ((COMMON, numbers, NAME_SHARE), (numbers, numbers + NUMBERS, NUMBER_SHARE)):
            at = np.flatnonzero(kind < share)
            drawn[at] = random.integers(low, high, len(at), dtype=np.int32)
            kind[at] = 1.0
            kind -= share
        return drawn

    def name(self, random: np.random.Generator) -> int:
        """One name."""
        return int(random.integers(COMMON, COMMON + NAMES))

    def number(self, random: np.random.Generator) -> int:
        """One number."""
        return int(random.integers(COMMON + NAMES, COMMON + NAMES + NUMBERS))

    def phrased(self, drawn: Tokens, random: np.random.Generator) -> None:
        """Sets stock phrases into running words, one for some 80 words, as often as their rank says (Zipf's law)."""
        count = len(drawn) // 80
        chosen = (PHRASES ** random.random(count)).astype(np.int64) - 1
        starts = np.sort(random.integers(0, max(1, len(drawn) - 15), count))
        lengths = np.diff(self._phrase_bounds)[chosen]
        inner = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        drawn[np.repeat(starts, lengths) + inner] = self._phrases[
            np.repeat(self._phrase_bounds[:-1][chosen], lengths) + inner
        ]

    def bytes_of(self, tokens: Tokens, straight: NDArray[np.bool_] | bool) -> tuple[pa.Buffer, NDArray[np.int64]]:
        """The text of tokens, and where in it each token begins (and the last ends)."""
        rows = tokens + np.asarray(straight) * np.int32(self.size * FORMS)
        taken = self.table.take(pa.array(rows))
        offsets = np.frombuffer(taken.buffers()[1], dtype=np.int64)[taken.offset : taken.offset + len(taken) + 1]
        return taken.buffers()[2], offsets


def _shaped(spelled: list[str], straight: bool) -> list[bytes]:
    """The words in all forms, one word after another."""
    marks = str.maketrans("“”", '""') if straight else {}
    shapes = [(before.translate(marks), after.translate(marks), capital) for before, after, capital in SHAPES]
    return [
        (before + (word[:1].upper() + word[1:] if capital else word) + after).encode()
        for word in spelled
        for before, after, capital in shapes
    ]


class Prose:
    """Paragraphs that nobody else has, drawn in large blocks and handed out one after another."""

    BLOCK = 20_000

    def __init__(self, language: Language, seed: int, part: int) -> None:
        self.language = language
        self.random = np.random.default_rng([seed, 1, part])
        self._loose: Tokens = np.zeros(0, dtype=np.int32)
        self._at = 0
        self._refill()

    def _refill(self) -> None:
        draw = self.random
        counts = draw.choice((1, 2, 3, 4), self.BLOCK, p=(0.3, 0.4, 0.2, 0.1))
        lengths = np.clip(draw.gamma(5.0, 4.3, int(counts.sum())), 5, 48).astype(np.int64)
        ends = np.cumsum(lengths)
        drawn = self.language.draw(int(ends[-1]), draw)
        self.language.phrased(drawn, draw)
        shapes = np.where(draw.random(len(drawn), dtype=np.float32) < COMMA_SHARE, COMMA, PLAIN).astype(np.int32)
        starts = ends - lengths
        shapes[starts], shapes[ends - 1] = CAPITAL, STOP
        last = np.cumsum(counts)
        quoted = np.flatnonzero((counts > 1) & (draw.random(self.BLOCK) < QUOTE_SHARE))
        sentence = (last - counts)[quoted]
        shapes[starts[sentence]], shapes[ends[sentence] - 1] = OPEN, CLOSE
        drawn[starts[sentence + 1]] = SAID
        drawn[starts[sentence + 1] + 1] = draw.integers(COMMON, COMMON + NAMES, len(sentence))
        shapes[starts[sentence + 1]] = PLAIN
        shapes[ends[last - 1] - 1] = END
        self._tokens: Tokens = drawn * FORMS + shapes
        self._bounds = np.concatenate(([0], ends[last - 1]))
        self._next = 0

    def paragraph(self) -> Tokens:
        """One paragraph."""
        return self.paragraphs(1)[0]

    def paragraphs(self, count: int) -> list[Tokens]:
        """That many paragraphs."""
        if self._next + count >= len(self._bounds):
            self._refill()
        first = self._next
        self._next += count
        bounds = self._bounds[first : first + count + 1].tolist()
        return [self._tokens[a:b] for a, b in pairwise(bounds)]

    def article(self, least: int = 3) -> list[Tokens]:
        """An article's paragraphs: 110 to 1,400 words, some 320 on average, ``least`` paragraphs or more."""
        size = min(1400, max(110, int(self.random.lognormal(5.62, 0.5))))
        place = int(self._bounds[self._next]) + size
        count = max(least, int(np.searchsorted(self._bounds, place)) - self._next)
        return self.paragraphs(count)

    def sentence(self, least: int = 8, most: int = 30) -> Tokens:
        """One sentence."""
        return form(self.loose(int(self.random.integers(least, most))), STOP, CAPITAL)

    def stated(self, least: int = 12, most: int = 34) -> Tokens:
        """One sentence of a statement: it often says "we", and nobody else is said to have said anything."""
        drawn = self.loose(int(self.random.integers(least, most))).copy()
        drawn[drawn == SAID] = MEANT
        if self.random.random() < VOICE_SHARE:
            at = int(self.random.integers(1, len(drawn) - 1))
            drawn[at] = COMMON + NAMES + NUMBERS + int(self.random.integers(len(VOICES)))
        return form(drawn, STOP, CAPITAL)

    def headline(self) -> Tokens:
        """A line of 6 to 13 words without a full stop."""
        return form(self.loose(int(self.random.integers(6, 14))), LINE, CAPITAL)

    def loose(self, count: int) -> Tokens:
        """That many running words, without forms."""
        if self._at + count > len(self._loose):
            self._loose = self.language.draw(25 * self.BLOCK, self.random)
            self.language.phrased(self._loose, self.random)
            self._at = 0
        self._at += count
        return self._loose[self._at - count : self._at]
