"""The demo collection: 32 invented pages of invented outlets, and the truth about them. ``docs/demo.md`` tells it.

Package data only: ``pages/`` holds what a crawl would have left (flattened text, HTML, a JSONL file, a WARC file),
``truth.json`` what a careful editor finds in it (its ``about`` says how it is laid out).
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any


def collection() -> Path:
    """The folder of pages, as a path on disk."""
    return Path(str(resources.files(__name__) / "pages"))


def truth() -> dict[str, Any]:
    """What a careful editor finds in the collection (``truth.json``)."""
    path = resources.files(__name__) / "truth.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
