"""The scorer: a dossier made from the truth has every fact, an empty one has next to none, and each lie is seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quality.demo import measure, score

Truth = dict[str, Any]
Dossier = dict[str, Any]


class Oracle:
    """A dossier that says what the truth says: pages cut from the raw words, a statement for every quoted string."""

    def __init__(self, truth: Truth, raw: dict[str, str]) -> None:
        self.truth, self.raw = truth, raw
        self.statements: dict[tuple[str, int, int], dict[str, Any]] = {}
        self.pages = {key: self.page(key, row) for key, row in truth["pages"].items()}
        for row in truth["statements"]:
            self.statement(row["page"], row["words"]).update(self.chain(row))
        rows = truth["claims"]
        self.claims = [self.claim(row) for row in rows]

    def page(self, key: str, row: dict[str, Any]) -> dict[str, Any]:
        """The page with its body: each paragraph from its first words to its last."""
        bodies, at = [], self.raw[key].index(" ".join(row["paragraphs"][0][0].split()))
        for first, last in row["paragraphs"]:
            at = self.raw[key].index(" ".join(first.split()), at)
            end = self.raw[key].index(" ".join(last.split()), at) + len(" ".join(last.split()))
            bodies.append(self.raw[key][at:end])
            at = end
        spans, start = [], 0
        for body in bodies:
            spans.append([start, start + len(body)])
            start += len(body) + 2
        carried = next((r["pages"][0] for r in self.truth["reports"]["carried"] if key in r["pages"]), key)
        published = row["published"] and {"earliest": row["published"], "latest": row["published"], "basis": "stated"}
        return {
            "id": f"p-{key}",
            "location": row["find"].get("file", "records"),
            "given_id": row["find"].get("given_id"),
            "url": row["find"].get("url"),
            "headline": row["headline"],
            "text": "\n\n".join(bodies),
            "paragraphs": spans,
            "outlet": {"name": row["outlet"][0]} if row["outlet"] else None,
            "byline": row.get("byline", []),
            "credit": {"name": row["credit"][0]} if row["credit"] else None,
            "published": published,
            "dates": [{"earliest": d, "latest": d, "role": "not-publication"} for d in row.get("not_publication", ())],
            "topics": row.get("topics", []),
            "genre": row.get("genre", "report"),
            "completeness": row.get("completeness", "full"),
            "report": f"r-{carried}",
        }

    def statement(self, key: str, words: str) -> dict[str, Any]:
        """The statement that is exactly these words."""
        text = self.pages[key]["text"]
        start = text.index(words)
        place = (key, start, start + len(words))
        return self.statements.setdefault(
            place,
            {
                "id": "s-{}-{}-{}".format(*place),
                "page": f"p-{key}",
                "span": [*place[1:]],
                "text": words,
                "kind": "own_voice",
                "chain": [],
            },
        )

    def chain(self, row: dict[str, Any]) -> dict[str, Any]:
        links = [{"role": "newsroom", "name": None, "kind": "body"}]
        links += [{"role": "report", "name": row["via"][0], "kind": "body"}] if "via" in row else []
        if "end" in row:
            says = row.get("says", [None])[0]
            because = row.get("because")
            links.append({"role": "source", "kind": row["end"][0], "name": says, "anonymity_reason": because})
        return {"kind": row["kind"][0], "chain": links}

    def claim(self, row: dict[str, Any]) -> dict[str, Any]:
        kinds = row.get("kinds") or ["unknown"]
        source = (row.get("names") or [None])[0]
        first = row.get("first", {"verdict": ["undetermined"], "pages": []})
        return {
            "id": f"c-{row['name']}",
            "statements": [self.statement(key, words)["id"] for key, words in row["carried"].items()],
            "pages": {
                "carried": [f"p-{key}" for key in row["carried"]],
                "silent": [f"p-{key}" for key in row.get("silent", ())],
            },
            "origins": {
                "min": row["min"][0],
                "max": row["max"][0],
                "list": [{"source": source, "kind": kind} for kind in kinds],
            },
            "first": {"verdict": first["verdict"][0], "pages": [f"p-{key}" for key in first["pages"]]},
            "loops": [["a", "b"]] if row.get("loop") else [],
        }

    def reports(self) -> list[dict[str, Any]]:
        rows = self.truth["reports"]
        found = {
            page["report"]: {
                "id": page["report"],
                "newsroom": (page["outlet"] or {}).get("name"),
                "pages": [p["id"] for p in self.pages.values() if p["report"] == page["report"]],
                "kind": "rewrite" if key in rows["rewrites"] else "original",
                "cites": [],
                "derived_from": [],
                "maybe_carried_by": [],
            }
            for key, page in reversed(self.pages.items())
        }
        for row in rows["carried"]:
            found[f"r-{row['pages'][0]}"]["newsroom"] = row["newsroom"][0]
        for relation in ("cites", "derived_from"):
            for row in rows[relation]:
                found[self.pages[row["page"]]["report"]][relation].append(self.pages[row["from"]]["report"])
        return list(found.values())

    def dossier(self) -> Dossier:
        copies = [
            {"a": f"p-{row['a']}", "b": f"p-{row['b']}", "relation": row["relation"][0], "direction": "undetermined"}
            for row in self.truth["copies"]["are"]
        ]
        for row in self.truth["copies"]["direction"]:
            for copy in copies:
                if {copy["a"], copy["b"]} == {f"p-{row['page']}", f"p-{row['from']}"}:
                    copy["direction"] = "a_from_b" if copy["a"] == f"p-{row['page']}" else "b_from_a"
        disagreements = []
        for row in self.truth["disagreements"]["must"]:
            sides = [self.statement(*next(iter(row[side].items())))["id"] for side in "ab"]
            disagreements.append({"kind": row["kind"][0], "statements": sides})
        found = {
            "pages": list(self.pages.values()),
            "reports": self.reports(),
            "copies": copies,
            "stories": [{"pages": [f"p-{key}" for key in keys]} for keys in self.truth["stories"].values()],
            "statements": list(self.statements.values()),
            "claims": self.claims,
            "disagreements": disagreements,
            "timeline": [{"when": {"earliest": day, "latest": day}} for day in self.truth["timeline"]["has"]],
        }
        copied: Dossier = json.loads(json.dumps(found))
        return copied


@pytest.fixture
def perfect(the_truth: Truth, raw: dict[str, str]) -> Dossier:
    return Oracle(the_truth, raw).dossier()


def misses(dossier: Dossier) -> list[str]:
    return [name for name, ok in score(dossier) if not ok]


def test_all_facts_can_be_had_at_once(perfect: Dossier) -> None:
    assert misses(perfect) == []
    assert len(score(perfect)) > 150
    names = [name for name, _ in score(perfect)]
    assert len(names) == len(set(names))


def test_an_empty_dossier_has_next_to_nothing(tmp_path: Path) -> None:
    parts = ["pages", "reports", "copies", "stories", "statements", "claims", "disagreements", "timeline"]
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps({part: [] for part in parts}))
    figures = measure(path)
    assert figures["facts"] < 0.06 * figures["of"]


def page_of(dossier: Dossier, start: str) -> dict[str, Any]:
    return next(page for page in dossier["pages"] if page["id"].startswith(f"p-{start}"))


def claim_of(dossier: Dossier, name: str) -> dict[str, Any]:
    return next(claim for claim in dossier["claims"] if claim["id"] == f"c-{name}")


LIES: dict[str, tuple[Callable[[Dossier], Any], str]] = {
    "an outlet guessed": (lambda d: page_of(d, "07").update(outlet={"name": "BBC"}), "07-unmarked: outlet"),
    "a weather date believed": (
        lambda d: page_of(d, "03").update(published={"earliest": "2025-11-14", "latest": "2025-11-14"}),
        "03-skarn-valley-herald: undated",
    ),
    "furniture in the body": (
        lambda d: page_of(d, "01")["paragraphs"].append([0, 20]),
        "01-dunmarrow-courier: body",
    ),
    "stories run together": (
        lambda d: d["stories"][0]["pages"].append(d["stories"][4]["pages"].pop()),
        "story: ferry",
    ),
    "the look-alike is a copy": (
        lambda d: d["copies"].append(
            {
                "a": page_of(d, "11")["id"],
                "b": page_of(d, "01")["id"],
                "relation": "rewrite",
                "direction": "undetermined",
            }
        ),
        "no copy across stories",
    ),
    "two readers of one report counted twice": (
        lambda d: claim_of(d, "131 million crowns")["origins"].update(max=2),
        "claim: 131 million crowns: origins",
    ),
    "the republished page is first": (
        lambda d: claim_of(d, "the state negotiates with Ostrell over about half of the railway")["first"].update(
            pages=[page_of(d, "18")["id"]]
        ),
        "first found 12",
    ),
    "no loop": (lambda d: claim_of(d, "the museum sells the painting abroad").update(loops=[]), "is a loop"),
    "a loop invented": (lambda d: claim_of(d, "73 cracks").update(loops=[["a", "b"]]), "no loop elsewhere"),
    "false alarms": (
        lambda d: d["disagreements"].extend({"kind": "number", "statements": []} for _ in range(4)),
        "other disagreements",
    ),
    "the agency's report in two": (
        lambda d: page_of(d, "04").update(report=page_of(d, "06")["report"]),
        "one report: 01-dunmarrow-courier",
    ),
    "a speaker lost": (
        lambda d: [s.update(chain=[]) for s in d["statements"] if s["text"].startswith("Nothing was stolen")],
        "25-netwright: “Nothing was stolen",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_a_miss(perfect: Dossier, lie: str) -> None:
    tell, expected = LIES[lie]
    tell(perfect)
    found = misses(perfect)
    assert any(expected in name for name in found), found
    assert len(found) <= 4, found
