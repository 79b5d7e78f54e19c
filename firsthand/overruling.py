"""An editor's overrules, as the command line makes them: from two ids of a dossier to what the collection keeps.

In: a compiled dossier, two ids, a day. Out: a :class:`records.Overrule` that holds on to the words and pages behind the
ids. What two ids mean: two origins of a claim (``CLAIM.1``, as ``firsthand why CLAIM`` numbers them) are one origin or
two; two claims, or two statements, are one claim or not; two stories, or two pages, are one story or two; two reports
are one. With ``about`` two statements can also mean their origins, and two pages the reports that they carry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .dossier.answers import find
from .dossier.wording import clip, page_name, report_name
from .errors import NotFound, UsageError
from .overrules import mark_of_words
from .records import Anchor, Overrule, OverruleAbout, content_id

Row = Mapping[str, Any]
Verdict = Literal["one", "apart"]

MEANS: Mapping[str, tuple[OverruleAbout, ...]] = {
    "origin": ("origins",),
    "claim": ("claims",),
    "statement": ("claims", "origins"),
    "story": ("stories",),
    "page": ("stories", "reports"),
    "report": ("reports",),
}
"""What an overrule of two of a kind can be about, the first where nothing is asked for."""
ONE_OF = {"claims": "claim", "stories": "story", "reports": "report", "statements": "statement", "pages": "page"}


@dataclass(frozen=True, slots=True)
class _Side:
    """What one id names: its kind, the claim of an origin, what holds on to it, and its name in words."""

    id: str
    kind: str
    claim: str
    anchors: tuple[Anchor, ...]
    named: str


def make_overrule(
    dossier: Row, verdict: Verdict, ids: tuple[str, str], on: str, note: str = "", about: OverruleAbout | None = None
) -> Overrule:
    """The overrule that the things of these two ids are ``one`` or ``apart``. Raises :class:`errors.UsageError` where
    an id is not known or the two cannot be compared."""
    verb = "merge" if verdict == "one" else "split"
    first, second = (_side(dossier, key) for key in ids)
    if first.kind != second.kind:
        raise UsageError(
            f"{ids[0]!r} is a {first.kind} and {ids[1]!r} is a {second.kind}",
            f"firsthand {verb} takes two of one kind: firsthand why ID shows the ids of what stands beside it",
        )
    if first.id == second.id:
        raise UsageError(f"both ids name the same {first.kind}", _of_itself(dossier, first, verb))
    means = MEANS[first.kind]
    if about is not None and about not in means:
        raise UsageError(
            f"two of the kind {first.kind} say nothing about {about}", f"leave --about out, or give: {', '.join(means)}"
        )
    kind = about or means[0]
    if kind == "origins" and first.kind == "origin" and first.claim != second.claim:
        raise UsageError(
            f"{ids[0]!r} and {ids[1]!r} are origins of two claims, which are counted apart",
            f"firsthand merge {first.claim} {second.claim} makes the two claims one",
        )
    if kind == "reports" and verdict == "apart":
        raise UsageError(
            "reports are put together by an overrule, not parted",
            "tell their origins apart, claim by claim: firsthand split CLAIM.1 CLAIM.2",
        )
    sides = sorted((first, second), key=lambda side: [(a.page, a.words) for a in side.anchors])
    for side in sides:
        if not side.anchors:
            raise UsageError(
                f"no statement's chain leads to {side.id!r}, so an overrule has nothing to hold on to",
                "overrule the origins of a claim: firsthand merge CLAIM.1 CLAIM.2",
            )
    a, b = (side.anchors for side in sides)
    if a == b:
        raise UsageError("both ids lead to the same words", "name two statements of them: firsthand why ID lists them")
    ident = content_id("o", verdict, kind, *((held.page, held.words) for held in (*a, *b)), len(a))
    return Overrule(ident, verdict, kind, a, b, (sides[0].named, sides[1].named), on, note.strip())


def with_overrule(kept: Sequence[Overrule], new: Overrule) -> tuple[Overrule, ...]:
    """The overrules with a new one, which takes the place of any earlier one on the same two things."""
    return (*(old for old in kept if not _same_two(old, new)), new)


def without(kept: Sequence[Overrule], key: str) -> tuple[tuple[Overrule, ...], Overrule]:
    """The overrules without the one of this id (a unique beginning will do), and that one."""
    matches = [o for o in kept if key and o.id.startswith(key)]
    if len(matches) != 1:
        many = f"{key!r} is the beginning of {len(matches)} overrules" if matches else f"no overrule has the id {key!r}"
        raise NotFound(many, "firsthand overrules lists them")
    return tuple(o for o in kept if o is not matches[0]), matches[0]


def _same_two(old: Overrule, new: Overrule) -> bool:
    """Whether two overrules are about the same two things: each side of one shares words with one side of the other."""
    if old.about != new.about:
        return False
    a, b = ({(h.page, h.words) for h in side} for side in (old.a, old.b))
    c, d = ({(h.page, h.words) for h in side} for side in (new.a, new.b))
    return bool((a & c and b & d) or (a & d and b & c))


def _of_itself(dossier: Row, side: _Side, verb: str) -> str:
    """What to type where both ids name one thing."""
    statements = [
        row["id"]
        for held in side.anchors
        for row in dossier["statements"]
        if row["page"] == held.page and row["text"] == held.words
    ]
    if verb == "split" and len(statements) > 1 and side.kind in ("claim", "origin"):
        more = " --about origins" if side.kind == "origin" else ""
        return f"name two of its statements, such as: firsthand split {statements[0]} {statements[1]}{more}"
    return f"name two: firsthand {verb} A B"


def _side(dossier: Row, key: str) -> _Side:
    kind, row = find(dossier, key)
    if kind == "origins":
        return _origin(dossier, row["claim"], row["number"])
    if kind not in ONE_OF:
        raise UsageError(
            f"{key!r} is the id of a thing that nobody can overrule", "firsthand claims, firsthand stories"
        )
    one = ONE_OF[kind]
    pages = {page["id"]: page for page in dossier["pages"]}
    statements = {statement["id"]: statement for statement in dossier["statements"]}
    if one == "page":
        return _Side(row["id"], one, "", (_anchor(row),), f"the page {page_name(row)}")
    if one == "story":
        anchors = tuple(_anchor(pages[page]) for page in sorted(row["pages"]) if page in pages)
        return _Side(row["id"], one, "", anchors, f"the story “{clip(row['title'], 100)}”")
    if one == "report":
        return _Side(row["id"], one, "", _of_report(dossier, row, pages), report_name(row))
    members = [row] if one == "statement" else [statements[s] for s in row["statements"] if s in statements]
    return _Side(row["id"], one, "", _of_statements(members, pages), f"“{clip(row['text'], 160)}”")


def _origin(dossier: Row, row: Row, number: int) -> _Side:
    origin = row["origins"]["list"][number - 1]
    pages = {page["id"]: page for page in dossier["pages"]}
    statements = {statement["id"]: statement for statement in dossier["statements"]}
    members = [statements[s] for s in origin["statements"] if s in statements]
    report = next((r for r in dossier["reports"] if r["id"] == origin["report"]), None)
    source = f"on the word of {clip(origin['source'], 80)}" if origin["source"] else "in its own voice"
    named = f"{report_name(report)}, {source}, for “{clip(row['text'], 120)}”"
    return _Side(f"{row['id']}.{number}", "origin", row["id"], _of_statements(members, pages), named)


def _of_statements(rows: Sequence[Row], pages: Mapping[str, Row]) -> tuple[Anchor, ...]:
    found = {_anchor(pages[row["page"]], row["text"]) for row in rows if row["page"] in pages}
    return tuple(sorted(found, key=lambda held: (held.page, held.words)))


def _of_report(dossier: Row, report: Row, pages: Mapping[str, Row]) -> tuple[Anchor, ...]:
    """A report's pages or, where it is absent, the statements that cite it."""
    if report["pages"]:
        return tuple(_anchor(pages[page]) for page in sorted(report["pages"]) if page in pages)
    citing = [row for row in dossier["statements"] if any(link["report"] == report["id"] for link in row["chain"][1:])]
    return _of_statements(citing, pages)


def _anchor(page: Row, words: str = "") -> Anchor:
    return Anchor(page["id"], words, mark_of_words(page["headline"], page["text"]))
