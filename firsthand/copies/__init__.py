"""Copies: two articles that share words, or one that retells the other, or both that retell one report.

In: articles. Out: a :class:`records.Copy` for each pair that is one, sorted, whatever the order of the articles. It
claims no direction: who had it from whom is for ``reports/``.

How it decides. *Words*: winnowed fingerprints of all articles meet in an inverted index; each pair that shares some is
read again word by word, and shared passages are found to the character, small edits bridged. Words in quotation marks
are source matter: a pair that shares nothing else is no copy. *Tellings*: sentences are compared by static vectors and
by rare words, names and numbers; a run of sentences told again makes a rewrite, and so does a credit: two articles
that open with the same news and both cite one newsroom's report for it, or of which one cites the other's newsroom.
``deciding.decide_relation`` makes the verdict from the reasons alone.

Known to fail: two newsrooms that retell one report and do not say so, in few words; a statement printed without
quotation marks looks like prose that was copied; pages of one outlet that share a long standing text (a chronology)
look like excerpts of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..options import CopyOptions
from ..records import Article, Copy, Relation, Span
from .candidates import telling_pairs
from .crediting import creditings
from .deciding import decide_relation
from .fingerprints import sharing_pairs
from .repeated import repeated_words
from .telling_evidence import Reading, SharedTelling, shared_telling
from .tellings import tell
from .wording import Wording, words_of
from .wording_evidence import SharedWording, shared_wording

__all__ = ["decide_relation", "find_copies"]

FEWEST_PRINTS = 2
"""Fingerprints that a pair must share to be read word by word."""


def find_copies(articles: Sequence[Article], options: CopyOptions) -> tuple[Copy, ...]:
    """All copies among the articles, sorted by their page ids."""
    ordered = sorted(articles, key=lambda article: article.page)
    wordings = _wordings(ordered)
    readings = _readings(ordered, wordings)
    by_words = sharing_pairs(wordings, options.most_pages_per_fingerprint, FEWEST_PRINTS)
    by_telling = telling_pairs([reading.telling for reading in readings], options.least_gist)
    told = set(by_telling)
    found = []
    for i, j in sorted(told.union(by_words)):
        copy = _compare(readings[i], readings[j], wordings[i], wordings[j], (i, j) in told, options)
        if copy is not None:
            found.append(copy)
    return tuple(found)


def _wordings(articles: Sequence[Article]) -> list[Wording]:
    """The words of each article; what its outlet repeats on page after page is marked as not its own."""
    wordings = [words_of(article.text) for article in articles]
    stock = repeated_words(wordings, [article.outlet.name if article.outlet else None for article in articles])
    return [
        replace(words, quoted=words.quoted | repeated) if repeated.any() else words
        for words, repeated in zip(wordings, stock, strict=True)
    ]


def _readings(articles: Sequence[Article], wordings: Sequence[Wording]) -> list[Reading]:
    outlets = tuple(sorted({article.outlet.name for article in articles if article.outlet}))
    return [
        Reading(article, tell(article, words), creditings(article, outlets))
        for article, words in zip(articles, wordings, strict=True)
    ]


def _compare(
    a: Reading, b: Reading, words_a: Wording, words_b: Wording, telling: bool, options: CopyOptions
) -> Copy | None:
    """The copy that two articles are, or None."""
    worded = shared_wording(a.article, b.article, words_a, words_b, options)
    relation = decide_relation(worded.reasons, options)
    if relation is not None:
        return _copy(a, b, relation, worded)
    if not telling:
        return None
    told = shared_telling(a, b)
    reasons = worded.reasons + told.reasons
    relation = decide_relation(reasons, options)
    return _retelling(a, b, (words_a, words_b), worded, told) if relation is not None else None


def _copy(a: Reading, b: Reading, relation: Relation, worded: SharedWording) -> Copy:
    return Copy(
        a.article.page,
        b.article.page,
        relation,
        round(worded.share_a, 4),
        round(worded.share_b, 4),
        worded.passages,
        worded.reasons,
    )


def _retelling(
    a: Reading, b: Reading, words: tuple[Wording, Wording], worded: SharedWording, told: SharedTelling
) -> Copy:
    """A rewrite: its passages are the sentences that tell the same, with the shares of the words that they hold."""
    shares = [
        _covered(words[0], [passage.a for passage in told.passages]),
        _covered(words[1], [passage.b for passage in told.passages]),
    ]
    reasons = worded.reasons + told.reasons
    return Copy(a.article.page, b.article.page, "rewrite", shares[0], shares[1], told.passages, reasons)


def _covered(words: Wording, spans: Sequence[Span]) -> float:
    """The share of an article's words that stand in the spans."""
    inside = np.zeros(len(words), dtype=np.bool_)
    for span in spans:
        inside[np.searchsorted(words.starts, span.start) : np.searchsorted(words.starts, span.end)] = True
    return round(float(inside.mean()), 4) if len(words) else 0.0
