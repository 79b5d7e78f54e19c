"""The tellings of a large collection: sketches of all articles, and how far pairs of them tell the same.

Texts are read in batches by compiled functions: split into sentences, and each word looked up by its hash among those
met before. What is kept of an article is its sketch and where its sentences stand (13 bytes each); the vectors of a
pair's sentences are made again when the pair is weighed, which is cheaper than keeping them (10 KB an article).

The numbers are those of ``tellings``, bit for bit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..language.sentences import split_sentences
from ..language.vectors import LONGEST_SENTENCE, words_of
from ..records import Article, Span
from . import compiled_sentences as splitting
from . import compiled_tellings as machine
from .candidates import TERMS, Sketches
from .fingerprints import Pairs
from .tellings import (
    FEWEST_WORDS,
    MOST_SENTENCES,
    UNIT,
    WEIGHT_UNIT,
    Floats,
    Telling,
    known_word,
    piece_vectors,
    place_weights,
)
from .wording import Flags, Places, Wording

BATCH = 500_000
"""Characters that are read at a time."""
SENTENCES = 80_000
"""Sentences whose vectors are held at a time, or those of one pair."""
FRESH = 1 << 15
"""Words that may be met for the first time before what is known of them is asked (more than a region has bytes)."""
MOST_WORDS = 4_000_000
"""Distinct words that are remembered; then they are forgotten."""

WEIGHTLESS = np.uint64(0xFFFF)
"""What a term's last bits say of a weight of nothing."""

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int32]


@cache
def _plain_characters() -> tuple[Numbers, NDArray[np.uint32], Bytes]:
    """What each character of the basic plane stands for in ``vectors.words_of``: where its characters begin [65537],
    these, and their kinds."""
    places, plain, kinds = [0], [], []
    for point in range(0x10000):
        for char in unicodedata.normalize("NFD", chr(point).lower()):
            if unicodedata.category(char) != "Mn":
                plain.append(ord("σ" if char == "ς" else char))
                kinds.append(machine.LETTER if char.isalnum() else 0 if char.isspace() else machine.SIGN)
        places.append(len(plain))
    return np.array(places, dtype=np.int32), np.array(plain, dtype=np.uint32), np.array(kinds, dtype=np.uint8)


class _Words:
    """The words that were met: their numbers by hash, and what is known of each."""

    def __init__(self) -> None:
        self.size = MOST_WORDS + 1
        self.forget()

    def forget(self) -> None:
        """Forgets all words, if they are too many."""
        if self.size <= MOST_WORDS:
            return
        self.keys, self.numbers = np.zeros(1 << 12, np.uint64), np.full(1 << 12, -1, np.int32)
        self.size = 0
        self._pieces: list[Numbers] = []
        self._codes: list[NDArray[np.uint32]] = []
        self._weights: list[NDArray[np.uint16]] = []
        self._bounds: list[Places] = [np.zeros(1, dtype=np.int64)]

    def make_room(self, tokens: int) -> None:
        """Makes room for so many more words."""
        slots = len(self.numbers)
        while slots < 2 * (self.size + tokens):
            slots *= 2
        if slots > len(self.numbers):
            keys, numbers = np.zeros(slots, np.uint64), np.full(slots, -1, np.int32)
            machine.move_numbers(self.keys, self.numbers, keys, numbers)
            self.keys, self.numbers = keys, numbers

    def learn(self, words: Sequence[str]) -> None:
        """Asks what is known of the words that were met for the first time, and keeps it."""
        known = [known_word(word) for word in words]
        self.size += len(words)
        if not known:
            return
        sizes = np.array([len(rows) for rows, _, _ in known], dtype=np.int64)
        self._bounds.append(self._bounds[-1][-1] + np.cumsum(sizes))
        self._pieces.append(np.array([row for rows, _, _ in known for row in rows], dtype=np.int32))
        self._codes.append(np.array([code for _, code, _ in known], dtype=np.uint32))
        self._weights.append(np.array([weight for _, _, weight in known], dtype=np.uint16))

    def tables(self) -> tuple[Places, Numbers, NDArray[np.uint32], NDArray[np.uint16]]:
        """By number of a word: where its pieces begin, the pieces, its code and its weight."""
        for parts in (self._bounds, self._pieces, self._codes, self._weights):
            if len(parts) > 1:
                parts[:] = [np.concatenate(parts)]
        none = np.zeros(0, np.int32), np.zeros(0, np.uint32), np.zeros(0, np.uint16)
        if not self._codes:
            return self._bounds[0], *none
        return self._bounds[0], self._pieces[0], self._codes[0], self._weights[0]


@dataclass(frozen=True, slots=True, eq=False)
class _Buffer:
    """Texts and, behind them, their headlines in one buffer of UTF-8."""

    data: Bytes
    bounds: Places
    """Where texts begin and the last one ends [n + 1]."""
    headlines: Places
    """Where headlines begin and the last one ends [n + 1]."""

    @classmethod
    def read(cls, articles: Sequence[Article]) -> _Buffer:
        raw = [article.text.encode("utf-8", "surrogatepass") for article in articles]
        raw.extend((article.headline or "")[:LONGEST_SENTENCE].encode("utf-8", "surrogatepass") for article in articles)
        bounds = np.zeros(len(raw) + 1, dtype=np.int64)
        np.cumsum([len(one) for one in raw], out=bounds[1:])
        data = np.frombuffer(bytearray().join(raw), dtype=np.uint8)
        return cls(data, bounds[: len(articles) + 1], bounds[len(articles) :])


@dataclass(frozen=True, slots=True, eq=False)
class _Sentences:
    """The sentences of some texts: ``bounds`` [n + 1], bytes ``starts`` and ``ends`` in their text, ``places`` in it
    and ``sizes`` in characters, and which are ``quoted``."""

    bounds: Places
    starts: Numbers
    ends: Numbers
    places: Numbers
    sizes: Numbers
    quoted: Flags

    def taken(self, at: Flags | Places, bounds: Places) -> _Sentences:
        """Some of the sentences, and where those of each text are to begin."""
        places = self.starts[at], self.ends[at], self.places[at], self.sizes[at]
        return _Sentences(bounds, *places, self.quoted[at])

    def of(self, text: int) -> slice:
        """Where the sentences of a text stand."""
        return slice(int(self.bounds[text]), int(self.bounds[text + 1]))

    def of_texts(self, texts: Places) -> _Sentences:
        """The sentences of some texts, in their order."""
        sizes = self.bounds[texts + 1] - self.bounds[texts]
        bounds = np.concatenate(([0], np.cumsum(sizes)))
        return self.taken(np.arange(bounds[-1]) + np.repeat(self.bounds[texts] - bounds[:-1], sizes), bounds)

    @classmethod
    def joined(cls, parts: Sequence[_Sentences]) -> _Sentences:
        """The sentences of all parts, in order."""
        before = np.cumsum([0, *(part.bounds[-1] for part in parts)])
        bounds = [part.bounds[:-1] + start for part, start in zip(parts, before[:-1], strict=True)]
        names = ("starts", "ends", "places", "sizes", "quoted")
        rest = [np.concatenate([getattr(part, name) for part in parts]) for name in names]
        return cls(np.concatenate([*bounds, before[-1:]]), *rest)


def _split(articles: Sequence[Article], buffer: _Buffer) -> _Sentences:
    """All sentences of the texts, none of them quoted."""
    room = len(buffer.data) // 2 + len(articles) + 1
    starts, ends, places, sizes = (np.empty(room, dtype=np.int32) for _ in range(4))
    bounds, doubtful = np.zeros(len(articles) + 1, dtype=np.int64), np.zeros(len(articles), dtype=np.bool_)
    classes, (codes, kinds) = splitting.character_classes(), splitting.word_kinds()
    splitting.split_texts(
        buffer.data, buffer.bounds, classes, codes, kinds, starts, ends, places, sizes, bounds, doubtful
    )
    count = int(bounds[-1])
    owners = np.repeat(buffer.bounds[:-1], np.diff(bounds)).astype(np.int32)
    found = _Sentences(
        bounds,
        starts[:count] - owners,
        ends[:count] - owners,
        places[:count].copy(),
        sizes[:count].copy(),
        np.zeros(count, dtype=np.bool_),
    )
    if not doubtful.any():
        return found
    return _Sentences.joined(
        [
            _split_plainly(articles[i].text) if doubtful[i] else found.of_texts(np.array([i]))
            for i in range(len(articles))
        ]
    )


def _split_plainly(text: str) -> _Sentences:
    """The sentences of one text, as ``split_sentences`` has them."""
    spans = split_sentences(text)
    sizes = np.array([span.end - span.start for span in spans], dtype=np.int32)
    places = np.array([span.start for span in spans], dtype=np.int32)
    starts, ends = np.zeros(len(spans), dtype=np.int32), np.zeros(len(spans), dtype=np.int32)
    at = size = 0
    for number, span in enumerate(spans):
        size += len(text[at : span.start].encode("utf-8", "surrogatepass"))
        starts[number] = size
        size += len(text[span.start : span.end].encode("utf-8", "surrogatepass"))
        ends[number] = size
        at = span.end
    return _Sentences(np.array([0, len(spans)]), starts, ends, places, sizes, np.zeros(len(spans), dtype=np.bool_))


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """Regions (headline, then sentences) of articles: where each article's begin [n + 1], their ``vectors`` and so on,
    and the ``terms`` as ``machine.terms_of`` has them, with where each article's begin (``bounds`` [n + 1])."""

    regions: Places
    vectors: Floats
    sizes: Floats
    quoted: Flags
    totals: Floats
    terms: NDArray[np.uint64]
    bounds: Places


class ManyTellings:
    """The tellings of articles: their sketches, and how far pairs of them tell the same."""

    def __init__(self, articles: Sequence[Article], wordings: Iterable[Wording]) -> None:
        self._articles = articles
        self._words = _Words()
        parts: list[_Sentences] = [_split_plainly("").of_texts(np.zeros(0, dtype=np.int64))]
        sketches = [Sketches(np.zeros((0, piece_vectors().shape[1]), np.float16), np.zeros((0, TERMS), np.uint32))]
        words = iter(wordings)
        for batch in _portions(articles):
            buffer = _Buffer.read(batch)
            sentences = _counted(_split(batch, buffer), words)
            sketches.append(self._sketched(buffer, sentences))
            parts.append(sentences)
        self._sentences = _Sentences.joined(parts)
        self.sketches = Sketches.joined(sketches)

    def _tokens(self, buffer: _Buffer, sentences: _Sentences) -> tuple[Numbers, Places, Places]:
        """The numbers of the words of each region (an article's headline, then its sentences), where each region's
        begin, and where each article's regions begin."""
        articles = len(buffer.bounds) - 1
        regions = sentences.bounds + np.arange(articles + 1)
        owners = np.repeat(np.arange(articles), np.diff(sentences.bounds))
        inner = np.arange(len(owners)) + owners + 1
        begins, ends = np.empty(int(regions[-1]), np.int64), np.empty(int(regions[-1]), np.int64)
        begins[regions[:-1]], ends[regions[:-1]] = buffer.headlines[:-1], buffer.headlines[1:]
        begins[inner] = sentences.starts + buffer.bounds[owners]
        ends[inner] = sentences.ends + buffer.bounds[owners]
        spans = np.stack((begins, ends), axis=1)
        tokens = np.empty(int((ends - begins).sum()) + 1, np.int32)
        bounds, fresh = np.zeros(len(spans) + 1, np.int64), np.empty((FRESH, 2), np.int64)
        self._words.forget()
        region = 0
        while region < len(spans):
            self._words.make_room(FRESH)
            keys, numbers, known = self._words.keys, self._words.numbers, self._words.size
            region, size = machine.number_words(
                buffer.data, spans, region, *_plain_characters(), keys, numbers, known, tokens, bounds, fresh
            )
            met = fresh[: size - known].tolist()
            self._words.learn([_word(buffer.data[begin:end].tobytes()) for begin, end in met])
        return tokens, bounds, regions

    def _sketched(self, buffer: _Buffer, sentences: _Sentences) -> Sketches:
        told = self._told(buffer, sentences)
        gists = np.empty((len(told.regions) - 1, told.vectors.shape[1]), np.float32)
        terms = np.empty((len(gists), TERMS), np.uint32)
        weights = place_weights(MOST_SENTENCES + 1)
        machine.sketch_articles(told.vectors, told.regions, told.terms, told.bounds, weights, gists, terms)
        return Sketches((gists / UNIT).astype(np.float16), terms)

    def telling(self, number: int) -> Telling:
        """The telling of an article."""
        told = self._of_texts(np.array([number]))
        own = self._sentences.of(number)
        places, sizes = self._sentences.places[own].tolist(), self._sentences.sizes[own].tolist()
        spans = [Span(place, place + size) for place, size in zip(places, sizes, strict=True)]
        weights = WEIGHTLESS - (told.terms & WEIGHTLESS)
        return Telling(
            (Span(0, 0), *spans),
            told.vectors,
            told.sizes,
            told.quoted,
            (told.terms >> np.uint64(32)).astype(np.int64),
            (told.terms >> np.uint64(16) & WEIGHTLESS).astype(np.int64),
            (weights / WEIGHT_UNIT).astype(np.float32),
            told.totals,
        )

    def weighed(self, pairs: Pairs) -> NDArray[np.float64]:
        """For each pair the score of its densest block, the share closely told, and how far the openings tell the same
        news [m, 3]: what ``telling_evidence`` makes its reasons of."""
        out = np.zeros((len(pairs), 3), dtype=np.float64)
        for first, last, texts in self._chunks(pairs):
            told = self._of_texts(texts)
            numbers, part = np.searchsorted(texts, pairs[first:last]), np.empty((last - first, 3), dtype=np.float64)
            machine.weigh_pairs(
                told.vectors, told.regions, told.sizes, told.quoted, told.totals, told.terms, told.bounds, numbers, part
            )
            out[first:last] = part
        return out

    def _of_texts(self, texts: Places) -> _Told:
        buffer = _Buffer.read([self._articles[text] for text in texts.tolist()])
        return self._told(buffer, self._sentences.of_texts(texts))

    def _told(self, buffer: _Buffer, sentences: _Sentences) -> _Told:
        tokens, bounds, regions = self._tokens(buffer, sentences)
        count = int(regions[-1])
        vectors = np.empty((count, _piece_vectors().shape[1]), np.float32)
        totals, terms = np.empty(count, np.float32), np.empty(int(bounds[-1]) + 1, np.uint64)
        term_bounds = np.empty(len(regions), np.int64)
        machine.tell_articles(
            tokens, bounds, regions, _piece_vectors(), *self._words.tables(), vectors, terms, term_bounds, totals
        )
        sizes, quoted = np.zeros(count, np.float32), np.zeros(count, np.bool_)
        inner = np.ones(count, dtype=np.bool_)
        inner[regions[:-1]] = False
        sizes[inner], quoted[inner] = sentences.sizes, sentences.quoted
        return _Told(regions, vectors, sizes, quoted, totals, terms[: term_bounds[-1]], term_bounds)

    def _chunks(self, pairs: Pairs) -> Iterator[tuple[int, int, Places]]:
        """Ranges of pairs, and the texts of each, sorted; of a range the sentences are held together."""
        sizes = np.diff(self._sentences.bounds) + 1
        first = 0
        held: set[int] = set()
        room = 0
        for at, pair in enumerate(pairs.tolist()):
            fresh = {text for text in pair if text not in held}
            more = sum(int(sizes[text]) for text in fresh)
            if held and room + more > SENTENCES:
                yield first, at, np.array(sorted(held), dtype=np.int64)
                first, held, room = at, set(), 0
                fresh = set(pair)
                more = sum(int(sizes[text]) for text in fresh)
            held |= fresh
            room += more
        if held:
            yield first, len(pairs), np.array(sorted(held), dtype=np.int64)


@cache
def _piece_vectors() -> NDArray[np.int16]:
    return piece_vectors().astype(np.int16)


def _word(raw: bytes) -> str:
    """A word as ``vectors.words_of`` writes it."""
    words = words_of(raw.decode("utf-8", "surrogatepass"))
    return words[0] if words else "_"


def _portions(articles: Sequence[Article]) -> Iterator[Sequence[Article]]:
    """The articles in batches of at most :data:`BATCH` characters, or of one article."""
    first = size = 0
    for number, article in enumerate(articles):
        if number > first and size + len(article.text) > BATCH:
            yield articles[first:number]
            first, size = number, 0
        size += len(article.text)
    if first < len(articles):
        yield articles[first:]


def _counted(sentences: _Sentences, wordings: Iterator[Wording]) -> _Sentences:
    """The sentences of some length, up to a number a text; which are quotations is known then."""
    words = np.zeros(len(sentences.starts), dtype=np.int64)
    for text in range(len(sentences.bounds) - 1):
        wording, own = next(wordings), sentences.of(text)
        begins = sentences.places[own]
        machine.count_words(
            np.ascontiguousarray(wording.starts, dtype=np.int32),
            np.ascontiguousarray(wording.quoted),
            begins,
            sentences.sizes[own],
            words[own],
            sentences.quoted[own],
        )
    long = words >= FEWEST_WORDS
    order = np.concatenate(([0], np.cumsum(long)))
    place = order[:-1] - np.repeat(order[sentences.bounds[:-1]], np.diff(sentences.bounds))
    kept = long & (place < MOST_SENTENCES)
    return sentences.taken(kept, np.concatenate(([0], np.cumsum(kept)))[sentences.bounds])
