"""The architecture as a table: who may import whom. The table is the diagram; a new arrow is a change of it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import firsthand

ROOT = Path(firsthand.__file__).parent
GROUND = {"records", "options", "errors", "rules", "overrules"}
ROOMS = ("pages", "articles", "copies", "stories", "statements", "reports", "claims", "origins", "dossier")
MAY_IMPORT: dict[str, set[str]] = {
    **{name: set() for name in GROUND},
    "overrules": {"records"},
    "language": GROUND,
    "newsrooms": {*GROUND, "language"},
    **{room: {*GROUND, "language", "newsrooms"} for room in ROOMS},
    "overruling": {"records", "errors", "overrules", "dossier"},
    "demo": {"records"},
    "versions": set(),
    "store": {"records", "errors"},
    "page_work": {"records", "errors", "store", "versions"},
    "sentence_work": {*GROUND, "language", "store", "page_work", "statements"},
    "running": {*GROUND, "store", "versions", "page_work", "sentence_work", "articles", "copies"},
    "pipeline": {*GROUND, "store", "versions", "page_work", "running", *ROOMS},
    "cli": {"errors", "store", "pipeline", "overruling", "dossier", "demo"},
    "__main__": {"cli"},
}
"""Room (a module or folder of ``firsthand/``) to the rooms that it may import beside itself."""

FILES = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a file imports, however it writes it."""
    package = ["firsthand", *path.relative_to(ROOT).parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{stem}.{alias.name}" for alias in node.names] if stem == "firsthand" else [stem]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("firsthand.") and name.count(".")}
    return found - {"__version__"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_arrows(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} is not in the table of rooms: give it a row"
    assert imported_rooms(path) - {room} <= MAY_IMPORT[room]


def test_every_row_is_a_room() -> None:
    assert set(MAY_IMPORT) == {room_of(path) for path in FILES}


@pytest.mark.parametrize("room", ROOMS)
def test_a_stage_says_what_it_does(room: str) -> None:
    """In, out, how it decides, where it is known to fail: in the docstring of the room."""
    words = (ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))) or "").lower()
    for part in ("in", "out", "decides", "known to fail"):
        assert part in words, f"the docstring of {room}/ does not say: {part}"


@pytest.mark.parametrize(
    "path", [p for p in FILES if room_of(p) in ROOMS], ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_stages_see_no_world(path: Path) -> None:
    """No clock, network or environment in a stage; only pages/ opens files (and dossier/ its own templates)."""
    banned = {"socket", "urllib.request", "http", "requests", "subprocess", "random", "sqlite3", "time"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
        assert not banned & {name for full in names for name in (full, full.split(".")[0])}, path
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in {("os", "environ"), ("datetime", "now"), ("date", "today")}, path
