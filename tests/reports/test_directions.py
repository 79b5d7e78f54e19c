"""The direction of a copy from the evidence that it keeps: the clock decides only where nothing speaks against it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from firsthand.records import Article, Copy, Direction, Moment, Named, Passage, Place, Reason, Report, Span
from firsthand.reports.directions import decide_direction, direction

MORNING = Moment("2031-05-14T08:00", "2031-05-14T08:00", "metadata")
EVENING = Moment("2031-05-14T19:00", "2031-05-14T19:00", "metadata")
TEXT = "The harbour at Brade will stay closed until Sunday."


def article(page: str, outlet: str | None, when: Moment | None) -> Article:
    name = Named(outlet, "jsonld") if outlet else None
    return Article(page, None, TEXT, (Span(0, len(TEXT)),), outlet=name, published=when)


def judged(*evidence: Reason, turned: bool = False, outlets: tuple[str, str] = ("Isle Echo", "Quay News")) -> Direction:
    """The direction where p-1 was first (``turned``: p-2)."""
    clocks = (EVENING, MORNING) if turned else (MORNING, EVENING)
    a, b = article("p-1", outlets[0], clocks[0]), article("p-2", outlets[1], clocks[1])
    whole = Span(0, len(TEXT))
    copy = Copy("p-1", "p-2", "edited", 0.9, 0.9, (Passage(whole, whole),), evidence)
    report = Report("r", None, True, ("p-1", "p-2"), None, None, "unknown")
    return direction(copy, {"p-1": a, "p-2": b}, {"p-1": report, "p-2": report}, ())


def speaks(rule: str, weight: float) -> Reason:
    return Reason(rule, "it does", weight, (Place("p-1"),))


@pytest.mark.parametrize("turned", [False, True])
def test_the_clock_decides_where_nothing_speaks_against_it(turned: bool) -> None:
    later = "a_from_b" if turned else "b_from_a"
    sign = -1.0 if turned else 1.0
    agreeing = (speaks("names-itself", -sign), speaks("edited-later", sign), speaks("ends-earlier", sign * 40))
    assert judged(turned=turned).verdict == later
    assert judged(*agreeing, turned=turned).verdict == later
    assert judged(speaks("sentences-only-a", 3), speaks("sentences-only-b", 3), turned=turned).verdict == later


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("rule", "weight"), [("edited-later", -1.0), ("credit-on-one-side", 1.0), ("credit-on-one-side", -1.0)]
)
def test_what_puts_the_clock_in_doubt(rule: str, weight: float, turned: bool) -> None:
    found = judged(speaks(rule, -weight if turned else weight), turned=turned)
    assert found.verdict == "undetermined"
    assert {"clock", "clock-in-doubt"} == {reason.rule for reason in found.reasons}
    assert decide_direction(found.reasons) == found.verdict
    assert decide_direction([r for r in found.reasons if r.rule != "clock-in-doubt"]) != "undetermined"


def test_an_earlier_page_that_looks_cut_is_not_the_original() -> None:
    lacking = speaks("sentences-only-b", 3)
    assert judged(lacking).verdict == "undetermined"
    assert judged(lacking, turned=True).verdict == "a_from_b"
    assert judged(speaks("sentences-only-b", 1)).verdict == "b_from_a"
    assert judged(lacking, outlets=("Isle Echo", "Isle Echo")).verdict != "undetermined"  # it grew on one site


def test_words_quoted_with_the_newsrooms_name_decide_before_the_clock() -> None:
    assert judged(speaks("quotes-the-other", 40.0)).verdict == "b_from_a"
    assert judged(speaks("quotes-the-other", -40.0)).verdict == "a_from_b"
    assert judged(speaks("quotes-the-other", 40.0), speaks("quotes-the-other", -40.0)).verdict == "undetermined"


def test_without_clocks_it_is_undetermined() -> None:
    a, b = article("p-1", "Isle Echo", None), article("p-2", None, EVENING)
    copy = Copy("p-1", "p-2", "identical", 1.0, 1.0, (), (speaks("ends-earlier", 40.0),))
    report = Report("r", None, True, ("p-1", "p-2"), None, None, "unknown")
    found = direction(copy, {"p-1": a, "p-2": replace(b)}, {"p-1": report, "p-2": report}, ())
    assert (found.verdict, found.reasons) == ("undetermined", ())
