"""The collections that stories are learned from and measured on: a whole set, and parts of it drawn by lot.

In: a set in a format of ``quality/stories.py``. Out: :class:`Collection` of the kinds of :data:`SHARES`. Topics are
dealt into folds first, and every part is drawn from one fold, so that it can be left out with it. Topics that are kept
back stand in the whole set, as pages that others are compared with, and are never learned from.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection as AnyOf
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from firsthand.options import StoryOptions
from firsthand.records import Article, Moment
from firsthand.stories.evidence import Evidence, evidence
from firsthand.stories.signature import signatures

from .frame import read_records
from .stories import article_of

FOLDS = 4
SEED = 5
SHARES: Mapping[str, float] = {"whole": 1.0, "fold": 1.0, "small": 0.15, "apart": 0.25, "dated": 0.8}
"""How much each kind counts: a whole set; a fold of it as a collection; one to forty topics of a fold; undated sets
that hold look-alikes also without these, and again with days by lot. The last two teach that a large story with nothing
like it beside it is one story, dated or not. (A dated roundup of two or three pages and a dated story of fourteen ask
for opposite things; the share of ``dated`` is where the demo's stories of several days hold: at .1 a dense set gains
.01.)"""
SMALL = (1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 10, 10, 10, 10, 40, 40)
"""Topics in each small part (at most those of the fold)."""
APART = (1, 1, 1, 2, 2, 4, 4, 8, 8)
DAYS = (1, 1, 1, 1, 2, 2, 3, 4, 6)
KEPT_BACK = -1
WHOLE = -2


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """Articles with the story of each and the fold of its topic, and their evidence; ``fold`` is the fold that all of
    it belongs to, or :data:`WHOLE`."""

    kind: str
    fold: int
    articles: Sequence[Article]
    stories: np.ndarray
    folds: np.ndarray
    found: Evidence

    @property
    def together(self) -> np.ndarray:
        """Whether each pair is of one story."""
        return np.asarray(self.stories[self.found.first] == self.stories[self.found.second])


Pairs = Sequence[tuple[Article, str]]


def kept_back(path: Path, given: str | None) -> str:
    """The hexadecimal digits of ``NAME:DIGITS`` where ``path`` has that name."""
    name, _, digits = (given or "").partition(":")
    return digits if name == path.name else ""


def is_kept_back(topic: str, digits: str) -> bool:
    """Whether the MD5 digest of a topic begins with one of these hexadecimal digits."""
    return bool(digits) and hashlib.md5(topic.encode(), usedforsecurity=False).hexdigest()[0] in digits


def collections(path: Path, keep_back: str = "") -> Iterator[Collection]:
    """The whole set first, then the parts of each fold."""
    pairs = [article_of(row, i) for i, row in enumerate(read_records(path))]
    topics = sorted({_topic(story) for _, story in pairs})
    free = [topic for topic in topics if not is_kept_back(topic, keep_back)]
    random.Random(0).shuffle(free)
    folds = dict.fromkeys(topics, KEPT_BACK) | {topic: k % FOLDS for k, topic in enumerate(free)}
    yield _collection("whole", WHOLE, pairs, folds)
    chance = random.Random(SEED)
    look_alikes = any(a.published is None for a, _ in pairs) and len(topics) < len({story for _, story in pairs})
    for fold in range(FOLDS):
        mine = [topic for topic in free if folds[topic] == fold]
        yield _collection("fold", fold, _of(pairs, mine), folds)
        for many in sorted({min(many, len(mine)) for many in SMALL if many < len(mine)}):
            for _ in range(SMALL.count(many)):
                yield _collection("small", fold, _of(pairs, chance.sample(mine, many)), folds)
        if look_alikes:
            for many in APART:
                drawn = _one_story_each(_of(pairs, mine), many, chance)
                yield _collection("apart", fold, drawn, folds)
                yield _collection("dated", fold, [(_dated(article, chance), story) for article, story in drawn], folds)


def _topic(story: str) -> str:
    return story.split("/")[0]


def _of(pairs: Pairs, topics: AnyOf[str]) -> list[tuple[Article, str]]:
    kept = set(topics)
    return [pair for pair in pairs if _topic(pair[1]) in kept]


def _one_story_each(pairs: Pairs, many: int, chance: random.Random) -> list[tuple[Article, str]]:
    """One story of each of so many topics."""
    stories = sorted({story for _, story in pairs})
    chance.shuffle(stories)
    first: dict[str, str] = {}
    for story in stories:
        first.setdefault(_topic(story), story)
    kept = set(list(first.values())[:many])
    return [pair for pair in pairs if pair[1] in kept]


def _dated(article: Article, chance: random.Random) -> Article:
    day = f"2030-05-0{chance.choice(DAYS)}"
    return replace(article, published=Moment(day, day, "metadata"))


def _collection(kind: str, fold: int, pairs: Pairs, folds: Mapping[str, int]) -> Collection:
    articles, stories = [article for article, _ in pairs], [story for _, story in pairs]
    found = evidence(articles, signatures(articles), (), StoryOptions())
    return Collection(
        kind, fold, articles, np.array(stories), np.array([folds[_topic(story)] for story in stories]), found
    )
