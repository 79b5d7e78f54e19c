"""Trains the attribution tagger of the statements room on PolNeAR's training part, and writes its weights.

usage: python -m quality.train_attributions PATH [--features FILE] [--epochs 7] [--seed 7] [--out FILE]

PATH holds PolNeAR's records; only those of the split ``train`` are read, and every tenth of them is kept back: its F1
is printed after each epoch (for choosing thresholds), nothing is fitted on it. Reading needs spaCy's model, fitting
needs torch (2.13.0, CPU). Where they live in two installations, run it twice: the first writes ``--features``, the
second, with torch, finds the file and goes on from there. One thread, a fixed seed and a fixed order: the same file
byte for byte on the same machine.
"""

from __future__ import annotations

import argparse
import io
import math
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

OUT = Path(__file__).resolve().parent.parent / "firsthand" / "statements" / "model" / "attributions.npz"
FEWEST_LEMMAS, FEWEST_RELATIONS = 5, 15
"""A name that is rarer in training shares the vector of all rare ones."""
STATIC = 64
"""Dimensions that are kept of the words' static vectors."""
WIDTHS = {"token": 80, "encoder": 64, "role": 48}
BATCH = 1800
"""Tokens of a step, about."""
RATE = 4e-3
HELD = 10
WORD = re.compile(r"\w+")


# ------------------------------------------------------------------------------------------------ reading
def collect(path: Path) -> dict[str, Any]:
    """All articles of the training part as flat arrays (``sentences`` [s, 3]: first token, last, article; ``cues``
    [c, 3]: head, first and last token seen), with the lists of names and the projection of the static vectors."""
    from firsthand.statements.attributions import find_attributions
    from firsthand.statements.reading import read_article
    from quality.frame import read_records
    from quality.polnear import article_of

    def readings() -> Any:
        for record in read_records(path):
            if "attributions" in record and record.get("split") == "train":
                reading = read_article(article_of(record))
                yield reading, [find_attributions(reading, s) for s in reading.sentences], record["attributions"]

    return flatten(readings())


def flatten(readings: Any) -> dict[str, Any]:
    """See :func:`collect`; ``readings`` yields an article's reading, its rules' attributions and its labels."""
    from firsthand.statements.signs import beside_cue, quoted_tokens, read_signs, rule_at

    columns: dict[str, list[Any]] = {k: [] for k in ("words", "lemmas", "names", "flags", "tensor", "near", "heads")}
    sentences, cues, relations, places, labels = [], [], [], [], []
    offset = 0
    for article, (reading, made, gold) in enumerate(readings):
        signs = read_signs(reading, made)
        size = len(signs.words)
        for name in ("words", "lemmas", "names"):
            columns[name].extend(getattr(signs, name))
        columns["flags"].append(signs.flags.astype(np.float16))
        columns["tensor"].append(signs.tensor.astype(np.float16))
        columns["near"].append(np.where(signs.near == size, -1, signs.near + offset).astype(np.int32))
        sentences.extend(
            (a + offset, b + offset, article)
            for a, b in zip(signs.starts[:-1].tolist(), signs.starts[1:].tolist(), strict=True)
        )
        heads = np.zeros(size, dtype=np.float32)
        quoted = quoted_tokens(reading)
        for s, cue, source, content in gold_roles(reading, gold):
            base = int(signs.starts[s])
            head = head_of_cue(reading.sentences[s], cue)
            if heads[base + head]:
                continue
            heads[base + head] = 1
            seen = beside_cue(reading.sentences[s], quoted[s], head, rule_at(made[s], head))
            row = np.zeros(seen.last - seen.first, dtype=np.int8)
            for role, indexes in ((3, content), (2, source), (1, cue)):
                row[[i - seen.first for i in indexes if seen.first <= i < seen.last]] = role
            cues.append((offset + base + head, offset + base + seen.first, offset + base + seen.last))
            relations.extend(seen.relations)
            places.append(seen.places)
            labels.append(row)
        columns["heads"].append(heads)
        offset += size
    return _indexed(columns, sentences, cues, relations, places, labels)


def gold_roles(reading: Any, gold: list[dict[str, Any]]) -> Any:
    """For each labelled attribution its sentence and the tokens of cue, source and content that stand in it."""
    for attribution in gold:
        found = [(s, tokens) for s in reading.sentences if (tokens := _labelled(reading, s, attribution["cue"]))]
        if not found:
            continue
        sentence, cue = found[0]
        source, content = (_labelled(reading, sentence, attribution.get(r) or []) for r in ("source", "content"))
        yield sentence.index, cue, source, content


def _labelled(reading: Any, sentence: Any, spans: list[tuple[int, int]]) -> set[int]:
    """The tokens with a word (or, in a token of marks alone, with anything) that starts within some of the spans."""
    here = [(a, b) for a, b in spans if a < sentence.span.end and b > sentence.span.start]
    if not here:
        return set()
    found = set()
    for token in sentence.parse.tokens:
        start, end = sentence.span.start + token.start, sentence.span.start + token.end
        words = [start + m.start() for m in WORD.finditer(token.text)]
        if any(any(a <= w < b for w in words) if words else a < end and start < b for a, b in here):
            found.add(token.i)
    return found


def head_of_cue(sentence: Any, cue: set[int]) -> int:
    """The token of a cue that governs the rest of it; of several the first verb, else the first noun."""
    tokens = sentence.parse.tokens
    tops = [i for i in cue if tokens[i].head not in cue or tokens[i].head == i] or list(cue)
    for kinds in (("VERB", "AUX"), ("NOUN", "PROPN")):
        chosen = [i for i in tops if tokens[i].pos in kinds]
        if chosen:
            return min(chosen)
    return min(tops)


def _indexed(columns: dict[str, list[Any]], sentences: Any, cues: Any, relations: Any, places: Any, labels: Any) -> Any:
    tags, deps, ents = zip(*columns["names"], strict=True)
    lists = {
        "lemmas": _common(columns["lemmas"], FEWEST_LEMMAS),
        "tags": _common(tags, 1),
        "labels": _common(deps, 1),
        "entities": _common(ents, 1),
        "relations": _common(relations, FEWEST_RELATIONS),
    }
    rows = {k: {w: i for i, w in enumerate(v)} for k, v in lists.items()}
    words = sorted(set(columns["words"]))
    at = {w: i for i, w in enumerate(words)}
    projection, mean = project_static()
    found: dict[str, Any] = {
        "words": np.array([at[w] for w in columns["words"]], dtype=np.int32),
        "static": (word_vectors(words) @ projection - mean).astype(np.float16),
        "projection": projection,
        "mean": mean,
        "sentences": _shorter(sentences),
        "cues": np.array(cues, dtype=np.int64),
        "places": np.concatenate(places).astype(np.int16),
        "labels": np.concatenate(labels),
        "relations": _rows(rows["relations"], relations),
        **{k: np.concatenate(columns[k]) for k in ("flags", "tensor", "near", "heads")},
        **{f"list.{k}": _joined(v) for k, v in lists.items()},
    }
    for name, many in (("lemmas", columns["lemmas"]), ("tags", tags), ("labels_of", deps), ("entities", ents)):
        found[name] = _rows(rows["labels" if name == "labels_of" else name], many)
    return found


def _joined(names: list[str]) -> Any:
    """A line each, as bytes; what spaCy calls a word may be a line's end."""
    return np.frombuffer("\n".join(n.replace("\n", " ") for n in names).encode(), dtype=np.uint8)


def _common(names: Any, fewest: int) -> list[str]:
    """The names that occur often enough, the empty one first."""
    return ["", *sorted(n for n, k in Counter(names).items() if k >= fewest and n)]


def _rows(index: dict[str, int], names: Any) -> Any:
    return np.array([index.get(n, 0) for n in names], dtype=np.int32)


def project_static() -> tuple[Any, Any]:
    """The directions in which the static vectors of frequent words differ most (weighted singular values), scaled to
    a spread of one; and what the mean becomes under it."""
    from firsthand.language import vectors

    model = vectors.model()
    share = 10.0 ** -model.rarities.astype(np.float64)
    mean = (model.vectors * share[:, None]).sum(0) / share.sum()
    centred = model.vectors - mean
    weights = np.sqrt(np.minimum(share, 1e-5) / 1e-5)
    _, directions = np.linalg.eigh((centred * weights[:, None]).T @ (centred * weights[:, None]))
    projection = directions[:, ::-1][:, :STATIC]
    projection = projection / (centred @ projection).std()
    return projection.astype(np.float32), (mean @ projection).astype(np.float32)


def word_vectors(words: list[str]) -> Any:
    """The static vector of each word, as the network reads it."""
    from firsthand.statements.network import word_vector

    return np.stack([word_vector(w) for w in words])


# ------------------------------------------------------------------------------------------------ fitting
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
    cues_of: dict[int, list[int]] = {}
    for cue, s in enumerate(np.searchsorted(sentences[:, 0], found["cues"][:, 0], "right") - 1):
        cues_of.setdefault(int(s), []).append(cue)
    held = sentences[:, 2] % HELD == HELD - 1
    rows, kept = np.flatnonzero(~held), np.flatnonzero(held)
    step, steps = 0, epochs * len(_batches(rows, sentences, np.random.default_rng(0)))
    for epoch in range(epochs):
        model.train()
        for batch in _batches(rows, sentences, rng):
            falling = 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / 100) * (0.02 + 0.98 * falling)
            loss = model.loss(_take(found, sentences[batch], [c for r in batch for c in cues_of.get(int(r), [])]))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 3.0)
            optimizer.step()
            step += 1
            if step % 100 == 0:
                print(f"step {step} of {steps}: {loss.item():.4f}", file=sys.stderr, flush=True)
        figures = _kept_back(model, found, sentences, kept, cues_of)
        print(f"epoch {epoch + 1}: F1 on the articles kept back: {figures}", flush=True)
    weights = {name: tensor.detach().numpy() for name, tensor in model.state_dict().items()}
    return {name: weight for name, weight in weights.items() if not name.startswith("any.")}


def build(found: dict[str, Any]) -> Any:
    """The network in torch (``firsthand.statements.network`` runs the same with numpy)."""
    import torch
    from torch import nn

    token, encoder, role = WIDTHS["token"], WIDTHS["encoder"], WIDTHS["role"]
    lists = ("lemmas", "tags", "labels", "entities", "relations")
    sizes = {k: bytes(found[f"list.{k}"]).count(b"\n") + 1 for k in lists}
    wide = 2 * token + 2 * encoder

    class Tagger(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.lem, self.tag = nn.Embedding(sizes["lemmas"], 32, padding_idx=0), nn.Embedding(sizes["tags"], 12)
            self.dep, self.ent = nn.Embedding(sizes["labels"], 12), nn.Embedding(sizes["entities"], 6)
            nn.init.normal_(self.lem.weight, 0, 0.3)
            with torch.no_grad():
                self.lem.weight[0] = 0
            self.inp = nn.Linear(96 + STATIC + 32 + 12 + 12 + 6 + found["flags"].shape[1], token)
            self.nb = nn.Linear(token * 6, token)
            self.lstm = nn.LSTM(2 * token, encoder, batch_first=True, bidirectional=True)
            self.cue = nn.Sequential(nn.Linear(wide, 64), nn.ReLU(), nn.Linear(64, 1))
            self.ct, self.cp = nn.Linear(wide, role), nn.Linear(wide, role)
            self.rel, self.dis = nn.Embedding(sizes["relations"], role), nn.Embedding(21, role)
            self.depth, self.com = nn.Embedding(6, role), nn.Embedding(4, role)
            self.qb, self.role = nn.Embedding(4, role), nn.Embedding(5, role)
            self.cl = nn.LSTM(role, role, batch_first=True, bidirectional=True)
            self.out = nn.Linear(3 * role, 4)
            self.any = nn.Linear(wide, 3)  # in training alone: whether a word is of any cue, source or content
            self.drop = nn.Dropout(0.2)

        def encode(self, b: dict[str, Any]) -> Any:
            lemma = self.lem(b["lemmas"])
            if self.training:  # a word unseen in training must do without a vector of its own
                lemma = lemma * (torch.rand(len(lemma), 1) > 0.15)
            names = [self.tag(b["tags"]), self.dep(b["labels_of"]), self.ent(b["entities"])]
            own = torch.relu(self.inp(self.drop(torch.cat([b["tensor"], b["static"], lemma, *names, b["flags"]], 1))))
            padded = torch.cat([own, own.new_zeros(1, own.shape[1])])
            around = torch.cat([own, *(padded[b["near"][:, k]] for k in range(5))], 1)
            both = torch.cat([own, torch.relu(self.nb(self.drop(around)))], 1)
            return torch.cat([both, _over(self.lstm, self.drop(both), b["starts"], b["sizes"])], 1)

        def roles(self, encoded: Any, b: dict[str, Any]) -> Any:
            encoded = self.drop(encoded)
            pairs = self.ct(encoded)[b["rows"]] + self.cp(encoded[b["cues"]])[b["cue_of"]] + self.rel(b["relations"])
            for at, table in enumerate((self.depth, self.dis, self.com, self.qb, self.role)):
                pairs = pairs + table(b["places"][:, at])
            seen = torch.relu(pairs)
            return self.out(torch.cat([seen, _over(self.cl, self.drop(seen), b["cue_starts"], b["cue_sizes"])], 1))

        def loss(self, b: dict[str, Any]) -> Any:
            encoded = self.encode(b)
            heads = self.cue(self.drop(encoded))[:, 0]
            found = nn.functional.binary_cross_entropy_with_logits(heads, b["heads"]) * 8
            if len(b["cues"]):
                found = found + nn.functional.cross_entropy(self.roles(encoded, b), b["labels"])
                of_any = torch.zeros(len(encoded), 4).index_put_((b["rows"], b["labels"]), torch.ones(len(b["rows"])))
                guess = self.any(self.drop(encoded))
                found = found + nn.functional.binary_cross_entropy_with_logits(guess, of_any[:, 1:])
            return found

    return Tagger()


def _over(lstm: Any, rows: Any, starts: Any, sizes: Any) -> Any:
    """An LSTM over runs of rows, the rows in their order again."""
    import torch

    steps = torch.arange(int(sizes.max()))
    inside = steps[None] < sizes[:, None]
    at = (starts[:, None] + steps[None]).clamp(max=len(rows) - 1)
    rnn = torch.nn.utils.rnn
    packed = rnn.pack_padded_sequence(rows[at], sizes, batch_first=True, enforce_sorted=False)
    return rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True)[0][inside]


def _shorter(sentences: Any) -> Any:
    from firsthand.statements.signs import LONGEST

    return np.array([(a, min(a + LONGEST, b), d) for first, b, d in sentences for a in range(first, b, LONGEST)])


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


# ------------------------------------------------------------------------------------------------ writing
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
    write(args.out, fit(found, args.epochs, args.seed), found)


if __name__ == "__main__":
    main()
