"""One tool on one collection, in a process of its own: ``python -m benchmarks.copies_runs TOOL FOLDER OUT``.

The pages' texts are in memory before the clock starts (but for collections above :data:`HELD` pages, and with
``--from-file``, where firsthand reads them as they come), and each tool has seen a few pages, so that what it compiles
or loads is not counted; words are made of texts while it runs. Written to OUT: the pairs (``.npy``) and the figures
(``.json``): CPU seconds of all its threads and children, wall seconds, resident memory before it starts and at its
peak.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.copies_corpus import Articles, Truth
from benchmarks.copies_peers import PEERS, installed
from benchmarks.copies_scores import Pairs, score
from firsthand.options import CopyOptions
from firsthand.records import Article, Copy

HELD = 200_000
"""Pages up to which all articles are in memory."""
FIRSTHAND = "firsthand"
WARM = 3_000
Figures = dict[str, float]


def memory() -> tuple[float, float]:
    """Resident memory now, and its peak so far, in MB (not getrusage: a child begins with its parent's peak there)."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    held = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith("Vm")}
    return float(held["VmRSS"]) / 1024, float(held["VmHWM"]) / 1024


def timed(work: Callable[[], Any]) -> tuple[Any, Figures]:
    """What the work returns, and what it took."""
    before = memory()[0]
    cpu, wall = sum(os.times()[:4]), time.perf_counter()
    result = work()
    figures = {"cpu": sum(os.times()[:4]) - cpu, "wall": time.perf_counter() - wall}
    return result, {**figures, "before": before, "peak": memory()[1]}


def run_firsthand(folder: Path, column: str, retellings: bool, from_file: bool = False) -> tuple[Pairs, Figures]:
    """Copies with their passages. ``from_file``: the pages are read as they come, however many they are."""
    from firsthand.copies import find_copies

    options = CopyOptions(retellings=retellings)
    lazy = Articles(folder, column)
    articles: Sequence[Article] = lazy if from_file or len(lazy) > HELD else list(lazy)
    find_copies(articles[:WARM], options)
    copies, figures = timed(lambda: find_copies(articles, options))
    pairs = np.array([(int(copy.a[1:]), int(copy.b[1:])) for copy in copies], dtype=np.int64).reshape(-1, 2)
    return pairs, {**figures, **_passages(copies, lazy, Truth.read(folder))}


def _passages(copies: Sequence[Copy], articles: Articles, truth: Truth, most: int = 3000) -> Figures:
    """Of planted pairs: the words of their passages as a share of the words that were planted in both."""
    found: list[float] = []
    for copy in copies:
        a, b = int(copy.a[1:]), int(copy.b[1:])
        planted = int(truth.shared[truth.event[a]]) if truth.event[a] == truth.event[b] else 0
        if planted and len(found) < most:
            text = articles.text(a)
            found.append(sum(len(passage.a.of(text).split()) for passage in copy.passages) / planted)
    if not found:
        return {}
    shares = np.array(found)
    return {"passages": float(np.median(shares)), "passages exact": float((np.abs(shares - 1) <= 0.03).mean())}


def run_peer(name: str, folder: Path, column: str) -> tuple[Pairs, Figures]:
    """The pairs that a peer calls near-duplicates."""
    texts = list(Articles(folder, column).texts())
    PEERS[name].pairs(texts[:100])
    pairs, figures = timed(lambda: PEERS[name].pairs(texts))
    return pairs, figures


def apart(
    tool: str, folder: Path, stripped: bool = False, retellings: bool = False, from_file: bool = False
) -> Figures:
    """Runs a tool in a process of its own; its figures and its scores."""
    out = folder / f"found-{tool.replace(' ', '-')}"
    command = [sys.executable, "-m", "benchmarks.copies_runs", tool, str(folder), str(out)]
    command += ["--stripped"] * stripped + ["--retellings"] * retellings + ["--from-file"] * from_file
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{tool} failed:\n{done.stderr[-3000:]}")
    figures: Figures = json.loads(out.with_suffix(".json").read_text())
    return {**figures, **score(np.load(out.with_suffix(".npy")), Truth.read(folder)).flat()}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", choices=[FIRSTHAND, *PEERS])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--stripped", action="store_true", help="without the pages' furniture")
    parser.add_argument("--retellings", action="store_true", help="firsthand looks for retellings, too")
    parser.add_argument("--from-file", action="store_true", help="firsthand reads the pages as they come")
    given = parser.parse_args()
    column = "own" if given.stripped else "text"
    if given.tool == FIRSTHAND:
        pairs, figures = run_firsthand(given.folder, column, given.retellings, given.from_file)
    elif not installed(given.tool):
        parser.error(f"{given.tool} is not installed here: pip install -e '.[peers]'")
    else:
        pairs, figures = run_peer(given.tool, given.folder, column)
    np.save(given.out.with_suffix(".npy"), pairs)
    given.out.with_suffix(".json").write_text(json.dumps({**figures, "pages": len(Truth.read(given.folder).event)}))


if __name__ == "__main__":
    main()
