"""How well times are found and resolved: strict and relaxed spans, and values (``scorers.timexes``).

PATH holds records with ``text``, ``dct`` (the day of writing) and ``timexes`` (``start``, ``end`` and ``value``, or
``val`` as TIMEX2 has it). A set with ``val`` is a set of narratives: dates count from the one mentioned last.
``--style`` says so where the data do not. Values are compared as the set has them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firsthand.language.times import find_times
from firsthand.records import Moment
from quality import scorers
from quality.frame import Figures, read_records, run

OPTIONS: dict[str, dict[str, Any]] = {
    "--style": {"choices": ("auto", "timex3", "timex2"), "default": "auto", "help": "the values' convention"},
}


def style_of(record: dict[str, Any]) -> str:
    """``timex2`` where the record's values are called ``val``."""
    return "timex2" if any("val" in t and "value" not in t for t in record["timexes"]) else "timex3"


def predicted(record: dict[str, Any], style: str) -> list[tuple[int, int, str]]:
    """Start, end and value of what is found in a record's text."""
    day = (record.get("dct") or "")[:10]
    reference = Moment(day, day, "metadata") if day else None
    found = find_times(record["text"], reference, narrative=style == "timex2")
    return [(t.span.start, t.span.end, t.value) for t in found]


def labelled(record: dict[str, Any]) -> list[tuple[int, int, str | None]]:
    """Start, end and value of the labels."""
    return [(t["start"], t["end"], t.get("value", t.get("val"))) for t in record["timexes"]]


def measure(path: Path, style: str = "auto") -> Figures:
    """Strict, relaxed and value F1 over all records of PATH."""
    gold, mine = {}, {}
    for number, record in enumerate(read_records(path)):
        if "timexes" not in record:
            continue
        name = f"{number} {record.get('id')}"
        gold[name] = labelled(record)
        mine[name] = predicted(record, style_of(record) if style == "auto" else style)
    return {"documents": len(gold), **scorers.timexes(gold, mine)} if gold else {}


if __name__ == "__main__":
    run(measure, __doc__, OPTIONS)
