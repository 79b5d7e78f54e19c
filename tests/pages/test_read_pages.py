"""Reading: kinds found by looking, everything unreadable named, the rest unaffected."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest
from broken import HTML, PROSE, UNREADABLE, warc
from hypothesis import given
from hypothesis import strategies as st
from reading import SMALL, read

from firsthand.errors import NothingToRead
from firsthand.pages import read_pages
from firsthand.pages.decoding import Unreadable, decode
from firsthand.pages.documents import looks_like_code, media_of
from firsthand.records import Page, Rejected


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
        ("Ada Renn", "Bo Ilm"),
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


def test_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PROSE)
    for raw in (json.dumps({"text": PROSE}).encode(), gzip.compress(json.dumps({"text": PROSE}).encode()), b""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        items = list(read_pages(["-", str(tmp_path)]))
        assert [i.location if isinstance(i, Page) else i.subject for i in items] == [
            "stdin:1" if raw else "stdin",
            f"{tmp_path.name}/page.txt",
        ]
        assert isinstance(items[0], Page) == bool(raw)


def test_a_page_with_a_style_sheet_in_its_text_is_a_page() -> None:
    style = ".ferry {\n  width: 100%;\n}\n" * 12
    assert looks_like_code(style)
    assert not looks_like_code(style + (PROSE.replace("\n", " ") * 2 + "\n") * 5)


def test_html_below_a_warning_is_html() -> None:
    warning = "<br> <b>Warning</b>: the disk is full in <b>/srv/page.php</b><br>\n" + "word " * 3000
    assert (
        media_of(warning) == "text"
        and media_of(warning + HTML.decode().replace("<body", "<head></head><body")) == "html"
    )
