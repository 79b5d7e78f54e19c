"""One page to one article: blocks, verdicts, then the fields, in that order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.options import ArticleOptions
from firsthand.records import Article, Page, Reason, Rejected

from .assembly import body_reason, joined, set_aside, topics_of, word_count
from .blocks import Block, split_lines
from .body_model import BlockModel, shipped_model
from .byline import byline_of
from .credit import credit_of
from .declared import Markup, read_markup
from .embedded import read_page
from .features import Floats
from .furniture import Furniture
from .headline import headline_of_markup, headline_of_text, title_hint
from .markup import parse_html
from .outlet import outlet_of
from .pageless import looks_like, why_nothing
from .published import date_article
from .standing import completeness_of, genre_of, language_of
from .structure import structure
from .verdicts import Verdict, judge

LONGEST_WORDS = 150.0
"""Characters of a word, on average, from which a text is none: scripts that part phrases alone have 20 to 60."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that has been read: its blocks with the classifier's probabilities, and its headline."""

    blocks: list[Block]
    p: Floats
    markup: Markup | None
    headline: str | None
    reasons: tuple[Reason, ...]


def clean(
    page: Page, options: ArticleOptions, furniture: Furniture, model: BlockModel | None = None
) -> Article | Rejected:
    """The article on a page, or why there is none. ``model`` replaces the shipped classifier (cross-validation)."""
    found = _find(page, options, furniture, model)
    return found if isinstance(found, Rejected) else _article(page, *found)


def text_of(page: Page, options: ArticleOptions, furniture: Furniture) -> str:
    """The article's text as :func:`clean` gives it, without the other fields; empty where the page holds none."""
    found = _find(page, options, furniture, None)
    if isinstance(found, Rejected):
        return ""
    read, _, kept = found
    return joined([read.blocks[i].text for i in kept])[0]


def _find(
    page: Page, options: ArticleOptions, furniture: Furniture, model: BlockModel | None
) -> tuple[_Read, list[Verdict], list[int]] | Rejected:
    """The page as it was read, the verdicts on its blocks, and which of them are the article."""
    read = _read_html(page, options, model) if page.media == "html" else _read_text(page, options, model)
    if read is None:
        return Rejected(page.location, "articles", "no article: the markup cannot be parsed")
    if not read.blocks:
        return Rejected(
            page.location, "articles", "no article: no line of text is left once markup and scripts are gone"
        )
    verdicts = judge(read.blocks, read.p, read.headline or "", page.id, furniture, options.body_probability)
    kept = [i for i, v in enumerate(verdicts) if v.role in ("body", "standfirst")]
    size = sum(word_count(read.blocks[i].text) for i in kept)
    names = [n for n in (read.markup.title if read.markup else "", read.headline or "") if n]
    look = looks_like(read.blocks, verdicts, kept, size, names)
    if size < options.least_words:
        return Rejected(page.location, "articles", why_nothing(read.blocks, look, size, options.least_words))
    if look:
        return Rejected(page.location, "articles", f"no article: the page looks like {look}")
    characters = sum(len(read.blocks[i].text) for i in kept)
    if characters > LONGEST_WORDS * size:
        why = f"no article: {characters} characters in {size:.0f} words are no prose"
        return Rejected(page.location, "articles", why)
    return read, verdicts, kept


def _read_text(page: Page, options: ArticleOptions, model: BlockModel | None) -> _Read:
    blocks = split_lines(page.content, options.max_blocks)
    p = (model or shipped_model("text")).probabilities(blocks, title_hint(blocks, page.given_headline))
    headline, reasons = headline_of_text(blocks, p, page.given_headline)
    return _Read(blocks, p, None, headline, reasons)


def _read_html(page: Page, options: ArticleOptions, model: BlockModel | None) -> _Read | None:
    tree = parse_html(page.content)
    if tree is None:
        return None
    markup = read_markup(tree)
    outline = read_page(tree, markup, options.max_blocks)
    blocks = outline.blocks
    headings = [b.text for b in blocks if b.tag == "h1" and len(b.text) <= 300][:5]
    headline, reasons = headline_of_markup(markup, headings, page.given_headline, page.url)
    p = (model or shipped_model("html")).probabilities(blocks, headline or markup.title, structure(outline, markup))
    return _Read(blocks, p, markup, headline, reasons)


def _article(page: Page, read: _Read, verdicts: Sequence[Verdict], kept: Sequence[int]) -> Article:
    texts = [read.blocks[i].text for i in kept]
    text, spans = joined(texts)
    outlet, outlet_reasons = outlet_of(page, read.blocks, verdicts, read.markup, read.headline, kept)
    credit, credit_reasons = credit_of(page, read.blocks, verdicts, read.markup, outlet, text, kept)
    published, dates, date_reasons = date_article(page, read.blocks, verdicts, read.markup, kept)
    genre, genre_reasons = genre_of(read.headline, page.url, read.blocks, verdicts, read.markup)
    complete, complete_reasons = completeness_of(
        texts,
        verdicts[kept[-1] + 1 :],
        [b.text for b in read.blocks[kept[-1] + 1 : kept[-1] + 9]],
        read.markup,
    )
    byline = byline_of(page, read.blocks, verdicts, read.markup, kept)
    standfirst = next((read.blocks[i].text for i in kept if verdicts[i].role == "standfirst"), None)
    return Article(
        page=page.id,
        headline=read.headline,
        text=text,
        paragraphs=spans,
        standfirst=standfirst,
        outlet=outlet,
        byline=byline.persons,
        byline_bodies=byline.bodies,
        credit=credit,
        published=published,
        dates=dates,
        topics=topics_of(read.blocks, verdicts, read.markup),
        genre=genre,
        completeness=complete,
        language=language_of(text, read.markup.lang if read.markup else ""),
        set_aside=set_aside(read.blocks, verdicts),
        reasons=(
            body_reason(read.p, texts, kept), *read.reasons, *outlet_reasons, *byline.reasons, *credit_reasons,
            *date_reasons, *genre_reasons, *complete_reasons,
        ),
    )  # fmt: skip
