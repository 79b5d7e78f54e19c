"""How fast copies are found, and how completely, beside the field: a generated collection with planted truth.

``python -m benchmarks.copies [PAGES] [--seed N] [--rounds N] [--no-peers] [--no-stripped] [--no-groups] [--retellings]
[--growth [PAGES ...]] [--plot FILE.svg] [--into FILE.md] [--keep FOLDER]``.

What the collection holds: ``copies_kinds``, ``copies_sites``; how it is scored: ``copies_scores``; what the peers do:
``copies_peers``. Firsthand (passages to the character included) and the peers that are installed take turns on the same
text, each in a process of its own; a peer that is too slow runs on fewer pages of the same kind, and the ratio is to
firsthand on those. Printed: pages per CPU-second (the median over the rounds; reading text into memory and making the
collection not counted), wall seconds, peak memory with the pages in it, recall by kind, precision, the share of pairs
that only share a source or a template and are called copies, and firsthand's speed as a multiple of each peer's.
``--growth`` runs collections of growing size and, of the middle one, the steps; ``--into`` sets the tables into a
document between its marks.

Needs the extra ``peers`` for the peers; without it they are skipped, which is said.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.copies_bounds import floors, machine, steps
from benchmarks.copies_corpus import make
from benchmarks.copies_peers import PEERS, installed
from benchmarks.copies_plot import draw
from benchmarks.copies_runs import FIRSTHAND, HELD, Figures, apart

Found = dict[tuple[str, int, bool], list[Figures]]
"""Runs by tool, pages, and whether the furniture was stripped."""
GROWTH = (10_000, 100_000, 1_000_000)
MARKS = ("<!-- measured: begin -->", "<!-- measured: end -->")
SPEED = ("pages/CPU s", "wall s", "MB with pages", "MB peak")
RECALL = ("k1", "k2", "k3", "k3 long", "wire", "chain")
CALLED = ("quote", "statement", "unmarked", "lookalike")
STRIPPED = " (furniture stripped)"
STRIPPED_HELP = "the peers run a second time on the pages as if somebody had taken the furniture out"


class Bench:
    """Collections by size, and what was measured on them."""

    def __init__(self, folder: Path, seed: int, retellings: bool, groups: bool) -> None:
        self.folder, self.seed, self.retellings, self.groups = folder, seed, retellings, groups

    def collection(self, pages: int) -> Path:
        """The folder of a collection, made if it is not there."""
        name = f"{pages}-{self.seed}{'' if self.groups else '-pairs'}"
        return make(self.folder / name, pages, self.seed, pages <= HELD, self.groups)

    def run(self, tool: str, pages: int, stripped: bool = False, from_file: bool = False) -> Figures:
        """One run of a tool; ``from_file``: it reads the pages as they come."""
        say(f"{tool} on {pages:,} pages{STRIPPED if stripped else ''}")
        return apart(tool, self.collection(pages), stripped, self.retellings and tool == FIRSTHAND, from_file)

    def rounds(self, pages: int, peers: list[str], rounds: int, strip: bool) -> Found:
        """Runs of each tool by (tool, pages, stripped); the tools take turns, another one first each time."""
        sizes = {peer: min(pages, PEERS[peer].most) for peer in peers}
        turns = [(FIRSTHAND, size, False) for size in sorted({pages, *sizes.values()})]
        turns += [(peer, size, stripped) for peer, size in sizes.items() for stripped in (False, True)[: 1 + strip]]
        found: Found = {turn: [] for turn in turns}
        for number in range(rounds):
            first = number * len(turns) // max(1, rounds)
            for tool, size, stripped in turns[first:] + turns[:first]:
                found[tool, size, stripped].append(self.run(tool, size, stripped))
        return found


def say(what: str) -> None:
    """Progress, on standard error."""
    print(f"  ... {what}", file=sys.stderr, flush=True)


def table(head: tuple[str, ...], rows: list[list[str]]) -> list[str]:
    """A table in Markdown."""
    lines = [list(head), ["---"] + ["---:"] * (len(head) - 1), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def share(value: float | None) -> str:
    """A share with three or four digits; nothing where there is none."""
    if value is None or value != value:
        return ""
    return f"{value:.4f}" if 0.99 < value < 1 else f"{value:.3f}"


def speed_row(name: str, runs: list[Figures]) -> list[str]:
    """A tool's speed and memory."""
    pages = int(runs[0]["pages"])
    speed = statistics.median(pages / run["cpu"] for run in runs)
    wall = statistics.median(run["wall"] for run in runs)
    before, peak = (max(run[what] for run in runs) for what in ("before", "peak"))
    return [name, f"{pages:,}", f"{speed:,.0f}", f"{wall:.1f}", f"{before:,.0f}", f"{peak:,.0f}"]


def right_row(name: str, run: Figures) -> list[str]:
    """How complete and how right a tool is."""
    out = [name, *(share(run.get(f"recall {kind}")) for kind in RECALL)]
    out += [share(run["precision"]), share(run["strict"]), share(run["unrelated"])]
    return [*out, *(share(run.get(f"called: {kind}")) for kind in CALLED), share(run["whole"]), share(run["pure"])]


def ratios(ours: list[Figures], theirs: list[Figures]) -> str:
    """How many times as fast, by CPU time, round by round."""
    each = [their["cpu"] / our["cpu"] for our, their in zip(ours, theirs, strict=True)]
    return f"{statistics.median(each):.1f} ({min(each):.1f} to {max(each):.1f})"


def report(found: Found) -> list[str]:
    """The tables of a comparison."""
    names = {turn: f"{turn[0]}{version_of(turn[0])}{STRIPPED if turn[2] else ''}" for turn in found}
    lines = ["", *table(("", "pages", *SPEED), [speed_row(names[turn], runs) for turn, runs in found.items()])]
    head = ("", *RECALL, "precision", "without wire", "unrelated", *CALLED, "whole", "pure")
    lines += ["", *table(head, [right_row(names[turn], runs[0]) for turn, runs in found.items()])]
    against = [
        [names[turn], ratios(found[FIRSTHAND, turn[1], False], runs)]
        for turn, runs in found.items()
        if turn[0] != FIRSTHAND
    ]
    if against:
        lines += ["", *table(("firsthand on the whole pages against", "times as fast, by CPU time"), against)]
    exact = [runs[0] for (tool, _, _), runs in found.items() if tool == FIRSTHAND and "passages" in runs[0]]
    if exact:
        lines += ["", f"Passages of planted pairs: {exact[-1]['passages']:.3f} of the planted words (median); within "]
        lines[-1] += f"3 % of what was planted in {exact[-1]['passages exact']:.3f} of the pairs."
    return lines


def version_of(tool: str) -> str:
    """The version of a peer."""
    return "" if tool == FIRSTHAND else f" {installed(tool)}"


def growth(bench: Bench, sizes: list[int], plot: Path | None) -> list[str]:
    """How cost grows with the pages, all read from their file as they come; and what bounds it."""
    runs = [(size, bench.run(FIRSTHAND, size, from_file=True)) for size in sizes]
    rows = []
    for size, run in runs:
        apiece = run["cpu"] / size * 1e6
        row = [f"{size:,}", f"{run['cpu']:.1f}", f"{run['wall']:.1f}", f"{apiece:.0f}", f"{size / run['cpu']:,.0f}"]
        rows.append(
            [*row, f"{run['peak']:,.0f}", share(run["recall k3"]), share(run["strict"]), f"{run['found']:,.0f}"]
        )
    head = ("pages", "CPU s", "wall s", "CPU µs a page", "pages/CPU s", "MB peak", "recall k3", "precision", "pairs")
    lines = ["", *table(head, rows)]
    if plot:
        plot.write_text(draw([(size, run["cpu"], run["peak"]) for size, run in runs]), encoding="utf-8")
    middle = min(sizes, key=lambda size: abs(size - 100_000))
    say(f"steps on {middle:,} pages")
    spent = steps(bench.collection(middle))
    parts = [[name, f"{s:.2f}", f"{s / middle * 1e6:.1f}", f"{s / spent['all']:.0%}"] for name, s in spent.items()]
    lines += ["", *table((f"step, {middle:,} pages", "CPU s", "µs a page", "share"), parts)]
    can = machine()
    lines += ["", *table(("this machine", ""), [[name, f"{value:,.1f}"] for name, value in can.items()])]
    least = [[name, f"{much:,.0f}", f"{micros:.1f}"] for name, much, micros in floors(bench.collection(middle), can)]
    return [*lines, "", *table(("a page asks at the least for", "a page", "µs at this machine's speed"), least)]


def set_into(document: Path, lines: list[str]) -> None:
    """Sets the lines between a document's marks."""
    text = document.read_text(encoding="utf-8")
    begin, end = MARKS
    new, count = re.subn(
        f"{re.escape(begin)}.*{re.escape(end)}", lambda _: "\n".join([begin, *lines, "", end]), text, flags=re.DOTALL
    )
    if not count:
        raise SystemExit(f"{document} has no {begin} ... {end}")
    document.write_text(new, encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--stripped", action=argparse.BooleanOptionalAction, default=True, help=STRIPPED_HELP)
    parser.add_argument("--skip", nargs="*", default=[], choices=list(PEERS), metavar="PEER", help="peers left out")
    parser.add_argument("--retellings", action="store_true", help="firsthand looks for retellings, too")
    parser.add_argument("--groups", action=argparse.BooleanOptionalAction, default=True, help="plant wire reports")
    parser.add_argument("--growth", type=int, nargs="*", metavar="PAGES", help="sizes; none: 10k, 100k, 1M")
    parser.add_argument("--plot", type=Path, help="with --growth: draws it as SVG")
    parser.add_argument("--into", type=Path, help="sets the tables into a document")
    parser.add_argument("--keep", type=Path, help="where collections are kept (3 KB a page); else they are thrown away")
    given = parser.parse_args()
    peers = [peer for peer in PEERS if given.peers and peer not in given.skip and installed(peer)]
    for peer in PEERS:
        if given.peers and peer not in peers:
            print(f"SKIPPED: {peer} is {'left out' if installed(peer) else 'not installed'}")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given.keep or Path(folder), given.seed, given.retellings, given.groups)
        lines = report(bench.rounds(given.pages, peers, given.rounds, given.stripped))
        if given.growth is not None:
            lines += growth(bench, given.growth or list(GROWTH), given.plot)
    print("\n".join(lines))
    if given.into:
        set_into(given.into, lines)


if __name__ == "__main__":
    main()
