"""What is planted in a generated collection: events, each with the pages that it makes.

Copies, of which any two pages of one event are a pair:
    k1      the same article on another site (furniture differs; half the copies add a line of their own)
    k2      a fifth to two fifths of its paragraphs changed or cut, a word here and there in others
    k3      three to five successive paragraphs inside a longer page, 60 words at the least
    wire    a report on 2 to 60 sites (rarely on hundreds: ``chain``), whole, cut at the end, or with a new top
No copies, though words are shared:
    quote      several pages that quote the same speech: in marks, between own words, over several paragraphs
    statement  the same statement, introduced by a colon (in the line or before the paragraphs) or in quotation marks
    unmarked   the same statement with no mark at all: only that it says "we" tells it from copied prose, if it does
    lookalike  the same template with other numbers, names and days: a robot's text on one to six sites, with or
               without own paragraphs
    alone      nothing shared but what all news shares: stock phrases
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.copies_words import (
    CAPITAL,
    CLOSE,
    CLOSE_END,
    CLOSE_STOP,
    COLON,
    COLON_END,
    DAYS,
    END,
    FORMS,
    MONTHS,
    OPEN,
    OPEN_AGAIN,
    PLAIN,
    SAID,
    STOP,
    Prose,
    Tokens,
    form,
    reform,
    words,
)

KINDS = ("k1", "k2", "k3", "wire", "chain", "quote", "statement", "unmarked", "lookalike", "alone")
COPIED = KINDS[:5]
SHARES = (0.08, 0.10, 0.10, 0.14, 0.0, 0.05, 0.04, 0.02, 0.07, 0.40)
"""Of the pages; chains are counted out beforehand."""
FEWEST_COPIED = 60
"""Words of the shortest excerpt."""
LATE = 0.01
"""Share of the copies that are printed weeks after the others."""
IN_STATEMENT = words("said in a statement")
IN_FULL = words("the statement read in full")
LINES = np.array([END, COLON_END, CLOSE_END])


@dataclass(frozen=True, slots=True)
class Event:
    """The pages that one event makes: their paragraphs, their days, and how many own words two of them share (pairs
    only; 0 where that differs from page to page)."""

    kind: str
    pages: list[list[Tokens]]
    days: list[int]
    shared: int = 0
    sites: int = 0
    """On how many sites at most its pages stand; 0: each on another."""


def events(prose: Prose, pages: int, chains: list[int], groups: bool = True) -> Iterator[Event]:
    """Events for so many pages, the chains first; without ``groups`` no wire reports."""
    for size in chains:
        yield _wire(prose, size, "chain")
        pages -= size
    chances = np.array(_CHANCES)
    chances[KINDS.index("wire")] *= groups
    bounds = np.cumsum(chances)
    while pages > 0:
        kind = KINDS[int(np.searchsorted(bounds, prose.random.random() * bounds[-1]))]
        event = _MAKERS[kind](prose)
        yield event
        pages -= len(event.pages)


def _size(pages: list[Tokens]) -> int:
    return sum(len(paragraph) for paragraph in pages)


def _near(prose: Prose, count: int) -> list[int]:
    """Days of publication, close together but for a few."""
    draw = prose.random
    first = int(draw.integers(0, 360))
    return [
        first + int(draw.random() ** 3 * 3) + (int(draw.integers(8, 90)) if draw.random() < LATE else 0)
        for _ in range(count)
    ]


def _k1(prose: Prose) -> Event:
    article = prose.article()
    other = [prose.sentence(4, 12), *article] if prose.random.random() < 0.5 else list(article)
    if len(other) > len(article):
        other[0][-1] = reform(int(other[0][-1]), END)
    return Event("k1", [article, other], _near(prose, 2), _size(article))


def _k2(prose: Prose) -> Event:
    draw = prose.random
    article = prose.article(5)
    changed = set(draw.permutation(len(article))[: max(1, round(len(article) * draw.uniform(0.2, 0.4)))].tolist())
    cut = draw.random() < 0.5
    other: list[Tokens] = []
    shared = 0
    for number, paragraph in enumerate(article):
        if number not in changed:
            other.append(_touched(prose, paragraph))
            shared += int(np.count_nonzero(other[-1] == paragraph))
        elif not cut:
            other.append(prose.paragraph())
    return Event("k2", [article, other], _near(prose, 2), shared)


def _touched(prose: Prose, paragraph: Tokens) -> Tokens:
    """A paragraph, three times out of ten with a word or two replaced."""
    draw = prose.random
    if len(paragraph) < 15 or draw.random() > 0.3:
        return paragraph
    out = paragraph.copy()
    for at in draw.integers(2, len(paragraph) - 2, int(draw.integers(1, 3))).tolist():
        out[at] = int(prose.language.draw(1, draw)[0]) * FORMS + out[at] % FORMS
    return out


def _k3(prose: Prose) -> Event:
    draw = prose.random
    article, host = prose.article(6), prose.article(6)
    while _size(host) < _size(article):
        host = [*host, *prose.paragraphs(3)]
    count = int(draw.integers(3, 6))
    start = int(draw.integers(0, len(article) - count + 1))
    place = int(draw.integers(1, len(host)))
    excerpt = article[start : start + count]
    while _size(excerpt) < FEWEST_COPIED and len(excerpt) < len(article):  # less could be anybody's background
        start, count = max(0, start - 1), count + 1
        excerpt = article[start : start + count]
    return Event("k3", [article, [*host[:place], *excerpt, *host[place:]]], _near(prose, 2), _size(excerpt))


def _wire(prose: Prose, size: int = 0, kind: str = "wire") -> Event:
    draw = prose.random
    report = prose.article(6)
    size = size or min(60, int(2 + draw.pareto(1.5) * 2))
    pages: list[list[Tokens]] = []
    for _ in range(size):
        way = draw.random()
        if way < 0.6:
            pages.append(report)
        elif way < 0.85:
            pages.append(report[: max(3, round(len(report) * draw.uniform(0.5, 0.9)))])
        else:
            pages.append([*prose.paragraphs(int(draw.integers(1, 3))), *report[1:]])
    return Event(kind, pages, _near(prose, size))


def _quote(prose: Prose) -> Event:
    """A speech of some sentences; each page quotes a few of them in its own way."""
    draw = prose.random
    speech = [prose.sentence(8, 32) for _ in range(int(draw.integers(3, 8)))]
    name = prose.language.name(draw)
    pages = []
    for _ in range(int(draw.integers(2, 6))):
        page = prose.article()
        chosen = sorted(draw.permutation(len(speech))[: int(draw.integers(2, len(speech) + 1))].tolist())
        page[1:1] = _quoting(prose, [speech[i] for i in chosen], name)
        pages.append(page)
    return Event("quote", pages, _near(prose, len(pages)))


def _quoting(prose: Prose, sentences: list[Tokens], name: int) -> list[Tokens]:
    """Quotations as newsrooms print them."""
    draw = prose.random
    said = form([SAID, name], STOP)
    if draw.random() < 0.2:  # over several paragraphs: each opens anew, the last closes
        out = [one.copy() for one in sentences]
        for one in out:
            one[0], one[-1] = reform(int(one[0]), OPEN), reform(int(one[-1]), END)
        out[-1][-1] = reform(int(out[-1][-1]), CLOSE_END)
        return out
    made = []
    for sentence in sentences:
        one = sentence.copy()
        one[0] = reform(int(one[0]), OPEN)
        way = draw.random()
        if way < 0.35:  # “...,” said Name. Own words.
            one[-1] = reform(int(one[-1]), CLOSE)
            parts = [one, said, prose.sentence()]
        elif way < 0.6 and len(one) > 14:  # “first half,” said Name. “second half.”
            middle = len(one) // 2
            head, tail = one[:middle].copy(), one[middle:].copy()
            head[-1], tail[0] = reform(int(head[-1]), CLOSE), reform(int(tail[0]), OPEN_AGAIN)
            tail[-1] = reform(int(tail[-1]), CLOSE_STOP)
            parts = [head, said, tail]
        elif way < 0.85:  # Own words. “...” Own words.
            one[-1] = reform(int(one[-1]), CLOSE_STOP)
            parts = [prose.sentence(), one, prose.sentence()]
        else:  # own words that run on “into the quotation.”
            one[0], one[-1] = reform(int(one[0]), OPEN_AGAIN), reform(int(one[-1]), CLOSE_STOP)
            own = prose.sentence(5, 14)
            own[-1] = reform(int(own[-1]), PLAIN)
            parts = [own, one]
        paragraph = np.concatenate(parts)
        paragraph[-1] = reform(int(paragraph[-1]), CLOSE_END if paragraph[-1] % FORMS == CLOSE_STOP else END)
        made.append(paragraph)
    return made


def _stated(prose: Prose, marked: bool) -> Event:
    """A statement of one to three paragraphs on several pages, each with its own words around."""
    draw = prose.random
    statement = [np.concatenate([prose.stated() for _ in range(int(draw.integers(1, 4)))]) for _ in range(3)]
    statement = statement[: int(draw.integers(1, 4))]
    for one in statement:
        one[-1] = reform(int(one[-1]), END)
    way, name = draw.random(), prose.language.name(draw)
    pages = []
    for _ in range(int(draw.integers(2, 5))):
        page = prose.article()
        place = int(draw.integers(1, len(page)))
        page[place:place] = _stating(prose, statement, way, name) if marked else _bare(prose, statement)
        pages.append(page)
    return Event("statement" if marked else "unmarked", pages, _near(prose, len(pages)))


def _stating(prose: Prose, statement: list[Tokens], way: float, name: int) -> list[Tokens]:
    """The statement with what marks it: a colon before it, a colon in the line, or quotation marks."""
    opening = np.concatenate((prose.sentence(), form([name, *IN_STATEMENT], COLON_END, PLAIN)))
    if way < 0.5:
        return [opening, *statement]
    first, *rest = (one.copy() for one in statement)
    if way < 0.75:
        opening[-1] = reform(int(opening[-1]), COLON)
        return [np.concatenate((opening, first)), *rest]
    for one in (first, *rest):
        one[0] = reform(int(one[0]), OPEN)
    (rest[-1] if rest else first)[-1] = reform(int((rest[-1] if rest else first)[-1]), CLOSE_END)
    return [opening, first, *rest]


def _bare(prose: Prose, statement: list[Tokens]) -> list[Tokens]:
    """The statement with nothing that marks it; on some pages a sentence says that it is one."""
    return [form(IN_FULL, END, CAPITAL), *statement] if prose.random.random() < 0.5 else statement


def _lookalikes(prose: Prose) -> Event:
    """A template of 6 to 16 sentences, on each page filled anew; one page in six leaves a sentence out."""
    draw = prose.random
    template = [prose.sentence(10, 32) for _ in range(int(draw.integers(6, 17)))]
    slots = [np.flatnonzero(draw.random(len(one)) < 0.2) for one in template]
    kinds = [draw.integers(0, 4, len(one)) for one in slots]
    robot = draw.random() < 0.5
    days = draw.permutation(360)[: int(draw.integers(2, 13))].tolist()
    pages = []
    for _ in days:
        body: list[Tokens] = []
        for sentence, places, filled in zip(template, slots, kinds, strict=True):
            if draw.random() < 1 / 6:
                continue
            one = sentence.copy()
            for at, kind in zip(places.tolist(), filled.tolist(), strict=True):
                one[at] = _filling(prose, kind) * FORMS + one[at] % FORMS
            body.append(one)
        body = body or [template[0].copy()]
        groups = [np.concatenate(body[i : i + 2]) for i in range(0, len(body), 2)]
        for group in groups:
            group[-1] = reform(int(group[-1]), END)
        pages.append(groups if robot else [*groups, *prose.article()])
    return Event("lookalike", pages, days, sites=int(draw.integers(1, 7)))


def _filling(prose: Prose, kind: int) -> int:
    """A number (twice as often), a name, or a day or month."""
    draw = prose.random
    if kind < 2:
        return prose.language.number(draw)
    return prose.language.name(draw) if kind == 2 else (DAYS + MONTHS)[int(draw.integers(len(DAYS + MONTHS)))]


def _alone(prose: Prose) -> Event:
    return Event("alone", [prose.article()], _near(prose, 1))


_MAKERS = {
    "k1": _k1,
    "k2": _k2,
    "k3": _k3,
    "wire": _wire,
    "quote": _quote,
    "statement": lambda prose: _stated(prose, True),
    "unmarked": lambda prose: _stated(prose, False),
    "lookalike": _lookalikes,
    "alone": _alone,
}
_PAGES = {"wire": 5.3, "quote": 3.5, "statement": 3.0, "unmarked": 3.0, "lookalike": 7.0, "alone": 1.0}
"""Pages of an event on average; of others, two."""
_CHANCES = [share / _PAGES.get(kind, 2.0) for kind, share in zip(KINDS, SHARES, strict=True)]
