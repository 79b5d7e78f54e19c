"""Origins: cases as data, and laws that hold for any of them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib import resources
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from building import Built, build, without  # type: ignore[import-not-found]
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.language.rows import rows
from firsthand.options import OriginOptions, ReportOptions
from firsthand.origins import trace_origins
from firsthand.origins.counting import decide_interval
from firsthand.origins.endings import stands_along
from firsthand.origins.first import decide_first
from firsthand.origins.merging import CERTAIN
from firsthand.origins.offices import described_in, is_judge, is_one_of, speak_for
from firsthand.origins.public import (
    announced,
    described_documents,
    document_kind,
    is_former_self,
    is_theirs,
    public_acts,
    resting_documents,
    said_openly,
    telling_documents,
)
from firsthand.origins.sources import body_key, is_nobodys_name, same_body, same_person, speaks_in, spoken_for
from firsthand.records import Link, OpenMerge, Origin, OriginCount, Span
from firsthand.reports import identify_reports

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/origins/origins.toml").read_text(encoding="utf-8"))["case"]
FAILURES = tomllib.loads((Path(__file__).parents[1] / "cases/origins/failures.toml").read_text(encoding="utf-8"))[
    "case"
]
RULES = tomllib.loads((resources.files("firsthand") / "origins/rules.toml").read_text(encoding="utf-8"))


def trace(built: Built) -> tuple[OriginCount, ...]:
    lineage = identify_reports(built.articles, built.copies, built.stories, built.statements, ReportOptions())
    return trace_origins(
        built.articles, built.stories, built.statements, built.claims, built.copies, lineage, OriginOptions()
    )


BUILT = [build(case) for case in CASES]


def rules_of(counts: Sequence[OriginCount]) -> list[str]:
    """Every rule whose reasons stand in these counts, as often as it does."""
    reasons = [r for c in counts for r in (*c.reasons, *c.first.reasons)]
    reasons += [r for c in counts for origin in c.origins for r in origin.reasons]
    return [r.rule for r in (*reasons, *(r for c in counts for m in c.open for r in m.reasons))]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    counts = trace(build(case))
    assert [[c.min, c.max] for c in counts] == case["interval"]
    if "first" in case:
        assert [c.first.verdict for c in counts] == case["first"]
    assert [len(loop) for c in counts for loop in c.loops] == case.get("loops", [])
    assert set(case.get("rules", ())) <= set(rules_of(counts))


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"editor-one-origin", "editor-two-origins"}))
def test_every_rule_decides_a_case(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What editors have decided stands in tests of its own. Rules that put ends together before they are compared only
    give the reason."""
    before = [trace(built) for built in BUILT]
    without(rule, "firsthand.origins", monkeypatch)
    after = [trace(built) for built in BUILT]
    assert any(rule in rules_of(counts) for counts in before) and after != before
    if rule in CERTAIN - {"unnamed-of-one-report", "repeated-in-comment", "said-in-correction"}:
        intervals = [[[(c.min, c.max) for c in counts] for counts in found] for found in (before, after)]
        assert intervals[0] != intervals[1]


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", FAILURES, ids=[case["name"] for case in FAILURES])
def test_known_failures(case: dict[str, Any]) -> None:
    assert [[c.min, c.max] for c in trace(build(case))] == case["interval"]


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
LINKS = st.one_of(
    st.builds("report:{}".format, WORDS),
    st.builds("{}:{}".format, st.sampled_from(["person", "body", "unnamed", "document", "unknown"]), WORDS),
)
SAID = st.fixed_dictionaries({"text": WORDS.filter(bool), "chain": st.lists(LINKS, max_size=3)})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.fixed_dictionaries({"outlet": WORDS, "statements": st.lists(SAID, max_size=3)}), max_size=4))
def test_nothing_raises_on_arbitrary_text(pages: list[dict[str, Any]]) -> None:
    rows_ = [{**page, "id": f"p{i}"} for i, page in enumerate(pages)]
    every = [f"p{i}{j}" for i, page in enumerate(pages) for j in range(len(page["statements"]))]
    counts = trace(build({"page": rows_, "claim": [{"statements": every}] if every else []}))
    assert all(1 <= c.min <= c.max <= len(every) * 4 for c in counts)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_verdict_is_recomputed_from_its_reasons(case: dict[str, Any]) -> None:
    for count in trace(build(case)):
        assert decide_interval(count.origins, count.open) == (count.min, count.max)
        assert decide_first(count.first.reasons) == count.first.verdict
        reasons = [*count.reasons, *count.first.reasons, *(r for o in count.origins for r in o.reasons)]
        reasons += [r for m in count.open for r in m.reasons]
        assert {r.rule for r in reasons} <= set(RULES)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_statement_leads_to_an_origin(case: dict[str, Any]) -> None:
    built = build(case)
    for claim, count in zip(built.claims, trace(built), strict=True):
        assert {s for origin in count.origins for s in origin.statements} >= set(claim.statements)
        assert 1 <= count.min <= count.max


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_order_of_the_input_does_not_matter(case: dict[str, Any]) -> None:
    built = build(case)
    turned = Built(*(tuple(reversed(getattr(built, f))) for f in built.__dataclass_fields__))
    assert trace(built) == tuple(reversed(trace(turned)))


def origins(count: int) -> list[Origin]:
    return [Origin(f"r{i}", None, "unknown", (), ()) for i in range(count)]


@given(st.data())
def test_an_open_merge_never_raises_the_count(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 6))
    pairs = list(combinations(range(count), 2))
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    merges = [OpenMerge(a, b, ()) for a, b in chosen]
    least, most = decide_interval(origins(count), merges)
    assert 1 <= least <= most == count
    if merges:
        assert decide_interval(origins(count), merges[:-1])[0] >= least
    if len(merges) == len(pairs):
        assert least == 1


def test_open_merges_that_cannot_hold_together_do_not_all_lower_the_count() -> None:
    chain = [OpenMerge(0, 1, ()), OpenMerge(1, 2, ())]
    assert decide_interval(origins(3), chain) == (2, 3)
    assert decide_interval(origins(20), []) == (20, 20)
    assert decide_interval([], []) == (0, 0)


def test_the_examples_of_the_language_rows() -> None:
    for row in rows("origins")["documents"]:
        assert document_kind(row["example"]) == row["kind"]
    for row in rows("origins")["public"]:
        assert public_acts(row["example"]) == {row["act"]}
    assert public_acts("The Supreme Court on Monday rebuffed a bid to keep the harbour map.") == {"a ruling"}
    assert public_acts("The court stands in Orlo; the mayor, who is ill, has rejected the ferry plan.") == set()
    assert telling_documents(rows("origins")["stating"]["example"]) == {"court papers"}
    press = rows("origins")["press"]
    assert press["example"].split()[-1] in press["words"] and set(press["example"].split()) & set(press["of"])
    short, _, long, surname = rows("origins")["nicknames"]["example"].split()
    assert same_person(f"{short} {surname}", f"{long} {surname}") and not same_person("Bill Quill", "Bo Quill")
    many = rows("origins")["many"]
    assert many["example"].split()[-1] in many["words"] and not set(many["example"].split()) & set(many["not_of"])
    assert described_documents(rows("origins")["describing"]["example"]) == {"memo"}
    assert telling_documents("The mayor read the lawsuit in bed.") == set()
    for row in rows("origins")["titles"]:
        title = row["example"].split()[0].casefold().strip(".")
        assert title in (row["office"], *row["words"])
    assert said_openly(rows("origins")["openly"]["example"], "On Monday Quill also vowed to sail.") == {
        "what Quill said openly"
    }
    assert not said_openly("They denounced Quill.", "Quill and others denounced it.")
    assert is_judge(Link("source", "person", "Una Vall"), f"Here is {rows('origins')['judges']['example']}.")
    assert not is_judge(Link("source", "person", "Una Vall"), "Justice Department head Una Vall")
    their = Link("source", "document", None, "the statement", span=Span(41, 54))
    text = "Bo Holt had two pages. “I am no thief,” the statement said."
    assert described_in(their, Link("source", "person", "Bo Holt"), text)
    assert not described_in(their, Link("source", "person", "Ib Storr"), text)
    assert rows("origins")["pronouns"]["example"] in rows("origins")["pronouns"]["words"]
    assert "chief" in rows("origins")["heads"]["example"] and "chief" in rows("origins")["heads"]["words"]
    for row in rows("origins")["spokespeople"]:
        assert spoken_for(row["example"]) == "harbour board"
    assert body_key(rows("origins")["fillers"]["example"]) == "harbour master"
    speaking = Link("source", "person", "Edda Quill")
    assert speaks_in(rows("origins")["speaking"]["example"], speaking)
    assert not speaks_in("Quill left the ferry at nine.", speaking)
    moe = Link("source", "person", "Ida Moe", "Ida Moe, a spokesperson for Havgard")
    assert speaks_in("Havgard has also expressed interest in the light.", moe)
    assert not speaks_in("Havgard owns nine hotels.", moe)
    assert document_kind("a loaf of bread") is None
    assert spoken_for("a fisherman") is None
    assert is_former_self(Link("source", "document", None, rows("origins")["former"]["example"]))
    assert not is_former_self(Link("source", "document", None, "an earlier audit"))
    assert resting_documents(rows("origins")["resting"]["example"]) == {"court papers"}
    assert resting_documents("The officer wrote in a hurry that the ferry line sued.") == set()
    assert same_body("Norrland", rows("origins")["company"]["example"])
    assert not same_body("Norrland", "Norrland Pilots") and not same_body("Skarn County", "Skarn County Mayor's Office")
    un = Link("source", "person", "Una Vall")
    assert speak_for(un, "Norrland spokeswoman Una Vall said so.") == {"Norrland"}
    assert speak_for(un, "It is so, said Una Vall, a spokeswoman for Norrland.") == {"Norrland"}
    assert not speak_for(un, "Norrland spokeswoman Tove Lind met Una Vall.")
    for row in rows("origins")["speaking_as_one"]:
        assert row["example"] in row["words"]
        ib = Link("source", "person", "Ib Storr", f"{row['called'][0]} Ib Storr")
        assert is_one_of(ib, "", Link("source", "unnamed", None, row["example"]))
        assert not is_one_of(ib, "", Link("source", "unnamed", None, "officials"))
    assert is_theirs(Link("source", "document", None, rows("origins")["authored"]["example"]), "Edda Quill")
    assert not is_theirs(Link("source", "document", None, rows("origins")["authored"]["example"]), "Edda")
    told = rows("origins")["announcing"]["example"]
    assert announced(told, "The Harbour Board will sell it.", "the Harbour Board")
    assert not announced(told, "Nobody will buy it from the Harbour Board.", "the Harbour Board")
    for row in rows("origins")["affair"]:
        assert len(public_acts(row["example"]) & set(row["acts"])) == 2
    assert speaks_in(f"Few believe {rows('origins')['uttering']['example']}.", speaking)
    assert not speaks_in("Few believe the denial of Quill's friends.", speaking)
    assert is_nobodys_name(Link("source", "body", None, rows("origins")["nobodys"]["example"]))
    assert not is_nobodys_name(Link("source", "body", "Orlo Police", "Orlo Police"))
    assert not is_nobodys_name(Link("source", "body", None, "the government"))


@pytest.mark.parametrize(
    ("words", "first", "name", "stands"),
    [
        ("The Courier and the Herald reported it.", "The Courier", "Herald", True),
        (
            "The Courier, the Tern Daily and the Herald reported it.",
            "The Courier, the Tern Daily and the Herald",
            "Herald",
            True,
        ),
        ("The Orlo Times reported it.", "The Orlo Times", "Time", False),
        ("The Orlo Times reported it.", "The Orlo Times", "Times", False),
        ("The Courier reported it. The Herald sleeps.", "The Courier", "Herald", False),
    ],
)
def test_newsrooms_side_by_side(words: str, first: str, name: str, stands: bool) -> None:
    assert (stands_along(words, Span(0, len(first)), name) is not None) == stands
