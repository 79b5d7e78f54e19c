"""Statements over a collection, every distinct sentence of which is parsed once: over pages, processes, runs and kills.

In: articles and a collection. Out: what :class:`PageWork` gives. Each parse is kept in the collection under the hash of
its sentence. What stands on pages of several batches is parsed first, so that no two processes parse it; then each
batch is handed the parses that the collection has of its sentences and hands back the others. A killed run parses
again what the batches under way had parsed, and nothing else; an article that was edited, only its new sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from .errors import FirsthandError
from .options import StatementOptions
from .page_work import PageWork, Progress, Row, Workers, failure, few_collections, work
from .records import Article, Rejected, Statement
from .store import Collection

TABLE = "sentences"
"""The name under which the collection keeps parses."""
TOGETHER = 1000
"""Sentences of several batches that are parsed at a time."""
Part = Sequence[tuple[str, Article]]


class SentenceCounts(msgspec.Struct):
    """How many sentences were parsed in all runs over a collection, and what the parses were made by."""

    basis: str
    parsed: int = 0


class StatementWork(PageWork):
    """The statements of articles; ``parsed`` counts the sentences that were parsed for them."""

    def __init__(self, options: StatementOptions) -> None:
        super().__init__("statements", _state, (options,), tuple[Statement, ...])
        self.options = options

    def over(
        self, items: Sequence[Article], collection: Collection, processes: int, progress: Progress
    ) -> list[tuple[Statement, ...] | Rejected]:
        """The statements of every article, or why there are none."""
        results = super().over(items, collection, processes, progress)
        if self.gone:
            keys = (key for article in items for key in self._sentences([("", article)]))
            collection.forget_others(TABLE, list(dict.fromkeys(keys)))
        return results

    def batches(self, parts: Sequence[Part], collection: Collection, where: Workers) -> Iterator[list[Row]]:
        """Key and encoded result of the articles of each part."""
        if not parts:
            return
        counts = counts_of(collection)
        for made, parsed in where.each(_parse, self._of_several(parts, collection)):
            _keep(collection, counts, made, parsed)
        calls = ((self.options, part, self._known(part, collection)) for part in parts)
        for batch, made, parsed in where.each(_work, calls):
            _keep(collection, counts, made, parsed)
            yield batch

    def _sentences(self, part: Part) -> dict[str, str]:
        """The distinct sentences of a part by key."""
        from .language.packing import sentence_key
        from .statements import sentences_of

        texts = dict.fromkeys(text for _, article in part for text in sentences_of(article, self.options))
        return {sentence_key(text): text for text in texts}

    def _known(self, part: Part, collection: Collection) -> list[tuple[str, bytes]]:
        texts = self._sentences(part)
        return [(texts[key], body) for key, body in sorted(collection.kept(TABLE, list(texts)).items())]

    def _of_several(self, parts: Sequence[Part], collection: Collection) -> Iterator[tuple[list[str]]]:
        """The sentences of more than one part that were not parsed yet, some at a time."""
        if len(parts) < 2:
            return
        hashes, counts = np.unique(
            np.concatenate([_short(self._sentences(part)) for part in parts]), return_counts=True
        )
        several = hashes[counts > 1]
        waiting: dict[str, str] = {}
        done: set[str] = set()
        for part in parts:
            texts = self._sentences(part)
            again = [key for key, met in zip(texts, np.isin(_short(texts), several).tolist(), strict=True) if met]
            again = [key for key in again if key not in done]
            done.update(again)
            kept = collection.kept(TABLE, again)
            waiting.update((key, texts[key]) for key in again if key not in kept)
            while len(waiting) >= TOGETHER:
                some = [waiting.pop(key) for key in list(waiting)[:TOGETHER]]
                yield (some,)
        if waiting:
            yield (list(waiting.values()),)


def _short(keys: Iterable[str]) -> NDArray[np.uint64]:
    """The first 64 bits of each key: enough to see what comes again, and small for a million pages."""
    return np.array([int(key[:16], 16) for key in keys], dtype=np.uint64)


def counts_of(collection: Collection) -> SentenceCounts:
    """The counts so far. Parses that were made by something else are dropped."""
    from .language.packing import basis

    noted = collection.noted(TABLE)
    counts = msgspec.json.decode(noted, type=SentenceCounts) if noted else None
    if counts is None or counts.basis != basis():
        collection.forget_others(TABLE, [])
        return SentenceCounts(basis())
    return counts


def _keep(collection: Collection, counts: SentenceCounts, made: Sequence[Row], parsed: int) -> None:
    counts.parsed += parsed
    if made:
        collection.keep(TABLE, made)
    collection.note(TABLE, msgspec.json.encode(counts).decode())


def _parse(texts: Sequence[str]) -> tuple[list[Row], int]:
    """Key and packed parse of some sentences, and how many of them the model had to parse."""
    from .language.packing import pack, sentence_key
    from .language.parsing import parse_sentences, shared_cache

    before = shared_cache().parsed
    made = [(sentence_key(parse.text), pack(parse)) for parse in parse_sentences(texts)]
    return made, shared_cache().parsed - before


def _work(
    options: StatementOptions, part: Part, known: Sequence[tuple[str, bytes]]
) -> tuple[list[Row], list[Row], int]:
    """Key and encoded statements of some articles; key and packed parse of each of their sentences that is not
    ``known``; how many sentences the model had to parse."""
    from .language.packing import pack, sentence_key, unpack
    from .language.parsing import Parse, shared_cache

    made: list[Row] = []
    have = {text for text, _ in known}

    def keep(parse: Parse) -> None:
        if parse.text not in have:
            have.add(parse.text)
            made.append((sentence_key(parse.text), pack(parse)))

    cache = shared_cache()
    before = cache.parsed
    cache.learn(unpack(text, body) for text, body in known)
    cache.watch = keep
    try:
        with few_collections():
            rows = work(_state, (options,), part)
        return rows, made, cache.parsed - before
    finally:
        cache.watch = None


def _state(article: Article, options: StatementOptions) -> tuple[Statement, ...] | Rejected:
    from .statements import extract_statements

    try:
        return extract_statements(article, options)
    except FirsthandError:
        raise
    except Exception as error:  # one page must not take the collection with it
        return Rejected(article.page, "statements", failure(error))
