"""Why a source is not named: the words without which no sentence is searched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.language.rows import rows


@pytest.mark.parametrize("pattern", rows("sources")["anonymity"])
def test_every_pattern_needs_one_of_the_signs(pattern: str) -> None:
    @settings(max_examples=30, deadline=None, database=None)
    @given(st.from_regex(pattern.replace("{gap}", "(?: \\w{2,8}){0,2} ?").replace("\\w", "[a-z]"), fullmatch=True))
    def law(words: str) -> None:
        assert any(sign in words.lower() for sign in rows("sources")["anonymity_signs"])

    law()
