"""Who said what, on whose word, where in the text: every assertion of an article with its chain.

In: an :class:`Article`. Out: :class:`Statement` values in text order. Every sentence of the body is in at least one.

How it decides
    Sentences are split by rule and parsed once (``language.parsing``). ``quotations`` marks what stands in quotation
    marks, ``attributions`` finds cue, source and content in each sentence (cue words: ``language/en/cues.toml``),
    ``cast`` makes names, posts and pronouns meet, ``sources`` says what a source phrase is (``sources.toml``),
    ``chains`` puts newsrooms that heard it or reported it before it, ``pieces`` cuts sentences that hold two
    assertions, ``hedges`` and ``terms`` read the rest, ``news`` credits a lead whose
    newsroom is only named later. ``assembly.decide_kind`` names the kind.

Where it is known to fail
    A speaker named two paragraphs before "he"; two people of one surname; cues that are nouns or that no row knows;
    a passage that retells a report over several sentences and cites it once (its later sentences stay own voice).
    Languages other than English: every sentence is own voice with an unknown source.
"""

from __future__ import annotations

from ..language.sentences import split_sentences
from ..language.times import find_times
from ..options import StatementOptions
from ..records import Article, Link, Span, Statement, content_id
from .assembly import build_statements, decide_kind, draft_article
from .chains import newsroom_link
from .news import credit_lead
from .reading import read_article

__all__ = ["decide_kind", "extract_statements"]


def extract_statements(article: Article, options: StatementOptions) -> tuple[Statement, ...]:
    """Every statement of an article, in text order. Raises ``ModelMissing`` where the language model is not installed,
    and nothing else on any text."""
    if article.language != "en":
        return _unread(article)
    reading = read_article(article)
    times = find_times(article.text, article.published, "en")
    draft = draft_article(reading, times)
    return credit_lead(draft, build_statements(draft, options))


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
