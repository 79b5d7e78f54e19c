"""What every test shares: where other people's pages are, if they are here at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does, before numpy is loaded
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled data beside the project; the test is skipped, aloud, where it is absent."""
    folder = Path(os.environ.get("FIRSTHAND_SHARED", ROOT.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip(f"SKIPPED ALOUD: no labelled pages at {folder} (set FIRSTHAND_SHARED); real pages are not tested")
    return folder
