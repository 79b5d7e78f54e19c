"""Chains: invented sentences with what an editor marks in each, in PATH (TOML), and the share that comes out right.

The format is told at the top of ``tests/cases/statements/spoken.toml``: ``[[case]]`` tables are what the rules were
improved on, ``[[fresh]]`` tables were written later and measured before anything was changed for them. A case is right
where everything that it wants comes out, of every statement that it names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from firsthand.newsrooms import canonical, newsroom_key
from firsthand.options import StatementOptions
from firsthand.records import Article, Link, Moment, Named, Span, Statement
from firsthand.statements import extract_statements

from .frame import Figures, run

Case = Mapping[str, Any]
OUTLET = "Velda Gazette"
_TITLES = 2  # words that a person's name may have before those wanted ("Deputy Mayor Jonas Reuter")


def read_cases(path: Path, part: str) -> list[Case]:
    """The cases of one part of a file: ``case`` or ``fresh``."""
    if not path.is_file():
        raise SystemExit(f"{path} does not exist: give a TOML file of cases")
    return list(tomllib.loads(path.read_text(encoding="utf-8")).get(part, ()))


def case_article(case: Case) -> Article:
    """The article that a case stands for; a blank line parts its paragraphs."""
    text = case["text"]
    paragraphs = tuple(Span(m.start(), m.end()) for m in re.finditer(r"(?:[^\n]|\n(?!\n))+", text))
    day = case.get("published")
    return Article(
        "p",
        None,
        text,
        paragraphs,
        outlet=Named(case.get("outlet", OUTLET), "record"),
        published=Moment(day, day, "stated") if day else None,
    )


def misses(case: Case) -> Iterator[str]:
    """What does not come out of a case as wanted, one line a fault."""
    found = extract_statements(case_article(case), StatementOptions())
    for want in case["want"]:
        for fault in _faults(case["text"], found, want):
            yield f"{want['says']}: {fault}"


def _faults(text: str, found: tuple[Statement, ...], want: Mapping[str, Any]) -> Iterator[str]:
    start = text.index(want["says"])
    says = Span(start, start + len(want["says"]))
    statement = max(found, key=lambda s: (s.span.overlap(says), -len(s.text)))
    if statement.span.overlap(says) < len(want["says"]):
        yield f"is cut: {statement.text!r}"
    if "holds" in want and want["holds"] not in statement.text:
        yield f"lacks {want['holds']!r}: {statement.text!r}"
    if "apart" in want and want["apart"] in statement.text:
        yield f"has {want['apart']!r}"
    links = statement.chain[1:]
    if "chain" in want and not _is_chain(links, want["chain"]):
        yield f"chain {[show_link(link) for link in links]}, wanted {want['chain']}"
    for field in ("kind", "polarity"):
        if field in want and getattr(statement, field) != want[field]:
            yield f"{field} {getattr(statement, field)}, wanted {want[field]}"
    hedge = statement.hedge.words if statement.hedge else ""
    if "hedge" in want and hedge.lower() != want["hedge"]:
        yield f"hedge {hedge!r}, wanted {want['hedge']!r}"
    yield from _faults_of_end(statement.chain[-1], want)


def _faults_of_end(end: Link, want: Mapping[str, Any]) -> Iterator[str]:
    if "count" in want and (end.count or "").lower() != want["count"]:
        yield f"count {end.count}, wanted {want['count']}"
    if "anonymity" in want and want["anonymity"] not in (end.anonymity_reason or ""):
        yield f"anonymity {end.anonymity_reason}, wanted {want['anonymity']}"
    if "medium" in want and end.medium != want["medium"]:
        yield f"medium {end.medium}, wanted {want['medium']}"
    if "relation" in want and end.relation != want["relation"]:
        yield f"relation {end.relation}, wanted {want['relation']}"


def show_link(link: Link) -> str:
    """A link as cases write it."""
    kind = "report" if link.role == "report" else link.kind
    return f"{kind}: {link.name or ''} [{link.description or ''}]"


def _is_chain(links: tuple[Link, ...], want: list[str]) -> bool:
    if want == ["unknown"]:
        return all(link.kind == "unknown" and not link.name for link in links) and len(links) <= 1
    return len(links) == len(want) and all(_is_link(a, b) for a, b in zip(links, want, strict=True))


def _is_link(link: Link, want: str) -> bool:
    kind, words = (part.strip() for part in want.split(":", 1))
    if kind == "report":
        if link.role != "report":
            return False
        return newsroom_key(canonical(words)) == newsroom_key(link.name or "") or _same(link.description, words)
    if link.role != "source" or link.kind != kind:
        return False
    if kind in ("unnamed", "document"):
        return _same(link.description, words) or (kind == "document" and _same(link.name, words))
    if kind == "person" and link.name:
        have, wanted = _plain(link.name).split(), _plain(words).split()
        return have[-len(wanted) :] == wanted and len(have) - len(wanted) <= _TITLES
    return _same(link.name, words) or _same(link.description, words)


def _same(have: str | None, want: str) -> bool:
    return _plain(have or "") == _plain(want)


def _plain(words: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", words.strip(" ,.").lower().replace("'", "’"))


def measure(path: Path, show: bool = False, part: str | None = None) -> Figures:
    """The share of cases that come out right, of each part, and of the negatives in it; ``show`` prints the misses."""
    figures: dict[str, float | int] = {}
    for name in ("case", "fresh") if part is None else (part,):
        cases = read_cases(path, name)
        if not cases:
            continue
        wrong = [faults for c in cases if (faults := [f"{c['text']!r}", *misses(c)])[1:]]
        bad = {faults[0] for faults in wrong}
        negatives = [c for c in cases if all(w.get("kind") == "own_voice" for w in c["want"])]
        figures[f"{name}_right"] = 1 - len(bad) / len(cases)
        figures[f"{name}_of"] = len(cases)
        if negatives:
            figures[f"{name}_negatives_right"] = 1 - sum(f"{c['text']!r}" in bad for c in negatives) / len(negatives)
            figures[f"{name}_negatives_of"] = len(negatives)
        if show:
            print("\n".join("\n    ".join(faults) for faults in wrong))
    return figures


if __name__ == "__main__":
    run(
        measure,
        __doc__,
        {
            "--show": {"action": "store_true", "help": "print what comes out wrong"},
            "--part": {"choices": ("case", "fresh"), "help": "only this part of the file"},
        },
    )
