"""Makes ``firsthand/stories/likelihood.toml``: how likely two pages are of one story, as weights of a logistic
regression over ``stories.evidence.MEASURES``.

``python -m quality.train_stories PATH... -o FILE``

In: sets in the formats of ``quality/stories.py``. Every set is read as one collection, and again as small collections
of some of its stories, so that what is relative to other pages also holds where there are few. The fit is by Newton's
method with a ridge; seeded, so the same input gives the same numbers.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from firsthand.options import StoryOptions
from firsthand.records import Article, Moment
from firsthand.stories.evidence import MEASURES, Evidence, evidence
from firsthand.stories.likeness import Weights
from firsthand.stories.signature import Floats, signatures

from .frame import read_records
from .stories import article_of

SEED = 20
SMALL = (3, 3, 3, 3, 5, 5, 5, 5, 10, 10, 10, 20, 20, 40)
"""Stories in each small collection."""
RIDGE = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """Articles with the story and the topic of each (what must stay in one fold), and their evidence."""

    articles: Sequence[Article]
    stories: np.ndarray
    topics: np.ndarray
    found: Evidence

    @property
    def together(self) -> np.ndarray:
        """Whether each pair is of one story."""
        return np.asarray(self.stories[self.found.first] == self.stories[self.found.second])


def collections(path: Path) -> Iterator[Collection]:
    """The whole set first, then small collections of it."""
    pairs = [article_of(row, i) for i, row in enumerate(read_records(path))]
    yield _collection(pairs)
    chance = random.Random(SEED)
    topics = sorted({story.split("/")[0] for _, story in pairs})
    for many in SMALL:
        drawn = set(chance.sample(topics, min(many, len(topics))))
        yield _collection([pair for pair in pairs if pair[1].split("/")[0] in drawn])
    if any(article.published is None for article, _ in pairs) and len(topics) < len({story for _, story in pairs}):
        yield from _without_look_alikes(pairs, chance)


def _without_look_alikes(pairs: list[tuple[Article, str]], chance: random.Random) -> Iterator[Collection]:
    """Small collections in which a topic has one story, undated and again with days by lot: a large story that has
    nothing like it beside it."""
    stories = sorted({story for _, story in pairs})
    for many in (2, 4, 4, 4, 8, 8):
        topics: dict[str, str] = {}
        for story in chance.sample(stories, many):
            topics.setdefault(story.split("/")[0], story)
        kept = [pair for pair in pairs if pair[1] in topics.values()]
        yield _collection(kept)
        yield _collection([(_dated(article, chance), story) for article, story in kept])


def _dated(article: Article, chance: random.Random) -> Article:
    day = f"2030-05-0{chance.choice((1, 1, 1, 1, 2, 2, 3))}"
    return replace(article, published=Moment(day, day, "metadata"))


def _collection(pairs: list[tuple[Article, str]]) -> Collection:
    articles = [article for article, _ in pairs]
    stories = np.array([story for _, story in pairs])
    topics = np.array([story.split("/")[0] for _, story in pairs])
    return Collection(articles, stories, topics, evidence(articles, signatures(articles), (), StoryOptions()))


def evidence_of(made: Sequence[Collection], held_out: frozenset[str] = frozenset()) -> tuple[Floats, np.ndarray]:
    """All pairs to learn from: those whose dates allow one story, without the pages of the topics ``held_out``."""
    rows, together = [], []
    for collection in made:
        found = collection.found
        free = np.array([topic not in held_out for topic in collection.topics], dtype=bool)
        kept = free[found.first] & free[found.second] & (found.days <= StoryOptions().most_days)
        rows.append(found.rows[kept])
        together.append(collection.together[kept])
    return np.concatenate(rows), np.concatenate(together)


def fit(rows: Floats, together: np.ndarray, ridge: float = RIDGE, rounds: int = 12) -> Weights:
    """Weights by penalised likelihood; ``rows`` [pairs, MEASURES]. What the measures share is split among them, so one
    that says nearly what another says can have a weight below 0: only the sum means something."""
    at = MEASURES.index("dated")
    full = np.concatenate([rows, rows * rows[:, [at]]], axis=1)
    middle, spread = full.mean(axis=0), full.std(axis=0)
    spread[spread < 1e-9] = np.inf  # a measure that never differs has no weight
    scaled = np.concatenate([(full - middle) / spread, np.ones((len(full), 1))], axis=1)
    penalty = np.append(np.full(full.shape[1], ridge), 0.0)
    weights = np.zeros(scaled.shape[1])
    for _ in range(rounds):
        expected = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (together - expected) - penalty * weights
        curve = (scaled * (expected * (1 - expected) + 1e-9)[:, None]).T @ scaled + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-4:
            break
    raw, count = weights[:-1] / spread, len(MEASURES)
    constant = float(weights[-1] - (middle * raw).sum())
    return Weights(np.append(raw[:count], constant), np.append(raw[count:], 0.0))


def written(weights: Weights, paths: Sequence[Path]) -> str:
    """The weights as TOML."""
    lines = [
        f"# Weights of stories/likeness.py, made by quality.train_stories from {', '.join(p.name for p in paths)}."
    ]
    for name, values in (("all", weights.all), ("dated", weights.dated)):
        lines += ["", f"[{name}]"]
        lines += [f"{m} = {float(v):.4f}" for m, v in zip((*MEASURES, "constant"), values, strict=True)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    made = [c for path in given.paths for c in collections(path)]
    rows, together = evidence_of(made)
    given.output.write_text(written(fit(rows, together), given.paths), encoding="utf-8")
    print(f"{len(rows)} pairs, {int(together.sum())} of one story, {len(made)} collections")


if __name__ == "__main__":
    main()
