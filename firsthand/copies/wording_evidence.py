"""What shared words say of two articles: how much of each they cover, and how much of it is in their own words.

In: two articles with their wordings. Out: the shared passages and the reasons. A passage inside quotation marks on
both sides, or on one, is source matter: a person, a statement, a document that both had. One exception: where the
quoting side says that the words are a newsroom's ("the Courier reports: ..."), they are that newsroom's prose.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..newsrooms import find_newsrooms
from ..records import Article, Passage, Place, Reason
from .passages import Run, as_passages
from .wording import Flags, Wording

BEFORE = 110
"""Characters before a quoted passage in which its newsroom is looked for."""
FEWEST_CREDITED = 15
"""Words of a credited passage; a shorter one is a quotation like any other."""
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class SharedWording:
    """What two articles share in words."""

    passages: tuple[Passage, ...]
    share_a: float
    share_b: float
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class _Counts:
    own_a: int = 0
    own_b: int = 0
    quoted: int = 0
    credited: int = 0


def shared_wording(a: Article, b: Article, words_a: Wording, words_b: Wording, runs: tuple[Run, ...]) -> SharedWording:
    """The passages of two articles from the runs of words that they share, their shares and the reasons."""
    if not runs:
        return SharedWording((), 0.0, 0.0, ())
    share_a = sum(run.length_a for run in runs) / len(words_a)
    share_b = sum(run.length_b for run in runs) / len(words_b)
    counts = _Counts()
    for run in runs:
        _count(counts, run, a, b, words_a, words_b)
    passages = as_passages(words_a, words_b, runs)
    shown = tuple(
        place
        for passage in sorted(passages, key=lambda p: (p.a.start - p.a.end, p.a))[:MOST_SHOWN]
        for place in (Place(a.page, passage.a), Place(b.page, passage.b))
    )
    own_share = max(
        min(counts.own_a / max(1, _own(words_a.quoted)), share_a if counts.credited else 1.0),
        min(counts.own_b / max(1, _own(words_b.quoted)), share_b if counts.credited else 1.0),
    )
    own = min(counts.own_a, counts.own_b)
    reasons = [
        Reason("shared-words-a", f"{share_a:.0%} of the first article stands in the second", round(share_a, 4), shown),
        Reason("shared-words-b", f"{share_b:.0%} of the second article stands in the first", round(share_b, 4), shown),
        Reason("shared-own-words", f"they share {own} words that neither quotes", float(own)),
        Reason("shared-own-share", f"that is {own_share:.0%} of what one says in its own words", round(own_share, 4)),
    ]
    if counts.credited:
        because = f"one prints {counts.credited} words of the other and credits a newsroom for them"
        reasons.append(Reason("quoted-with-credit", because, float(counts.credited)))
    if counts.quoted:
        because = f"{counts.quoted} shared words are quoted: source matter that both had"
        reasons.append(Reason("source-matter", because, float(counts.quoted)))
    return SharedWording(passages, share_a, share_b, tuple(reasons))


def _count(counts: _Counts, run: Run, a: Article, b: Article, words_a: Wording, words_b: Wording) -> None:
    """Adds one passage's words to the counts: own, quoted, or quoted with a newsroom's credit."""
    marked_a = words_a.quoted[run.a : run.a + run.length_a]
    marked_b = words_b.quoted[run.b : run.b + run.length_b]
    own_a, own_b = _own(marked_a), _own(marked_b)
    one_sided = min(own_a, own_b) * 3 < max(own_a, own_b) and max(own_a, own_b) >= FEWEST_CREDITED
    if one_sided and _credited(*((b, words_b, run.b, marked_b) if own_b < own_a else (a, words_a, run.a, marked_a))):
        counts.own_a += max(own_a, own_b)
        counts.own_b += max(own_a, own_b)
        counts.credited += max(own_a, own_b)
        return
    own = min(own_a, own_b)
    counts.own_a += own
    counts.own_b += own
    counts.quoted += max(run.length_a, run.length_b) - own


def _own(marked: Flags) -> int:
    """How many words are not marked."""
    return len(marked) - int(np.count_nonzero(marked))


def _credited(article: Article, words: Wording, first: int, marked: Flags) -> bool:
    """Whether the words before a quoted passage name a newsroom."""
    at = int(words.starts[first + int(np.argmax(marked))])
    before = article.text[max(0, at - BEFORE) : at]
    return bool(find_newsrooms(before))
