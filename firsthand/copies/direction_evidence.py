"""What a pair that shares a text says of who had it from whom. Nothing is decided here: ``reports/`` weighs it.

In: two articles, their edits, the runs of words that they share. Out: reasons. Most have a side: their weight is
positive where they speak for the second article having it from the first, or both from a text that the first is nearer
to; negative the other way round. Each alone proves little: a text is cut, and a text grows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ..language import clock
from ..newsrooms import find_newsrooms, newsroom_key
from ..records import Article, Edit, Place, Reason, Span
from .passages import Run
from .wording import Wording

BEFORE = 110
"""Characters before quoted words in which the other newsroom is looked for."""
FEWEST_QUOTED = 15
"""Words that one side has in its own voice and the other in quotation marks."""
FEWEST_ENDING = 8
"""Words beyond the end of the other article that make that one a text which ends earlier."""
MOST_SHOWN = 5

_WORD = re.compile(r"\w")
_SHORTEST = 20
"""Characters of a stretch that may hold a sentence."""
_USUAL = 60
"""Characters: not more than one sentence for each is counted, so that "Mr." and "U.S." make none."""


def direction_evidence(
    a: Article, b: Article, words_a: Wording, words_b: Wording, runs: Sequence[Run], edits: Sequence[Edit]
) -> tuple[Reason, ...]:
    """The reasons of one pair."""
    found: list[Reason] = []
    if a.credit is not None or b.credit is not None:
        found.extend(_credit(a, b))
    if edits:
        found.extend(_one_sided(a, b, edits))
    for run in runs:
        if run.own_a != run.own_b:
            found.extend(_quotes(a, b, words_a, words_b, run))
    if any(date.role == "updated" for date in (*a.dates, *b.dates)):
        found.extend(_edited_later(a, b))
    return tuple(found)


def _credit(a: Article, b: Article) -> list[Reason]:
    """One article alone says that it is an agency's text."""
    sides = [article.credit if article.credit and article.credit.extent == "whole" else None for article in (a, b)]
    if (sides[0] is None) == (sides[1] is None):
        return []
    article, sign = (a, 1.0) if sides[0] else (b, -1.0)
    credit = article.credit
    assert credit is not None
    because = f"one of the two bears the credit of {credit.name}, the other none"
    return [Reason("credit-on-one-side", because, sign, (Place(article.page, credit.span),))]


def _one_sided(a: Article, b: Article, edits: Sequence[Edit]) -> list[Reason]:
    """Sentences that only one side has; a side that ends earlier; a side that names itself in what only it has."""
    only_a: list[Span] = []
    only_b: list[Span] = []
    for edit in edits:
        if edit.kind == "cut":
            if edit.a.end - edit.a.start >= _SHORTEST:
                only_a.append(edit.a)
        elif edit.kind == "added" and edit.b.end - edit.b.start >= _SHORTEST:
            only_b.append(edit.b)
    found: list[Reason] = []
    for article, other, longer, rule, sign in (
        (a, b, only_a, "sentences-only-a", 1.0),
        (b, a, only_b, "sentences-only-b", -1.0),
    ):
        if not longer:
            continue
        text, sentences = article.text, 0
        places: list[Place] = []
        for span in longer:
            count = _sentences(text, span)
            sentences += count
            if count and len(places) < MOST_SHOWN:
                places.append(Place(article.page, span))
        if sentences:
            because = f"sentences of the shared text that only one of the two has: {sentences}"
            found.append(Reason(rule, because, float(sentences), tuple(places)))
        found.extend(_ends_earlier(article, other, edits, sign))
        found.extend(_names_itself(article, other, longer, sign))
    return found


def _sentences(text: str, span: Span) -> int:
    """About how many sentences end in the span; counting marks costs a tenth of finding them."""
    start, end = span.start, span.end
    count = text.count(".", start, end) + text.count("?", start, end) + text.count("!", start, end)
    return min(count, 1 + (end - start) // _USUAL)


def _ends_earlier(article: Article, other: Article, edits: Sequence[Edit], sign: float) -> list[Reason]:
    """The other article stops where this one goes on, as a text does that was cut from its end."""
    last = edits[-1]
    if last.kind != ("cut" if sign > 0 else "added"):
        return []
    span, place = (last.a, last.b) if sign > 0 else (last.b, last.a)
    if _WORD.search(article.text, span.end) or _WORD.search(other.text, place.end):
        return []
    size = len(span.of(article.text).split())
    if size < FEWEST_ENDING:
        return []
    because = f"one of the two ends {size} words earlier than the other, which it follows until there"
    return [Reason("ends-earlier", because, sign * size, (Place(article.page, span), Place(other.page, place)))]


def _names_itself(article: Article, other: Article, spans: Sequence[Span], sign: float) -> list[Reason]:
    """What only this article has names its own outlet: its desk put that into an agency's text, or the other left out
    where the reporting was done."""
    name = article.outlet.name if article.outlet else ""
    if not name:
        return []
    find = article.text.find
    places = tuple([Place(article.page, span) for span in spans if find(name, span.start, span.end) >= 0])
    if not places or (other.outlet and newsroom_key(other.outlet.name) == newsroom_key(name)):
        return []
    because = f"words that only one of the two has name its own newsroom, {name}"
    return [Reason("names-itself", because, -sign * len(places), places[:MOST_SHOWN])]


def _quotes(a: Article, b: Article, words_a: Wording, words_b: Wording, run: Run) -> list[Reason]:
    """One article prints as a quotation what the other says in its own voice, and names that one's newsroom for it."""
    if run.own_b * 3 < run.own_a and run.own_a >= FEWEST_QUOTED:
        quoting, own, words, first, size, sign = b, a, words_b, run.b, run.length_b, 1.0
    elif run.own_a * 3 < run.own_b and run.own_b >= FEWEST_QUOTED:
        quoting, own, words, first, size, sign = a, b, words_a, run.a, run.length_a, -1.0
    else:
        return []
    at = words.starts.item(first + int(np.argmax(words.quoted[first : first + size])))
    if own.outlet is None or not _named(own.outlet.name, quoting.text[max(0, at - BEFORE) : at]):
        return []
    place = Place(quoting.page, Span(at, words.ends.item(first + size - 1)))
    because = f"one prints as a quotation what the other says in its own voice, and names {own.outlet.name}"
    return [Reason("quotes-the-other", because, sign * max(run.own_a, run.own_b), (place,))]


def _named(name: str, words: str) -> bool:
    """Whether the words name this newsroom."""
    if name in words:
        return True
    return any(newsroom_key(mention.newsroom.name) == newsroom_key(name) for mention in find_newsrooms(words))


def _edited_later(a: Article, b: Article) -> list[Reason]:
    """One article was edited, by its own stamp, after the other was published."""
    found = []
    for article, other, sign in ((b, a, 1.0), (a, b, -1.0)):
        stamps = [date for date in article.dates if date.role == "updated" and date.when is not None]
        if other.published is not None and any(clock.is_before(other.published, date.when) for date in stamps):
            because = "one of the two was edited after the other was published"
            found.append(Reason("edited-later", because, sign, (Place(article.page), Place(other.page))))
    return found
