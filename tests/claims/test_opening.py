"""What pages open with: measures of pairs of openings, and the likelihood that they are weighed to."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from firsthand.claims.aligning import align_story
from firsthand.claims.content import Content, read_content
from firsthand.claims.opening import FIRST, OPENING, Openings, Words, covered
from firsthand.claims.sameness import OPENINGS, likelihood
from firsthand.claims.weights import compare_story
from firsthand.options import ClaimOptions
from firsthand.records import Reason

from . import made

FILLER = [
    "Tickets for the regatta cost nine crowns.", "A baker in Selby sells rye loaves.", "The orchard froze in April.",
    "Schools close at noon on Fridays.", "Two geese crossed the motorway.", "The library bought a new roof.",
    "Farmers sowed barley late.", "A choir sang on the quay.", "Nobody painted the lighthouse.", "Trams run hourly.",
    "The museum lost its key.", "Chess players met in Tarn.",
]  # fmt: skip
ONE = "The Orlo council voted on Monday to shut the Kestrel coal plant."
OTHER = "Councillors in Orlo have decided to close the Kestrel power station, which burns coal."
ALIEN = "The mayor of Orlo praised the Kestrel football team after its victory."


def contents(*pages: list[str]) -> list[Content]:
    _, _, said = made.story({chr(97 + n): page for n, page in enumerate(pages)})
    return [read_content(s) for s in said]


def weights(reasons: tuple[Reason, ...]) -> dict[str, float]:
    return {r.rule: r.weight for r in reasons}


def test_only_pairs_of_openings_have_reasons() -> None:
    said = contents([ONE, *FILLER], [OTHER, *FILLER[::-1]])
    second = len(FILLER) + 1
    openings = Openings(compare_story(said))
    assert OPENING in weights(openings.reasons(0, second))
    assert OPENING in weights(openings.reasons(FIRST - 1, second + FIRST - 1))
    assert openings.reasons(0, second + FIRST) == ()
    assert openings.reasons(FIRST, second) == ()


def test_the_same_happening_in_other_words_is_likelier_than_another_of_the_same_names() -> None:
    said = contents([ONE, *FILLER[:4]], [OTHER, ALIEN, *FILLER[4:8]])
    openings = Openings(compare_story(said))
    same, other = (weights(openings.reasons(0, k)) for k in (5, 6))
    for rule in ("sentences-near", "near-otherwise", "words-answered"):
        assert same[rule] > other[rule], rule


def test_two_pages_that_lead_with_it_carry_one_claim() -> None:
    said = contents([ONE, *FILLER[:4]], [OTHER, ALIEN, *FILLER[4:8]])
    groups = align_story(said, (), ClaimOptions()).groups
    together = [{c.statement.text for c in group.contents} for group in groups]
    assert {ONE, OTHER} in together
    assert not any({ONE, ALIEN} <= texts for texts in together)


def test_the_likelihood_reads_other_weights_where_both_open() -> None:
    reasons = [Reason("sentences-near", "", 0.8), Reason("both-early", "", 1.0), Reason("near-otherwise", "", 0.8)]
    opening = [*reasons, Reason(OPENING, "", 3.0)]
    assert likelihood(opening) != likelihood(reasons)
    assert likelihood([*opening, Reason("same-clause", "", 1.0)]) > likelihood(opening)
    assert likelihood([*reasons, Reason(OPENING, "", 5.0)]) < likelihood(opening)
    assert OPENING in OPENINGS


@st.composite
def bags(draw: st.DrawFn) -> Words:
    keys = tuple(sorted(draw(st.sets(st.sampled_from("abcdef"), max_size=5))))
    worth = draw(st.lists(st.floats(0.01, 1.0), min_size=len(keys), max_size=len(keys)))
    rows = np.array([[float(ord(k) % 3 == n) for n in range(3)] for k in keys], np.float32).reshape(-1, 3)
    return Words(keys, np.array(worth, np.float32), rows)


@given(bags(), bags(), st.floats(0.1, 2.0))
def test_what_is_covered_is_a_share_the_same_from_both_sides(a: Words, b: Words, light: float) -> None:
    low, high = covered(a, b, 0.3, light)
    assert np.allclose((low, high), covered(b, a, 0.3, light), atol=1e-6)
    assert -1e-6 <= low <= high <= 1.0 + 1e-6


@given(bags())
def test_the_same_words_cover_each_other_wholly(a: Words) -> None:
    low, high = covered(a, a, 0.3, 1e-6)
    assert (low, high) == (0.0, 0.0) if not a.keys else np.allclose((low, high), 1.0, atol=1e-4)
