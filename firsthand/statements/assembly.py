"""From readings to statements: pieces of sentences, the chain of each, what kind it is, when the thing happened.

In: a :class:`Reading` with traced attributions. Out: :class:`Statement` values in text order, at least one a sentence.
A quotation that runs over sentences gives each of them the chain that governs it; one without any cue goes to whoever
spoke last right before it, and to nobody where that is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..language.times import TimeExpression
from ..options import StatementOptions
from ..records import Cue, Link, Moment, Span, Statement, StatementKind, content_id
from .announced import announced
from .chains import newsroom_link
from .clauses import find_clauses
from .draft import Draft, times_in
from .floating import floating
from .hedges import find_hedge, find_polarity, main_verb
from .nesting import governing, joined, linked_zone
from .no_comment import Silence
from .pieces import cut_sentence
from .reading import Sentence
from .sources import read_source
from .terms import find_terms


def build_statements(draft: Draft, options: StatementOptions) -> tuple[Statement, ...]:
    """Every statement of an article, in text order."""
    found: list[Statement] = []
    set_off = announced(draft)
    for sentence in draft.reading.sentences:
        made = [t.attribution for t in draft.traced[sentence.index]]
        before = found[-1] if found else None
        for piece in cut_sentence(draft.reading, sentence, made, options.fewest_words):
            statement = _statement(draft, sentence, piece, before, set_off.get(sentence.index, []))
            found.append(statement)
            before = statement
    return tuple(found)


def _statement(
    draft: Draft, sentence: Sentence, piece: Span, before: Statement | None, announced_by: list[Link]
) -> Statement:
    article = draft.reading.article
    inside = [i for i in sentence.tokens_in((piece,)) if sentence.token(i).text[0].isalnum()]
    silence = draft.silences[sentence.index]
    traced = governing(draft, sentence, inside)
    links = joined(t.links for t in traced)
    quoted = draft.reading.quoted(sentence)
    kind: StatementKind
    if silence is not None and _is_main(sentence, silence, piece) and not _is_quoted(sentence, silence, quoted):
        links = _silent_links(draft, sentence, silence)
        kind, content = "no_comment", inside
    else:
        zone = linked_zone(sentence, traced)
        content = [i for i in inside if i not in zone] or inside
        share = _quoted_share(sentence, content, quoted)
        if not links and _goes_on(sentence, piece, before):
            links = _same_chain(before)
        if announced_by and (not links or announced_by[-1].role == "report"):
            links = joined((announced_by, links))
        elif not links and share >= 0.8:
            links = floating(draft, sentence, before)
        kind = decide_kind(False, bool(links), share)
    chain = (newsroom_link(article), *(_with_reason(draft, link) for link in links))
    denied = sum(t.attribution.negated for t in traced) % 2 == 1
    near = times_in(draft.times, piece)
    return Statement(
        content_id("s", article.page, piece.start, piece.end),
        article.page,
        piece,
        article.text[piece.start : piece.end],
        kind,
        chain,
        find_polarity(sentence, content, denied) if kind != "no_comment" else "affirmed",
        find_hedge(sentence, content) if kind != "no_comment" else None,
        _about(sentence, content, near, links, kind),
        tuple(Span(max(q.start, piece.start), min(q.end, piece.end)) for q in quoted if q.overlap(piece))
        if kind in ("quote", "mixed")
        else (),
        find_terms(sentence, content, draft.cast, near),
        find_clauses(sentence, content),
    )


def _goes_on(sentence: Sentence, piece: Span, before: Statement | None) -> bool:
    """Whether a piece is the second "that ..." of what the piece before it gives to somebody."""
    if before is None or before.span.start < sentence.span.start or piece.start == sentence.span.start:
        return False
    opening = sentence.tokens_in((piece,))
    return bool(opening) and sentence.token(opening[0]).text == "that" and sentence.token(opening[0]).dep == "mark"


def _same_chain(before: Statement | None) -> list[Link]:
    return [replace(link, cue=None, content=None, when=None) for link in before.chain[1:]] if before else []


def decide_kind(silent: bool, attributed: bool, quoted_share: float) -> StatementKind:
    """What kind a statement is, from whether it is a refusal to comment, whether a source is named for it, and which
    share of its content's words stands in quotation marks."""
    if silent:
        return "no_comment"
    if not attributed:
        return "own_voice"
    if quoted_share >= 0.85:
        return "quote"
    return "mixed" if quoted_share > 0 else "indirect"


def _is_main(sentence: Sentence, silence: Silence, piece: Span) -> bool:
    """Whether the refusal is what a piece says, and not an aside in it."""
    if not silence.cue or not piece.start <= sentence.span.start + sentence.token(silence.cue[0]).start < piece.end:
        return False
    heads = {sentence.clause_head(i) for i in silence.cue if sentence.token(i).pos in ("VERB", "AUX")}
    return any(sentence.token(h).dep not in ("relcl", "acl") for h in heads) or not heads


def _is_quoted(sentence: Sentence, silence: Silence, quoted: Sequence[Span]) -> bool:
    """Whether a refusal is only told of in somebody's words."""
    inside = set(sentence.tokens_in(quoted))
    return bool(silence.cue) and silence.cue[0] in inside and (silence.head is None or silence.head in inside)


def _silent_links(draft: Draft, sentence: Sentence, silence: Silence) -> list[Link]:
    first, last = silence.cue[0], silence.cue[-1]
    span = sentence.span_of(first, last)
    base = sentence.span.start
    cue = Cue(sentence.parse.text[span.start - base : span.end - base], span)
    if silence.head is None:
        return [Link("source", "unknown", cue=cue)]
    low, high = sentence.parse.left[silence.head], sentence.parse.right[silence.head]
    verbs = [i for i in silence.cue if sentence.token(i).pos in ("VERB", "AUX") and i > silence.head]
    indexes = tuple(range(low, min([high, *(v - 1 for v in verbs)]) + 1))
    links = read_source(draft.reading, draft.cast, draft.memory, sentence, silence.head, indexes, "decline")
    return [replace(link, cue=cue) for link in links]


def _with_reason(draft: Draft, link: Link) -> Link:
    reason = draft.reasons.get(link.description or "")
    return replace(link, anonymity_reason=reason) if reason and link.kind == "unnamed" else link


def _quoted_share(sentence: Sentence, content: list[int], quoted: Sequence[Span]) -> float:
    inside = set(sentence.tokens_in(quoted))
    return sum(i in inside for i in content) / len(content) if content else 0.0


def _about(
    sentence: Sentence, content: list[int], times: Sequence[TimeExpression], links: Sequence[Link], kind: StatementKind
) -> Moment | None:
    """When the thing happened: the time at the content's main verb, else one that opens the content; for a quotation
    without one, when it was said."""
    verb = main_verb(sentence, content)
    kept = set(content)
    opening = set(content[:4])
    fallback = None
    for time in times:
        if time.kind not in ("date", "time") or time.moment is None:
            continue
        at = [i for i in sentence.tokens_in((time.span,)) if i in kept]
        if not at or _is_no_date(sentence, at, time.value):
            continue
        if verb is not None and any(_hangs_on(sentence, i, verb) for i in at):
            return time.moment
        if fallback is None and set(at) & opening:
            fallback = time.moment
    if fallback is None and kind in ("quote", "mixed"):
        return next((link.when for link in reversed(links) if link.when), None)
    return fallback


_BOUNDS = frozenset(("since", "until", "till", "before", "than", "versus", "compare"))


def _is_no_date(sentence: Sentence, at: Sequence[int], value: str) -> bool:
    """Whether a time is only something else's: a year or month that tells which ("the 1991 accord", "the November
    vote"), or what bounds or compares ("since 1991", "than in May")."""
    last = sentence.token(at[-1])
    whose = last.dep in ("nummod", "compound", "amod", "nmod") and last.head > at[-1]
    if whose and len(value) <= 7 and sentence.token(last.head).pos in ("NOUN", "PROPN"):
        return True
    for i in sentence.above(at[-1]):
        token = sentence.token(i)
        if token.lemma in _BOUNDS and token.pos in ("ADP", "SCONJ", "VERB"):
            return token.lemma != "since" or last.head != i  # "since 1991": when it began
        if token.pos in ("VERB", "AUX"):
            return False
    return False


def _hangs_on(sentence: Sentence, i: int, verb: int) -> bool:
    head = sentence.clause_head(i)
    steps = 0
    while head != verb and sentence.token(head).dep in ("xcomp", "conj", "acomp") and steps < 3:
        head = sentence.clause_head(sentence.token(head).head)
        steps += 1
    return head == verb
