"""The whole run: the same bytes however it is run, stopped, killed or resumed; nothing lost on the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from firsthand import copies, page_work, pipeline, running, sentence_work
from firsthand.demo import collection as demo_pages
from firsthand.options import Options, StoryOptions
from firsthand.rules import all_rules
from firsthand.store import FILE_NAME, Collection

FILES = ("dossier.json", "dossier.html")


@pytest.fixture(scope="session")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the demo's flattened pages: enough for two stories, few enough to be quick."""
    folder = tmp_path_factory.mktemp("made") / "pile"
    folder.mkdir()
    for path in [p for p in sorted(demo_pages().rglob("*.txt")) if p.is_file()][:8]:
        shutil.copy(path, folder / path.name)
    return folder


@pytest.fixture(scope="session")
def once(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One undisturbed run over the pile."""
    out = tmp_path_factory.mktemp("once")
    assert pipeline.trace([str(pile)], out, processes=1)
    return out


def same(a: Path, b: Path) -> bool:
    return all((a / name).read_bytes() == (b / name).read_bytes() for name in FILES)


def firsthand(*arguments: object, **more: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "firsthand", *map(str, arguments)]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


def test_the_same_bytes_with_two_processes(
    pile: Path, once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_work, "WORTH_A_PROCESS", 2)
    monkeypatch.setattr(page_work, "BATCH", 2)
    pipeline.trace([str(pile)], tmp_path, processes=2)
    assert same(tmp_path, once)


def test_the_same_bytes_whatever_the_order_of_files(pile: Path, once: Path, tmp_path: Path) -> None:
    files = sorted(pile.iterdir(), reverse=True)
    other = tmp_path / "pile"
    other.mkdir()
    for path in files:
        shutil.copy(path, other / path.name)
    pipeline.trace([str(other)], tmp_path / "out", processes=1)
    first, second = (json.loads((folder / FILES[0]).read_text()) for folder in (once, tmp_path / "out"))
    first["input"].pop("read"), second["input"].pop("read")
    assert first == second


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Collections of any size keep an index of their copies."""
    pytest.importorskip("numba")
    monkeypatch.setattr(copies, "MANY", 1)


def test_pages_that_come_and_go_give_what_a_fresh_run_gives(
    pile: Path, once: Path, tmp_path: Path, indexed: None
) -> None:
    pages = sorted(pile.iterdir())
    aside = tmp_path / "aside"
    aside.mkdir()
    out = tmp_path / "out"
    try:
        for page in pages[5:]:
            shutil.move(page, aside)
        pipeline.trace([str(pile)], out, processes=1)
        for page in aside.iterdir():
            shutil.copy(page, pile)
        shutil.move(pages[0], aside)
        pipeline.trace([str(pile)], out, processes=1)
        assert not same(out, once)
        with Collection(out / FILE_NAME) as collection:
            names = [name for (name,) in collection._db.execute("SELECT name FROM kept_parts")]
        assert "state" in names
    finally:
        for page in aside.iterdir():
            shutil.copy(page, pile)
    pipeline.trace([str(pile)], out, processes=1)
    assert same(out, once)


@pytest.mark.parametrize(
    "damage", ["UPDATE kept_parts SET body = x'00'", "DELETE FROM kept_parts WHERE name LIKE '%7'"]
)
def test_a_damaged_index_is_made_anew(
    pile: Path, once: Path, tmp_path: Path, indexed: None, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.trace([str(pile)], tmp_path, processes=1)
    with Collection(tmp_path / FILE_NAME) as collection:
        collection._db.execute(damage)
        collection._db.execute("UPDATE seals SET seal = '' WHERE stage = 'copies'")
    pipeline.trace([str(pile)], tmp_path, processes=1)
    assert same(tmp_path, once)


def test_an_unchanged_rerun_does_no_stage(pile: Path, once: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [(once / name).read_bytes() for name in FILES]

    def must_not_run(*_: object) -> Any:
        raise AssertionError("a stage ran again")

    monkeypatch.setattr(pipeline, "STAGES", tuple(replace(stage, run=must_not_run) for stage in pipeline.STAGES))
    pipeline.trace([str(pile)], once, processes=1)
    assert before == [(once / name).read_bytes() for name in FILES]


def test_a_changed_option_reruns_only_what_reads_it(pile: Path, once: Path, tmp_path: Path) -> None:
    shutil.copytree(once, tmp_path / "out")
    ran: list[str] = []
    options = Options(stories=StoryOptions(threshold=0.99))
    pipeline.trace(
        [str(pile)], tmp_path / "out", options, progress=lambda stage, done, of: ran.append(stage) if not done else None
    )
    started = set(ran)
    assert "stories" in started and not {"articles", "copies"} & started


def test_a_run_stopped_after_any_stage_goes_on_to_the_same_bytes(pile: Path, once: Path, tmp_path: Path) -> None:
    for stage in ("pages", "articles", "copies", "stories", "statements", "reports", "claims", "origins"):
        assert pipeline.trace([str(pile)], tmp_path, until=stage, processes=1) is None
        assert not (tmp_path / FILES[0]).exists()
    pipeline.trace([str(pile)], tmp_path, processes=1)
    assert same(tmp_path, once)


@pytest.mark.parametrize("after", [1.0, 2.0, 3.0, 4.5])
def test_a_killed_run_goes_on_to_the_same_bytes(pile: Path, once: Path, tmp_path: Path, after: float) -> None:
    running_one = firsthand("trace", pile, "-o", tmp_path, start_new_session=True)
    time.sleep(after)
    os.killpg(running_one.pid, signal.SIGKILL)
    running_one.communicate()
    again = firsthand("trace", pile, "-o", tmp_path)
    _, errors = again.communicate(timeout=120)
    assert again.returncode == 0, errors
    assert same(tmp_path, once)


def test_a_grown_collection_does_only_the_new_pages(
    pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown = tmp_path / "pile"
    shutil.copytree(pile, grown)
    last = sorted(grown.iterdir())[-1]
    words = last.read_text()
    last.unlink()
    pipeline.trace([str(grown)], tmp_path / "out", processes=1)
    last.write_text(words)
    done: list[str] = []
    cleaned: list[str] = []
    state, clean = sentence_work._state, running._clean
    monkeypatch.setattr(running, "_clean", lambda item, options: cleaned.append(item[0].id) or clean(item, options))
    monkeypatch.setattr(sentence_work, "_state", lambda item, options: done.append(item.page) or state(item, options))
    pipeline.trace([str(grown)], tmp_path / "out", processes=1)
    assert len(cleaned) <= 2 and len(done) <= 2  # the new page, and one whose furniture was learnt from it at most
    pipeline.trace([str(grown)], tmp_path / "fresh", processes=1)
    assert same(tmp_path / "out", tmp_path / "fresh")


def test_what_one_site_repeats_is_set_aside(tmp_path: Path) -> None:
    blurb = "Readers get every story first: join the friends of this newspaper today, and never miss a word of it."
    texts = [
        "The council of Ostrel voted on Monday to close the library by the river, said the mayor, Ada Renn.",
        "A ferry of the Lomar Line ran aground off Venn Point in thick fog, and forty people were taken ashore.",
        "Judge Ida Voss fined the brewery Carrow Brothers for pouring its waste into the millstream for nine years.",
        "Tenants in Quist Street have stopped paying rent until their landlord, Per Halden, mends the heating.",
    ]
    later = [
        "Readers carried a petition of four hundred names to the town hall, where the doors stayed shut until evening.",
        "Divers will look at the hull on Thursday; the captain, who has sailed for thirty years, would not speak.",
        "The firm wants to appeal. Fishermen downstream had collected dead trout in buckets as proof since spring.",
        "Two families moved in with relatives in January, when the pipes burst and nobody came to repair them.",
    ]
    rows = [
        {"url": f"https://harrow-post.example/{n}", "text": f"News item number {n}\n{text}\n{end}\n{blurb}"}
        for n, (text, end) in enumerate(zip(texts, later, strict=True))
    ]
    (tmp_path / "site.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    dossiers = [pipeline.trace([str(tmp_path / "site.jsonl")], tmp_path / str(n), processes=n) for n in (1, 2)]
    assert dossiers[0] == dossiers[1] and dossiers[0] is not None
    assert len(dossiers[0]["pages"]) == 4
    for page in dossiers[0]["pages"]:
        assert blurb not in page["text"] and any(blurb in block["lines"] for block in page["set_aside"])


def test_a_fault_on_one_page_costs_only_that_page(pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import firsthand.articles

    real = firsthand.articles.clean_page

    def fails_on_the_first(page: Any, *rest: Any) -> Any:
        if page.location.endswith(sorted(p.name for p in pile.iterdir())[0]):
            raise RecursionError("too deep")
        return real(page, *rest)

    monkeypatch.setattr(firsthand.articles, "clean_page", fails_on_the_first)
    dossier = pipeline.trace([str(pile)], tmp_path, processes=1)
    assert dossier and len(dossier["pages"]) == len(list(pile.iterdir())) - 1
    assert ["a fault in firsthand" in row["why"] for row in dossier["input"]["unreadable"]] == [True]


def walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def test_laws_of_the_dossier(once: Path, pile: Path) -> None:
    """Spans slice back; in = out + set aside; every id resolves; every reason names a documented rule."""
    dossier = json.loads((once / FILES[0]).read_text())
    pages = {page["id"]: page for page in dossier["pages"]}
    assert len(pages) + len(dossier["input"]["unreadable"]) == len(list(pile.iterdir()))
    for page in pages.values():
        assert "\n\n".join(page["text"][s:e] for s, e in page["paragraphs"]) == page["text"]
    statements = {row["id"]: row for row in dossier["statements"]}
    for row in statements.values():
        text = pages[row["page"]]["text"]
        assert text[row["span"][0] : row["span"][1]] == row["text"]
        assert row["chain"][0]["role"] == "newsroom"
        for link in row["chain"]:
            for span in (link["span"], link["content"], (link["cue"] or {}).get("span")):
                assert span is None or 0 <= span[0] <= span[1] <= len(text)
            if link["cue"] and link["cue"]["span"]:
                assert text[slice(*link["cue"]["span"])] == link["cue"]["words"]
    assert sorted(page for story in dossier["stories"] for page in story["pages"]) == sorted(pages)
    claimed = {key for claim in dossier["claims"] for key in claim["statements"]}
    assert claimed == set(statements)
    reports = {row["id"] for row in dossier["reports"]}
    for claim in dossier["claims"]:
        origins = claim["origins"]
        assert 0 <= origins["min"] <= origins["max"] and origins["max"] <= len(origins["list"])
        assert {o["report"] for o in origins["list"]} - {None} <= reports
        parts = claim["pages"]
        story = next(s for s in dossier["stories"] if s["id"] == claim["story"])
        assert sorted([*parts["carried"], *parts["silent"], *parts["unreadable"]]) == sorted(story["pages"])
    for row in walk(dossier):
        if "rule" in row and "because" in row:
            assert row["rule"] in all_rules(), row["rule"]


def test_every_sentence_is_accounted_for(once: Path) -> None:
    """No letter of a body stands outside all statements."""
    dossier = json.loads((once / FILES[0]).read_text())
    for page in dossier["pages"]:
        covered = bytearray(len(page["text"]))
        for row in dossier["statements"]:
            if row["page"] == page["id"]:
                for start, end in [
                    row["span"],
                    *(link["span"] or (0, 0) for link in row["chain"]),
                    *(link["content"] or (0, 0) for link in row["chain"]),
                    *((link["cue"] or {}).get("span") or (0, 0) for link in row["chain"]),
                ]:
                    covered[start:end] = b"\x01" * (end - start)
        left = "".join(c for c, done in zip(page["text"], covered, strict=True) if not done and c.isalnum())
        assert len(left) <= 0.02 * len(page["text"]), (page["location"], left[:80])


def test_the_collection_holds_what_the_dossier_says(once: Path) -> None:
    with Collection(once / FILE_NAME) as store:
        found = pipeline.findings(store)
        assert all(store.content(page.id) and not page.content for page in found.pages)
    assert len(found.pages) >= len(found.articles) > 0


def test_a_script_without_a_guard_is_told_what_to_type(pile: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    call = f"print(len(trace([{str(pile)!r}], {str(tmp_path / 'out')!r}, processes=2, until='articles') or 'done'))"
    setting = "from firsthand import page_work, trace\n\npage_work.WORTH_A_PROCESS = 2\n"
    script.write_text(f"{setting}{call}\n", encoding="utf-8")
    told = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, timeout=120)
    last = told.stderr.strip().splitlines()[-1]
    assert told.returncode == 1 and last.startswith("firsthand.errors.WorkerLost: a worker process ended")
    assert "bootstrapping" not in told.stderr  # the workers themselves say nothing
    script.write_text(f"{setting}\nif __name__ == '__main__':\n    {call}\n", encoding="utf-8")
    assert subprocess.run([sys.executable, script], capture_output=True, check=False, timeout=120).returncode == 0
