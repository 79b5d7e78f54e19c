"""One page to one article: blocks, verdicts, then the fields, in that order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from firsthand.options import ArticleOptions
from firsthand.records import Article, Page, Reason, Rejected, SetAside, Span

from .blocks import Block, plain, split_lines
from .body_model import BlockModel, shipped_model
from .byline import byline_of
from .credit import credit_of
from .declared import Markup, read_markup
from .features import Floats
from .furniture import Furniture
from .headline import headline_of_markup, headline_of_text, title_hint
from .markup import parse_html, read_outline
from .outlet import outlet_of
from .published import date_article
from .standing import completeness_of, genre_of, language_of
from .structure import structure
from .topics import inline_topics
from .verdicts import Verdict, judge


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
    read = _read_html(page, options, model) if page.media == "html" else _read_text(page, options, model)
    if read is None:
        return Rejected(page.location, "articles", "no article: the markup cannot be parsed")
    if not read.blocks:
        return Rejected(
            page.location, "articles", "no article: no line of text is left once markup and scripts are gone"
        )
    verdicts = judge(read.blocks, read.p, read.headline or "", page.id, furniture, options.body_probability)
    kept = [i for i, v in enumerate(verdicts) if v.role in ("body", "standfirst")]
    size = sum(_words(read.blocks[i].text) for i in kept)
    if size < options.least_words:
        return Rejected(page.location, "articles", _too_little(read.blocks, verdicts, size, options.least_words))
    return _article(page, read, verdicts, kept)


def _words(text: str) -> float:
    """Words, two wide characters (Han, kana, Thai) for one."""
    wide = sum(1 for c in text if "\u0e00" <= c <= "\u0eff" or c >= "\u2e80") if not text.isascii() else 0
    return wide / 2 if wide > 0.3 * len(text) else float(len(text.split()))


def _too_little(blocks: Sequence[Block], verdicts: Sequence[Verdict], size: float, least: int) -> str:
    code = sum(v.rule == "code" for v in verdicts)
    if code > 0.5 * len(blocks):
        return f"no article: {code} of {len(blocks)} lines are script or data"
    why = "navigation and other furniture" if size == 0 else f"only {size:.0f} words of prose, fewer than {least}"
    return f"no article: {why} in {len(blocks)} lines"


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
    outline = read_outline(tree, options.max_blocks)
    blocks = outline.blocks
    headings = [b.text for b in blocks if b.tag == "h1" and len(b.text) <= 300][:5]
    headline, reasons = headline_of_markup(markup, headings, page.given_headline)
    p = (model or shipped_model("html")).probabilities(blocks, headline or markup.title, structure(outline, markup))
    return _Read(blocks, p, markup, headline, reasons)


def _article(page: Page, read: _Read, verdicts: Sequence[Verdict], kept: Sequence[int]) -> Article:
    texts = [read.blocks[i].text for i in kept]
    text, spans = _joined(texts)
    outlet, outlet_reasons = outlet_of(page, read.blocks, verdicts, read.markup, read.headline)
    credit, credit_reasons = credit_of(page, read.blocks, verdicts, read.markup, outlet, text)
    published, dates, date_reasons = date_article(page, read.blocks, verdicts, read.markup)
    genre, genre_reasons = genre_of(read.headline, page.url, read.blocks, verdicts, read.markup)
    complete, complete_reasons = completeness_of(
        texts,
        verdicts[kept[-1] + 1 :],
        [b.text for b in read.blocks[kept[-1] + 1 : kept[-1] + 9]],
        read.markup,
    )
    byline = byline_of(page, read.blocks, verdicts, read.markup)
    standfirst = next((read.blocks[i].text for i in kept if verdicts[i].role == "standfirst"), None)
    sure = sum(float(read.p[i]) * len(read.blocks[i].text) for i in kept) / max(1, sum(map(len, texts)))
    body_reason = Reason("block-model", f"the mean probability of the {len(kept)} paragraphs kept", round(sure, 4))
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
        topics=_topics(read, verdicts),
        genre=genre,
        completeness=complete,
        language=language_of(text, read.markup.lang if read.markup else ""),
        set_aside=_set_aside(read.blocks, verdicts),
        reasons=(
            body_reason, *read.reasons, *outlet_reasons, *byline.reasons, *credit_reasons, *date_reasons,
            *genre_reasons, *complete_reasons,
        ),
    )  # fmt: skip


def _joined(texts: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    spans: list[Span] = []
    at = 0
    for text in texts:
        spans.append(Span(at, at + len(text)))
        at += len(text) + 2
    return "\n\n".join(texts), tuple(spans)


def _topics(read: _Read, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for block, verdict in zip(read.blocks, verdicts, strict=True):
        names = [block.text] if verdict.role == "topic" else []
        if verdict.role != "body":
            names.extend(inline_topics(block.text))
        for name in names:
            found.setdefault(plain(name), name)
    if read.markup and not found:
        for value in (*read.markup.meta.get("article:tag", ()), *read.markup.meta.get("news_keywords", ())):
            for name in value.split(","):
                if name.strip():
                    found.setdefault(plain(name), name.strip())
    return tuple(found.values())[:60]


def _set_aside(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> tuple[SetAside, ...]:
    """Everything that is not the article, neighbours with one reason together, in page order."""
    rest = [(b, v) for b, v in zip(blocks, verdicts, strict=True) if v.role in ("furniture", "metadata", "topic")]
    groups = groupby(rest, key=lambda bv: (bv[1].rule, bv[1].why if bv[1].rule != "block-model" else ""))
    kept: list[SetAside] = []
    for (rule, _), run in groups:
        members = list(run)
        why = members[0][1].why if rule != "block-model" else "does not read like the article's prose at this place"
        kept.append(SetAside(tuple(b.raw for b, _ in members), f"{rule}: {why}", members[0][0].line))
    return tuple(kept)
