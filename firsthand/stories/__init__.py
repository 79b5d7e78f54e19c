"""Stories: articles about one happening.

In
    Articles and copies.
Out
    Every article in exactly one :class:`records.Story`, the largest story first. A story's title is the headline of its
    most central article.
How it decides
    Each article is a bag of words, names and numbers, weighted by place (headline, lead, body) and rarity, and a vector
    of its meaning (``signature.py``). For each pair that shares words, the evidence is how alike they are, how alike
    beside each page's nearest other pages, whether they have the same neighbours, and the days between (``days.py``,
    ``evidence.py``, ``nearest.py``); a logistic regression makes it a likelihood (``likeness.py``). Copies add to it;
    pages published too far apart are kept apart. Articles are grouped by average linkage (``grouping.py``), so that one
    page between two happenings does not chain them.
    The result is that of the whole collection and does not depend on the order in which pages arrived. A new page can
    move others: rarity and nearest pages are counted anew, so two pages may part when nearer ones come.
Where it is known to fail
    A long-running story whose days share all names: successive days may be one story or several. Where much is near, a
    day's roundup is a story; where nothing else is, the days of one affair are one. Two happenings of one day with the
    same people; undated look-alikes alone in a small collection (nothing is nearer to set them against).
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
    return Story(content_id("s", *sorted(pages)), shown, pages, _reasons(members, indexes, closeness, options))


def _day(article: Article) -> str:
    return (article.published.earliest or article.published.latest or "~") if article.published else "~"


def _reasons(
    members: list[Article], indexes: list[int], closeness: list[float], options: StoryOptions
) -> tuple[Reason, ...]:
    if len(indexes) == 1:
        why = f"no other page is alike enough (an average likelihood of {options.threshold:.2f} is asked for)"
        return (Reason("no-page-alike", why, 1.0),)
    weakest = min(closeness) / (len(indexes) - 1)
    weakest_page = min(range(len(indexes)), key=lambda k: (closeness[k], members[k].page))
    shown = members[weakest_page].headline or members[weakest_page].page
    why = (
        f"{len(indexes)} pages share rare words, names and nearest pages; the weakest link is “{shown}”, "
        f"of one story with the others by {weakest:.2f} on average"
    )
    return (Reason("alike-by-average", why, round(weakest, 4)),)
