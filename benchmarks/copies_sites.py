"""Sites of a generated collection, and the furniture that stays in the text of their pages.

Sizes are spread as in a crawl: 0.3 of the pages are on large sites (400 to 3,000), 0.4 on middling ones (30 to 300),
0.28 on small ones (3 to 20), 0.02 on sites of which the collection has two pages. A page carries some of: the
navigation line, a subscription sentence, a paragraph of standing background, "also read" teasers between its
paragraphs, an author's biography, a list of what is read most (one a week), the newsletter and copyright line: 40 to
230 words.
Nearly half the sites belong to a network of two to eight that share navigation, background and closing lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.copies_words import CAPITAL, END, LINE, PLAIN, Language, Prose, Tokens, form, reform, words

SIZES = ((0.3, 400, 3000), (0.4, 30, 300), (0.28, 3, 20), (0.02, 2, 2))
"""Share of the pages, and the least and the most pages of a site."""
WEEKS = 12
ALSO_READ = words("also read")


@dataclass(frozen=True, slots=True)
class Site:
    """What a site repeats."""

    navigation: Tokens
    subscription: Tokens
    backgrounds: list[Tokens]
    teasers: list[Tokens]
    biographies: list[Tokens]
    most_read: list[Tokens]
    closing: Tokens
    straight: bool
    """Whether it prints straight quotation marks."""
    habits: tuple[float, float, float, float, float, float]
    """How often a page has each: navigation, subscription, background, biography, most read, closing."""


def site_sizes(pages: int, random: np.random.Generator) -> list[int]:
    """Pages of each site; they sum to ``pages`` or a little more."""
    sizes: list[int] = []
    for share, low, high in SIZES:
        left = max(2, round(share * pages))
        while left > 0:
            size = min(int(np.exp(random.uniform(np.log(low), np.log(high + 0.99)))), max(left, 2))
            sizes.append(size)
            left -= size
    return sizes


def make_sites(count: int, language: Language, seed: int) -> list[Site]:
    """Sites, networks of them one after another."""
    prose = Prose(language, seed, -1 % 2**32)
    draw = prose.random
    sites: list[Site] = []
    while len(sites) < count:
        together = int(draw.integers(2, 9)) if draw.random() < 0.15 else 1
        shared = _site(prose) if together > 1 else None
        for _ in range(min(together, count - len(sites))):
            sites.append(_site(prose, shared))
    return sites


def _site(prose: Prose, network: Site | None = None) -> Site:
    draw = prose.random
    backgrounds = [_line(prose, 25, 70) for _ in range(int(draw.integers(2, 7)))]
    habits = tuple(float(share) for share in draw.uniform((0.6, 0.1, 0.05, 0.1, 0.0, 0.6), (1, 0.9, 0.5, 0.7, 0.6, 1)))
    return Site(
        network.navigation if network else form(prose.loose(int(draw.integers(8, 26))), LINE, CAPITAL),
        _line(prose, 12, 32),
        [*backgrounds, *(network.backgrounds[:2] if network else [])],
        [np.concatenate((form(ALSO_READ, PLAIN, CAPITAL), prose.headline())) for _ in range(30)],
        [_line(prose, 18, 40) for _ in range(int(draw.integers(1, 6)))],
        [np.concatenate([prose.headline() for _ in range(5)]) for _ in range(WEEKS)],
        network.closing if network else _line(prose, 20, 50),
        bool(draw.random() < 0.5),
        habits,  # type: ignore[arg-type]
    )


def _line(prose: Prose, low: int, high: int) -> Tokens:
    """A paragraph of some words: two sentences or so."""
    made = np.concatenate([prose.sentence(low // 2, high // 2) for _ in range(2)])
    made[-1] = reform(int(made[-1]), END)
    return made


def furnished(
    article: list[Tokens], site: Site, week: int, draw: np.random.Generator
) -> tuple[list[Tokens], NDArray[np.bool_]]:
    """An article as its site prints it, and which of the paragraphs are the article's own."""
    chances = draw.random(8).tolist()
    before: list[Tokens] = []
    after: list[Tokens] = []
    inside: list[tuple[int, Tokens]] = []
    navigation, subscription, background, biography, most_read, closing = site.habits
    if chances[0] < navigation:
        before.append(site.navigation)
    if chances[1] < subscription:
        before.append(site.subscription)
    if chances[2] < background:
        inside.append((len(article) - 1, site.backgrounds[int(chances[6] * len(site.backgrounds))]))
    if chances[3] < biography:
        after.append(site.biographies[int(chances[7] * len(site.biographies))])
    if chances[4] < most_read:
        after.append(site.most_read[week % WEEKS])
    if chances[5] < closing:
        after.append(site.closing)
    for _ in range(int(chances[6] * 100) % 4):
        teaser = site.teasers[(week * 3 + int(draw.integers(0, 6))) % len(site.teasers)]
        inside.append((int(draw.integers(1, len(article) + 1)), teaser))
    inside.sort(key=lambda one: one[0])
    body: list[Tokens] = []
    own: list[bool] = []
    for number, paragraph in enumerate(article):
        while inside and inside[0][0] <= number:
            body.append(inside.pop(0)[1])
            own.append(False)
        body.append(paragraph)
        own.append(True)
    after = [one for _, one in inside] + after
    flags = np.array([False] * len(before) + own + [False] * len(after))
    return [*before, *body, *after], flags
