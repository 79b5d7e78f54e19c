"""The article out of flattened text: ``python -m quality.flat_news PATH [--shipped] [--folds N] [--seed N] [--json]``.

PATH holds records with ``text``, ``url``, ``lang``, ``style`` and ``gold.body`` (paragraphs in order). The measure is
the F1 of 4-word shingles, macro precision and recall over pages (``scorers.body_f1``); ``exact`` is the share of pages
whose body is right to the word. The default trains the classifier anew for each fold; both flattenings of a page and
all pages of a site stand in one fold. ``--shipped`` scores the classifier as shipped (which has seen these pages, so
that is no estimate). The milliseconds are of CPU time, a page: for its blocks, for their probabilities (the title's
hint included), and for the verdicts and fields.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import Any

from firsthand.articles.blocks import split_lines
from firsthand.articles.body_model import BlockModel, shipped_model
from firsthand.articles.cleaning import clean
from firsthand.articles.furniture import Furniture
from firsthand.articles.headline import title_hint
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

from .frame import Figures, read_records, run
from .scorers import body_f1
from .train_blocks import FITTING, flat_page, models_for


def measure(path: Path, shipped: bool = False, folds: int = 4, seed: int = 3) -> Figures:
    """Body F1 of all pages, of the English ones and of each way of flattening."""
    records = [r for r in read_records(path) if "text" in r and "body" in r.get("gold", {})]
    if not records:
        return {}
    models = (
        [shipped_model("text")] * len(records) if shipped else models_for([flat_page(r) for r in records], folds, seed)
    )
    _pair(records[0], models[0])  # tables are built at the first page
    started = process_time()
    pairs = [_pair(r, m) for r, m in zip(records, models, strict=True)]
    seconds = process_time() - started
    figures: dict[str, float | int] = {"pages": len(records)}
    parts = {
        "": lambda r: True,
        "en ": lambda r: r.get("lang") == "en",
        **{
            f"{style} ": (lambda r, s=style: r.get("style") == s)
            for style in sorted({r.get("style", "") for r in records})
        },
    }
    for name, wanted in parts.items():
        chosen = [pair for r, pair in zip(records, pairs, strict=True) if wanted(r)]
        if chosen:
            scored = body_f1(chosen)
            figures |= {f"{name}{k}": float(scored[k]) for k in ("f1", "precision", "recall", "exact")}
    figures["pages_per_second"] = round(len(records) / seconds, 1)
    return figures | _milliseconds(records, models, seconds)


def _milliseconds(records: list[dict[str, Any]], models: list[BlockModel], seconds: float) -> dict[str, float]:
    """Where the time of a page goes."""
    most = ArticleOptions().max_blocks
    started = process_time()
    pages = [split_lines(r["text"], most) for r in records]
    parted = process_time()
    for blocks, model in zip(pages, models, strict=True):
        model.probabilities(blocks, title_hint(blocks, None))
    judged = process_time()
    rest = seconds - (judged - started)
    spent = {"blocks": parted - started, "probabilities": judged - parted, "rest": max(0.0, rest)}
    return {f"ms_{name}": round(1000 * value / len(records), 3) for name, value in spent.items()}


def _pair(record: dict[str, Any], model: BlockModel) -> tuple[str, str]:
    page = Page(record["id"], record["id"], "text", record["text"], url=record.get("url"))
    found = clean(page, ArticleOptions(), Furniture(), model)
    return "\n\n".join(record["gold"]["body"]), found.text if isinstance(found, Article) else ""


if __name__ == "__main__":
    run(measure, __doc__, FITTING)
