"""Disagreements: statements of one story that cannot both be right. Precision first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..options import ClaimOptions
from ..records import Article, Copy, Disagreement, Reason, Story
from .aligning import Aligned
from .content import Content


def find_disagreements(
    story: Story,
    groups: Sequence[Aligned],
    contents: Sequence[Content],
    articles: Mapping[str, Article],
    copies: Sequence[Copy],
    options: ClaimOptions,
) -> tuple[Disagreement, ...]:
    """The disagreements of one story."""
    return ()


def decide_disagreement(reasons: Sequence[Reason]) -> bool:
    """Whether the reasons make a disagreement."""
    return bool(reasons)
