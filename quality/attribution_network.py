"""The attribution tagger's network in torch, for training (``firsthand.statements.network`` runs it with numpy)."""

from __future__ import annotations

from typing import Any

from .attribution_arrays import STATIC

WIDTHS = {"token": 80, "encoder": 64, "role": 48}


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
