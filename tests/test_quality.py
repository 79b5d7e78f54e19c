"""The measuring commands: each runs on records of its format, and the pinned floors hold on the data that is here."""

from __future__ import annotations

import gzip
import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quality import gate
from quality.frame import data_hash, read_records
from quality.sets import SETS, LabelledSet

ROOT = Path(__file__).resolve().parent.parent
BODY = [
    "The harbour of Ostrel was closed on Monday after a storm, Mayor Ada Renn said.",
    "Nobody was hurt, she told the Ostrel Courier, and the ferries to Lomar would run again on Tuesday morning.",
]
TEXT = "\n".join(BODY)
MONDAY, TUESDAY = TEXT.index("Monday"), TEXT.index("Tuesday morning")
TIMES = [
    {"start": MONDAY, "end": MONDAY + len("Monday"), "value": "2031-05-05", "type": "DATE"},
    {"start": TUESDAY, "end": TUESDAY + len("Tuesday morning"), "value": "2031-05-06TMO", "type": "TIME"},
]
URL = "https://ostrel.example/1"
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
GOLD = {
    "title": "Harbour closed",
    "authors": ["Ada Renn"],
    "date": "2031-05-06",
    "sections": [{"headline": [], "paragraphs": BODY}],
}
SAID = {"source": [[63, 77]], "cue": [[78, 82]], "content": [[0, 61]]}
INVENTED: dict[str, list[dict[str, Any]]] = {
    "timexes": [{"id": "1", "text": TEXT, "dct": "2031-05-06", "timexes": TIMES}],
    "timelines": [
        {"id": "1", "text": TEXT, "dct": "2031-05-06"},
        {"target": "harbour", "entries": [{"date": "2031-05-06", "mentions": [{"doc": "1", "spans": [[0, 5]]}]}]},
    ],
    "polnear": [{"id": "1", "text": TEXT, "attributions": [SAID]}],
    "stories": [
        {"id": "1", "story": 1, "title": "Harbour closed", "text": TEXT, "date": "2031-05-06", "source": "Courier"},
        {"id": "2", "story": 1, "title": "Harbour shut", "text": TEXT, "date": "2031-05-06", "source": "Lomar News"},
    ],
    "flat_news": [
        {"id": "1", "text": f"Menu\n{TEXT}\nShare", "gold": {"body": BODY}, "style": "a", "lang": "en", "url": URL}
    ],
    "html_pages": [
        {"id": "1", "html": f"<html><body><h1>Harbour closed</h1>{HTML}</body></html>", "url": URL, "gold": GOLD}
    ],
}


@pytest.mark.parametrize("module", sorted(INVENTED))
def test_a_command_scores_other_data_of_its_format(module: str, tmp_path: Path) -> None:
    path = tmp_path / "invented.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in INVENTED[module])
    measure = importlib.import_module(f"quality.{module}").measure
    options = {"shipped": True} if module in ("flat_news", "html_pages") else {}
    figures = measure(path, **options)
    assert figures and all(isinstance(value, int | float) for value in figures.values())
    assert measure(tmp_path, **options).keys() == figures.keys()


def test_the_command_line_prints_json_and_names_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "times.jsonl"
    path.write_text(json.dumps(INVENTED["timexes"][0]) + "\n")
    command = [sys.executable, "-m", "quality.timexes"]
    done = subprocess.run([*command, str(path), "--json"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0 and json.loads(done.stdout)["strict"] == 1.0, done.stderr
    done = subprocess.run([*command, str(tmp_path / "none")], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode != 0 and "does not exist" in done.stderr
    (tmp_path / "empty.jsonl").write_text("")
    done = subprocess.run(
        [*command, str(tmp_path / "empty.jsonl")], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 2 and "nothing to measure" in done.stderr


def test_records_of_every_packing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"n": 1}\n\n{"n": 2}\n')
    with gzip.open(tmp_path / "b.jsonl.gz", "wt") as lines:
        lines.write('{"n": 3}\n')
    assert [row["n"] for row in read_records(tmp_path)] == [1, 2, 3]
    assert data_hash(tmp_path) != data_hash(tmp_path / "a.jsonl")


def test_a_fallen_figure_is_seen_and_a_floor_is_only_lowered_on_purpose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "rows.jsonl").write_text("{}\n")
    part = LabelledSet("invented", "timexes", "set", ("f1", "errors"), lower_is_better=("errors",))
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.toml")
    monkeypatch.setattr(gate, "SETS", (part,))
    gate.write_floors({"invented": gate.pin(part, tmp_path, {"f1": 0.9127, "errors": 0.0301}, lower=False)})
    pinned = gate.read_floors()["invented"]
    assert (pinned["f1"], pinned["errors"]) == (0.912, 0.031)
    fallen = [v.figure for v in gate.compare(part, tmp_path, {"f1": 0.91, "errors": 0.04}) or [] if v.fell]
    assert fallen == ["f1", "errors"]
    assert not any(v.fell for v in gate.compare(part, tmp_path, {"f1": 0.92, "errors": 0.0}) or [])
    kept = gate.pin(part, tmp_path, {"f1": 0.5, "errors": 0.5}, lower=False)
    assert (kept["f1"], kept["errors"]) == (0.912, 0.031)
    lowered = gate.pin(part, tmp_path, {"f1": 0.5, "errors": 0.5}, lower=True)
    assert (lowered["f1"], lowered["errors"]) == (0.5, 0.5)
    (tmp_path / "set" / "rows.jsonl").write_text("{}\n{}\n")
    assert gate.compare(part, tmp_path, {"f1": 0.1, "errors": 1.0}) is None


def test_every_set_names_a_command_and_its_floor_is_pinned() -> None:
    floors = gate.read_floors()
    for part in SETS:
        assert (ROOT / "quality" / f"{part.module}.py").is_file()
        assert part.name in floors, f"{part.name} has no floor: python -m quality.gate PATH --only {part.name} --raise"


@pytest.mark.parametrize("part", [p for p in SETS if p.in_ci], ids=lambda p: p.name)
def test_the_floors_hold(part: LabelledSet, shared: Path) -> None:
    if not part.path(shared).exists():
        pytest.skip(f"SKIPPED ALOUD: {part.path(shared)} is not here; the floors of {part.name} are not held")
    fallen = gate.hold(shared, [part])
    assert not fallen, "\n".join(f"{row.figure} {row.value:.4f} under {row.floor}" for row in fallen)
