"""Which ends of chains are one origin: the certain merges, and for the rest whether they may be one.

Two ends of one claim are *one* for certain, *open* (may be one: lowers the least number), or *told apart* (raises it).
Open is the rule: that two newsrooms print a thing does not say that two people knew it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from ..language.names import may_be_same
from ..newsrooms import by_name
from ..options import OriginOptions
from ..records import Copy, Place, Reason, Report, SourceKind, Span, Statement
from .endings import Ending
from .offices import is_officer
from .overruled import ONE, TWO, Decided
from .sources import (
    described_in,
    document_in,
    document_kind,
    public_acts,
    same_quotation,
    same_source,
    shared_wording,
    source_key,
    source_words,
    speaks_for_body,
    speaks_in,
)

Relation = Literal["one", "open", "apart"]

CERTAIN = frozenset(
    {
        "voice-of-one-report",
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
        "one-utterance",
        "one-passage",
        "passed-on",
        "derived-report",
        "repeated-in-comment",
        "said-in-correction",
    }
)
"""The rules whose reasons make a merge certain."""

UNDECIDED = Decided()
"""Nothing overruled."""


@dataclass(frozen=True, slots=True)
class Node:
    """The ends that share a report and a source: the smallest origin. ``endings`` in statement order; ``lead`` speaks
    for the node, the one whose source is described most fully."""

    report: str
    endings: tuple[Ending, ...]
    lead: Ending

    @property
    def kind(self) -> SourceKind:
        """The source's kind; unknown where the report says it in its own voice."""
        return self.lead.source.kind if self.lead.source else "unknown"

    @property
    def own_voice(self) -> bool:
        """Whether no source is given."""
        return all(e.source is None or e.source.kind == "observation" for e in self.endings)

    @property
    def confirms(self) -> bool:
        """Whether its source only confirms what pages have from another report."""
        return all(e.confirms for e in self.endings)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that end here, each once."""
        return tuple({e.statement.id: e.statement for e in self.endings}.values())

    @property
    def carriers(self) -> frozenset[str]:
        """The reports whose pages carry the statements."""
        return frozenset(e.carrier for e in self.endings)

    @property
    def comment(self) -> bool:
        """Whether only opinion or sponsored pages say so, in their own voice, or only a correction does."""
        return self.own_voice and all((e.comment or e.correction) and e.report == e.carrier for e in self.endings)


def nodes_of(found: Sequence[Ending], decided: Decided = UNDECIDED) -> tuple[Node, ...]:
    """The ends of a claim's chains, put together by report and source unless an editor has told them apart; sorted by
    report and key."""
    by_key: dict[tuple[str, ...], list[Ending]] = {}
    for ending in sorted(found, key=lambda e: (e.statement.page, e.statement.span, e.statement.id)):
        key = (ending.report, *source_key(ending.source), decided.parting(ending.statement.id))
        by_key.setdefault(key, []).append(ending)
    return tuple(Node(key[0], tuple(ends), _lead(ends)) for key, ends in sorted(by_key.items()))


def _lead(found: Sequence[Ending]) -> Ending:
    return max(found, key=lambda e: (len(source_words(e.source) or ""), e.statement.id))


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
        or same_quotation(a.statements, b.statements, options.same_quotation, places)
        or _one_document(a, b, places)
        or _one_act(a, b, places)
        or _speaks_in_text(a, b, places)
        or _passed_on(a, b, places)
        or _derived(a, b, reports, places)
        or _same_words(a, b, copies, options.same_words)
    )
    if certain is not None:
        return (certain,)
    return _open(a, b, reports, places)


def _place(node: Node) -> Place:
    statement = node.lead.statement
    return Place(statement.page, statement.span)


def _within_report(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    if a.report != b.report:
        return None
    if a.own_voice or b.own_voice:
        because = "one report says it in its own voice and on a source's word"
        return Reason("voice-of-one-report", because, 1.0, places)
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
    return None


def _speaks_in_text(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    """A node without a source whose words have the other's named source say it ("the mayor promised")."""
    for end, other in ((a, b), (b, a)):
        if end.own_voice and speaks_in(end.lead.statement.text, other.lead.source):
            because = f"its words have {source_words(other.lead.source)} say it"
            return Reason("speaks-in-the-words", because, 1.0, places)
    return None


def _one_document(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    for end, other in ((a, b), (b, a)):
        if end.own_voice and document_in(end.lead.statement.text, other.lead.source):
            because = f"both rest on {source_words(other.lead.source)}"
            return Reason("same-document", because, 1.0, places)
        source = other.lead.source
        if end.own_voice and source is not None and source.kind == "document":
            kind = document_kind(source_words(source) or "")
            if all(kind in e.documents for e in end.endings):
                because = f"a page that itself rests on a {kind} says it without a source"
                return Reason("writes-from-document", because, 1.0, places)
    return None


def _one_act(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    """Two nodes without a source that tell of one act done in public."""
    if not (a.own_voice and b.own_voice):
        return None
    shared = public_acts(a.lead.statement.text) & public_acts(b.lead.statement.text)
    if not shared:
        return None
    return Reason("public-act", f"both tell of an act done in public: {min(shared)}", 1.0, places)


def _passed_on(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    """One node ends in a report of the collection without its source, and that report's page leads to the other."""
    for end, other in ((a, b), (b, a)):
        if end.own_voice and end.report in other.carriers and end.report != other.report:
            return Reason("passed-on", "the cited page has it from there", 1.0, places)
        if other.own_voice and other.report == end.report and end.carriers != other.carriers:
            return Reason("passed-on", "the cited page says it without a source", 1.0, places)
    return None


def _derived(a: Node, b: Node, reports: Mapping[str, Report], places: tuple[Place, ...]) -> Reason | None:
    """An own-voice node of a report that is derived from the other node's report."""
    for end, other in ((a, b), (b, a)):
        report = reports.get(end.report)
        if end.own_voice and report is not None and other.report in report.derived_from:
            return Reason("derived-report", "its main news is taken from the other's report", 1.0, places)
    return None


def _same_words(a: Node, b: Node, copies: Mapping[frozenset[str], Copy], least: float) -> Reason | None:
    best: tuple[float, tuple[Place, ...]] = (0.0, ())
    for x in a.statements:
        for y in b.statements:
            if x.page == y.page:
                continue
            share = max(shared_wording(x, y), _shared(x, y, copies.get(frozenset((x.page, y.page)))))
            best = max(best, (share, (Place(x.page, x.span), Place(y.page, y.span))), key=lambda p: p[0])
    if best[0] < least:
        return None
    return Reason("one-passage", "both pages hold the same sentence", round(best[0], 3), best[1])


def _shared(x: Statement, y: Statement, copy: Copy | None) -> float:
    """The share of the shorter of two statements that shared passages cover on both pages, in [0, 1]."""
    if copy is None or copy.relation == "rewrite":
        return 0.0
    first, second = (x, y) if x.page == copy.a else (y, x)
    covered = sum(_inside(first.span, p.a).overlap(_inside(second.span, p.b)) for p in copy.passages)
    shorter = min(first.span.end - first.span.start, second.span.end - second.span.start)
    return min(1.0, covered / shorter) if shorter else 0.0


def _inside(span: Span, passage: Span) -> Span:
    """The part of a span inside a passage, counted from the passage's start (empty where they do not meet)."""
    start = max(span.start, passage.start)
    return Span(start - passage.start, max(start, min(span.end, passage.end)) - passage.start)


def _open(a: Node, b: Node, reports: Mapping[str, Report], places: tuple[Place, ...]) -> tuple[Reason, ...]:
    if told_apart(a, b):
        because = f"{source_words(a.lead.source)} and {source_words(b.lead.source)} say it at first hand"
        return (Reason("told-apart", because, 1.0, places),)
    reasons = [_open_by_source(a, b, places)]
    for end, other in ((a, b), (b, a)):
        absent = reports.get(end.report)
        pages = {m.page for m in absent.maybe_carried_by} if absent else set()
        if (
            pages & {p for r in other.carriers if r in reports for p in reports[r].pages}
            and other.report in other.carriers
        ):
            because = "a page in the collection probably is the report that is cited"
            reasons.insert(0, Reason("may-be-carried", because, 1.0, places))
    owner = _common_owner(a, b, reports)
    if owner is not None:
        reasons.append(
            Reason("common-owner", f"both newsrooms belong to {owner}, which makes no origin one", 1.0, places)
        )
    return tuple(reasons)


def _common_owner(a: Node, b: Node, reports: Mapping[str, Report]) -> str | None:
    """Who owns the two newsrooms of two nodes, where they are two and belong to one owner."""
    names = [reports[node.report].newsroom if node.report in reports else None for node in (a, b)]
    rooms = [by_name(name) if name else None for name in names]
    if rooms[0] is None or rooms[1] is None or rooms[0].name == rooms[1].name:
        return None
    return rooms[0].owner if rooms[0].owner and rooms[0].owner == rooms[1].owner else None


def _open_by_source(a: Node, b: Node, places: tuple[Place, ...]) -> Reason:
    kinds = {a.kind, b.kind}
    if a.confirms or b.confirms:
        return Reason("confirms-it", "one of them confirms the other's report, and may be its source", 1.0, places)
    if a.own_voice or b.own_voice:
        return Reason("no-source-stated", "one of them gives no source", 1.0, places)
    if speaks_for_body(a.lead.source, b.lead.source):
        return Reason("speaks-for-it", "one of them may speak for the other", 1.0, places)
    if kinds == {"unnamed"}:
        return Reason("unnamed-may-be-same", "the unnamed people of both may be the same", 1.0, places)
    if "unnamed" in kinds:
        return Reason("named-and-unnamed", "the unnamed source may be the named one", 1.0, places)
    return Reason("may-pass-on", "one of them may have it from the other", 1.0, places)


def told_apart(a: Node, b: Node) -> bool:
    """Whether two nodes are different named people, both of whom speak of it at first hand."""
    one, other = a.lead.source, b.lead.source
    if one is None or other is None or not one.name or not other.name:
        return False
    if {one.kind, other.kind} != {"person"} or may_be_same(one.name, other.name):
        return False
    return one.relation == "first-hand" and other.relation == "first-hand"


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
    root = list(range(len(nodes)))
    pairs = list(combinations(range(len(nodes)), 2))
    overruled = _overruled(nodes, pairs, decided)
    parted = [pair for pair in pairs if pair in overruled and overruled[pair].rule == TWO]
    made: list[tuple[int, Reason]] = []
    left: dict[tuple[int, int], tuple[Reason, ...]] = {}
    for i, j in sorted(pairs, key=lambda pair: pair not in overruled) if overruled else pairs:
        if _find(root, i) == _find(root, j):
            continue
        said = overruled.get((i, j))
        reasons = (said,) if said else relate(nodes[i], nodes[j], reports, copies, options)
        if decide_relation(reasons) == "one" and not _rejoins(root, i, j, parted):
            made.append((i, reasons[0]))
            _join(root, i, j)
        else:
            left[i, j] = reasons
    made.extend(_absorb_comment(nodes, root, parted))
    classes: dict[int, list[int]] = {}
    for i in range(len(nodes)):
        classes.setdefault(_find(root, i), []).append(i)
    why = {first: tuple(r for i, r in made if _find(root, i) == first) for first in classes}
    return Merged(tuple(map(tuple, classes.values())), tuple(why[first] for first in classes), left)


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
