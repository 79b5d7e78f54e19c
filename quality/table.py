"""All labelled sets under PATH, measured one after another and printed as one table: ``python -m quality.table PATH``.

PATH is the folder that holds ``seeds/`` and ``eval/``. A set that is not there is named, and passed over.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from .frame import Figures, data_hash
from .sets import SETS, LabelledSet


def shown(part: LabelledSet, figures: Figures) -> list[tuple[str, str]]:
    """The figures that the table shows of a set, as text."""
    names = [name for name in part.figures if name in figures] or list(figures)
    return [(n, f"{figures[n]:.3f}" if isinstance(figures[n], float) else f"{figures[n]}") for n in names]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="the folder of labelled data")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these sets")
    parser.add_argument("--json", action="store_true", help="print all figures as one JSON object")
    given = parser.parse_args()
    everything: dict[str, Figures] = {}
    for part in SETS:
        if given.only and part.name not in given.only:
            continue
        place = part.path(given.path)
        if not place.exists():
            print(f"{part.name}: not measured, {place} is not here", file=sys.stderr)
            continue
        start = time.perf_counter()
        figures = part.measure(given.path)
        everything[part.name] = figures
        if not given.json:
            print(f"\n{part.name}  (data {data_hash(place)}, {time.perf_counter() - start:.0f} s)")
            for name, value in shown(part, figures):
                print(f"  {name:<26}{value:>10}", flush=True)
    if given.json:
        print(json.dumps(everything, indent=1))


if __name__ == "__main__":
    main()
