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
from collections import Counter
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
from firsthand.articles.embedded import read_page
from firsthand.articles.features import HASHES, NAMES, Floats, Look, look
from firsthand.articles.headline import title_hint, title_parts
from firsthand.articles.markup import Outline, parse_html
from firsthand.articles.structure import structure
from firsthand.articles.trees import LEAVES, Forest, forest_from_dump

from .label_html import disturbed, label_words

FOLDS = 4
FOREST = {
    "objective": "binary", "num_leaves": LEAVES, "learning_rate": 0.08, "min_data_in_leaf": 30, "feature_fraction": 0.3,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbosity": -1, "num_threads": 1, "max_bin": 127,
    "deterministic": True, "force_row_wise": True, "rounds": 100,
}  # fmt: skip
SECOND_ROUNDS = 100
GATE = {"rounds": 16, "num_leaves": 8, "learning_rate": 0.3, "feature_fraction": 0.6}
"""The small forest that lets lines pass or drops them."""
LOST = 0.0015
"""The share of the body's weight that the gate may lose."""


BRIEF = 6
"""Paragraphs of an article that is cut short for training, at most."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One page's blocks with the truth: ``body[i]`` says whether block i is of the article. ``site`` groups folds;
    ``extra``, ``float32[n, k]``, are the structural columns of HTML; ``others`` are disturbed readings of the page that
    only training sees."""

    site: str
    blocks: tuple[Block, ...]
    title: str
    body: NDArray[np.bool_]
    extra: Floats | None = None
    others: tuple[Labelled, ...] = ()


def site_of(url: str) -> str:
    """The host without ``www``: pages of one site never part between training and test."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def label(blocks: Sequence[Block], gold: Sequence[str]) -> NDArray[np.bool_]:
    """Which blocks are the gold paragraphs: the heaviest chain of matching lines in the order of the gold."""
    keys = [plain(p) for p in gold]
    holders: dict[tuple[str, ...], list[int]] = {}
    for j, key in enumerate(keys):
        for gram in _grams(key):
            holders.setdefault(gram, []).append(j)
    pairs: list[tuple[int, int, float]] = []
    for i, block in enumerate(blocks):
        mine = plain(block.text)
        if not mine:
            continue
        grams = _grams(mine)
        shared = Counter(j for gram in grams for j in holders.get(gram, ()))
        inside = {j for j, count in shared.items() if len(grams) >= 2 and count >= 0.8 * len(grams)}
        inside |= {j for j, key in enumerate(keys) if key == mine}
        pairs.extend((i, j, float(len(mine))) for j in sorted(inside))
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


def varied(page: Labelled, random: Random) -> list[Labelled]:
    """The page and two disturbed readings of it: other blank lines, and most of its furniture cut away (pages come
    with much, little or hardly any), every other time most of a long article too. A flattened page that is cut shows
    another beginning, so in one of two its title is guessed anew, in the other it counts as given."""
    inside = np.flatnonzero(page.body)
    if not len(inside) or page.extra is not None:
        return [page, *page.others]
    gaps = random.choice([0, 1])
    respaced = replace(page, blocks=tuple(replace(b, gap=gaps, indent=0) for b in page.blocks))
    low = max(0, int(inside[0]) - random.choice([0, 1, 2, 4, 8, 16]))
    high = min(len(page.blocks), int(inside[-1]) + 1 + random.choice([0, 0, 1, 3, 6, 12, 30]))
    chosen = np.arange(low, high)
    if len(inside) > BRIEF and random.random() < 0.5:
        chosen = np.setdiff1d(chosen, inside[random.randint(2, BRIEF) :])
    gaps = random.choice([-1, 0, 1])
    kept = tuple(b if gaps < 0 else replace(b, gap=gaps, indent=0) for b in (page.blocks[i] for i in chosen))
    title = title_hint(kept, None) if random.random() < 0.5 else page.title
    return [page, respaced, Labelled(page.site, kept, title, page.body[chosen])]


def _weights(page: Labelled) -> NDArray[np.float64]:
    """A page weighs the same as any other; within it a block weighs by the square root of its length."""
    sizes = np.sqrt(np.array([min(len(b.text), 1500) + 5 for b in page.blocks], dtype=np.float64))
    return np.asarray(sizes / sizes.sum() * 100)


@dataclass(frozen=True, slots=True)
class _Lines:
    """All blocks of the training pages, one after the other; ``starts[i]`` is the first of page i."""

    looks: tuple[Look, ...]
    extras: tuple[Floats | None, ...]
    starts: NDArray[np.intp]
    fold: NDArray[np.intp]
    body: NDArray[np.bool_]
    weights: NDArray[np.float64]


def _lines(pages: Sequence[Labelled], folds: Sequence[int]) -> _Lines:
    sizes = [len(p.blocks) for p in pages]
    return _Lines(
        tuple(look(p.blocks, p.title) for p in pages), tuple(p.extra for p in pages),
        np.concatenate([[0], np.cumsum(sizes)]), np.repeat(folds, sizes),
        np.concatenate([p.body for p in pages]), np.concatenate([_weights(p) for p in pages]),
    )  # fmt: skip


def _fit_words(lines: _Lines, chosen: NDArray[np.bool_], seed: int) -> Floats:
    """The weights of the word model, by logistic regression over the bins of the chosen lines."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from sklearn.linear_model import SGDClassifier  # type: ignore[import-untyped]

    bins = np.concatenate([one.bins for one in lines.looks])
    of = np.concatenate([one.bin_lines + at for one, at in zip(lines.looks, lines.starts[:-1], strict=True)])
    values = 1.0 / np.sqrt(np.bincount(of, minlength=len(lines.body)))[of]
    rows = csr_matrix((values, (of, bins)), shape=(len(lines.body), HASHES))[chosen]
    model = SGDClassifier(loss="log_loss", alpha=3e-5, max_iter=12, tol=None, random_state=seed, average=True)
    model.fit(rows, lines.body[chosen], sample_weight=lines.weights[chosen])
    return np.asarray(model.coef_[0], dtype=np.float16).astype(np.float32)


def _fit_forest(
    rows: Floats, truth: NDArray[np.bool_], weights: NDArray[np.float64], seed: int, **given: Any
) -> Forest:
    import lightgbm

    options = {**FOREST, **given, "seed": seed}
    rounds = options.pop("rounds")
    data = lightgbm.Dataset(rows, truth.astype(np.float32), weight=weights)
    return forest_from_dump(lightgbm.train(options, data, num_boost_round=rounds).dump_model())


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
    fold = folds_of(many, FOLDS, seed)
    lines = _lines(many, fold)
    words = _fit_words(lines, np.ones(len(lines.body), dtype=np.bool_), seed)
    seen = [_fit_words(lines, lines.fold != k, seed) for k in range(FOLDS)]
    tables = [one.rows(seen[k], extra) for one, extra, k in zip(lines.looks, lines.extras, fold, strict=True)]
    table = np.concatenate(tables)
    gate = _fit_forest(table, lines.body, lines.weights, seed, **GATE)
    margin = gate.margin(table)
    sure = _threshold(margin, lines)
    left = margin >= sure
    guesses = np.zeros(len(table), dtype=np.float32)
    for k in range(FOLDS):
        train, test = left & (lines.fold != k), left & (lines.fold == k)
        forest = _fit_forest(table[train], lines.body[train], lines.weights[train], seed)
        guesses[test] = forest.probability(table[test])
    spans = itertools.pairwise(lines.starts)
    around = [sequence_features(guesses[a:b], one, table[a:b]) for one, (a, b) in zip(lines.looks, spans, strict=True)]
    first = _fit_forest(table[left], lines.body[left], lines.weights[left], seed)
    both = np.hstack([table[left], np.concatenate(around)[left]])
    second = _fit_forest(both, lines.body[left], lines.weights[left], seed + 1, rounds=SECOND_ROUNDS)
    return BlockModel(words, gate, sure, first, second)


def _threshold(margin: Floats, lines: _Lines) -> float:
    """The log odds below which hardly any body stands: :data:`LOST` of its weight."""
    order = np.argsort(margin[lines.body], kind="stable")
    lost = np.cumsum(lines.weights[lines.body][order])
    return float(margin[lines.body][order][np.searchsorted(lost, LOST * lost[-1])])


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
    forests = {"gate": model.gate, "first": model.first, "second": model.second}
    arrays: dict[str, NDArray[Any]] = {
        "words": model.words.astype(np.float16),
        "sure": np.array(model.sure, dtype=np.float32),
    }
    for name, forest in forests.items():
        arrays |= forest.arrays(name)
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
    markup = read_markup(tree) if tree is not None else Markup()
    outline = read_page(tree, markup, 10_000) if tree is not None else Outline()
    body = label_words([b.text for b in outline.blocks], gold_paragraphs(record["gold"]))
    site, title = site_of(record.get("url") or record["id"]), title_parts(markup.title)[0]
    page, *others = (
        Labelled(site, tuple(one.blocks), title, truth, structure(one, markup))
        for one, truth in [(outline, body), *disturbed(outline, body, Random(record["id"]))]
    )
    return replace(page, others=tuple(others))


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
