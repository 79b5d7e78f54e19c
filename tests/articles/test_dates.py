"""Dates: as they are written in many languages, as markup declares them, and never where a page states none."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from firsthand.articles import Furniture, clean_page
from firsthand.articles.dates import calendar, find_dates, month_of, read_stamp, utc_day, year_places
from firsthand.articles.published import read_address
from firsthand.options import ArticleOptions
from firsthand.records import Article, Moment, Page
from quality import undated

CASES = Path(__file__).resolve().parents[1] / "cases" / "articles"
BODY = (
    "The harbour office closed the pier of Norring on Monday after divers had found cracks in three of its pillars.",
    "Boats will land at the northern quay until the pillars have been replaced, the office said in a statement.",
    '"It will be a long summer," said Ola Strand, who sells fish on the pier and has done so for thirty years.',
    "The work is expected to take until August and will be paid for by the county and the state together.",
)
TITLE = "Pier closed after divers find cracks"


def rows(name: str) -> list[Any]:
    table = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=f"{row.get('language', '')} {row.get('line') or row.get('name')}") for row in table]


def article(content: str, **given: Any) -> Article:
    media = given.pop("media", "text")
    found = clean_page(Page("p", "p", media, content, **given), ArticleOptions(), Furniture())
    assert isinstance(found, Article), found
    return found


def text(*head: str, tail: tuple[str, ...] = (), **given: Any) -> Article:
    return article("\n".join((TITLE, *head, *BODY, *tail)), **given)


def html(head: str = "", above: str = "", below: str = "", tail: str = "", lang: str = "en", **given: Any) -> Article:
    body = "".join(f"<p>{p}</p>" for p in BODY)
    page = (
        f'<!doctype html><html lang="{lang}"><head><title>{TITLE}</title>{head}</head><body>{above}<main><article>'
        f"<h1>{TITLE}</h1>{below}{body}</article></main>{tail}</body></html>"
    )
    return article(page, media="html", **given)


def day(found: Article) -> str:
    return (found.published.earliest if found.published else None) or ""


@pytest.mark.parametrize("row", rows("dates"))
def test_a_date_in_a_line(row: dict[str, str]) -> None:
    found = [d for d in find_dates(row["line"], None, row["language"]) if d.earliest == d.latest]
    assert [d.earliest for d in found] == ([row["when"]] if row["when"] else [])
    assert all(row["line"][d.start : d.end] == d.words for d in found)


def test_every_language_names_every_month_and_day() -> None:
    for language, months in calendar()["months"].items():
        assert len(months) == 12, language
        for number, forms in enumerate(months, 1):
            assert all(month_of(form, language) == number for form in forms.split()), (language, forms)
    assert all(len(days) == 7 for days in calendar()["weekdays"].values())
    assert len(calendar()["months"]) >= 45


@pytest.mark.parametrize(
    ("stamp", "read"),
    [
        ("2021-03-04T10:15:00.123+0200", "2021-03-04T10:15+02:00"),
        ("20210304", "2021-03-04"),
        ("202103041015", "2021-03-04T10:15"),
        ("2021-03-04 10:15:00 UTC", "2021-03-04T10:15+00:00"),
        ("2021/03/04 05:15 PM", "2021-03-04T17:15"),
        ("1614852900", "2021-03-04T10:15+00:00"),
        ("1614852900000", "2021-03-04T10:15+00:00"),
        ("Thu, 04 Mar 2021 10:15:00 GMT", "2021-03-04T10:15+00:00"),
        ("4 марта 2021", "2021-03-04"),
        ("03/04/2021", None),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00", None),
        ("2021-13-40", None),
        ("soon", None),
        ("", None),
    ],
)
def test_stamps(stamp: str, read: str | None) -> None:
    assert read_stamp(stamp) == read


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://l.example/2021/03/04/pier", ("2021-03-04", "2021-03")),
        ("https://l.example/news/pier-20210304.html", ("2021-03-04", "2021-03")),
        ("https://l.example/2021/mar/04/pier", ("2021-03-04", "2021-03")),
        ("https://l.example/2021/03/210304-pier/", ("2021-03-04", "2021-03")),
        ("https://l.example/14-03-2021/pier", ("2021-03-14", "2021-03")),
        ("https://l.example/04-03-2021/pier", ("", "")),
        ("https://l.example/2021/03/pier", ("", "2021-03")),
        ("https://l.example/best-of-2021-10-things", ("", "")),
        ("https://l.example/article/194709-pier", ("", "")),
        ("https://l.example/pier?date=2021-03-04", ("", "")),
        ("https://l.example/99/99/2021/", ("", "")),
        ("", ("", "")),
    ],
)
def test_addresses(url: str, found: tuple[str, str]) -> None:
    address = read_address(url)
    assert (address.day, address.month) == found


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        (("Published 4 March 2021 | Updated 5 March 2021 09:00",), "2021-03-04"),
        (("By Ann Berg 10:31 pm, 4 Mar 2021",), "2021-03-04T22:31"),
        (("By Ann Berg", "Updated: 5 March 2021", "Published: 4 March 2021"), "2021-03-04"),
        (("4. März 2021 veröffentlicht",), "2021-03-04"),
        (("公開日：2021年3月4日 更新日：2021年3月6日",), "2021-03-04"),
        (("Опубликовано: 4 марта 2021, 10:31",), "2021-03-04T10:31"),
        (("Yayınlanma: 04.03.2021 - 10:30 Güncelleme: 05.03.2021 - 11:00",), "2021-03-04T10:30"),
        (("نشر في ٤ مارس ٢٠٢١",), "2021-03-04"),
        (("Ann Berg", "Norring Ledger", "4 March 2021"), "2021-03-04"),
        (("A view of the pier after the storm had passed, 4 March 2021",), ""),
        (("3 March 2021 - 9 March 2021",), ""),
        (("Tickets: 4 March 2021",), ""),
    ],
)
def test_lines_of_flattened_text(lines: tuple[str, ...], when: str) -> None:
    assert day(text(*lines)) == when


def test_a_revision_alone_is_an_upper_bound() -> None:
    found = text("Last updated: 5 March 2021")
    assert found.published == Moment(None, "2021-03-05", "stated", "5 March 2021")
    assert [d.role for d in found.dates] == ["updated"]


def test_two_readings_stay_two_unless_something_tells() -> None:
    both = text("Posted 04/03/2021")
    assert both.published and (both.published.earliest, both.published.latest) == ("2021-03-04", "2021-04-03")
    assert day(text("Posted 04/03/2021", url="https://l.example.co.uk/1")) == "2021-03-04"
    assert day(text("Posted 04/03/2021", url="https://l.example/2021/04/03/pier")) == "2021-04-03"
    assert day(text("Posted 04/03/2021", "Updated 04/23/2021")) == "2021-04-03"
    assert day(text("Posted 04/03/2021", captured="2021-03-20")) == "2021-03-04"
    assert day(html(below="<p class='date'>04/03/2021</p>", lang="es")) == "2021-03-04"
    assert day(html(below="<p class='date'>04/03/2021</p>", lang="en-US")) == "2021-04-03"


def test_the_markup_of_a_page() -> None:
    meta = '<meta property="article:published_time" content="2021-03-04T10:15:00+02:00">'
    assert day(html(meta)) == "2021-03-04T10:15+02:00"
    assert day(html('<meta name="parsely-pub-date" value="2021-03-04">')) == "2021-03-04"
    linked = '{"@type": "NewsArticle", "headline": "%s", "datePublished": "%s"}'
    other = linked % ("Ice on the river: what to know", "2020-01-01")
    script = f'<script type="application/ld+json">[{other}, {linked % (TITLE, "2021-03-04")}]</script>'
    assert day(html(script)) == "2021-03-04"
    assert day(html(below='<span itemprop="datePublished" content="2021-03-04">Thursday</span>')) == "2021-03-04"
    times = '<time datetime="2021-03-06">6 March</time><time datetime="2021-03-04">4 March</time>'
    found = html(below=f"<div>{times}</div>")
    assert day(found) == "2021-03-04" and "updated" in {d.role for d in found.dates}
    assert day(html(below="<div>Last updated <time datetime='2021-03-06'>6 March</time></div>")) == ""


def test_data_of_scripts_count_only_near_the_headline() -> None:
    near = f'<script>var s = {{"title": "{TITLE}", "publishedAt": "2021-03-04T10:15:00Z"}}</script>'
    far = '<script>var s = {"title": "Ice on the river", "publishedAt": "2020-03-04T10:15:00Z"}</script>'
    assert day(html(tail=near)) == "2021-03-04T10:15+00:00"
    assert day(html(tail="<i></i>" * 400 + far)) == ""


def test_elements_of_other_stories_are_kept_and_not_believed() -> None:
    cards = '<div class="related"><time datetime="2021-01-0%d">January</time></div>'
    found = html(tail="".join(cards % n for n in (1, 2, 3)))
    assert day(found) == ""
    assert {d.role for d in found.dates} == {"not-publication"} and len(found.dates) == 3


def test_the_month_of_an_address_is_an_interval_and_speaks_against_other_days() -> None:
    found = html(url="https://l.example/2021/02/pier").published
    assert found and (found.earliest, found.latest, found.basis) == ("2021-02-01", "2021-02-28", "url")
    bare = html(below="<p>4 August 2022</p>", url="https://l.example/2021/02/pier").published
    assert bare and bare.basis == "url"


@pytest.mark.parametrize("record", list(undated.read_records(CASES / "undated.jsonl")), ids=lambda r: r["name"])
def test_pages_that_state_no_day_are_given_none(record: dict[str, Any]) -> None:
    media = "html" if "html" in record else "text"
    assert day(article(record[media], media=media)) == ""


def test_the_command_counts_invented_days(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "text": "\n".join((TITLE, "Published 4 March 2021", *BODY))},
        {"id": "2", "text": "\n".join((TITLE, *BODY))},
    ]
    gold = {"date": "2021-03-04"}
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({**row, "gold": gold}) + "\n" for row in rows))
    figures = undated.measure(tmp_path)
    assert (figures["pages"], figures["given"]) == (2, 0.5)
    taken = undated.measure(tmp_path, strip=True)
    assert (taken["given"], taken["left_standing"]) == (0.0, 0)


PIECES = st.sampled_from(
    ["4", "03", "2021", "2564", "۱۳۹۹", "March", "марта", "มีนาคม", "年", "月", "日", "令和", "/", ".", "-", ":", ",",
     " ", "T", "10", "pm", "GMT", "+02", "Published", "Updated", "by", "©", "\u0130", "९", "at", "(", ")"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=24).map("".join) | st.text(max_size=80))
@example("99999999999999")
@example("1/2/2021 99:99 pm")
@example("令和元年13月40日")
def test_no_line_raises_and_dates_exist(line: str) -> None:
    for found in find_dates(line):
        assert date.fromisoformat(found.earliest[:10]) <= date.fromisoformat(found.latest[:10])
        assert line[found.start : found.end] == found.words
    stamp = read_stamp(line)
    assert stamp is None or (date.fromisoformat(stamp[:10]) and utc_day(stamp))
    assert all(line[at : at + 4] for at in year_places(line))
    read_address(line)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=20).map(" ".join), st.dates(date(1995, 1, 1), date(2035, 1, 1)))
def test_no_date_is_later_than_the_capture(line: str, captured: date) -> None:
    found = text(line, captured=captured.isoformat())
    assert found.published
    if found.published.earliest:
        assert (date.fromisoformat(found.published.earliest[:10]) - captured).days <= 1
