"""What meets anew where texts came and went is what joining everything says, before and after."""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.copies import candidates
from firsthand.copies.candidates import NONE, TERMS, Sketches, telling_pairs
from firsthand.options import CopyOptions

pytest.importorskip("numba")
from firsthand.copies.meetings import changed_meetings, meet_anew
from firsthand.copies.postings import sharing_pairs
from firsthand.copies.segments import HALF, LOW

Pairs = set[tuple[int, int]]


def joined(parts: list[np.ndarray], there: np.ndarray, place: np.ndarray, most: int) -> Pairs:
    """The pairs of places that share two fingerprints, by joining all."""
    ranked = []
    for keys in parts:
        keys = keys[there[(keys & LOW).astype(np.int64)]]
        ranked.append(np.sort((keys & ~LOW) | place[(keys & LOW).astype(np.int64)]))
    return set(map(tuple, sharing_pairs(ranked, most, 2).tolist()))


@pytest.mark.parametrize("most", [2, 3, 6, 200])
@pytest.mark.parametrize("seed", range(12))
def test_changed_meetings(seed: int, most: int) -> None:
    draw = np.random.default_rng(seed)
    count, came = 50, 12
    place = draw.permutation(count + 5)[:count].astype(np.uint64)
    fresh = np.arange(count) >= count - came
    dead = draw.random(count) < 0.1
    lost = (draw.random(count) < (0.0 if seed % 3 == 0 else 0.15)) & ~fresh & ~dead
    before, after = ~fresh & ~dead, ~dead & ~lost
    after |= fresh
    parts: list[list[np.ndarray]] = []
    for _ in range(4):
        keys = draw.integers(0, 25, 400).astype(np.uint64) << HALF | draw.integers(0, count, 400).astype(np.uint64)
        new = fresh[(keys & LOW).astype(np.int64)]
        old = np.sort(keys[~new])
        parts.append([np.sort(old[::2]), np.sort(old[1::2]), np.sort(keys[new])])
    whole = [np.concatenate(pieces) for pieces in parts]
    changed = changed_meetings(lambda: parts, place, before, after, most, 2)
    pairs = {(int(pair >> HALF), int(pair & LOW)) for pair in changed.pairs}
    now = {(int(pair >> HALF), int(pair & LOW)) for pair in changed.pairs[changed.meet]}
    there = set(place[after].tolist())
    kept = {pair for pair in joined(whole, before, place, most) if set(pair) <= there} - pairs
    assert kept | now == joined(whole, after, place, most)
    assert now


@pytest.mark.parametrize("seed", range(20))
def test_terms_that_cross_the_cap(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "MOST_PAGES", 9)
    draw = np.random.default_rng(seed)
    count, options = 40, CopyOptions(least_gist=0.0)
    terms = np.full((count, TERMS), NONE, np.uint32)
    for row in terms:
        own = np.unique(draw.integers(1, 40, 9))
        row[TERMS - len(own) :] = own
    gists = np.ones((count, 4), np.float16)
    fresh, lost = np.arange(count) >= 32, np.arange(count) < draw.integers(0, 8)
    then, now = np.flatnonzero(~fresh), np.flatnonzero(~lost)
    old = then[telling_pairs(Sketches(gists[then], terms[then]), options)]
    wanted = now[telling_pairs(Sketches(gists[now], terms[now]), options)]
    anew = fresh[now] | meet_anew(terms[now], terms[fresh], terms[lost])
    touched = np.ones(count, np.bool_)
    touched[now] = anew
    found = now[telling_pairs(Sketches(gists[now], terms[now]), options, anew)]
    assert sorted([*old[~touched[old].any(1)].tolist(), *found.tolist()]) == wanted.tolist()
