"""An editor's overrules, as the stages meet them: what an overrule holds on to, found again among this run's records.

In: overrules as they were kept, this run's articles. Out: those overrules with the pages under their present ids
(:func:`at_present`). A stage asks :func:`holds` which of its records one is about and gives :func:`because` as the
reason; one of which it finds nothing, it sets aside (:func:`unmet`), so that none is dropped silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .records import Anchor, Article, Overrule, OverruleAbout, Place, Reason, Rejected, Stage, Statement, content_id


def mark_of(article: Article) -> str:
    """A mark of an article's own words, whatever the page's location."""
    return mark_of_words(article.headline, article.text)


def mark_of_words(headline: str | None, text: str) -> str:
    """The same from a headline and a text."""
    return content_id("mark", headline or "", text)


def at_present(overrules: Sequence[Overrule], articles: Sequence[Article]) -> tuple[Overrule, ...]:
    """The overrules with each page under the id that it has now: a page that has moved is known by its words."""
    if not overrules:
        return ()
    here = {article.page for article in articles}
    moved: dict[str, str] = {}
    for article in sorted(articles, key=lambda a: a.page):
        moved.setdefault(mark_of(article), article.page)

    def now(held: Anchor) -> Anchor:
        return held if held.page in here else replace(held, page=moved.get(held.mark, held.page))

    return tuple(replace(o, a=tuple(map(now, o.a)), b=tuple(map(now, o.b))) for o in overrules)


def about(overrules: Iterable[Overrule], *kinds: OverruleAbout) -> tuple[Overrule, ...]:
    """Those of the overrules that are about one of these kinds."""
    return tuple(o for o in overrules if o.about in kinds)


def holds(anchors: Sequence[Anchor], statement: Statement) -> bool:
    """Whether one of the anchors holds on to this statement."""
    return any(held.page == statement.page and held.words == statement.text for held in anchors)


def because(rule: str, overrule: Overrule, places: Sequence[Place] = ()) -> Reason:
    """The reason that an overrule gives under one of a stage's rules."""
    note = f": {overrule.note}" if overrule.note else ""
    shown = tuple(dict.fromkeys(places)) or tuple(
        dict.fromkeys(Place(held.page) for held in (*overrule.a, *overrule.b))
    )
    return Reason(rule, f"overruled by an editor on {overrule.on}{note}", 1.0, shown)


def unmet(overrule: Overrule, stage: Stage, why: str) -> Rejected:
    """An overrule that does not apply in this run; it is kept all the same."""
    return Rejected(overrule.id, stage, why)
