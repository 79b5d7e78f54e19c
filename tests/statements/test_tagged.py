"""The tagger beside the rules: cues that no row knows, spans, what a chain takes. All sentences are invented."""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.language.rows import rows
from firsthand.options import StatementOptions
from firsthand.records import Article, Span, Statement
from firsthand.statements import extract_statements
from firsthand.statements.attributions import find_attributions
from firsthand.statements.reading import Reading, read_article
from firsthand.statements.tagged import Tagged, _likeliest, added, content_spans, tag_article


def article(*paragraphs: str) -> Article:
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return Article("p", None, "\n\n".join(paragraphs), tuple(spans))


def tagged(*paragraphs: str) -> tuple[Reading, list[list[Tagged]]]:
    reading = read_article(article(*paragraphs))
    return reading, tag_article(reading, [find_attributions(reading, s) for s in reading.sentences])


def words(reading: Reading, s: int, indexes: tuple[int, ...]) -> str:
    return " ".join(reading.sentences[s].token(i).text for i in indexes)


def statements(*paragraphs: str) -> tuple[Statement, ...]:
    return extract_statements(article(*paragraphs), StatementOptions())


def test_cue_source_and_content() -> None:
    reading, found = tagged("The mayor of Velda said on Monday that the harbour would close in spring.")
    (one,) = found[0]
    assert words(reading, 0, one.source) == "The mayor of Velda"
    assert words(reading, 0, one.cue).startswith("said")
    (content,) = content_spans(reading.sentences[0], one)
    assert content.of(reading.article.text).endswith("the harbour would close in spring")


def test_a_cue_that_no_row_knows() -> None:
    known = {word for row in rows("cues")["verb"] for word in row["words"]}
    assert "thunder" not in known, "choose another verb for this test"
    reading, found = tagged("“Nobody asked the fishermen, and nobody will,” thundered Ada Brook, who owns two boats.")
    assert [reading.sentences[0].token(t.head).lemma for t in found[0]] == ["thunder"]


def test_a_quotation_goes_on() -> None:
    reading, found = tagged(
        "“The harbour is ours,” said Ada Brook. “It was ours before the company came.”",
        "The company closed its office in March.",
    )
    (content,) = [content_spans(reading.sentences[0], t) for t in found[0]]
    said = " ".join(span.of(reading.article.text) for span in content)
    assert "It was ours before" in said
    assert "closed its office" not in said


def test_nothing_is_nothing() -> None:
    assert tagged("")[1] in ([], [[]])
    assert not any(tagged("Snow fell on Velda. The lake froze early.")[1])


def test_indexes_stay_in_their_sentence() -> None:
    reading, found = tagged("Brook " + "said that he " * 90 + "left.", "“" * 200, "— : , said", "\u202e said he \u202c")
    for sentence, row in zip(reading.sentences, found, strict=True):
        for t in row:
            assert t.sentence == sentence.index
            for indexes in (t.cue, t.source, t.content):
                assert all(0 <= i < len(sentence.parse.tokens) for i in indexes)
            assert not set(t.cue) & set(t.content)
            assert not set(t.source) & set(t.content)


def test_what_somebody_supports_is_not_said() -> None:
    reading, found = tagged("The council supports the plan for a second harbour.")
    assert not added(reading, reading.sentences[0], [], found[0])


def test_same_twice() -> None:
    text = "“We are late,” quipped Ada Brook. The council announced a plan, according to two officials."
    assert tagged(text)[1] == tagged(text)[1]
    assert statements(text) == statements(text)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "“The harbour is ours,” said Ada Brook. The council wants a second harbour.",
        "The mayor denied that the council had asked him. According to two officials, nobody did.",
    )
    whole = tagged(*text)[1]
    monkeypatch.setattr("firsthand.statements.tagged.TOKENS", 8)
    parts = tagged(*text)[1]
    assert [[(t.head, t.cue, t.source, t.content) for t in row] for row in parts] == [
        [(t.head, t.cue, t.source, t.content) for t in row] for row in whole
    ]
    assert sum(map(len, whole)) >= 3


def test_a_change_of_role_has_its_price() -> None:
    shares = np.array([[0.1, 0.0, 0.0, 0.9], [0.5, 0.05, 0.05, 0.4], [0.1, 0.0, 0.0, 0.9], [0.95, 0.0, 0.0, 0.05]])
    assert shares.argmax(axis=1).tolist() == [3, 0, 3, 0]
    assert _likeliest(shares.astype(np.float32)) == [3, 3, 3, 0]
