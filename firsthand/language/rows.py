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


@cache
def every(name: str) -> tuple[dict[str, Any], ...]:
    """The table ``name`` of every language that has it: English first, then the others by their codes (``mul`` holds
    the rows of many languages)."""
    folders = resources.files("firsthand.language")
    codes = sorted(f.name for f in folders.iterdir() if (f / f"{name}.toml").is_file())
    return tuple(rows(name, code) for code in sorted(codes, key=lambda code: (code != "en", code)))
