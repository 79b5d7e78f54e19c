"""Where two statements about one subject cannot both be right: the checks of every kind, precision first.

In: two contents of different pages that :mod:`.sameness` holds for one subject. Out: :class:`.scopes.Conflict` values
with the exact words that differ. Nothing here decides: :func:`.disagreements.decide_disagreement` reads the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..language.amounts import comparable
from ..records import Reason
from .content import Content
from .days import days
from .denials import denials
from .figures import counts, figures, tells, units
from .sameness import EXCLUDING
from .scopes import Conflict
from .speakers import speakers
from .spellings import spellings
from .tallies import tallies

__all__ = ["all_conflicts", "contradictions", "may_conflict", "tells"]


def contradictions(a: Content, b: Content, weight: Mapping[str, float]) -> tuple[Reason, ...]:
    """The reasons why two statements about one subject are two claims: figures that exclude each other, a denial.

    Only the first figure that both give counts: a sentence's later ones are not what it is about."""
    first = next((x for x in a.amounts if counts(x) and any(comparable(x, y) for y in b.amounts)), None)
    found = [c for c in figures(a, b, weight)[:1] if first is not None and c.a == first.span]
    return tuple(c.reason for c in (*found, *denials(a, b, weight)) if c.reason.rule in EXCLUDING)


def all_conflicts(
    a: Content, b: Content, weight: Mapping[str, float], names: tuple[frozenset[str], frozenset[str]]
) -> Sequence[Conflict]:
    """Every conflict of a pair, by kind."""
    return (
        *figures(a, b, weight), *days(a, b, weight), *units(a, b), *spellings(a, b, names),
        *denials(a, b, weight), *speakers(a, b), *tallies(a, b),
    )  # fmt: skip


def may_conflict(
    a: Content, b: Content, weight: Mapping[str, float], names: tuple[frozenset[str], frozenset[str]]
) -> bool:
    """Whether a pair is in any conflict, on pages with these names or on such as hold none of them."""
    nobody: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    return bool(all_conflicts(a, b, weight, names) or spellings(a, b, nobody))
