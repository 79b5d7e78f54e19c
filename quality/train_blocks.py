"""Trains the block classifier: ``python -m quality.train_blocks PATH [--seed N]``.

PATH holds labelled pages as JSONL (packed or not): ``text`` (or ``html``), ``url``, and ``gold.body``, the article's
paragraphs in order. Only numbers leave: hashed word weights and tree thresholds, in ``firsthand/articles/model/``.
The run is seeded and single-threaded, so the same records give the same model.

Needs scikit-learn and LightGBM, which running firsthand does not.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import lzma
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from firsthand.articles.blocks import Block, plain, split_lines
from firsthand.articles.body_model import SECOND, BlockModel, sequence_features
from firsthand.articles.declared import Markup, read_markup
from firsthand.articles.features import HASHES, NAMES, Floats, measure, word_hashes
from firsthand.articles.headline import title_hint, title_parts
from firsthand.articles.markup import Outline, parse_html, read_outline
from firsthand.articles.structure import structure
from firsthand.articles.trees import Forest, forest_from_dump

from .label_html import label_words

FOLDS = 5
FOREST = {
    "objective": "binary", "num_leaves": 31, "learning_rate": 0.06, "min_data_in_leaf": 40, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "max_depth": 8, "verbosity": -1, "num_threads": 1,
    "deterministic": True, "force_row_wise": True, "max_bin": 127,
}  # fmt: skip
ROUNDS = 160


@dataclass(frozen=True, slots=True)
class Labelled:
    """One page's blocks with the truth: ``body[i]`` says whether block i is of the article. ``site`` groups folds;
    ``extra``, ``float32[n, k]``, are the structural columns of HTML."""

    site: str
    blocks: tuple[Block, ...]
    title: str
    body: NDArray[np.bool_]
    extra: Floats | None = None


def site_of(url: str) -> str:
    """The host without ``www``: pages of one site never part between training and test."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def label(blocks: Sequence[Block], gold: Sequence[str]) -> NDArray[np.bool_]:
    """Which blocks are the gold paragraphs: the heaviest chain of matching lines in the order of the gold."""
    keys = [plain(p) for p in gold]
    grams = [_grams(k) for k in keys]
    pairs: list[tuple[int, int, float]] = []
    for i, block in enumerate(blocks):
        mine = plain(block.text)
        for j, key in enumerate(keys):
            if mine and (mine == key or _inside(_grams(mine), grams[j])):
                pairs.append((i, j, float(len(mine))))
    best: list[float] = []
    back: list[int] = []
    for k, (i, j, weight) in enumerate(pairs):
        options = [
            (best[m] - 0.02 * (i - pairs[m][0]), m)
            for m in range(max(0, k - 400), k)
            if pairs[m][0] < i and (pairs[m][1] < j or (pairs[m][1] == j and keys[j] != plain(blocks[i].text)))
        ]
        score, previous = max(options, default=(0.0, -1))
        best.append(weight + max(0.0, score))
        back.append(previous if score > 0 else -1)
    body = np.zeros(len(blocks), dtype=bool)
    at = int(np.argmax(best)) if best else -1
    while at >= 0:
        body[pairs[at][0]] = True
        at = back[at]
    return body


def _grams(key: str) -> set[tuple[str, ...]]:
    words = key.split()
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


def _inside(mine: set[tuple[str, ...]], gold: set[tuple[str, ...]]) -> bool:
    return len(mine) >= 2 and len(mine & gold) >= 0.8 * len(mine)


def varied(page: Labelled, random: Random) -> list[Labelled]:
    """The page and two disturbed readings of it: other blank lines, and most of its furniture cut away (pages come
    with much, little or hardly any)."""
    inside = np.flatnonzero(page.body)
    if not len(inside):
        return [page]
    gaps = random.choice([0, 1])
    respaced = replace(page, blocks=tuple(replace(b, gap=gaps, indent=0) for b in page.blocks))
    low = max(0, int(inside[0]) - random.choice([0, 1, 2, 4, 8, 16]))
    high = min(len(page.blocks), int(inside[-1]) + 1 + random.choice([0, 0, 1, 3, 6, 12, 30]))
    gaps = random.choice([-1, 0, 1])
    kept = tuple(b if gaps < 0 else replace(b, gap=gaps, indent=0) for b in page.blocks[low:high])
    extra = page.extra[low:high] if page.extra is not None else None
    return [page, respaced, Labelled(page.site, kept, page.title, page.body[low:high], extra)]


def _weights(pages: Sequence[Labelled]) -> NDArray[np.float64]:
    """A page weighs the same as any other; within it a block weighs by the square root of its length."""
    parts = []
    for page in pages:
        sizes = np.sqrt(np.array([min(len(b.text), 1500) + 5 for b in page.blocks], dtype=np.float64))
        parts.append(sizes / sizes.sum() * 100)
    return np.concatenate(parts)


def _fit_words(pages: Sequence[Labelled], seed: int) -> Floats:
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from sklearn.linear_model import SGDClassifier  # type: ignore[import-untyped]

    indices: list[int] = []
    values: list[float] = []
    starts = [0]
    for page in pages:
        for block in page.blocks:
            bins = word_hashes(block.text)
            indices.extend(bins)
            values.extend([1.0 / np.sqrt(max(1, len(bins)))] * len(bins))
            starts.append(len(indices))
    rows = csr_matrix((values, indices, starts), shape=(len(starts) - 1, HASHES))
    truth = np.concatenate([p.body for p in pages])
    model = SGDClassifier(loss="log_loss", alpha=3e-5, max_iter=12, tol=None, random_state=seed, average=True)
    model.fit(rows, truth, sample_weight=_weights(pages))
    return np.asarray(model.coef_[0], dtype=np.float32)


def _fit_forest(rows: Floats, truth: NDArray[np.bool_], weights: NDArray[np.float64], seed: int) -> Forest:
    import lightgbm

    data = lightgbm.Dataset(rows, truth.astype(np.float32), weight=weights)
    booster = lightgbm.train({**FOREST, "seed": seed}, data, num_boost_round=ROUNDS)
    return forest_from_dump(booster.dump_model())


def folds_of(pages: Sequence[Labelled], folds: int, seed: int) -> list[int]:
    """A fold for each page; all pages of a site share theirs."""
    sites = sorted({p.site for p in pages})
    Random(seed).shuffle(sites)
    at = {site: i % folds for i, site in enumerate(sites)}
    return [at[p.site] for p in pages]


def fit(pages: Sequence[Labelled], seed: int = 7) -> BlockModel:
    """A classifier from labelled pages. What one step learns from another is predicted on sites it had not seen."""
    random = Random(seed)
    many = [v for page in pages for v in varied(page, random)]
    fold = np.array(folds_of(many, FOLDS, seed))
    words = _fit_words(many, seed)
    rows: list[Floats] = [np.zeros((0, 0), dtype=np.float32)] * len(many)
    for k in range(FOLDS):
        seen = _fit_words([p for p, f in zip(many, fold, strict=True) if f != k], seed)
        for i in np.flatnonzero(fold == k):
            rows[i] = measure(many[i].blocks, many[i].title, seen, many[i].extra)
    truth, weights = [p.body for p in many], np.concatenate([_weights([p]) for p in many])
    sizes = np.array([len(p.blocks) for p in many])
    line_fold = np.repeat(fold, sizes)
    table, answers = np.vstack(rows), np.concatenate(truth)
    guesses = np.zeros(len(table), dtype=np.float32)
    for k in range(FOLDS):
        train, test = line_fold != k, line_fold == k
        guesses[test] = _fit_forest(table[train], answers[train], weights[train], seed).probability(table[test])
    starts = np.concatenate([[0], np.cumsum(sizes)])
    around = [sequence_features(guesses[a:b], table[a:b]) for a, b in itertools.pairwise(starts)]
    first = _fit_forest(table, answers, weights, seed)
    second = _fit_forest(np.hstack([table, np.vstack(around)]), answers, weights, seed + 1)
    return BlockModel(words, first, second)


def models_for(pages: Sequence[Labelled], folds: int, seed: int) -> list[BlockModel]:
    """For each page a classifier that was fitted on the pages of other sites."""
    fold = folds_of(pages, folds, seed)
    fitted = [fit([p for p, f in zip(pages, fold, strict=True) if f != k and p.body.any()]) for k in range(folds)]
    return [fitted[f] for f in fold]


FITTING: Mapping[str, Mapping[str, Any]] = {
    "--shipped": {"action": "store_true", "help": "score the classifier as shipped"},
    "--folds": {"type": int, "default": 4},
    "--seed": {"type": int, "default": 3},
}
"""Options of the commands that score the classifier."""


def save(model: BlockModel, path: Path) -> None:
    """Writes the model's numbers; the file is the same byte for byte for the same model."""
    arrays = {"words": model.words.astype(np.float16), **model.first.arrays("first"), **model.second.arrays("second")}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def read_jsonl(path: Path) -> Iterable[dict[str, Any]]:
    """The records of a file or of a folder's files, a JSON object a line."""
    files = sorted(path.rglob("*.jsonl*")) if path.is_dir() else [path]
    for file in files:
        openers: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".xz": lzma.open}
        with openers.get(file.suffix, open)(file, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def flat_page(record: dict[str, Any]) -> Labelled:
    """A record of flattened text with ``gold.body``."""
    blocks = split_lines(record["text"], 10_000)
    return Labelled(
        site_of(record.get("url") or record["id"]), tuple(blocks), title_hint(blocks, None),
        label(blocks, record["gold"]["body"]),
    )  # fmt: skip


def html_page(record: dict[str, Any]) -> Labelled:
    """A record of HTML whose gold has a ``summary`` and ``sections`` of headings and paragraphs."""
    tree = parse_html(record["html"])
    outline = read_outline(tree, 10_000) if tree is not None else Outline()
    markup = read_markup(tree) if tree is not None else Markup()
    blocks = outline.blocks
    body = label_words([b.text for b in blocks], gold_paragraphs(record["gold"]))
    site = site_of(record.get("url") or record["id"])
    return Labelled(site, tuple(blocks), title_parts(markup.title)[0], body, structure(outline, markup))


def gold_paragraphs(gold: dict[str, Any]) -> list[str]:
    """The paragraphs of a gold record in order: ``body``, or the summary and the sections' headings and paragraphs."""
    if "body" in gold:
        return list(gold["body"])
    parts = list(gold.get("summary") or ())
    for section in gold.get("sections") or ():
        parts.extend([*section["headline"], *section["paragraphs"]])
    return parts


MODELS = Path(__file__).parents[1] / "firsthand" / "articles" / "model"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=MODELS, help="folder of the models")
    given = parser.parse_args()
    by_media: dict[str, list[Labelled]] = {"text": [], "html": []}
    for record in read_jsonl(given.path):
        if "text" in record:
            by_media["text"].append(flat_page(record))
        elif "html" in record and (record["gold"].get("sections") or record["gold"].get("body")):
            by_media["html"].append(html_page(record))
    for media, pages in by_media.items():
        if not pages:
            continue
        out = given.out / f"{media}.npz"
        save(fit([p for p in pages if p.body.any()], given.seed), out)
        print(f"{out}: {len(pages)} pages, {len(NAMES) + len(SECOND)} features, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
