"""What shared words say of two articles: how much of each they cover, and how much of it is in their own words.

In: two articles with their wordings. Out: the shared passages, the quotations among them, and the reasons. A passage
inside quotation marks on both sides, or on one, is source matter: a person, a statement, a document that both had. One
exception: where the quoting side says that the words are a newsroom's ("the Courier reports: ..."), they are that
newsroom's prose. A statement without marks is source matter where both bring it in as one ("said in a statement:"), or
where it says "we" and nothing else on either page does, and they share nothing else; where they share more, one copied
the other. A publisher's notices are nobody's report.

It is asked of every pair that shares words, so it keeps to plain numbers: an array of a few words costs more to make
than to read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from ..newsrooms import find_newsrooms
from ..options import CopyOptions
from ..records import Article, Passage, Place, Reason, Span
from . import notices
from .differing_facts import differing_facts
from .few import SharedRuns, Stated
from .passages import Run, as_passages
from .source_matter import Spans, Stretch, quoted_by_both
from .telling_evidence import days_apart
from .verbatim import names_essay, stated_spans
from .voices import may_speak, spoken_words
from .wording import Flags, Wording

BEFORE = 110
"""Characters before a quoted passage in which its newsroom is looked for."""
ESSAY = 400
"""Characters before a quoted passage in which it is called an essay."""
FEWEST_CREDITED = 15
"""Words of a credited passage; a shorter one is a quotation like any other."""
MOST_SHOWN = 5
FEWEST_JUDGED = 25
"""Own words that two articles must share for it to matter whether they are a statement or a notice."""
MOST_JUDGED = 0.6
"""Where more than this share of both articles is the same, they are one text, whatever it is ..."""
MOST_RUNS = 4
"""... and where more passages are, they are prose."""
MOST_NOTICES = 160
"""Words of the longest notice, but for lists (of countries, of captions)."""
FEWEST_STATED = 10
"""Words of a statement without quotation marks."""
ROUNDING = 1e-3
"""Shares are rounded before a verdict is made from them: a bound on one leaves so much room."""
WEEK = 7
"""Days between two publications from which they are told."""
JOINED = 4
"""Words between two passages that follow each other at once."""
REACH = 700
"""Characters before a passage in which a statement is brought in."""
OPENING = 80
"""Characters of a passage in which it may be brought in itself ("said in a statement:")."""
_BRINGS_IN = (": ", ":\n", "ull ", "text of", "ranscript", "statement\n")


class SharedWording(NamedTuple):
    """What two articles share in words; ``matter``: the quotations among it that both mark, as characters of both."""

    passages: tuple[Passage, ...]
    share_a: float
    share_b: float
    reasons: tuple[Reason, ...]
    matter: tuple[Spans, ...] = ()


_NOTHING = SharedWording((), 0.0, 0.0, ())


def shared_wording(a: Article, b: Article, shared: SharedRuns, options: CopyOptions | None = None) -> SharedWording:
    """The passages of two articles from the runs of words that they share, their shares and the reasons.

    With ``options``, a pair that cannot be a copy by its words under them gets neither passages nor reasons."""
    _, _, words_a, words_b, runs, known, matter = shared
    if not runs:
        return _NOTHING
    if known is not None and known.sums is not None:
        own, quoted, share_a, share_b, in_a_row = known.sums
        credited = 0
    else:
        own, quoted, credited = added_up(runs, a, b, words_a, words_b)
        share_a = sum(run.length_a for run in runs) / len(words_a)
        share_b = sum(run.length_b for run in runs) / len(words_b)
        in_a_row = longest_row(runs, a, b, words_a, words_b)
    if known is None and quoted:
        matter = _in_characters(quoted_by_both(runs, words_a, words_b), words_a, words_b)
    elif not quoted:
        matter = ()
    own_a, own_b = known.owned if known else (_own(words_a.quoted), _own(words_b.quoted))
    noticed = stated = 0
    if own >= FEWEST_JUDGED and len(runs) <= MOST_RUNS and min(share_a, share_b) < MOST_JUDGED:
        signed = known.signed if known else notices.signed(a.text, words_a, runs)
        if signed or known is None or known.listed:
            noticed = _noticed(runs, a, words_a, own > MOST_NOTICES, signed)
        own = max(0, own - noticed)
        brought = known.brings_in if known else None
        asked = brought is not False and own >= FEWEST_JUDGED and not credited
        if asked:
            of_both = known.stated if known else None
            size, spans = of_both or _stated(runs, a, b, words_a, words_b, brought)
            if own - size < FEWEST_JUDGED:  # else they share much besides: one copied the other
                stated, matter = size, matter + spans
                own = max(0, own - stated)
    own_share = max(
        min(own / max(1, own_a), share_a if credited else 1.0),
        min(own / max(1, own_b), share_b if credited else 1.0),
    )
    longest = max(0, min(own, in_a_row - noticed - stated))
    if options is not None and not may_be_copies(own, longest, own_share, min(share_a, share_b), options):
        return SharedWording((), share_a, share_b, (), matter)
    passages = tuple(known.passages) if known else as_passages(words_a, words_b, runs)
    shown = _shown(a, b, passages)
    reasons = [
        Reason("shared-words-a", f"{share_a:.0%} of the first article stands in the second", round(share_a, 4), shown),
        Reason("shared-words-b", f"{share_b:.0%} of the second article stands in the first", round(share_b, 4), shown),
        Reason("shared-own-words", f"they share {own} words that neither quotes", float(own)),
        Reason("shared-own-share", f"that is {own_share:.0%} of what one says in its own words", round(own_share, 4)),
    ]
    if longest >= FEWEST_JUDGED:
        because = f"{longest} of these words stand in a row, over several paragraphs"
        reasons.append(Reason("shared-own-run", because, float(longest)))
    if credited:
        because = f"one prints {credited} words of the other and credits a newsroom for them"
        reasons.append(Reason("quoted-with-credit", because, float(credited)))
    if quoted:
        because = f"{quoted} shared words are quoted: source matter that both had"
        reasons.append(Reason("source-matter", because, float(quoted)))
    if stated:
        because = f"{stated} shared words are a statement or document that both print as such"
        reasons.append(Reason("same-statement", because, float(stated)))
    if noticed:
        reasons.append(Reason("shared-notices", f"{noticed} shared words are a publisher's notices", float(noticed)))
    if own >= FEWEST_JUDGED:
        given = (known.apart, known.facts) if known else ()
        reasons += differing_facts(a, b, words_a, words_b, runs, *given)
        if (days := days_apart(a, b)) >= WEEK:
            reasons.append(Reason("weeks-apart", f"published at least {days} days apart", float(days)))
    return SharedWording(passages, share_a, share_b, tuple(reasons), matter)


def added_up(runs: Sequence[Run], a: Article, b: Article, words_a: Wording, words_b: Wording) -> tuple[int, int, int]:
    """How many shared words are both articles' own, how many others are quoted, and how many of the own words one of
    them has from the other with credit."""
    own = credited = quoted = 0
    uncredited: list[Run] = []
    for run in runs:
        least, most = (run.own_a, run.own_b) if run.own_a < run.own_b else (run.own_b, run.own_a)
        if least * 3 < most and most >= FEWEST_CREDITED:
            if _credited(run, a, b, words_a, words_b):
                own += most
                credited += most
                continue
            uncredited.append(run)
        own += least
        quoted += max(run.length_a, run.length_b) - least
    if credited and uncredited:  # who credits one passage to a newsroom has the others from there, too
        more = sum(max(run.own_a, run.own_b) - min(run.own_a, run.own_b) for run in uncredited)
        own, credited, quoted = own + more, credited + more, quoted - more
    return own, quoted, credited


def longest_row(runs: Sequence[Run], a: Article, b: Article, words_a: Wording, words_b: Wording) -> int:
    """The most own words that both have in a row, if over several paragraphs (one may be standing background). What
    follows at once in one of the two is in a row, though in the other something was put between."""
    found = size = first = 0
    for number, run in enumerate(runs):
        last = runs[number - 1]
        apart_a, apart_b = run.a - last.a - last.length_a, run.b - last.b - last.length_b
        if not number or apart_b < 0 or min(apart_a, apart_b) > JOINED:
            size, first = 0, number
        size += min(run.own_a, run.own_b)
        if size > found:
            start = runs[first]
            in_a = words_a.starts.item(start.a), words_a.starts.item(run.a + run.length_a - 1)
            in_b = words_b.starts.item(start.b), words_b.starts.item(run.b + run.length_b - 1)
            if a.text.find("\n", *in_a) >= 0 and b.text.find("\n", *in_b) >= 0:
                found = size
    return found


def may_be_copies(own: Any, longest: Any, own_share: Any, least_share: Any, options: CopyOptions) -> Any:
    """Whether pairs that share so many own words (``longest`` in a row, ``own_share`` of one article's, passages
    covering ``least_share`` of both) can be copies by their words: a bound on ``deciding.decide_relation``, which goes
    by rounded shares. Of numbers or arrays."""
    share = own_share + ROUNDING
    much = (own >= options.fewest_own_words) & (share >= options.least_own_share)
    piece = (longest >= options.fewest_run_words) & (share >= options.least_run_share)
    most_of_a_brief = (own >= options.fewest_brief_words) & (share >= options.least_brief_share)
    return much | piece | most_of_a_brief | (least_share + ROUNDING >= options.identical_share)


def _noticed(runs: Sequence[Run], a: Article, words: Wording, lists: bool, signed: bool) -> int:
    """How many of the shared own words are notices of a publisher; ``lists``: only the long ones are looked for;
    ``signed``: ``notices.signed``."""
    found = 0
    for run in runs:
        if min(run.own_a, run.own_b):
            first, last = run.a, run.a + run.length_a
            for span in notices.notices(a.text, words.span(first, last - 1), lists, signed):
                found += _own(words.quoted[bisect_left(words.starts, span.start) : bisect_left(words.starts, span.end)])
    return found


def _stated(
    runs: Sequence[Run], a: Article, b: Article, words_a: Wording, words_b: Wording, brought: bool | None
) -> Stated:
    """What both articles print as one source's statement. ``brought``: what :func:`brings_in` says of the longest run,
    if known (it says no: not to be asked)."""
    longest = max(runs, key=lambda run: min(run.own_a, run.own_b))
    start_a, start_b = words_a.starts.item(longest.a), words_b.starts.item(longest.b)
    if brought is None and not brings_in(a.text, start_a, b.text, start_b):
        return 0, ()
    return stated_by_both(runs, longest, a, b, words_a, words_b)


def stated_by_both(
    runs: Sequence[Run], longest: Run, a: Article, b: Article, words_a: Wording, words_b: Wording
) -> Stated:
    """How many own words of two articles, and which, both bring in as somebody's statement; or else, of the longest
    run, both print in the first person."""
    found = _introduced(runs, a, b, words_a, words_b) or _spoken(longest, a, b, words_a, words_b)
    return sum(stretch[4] for stretch in found), _in_characters(found, words_a, words_b)


def _introduced(runs: Sequence[Run], a: Article, b: Article, words_a: Wording, words_b: Wording) -> list[Stretch]:
    """What both articles bring in as somebody's statement."""
    found: list[Stretch] = []
    stated = stated_spans(a.text)
    for ours, theirs in product(stated, stated_spans(b.text) if stated else ()):
        if ours.names and theirs.names and not ours.names & theirs.names:
            continue
        for run in runs:
            start_a, end_a = _inside(words_a, run.a, run.length_a, ours.span)
            start_b, end_b = _inside(words_b, run.b, run.length_b, theirs.span)
            if start_a < end_a and start_b < end_b:
                size = min(_own(words_a.quoted[start_a:end_a]), _own(words_b.quoted[start_b:end_b]))
                found.append((start_a, end_a, start_b, end_b, size))
    return [stretch for stretch in found if stretch[4] >= FEWEST_STATED]


def _spoken(run: Run, a: Article, b: Article, words_a: Wording, words_b: Wording) -> list[Stretch]:
    """What both articles print in the first person, though neither speaks so."""
    if not (may_speak(a.text, words_a.starts.item(run.a)) and may_speak(b.text, words_b.starts.item(run.b))):
        return []
    start_a, end_a = spoken_words(a.text, words_a, run.a, run.length_a)
    start_b, end_b = spoken_words(b.text, words_b, run.b, run.length_b)
    size = min(_own(words_a.quoted[start_a:end_a]), _own(words_b.quoted[start_b:end_b]))
    return [(start_a, end_a, start_b, end_b, size)] if size >= FEWEST_STATED else []


def brings_in(text_a: str, start_a: int, text_b: str, start_b: int) -> bool:
    """A quick look, whether what starts at a character of each of two texts can be somebody's statement in both."""
    introduced = _brings_in(text_a, start_a) and _brings_in(text_b, start_b)
    return introduced or (may_speak(text_a, start_a) and may_speak(text_b, start_b))


def _brings_in(text: str, at: int) -> bool:
    before = text[max(0, at - REACH) : at + OPENING]
    return any(mark in before for mark in _BRINGS_IN)


def _inside(words: Wording, first: int, length: int, span: Span) -> tuple[int, int]:
    """The words of a run that stand in a span."""
    starts = words.starts
    return max(first, bisect_left(starts, span.start)), min(first + length, bisect_left(starts, span.end))


def _shown(a: Article, b: Article, passages: tuple[Passage, ...]) -> tuple[Place, ...]:
    """The places of the longest passages."""
    if len(passages) > 1:
        passages = tuple(sorted(passages, key=_by_length)[:MOST_SHOWN])
    page_a, page_b = a.page, b.page
    return tuple([place for pair in passages for place in (Place(page_a, pair.a), Place(page_b, pair.b))])


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
    if not find_newsrooms(article.text[max(0, at - BEFORE) : at]):
        return False
    # an essay is its author's: who quotes it has the author's words, wherever they were printed
    return not names_essay(article.text[max(0, at - ESSAY) : at])
