"""What one page denies and another affirms, wherever in the two articles it stands.

In: a story's alignment. Out: :class:`.happening.Found` conflicts. :mod:`.denials` reads pairs of statements that are
about one subject as wholes. Here the subject is the denied clause alone: its verb (or the noun of that verb) is
affirmed elsewhere of the same things, mostly by another speaker ("never took control of the harbour", "I took control
of the harbour at once"); or some page says that the one speaker answers the other (:class:`Rebuttals`), and the one
denies a rare verb that the other affirms. So that both cannot be right, the affirming statement must hold most of what
the denied clause holds, in the same mood, and must itself be no doubt, question, condition or plan. Known to fail: a
denial in other words ("against the rules", "did not violate the rules"), and speakers whom no chain names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..language.amounts import comparable, singular
from ..language.names import may_be_same, name_words
from ..language.rows import rows
from ..records import Place, Reason, Span, Term
from .aligning import MOST_ALIKE, StoryAlignment
from .content import Content, lowered_words, noted, stem, words_of
from .denials import (
    FIRST_PERSON,
    NONE,
    denial,
    families,
    manner,
    negates_whole,
    one_bearer,
    one_speaker,
    said_beside,
    sets_aside,
    shifted,
)
from .happening import Found
from .runs import QUOTED_ALIKE, shared_quotation
from .sameness import speaker
from .scopes import clause_of, places_of, whole

LEAST_SHARED = 0.35
"""Weight of what both must hold beside the predicate."""
LEAST_CLAUSE = 0.6
"""A denied clause that weighs less counts as this."""
_SAID = frozenset(("verb", "adjective"))
_MOST_AFFIRMED = 60
"""Statements of one predicate that a denial is set against."""
RARE = 0.25
"""A predicate that weighs less in the story ("say", "support") is no ground on which one speaker answers another."""
_NO_SHIFT = frozenset(("first", "ever"))
"""Words that shift no time under "never" ("from the first day", "have ever")."""
_BREAK = re.compile(r"[,;:—–()]|\b(?:and|but|which|who|because|although|though)\b")
_NO = re.compile(r"\b(?:no|without|never any)\b[\w -]{0,12}$", re.IGNORECASE)
_GENERIC = re.compile(r"\b(?:that|who|which) (?:do|does)(?:n['’]t| not)\b", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:if|unless|would|could|might|should)\b", re.IGNORECASE)
_NEITHER = re.compile(r"\b(?:neither|none)(?: of (?:them|us|the \w+))? (?:\w+ )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Denied:
    """A predicate that a statement denies: its term, what the clause holds beside it, and what must be shared."""

    content: Content
    term: Term
    root: str
    key: str
    keys: frozenset[str]
    must: frozenset[str]


def root(word: str) -> str:
    """The key under which a verb and the nouns that stand for it meet."""
    return families().get(word) or stem(word)


def from_contradictions(alignment: StoryAlignment) -> list[Found]:
    """Clauses that one page denies and another affirms."""
    affirmed: dict[str, list[tuple[Content, Term]]] = {}
    denied = [d for content in alignment.contents for d in _denied(content)]
    wanted = {d.root for d in denied}
    if not denied:
        return []
    rebuttals = Rebuttals(alignment)
    for content in alignment.contents:
        for at, term in _affirmed(content).items():
            if at in wanted and len(affirmed.setdefault(at, [])) < _MOST_AFFIRMED:
                affirmed[at].append((content, term))
    found: list[Found] = []
    for one in denied:
        found.extend(_answers(one, affirmed.get(one.root, ()), alignment.weight, rebuttals))
    return found


def _answers(
    one: Denied, others: Sequence[tuple[Content, Term]], weight: Mapping[str, float], rebuttals: Rebuttals | None
) -> Iterator[Found]:
    many = 0
    for other, term in others:
        if other.statement.page == one.content.statement.page or many >= MOST_ALIKE:
            continue
        conflict = _against(one, other, term, weight, rebuttals)
        if conflict is not None:
            many += 1
            yield conflict


def _against(
    one: Denied, other: Content, term: Term, weight: Mapping[str, float], rebuttals: Rebuttals | None
) -> Found | None:
    """The conflict of a denied clause and a statement that affirms its predicate, if they are about the same things
    or the one speaker is said to answer the other."""
    held = frozenset(k.key for k in other.keys if not k.span.overlap(term.span)) | himself(other) | initials(other)
    shared = one.keys & held
    mass = sum(weight.get(k, 0.0) for k in sorted(shared))
    rare = rebuttals is not None and weight.get(one.key, 0.0) >= RARE
    answer = rebuttals.between(one.content, other) if rebuttals is not None and rare else None
    alike = mass >= LEAST_SHARED and one.must <= held and one_bearer(one.content, one.term, other, term)
    if not (alike or answer) or not _one_way(one, other, term):
        return None
    share = mass / max(LEAST_CLAUSE, sum(weight.get(k, 0.0) for k in sorted(one.keys)))
    a, b = one.content, other
    x, y = whole(a, denial(a, one.term.span)), whole(b, denial(b, term.span))
    sides = ((a, x), (b, y)) if (a.statement.page, x) <= (b.statement.page, y) else ((b, y), (a, x))
    spans = places_of(sides[0][0], sides[0][1], sides[1][0], sides[1][1])
    because = f"“{words_of(a, x)}” is denied on one page, “{words_of(b, y)}” asserted on the other"
    held_by = f"the affirming statement holds {share:.0%} of the denied clause: {', '.join(sorted(shared))}"
    rule = "contradicted" if term.kind == one.term.kind == "verb" else "contradicted-by-noun"
    reasons = [Reason(rule, because, mass, spans), Reason("clauses-agree", held_by, share, spans)]
    if answer is not None:
        reasons.append(answer[1])
    return Found("polarity", answer[0] if answer else one.root, sides, tuple(reasons))


def himself(content: Content) -> frozenset[str]:
    """The speaker's name, where he speaks of himself ("I took control")."""
    last = speaker(content.statement)
    if last is None or last.kind != "person" or not last.name or not FIRST_PERSON.search(content.statement.text):
        return frozenset()
    return frozenset(stem(singular(w)) for w in name_words(last.name))


@noted
def initials(content: Content) -> frozenset[str]:
    """The initials of long names ("Orlo Harbour Board": "ohb"), by which they are called elsewhere."""
    long = (t.value.split() for t in content.statement.terms if t.kind == "name")
    return frozenset("".join(w[0] for w in words) for words in long if len(words) >= 3)


def _key(content: Content, term: Term) -> str:
    return next((k.key for k in content.keys if k.span == term.span), "")


class Rebuttals:
    """Who answers whom in a story, as its pages say ("pushed back on Kern's account"), and who said what: a quotation
    without a speaker is his to whom another page gives it."""

    def __init__(self, alignment: StoryAlignment) -> None:
        self._told = [(c, _names(c)) for c in alignment.contents if _rebuts(c)]
        self._known: dict[tuple[str, str], Reason | None] = {}
        self._speakers: dict[str, str] = {}
        for link in alignment.links:
            one, other = link.a[0], link.b[0]
            first, second = _speaker(one), _speaker(other)
            if bool(first) == bool(second) or not (one.quoted and other.quoted):
                continue
            if len(shared_quotation(one, other)) >= QUOTED_ALIKE:
                same = link.b if first else link.a
                self._speakers.update({c.statement.id: first or second for c in same})

    def between(self, a: Content, b: Content) -> tuple[str, Reason] | None:
        """That the speaker of one statement answers the speaker of the other: both names, and the words that say so."""
        first, second = (_speaker(c) or self._speakers.get(c.statement.id, "") for c in (a, b))
        if not first or not second or may_be_same(first, second):
            return None
        lasts = (name_words(first)[-1:], name_words(second)[-1:])
        if not lasts[0] or not lasts[1]:
            return None
        pair = (min(lasts[0][0], lasts[1][0]), max(lasts[0][0], lasts[1][0]))
        if pair not in self._known:
            self._known[pair] = self._set_against(*pair)
        told = self._known[pair]
        return None if told is None else (" ".join(pair), told)

    def _set_against(self, first: str, second: str) -> Reason | None:
        for content, names in self._told:
            if first in names and second in names:
                because = f"{first.title()} and {second.title()} are set against each other"
                place = Place(content.statement.page, content.statement.span)
                return Reason("answers", because, 1.0, (place,))
        return None


@noted
def _speaker(content: Content) -> str:
    """The name of the person who says a statement, or none."""
    last = speaker(content.statement)
    return last.name or "" if last is not None and last.kind == "person" else ""


def _rebuts(content: Content) -> bool:
    lowered = content.statement.text.lower()
    return any(words in lowered for words in rows("status")["context"]["rebutting"])


def _names(content: Content) -> frozenset[str]:
    sources = (link.name for link in content.statement.chain if link.role == "source" and link.name)
    return frozenset(k.word for k in content.keys if k.name) | {w for name in sources for w in name_words(name)}


# -------------------------------------------------------------------------------------------- the denying side


@noted
def _denied(content: Content) -> tuple[Denied, ...]:
    statement = content.statement
    wholly = negates_whole(statement)
    if not wholly and not any(term.negated for term in statement.terms):
        return ()
    if "?" in statement.text or statement.hedge is not None or sets_aside(content):
        return ()
    found: list[Denied | None] = []
    before: Term | None = None
    for term in statement.terms:
        if term.kind == "noun" and term.value in families() and term.negated and _NO.search(_before(content, term)):
            if not _SUPPOSED.search(words_of(content, Span(statement.span.start, term.span.start))):
                found.append(_denied_clause(content, term))
            continue
        if term.kind not in _SAID or term.role != "predicate":
            continue
        joined = before is not None and _either(content, before, term)
        beyond = wholly and not _governed(content, term)
        if not joined and (beyond or term.negated == wholly or not _plainly(content, term)):
            before = None
            continue
        before = term
        found.append(_denied_clause(content, term))
    return tuple(d for d in found if d is not None)


def _denied_clause(content: Content, term: Term) -> Denied | None:
    clause = _clause(content, term)
    near = [t for t in content.statement.terms if _in(t.span, clause) and t is not term]
    keys = frozenset(
        k.key
        for k in content.keys
        if k.key[0] not in "=@" and k.word != "never" and _in(k.span, clause) and not k.span.overlap(term.span)
    )
    must = _must(content, term, near)
    return None if must is None else Denied(content, term, root(term.value), _key(content, term), keys, must)


def _before(content: Content, term: Term) -> str:
    at = term.span.start - content.statement.span.start
    return content.statement.text[max(0, at - 24) : at]


def _governed(content: Content, term: Term) -> bool:
    """Whether a term stands behind the cue by which its statement is denied."""
    cue = content.statement.chain[-1].cue if content.statement.chain else None
    return (
        cue is not None and cue.span is not None and term.span.start >= cue.span.end and not said_beside(content, term)
    )


def _plainly(content: Content, term: Term) -> bool:
    """Whether a predicate is denied as such: its verb means no denial, and it is no condition, no plan, no change."""
    denies = term.value in rows("status")["context"]["denying"]
    if _GENERIC.search(words_of(content, denial(content, term.span))) or _NEITHER.search(_before(content, term)):
        return False  # "those that do not agree": which ones, and no assertion; "neither agreed": of others
    return not denies and manner(content, term.span) is not None and not _passing(content, term)


def _passing(content: Content, term: Term) -> bool:
    """Whether a clause says that its time is another one ("no longer", "eventually"), or that it is so only in part."""
    return shifted(content, _clause(content, term), _NO_SHIFT)


def _either(content: Content, first: Term, second: Term) -> bool:
    """Whether two predicates are denied together ("never changed or evolved")."""
    between = words_of(content, Span(first.span.end, second.span.start))
    return between.strip().lower() in ("or", "nor", "or even", ", or")


def _clause(content: Content, term: Term) -> Span:
    """The clause of a predicate, up to the first break after it."""
    clause, start = clause_of(content, term.span), content.statement.span.start
    cut = _BREAK.search(content.statement.text, term.span.end - start, clause.end - start)
    return Span(clause.start, start + cut.start()) if cut else clause


def _in(span: Span, clause: Span) -> bool:
    return clause.start <= span.start < clause.end


def _must(content: Content, term: Term, near: Sequence[Term]) -> frozenset[str] | None:
    """The keys without which the denial is of another thing: adverbs and figures, on which a negation falls, and the
    object of a verb that says little by itself ("take control"). None where such a verb has no object."""
    spans = [t.span for t in near if t.kind == "adverb" and t.value not in ("never", "ever", "also")]
    objects = [t.span for t in near if t.kind == "noun" and t.role == "object" and t.span.start > term.span.start]
    if term.value in rows("status")["context"]["light"]:
        if not objects:
            return None
        spans.extend(objects[:1])
    clause = _clause(content, term)
    figures = {f"={x.low:g}" for x in content.amounts if _in(x.span, clause)}
    return frozenset({k.key for k in content.keys if any(k.span.overlap(s) for s in spans)} | figures)


# ------------------------------------------------------------------------------------------- the affirming side


@noted
def _affirmed(content: Content) -> dict[str, Term]:
    """What a statement affirms, by root: verbs, and nouns and adjectives made of them."""
    statement = content.statement
    if "?" in statement.text or statement.polarity == "negated" or negates_whole(statement):
        return {}
    if statement.hedge is not None and statement.hedge.words.lower() not in rows("status")["context"]["hearsay"]:
        return {}
    found: dict[str, Term] = {}
    for term in statement.terms:
        if term.kind not in ("verb", "noun", "adjective") or term.negated:
            continue
        if term.kind == "verb" or (term.value in families() and _settled(content, term.span)):
            found.setdefault(root(term.value), term)
    return found


def _settled(content: Content, span: Span) -> bool:
    """Whether a noun stands for a thing that is taken as having happened ("this hacking", "the attack"): no doubt, lack
    or plan stands before it."""
    before = lowered_words(content, Span(span.start - 60, span.start))
    return not any(w in rows("status")["context"]["unsettled"] for w in before[-5:])


# --------------------------------------------------------------------------------------------------- both sides


def _one_way(one: Denied, other: Content, term: Term) -> bool:
    """Whether denial and affirmation are in one mood, of one time and place, and not one speaker's two sayings."""
    a, b = one.content, other
    mine = manner(a, one.term.span) or frozenset()  # of two verbs denied together the second follows "or"
    theirs = manner(b, term.span) if term.kind == "verb" else frozenset()
    if theirs is None or mine != theirs or sets_aside(b) or _passing(b, term):
        return False
    if any(t.value in rows("status")["context"]["denying"] for t in b.statement.terms):
        return False
    if NONE.search(words_of(b, _clause(b, term))):
        return False
    if any(root(t.value) == one.root and t.negated != one.term.negated for t in a.statement.terms):
        return False  # it tells both
    if one_speaker(a, b):
        return False
    if other_times(a, one.term.span, b, term.span):
        return False
    return not any(comparable(x, y) and x.low != y.low for x in a.amounts for y in b.amounts)


def other_times(a: Content, x: Span, b: Content, y: Span) -> bool:
    """Whether the two clauses each give a day, and not one day."""
    days = []
    for content, span in ((a, x), (b, y)):
        clause = clause_of(content, span)
        times = (t for t in content.statement.terms if t.kind == "time" and _in(t.span, clause))
        days.append({t.value for t in times if "-" in t.value})
    return bool(days[0] and days[1] and not days[0] & days[1])
