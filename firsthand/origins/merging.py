"""Which ends of chains are one origin: the certain merges, and for the rest whether they may be one.

Two ends of one claim are *one* for certain, *open* (may be one: lowers the least number), or *told apart* (raises it).
Open is the rule: that two newsrooms print a thing does not say that two people knew it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from ..options import OriginOptions
from ..records import Copy, Place, Reason, Report
from .acts import one_act, one_document
from .leaving_open import open_reasons
from .nodes import UNDECIDED, Node
from .offices import described_in, is_officer, is_one_of, speak_for
from .overruled import ONE, TWO, Decided
from .passages import same_words
from .sources import (
    beside_spokesperson,
    is_nobodys_name,
    printed_name,
    quote_one_person,
    same_person,
    same_quotation,
    same_source,
    source_words,
    speaks_in,
)

Relation = Literal["one", "open", "apart"]

VOICE, PASSED_ON = "voice-of-one-report", "passed-on"

CERTAIN = frozenset(
    {
        VOICE,
        "unnamed-of-one-report",
        "same-named-person",
        "same-named-body",
        "described-in-full",
        "officer-of-the-body",
        "same-document",
        "writes-from-document",
        "same-spokesperson",
        "public-act",
        "speaks-in-the-words",
        "written-by-source",
        "one-utterance",
        "one-passage",
        PASSED_ON,
        "derived-report",
        "repeated-in-comment",
        "said-in-correction",
    }
)
"""The rules whose reasons make a merge certain."""


def decide_relation(reasons: Sequence[Reason]) -> Relation:
    """What two origins are to each other, from the reasons: an editor beats certain beats told apart beats open."""
    rules = {r.rule for r in reasons}
    if rules & {ONE, TWO}:
        return "one" if ONE in rules else "apart"
    if rules & CERTAIN:
        return "one"
    return "apart" if "told-apart" in rules else "open"


def relate(
    a: Node, b: Node, reports: Mapping[str, Report], copies: Mapping[frozenset[str], Copy], options: OriginOptions
) -> tuple[Reason, ...]:
    """Every reason about two nodes being one origin: the certain one where there is one, else what leaves it open."""
    places = (_place(a), _place(b))
    certain = (
        _within_report(a, b, places)
        or same_source(a.lead.source, b.lead.source, places)
        or _described(a, b, places)
        or _officer(a, b, places)
        or _spokespeople(a, b, places)
        or same_quotation(a.statements, b.statements, options.same_quotation, places)
        or one_document(a, b, places)
        or one_act(a, b, places)
        or _speaks_in_text(a, b, places)
        or _few_words(a, b, places)
        or _written_by(a, b, places)
        or _passed_on(a, b, places)
        or _derived(a, b, reports, places)
        or same_words(a, b, copies, options.same_words)
    )
    if certain is not None:
        return (certain,)
    return open_reasons(a, b, reports, places)


def _place(node: Node) -> Place:
    statement = node.lead.statement
    return Place(statement.page, statement.span)


def _within_report(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    if a.report != b.report:
        return None
    if a.own_voice or b.own_voice:
        because = "one report says it in its own voice and on a source's word"
        return Reason(VOICE, because, 1.0, places)
    for end, other in ((a, b), (b, a)):
        if is_nobodys_name(end.lead.source) and other.kind == "body":
            because = f"{source_words(end.lead.source)} of a page that names {source_words(other.lead.source)}"
            return Reason("described-in-full", because, 1.0, places)
    return None


def _described(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    for end, other in ((a, b), (b, a)):
        if described_in(end.lead.source, other.lead.source, end.lead.article.text):
            because = f"the page that says {source_words(end.lead.source)} names {source_words(other.lead.source)}"
            return Reason("described-in-full", because, 1.0, places)
    return None


def _officer(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    for end, other in ((a, b), (b, a)):
        if is_officer(end.lead.source, end.lead.article.text, other.lead.source):
            because = f"{source_words(end.lead.source)} speaks as an officer of {source_words(other.lead.source)}"
            return Reason("officer-of-the-body", because, 1.0, places)
        if is_one_of(end.lead.source, end.lead.article.text, other.lead.source):
            because = f"{source_words(end.lead.source)} speaks as one of the {source_words(other.lead.source)}"
            return Reason("officer-of-the-body", because, 1.0, places)
    return None


def _spokespeople(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    """Two named people whom their pages call spokespeople of the same."""
    shared = speak_for(a.lead.source, a.lead.article.text) & speak_for(b.lead.source, b.lead.article.text)
    if not shared:
        return None
    who = f"{source_words(a.lead.source)} and {source_words(b.lead.source)}"
    return Reason("same-spokesperson", f"{who} speak for {min(shared)}", 1.0, places)


def _speaks_in_text(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    """A node without a source, or from the other's spokesperson, whose words have the other's named source say it ("the
    mayor promised")."""
    for end, other in ((a, b), (b, a)):
        text = end.lead.statement.text
        if not end.own_voice:
            text = beside_spokesperson(text, end.lead.source, other.lead.source)
        if speaks_in(text, other.lead.source):
            because = f"its words have {source_words(other.lead.source)} say it"
            return Reason("speaks-in-the-words", because, 1.0, places)
    return None


def _few_words(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    """A node without a source and one with, which quote the same few words and name who said them."""
    for end, other in ((a, b), (b, a)):
        if end.own_voice and quote_one_person(end.lead.statement, other.lead.statement, other.lead.source):
            because = f"both quote the same few words of {source_words(other.lead.source)}"
            return Reason("one-utterance", because, 1.0, places)
    return None


def _written_by(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    """A page that says it in its own voice, and a person who wrote that page."""
    for end, other in ((a, b), (b, a)):
        person = other.lead.source
        if not end.own_voice or end.report not in end.carriers or person is None or person.kind != "person":
            continue
        name = printed_name(person)
        if name and all(any(same_person(name, writer) for writer in e.article.byline) for e in end.endings):
            return Reason("written-by-source", f"{name} wrote the page that says it", 1.0, places)
    return None


def _passed_on(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    """One node ends in a report of the collection without its source, and that report's page leads to the other."""
    for end, other in ((a, b), (b, a)):
        if end.own_voice and end.report in other.carriers and end.report != other.report:
            return Reason(PASSED_ON, "the cited page has it from there", 1.0, places)
        if other.own_voice and other.report == end.report and end.carriers != other.carriers:
            return Reason(PASSED_ON, "the cited page says it without a source", 1.0, places)
    return None


def _derived(a: Node, b: Node, reports: Mapping[str, Report], places: tuple[Place, ...]) -> Reason | None:
    """An own-voice node of a report that is derived from the other node's report, which can be read here. (What an
    absent report holds beyond its main news nobody knows: that is left open.)"""
    for end, other in ((a, b), (b, a)):
        report, original = reports.get(end.report), reports.get(other.report)
        if not end.own_voice or report is None or original is None or not original.in_collection:
            continue
        if other.report in report.derived_from:
            return Reason("derived-report", "its main news is taken from the other's report", 1.0, places)
    return None


@dataclass(frozen=True, slots=True)
class Merged:
    """Classes of node indexes after all certain merges, with the reasons that made each, and the reasons about every
    pair of nodes that stayed apart."""

    classes: tuple[tuple[int, ...], ...]
    made_by: tuple[tuple[Reason, ...], ...]
    left: Mapping[tuple[int, int], tuple[Reason, ...]]


def merge(
    nodes: Sequence[Node],
    reports: Mapping[str, Report],
    copies: Mapping[frozenset[str], Copy],
    options: OriginOptions,
    decided: Decided = UNDECIDED,
) -> Merged:
    """Make every certain merge of a claim's nodes; what an editor has decided goes first, and no merge joins again
    what an editor has told apart."""
    if len(nodes) < 2:
        return Merged(tuple((i,) for i in range(len(nodes))), ((),) * len(nodes), {})
    root = list(range(len(nodes)))
    pairs = list(combinations(range(len(nodes)), 2))
    overruled = _overruled(nodes, pairs, decided)
    parted = [pair for pair in pairs if pair in overruled and overruled[pair].rule == TWO]
    made: list[tuple[int, Reason]] = []
    left: dict[tuple[int, int], tuple[Reason, ...]] = {}
    voiced: list[tuple[int, int, Reason]] = []
    for i, j in sorted(pairs, key=lambda pair: pair not in overruled) if overruled else pairs:
        if _find(root, i) == _find(root, j):
            continue
        said = overruled.get((i, j))
        reasons = (said,) if said else relate(nodes[i], nodes[j], reports, copies, options)
        if reasons[0].rule in (VOICE, PASSED_ON) and decide_relation(reasons) == "one":
            voiced.append((i, j, reasons[0]))
        elif decide_relation(reasons) == "one" and not _rejoins(root, i, j, parted):
            made.append((i, reasons[0]))
            _join(root, i, j)
        else:
            left[i, j] = reasons
    rested: set[int] = set()
    for i, j, reason in sorted(voiced, key=lambda pair: pair[2].rule != PASSED_ON):
        own, spoken = (i, j) if _rests_on(nodes[i], nodes[j], reason) else (j, i)
        free = own not in rested and not _has_voice(nodes, root, own)
        if free and not _rejoins(root, i, j, parted):
            made.append((i, reason))
            rested.add(own)
            _join(root, i, j)
        elif _find(root, own) != _find(root, spoken):
            left[i, j] = open_reasons(nodes[i], nodes[j], reports, (_place(nodes[i]), _place(nodes[j])))
    made.extend(_absorb_comment(nodes, root, parted))
    classes: dict[int, list[int]] = {}
    for i in range(len(nodes)):
        classes.setdefault(_find(root, i), []).append(i)
    why = {first: tuple(r for i, r in made if _find(root, i) == first) for first in classes}
    return Merged(tuple(map(tuple, classes.values())), tuple(why[first] for first in classes), left)


def _rests_on(end: Node, other: Node, reason: Reason) -> bool:
    """Whether it is the first of two nodes that a report says in its own voice, and the second on which it rests."""
    return end.own_voice and (reason.rule == VOICE or end.report in other.carriers)


def _has_voice(nodes: Sequence[Node], root: list[int], own: int) -> bool:
    """Whether what a report says in its own voice is one already with a source of that report, or of one that its page
    cites: it may rest on any of them, and makes no two of them one."""
    return any(
        _find(root, i) == _find(root, own) and nodes[own].report in (node.report, *node.carriers)
        for i, node in enumerate(nodes)
        if i != own and not node.own_voice
    )


def _overruled(
    nodes: Sequence[Node], pairs: Sequence[tuple[int, int]], decided: Decided
) -> dict[tuple[int, int], Reason]:
    if not decided.sides:
        return {}
    statements = [node.statements for node in nodes]
    found = {(i, j): decided.between(statements[i], statements[j]) for i, j in pairs}
    return {pair: said for pair, said in found.items() if said is not None}


def _rejoins(root: list[int], i: int, j: int, parted: Sequence[tuple[int, int]]) -> bool:
    """Whether joining two classes would put together what an editor has told apart."""
    classes = {_find(root, i), _find(root, j)}
    return any({_find(root, a), _find(root, b)} == classes for a, b in parted)


def _absorb_comment(
    nodes: Sequence[Node], root: list[int], parted: Sequence[tuple[int, int]]
) -> list[tuple[int, Reason]]:
    """Opinion, sponsored pages and corrections add nothing: each joins the first origin that is not one of them."""
    comment = [i for i, node in enumerate(nodes) if node.comment]
    others = [i for i in range(len(nodes)) if i not in comment]
    into = others[0] if others else (comment[0] if comment else 0)
    made = []
    for i in comment:
        if _find(root, i) != _find(root, into) and not _rejoins(root, i, into, parted):
            made.append((i, _adds_nothing(nodes[i])))
            _join(root, into, i)
    return made


def _adds_nothing(node: Node) -> Reason:
    if any(e.correction for e in node.endings):
        because = "a correction only tells what was said before"
        return Reason("said-in-correction", because, 1.0, (_place(node),))
    return Reason("repeated-in-comment", "an opinion or sponsored page repeats it", 1.0, (_place(node),))


def _find(root: list[int], i: int) -> int:
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i


def _join(root: list[int], i: int, j: int) -> None:
    first, second = sorted((_find(root, i), _find(root, j)))
    root[second] = first
