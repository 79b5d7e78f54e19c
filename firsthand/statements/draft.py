"""All that is known of one article while its statements are put together: readings, links, owners of quotations.

In: a :class:`Reading`. Out: :class:`Draft`: each sentence's attributions with their links, in text order, whose each
quotation is, and the reasons why sources are not named.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ..language.times import TimeExpression
from ..records import Span
from .attributed import MOST, Attribution
from .attributions import find_attributions
from .cast import Cast, gather_cast
from .chains import Traced, own_newsrooms, trace_attribution
from .memory import Memory
from .mended import mended
from .no_comment import Silence, find_silence
from .reading import Reading, Sentence
from .rooms import gather_rooms
from .said import is_said
from .tagged import added, tag_article
from .unnamed import anonymity_reason

_NEAR = 1500
"""Characters after the words of unnamed sources within which it is told why they are not named."""
_LINKED = ("asserts", "stance")


@dataclass(slots=True)
class Draft:
    """All that is known of one article while its statements are put together."""

    reading: Reading
    cast: Cast
    memory: Memory
    times: tuple[TimeExpression, ...]
    traced: list[tuple[Traced, ...]]
    silences: list[Silence | None]
    reasons: dict[str, str]
    owners: dict[int, int]
    bases: dict[int, int]
    """For a quotation that only goes on with another, that other one."""


def draft_article(reading: Reading, times: tuple[TimeExpression, ...], *, tagger: bool = True) -> Draft:
    """Read every sentence once, in text order, so that "the two officials" finds those named before. Without ``tagger``
    only the rules' attributions count."""
    cast = gather_cast(reading)
    memory = Memory(own=own_newsrooms(reading.article), rooms=gather_rooms(reading.article))
    draft = Draft(reading, cast, memory, times, [], [], {}, {}, {})
    for sentence, made in zip(reading.sentences, _linked(reading, tagger), strict=True):
        near = times_in(times, sentence.span)
        memory.meet(cast, sentence)
        traced = tuple(trace_attribution(reading, cast, memory, sentence, a, near) for a in made)
        draft.traced.append(traced)
        draft.silences.append(find_silence(sentence))
        _learn_reason(draft, sentence, traced)
        _own_quotations(draft, sentence, traced)
        memory.topic = _topic_of(sentence)
    _share_owners(draft)
    _go_on(draft)
    return draft


def _topic_of(sentence: Sentence) -> tuple[Sentence, int] | None:
    """The subject of a sentence's main clause, where it has one."""
    roots = [t.i for t in sentence.parse.tokens if t.dep == "ROOT"]
    subjects = [s.i for root in roots[:1] for s in sentence.children(root, "nsubj", "nsubjpass")]
    return (sentence, subjects[0]) if subjects else None


def _linked(reading: Reading, tagger: bool) -> list[list[Attribution]]:
    """The attributions of each sentence that are links of a chain, in the order of their cues."""
    made = [find_attributions(reading, sentence) for sentence in reading.sentences]
    tagged = tag_article(reading, made, beyond=False) if tagger else [[] for _ in made]
    found = []
    for sentence, row, seen in zip(reading.sentences, made, tagged, strict=True):
        both = [*mended(reading, sentence, row, seen), *added(reading, sentence, row, seen)] if seen else row
        linked = [a for a in both if a.force in _LINKED and is_said(sentence, a)]
        found.append(sorted(linked, key=lambda a: (a.verb, a.manner))[:MOST])
    return found


def times_in(times: Sequence[TimeExpression], span: Span) -> tuple[TimeExpression, ...]:
    """The expressions of time that start within a span."""
    low = bisect_left(times, span.start, key=lambda t: t.span.start)
    high = bisect_left(times, span.end, key=lambda t: t.span.start)
    return tuple(times[low:high])


def _learn_reason(draft: Draft, sentence: Sentence, traced: tuple[Traced, ...]) -> None:
    """Why a source is not named, said with it or in a sentence about "they" right after."""
    found = anonymity_reason(sentence.parse.text)
    if found is None:
        return
    here = [link for t in traced for link in t.links if link.kind == "unnamed" and link.description]
    start = sentence.span.start + found[1]
    if any(q.start < start < q.end for q in draft.reading.quoted(sentence)):
        return
    if not here and draft.memory.unnamed and start - draft.memory.spoke <= _NEAR:
        here = [link for link in (draft.memory.unnamed[-1][1], draft.memory.latest) if link is not None]
    for link in here[-2:]:
        if link.description:
            draft.reasons.setdefault(link.description, found[0])


def _own_quotations(draft: Draft, sentence: Sentence, traced: tuple[Traced, ...]) -> None:
    """Which sentence says whose a quotation is."""
    for q in sentence.quotations:
        span = draft.reading.quotations[q].span
        here = Span(max(span.start, sentence.span.start), min(span.end, sentence.span.end))
        for t in traced:
            verb = sentence.span.start + sentence.token(t.attribution.verb).start
            covered = sum(c.overlap(here) for c in t.attribution.content)
            if t.links and covered * 2 >= here.end - here.start and not span.start <= verb < span.end:
                draft.owners.setdefault(q, sentence.index)


def _share_owners(draft: Draft) -> None:
    """A quotation that runs on over paragraphs has one speaker, wherever he is named."""
    quotations = draft.reading.quotations
    for q in range(len(quotations) - 1):
        if quotations[q].runs_on and q in draft.owners:
            draft.owners.setdefault(q + 1, draft.owners[q])
    for q in range(len(quotations) - 2, -1, -1):
        if quotations[q].runs_on and q + 1 in draft.owners:
            draft.owners.setdefault(q, draft.owners[q + 1])


def _go_on(draft: Draft) -> None:
    """A quotation right after another one in its paragraph, in a sentence of its own without a cue, goes on with it."""
    before: int | None = None
    for sentence in draft.reading.sentences:
        here = sentence.quotations
        if here and before is not None and here[0] == before + 1 and here[0] not in draft.owners:
            earlier = draft.reading.sentences[sentence.index - 1]
            region = set(sentence.tokens_in(draft.reading.quoted(sentence)))
            words = [t.i for t in sentence.parse.tokens if t.text[0].isalnum()]
            whole = bool(words) and sum(i in region for i in words) * 5 >= len(words) * 4
            if whole and earlier.paragraph == sentence.paragraph and before in draft.owners:
                draft.owners[here[0]] = draft.owners[before]
                draft.bases[here[0]] = draft.bases.get(before, before)
        before = here[-1] if here else None
