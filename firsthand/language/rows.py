"""The language data: ``language/<code>/<name>.toml``, rows that a second language adds without code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def rows(name: str, language: str = "en") -> dict[str, Any]:
    """The table ``name`` of a language, as parsed TOML. The value is shared: callers must not change it."""
    path = resources.files("firsthand.language") / language / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
