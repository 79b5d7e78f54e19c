"""Trains the attribution tagger of the statements room on PolNeAR's training part, and writes its weights.

usage: python -m quality.train_attributions PATH [--features FILE] [--epochs 7] [--settled 2] [--seed 7] [--out FILE]

PATH holds PolNeAR's records; only those of the split ``train`` are read, and every tenth of them is kept back: its F1
is printed after each epoch (for choosing thresholds). Nothing is fitted on it but in the last ``--settled`` epochs,
which go over all articles and change no threshold. Reading needs spaCy's model, fitting needs torch (2.13.0, CPU).
Where they live in two installations, run it twice: the first writes ``--features``, the second, with torch, finds the
file and goes on from there. One thread, a fixed seed and a fixed order: the same file byte for byte on the same
machine.
"""

from __future__ import annotations

import argparse
import io
import math
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from .attribution_arrays import collect
from .attribution_network import build

OUT = Path(__file__).resolve().parent.parent / "firsthand" / "statements" / "model" / "attributions.npz"
BATCH = 1800
"""Tokens of a step, about."""
RATE = 4e-3
SETTLING, SETTLED_FROM = 8e-4, 60
"""The rate at which the weights go on once :func:`fit` is done, and the step after which their mean is taken."""
HELD = 10


def fit(found: dict[str, Any], epochs: int, seed: int) -> dict[str, Any]:
    """The weights as arrays, by torch's names. Adam (Kingma and Ba 2015), the rate falling along a cosine."""
    import torch

    torch.manual_seed(seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    rng = np.random.default_rng(seed)
    model = build(found)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, betas=(0.9, 0.98))
    sentences = found["sentences"]
    cues_of = _cues_of(found)
    held = sentences[:, 2] % HELD == HELD - 1
    rows, kept = np.flatnonzero(~held), np.flatnonzero(held)
    step, steps = 0, epochs * len(_batches(rows, sentences, np.random.default_rng(0)))
    for epoch in range(epochs):
        model.train()
        for batch in _batches(rows, sentences, rng):
            falling = 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
            rate = RATE * min(1.0, (step + 1) / 100) * (0.02 + 0.98 * falling)
            loss = _step(model, optimizer, _take(found, sentences[batch], _cues_in(cues_of, batch)), rate)
            step += 1
            if step % 100 == 0:
                print(f"step {step} of {steps}: {loss:.4f}", file=sys.stderr, flush=True)
        figures = _kept_back(model, found, sentences, kept, cues_of)
        print(f"epoch {epoch + 1}: F1 on the articles kept back: {figures}", flush=True)
    return _kept(model.state_dict())


def settle(found: dict[str, Any], weights: dict[str, Any], epochs: int, seed: int) -> dict[str, Any]:
    """The mean of the weights over further steps at a steady rate, on all articles, those that :func:`fit` kept back
    included (stochastic weight averaging, Izmailov et al. 2018). It starts from ``weights`` in 16 bits: from what the
    file of :func:`write` holds."""
    import torch

    torch.manual_seed(seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    rng = np.random.default_rng(seed)
    model = build(found).train()
    with torch.no_grad():
        for name, own in model.state_dict().items():
            if name in weights:
                own.copy_(torch.from_numpy(weights[name].astype(np.float16).astype(np.float32)))
    mean = {name: own.clone() for name, own in model.state_dict().items()}
    optimizer = torch.optim.Adam(model.parameters(), lr=SETTLING, betas=(0.9, 0.98))
    sentences, cues_of, step = found["sentences"], _cues_of(found), 0
    for _ in range(epochs):
        for batch in _batches(np.arange(len(sentences)), sentences, rng):
            rate = SETTLING * min(1.0, (step + 1) / 30)
            loss = _step(model, optimizer, _take(found, sentences[batch], _cues_in(cues_of, batch)), rate)
            step += 1
            if step > SETTLED_FROM:
                for name, own in model.state_dict().items():
                    mean[name] += (own - mean[name]) / (step - SETTLED_FROM)
            if step % 100 == 0:
                print(f"settling, step {step}: {loss:.4f}", file=sys.stderr, flush=True)
    return _kept(mean)


def _step(model: Any, optimizer: Any, batch: dict[str, Any], rate: float) -> float:
    """One step at this rate; the loss before it."""
    import torch

    for group in optimizer.param_groups:
        group["lr"] = rate
    loss = model.loss(batch)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 3.0)
    optimizer.step()
    return float(loss.item())


def _kept(state: dict[str, Any]) -> dict[str, Any]:
    """What running needs, as arrays."""
    return {name: own.detach().numpy() for name, own in state.items() if not name.startswith("any.")}


def _cues_of(found: dict[str, Any]) -> dict[int, list[int]]:
    """The cues of each sentence."""
    cues_of: dict[int, list[int]] = {}
    for cue, s in enumerate(np.searchsorted(found["sentences"][:, 0], found["cues"][:, 0], "right") - 1):
        cues_of.setdefault(int(s), []).append(cue)
    return cues_of


def _cues_in(cues_of: dict[int, list[int]], batch: list[int]) -> list[int]:
    return [cue for row in batch for cue in cues_of.get(int(row), [])]


def _batches(rows: Any, sentences: Any, rng: Any) -> list[list[int]]:
    """Sentences of like length together, in an order by chance."""
    rows = rng.permutation(rows)
    sizes = sentences[:, 1] - sentences[:, 0]
    found: list[list[int]] = []
    for at in range(0, len(rows), 1024):
        pool = rows[at : at + 1024]
        batch: list[int] = []
        for row in pool[np.argsort(sizes[pool], kind="stable")]:
            if batch and sizes[batch].sum() + sizes[row] > BATCH:
                found.append(batch)
                batch = []
            batch.append(int(row))
        found.append(batch)
    return [found[i] for i in rng.permutation(len(found))]


def _take(found: dict[str, Any], sentences: Any, cues: list[int]) -> dict[str, Any]:
    """What the network needs of some sentences and their cues, as tensors with indexes of their own."""
    import torch

    sizes = sentences[:, 1] - sentences[:, 0]
    starts = np.cumsum(sizes) - sizes
    own = np.repeat(np.arange(len(sizes)), sizes)
    shift = starts - sentences[:, 0]
    rows = np.arange(sizes.sum()) - shift[own]
    near = found["near"][rows]
    low, high = sentences[own, 0][:, None], sentences[own, 1][:, None]
    near = np.where((near >= low) & (near < high), near + shift[own][:, None], sizes.sum())
    batch = {k: found[k][rows] for k in ("lemmas", "tags", "labels_of", "entities", "heads")}
    batch |= {k: found[k][rows].astype(np.float32) for k in ("tensor", "flags")}
    batch |= {"static": found["static"][found["words"][rows]].astype(np.float32), "near": near}
    batch |= {"starts": starts, "sizes": sizes}
    table = found["cues"][cues]
    ends = np.cumsum(found["cues"][:, 2] - found["cues"][:, 1])
    at = np.searchsorted(sentences[np.argsort(sentences[:, 0]), 0], table[:, 0], "right") - 1
    at = np.argsort(sentences[:, 0])[at] if len(table) else at
    first, last = np.maximum(table[:, 1], sentences[at, 0]), np.minimum(table[:, 2], sentences[at, 1])
    many = last - first
    cue_of = np.repeat(np.arange(len(table)), many)
    steps = np.arange(many.sum()) - (np.cumsum(many) - many)[cue_of]
    begins = (ends - (found["cues"][:, 2] - found["cues"][:, 1]))[cues] + first - table[:, 1]
    seen = begins[cue_of] + steps
    batch |= {"cues": table[:, 0] + shift[at], "cue_of": cue_of, "rows": (first + shift[at])[cue_of] + steps}
    batch |= {"cue_starts": np.cumsum(many) - many, "cue_sizes": many}
    batch |= {k: found[k][seen] for k in ("relations", "places", "labels")}
    whole = {k: v.astype(np.int64) if v.dtype.kind in "iu" else v for k, v in batch.items()}
    return {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in whole.items()}


def _kept_back(model: Any, found: dict[str, Any], sentences: Any, rows: Any, cues_of: dict[int, list[int]]) -> str:
    """F1 of heads (at the best threshold), and of the words of cue, source and content where the head is given."""
    import torch

    model.eval()
    scores, heads, counts = [], [], np.zeros((4, 4), dtype=np.int64)
    with torch.no_grad():
        for at in range(0, len(rows), 80):
            cues = [c for r in rows[at : at + 80] for c in cues_of.get(int(r), [])]
            batch = _take(found, sentences[rows[at : at + 80]], cues)
            encoded = model.encode(batch)
            scores.append(torch.sigmoid(model.cue(encoded)[:, 0]).numpy())
            heads.append(batch["heads"].numpy())
            if cues:
                np.add.at(counts, (batch["labels"].numpy(), model.roles(encoded, batch).argmax(1).numpy()), 1)
    score, head = np.concatenate(scores), np.concatenate(heads) > 0
    limits = np.arange(0.1, 0.8, 0.05)
    best = max((2 * ((score > t) & head).sum() / ((score > t).sum() + head.sum()), round(float(t), 2)) for t in limits)
    roles = [2 * counts[r, r] / (counts[r].sum() + counts[:, r].sum()) for r in (1, 2, 3)]
    return f"head {best[0]:.4f} (over {best[1]}), words " + " ".join(f"{f:.4f}" for f in roles)


def write(path: Path, weights: dict[str, Any], found: dict[str, Any]) -> None:
    """The weights in 16 bits with the lists of names, as a zip whose bytes depend on nothing else."""
    arrays = {name: w.astype(np.float16) for name, w in weights.items()}
    arrays |= {"static": found["projection"], "static.mean": found["mean"]}
    arrays |= {name: found[name] for name in found if name.startswith("list.")}
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            buffer = io.BytesIO()
            np.save(buffer, arrays[name], allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, buffer.getvalue(), zipfile.ZIP_DEFLATED)


def main() -> None:
    """Reads, fits and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--features", type=Path, help="what was read: written where it is not there, else taken")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--settled", type=int, default=2, help="epochs of the second part, on all articles")
    args = parser.parse_args()
    if args.features and args.features.exists():
        with np.load(args.features) as arrays:
            found = dict(arrays)
    else:
        found = collect(args.path)
        if args.features:
            np.savez(args.features, **found)
    try:
        import torch  # noqa: F401
    except ImportError:
        sys.exit("fitting needs torch: pip install torch==2.13.0, then run this again with --features")
    weights = fit(found, args.epochs, args.seed)
    write(args.out, settle(found, weights, args.settled, args.seed), found)


if __name__ == "__main__":
    main()
