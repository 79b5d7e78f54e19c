"""The article out of HTML: ``python -m quality.html_pages PATH [--shipped] [--folds N] [--seed N] [--json]``.

PATH holds records of one of two formats. With ``gold.sections`` (and ``summary``): body F1 as in ``flat_news``, with
or without the summary, whichever is nearer on the page; title, date to the day, authors as a set. Without a body
(``gold.title``, ``author``, ``date_published``): the metadata alone. Titles are compared in lower case without
punctuation; dates by their day in UTC or as written, since the gold's day is in UTC. Pages print a local day without
its zone: ``date_local`` also takes the gold's day on the page's own clocks (the offset that its stamp states, else its
country's, by domain or language), ``date_near`` forgives one day. The body's classifier is trained anew
for each fold of sites where the records have a body; the metadata needs no training.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from firsthand.articles.body_model import BlockModel, shipped_model
from firsthand.articles.cleaning import clean
from firsthand.articles.dates import utc_day
from firsthand.articles.furniture import Furniture
from firsthand.options import ArticleOptions
from firsthand.records import Article, Page

from .frame import Figures, read_records, run
from .scorers import body_f1
from .train_blocks import FITTING, gold_paragraphs, html_page, models_for


def measure(path: Path, shipped: bool = False, folds: int = 4, seed: int = 3) -> Figures:
    """Body F1 where the gold has bodies; title, date, author figures over the records whose gold has each."""
    records = [r for r in read_records(path) if "html" in r]
    if not records:
        return {}
    models = _models(records, shipped, folds, seed)
    started = perf_counter()
    found = [_clean(r, m) for r, m in zip(records, models, strict=True)]
    seconds = perf_counter() - started
    figures: dict[str, float | int] = {"pages": len(records), "no_article": sum(f is None for f in found)}
    golds = [r["gold"] for r in records]
    bodies = [_nearer(g, f.text if f else "") for g, f in zip(golds, found, strict=True) if _has_body(g)]
    if bodies:
        figures |= {f"body_{k}": float(v) for k, v in body_f1(bodies).items()}
    figures |= _titles(golds, found) | _dates(records, found) | _authors(golds, found)
    figures["pages_per_second"] = round(len(records) / seconds, 2)
    return figures


def _has_body(gold: dict[str, Any]) -> bool:
    return bool(gold.get("sections") or gold.get("body"))


def _models(records: list[dict[str, Any]], shipped: bool, folds: int, seed: int) -> list[BlockModel]:
    if shipped or not any(_has_body(r["gold"]) for r in records):
        return [shipped_model("html")] * len(records)
    return models_for([html_page(r) for r in records], folds, seed)


def _clean(record: dict[str, Any], model: BlockModel) -> Article | None:
    page = Page(record["id"], record["id"], "html", record["html"], url=record.get("url"))
    found = clean(page, ArticleOptions(), Furniture(), model)
    return found if isinstance(found, Article) else None


def _nearer(gold: dict[str, Any], text: str) -> tuple[str, str]:
    """The gold body with or without its summary, whichever scores higher, and the text."""
    whole = "\n\n".join(gold_paragraphs(gold))
    bare = "\n\n".join(gold_paragraphs({**gold, "summary": None})) if "sections" in gold else whole
    return max(((whole, text), (bare, text)), key=lambda pair: body_f1([pair])["f1"])


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", (text or "").lower()))


def _titles(golds: list[dict[str, Any]], found: list[Article | None]) -> dict[str, float | int]:
    pairs = [(g["title"], (f.headline or "") if f else "") for g, f in zip(golds, found, strict=True) if g.get("title")]
    return {"title": _share([_key(a) == _key(b) for a, b in pairs]), "titles": len(pairs)} if pairs else {}


def _dates(records: list[dict[str, Any]], found: list[Article | None]) -> dict[str, float | int]:
    hits, near, given, local = [], [], [], []
    for record, article in zip(records, found, strict=True):
        want = record["gold"].get("date") or record["gold"].get("date_published")
        have = article.published.earliest if article and article.published else None
        if want:
            hits.append(bool(have) and str(want)[:10] in (utc_day(have or ""), (have or "")[:10]))
            near.append(bool(have) and _apart(str(want), have or "") <= 1)
            given.append(bool(have))
            local.append(hits[-1] or (bool(have) and _day_there(str(want), have or "", record) == (have or "")[:10]))
    if not hits:
        return {}
    figures = {"date": hits, "date_local": local, "date_near": near, "date_given": given}
    return {**{name: _share(values) for name, values in figures.items()}, "dates": len(hits)}


@cache
def _clocks() -> dict[str, list[float]]:
    table = tomllib.loads((Path(__file__).parent / "zones.toml").read_text(encoding="utf-8"))
    return {str(name): list(hours) for name, hours in table["countries"].items()}


def _day_there(want: str, have: str, record: dict[str, Any]) -> str:
    """The day of the gold's moment on the clocks of the page: at the offset that its own stamp states, else in the
    country of its address or language; empty where the gold states no moment in UTC, or nothing tells the country."""
    if not want.endswith(("Z", "+00:00")):
        return ""
    moment = datetime.fromisoformat(want.replace("Z", "+00:00"))
    stated = datetime.fromisoformat(have).utcoffset()
    if stated is None:
        host = urlsplit(record.get("url") or "").hostname or ""
        tag = re.search(r"<html\b[^>]{0,300}\blang=[\"']?([a-zA-Z]{2})(?:-([a-zA-Z]{2}))?", record["html"][:20_000])
        names = (host.rsplit(".", 1)[-1], *((t or "").lower() for t in (tag.groups()[::-1] if tag else ())))
        hours = next((h for name in names if (h := _clocks().get(name))), None)
        if hours is None:
            return ""
        stated = timedelta(hours=hours[1] if 3 < moment.month < 11 else hours[0])
    return (moment + stated).date().isoformat()


def _apart(a: str, b: str) -> int:
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)


def _authors(golds: list[dict[str, Any]], found: list[Article | None]) -> dict[str, float | int]:
    """Authors as a set of persons and bodies together (the gold does not part them), and of persons alone."""
    exact, f1, persons = [], [], []
    for gold, article in zip(golds, found, strict=True):
        names = gold.get("authors") or list(re.split(r",|\band\b|&", gold.get("author") or ""))
        want = {_key(n) for n in names if _key(n)}
        if not want:
            continue
        named = {_key(n) for n in (article.byline if article else ())}
        have = named | {_key(n) for n in (article.byline_bodies if article else ())}
        exact.append(want == have)
        f1.append(2 * len(want & have) / (len(want) + len(have)))
        persons.append(2 * len(want & named) / (len(want) + len(named)))
    if not exact:
        return {}
    figures = {"author_exact": _share(exact), "author_f1": _share(f1), "author_f1_persons": _share(persons)}
    return {**figures, "authors": len(exact)}


def _share(values: list[Any]) -> float:
    return float(sum(values) / len(values)) if values else 0.0


if __name__ == "__main__":
    run(measure, __doc__, FITTING)
