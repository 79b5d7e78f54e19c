"""From readings to statements: pieces of sentences, the chain of each, what kind it is, when the thing happened.

In: a :class:`Reading` with traced attributions. Out: :class:`Statement` values in text order, at least one a sentence.
A quotation that runs over sentences gives each of them the chain that governs it; one without any cue goes to whoever
spoke last right before it, and to nobody where that is open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..language.rows import rows
from ..language.times import TimeExpression
from ..options import StatementOptions
from ..records import Cue, Link, Moment, Span, Statement, StatementKind, content_id
from .attributions import MOST, Attribution, find_attributions
from .cast import Cast, gather_cast
from .chains import Traced, basis_tokens, newsroom_link, own_newsrooms, trace_attribution
from .governed import cue_words
from .hedges import find_hedge, find_polarity, main_verb
from .memory import Memory
from .no_comment import Silence, find_silence
from .pieces import OPENINGS, cut_sentence
from .reading import Reading, Sentence
from .rooms import gather_rooms
from .sources import read_source
from .tagged import added, tag_article
from .terms import find_terms
from .unnamed import anonymity_reason

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
    _share_owners(draft)
    _go_on(draft)
    return draft


def _linked(reading: Reading, tagger: bool) -> list[list[Attribution]]:
    """The attributions of each sentence that are links of a chain, in the order of their cues."""
    made = [find_attributions(reading, sentence) for sentence in reading.sentences]
    found = [[a for a in row if a.force in _LINKED] for row in made]
    for sentence, row in zip(reading.sentences, tag_article(reading, made) if tagger else (), strict=False):
        more = added(reading, sentence, made[sentence.index], row)
        if more:
            linked = [*found[sentence.index], *more]
            found[sentence.index] = sorted(linked, key=lambda a: (a.verb, a.manner))[:MOST]
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
    if not here and draft.memory.unnamed:
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


def build_statements(draft: Draft, options: StatementOptions) -> tuple[Statement, ...]:
    """Every statement of an article, in text order."""
    found: list[Statement] = []
    for sentence in draft.reading.sentences:
        made = [t.attribution for t in draft.traced[sentence.index]]
        before = found[-1] if found else None
        for piece in cut_sentence(draft.reading, sentence, made, options.fewest_words):
            statement = _statement(draft, sentence, piece, before)
            found.append(statement)
            before = statement
    return tuple(found)


def _statement(draft: Draft, sentence: Sentence, piece: Span, before: Statement | None) -> Statement:
    article = draft.reading.article
    inside = [i for i in sentence.tokens_in((piece,)) if sentence.token(i).text[0].isalnum()]
    silence = draft.silences[sentence.index]
    traced = _governing(draft, sentence, inside)
    links = _joined(t.links for t in traced)
    quoted = draft.reading.quoted(sentence)
    kind: StatementKind
    if silence is not None and _is_main(sentence, silence, piece):
        links = _silent_links(draft, sentence, silence)
        kind, content = "no_comment", inside
    else:
        zone = _zone(sentence, traced)
        content = [i for i in inside if i not in zone] or inside
        share = _quoted_share(sentence, content, quoted)
        if not links and share >= 0.8:
            links = _floating(draft, sentence, before)
        elif not links and not quoted:
            links = _announced(draft, sentence)
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
    )


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


def _governing(draft: Draft, sentence: Sentence, inside: list[int]) -> list[Traced]:
    """The attributions whose content is most of a piece, the widest first; for words inside a quotation those that
    govern it from another sentence."""
    own = draft.traced[sentence.index]
    zone = _zone(sentence, own)
    words = [i for i in inside if i not in zone] or inside
    main, top = main_verb(sentence, words), main_verb(sentence, inside)
    found = []
    for t in own:
        content = set(sentence.tokens_in(t.attribution.content))
        covered = [i for i in words if i in content]
        leads = top == t.attribution.verb and (len(covered) * 5 >= len(words) * 2 or _opens(sentence, t.attribution))
        governs = len(covered) * 2 >= len(words) and (main is None or main in content)
        if (t.links or t.own) and (leads or governs):
            found.append((-len(content), t.attribution.verb, t))
    aside = _aside(sentence, own, top)
    if aside is not None:
        found = [f for f in found if f[2].attribution.verb in sentence.subtree(aside)]
    if found:
        return _one_source([t for *_, t in sorted(found, key=lambda f: f[:2])])
    for q in sentence.quotations:
        owner = draft.owners.get(q)
        region = set(sentence.tokens_in((draft.reading.quotations[q].span,)))
        if owner is None or owner == sentence.index or sum(i in region for i in words) * 2 < len(words):
            continue
        base = draft.bases.get(q, q)
        span = draft.reading.quotations[base].span
        far = [t for t in draft.traced[owner] if t.links and _governs(t.attribution, span, draft.reading, base)]
        return _one_source([replace(t, attribution=replace(t.attribution, zone=frozenset())) for t in far])
    return []


def _aside(sentence: Sentence, own: Sequence[Traced], top: int | None) -> int | None:
    """The verb of a piece that is an attribution set off from what stands before it ("..., though the council said
    ..."): no cue outside the piece governs it."""
    verbs = {t.attribution.verb for t in own if t.attribution.manner == "clause"}
    if top is None or top not in verbs or sentence.token(top).dep != "advcl":
        return None
    opening = sentence.token(sentence.parse.left[top]).text.lower()
    return top if opening in OPENINGS else None


def _opens(sentence: Sentence, made: Attribution) -> bool:
    """Whether the content follows its cue: then what comes after it in the same clause is still under that cue."""
    cue = sentence.span.start + sentence.token(made.verb).start
    return made.manner == "clause" and bool(made.content) and made.content[0].start > cue


def _one_source(nested: list[Traced]) -> list[Traced]:
    """Of attributions within one another all up to the first that ends in a source: what that source says of others'
    words is its own account of them. Below a cited report only speech counts, not what somebody found or did."""
    kept: list[Traced] = []
    for t in nested:
        if kept and kept[-1].links and t.attribution.lemma not in cue_words("spoken"):
            continue
        kept.append(t)
        if any(link.role == "source" for link in t.links):
            break
    return kept


def _governs(made: Attribution, span: Span, reading: Reading, q: int) -> bool:
    if any(c.overlap(span) for c in made.content):
        return True
    linked = [i for i in range(len(reading.quotations)) if reading.quotations[i].runs_on or i == q]
    return any(c.overlap(reading.quotations[i].span) for i in linked for c in made.content)


def _zone(sentence: Sentence, traced: Sequence[Traced]) -> set[int]:
    zone = {
        i for t in traced for i in t.attribution.zone if t.attribution.sentence == sentence.index and (t.links or t.own)
    }
    return zone | basis_tokens(sentence) if zone else zone


def _joined(many: Iterable[Sequence[Link]]) -> list[Link]:
    """Links of several attributions in one chain; what an inner one repeats of an outer one is left out."""
    chain: list[Link] = []
    for links in many:
        for link in links:
            if not any(_same(link, earlier) for earlier in chain):
                chain.append(link)
    if any(link.role == "report" and link.name for link in chain):  # "reportedly ..., according to the Gazette"
        chain = [link for link in chain if link.role != "report" or link.name]
    return chain


def _same(a: Link, b: Link) -> bool:
    if a.role != b.role:
        return False
    if a.role == "report":
        return a.name == b.name or a.name is None
    if a.name or b.name:
        return a.name == b.name
    return (a.description, a.kind) == (b.description, b.kind)


def _is_main(sentence: Sentence, silence: Silence, piece: Span) -> bool:
    """Whether the refusal is what a piece says, and not an aside in it."""
    if not silence.cue or not piece.start <= sentence.span.start + sentence.token(silence.cue[0]).start < piece.end:
        return False
    heads = {sentence.clause_head(i) for i in silence.cue if sentence.token(i).pos in ("VERB", "AUX")}
    return any(sentence.token(h).dep not in ("relcl", "acl") for h in heads) or not heads


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


def _floating(draft: Draft, sentence: Sentence, before: Statement | None) -> list[Link]:
    """Whose a quotation without a cue is: of whoever the next sentence gives it to ("With these words Brook ..."), else
    the speaker of what stands right before it, if that was said by somebody."""
    afterwards = _named_afterwards(draft, sentence)
    if afterwards is not None:
        return [afterwards]
    if before is not None and sentence.index > 0:
        earlier = draft.reading.sentences[sentence.index - 1]
        near = sentence.paragraph - earlier.paragraph <= 1
        speaker = next((link for link in reversed(before.chain[1:]) if link.role == "source"), None)
        if (
            near
            and speaker is not None
            and before.kind in ("quote", "mixed", "indirect")
            and speaker.kind != "document"
        ):
            return [replace(link, cue=None, content=None) for link in before.chain[1:]]
    return [Link("source", "unknown")]


def _announced(draft: Draft, sentence: Sentence) -> list[Link]:
    """A paragraph set off without marks after "The council put out a statement:": the words of who put it out."""
    first = sentence.index
    sentences = draft.reading.sentences
    while first > 0 and sentences[first - 1].paragraph == sentence.paragraph:
        first -= 1
    if first == 0 or sentences[first].paragraph - sentences[first - 1].paragraph > 1:
        return []
    before = sentences[first - 1]
    if not before.parse.text.endswith(":"):
        return []
    traced = [t for t in draft.traced[before.index] if t.links]
    if traced and traced[-1].attribution.manner in ("clause", "quote"):
        return [replace(link, content=None) for link in traced[-1].links]
    for token in before.parse.tokens:
        subjects = before.children(token.i, "nsubj") if token.pos == "VERB" else []
        given = [c for c in before.children(token.i, "dobj") if c.lemma in rows("sources")["mediums"]]
        spoken = bool(given) or token.lemma in cue_words("plain_speech")
        if subjects and spoken and token.dep == "ROOT" and subjects[0].pos != "PRON":
            head = subjects[0].i
            indexes = tuple(before.subtree(head))
            links = read_source(draft.reading, draft.cast, draft.memory, before, head, indexes, token.lemma)
            cue = Cue(token.text, before.span_of(token.i, token.i))
            return [replace(link, cue=cue) for link in links if link.kind in ("person", "body")]
    return []


def _named_afterwards(draft: Draft, sentence: Sentence) -> Link | None:
    if sentence.index + 1 >= len(draft.reading.sentences):
        return None
    following = draft.reading.sentences[sentence.index + 1]
    opening = following.parse.text[:60].lower()
    words = next((w for row in rows("cues")["afterwards"] for w in row["words"] if opening.startswith(w)), None)
    namings = draft.cast.in_sentence(following.index)
    if words is None or not namings or following.paragraph - sentence.paragraph > 1:
        return None
    span = following.span_of(namings[0].first, namings[0].last)
    start = following.span.start
    printed = following.parse.text[span.start - start : span.end - start]
    cue = Cue(following.parse.text[: len(words)], Span(start, start + len(words)))
    return Link("source", "person", draft.cast.people[namings[0].person].name, printed, cue=cue, span=span)


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
        if not at:
            continue
        if verb is not None and any(_hangs_on(sentence, i, verb) for i in at):
            return time.moment
        if fallback is None and set(at) & opening:
            fallback = time.moment
    if fallback is None and kind in ("quote", "mixed"):
        return next((link.when for link in reversed(links) if link.when), None)
    return fallback


def _hangs_on(sentence: Sentence, i: int, verb: int) -> bool:
    head = sentence.clause_head(i)
    steps = 0
    while head != verb and sentence.token(head).dep in ("xcomp", "conj", "acomp") and steps < 3:
        head = sentence.clause_head(sentence.token(head).head)
        steps += 1
    return head == verb
