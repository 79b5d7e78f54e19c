"""An editor's overrules of origins: two ends of a claim's chains that are one, or that are two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..overrules import because, holds, unmet
from ..records import Claim, Overrule, Place, Reason, Rejected, Statement

ONE, TWO = "editor-one-origin", "editor-two-origins"
GONE = "no claim holds both of its sides: the pages are gone, or their statements are not one claim in this run"


@dataclass(frozen=True, slots=True)
class Decided:
    """The overrules of one collection, by the statements that they hold on to."""

    overrules: tuple[Overrule, ...] = ()
    sides: Mapping[str, tuple[tuple[int, str], ...]] | None = None

    @classmethod
    def of(cls, overrules: Sequence[Overrule], statements: Sequence[Statement]) -> Decided:
        """Find the statements that the overrules hold on to."""
        if not overrules:
            return cls()
        sides: dict[str, tuple[tuple[int, str], ...]] = {}
        for statement in statements:
            found = [
                (number, side)
                for number, overrule in enumerate(overrules)
                for side, anchors in (("a", overrule.a), ("b", overrule.b))
                if holds(anchors, statement)
            ]
            if found:
                sides[statement.id] = tuple(found)
        return cls(tuple(overrules), sides)

    def parting(self, statement: str) -> str:
        """What keeps a statement's ends from being put together with those of another side, as a part of a key."""
        found = (self.sides or {}).get(statement, ())
        return " ".join(f"{number}{side}" for number, side in found if self.overrules[number].verdict == "apart")

    def between(self, first: Sequence[Statement], second: Sequence[Statement]) -> Reason | None:
        """What an editor has said of two groups of statements: the latest overrule with a side in each."""
        if not self.sides:
            return None
        mine, theirs = (self._by_side(group) for group in (first, second))
        for number in reversed(range(len(self.overrules))):
            for one, other in (("a", "b"), ("b", "a")):
                if (number, one) in mine and (number, other) in theirs:
                    overrule = self.overrules[number]
                    places = (*mine[number, one], *theirs[number, other])
                    return because(ONE if overrule.verdict == "one" else TWO, overrule, places)
        return None

    def _by_side(self, statements: Sequence[Statement]) -> dict[tuple[int, str], list[Place]]:
        found: dict[tuple[int, str], list[Place]] = {}
        for statement in statements:
            for key in (self.sides or {}).get(statement.id, ()):
                found.setdefault(key, []).append(Place(statement.page, statement.span))
        return found


def unmet_origins(
    overrules: Sequence[Overrule], statements: Sequence[Statement], claims: Sequence[Claim]
) -> tuple[Rejected, ...]:
    """The overrules of origins that no claim of this run is about."""
    decided = Decided.of(overrules, statements)
    met = {number for claim in claims for number in _met(decided, claim)}
    return tuple(unmet(o, "origins", GONE) for number, o in enumerate(overrules) if number not in met)


def _met(decided: Decided, claim: Claim) -> Iterator[int]:
    found = {key for statement in claim.statements for key in (decided.sides or {}).get(statement, ())}
    for number in range(len(decided.overrules)):
        if {(number, "a"), (number, "b")} <= found:
            yield number
