"""The collection on disk: what is saved comes back; what is not ours or damaged is said."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest
from msgspec import Struct

from firsthand.errors import StoreError
from firsthand.records import Article, Moment, Page, Rejected, Span
from firsthand.store import _SCHEMA, FORMAT, TABLES, Collection, Keep

ARTICLE = Article(
    "p-1", "Ferry late", "The ferry is late.", (Span(0, 18),), published=Moment("2031-05-06", None, "stated")
)


def test_records_come_back_in_order(tmp_path: Path) -> None:
    page = Page("p-1", "pile/a.txt", "text", "The ferry is late.\x00", given_byline=("Ada Renn",))
    with Collection(tmp_path / "c.sqlite", create=True) as store:
        store.save("pages", "seal", {"pages": [page], "rejected": [Rejected("x", "pages", "empty")]})
        store.save("articles", "seal", {"articles": [ARTICLE, ARTICLE]})
    with Collection(tmp_path / "c.sqlite") as store:
        assert store.load("pages", Page) == (page,)
        assert store.load("articles", Article) == (ARTICLE, ARTICLE)
        assert store.load("rejected", Rejected, "pages") == (Rejected("x", "pages", "empty"),)
        assert store.seal("pages") == "seal" and store.seal("copies") is None


def test_what_pages_hold_stands_apart_and_goes_with_them(tmp_path: Path) -> None:
    pages = [Page(f"p-{i}", f"pile/{i}.txt", "text", f"The ferry {i} is late.\x00\ud800") for i in range(3)]
    with Collection(tmp_path / "c.sqlite", create=True) as store:
        store.add_contents(pages)
        store.add_contents(pages)
        store.save("pages", "seal", {"pages": [replace(page, content="") for page in pages[:2]]})
        store.forget_contents()
        assert [store.content(page.id) for page in pages[:2]] == [page.content for page in pages[:2]]
        with pytest.raises(StoreError, match="p-2"):
            store.content("p-2")


def test_saving_replaces_only_the_stage(tmp_path: Path) -> None:
    with Collection(tmp_path / "c.sqlite", create=True) as store:
        store.save("pages", "1", {"rejected": [Rejected("x", "pages", "empty")]})
        store.save("articles", "1", {"rejected": [Rejected("y", "articles", "no prose")]})
        store.save("pages", "2", {"rejected": []})
        assert store.load("rejected", Rejected) == (Rejected("y", "articles", "no prose"),)


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    with Collection(tmp_path / "c.sqlite", create=True) as store:
        store.save("articles", "1", {"articles": [ARTICLE]})
        with pytest.raises(TypeError):
            store.save("articles", "2", {"articles": [object()]})
        assert store.seal("articles") == "1" and store.load("articles", Article) == (ARTICLE,)


def test_words_are_indexed(tmp_path: Path) -> None:
    with Collection(tmp_path / "c.sqlite", create=True) as store:
        store.save("articles", "1", {"articles": [ARTICLE]})
    rows = sqlite3.connect(tmp_path / "c.sqlite").execute(
        "SELECT page FROM article_words WHERE article_words MATCH 'ferry'"
    )
    assert rows.fetchall() == [("p-1",)]


def test_readers_may_look_while_a_run_writes(tmp_path: Path) -> None:
    with Collection(tmp_path / "c.sqlite", create=True) as writer:
        writer.save("articles", "1", {"articles": [ARTICLE]})
        with writer.transaction(), Collection(tmp_path / "c.sqlite") as reader:
            assert reader.load("articles", Article) == (ARTICLE,)


def test_what_is_kept_of_pages(tmp_path: Path) -> None:
    with Collection(tmp_path / "c.sqlite", create=True) as store:
        store.keep("articles", [(f"k{i}", b"body") for i in range(1200)])
        assert len(store.kept("articles", [f"k{i}" for i in range(2000)])) == 1200
        store.forget_others("articles", ["k1", "k2", "k2"])
        assert sorted(store.kept("articles", [f"k{i}" for i in range(2000)])) == ["k1", "k2"]
        assert store.kept("statements", ["k1"]) == {}


def test_other_files_are_not_taken_for_a_collection(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        Collection(tmp_path / "none.sqlite")
    (tmp_path / "text.sqlite").write_text("no database at all, " * 50)
    with pytest.raises(StoreError, match="cannot be used"):
        Collection(tmp_path / "text.sqlite")
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE things (a)")
    other.close()
    with pytest.raises(StoreError, match="no collection of firsthand"):
        Collection(tmp_path / "other.sqlite")


def test_a_newer_format_is_named(tmp_path: Path) -> None:
    Collection(tmp_path / "c.sqlite", create=True).__exit__()
    raw = sqlite3.connect(tmp_path / "c.sqlite")
    raw.execute(f"PRAGMA user_version = {FORMAT + 1}")
    raw.close()
    with pytest.raises(StoreError, match=f"format {FORMAT + 1}"):
        Collection(tmp_path / "c.sqlite")


def test_a_collection_of_before_the_parts_is_named(tmp_path: Path) -> None:
    Collection(tmp_path / "c.sqlite", create=True).__exit__()
    raw = sqlite3.connect(tmp_path / "c.sqlite")
    raw.execute("DROP TABLE kept_parts")
    raw.execute("PRAGMA user_version = 3")
    raw.close()
    with pytest.raises(StoreError, match=f"format 3; this firsthand reads format {FORMAT}") as refused:
        Collection(tmp_path / "c.sqlite", create=True)
    assert "trace again" in str(refused.value.next_step)


def test_other_tables_are_another_format() -> None:
    """Who changes the tables raises FORMAT and writes the new hash here: an older file would only fail later."""
    assert (FORMAT, blake2b(_SCHEMA.encode(), digest_size=8).hexdigest()) == (4, "26c1252b405d1075")


def test_a_damaged_row_is_said(tmp_path: Path) -> None:
    with Collection(tmp_path / "c.sqlite", create=True) as store:
        store.save("articles", "1", {"articles": [ARTICLE]})
        raw = sqlite3.connect(tmp_path / "c.sqlite")
        raw.execute("UPDATE articles SET body = '{'")
        raw.commit()
        raw.close()
        with pytest.raises(StoreError, match="table articles is damaged"):
            store.load("articles", Article)


def test_every_table_has_a_record() -> None:
    assert all(hasattr(kind, "__dataclass_fields__") or issubclass(kind, Struct) for kind in TABLES.values())


def test_parts_change_with_the_tables_or_not_at_all(tmp_path: Path) -> None:
    with Collection(tmp_path / "c.sqlite", create=True) as store:
        store.save("copies", "1", {"articles": [ARTICLE]}, Keep("basis", {"a": b"1", "b": b"2"}))
        assert dict(store.parts("copies", "basis")) == {"a": b"1", "b": b"2"}
        assert not store.parts("copies", "another basis")
        assert not store.parts("stories", "basis")
        with pytest.raises(TypeError):
            store.save("copies", "2", {"articles": [object()]}, Keep("basis", {"a": b"3"}))
        store.save("copies", "2", {"articles": [ARTICLE]}, Keep("basis", {"a": b"4"}, ("b", "not there")))
        assert dict(store.parts("copies", "basis")) == {"a": b"4"}
        with pytest.raises(KeyError):
            store.parts("copies", "basis")["b"]
        store.save("copies", "3", {"articles": [ARTICLE]}, Keep("another basis", {"c": b"5"}))
        assert not store.parts("copies", "basis")
        assert dict(store.parts("copies", "another basis")) == {"c": b"5"}
        store.save("copies", "4", {"articles": [ARTICLE]})
        assert not store.parts("copies", "another basis")
