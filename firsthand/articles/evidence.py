"""Candidates for one field of an article (headline, outlet, credit, date), and how one is chosen.

A candidate says what, where it was found and how far that place is trusted; the choice is the smallest rank, the first
of equals. All candidates stay visible as reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.records import Reason

from .roles import Verdict


@dataclass(frozen=True, slots=True)
class Candidate:
    """``value`` as found at ``source`` (a basis such as ``jsonld``), trusted as far as ``rank`` (1 is best);
    ``words`` are the words that it stands in."""

    value: str
    source: str
    rank: float
    words: str = ""


def body_of(verdicts: Sequence[Verdict], kept: Sequence[int]) -> list[int]:
    """The lines of the body; looked for among those ``kept`` (the article's) where these are given."""
    if kept:
        return [i for i in kept if verdicts[i].role == "body"]
    return [i for i, v in enumerate(verdicts) if v.role == "body"]


def reasons_for(rule: str, candidates: Sequence[Candidate]) -> tuple[Reason, ...]:
    """A reason a candidate, in order."""
    return tuple(
        Reason(rule, f"{c.source}: {c.value}" + (f' ("{c.words[:120]}")' if c.words else ""), float(c.rank))
        for c in candidates
    )


def decide_source(reasons: Sequence[Reason]) -> int | None:
    """The index of the reason that decides: the smallest weight, the first of equals; None where there is none."""
    if not reasons:
        return None
    return min(range(len(reasons)), key=lambda i: (reasons[i].weight, i))


def best(rule: str, candidates: Sequence[Candidate]) -> tuple[Candidate | None, tuple[Reason, ...]]:
    """The candidate that decides, and the reasons that say so."""
    reasons = reasons_for(rule, candidates)
    index = decide_source(reasons)
    return (None if index is None else candidates[index]), reasons
