"""Floors: no measured figure may fall below what is pinned, on the very data that it was pinned on.

``python -m quality.gate PATH``             measure every set under PATH and compare; exit 1 where a figure fell
``python -m quality.gate PATH --raise``     pin what is now better
``python -m quality.gate PATH --lower``     pin what is now, also where it is worse: say why in the change

A floor holds the hash of its data; other data of the same name are not compared, and that is said.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .frame import Figures, data_hash
from .sets import SETS, LabelledSet

FLOORS = Path(__file__).parent / "floors.toml"
SLACK = 0.0005
"""Below what four decimals show: a floor is pinned at the measured figure, cut to three decimals."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure against its floor."""

    name: str
    figure: str
    floor: float
    value: float
    lower_is_better: bool

    @property
    def fell(self) -> bool:
        """Whether the figure is worse than its floor."""
        return self.value > self.floor + SLACK if self.lower_is_better else self.value < self.floor - SLACK


def read_floors() -> dict[str, dict[str, object]]:
    """Set name to ``data`` (hash) and the floor of each figure."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def compare(part: LabelledSet, root: Path, figures: Figures) -> list[Verdict] | None:
    """Each pinned figure against what was measured; None where the pinned data are other data."""
    pinned = read_floors().get(part.name)
    if pinned is None or pinned["data"] != data_hash(part.path(root)):
        return None
    return [
        Verdict(part.name, name, float(floor), float(figures[name]), name in part.lower_is_better)  # type: ignore[arg-type]
        for name, floor in pinned.items()
        if name != "data"
    ]


def pin(part: LabelledSet, root: Path, figures: Figures, lower: bool) -> dict[str, object]:
    """The new floors of a set: the better of old and new, or the new ones where ``lower`` is asked for."""
    old = read_floors().get(part.name, {})
    same = old.get("data") == data_hash(part.path(root))
    row: dict[str, object] = {"data": data_hash(part.path(root))}
    for name in part.figures or figures:
        if name not in figures:
            continue
        value = math.floor(float(figures[name]) * 1000) / 1000
        if name in part.lower_is_better:
            value = math.ceil(float(figures[name]) * 1000) / 1000
        before = old.get(name)
        if same and not lower and isinstance(before, float | int):
            value = min(value, float(before)) if name in part.lower_is_better else max(value, float(before))
        row[name] = value
    return row


def write_floors(rows: dict[str, dict[str, object]]) -> None:
    """Write the floors, sets in the order of ``SETS``."""
    lines = [
        "# Pinned by `python -m quality.gate PATH --raise`; lowered only by `--lower`, with the reason in the change.\n"
    ]
    for part in SETS:
        if part.name in rows:
            lines.append(f"\n[{part.name}]\n")
            lines += [f"{json.dumps(k)} = {json.dumps(v)}\n" for k, v in rows[part.name].items()]
    FLOORS.write_text("".join(lines), encoding="utf-8")


def hold(root: Path, parts: Iterable[LabelledSet]) -> list[Verdict]:
    """Measure the sets and print every figure against its floor; what fell is returned."""
    fallen = []
    for part in parts:
        if not part.path(root).exists():
            print(f"{part.name}: not held, {part.path(root)} is not here", file=sys.stderr)
            continue
        verdicts = compare(part, root, part.measure(root))
        if verdicts is None:
            print(f"{part.name}: not held, its floors were pinned on other data", file=sys.stderr)
            continue
        for row in verdicts:
            mark = "FELL" if row.fell else "ok"
            print(f"{mark:<5}{row.name:<16}{row.figure:<26}{row.value:>8.3f}  floor {row.floor:.3f}", flush=True)
        fallen += [row for row in verdicts if row.fell]
    return fallen


def main() -> None:
    """Hold the floors, or pin new ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="the folder of labelled data")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these sets")
    parser.add_argument("--ci", action="store_true", help="only the sets that are quick to measure")
    parser.add_argument("--raise", dest="higher", action="store_true", help="pin what is now better")
    parser.add_argument("--lower", action="store_true", help="pin what is now, also where it is worse")
    given = parser.parse_args()
    parts = [p for p in SETS if (not given.only or p.name in given.only) and (p.in_ci or not given.ci)]
    if given.higher or given.lower:
        rows = read_floors()
        for part in parts:
            if part.path(given.path).exists():
                rows[part.name] = pin(part, given.path, part.measure(given.path), given.lower)
        write_floors(rows)
        return
    if hold(given.path, parts):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
