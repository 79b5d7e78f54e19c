"""An editor's overrules of stories: two pages that are of one story, or of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.language.wording import stop_words, words_of
from firsthand.overrules import because, unmet
from firsthand.records import Anchor, Article, Overrule, Place, Reason, Rejected, Story, content_id

GONE = "none of the pages of one side is in the collection"


def overrule_stories(
    stories: Sequence[Story], articles: Sequence[Article], overrules: Sequence[Overrule]
) -> tuple[tuple[Story, ...], tuple[Rejected, ...]]:
    """The stories as an editor would have them, in the order in which the overrules were given, and the overrules that
    do not apply. A story that is parted gives each page to the side whose pages it shares more words with."""
    by_page = {article.page: article for article in articles}
    found = list(stories)
    rejected: list[Rejected] = []
    for overrule in overrules:
        sides = [_pages(anchors, by_page) for anchors in (overrule.a, overrule.b)]
        if not all(sides):
            rejected.append(unmet(overrule, "stories", GONE))
        elif overrule.verdict == "one":
            found = _joined(found, sides[0] + sides[1], overrule)
        else:
            found = _parted(found, sides[0], sides[1], overrule, by_page)
    return tuple(sorted(found, key=lambda s: (-len(s.pages), s.id))), tuple(rejected)


def _pages(anchors: Sequence[Anchor], by_page: Mapping[str, Article]) -> list[str]:
    return sorted({held.page for held in anchors if held.page in by_page})


def _joined(stories: Sequence[Story], pages: Sequence[str], overrule: Overrule) -> list[Story]:
    ours = [story for story in stories if set(story.pages) & set(pages)]
    reason = because("editor-one-story", overrule, [Place(page) for page in pages])
    largest = max(ours, key=lambda story: (len(story.pages), story.id))
    every = [page for story in ours for page in story.pages]
    reasons = [r for story in ours for r in story.reasons] if len(ours) > 1 else list(largest.reasons)
    return [s for s in stories if s not in ours] + [_story(largest.title, every, (*reasons, reason))]


def _parted(
    stories: Sequence[Story],
    first: Sequence[str],
    second: Sequence[str],
    overrule: Overrule,
    by_page: Mapping[str, Article],
) -> list[Story]:
    """Every story that holds pages of both sides, in two."""
    reason = because("editor-two-stories", overrule, [Place(page) for page in (*first, *second)])
    words = {page: _words(by_page[page]) for story in stories for page in story.pages if page in by_page}
    found: list[Story] = []
    for story in stories:
        mine, theirs = ([page for page in side if page in story.pages] for side in (first, second))
        if not mine or not theirs:
            touched = bool(mine or theirs)
            found.append(_story(story.title, story.pages, (*story.reasons, reason)) if touched else story)
            continue
        sides: tuple[list[str], list[str]] = ([], [])
        for page in story.pages:
            near = [max(_alike(words.get(page), words[other]) for other in side) for side in (mine, theirs)]
            away = page in theirs or (page not in mine and near[1] > near[0])
            sides[away].append(page)
        found += [_story(_title(story, side, by_page), side, (*story.reasons, reason)) for side in sides]
    return found


def _words(article: Article) -> frozenset[str]:
    stop = stop_words()
    return frozenset(word for word, _ in words_of(f"{article.headline or ''} {article.text}") if word not in stop)


def _alike(one: frozenset[str] | None, other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one else 0.0


def _title(story: Story, pages: Sequence[str], by_page: Mapping[str, Article]) -> str:
    """The story's own title where its page stays, else the first headline on this side."""
    headlines = [headline for page in pages if page in by_page and (headline := by_page[page].headline)]
    return story.title if story.title in headlines or not headlines else headlines[0]


def _story(title: str, pages: Sequence[str], reasons: Sequence[Reason]) -> Story:
    return Story(content_id("s", *sorted(pages)), title, tuple(pages), tuple(reasons))
