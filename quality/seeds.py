"""Seeds: the facts of ``check.py`` that a dossier of PATH's pages holds (a folder of pages with its check.py)."""

from __future__ import annotations

import re
from pathlib import Path

from .frame import Figures, run
from .tracing import scored, traced


def measure(path: Path, misses: bool = False) -> Figures:
    """Facts found, of how many; ``misses`` prints those that were not."""
    if not (path / "check.py").is_file():
        raise SystemExit(f"{path} holds no check.py: give the folder of pages that has one")
    with traced(*sorted(path.glob("*.txt"))) as dossier:
        said = scored(path / "check.py", [str(dossier), str(path)])
    if misses:
        print("\n".join(line for line in said.splitlines() if line.startswith("MISS")))
    facts = re.search(r"seeds (\d+)/(\d+)", said)
    return {"facts": int(facts.group(1)), "of": int(facts.group(2))} if facts else {}


if __name__ == "__main__":
    run(measure, __doc__, {"--misses": {"action": "store_true", "help": "print the facts that were not found"}})
