"""What a block is, from its reasons: the whole decision, as one pure function, and the verdict that records it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from firsthand.records import Reason

Role = Literal["body", "headline", "standfirst", "metadata", "topic", "furniture"]

PRECEDENCE: tuple[tuple[str, Role], ...] = (
    ("headline-line", "headline"), ("placeholder", "furniture"), ("code", "furniture"),
    ("teaser", "furniture"), ("pull-quote", "furniture"),
    ("said-twice", "furniture"), ("learnt-furniture", "furniture"), ("metadata-line", "metadata"),
    ("update-note", "metadata"), ("topic-list", "topic"), ("other-story", "furniture"),
    ("share-bar", "furniture"), ("advertisement", "furniture"), ("subscribe-blurb", "furniture"),
    ("photo-credit", "furniture"), ("comment-form", "furniture"), ("cookie-notice", "furniture"),
    ("rights-line", "furniture"), ("author-box", "furniture"), ("paywall", "furniture"), ("navigation", "furniture"),
    ("standfirst-line", "standfirst"), ("quoted-paragraph", "body"), ("contribution-line", "body"),
    ("reporting-line", "body"), ("prose-page", "body"),
)  # fmt: skip
"""Rules that speak before the classifier, the first one decides. A cue row of weight below 1 (only a part of the line
is the cue) gives way where the classifier is as sure as ``SURE`` that the block is body."""

_SHARES = ("teaser", "quoted-paragraph", "prose-page")
"""Rules whose weight is a share, which may be any number below 1."""
_RANK = {rule: rank for rank, (rule, _) in enumerate(PRECEDENCE)}

SOFT = 0.9
SURE = 0.9
"""Where part of a line is a furniture cue, a probability from here on keeps the line in the body: prose that merely
begins with "more" or mentions a photo is more frequent there than furniture (flat_news, cross-validated)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A block's role with the reasons that led there; ``rule`` is the one that decided."""

    role: Role
    rule: str
    why: str
    reasons: tuple[Reason, ...]


def decide_block(reasons: Sequence[Reason], body_probability: float) -> tuple[Role, str]:
    """The role that a block's reasons give it, and the rule that decided. Pure: reasons in, verdict out."""
    p = next((r.weight for r in reasons if r.rule == "block-model"), 0.0)
    last = len(PRECEDENCE)
    rank = last
    for r in reasons:
        if not (p >= SURE and r.weight == SOFT and r.rule not in _SHARES):
            rank = min(rank, _RANK.get(r.rule, last))
    if rank < last:
        return PRECEDENCE[rank][1], PRECEDENCE[rank][0]
    return ("body" if p >= body_probability else "furniture"), "block-model"


def verdict_of(reasons: tuple[Reason, ...], body_probability: float) -> Verdict:
    """The verdict that the reasons give, with the words of the reason that decided."""
    role, rule = decide_block(reasons, body_probability)
    return Verdict(role, rule, next(r.because for r in reasons if r.rule == rule), reasons)


@cache
def model_reason(p: float, body_probability: float) -> Reason:
    """The block model's reason; ``p`` to four digits, so that at most 10,001 of them are ever made."""
    if p >= body_probability:
        because = f"reads like the article's own prose at this place ({p:.2f})"
    else:
        because = f"does not read like the article's prose at this place ({p:.2f})"
    return Reason("block-model", because, p)


def model_verdict(p: float, body_probability: float) -> Verdict:
    """The verdict on a block about which no rule speaks."""
    return _model_verdicts(body_probability)[p]


def model_verdicts(p: Sequence[float], body_probability: float) -> list[Verdict]:
    """:func:`model_verdict` of each block of a page."""
    return list(map(_model_verdicts(body_probability).__getitem__, p))


class _ModelVerdicts(dict[float, Verdict]):
    """Verdicts by probability, each made once."""

    def __init__(self, body_probability: float) -> None:
        super().__init__()
        self.limit = body_probability

    def __missing__(self, p: float) -> Verdict:
        return self.setdefault(p, verdict_of((model_reason(p, self.limit),), self.limit))


@cache
def _model_verdicts(body_probability: float) -> _ModelVerdicts:
    return _ModelVerdicts(body_probability)


@lru_cache(4096)
def own_verdict(p: float, body_probability: float, reasons: tuple[Reason, ...]) -> Verdict:
    """The verdict on a line about which only the model and its own words speak (furniture lines come again)."""
    return verdict_of((model_reason(p, body_probability), *reasons), body_probability)
