"""Which attributions govern a piece of a sentence, one within another, and the one chain that their links make.

In: a :class:`Draft`, a sentence and the words of a piece. Out: the attributions, the widest first, and their links. A
quotation that runs over sentences is governed by the attribution of the sentence that names its speaker.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..language.parsing import Token
from ..records import Link, Span
from .attributed import Attribution
from .chains import Traced, basis_tokens
from .draft import Draft
from .governed import cue_words
from .hedges import main_verb
from .partly import said_in_part
from .pieces import OPENINGS
from .quotations import Quotation
from .reading import Reading, Sentence, issuing_verb, lost_subject

_FEW = 4
"""Words by which a sentence may open before a clause that is all of its news ("The detail came as ...")."""


def governing(draft: Draft, sentence: Sentence, inside: list[int]) -> list[Traced]:
    """The attributions whose content is most of a piece, the widest first; for words inside a quotation those that
    govern it from another sentence."""
    own = draft.traced[sentence.index]
    zone = linked_zone(sentence, own)
    words = [i for i in inside if i not in zone]
    if not words:  # hung on a cue before the piece: only cues within it part its words from what they govern
        zone = linked_zone(sentence, [t for t in own if t.attribution.verb in inside])
        words = [i for i in inside if i not in zone] or inside
    main, top = main_verb(sentence, words), _beneath_with(sentence, main_verb(sentence, inside))
    found = []
    for t in own:
        content = set(sentence.tokens_in(t.attribution.content))
        covered = [i for i in words if i in content]
        leads = top == t.attribution.verb and (len(covered) * 5 >= len(words) * 2 or _opens(sentence, t.attribution))
        half = 2 * len(covered) if main is None or not _quotes(draft, sentence, covered) else 3 * len(covered)
        governs = half >= len(words) and (main is None or main in content)
        governs = governs or (bool(covered) and _tells(sentence, t.attribution, words, covered))
        if (t.links or t.own) and (leads or governs):
            found.append((-len(content), t.attribution.verb, t))
    if top is not None and _granted(sentence, top, inside):
        found = [f for f in found if f[1] in inside]
    aside = _aside(sentence, own, top)
    if aside is not None:
        found = [f for f in found if f[2].attribution.verb in sentence.subtree(aside)]
    phrases = [f for f in found if f[2].attribution.manner == "phrase" and f[1] in inside and f[1] != inside[0]]
    if phrases:  # "..., Brook said, and the crew left, according to the pilot"
        found = [f for f in found if f[1] in inside or not _is_set_in(sentence, f[1])]
    if found:
        nested = _one_source(sentence, [t for *_, t in sorted(found, key=lambda f: f[:2])])
        if all(_is_within(draft, sentence, t.attribution) for t in nested):
            nested = [*_from_elsewhere(draft, sentence, words), *nested]
        return nested
    series = _series(sentence, own, top, words)
    if series is not None:
        return [series]
    if own and sentence.quotations:
        quoted = set(sentence.tokens_in(draft.reading.quoted(sentence))).intersection(inside)
        partly = said_in_part(sentence, own, top, quoted, draft.cast)
        if partly is not None:
            return [partly]
    return _from_elsewhere(draft, sentence, words)


def _beneath_with(sentence: Sentence, top: int | None) -> int | None:
    """The verb of "with critics calling it a sham"; of anything else its own head."""
    clauses = sentence.children(top, "pcomp") if top is not None and sentence.token(top).lemma == "with" else []
    return clauses[0].i if clauses else top


def _from_elsewhere(draft: Draft, sentence: Sentence, words: Sequence[int]) -> list[Traced]:
    """The attributions that govern a quotation's words from another sentence."""
    for q in sentence.quotations:
        owner = draft.owners.get(q)
        region = set(sentence.tokens_in((draft.reading.quotations[q].span,)))
        if owner is None or owner == sentence.index or sum(i in region for i in words) * 2 < len(words):
            continue
        base = draft.bases.get(q, q)
        span = draft.reading.quotations[base].span
        said_in = draft.reading.sentences[owner]
        far = [
            t
            for t in draft.traced[owner]
            if t.links
            and _governs(t.attribution, span, draft.reading, base)
            and not _is_within(draft, said_in, t.attribution)
        ]
        far.sort(key=lambda t: (-sum(c.end - c.start for c in t.attribution.content), t.attribution.verb))
        return _one_source(said_in, [replace(t, attribution=replace(t.attribution, zone=frozenset())) for t in far])
    return []


def _is_within(draft: Draft, sentence: Sentence, made: Attribution) -> bool:
    """Whether an attribution stands within a quotation: what its speaker lays to others ends with its sentence."""
    at = sentence.span.start + sentence.token(made.verb).start
    return any(q.start <= at < q.end for q in draft.reading.quoted(sentence))


def _quotes(draft: Draft, sentence: Sentence, covered: Sequence[int]) -> bool:
    """Whether the words that a cue governs are a quotation: what follows it is beside the point ("“...,” she said,
    before turning to ...")."""
    quoted = set(sentence.tokens_in(draft.reading.quoted(sentence)))
    return sum(i in quoted for i in covered) * 5 >= len(covered) * 4


def _tells(sentence: Sentence, made: Attribution, words: Sequence[int], covered: Sequence[int]) -> bool:
    """Whether an attribution is a main clause of its sentence, though the parser took another word for its head
    ("The mayor, asked about the fire, noted that ..."), or all of it but for a few words ("The fire came as ...")."""
    verb = sentence.token(made.verb)
    if made.manner == "noun" and made.force == "asserts":
        return len(covered) * 3 >= len(words) * 2
    if made.manner == "clause" and _is_issued(sentence, made, verb):
        return len(covered) * 3 >= len(words)
    if made.force == "stance" and verb.dep == "advcl" and made.head is not None:
        before = min((*made.source, made.verb)) - 1  # "This comes after the mayor called for ..."
        opens = before > 0 and sentence.token(before).text.lower() in OPENINGS
        return opens and len(words) - len(covered) <= _FEW
    if made.manner != "clause" or made.lemma not in _told():
        return False
    if _leads_to(sentence, made, verb) or _is_lost(sentence, made, verb):
        return len(covered) * 3 >= len(words)
    if len(covered) * 3 < len(words) * 2:
        return _is_only_clause(sentence, made, words)
    if verb.dep in ("advcl", "acl"):
        before = min((*made.source, made.verb)) - 1
        opens = before > 0 and sentence.token(before).text.lower() in OPENINGS | {"with"}
        return opens and len(words) - len(covered) <= _FEW
    return verb.dep in ("ROOT", "conj", "dep") or (verb.dep == "ccomp" and sentence.token(verb.head).dep == "ROOT")


def _told() -> frozenset[str]:
    return cue_words("spoken") | cue_words("plain_speech") | cue_words("beside_deeds")


def _is_lost(sentence: Sentence, made: Attribution, verb: Token) -> bool:
    """Whether a cue is the main verb of a sentence of which the parser took the source for the head."""
    finite = verb.dep == "acl" and verb.tag == "VBD"
    return finite and made.head is not None and made.head == lost_subject(sentence, verb)


def _leads_to(sentence: Sentence, made: Attribution, verb: Token) -> bool:
    """Whether a sentence is about words in the infinitive ("went on to say ...", "appeared to concede ...")."""
    above = sentence.token(verb.head)
    caught = verb.tag == "VBG" and above.dep == "ROOT" and bool(sentence.children(above.i, "nsubjpass"))
    if caught and bool(made.content) and made.head is not None:  # "was caught on tape saying"
        return sentence.token(verb.i - 1).text != "," and made.head in [
            s.i for s in sentence.children(above.i, "nsubjpass")
        ]
    leads = above.dep in ("ROOT", "conj") and above.lemma in cue_words("leading_to")
    if verb.dep not in ("xcomp", "advcl") or not leads:
        return False
    infinitive = verb.i > above.i and any(a.tag == "TO" for a in sentence.children(verb.i, "aux"))
    told = bool(made.content) and made.content[0].start > sentence.span.start + verb.start
    return infinitive and told and not sentence.children(above.i, "neg")


def _is_issued(sentence: Sentence, made: Attribution, verb: Token) -> bool:
    """Whether a sentence is about words that were put out ("The union sent a letter warning that ...")."""
    that = verb.dep == "relcl" and any(s.text.lower() == "that" for s in sentence.children(verb.i, "nsubj"))
    if not (that or (verb.tag == "VBG" and verb.dep in ("acl", "advcl"))) or not made.content:
        return False
    issued = issuing_verb(sentence, verb.i)
    told = made.content[0].start > sentence.span.start + verb.start
    return issued is not None and sentence.token(issued).dep == "ROOT" and told


_FINITE = ("VBD", "VBZ", "VBP", "MD")


def _is_only_clause(sentence: Sentence, made: Attribution, words: Sequence[int]) -> bool:
    """Whether no other finite verb stands in what a cue does not govern, so that its clause is the sentence's main one,
    though the parser saw another ("On Friday, rather than answer, the mayor insisted that ...")."""
    verb, content = sentence.token(made.verb), set(sentence.tokens_in(made.content))
    if verb.tag not in ("VBD", "VBZ", "VBP") or made.head is None or not content or min(content) < verb.i:
        return False
    left = set(words) - content - made.zone
    first = min((*made.source, verb.i))
    before = sentence.token(first - 1).text if first else ""
    return before == "," and all(i < first for i in left) and not any(sentence.token(i).tag in _FINITE for i in left)


def _series(sentence: Sentence, own: Sequence[Traced], top: int | None, words: list[int]) -> Traced | None:
    """The first of several attributions to one source that together are a sentence ("pledged ..., and urged ...")."""
    if top is None:
        return None
    chained = {top}
    for token in sentence.parse.tokens:
        if token.dep == "conj" and token.head in chained and not sentence.children(token.i, "nsubj", "nsubjpass"):
            chained.add(token.i)
    parts = [t for t in own if t.links and t.attribution.verb in chained and t.attribution.manner != "phrase"]
    heads = {t.attribution.head for t in parts}
    if len(heads) != 1 or None in heads or top not in {t.attribution.verb for t in parts}:
        return None
    content = {i for t in parts for i in sentence.tokens_in(t.attribution.content)}
    return parts[0] if sum(i in content for i in words) * 2 >= len(words) else None


def _is_set_in(sentence: Sentence, verb: int) -> bool:
    """Whether an attributing clause is set into what it governs, between commas."""
    return sentence.token(verb).dep == "parataxis"


def _granted(sentence: Sentence, top: int, inside: list[int]) -> bool:
    """Whether a piece is what the newsroom grants after somebody's words ("..., though the roof is gone")."""
    return sentence.token(top).dep == "advcl" and inside[0] > 0 and (
        sentence.token(inside[0]).text.lower() in ("though", "although")
    )  # fmt: skip


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
    told = made.manner == "clause" or (
        made.manner in ("infinitive", "small") and made.lemma in cue_words("undertaking")
    )
    return told and bool(made.content) and made.content[0].start > cue


def _one_source(sentence: Sentence, nested: list[Traced]) -> list[Traced]:
    """Of attributions within one another those that hand the same words on. Below a cited report only speech counts,
    not what somebody found or did; below a source only what others told it in a clause of their own."""
    kept: list[Traced] = []
    sourced = False
    for t in nested:
        if sourced and not _hands_on(sentence, kept[-1], t):
            continue
        if kept and _is_future(sentence, t.attribution.verb):
            continue
        if kept and kept[-1].links and t.attribution.lemma not in cue_words("spoken"):
            continue
        kept.append(t)
        sourced = sourced or any(link.role == "source" for link in t.links)
    return kept


def _hands_on(sentence: Sentence, outer: Traced, inner: Traced) -> bool:
    """Whether all that a source says is what somebody else told: his words in a clause of their own, and no pronoun
    that nobody stands behind."""
    verb = inner.attribution.verb
    content = set(sentence.tokens_in(inner.attribution.content))
    told = any(c.i in content for c in sentence.children(verb, "ccomp"))
    ordered = inner.attribution.manner == "infinitive"  # "said that the mayor had told them to leave"
    if (
        not (told or ordered)
        or _is_future(sentence, verb)
        or main_verb(sentence, sentence.tokens_in(outer.attribution.content)) != verb
    ):
        return False
    known = [link for link in inner.links if link.role == "source" and link.kind != "unknown"]
    named = any(link.name or " " in (link.description or "") for link in known)
    in_words = ordered or inner.attribution.manner == "clause"
    return in_words and inner.attribution.lemma in cue_words("handed_on") and named


def _is_future(sentence: Sentence, verb: int) -> bool:
    return any(a.text.lower() in ("will", "’ll", "'ll") for a in sentence.children(verb, "aux"))


def _governs(made: Attribution, span: Span, reading: Reading, q: int) -> bool:
    if any(c.overlap(span) for c in made.content):
        return True
    first, last = reading.run_of(q)
    for c in made.content:
        at = max(first, bisect_right(reading.quotations, c.start, key=_end))
        if at <= last and c.overlap(reading.quotations[at].span):
            return True
    return False


def _end(quotation: Quotation) -> int:
    return quotation.span.end


def linked_zone(sentence: Sentence, traced: Sequence[Traced]) -> set[int]:
    zone = {
        i for t in traced for i in t.attribution.zone if t.attribution.sentence == sentence.index and (t.links or t.own)
    }
    return zone | basis_tokens(sentence) if zone else zone


def joined(many: Iterable[Sequence[Link]]) -> list[Link]:
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
