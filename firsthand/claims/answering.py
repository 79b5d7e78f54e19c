"""Clause against clause: which clause of one statement answers to which of another, and how near their verbs lie.

In: two contents of one story. Out: the reasons ``clause-share``, ``clause-deed`` and ``near-deed``. A sentence tells
several things, and two sentences that share words may share them across what they tell; the two clauses that share most
are where they would assert the same, and there the verbs must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..records import Place, Reason, Span
from .content import Content, noted, words_of
from .weights import StoryMatrix, word_vector

LIGHT = 1.0
"""Weight that is added to what two clauses hold, so that two bare names do not answer to each other."""
NEARLY = 0.85
"""Clauses that share this much of what the best two do may be the ones that answer as well: parses err."""
_DEEDS = frozenset(("verb", "noun", "adjective", "adverb"))


@dataclass(frozen=True, slots=True)
class Part:
    """A clause with the keys that stand in it and in none within it, and the words for what is done there."""

    span: Span
    bag: frozenset[str]
    verbs: tuple[str, ...]


@noted
def parts_of(content: Content) -> tuple[Part, ...]:
    """The clauses of a content that hold keys; the whole where its statement brings no clauses."""
    clauses = content.statement.clauses
    if not clauses:
        return (Part(content.statement.span, content.bag, _predicates(content)),)
    bags: dict[int, set[str]] = {}
    innermost = sorted(range(len(clauses)), key=lambda n: (clauses[n].span.end - clauses[n].span.start, n))
    spans = [(n, clauses[n].span.start, clauses[n].span.end) for n in innermost]
    for key in content.keys:
        at = key.span.start
        inner = next((n for n, start, end in spans if start <= at < end), None)
        if inner is not None:
            bags.setdefault(inner, set()).add(key.key)
    return tuple(Part(clauses[n].span, frozenset(bags[n]), (clauses[n].verb,)) for n in sorted(bags))


@noted
def _predicates(content: Content) -> tuple[str, ...]:
    """What a statement says is done, in any of its clauses: its predicates; the nouns of one that has none but its
    attribution ("talks with the officers were first reported by ..."), where a noun names the deed."""
    terms = [t for t in content.statement.terms if t.kind in _DEEDS]
    found = _with_vectors([t.value for t in terms if t.role == "predicate"])
    return found or _with_vectors([t.value for t in terms if t.kind == "noun"])


def _with_vectors(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word_vector(word) is not None)


def answering(a: Content, b: Content, matrix: StoryMatrix) -> list[tuple[float, Part, Part]]:
    """The pairs of clauses that share most, the best first: (share in [0, 1) of what both hold, and of :data:`LIGHT`;
    clause of ``a``, of ``b``), all that share nearly as much as the best. None where no two share a key."""
    common = a.bag & b.bag
    if not common:
        return []
    theirs = [(part, held) for part in parts_of(b) if (held := part.bag & common)]
    found: list[tuple[float, Part, Part]] = []
    for mine in parts_of(a):
        held = mine.bag & common
        if not held:
            continue
        mass = matrix.held(mine.bag) + LIGHT
        for part, others in theirs:
            both = held & others
            if both:
                found.append((2.0 * matrix.held(both) / (mass + matrix.held(part.bag)), mine, part))
    if not found:
        return []
    least = NEARLY * max(share for share, _, _ in found)
    return sorted((way for way in found if way[0] >= least), key=lambda way: (-way[0], way[1].span, way[2].span))


def clause_reasons(a: Content, b: Content, matrix: StoryMatrix) -> list[Reason]:
    """How near what the two say is done lies, wherever; how much the clauses that answer to each other share, and how
    near what is done there lies."""
    near = max([_nearness(u, v) for u in _predicates(a) for v in _predicates(b)], default=0.0)
    both = (Place(a.statement.page, a.statement.span), Place(b.statement.page, b.statement.span))
    anywhere = Reason("near-deed", "closeness of what the two say is done", near, both)
    found = answering(a, b, matrix)
    if not found:
        return [anywhere]
    share, mine, theirs = found[0]
    there = max([_nearness(u, v) for _, p, q in found for u in p.verbs for v in q.verbs], default=0.0)
    places = (Place(a.statement.page, mine.span), Place(b.statement.page, theirs.span))
    told = f"“{words_of(a, mine.span)}” answers to “{words_of(b, theirs.span)}”"
    verbs = f"closeness of what is done there: “{' '.join(mine.verbs[:3])}”, “{' '.join(theirs.verbs[:3])}”"
    return [anywhere, Reason("clause-share", told, share, places), Reason("clause-deed", verbs, there, places)]


@lru_cache(maxsize=200_000)
def _nearness(one: str, other: str) -> float:
    """The cosine of two words; 0 where one has no vector."""
    u, v = word_vector(one), word_vector(other)
    return 0.0 if u is None or v is None else float(u.dot(v))
