"""A dossier for a measurement: a real run over PATH in a folder that goes away."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from firsthand.pipeline import trace


@contextmanager
def traced(*paths: Path) -> Iterator[Path]:
    """The ``dossier.json`` of a run over ``paths``. ``FIRSTHAND_TRACES`` names a folder where runs are kept, so that
    measuring again after a change of rules does only the changed stages."""
    kept = os.environ.get("FIRSTHAND_TRACES")
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(kept or passing) / "-".join(path.resolve().name for path in paths)
        trace([str(path) for path in paths], folder)
        yield folder / "dossier.json"


def scored(script: Path, arguments: Sequence[str]) -> str:
    """What a scoring script that came with a labelled set prints."""
    done = subprocess.run([sys.executable, str(script), *arguments], capture_output=True, text=True, check=False)
    if not done.stdout:
        raise SystemExit(f"{script.name} printed nothing: {done.stderr.strip()[-400:]}")
    return done.stdout
