"""Nodes: the ends of a claim's chains that share a report and a source, the smallest origins there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..records import SourceKind, Statement
from .endings import Ending
from .overruled import Decided
from .sources import source_key, source_words

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
