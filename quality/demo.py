"""Demo: score a dossier of the demo collection against what a careful editor finds in it (``truth.json``).

usage: python -m quality.demo DOSSIER.json [--json | --misses]

Prints each fact as ``ok`` or ``MISS``, then ``demo N/M``; exit status 1 where a fact is missed, 2 where there is no
such file. A fact that cannot be looked up (no such page, no such statement) is a miss and says why.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from firsthand.demo import truth as demo_truth

from .demo_scene import Entry, Scene, is_one_of, squash
from .frame import Figures

Fact = tuple[str, Callable[[], bool]]


# --------------------------------------------------------------------------------------------------- pages


def page_facts(scene: Scene) -> Iterator[Fact]:
    """Body, headline, outlet, date and credit of every page; the rest where the truth names it."""
    for key, row in scene.truth["pages"].items():
        page = scene.pages.get(key, {})
        yield f"{key}: body", lambda p=page, r=row: body_is(p, r)
        yield f"{key}: headline", lambda p=page, r=row: squash(p["headline"]) == squash(r["headline"])
        if row["outlet"]:
            yield f"{key}: outlet {row['outlet'][0]}", lambda p=page, r=row: is_one_of(p["outlet"], r["outlet"])
        else:
            yield f"{key}: outlet unknown, not guessed", lambda p=page: p["outlet"] is None
        if row["published"]:
            day = row["published"]
            yield f"{key}: published {day}", lambda p=page, d=day: is_day(p["published"], d)
        else:
            day = row["undated_but"]
            yield f"{key}: undated, no wrong date", lambda p=page, d=day: may_be_day(p["published"], d)
        yield from _named_facts(key, page, row)
    bare = [k for k, row in scene.truth["pages"].items() if not row["credit"]]
    rows = scene.truth["pages"]
    yield "no agency credit on the other pages", lambda: all(no_credit(scene.pages[k], rows[k]) for k in bare)


def _named_facts(key: str, page: Entry, row: Entry) -> Iterator[Fact]:
    if row["credit"]:
        yield f"{key}: credit {row['credit'][0]}", lambda: is_one_of(page["credit"], row["credit"])
    if "byline" in row:
        want = sorted(map(squash, row["byline"]))
        yield f"{key}: byline {', '.join(row['byline']) or 'none'}", lambda: sorted(map(squash, page["byline"])) == want
    for field in ("genre", "completeness"):
        if field in row:
            yield f"{key}: {field} {row[field]}", lambda f=field: page[f] == row[f]
    if "topics" in row:
        yield f"{key}: topics", lambda: page["topics"] == row["topics"]
    for day in row.get("not_publication", ()):
        yield (
            f"{key}: {day} is kept as no publication date",
            lambda d=day: any(
                date["role"] == "not-publication" and (date["earliest"] or "").startswith(d) for date in page["dates"]
            ),
        )


def body_is(page: Entry, row: Entry) -> bool:
    """The right paragraphs in order, by their first and last words; lines that may stand in or out aside."""
    aside = {squash(line) for line in row.get("in_or_out", ())}
    found = [squash(page["text"][s:e]) for s, e in page["paragraphs"]]
    found = [text for text in found if text not in aside]
    edges = [(squash(first), squash(last)) for first, last in row["paragraphs"]]
    return len(found) == len(edges) and all(
        text.startswith(first) and text.endswith(last) for text, (first, last) in zip(found, edges, strict=True)
    )


def is_day(moment: Entry | None, day: str) -> bool:
    """Whether an interval is this day or lies in it (either end, since a stated hour can fall on two days in UTC)."""
    ends = {(moment or {}).get("earliest"), (moment or {}).get("latest")} - {None}
    return bool(ends) and any(str(end).startswith(day) for end in ends) and len({str(e)[:7] for e in ends}) == 1


def may_be_day(moment: Entry | None, day: str) -> bool:
    """Whether nothing is claimed that the day contradicts."""
    first, last = (moment or {}).get("earliest"), (moment or {}).get("latest")
    return (first is None or first[:10] <= day) and (last is None or day <= last[:10])


def no_credit(page: Entry, row: Entry) -> bool:
    """No agency's copy, or the page's own agency's."""
    return page["credit"] is None or is_one_of(page["credit"], row.get("credit_may_be", ()))


# ------------------------------------------------------------------------------------- stories, copies, reports


def story_facts(scene: Scene) -> Iterator[Fact]:
    """The partition into stories."""
    found = {frozenset(scene.key_of[p] for p in story["pages"]) for story in scene.dossier["stories"]}
    for name, keys in scene.truth["stories"].items():
        yield f"story: {name}", lambda k=keys: frozenset(k) in found


def copy_facts(scene: Scene) -> Iterator[Fact]:
    """Who shares words or retells, who does not, and who had it from whom."""
    pairs = {frozenset((scene.key_of[c["a"]], scene.key_of[c["b"]])): c for c in scene.dossier["copies"]}
    rows = scene.truth["copies"]
    for row in rows["are"]:
        a, b, allowed = row["a"], row["b"], row["relation"]
        name = f"copy: {a} and {b}: {' or '.join(allowed)}"
        yield name, lambda x=a, y=b, r=allowed: pairs[frozenset((x, y))]["relation"] in r
    for row in rows["are_not"]:
        apart = [frozenset(pair) for pair in itertools.combinations(row["pages"], 2)]
        yield f"no copies: {', '.join(row['pages'])}", lambda many=apart: not any(pair in pairs for pair in many)
    story_of = {key: name for name, keys in scene.truth["stories"].items() for key in keys}
    yield "no copy across stories", lambda: all(len({story_of[key] for key in pair}) == 1 for pair in pairs)
    for row in rows["direction"]:
        page, source = row["page"], row["from"]
        yield f"direction: {page} from {source}", lambda x=page, y=source: _direction(scene, pairs, x, y)


def _direction(scene: Scene, pairs: Mapping[frozenset[str], Entry], page: str, source: str) -> bool:
    copy = pairs[frozenset((page, source))]
    return bool(copy["direction"] == ("a_from_b" if scene.key_of[copy["a"]] == page else "b_from_a"))


def report_facts(scene: Scene) -> Iterator[Fact]:
    """Which pages carry one report, whose it is, and on which others it stands."""
    rows = scene.truth["reports"]
    for row in rows["carried"]:
        keys = row["pages"]
        yield f"one report: {', '.join(keys)}", lambda k=keys: len({scene.pages[x]["report"] for x in k}) == 1
        yield (
            f"report of {keys[0]} is {row['newsroom'][0]}'s",
            lambda r=row, k=keys: is_one_of(scene.report(k[0])["newsroom"], r["newsroom"]),
        )
    for row in rows["own"]:
        yield (
            f"report of {row['page']} is its own newsroom's",
            lambda r=row: (
                is_one_of(scene.report(r["page"])["newsroom"], r["newsroom"])
                and len(scene.report(r["page"])["pages"]) == 1
            ),
        )
    carried = {page["report"] for page in scene.pages.values()}
    yield f"{rows['in_collection']} reports are carried", lambda: len(carried) == rows["in_collection"]
    for relation in ("derived_from", "cites"):
        for row in rows[relation]:
            name = f"{row['page']} {relation} {row['newsroom'][0]}"
            yield name, lambda r=row, rel=relation: stands_on(scene, r, rel)
    for key in rows["derives_from_nobody"]:
        yield f"{key} derives from nobody", lambda k=key: not scene.report(k)["derived_from"]
    for key in rows["rewrites"]:
        yield f"report of {key} is a rewrite", lambda k=key: scene.report(k)["kind"] in ("rewrite", "mixed")


def stands_on(scene: Scene, row: Entry, relation: str) -> bool:
    """Whether a page's report names, in ``relation``, the report that the source page carries, or an absent one of
    that newsroom which the source page may carry."""
    report, source = scene.report(row["page"]), scene.pages[row["from"]]
    linked = [scene.reports[r] for r in {*report[relation], *(report["derived_from"] if relation == "cites" else ())}]
    return any(
        one["id"] == source["report"]
        or (
            is_one_of(one["newsroom"], row["newsroom"]) and source["id"] in {m["page"] for m in one["maybe_carried_by"]}
        )
        for one in linked
    )


# ------------------------------------------------------------------------------ statements, claims, disagreements


def statement_facts(scene: Scene) -> Iterator[Fact]:
    """Kind and chain of single sentences."""
    for row in scene.truth["statements"]:
        wanted = " ".join(filter(None, ("/".join(row.get("end", ())), "/".join(row.get("says", ())))))
        via = f" via {row['via'][0]}" if "via" in row else ""
        name = f"{row['page']}: “{row['words'][:48]}”: {'/'.join(row.get('kind', ()))} {wanted}{via}"
        yield name.rstrip(), lambda r=row: any(chain_is(s, r) for s in scene.said(r["page"], r["words"]))
        if "because" in row:
            yield (
                f"{row['page']}: why unnamed: {row['because']}",
                lambda r=row: any(
                    squash(r["because"]) in squash(link.get("anonymity_reason"))
                    for s in scene.on_page[r["page"]]
                    for link in s["chain"]
                ),
            )


def chain_is(statement: Entry, row: Entry) -> bool:
    """Whether a statement has the kind, the end, and the cited newsroom that a row names."""
    links = [link for link in statement["chain"] if link["role"] != "newsroom"]
    last = links[-1] if links else {}
    if "kind" in row and statement["kind"] not in row["kind"]:
        return False
    if "end" in row and last.get("kind") not in row["end"] and not (row["end"] == ["observation"] and not links):
        return False
    naming = f"{squash(last.get('name'))} | {squash(last.get('description'))}"
    if "says" in row and not any(squash(word) in naming for word in row["says"]):
        return False
    cited = [link for link in links if link["role"] == "report"]
    return "via" not in row or any(is_one_of(link["name"] or link["description"], row["via"]) for link in cited)


def claim_facts(scene: Scene) -> Iterator[Fact]:
    """Who carries a claim, through how many origins it came, and who was first."""
    for row in scene.truth["claims"]:
        name = f"claim: {row['name']}"
        carried = set(row["carried"])
        may = carried | set(row.get("may_carry", ()))
        yield (
            f"{name}: carried by {_numbers(carried)}",
            lambda r=row, c=carried, m=may: c <= scene.carried(scene.claim(r["carried"])) <= m,
        )
        if row.get("silent"):
            yield f"{name}: silent {_numbers(row['silent'])}", lambda r=row: is_silent(scene, r)
        yield f"{name}: origins {_interval(row)}", lambda r=row: count_is(scene.claim(r["carried"]), r)
        if "kinds" in row or "names" in row:
            wanted = "/".join((*row.get("kinds", ()), *row.get("names", ())))
            yield f"{name}: source {wanted}", lambda r=row: sources_are(scene.claim(r["carried"]), r)
        if "first" in row:
            yield (
                f"{name}: first {row['first']['verdict'][0]} {_numbers(row['first']['pages'])}",
                lambda r=row: first_is(scene, r),
            )
        if row.get("loop"):
            yield f"{name}: is a loop", lambda r=row: bool(scene.claim(r["carried"])["loops"])
    looped = [r["carried"] for r in scene.truth["claims"] if r.get("loop")]
    pages = set().union(*looped)
    yield "no loop elsewhere", lambda: all(scene.carried(c) & pages for c in scene.dossier["claims"] if c["loops"])


def _numbers(keys: Iterable[str]) -> str:
    return " ".join(sorted(key[:2] for key in keys))


def _interval(row: Entry) -> str:
    low, high = ("/".join(map(str, row[end])) for end in ("min", "max"))
    return f"[{low}, {high}]"


def is_silent(scene: Scene, row: Entry) -> bool:
    """The pages are counted as silent, or as contradicting."""
    pages = scene.claim(row["carried"])["pages"]
    quiet = {*pages["silent"], *pages.get("contradicted", ())} - {*pages["carried"]}
    return {scene.pages[key]["id"] for key in row["silent"]} <= quiet


def count_is(claim: Entry, row: Entry) -> bool:
    """The interval is one of those that are right."""
    return claim["origins"]["min"] in row["min"] and claim["origins"]["max"] in row["max"]


def sources_are(claim: Entry, row: Entry) -> bool:
    """Each kind is there, and one of the names."""
    origins = claim["origins"]["list"]
    named = " | ".join(squash(origin["source"]) for origin in origins)
    kinds = {origin["kind"] for origin in origins}
    return set(row.get("kinds", ())) <= kinds and (
        "names" not in row or any(squash(name) in named for name in row["names"])
    )


def first_is(scene: Scene, row: Entry) -> bool:
    """The verdict is one of those that are right; where one is found, exactly these pages are first."""
    first = scene.claim(row["carried"])["first"]
    if first["verdict"] not in row["first"]["verdict"]:
        return False
    return first["verdict"] != "found" or {scene.key_of[p] for p in first["pages"]} == set(row["first"]["pages"])


def disagreement_facts(scene: Scene) -> Iterator[Fact]:
    """Those that must be found, and few others."""
    rows = scene.truth["disagreements"]
    found = scene.dossier["disagreements"]
    for row in rows["must"]:
        name = f"disagreement: “{next(iter(row['a'].values()))}” against “{next(iter(row['b'].values()))}”"
        yield name, lambda r=row: any(disagrees(scene, d, r) for d in found)
    right = [*rows["must"], *rows["fair"]]
    others = [d for d in found if not any(disagrees(scene, d, row) for row in right)]
    limit = rows["others_allowed"]
    yield f"at most {limit} other disagreements  [there are {len(others)}]", lambda: len(others) <= limit


def disagrees(scene: Scene, disagreement: Entry, row: Entry) -> bool:
    """Whether a disagreement has the kind and sets a statement of one side against one of the other."""
    touched = set(disagreement["statements"])
    sides = (
        any(statement["id"] in touched for key, words in row[side].items() for statement in scene.said(key, words))
        for side in "ab"
    )
    return disagreement["kind"] in row["kind"] and all(sides)


def timeline_facts(scene: Scene) -> Iterator[Fact]:
    """Days that stand on the timeline, and days that must not."""
    rows = scene.truth["timeline"]
    days = [entry["when"].get("earliest") or entry["when"].get("latest") or "" for entry in scene.dossier["timeline"]]
    for day in rows["has"]:
        yield f"timeline has {day}", lambda d=day: any(found.startswith(d) for found in days)
    yield "timeline has no furniture's date", lambda: not any(f[:10] in rows["has_not"] for f in days)
    low, high = rows["between"]
    yield f"timeline lies between {low} and {high}", lambda: bool(days) and all(low <= f[:4] <= high for f in days if f)


# ------------------------------------------------------------------------------------------------- the score

PARTS = (
    page_facts,
    story_facts,
    copy_facts,
    report_facts,
    statement_facts,
    claim_facts,
    disagreement_facts,
    timeline_facts,
)


def score(dossier: Entry, truth: Entry | None = None) -> list[tuple[str, bool]]:
    """Every fact with whether the dossier has it, in the order of the truth."""
    scene = Scene(dossier, truth or demo_truth())
    results = []
    for part in PARTS:
        for name, test in part(scene):
            try:
                results.append((name, bool(test())))
            except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
                results.append((f"{name}  [{type(error).__name__}: {str(error)[:60]}]", False))
    return results


def bare_name(name: str) -> str:
    """A fact's name without what was found instead (in brackets at its end): the same in every run."""
    return name.partition("  [")[0]


def measure(path: Path) -> Figures:
    """The facts found, of how many. ``path`` is a dossier of the demo collection."""
    results = score(json.loads(path.read_text(encoding="utf-8")))
    return {"facts": sum(ok for _, ok in results), "of": len(results)}


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m quality.demo", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dossier", type=Path, help="dossier.json of a run over the demo collection")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    parser.add_argument("--misses", action="store_true", help="print only the names of the facts that were missed")
    given = parser.parse_args()
    if not given.dossier.is_file():
        print(f"{given.dossier} does not exist: give the dossier.json of a run over the demo", file=sys.stderr)
        return 2
    if given.json:
        figures = measure(given.dossier)
        print(json.dumps(figures))
        return 0 if figures["facts"] == figures["of"] else 1
    results = score(json.loads(given.dossier.read_text(encoding="utf-8")))
    right = sum(ok for _, ok in results)
    if given.misses:
        print("\n".join(bare_name(name) for name, ok in results if not ok))
    else:
        print("\n".join(f"{'ok  ' if ok else 'MISS'} {name}" for name, ok in results))
        print(f"demo {right}/{len(results)}")
    return 0 if right == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())
