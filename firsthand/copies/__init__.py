"""Copies: two articles that share words, or one that retells the other, or both that retell one report.

In: articles. Out: a :class:`records.Copy` for each pair that is one, sorted, whatever the order of the articles. It
claims no direction: who had it from whom is for ``reports/``.

How it decides. *Words*: winnowed fingerprints of all articles meet in an inverted index; each pair that shares some is
read again word by word, and shared passages are found to the character, small edits bridged (``few``; from :data:`MANY`
articles ``many``, by compiled functions, with the same answers). Words in quotation marks are source matter, and so is
a statement that both bring in as one: a pair that shares nothing else is no copy, and what it shares is a
:class:`records.SourceMatter` with all its places (:func:`find_shared`). Nor is a template of another day, whose
figures, days and names differ all over (``differing_facts``), or a publisher's notice. *Tellings*: sentences are
compared by static vectors and by rare words, names and numbers; a run of sentences told again makes a rewrite, and so
does a credit: two articles that open with the same news and both cite one newsroom's report for it, or of which one
cites the other's newsroom. ``deciding.decide_relation`` makes the verdict from the reasons alone.

Known to fail: two newsrooms that retell one report and do not say so, in few words; a statement that no
words bring in and that never says "we" looks like prose that was copied; pages of one outlet that share a
long standing text (a chronology) look like excerpts of each other.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..options import CopyOptions
from ..records import Article, Copy, Relation, Shared, Span
from .candidates import telling_pairs
from .deciding import decide_relation
from .direction_evidence import direction_evidence
from .edits import find_edits
from .few import FewTexts, SharedRuns
from .fingerprints import Pairs
from .readings import Readings, read
from .source_matter import SourceMatters, Spans
from .telling_evidence import Reading, shared_telling
from .texts import HasTexts, Texts
from .wording import Flags, Wording
from .wording_evidence import SharedWording, shared_wording

if TYPE_CHECKING:
    from .many import ManyTexts

__all__ = ["HasTexts", "decide_relation", "find_copies", "find_shared", "is_large"]

FEWEST_PRINTS = 2
"""Fingerprints that a pair must share to be read word by word."""


MANY = 3000
"""Articles from which the words are read by compiled functions: these take 2 s to load, and once some 50 s to
compile."""

MANY_TOLD = 1000
"""Articles from which tellings are read by compiled functions: most of the time of a small collection."""


def find_copies(articles: Sequence[Article], options: CopyOptions) -> tuple[Copy, ...]:
    """All copies among the articles, sorted by their page ids."""
    return find_shared(articles, options).copies


def find_shared(articles: Sequence[Article], options: CopyOptions) -> Shared:
    """All copies among the articles, sorted by their page ids, and what pages have of one source.

    Articles that are sorted by their page ids are asked for one by one, and not held: a sequence that makes them from a
    file needs no more memory than that, and less time where it :class:`HasTexts`."""
    with without_collecting():
        listed = _Listed.of(articles)
        if any(one > other for one, other in pairwise(listed.pages)):
            articles = sorted(articles, key=lambda article: article.page)
            listed = _Listed.of(articles)
        return _find(articles, listed, options)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Holds off the search for circles of objects that nothing else refers to: there are none here, and on 100,000
    articles going through all that is kept, again and again, takes a tenth of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


class _Listed(NamedTuple):
    """What is held of each article: its page id, its outlet's name, and the characters of its text."""

    pages: list[str]
    outlets: list[str | None]
    sizes: list[int]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> _Listed:
        """Lists articles, each of which is asked for once."""
        listed = cls([], [], [])
        for article in articles:
            listed.pages.append(article.page)
            listed.outlets.append(article.outlet.name if article.outlet else None)
            listed.sizes.append(len(article.text))
        return listed


def _find(ordered: Sequence[Article], listed: _Listed, options: CopyOptions) -> Shared:
    """What :func:`find_shared` says of articles in the order of their page ids."""
    texts = _texts(ordered, listed, options)
    pairs = texts.sharing_pairs(options, FEWEST_PRINTS)
    readings: Readings | None = None
    told = np.zeros((0, 2), dtype=np.int64)
    if options.retellings:
        outlets = tuple(sorted({outlet for outlet in listed.outlets if outlet is not None}))
        large = len(ordered) >= MANY_TOLD and find_spec("numba") is not None
        readings = read(ordered, texts.wordings(), outlets, large)
        told = telling_pairs(readings.sketches, options)
        told = told[readings.hopeful(told, options)]
    pairs, wanted = _united(pairs, told, len(ordered))
    if not wanted.any() and is_large(ordered):
        from .compiled_neighbours import together

        order = together(pairs, len(ordered))
        pairs, wanted = pairs[order], wanted[order]
    found: list[tuple[int, int, Copy]] = []
    matters = SourceMatters()
    for i, j, copy, matter in weighed(ordered, texts, pairs, wanted, readings, options):
        if copy is not None:
            found.append((i, j, copy))
        if matter:
            matters.add(i, j, matter)
    copies = [copy for _, _, copy in sorted(found, key=lambda one: one[:2])]
    return Shared(tuple(copies), matters.records(Texts(ordered), listed.pages, copies))


def weighed(
    articles: Sequence[Article],
    texts: FewTexts | ManyTexts,
    pairs: Pairs,
    telling: Flags,
    readings: Readings | None,
    options: CopyOptions,
) -> Iterator[tuple[int, int, Copy | None, Sequence[Spans]]]:
    """For pairs [m, 2] of articles, of which ``telling`` [m] may be retellings: the copy that they are, if any, and the
    source matter that they share. Pairs of which there is nothing to say may be left out."""
    told = set(map(tuple, pairs[telling].tolist()))
    for shared in texts.shared_runs(pairs, telling, options):
        i, j, words_a, words_b, runs, _, quoted = shared
        if quoted and not runs:
            yield i, j, None, quoted
            continue
        tells = readings is not None and (i, j) in told
        worded = shared_wording(articles[i], articles[j], shared, None if tells else options)
        relation = decide_relation(worded.reasons, options)
        copy = None
        if relation is not None:
            copy = _copy(articles[i], articles[j], shared, relation, worded)
        elif readings is not None and tells:
            copy = _retelling(readings[i], readings[j], words_a, words_b, worded, options)
        yield i, j, copy, worded.matter


def is_large(articles: Sequence[Article]) -> bool:
    """Whether the articles are read by compiled functions, and are worth an index (``index.find_again``)."""
    return len(articles) >= MANY and find_spec("numba") is not None


def _texts(articles: Sequence[Article], listed: _Listed, options: CopyOptions) -> FewTexts | ManyTexts:
    """The articles' words; what an outlet repeats on page after page is marked as not its own."""
    if not is_large(articles):
        return FewTexts([article.text for article in articles], listed.outlets)
    from .many import ManyTexts  # compiles or loads what it needs as it is imported

    return ManyTexts(Texts(articles), listed.outlets, options.postings_memory, sizes=listed.sizes)


def _united(pairs: Pairs, told: Pairs, size: int) -> tuple[Pairs, Flags]:
    """The pairs of both kinds, sorted, each once, and which of them are told."""
    worded, telling = pairs[:, 0] * size + pairs[:, 1], told[:, 0] * size + told[:, 1]
    keys = np.union1d(worded, telling)
    return np.stack(np.divmod(keys, max(1, size)), axis=1), np.isin(keys, telling)


def _copy(a: Article, b: Article, shared: SharedRuns, relation: Relation, worded: SharedWording) -> Copy:
    """A copy by its words, with its edits and what they and the two articles say of its direction."""
    _, _, words_a, words_b, runs, known, _ = shared
    edits = find_edits(a.text, b.text, words_a, words_b, runs, known.edits if known else None)
    evidence = direction_evidence(a, b, words_a, words_b, runs, edits)
    shares = (round(worded.share_a, 4), round(worded.share_b, 4))
    return Copy(a.page, b.page, relation, *shares, worded.passages, worded.reasons + evidence, edits)


def _retelling(
    a: Reading, b: Reading, words_a: Wording, words_b: Wording, worded: SharedWording, options: CopyOptions
) -> Copy | None:
    """A rewrite, or None: its passages are the sentences that tell the same, with the shares of words they hold."""
    told = shared_telling(a, b)
    reasons = worded.reasons + told.reasons
    if decide_relation(reasons, options) is None:
        return None
    share_a = _covered(words_a, [passage.a for passage in told.passages])
    share_b = _covered(words_b, [passage.b for passage in told.passages])
    return Copy(a.article.page, b.article.page, "rewrite", share_a, share_b, told.passages, reasons)


def _covered(words: Wording, spans: Sequence[Span]) -> float:
    """The share of an article's words that stand in the spans."""
    inside = np.zeros(len(words), dtype=np.bool_)
    for span in spans:
        inside[np.searchsorted(words.starts, span.start) : np.searchsorted(words.starts, span.end)] = True
    return round(float(inside.mean()), 4) if len(words) else 0.0
