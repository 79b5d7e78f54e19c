"""The lineage of a story as a picture: sources, absent reports, reports and pages in columns, and what runs between.

Laid out here, drawn by the template. Edges point the way the words went. Their kinds differ in dash, marker and
legend, never in colour alone: a *copy* is a solid line, a *retelling* dashed, a *citation* dotted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .wording import file_name, fit, plain

MAX_PAGES, MAX_REPORTS, MAX_ABSENT, MAX_SOURCES = 40, 30, 16, 14
"""What a picture can hold and still be read; a note says how many there are."""

COLUMN, GAP, ROW, BOX, MARGIN = 196, 84, 56, 42, 12
"""Pixels: a column's width, the gap between columns, a row's height, a box's height, the margin."""

LABEL_ROOM, UNDER_ROOM = 21.0, 27.0
"""How many average letters a box's label and the small line under it have room for, at 12.5 and 11 pixels."""

EdgeKind = Literal["speaks", "copy", "retelling", "citation", "maybe"]
EDGE_WORDS = {
    "speaks": "is a source of",
    "copy": "is carried by",
    "retelling": "is retold by",
    "citation": "is cited by",
    "maybe": "is perhaps carried by",
}
"""What an edge says, from its start to its end."""

UNDIRECTED_WORDS = {"copy": "shares text with", "retelling": "tells the same as"}
"""The same for two pages of which nobody knows who had it from whom: a line without an arrow."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box: ``kind`` is its column. ``name`` is the full label, for the text alternative."""

    key: str
    kind: str
    name: str
    label: str
    under: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one box to another: ``path`` is the SVG path, ``middle`` where a mark can stand, ``arrow`` whether
    the words went one way."""

    kind: EdgeKind
    start: str
    end: str
    path: str
    middle: tuple[float, float]
    arrow: bool


@dataclass(frozen=True, slots=True)
class Lineage:
    """The picture: its size in pixels, column heads as (x, words), boxes, lines, and the same in words."""

    width: float
    height: float
    heads: tuple[tuple[float, str], ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    words: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


HEADS = {"source": "Sources", "absent": "Reports not in the collection", "report": "Reports", "page": "Pages"}
_Item = tuple[str, str, str, str]  # key, column, name, the small line under it
_Link = tuple[EdgeKind, str, str, bool]  # kind, start, end, whether the words went that way
_Source = tuple[str, str, str, tuple[str, ...]]  # key, name, kind, the reports that it speaks in


def lineage_picture(
    pages: Sequence[Mapping[str, Any]],
    reports: Sequence[Mapping[str, Any]],
    claims: Sequence[Mapping[str, Any]],
    copies: Sequence[Mapping[str, Any]],
) -> Lineage:
    """The picture of one story. ``pages`` are its numbered page views, the rest its entries of the dossier."""
    notes: list[str] = []
    present = _capped([row for row in reports if row["in_collection"]], MAX_REPORTS, "reports", notes)
    absent = _capped([row for row in reports if not row["in_collection"]], MAX_ABSENT, "absent reports", notes)
    place = {row["id"]: number for number, row in enumerate(present)}
    pages = sorted(pages, key=lambda row: (place.get(row["report"], len(place)), row["number"]))
    shown = _capped(pages, MAX_PAGES, "pages", notes)
    files = {row["report"]: file_name(row["location"]) for row in reversed(pages) if row["report"]}
    sources = _capped(_sources(claims), MAX_SOURCES, "sources", notes)
    columns: dict[str, list[_Item]] = {
        "source": [(row[0], "source", row[1], _KINDS.get(row[2], "")) for row in sources],
        "absent": [_report_item(row, "absent", files) for row in absent],
        "report": [_report_item(row, "report", files) for row in present],
        "page": [_page_item(row) for row in shown],
    }
    links = _links(shown, present + absent, sources, copies)
    columns = {kind: items for kind, items in columns.items() if items}
    for kind in ("absent", "source"):
        if kind in columns:
            columns[kind] = _near_their_ends(columns[kind], columns, links)
    return _drawn(columns, links, notes)


_KINDS = {
    "person": "person",
    "body": "body",
    "unnamed": "unnamed",
    "document": "document",
    "observation": "own observation",
    "unknown": "kind unknown",
}


def _capped(rows: Sequence[Any], limit: int, what: str, notes: list[str]) -> list[Any]:
    if len(rows) > limit:
        notes.append(f"{limit} of {len(rows)} {what} are shown.")
    return list(rows[:limit])


def _sources(claims: Sequence[Mapping[str, Any]]) -> list[_Source]:
    """All sources that origins end in, those of most statements first. A named source is one box, whatever reports it
    speaks in; an unnamed one is a box for each report, since nothing says that they are the same."""
    found: dict[tuple[str, str, str], int] = {}
    reports: dict[tuple[str, str, str], set[str]] = {}
    for claim in claims:
        for origin in claim["origins"]["list"]:
            name, kind = plain(origin["source"]), origin["kind"]
            if name and origin["report"]:
                key = (name, kind, "" if kind in ("person", "body", "document") else origin["report"])
                found[key] = found.get(key, 0) + len(origin["statements"])
                reports.setdefault(key, set()).add(origin["report"])
    ranked = sorted(found, key=lambda key: (-found[key], key))
    return [("source " + " ".join(key), key[0], key[1], tuple(sorted(reports[key]))) for key in ranked]


def _report_item(row: Mapping[str, Any], kind: str, files: Mapping[str, str]) -> _Item:
    """A report whose newsroom is unknown is named by the file of its first page, where it has one."""
    under = "only cited" if kind == "absent" else {"unknown": "kind unknown"}.get(row["kind"], row["kind"])
    name = plain(row["newsroom"])
    if not name and row["id"] in files:
        return (row["id"], kind, files[row["id"]], f"newsroom unknown, {under}")
    return (row["id"], kind, name or "unnamed newsroom", under)


def _page_item(row: Mapping[str, Any]) -> _Item:
    return (row["id"], "page", f"{row['number']} · {plain(row['outlet']) or file_name(row['location'])}", row["when"])


def _links(
    pages: Sequence[Mapping[str, Any]],
    reports: Sequence[Mapping[str, Any]],
    sources: Sequence[_Source],
    copies: Sequence[Mapping[str, Any]],
) -> list[_Link]:
    """Every edge, in a fixed order; those with an end that is not shown are dropped when they are drawn."""
    links: list[_Link] = [("speaks", row[0], report, True) for row in sources for report in row[3]]
    for row in reports:
        links += [("retelling", other, row["id"], True) for other in row["derived_from"]]
        links += [("citation", other, row["id"], True) for other in row["cites"] if other not in row["derived_from"]]
        links += [("maybe", row["id"], maybe["page"], True) for maybe in row["maybe_carried_by"]]
    carried = {row["id"]: row["report"] for row in pages}
    links += [("copy", report, page, True) for page, report in carried.items() if report]
    return list(dict.fromkeys(links + _between_pages(carried, reports, copies)))


def _between_pages(
    carried: Mapping[str, str | None], reports: Sequence[Mapping[str, Any]], copies: Sequence[Mapping[str, Any]]
) -> list[_Link]:
    """Copies that the reports do not show already: not two pages of one report, nor of reports that are joined by a
    retelling or come from one other report."""
    origins = {row["id"]: {row["id"], *row["derived_from"]} for row in reports}
    for row in reports:
        for maybe in row["maybe_carried_by"]:
            origins.setdefault(carried.get(maybe["page"]) or "", set()).add(row["id"])
    links: list[_Link] = []
    for copy in copies:
        start, end = (copy["b"], copy["a"]) if copy["direction"] == "a_from_b" else (copy["a"], copy["b"])
        if origins.get(carried.get(start) or "", {start}).isdisjoint(origins.get(carried.get(end) or "", {end})):
            kind: EdgeKind = "retelling" if copy["relation"] == "rewrite" else "copy"
            links.append((kind, start, end, copy["direction"] in ("a_from_b", "b_from_a")))
    return links


def _near_their_ends(items: list[_Item], columns: Mapping[str, list[_Item]], links: Sequence[_Link]) -> list[_Item]:
    """The items of a column ordered by the mean place of what they lead to, so that fewer lines cross."""
    place = {item[0]: spot / max(1, len(column)) for column in columns.values() for spot, item in enumerate(column)}

    def mean(item: _Item) -> float:
        ends = [place[end] for _, start, end, _ in links if start == item[0] and end in place]
        return sum(ends) / len(ends) if ends else 1.0

    return sorted(items, key=lambda item: (mean(item), item))


# ----------------------------------------------------------------------------------------------------- drawing


def _drawn(columns: Mapping[str, list[_Item]], links: Sequence[_Link], notes: Sequence[str]) -> Lineage:
    below = len(columns.get("absent", ())) if "source" in columns else 0
    rows = max((len(items) for kind, items in columns.items() if not (below and kind == "absent")), default=0)
    top = MARGIN + 22
    height = top + (rows + below) * ROW + MARGIN
    nodes: dict[str, Node] = {}
    heads = []
    for spot, (kind, items) in enumerate(columns.items()):
        x = MARGIN + spot * (COLUMN + GAP)
        heads.append((float(x), HEADS[kind]))
        # Absent reports stand under the lines from the sources to the reports, which would else run behind them.
        low = bool(below) and kind == "absent"
        step = ROW if low else rows * ROW / max(1, len(items))
        for row, (key, _, name, under) in enumerate(items):
            y = round(top + (rows * ROW if low else 0) + step * (row + 0.5) - BOX / 2, 1)
            nodes[key] = Node(key, kind, name, fit(name, LABEL_ROOM), fit(under, UNDER_ROOM), float(x), y)
    edges = tuple(
        _edge(kind, nodes[start], nodes[end], arrow)
        for kind, start, end, arrow in links
        if start in nodes and end in nodes
    )
    words = tuple((nodes[edge.start].name, _edge_words(edge), nodes[edge.end].name) for edge in edges)
    width = MARGIN + len(columns) * COLUMN + max(0, len(columns) - 1) * GAP + 64
    return Lineage(width, height, tuple(heads), tuple(nodes.values()), edges, words, tuple(notes))


def _edge_words(edge: Edge) -> str:
    return EDGE_WORDS[edge.kind] if edge.arrow else UNDIRECTED_WORDS.get(edge.kind, EDGE_WORDS[edge.kind])


def _edge(kind: EdgeKind, start: Node, end: Node, arrow: bool) -> Edge:
    y1, y2 = start.y + BOX / 2, end.y + BOX / 2
    if start.x == end.x:
        x = start.x + COLUMN
        bulge = min(58.0, 26.0 + abs(y2 - y1) / 12)
        y2 += 9 if y1 > y2 else -9
        path = f"M{x:g} {y1:g} C{x + bulge:g} {y1:g} {x + bulge:g} {y2:g} {x + 3:g} {y2:g}"
        return Edge(kind, start.key, end.key, path, (x + bulge * 0.75, (y1 + y2) / 2), arrow)
    forward = start.x < end.x
    x1, x2 = (start.x + COLUMN, end.x - 3) if forward else (start.x, end.x + COLUMN + 3)
    half = (x2 - x1) / 2
    path = f"M{x1:g} {y1:g} C{x1 + half:g} {y1:g} {x2 - half:g} {y2:g} {x2:g} {y2:g}"
    return Edge(kind, start.key, end.key, path, ((x1 + x2) / 2, (y1 + y2) / 2), arrow)
