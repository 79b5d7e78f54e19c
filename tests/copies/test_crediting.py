from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from firsthand.copies.crediting import creditings
from firsthand.language.rows import rows
from firsthand.records import Article

Make = Callable[[str, Mapping[str, Any]], Article]


@pytest.mark.parametrize("row", rows("crediting")["examples"], ids=lambda row: row["text"][:40])
def test_examples_of_the_table(make: Make, row: Mapping[str, Any]) -> None:
    (found,) = creditings(make("p", {"headline": "A headline", "paragraphs": [row["text"]]}))
    assert (found.name.removeprefix("the "), found.strong) == (row["name"], row["strong"])


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is closed. “I read in the Orvelle Courier that it reported nothing,” he said.",
        "Nobody reported anything to the police.",
        "The Orvelle Courier building burnt down on Monday.",
        "ORVELLE (Reuters) - The bridge is closed.",
        "In March, the Orvelle Courier reported that the bridge was safe.",
        "The ministry withdrew the pass of the Orvelle Courier's harbour correspondent on Monday.",
        "The minister accepted an apology from the Orvelle Courier for a report on the bridge.",
    ],
)
def test_no_credit(make: Make, text: str) -> None:
    assert creditings(make("p", {"headline": "A headline", "paragraphs": [text]})) == ()


def test_a_headline_credits(make: Make) -> None:
    (found,) = creditings(make("p", {"headline": "Reuters: Bridge closed for good", "paragraphs": ["It is shut."]}))
    assert (found.name, found.strong, found.span) == ("Reuters", True, None)


def test_the_own_newsroom_is_no_credit(make: Make) -> None:
    text = "It is shut, the mayor told the Orvelle Courier."
    row = {"headline": "H", "outlet": "Orvelle Courier", "paragraphs": [text]}
    assert creditings(make("p", row)) == ()


def test_what_is_credited_first_is_the_news(make: Make) -> None:
    text = ["It is shut, the Orvelle Courier reported.", "It was built in haste, according to the Tarn Valley Herald."]
    assert [c.name for c in creditings(make("p", {"headline": "H", "paragraphs": text}))] == ["Orvelle Courier"]


def test_an_outlet_of_the_collection_is_known_by_name(make: Make) -> None:
    article = make("p", {"headline": "H", "paragraphs": ["The bridge is shut, Netwright reported."]})
    assert creditings(article) == ()
    (found,) = creditings(article, ("Netwright",))
    assert found.name == "Netwright"


def test_what_a_newsroom_says_is_its_report(make: Make) -> None:
    (found,) = creditings(make("p", {"headline": "H", "paragraphs": ["The Orvelle Courier says the bridge will go."]}))
    assert (found.name, found.strong) == ("The Orvelle Courier", True)


def test_the_last_of_many_paragraphs_is_read_as_if_it_stood_alone(make: Make) -> None:
    text = [
        "The bridge is shut.",
        "He named the Orvelle Courier building.",
        "It is shut, the Orvelle Courier reported.",
    ]
    article = make("p", {"headline": "H", "paragraphs": text})
    (found,) = creditings(article)
    assert found.span is not None
    assert found.span.of(article.text) == "Orvelle Courier" and found.span.start > article.text.index("It is shut")
