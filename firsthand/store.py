"""A collection on disk: one SQLite file, one table per record.

In: records and the seal of the stage that made them. Out: the same records, in the same order. A stage's tables and its
seal are written in one transaction, so a killed run leaves either the whole stage or nothing of it; what single pages
gave (``kept_pages``) is saved as it comes, under the hash of what it was made from, so a run goes on where it was.
What a whole stage keeps for its next run (``kept_parts``: an index, in parts so that a small run writes little)
changes in one transaction with its tables.
What a page holds stands apart from the page's row (``contents``), so that a collection is opened without its pages'
text in memory. The file is in WAL mode: readers may look while a run writes. It knows records and nothing else of
firsthand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from . import records
from .errors import StoreError

FORMAT = 4
"""Raised when the tables change so that an older file cannot be read."""
APPLICATION_ID = 0x66686E64  # "fhnd", so that no other SQLite file is taken for a collection
FILE_NAME = "collection.sqlite"

TABLES: dict[str, type] = {
    "pages": records.Page,
    "articles": records.Article,
    "copies": records.Copy,
    "source_matter": records.SourceMatter,
    "stories": records.Story,
    "statements": records.Statement,
    "reports": records.Report,
    "carriages": records.Carriage,
    "citations": records.Citation,
    "directions": records.Direction,
    "claims": records.Claim,
    "disagreements": records.Disagreement,
    "origins": records.OriginCount,
    "rejected": records.Rejected,
}
"""The record type of every table. ``rejected`` is shared: each stage's rows carry its name."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS seals (stage TEXT PRIMARY KEY, seal TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS kept_pages (
  stage TEXT, key TEXT, body BLOB NOT NULL, PRIMARY KEY (stage, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept_parts (
  stage TEXT, name TEXT, basis TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (stage, name)
);
CREATE TABLE IF NOT EXISTS contents (page TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS article_words USING fts5(page UNINDEXED, headline, text);
""" + "\n".join(
    f"CREATE TABLE IF NOT EXISTS {name} ("
    "stage TEXT NOT NULL, position INTEGER NOT NULL, id TEXT, body BLOB NOT NULL);\n"
    f"CREATE INDEX IF NOT EXISTS {name}_id ON {name} (id);\n"
    f"CREATE INDEX IF NOT EXISTS {name}_order ON {name} (stage, position);"
    for name in TABLES
)

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Keep:
    """What a stage keeps for its next run: the parts to write and the names of those to drop. ``basis`` says what they
    were made by; parts with another basis are dropped."""

    basis: str
    parts: Mapping[str, bytes]
    gone: Sequence[str] = ()


class _Parts(Mapping[str, bytes]):
    """Parts that are read when they are asked for."""

    def __init__(self, db: sqlite3.Connection, stage: str, basis: str) -> None:
        self._db, self._of = db, (stage, basis)

    def __getitem__(self, name: str) -> bytes:
        query = "SELECT body FROM kept_parts WHERE stage = ? AND basis = ? AND name = ?"
        row = self._db.execute(query, (*self._of, name)).fetchone()
        if row is None:
            raise KeyError(name)
        return bytes(row[0])

    def __iter__(self) -> Iterator[str]:
        query = "SELECT name FROM kept_parts WHERE stage = ? AND basis = ? ORDER BY name"
        return iter([name for (name,) in self._db.execute(query, self._of)])

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Collection:
    """One open collection. Use as a context manager; raises :class:`errors.StoreError` where the file is not usable."""

    def __init__(self, path: Path, create: bool = False) -> None:
        if not create and not path.is_file():
            raise StoreError(f"{path} does not exist", f"firsthand trace PATH -o {path.parent}")
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            message = f"{path} cannot be used as a collection: {error}"
            raise StoreError(message, "name another folder with -o") from error

    def _prepare(self) -> None:
        mine = self._db.execute("PRAGMA application_id").fetchone()[0]
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and mine != APPLICATION_ID:
            message = f"{self.path} is a SQLite file, but no collection of firsthand"
            raise StoreError(message, "name another folder with -o")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if tables and version != FORMAT:
            raise StoreError(
                f"{self.path} has format {version}; this firsthand reads format {FORMAT}",
                f"remove {self.path} and trace again",
            )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if not tables:
            with self.transaction():
                for statement in _SCHEMA.split(";\n"):
                    if statement.strip():
                        self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._db.execute(f"PRAGMA user_version = {FORMAT}")

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, also under a kill."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # ---- whole stages

    def seal(self, stage: str) -> str | None:
        """The seal under which a stage's tables were saved, or None."""
        row = self._db.execute("SELECT seal FROM seals WHERE stage = ?", (stage,)).fetchone()
        return row[0] if row else None

    def save(self, stage: str, seal: str, tables: Mapping[str, Sequence[Any]], keep: Keep | None = None) -> None:
        """Replace what ``stage`` made, change what it keeps, and seal it, in one transaction."""
        with self.transaction():
            for name in TABLES:
                self._db.execute(f"DELETE FROM {name} WHERE stage = ?", (stage,))
            for name, rows in tables.items():
                self._db.executemany(
                    f"INSERT INTO {name} VALUES (?, ?, ?, ?)",
                    ((stage, i, _id_of(row), msgspec.json.encode(row)) for i, row in enumerate(rows)),
                )
            if "articles" in tables:
                self._index_words(tables["articles"])
            self._keep_parts(stage, keep or Keep("", {}))
            self._db.execute("INSERT OR REPLACE INTO seals VALUES (?, ?)", (stage, seal))

    def _keep_parts(self, stage: str, keep: Keep) -> None:
        self._db.execute("DELETE FROM kept_parts WHERE stage = ? AND basis != ?", (stage, keep.basis))
        self._db.executemany(  # before others are dropped: new parts may be made of these as they are written
            "INSERT OR REPLACE INTO kept_parts VALUES (?, ?, ?, ?)",
            ((stage, name, keep.basis, body) for name, body in keep.parts.items()),
        )
        self._db.executemany(
            "DELETE FROM kept_parts WHERE stage = ? AND name = ?", ((stage, name) for name in keep.gone)
        )

    def parts(self, stage: str, basis: str) -> Mapping[str, bytes]:
        """What a stage kept for its next run, if it was made by ``basis``; each part is read when it is asked for."""
        return _Parts(self._db, stage, basis)

    def _index_words(self, articles: Iterable[records.Article]) -> None:
        self._db.execute("DELETE FROM article_words")
        self._db.executemany(
            "INSERT INTO article_words VALUES (?, ?, ?)", ((a.page, a.headline or "", a.text) for a in articles)
        )

    def load(self, name: str, kind: type[Record], stage: str | None = None) -> tuple[Record, ...]:
        """A table's records in the order in which they were saved (of one stage only where ``stage`` is given)."""
        query = f"SELECT body FROM {name}" + (" WHERE stage = ?" if stage else "") + " ORDER BY stage, position"
        decoder = msgspec.json.Decoder(kind)
        try:
            return tuple(decoder.decode(body) for (body,) in self._db.execute(query, (stage,) if stage else ()))
        except (sqlite3.Error, msgspec.MsgspecError) as error:
            message = f"{self.path}: table {name} is damaged: {error}"
            raise StoreError(message, "remove the file and trace again") from error

    # ---- what pages hold

    def add_contents(self, pages: Sequence[records.Page]) -> None:
        """Save what some pages hold, in one transaction; a page's id names its content, so what is there stays."""
        with self.transaction():
            self._db.executemany(
                "INSERT OR IGNORE INTO contents VALUES (?, ?)",
                ((page.id, page.content.encode("utf-8", "surrogatepass")) for page in pages),
            )

    def content(self, page: str) -> str:
        """What a page holds. Raises :class:`errors.StoreError` where it is not in the collection."""
        row = self._db.execute("SELECT body FROM contents WHERE page = ?", (page,)).fetchone()
        if row is None:
            raise StoreError(f"{self.path} holds no content of page {page!r}", "trace again")
        return str(row[0].decode("utf-8", "surrogatepass"))

    def forget_contents(self) -> None:
        """Drop what is held of pages that are no longer in the collection."""
        with self.transaction():
            self._db.execute("DELETE FROM contents WHERE page NOT IN (SELECT id FROM pages)")

    # ---- what single pages gave

    def kept(self, stage: str, keys: Sequence[str]) -> dict[str, bytes]:
        """What was saved of these keys (the hash of all that a page's result was made from)."""
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, body FROM kept_pages WHERE stage = ? AND key IN ({marks})"
            found.update(self._db.execute(query, (stage, *part)))
        return found

    def keep(self, stage: str, rows: Sequence[tuple[str, bytes]]) -> None:
        """Save what some pages gave, in one transaction."""
        with self.transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO kept_pages VALUES (?, ?, ?)", ((stage, key, body) for key, body in rows)
            )

    def forget_others(self, stage: str, keys: Sequence[str]) -> int:
        """Drop what was kept of pages that are no longer in the collection; how many that were."""
        with self.transaction():
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (key TEXT PRIMARY KEY)")
            self._db.execute("DELETE FROM wanted")
            self._db.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((key,) for key in keys))
            query = "DELETE FROM kept_pages WHERE stage = ? AND key NOT IN (SELECT key FROM wanted)"
            return self._db.execute(query, (stage,)).rowcount

    # ---- notes: what a run was asked for

    def note(self, name: str, body: str) -> None:
        """Save a named text."""
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, body))

    def noted(self, name: str) -> str | None:
        """A named text, or None."""
        row = self._db.execute("SELECT body FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    # ---- overrules: what an editor has decided

    def overrules(self) -> tuple[records.Overrule, ...]:
        """The overrules that the collection keeps, in the order in which they were given."""
        return msgspec.json.decode(self.noted("overrules") or "[]", type=tuple[records.Overrule, ...])

    def keep_overrules(self, overrules: Sequence[records.Overrule]) -> None:
        """Keep these, and no others."""
        self.note("overrules", msgspec.json.encode(tuple(overrules)).decode())


def _id_of(row: Any) -> str | None:
    return getattr(row, "id", None) or getattr(row, "page", None) or getattr(row, "subject", None)
