"""The peers: each takes texts and gives the pairs that it calls near-duplicates.

All by their documented ways, on words in lower case, in runs of five (what text-dedup, datatrove and daft's guide take
by default), 128 hashes in 32 bands, and a threshold of .35: at .5, which is more usual, they find a tenth of the edited
copies among furniture. ``rensa-words`` is rensa as its readme has it, on a page's set of words: several times as fast,
and it joins what merely has words in common. Where an index gives candidates, those are kept whose sketches reach the
threshold by the tool's own estimate. A tool that gives clusters gets all pairs of a cluster. Words are made of texts
inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.copies_scores import Pairs, components

GRAM = 5
HASHES = 128
BANDS = 32
THRESHOLD = 0.35
WORD = re.compile(r"\w+")
MOST = 5_000
"""A cluster or band of more pages is paired as a chain; its square would not fit."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: what finds its pairs, its module and its package."""

    pairs: Callable[[Sequence[str]], Pairs]
    module: str
    package: str
    most: int = 1_000_000_000
    """Pages above which it takes too long: it is run on so many of the same kind."""


def grams(text: str) -> list[str]:
    """A text's runs of five words."""
    words = WORD.findall(text.lower())
    return [" ".join(words[i : i + GRAM]) for i in range(max(1, len(words) - GRAM + 1))]


def as_pairs(found: Iterable[tuple[int, int]]) -> Pairs:
    """Pairs as an array."""
    return np.array(list(found), dtype=np.int64).reshape(-1, 2)


def within(clusters: Iterable[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """All pairs of each cluster."""
    for cluster in clusters:
        if len(cluster) <= MOST:
            yield from combinations(sorted(cluster), 2)
        else:
            yield from pairwise(cluster)


def _datasketch(texts: Sequence[str]) -> Pairs:
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found,unused-ignore]

    index = MinHashLSH(threshold=THRESHOLD, num_perm=HASHES)
    sketches: list[MinHash] = []
    found = []
    shingled = ([gram.encode() for gram in grams(text)] for text in texts)
    for number, sketch in enumerate(MinHash.generator(shingled, num_perm=HASHES, scheme="affine32")):
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= THRESHOLD:
                found.append((other, number))
        index.insert(number, sketch)
        sketches.append(sketch)
    return as_pairs(found)


def _rensa(texts: Sequence[str]) -> Pairs:
    return _rensa_of(grams(text) for text in texts)


def _rensa_words(texts: Sequence[str]) -> Pairs:
    return _rensa_of(text.lower().split() for text in texts)


def _rensa_of(tokens: Iterable[list[str]]) -> Pairs:
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found,unused-ignore]

    sketches = RMinHash.from_token_sets(tokens, num_perm=HASHES, seed=42)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=HASHES, num_bands=BANDS)
    found = []
    for number, sketch in enumerate(sketches):
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= THRESHOLD:
                found.append((other, number))
        index.insert(number, sketch)
    return as_pairs(found)


def _gaoya(texts: Sequence[str]) -> Pairs:
    from gaoya.minhash import MinHashStringIndex  # type: ignore[import-not-found,unused-ignore]

    index = MinHashStringIndex(32, THRESHOLD, 42, 3, 126, "word", True, (GRAM, GRAM))
    index.par_bulk_insert_docs(list(range(len(texts))), list(texts))
    answers = index.par_bulk_query(list(texts))
    return as_pairs((number, other) for number, others in enumerate(answers) for other in others if other > number)


def _daft(texts: Sequence[str]) -> Pairs:
    """As daft's guide to deduplication does: normalise, minhash, bands, group; candidates kept by their sketches."""
    import daft  # type: ignore[import-not-found,unused-ignore]
    import pyarrow as pa
    from daft import col

    rows = HASHES // BANDS
    frame = daft.from_arrow(pa.table({"page": np.arange(len(texts)), "text": pa.array(texts, pa.large_string())}))
    normal = col("text").normalize(remove_punct=True, lowercase=True, nfd_unicode=True, white_space=True)
    frame = frame.select("page", normal.alias("text"))
    frame = frame.select("page", col("text").minhash(num_hashes=HASHES, ngram_size=GRAM, seed=42).alias("sketch"))
    held = frame.to_arrow()
    sketches = np.array(held["sketch"].combine_chunks().flatten()).reshape(-1, HASHES)
    pages = held["page"].to_numpy()
    bands = np.ascontiguousarray(sketches.reshape(-1, BANDS, rows).swapaxes(0, 1))
    keys = daft.from_arrow(
        pa.table(
            {
                "page": np.tile(pages, BANDS),
                "band": np.repeat(np.arange(BANDS), len(pages)),
                "key": pa.array([part.tobytes() for band in bands for part in band], pa.large_binary()),
            }
        )
    )
    grouped = keys.groupby("band", "key").agg(col("page").list_agg()).where(col("page").length() > 1)
    clusters = {tuple(sorted(cluster)) for cluster in grouped.to_arrow()["page"].to_pylist()}
    pairs = np.unique(as_pairs(within(clusters)), axis=0)
    place = np.empty(len(pages), dtype=np.int64)
    place[pages] = np.arange(len(pages))
    left, right = place[pairs[:, 0]], place[pairs[:, 1]]
    like = [(sketches[left[i : i + 4096]] == sketches[right[i : i + 4096]]).mean(1) for i in range(0, len(pairs), 4096)]
    return pairs[np.concatenate([np.zeros(0), *like]) >= THRESHOLD]


def _text_dedup(texts: Sequence[str]) -> Pairs:
    """By its command line's function, which leaves the clusters in the module."""
    import datasets  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from text_dedup import minhash  # type: ignore[import-not-found,unused-ignore]

    with TemporaryDirectory() as folder:
        datasets.Dataset.from_dict({"text": list(texts)}).save_to_disk(f"{folder}/in")
        how = f"--path {folder}/in --local --output {folder}/out --cache_dir {folder}/cache --column text --num_proc 1"
        how += f" --ngram {GRAM} --min_length {GRAM} --num_perm {HASHES} --b {BANDS} --r {HASHES // BANDS}"
        minhash.main(how.split(), standalone_mode=False)
    clusters: dict[int, list[int]] = {}
    for number in range(len(texts)):
        clusters.setdefault(minhash.uf.find(number), []).append(number)
    return as_pairs(within(clusters.values()))


def _datatrove(texts: Sequence[str]) -> Pairs:
    """Signatures and buckets by its pipeline's steps; what the buckets join is a cluster."""
    from datatrove.data import Document  # type: ignore[import-not-found,unused-ignore]
    from datatrove.pipeline.dedup.minhash import (  # type: ignore[import-not-found,unused-ignore]
        MinhashConfig,
        MinhashDedupBuckets,
        MinhashDedupSignature,
    )

    config = MinhashConfig(n_grams=GRAM, num_buckets=BANDS, hashes_per_bucket=HASHES // BANDS)
    documents = (Document(text=text, id=str(number)) for number, text in enumerate(texts))
    with TemporaryDirectory() as folder:
        MinhashDedupSignature(f"{folder}/signatures", config=config).run(documents, 0, 1)
        for bucket in range(BANDS):
            step = MinhashDedupBuckets(
                f"{folder}/signatures", f"{folder}/buckets", config=config, only_dedup_in_index=False
            )
            step.run(None, bucket, BANDS)
        files = sorted(Path(folder, "buckets").rglob("*.dups"))
        rows = [np.frombuffer(file.read_bytes(), dtype="<u4").reshape(-1, 4)[:, [1, 3]] for file in files]
    labels = components(np.concatenate([np.zeros((0, 2), np.uint32), *rows]).astype(np.int64), len(texts))
    clusters: dict[int, list[int]] = {}
    for number, label in enumerate(labels.tolist()):
        clusters.setdefault(label, []).append(number)
    return as_pairs(within(clusters.values()))


def installed(name: str) -> str | None:
    """The version of a peer, or None where it is not installed."""
    if find_spec(PEERS[name].module) is None:
        return None
    try:
        return version(PEERS[name].package)
    except PackageNotFoundError:
        return None


PEERS: dict[str, Peer] = {
    "datasketch": Peer(_datasketch, "datasketch", "datasketch", most=10_000),
    "rensa": Peer(_rensa, "rensa", "rensa"),
    "rensa-words": Peer(_rensa_words, "rensa", "rensa"),
    "gaoya": Peer(_gaoya, "gaoya", "gaoya"),
    "daft": Peer(_daft, "daft", "daft"),
    "text-dedup": Peer(_text_dedup, "text_dedup", "text-dedup", most=10_000),
    "datatrove": Peer(_datatrove, "datatrove", "datatrove", most=2_000),
}
"""The last two pull in a gigabyte of other packages and are not part of the extra ``peers``: they run if installed."""
