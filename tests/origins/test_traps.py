"""Whole small collections, invented, that are easily counted wrongly: traced from pages to intervals."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from firsthand import pipeline

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/origins/traps.toml").read_text(encoding="utf-8"))["case"]


def traced(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The dossier of a case's pages."""
    rows = [{"id": f"page{i}", **page, "text": page["text"].strip()} for i, page in enumerate(case["page"])]
    pages = folder / "pages.jsonl"
    pages.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    dossier = pipeline.trace([str(pages)], folder / "out", processes=1)
    assert dossier is not None and len(dossier["pages"]) == len(rows)
    return dossier


def claim_about(dossier: dict[str, Any], words: str) -> dict[str, Any]:
    """Of the claims with a statement that holds these words, the one on most pages."""
    ids = {row["id"] for row in dossier["statements"] if words in row["text"]}
    found = [row for row in dossier["claims"] if ids & set(row["statements"])]
    assert found, f"no claim holds {words!r}"
    best: dict[str, Any] = max(found, key=lambda row: len(row["pages"]["carried"]))
    return best


def holds(dossier: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """What the dossier says where a case expects something."""
    claim = claim_about(dossier, expected["about"])
    outlet = {row["id"]: row["outlet"]["name"] for row in dossier["pages"]}
    first = claim["first"]
    found = {
        "about": expected["about"],
        "pages": len(claim["pages"]["carried"]),
        "interval": [claim["origins"]["min"], claim["origins"]["max"]],
        "first": outlet[first["pages"][0]] if first["verdict"] == "found" else None,
        "first_verdict": first["verdict"],
        "loops": len(claim["loops"]),
        "noted": expected.get("noted") if str(expected.get("noted")) in str(claim["origins"]) else None,
    }
    return {key: found[key] for key in expected}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_trap(case: dict[str, Any], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if "fails" in case:
        request.applymarker(pytest.mark.xfail(strict=True, reason=case["fails"]))
    dossier = traced(case, tmp_path)
    assert [holds(dossier, expected) for expected in case["expect"]] == case["expect"]
