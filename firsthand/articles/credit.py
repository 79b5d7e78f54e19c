"""The credit: the agency whose copy a text is, or that contributed to it. A mention is no credit.

Candidates: a "Posted by: X Wire" line, the byline, JSON-LD's author, the dateline ("(AP) —"), a tail line
("... contributed to this report", "— X"), a copyright line, and the outlet itself where it is an agency. Only agencies
count: a broadcaster's own dateline is its outlet, not a credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from firsthand.language.rows import rows
from firsthand.newsrooms import by_name
from firsthand.records import Credit, Named, Page, Reason, Span

from .blocks import Block, tidy
from .cues import lowered
from .declared import Markup
from .evidence import Candidate, best
from .verdicts import Verdict

_DATELINE = re.compile(r"^[^\n()]{0,80}\(([^()\n]{2,40})\)\s*(?:[-–—―:]|--|\s[A-Z“\"])")
_LINE_DATELINE = re.compile(r"^[A-Z][^\n()]{0,60}\(([^()\n]{2,40})\)\s*[-–—:]?\s*$")
_BARE_DATELINE = re.compile(r"^\(([^()\n]{2,40})\)\s*(?:[-–—:]|--)?\s")
_TAIL_MARK = re.compile(r"^(?:[-–—]\s?|\()?([A-Z][^()\n.]{1,40}?)\)?\.?$")
_YEARS = re.compile(r"^\s*(?:©|\(c\))?\s*(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)?\d{2})?,?\s")
_CAPITALS = re.compile(r"(?:[A-Z][\w&'’.-]{0,30}\s?){1,7}")
_SPLIT = re.compile(r"\s*(?:,|/|;|\||\band\b|&|\swith\s|·|•)\s*")


@dataclass(frozen=True, slots=True)
class _Found:
    """A credit candidate: whose, where it was found, its words, and whether the whole text is meant."""

    name: str
    basis: str
    rank: float
    words: str
    extent: Literal["whole", "partly"] = "whole"


@cache
def _phrases() -> tuple[tuple[str, str, str], ...]:
    """``(words, side, extent)`` of every phrase, the longest first."""
    found = [
        (words, side, row["extent"])
        for row in rows("credits")["phrase"]
        for side in ("before", "after")
        for words in row[side]
    ]
    return tuple(sorted(found, key=lambda f: (-len(f[0]), f)))


def agency_name(name: str) -> str | None:
    """The agency of this name: one that the table of newsrooms knows, or a name that ends like one ("Harrow Wire")."""
    text = tidy(name).strip(' .,;:-–—()[]"“”')
    if not 2 <= len(text) <= 60 or "(" in text:
        return None
    room = by_name(text)
    if room and room.kind == "agency":
        return text if lowered(text) != lowered(room.name) and _ends_like_agency(text) else room.name
    table = rows("credits")["agency"]
    if _ends_like_agency(text) and lowered(text) not in table["not"] and text[0].isupper() and " " in text:
        return text
    return None


def _ends_like_agency(text: str) -> bool:
    return any(lowered(text) == w or lowered(text).endswith(" " + w) for w in rows("credits")["agency"]["words"])


def credit_of(
    page: Page,
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    markup: Markup | None,
    outlet: Named | None,
    text: str,
) -> tuple[Credit | None, tuple[Reason, ...]]:
    """The credit with its basis and, where its words stand in ``text``, their span; or None. And the reasons."""
    body = [i for i, v in enumerate(verdicts) if v.role in ("body", "standfirst")]
    found = [*_of_head(blocks, verdicts, body), *_of_body([blocks[i].text for i in body])]
    found.extend(_of_tail(blocks, verdicts, body))
    found.extend(_of_authors(page, markup))
    found.extend(_of_outlet(outlet))
    chosen, reasons = best("credit-source", [Candidate(f.name, f.basis, f.rank, f.words) for f in found])
    if chosen is None:
        return None, reasons
    winner = next(f for f in found if (f.name, f.basis, f.words) == (chosen.value, chosen.source, chosen.words))
    return Credit(winner.name, winner.basis, _span(text, winner), winner.extent), reasons


def _span(text: str, found: _Found) -> Span | None:
    at = text.find(found.words) if found.words and found.basis in ("dateline", "tail", "phrase") else -1
    return Span(at, at + len(found.words)) if at >= 0 else None


def _of_head(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int]) -> Iterable[_Found]:
    """Lines around the head that credit: "Posted by: X Wire", "By Jo Lind, X News Agency", a line "X Wire"."""
    if not body:
        return
    for i in range(max(0, body[0] - 12), min(len(blocks), body[0] + 3)):
        text = blocks[i].text
        if verdicts[i].role in ("body", "headline", "standfirst") or len(text) > 160:
            continue
        for name, extent in _credited(text):
            yield _Found(name, "byline-line", 1.0, text, extent)
        dated = _LINE_DATELINE.match(text)
        whole = agency_name(dated[1] if dated and _is_place(text[: dated.start(1) - 1]) else text)
        if whole and i > body[0] - 8:
            yield _Found(whole, "byline-line", 1.5, text)


def _credited(line: str) -> Iterable[tuple[str, Literal["whole", "partly"]]]:
    """The agencies that a line credits by a phrase before or after their names."""
    low = lowered(line).strip()
    for words, side, extent in _phrases():
        if side == "before" and low.startswith(words) and not low[len(words) : len(words) + 1].isalpha():
            rest = _YEARS.sub("", line.strip()[len(words) :])
            lead = _CAPITALS.match(rest.strip())
            parts = (rest, *_SPLIT.split(rest[:200]), lead[0] if lead else "")
            names = [agency_name(part) for part in parts]
        elif side == "after" and words in low:
            names = [agency_name(part) for part in _name_parts(line[: low.index(words)])]
        else:
            continue
        known = [n for n in names if n]
        if known:
            yield known[0], "partly" if extent == "partly" else "whole"
            return


def _name_parts(before: str) -> list[str]:
    """Parts of the words before "contributed to this report" that can be an agency: "X writers Jo Lind"."""
    before = re.sub(r"^.*[.!?]\s", "", before[-200:])
    parts = [
        p for part in _SPLIT.split(before) for p in (part, re.sub(r"^(?:the|and)\s", "", part, flags=re.IGNORECASE))
    ]
    cut = [
        re.split(r"\s(?:writers?|reporters?|correspondents?|staff|journalists?|researchers?)\b", p)[0] for p in parts
    ]
    return [*parts, *cut, before]


def _of_body(paragraphs: Sequence[str]) -> Iterable[_Found]:
    for text in paragraphs[:3]:
        for form in (_DATELINE, _BARE_DATELINE):
            match = form.match(text[:200])
            name = (agency_name(match[1]) or _spelled_out(match[1], paragraphs)) if match else None
            if match is None or not name:
                continue
            head = text[: match.end(1) + 1]
            if _is_place(text[: match.start(1) - 1]):
                yield _Found(name, "dateline", 2.0, head)
                return


def _spelled_out(initials: str, paragraphs: Sequence[str]) -> str | None:
    """The agency that a text names in full and whose initials its dateline gives ("(HNA)": Harrow News Agency)."""
    if not (2 <= len(initials) <= 6 and initials.isalpha() and initials.isupper()):
        return None
    first = r"\s".join(rf"{c}[\w'’-]+" for c in initials)
    for text in paragraphs[:40]:
        for match in re.finditer(rf"\b{first}", text[:3000]):
            if name := agency_name(match[0]):
                return name
    return None


def _is_place(words: str) -> bool:
    """Whether the words before a dateline's agency can be its place and day, or are none."""
    place = words.strip()
    return not place or place.split(",")[0].isupper() or len(place.split()) <= 4


def _of_tail(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int]) -> Iterable[_Found]:
    if not body:
        return
    near = [*body[-3:], *range(body[-1] + 1, min(len(blocks), body[-1] + 8))]
    for i in near:
        text = blocks[i].text
        if len(text) > 500 or verdicts[i].rule == "photo-credit":
            continue
        in_body = i in body
        for sentence in (text, re.split(r"(?<=[.!?])\s", text)[-1]):
            credited = list(_credited(sentence)) if not in_body or _is_phrase_line(sentence) else []
            for agency, extent in credited:
                yield _Found(agency, "phrase", 3.0 if extent == "whole" else 4.0, sentence, extent)
            if credited:
                break
        mark = _TAIL_MARK.match(text) if len(text) <= 48 else None
        name = agency_name(mark[1]) if mark else None
        if name:
            yield _Found(name, "tail", 3.0, text)


def _is_phrase_line(text: str) -> bool:
    """In the body only contributions and sources that a whole sentence states, never an ordinary sentence with "by"."""
    low = lowered(text)
    if len(text.split()) > 30 or low.startswith(("by ", "via ", "from ")):
        return False
    return any(
        (side == "after" and low.rstrip(" .").endswith(words)) or (side == "before" and low.startswith(words))
        for words, side, _ in _phrases()
    )


def _of_authors(page: Page, markup: Markup | None) -> Iterable[_Found]:
    for given in page.given_byline:
        for part in (given, *_SPLIT.split(given[:200])):
            name = agency_name(part)
            if name:
                yield _Found(name, "record", 2.5, given)
    if markup is None:
        return
    for item in markup.linked:
        authors = item.get("author")
        for author in (authors if isinstance(authors, list) else [authors])[:8]:
            value = author.get("name") if isinstance(author, dict) else author
            name = agency_name(value) if isinstance(value, str) else None
            if name:
                yield _Found(name, "jsonld", 2.6, str(value))
    for value in (*markup.meta.get("author", ()), *markup.authors[:3]):
        for part in (value, *_SPLIT.split(value[:200])):
            name = agency_name(re.sub(r"^by\s", "", part, flags=re.IGNORECASE))
            if name:
                yield _Found(name, "meta", 2.7, value)


def _of_outlet(outlet: Named | None) -> Iterable[_Found]:
    name = agency_name(outlet.name) if outlet else None
    if name and outlet:
        yield _Found(name, "outlet", 5.0, outlet.name)
