"""Whether a figure that reads like a confidence is one: ``python -m quality.reliability PATH [--markdown]``.

What is shown as a likelihood or a probability is put into bins, and in each bin is set against how often it was right
on marked data. PATH is one of three kinds of sets, known by what it holds:

``stories/`` and ``pages.jsonl``
    pages traced as one collection, and an editor's claims: of two marked statements that were put into one claim, how
    often they mark one claim, by the likelihood of the claim's weakest joined pair (rule ``aligned``).
records with ``text`` and ``gold.body``
    flattened pages: how much of what was kept is body, by the mean probability of the kept blocks (rule
    ``block-model``), by a classifier trained without the page and its site.
the formats of ``quality/stories.py``
    how many of a story's other pages are of one gold story with its weakest page, by the likelihood that is shown for
    that page (rule ``alike-by-average``), with weights that were fitted without it (``reliability_stories.py``).

Where PATH is ``allsides_fulltext``, ``--claims pairs`` takes the marked pairs of statements of its stories instead
(``same_pairs.tsv``), by a likelihood that was fitted without the pair's story; ``--claims stories`` takes the stories
that an editor marked (``marked_stories.json``), traced as one collection. Only the first editor's: the other's are for
figures that nothing was chosen on.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from firsthand.articles.cleaning import clean
from firsthand.articles.furniture import Furniture
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

from .frame import Figures, data_hash, read_records
from .marked_stories import MARKS, PARTS, unpacked
from .reliability_stories import links_of
from .scorers import body_f1
from .story_draws import SHARES
from .tracing import traced
from .train_blocks import flat_page, models_for
from .train_sameness import learned_from, measured, unseen

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.000001)
Judged = tuple[float, float]
"""What was shown, and how right it was, both in [0, 1]."""


def measure(
    path: Path,
    most: int | None = None,
    claims: str | None = None,
    beside: Path | None = None,
    keep_back: str | None = None,
    kind: str = "whole",
) -> Figures:
    """For each bin ``n``, what was ``shown`` on average and how often it was ``right``; over all bins ``apart``, the
    average distance of the two (the expected calibration error).
    ``most``: so many records at most, evenly spread (the classifier is trained anew, four times over); ``claims``:
    ``pairs`` or ``stories``; ``beside`` and ``keep_back``: as in ``quality/stories.py``; ``kind``: of collections of
    stories (``story_draws.SHARES``)."""
    if (path / "stories").is_dir():
        return table(claims_of(path))
    if claims:
        return table(pairs_of(path) if claims == "pairs" else marked_claims_of(path))
    if {"story", "subtopic"} & set(next(read_records(path), {})):
        return table(links_of(path, beside, keep_back, kind))
    return table(bodies_of(path, most))


def table(judged: Iterable[Judged]) -> dict[str, float | int]:
    """The reliability table of these judgements."""
    rows = sorted(judged)
    figures: dict[str, float | int] = {"n": len(rows)}
    apart = 0.0
    for low, high in pairwise(BINS):
        part = [row for row in rows if low <= row[0] < high]
        if part:
            shown, right = (sum(values) / len(part) for values in zip(*part, strict=True))
            name = f"{low:.2f} to {min(high, 1.0):.2f}"
            figures |= {f"{name} n": len(part), f"{name} shown": round(shown, 3), f"{name} right": round(right, 3)}
            apart += abs(shown - right) * len(part)
    return {**figures, "apart": round(apart / len(rows), 3) if rows else 0.0}


def bodies_of(path: Path, most: int | None = None) -> Iterator[Judged]:
    """Flattened pages: the mean probability of what was kept, and the share of it that is body."""
    records = [r for r in read_records(path) if "text" in r and "body" in r.get("gold", {})]
    records = records[:: max(1, len(records) // most)] if most else records
    models = models_for([flat_page(r) for r in records], 4, 3)
    for record, model in zip(records, models, strict=True):
        page = Page(record["id"], record["id"], "text", record["text"], url=record.get("url"))
        found = clean(page, ArticleOptions(), Furniture(), model)
        if isinstance(found, Article):
            shown = next((r.weight for r in found.reasons if r.rule == "block-model"), None)
            if shown is not None:
                yield shown, float(body_f1([("\n\n".join(record["gold"]["body"]), found.text)])["precision"])


def pairs_of(path: Path) -> Iterator[Judged]:
    """Marked pairs of statements: the likelihood by the fit on other stories, and the mark."""
    marks, found = learned_from(path)
    rows, values, stories = measured(found, marks)
    yield from zip(unseen(rows, values, stories).tolist(), values.tolist(), strict=True)


def marked_claims_of(path: Path) -> Iterator[Judged]:
    """The first editor's stories of PATH, as :func:`claims_of` reads them."""
    texts = {row["id"]: row for row in read_records(path)}
    marks = json.loads(MARKS.read_text(encoding="utf-8"))[: PARTS[0]]
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing) / "marked-1"
        pages = [row for i, mark in enumerate(marks) for row in unpacked(mark, texts, folder / "stories" / f"{i:02}")]
        (folder / "pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in pages), encoding="utf-8")
        yield from claims_of(folder)


def claims_of(path: Path) -> Iterator[Judged]:
    """Marked statements of two pages that stand in one claim: the claim's figure, and whether they mark one claim."""
    with traced(path / "pages.jsonl") as file:
        dossier = json.loads(file.read_text(encoding="utf-8"))
    marks = _marks(path / "stories", dossier)
    page_of = {row["id"]: row["page"] for row in dossier["statements"]}
    for claim in dossier["claims"]:
        shown = next((row["weight"] for row in claim["reasons"] if row["rule"] == "aligned"), None)
        marked = [key for key in claim["statements"] if key in marks]
        for one, other in combinations(marked, 2):
            if shown is not None and page_of[one] != page_of[other]:
                yield shown, float(bool(marks[one] & marks[other]))


def _marks(stories: Path, dossier: Mapping[str, Any]) -> dict[str, set[tuple[str, int]]]:
    """The marked claims that each statement carries, as story and number."""
    by_given: dict[str, list[Mapping[str, Any]]] = {}
    given = {row["id"]: row["given_id"] for row in dossier["pages"]}
    for row in dossier["statements"]:
        by_given.setdefault(given[row["page"]], []).append(row)
    found: dict[str, set[tuple[str, int]]] = {}
    for file in sorted(stories.glob("*/gold.json")):
        story = file.parent.name
        for number, claim in enumerate(json.loads(file.read_text(encoding="utf-8"))["claims"]):
            for carrier in claim["carried"]:
                key = _statement(carrier["words"], by_given.get(f"{story}/{carrier['file']}", ()))
                if key is not None:
                    found.setdefault(key, set()).add((story, number))
    return found


def _statement(words: str, rows: Sequence[Mapping[str, Any]]) -> str | None:
    """The statement that holds the marked words, or most of which they hold."""
    wanted = _letters(words)
    held = [
        (min(len(wanted), len(text)), row["id"])
        for row in rows
        if (text := _letters(row["text"])) and (wanted in text or text in wanted)
    ]
    return max(held)[1] if held else None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def markdown(figures: Figures, data: str) -> str:
    """The table as it stands in docs/reliability.md."""
    lines = ["| shown | cases | shown on average | right |", "|---|---|---|---|"]
    for low, high in pairwise(BINS):
        name = f"{low:.2f} to {min(high, 1.0):.2f}"
        if f"{name} n" in figures:
            lines.append(
                f"| {name} | {figures[f'{name} n']} | {figures[f'{name} shown']} | {figures[f'{name} right']} |"
            )
    lines.append(f"\n{figures['n']} cases; shown and right are {figures['apart']} apart on average; data {data}.")
    return "\n".join(lines)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--markdown", action="store_true", help="print the table as it stands in the docs")
    parser.add_argument("--most", type=int, metavar="N", help="at most so many records, evenly spread")
    parser.add_argument("--claims", choices=("pairs", "stories"), help="what of PATH's stories is marked about claims")
    parser.add_argument("--beside", type=Path, help="another set of stories to learn from")
    parser.add_argument("--keep-back", help="NAME:DIGITS, topics of that set (by digest) that are not learned from")
    parser.add_argument("--kind", choices=tuple(SHARES), default="whole", help="collections drawn from PATH's stories")
    given = vars(parser.parse_args())
    path, as_markdown = given.pop("path"), given.pop("markdown")
    figures = measure(path, **given)
    print(markdown(figures, data_hash(path)) if as_markdown else json.dumps(dict(figures), indent=1))


if __name__ == "__main__":
    main()
