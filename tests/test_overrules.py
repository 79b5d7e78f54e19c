"""An editor's overrules, over whole runs: kept, applied again, shown, taken back, never dropped silently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from firsthand import cli, pipeline
from firsthand.origins.counting import decide_interval
from firsthand.records import OpenMerge, Origin

PAGES = [
    {
        "outlet": "Plover Courier",
        "date": "2031-05-02T07:00:00Z",
        "title": "Police chief of Orlo to resign",
        "text": "The police chief of Orlo, Rolf Anker, will resign next week, two officials in the county government "
        "said.\n\nThe officials asked not to be named because the decision has not been announced.\n\n"
        "Anker has led the police since 2024. The county council meets on Tuesday.",
    },
    {
        "outlet": "Gannet Weekly",
        "date": "2031-05-02T08:30:00Z",
        "title": "Anker to go as police chief",
        "text": "Rolf Anker, the police chief of Orlo, is to resign next week, according to a senior county official "
        "with knowledge of the matter.\n\nThe mayor has a successor in mind, the official said.\n\n"
        "Anker could not be reached.",
    },
    {
        "outlet": "Tern Daily",
        "date": "2031-05-02T09:00:00Z",
        "title": "Herring feast moves to June",
        "text": "The Orlo herring feast moves to June, the harbour master Ib Storr said on Friday.\n\n"
        "Storr said that the quay would be repaired in July. Last year the feast drew 6,000 people.",
    },
]
LATER = {
    "outlet": "Orlo Herald",
    "date": "2031-05-02T15:00:00Z",
    "title": "Orlo police chief resigns",
    "text": "Rolf Anker, the police chief of Orlo, will resign next week, a person close to the county government said."
    "\n\nThe police union was told on Friday morning.",
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.cli, [str(a) for a in arguments], terminal_width=80)


def write(folder: Path, rows: list[dict[str, Any]]) -> Path:
    """A folder with a file a page, so that one more page leaves the others' locations as they are."""
    folder.mkdir(exist_ok=True)
    for row in rows:
        (folder / f"{row['outlet']}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


def dossier_of(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "dossier.json").read_text(encoding="utf-8"))
    return found


def resigning(dossier: dict[str, Any]) -> dict[str, Any]:
    """The claim that the police chief will resign."""
    ids = {row["id"] for row in dossier["statements"] if "resign next week" in row["text"]}
    best: dict[str, Any] = max(
        (row for row in dossier["claims"] if ids & set(row["statements"])), key=lambda row: len(row["statements"])
    )
    return best


def rules_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        mine = {str(value["rule"])} if "rule" in value else set()
        return mine.union(*map(rules_in, value.values()))
    return set().union(*map(rules_in, value)) if isinstance(value, list) else set()


@pytest.fixture
def traced(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    assert pipeline.trace([str(write(tmp_path / "pages", PAGES))], out, processes=1)
    claim = resigning(dossier_of(out))
    assert (claim["origins"]["min"], claim["origins"]["max"]) == (1, 2)
    return out


def test_two_origins_are_one_on_every_run_until_it_is_taken_back(traced: Path, tmp_path: Path) -> None:
    before = {name: (traced / name).read_bytes() for name in ("dossier.json", "dossier.html")}
    claim = resigning(dossier_of(traced))
    said = run(
        "merge", f"{claim['id']}.1", f"{claim['id']}.2", "-d", traced, "--note", "one desk", "--on", "2031-05-09"
    )
    assert said.exit_code == cli.DONE, said.output
    assert "one origin, overruled by an editor on 2031-05-09: one desk" in said.stdout and "origins 1:" in said.stdout

    now = dossier_of(traced)
    origins = resigning(now)["origins"]
    assert (origins["min"], origins["max"], len(origins["list"])) == (1, 1, 1)
    assert "editor-one-origin" in rules_in(origins) and now["overrules"][0]["applies"] is True
    assert "overruled by an editor on 2031-05-09: one desk" in (traced / "dossier.html").read_text(encoding="utf-8")
    assert "overruled by an editor" in run("claims", "-d", traced).stdout
    for key in (claim["id"], f"{claim['id']}.1", now["overrules"][0]["id"]):
        shown = " ".join(run("why", key, "-d", traced).stdout.split())
        assert "overruled by an editor on 2031-05-09: one desk" in shown and "Gannet Weekly" in shown

    after = (traced / "dossier.json").read_bytes()
    pipeline.trace([str(tmp_path / "pages")], traced, processes=1)
    assert (traced / "dossier.json").read_bytes() == after

    write(tmp_path / "pages", [LATER])  # another page: the claim has another id, and the overrule holds
    pipeline.trace([str(tmp_path / "pages")], traced, processes=1)
    grown = resigning(dossier_of(traced))
    assert grown["id"] != claim["id"] and len(grown["pages"]["carried"]) == 3
    assert grown["origins"]["max"] == 2 and dossier_of(traced)["overrules"][0]["applies"] is True

    (tmp_path / "pages" / f"{LATER['outlet']}.jsonl").unlink()
    pipeline.trace([str(tmp_path / "pages")], traced, processes=1)
    listed = run("overrules", "-d", traced)
    assert "one origin, overruled by an editor on 2031-05-09: one desk" in listed.stdout
    assert run("overrules", "--undo", now["overrules"][0]["id"], "-d", traced).exit_code == cli.DONE
    assert {name: (traced / name).read_bytes() for name in before} == before


def test_two_origins_are_two(traced: Path) -> None:
    claim = resigning(dossier_of(traced))
    assert run("split", f"{claim['id']}.1", f"{claim['id']}.2", "-d", traced).exit_code == cli.DONE
    origins = resigning(dossier_of(traced))["origins"]
    assert (origins["min"], origins["max"]) == (2, 2) and "editor-two-origins" in rules_in(origins)
    rows = [Origin(row["report"], row["source"], row["kind"], (), ()) for row in origins["list"]]
    assert decide_interval(rows, [OpenMerge(row["a"], row["b"], ()) for row in origins["open"]]) == (2, 2)
    # the later one takes the earlier one's place
    assert run("merge", f"{claim['id']}.1", f"{claim['id']}.2", "-d", traced).exit_code == cli.DONE
    assert [row["verdict"] for row in dossier_of(traced)["overrules"]] == ["one"]
    assert resigning(dossier_of(traced))["origins"]["max"] == 1
    # and one origin is parted by its statements
    origin = resigning(dossier_of(traced))["origins"]["list"][0]
    refused = run("split", f"{claim['id']}.1", f"{claim['id']}.1", "-d", traced)
    assert refused.exit_code == cli.USED_WRONGLY and "--about origins" in refused.stderr
    first, second = origin["statements"]
    assert run("split", first, second, "--about", "origins", "-d", traced).exit_code == cli.DONE
    assert resigning(dossier_of(traced))["origins"]["min"] == 2


def test_claims_are_parted_and_put_together(traced: Path) -> None:
    claim = resigning(dossier_of(traced))
    first, second = claim["statements"]
    assert run("split", first, second, "-d", traced, "--note", "not the same").exit_code == cli.DONE
    now = dossier_of(traced)
    two = [row for row in now["claims"] if {first, second} & set(row["statements"])]
    assert sorted(len(row["statements"]) for row in two) == [1, 1]
    assert all("editor-two-claims" in rules_in(row["reasons"]) and row["origins"]["max"] == 1 for row in two)
    assert all(len(row["pages"]["silent"]) == 1 for row in two)
    assert run("merge", two[0]["id"], two[1]["id"], "-d", traced).exit_code == cli.DONE
    again = resigning(dossier_of(traced))
    assert set(again["statements"]) == {first, second} and "editor-one-claim" in rules_in(again["reasons"])
    assert [row["verdict"] for row in dossier_of(traced)["overrules"]] == ["one"]


def test_stories_are_put_together_and_parted(traced: Path) -> None:
    now = dossier_of(traced)
    feast = next(row["id"] for row in now["pages"] if "feast" in row["text"])
    police = next(row["id"] for row in now["pages"] if "resign" in row["text"])
    said = run("merge", feast, police, "-d", traced)
    assert said.exit_code == cli.DONE and "three pages" in said.stdout
    (story,) = dossier_of(traced)["stories"]
    assert "editor-one-story" in rules_in(story["reasons"]) and "(overruled by" in run("stories", "-d", traced).stdout
    assert run("split", feast, police, "-d", traced).exit_code == cli.DONE
    assert sorted(len(row["pages"]) for row in dossier_of(traced)["stories"]) == [1, 2]


def test_an_overrule_that_no_longer_applies_is_kept_and_named(traced: Path, tmp_path: Path) -> None:
    claim = resigning(dossier_of(traced))
    run("merge", f"{claim['id']}.1", f"{claim['id']}.2", "-d", traced)
    (tmp_path / "pages" / "Gannet Weekly.jsonl").unlink()
    pipeline.trace([str(tmp_path / "pages")], traced, processes=1)
    (row,) = dossier_of(traced)["overrules"]
    assert row["applies"] is False and row["why_not"]
    assert "does not apply in this run" in run("overrules", "-d", traced).stdout
    assert "does not apply in this run" in (traced / "dossier.html").read_text(encoding="utf-8")
    write(tmp_path / "pages", PAGES)
    pipeline.trace([str(tmp_path / "pages")], traced, processes=1)
    assert dossier_of(traced)["overrules"][0]["applies"] is True


def test_an_overrule_holds_where_the_pages_have_moved(traced: Path, tmp_path: Path) -> None:
    claim = resigning(dossier_of(traced))
    run("merge", f"{claim['id']}.1", f"{claim['id']}.2", "-d", traced)
    pipeline.trace([str(write(tmp_path / "elsewhere", PAGES))], traced, processes=1)
    assert dossier_of(traced)["overrules"][0]["applies"] is True
    assert resigning(dossier_of(traced))["origins"]["max"] == 1


def test_bad_input_says_what_to_type(traced: Path, tmp_path: Path) -> None:
    now = dossier_of(traced)
    claim, page = resigning(now)["id"], now["pages"][0]["id"]
    other = next(row["id"] for row in now["claims"] if row["id"] != claim)
    cases: list[tuple[tuple[object, ...], str, str]] = [
        ((claim, "c-000000000000"), "no claim, story", f"firsthand claims -d {traced}"),
        ((claim, page), "is a claim and", "two of one kind"),
        ((claim, claim), "the same claim", "name two"),
        ((f"{claim}.1", f"{claim}.9"), "has two origins", f"firsthand why {claim}"),
        ((f"{claim}.1", f"{other}.1"), "origins of two claims", f"firsthand merge {claim} {other}"),
        ((f"{page}.1", f"{claim}.1"), "has no origins", "firsthand claims"),
        ((claim, other, "--about", "stories"), "say nothing about stories", "claims"),
        ((claim, other, "--on", "soon"), "is no day", "YYYY-MM-DD"),
        (("", claim), "no claim, story", "firsthand claims"),
    ]
    for ids, message, step in cases:
        said = run("merge", *ids, "-d", traced)
        assert said.exit_code == cli.USED_WRONGLY, (ids, said.output)
        assert message in said.stderr and step in said.stderr.replace("\n", " "), (ids, said.stderr)
    assert run("overrules", "--undo", "o-1", "-d", traced).exit_code == cli.USED_WRONGLY
    assert run("merge", claim, other, "-d", tmp_path / "none").exit_code == cli.NOT_USABLE
    assert dossier_of(traced) == now and "Nothing is overruled" in run("overrules", "-d", traced).stdout


def test_a_cited_report_is_one_that_is_here(tmp_path: Path) -> None:
    """An editor knows that the page without a newsroom is the Times's report."""
    rows: list[dict[str, Any]] = [
        {
            "outlet": "Tern Daily",
            "date": "2031-05-03T07:00:00Z",
            "title": "County bought ferry in secret, Times reports",
            "text": "The county bought the ferry Norrland in secret last year, the New York Times reported on Friday, "
            "citing two officials.\n\nThe county council has not voted on it.",
        },
        {
            "outlet": "Harbour Clips",
            "date": "2031-05-02T07:00:00Z",
            "title": "County bought a ferry in secret",
            "text": "The county bought the ferry Norrland in secret last year, according to two officials who saw the "
            "contract.\n\nThe ferry cost nine million crowns, the officials said, and lies in the dock at Brannock.",
        },
    ]
    out = tmp_path / "out"
    pipeline.trace([str(write(tmp_path / "pages", rows))], out, processes=1)
    now = dossier_of(out)
    absent = next(row["id"] for row in now["reports"] if not row["in_collection"])
    here = next(row["id"] for row in now["reports"] if row["newsroom"] == "Harbour Clips")
    said = run("merge", absent, here, "-d", out)
    assert said.exit_code == cli.DONE, said.output
    reports = dossier_of(out)["reports"]
    assert all(row["in_collection"] for row in reports) and len(reports) == 2
    assert next(row for row in reports if row["newsroom"] == "Tern Daily")["derived_from"] == [here]
    refused = run("split", absent, here, "-d", out)
    assert refused.exit_code == cli.USED_WRONGLY
