"""Articles: what a newsroom published on a page, and nothing else of the page.

In
    A :class:`records.Page` (flattened text or HTML) and the furniture learnt over its collection.
Out
    A :class:`records.Article`, or a :class:`records.Rejected` where the page holds no article. Whatever is not the
    article is kept in ``set_aside`` with its reason, in page order.
How it decides
    Text and HTML become blocks (``blocks.py``, ``markup.py``; ``embedded.py`` where only a script's data hold the
    article) and then go one way: a learned classifier of blocks
    (``body_model.py``: words, place, neighbours; in HTML also structure, ``structure.py``), rows of
    cues (``language/<code>/furniture.toml``) and what the site repeats (``furniture.py``) give each block its reasons,
    and ``roles.decide_block`` its role. Headline, outlet, byline, credit and date are chosen among candidates by
    where each was found (``evidence.py``). A date is believed only from a place that states a publication.
    A standfirst is kept as the first paragraph of the text and named in ``standfirst``.
Where it is known to fail
    Lists and recipes whose lines look like menus; question-and-answer pages; other stories' leads printed in full
    under the article; pages with several articles (the longest run wins); dates in numbers that can be read two ways.
"""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.options import ArticleOptions
from firsthand.records import Article, Page, Rejected

from .cleaning import clean
from .furniture import Furniture, learn_lines

__all__ = ["Furniture", "clean_page", "learn_furniture"]


def learn_furniture(pages: Iterable[Page], options: ArticleOptions | None = None) -> Furniture:
    """What each site of a collection repeats over its pages; deterministic, whatever the order of the pages."""
    return learn_lines(pages, (options or ArticleOptions()).max_blocks)


def clean_page(page: Page, options: ArticleOptions, furniture: Furniture) -> Article | Rejected:
    """The article on a page, or why there is none."""
    return clean(page, options, furniture)
