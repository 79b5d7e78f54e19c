"""What a pair that shares a text says of its direction: each kind of evidence, on both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from firsthand.copies import decide_relation, find_copies
from firsthand.options import CopyOptions
from firsthand.records import Article, Copy, Credit, FoundDate, Moment
from firsthand.rules import all_rules

Make = Callable[[str, Mapping[str, Any]], Article]
RULES = (
    "credit-on-one-side",
    "sentences-only-a",
    "sentences-only-b",
    "ends-earlier",
    "names-itself",
    "quotes-the-other",
    "edited-later",
)

REPORT = [
    "The harbour at Brade will stay closed until Sunday after divers found deep cracks in two of its old piers.",
    "Ferries to the outer islands have been moved to the northern quay, where only small boats could land before.",
    "Nobody knows yet what made the cracks, though fishermen have spoken of a loud noise in the night of the storm.",
    "The council is to meet on Thursday and will be asked for the money that new piers would cost the small town.",
    "Shops along the front have seen few visitors since, and two of them will not open again before the spring.",
]
INSERTED = "The mayor told the Brade Beacon that he had slept badly."


def pair(make: Make, one: list[str], two: list[str], **fields: Any) -> tuple[Article, Article]:
    a = make("p-a", {"headline": "Harbour shut", "outlet": "Brade Beacon", "paragraphs": one})
    b = make("p-b", {"headline": "Harbour shut", "outlet": "Isle Echo", "paragraphs": two})
    return replace(a, **fields), b


def weights(a: Article, b: Article) -> dict[str, float]:
    (copy,) = find_copies([a, b], CopyOptions())
    return {reason.rule: reason.weight for reason in copy.reasons if reason.rule in RULES}


def swapped(a: Article, b: Article) -> tuple[Article, Article]:
    return replace(b, page="p-a"), replace(a, page="p-b")


def test_one_text_says_nothing(make: Make) -> None:
    assert weights(*pair(make, REPORT, REPORT)) == {}


def test_the_credit_of_one_side(make: Make) -> None:
    a, b = pair(make, REPORT, REPORT, credit=Credit("Coast Wire", "dateline"))
    assert weights(a, b) == {"credit-on-one-side": 1.0}
    assert weights(*swapped(a, b)) == {"credit-on-one-side": -1.0}
    assert weights(a, replace(b, credit=Credit("Coast Wire", "dateline"))) == {}
    assert weights(replace(a, credit=Credit("Coast Wire", "dateline", None, "partly")), b) == {}


def test_a_report_cut_from_its_end(make: Make) -> None:
    a, b = pair(make, REPORT, REPORT[:3])
    last = len(" ".join(REPORT[3:]).split())
    assert weights(a, b) == {"sentences-only-a": 2.0, "ends-earlier": last}
    assert weights(*swapped(a, b)) == {"sentences-only-b": 2.0, "ends-earlier": -last}


def test_a_sentence_taken_out_of_the_middle(make: Make) -> None:
    assert weights(*pair(make, REPORT, [*REPORT[:2], *REPORT[3:]])) == {"sentences-only-a": 1.0}


def test_what_one_desk_put_in(make: Make) -> None:
    a, b = pair(make, [*REPORT[:2], INSERTED, *REPORT[2:]], REPORT)
    assert weights(a, b) == {"sentences-only-a": 1.0, "names-itself": -1.0}
    assert weights(*swapped(a, b)) == {"sentences-only-b": 1.0, "names-itself": 1.0}


def test_prose_that_the_other_quotes_with_its_name(make: Make) -> None:
    quoting = ["The Brade Beacon reports: “" + " ".join(REPORT[:4]) + "”"]
    a, b = pair(make, REPORT[:4], quoting)
    found = weights(a, b)
    assert found["quotes-the-other"] > 60
    assert weights(*swapped(a, b))["quotes-the-other"] == -found["quotes-the-other"]


@pytest.mark.parametrize(("stamp", "wanted"), [("2031-05-16", {"edited-later": -1.0}), ("2031-05-13", {})])
def test_a_later_edit(make: Make, stamp: str, wanted: dict[str, float]) -> None:
    stamped = FoundDate(Moment(stamp, stamp, "stated"), "updated", "it says so")
    a, b = pair(make, REPORT, REPORT, dates=(stamped,))
    b = replace(b, published=Moment("2031-05-14", "2031-05-14", "metadata"))
    assert weights(a, b) == wanted


def test_evidence_has_places_and_changes_no_relation(make: Make) -> None:
    a, b = pair(make, [*REPORT[:2], INSERTED, *REPORT[2:]], REPORT[:4], credit=Credit("Coast Wire", "dateline"))
    (copy,) = find_copies([a, b], CopyOptions())
    assert isinstance(copy, Copy) and copy.edits
    texts = {a.page: a.text, b.page: b.text}
    for reason in copy.reasons:
        assert all_rules()[reason.rule].stage == "copies"
        assert all(place.span is None or place.span.of(texts[place.page]) for place in reason.spans[:1])
    assert decide_relation([reason for reason in copy.reasons if reason.rule not in RULES]) == copy.relation
