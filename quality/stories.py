"""Stories: B-cubed precision, recall and F1 of the grouping, all articles of PATH as one collection.

Reads the formats of allsides_fulltext (``story``, ``date``, ``source``, ``title``, ``text``) and ecbplus (``subtopic``,
``sentences``; no dates). The measure is Bagga and Baldwin's B-cubed (1998), as in ``quality/scorers.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from firsthand.copies import find_copies
from firsthand.options import CopyOptions, StoryOptions
from firsthand.records import Article, Moment, Named, Span
from firsthand.stories import group_stories

from .frame import Figures, read_records, run
from .scorers import b_cubed


def article_of(row: Mapping[str, Any], number: int) -> tuple[Article, str]:
    """An article as the stage gets it, and its gold story."""
    if "sentences" in row:
        paragraphs, title, gold = list(row["sentences"]), None, f"{row['topic']}/{row['subtopic']}"
    else:
        paragraphs, title, gold = [p for p in row["text"].split("\n") if p.strip()], row.get("title"), str(row["story"])
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    date = row.get("date")
    article = Article(
        page=f"p-{number:06d}",
        headline=title,
        text="\n\n".join(paragraphs),
        paragraphs=tuple(spans),
        outlet=Named(row["source"], "record") if row.get("source") else None,
        published=Moment(date, date, "metadata") if date else None,
    )
    return article, gold


def measure(
    path: Path,
    copies: bool = False,
    threshold: float | None = None,
    cross_validate: bool = False,
    beside: Path | None = None,
    keep_back: str | None = None,
) -> Figures:
    """B-cubed over all records; ``copies`` also gives the stage the copies it has in a real run (slower)."""
    if cross_validate:
        from .story_folds import cross_validated

        return cross_validated(path, beside, keep_back)
    pairs = [article_of(row, i) for i, row in enumerate(read_records(path))]
    if not pairs:
        return {}
    articles = [article for article, _ in pairs]
    gold = {article.page: story for article, story in pairs}
    found = find_copies(articles, CopyOptions()) if copies else ()
    options = StoryOptions() if threshold is None else StoryOptions(threshold=threshold)
    predicted = {page: story.id for story in group_stories(articles, found, options) for page in story.pages}
    score = b_cubed(gold, predicted)
    return {
        **score,
        "articles": len(articles),
        "stories": len(set(predicted.values())),
        "gold": len(set(gold.values())),
    }


if __name__ == "__main__":
    run(
        measure,
        __doc__,
        {
            "--cross-validate": {"action": "store_true", "help": "weights and threshold fitted without each fold"},
            "--beside": {"type": Path, "help": "another set to learn from in every fold"},
            "--keep-back": {"help": "NAME:DIGITS, topics of that set (by digest) that are not learned from"},
            "--copies": {"action": "store_true", "help": "find the copies first, as a real run does"},
            "--threshold": {"type": float, "help": "another similarity at which stories part"},
        },
    )
