"""From reasons to a relation. The stage weighs evidence into reasons; this alone turns them into a verdict.

In: the reasons of one pair. Out: a relation, or None where the pair is no copy. Nothing else is consulted, so that a
verdict can be recomputed from what a dossier shows.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..options import CopyOptions
from ..records import Reason, Relation


def decide_relation(reasons: Sequence[Reason], options: CopyOptions | None = None) -> Relation | None:
    """The relation that the reasons make, or None: no copy."""
    options = options or CopyOptions()
    weight = {reason.rule: reason.weight for reason in reasons}
    if looks_alike(weight, options):
        return None
    worded = _by_wording(weight, options)
    return worded or _by_telling(weight, options)


def looks_alike(weight: dict[str, float], options: CopyOptions) -> bool:
    """Whether the shared text is a template: the same sentences of another day or place, with other facts."""
    if weight.get("facts-differ", 0.0) < options.least_differing_facts:
        return False
    share = options.least_distant_share if _distant(weight, options) else options.least_differing_share
    return (
        weight.get("facts-differ-share", 0.0) >= share
        and weight.get("another-day-or-place", 0.0) >= options.fewest_differing_names
    )


def _distant(weight: dict[str, float], options: CopyOptions) -> bool:
    """Whether the two were published too far apart to be of one happening."""
    return weight.get("weeks-apart", 0.0) > options.most_days_apart


def _by_wording(weight: dict[str, float], options: CopyOptions) -> Relation | None:
    share_a, share_b = weight.get("shared-words-a", 0.0), weight.get("shared-words-b", 0.0)
    small = min(share_a, share_b)
    if small >= options.identical_share:
        return "identical"
    own, own_share = weight.get("shared-own-words", 0.0), weight.get("shared-own-share", 0.0)
    much = own >= options.fewest_own_words and own_share >= options.least_own_share
    most_of_a_brief = own >= options.fewest_brief_words and own_share >= options.least_brief_share
    run = weight.get("shared-own-run", 0.0)
    one_piece = run >= options.fewest_run_words and own_share >= options.least_run_share
    if _distant(weight, options):  # standing background, unless it is long or most of what one says
        block = max(run, weight.get("quoted-with-credit", 0.0))
        found = much and (block >= options.fewest_own_words or (one_piece and own_share >= options.least_brief_share))
    else:
        found = much or one_piece or most_of_a_brief
    if not found:
        return None
    return "edited" if small >= options.edited_share else "excerpt"


def _by_telling(weight: dict[str, float], options: CopyOptions) -> Relation | None:
    if weight.get("days-apart", 0.0) > options.most_days_apart:
        return None
    block, share = weight.get("retold-block", 0.0), weight.get("retold-share", 0.0)
    noticed = "shared-notices" in weight and weight.get("same-matter", 0.0) < options.least_same_matter
    if noticed or "same-statement" in weight:  # its sentences are the same, too: that is no retelling
        block = share = 0.0
    news, matter = weight.get("same-news", 0.0), weight.get("same-matter", 0.0)
    alike = news >= options.least_told_news and matter >= options.least_told_matter
    closely = block >= options.least_block and share >= options.least_retold_share
    told = alike and (block >= options.least_retold or closely)
    if "same-newsroom" in weight:
        return "rewrite" if told and news >= options.least_own_news else None
    return "rewrite" if told else _by_credit(weight, options)


def _by_credit(weight: dict[str, float], options: CopyOptions) -> Relation | None:
    """A rewrite where a credit joins two articles that open with the same news."""
    news, matter = weight.get("same-news", 0.0), weight.get("same-matter", 0.0)
    alike = news >= options.least_same_news and matter >= options.least_same_matter
    credited = weight.get("credited-news", 0.0)
    sure = matter >= options.least_admitted_matter and credited >= options.least_same_news
    if alike and "credits-the-other" in weight and (sure or credited >= options.least_credited_news):
        return "rewrite"
    if alike and weight.get("common-credit", 0.0) >= options.least_common_credit:
        return "rewrite" if news + matter >= options.least_common_likeness else None
    admitted = weight.get("one-credits-its-news", 0.0)
    needed = options.least_admitted_news if admitted >= 1.0 else options.least_silent_news
    return "rewrite" if admitted > 0 and news >= needed and matter >= options.least_admitted_matter else None
