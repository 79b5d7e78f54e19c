"""Reports: cases as data, and laws that hold for any of them."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from building import Built, build, shown, without  # type: ignore[import-not-found]

from firsthand.language.rows import rows
from firsthand.options import ReportOptions
from firsthand.records import Lineage
from firsthand.reports import identify_reports
from firsthand.reports.citing import has_cue
from firsthand.reports.deriving import decide_kind
from firsthand.reports.directions import decide_direction
from firsthand.reports.maybe import decide_maybe_carried

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/reports/reports.toml").read_text(encoding="utf-8"))["case"]
RULES = tomllib.loads((resources.files("firsthand") / "reports/rules.toml").read_text(encoding="utf-8"))


def identify(built: Built) -> Lineage:
    return identify_reports(built.articles, built.copies, built.stories, built.statements, ReportOptions())


BUILT = [build(case) for case in CASES]


def of_page(lineage: Lineage, page: str) -> Any:
    return next(r for r in lineage.reports if page in r.pages)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    lineage = identify(build(case))
    expect = case["expect"]
    if "reports" in expect:
        assert sorted(shown(lineage, r.id) for r in lineage.reports) == sorted(expect["reports"])
    for pages, newsroom in expect.get("newsroom", {}).items():
        assert of_page(lineage, pages.split("+")[0]).newsroom == newsroom
    for field in ("cites", "derived_from"):
        for page, named in expect.get(field, {}).items():
            assert sorted(shown(lineage, i) for i in getattr(of_page(lineage, page), field)) == sorted(named)
    for page, kind in expect.get("kind", {}).items():
        assert of_page(lineage, page).kind == kind
    if "same_derived" in expect:
        assert len({of_page(lineage, page).derived_from for page in expect["same_derived"]}) == 1
    for page, named in expect.get("maybe", {}).items():
        carried = [shown(lineage, r.id) for r in lineage.reports if page in {m.page for m in r.maybe_carried_by}]
        assert carried == named
    verdicts = {f"{d.a} {d.b}": d.verdict for d in lineage.directions}
    for pair, verdict in expect.get("direction", {}).items():
        assert verdicts[pair] == verdict
    carriages = {c.page: c for c in lineage.carriages}
    for page, name in expect.get("credit", {}).items():
        assert carriages[page].credit.name == name
    for page, when in expect.get("published", {}).items():
        assert carriages[page].published.earliest == when
    for page, basis in expect.get("basis", {}).items():
        assert carriages[page].published.basis == basis
    for page, rules in expect.get("rules", {}).items():
        assert set(rules) <= {r.rule for r in carriages[page].reasons}


ELSEWHERE = {"clock-in-doubt", "prints-its-words", "editor-one-report"}
"""Rules that rest on how a copy was found, or on an editor, with tests of their own."""


@pytest.mark.parametrize("rule", sorted(set(RULES) - ELSEWHERE))
def test_every_rule_decides_a_case(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [identify(built) for built in BUILT]
    without(rule, "firsthand.reports", monkeypatch)
    assert [identify(built) for built in BUILT] != before


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_verdict_is_recomputed_from_its_reasons(case: dict[str, Any]) -> None:
    lineage = identify(build(case))
    known = set(RULES)
    for report in lineage.reports:
        assert {r.rule for r in report.reasons} <= known
        if report.in_collection:
            assert decide_kind(report.reasons) == report.kind
            rules = {r.rule for r in report.reasons}
            assert bool(report.derived_from) == bool(rules & {"main-news-from", "retells-silently"})
        for maybe in report.maybe_carried_by:
            assert decide_maybe_carried(maybe.reasons, ReportOptions())
    for direction in lineage.directions:
        assert decide_direction(direction.reasons) == direction.verdict
        assert {r.rule for r in direction.reasons} <= known


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_order_of_the_input_does_not_matter(case: dict[str, Any]) -> None:
    built = build(case)
    turned = Built(*(tuple(reversed(getattr(built, f))) for f in built.__dataclass_fields__))
    assert identify(built) == identify(turned)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_link_means_one_report_and_every_page_carries_one(case: dict[str, Any]) -> None:
    built = build(case)
    lineage = identify(built)
    ids = {r.id for r in lineage.reports}
    rows_ = [(c.statement, c.link) for c in lineage.citations]
    wanted = {(s.id, i) for s in built.statements for i, link in enumerate(s.chain) if i == 0 or link.role == "report"}
    assert len(rows_) == len(set(rows_)) and set(rows_) == wanted
    assert {c.report for c in lineage.citations} <= ids
    assert [c.page for c in lineage.carriages] == sorted(a.page for a in built.articles)
    for report in lineage.reports:
        silent = any(r.rule == "retells-silently" for r in report.reasons)
        assert set(report.cites) <= ids and (silent or set(report.derived_from) <= set(report.cites))


def test_the_examples_of_the_cues_hold_their_cue() -> None:
    for table, entries in rows("reports").items():
        for row in entries:
            assert has_cue(table, row["example"]), row


def test_nothing_in_nothing_out() -> None:
    assert identify_reports((), (), (), (), ReportOptions()) == Lineage()
