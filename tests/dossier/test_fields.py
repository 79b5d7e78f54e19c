"""docs/dossier.md names every field of dossier.json, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

DOC = Path(__file__).resolve().parents[2] / "docs" / "dossier.md"
OPEN = {"made_with", "options"}  # name to value, any names
SHARED = {"reasons", "direction_reasons", "published", "when", "about"}  # described once, under "Shared shapes"


def fields(value: Any, path: str = "") -> set[str]:
    """The paths of all leaves: ``pages[].outlet.name``."""
    name = path.rsplit(".", 1)[-1]
    if name in SHARED or name in OPEN:
        return {path}
    if isinstance(value, dict):
        return {leaf for key, item in value.items() for leaf in fields(item, f"{path}.{key}" if path else key)}
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return {leaf for item in value for leaf in fields(item, f"{path}[]")}
    return {path}


def documented() -> set[str]:
    text = DOC.read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z_.\[\]]+)` \|", text, re.MULTILINE))


def leaves(dossier: dict[str, Any]) -> set[str]:
    """Without the null of a part that other entries have (``outlet`` beside ``outlet.name``)."""
    found = fields(dossier)
    return {leaf for leaf in found if not any(other.startswith((f"{leaf}.", f"{leaf}[]")) for other in found)}


def test_every_field_is_documented(dossier: dict[str, Any]) -> None:
    assert leaves(dossier) - documented() == set()


def test_every_documented_field_is_there(dossier: dict[str, Any]) -> None:
    assert documented() - leaves(dossier) == set()


def test_shared_shapes_are_as_documented(dossier: dict[str, Any]) -> None:
    text = DOC.read_text(encoding="utf-8")
    page = next(row for row in dossier["pages"] if row["id"] == "page-1")
    reason = next(row for row in dossier["copies"] if row["reasons"][0]["spans"])["reasons"][0]
    assert f"`{{{', '.join(page['published'])}}}`" in text
    assert f"`{{{', '.join(reason)}}}`" in text
    assert f"`[{{{', '.join(reason['spans'][0])}}}]`" in text


def test_the_fields_of_the_contract_are_there(dossier: dict[str, Any]) -> None:
    """The names that anyone may rely on, whatever else is added."""
    contract = {
        "pages": "id location given_id headline text paragraphs outlet byline credit published dates topics genre "
        "completeness set_aside report",
        "reports": "id newsroom in_collection pages headline published kind cites derived_from maybe_carried_by",
        "copies": "a b relation direction share passages reasons",
        "stories": "id title pages reports when finding",
        "statements": "id page span text kind chain polarity hedge about",
        "claims": "id story text statements pages origins first loops",
        "disagreements": "id story kind statements values text",
        "timeline": "when text claim statements",
    }
    assert {"schema", "made_with", "options", "input", *contract} <= set(dossier)
    for table, names in contract.items():
        for row in dossier[table]:
            assert set(names.split()) <= set(row), table
    contract_link = "role name report kind description count anonymity_reason relation cue span content"
    link = set(contract_link.split())
    assert all(link <= set(row) for statement in dossier["statements"] for row in statement["chain"])
