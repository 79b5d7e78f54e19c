"""An editor's overrules of claims: two claims that are one, or statements that are not one claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from firsthand.language.wording import stop_words, words_of
from firsthand.overrules import because, holds, unmet
from firsthand.records import (
    Alignment,
    Claim,
    Overrule,
    Place,
    Reason,
    Rejected,
    Statement,
    Story,
    content_id,
)

GONE = "the words of one side stand on no page of the collection"
TWO_STORIES = "its two sides are in two stories: `firsthand merge` of two of their pages puts these together first"

Found = tuple[Alignment, tuple[Rejected, ...]]


def overrule_claims(
    alignment: Alignment, stories: Sequence[Story], statements: Sequence[Statement], overrules: Sequence[Overrule]
) -> Found:
    """The claims as an editor would have them, in the order in which the overrules were given, and the overrules that
    do not apply. A claim that is parted gives each statement to the side that it shares more words with. A claim's
    disagreements are those of its statements, and stay."""
    by_id = {statement.id: statement for statement in statements}
    every = {story.id: story for story in stories}
    claims = list(alignment.claims)
    rejected: list[Rejected] = []
    for overrule in overrules:
        sides = [[s for s in statements if holds(anchors, s)] for anchors in (overrule.a, overrule.b)]
        ours = [_holding(claims, {s.id for s in side}) for side in sides]
        if ours[0] is None or ours[1] is None:
            rejected.append(unmet(overrule, "claims", GONE))
        elif ours[0].story != ours[1].story:
            rejected.append(unmet(overrule, "claims", TWO_STORIES))
        elif overrule.verdict == "one":
            claims = _joined(claims, ours[0], ours[1], every[ours[0].story], by_id, overrule)
        else:
            claims = _parted(claims, sides[0], sides[1], every[ours[0].story], by_id, overrule)
    return replace(alignment, claims=tuple(claims)), tuple(rejected)


def _holding(claims: Sequence[Claim], statements: set[str]) -> Claim | None:
    """The claim in which most of these statements stand; the one that is theirs alone where several hold as many."""
    held = [(len(statements & set(claim.statements)), -len(claim.statements), claim.id, claim) for claim in claims]
    best = max(held, key=lambda row: row[:3], default=None)
    return best[3] if best is not None and best[0] else None


def _joined(
    claims: Sequence[Claim],
    one: Claim,
    other: Claim,
    story: Story,
    by_id: Mapping[str, Statement],
    overrule: Overrule,
) -> list[Claim]:
    first, second = sorted((one, other), key=lambda claim: (-len(claim.carried), list(claims).index(claim)))
    ids = tuple(dict.fromkeys((*first.statements, *second.statements)))
    reasons = [*first.reasons, *(second.reasons if second is not first else ())]
    reasons.append(because("editor-one-claim", overrule, _places(ids, by_id)))
    merged = _claim(first, first.text, ids, story, by_id, reasons)
    return [merged if claim is first else claim for claim in claims if claim is first or claim is not second]


def _parted(
    claims: Sequence[Claim],
    one: Sequence[Statement],
    other: Sequence[Statement],
    story: Story,
    by_id: Mapping[str, Statement],
    overrule: Overrule,
) -> list[Claim]:
    """Every claim that holds statements of both sides, in two."""
    mine, theirs = ({s.id for s in side} for side in (one, other))
    reason = because("editor-two-claims", overrule, [Place(s.page, s.span) for s in (*one, *other)])
    found: list[Claim] = []
    for claim in claims:
        held = set(claim.statements)
        if not (held & mine and held & theirs):
            touched = bool(held & (mine | theirs))
            found.append(replace(claim, reasons=(*claim.reasons, reason)) if touched else claim)
            continue
        sides: tuple[list[str], list[str]] = ([], [])
        for key in claim.statements:
            sides[_is_other(by_id[key], one, other)].append(key)
        for side in sides:
            text = claim.text if any(by_id[key].text == claim.text for key in side) else by_id[side[0]].text
            found.append(_claim(claim, text, tuple(side), story, by_id, (*claim.reasons, reason)))
    return found


def _is_other(statement: Statement, one: Sequence[Statement], other: Sequence[Statement]) -> bool:
    if statement in one or statement in other:
        return statement in other
    near = [max(_alike(statement.text, held.text) for held in side) for side in (one, other)]
    return near[1] > near[0]


def _alike(one: str, other: str) -> float:
    first, second = _words(one), _words(other)
    return len(first & second) / len(first | second) if first or second else 0.0


def _words(text: str) -> frozenset[str]:
    stop = stop_words()
    return frozenset(word for word, _ in words_of(text) if word not in stop)


def _places(statements: Sequence[str], by_id: Mapping[str, Statement]) -> list[Place]:
    return [Place(by_id[key].page, by_id[key].span) for key in statements[:4]]


def _claim(
    like: Claim,
    text: str,
    ids: tuple[str, ...],
    story: Story,
    by_id: Mapping[str, Statement],
    reasons: Sequence[Reason],
) -> Claim:
    """A claim of these statements; pages of the story that were not called silent before are not now."""
    ordered = tuple(sorted(ids, key=lambda key: (by_id[key].page, by_id[key].span, key)))
    carried = tuple(sorted({by_id[key].page for key in ordered}))
    rest = sorted(set(story.pages) - set(carried))
    unreadable = tuple(page for page in rest if page in like.unreadable)
    silent = tuple(page for page in rest if page not in like.unreadable)
    return Claim(
        content_id("c", story.id, *ordered), story.id, text, ordered, carried, silent, unreadable, tuple(reasons)
    )
