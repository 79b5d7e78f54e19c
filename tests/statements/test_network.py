"""The tagger's network in numpy: step by step by hand, against torch where it is installed, and the shipped weights."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from firsthand.records import Article, Span
from firsthand.statements.attributions import find_attributions
from firsthand.statements.network import LISTS, Network, _both_ways, _recurrent, network, network_from_arrays
from firsthand.statements.reading import read_article
from firsthand.statements.signs import Beside, Signs
from quality import attribution_arrays, attribution_network, train_attributions

SIZES = (3, 1, 130, 7)
"""Tokens of the sentences: one is longer than the encoder reads at a time."""


def lists() -> dict[str, Any]:
    names = {"lemmas": ["", "say", "harbour"], "tags": ["", "NN", "VBD"], "labels": ["", "ROOT", "nsubj"],
             "entities": ["", "PERSON"], "relations": ["", "P", "B0:ccomp:R"]}  # fmt: skip
    return {f"list.{k}": np.frombuffer("\n".join(v).encode(), dtype=np.uint8) for k, v in names.items()}


def signs(rng: np.random.Generator) -> Signs:
    n = sum(SIZES)
    starts = np.concatenate([[0], np.cumsum(SIZES)]).astype(np.int64)
    near = np.full((n, 5), n, dtype=np.int64)
    for a, b in pairwise(starts):
        near[a:b, 2:] = rng.integers(a, b, (b - a, 3))
        near[a + 1 : b, 0], near[a : b - 1, 1] = np.arange(a, b - 1), np.arange(a + 1, b)
    pick = lambda many: tuple(many[i] for i in rng.integers(0, len(many), n))  # noqa: E731
    names = tuple(zip(pick(["NN", "VBD", "XX"]), pick(["ROOT", "nsubj"]), pick(["", "PERSON"]), strict=True))
    flags = rng.random((n, 28)).astype(np.float32)
    return Signs(
        pick(["said", "harbour", "qwxz"]), pick(["say", "harbour", "qwxz"]), names, flags,
        rng.normal(size=(n, 96)).astype(np.float32), near, starts,
    )  # fmt: skip


def beside(rng: np.random.Generator) -> list[Beside]:
    found = []
    for size in (3, 60, 7):
        limits = (6, 21, 4, 4, 5)
        places = np.stack([rng.integers(0, limit, size) for limit in limits], axis=1)
        found.append(Beside(0, size, tuple(rng.choice(["P", "B0:ccomp:R", "?"], size)), places))
    return found


def test_both_ways_are_the_textbook_lstm() -> None:
    rng = np.random.default_rng(3)
    width, sizes = 4, np.array([2, 5, 1])
    starts = np.cumsum(sizes) - sizes
    rows = rng.normal(size=(8, 6)).astype(np.float32)
    shapes = {"weight_ih": (4 * width, 6), "weight_hh": (4 * width, width), "bias_ih": (16,), "bias_hh": (16,)}
    ways = ("_l0", "_l0_reverse")
    w = {f"x.{k}{way}": rng.normal(size=shape).astype(np.float32) for k, shape in shapes.items() for way in ways}
    got = _both_ways(_recurrent(w, "x"), rows, starts, sizes)
    for way, columns in zip(ways, (slice(0, width), slice(width, 2 * width)), strict=True):
        for start, size in zip(starts, sizes, strict=True):
            hidden, cell = np.zeros(width), np.zeros(width)
            order = range(start, start + size)
            for at in order if way == "_l0" else reversed(order):
                gates = w[f"x.weight_ih{way}"] @ rows[at] + w[f"x.weight_hh{way}"] @ hidden
                i, f, g, o = np.split(gates + w[f"x.bias_ih{way}"] + w[f"x.bias_hh{way}"], 4)
                i, f, o = (1 / (1 + np.exp(-x)) for x in (i, f, o))
                cell = f * cell + i * np.tanh(g)
                hidden = o * np.tanh(cell)
                assert np.allclose(got[at, columns], hidden, atol=1e-5)


def test_same_numbers_as_torch() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed: numpy is not held to it")
    rng = np.random.default_rng(5)
    found = {**lists(), "flags": np.zeros((1, 28)), "projection": rng.normal(size=(256, 64)), "mean": np.zeros(64)}
    torch.manual_seed(5)
    model = attribution_network.build(found).eval()
    weights = {k: v.numpy() for k, v in model.state_dict().items() if not k.startswith("any.")}
    net = network_from_arrays({**lists(), **weights, "static": found["projection"], "static.mean": found["mean"]})
    seen, cues = signs(rng), beside(rng)
    encoded = net.encode(seen)
    heads, bases = np.array([1, 30, 140]), np.array([0, 4, 134])
    batch = _batch(net, seen, cues, heads, bases)
    batch = {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in batch.items()}
    with torch.no_grad():
        wanted = model.encode(batch)
        assert np.allclose(encoded, wanted.numpy(), atol=1e-4)
        assert np.allclose(net.cues(encoded), torch.sigmoid(model.cue(wanted)[:, 0]).numpy(), atol=1e-4)
        roles = torch.softmax(model.roles(wanted, batch), 1).numpy()
    assert np.allclose(np.concatenate(net.roles(encoded, heads, bases, cues)), roles, atol=1e-4)


def _batch(net: Network, seen: Signs, cues: list[Beside], heads: Any, bases: Any) -> dict[str, Any]:
    """What :func:`attribution_network.build` wants of the same article."""
    row = lambda name, words: np.array([net.lists[name].get(w, 0) for w in words])  # noqa: E731
    sizes = np.array([b.last - b.first for b in cues])
    parts = [(a, min(a + 120, b)) for s, b in pairwise(seen.starts) for a in range(s, b, 120)]
    return {
        "lemmas": row("lemmas", seen.lemmas),
        "tags": row("tags", [n[0] for n in seen.names]),
        "labels_of": row("labels", [n[1] for n in seen.names]),
        "entities": row("entities", [n[2] for n in seen.names]),
        "tensor": seen.tensor,
        "static": net._static(seen.words),
        "flags": seen.flags,
        "near": seen.near,
        "starts": np.array([a for a, _ in parts]),
        "sizes": np.array([b - a for a, b in parts]),
        "cues": heads,
        "cue_of": np.repeat(np.arange(len(cues)), sizes),
        "rows": np.concatenate([np.arange(a, a + k) for a, k in zip(bases, sizes, strict=True)]),
        "cue_starts": np.cumsum(sizes) - sizes,
        "cue_sizes": sizes,
        "relations": row("relations", [r for b in cues for r in b.relations]),
        "places": np.concatenate([b.places for b in cues]),
    }


def test_shipped_weights_fit() -> None:
    net = network()
    assert set(net.lists) == set(LISTS)
    assert all(rows[""] == 0 for rows in net.lists.values())
    encoded = net.encode(signs(np.random.default_rng(1)))
    assert encoded.shape == (sum(SIZES), 288)
    assert np.isfinite(encoded).all()


def test_nothing_to_read() -> None:
    empty = np.zeros((0, 5), dtype=np.int64)
    none = Signs((), (), (), np.zeros((0, 28), np.float32), np.zeros((0, 96), np.float32), empty, np.zeros(1, np.int64))
    encoded = network().encode(none)
    assert encoded.shape == (0, 288)
    assert len(network().cues(encoded)) == 0


def test_training_is_repeatable(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed: the training is not tested")
    text = "“The harbour is ours,” said Ada Brook. The council of Velda wants a second harbour, according to the mayor."
    reading = read_article(Article("p", None, text, (Span(0, len(text)),)))
    made = [find_attributions(reading, s) for s in reading.sentences]
    gold = [{"cue": [[23, 27]], "source": [[28, 37]], "content": [[0, 22]]}]
    found = attribution_arrays.flatten([(reading, made, gold)] * 10)
    for name in ("one", "two"):
        weights = train_attributions.settle(found, train_attributions.fit(found, 1, 3), 1, 3)
        train_attributions.write(tmp_path / name, weights, found)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    with np.load(tmp_path / "one") as arrays:
        assert set(network_from_arrays(arrays).weights) == set(network().weights)
