"""Every distinct sentence of a collection is parsed once: over pages, batches, processes, runs and kills."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand import page_work
from firsthand.language.packing import pack, unpack
from firsthand.language.parsing import parse_sentences, shared_cache
from firsthand.options import StatementOptions
from firsthand.page_work import quiet
from firsthand.records import Article, Span
from firsthand.running import statements_of
from firsthand.sentence_work import TABLE, SentenceCounts, StatementWork
from firsthand.store import Collection

SHARED = "The ferry to Carrow was late on Monday, the harbour master said."


def article(number: int, *more: str) -> Article:
    text = " ".join((f"Keeper number {number} told the council that light {number} is out.", SHARED, *more))
    return Article(f"p-{number}", None, text, (Span(0, len(text)),))


def counts(collection: Collection) -> SentenceCounts:
    return msgspec.json.decode(collection.noted(TABLE) or "{}", type=SentenceCounts)


def distinct(articles: list[Article]) -> int:
    return len({s for a in articles for s in StatementWork(StatementOptions())._sentences([("", a)]).values()})


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_work, "BATCH", 2)
    shared_cache.cache_clear()


@pytest.mark.parametrize("processes", [1, 2])
def test_once_over_batches_and_processes(processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_work, "WORTH_A_PROCESS", 2)
    articles = [article(n) for n in range(7)]
    with Collection(tmp_path / "c.sqlite", create=True) as collection:
        first = statements_of(articles, StatementOptions(), collection, processes, quiet)
        assert counts(collection).parsed == distinct(articles) == 8
        shared_cache.cache_clear()
        again = statements_of(articles, StatementOptions(fewest_words=6), collection, processes, quiet)
        assert counts(collection).parsed == 8 and len(again[0]) == len(first[0])


def test_once_over_a_run_that_breaks_off(tmp_path: Path) -> None:
    articles = [article(n) for n in range(7)]

    def stop(stage: str, done: int, of: int | None) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with Collection(tmp_path / "c.sqlite", create=True) as collection:
        with pytest.raises(KeyboardInterrupt):
            statements_of(articles, StatementOptions(), collection, 1, stop)
        shared_cache.cache_clear()
        broken_off = counts(collection).parsed
        assert broken_off < 8
        statements_of(articles, StatementOptions(), collection, 1, quiet)
        assert counts(collection).parsed == 8


def test_an_edited_article_costs_its_new_sentences_and_what_is_gone_goes(tmp_path: Path) -> None:
    articles = [article(n) for n in range(4)]
    with Collection(tmp_path / "c.sqlite", create=True) as collection:
        statements_of(articles, StatementOptions(), collection, 1, quiet)
        shared_cache.cache_clear()
        edited = [*articles[1:], article(0, "Nobody was hurt.")]
        found, _ = statements_of(edited, StatementOptions(), collection, 1, quiet)
        assert counts(collection).parsed == distinct(articles) + 1
        statements_of(edited[:1], StatementOptions(), collection, 1, quiet)
        left = collection._db.execute("SELECT count(*) FROM kept_pages WHERE stage = ?", (TABLE,)).fetchone()
        assert left == (2,)
    with Collection(tmp_path / "d.sqlite", create=True) as collection:
        shared_cache.cache_clear()
        assert statements_of(edited, StatementOptions(), collection, 1, quiet)[0] == found


def test_parses_of_another_model_are_thrown_away(tmp_path: Path) -> None:
    with Collection(tmp_path / "c.sqlite", create=True) as collection:
        collection.keep(TABLE, [("k", b"what an older model made")])
        collection.note(TABLE, msgspec.json.encode(SentenceCounts("older", 1)).decode())
        statements_of([article(1)], StatementOptions(), collection, 1, quiet)
        assert collection.kept(TABLE, ["k"]) == {} and counts(collection).parsed == 2


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_a_parse_comes_back(text: str) -> None:
    (parse,) = parse_sentences([text])
    again = unpack(text, pack(parse))
    assert again == parse
    assert parse.tensor is not None and again.tensor is not None and (again.tensor == parse.tensor).all()
