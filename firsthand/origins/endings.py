"""Where the chain of a statement ends: the report that it is taken from, and the source in it.

The last report that a chain cites decides: a page that passes on adds nothing. Reports that a sentence names side by
side ("the Courier and the Herald reported") are as many endings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..language.lead import lead_end
from ..language.rows import rows
from ..records import Article, Link, Report, Statement


@cache
def _joining() -> frozenset[str]:
    return frozenset(rows("origins")["joining"]["words"])


@dataclass(frozen=True, slots=True)
class Ending:
    """One end of one statement's chain. ``carrier`` is the report that the page carries, ``report`` the one that the
    chain leads to (the same where the page has it itself); ``source`` None where that report says it in its own
    voice. ``comment`` on an opinion or sponsored page; ``leading`` in the page's lead; ``said_first`` where the words
    say that the report was the first."""

    statement: Statement
    carrier: str
    report: str
    source: Link | None
    comment: bool
    leading: bool
    said_first: bool


def endings(
    statement: Statement,
    article: Article,
    report_of_link: Mapping[tuple[str, int], str],
    reports: Mapping[str, Report],
) -> tuple[Ending, ...]:
    """The ends of a statement's chain, at least one."""
    carrier = report_of_link.get((statement.id, 0), "")
    cited = [i for i, link in enumerate(statement.chain) if i and link.role == "report"]
    last = statement.chain[-1] if statement.chain else None
    source = last if last is not None and last.role == "source" and last.kind != "unknown" else None
    leading = statement.span.start < lead_end(article)
    comment = article.genre in ("opinion", "sponsored")
    said_first = any("first" in cue.words.casefold() for i in cited if (cue := statement.chain[i].cue) is not None)
    named = ((statement.id, i) for i in _last_named(statement, cited, article))
    led = [report_of_link[link] for link in named if link in report_of_link]
    if not led and source is None and leading and carrier in reports:
        led = list(reports[carrier].derived_from)
    return tuple(
        Ending(statement, carrier, report, source, comment, leading, said_first)
        for report in dict.fromkeys(led or [carrier])
    )


def _last_named(statement: Statement, cited: Sequence[int], article: Article) -> list[int]:
    """The last cited report of the chain, with those that stand beside it."""
    kept = list(cited[-1:])
    for index in reversed(cited[:-1]):
        here, after = statement.chain[index].span, statement.chain[kept[0]].span
        if here is None or after is None:
            break
        first, second = sorted((here, after))
        between = re.findall(r"\w+", article.text[first.end : min(second.start, first.end + 40)])
        if second.start - first.end > 30 or not {w.casefold() for w in between} <= _joining():
            break
        kept.insert(0, index)
    return kept
