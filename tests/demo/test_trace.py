"""The main job on the demo collection: every fact of the truth, but for the misses that are known and listed.

`known_misses.txt` is what ``python -m quality.demo DOSSIER.json --misses`` prints. It is strict: a listed fact that is
found must be struck from the list.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from firsthand.articles.standing import decide_completeness, decide_genre
from firsthand.claims import decide_disagreement
from firsthand.copies import decide_relation as decide_copy
from firsthand.demo import collection
from firsthand.dossier import answers
from firsthand.dossier.wording import clip, page_name
from firsthand.options import Options
from firsthand.origins.counting import decide_interval
from firsthand.origins.first import decide_first
from firsthand.origins.merging import decide_relation
from firsthand.pipeline import trace
from firsthand.records import OpenMerge, Origin, Reason
from firsthand.reports.deriving import decide_kind
from firsthand.reports.directions import decide_direction
from firsthand.reports.maybe import decide_maybe_carried
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


def reasons(rows: list[dict[str, Any]]) -> list[Reason]:
    return msgspec.convert([{**row, "spans": []} for row in rows], list[Reason])


def test_every_count_and_first_is_recomputed_from_its_reasons(dossier: dict[str, Any]) -> None:
    """From ``dossier.json`` alone: which origins were merged and why, which stay open, how many there are."""
    within = {"same-report-and-source", "unnamed-of-one-report"}
    for claim in dossier["claims"]:
        found, opened = claim["origins"]["list"], claim["origins"]["open"]
        origins = [Origin(row["report"], row["source"], row["kind"], (), ()) for row in found]
        merges = [OpenMerge(row["a"], row["b"], ()) for row in opened]
        assert decide_interval(origins, merges) == (claim["origins"]["min"], claim["origins"]["max"])
        for row in found:
            assert all(r.rule in within or decide_relation([r]) == "one" for r in reasons(row["reasons"]))
            assert row["reasons"] or len(row["statements"]) == 1
        assert all(decide_relation(reasons(row["reasons"])) == "open" for row in opened)
        apart = [r for r in reasons(claim["origins"]["reasons"]) if decide_relation([r]) == "apart"]
        assert len(apart) == len(found) * (len(found) - 1) // 2 - len(opened)
        assert decide_first(reasons(claim["first"]["reasons"])) == claim["first"]["verdict"]


def test_every_other_verdict_is_recomputed_from_its_reasons(dossier: dict[str, Any]) -> None:
    options = Options()
    for row in dossier["disagreements"]:
        assert decide_disagreement(reasons(row["reasons"]))
    for row in dossier["reports"]:
        if row["in_collection"]:
            assert decide_kind(reasons(row["reasons"])) == row["kind"]
        assert all(decide_maybe_carried(reasons(m["reasons"]), options.reports) for m in row["maybe_carried_by"])
    for row in dossier["copies"]:
        assert decide_copy(reasons(row["reasons"]), options.copies) == row["relation"]
        assert decide_direction(reasons(row["direction_reasons"])) == row["direction"]
    for row in dossier["pages"]:
        assert decide_genre(reasons(row["reasons"])) == row["genre"]
        assert decide_completeness(reasons(row["reasons"])) == row["completeness"]


def test_why_gives_every_reason_with_page_and_words(dossier: dict[str, Any]) -> None:
    pages = {row["id"]: row for row in dossier["pages"]}
    for claim in dossier["claims"]:
        lines = [words for _, words in answers.why(dossier, claim["id"]).lines]
        given = [claim["first"]["reasons"], claim["reasons"], claim["origins"]["reasons"]]
        given += [row["reasons"] for row in (*claim["origins"]["list"], *claim["origins"]["open"])]
        for reason in (reason for rows in given for reason in rows):
            assert any(line.startswith(f"because {reason['because']} [{reason['rule']}") for line in lines)
        for key in claim["statements"]:
            row = next(row for row in dossier["statements"] if row["id"] == key)
            head = clip(row["text"], 400)
            assert any(head in line and page_name(pages[row["page"]]) in line for line in lines)
    for row in dossier["disagreements"]:
        lines = [words for _, words in answers.why(dossier, row["id"]).lines]
        assert all(any(clip(value, 120) in line for line in lines) for value in row["values"])
        assert all(any(r["because"] in line for line in lines) for r in row["reasons"])
