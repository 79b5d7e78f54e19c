"""Source matter: what pages have of one source, beside what they have of each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest

from firsthand import copies as room
from firsthand.copies import find_shared
from firsthand.copies.notices import notices
from firsthand.copies.verbatim import stated_spans
from firsthand.language.rows import rows
from firsthand.options import CopyOptions
from firsthand.records import Article, SourceMatter, Span

Make = Callable[[str, Mapping[str, Any]], Article]
OPTIONS = CopyOptions(retellings=False)

WORDS = (
    "We knew that the pier was old and that the light on it had been dark since the winter, "
    "and nobody came to mend it although we wrote four letters to the office in Sund"
)
STATEMENT = (
    "Our company deeply regrets what happened at the pier on Monday. We have taken all boats of this type out of "
    "service until their steering has been looked at by engineers from outside.",
    "The families will be helped at once and without any conditions. We owe them an answer, and we will give it when "
    "we have it, not before and not later, whatever it may cost us.",
    "Seven boats will lie in the harbour until the end of June. Whoever has a ticket for one of them gets back what "
    "was paid, and a seat on the bus that goes around the bay by way of Hollin four times a day.",
    "We thank the crew of the tug, who were there within minutes, and the nurses of both hospitals, who had no sleep "
    "for two nights. Our house will not forget it, and neither will our guests.",
)


def prose(seed: int, paragraphs: int = 3) -> list[str]:
    """Paragraphs that no other seed shares."""
    random = Random(seed)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "am", "or", "el")]
    words = ["".join(random.choices(syllables, k=random.randint(1, 3))) for _ in range(400)]
    return [" ".join(random.choices(words, k=60)).capitalize() + "." for _ in range(paragraphs)]


def quoting(seed: int, words: str = WORDS) -> list[str]:
    before, *after = prose(seed)
    return [before, f"“{words},” said Ilse Brandt.", *after]


def shared_by(make: Make, *texts: list[str]) -> tuple[SourceMatter, ...]:
    articles = [make(f"p{i}", {"paragraphs": paragraphs}) for i, paragraphs in enumerate(texts)]
    found = find_shared(articles, OPTIONS)
    for matter in found.source_matter:
        for place in matter.places:
            text = next(article.text for article in articles if article.page == place.page)
            assert place.span is not None and 0 <= place.span.start < place.span.end <= len(text)
    return found.source_matter


def test_a_quotation_on_three_pages_is_one_record_with_three_places(make: Make) -> None:
    (matter,) = shared_by(make, quoting(1), quoting(2), quoting(3))
    assert [place.page for place in matter.places] == ["p0", "p1", "p2"]
    assert matter.words == len(WORDS.split())


def test_the_place_is_the_quotation_to_the_character(make: Make) -> None:
    texts = [quoting(1), quoting(2)]
    (matter,) = shared_by(make, *texts)
    for place, paragraphs in zip(matter.places, texts, strict=True):
        assert place.span is not None
        assert place.span.of("\n\n".join(paragraphs)) == WORDS


def test_within_copies_of_one_report_it_is_theirs(make: Make) -> None:
    assert shared_by(make, quoting(1), quoting(1)) == ()


def test_two_copies_and_one_that_is_none_are_all_listed(make: Make) -> None:
    (matter,) = shared_by(make, quoting(1), quoting(1), quoting(2))
    assert [place.page for place in matter.places] == ["p0", "p1", "p2"]


def test_parts_of_one_quotation_are_joined_by_the_page_that_has_it_whole(make: Make) -> None:
    half = len(WORDS) // 2
    (matter,) = shared_by(make, quoting(1), quoting(2, WORDS[: half + 40]), quoting(3, WORDS[half - 40 :]))
    assert [place.page for place in matter.places] == ["p0", "p1", "p2"]


def test_what_only_one_marks_is_not_proven(make: Make) -> None:
    before, *after = prose(2)
    assert shared_by(make, quoting(1), [before, f"{WORDS}.", *after]) == ()


def test_a_few_words_are_no_record(make: Make) -> None:
    assert (
        shared_by(make, quoting(1, "We knew that the pier was old"), quoting(2, "We knew that the pier was old")) == ()
    )


def test_what_an_outlet_repeats_is_no_quotation(make: Make) -> None:
    line = "Write to the editor of the paper with your views on this and on any other story that you read here today"
    pages = [make(f"p{i}", {"paragraphs": [*prose(i), line], "outlet": f"Outlet {i % 2}"}) for i in range(8)]
    assert find_shared(pages, OPTIONS).source_matter == ()


def stating(seed: int, cue: str, *statement: str) -> list[str]:
    before, *after = prose(seed)
    return [before, cue, *statement, "A spokesman for the harbour office declined to say more.", *after]


CUES = (
    "The company, Sund Ferries, said in a statement:",
    "In its statement, which Sund Ferries sent on Tuesday, it wrote:",
)


def test_a_statement_without_marks_is_source_matter_where_both_bring_it_in(make: Make) -> None:
    texts = [stating(i, cue, *STATEMENT) for i, cue in enumerate(CUES)]
    (matter,) = shared_by(make, *texts)
    for place, paragraphs in zip(matter.places, texts, strict=True):
        assert place.span is not None
        assert place.span.of("\n\n".join(paragraphs)) == "\n\n".join(STATEMENT).rstrip(".")
    articles = [make(f"p{i}", {"paragraphs": paragraphs}) for i, paragraphs in enumerate(texts)]
    assert find_shared(articles, OPTIONS).copies == ()
    assert find_shared(articles, CopyOptions()).copies == ()


def test_a_statement_that_only_one_brings_in_is_a_copy(make: Make) -> None:
    articles = [
        make("p0", {"paragraphs": stating(1, CUES[0], *STATEMENT)}),
        make("p1", {"paragraphs": stating(2, "It rained all night.", *STATEMENT)}),
    ]
    assert [copy.relation for copy in find_shared(articles, OPTIONS).copies] == ["edited"]


def test_a_statement_of_somebody_else_s_is_another(make: Make) -> None:
    cues = ("The company, Sund Ferries, said in a statement:", "The union, Tarnow Dockers, said in a statement:")
    articles = [make(f"p{i}", {"paragraphs": stating(i, cue, *STATEMENT)}) for i, cue in enumerate(cues)]
    assert [copy.relation for copy in find_shared(articles, OPTIONS).copies] == ["edited"]


def test_where_prose_is_shared_too_the_statement_hides_no_copying(make: Make) -> None:
    texts = [stating(i, cue, *STATEMENT) for i, cue in enumerate(CUES)]
    more = prose(7, 1)
    articles = [make(f"p{i}", {"paragraphs": [*paragraphs, *more]}) for i, paragraphs in enumerate(texts)]
    (copy,) = find_shared(articles, OPTIONS).copies
    assert "same-statement" not in {reason.rule for reason in copy.reasons}


@pytest.mark.parametrize("row", rows("verbatim")["examples"], ids=lambda row: row["text"][:30])
def test_examples_of_statements(row: Mapping[str, str]) -> None:
    assert row["stated"] in [stated.span.of(row["text"]) for stated in stated_spans(row["text"])]


@pytest.mark.parametrize("row", [row for kind in ("says", "often") for row in rows("notices")[kind]], ids=str)
def test_examples_of_notices(row: Mapping[str, str]) -> None:
    text = row["example"]
    assert notices(text, Span(0, len(text))) == [Span(0, len(text))]


def test_every_row_of_notices_holds_a_sign() -> None:
    table = rows("notices")
    for row in (row for kind in ("says", "often") for row in table[kind]):
        for words in row["words"]:
            assert any(sign in f"{words} " for sign in table["signs"]), words


def test_a_list_of_other_stories_is_a_notice_and_the_prose_after_it_is_none() -> None:
    (long,) = prose(1, 1)
    text = "\n\n".join(["Related:", "Council shelves its plan for a ferry", "Mayor weds", long])
    assert [span.of(text) for span in notices(text, Span(0, len(text)))] == text.split("\n\n")[:3]


def test_pages_that_share_notices_are_no_copies(make: Make) -> None:
    notice = (
        "Copyright 2031 Sund Radio. All rights reserved. Visit our site for its terms of use and for permissions. "
        "Transcripts are made in a hurry by a company outside the house, and may be changed or put right later on. "
        "The record that counts is what was on the air, which can be heard in the archive of the house for a year."
    )
    news = (
        "The ferry between Sund and the islands will sail only twice a day from June because two captains retire. "
        "The harbour office looks for others, but the pay is low and the winters are long on the water.",
        "A painting that hung in the kitchen of a school in Tarnow was sold for four million crowns on Friday. "
        "Its cook had taken it for a print; an expert saw it when he came to fetch his daughter from her lesson.",
    )
    articles = [make(f"p{i}", {"paragraphs": [text, notice]}) for i, text in enumerate(news)]
    assert find_shared(articles, OPTIONS).copies == ()
    assert find_shared(articles, CopyOptions()).copies == ()


def test_few_and_many_find_the_same(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    texts = [quoting(i % 7, WORDS if i % 2 else WORDS.upper()) for i in range(12)]
    texts += [stating(20 + i, CUES[i % 2], *STATEMENT) for i in range(4)]
    articles = [make(f"p{i:02}", {"paragraphs": paragraphs}) for i, paragraphs in enumerate(texts)]
    wanted = find_shared(articles, OPTIONS)
    assert wanted.source_matter and wanted.copies
    assert find_shared(articles[::-1], OPTIONS) == wanted
    monkeypatch.setattr(room, "MANY", 1)
    assert find_shared(articles, OPTIONS) == wanted


ESSAY = (
    "The ferry is the road of the islands, and nobody would let a road fall into the sea",
    "Whoever closes the line to save three million crowns a year will pay thirty million for empty houses",
    "The council has until spring to think again, and the islands will not forget how it votes on that day",
    "We grew up on these boats, we were wed on them, and our dead cross the sound on them for the last time",
)


def quoting_all(cue: str) -> list[str]:
    """Prose of its own, with the essay's sentences quoted one by one; ``cue`` brings in the first."""
    own = prose(3, len(ESSAY) + 1)
    cues = [cue, *[""] * (len(ESSAY) - 1)]
    return [
        part for words, said, before in zip(ESSAY, cues, own, strict=False) for part in (before, f"{said} “{words}.”")
    ]


@pytest.mark.parametrize(
    ("cue", "copied"),
    [
        ("The Washington Post reports:", True),
        ("In an op-ed in the Washington Post, Ilse Brandt writes:", False),
        ("She told them:", False),
    ],
)
def test_prose_that_is_quoted_with_a_newsroom_s_credit_is_copied_but_an_essay_is_its_author_s(
    make: Make, cue: str, copied: bool
) -> None:
    articles = [
        make("p0", {"paragraphs": [f"{words}." for words in ESSAY]}),
        make("p1", {"paragraphs": quoting_all(cue)}),
    ]
    assert bool(find_shared(articles, OPTIONS).copies) == copied


def test_titles_in_a_row_are_a_list_of_other_stories() -> None:
    titles = (
        "Ferry strikes the old pier in Sund\n\nCouncil of Hollin to vote on the bridge\n\nSeven boats that nobody wants"
    )
    prose = "The ferry struck the pier.\n\nNobody was hurt, the harbour master said.\n\nThe pier was built in 2003."
    text = f"{prose}\n\n{titles}\n\n{prose}"
    found = [span.of(text) for span in notices(text, Span(0, len(text)))]
    assert found == titles.split("\n\n")
    assert notices(prose, Span(0, len(prose))) == []
    assert notices(titles, Span(0, titles.rindex("\n"))) == []


def test_a_statement_that_nothing_brings_in_is_known_by_its_voice(make: Make) -> None:
    texts = [[*prose(n, 2), *STATEMENT, *prose(20 + n, 2)] for n in (1, 2)]
    (matter,) = shared_by(make, *texts)
    assert matter.words > 100
    articles = [make(f"p{i}", {"paragraphs": paragraphs}) for i, paragraphs in enumerate(texts)]
    assert not find_shared(articles, OPTIONS).copies


def test_a_column_in_the_first_person_is_copied_not_stated(make: Make) -> None:
    column = [
        *STATEMENT,
        *(f"We went there, and our boat, number {n}, was gone, so we asked. {p}" for n, p in enumerate(prose(1))),
    ]
    texts = [column, [*prose(2, 2), *STATEMENT, *prose(22, 2)]]
    articles = [make(f"p{i}", {"paragraphs": paragraphs}) for i, paragraphs in enumerate(texts)]
    assert find_shared(articles, OPTIONS).copies
    told = [
        prose(5)[0],
        "The ferry was late, said its owners, and no boat would be sent before the spring of next year or later.",
        *STATEMENT,
    ]
    texts = [[*prose(n, 2), *told, *prose(30 + n, 1)] for n in (1, 2)]  # with the newsroom's own words around it
    articles = [make(f"p{i}", {"paragraphs": paragraphs}) for i, paragraphs in enumerate(texts)]
    assert find_shared(articles, OPTIONS).copies


def test_paragraphs_in_a_row_are_a_copy_though_something_stands_between(make: Make) -> None:
    both = [" ".join(paragraph.split()[:28]) + "." for paragraph in prose(9)]
    teaser = "Also read how the ferry came home"
    plain = [*prose(1, 4), *both[:2], *prose(21, 4)]
    broken = [*prose(2, 4), both[0], teaser, both[1], *prose(22, 4)]
    scattered = [*prose(3, 4), both[0], *prose(23, 4), both[1], *prose(24, 2)]
    alone = [*prose(4, 4), " ".join(both[:2]), *prose(25, 4)]

    def copied(*texts: list[str]) -> bool:
        articles = [make(f"p{i}", {"paragraphs": paragraphs}) for i, paragraphs in enumerate(texts)]
        return bool(find_shared(articles, OPTIONS).copies)

    assert copied(plain, broken)
    assert copied(plain, scattered)  # in a row on one side
    assert not copied(scattered, [*prose(5, 4), both[0], *prose(26, 4), both[1]])
    assert not copied(plain, alone)  # one paragraph
