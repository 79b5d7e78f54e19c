"""A pile with everything in it that goes wrong: each named in the dossier with its reason, the rest as if alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from broken import UNREADABLE

from firsthand.demo import collection as demo_pages
from firsthand.pipeline import trace

THAI = "เรือข้ามฟากจากเมืองออสเทรลหยุดให้บริการเมื่อวันจันทร์หลังเกิดพายุรุนแรง นายกเทศมนตรีกล่าวว่าไม่มีผู้ได้รับบาดเจ็บ " * 12
LARGE = {
    "line_of_50_mb.txt": lambda: b"harbour " * 6_500_000,
    "million_tags.html": lambda: b"<html><body>" + b"<div>" * 1_000_000 + b"storm",
    "million_quotes.txt": lambda: ("The mayor said. " * 20 + "“" * 1_000_000).encode(),
    "scripts_only.html": lambda: (
        b"<html><head><script>" + b"var harbour = 1;" * 500 + b"</script></head><body></body></html>"
    ),
    "navigation_only.txt": lambda: b"Home\nNews\nSport\nWeather\nLog in\nSubscribe\n" * 5,
    "thai.txt": lambda: THAI.encode(),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good") / "pile"
    folder.mkdir()
    for path in sorted(demo_pages().rglob("*.txt"))[:4]:
        shutil.copy(path, folder / f"good_{path.name}")
    return folder


def test_everything_that_goes_wrong(good: Path, tmp_path: Path) -> None:
    alone = trace([str(good)], tmp_path / "alone", processes=1)
    pile = tmp_path / "pile"
    shutil.copytree(good, pile)
    (pile / "empty_folder").mkdir()
    skipped = {"long_line.txt", "tags.html"}  # here with the real limits instead
    made = {name: make for name, (make, _) in UNREADABLE.items() if name not in skipped} | LARGE
    for name, make in made.items():
        (pile / name).write_bytes(make())
    dossier = trace([str(pile)], tmp_path / "out", processes=1)
    assert alone and dossier
    named = {row["location"].removeprefix("pile/"): row["why"] for row in dossier["input"]["unreadable"]}
    for name in made:
        assert any(location.startswith(name) and why for location, why in named.items()), f"{name} is not named"
    assert len(made) >= 20
    words = [json.dumps([row["text"], row["chain"]], sort_keys=True) for row in alone["statements"]]
    assert words == [json.dumps([row["text"], row["chain"]], sort_keys=True) for row in dossier["statements"]]
    assert [(c["text"], c["origins"]["min"], c["origins"]["max"]) for c in alone["claims"]] == [
        (c["text"], c["origins"]["min"], c["origins"]["max"]) for c in dossier["claims"]
    ]
