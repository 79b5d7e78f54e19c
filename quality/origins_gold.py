"""Origins: a dossier of PATH's ``pages.jsonl``, traced as one collection, against an editor's marking in ``stories/``.

The scorer is ``score.py`` in PATH; its figures are explained there. ``false_independent`` (confirmation made out of
nothing) is the worst error.
"""

from __future__ import annotations

import json
from pathlib import Path

from .frame import Figures, run
from .tracing import scored, traced


def measure(path: Path, counts: bool = False) -> Figures:
    """Every share that the scorer prints; ``counts`` adds what each is out of."""
    for name in ("pages.jsonl", "score.py", "stories"):
        if not (path / name).exists():
            raise SystemExit(f"{path} holds no {name}: give the folder of a marked collection")
    with traced(path / "pages.jsonl") as dossier:
        table = json.loads(scored(path / "score.py", [str(dossier), str(path / "stories"), "--json"]))
    figures: dict[str, float | int] = {name: float(row["share"] or 0.0) for name, row in table.items()}
    if counts:
        figures.update({f"n_{name}": row["n"] for name, row in table.items()})
    return figures


if __name__ == "__main__":
    run(measure, __doc__, {"--counts": {"action": "store_true", "help": "also print what each share is out of"}})
