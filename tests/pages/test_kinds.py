"""Every kind of pile, made here from the same three invented records: the same pages come out of each."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from broken import HTML, PROSE, packed_payload, parquet, warc, zipped
from fastwarc.stream_io import ZstdWriter
from reading import read

from firsthand.options import PageOptions
from firsthand.pages import read_pages
from firsthand.pages.columns import COLUMNS, page_of_record, squashed
from firsthand.records import Page, Rejected

TEXT = (PROSE.strip().replace("\n\n", " ") + " ") * 6
ROWS: list[dict[str, str]] = [
    {
        "id": f"n{number}",
        "url": f"http://ostrel.example/2031/05/0{number}/harbour",
        "title": f"Harbour closed, day {number}",
        "text": f'{TEXT}\n\nA "quoted, line" of day {number}.',
        "date": "2031-05-06",
        "author": "Ada Renn",
        "site_name": "Ostrel Courier",
    }
    for number in (1, 2, 3)
]


def _csv(delimiter: str = ",", encoding: str = "utf-8", newline: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, list(ROWS[0]), delimiter=delimiter, lineterminator=newline)
    table.writeheader()
    table.writerows(ROWS)
    return out.getvalue().encode(encoding)


def _arrow(stream: bool) -> bytes:
    table, out = pa.Table.from_pylist(ROWS), io.BytesIO()
    with (pa.ipc.new_stream if stream else pa.ipc.new_file)(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


def _zstd(raw: bytes) -> bytes:
    path = io.BytesIO()
    writer = ZstdWriter(path)
    writer.write(raw)
    writer.close()
    return path.getvalue()


URL = "http://a.example/1"
SECTIONS = {"summary": ["One."], "sections": [{"headline": ["Two"], "paragraphs": ["Three.", "Four."]}]}
LINES = "\n".join(map(json.dumps, ROWS)).encode()
RECORDS: dict[str, Callable[[], bytes]] = {
    "lines": lambda: LINES,
    "lines_bom": lambda: b"\xef\xbb\xbf" + LINES,
    "lines_gzip": lambda: gzip.compress(LINES[:900]) + gzip.compress(LINES[900:]) + b"\0\0",
    "lines_xz": lambda: lzma.compress(LINES),
    "lines_zstd": lambda: _zstd(LINES),
    "array": lambda: json.dumps(ROWS).encode(),
    "array_indented": lambda: json.dumps(ROWS, indent=2).encode(),
    "objects_indented": lambda: "\n".join(json.dumps(row, indent=2) for row in ROWS).encode(),
    "answer": lambda: json.dumps({"status": "ok", "total": 3, "articles": ROWS}).encode(),
    "hits": lambda: json.dumps({"hits": {"hits": [{"_source": row} for row in ROWS]}}).encode(),
    "nested": lambda: "\n".join(json.dumps({"article": row}) for row in ROWS).encode(),
    "csv": _csv,
    "csv_semicolon": lambda: _csv(";"),
    "tsv": lambda: _csv("\t", newline="\n"),
    "csv_bom": lambda: _csv(encoding="utf-8-sig"),
    "csv_utf16": lambda: _csv("\t", "utf-16"),
    "parquet": lambda: parquet(ROWS),
    "parquet_gzip": lambda: gzip.compress(parquet(ROWS)),
    "arrow_stream": lambda: _arrow(True),
    "feather": lambda: _arrow(False),
    "zip": lambda: zipped({"a/lines.jsonl.gz": gzip.compress(LINES)}),
}


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_records_are_the_same_pages_in_every_kind(name: str, tmp_path: Path) -> None:
    (tmp_path / "pile").write_bytes(RECORDS[name]())
    pages, rejected = read(tmp_path / "pile")
    assert not rejected
    brought = [
        (p.given_id, p.url, p.given_headline, p.content, p.given_date, p.given_byline, p.given_outlet) for p in pages
    ]
    assert brought == [
        (r["id"], r["url"], r["title"], r["text"], r["date"], (r["author"],), r["site_name"]) for r in ROWS
    ]
    assert len({p.id for p in pages}) == 3


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ({"maintext": TEXT, "date_publish": "2031-05-06 07:08:09"}, "given_date", "2031-05-06 07:08:09"),
        ({"maintext": TEXT, "source_domain": "a.example"}, "given_outlet", "a.example"),
        ({"text": TEXT, "timestamp": "2031-05-06T07:08:09Z"}, "captured", "2031-05-06T07:08:09Z"),
        ({"text": TEXT, "dump": "CC-MAIN-2031-18", "date": "2031-05-06T07:08:09Z"}, "captured", "2031-05-06T07:08:09Z"),
        ({"text": TEXT, "dump": "CC-MAIN-2031-18", "date": "2031-05-06T07:08:09Z"}, "given_date", None),
        ({"raw_content": TEXT, "meta": '{"url": "http://a.example/1"}'}, "url", "http://a.example/1"),
        ({"text": TEXT, "source": URL, "source-hostname": "Ostrel Courier"}, "given_outlet", "Ostrel Courier"),
        ({"text": TEXT, "source": URL, "source-hostname": "Ostrel Courier"}, "url", URL),
        ({"body": TEXT, "source": {"title": "Ostrel Courier", "uri": "o.example"}}, "given_outlet", "Ostrel Courier"),
        ({"text": TEXT, "authors": "['Ada Renn', 'Bo Ilm']"}, "given_byline", ("Ada Renn", "Bo Ilm")),
        ({"text": TEXT, "authors": [{"name": "Ada Renn"}, {"name": "Bo Ilm"}]}, "given_byline", ("Ada Renn", "Bo Ilm")),
        ({"content": {"rendered": TEXT}, "title": {"rendered": "Harbour"}}, "given_headline", "Harbour"),
        ({"content": {"rendered": f"<p>{TEXT}</p>"}, "author": 3}, "given_byline", ()),
        ({"content": {"rendered": f"<p>{TEXT}</p>"}}, "media", "html"),
        ({"text": TEXT, "raw_html": HTML.decode()}, "media", "html"),
        ({"text": TEXT, "html": "<b>no whole document</b>"}, "media", "text"),
        ({"webTitle": "Harbour", "fields": {"bodyText": TEXT, "byline": "Ada Renn"}}, "given_byline", ("Ada Renn",)),
        ({"body": SECTIONS}, "content", "One.\n\nTwo\n\nThree.\n\nFour."),
        ({"text": TEXT, "published": 1_536_400_000}, "given_date", "2018-09-08T09:46:40+00:00"),
        ({"TEXT": TEXT, "Published-At": "2031-05-06"}, "given_date", "2031-05-06"),
        ({"article.text": TEXT, "article.title": "Harbour"}, "given_headline", "Harbour"),
        ({"_id": {"$oid": "5f"}, "text": TEXT, "title": float("nan")}, "given_id", "5f"),
        ({"_id": {"$oid": "5f"}, "text": TEXT, "title": float("nan")}, "given_headline", None),
    ],
)  # fmt: skip
def test_columns_of_common_exports(record: dict[str, object], field: str, value: object) -> None:
    page = page_of_record(record, "x", PageOptions())
    assert isinstance(page, Page), page
    assert getattr(page, field) == value


def test_no_column_stands_for_two_fields() -> None:
    by_field = {field: {squashed(n) for n in columns} for field, columns in COLUMNS.items()}
    for field, columns in by_field.items():
        assert not any(columns & others for other, others in by_field.items() if other != field), field


def test_what_to_rename_is_said() -> None:
    page = page_of_record({"headline": "Harbour", "prose": TEXT}, "x", PageOptions())
    assert isinstance(page, Rejected)
    assert "headline, prose" in page.why and "rename the column" in page.why


def test_a_table_without_header(tmp_path: Path) -> None:
    rows = [(r["url"], "2031-05-06", r["title"], TEXT + r["id"]) for r in ROWS]
    (tmp_path / "pile").write_text("".join("\t".join(row) + "\n" for row in rows))
    pages, rejected = read(tmp_path / "pile")
    assert not rejected
    assert [(p.url, p.given_date, p.given_headline, p.content) for p in pages] == rows


def test_bad_rows_cost_only_themselves(tmp_path: Path) -> None:
    plain = TEXT.replace(",", "")
    lines = [
        "url,title,text",
        f"u1,One,{plain}",
        "u2,Two,a, b, c",
        f'u3,"Three,{plain}',
        f'u4,"Four, four",{plain}',
        f"u5,Five,{plain}",
    ]
    (tmp_path / "pile.csv").write_text("\n".join(lines) + "\n")
    pages, rejected = read(tmp_path / "pile.csv")
    assert [p.url for p in pages] == ["u1", "u4", "u5"]
    assert [(r.subject.rsplit(":", 1)[1], r.why[:22]) for r in rejected] == [
        ("3", "5 fields where the hea"),
        ("4", "a quote is opened in t"),
    ]


def test_stray_quotes_in_tsv(tmp_path: Path) -> None:
    rows = [f'u{n}\tA 5" gun {n}\t{TEXT}' for n in range(6)] + [f'u9\t"Nobody" was hurt\t{TEXT}']
    (tmp_path / "pile.tsv").write_text("url\ttitle\ttext\n" + "\n".join(rows) + "\n")
    pages, rejected = read(tmp_path / "pile.tsv")
    assert len(pages) == 7 and not rejected


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    for name, first in (("a", "Date, time, place"), ("b", "News | Sport | Weather | Source"), ("c", "Title, text")):
        (tmp_path / name).write_text(f"{first}\n\n{TEXT}\n\n{TEXT}\n")
    pages, rejected = read(tmp_path)
    assert [Path(p.location).name for p in pages] == ["a", "b", "c"] and not rejected


def test_a_broken_element_ends_an_array_and_the_elements_before_are_read(tmp_path: Path) -> None:
    (tmp_path / "pile.json").write_text(json.dumps(ROWS[:2])[:-1] + ', {"text": broken}]')
    pages, rejected = read(tmp_path / "pile.json")
    assert len(pages) == 2 and "broken JSON array" in rejected[0].why


@pytest.mark.parametrize("cut", [20, 400])
def test_records_before_a_cut_are_read_and_no_half_page(cut: int, tmp_path: Path) -> None:
    many = [{**ROWS[0], "id": str(n), "text": f"{TEXT} {n * 7919 % 1009}"} for n in range(300)]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, many)).encode())[:-cut])
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(TEXT.encode())[:-20])
    pages, rejected = read(tmp_path)
    assert 50 < len(pages) <= 300 and all(p.content.startswith(TEXT) for p in pages)
    assert len(rejected) == 2 and all("cut off" in r.why for r in rejected)


def test_payloads(tmp_path: Path) -> None:
    chunked = b"%x\r\n" % len(HTML) + HTML + b"\r\n0\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(packed_payload(HTML))
    (tmp_path / "b.warc").write_bytes(packed_payload(HTML, b"deflate"))
    (tmp_path / "c.warc").write_bytes(warc(HTML, kind=b"text/html\r\nContent-Encoding: gzip"))  # undone by the crawler
    (tmp_path / "d.warc").write_bytes(warc(chunked, kind=b"text/html\r\nTransfer-Encoding: chunked"))
    pages, rejected = read(tmp_path)
    assert not rejected and [p.content for p in pages] == [HTML.decode()] * 4


def test_a_bomb_in_a_record_costs_the_limit_and_the_next_record_is_read(tmp_path: Path) -> None:
    (tmp_path / "pile.warc").write_bytes(packed_payload(b"<html>" + b"a " * 30_000_000) + warc(HTML))
    pages, rejected = read(tmp_path)
    assert [p.location for p in pages] == [f"{tmp_path.name}/pile.warc#2"]
    assert len(rejected) == 1 and "20000000" in rejected[0].why


def test_records_that_are_no_pages_are_counted(tmp_path: Path) -> None:
    raw = warc(*[b"x"] * 30, kind=b"image/png") + warc(HTML, status=b"301 Moved") + warc(HTML)
    raw += warc(HTML).replace(b"WARC-Type: response", b"WARC-Type: revisit")
    (tmp_path / "pile.warc").write_bytes(raw)
    pages, rejected = read(tmp_path)
    assert len(pages) == 1 and pages[0].content == HTML.decode()
    assert [r.why for r in rejected] == [
        "records that are no pages: image/png (30), a page met again unchanged (1), status 301 (1)"
    ]


def test_wacz(tmp_path: Path) -> None:
    members = {
        "datapackage.json": b"{}",
        "archive/one.warc.gz": gzip.compress(warc(HTML)),
        "archive/two.warc": warc(HTML),
        "pages/pages.jsonl": b'{"format": "json-pages-1.0"}',
        "indexes/index.cdx.gz": gzip.compress(b"x"),
    }
    (tmp_path / "pile.wacz").write_bytes(zipped(members))
    pages, rejected = read(tmp_path / "pile.wacz")
    assert [p.location for p in pages] == ["pile.wacz/archive/one.warc.gz#1", "pile.wacz/archive/two.warc#1"]
    assert not rejected


def test_zip_members(tmp_path: Path) -> None:
    members = {
        "../../out.txt": TEXT.encode(),
        "b/page.html": HTML,
        ".hidden": b"x",
        "__MACOSX/x": b"x",
        "c.png": b"\x89PNG",
    }
    (tmp_path / "pile.zip").write_bytes(zipped(members))
    pages, rejected = read(tmp_path / "pile.zip")
    assert [p.location for p in pages] == ["pile.zip/../../out.txt", "pile.zip/b/page.html"]
    assert [r.subject for r in rejected] == ["pile.zip/c.png"]
    small = PageOptions(max_file_bytes=1000, max_unpacking=0)
    (tmp_path / "pile.zip").write_bytes(zipped({f"{n}.txt": TEXT.encode() for n in range(9)}))
    pages, rejected = read(tmp_path / "pile.zip", options=small)
    assert len(pages) == 1 and "more than 1000 bytes unpacked" in rejected[0].why
    pages, rejected = read(tmp_path / "pile.zip", options=PageOptions(max_members=8))
    assert not pages and "9 files in a ZIP archive, above the limit of 8" in rejected[0].why


RSS = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://a.example/rss.dtd">
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Harbours</title><item><title>One &amp; only</title><link>http://a.example/1</link><guid>g1</guid>
<dc:creator>Ada Renn</dc:creator><source url="http://b.example">Ostrel Courier</source>
<pubDate>Tue, 06 May 2031 07:08:09 GMT</pubDate><description>Short</description>
<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>
<item><title>Two</title><link>http://a.example/2</link><author>desk@a.example (Bo Ilm)</author>
<description>{text}</description></item>
<item><title>Three</title><link>http://a.example/3</link><description>Only a few words.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>u:1</id><title>One</title>
<link rel="self" href="http://a.example/self"/><link href="http://a.example/1"/><author><name>Ada Renn</name></author>
<published>2031-05-06T07:08:09Z</published><updated>2031-05-07T07:08:09Z</updated><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>{text}</p></div></content></entry></feed>"""


def test_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RSS.format(text=TEXT))
    (tmp_path / "b.xml").write_text(ATOM.format(text=TEXT))
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": f"<p>{TEXT}</p>"}]}
    (tmp_path / "c.json").write_text(json.dumps(feed))
    pages, rejected = read(tmp_path)
    assert all(TEXT in p.content and p.given_basis == "feed" for p in pages)
    assert [(p.given_id, p.url, p.given_headline, p.given_byline, p.given_outlet, p.given_date) for p in pages] == [
        ("g1", "http://a.example/1", "One & only", ("Ada Renn",), "Ostrel Courier", "Tue, 06 May 2031 07:08:09 GMT"),
        (None, "http://a.example/2", "Two", ("Bo Ilm",), None, None),
        ("u:1", "http://a.example/1", "One", ("Ada Renn",), None, "2031-05-06T07:08:09Z"),
        ("1", None, None, (), None, None),
    ]
    assert [r.why for r in rejected] == [
        "http://a.example/3: only a summary of 4 words in the feed: give the page itself"
    ]


def test_mhtml(tmp_path: Path) -> None:
    head = "From: <Saved>\nSnapshot-Content-Location: http://a.example/1\n"
    head += 'Content-Type: multipart/related;\n\tboundary="=b"\n\n'
    part = b"--=b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    raw = (
        head.replace("\n", "\r\n").encode()
        + part
        + HTML.replace(b"=", b"=3D")
        + b"\r\n--=b\r\nContent-Type: image/png\r\n\r\nx"
    )
    (tmp_path / "page.mhtml").write_bytes(raw)
    pages, rejected = read(tmp_path)
    assert not rejected and [(p.url, p.content) for p in pages] == [("http://a.example/1", HTML.decode())]


def test_many_alike_are_counted(tmp_path: Path) -> None:
    (tmp_path / "pile.jsonl").write_text('{"broken\n' * 500 + json.dumps(ROWS[0]))
    pages, rejected = read(tmp_path)
    assert len(pages) == 1 and len(rejected) == 21 and rejected[-1].why.startswith("480 more were set aside like these")


def test_a_file_without_pages_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "pile.jsonl.gz").write_bytes(gzip.compress(b'{"a": 1}\n' * 5000 + LINES))
    pages, rejected = read(tmp_path, options=PageOptions(max_refused=1000))
    assert not pages and any("unread from here on: 1000 records in a row are no pages" in r.why for r in rejected)


def test_parquet_rows_are_unpacked_a_few_at_a_time(tmp_path: Path) -> None:
    """A dictionary holds one text of a megabyte for 2,000 rows: two gigabytes if they were all written out."""
    table = pa.table({"text": pa.DictionaryArray.from_arrays(pa.array([0] * 2000), pa.array(["harbour " * 125_000]))})
    pq.write_table(table, tmp_path / "pile.parquet")
    before = pa.total_allocated_bytes()
    for page in islice(read_pages([str(tmp_path)]), 40):
        assert isinstance(page, Page) and pa.total_allocated_bytes() - before < 100_000_000
