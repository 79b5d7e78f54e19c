"""Answers about one thing of a dossier: what an id is, why a verdict stands, what was set aside.

In: a compiled dossier and an id. Out: an :class:`Answer`, a small outline of lines under lines that a terminal prints
and ``--json`` gives whole (``rows``). It decides nothing: every line is a field of the dossier in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from firsthand.errors import NotFound

from .edit_view import differences, ranked
from .finding import first_words, origins_words
from .matter_view import MAX_MATTER, longest_words, whereabouts
from .moments import moment_words
from .outline import Answer, Line, Row
from .overrule_view import of_claim, overrule_words, overruled
from .wording import capital, chain_phrase, clip, counted, interval, page_name, phrase_text, report_name

MAX_EDITS = 60
"""Edits of a pair that are named."""

KINDS = ("claims", "disagreements", "stories", "reports", "statements", "pages", "source_matter", "overrules")


def find(dossier: Row, key: str) -> tuple[str, Row]:
    """The kind and the entry of an id (a unique beginning of one will do), of a copy by its two pages' ids joined by a
    plus sign, or of an origin by its claim's id, a dot and its number. Raises :class:`errors.NotFound`."""
    if "+" in key:
        return "copies", _find_copy(dossier, key)
    claim, dot, number = key.rpartition(".")
    if dot and number.isdigit():
        return "origins", _find_origin(dossier, claim, int(number))
    matches = [(kind, row) for kind in KINDS for row in dossier[kind] if row["id"].startswith(key)] if key else []
    exact = [match for match in matches if match[1]["id"] == key]
    if exact or len(matches) == 1:
        return (exact or matches)[0]
    if not matches:
        raise NotFound(
            f"no claim, story, report, statement, page or source matter has the id {key!r}", "firsthand claims"
        )
    some = ", ".join(row["id"] for _, row in matches[:4])
    raise NotFound(f"{key!r} is the beginning of {len(matches)} ids: {some} ...", "give more of it")


def _find_copy(dossier: Row, key: str) -> Row:
    """The copy of two pages."""
    pages = {find(dossier, part)[1]["id"] for part in key.split("+", 1)}
    found: list[Row] = [row for row in dossier["copies"] if {row["a"], row["b"]} == pages]
    if not found:
        raise NotFound(f"the two pages of {key!r} are no copies of each other", "firsthand why PAGE names its copies")
    return found[0]


def _find_origin(dossier: Row, key: str, number: int) -> Row:
    """A claim with the number of one of its origins, from 1."""
    kind, row = find(dossier, key)
    if kind != "claims":
        raise NotFound(
            f"{key!r} is the id of one of the {kind.replace('_', ' ')}, and has no origins", "firsthand claims"
        )
    if not 1 <= number <= len(row["origins"]["list"]):
        many = counted(len(row["origins"]["list"]), "origin")
        raise NotFound(f"the claim {row['id']} has {many}, none of them number {number}", f"firsthand why {row['id']}")
    return {"claim": row, "number": number}


def stories(dossier: Row) -> Answer:
    """Every story with its finding."""
    lines = [
        line
        for row in dossier["stories"]
        for line in (
            (0, f"{row['id']}  {clip(row['title'], 200)}{overruled(row['reasons'])}"),
            (1, row["finding"]),
        )
    ]
    return Answer(tuple(lines), tuple(dossier["stories"]))


def claims(dossier: Row, story: str | None = None, least_pages: int = 1) -> Answer:
    """Every claim with its interval of independent origins, the pages that carry it, and its words."""
    wanted = find(dossier, story)[1]["id"] if story else None
    rows = [
        row
        for row in dossier["claims"]
        if (wanted is None or row["story"] == wanted) and len(row["pages"]["carried"]) >= least_pages
    ]
    titles = {row["id"]: row["title"] for row in dossier["stories"]}
    lines: list[Line] = []
    last = None
    for row in rows:
        if row["story"] != last:
            last = row["story"]
            lines.append((0, f"{last}  {clip(titles.get(last, ''), 200)}"))
        count = interval(row["origins"]["min"], row["origins"]["max"])
        pages = counted(len(row["pages"]["carried"]), "page")
        said = overruled(*of_claim(row))
        lines.append((1, f"{row['id']}  origins {count}, {pages}: “{clip(row['text'], 240)}”{said}"))
    return Answer(tuple(lines), tuple(rows))


def why(dossier: Row, key: str) -> Answer:
    """The chain of reasons behind a claim's count, a disagreement, a story, a report, a statement, a page, source
    matter, an overrule, an origin (a claim's id, a dot, its number) or a copy."""
    kind, row = find(dossier, key)
    tell = {
        "copies": _why_copy,
        "claims": _why_claim,
        "disagreements": _why_disagreement,
        "stories": _why_story,
        "reports": _why_report,
        "statements": _why_statement,
        "pages": _why_page,
        "source_matter": _why_matter,
        "origins": _why_origin,
        "overrules": _why_overrule,
    }[kind]
    return Answer(tuple(tell(_Index(dossier), row)), (row,))


def set_aside(dossier: Row, key: str) -> Answer:
    """What was set aside on a page (its furniture), with the reasons."""
    kind, row = find(dossier, key)
    if kind != "pages":
        raise NotFound(
            f"{key!r} is the id of one of the {kind.replace('_', ' ')}, not of a page",
            "firsthand stories --json lists pages",
        )
    lines: list[Line] = [(0, f"{row['id']}  {page_name(row)}: {clip(row['location'], 200)}")]
    for part in row["set_aside"]:
        lines.append((1, f"{part['why']} ({counted(len(part['lines']), 'line')})"))
        lines += [(2, f"“{clip(line, 200)}”") for line in part["lines"]]
    if not row["set_aside"]:
        lines.append((1, "nothing was set aside"))
    return Answer(tuple(lines), tuple(row["set_aside"]))


class _Index:
    """The dossier's entries by id."""

    def __init__(self, dossier: Row) -> None:
        self.dossier = dossier
        self.pages = {row["id"]: row for row in dossier["pages"]}
        self.reports = {row["id"]: row for row in dossier["reports"]}
        self.statements = {row["id"]: row for row in dossier["statements"]}

    def page(self, key: str) -> str:
        """What to call a page, with its id."""
        return f"{page_name(self.pages[key])} ({key})" if key in self.pages else key

    def said(self, key: str, depth: int) -> Iterator[Line]:
        """A statement: its words, then its chain."""
        row = self.statements.get(key)
        if row is not None:
            yield depth, f"{self.page(row['page'])}: “{clip(row['text'], 400)}”"
            yield depth + 1, phrase_text(chain_phrase(row["chain"], row["kind"]))

    def reasons(self, rows: Sequence[Row], depth: int) -> Iterator[Line]:
        """Reasons, with the quoted words that they point to: once, below the last of several that point to the same."""
        for spots, those in groupby(rows, key=lambda row: row["spans"][:4]):
            for row in those:
                yield depth, f"because {row['because']} [{row['rule']}, {row['weight']:g}]"
            yield from self._quoted(spots, depth + 1)

    def _quoted(self, spots: Sequence[Row], depth: int) -> Iterator[Line]:
        for spot in spots:
            page = self.pages.get(spot["page"])
            if page is not None and spot["span"]:
                words = page["text"][spot["span"][0] : spot["span"][1]]
                yield depth, f"{page_name(page)}: “{clip(words, 200)}”"


def _why_claim(index: _Index, row: Row) -> Iterator[Line]:
    origins = row["origins"]
    yield 0, f"“{clip(row['text'], 400)}”"
    yield 0, capital(origins_words(row, "this claim")) + "."
    for number in range(1, len(origins["list"]) + 1):
        yield from _origin_lines(index, row, number, 1)
    yield from index.reasons(origins["reasons"], 1)
    for merge in origins["open"]:
        yield 1, f"open: {merge['a'] + 1} and {merge['b'] + 1} may be one"
        yield from index.reasons(merge["reasons"], 2)
    yield 0, capital(first_words(index.dossier, row, "it")) + "."
    yield from index.reasons(row["first"]["reasons"], 1)
    for name, words in (("silent", "silent on it"), ("unreadable", "cut off, so not called silent")):
        if row["pages"][name]:
            yield 0, f"{capital(words)}: {', '.join(index.page(key) for key in row['pages'][name])}."
    for loop in row["loops"]:
        yield 0, "Circular: " + " cites ".join(report_name(index.reports.get(key)) for key in (*loop, loop[0]))
    if row.get("reasons"):
        yield 0, "Its statements were aligned:"
        yield from index.reasons(row["reasons"], 1)


def _origin_lines(index: _Index, row: Row, number: int, depth: int) -> Iterator[Line]:
    """One origin of a claim: through whom, in what words, and what was merged into it and why."""
    origin = row["origins"]["list"][number - 1]
    source = f"on the word of {clip(origin['source'], 120)}" if origin["source"] else "in its own voice"
    yield depth, f"{number}. {report_name(index.reports.get(origin['report']))}, {source}"
    for key in origin["statements"]:
        yield from index.said(key, depth + 1)
    yield from index.reasons(origin["reasons"], depth + 1)


def _why_origin(index: _Index, row: Row) -> Iterator[Line]:
    claim, number = row["claim"], row["number"]
    yield 0, f"“{clip(claim['text'], 400)}”"
    yield from _origin_lines(index, claim, number, 0)
    for merge in claim["origins"]["open"]:
        if number - 1 in (merge["a"], merge["b"]):
            yield 1, f"open: {merge['a'] + 1} and {merge['b'] + 1} may be one"
            yield from index.reasons(merge["reasons"], 2)


def _why_overrule(index: _Index, row: Row) -> Iterator[Line]:
    yield 0, f"{row['id']}  {overrule_words(row)}"
    for side, name in zip(("a", "b"), row["named"], strict=True):
        yield 1, clip(name, 240)
        for held in row[side][:8]:
            words = f": “{clip(held['words'], 200)}”" if held["words"] else ""
            yield 2, f"{index.page(held['page'])}{words}"
    yield 0, "It applies." if row["applies"] else f"It does not apply in this run: {row['why_not']}"


def _why_disagreement(index: _Index, row: Row) -> Iterator[Line]:
    yield 0, clip(row["text"], 400)
    for key, value in zip(row["statements"], row["values"], strict=False):
        yield 1, f"“{clip(value, 120)}”"
        yield from index.said(key, 2)
    yield from index.reasons(row.get("reasons", ()), 1)


def _why_story(index: _Index, row: Row) -> Iterator[Line]:
    yield 0, clip(row["title"], 300)
    yield 0, row["finding"]
    for key in row["pages"]:
        page = index.pages.get(key)
        when = moment_words(page["published"]) if page else ""
        yield 1, f"{index.page(key)}" + (f", published {when}" if when else ", date unknown")
    yield from index.reasons(row.get("reasons", ()), 1)


def _why_report(index: _Index, row: Row) -> Iterator[Line]:
    where = "in the collection" if row["in_collection"] else "absent: only cited"
    yield 0, f"{capital(report_name(row))}, {where} ({row['kind']})"
    for key in row["pages"]:
        yield 1, f"carried by {index.page(key)}"
    for name, words in (("derived_from", "derived from"), ("cites", "cites")):
        for key in row[name]:
            yield 1, f"{words} {report_name(index.reports.get(key))} ({key})"
    for maybe in row["maybe_carried_by"]:
        yield 1, f"probably carried by {index.page(maybe['page'])}: {maybe['why']}"
    yield from index.reasons(row.get("reasons", ()), 1)


def _why_statement(index: _Index, row: Row) -> Iterator[Line]:
    yield from index.said(row["id"], 0)
    for link in row["chain"]:
        cue = f", signalled by “{clip(link['cue']['words'], 80)}”" if link["cue"] else ""
        name = link["name"] or link["description"] or "not named"
        yield 1, f"{link['role']} ({link['kind']}): {clip(name, 160)}{cue}"


def _why_page(index: _Index, row: Row) -> Iterator[Line]:
    yield 0, f"{page_name(row)}: {clip(row['headline'] or 'without headline', 200)}"
    yield 1, f"found at {clip(row['location'], 300)}"
    published = moment_words(row["published"])
    basis = row["published"]["basis"] if row["published"] else ""
    yield 1, f"published {published} ({basis})" if published else "published: unknown"
    for date in row["dates"]:
        yield 2, f"{moment_words(date)}: {date['role']}, {date['why']}"
    if row["credit"]:
        yield 1, f"credit {clip(row['credit']['name'], 80)} ({row['credit']['basis']})"
    yield 1, f"carries {report_name(index.reports.get(row['report']))} ({row['report']})"
    yield 1, f"{counted(len(row['paragraphs']), 'paragraph')}, completeness {row['completeness']}, genre {row['genre']}"
    for copy in index.dossier["copies"]:
        if row["id"] in (copy["a"], copy["b"]):
            other = copy["b"] if copy["a"] == row["id"] else copy["a"]
            yield 1, f"{copy['relation']} with {index.page(other)}, {copy['direction']}"
            if copy["edits"]:
                yield 2, f"they differ ({_differences(index, copy)}): firsthand why {copy['a']}+{copy['b']}"
            yield from index.reasons(copy["reasons"], 2)
    shared = [matter for matter in index.dossier["source_matter"] if row["id"] in _pages(matter)]
    for matter in shared[:MAX_MATTER]:
        others = len(_pages(matter) - {row["id"]})
        words = clip(longest_words(matter, index.pages, index.pages), 120)
        yield 1, f"has the words of one source with {counted(others, 'page')}: “{words}” (firsthand why {matter['id']})"
    if len(shared) > MAX_MATTER:
        yield 1, f"{len(shared) - MAX_MATTER} more source matter: dossier.json holds all"


def _why_matter(index: _Index, row: Row) -> Iterator[Line]:
    yield 0, f"“{clip(longest_words(row, index.pages, index.pages), 400)}”"
    yield 0, f"Pages that are no copies of each other have these {row['words']} words of one source: no copying."
    for where in whereabouts(row, index.pages, [key for key in index.pages if key in _pages(row)]):
        numbers = where["paragraphs"]
        spot = f", paragraph{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}" if numbers else ""
        yield 1, f"{index.page(where['page'])}{spot}"
        if where["part"]:
            yield 2, f"in part: “{where['part']}”"
    yield from index.reasons(row["reasons"], 1)


def _pages(matter: Row) -> set[str]:
    return {place["page"] for place in matter["places"]}


def _differences(index: _Index, copy: Row) -> str:
    return differences(copy["edits"], *(index.pages[copy[side]]["text"] for side in "ab"))


def _why_copy(index: _Index, row: Row) -> Iterator[Line]:
    first, second = index.pages[row["a"]], index.pages[row["b"]]
    yield 0, f"{row['relation']}: {index.page(row['a'])} and {index.page(row['b'])}"
    yield 1, f"shared: {row['share']['of_a']:.0%} of the first, {row['share']['of_b']:.0%} of the second"
    yield from index.reasons(row["reasons"], 1)
    yield 0, f"Direction: {row['direction']}"
    yield from index.reasons(row["direction_reasons"], 1)
    if not row["edits"]:
        return
    yield 0, f"They differ: {_differences(index, row)}."
    names = (page_name(first), page_name(second))
    if names[0] == names[1]:
        names = ("the first", "the second")
    order = ranked(row["edits"], first["text"], second["text"])
    for number, kind in order[:MAX_EDITS]:
        yield 1, _edit_words(row["edits"][number], kind, first["text"], second["text"], names)
    if len(order) > MAX_EDITS:
        yield 1, f"{len(order) - MAX_EDITS} more: dossier.json holds all"


def _edit_words(edit: Row, kind: str, text_a: str, text_b: str, names: tuple[str, str]) -> str:
    """One edit in a line."""
    a, b = clip(text_a[edit["a"][0] : edit["a"][1]], 240), clip(text_b[edit["b"][0] : edit["b"][1]], 240)
    if edit["kind"] == "reordered":
        return f"elsewhere in the order: “{clip(a, 120)}”"
    mark = f"{kind}: " if kind else ""
    if edit["kind"] == "changed":
        return f"{mark}“{a}” in {names[0]}, “{b}” in {names[1]}"
    return f"{mark}only in {names[0]}: “{a}”" if edit["kind"] == "cut" else f"{mark}only in {names[1]}: “{b}”"
