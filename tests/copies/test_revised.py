"""What is asked of pairs now, looked up among those of before, is what working on each pair by itself says."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")
from firsthand.copies.revised import TOLD, WORDED, revised
from firsthand.copies.segments import HALF, LOW, MadeParts, Weighed, matter_pairs


@pytest.mark.parametrize("seed", range(20))
def test_pairs_are_revised_one_by_one_or_all_at_once(seed: int) -> None:
    draw = np.random.default_rng(seed)
    every = np.array([(a << 32) | b for a in range(8) for b in range(a + 1, 8)], dtype=np.uint64)

    def some(share: float) -> np.ndarray:
        return every[draw.random(len(every)) < share]

    pairs = some(0.6 if seed else 0.0)
    why = draw.integers(0, 4, len(pairs)).astype(np.uint8)
    matter = np.array(
        [(int(pair) >> 32, int(pair) & 7, at, at + 1, at, at + 1) for at, pair in enumerate(pairs[why > 0])],
        dtype=np.int64,
    ).reshape(-1, 6)[::2]
    worded, anew = some(0.3), draw.random(8) < 0.3
    meet = draw.random(len(worded)) < 0.5
    touched = anew[(every >> HALF).astype(np.int64)] | anew[(every & LOW).astype(np.int64)]
    told = every[touched & (draw.random(len(every)) < 0.5)]
    now = revised(Weighed(pairs, why, matter), worded, meet, anew, told)

    before = dict(zip(pairs.tolist(), why.tolist(), strict=True))
    meets = dict(zip(worded.tolist(), meet.tolist(), strict=True))
    after = {}
    for pair, anew_pair in zip(every.tolist(), touched.tolist(), strict=True):
        words = meets.get(pair, bool(before.get(pair, 0) & WORDED))
        tells = pair in set(told.tolist()) if anew_pair else bool(before.get(pair, 0) & TOLD)
        after[pair] = WORDED * words + TOLD * tells
    kept = {p for p, was in before.items() if was and after[p] and (was & TOLD) == (after[p] & TOLD)}
    asked, asked_why = now.asked()
    assert dict(zip(asked.tolist(), asked_why.tolist(), strict=True)) == {
        p: why for p, why in after.items() if why and p not in kept
    }
    assert set(now.gone().tolist()) == {p for p, was in before.items() if was} - kept
    stays, lost = now.matter()
    assert set(matter_pairs(stays).tolist()) == set(matter_pairs(matter).tolist()) & kept
    assert len(stays) + len(lost) == len(matter)
    said = now.said(matter[:0])
    assert {**before, **dict(zip(said.pairs.tolist(), said.why.tolist(), strict=True))} == {
        p: why for p, why in after.items() if why or p in before
    }
    assert len(said.pairs) == len(set(said.pairs.tolist()))
    again = {p for p in kept if after[p] != before[p]}
    assert set(matter_pairs(said.matter).tolist()) == again & set(matter_pairs(matter).tolist())


def test_parts_are_made_as_they_are_asked_for() -> None:
    made: list[str] = []

    def part() -> bytes:
        made.append("a")
        return b"1"

    parts = MadeParts({"a": part, "b": lambda: b"2"})
    assert list(parts) == ["a", "b"] and len(parts) == 2 and not made
    assert dict(parts) == {"a": b"1", "b": b"2"} and made == ["a"]
