"""An answer as an outline: lines under lines, with the entries of the dossier that they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Line = tuple[int, str]
"""Depth (0 is a heading) and words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An outline in words, and the entries of the dossier that it was made from."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
