"""Attributions as a trained tagger sees them: cues that no row knows, and where cue, source and content end.

In: a :class:`Reading` with the rules' attributions. Out: :class:`Tagged` values, sentence by sentence. The network
(``network``) says which tokens head a cue and, for each, which words of its sentence are cue, source and content; here
its numbers become spans, and content that is a quotation goes on over sentences and paragraphs as the quotation does.

The tagger was trained on US political news, whose labels count as an attribution also what somebody wants, fears,
supports or does about others' words. So it stands beside the rules: a chain takes from it what :func:`added` lets pass.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ..records import Span
from .attributed import MOST, Attribution, Manner, zone_of
from .governed import SELF, cue_table, cue_words, means_else, tidy_spans
from .network import Network, network
from .reading import Reading, Sentence, subject_of
from .signs import Beside, Floats, Ints, beside_cue, quoted_tokens, read_signs, rule_at

LIKELY = 0.4
"""A token heads a cue from this probability on: best on articles kept back from training, and flat from .35 to .5."""
SURE = 0.7
"""A chain takes a cue that no row knows from this probability on."""
SURE_ENOUGH = 0.9
"""From this probability on the tagger's source and content go before the rules' (``mended``)."""
TOKENS = 4000
"""Tokens, about, that the network reads at a time: a hostile page has 100,000, and each takes some 5 kB."""
CHANGE = 0.7
"""What a change of role between neighbours costs (natural logarithm)."""
_CUE, _SOURCE, _CONTENT = 1, 2, 3
SUBJECTS = ("nsubj", "nsubjpass", "expl")
RELATIVE = ("WP", "WDT", "WP$")


@dataclass(frozen=True, slots=True)
class Tagged:
    """One attribution. ``head`` (the cue's), ``cue``, ``source`` and ``content`` are token indexes of the sentence;
    ``beyond`` are the quotations that carry the content on (characters of the article, marks included)."""

    sentence: int
    head: int
    probability: float
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    beyond: tuple[Span, ...] = ()


def tag_article(reading: Reading, made: Sequence[Sequence[Attribution]], *, beyond: bool = True) -> list[list[Tagged]]:
    """The tagger's attributions of each sentence, in order. ``made`` are the rules', sentence by sentence. Without
    ``beyond`` no content is carried on over sentences: a chain does not ask for it, and it costs more than linear time
    where a page is one quotation."""
    if not reading.sentences:
        return []
    net = network()
    signs = read_signs(reading, made)
    quoted = quoted_tokens(reading)
    heads: list[list[int]] = []
    found: list[list[Tagged]] = []
    for first, last in _blocks(signs.starts):
        part = signs.block(first, last)
        encoded = net.encode(part)
        likely = net.cues(encoded)
        rows = [_heads(likely[a:b]) for a, b in pairwise(part.starts)]
        places = [
            _Place(reading.sentences[first + s], int(part.starts[s]), head)
            for s, row in enumerate(rows)
            for head in row
        ]
        beside = [
            beside_cue(p.sentence, quoted[p.sentence.index], p.head, rule_at(made[p.sentence.index], p.head))
            for p in places
        ]
        heads.extend(rows)
        found.extend([] for _ in rows)
        for tagged in _read_roles(net, encoded, likely, places, beside):
            found[tagged.sentence].append(tagged)
    return [[_carried_on(reading, t, heads) for t in row] for row in found] if beyond else found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cue is: its sentence, the row at which that starts, and the cue's head in it."""

    sentence: Sentence
    base: int
    head: int


def _blocks(starts: Ints) -> Iterator[tuple[int, int]]:
    """Sentences that are read at a time."""
    first = 0
    while first < len(starts) - 1:
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + TOKENS, side="right")) - 1)
        yield first, last
        first = last


def _heads(likely: Floats) -> list[int]:
    chosen = np.flatnonzero(likely >= LIKELY)
    if len(chosen) > MOST:
        chosen = np.sort(chosen[np.argsort(-likely[chosen], kind="stable")[:MOST]])
    return [int(i) for i in chosen]


def _read_roles(
    net: Network, encoded: Floats, likely: Floats, places: Sequence[_Place], beside: Sequence[Beside]
) -> Iterator[Tagged]:
    bases = np.array([p.base for p in places], dtype=np.int64)
    tops = bases + np.array([p.head for p in places], dtype=np.int64)
    for place, seen, shares in zip(places, beside, net.roles(encoded, tops, bases, beside), strict=True):
        roles = np.array(_likeliest(shares))
        cue, source, content = (
            tuple(int(i) + seen.first for i in np.flatnonzero(roles == role)) for role in (_CUE, _SOURCE, _CONTENT)
        )
        probability = float(likely[place.base + place.head])
        yield Tagged(place.sentence.index, place.head, probability, cue or (place.head,), source, content)


def _likeliest(shares: Floats) -> list[int]:
    """The role of each word in the likeliest row of roles where every change of role has its price (Viterbi; with one
    price for all changes a step compares each role with the best of all)."""
    steps = np.log(shares + 1e-6).tolist()
    score, came = steps[0], []
    roles = range(len(score))
    for step in steps[1:]:
        best = max(roles, key=score.__getitem__)
        jump = score[best] - CHANGE
        came.append([role if score[role] >= jump else best for role in roles])
        score = [max(score[role], jump) + step[role] for role in roles]
    role = max(roles, key=score.__getitem__)
    found = [role]
    for before in reversed(came):
        role = before[role]
        found.append(role)
    return found[::-1]


# ------------------------------------------------------------------------------------------- over sentences
def _carried_on(reading: Reading, tagged: Tagged, heads: Sequence[Sequence[int]]) -> Tagged:
    """The same with the quotations that its content stands in, to their ends: over sentences, over paragraphs that open
    with a mark again, and with what is quoted right after in sentences of the paragraph that hold nothing else."""
    sentence = reading.sentences[tagged.sentence]
    inside = set(tagged.content)
    numbers = {q for q in sentence.quotations if _mostly(sentence, reading.quotations[q].span, inside)}
    if not numbers:
        return tagged
    for q in sorted(numbers):
        while q + 1 < len(reading.quotations) and reading.quotations[q].runs_on and q + 1 not in numbers:
            q += 1
            numbers.add(q)
    for q in sorted(numbers, reverse=True):
        while q > 0 and reading.quotations[q - 1].runs_on and q - 1 not in numbers:
            q -= 1
            numbers.add(q)
    numbers.update(_following(reading, tagged.sentence, max(numbers), heads))
    beyond = tuple(reading.quotations[q].span for q in sorted(numbers))
    return Tagged(tagged.sentence, tagged.head, tagged.probability, tagged.cue, tagged.source, tagged.content, beyond)


def _mostly(sentence: Sentence, span: Span, inside: Collection[int]) -> bool:
    words = [i for i in sentence.tokens_in((span,)) if sentence.token(i).text[0].isalnum()]
    return bool(words) and sum(i in inside for i in words) * 2 >= len(words)


def _following(reading: Reading, s: int, last: int, heads: Sequence[Sequence[int]]) -> Iterator[int]:
    """The quotations that go on after ``last``, each in a sentence of its own in the same paragraph."""
    end = reading.quotations[last].span.end
    for index in range(max(s + 1, bisect_left(reading.sentences, end, key=_start)), len(reading.sentences)):
        sentence = reading.sentences[index]
        if sentence.paragraph != reading.sentences[index - 1].paragraph or sentence.quotations[:1] != (last + 1,):
            return
        quoted = set(sentence.tokens_in(reading.quoted(sentence)))
        words = [t.i for t in sentence.parse.tokens if t.text[0].isalnum()]
        if sum(i in quoted for i in words) * 5 < len(words) * 4 or any(i not in quoted for i in heads[index]):
            return
        last += 1
        yield last


def _start(sentence: Sentence) -> int:
    return sentence.span.start


def content_spans(sentence: Sentence, tagged: Tagged) -> tuple[Span, ...]:
    """The content as characters of the article, quotations that carry it on included."""
    return (*sentence.spans_of(tagged.content), *tagged.beyond)


# ------------------------------------------------------------------------------------------------ to chains
def added(
    reading: Reading, sentence: Sentence, made: Sequence[Attribution], tagged: Sequence[Tagged]
) -> list[Attribution]:
    """The tagger's attributions that the rules do not know and that a chain may rest on: a verb with a source that
    stands with a quotation, or with a clause of its own subject. What else the tagger marks ("supports the bill") is
    nothing that was said."""
    known = {i for a in made for i in (a.verb, *a.cue)}
    found = []
    for t in tagged:
        token = sentence.token(t.head)
        if t.head in known or token.pos != "VERB" or not t.source or t.probability < SURE:
            continue
        if means_else(sentence, token):
            continue
        content = set(t.content)
        quoted = {i for i in sentence.tokens_in(reading.quoted(sentence)) if sentence.token(i).text[0].isalnum()}
        asks = bool(t.content) and sentence.token(t.content[0]).text.lower() in cue_words("questions") - {"what"}
        if t.head in quoted or asks or _is_thought(token.lemma) or not _is_said(sentence, t, content, quoted):
            continue
        head = top_of(sentence, t.source)
        subject = subject_of(sentence, t.head)
        plain = _is_plain(sentence, t)
        if subject != head and not (plain and (subject is None or sentence.token(head).tag in RELATIVE)):
            continue
        if sentence.token(head).tag in RELATIVE:
            if subject is None or subject == head:
                continue
            head = subject
        if sentence.token(head).lemma.lower() in SELF:
            continue
        manner: Manner = "quote" if content & quoted else "clause"
        zone = zone_of(sentence, t.head, content) | set(t.cue) | set(t.source)
        found.append(
            Attribution(
                sentence.index, t.head, token.lemma, t.cue, head, t.source, frozenset(zone - content),
                tidy_spans(sentence, content), "asserts", manner,
            )
        )  # fmt: skip
    return found


def _is_said(sentence: Sentence, tagged: Tagged, content: set[int], quoted: set[int]) -> bool:
    words = [i for i in content if sentence.token(i).text[0].isalnum()]
    if not words:
        return False
    if sum(i in quoted for i in words) * 2 > len(words):
        return True
    if _is_plain(sentence, tagged):
        return any(sentence.token(i).dep in SUBJECTS for i in words)
    clauses = sentence.children(tagged.head, "ccomp")
    return any(c.i in content and sentence.children(c.i, *SUBJECTS) for c in clauses)


def _is_plain(sentence: Sentence, tagged: Tagged) -> bool:
    """Whether a cue is a plain verb of speech, and surely one: by its likelihood, or as "that" opens its content."""
    if sentence.token(tagged.head).lemma not in cue_words("plain_speech"):
        return False
    return tagged.probability >= SURE_ENOUGH or sentence.token(tagged.content[0]).text == "that"


def _is_thought(lemma: str) -> bool:
    """Whether a clause under a cue is what somebody has in mind; "pointed out that" is said, "pointed to" is not."""
    return any(row["force"] == "mind" and "clause" in row["takes"] for row in cue_table("verb").get(lemma, ()))


def top_of(sentence: Sentence, source: Sequence[int]) -> int:
    """The token that governs the rest of a source."""
    inside = set(source)
    return next((i for i in source if sentence.token(i).head not in inside or sentence.token(i).head == i), source[0])
