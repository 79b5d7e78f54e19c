"""Claims: the same assertion as it stands in several articles, and where articles cannot both be right.

In: articles, stories, statements, copies. Out: :class:`records.Alignment`. Claims come story by story in the order
given; within a story by number of pages, then by how early they stand in a text, then by id. Every statement of a
story stands in at least one claim, alone if need be.

How it decides: the statements of a story are reduced to what they assert (:mod:`.content`), weighed by how much each
word tells in this story (:mod:`.weights`), compared pair by pair with reasons, clause with clause (:mod:`.answering`,
:mod:`.sameness`, :mod:`.pairs`), and gathered into claims that may overlap (:mod:`.grouping`, :mod:`.gathering`,
:mod:`.aligning`); a claim's text is copied from its clearest statement (:mod:`.wording`).
Disagreements (:mod:`.disagreements`) are looked for among statements about one subject, precision first.

Known to fail: one fact in wholly other words; two facts about one rare thing in nearly the same words; a sentence with
two assertions stands whole in the claims of both, so that these share more than they should.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..options import ClaimOptions
from ..records import Alignment, Article, Claim, Copy, Disagreement, Place, Reason, Statement, Story, content_id
from .aligning import Aligned, align_story
from .content import Content, read_content
from .disagreements import decide_disagreement, find_disagreements
from .overruled import overrule_claims
from .sameness import decide_same
from .wording import clearest

__all__ = ["align_claims", "decide_disagreement", "decide_same", "overrule_claims"]

_UNREADABLE = (("cut-off", "end before the article does"), ("no-statements", "gave no statement that could be read"))


def align_claims(
    articles: Sequence[Article],
    stories: Sequence[Story],
    statements: Sequence[Statement],
    copies: Sequence[Copy],
    options: ClaimOptions,
) -> Alignment:
    """All claims and disagreements of a collection. Deterministic whatever the order of articles and statements."""
    by_page = {article.page: article for article in articles}
    mine: dict[str, list[Statement]] = {}
    for statement in statements:
        mine.setdefault(statement.page, []).append(statement)
    claims: list[Claim] = []
    disagreements: list[Disagreement] = []
    for story in stories:
        pages = sorted(page for page in story.pages if page in by_page)
        contents = [read_content(s) for page in pages for s in sorted(mine.get(page, ()), key=lambda s: (s.span, s.id))]
        alignment = align_story(contents, copies, options)
        unread = _unreadable(story, by_page, mine)
        claims.extend(_claims(story, alignment.groups, unread))
        disagreements.extend(find_disagreements(story, alignment, by_page, options))
    return Alignment(tuple(claims), tuple(disagreements))


def _unreadable(
    story: Story, articles: Mapping[str, Article], statements: Mapping[str, Sequence[Statement]]
) -> dict[str, str]:
    """The pages of a story that cannot be called silent about anything, each with the name of the rule that says why:
    those that are cut off, and those of which no statement was read (another language, no prose)."""
    found: dict[str, str] = {}
    for page in sorted(story.pages):
        if not statements.get(page):
            found[page] = "no-statements"
        elif page in articles and articles[page].completeness == "truncated":
            found[page] = "cut-off"
    return found


def _claims(story: Story, groups: Sequence[Aligned], unread: Mapping[str, str]) -> list[Claim]:
    found: dict[str, tuple[tuple[int, int, str], Claim]] = {}
    for aligned in groups:
        claim = _claim(story, aligned, unread)
        first = min(c.statement.span.start for c in aligned.contents)
        found[claim.id] = ((-len(claim.carried), first, claim.id), claim)
    return [claim for _, claim in sorted(found.values(), key=lambda pair: pair[0])]


def _claim(story: Story, aligned: Aligned, unread: Mapping[str, str]) -> Claim:
    ordered = sorted(aligned.contents, key=lambda c: (c.statement.page, c.statement.span, c.statement.id))
    ids = tuple(dict.fromkeys(c.statement.id for c in ordered))
    carried = tuple(sorted({c.statement.page for c in ordered}))
    rest = sorted(set(story.pages) - set(carried))
    unreadable = tuple(p for p in rest if p in unread)
    reasons = [_holding(aligned, ordered), *aligned.reasons]
    for rule, because in _UNREADABLE:
        many = [p for p in unreadable if unread[p] == rule]
        if many:
            places = tuple(Place(p) for p in many)
            reasons.append(Reason(rule, f"{len(many)} page(s) {because}", float(len(many)), places))
    return Claim(
        content_id("c", story.id, *ids),
        story.id,
        clearest(ordered).statement.text,
        ids,
        carried,
        tuple(p for p in rest if p not in unread),
        unreadable,
        tuple(reasons),
    )


def _holding(aligned: Aligned, contents: Sequence[Content]) -> Reason:
    if len(contents) == 1:
        return Reason("stands-alone", "no other statement of the story asserts this", 1.0)
    because = f"{len(contents)} statements, the weakest joined pair at {aligned.weakest:.2f}"
    return Reason("aligned", because, aligned.weakest)
