"""What the attribution tagger is trained on: PolNeAR's training part as arrays.

In: records with ``attributions``. Out: for every token what ``firsthand.statements.signs`` sees of it and whether it
heads a labelled cue; for every labelled cue what the words beside it are: cue, source, content or none.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

FEWEST_LEMMAS, FEWEST_RELATIONS = 5, 15
"""A name that is rarer in training shares the vector of all rare ones."""
STATIC = 64
"""Dimensions that are kept of the words' static vectors."""
WORD = re.compile(r"\w+")


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


def _shorter(sentences: Any) -> Any:
    from firsthand.statements.signs import LONGEST

    return np.array([(a, min(a + LONGEST, b), d) for first, b, d in sentences for a in range(first, b, LONGEST)])


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
