"""What is looked up of each word is what the model's own parts say, in sentences of all kinds and in any order."""

from __future__ import annotations

import pytest

from firsthand.language import parsing
from firsthand.language.word_forms import PARTS, WordForms

SENTENCES = (
    "There is a ferry, and there were two more that the mayor hadn't seen.",
    "They ain't gonna sail; let's wait, y'all, 'cause the crew has gotta rest.",
    "The crews' boats were being mended when I'd got there, and it's theirs.",
    "  Two  spaces\tand\n\nlines , then   more \n",
    "RUNNING Running running ran runs; Leaves leaves leave left LEFT better BEST.",
    "She said that that which those whom this boat carried did do what is done.",
    "Which boats? Any of these. But all but one, nevertheless, aren't ours: they're hers.",
    "C'mon on, won't can't shan't he'll she'd've we've been.",
    "Ilana Brook’s harbour didn’t, couldn’t — “the 12th of May, 1,200 boats” … :) €5 @brook #velda",
    "\u202eשלום 他说 İstanbul ﬁnds",
    "",
    " ",
)


@pytest.fixture(scope="module")
def docs() -> list[tuple[object, object]]:
    model = parsing._model()
    few = model.pipe(SENTENCES, disable=PARTS)
    return list(zip(few, model.pipe(SENTENCES), strict=True))


def _said(doc: object) -> list[tuple[str, str, str, str]]:
    return [(t.lemma_.lower(), t.pos_, t.tag_, t.dep_) for t in doc]  # type: ignore[attr-defined]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_forms_are_those_of_the_models_own_parts(docs: list[tuple[object, object]]) -> None:
    forms = WordForms(parsing._model())
    assert [forms.of(few) for few, _ in docs] == [_said(whole) for _, whole in docs]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_forms_do_not_depend_on_what_was_met_before(docs: list[tuple[object, object]]) -> None:
    forms = WordForms(parsing._model())
    backwards = [(forms.of(few), _said(whole)) for few, whole in reversed(docs)]
    assert all(found == wanted for found, wanted in backwards)
    assert [forms.of(few) for few, _ in docs] == [_said(whole) for _, whole in docs]


def test_a_pattern_over_several_words_takes_the_models_own_parts(docs: list[tuple[object, object]]) -> None:
    forms = WordForms(parsing._model())
    forms.of(docs[0][0])
    assert forms._known == {}
    forms.of(docs[4][0])
    assert forms._known
