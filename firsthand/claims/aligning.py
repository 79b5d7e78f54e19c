"""One story's statements into groups that assert the same.

In: a story's contents in page order, what its copies retell, options. Out: :class:`StoryAlignment`. Three steps: the
same words are one node whatever page they stand on; pairs of nodes are judged (:mod:`.pairs`) and gathered into claims
that may overlap (:mod:`.gathering`); then a statement that tells the figures of two contradicting claims ("grew from
14 to 19") stands in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..options import ClaimOptions
from ..records import Copy, Place, Reason
from .content import Content
from .figures import tells
from .gathering import gather
from .grouping import Pair
from .pairs import LINKED, Judged, Judgements, Retold, judge_pairs
from .weights import compare_story

MOST_ALIKE = 12
"""At most so many pages with the same words are set against a rival: forty copies of one error are one error."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A group: contents that assert the same, with the reasons of the weakest and the strongest joined pair."""

    contents: tuple[Content, ...]
    weakest: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Two nodes that were compared closely, ``a`` before ``b``: contents of the same words each, and the likelihood
    that they are about one subject."""

    a: Sequence[Content]
    b: Sequence[Content]
    likelihood: float

    def pairs(self) -> Iterator[tuple[Content, Content]]:
        """The pairs of contents of different pages, at most ``MOST_ALIKE`` pages a side."""
        for x in self.a[:MOST_ALIKE]:
            for y in self.b[:MOST_ALIKE]:
                if x.statement.page != y.statement.page:
                    yield x, y


@dataclass(frozen=True, slots=True)
class StoryAlignment:
    """A story aligned: groups, the pairs worth a look for disagreements, all contents, and what each key weighs."""

    groups: tuple[Aligned, ...] = ()
    links: tuple[Linked, ...] = ()
    contents: tuple[Content, ...] = ()
    weight: Mapping[str, float] = field(default_factory=dict)


def same_words_together(contents: Sequence[Content]) -> list[list[Content]]:
    """Contents with the same words, together, in the order of the first."""
    same: dict[tuple[object, ...], list[Content]] = {}
    for content in contents:
        kind = "no_comment" if content.statement.kind == "no_comment" else ""
        key = (kind, content.plain) if len(content.plain) >= 4 else (content.statement.id,)
        same.setdefault(key, []).append(content)
    return list(same.values())


def align_story(contents: Sequence[Content], copies: Sequence[Copy], options: ClaimOptions) -> StoryAlignment:
    """One story aligned. Every content stands in at least one group; groups in the order of first contents."""
    if not contents:
        return StoryAlignment()
    nodes = same_words_together(contents)
    matrix = compare_story([node[0] for node in nodes])
    pages = [frozenset(c.statement.page for c in node) for node in nodes]
    judged = judge_pairs(nodes, matrix, Retold(copies, frozenset().union(*pages)), options.restates)
    claims = gather(pages, judged, options)
    guests = _tell_both(nodes, judged, claims, options)
    found = tuple(_aligned((*members, *guests.get(g, ())), nodes, judged) for g, members in enumerate(claims))
    return StoryAlignment(found, _links(nodes, judged), tuple(contents), matrix.weight)


def _tell_both(
    nodes: Sequence[Sequence[Content]],
    judged: Judgements,
    claims: Sequence[tuple[int, ...]],
    options: ClaimOptions,
) -> dict[int, tuple[int, ...]]:
    """By claim, the nodes that tell its figure beside that of their own claim, which contradicts it."""
    home: dict[int, list[int]] = {}
    for g, members in enumerate(claims):
        for i in members:
            home.setdefault(i, []).append(g)
    contradicting: dict[int, list[int]] = {}
    for (a, b), pair in judged.items():
        if pair.excluded:
            contradicting.setdefault(a, []).append(b)
            contradicting.setdefault(b, []).append(a)

    def contradict(i: int, j: int) -> bool:
        known = judged.of(i, j)
        return known is not None and known.excluded

    found: dict[int, set[int]] = {}
    for (a, b), pair in judged.items():
        for i, k in ((a, b), (b, a)):
            rivals = contradicting.get(k, ())
            if pair.subject < options.same or pair.excluded or not rivals:
                continue
            mine = {j for g in home[i] for j in claims[g]}
            if any(j in mine and j != i and tells(nodes[i][0], nodes[k][0], nodes[j][0]) for j in rivals):
                for g in home[k]:
                    if i not in claims[g] and not any(contradict(i, j) for j in claims[g]):
                        found.setdefault(g, set()).add(i)
    return {g: tuple(sorted(many)) for g, many in found.items()}


def _links(nodes: Sequence[Sequence[Content]], judged: Mapping[Pair, Judged]) -> tuple[Linked, ...]:
    """The pairs that are likely enough to be about one subject, for every page that carries them; none that stand on
    one page alone."""
    pages = [node[0].statement.page if len({c.statement.page for c in node}) == 1 else "" for node in nodes]
    return tuple(
        Linked(nodes[i], nodes[j], pair.subject)
        for (i, j), pair in judged.items()
        if pair.subject >= LINKED and (pages[i] != pages[j] or not pages[i])
    )


def _aligned(members: Sequence[int], nodes: Sequence[Sequence[Content]], judged: Judgements) -> Aligned:
    """A group as a value, with the reasons of its strongest and of its weakest joined pair."""
    contents = tuple(c for i in sorted(members) for c in nodes[i])
    ordered = sorted(members)
    links = [j for k, a in enumerate(ordered) for b in ordered[k + 1 :] if (j := judged.of(a, b)) is not None]
    if not links:
        if len(contents) < 2:
            return Aligned(contents, 0.0, ())
        places = tuple(Place(c.statement.page, c.statement.span) for c in contents[:2])
        return Aligned(contents, 1.0, (Reason("same-words", "the same words on each page", 1.0, places),))
    weakest = min(range(len(links)), key=lambda n: (links[n].same, n))
    strongest = max(range(len(links)), key=lambda n: (links[n].same, -n))
    reasons = links[strongest].reasons + (links[weakest].reasons if weakest != strongest else ())
    return Aligned(contents, links[weakest].same, reasons)
