"""The decision about every block, from its reasons: body, headline, standfirst, metadata, topic or furniture.

In: blocks, the classifier's probabilities, the headline, the learnt furniture. Out: a :class:`Verdict` for each block.
The order of trust is :data:`PRECEDENCE`; :func:`decide_block` is all of the decision, the rest gathers reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from firsthand.records import Reason

from .beside import author_notes, boxed_lists, pull_quotes, reporting_lines
from .blocks import Block, plain
from .cues import Cue, find_cue, looks_like_code
from .features import LONG, Floats
from .furniture import Furniture
from .head import is_contribution, is_metadata
from .topics import topic_runs

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

SOFT = 0.9
SURE = 0.9
"""Where part of a line is a furniture cue, a probability from here on keeps the line in the body: prose that merely
begins with "more" or mentions a photo is more frequent there than furniture (flat_news, cross-validated)."""

PROSE_PAGE = 0.75
"""The share of a page's characters in long sentences from which it counts as hardly anything but its article."""

TEASER = 24
"""The shortest beginning of a paragraph, in characters of its key, that counts as its teaser."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A block's role with the reasons that led there; ``rule`` is the one that decided."""

    role: Role
    rule: str
    why: str
    reasons: tuple[Reason, ...]


def decide_block(reasons: Sequence[Reason], body_probability: float) -> tuple[Role, str]:
    """The role that a block's reasons give it, and the rule that decided. Pure: reasons in, verdict out."""
    by_rule = {r.rule: r for r in reasons}
    p = by_rule["block-model"].weight if "block-model" in by_rule else 0.0
    for rule, role in PRECEDENCE:
        reason = by_rule.get(rule)
        if reason and not (reason.weight == SOFT and p >= SURE):
            return role, rule
    return ("body" if p >= body_probability else "furniture"), "block-model"


def judge(
    blocks: Sequence[Block], p: Floats, headline: str, page: str, furniture: Furniture, body_probability: float
) -> list[Verdict]:
    """A verdict for each block of the page with this id."""
    reasons: list[list[Reason]] = [[_model(x, body_probability)] for x in p.tolist()]
    cues = [find_cue(b.text) for b in blocks]
    for i, block in enumerate(blocks):
        reasons[i].extend(_own_reasons(block, cues[i]))
    _headline(blocks, headline, reasons)
    _learnt(blocks, p, page, furniture, reasons)
    body = _body(reasons, body_probability)
    if body:
        _metadata(blocks, cues, body, reasons)
        _topics(blocks, cues, body, reasons)
        _repeats(blocks, body, reasons)
        _beside(blocks, cues, p, body, reasons)
        _quoted(blocks, p, body, reasons)
        _prose_page(blocks, p, body, reasons)
        _contribution(blocks, body, reasons)
        _standfirst(blocks, cues, headline, _body(reasons, body_probability), reasons)
    return [_verdict(r, body_probability) for r in reasons]


def _verdict(reasons: list[Reason], body_probability: float) -> Verdict:
    role, rule = decide_block(reasons, body_probability)
    why = next(r.because for r in reasons if r.rule == rule)
    return Verdict(role, rule, why, tuple(reasons))


def _body(reasons: Sequence[Sequence[Reason]], body_probability: float) -> list[int]:
    return [i for i, r in enumerate(reasons) if decide_block(r, body_probability)[0] == "body"]


def _model(p: float, body_probability: float) -> Reason:
    if p >= body_probability:
        because = f"reads like the article's own prose at this place ({p:.2f})"
    else:
        because = f"does not read like the article's prose at this place ({p:.2f})"
    return Reason("block-model", because, round(p, 4))


_WHY = {
    "other-story": "a link to another story", "share-bar": "a share or follow button",
    "advertisement": "an advertisement's mark", "subscribe-blurb": "an invitation to subscribe or follow",
    "photo-credit": "a picture's caption or credit", "comment-form": "a comment form",
    "cookie-notice": "a notice about cookies, scripts or the browser", "rights-line": "a copyright or terms line",
    "author-box": "a note about an author", "navigation": "a menu word or button",
    "placeholder": "a template's placeholder", "paywall": "an offer to pay or sign in for the rest",
    "update-note": "a note that the text was updated",
}  # fmt: skip


def _own_reasons(block: Block, cue: Cue | None) -> list[Reason]:
    found: list[Reason] = []
    if looks_like_code(block.text):
        found.append(Reason("code", "script, style or data, not words", 1.0))
    if cue:
        weight = 1.0 if cue.sure or cue.rule == "placeholder" else SOFT
        found.append(Reason(cue.rule, f'{_WHY[cue.rule]}: "{cue.words}"', weight))
    if not any(c.isalpha() for c in block.text):
        found.append(Reason("navigation", "a line without a letter", 1.0))
    return found


def _headline(blocks: Sequence[Block], headline: str, reasons: list[list[Reason]]) -> None:
    wanted = plain(headline)
    for i, block in enumerate(blocks):
        if wanted and len(block.text) < 2 * len(headline) + 60 and plain(block.text) == wanted:
            reasons[i].append(Reason("headline-line", "the line is the headline", 1.0))


def _learnt(blocks: Sequence[Block], p: Floats, page: str, furniture: Furniture, reasons: list[list[Reason]]) -> None:
    """Prose that the classifier is sure of and that stands inside the body needs five different articles beside it:
    newsrooms repeat a paragraph of background over the articles of one running story."""
    for i, block in enumerate(blocks):
        count = furniture.articles(page, block.text)
        inside = p[i] >= 0.8 and i > 0 and i + 1 < len(p) and p[i - 1] >= 0.5 and p[i + 1] >= 0.5
        if count >= (5 if inside else 2):
            because = f"the site repeats this line beside {count} different articles"
            reasons[i].append(Reason("learnt-furniture", because, float(count)))


def _metadata(
    blocks: Sequence[Block], cues: Sequence[Cue | None], body: Sequence[int], reasons: list[list[Reason]]
) -> None:
    """Who, where and when: short lines around the head, and directly under the body."""
    near = set(range(max(0, body[0] - 14), body[0])) | set(range(body[-1] + 1, min(len(blocks), body[-1] + 6)))
    near |= set(body[:3]) | set(body[-2:])
    for i in sorted(near):
        because = is_metadata(blocks[i].text)
        if because:
            reasons[i].append(Reason("metadata-line", because, 1.0))


def _topics(
    blocks: Sequence[Block], cues: Sequence[Cue | None], body: Sequence[int], reasons: list[list[Reason]]
) -> None:
    texts = " ".join(plain(blocks[i].text) for i in body)
    for run in topic_runs(blocks, cues, body, texts):
        because = f"one of {len(run)} short lines that name topics"
        for i in run:
            reasons[i].append(Reason("topic-list", because, float(len(run))))


def _repeats(blocks: Sequence[Block], body: Sequence[int], reasons: list[list[Reason]]) -> None:
    """Teasers (a paragraph's beginning, cut, above it) and lines that stand twice: the copy that has other body
    around it stays."""
    keys = {i: plain(blocks[i].text) for i in body}
    inside = set(body)
    first_at: dict[str, int] = {}
    for i in body:
        other = first_at.get(keys[i])
        if other is not None and len(keys[i]) >= TEASER:
            lonely = other if other + 1 not in inside and i + 1 in inside else i
            reasons[lonely].append(Reason("said-twice", "the line stands twice; the other copy stays", 1.0))
        first_at.setdefault(keys[i], i)
    starts = sorted((key[:TEASER], i) for i, key in keys.items() if len(key) >= TEASER)
    by_start: dict[str, list[int]] = {}
    for start, i in starts:
        by_start.setdefault(start, []).append(i)
    for i, block in enumerate(blocks):
        if len(block.text) > 600:
            continue
        key = _without_cut_word(block.text)
        for j in by_start.get(key[:TEASER], ()) if len(key) >= TEASER else ():
            if j != i and keys[j].startswith(key) and len(keys[j]) > len(key):
                share = round(len(key) / len(keys[j]), 3)
                if block.text.rstrip().endswith(("...", "…", "[…]")) or i not in inside:
                    reasons[i].append(Reason("teaser", "repeats the beginning of a paragraph below", share))
                    break


def _without_cut_word(text: str) -> str:
    """The key of a cut line without its last word where that is cut too ("the Venezuelan Pres...")."""
    text = text.rstrip()
    if not text.endswith(("...", "…", "[…]")):
        return plain(text)
    stem = text.rstrip(".…[] ")
    return plain(stem)


def _beside(
    blocks: Sequence[Block], cues: Sequence[Cue | None], p: Floats, body: Sequence[int], reasons: list[list[Reason]]
) -> None:
    for rule, found in (
        ("pull-quote", pull_quotes(blocks, body)),
        ("author-box", author_notes(blocks, body)),
        ("other-story", boxed_lists(blocks, body)),
        ("reporting-line", reporting_lines(blocks, cues, p, body)),
    ):
        for i in sorted(found):
            reasons[i].append(Reason(rule, found[i], 1.0))


def _quoted(blocks: Sequence[Block], p: Floats, body: Sequence[int], reasons: list[list[Reason]]) -> None:
    inside = set(body)
    for i in range(1, len(blocks) - 1):
        text = blocks[i].text
        if i in inside or p[i] < 0.12 or not (i - 1 in inside and i + 1 in inside):
            continue
        if text[0] in "\"“„«'‘" and text.rstrip()[-1] in ".!?\"”»’'" and len(text.split()) >= 3:
            because = "a quoted paragraph between two paragraphs of the body"
            reasons[i].append(Reason("quoted-paragraph", because, round(float(p[i]), 4)))


def _prose_page(blocks: Sequence[Block], p: Floats, body: Sequence[int], reasons: list[list[Reason]]) -> None:
    """A page that is hardly anything but its article (a text column, a cleaned crawl): a whole sentence beside or
    between its paragraphs belongs to them unless something speaks against it."""
    inside = set(body)
    sizes = [len(b.text) for b in blocks]
    article = sum(n for i, n in enumerate(sizes) if i in inside or (n >= LONG and _is_sentence(blocks[i].text)))
    share = article / max(1, sum(sizes))
    if share < PROSE_PAGE or sum(sizes[i] for i in body) < 0.4 * sum(sizes):
        return
    for i, block in enumerate(blocks):
        near = any(j in inside for j in range(i - 2, i + 3))
        text = block.text.rstrip()
        whole = _is_sentence(text)
        piece = text[:1].islower() and i - 1 in inside and i + 1 in inside
        deck = body[0] - 4 <= i < body[0] and len(text.split()) >= 8 and p[i] >= 0.1
        if i not in inside and ((near and (whole or piece) and p[i] >= 0.02) or deck):
            because = f"a sentence beside the article on a page that is {share:.0%} article"
            reasons[i].append(Reason("prose-page", because, round(share, 4)))


def _is_sentence(text: str) -> bool:
    return text.rstrip()[-1:] in '.!?"”’' and len(text.split()) >= 5


def _contribution(blocks: Sequence[Block], body: Sequence[int], reasons: list[list[Reason]]) -> None:
    """ "... contributed to this report." under the text is the newsroom's own sentence and its credit."""
    for i in range(body[-1] + 1, min(len(blocks), body[-1] + 4)):
        if is_contribution(blocks[i].text):
            reasons[i].append(Reason("contribution-line", "says who contributed to the report", 1.0))


def _standfirst(
    blocks: Sequence[Block], cues: Sequence[Cue | None], headline: str, body: Sequence[int], reasons: list[list[Reason]]
) -> None:
    """The line directly under the headline where the article proper starts below it: set off by a line of metadata,
    or one short sentence over a much longer paragraph."""
    heads = [i for i, r in enumerate(reasons) if any(x.rule == "headline-line" for x in r)]
    after = [i for i in heads if body and i <= body[0]]
    if not after:
        return
    at = after[-1] + 1
    if at >= len(blocks) or not 0 <= body[0] - at <= 8:
        return
    text, rest = blocks[at].text, [i for i in body if i > at]
    if cues[at] or is_metadata(text) or not rest or len(text.split()) < 6 or len(text) > 320:
        return
    if text.endswith(("...", "…", ":")) or decide_block(reasons[at], 0.5)[1] in (
        "teaser",
        "said-twice",
        "learnt-furniture",
    ):
        return
    parted = any(r.rule == "metadata-line" for i in range(at + 1, rest[0]) for r in reasons[i])
    brief = len(text.split()) <= 30 and len(blocks[rest[0]].text) >= 2.5 * len(text)
    shared = set(plain(text).split()) & {w for i in rest[:6] for w in plain(blocks[i].text).split() if len(w) > 3}
    if (parted or brief) and shared:
        reasons[at].append(Reason("standfirst-line", "the line under the headline that sums the article up", 1.0))
