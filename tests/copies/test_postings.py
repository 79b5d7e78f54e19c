"""Postings above the budget go to disk; the answer is the same, and nothing is left behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba")
from firsthand.copies import postings
from firsthand.copies.postings import BITS, Postings


def batches(seed: int, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Batches of postings of texts that share some fingerprints."""
    draw = np.random.default_rng(seed)
    made = []
    for batch in range(count):
        parts = draw.integers(0, 1 << BITS, 3000)
        keys = draw.integers(0, 40, 3000).astype(np.uint64) << np.uint64(32) | draw.integers(
            batch * 10, batch * 10 + 40, 3000
        ).astype(np.uint64)
        order = np.argsort(parts, kind="stable")
        made.append((keys[order], np.bincount(parts, minlength=1 << BITS)))
    return made


def pairs(budget: int, most: int = 12) -> np.ndarray:
    held = Postings(budget)
    for keys, sizes in batches(3, 6):
        held.add(keys, sizes)
    assert held.nbytes == 6 * 3000 * 8
    return held.sharing_pairs(most, 2)


def test_a_small_budget_gives_the_same_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = pairs(10**9)
    assert len(wanted) > 100
    for budget in (0, 24_000, 50_000, 100_000):
        assert np.array_equal(pairs(budget), wanted)
    monkeypatch.setattr(postings, "MOST_WAITING", 10)
    assert np.array_equal(pairs(30_000), wanted)


def test_nothing_is_left_on_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    held = Postings(0)
    for keys, sizes in batches(1, 3):
        held.add(keys, sizes)
    written = held._file
    assert written is not None and not written.closed
    monkeypatch.setattr(postings.machine, "posted_pairs", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        held.sharing_pairs(200, 2)
    assert written.closed
    assert not list(tmp_path.iterdir())


def test_a_folder_for_temporary_files_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    held = Postings(0)
    keys, sizes = batches(1, 1)[0]
    held.add(keys, sizes)
    with pytest.raises(OSError, match="nowhere"):
        held.add(keys, sizes)
