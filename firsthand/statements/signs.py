"""What the attribution tagger sees of an article: numbers for every token, and for every word beside a cue.

In: a :class:`Reading` and the attributions that the rules found. Out: :class:`Signs` (all tokens of all sentences, one
after the other) and :func:`beside_cue` (the words of a cue's sentence as they stand to the cue). The parser's own
vector of each token (96 numbers: what spaCy's tagger and parser share) is most of it; tags, labels and entities, the
word's static vector, where quotations stand, and what the rules say, are the rest. Names have indexes in the model's
lists; what is not in a list has 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from .attributed import Attribution
from .reading import Reading, Sentence

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "agent")
COMPLEMENTS = ("ccomp", "xcomp", "dobj", "oprd", "attr", "acomp", "prep", "advcl", "acl", "relcl")
"""The labels of what a token may govern, most telling first."""
_RANKS = {label: rank for rank, label in enumerate(COMPLEMENTS)}
FLAGS = 28
BEFORE, AFTER = 70, 90
"""Tokens of its sentence that are looked at on either side of a cue: of 20,000 contents in news 99 in 100 lie within,
or go on as a quotation."""
LONGEST = 120
"""Tokens that the encoder reads at a time: a longer sentence is read in parts."""
NEIGHBOURS = 5
_FORCES = {"asserts": 22, "stance": 23, "mind": 24}
_STOPS = frozenset((",", ";", ":", "—", "–", "--"))
_MARKS = frozenset(('"', "“", "”", "''", "``"))


@dataclass(frozen=True, slots=True)
class Signs:
    """``words``, ``lemmas``: of each of ``n`` tokens; ``names`` [n, 3]: tag, label and entity; ``flags`` [n, 28] of 0
    to 1; ``tensor`` [n, 96]; ``near`` [n, 5]: where the tokens before and after, the head, the subject and the
    complement stand, ``n`` for none. ``starts`` [s + 1]: the sentences' first tokens."""

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    names: tuple[tuple[str, str, str], ...]
    flags: Floats
    tensor: Floats
    near: Ints
    starts: Ints

    def block(self, first: int, last: int) -> Signs:
        """The signs of the sentences ``first`` to ``last`` (excluded) alone."""
        a, b = int(self.starts[first]), int(self.starts[last])
        near = np.where(self.near[a:b] == len(self.words), b - a, self.near[a:b] - a)
        return Signs(
            self.words[a:b], self.lemmas[a:b], self.names[a:b], self.flags[a:b], self.tensor[a:b], near,
            self.starts[first : last + 1] - a,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """The words ``first`` to ``last`` (excluded; indexes of the sentence) around a cue: ``relations``, how each stands
    to it in the tree; ``places`` [m, 5]: depth below, distance, commas and quotation borders between, the rules'
    role."""

    first: int
    last: int
    relations: tuple[str, ...]
    places: Ints


def read_signs(reading: Reading, made: Sequence[Sequence[Attribution]]) -> Signs:
    """The signs of all tokens. ``made`` are the rules' attributions, sentence by sentence."""
    starts = np.zeros(len(reading.sentences) + 1, dtype=np.int64)
    np.cumsum([len(s.parse.tokens) for s in reading.sentences], out=starts[1:])
    tokens = [t for s in reading.sentences for t in s.parse.tokens]
    tensors = [_tensor(s) for s in reading.sentences]
    return Signs(
        tuple(t.text.lower() for t in tokens),
        tuple(t.lemma for t in tokens),
        tuple((t.tag, t.dep, t.ent) for t in tokens),
        _flags(reading, made, starts),
        np.concatenate(tensors) if tensors else np.zeros((0, 96), dtype=np.float32),
        _near(reading, starts),
        starts,
    )


def _tensor(sentence: Sentence) -> Floats:
    tensor, shape = sentence.parse.tensor, (len(sentence.parse.tokens), 96)
    return tensor.astype(np.float32) if tensor is not None and tensor.shape == shape else np.zeros(shape, np.float32)


def quoted_tokens(reading: Reading) -> list[list[int]]:
    """For each sentence, which quotation each of its tokens stands in: an index of ``Reading.quotations``, or -1."""
    found = []
    for sentence in reading.sentences:
        row = [-1] * len(sentence.parse.tokens)
        for q in sentence.quotations:
            for i in sentence.tokens_in((reading.quotations[q].span,)):
                row[i] = q
        found.append(row)
    return found


def _flags(reading: Reading, made: Sequence[Sequence[Attribution]], starts: Ints) -> Floats:
    flags = np.zeros((int(starts[-1]), FLAGS), dtype=np.float32)
    inside = quoted_tokens(reading)
    shares = [sum(q >= 0 for q in row) / len(row) if row else 0.0 for row in inside]
    last, before, text_before = -1, -1, ""  # paragraph, quotation and text of the token before this sentence
    for s, (sentence, row) in enumerate(zip(reading.sentences, inside, strict=True)):
        tokens = sentence.parse.tokens
        if not tokens:
            continue
        part = flags[starts[s] : starts[s + 1]]
        opens = sentence.paragraph != last
        ends = s + 1 == len(inside) or reading.sentences[s + 1].paragraph != sentence.paragraph
        _place(part, sentence, opens, ends)
        part[:, 9] = shares[s]
        part[:, 10] = shares[s - 1] if s else 0.0
        part[:, 11] = shares[s + 1] if s + 1 < len(shares) else 0.0
        part[:, 12] = text_before == ":"
        part[:, 17] = row[0] >= 0 and row[0] == before
        quoted = np.array([q >= 0 for q in row], dtype=np.float32)
        part[:, 0] = quoted
        part[1:, 13], part[:-1, 14] = quoted[:-1], quoted[1:]
        so_far = np.cumsum(quoted)
        part[:, 15], part[:, 16] = so_far > quoted, so_far[-1] > so_far
        _shapes(part, sentence)
        _by_rule(part, sentence, made[s])
        last, before, text_before = sentence.paragraph, row[-1], tokens[-1].text
    return flags


def _place(part: Floats, sentence: Sentence, opens: bool, ends: bool) -> None:
    size = len(part)
    part[0, 1] = part[-1, 2] = 1
    part[:, 3], part[:, 4] = opens, ends
    part[:, 5], part[:, 6] = sentence.paragraph == 0, sentence.paragraph <= 3
    part[:, 7] = np.arange(size) / size
    part[:, 8] = min(size, 60) / 60


def _shapes(part: Floats, sentence: Sentence) -> None:
    part[:, 18:22] = [_shape(token.text) for token in sentence.parse.tokens]


@lru_cache(maxsize=20_000)
def _shape(text: str) -> tuple[bool, bool, bool, bool]:
    first = text[:1]
    return first.isupper(), first.isdigit(), first.isalpha(), text in _MARKS


def _by_rule(part: Floats, sentence: Sentence, made: Sequence[Attribution]) -> None:
    for a in made:
        part[a.verb, _FORCES[a.force]] = 1
        part[list(a.cue), 25] = 1
        part[list(a.source), 26] = 1
        part[sentence.tokens_in(a.content), 27] = 1


def _near(reading: Reading, starts: Ints) -> Ints:
    total = int(starts[-1])
    near = np.full((total, NEIGHBOURS), total, dtype=np.int64)
    everyone = np.arange(total)
    near[1:, 0], near[:-1, 1] = everyone[:-1], everyone[1:]
    first, last = starts[:-1][np.diff(starts) > 0], starts[1:][np.diff(starts) > 0] - 1
    near[first, 0] = near[last, 1] = total
    for s, sentence in enumerate(reading.sentences):
        base = int(starts[s])
        tokens = sentence.parse.tokens
        subjects, complements, ranks = [total] * len(tokens), [total] * len(tokens), [len(_RANKS)] * len(tokens)
        for token in tokens:
            i, head, dep = token.i, token.head, token.dep
            if head == i:
                continue
            if dep in SUBJECTS and subjects[head] == total:
                subjects[head] = base + i
            rank = _RANKS.get(dep)
            if rank is not None and rank < ranks[head]:
                ranks[head], complements[head] = rank, base + i
        part = near[base : base + len(tokens)]
        part[:, 2] = [base + t.head if t.head != t.i else total for t in tokens]
        part[:, 3], part[:, 4] = subjects, complements
    return near


def beside_cue(sentence: Sentence, quoted: Sequence[int], cue: int, rule: Attribution | None) -> Beside:
    """The words of a sentence as they stand to one cue. ``quoted``: a row of :func:`quoted_tokens`; ``rule``: the
    rules' attribution with that cue, if there is one."""
    first, last = max(0, cue - BEFORE), min(len(sentence.parse.tokens), cue + AFTER)
    relations, depths = _relations(sentence, cue, first, last)
    places = np.zeros((last - first, 5), dtype=np.int64)
    places[:, 0] = depths
    places[:, 1] = _distances()[BEFORE + first - cue : BEFORE + last - cue]
    stops = np.cumsum([0, *(t.text in _STOPS for t in sentence.parse.tokens)])
    inside = np.array(quoted) >= 0
    borders = np.cumsum(np.concatenate([[False], inside[1:] != inside[:-1]]))
    at = np.arange(first, last)
    low, high = np.minimum(at + 1, cue + 1), np.maximum(at, cue)
    places[:, 2] = np.minimum(np.maximum(stops[high] - stops[low], 0), 3)
    places[:, 3] = np.minimum(np.abs(borders[at] - borders[cue]), 3)
    if rule is not None:
        places[:, 4] = 1
        for role, indexes in ((4, sentence.tokens_in(rule.content)), (3, rule.source), (2, rule.cue)):
            places[[i - first for i in indexes if first <= i < last], 4] = role
    return Beside(first, last, tuple(relations), places)


@cache
def _distances() -> Ints:
    """The bucket of each distance from ``-BEFORE`` on."""
    return np.array([_distance(steps) for steps in range(-BEFORE, AFTER)], dtype=np.int64)


def _distance(steps: int) -> int:
    size = abs(steps)
    bucket = size if size <= 4 else 5 + sum(size > limit for limit in (6, 9, 14, 22, 35))
    return bucket if steps >= 0 else 10 + bucket


def _relations(sentence: Sentence, cue: int, first: int, last: int) -> tuple[list[str], list[int]]:
    """How each token stands to the cue in the tree, and how deep below: ``P`` the cue; ``A2:advcl`` the ancestor two
    up, reached over an "advcl"; ``B1:nsubj:L`` in the branch "nsubj" of the ancestor one up, left of the cue."""
    tokens = sentence.parse.tokens
    chain = [cue, *(above for above, _ in zip(sentence.above(cue), range(30), strict=False))]
    names = {i: "P" if not k else f"A{min(k, 3)}:{tokens[chain[k - 1]].dep}" for k, i in enumerate(chain)}
    level = {i: k for k, i in enumerate(chain)}
    depths = dict.fromkeys(chain, 0)
    for start in range(first, last):
        path, i = [], start
        while i not in names and tokens[i].head != i:
            path.append(i)
            i = tokens[i].head
        if i not in names:  # another root
            names[i], depths[i] = "X", 0
        for below in reversed(path):
            if i in level:
                side = "R" if below > cue else "L"
                names[below], depths[below] = f"B{min(level[i], 2)}:{tokens[below].dep}:{side}", 1
            else:
                names[below], depths[below] = names[i], depths[i] + 1
            i = below
    places = range(first, last)
    return [names[i] for i in places], [min(depths[i], 5) for i in places]


def rule_at(made: Sequence[Attribution], cue: int) -> Attribution | None:
    """The rules' attribution with this cue: as its verb, else as a word of the cue."""
    for a in made:
        if a.verb == cue:
            return a
    return next((a for a in made if cue in a.cue), None)
