"""dossier.json: what is joined, what is copied, what stays in order."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from typing import Any

import pytest

from firsthand.dossier import compile_dossier
from firsthand.dossier.finding import summary_lines
from firsthand.records import Disagreement, Findings, Moment

Dossier = dict[str, Any]


def by_id(rows: list[Dossier], key: str) -> Dossier:
    return next(row for row in rows if row["id"] == key)


def test_every_span_slices_back_to_its_words(dossier: Dossier) -> None:
    pages = {page["id"]: page for page in dossier["pages"]}
    for row in dossier["statements"]:
        low, high = row["span"]
        assert pages[row["page"]]["text"][low:high] == row["text"]
    for page in dossier["pages"]:
        assert "\n\n".join(page["text"][low:high] for low, high in page["paragraphs"]) == page["text"]


def test_a_page_learns_credit_and_date_by_copy(dossier: Dossier) -> None:
    own, learned = by_id(dossier["pages"], "page-1"), by_id(dossier["pages"], "page-2")
    assert (own["credit"]["basis"], own["published"]["basis"]) == ("byline-line", "metadata")
    assert (learned["credit"]["name"], learned["credit"]["basis"]) == ("Tamber Wire", "copy")
    assert learned["published"]["earliest"] == "2031-05-14T08:40"
    assert learned["published"]["basis"] == "copy"


@pytest.mark.parametrize("basis", ["capture", "unknown"])
def test_a_capture_is_never_learned_as_a_date(findings: Findings, basis: Any) -> None:
    late = Moment(None, "2031-06-01", basis)
    rows = tuple(replace(row, published=late) for row in findings.lineage.carriages)
    dossier = compile_dossier(replace(findings, lineage=replace(findings.lineage, carriages=rows)))
    assert by_id(dossier["pages"], "page-2")["published"]["basis"] == basis


def test_a_date_that_is_not_the_publication_is_kept(dossier: Dossier) -> None:
    dates = by_id(dossier["pages"], "page-1")["dates"]
    assert [(row["earliest"], row["role"]) for row in dates][1] == ("2031-05-20", "not-publication")
    assert dates[1]["why"]


def test_links_mean_reports(dossier: Dossier) -> None:
    chain = by_id(dossier["statements"], "st-missed-4")["chain"]
    assert [link["report"] for link in chain] == ["report-chron", "report-ledger"]
    assert by_id(dossier["statements"], "st-quote-2")["chain"][0]["report"] == "report-wire"
    assert by_id(dossier["statements"], "st-aboard-4")["chain"][2]["report"] is None


def test_directions_and_the_lack_of_one(dossier: Dossier) -> None:
    verdicts = {(row["a"], row["b"]): row["direction"] for row in dossier["copies"]}
    assert verdicts == {
        ("page-1", "page-2"): "common_original",
        ("page-1", "page-3"): "undetermined",
        ("page-1", "page-4"): "b_from_a",
    }


def test_a_story_has_its_reports_the_absent_ones_last(dossier: Dossier) -> None:
    story = by_id(dossier["stories"], "story-ferry")
    assert story["reports"] == ["report-chron", "report-radio", "report-wire", "report-ledger"]
    assert (story["when"]["earliest"], story["when"]["latest"]) == ("2031-05-14", "2031-05-15T23:59")
    assert story["main_claim"] == "claim-power"


def test_origins_are_as_counted_and_null_where_they_were_not(dossier: Dossier) -> None:
    power = by_id(dossier["claims"], "claim-power")["origins"]
    assert (power["min"], power["max"], len(power["list"]), len(power["open"])) == (1, 2, 2, 1)
    assert by_id(dossier["claims"], "claim-drift")["origins"]["min"] is None
    assert by_id(dossier["claims"], "claim-dam")["loops"] == [["report-upland", "report-vale"]]


def test_contradicted_pages_give_another_value(dossier: Dossier) -> None:
    assert by_id(dossier["claims"], "claim-power")["pages"]["contradicted"] == ["page-5"]
    assert by_id(dossier["claims"], "claim-44")["pages"]["contradicted"] == ["page-1", "page-4"]
    assert by_id(dossier["claims"], "claim-quote")["pages"]["contradicted"] == []


def test_contradiction_without_values_to_tell_apart(findings: Findings) -> None:
    row = Disagreement("d", "story-ferry", "polarity", ("st-lead-1", "st-aboard-5"), ("", ""), "a yes and a no")
    alignment = replace(findings.alignment, disagreements=(row,))
    dossier = compile_dossier(replace(findings, alignment=alignment))
    assert by_id(dossier["claims"], "claim-power")["pages"]["contradicted"] == ["page-5"]


def test_unreadable_input_is_named_with_its_reason(dossier: Dossier) -> None:
    rows = {row["location"]: row for row in dossier["input"]["unreadable"]}
    assert set(rows) == {"crawl/broken.warc", "crawl/menu-only.html"}  # an id is shown as the location it stands for
    assert "4,096" in rows["crawl/broken.warc"]["why"]
    assert [row["subject"] for row in dossier["input"]["set_aside"]] == ["statement-x"]
    assert dossier["input"]["documents"] == 8
    assert dossier["input"]["articles"] == len(dossier["pages"]) == 7


# ---------------------------------------------------------------------------------------------------- timeline


def test_timeline_is_sorted_copied_and_without_doubles(dossier: Dossier) -> None:
    rows = dossier["timeline"]
    starts = [row["when"]["earliest"] for row in rows]
    assert starts == sorted(starts)
    texts = {row["text"] for row in dossier["statements"]}
    assert all(row["text"] in texts for row in rows)
    keys = [(row["claim"], row["when"]["earliest"], row["when"]["latest"]) for row in rows]
    assert len(keys) == len(set(keys))
    power = [row for row in rows if row["claim"] == "claim-power"]
    assert [sorted(row["statements"]) for row in power] == [["st-lead-1", "st-lead-2", "st-lead-3", "st-lead-4"]]


@pytest.mark.parametrize(
    "about",
    [
        Moment("1402-01-01", "1402-12-31", "stated", "1402"),  # a number that was read as a year
        Moment("2190-01-01", "2190-12-31", "stated", "2190"),
        Moment("2031-05-01", None, "stated", "since May"),
        Moment("2011-01-01", "2031-12-31", "stated", "two decades"),
        Moment("2031-99-99", "2031-99-99", "stated", "?"),
        Moment("2031-05-13", "2031-05-13", "unknown", None),
    ],
)
def test_timeline_leaves_out_what_is_not_resolved_or_absurd(findings: Findings, about: Moment) -> None:
    rows = tuple(replace(row, about=about) for row in findings.statements)
    assert compile_dossier(replace(findings, statements=rows))["timeline"] == []


def test_a_cited_report_is_on_the_timeline_where_nothing_else_is_dated(findings: Findings) -> None:
    rows = tuple(replace(row, about=None) for row in findings.statements)
    timeline = compile_dossier(replace(findings, statements=rows))["timeline"]
    assert ("claim-aboard", "2031-05-14", ["st-aboard-4"]) in [
        (row["claim"], row["when"]["earliest"], row["statements"]) for row in timeline
    ]


def test_a_coarse_moment_joins_the_fine_one_inside_it(findings: Findings) -> None:
    def about(key: str) -> Moment | None:
        if key == "st-quote-1":
            return Moment("2031-05-13", "2031-05-13", "stated", "13 May")
        return Moment("2031-05-01", "2031-05-31", "stated", "in May") if key == "st-quote-2" else None

    rows = tuple(replace(row, about=about(row.id), chain=row.chain[:1]) for row in findings.statements)
    timeline = compile_dossier(replace(findings, statements=rows))["timeline"]
    assert [(row["when"]["earliest"], row["statements"]) for row in timeline] == [
        ("2031-05-13", ["st-quote-1", "st-quote-2"])
    ]


# ----------------------------------------------------------------------------------------------------- finding


def test_the_finding_counts_in_words(dossier: Dossier) -> None:
    finding = by_id(dossier["stories"], "story-ferry")["finding"]
    assert finding == (
        "Five pages carry three reports (by Sund Chronicle, Sund Radio and Tamber Wire); one report (Quay Ledger) is "
        "cited but not in the collection; the main claim has between 1 and 2 independent origins; first with it in "
        "this collection: Vellmark Courier; one disagreement, about a number: “41” against “44”."
    )
    assert "undetermined (Upland Post or Vale Observer)" in by_id(dossier["stories"], "story-dam")["finding"]


def test_our_own_voice_never_says_that_anything_is_so(dossier: Dossier) -> None:
    words = " ".join([story["finding"] for story in dossier["stories"]] + summary_lines(dossier))
    assert not re.search(r"\b(verif\w+|confirm\w+|true|truth|fact|facts|proven|proved)\b", words, re.IGNORECASE)


def test_summary_says_where_to_look(dossier: Dossier) -> None:
    lines = summary_lines(dossier)
    text = "\n".join(lines)
    for words in ("claim-power", "dis-aboard", "crawl/radio.html", "loop: a report by Upland Post cites", "1–2"):
        assert words in text
    assert lines[-1] == "Two documents could not be read: see input.unreadable."


def test_summary_holds_no_control_characters(make: Any) -> None:
    evil = "a\x1b[31mred\x07\u202eb\nc"
    lines = summary_lines(compile_dossier(make(headline=evil, outlet=evil, word=evil, location=f"x/{evil}.html")))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", "".join(lines))


def test_an_empty_run_has_a_dossier() -> None:
    from firsthand.records import Alignment, Lineage

    dossier = compile_dossier(Findings((), (), (), (), (), Lineage(), Alignment(), ()))
    assert dossier["schema"] == "firsthand/dossier/1"
    assert summary_lines(dossier) == []


# ----------------------------------------------------------------------------------------------------- order


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_records_does_not_matter(findings: Findings, seed: int) -> None:
    mixed = random.Random(seed)

    def shuffled(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(mixed.sample(rows, len(rows)))

    lineage = findings.lineage
    other = replace(
        findings,
        pages=shuffled(findings.pages),
        articles=shuffled(findings.articles),
        copies=shuffled(findings.copies),
        stories=shuffled(findings.stories),
        statements=shuffled(findings.statements),
        lineage=replace(
            lineage,
            reports=shuffled(lineage.reports),
            carriages=shuffled(lineage.carriages),
            citations=shuffled(lineage.citations),
            directions=shuffled(lineage.directions),
        ),
        alignment=replace(
            findings.alignment,
            claims=shuffled(findings.alignment.claims),
            disagreements=shuffled(findings.alignment.disagreements),
        ),
        origins=shuffled(findings.origins),
        rejected=shuffled(findings.rejected),
        options=shuffled(findings.options),
    )
    assert json.dumps(compile_dossier(other)) == json.dumps(compile_dossier(findings))
