"""Which newsrooms an article credits for its main news: a light reading of the headline and the opening.

In: an article, and the outlets of the collection. Out: :class:`Crediting` records, by key. It looks only where an
article says whence it has its news (headline and the first :data:`OPENING` characters), outside quotations, and tells
a report ("the Courier reported", "according to a Courier report", "COURIER: Mayor resigns") from a mere interview
("she told the Courier") and from older reports brought in as background; what is credited first is the main news.
Cue words are rows (``language/en/crediting.toml``). Known to fail: short names ("the Times"); "according to reports".
The full reading of chains is the statements' business, not this one's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ..language.rows import rows
from ..language.sentences import split_sentences
from ..newsrooms import by_name, canonical, find_newsrooms, newsroom_key
from ..records import Article, Span
from .quoted import quoted_spans

OPENING = 1800
"""Characters: about the first six paragraphs, as flattened pages have captions and kickers among them."""


_SPACES = "\u00a0\u2007\u2009\u202f\u2002\u2003\u2005"


_WORD = re.compile(r"\w+")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_SECTION = re.compile(r" \([^()]{1,30}\)$| - [A-Z]\w{1,12}$| (?:Online|Digital|Opinion)\b")
_REPORTS = re.compile(r"\b(?:said|says|reported|reports|told|writes|wrote|noted|tweeted)\b")


@dataclass(frozen=True, slots=True)
class Crediting:
    """One newsroom credited: ``key`` (of ``newsrooms.newsroom_key``), ``name``; ``strong`` where a report of it is
    cited for news (not an interview); ``span`` its name in ``Article.text``, None in the headline."""

    key: str
    name: str
    strong: bool
    span: Span | None


@cache
def _cues(kind: str) -> re.Pattern[str]:
    words = sorted(rows("crediting")[kind], key=lambda cue: (-len(cue), cue))
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _by_first_word(outlets: tuple[str, ...]) -> dict[str, list[str]]:
    """Outlets by the first word of their name: a page names few, and a collection has thousands."""
    found: dict[str, list[str]] = {}
    for outlet in outlets:
        word = _WORD.search(outlet)
        if len(outlet) > 3 and word is not None:
            found.setdefault(word.group(), []).append(outlet)
    return found


@cache
def _nouns() -> frozenset[str]:
    return frozenset(word for noun in rows("crediting")["nouns"] for word in _WORD.findall(noun)[-1:])


@cache
def _unlisted() -> re.Pattern[str]:
    """A capitalised name that ends in a newsroom's noun ("Orvelle Courier")."""
    nouns = "|".join(sorted(rows("crediting")["nouns"]))
    return re.compile(rf"\b(?:[A-Z][\w'’&.-]{{0,20}} ){{1,3}}(?:{nouns})\b")


def _evenly_spaced(text: str) -> str:
    """The text with one kind of space, character for character."""
    if not text.isascii():
        for space in _SPACES:
            text = text.replace(space, " ")  # far quicker than str.translate
    return text


def own_keys(article: Article) -> frozenset[str]:
    """The keys of the newsroom itself: its outlet, and the agency whose copy the page is."""
    names = [article.outlet.name] if article.outlet else []
    if article.credit and article.credit.extent == "whole":
        names.append(article.credit.name)
    return frozenset(key_of(name) for name in names)


def key_of(name: str) -> str:
    """The key of a newsroom by the name of its outlet, which may name a section, too ("Courier Online")."""
    plain = _SECTION.sub("", name)
    return newsroom_key(canonical(plain if by_name(plain) else name))


def creditings(article: Article, outlets: tuple[str, ...] = ()) -> tuple[Crediting, ...]:
    """The newsrooms that the headline and the first crediting sentence credit, by key; none where that sentence
    names the article's own newsroom alone ("told this newspaper").

    ``outlets`` are names known from other pages of the collection, which the table need not list.
    """
    own = own_keys(article)
    headline = _evenly_spaced(article.headline or "")
    found = [_in_headline(headline, span, name) for span, name in _names(headline, outlets)]
    found.extend(_first_in_text(_evenly_spaced(article.text[: OPENING + 400]), outlets))
    best: dict[str, Crediting] = {}
    for crediting in found:
        if crediting is None or crediting.key in own:
            continue
        if crediting.key not in best or (crediting.strong and not best[crediting.key].strong):
            best[crediting.key] = crediting
    return tuple(best[key] for key in sorted(best))


def _first_in_text(text: str, outlets: tuple[str, ...]) -> list[Crediting]:
    """The creditings of the first sentence that has any: whence the main news comes. Later ones bring in other news."""
    names = _names(text, outlets)
    hopeful = [span for span, _ in names if _is_cued(text, span)]
    reached = 0
    for hope in hopeful:
        if hope.start < reached:
            continue
        start, reached = _paragraph(text, hope.start)
        marks = quoted_spans(text[:reached])
        for inner in split_sentences(text[start:reached]):
            sentence = Span(start + inner.start, start + inner.end)
            if sentence.start >= OPENING:
                return []
            within = [
                _in_sentence(text, sentence, span, name)
                for span, name in names
                if sentence.start <= span.start < sentence.end and not any(mark.overlap(span) for mark in marks)
            ]
            found = [crediting for crediting in within if crediting is not None]
            if found:
                return found
    return []


def _paragraph(text: str, at: int) -> tuple[int, int]:
    """The paragraph around a place, as the sentences are split by them: up to a blank line."""
    start = 0
    for gap in _BLANK.finditer(text):
        if gap.start() > at:
            return start, gap.start()
        start = gap.end()
    return start, len(text)


def _is_cued(text: str, span: Span) -> bool:
    """Whether a cue of crediting stands so near to a name that :func:`_in_sentence` may find one."""
    before, after = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 60]
    kinds = _cues("strong"), _cues("people")
    return (
        any(kind.search(after) for kind in kinds)
        or after.lstrip().startswith(":")
        or after.startswith(" says ")
        or _cues("before").search(before) is not None
        or _cues("weak_before").search(before) is not None
    )


def names_newsroom(article: Article, key: str) -> bool:
    """Whether an article names this newsroom anywhere in its text."""
    return any(newsroom_key(hit.newsroom.name) == key for hit in find_newsrooms(_evenly_spaced(article.text)))


def _names(text: str, outlets: tuple[str, ...]) -> list[tuple[Span, str]]:
    """Every newsroom named in a text, from the table, the collection, or by its noun."""
    found = [(Span(hit.start, hit.end), hit.newsroom.name) for hit in find_newsrooms(text)]
    words = set(_WORD.findall(text))
    by_word = _by_first_word(outlets)
    for word in words & by_word.keys():
        for outlet in by_word[word]:
            if outlet in text:
                hits = re.finditer(rf"\b{re.escape(outlet)}\b", text)
                found.extend((Span(hit.start(), hit.end()), outlet) for hit in hits)
    if not words.isdisjoint(_nouns()):
        found.extend((Span(hit.start(), hit.end()), hit.group()) for hit in _unlisted().finditer(text))
    found.sort(key=lambda pair: (pair[0].start, -pair[0].end, pair[1]))
    kept: list[tuple[Span, str]] = []
    for span, name in found:
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, name))
    return kept


def _in_headline(headline: str, span: Span, name: str) -> Crediting | None:
    """A headline credits where it sets the name off ("NAME: ...", "...: NAME report", "NAME reports")."""
    before, after = headline[: span.start].rstrip(), headline[span.end :].lstrip()
    apart = (not before and after.startswith(":")) or before.endswith((":", "-", "–", "—", "(", "via"))
    if apart or _cues("strong").search(after[:20]) or _cues("before").search(before[-20:]):
        return Crediting(key_of(name), name, True, None)
    return None


def _spoken(before: str) -> bool:
    """Whether the words before a name say that somebody spoke to it or on it ("told the", "in an interview on")."""
    words = re.sub(r"[\s“\"‘']+(?:the\s*[“\"‘']?)?$", "", before[-40:], flags=re.IGNORECASE)
    last = list(_cues("weak_before").finditer(words))
    return bool(last) and last[-1].end() == len(words)


def _in_sentence(text: str, sentence: Span, span: Span, name: str) -> Crediting | None:
    before, after = text[sentence.start : span.start], text[span.end : sentence.end]
    if before.endswith("(") and after.startswith(")") and span.start < 80:
        return None  # a dateline: "ORVELLE (Agency) - ..."
    if _cues("background").search(before[-20:] + " " + after[:60]):
        return None
    if _spoken(before):
        return Crediting(key_of(name), name, False, span)
    if after.lstrip().startswith(":") and len(after) < 40:
        return Crediting(key_of(name), name, True, span)  # it introduces a passage of the report
    strong = _cues("strong").search(after[:60]) or _cues("before").search(before[-60:])
    if strong or after.startswith(" says ") or _by_its_people(after):
        return Crediting(key_of(name), name, True, span)
    return None


def _by_its_people(after: str) -> bool:
    """Whether somebody of the newsroom reports it ("the Courier's defence editor said"), and is not its news."""
    people = _cues("people").search(after[:50]) if re.match(r"['’]s? \w", after) else None
    return people is not None and _REPORTS.search(after[people.start() : people.end() + 40]) is not None
