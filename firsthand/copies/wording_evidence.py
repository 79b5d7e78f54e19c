"""What shared words say of two articles: how much of each they cover, and how much of it is in their own words.

In: two articles with their wordings. Out: the shared passages, the quotations among them, and the reasons. A passage
inside quotation marks on both sides, or on one, is source matter: a person, a statement, a document that both had. One
exception: where the quoting side says that the words are a newsroom's ("the Courier reports: ..."), they are that
newsroom's prose.

It is asked of every pair that shares words, so it keeps to plain numbers: an array of a few words costs more to make
than to read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..newsrooms import find_newsrooms
from ..records import Article, Passage, Place, Reason
from .differing_facts import differing_facts
from .passages import Run, as_passages
from .source_matter import Spans, Stretch, quoted_by_both
from .wording import Flags, Wording

BEFORE = 110
"""Characters before a quoted passage in which its newsroom is looked for."""
FEWEST_CREDITED = 15
"""Words of a credited passage; a shorter one is a quotation like any other."""
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class SharedWording:
    """What two articles share in words; ``matter``: the quotations among it that both mark, as characters of both."""

    passages: tuple[Passage, ...]
    share_a: float
    share_b: float
    reasons: tuple[Reason, ...]
    matter: tuple[Spans, ...] = ()


_NOTHING = SharedWording((), 0.0, 0.0, ())


def shared_wording(a: Article, b: Article, words_a: Wording, words_b: Wording, runs: tuple[Run, ...]) -> SharedWording:
    """The passages of two articles from the runs of words that they share, their shares and the reasons."""
    if not runs:
        return _NOTHING
    own = credited = quoted = size_a = size_b = 0
    for run in runs:
        size_a += run.length_a
        size_b += run.length_b
        least, most = (run.own_a, run.own_b) if run.own_a < run.own_b else (run.own_b, run.own_a)
        if least * 3 < most and most >= FEWEST_CREDITED and _credited(run, a, b, words_a, words_b):
            own += most
            credited += most
        else:
            own += least
            quoted += max(run.length_a, run.length_b) - least
    share_a, share_b = size_a / len(words_a), size_b / len(words_b)
    passages = as_passages(words_a, words_b, runs)
    shown = _shown(a, b, passages)
    own_share = max(
        min(own / max(1, _own(words_a.quoted)), share_a if credited else 1.0),
        min(own / max(1, _own(words_b.quoted)), share_b if credited else 1.0),
    )
    reasons = [
        Reason("shared-words-a", f"{share_a:.0%} of the first article stands in the second", round(share_a, 4), shown),
        Reason("shared-words-b", f"{share_b:.0%} of the second article stands in the first", round(share_b, 4), shown),
        Reason("shared-own-words", f"they share {own} words that neither quotes", float(own)),
        Reason("shared-own-share", f"that is {own_share:.0%} of what one says in its own words", round(own_share, 4)),
    ]
    if credited:
        because = f"one prints {credited} words of the other and credits a newsroom for them"
        reasons.append(Reason("quoted-with-credit", because, float(credited)))
    matter: tuple[Spans, ...] = ()
    if quoted:
        because = f"{quoted} shared words are quoted: source matter that both had"
        reasons.append(Reason("source-matter", because, float(quoted)))
        matter = _in_characters(quoted_by_both(runs, words_a, words_b), words_a, words_b)
    reasons += differing_facts(a, b, words_a, words_b, runs)
    return SharedWording(passages, share_a, share_b, tuple(reasons), matter)


def _shown(a: Article, b: Article, passages: tuple[Passage, ...]) -> tuple[Place, ...]:
    """The places of the longest passages."""
    if len(passages) > 1:
        passages = tuple(sorted(passages, key=_by_length)[:MOST_SHOWN])
    return tuple(place for passage in passages for place in (Place(a.page, passage.a), Place(b.page, passage.b)))


def _by_length(passage: Passage) -> tuple[int, int, int]:
    """The longest first, then by place."""
    return passage.a.start - passage.a.end, passage.a.start, passage.a.end


def _in_characters(stretches: list[Stretch], a: Wording, b: Wording) -> tuple[Spans, ...]:
    """Where stretches of words stand in the two texts."""
    return tuple(
        (int(a.starts[start_a]), int(a.ends[end_a - 1]), int(b.starts[start_b]), int(b.ends[end_b - 1]))
        for start_a, end_a, start_b, end_b, _ in stretches
    )


def _own(marked: Flags) -> int:
    """How many words are not marked."""
    return len(marked) - int(np.count_nonzero(marked))


def _credited(run: Run, a: Article, b: Article, words_a: Wording, words_b: Wording) -> bool:
    """Whether the words before a passage that one of two articles quotes name a newsroom there."""
    if run.own_b < run.own_a:
        article, words, first, size = b, words_b, run.b, run.length_b
    else:
        article, words, first, size = a, words_a, run.a, run.length_a
    at = int(words.starts[first + int(np.argmax(words.quoted[first : first + size]))])
    return bool(find_newsrooms(article.text[max(0, at - BEFORE) : at]))
