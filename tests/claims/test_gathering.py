"""From judged pairs to claims that may overlap."""

from __future__ import annotations

from firsthand.claims.gathering import gather, one_wording
from firsthand.claims.pairs import Judged
from firsthand.options import ClaimOptions

PAGES = [frozenset((page,)) for page in "abcd"]


def judged(same: float, subject: float | None = None, excluded: bool = False) -> Judged:
    return Judged((), same if subject is None else subject, same, excluded)


def claims(pairs: dict[tuple[int, int], Judged]) -> tuple[tuple[int, ...], ...]:
    return gather(PAGES, pairs, ClaimOptions())


def test_nothing_judged_leaves_every_statement_alone() -> None:
    assert claims({}) == ((0,), (1,), (2,), (3,))


def test_a_strong_pair_that_the_parting_left_apart_makes_its_own_claim() -> None:
    found = claims({(0, 1): judged(0.9), (0, 2): judged(0.8), (1, 2): judged(0.1)})
    assert found == ((0, 1), (0, 2), (3,))


def test_who_bears_most_of_a_claim_joins_it() -> None:
    found = claims({(0, 1): judged(0.95), (0, 2): judged(0.7, 0.2), (1, 2): judged(0.3, 0.1)})
    assert found == ((0, 1, 2), (3,))


def test_one_subject_alone_makes_no_claim() -> None:
    assert claims({(0, 1): judged(0.1, 0.95)}) == ((0,), (1,), (2,), (3,))


def test_what_contradicts_is_never_brought_together() -> None:
    assert (0, 1) not in claims({(0, 1): judged(0.95, excluded=True)})
    found = claims({(0, 1): judged(0.9), (0, 2): judged(0.9), (1, 2): judged(0.9, excluded=True)})
    assert found == ((0, 1), (0, 2), (3,))


def test_statements_of_one_page_are_two_claims() -> None:
    pages = [frozenset("a"), frozenset("a"), frozenset("b")]
    pairs = {(0, 1): judged(0.8), (0, 2): judged(0.9), (1, 2): judged(0.8)}
    assert gather(pages, pairs, ClaimOptions()) == ((0, 2), (1, 2))


def test_what_bears_on_one_wording_bears_on_all_that_are_nearly_the_same() -> None:
    pairs = {(0, 1): judged(1.0), (1, 2): judged(0.9), (0, 2): judged(0.1)}
    assert one_wording(4, pairs) == [(0, 1), (2,), (3,)]
    assert claims(pairs) == ((0, 1, 2), (3,))


def test_copies_that_differ_in_a_figure_are_not_one_wording() -> None:
    pairs = {(0, 1): judged(1.0), (1, 2): judged(1.0), (0, 2): judged(1.0, excluded=True)}
    assert one_wording(3, pairs) == [(0, 1), (2,)]
