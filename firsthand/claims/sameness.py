"""Whether two statements assert the same: the evidence as reasons, and the verdict from the reasons alone.

In: two contents of one story. Out: :func:`compare` gives the reasons of the pair. Two likelihoods read nothing but
reasons: :func:`subject_likelihood`, that the two are about one subject (they may then say other things of it, and
disagree), and :func:`likelihood`, that they assert the same; :func:`decide_same` is the verdict of the second. The
evidence is shared *telling* content (names and words that few statements of the story hold), closeness in meaning and
of what is done, word runs, figures, counts of one thing, quotations, and the places in the articles.
Known to fail: the same fact in wholly other words; two assertions about one rare thing in nearly the same words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ..language.amounts import comparable
from ..language.names import may_be_same
from ..language.rows import rows
from ..records import Link, Place, Reason, Span, Statement
from .answering import clause_reasons
from .content import TELLING, Content, noted, telling, words_of
from .opening import OPENING
from .runs import QUOTED_ALIKE, SAME_WORDS, same_words, shared_quotation, shared_run
from .weights import StoryMatrix

SUBJECT: Mapping[str, float] = {
    "shared-share": 5.0,
    "shared-weight": 0.5,
    "near-in-meaning": 2.0,
    "same-clause": 2.0,
    "same-run": 0.15,
    "same-figure": 0.5,
    "same-count": 1.0,
    "same-passage": 1.5,
    "both-lead": 1.0,
    "same-speaker": 0.5,
    "credits-report": 0.5,
    "closer-elsewhere": -0.5,
    "other-polarity": -1.0,
    "other-speaker": -0.7,
    "other-figures": -0.8,
    "figure-alone": -0.5,
    "topic-only": -0.6,
}
"""What each reason counts, in the units of a logistic score, for being about one subject: set by hand on the order
that single measures reach over marked pairs (shared share first, meaning second), then rounded."""
SUBJECT_BASE = -2.5
"""The score of a pair without any evidence."""
EVIDENCE: Mapping[str, float] = {
    "shared-share": 1.13,
    "shared-weight": 0.38,
    "near-in-meaning": 2.35,
    "clause-share": 2.03,
    "near-deed": 0.24,
    "clause-deed": 0.79,
    "both-early": 1.41,
    "same-run": 0.05,
    "same-figure": 0.96,
    "same-speaker": 0.44,
    "other-polarity": -0.54,
    "other-speaker": -0.48,
    "topic-only": -0.78,
}
"""What each reason counts for asserting the same, fitted to pairs of real news that a reader marked (``python -m
quality.train_sameness``; of pairs of unseen stories, six in ten are the same from .5, nine in ten from .8 on)."""
BASE = -3.97
OPENINGS: Mapping[str, float] = {
    "shared-weight": 0.38,
    "near-in-meaning": 1.35,
    "near-deed": 0.43,
    "clause-deed": 0.31,
    "both-early": 2.67,
    "same-figure": 0.75,
    "same-speaker": 1.04,
    "other-polarity": -0.35,
    "other-speaker": -0.30,
    "topic-only": -0.40,
    "same-clause": 0.83,
    "both-open": -0.70,
    "sentences-near": 1.18,
    "near-otherwise": 1.52,
    "words-answered": 1.05,
    "names-shared": -0.26,
    "objects-answered": 0.54,
}
"""The same for two statements that both stand among the first of their pages, where more is measured (:mod:`.opening`);
fitted to the openings of real stories in which every pair was marked (``python -m quality.train_openings``)."""
OPENINGS_BASE = -1.55
EXCLUDING = frozenset(
    ("figures-apart", "denied", "nobody-does", "denied-in-passing", "does-not-know", "brief-quotation")
)
"""Reasons by which two statements about one subject are two claims, however alike they are."""
LEAST_CONTENT = 2.5
"""A statement that weighs less than this (a caption, a name) is compared as if it weighed this: sharing all of very
little is no sameness."""
CREDITS = 0.75
"""Likelihood of being about one subject from which a statement that says which newsroom first had the news names that
news, also on one page."""
CREDITED = 0.5
"""The likelihood that it then has at least."""
PERIODS = frozenset(("year", "month", "week", "day", "hour", "minute", "time"))
"""Figures of these place a happening in time and are not what is counted."""
LONGEST_RUN = 12
"""Words of a shared run beyond these count no more."""
_LEAST_QUOTED = 4
_QUOTED = re.compile(r"[“\"]([^“”\"]*)[”\"]")
_CLAUSE_WEIGHT = 1.2
_ROUND_FIGURE = 12


def _places(*contents: Content) -> tuple[Place, ...]:
    return tuple(Place(c.statement.page, c.statement.span) for c in contents)


def likelihood(reasons: Sequence[Reason]) -> float:
    """How likely two statements assert the same, in (0, 1), from their reasons alone. What is said to have been first
    reported elsewhere is the news itself, as likely as not, where the two are surely about one subject."""
    opening = any(r.rule == OPENING for r in reasons)
    found = _logistic(reasons, OPENINGS, OPENINGS_BASE) if opening else _logistic(reasons, EVIDENCE, BASE)
    credited = any(r.rule == "credits-report" for r in reasons) and subject_likelihood(reasons) >= CREDITS
    return max(found, CREDITED) if credited else found


def subject_likelihood(reasons: Sequence[Reason]) -> float:
    """How likely two statements are about one subject, whatever they say of it, in (0, 1), from their reasons alone."""
    return _logistic(reasons, SUBJECT, SUBJECT_BASE)


def _logistic(reasons: Sequence[Reason], weights: Mapping[str, float], base: float) -> float:
    total, quoting, others = 0.0, False, False
    for reason in reasons:
        rule = reason.rule
        if rule in weights:
            total += weights[rule] * reason.weight
        if rule == "same-words" and reason.weight >= SAME_WORDS:
            return 1.0
        quoting = quoting or (rule == "same-quotation" and reason.weight >= QUOTED_ALIKE)
        others = others or rule == "other-speaker"
    if quoting and not others:
        return 0.99
    score = base + total
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def decide_same(reasons: Sequence[Reason], threshold: float = 0.5) -> bool:
    """Whether two statements assert the same, from their reasons alone: about one subject, and no contradiction."""
    return likelihood(reasons) >= threshold and not any(r.rule in EXCLUDING for r in reasons)


# ------------------------------------------------------------------------------------------------- evidence


def speaker(statement: Statement) -> Link | None:
    """The source at the end of a statement's chain, if it has one."""
    last = statement.chain[-1] if statement.chain else None
    return last if last is not None and last.role == "source" else None


def credits_report(statement: Statement) -> bool:
    """Whether a statement says that another newsroom had the news ("were first reported by ...")."""
    if not statement.chain or statement.chain[-1].role != "report":
        return False
    return _holds("credits", statement.text.lower())


def _one_speaker(a: Statement, b: Statement) -> bool:
    """Whether one named source said both."""
    first, second = speaker(a), speaker(b)
    if first is None or second is None or first.kind != second.kind or first.kind not in ("person", "body"):
        return False
    return bool(first.name and second.name) and may_be_same(first.name or "", second.name or "")


def _other_speaker(a: Statement, b: Statement) -> bool:
    """Whether two named persons said it, not one."""
    first, second = speaker(a), speaker(b)
    if first is None or second is None or first.kind != "person" or second.kind != "person":
        return False
    return bool(first.name and second.name) and not may_be_same(first.name or "", second.name or "")


def does_not_know(statement: Statement) -> bool:
    """Whether a statement says that somebody does not know a thing: that is no word for the thing itself."""
    return _holds("ignorance", f" {statement.text.lower()}")


@noted
def _ignores(content: Content) -> bool:
    return does_not_know(content.statement)


@lru_cache(maxsize=20_000)
def _holds(table: str, lowered: str) -> bool:
    """Whether a text holds words of a table of ``asides``; asked of each statement once, not of each pair."""
    return any(words in lowered for row in rows("asides")[table] for words in row["words"])


@noted
def _brief(content: Content) -> bool:
    """Whether a statement is a quotation of a word or two, which asserts nothing without its sentence."""
    if content.statement.kind != "quote":
        return False
    quoted = _QUOTED.findall(content.statement.text[:2000])
    return bool(quoted) and sum(len(words.split()) for words in quoted) < _LEAST_QUOTED


def _one_office(a: Statement, b: Statement) -> bool:
    """Whether one speaker is called by an office alone ("the mayor of Orlo") that is the other's title."""
    for link, other in ((speaker(a), speaker(b)), (speaker(b), speaker(a))):
        if link is None or other is None or link.name or not other.name or {link.kind, other.kind} != {"person"}:
            continue
        words = (link.description or "").lower().split()
        titles = (other.description or "").lower().split()
        if len(words) > 1 and words[0] == "the" and words[1] in titles and words[1] not in (other.name or "").lower():
            return True
    return False


def _share_deeds(a: Content, b: Content) -> bool:
    """Whether both hold one word of what is done or so: a verb, an adjective, an adverb. Statements that bring no
    parsed terms are given the benefit of the doubt."""
    return not (a.statement.terms and b.statement.terms) or not _deeds(a).isdisjoint(_deeds(b))


@noted
def _deeds(content: Content) -> frozenset[str]:
    said = {t.span for t in content.statement.terms if t.kind in ("verb", "adjective", "adverb")}
    return frozenset(k.key for k in content.keys if k.span in said)


def best_clause(a: Content, b: Content, matrix: StoryMatrix) -> tuple[float, float, Span, Span]:
    """The two stretches that agree most: (share, weight shared, stretch of ``a``, stretch of ``b``). The share is of
    the heavier stretch, so that a bare name inside a full clause does not count as agreement."""
    best = (0.0, 0.0, a.statement.span, b.statement.span)
    common = sorted(a.bag & b.bag)
    weights = [matrix.weight.get(k, 0.0) for k in common]
    if len(common) < 2 or sum(weights) < _CLAUSE_WEIGHT:
        return best
    masses: dict[int, float] = {}

    def shared(keys: int) -> float:
        if keys not in masses:
            masses[keys] = sum([w for n, w in enumerate(weights) if keys >> n & 1])
        return masses[keys]

    theirs = [(s, bag, _which(common, bag)) for s, bag in ((b.statement.span, b.bag), *b.stretches)]
    for span_a, bag_a in ((a.statement.span, a.bag), *a.stretches):
        mine = _which(common, bag_a)
        if mine & (mine - 1) == 0 or shared(mine) < _CLAUSE_WEIGHT:
            continue
        mass_a = matrix.held(bag_a)
        for span_b, bag_b, keys in theirs:
            both = mine & keys
            if both & (both - 1) == 0:
                continue
            weight = shared(both)
            if weight < _CLAUSE_WEIGHT:
                continue
            share = weight / max(mass_a, matrix.held(bag_b), 1e-6)
            if share > best[0]:
                best = (share, weight, span_a, span_b)
    return best


def _which(keys: Sequence[str], bag: frozenset[str]) -> int:
    """Which of the keys a bag holds, one bit each."""
    return sum([1 << n for n, key in enumerate(keys) if key in bag])


def _early(a: Content, b: Content, matrix: StoryMatrix) -> Reason:
    """How early both stand: articles open with the one happening."""
    early = 1.0 - max(matrix.depth(a), matrix.depth(b))
    return Reason("both-early", "how early both stand in their articles", early, _places(a, b))


def _figures(a: Content, b: Content) -> list[Reason]:
    """Same figure of the same thing; a count of the same thing with another figure (a disagreement, not two claims)."""
    found: list[Reason] = []
    same = counts = 0
    words: tuple[str, str] = ("", "")
    for x in a.amounts:
        for y in b.amounts:
            unit = x.unit == y.unit or not x.unit or not y.unit
            if x.state and comparable(x, y) and x.low == y.low:
                same, counts = same + 1, counts + 1
                words = (words_of(a, x.span), words_of(b, y.span))
            elif x.low == y.low and x.high == y.high and unit and (x.low >= _ROUND_FIGURE or (x.unit and y.unit)):
                same += 1
            elif x.state and comparable(x, y) and max(x.low, y.low) <= 3 * min(x.low, y.low):
                counts += 1
                words = (words_of(a, x.span), words_of(b, y.span))
    if same:
        found.append(Reason("same-figure", f"{same} figure(s) of the same thing", float(min(same, 2)), _places(a, b)))
    if counts:
        because = f"“{words[0]}” and “{words[1]}” count the same thing"
        found.append(Reason("same-count", because, 1.0, _places(a, b)))
    return found


def _other_figures(a: Content, b: Content) -> bool:
    """Whether both give figures of things, and none that could be the other's."""
    if not a.amounts or not b.amounts:
        return False
    first, second = ([x for x in c.amounts if x.unit and x.unit not in PERIODS] for c in (a, b))
    return bool(first and second) and not any(x.low == y.low or comparable(x, y) for x in first for y in second)


def _figure_alone(content: Content, span: Span) -> bool:
    """Whether a stretch gives a figure of something."""
    figures = content.amounts
    return bool(figures) and any(x.unit and x.unit not in PERIODS and x.span.overlap(span) for x in figures)


def _one_toll(a: Content, b: Content) -> bool:
    """Whether both give one figure of one state ("14 missing", "14 have not been found"): no denial of each other."""
    if not a.amounts or not b.amounts:
        return False
    return any(x.state and comparable(x, y) and x.low == y.low for x in a.amounts for y in b.amounts)


def _denied(content: Content, span: Span) -> bool:
    """Whether what a stretch says is negated: by its terms, or as a whole where the statement brings none."""
    terms = content.statement.terms
    if not terms:
        return content.statement.polarity == "negated"
    return any(span.start <= at < span.end for at in _negated(content))


@noted
def _negated(content: Content) -> tuple[int, ...]:
    """Where the negated terms of a statement start."""
    return tuple(t.span.start for t in content.statement.terms if t.negated)


def compare(
    a: Content, b: Content, matrix: StoryMatrix, shared: float, meaning: float, totals: tuple[float, float]
) -> tuple[Reason, ...]:
    """The reasons why two statements may assert the same. ``shared`` is the weight of their shared keys, ``meaning``
    the cosine of their centred vectors, ``totals`` the weight of each."""
    places = _places(a, b)
    alike = same_words(a, b)
    if alike >= SAME_WORDS:
        return (Reason("same-words", f"{alike:.0%} of the words stand in both, in order", alike, places),)
    found: list[Reason] = []
    quoted = shared_quotation(a, b)
    if len(quoted) >= QUOTED_ALIKE:
        found.append(Reason("same-quotation", f"both quote “{' '.join(quoted[:12])}”", float(len(quoted)), places))
    both = a.bag & b.bag
    if both:
        share = shared / max(LEAST_CONTENT, min(totals))
        names = ", ".join(sorted(both, key=lambda k: (-matrix.weight[k], k))[:5])
        found.append(Reason("shared-share", f"share {share:.0%} of the shorter one's content: {names}", share, places))
        found.append(Reason("shared-weight", "weight of the shared words and names in this story", shared, places))
    found.append(Reason("near-in-meaning", "closeness of the two sentences within the story", meaning, places))
    found.append(_early(a, b, matrix))
    found.extend(clause_reasons(a, b, matrix))
    share, _, span_a, span_b = best_clause(a, b, matrix)
    if share > 0:
        spots = (Place(a.statement.page, span_a), Place(b.statement.page, span_b))
        found.append(Reason("same-clause", f"“{words_of(a, span_a)}” answers to “{words_of(b, span_b)}”", share, spots))
    run = shared_run(a, b)
    if run and sum(telling(w) >= TELLING for w in run) >= 2:
        found.append(Reason("same-run", f"both say “{' '.join(run[:12])}”", float(min(len(run), LONGEST_RUN)), places))
    found.extend(_figures(a, b))
    if _other_figures(a, b):
        found.append(Reason("other-figures", "each gives figures, and of other things", 1.0, _places(a, b)))
    if _figure_alone(a, span_a) != _figure_alone(b, span_b):
        found.append(Reason("figure-alone", "one gives a figure where the other gives none", 1.0, _places(a, b)))
    if not _share_deeds(a, b) and not any(r.rule in ("same-figure", "same-count", "same-run") for r in found):
        found.append(Reason("topic-only", "they share what they speak of, and no word of what happened", 1.0, places))
    if a.leads and b.leads:
        found.append(Reason("both-lead", "both stand at the head of their articles", 1.0, places))
    if _ignores(a) != _ignores(b):
        found.append(Reason("does-not-know", "one says that somebody does not know it", 1.0, places))
    said_by_one = _one_speaker(a.statement, b.statement) or _one_office(a.statement, b.statement)
    if (_brief(a) or _brief(b)) and not said_by_one:
        found.append(Reason("brief-quotation", "one is a quotation of a word or two", 1.0, places))
    if said_by_one and a.statement.kind != "no_comment":
        found.append(Reason("same-speaker", "one named source said both", 1.0, places))
    if _other_speaker(a.statement, b.statement) and "no_comment" not in (a.statement.kind, b.statement.kind):
        found.append(Reason("other-speaker", "two named persons said it", 1.0, places))
    if credits_report(a.statement) != credits_report(b.statement):
        found.append(Reason("credits-report", "one says which newsroom first had the other", 1.0, places))
    if not _one_toll(a, b) and _denied(a, span_a) != _denied(b, span_b):
        found.append(Reason("other-polarity", "one says it, the other denies it", 1.0, places))
    return tuple(found)
