"""Who said what, on whose word, where in the text: every assertion of an article with its chain.

In: an :class:`Article`. Out: :class:`Statement` values in text order. Every sentence of the body is in at least one.

How it decides
    Sentences are split by rule and parsed once (``language.parsing``). ``quotations`` marks what stands in quotation
    marks, ``attributions`` finds cue, source and content in each sentence (cue words: ``language/en/cues.toml``),
    ``tagged`` finds what no rule knows with a small trained network (``network``, ``signs``; a chain takes from it only
    what was plainly said) and ``mended`` believes it where a lost parse misled the rules,
    ``cast`` makes names, posts and pronouns meet, ``sources`` says what a source phrase is (``sources.toml``),
    ``chains`` puts newsrooms that heard it or reported it before it (``programmes``: shows, by their titles),
    ``pieces`` cuts sentences that hold two assertions, ``announced`` reads what is set off without quotation marks, a
    tweet above its signature and the like, ``hedges`` and ``terms`` read the rest, ``news`` credits a lead whose
    newsroom is only named later. ``assembly.decide_kind`` names the kind.

Where it is known to fail
    A speaker named two paragraphs before "he"; two people of one surname; cues that are nouns; two newsrooms that
    reported the same (two links, one after the other, as if one cited the other);
    a passage that retells a report over several sentences and cites it once (its later sentences stay own voice).
    Languages other than English: every sentence is own voice with an unknown source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..language.sentences import LONGEST, split_sentences
from ..language.times import find_times
from ..options import StatementOptions
from ..records import Article, Link, Span, Statement, content_id
from .assembly import build_statements, decide_kind
from .chains import newsroom_link
from .draft import draft_article
from .news import credit_lead
from .reading import read_article, sentence_places

__all__ = ["decide_kind", "extract_statements", "sentences_of"]


def extract_statements(article: Article, options: StatementOptions) -> tuple[Statement, ...]:
    """Every statement of an article, in text order. Raises ``ModelMissing`` where the language model is not installed,
    and nothing else on any text."""
    read, rest = _cut(article, options.most_characters)
    if article.language != "en":
        return (*_unread(read), *_beyond(article, rest))
    reading = read_article(read)
    draft = draft_article(reading, find_times(read.text, read.published, "en"))
    return (*credit_lead(draft, build_statements(draft, options)), *_beyond(article, rest))


def sentences_of(article: Article, options: StatementOptions) -> tuple[str, ...]:
    """The sentences of an article that ``extract_statements`` parses, in text order, so that they can be parsed
    beforehand. Raises nothing."""
    read, _ = _cut(article, options.most_characters)
    return tuple(span.of(read.text) for _, span in sentence_places(read)) if article.language == "en" else ()


def _cut(article: Article, most: int) -> tuple[Article, int]:
    """The part of an article that is read, and where the rest starts."""
    if len(article.text) <= most:
        return article, len(article.text)
    breaks = [p.start for p in article.paragraphs if most // 2 < p.start <= most]
    stop = breaks[-1] if breaks else max(article.text.rfind(" ", most // 2, most), most // 2)
    kept = (Span(p.start, min(p.end, stop)) for p in article.paragraphs if p.start < stop)
    return replace(article, text=article.text[:stop], paragraphs=tuple(kept)), stop


def _beyond(article: Article, start: int) -> Iterator[Statement]:
    """What is not read, in pieces, in the newsroom's own voice."""
    text = article.text
    while start < len(text):
        stop = start + LONGEST
        if stop < len(text):
            space = text.rfind(" ", start + 1, stop)
            stop = space if space > start else stop
        words = text[start:stop].strip()
        if words:
            first = text.index(words[0], start)
            span = Span(first, first + len(words))
            ident = content_id("s", article.page, span.start, span.end)
            yield Statement(ident, article.page, span, words, "own_voice", (newsroom_link(article),))
        start = stop


def _unread(article: Article) -> tuple[Statement, ...]:
    """An article whose language has no rows: its sentences, with the chain left open."""
    chain = (newsroom_link(article), Link("source", "unknown"))
    found = []
    for paragraph in article.paragraphs or (Span(0, len(article.text)),):
        for s in split_sentences(article.text[paragraph.start : paragraph.end]):
            span = Span(s.start + paragraph.start, s.end + paragraph.start)
            ident = content_id("s", article.page, span.start, span.end)
            found.append(Statement(ident, article.page, span, span.of(article.text), "own_voice", chain))
    return tuple(found)
