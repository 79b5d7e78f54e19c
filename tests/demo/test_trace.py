"""The main job on the demo collection: every fact of the truth, but for the misses that are known and listed.

`known_misses.txt` is what ``python -m quality.demo DOSSIER.json --misses`` prints. It is strict: a listed fact that is
found must be struck from the list.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from firsthand.demo import collection
from firsthand.pipeline import trace
from quality.demo import bare_name, score

KNOWN = Path(__file__).with_name("known_misses.txt")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("demo")
    trace([str(collection())], folder)
    return folder


@pytest.fixture(scope="module")
def dossier(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "dossier.json").read_text(encoding="utf-8"))
    return found


def test_the_dossier_has_the_facts(dossier: dict[str, Any]) -> None:
    results = {bare_name(name): ok for name, ok in score(dossier)}
    known = {line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}
    missed = {name for name, ok in results.items() if not ok}
    assert sorted(missed - known) == [], "facts that were found before"
    assert sorted(known - missed) == [], "found now (or no fact any more): strike these lines from known_misses.txt"


def test_a_hostile_headline_is_shown_as_text(out: Path, dossier: dict[str, Any]) -> None:
    hostile = "<script>alert(1)</script>"
    assert sum(hostile in (page["headline"] or "") for page in dossier["pages"]) == 2
    page = (out / "dossier.html").read_text(encoding="utf-8")
    assert hostile not in page
    assert "alert(1)" in page
