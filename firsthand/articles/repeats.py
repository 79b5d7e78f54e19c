"""Lines that a page says again: its headline, teasers of a paragraph, paragraphs that stand twice.

In: the page's :class:`~firsthand.articles.case.Case` and its body. Out: block indexes. Keys are only compared where two
lines begin alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from .blocks import plain
from .case import Case

TEASER = 24
"""The shortest beginning of a paragraph, in characters of its key, that counts as its teaser."""
_CUT = ("...", "…", "[…]")
_PARTS = "|–—-·»:•"


def headline_lines(case: Case, headline: str) -> Iterator[int]:
    """Lines that are the headline."""
    wanted = plain(headline)
    first = wanted.split(" ", 1)[0][:4]
    shortest, longest = 0.8 * len(wanted) - 4, 1.2 * len(headline) + 24
    for i in [i for i, size in enumerate(case.sizes if wanted else ()) if shortest <= size <= longest]:
        text = case.texts[i]
        if text == headline or (first in text[:12].casefold() and plain(text) == wanted):
            yield i


def headline_with_site(case: Case, headline: str) -> Iterator[int]:
    """Lines that are the headline with a few words after a dash or bar, mostly the site's name."""
    for i in case.likely:
        text = case.texts[i]
        if 12 <= len(headline) < len(text) <= len(headline) + 60 and text.startswith(headline):
            rest = text[len(headline) :].strip()
            if rest[:1] in _PARTS and len(rest.split()) <= 7:
                yield i


Alike = list[list[int]]
"""Groups of two and more blocks that begin with the same letters."""


def begin_alike(case: Case) -> Alike:
    """Of all lines that can be the article's those that begin alike."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i in case.likely:
        if case.sizes[i] >= TEASER:
            groups[case.lows[i][:20].lstrip("\"'«„([ ")[:12]].append(i)
    return [same for same in groups.values() if len(same) > 1]


def said_twice(case: Case, body: Sequence[int], alike: Alike) -> Iterator[int]:
    """Of paragraphs that stand twice the copy that has less of the body around it."""
    inside = set(body)
    for same in alike:
        first: dict[str, int] = {}
        for i in same:
            if i not in inside:
                continue
            key = case.key(i)
            other = first.setdefault(key, i)
            if other != i and len(key) >= TEASER:
                yield other if other + 1 not in inside and i + 1 in inside else i


def teasers(case: Case, body: Sequence[int], alike: Alike) -> Iterator[tuple[int, float]]:
    """Lines that repeat the beginning of a longer paragraph of the body (cut, or not of the body themselves), and the
    share in [0, 1] that they repeat."""
    inside = set(body)
    for same in alike:
        for i in same:
            text = case.texts[i]
            cut = text.endswith(_CUT)
            if len(text) > 600 or not (cut or i not in inside):
                continue
            key = plain(text.rstrip(".…[] ")) if cut else case.key(i)
            if len(key) < TEASER:
                continue
            longer = [case.key(j) for j in same if j != i and j in inside]
            whole = next((k for k in longer if k.startswith(key) and len(k) > len(key)), "")
            if whole:
                yield i, round(len(key) / len(whole), 3)
