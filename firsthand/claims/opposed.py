"""What one source denies and another page asserts of the same deed, where little else is in the same words.

In: a story's alignment. Out: :class:`.happening.Found` conflicts. :mod:`.denials` and :mod:`.contradicted` ask that the
two clauses share most of what they hold. A denial is often short and points back ("This is not an attack", "We have no
knowledge that he was targeting anyone"), so here a deed that is rare in the story is enough, if a source denies it
(:mod:`.denied_deeds`), no name and little weight of the denied clause is missing on the other side, and the other side
tells the deed as done: in the same mood, of the same bearer, of no other day or figure. Known to fail: two deeds of one
kind in one story; the answer to a charge that is told in wholly other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from ..language.amounts import comparable
from ..language.rows import rows
from ..records import Reason, Span, Term
from .aligning import MOST_ALIKE, StoryAlignment
from .content import Content, Key, lowered_words, noted, stem, words_of
from .contradicted import himself, initials, other_times
from .denials import denial, families, manner, negates_whole, one_bearer, one_speaker, sets_aside, shifted
from .denied_deeds import Denial, deed_root, denials_in, mood
from .happening import Found
from .sameness import speaker
from .scopes import clause_of, places_of, whole
from .weights import word_vector

MOST_UNMET = 1.0
"""Weight of the denied clause that the other statement may lack."""
LEAST_MET = 0.1
"""Weight of it that must be met, unless the deed is very rare."""
NAMES_UNMET = 0.25
"""Weight of its names that the other statement may lack."""
NEAR_WORDS = 0.55
"""Cosine of two words' vectors from which the one meets the other in part."""
SAME_WORDS = 0.7
"""Share of the words of the shorter of two statements from which the other repeats it."""
LONGEST_DENIAL = 90
"""Characters of a denial that are shown, from its mark to its deed."""
_MOST_DEEDS = 60
_LAST_WORD = re.compile(r"\w+$")
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no|zero|without|neither|nor|nobody|none|cannot|den(?:y|ies|ied|ying)|refus\w{1,4}|fail\w{0,4}"
    r"|reject\w{0,3}|declin\w{1,3}|avoid\w{0,3}|unlikely|unclear|unable|lack\w{0,3})\b|n['’]t\b)[^.;:]{0,80}$",
    re.IGNORECASE,
)
_NO_PROOF = re.compile(
    r"\b(?:no|any|shred of|lack of|little|without|denied|denies|deny) (?:\w+ ){0,2}"
    r"(?:evidence|proof|indication|sign|that)\b[^.;:]{0,80}$|\b(?:nothing|nobody|no one|none|neither)\b[^.;:]{0,80}$",
    re.IGNORECASE,
)
_SETTLED = re.compile(r"\b(?:this|these|the|those)\s+$", re.IGNORECASE)
_GENERIC = re.compile(r"\b(?:any|anyone|ever|every|everyone|anybody|everybody|nobody|whoever)\b", re.IGNORECASE)
_DEEDS = frozenset(("verb", "noun", "adjective"))
_STILL_DENIED = frozenset(("first", "ever", "still", "now"))
_STILL_TOLD = frozenset(("first", "just", "only", "still", "now", "again", "fully", "once"))
"""Words of another time under which a denial, and an assertion, still stands."""


def from_oppositions(alignment: StoryAlignment) -> list[Found]:
    """Deeds that a source denies on one page and that another page tells as done."""
    denied = [d for content in alignment.contents for d in denials_in(content) if _has_source(content)]
    if not denied:
        return []
    wanted = {d.root for d in denied}
    told: dict[str, list[tuple[Content, Term]]] = {}
    for content in alignment.contents:
        for root, term in _told(content, wanted).items():
            if len(told.setdefault(root, [])) < _MOST_DEEDS:
                told[root].append((content, term))
    again = {(c.statement.id, d.root) for c in alignment.contents for d in denials_in(c)}
    found: list[Found] = []
    for one in denied:
        others = [(c, t) for c, t in told.get(one.root, ()) if (c.statement.id, one.root) not in again]
        found.extend(_answers(one, others, alignment.weight))
    return found


def _has_source(content: Content) -> bool:
    last = speaker(content.statement)
    return last is not None and last.kind != "document"


def _answers(one: Denial, others: Sequence[tuple[Content, Term]], weight: Mapping[str, float]) -> Iterator[Found]:
    many = 0
    for other, term in others:
        if other.statement.page == one.content.statement.page or many >= MOST_ALIKE:
            continue
        if not (_one_kind(one, term) and _one_way(one, other, term)):
            continue
        met = _met(one, other, term, weight)
        sourced = speaker(other.statement) is not None
        if met is not None and (sourced or met >= LEAST_MET):
            many += 1
            rule = ("opposed" if met >= LEAST_MET else "opposed-alone") if sourced else "opposed-in-own-voice"
            yield _found(rule, one, other, term, weight)


def _found(rule: str, one: Denial, other: Content, term: Term, weight: Mapping[str, float]) -> Found:
    """The conflict, by how rare the denied deed is in the story."""
    a, b = one.content, other
    x, y = whole(a, _words_of_denial(one)), whole(b, denial(b, term.span))
    sides = ((a, x), (b, y)) if (a.statement.page, x) <= (b.statement.page, y) else ((b, y), (a, x))
    spans = places_of(sides[0][0], sides[0][1], sides[1][0], sides[1][1])
    key = next((k.key for k in a.keys if k.span == one.deed.span), stem(one.deed.value))
    because = f"a source denies “{words_of(a, x)}”, another page has “{words_of(b, y)}”"
    return Found("polarity", one.root, sides, (Reason(rule, because, weight.get(key, 0.5), spans),))


def _words_of_denial(one: Denial) -> Span:
    """The words from the mark, with all of its word ("didn't"), to the deed; the deed with three words before it, where
    the mark stands behind it or far before it."""
    if not one.mark.start <= one.deed.span.start <= one.mark.start + LONGEST_DENIAL:
        return denial(one.content, one.deed.span)
    before = _LAST_WORD.search(words_of(one.content, Span(one.mark.start - 12, one.mark.start)))
    cut = before is not None and words_of(one.content, one.mark).lower() in ("n't", "n’t")
    start = one.mark.start - (len(before.group()) if before is not None and cut else 0)
    return Span(start, max(one.mark.end, one.deed.span.end))


# ------------------------------------------------------------------------------------------- the affirming side


def _told(content: Content, wanted: Set[str]) -> dict[str, Term]:
    """What a statement tells as done or as being so, by root, of the roots wanted."""
    statement = content.statement
    found: dict[str, Term] = {}
    for term in statement.terms:
        if term.kind not in _DEEDS or (term.negated and not _taken(content, term)):
            continue
        root = deed_root(term.value)
        if root in wanted and root not in found and (_taken(content, term) or not _undone(content, term)):
            found[root] = term
    return {} if found and ("?" in statement.text or negates_whole(statement)) else found


def _taken(content: Content, term: Term) -> bool:
    """Whether a deed is taken as a thing that there is ("this hacking into ...")."""
    before = words_of(content, Span(term.span.start - 12, term.span.start))
    return (term.kind == "noun" or term.role == "modifier") and _SETTLED.search(before) is not None


def _undone(content: Content, term: Term) -> bool:
    """Whether a deed is denied, doubted, wished or foreseen by the words before it in its clause."""
    clause, table = clause_of(content, term.span), rows("denials")["context"]
    if _GENERIC.search(words_of(content, clause)):
        return True
    if _NEGATED.search(words_of(content, Span(clause.start, term.span.start))):
        return True
    if _NO_PROOF.search(words_of(content, Span(content.statement.span.start, term.span.start))):
        return True
    words = lowered_words(content, Span(clause.start, term.span.start))
    return any(w in table["unsettled"] for w in words[-5:]) or any(w in table["unreal"] for w in words)


# --------------------------------------------------------------------------------------------------- both sides


def _one_kind(one: Denial, term: Term) -> bool:
    """Whether the two words are one deed: the same kind of word, or a verb and a noun that is known to stand for it."""
    nominal = {one.deed.kind, term.kind} <= {"noun", "adjective"}
    known = one.deed.value in families() and term.value in families()
    if one.deed.kind == "noun" and not known:
        return term.kind == "noun" and term.role == "object" and one.deed.value == term.value
    return known or one.deed.kind == term.kind or nominal


def _one_way(one: Denial, other: Content, term: Term) -> bool:
    """Whether denial and assertion are in one mood, of one bearer, time and place, and not one speaker's."""
    a, b, x, y = one.content, other, one.deed.span, term.span
    if one_speaker(a, b) or sets_aside(a) or sets_aside(b) or shifted(a, one.clause, _STILL_DENIED):
        return False
    if shifted(b, clause_of(b, y), _STILL_TOLD) or _repeats(a, b):
        return False
    theirs = mood(b, y) if term.kind == "verb" else frozenset()
    if mood(a, x) != theirs:
        return False
    if term.kind == "verb" and "would" not in theirs and not one.planned and manner(b, y) != theirs:
        return False
    if other_times(a, x, b, y) or not one_bearer(a, one.deed, b, term):
        return False
    return not any(comparable(m, n) and m.low != n.low for m in a.amounts for n in b.amounts)


def _repeats(a: Content, b: Content) -> bool:
    """Whether one statement has nearly the words of the other: what is denied there is denied here."""
    mine, theirs = set(a.plain), set(b.plain)
    return len(theirs) > 5 and len(mine & theirs) >= SAME_WORDS * min(len(mine), len(theirs))


def _met(one: Denial, other: Content, term: Term, weight: Mapping[str, float]) -> float | None:
    """The weight of the denied clause that the other statement has, in these words or near ones; None where it lacks
    a name or much of the rest."""
    keys = frozenset(k.key for k in other.keys if not k.span.overlap(term.span))
    held = keys | himself(other) | initials(other) | _joined(other)
    if one.deed.kind == term.kind == "verb" and not _same_parts(one, other, held):
        return None
    met = unmet = names = 0.0
    for key in one.beside:
        heavy = weight.get(key.key, 0.5)
        if key.key in held or (key.name and key.word in other.plain):
            met += heavy
            continue
        if key.name:
            names += heavy
            unmet += heavy
        else:
            near = _nearest(key, other)
            met += heavy * near
            unmet += heavy * (1.0 - near)
        if unmet > MOST_UNMET or names > NAMES_UNMET:
            return None
    return met


def _same_parts(one: Denial, other: Content, held: frozenset[str]) -> bool:
    """Whether who does the denied deed, and what it is done to, stands in the other statement where a noun names it."""
    clause, deed = one.clause, one.deed.span
    nouns = [t for t in one.content.statement.terms if t.kind == "noun" and clause.start <= t.span.start < clause.end]
    doers = [t for t in nouns if t.role == "subject" and t.span.start < deed.start][-1:]
    objects = [t for t in nouns if t.role == "object" and t.span.start > deed.end][:1]
    for part in (*doers, *objects):
        key = Key(stem(part.value), part.span, part.value)
        if key.key not in held and _nearest(key, other) == 0.0:
            return False
    return True


@noted
def _joined(content: Content) -> frozenset[str]:
    """Two words as one ("back channel": "backchannel")."""
    return frozenset(stem(x + y) for x, y in zip(content.plain, content.plain[1:], strict=False))


def _nearest(key: Key, other: Content) -> float:
    """The cosine of a word and the nearest word of a statement; 0 where none is near."""
    mine = word_vector(key.word) if key.word else None
    if mine is None:
        return 0.0
    theirs = (word_vector(k.word) for k in other.keys if k.word and not k.name)
    best = max((float(mine @ v) for v in theirs if v is not None), default=0.0)
    return best if best >= NEAR_WORDS else 0.0
