"""The command line as a person meets it: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from firsthand import __version__, cli
from firsthand.demo import collection as demo_pages


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.cli, [str(a) for a in arguments], terminal_width=80)


@pytest.fixture(scope="session")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cli") / "out"
    pages = [p for p in sorted(demo_pages().rglob("*.txt")) if p.is_file()][:5]
    result = run("trace", *pages, "-o", out, "--processes", 1)
    assert result.exit_code == cli.DONE, result.output
    return out


def test_trace_says_what_to_open(traced: Path) -> None:
    result = run("trace", *sorted(demo_pages().rglob("*.txt"))[:5], "-o", traced)
    assert result.exit_code == 0
    assert f"Open {traced / 'dossier.html'}" in result.stdout
    assert "independent origin" in result.stdout
    assert all(len(line) <= 100 for line in result.stdout.splitlines() if "/" not in line)


def test_read_gives_articles_and_names_what_is_none(tmp_path: Path) -> None:
    pages = sorted(demo_pages().rglob("*.txt"))[:3]
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    result = run("read", *pages, tmp_path / "empty.txt", "--json")
    assert result.exit_code == cli.DONE
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(row["location"]).name for row in rows] == [page.name for page in pages]
    assert all(row["text"] and row["headline"] and row["set_aside"] for row in rows)
    assert "empty.txt: the file is empty" in result.stderr
    shown = run("read", *pages, "--text", "--one-pass").stdout
    assert "set aside" in shown and "published" in shown
    assert run("read", tmp_path / "empty.txt").exit_code == cli.NOTHING_MEASURED


def test_answers_come_from_the_store(traced: Path, tmp_path: Path) -> None:
    traced = Path(copytree(traced, tmp_path / "out"))  # others read the dossier that goes here
    (traced / "dossier.json").unlink()
    stories = json.loads(run("stories", "-d", traced, "--json").stdout)
    assert stories and all(row["finding"] for row in stories)
    assert stories[0]["id"] in run("stories", "-d", traced).stdout
    claims = json.loads(run("claims", "-d", traced, "--json").stdout)
    assert claims and all(row["origins"]["min"] <= row["origins"]["max"] for row in claims)
    only = json.loads(run("claims", "-d", traced, "--json", "--story", stories[0]["id"]).stdout)
    assert {row["story"] for row in only} == {stories[0]["id"]}
    assert claims[0]["id"] in run("claims", "-d", traced).stdout


def test_why_answers_for_every_kind_of_id(traced: Path) -> None:
    claims = json.loads(run("claims", "-d", traced, "--json").stdout)
    stories = json.loads(run("stories", "-d", traced, "--json").stdout)
    ids = [
        claims[0]["id"],
        claims[0]["statements"][0],
        stories[0]["id"],
        stories[0]["pages"][0],
        stories[0]["reports"][0],
    ]
    for key in ids:
        result = run("why", key, "-d", traced)
        assert result.exit_code == 0 and result.stdout.strip(), key
        assert json.loads(run("why", key, "-d", traced, "--json").stdout)[0]["id"] == key
    assert "because" in run("why", claims[0]["id"], "-d", traced).stdout


def test_why_answers_for_a_copy_by_its_two_pages(traced: Path) -> None:
    copies = json.loads((traced / "dossier.json").read_text(encoding="utf-8"))["copies"]
    row = next(row for row in copies if row["edits"])
    result = run("why", f"{row['b']}+{row['a']}", "-d", traced)
    assert result.exit_code == 0 and "They differ:" in result.stdout and "Direction:" in result.stdout
    assert "+" in run("why", row["a"], "-d", traced).stdout
    assert run("why", f"{row['a']}+{row['a']}", "-d", traced).exit_code == cli.USED_WRONGLY


def test_set_aside_shows_the_furniture(traced: Path) -> None:
    stories = json.loads(run("stories", "-d", traced, "--json").stdout)
    pages = [page for story in stories for page in story["pages"]]
    outputs = [run("set-aside", page, "-d", traced) for page in pages]
    assert all(r.exit_code == 0 for r in outputs)
    assert any("line" in r.stdout for r in outputs)
    assert run("set-aside", stories[0]["id"], "-d", traced).exit_code == cli.USED_WRONGLY


def test_used_wrongly(traced: Path, tmp_path: Path) -> None:
    for arguments in (
        ("trace", tmp_path / "nothing", "-o", tmp_path / "out"),
        ("why", "c-none", "-d", traced),
        ("why", "", "-d", traced),
        ("trace",),
        ("trace", tmp_path, "--until", "lunch"),
    ):
        result = run(*arguments)
        assert result.exit_code == cli.USED_WRONGLY, arguments
        assert result.stderr and not result.stdout
    assert "does not exist" in run("trace", tmp_path / "nothing", "-o", tmp_path / "out").stderr


def test_not_usable(tmp_path: Path) -> None:
    result = run("stories", "-d", tmp_path)
    assert result.exit_code == cli.NOT_USABLE and "firsthand trace PATH" in result.stderr
    (tmp_path / "page.txt").write_text("A page.")
    result = run("trace", tmp_path / "page.txt", "-o", tmp_path / "page.txt" / "out")
    assert result.exit_code == cli.NOT_USABLE and not result.stdout


def test_an_unfinished_trace_is_said(tmp_path: Path) -> None:
    page = min(demo_pages().rglob("*.txt"))
    assert run("trace", page, "-o", tmp_path, "--until", "articles").exit_code == 0
    result = run("claims", "-d", tmp_path)
    assert result.exit_code == cli.USED_WRONGLY and "not been finished" in result.stderr


def test_nothing_measured_has_its_own_code(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "script.html").write_text("<html><body><script>var a = 1;</script></body></html>")
    (pile / "empty.txt").write_text("")
    result = run("trace", pile, "-o", tmp_path / "out")
    assert result.exit_code == cli.NOTHING_MEASURED
    assert "empty.txt" in result.stderr and "script.html" in result.stderr
    dossier = json.loads((tmp_path / "out" / "dossier.json").read_text())
    assert len(dossier["input"]["unreadable"]) == 2 and (tmp_path / "out" / "dossier.html").exists()


def test_page_text_does_not_steer_the_terminal(tmp_path: Path) -> None:
    words = (
        "\x1b]0;owned\x07\x1b[31m\u202eHarbour of Ostrel closed\x1b[0m\n\n"
        + "The harbour of Ostrel was closed on Monday after a storm, mayor Ada Renn said. Nobody was hurt in the town. "
        * 5
    )
    (tmp_path / "page.txt").write_text(words)
    result = run("trace", tmp_path / "page.txt", "-o", tmp_path / "out")
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout and "\x07" not in result.stdout


def test_as_a_module() -> None:
    """``python -m firsthand`` is the command, for an environment whose scripts are not on the path."""
    done = subprocess.run([sys.executable, "-m", "firsthand", "--version"], capture_output=True, text=True, check=True)
    assert __version__ in done.stdout
