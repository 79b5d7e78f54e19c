"""The credit: the agency whose copy a text is, or that contributed to it. A mention is no credit.

Candidates: lines beside the article that hold nothing but a credit (``credit_line.py``), the dateline ("(AP) —"), a
sentence at the end ("... contributed to this report"), the authors that the markup or the record names, and the outlet
itself where it is an agency. Only agencies count, unless the page says that the article first stood elsewhere; a
broadcaster's own dateline is its outlet. Only lines near the article's head and end are looked at: the work does not
grow with the page.
Known to fail: a dateline's initials that neither the table nor the text spells out; credits in a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from firsthand.language.rows import rows
from firsthand.newsrooms import by_name, same_newsroom
from firsthand.records import Credit, Named, Page, Reason, Span

from .agencies import LONGEST, agency_name, find_agencies
from .blocks import Block, plain
from .credit_line import CreditLine, Extent, has_day, read_credit_line
from .cues import lowered
from .dateline import dateline_agency
from .declared import Markup
from .evidence import Candidate, best
from .people import is_lead, is_person
from .verdicts import Verdict

BEFORE, WITHIN, AFTER = 12, 8, 8
"""Lines above the body's first paragraph, after it (a standfirst can stand above the byline) and under the body, in
which a credit is looked for."""
CLOSE = 4
"""Lines under the body in which a bare name credits."""

_PICTURE = ("caption", "figure", "photo", "image", "picture", "teaser", "related", "gallery", "thumb", "recommend")
_ELSEWHERE = ("ublished", "appeared", "eprinted", "eporting by", "onversation", "ONVERSATION")
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright)[^.|]{0,60}\.\s?all rights", re.IGNORECASE)
_CLOSING = re.compile(r"[(\[（]([^()\[\]（）]{2,60})[)\]）]\W{0,2}$")
_STOP = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True, slots=True)
class _Found:
    """A credit candidate: whose, where it was found, its words, and whether the whole text is meant."""

    name: str
    basis: str
    rank: float
    words: str
    extent: Extent = "whole"


@cache
def _phrases() -> tuple[tuple[tuple[str, Extent, bool], ...], tuple[tuple[str, Extent], ...], tuple[str, ...]]:
    """Phrases before a name ``(words, extent, any newsroom)`` and after one, longest first, and all of the first."""
    before: list[tuple[str, Extent, bool]] = []
    after: list[tuple[str, Extent]] = []
    for row in rows("credits")["phrase"]:
        extent: Extent = row["extent"]
        before.extend((words, extent, bool(row.get("any"))) for words in row["before"])
        after.extend((words, extent) for words in row["after"])
    before.sort(key=lambda f: (-len(f[0]), f))
    return tuple(before), tuple(sorted(after, key=lambda f: (-len(f[0]), f))), tuple(w for w, _, _ in before)


def credit_of(
    page: Page,
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    markup: Markup | None,
    outlet: Named | None,
    text: str,
    kept: Sequence[int] = (),
) -> tuple[Credit | None, tuple[Reason, ...]]:
    """The credit with its basis and, where its words stand in ``text``, their span; or None. And the reasons.
    ``kept`` are the article's lines."""
    body = kept or [i for i, v in enumerate(verdicts) if v.role in ("body", "standfirst")]
    own = outlet.name if outlet else ""
    found: list[_Found] = []
    if body:
        found.extend(_of_head(blocks, verdicts, body, own))
        found.extend(_of_datelines(blocks, body))
        found.extend(_of_tail(blocks, verdicts, body, own))
    found.extend(_of_authors(page, markup, own))
    found.extend(_of_outlet(outlet))
    chosen, reasons = best("credit-source", [Candidate(f.name, f.basis, f.rank, f.words) for f in found])
    if chosen is None:
        return None, reasons
    winner = next(f for f in found if (f.name, f.basis, f.words) == (chosen.value, chosen.source, chosen.words))
    return Credit(winner.name, winner.basis, _span(text, winner), winner.extent), reasons


def _span(text: str, found: _Found) -> Span | None:
    at = text.find(found.words) if found.words and found.basis in ("dateline", "tail", "phrase") else -1
    return Span(at, at + len(found.words)) if at >= 0 else None


def _is_of_picture(block: Block) -> bool:
    if not (block.tag or block.path):
        return False
    return block.tag in ("figcaption", "figure") or any(map(block.path.lower().__contains__, _PICTURE))


def _may_credit(text: str) -> bool:
    """Whether a line can credit at all: it names an agency, or says that it stood elsewhere first."""
    return bool(find_agencies(text)) or any(map(text.__contains__, _ELSEWHERE))


def _of_head(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int], own: str) -> Iterable[_Found]:
    """Lines around the head that credit: "Posted by: X Wire", "By Jo Lind, X News Agency", a line "X Wire" beside a
    date. A source or a bare name that no date or "by" stands beside is more often a picture's."""
    last = min(len(blocks), body[0] + WITHIN)
    inside = set(body)
    for i in range(max(0, body[0] - BEFORE), last):
        text = blocks[i].text
        if len(text) > 200 or verdicts[i].role in ("headline", "standfirst") or _is_of_picture(blocks[i]):
            continue
        if verdicts[i].role == "body" and len(text) > 90:
            continue
        if not _may_credit(text):
            continue
        phrased = list(_phrased(text, own, "byline-line", 1.2)) if verdicts[i].role != "body" else []
        line = None if phrased else read_credit_line(text, own)
        yield from phrased
        if line is not None and line.lead != "rights":
            if line.signed or (line.lead == "by" and not line.bare):
                yield _Found(line.name, "byline-line", 1.0, text, line.extent)
            elif line.lead == "source" and line.bare and i > body[0] and not _dated(blocks, i + 1):
                continue
            elif not line.weak and not line.pictured and _in_byline(blocks, i, i + 1 in inside, line.naked):
                yield _Found(line.name, "byline-line", 1.5, text, line.extent)
        elif len(text) <= 40 and plain(text) == "the conversation" and not same_newsroom(text, own):
            yield _Found("The Conversation", "byline-line", 1.6, text)


def _dated(blocks: Sequence[Block], at: int) -> bool:
    return at < len(blocks) and has_day(blocks[at].text)


def _in_byline(blocks: Sequence[Block], at: int, leads: bool, naked: bool) -> bool:
    """Whether a date, a clock, a "by" or a person's name stands within two lines, and no caption directly above.
    ``leads``: the text follows directly."""
    above = blocks[at - 1].text if at else ""
    if naked and len(above) > 60 and leads:
        return False
    if not naked and leads:
        return True
    near = [blocks[j].text for j in range(max(0, at - 2), min(len(blocks), at + 3)) if j != at]
    return any(
        len(t) <= 90 and (has_day(t) or lowered(t).strip(" :") in _leads() or is_lead(t) or is_person(t)) for t in near
    )


@cache
def _leads() -> frozenset[str]:
    table = rows("credits")["line"]
    return frozenset((*table["by"], *table["source"], "nachrichtenagentur", "news agency"))


def _of_datelines(blocks: Sequence[Block], body: Sequence[int]) -> Iterator[_Found]:
    """The agency in the dateline of one of the first three paragraphs, or of a line of its own above them."""
    start = body[0]
    above = range(max(0, start - 3), start)
    for i in (*body[:3], *above):
        text = blocks[i].text
        if i < start and len(text) > 90:
            continue
        hit = dateline_agency(text, lambda: [blocks[j].text for j in body[:40]], alone=i < start)
        if hit:
            yield _Found(hit[0], "dateline", 2.0, hit[1])
            return


def _of_tail(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int], own: str) -> Iterable[_Found]:
    for i in (*body[-3:], *range(body[-1] + 1, min(len(blocks), body[-1] + 1 + AFTER))):
        text = blocks[i].text
        inside = i in body
        if verdicts[i].rule == "photo-credit" or (not inside and (len(text) > 600 or _is_of_picture(blocks[i]))):
            continue
        if not inside and blocks[i].linked > 0.8 and len(text) > 40:
            continue
        if not _may_credit(text if len(text) <= LONGEST else text[-500:]):
            continue
        short = len(text) <= 200
        phrased = list(_closing_phrase(text, own, inside))
        yield from phrased
        line = read_credit_line(text, own) if short and not phrased else None
        if line is not None and not line.pictured and not (line.naked and line.weak):
            if i <= body[-1] + CLOSE or not line.bare or line.lead == "rights":
                yield _Found(line.name, "tail", 3.0 if line.lead != "rights" else 4.5, text, line.extent)
        elif line is None and (rights := _RIGHTS.match(text)) and (names := find_agencies(rights[0])):
            yield _Found(names[0].name, "copyright", 4.5, text[:160])
        elif inside and not short:
            yield from _closing(text, own, i == body[-1])


def _closing(text: str, own: str, last: bool) -> Iterator[_Found]:
    """A credit in brackets behind the last sentence: "... in the spring. (dpa)"."""
    match = _CLOSING.search(text[-80:]) if last else None
    if match and text[-80:][: match.start()].rstrip()[-1:] in '.!?…”"»“':
        line = read_credit_line(match[1], own)
        if line is not None and not line.pictured and (len(text) > 160 or not line.bare):
            yield _Found(line.name, "tail", 3.2, match[0].strip(), line.extent)


def _closing_phrase(text: str, own: str, inside: bool) -> Iterator[_Found]:
    """A sentence that says who contributed or where the text first stood: the line, its last sentence or its first."""
    sentence = text if len(text) <= 400 else _STOP.split(text[-500:])[-1]
    parts = _STOP.split(sentence)
    for words in dict.fromkeys((sentence, parts[-1], parts[0])):
        found = list(_phrased(words, own, "phrase", 3.0, sentence_only=inside))
        if found:
            yield from found
            return
    if sentence.lstrip("( ").startswith(("Reporting by ", "(Reporting by ")) and "diting by" in sentence:
        yield _Found("Reuters", "phrase", 3.6, sentence[:120])


def _phrased(text: str, own: str, basis: str, rank: float, sentence_only: bool = False) -> Iterator[_Found]:
    """The agency that a phrase before or after its name credits."""
    before, after, starts = _phrases()
    low = lowered(text).strip().lstrip('(—–-*_ "“')
    if low.startswith(starts):
        words, extent, of_any = next(f for f in before if low.startswith(f[0]))
        if low[len(words) : len(words) + 1].isalpha() and not words.endswith("'"):
            return
        if sentence_only and (len(low.split()) > 30 or (len(words.split()) < 2 and words[-1:] != ":")):
            return
        name = _first_agency(text, own if extent == "partly" else "", extent == "partly") or (
            _first_newsroom(text, words, own) if of_any else None
        )
        if name:
            yield _Found(name, basis, rank + (extent == "partly"), text, extent)
        return
    if "contribut" in low or "helped report" in low:
        ended = low.rstrip(' .)]_*”"')
        for words, extent in after:
            if ended.endswith(words) if sentence_only else words in ended:
                name = _first_agency(text[: low.index(words) + len(text) - len(low)], own)
                if name:
                    yield _Found(name, basis, rank + 1.0, text, extent)
                return


def _first_agency(text: str, own: str, closing: bool = False) -> str | None:
    """The first agency of a sentence; ``closing``: initials count as well where they end it ("reporting from PA")."""
    ended = len(text.rstrip(" .)]"))
    mentions = [f for f in find_agencies(text) if not f.weak or (closing and f.end >= ended)]
    return next((f.name for f in mentions if not (own and same_newsroom(f.name, own))), None)


def _first_newsroom(text: str, phrase: str, own: str) -> str | None:
    """The known newsroom directly after "originally published by", where it is not the page's own."""
    at = lowered(text).find(phrase)
    rest = text[at + len(phrase) :].strip(" :,“\"'").split() if at >= 0 else []
    for size in range(min(6, len(rest)), 0, -1):
        room = by_name(" ".join(rest[:size]).strip(" .,;:)"))
        if room is not None:
            return None if own and same_newsroom(room.name, own) else room.name
    return None


def _of_authors(page: Page, markup: Markup | None, own: str) -> Iterable[_Found]:
    """Agencies among the authors that the record or the markup names; beside persons they gave a part."""
    yield from _among(list(page.given_byline), "record", 2.5, own)
    if markup is None:
        return
    for item in markup.linked:
        authors = item.get("author")
        names: list[str] = []
        for author in (authors if isinstance(authors, list) else [authors])[:8]:
            value = author.get("name") if isinstance(author, dict) else author
            names.extend([value] if isinstance(value, str) else [])
        yield from _among(names, "jsonld", 2.6, own)
    yield from _among(list(dict.fromkeys(markup.meta.get("author", ()))), "meta", 2.7, own)


def _among(names: Sequence[str], basis: str, rank: float, own: str) -> Iterator[_Found]:
    values = [n.strip() for n in names if n and n.strip()]
    for value in values:
        line = read_credit_line(value, own) if len(value) <= 160 else None
        if line is None or line.pictured or (line.weak and len(value) <= 2):
            continue
        beside = line.bare and any(v != value and agency_name(v) is None for v in values)
        extent: Literal["whole", "partly"] = "partly" if beside else line.extent
        yield _Found(line.name, basis, rank, value, extent)
        return


def _of_outlet(outlet: Named | None) -> Iterable[_Found]:
    room = by_name(outlet.name) if outlet else None
    name = room.name if room and room.kind == "agency" else agency_name(outlet.name) if outlet else None
    if name and outlet:
        yield _Found(name, "outlet", 5.0, outlet.name)


__all__ = ["CreditLine", "agency_name", "credit_of"]
