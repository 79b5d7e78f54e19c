"""Reading: kinds found by looking, everything unreadable named, the rest unaffected."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.errors import NothingToRead
from firsthand.options import PageOptions
from firsthand.pages import read_pages
from firsthand.pages.decoding import Unreadable, decode
from firsthand.records import Page, Rejected

PROSE = "The harbour of Ostrel was closed on Monday, the mayor said.\n\nNobody was hurt, and the ferries run again.\n"


def read(*paths: Path, options: PageOptions | None = None) -> tuple[list[Page], list[Rejected]]:
    items = list(read_pages([str(p) for p in paths], options))
    return [i for i in items if isinstance(i, Page)], [i for i in items if isinstance(i, Rejected)]


def warc(*bodies: bytes, kind: bytes = b"text/html; charset=utf-8", status: bytes = b"200 OK") -> bytes:
    records = []
    for number, body in enumerate(bodies):
        http = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind + b"\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://ostrel.example/{number}\r\n"
            f"WARC-Date: 2031-05-06T07:08:09Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        records.append(head.encode() + http + b"\r\n\r\n")
    return b"".join(records)


HTML = (
    b"<!doctype html><html><head><title>Harbour closed</title></head><body><p>" + PROSE.encode() + b"</p></body></html>"
)

UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.txt": (lambda: b"", "empty"),
    "white.txt": (lambda: b" \n\t\n" * 50, "white space"),
    "noise.bin": (lambda: random.Random(1).randbytes(4000), "binary|no encoding"),
    "nul.txt": (lambda: PROSE.encode() + b"\x00" * 9, "NUL"),
    "control.txt": (lambda: b"\x01\x02\x03\x04" * 200, "control characters"),
    "paper.pdf": (lambda: b"%PDF-1.7\n" + b"x" * 100, "PDF"),
    "named_as_text.txt": (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 100, "PNG"),
    "photo.html": (lambda: b"\xff\xd8\xff\xe0" + b"x" * 100, "JPEG"),
    "pile.zip": (lambda: b"PK\x03\x04" + b"x" * 100, "ZIP"),
    "rows.parquet": (lambda: b"PAR1" + b"x" * 100, "Parquet"),
    "base.db": (lambda: b"SQLite format 3\x00" + b"x" * 100, "SQLite"),
    "feed.xml": (lambda: b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>", "feed"),
    "broken.jsonl": (lambda: b'{"text": "half a rec', "broken JSON"),
    "no_text.jsonl": (lambda: b'{"title": "only a headline"}\n', "no text in any of the columns"),
    "broken_array.json": (lambda: b'[{"text": "one"}, {"text"', "broken JSON array"),
    "long_line.txt": (lambda: b"word " * 60_000, "one line of"),
    "tags.html": (lambda: b"<html>" + b"<div>" * 3_000, "tags, above the limit"),
    "cut.warc": (lambda: warc(HTML)[:-80], "cut off"),
    "cut.warc.gz": (lambda: gzip.compress(warc(HTML * 3))[:-60], "cut off|breaks off|nothing but white space"),
    "no_page.warc": (lambda: warc(b"\x00\x01", kind=b"image/png"), "image/png, which is no page"),
    "gone.warc": (lambda: warc(HTML, status=b"404 Not Found"), "status 404"),
    "damaged.warc": (lambda: b"WARC/1.0\r\nnonsense\r\n\r\n", "breaks off|no response"),
    "cut.txt.gz": (lambda: gzip.compress(PROSE.encode() * 400)[:-40], "reading failed"),
    "twice.txt": (lambda: ("Ã©Ã¨ \ufffd " * 80 + "end").encode(), "mojibake"),
}
SMALL = PageOptions(max_page_bytes=200_000, max_tags=2_000)


@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_unreadable_is_named_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    make, why = UNREADABLE[name]
    (tmp_path / "a_good.txt").write_text(PROSE)
    (tmp_path / name).write_bytes(make())
    (tmp_path / "z_good.html").write_bytes(HTML)
    pages, rejected = read(tmp_path, options=SMALL)
    assert [Path(p.location).name for p in pages] == ["a_good.txt", "z_good.html"]
    assert len(rejected) == 1 and name in rejected[0].subject
    assert any(part in rejected[0].why for part in why.split("|")), rejected[0].why


def test_folders_pipes_and_links(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "good.txt").write_text(PROSE)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "ring").symlink_to(tmp_path)
    pages, rejected = read(tmp_path)
    assert [p.location for p in pages] == [f"{tmp_path.name}/good.txt"]
    assert {Path(r.subject).name: r.why for r in rejected} == {
        "pipe.txt": "not a regular file (a pipe, socket or device)",
        "dangling.txt": "cannot be opened: No such file or directory",
    }
    assert read(tmp_path / "inner")[1] == [Rejected("inner/", "pages", "the folder holds no file")]


def test_what_does_not_exist_is_said_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="does not exist"):
        read(tmp_path / "nothing")
    with pytest.raises(NothingToRead, match="matches no file"):
        read(tmp_path / "*.warc")


def test_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    rows = [
        {"id": 7, "text": PROSE, "source": {"name": "Ostrel Courier"}, "authors": ["Ada Renn", "Bo Ilm"]},
        {"text": PROSE},
    ]
    lines = [json.dumps(rows[0]), "{broken", '"a string"', '{"x": ' * 20_000, "", json.dumps(rows[1])]
    (tmp_path / "pile.txt").write_text("\n".join(lines))
    pages, rejected = read(tmp_path)
    assert [p.location.split(":")[1] for p in pages] == ["1", "6"]
    assert (pages[0].given_id, pages[0].given_outlet, pages[0].given_byline) == (
        "7",
        "Ostrel Courier",
        ("Ada Renn, Bo Ilm",),
    )
    assert [r.subject.split(":")[1] for r in rejected] == ["2", "3", "4"]


def test_a_long_line_costs_only_itself(tmp_path: Path) -> None:
    with (tmp_path / "pile.jsonl").open("w") as out:
        out.write(json.dumps({"text": PROSE}) + "\n")
        out.write('{"text": "' + "x" * 300_000 + '"}\n')
        out.write(json.dumps({"text": PROSE}) + "\n")
    pages, rejected = read(tmp_path, options=SMALL)
    assert len(pages) == 2 and "a line of 3000" in rejected[0].why and rejected[0].subject.endswith(":2")


def test_records_before_a_break_are_read(tmp_path: Path) -> None:
    (tmp_path / "half.warc").write_bytes(warc(HTML, HTML, HTML)[:-90])
    pages, rejected = read(tmp_path)
    assert [p.url for p in pages] == ["http://ostrel.example/0", "http://ostrel.example/1"]
    assert pages[0].captured == "2031-05-06T07:08:09+00:00" and pages[0].media == "html"
    assert "cut off inside this record" in rejected[0].why


def test_a_bomb_costs_the_limit(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"a " * 5_000_000))
    (tmp_path / "bomb.warc.gz").write_bytes(gzip.compress(warc(b"<html>" + b"a " * 5_000_000)))
    pages, rejected = read(tmp_path, options=SMALL)
    assert not pages and len(rejected) == 2 and all("200000" in r.why for r in rejected)


def test_the_kind_is_found_by_looking(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_bytes(HTML)
    (tmp_path / "b.html").write_text(PROSE)
    (tmp_path / "c.txt").write_bytes(gzip.compress(json.dumps([{"text": PROSE}, {"html": HTML.decode()}]).encode()))
    (tmp_path / "d.bin").write_bytes(gzip.compress(warc(HTML)))
    pages, rejected = read(tmp_path)
    assert not rejected
    assert [(Path(p.location).name, p.media) for p in pages] == [
        ("a.dat", "html"),
        ("b.html", "text"),
        ("c.txt:1", "text"),
        ("c.txt:2", "html"),
        ("d.bin#1", "html"),
    ]


def test_encodings() -> None:
    words = "Café “Zürich”, señor – naïve façade in Łódź"
    assert decode(words.encode("utf-8-sig")) == words
    assert decode(words.encode("utf-16")) == words
    western = words.replace("Łódź", "Lodz")
    assert decode(western.encode("cp1252"), "iso-8859-1") == western
    assert (
        decode((western * 5).encode("utf-8").decode("cp1252", "replace").encode("utf-8", "replace")[:0] or b"ok")
        == "ok"
    )
    assert decode("Café crème à côté, déjà vu".encode().decode("latin-1").encode()) == "Café crème à côté, déjà vu"
    with pytest.raises(Unreadable, match="NUL"):
        decode(b"a\x00b")


def test_ids_do_not_depend_on_where_the_pile_lies(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place / "pile").mkdir(parents=True)
        (tmp_path / place / "pile" / "page.txt").write_text(PROSE)
    first, second = read(tmp_path / "one" / "pile")[0], read(tmp_path / "two" / "pile")[0]
    assert first == second
    both = read(tmp_path / "one" / "pile", tmp_path / "two" / "pile")[0]
    assert len({p.id for p in both}) == 2


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PROSE)
    assert len(read(tmp_path, tmp_path / "page.txt")[0]) == 1


@given(st.binary(max_size=3000))
def test_any_bytes_give_text_or_a_reason(raw: bytes) -> None:
    try:
        assert isinstance(decode(raw), str)
    except Unreadable as error:
        assert str(error)


@given(st.lists(st.binary(max_size=300), max_size=4))
def test_any_file_is_read_or_named(tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]) -> None:
    folder = tmp_path_factory.mktemp("any")
    for number, raw in enumerate(parts):
        (folder / f"{number}.x").write_bytes(raw)
    pages, rejected = read(folder)
    named = {i.location if isinstance(i, Page) else i.subject for i in (*pages, *rejected)}
    for number in range(len(parts)):
        assert any(name.split("/")[1].split(":")[0].split("#")[0] == f"{number}.x" for name in named)
