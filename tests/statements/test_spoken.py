"""The invented news sentences of ``spoken.toml`` and of the files beside it: what is right stays right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quality.chains import measure, misses, read_cases

ROOT = Path(__file__).parents[2]
SPOKEN = ROOT / "tests" / "cases" / "statements" / "spoken.toml"
UNSEEN = SPOKEN.with_name("unseen.toml")
PAGES = SPOKEN.with_name("pages.toml")
PRINTED = SPOKEN.with_name("printed.toml")


def pinned() -> list[Any]:
    cases = [*read_cases(SPOKEN, "case"), *read_cases(SPOKEN, "fresh"), *read_cases(UNSEEN, "fresh")]
    cases += [*read_cases(PAGES, "case"), *read_cases(PRINTED, "case")]
    known = pytest.mark.xfail(strict=True, reason="known miss")
    return [pytest.param(c, id=c["text"][:60], marks=[known] if c.get("known") else []) for c in cases]


@pytest.mark.parametrize("case", pinned())
def test_chains(case: dict[str, Any]) -> None:
    assert not list(misses(case))


def test_share_of_what_the_rules_were_improved_on() -> None:
    cases = read_cases(SPOKEN, "case")
    assert len(cases) >= 150
    assert sum(not c.get("known") for c in cases) / len(cases) >= 0.93
    assert sum(all(w.get("kind") == "own_voice" for w in c["want"]) for c in cases) >= 30


def test_the_command_scores_another_file(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    pier = 'text = "The pier is closed, the mayor said."\nwant = [{ says = "closed", chain = ["person: mayor"] }]\n'
    wrong = 'text = "The pier is shut."\nwant = [{ says = "shut", kind = "own_voice", chain = ["body: pier"] }]\n'
    other.write_text(f"[[case]]\n{pier}[[case]]\n{wrong}", encoding="utf-8")
    assert dict(measure(other)) == {
        "case_right": 0.5,
        "case_of": 2,
        "case_negatives_right": 0.0,
        "case_negatives_of": 1,
    }
    command = [sys.executable, "-m", "quality.chains", str(tmp_path / "none.toml")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode != 0 and "does not exist" in done.stderr
