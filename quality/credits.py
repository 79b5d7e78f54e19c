"""Outlet, agency credit, genre and completeness of articles: ``python -m quality.credits PATH [--errors] [--json]``.

PATH holds records with ``text`` or ``html`` and an ``id``. What is right comes from the record's own ``gold`` where it
has ``credit`` or ``outlet`` (a name, a list of names of which any is right, or null for none; ``credit_extent``,
``genre``, ``complete`` and ``language`` are read as well), else from
``tests/cases/articles/credits_marked.toml``, which names the records that its reader marked. Names are compared by
newsroom, then by letters and digits alone.

A credit is right where one of its names is the agency found; precision and recall are over pages. An outlet is right,
wrong or not given: precision over the given, recall over all marked. ``cut`` figures speak of truncated texts.
The classifier of blocks is the shipped one, and no page's outlet is told to it.
"""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from firsthand.articles import clean_page
from firsthand.articles.furniture import Furniture
from firsthand.newsrooms import by_name, same_newsroom
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

from .frame import Figures, read_records, run

MARKED = Path(__file__).resolve().parents[1] / "tests" / "cases" / "articles" / "credits_marked.toml"
UNASKED = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What one page should give. An empty tuple means "none"; None means that nobody marked it."""

    credit: tuple[str, ...] | None = UNASKED
    extent: str | None = UNASKED
    outlet: tuple[str, ...] | None = UNASKED
    genre: str | None = UNASKED
    complete: bool | None = UNASKED
    language: str | None = UNASKED


@dataclass(slots=True)
class Tally:
    """Right, given and wanted, for precision and recall."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, given: bool, wanted: bool, right: bool) -> None:
        """One page: whether a value was given, wanted, and right."""
        self.given += given
        self.wanted += wanted
        self.right += right

    def figures(self, name: str) -> dict[str, float | int]:
        """Precision, recall and how many were wanted; nothing where none was."""
        if not self.wanted and not self.given:
            return {}
        return {
            f"{name}_precision": round(self.right / self.given, 4) if self.given else 0.0,
            f"{name}_recall": round(self.right / self.wanted, 4) if self.wanted else 0.0,
            f"{name}s": self.wanted,
        }


def measure(path: Path, errors: bool = False) -> Figures:
    """Precision and recall of credits, outlets, genres, cut texts, and the share of right extents and languages."""
    table = tomllib.loads(MARKED.read_text(encoding="utf-8")) if MARKED.exists() else {}
    tallies = {name: Tally() for name in ("credit", "outlet", "genre", "cut")}
    extents: list[bool] = []
    languages: list[bool] = []
    pages = 0
    started = process_time()
    for record in read_records(path):
        marks = marks_of(record, table) if "text" in record or "html" in record else None
        if marks is None:
            continue
        pages += 1
        article = read(record)
        for line in judge(marks, article, tallies, extents, languages):
            if errors:
                print(f"{record.get('id', pages)}: {line}", file=sys.stderr)
    if not pages:
        return {}
    figures: dict[str, float | int] = {"pages": pages}
    for name, tally in tallies.items():
        figures |= tally.figures(name)
    if extents:
        figures["extent"] = round(sum(extents) / len(extents), 4)
    if languages:
        figures["language"] = round(sum(languages) / len(languages), 4)
    figures["pages_per_second"] = round(pages / max(1e-9, process_time() - started), 1)
    return figures


def read(record: dict[str, Any]) -> Article | None:
    """The article of a record, or None where it has none."""
    media = "html" if "html" in record else "text"
    name = str(record.get("id", ""))
    page = Page(name, name, media, record[media], url=record.get("url"))  # type: ignore[arg-type]
    found = clean_page(page, ArticleOptions(), Furniture())
    return found if isinstance(found, Article) else None


def marks_of(record: dict[str, Any], table: dict[str, Any]) -> Marks | None:
    """What a record should give: by its own gold, else by the marked table."""
    gold = record.get("gold") or {}
    if isinstance(gold, dict) and ("credit" in gold or "outlet" in gold):
        return Marks(
            _names(gold["credit"]) if "credit" in gold else UNASKED,
            gold.get("credit_extent"),
            _names(gold["outlet"]) if "outlet" in gold else UNASKED,
            gold.get("genre"),
            gold.get("complete"),
            gold.get("language"),
        )
    return _marked(str(record.get("id", "")), table)


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, dict):
        value = value.get("name")
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _marked(name: str, table: dict[str, Any]) -> Marks | None:
    key = name.removeprefix("fundus-parsers/").split("#")[0]
    outlet = table.get("outlets", {}).get(key) or table.get("outlets", {}).get(key.rsplit("_", 3)[0])
    known = outlet is not None or key.endswith(".html")
    if not known:
        return None
    row = table["credits"].get(key)
    asked = key not in table["unnamed"] and key not in table["open"]
    cut = None if key in table["cut"]["doubtful"] else key not in table["cut"]["ids"]
    return Marks(
        tuple(row["names"] if row else ()) if asked else UNASKED,
        row["extent"] if row else None,
        tuple(outlet) if outlet else UNASKED,
        table["genres"].get(key, "unknown"),
        cut,
    )


def judge(
    marks: Marks, article: Article | None, tallies: dict[str, Tally], extents: list[bool], languages: list[bool]
) -> Iterator[str]:
    """Counts one page, and says in words what is wrong with it."""
    credit = article.credit if article else None
    if marks.credit is not None:
        right = credit is not None and any(is_same(credit.name, n) for n in marks.credit)
        tallies["credit"].add(credit is not None, bool(marks.credit), right)
        if right != bool(marks.credit) or (credit and not right):
            yield f"credit {credit.name if credit else None} ({credit.basis if credit else ''}), wanted {marks.credit}"
        if right and credit and marks.extent:
            extents.append(credit.extent == marks.extent)
            if credit.extent != marks.extent:
                yield f"extent {credit.extent} ({credit.basis}), wanted {marks.extent}"
    outlet = article.outlet if article else None
    if marks.outlet is not None:
        right = outlet is not None and any(is_same(outlet.name, n) for n in marks.outlet)
        tallies["outlet"].add(outlet is not None, bool(marks.outlet), right)
        if not right:
            yield f"outlet {outlet.name if outlet else None} ({outlet.basis if outlet else ''}), wanted {marks.outlet}"
    if article and marks.genre is not None:
        stated = marks.genre not in ("unknown", "report")
        given = article.genre not in ("unknown", "report")
        tallies["genre"].add(given, stated, given and article.genre == marks.genre)
        if given != stated or (given and article.genre != marks.genre):
            yield f"genre {article.genre}, wanted {marks.genre}"
    if article and marks.complete is not None:
        given = article.completeness == "truncated"
        tallies["cut"].add(given, not marks.complete, given and not marks.complete)
        if given == marks.complete:
            yield f"completeness {article.completeness}, wanted {'full' if marks.complete else 'truncated'}"
    if article and marks.language:
        languages.append(article.language == marks.language)


def is_same(found: str, wanted: str) -> bool:
    """Whether two names are one newsroom's, by the table or by their letters and digits."""
    known = by_name(wanted, citing=True)
    return (
        same_newsroom(found, wanted)
        or _squashed(found) == _squashed(wanted)
        or (known is not None and same_newsroom(known.name, found))
    )


def _squashed(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold().removeprefix("the ")
    return "".join(c for c in folded if c.isalnum())


if __name__ == "__main__":
    run(measure, __doc__, {"--errors": {"action": "store_true", "help": "print each wrong value to standard error"}})
