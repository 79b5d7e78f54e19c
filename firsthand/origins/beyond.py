"""Ends that a claim has beyond its own chains, and what the ends of its statements tell of one another.

A source that "confirmed the report" below, the sentence after that says who had it first, and pages that have it from
several newsrooms or only from "media outlets": each is read beside the claim's other statements.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from ..language.lead import lead_end
from ..language.rows import rows
from ..records import Report, Statement
from .endings import Ending, has_word
from .public import follows, spaced

CREDIT_REACH, CREDIT_LENGTH = 150, 110
"""Characters after a statement within which the next may say who had it first, and the longest that such a one is."""

_CONFIRMS = re.compile(r"\bconfirm(?:s|ed|ing)?\b[^.;]{0,24}\b(?:reports?|reporting|news|story|account|accounts)\b")


def confirmations(found: Sequence[Ending], of_page: Mapping[str, Sequence[Statement]]) -> tuple[Ending, ...]:
    """Ends that a claim has beyond those of its own statements: on a page whose lead has it from another report, a
    source that "confirmed the report" speaks of it too."""
    led = {e.statement.page: e for e in found if e.report != e.carrier and e.statement.span.start < lead_end(e.article)}
    known = {e.statement.id for e in found}
    added = []
    for page, ending in sorted(led.items()):
        for statement in of_page.get(page, ()):
            source = statement.chain[-1] if statement.chain else None
            if statement.id in known or source is None or source.role != "source" or source.kind == "unknown":
                continue
            if _CONFIRMS.search(statement.text):
                added.append(
                    replace(
                        ending,
                        statement=statement,
                        report=ending.carrier,
                        source=source,
                        said_first=False,
                        by_descent=False,
                        confirms=True,
                    )
                )
    return tuple(added)


def first_credits(
    statements: Sequence[Statement], report_of_link: Mapping[tuple[str, int], str]
) -> dict[str, list[tuple[Statement, str]]]:
    """By page, the short statements that only say who had something first, in text order, with the report meant."""
    credits: dict[str, list[tuple[Statement, str]]] = {}
    for statement in statements:
        cited = [i for i, link in enumerate(statement.chain) if i and link.role == "report"]
        report = report_of_link.get((statement.id, cited[-1])) if cited else None
        if report is not None and len(statement.text) <= CREDIT_LENGTH and has_word("first", statement.text):
            credits.setdefault(statement.page, []).append((statement, report))
    return {page: sorted(found, key=_start) for page, found in credits.items()}


def _start(credit: tuple[Statement, str]) -> int:
    return credit[0].span.start


def _names_none(ending: Ending, reports: Mapping[str, Report]) -> bool:
    """Whether an end is no other newsroom's report by name: the page's own, or that of "several media outlets"."""
    if ending.report == ending.carrier:
        return True
    return ending.report in reports and reports[ending.report].newsroom is None and not reports[ending.report].pages


def first_told(
    found: Sequence[Ending],
    credits: Mapping[str, Sequence[tuple[Statement, str]]],
    reports: Mapping[str, Report],
) -> tuple[Ending, ...]:
    """Ends that a claim has by the sentence after: "Two officials said so. The news was first reported by the Courier"
    leads to the Courier's report as well as to the officials. ``credits`` as in :func:`first_credits`."""
    known = {e.statement.id for e in found}
    added: dict[tuple[str, str], Ending] = {}
    for ending in found:
        if not _names_none(ending, reports) or ending.comment:
            continue
        end, text = ending.statement.span.end, ending.article.text
        near = credits.get(ending.statement.page, ())
        for after, report in near[bisect_left(near, end, key=_start) :]:
            if after.span.start - end > CREDIT_REACH:
                break
            if after.id in known or "\n" in text[end : after.span.start]:
                continue
            new = replace(ending, statement=after, report=report, source=None, said_first=True, by_descent=False)
            added.setdefault((after.id, report), new)
    return tuple(added.values())


def settle(found: Sequence[Ending], reports: Mapping[str, Report]) -> tuple[Ending, ...]:
    """The ends of one claim, where a page that only passes on several reports' news means those of them that other
    statements of the claim lead to; the first where there are none. So does a page that has it from "several media
    outlets", where it cites them."""
    led = {e.report for e in found if not e.by_descent and e.report != e.carrier}
    found = [_from_the_press(e, led, reports) for e in found]
    led = {e.report for e in found if not e.by_descent}
    kept: list[Ending] = []
    for ending in found:
        rivals = [e for e in found if e.by_descent and e.statement.id == ending.statement.id]
        alone = bool(rivals) and ending is rivals[0] and not any(e.report in led for e in rivals)
        if not ending.by_descent or ending.report in led or alone:
            kept.append(ending)
    return tuple(kept)


def _from_the_press(ending: Ending, led: Set[str], reports: Mapping[str, Report]) -> Ending:
    """The end, led on to a report that the page cites where its words say only that "several outlets reported" it."""
    if ending.source is not None or not _names_none(ending, reports) or ending.carrier not in reports:
        return ending
    cited = sorted(led & set(reports[ending.carrier].cites))
    return replace(ending, report=cited[0]) if cited and _of_the_press(ending.statement.text) else ending


def _of_the_press(text: str) -> bool:
    """Whether a text says that "media outlets", "news organizations" reported."""
    padded, press = spaced(text), rows("origins")["press"]
    outlets = tuple(f"{of} {word}" for of in press["of"] for word in press["words"])
    return follows(padded, outlets, press["reporting"], 1)
