"""The decision about every block, from its reasons: body, headline, standfirst, metadata, topic or furniture.

In: blocks, the classifier's probabilities, the headline, the learnt furniture. Out: a :class:`Verdict` for each block.
``roles.decide_block`` is all of the decision, the rest gathers reasons. Rules look only at lines that they could take
for the article or that stand near it; of the others only a word about which known line they are, if any.
"""

from __future__ import annotations

from collections.abc import Sequence

from .beside import author_notes, boxed_lists, consent_lines, is_quoted, prose_share, pull_quotes, reporting_lines
from .blocks import Block, plain
from .case import MAYBE, Case, known_verdict
from .cues import known_lines, may_hold_rights
from .features import Floats
from .furniture import Furniture, line_hash
from .head import is_contribution, is_metadata, why_metadata
from .repeats import begin_alike, headline_lines, headline_with_site, said_twice, teasers
from .roles import Role, Verdict, decide_block, model_verdicts, own_verdict, verdict_of
from .topics import topic_runs

__all__ = ["Role", "Verdict", "decide_block", "judge"]

ABOVE = 14
"""Lines above the body that can be of the article's head."""
BELOW = 8
"""Lines below it that can be of its tail (topics can stand further down)."""
STANDFIRST = 0.13
"""The least probability of a standfirst in HTML: what stands under a heading there is often a caption or the heading
once more (fundus_parsers, cross-validated)."""

LIKE_PROSE = 0.8
"""The probability from which a repeated line needs articles on different subjects beside it ..."""
EDGE_SHARE = 0.1
"""... in this share of the site's articles, at the article's edge, and ..."""
INSIDE_SHARE = 0.3
"""... in this share, and on three subjects, where it stands among paragraphs."""


def judge(
    blocks: Sequence[Block], p: Floats, headline: str, page: str, furniture: Furniture, body_probability: float
) -> list[Verdict]:
    """A verdict for each block of the page with this id."""
    case = Case(blocks, p, body_probability)
    body = case.body()
    near = range(max(0, body[0] - ABOVE), min(len(blocks), body[-1] + 1 + BELOW)) if body else range(0)
    case.listen(sorted({*case.likely, *near}))
    for i in headline_lines(case, headline):
        case.tell(i, "headline-line", "the line is the headline", 1.0)
    for i in headline_with_site(case, headline):
        case.tell(i, "said-twice", "the line is the headline and the site's name", 1.0)
    _learnt(case, page, furniture)
    body = case.body()
    if body:
        _around(case, body)
        _inside(case, body)
        _promoted(case, body)
        _standfirst(case, headline, case.body())
    return _verdicts(case)


def _verdicts(case: Case) -> list[Verdict]:
    """Lines far from the article are only asked whether they are furniture word for word."""
    limit, own, told, p = case.limit, case.own, case.told, case.p
    out = model_verdicts(p, limit)
    for i in known_lines(case.lows, may_hold_rights(case.page)):
        if p[i] < MAYBE and i not in own and i not in told:
            out[i] = known_verdict(case.lows[i], round(p[i], 2), limit)
    for i, reasons in own.items():
        if i not in told:
            out[i] = own_verdict(p[i] if p[i] >= MAYBE else round(p[i], 2), limit, reasons)
    for i in told:
        out[i] = verdict_of(case.reasons(i), limit)
    return out


def _learnt(case: Case, page: str, furniture: Furniture) -> None:
    """Lines that the site repeats, each by what speaks against it: newsrooms repeat a paragraph of background over the
    articles of one running story, and stock sentences ("No injuries were reported.") over many."""
    known = furniture.of_page(page)
    if not known:
        return
    p = case.p
    repeated = {i: found for i in case.likely if (found := known.get(line_hash(case.texts[i])))}
    for i, found in repeated.items():
        if is_contribution(case.texts[i]):
            continue
        before, after = i - 1, i + 1
        while before in repeated:
            before -= 1
        while after in repeated:
            after += 1
        inside = before >= 0 and after < len(p) and p[before] >= 0.5 and p[after] >= 0.5
        if p[i] < LIKE_PROSE:
            enough = found.subjects >= 2 or found.articles >= 3
        elif not inside:
            enough = found.subjects >= 2 and found.articles >= EDGE_SHARE * found.of
        else:
            enough = found.subjects >= 3 and found.articles >= INSIDE_SHARE * found.of
        if enough:
            because = f"the site repeats this line beside {found.articles} different articles"
            case.tell(i, "learnt-furniture", because, float(found.articles))


def _around(case: Case, body: Sequence[int]) -> None:
    """Who, where and when: short lines around the head and directly under the body; and lists of topics."""
    blocks = case.blocks
    near = {*range(max(0, body[0] - ABOVE), body[0]), *range(body[-1] + 1, min(len(blocks), body[-1] + 6))}
    for i in sorted({*near, *body[:3], *body[-2:]}):
        because = why_metadata(blocks[i].text, case.lows[i])
        if because:
            case.tell(i, "metadata-line", because, 1.0)
    for run in topic_runs(case, body):
        because = f"one of {len(run)} short lines that name topics"
        for i in run:
            case.tell(i, "topic-list", because, float(len(run)))


def _inside(case: Case, body: Sequence[int]) -> None:
    """What stands among the paragraphs and is none of them."""
    alike = begin_alike(case)
    for i in said_twice(case, body, alike):
        case.tell(i, "said-twice", "the line stands twice; the other copy stays", 1.0)
    for i, share in teasers(case, body, alike):
        case.tell(i, "teaser", "repeats the beginning of a paragraph below", share)
    for rule, found in (
        ("pull-quote", pull_quotes(case, body)),
        ("author-box", author_notes(case.blocks, body)),
        ("other-story", boxed_lists(case.blocks, body)),
        ("cookie-notice", consent_lines(case, body)),
    ):
        for i in sorted(found):
            case.tell(i, rule, found[i], 1.0)


def _promoted(case: Case, body: Sequence[int]) -> None:
    """What the classifier would leave out and the rest of the page claims for the article."""
    inside = set(body)
    for i, because in sorted(reporting_lines(case, body).items()):
        case.tell(i, "reporting-line", because, 1.0)
    for i in case.likely:
        lost = case.p[i] >= 0.12 and i not in inside and is_quoted(case.texts[i])
        if lost and _beside(case, i, -1) in inside and _beside(case, i, 1) in inside and not _stands_in(case, i, body):
            case.tell(i, "quoted-paragraph", "a quoted paragraph between two paragraphs of the body", case.p[i])
    share, sentences = (0.0, []) if case.blocks[0].tag else prose_share(case, body)  # HTML tells structure, no guess
    for i in sentences:
        because = f"a sentence beside the article on a page that is {share:.0%} article"
        case.tell(i, "prose-page", because, round(share, 4))
    for i in range(body[-1] + 1, min(len(case.blocks), body[-1] + 4)):
        if is_contribution(case.blocks[i].text):
            case.tell(i, "contribution-line", "says who contributed to the report", 1.0)


def _stands_in(case: Case, i: int, body: Sequence[int]) -> bool:
    """Whether a paragraph repeats the words of block ``i``."""
    words = f" {case.key(i)} "
    return any(words in f" {case.key(j)} " for j in body if abs(i - j) <= 60)


def _beside(case: Case, i: int, step: int) -> int:
    """The block before or after ``i``, up to three lines passed over that say themselves what furniture they are."""
    for _ in range(3):
        i += step
        if i not in case.own:
            break
    return i


def _standfirst(case: Case, headline: str, body: Sequence[int]) -> None:
    """The line directly under the headline where the article proper starts below it: set off by a line of metadata,
    or one short sentence over a much longer paragraph."""
    heads = [i for i, told in case.told.items() if any(r.rule == "headline-line" for r in told)]
    at = max((i for i in heads if body and i <= body[0]), default=-2) + 1
    if not 0 <= at < len(case.blocks) or not 0 <= body[0] - at <= 8:
        return
    text, rest = case.blocks[at].text, [i for i in body if i > at]
    if case.blocks[at].tag and case.p[at] < STANDFIRST:
        return
    if case.cue(at) or is_metadata(text) or not rest or len(text.split()) < 6 or len(text) > 320:
        return
    if text.endswith(("...", "…", ":")) or case.rule(at) in ("teaser", "said-twice", "learnt-furniture"):
        return
    parted = any(r.rule == "metadata-line" for i in range(at + 1, rest[0]) for r in case.told.get(i, ()))
    brief = len(text.split()) <= 30 and len(case.blocks[rest[0]].text) >= 2.5 * len(text)
    words = [w for w in plain(text).split() if len(w) > 3] if parted or brief else []
    opening = " ".join(case.lows[i] for i in rest[:6]) if words else ""
    if any(w in opening for w in words):
        case.tell(at, "standfirst-line", "the line under the headline that sums the article up", 1.0)
