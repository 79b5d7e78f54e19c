"""Stories: articles about one happening.

In
    Articles and copies.
Out
    Every article in exactly one :class:`records.Story`, the largest story first. A story's title is the headline of its
    most central article.
How it decides
    Each article is a bag of words and names, weighted by place (headline, lead, body) and rarity, and a vector of its
    meaning (``signature.py``). Two articles are alike by the cosines of both; the likeness falls with the days between
    their publications, and pages published too far apart are kept apart (``likeness.py``). Copies are alike by
    definition. Articles are grouped by average linkage (``grouping.py``), so that one page between two happenings does
    not chain them.
Where it is known to fail
    A long-running story whose days share all names and no date; two happenings of one day with the same people; a page
    with two or three sentences. Average linkage needs every pair within a connected part: parts of more than
    ``StoryOptions.largest_part`` articles are first cut at a higher likeness.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.options import StoryOptions
from firsthand.records import Article, Copy, Reason, Story, content_id

from .grouping import average_linkage
from .likeness import Likeness, likenesses
from .overruled import overrule_stories
from .signature import signatures

__all__ = ["group_stories", "overrule_stories"]


def group_stories(
    articles: Sequence[Article], copies: Sequence[Copy], options: StoryOptions | None = None
) -> tuple[Story, ...]:
    """Group articles into stories; the result does not depend on the order of the input."""
    options = options or StoryOptions()
    ordered = sorted(articles, key=lambda a: a.page)
    alike = likenesses(ordered, signatures(ordered), copies, options)
    groups = average_linkage(len(ordered), alike, options)
    stories = [_story([ordered[i] for i in group], group, alike, options) for group in groups]
    return tuple(sorted(stories, key=lambda s: (-len(s.pages), s.id)))


def _story(members: list[Article], indexes: list[int], alike: Likeness, options: StoryOptions) -> Story:
    closeness = [sum(alike.between(i, j) for j in indexes if j != i) for i in indexes]
    order = sorted(range(len(members)), key=lambda k: (-closeness[k], members[k].page))
    title = next((members[k].headline for k in order if members[k].headline), None)
    first = members[order[0]]
    shown = title or first.text[: first.paragraphs[0].end if first.paragraphs else 0][:120] or first.page
    pages = tuple(a.page for a in sorted(members, key=lambda a: (_day(a), a.page)))
    return Story(content_id("s", *sorted(pages)), shown, pages, _reasons(indexes, closeness, options))


def _day(article: Article) -> str:
    return (article.published.earliest or article.published.latest or "~") if article.published else "~"


def _reasons(indexes: list[int], closeness: list[float], options: StoryOptions) -> tuple[Reason, ...]:
    if len(indexes) == 1:
        why = f"no other page is alike enough (average likeness {options.threshold:.2f} is asked for)"
        return (Reason("no-page-alike", why, 1.0),)
    weakest = min(closeness) / (len(indexes) - 1)
    why = f"{len(indexes)} pages share rare words and names; the weakest is alike to the others by {weakest:.2f}"
    return (Reason("alike-by-average", why, round(weakest, 4)),)
