"""Lines of a page that show who wrote the article: "By Ann Berg" at its head or foot, names around the headline that
something marks as a byline, a name that stands alone beside the first or last paragraph.

Only lines near the article are read, and most of those only by their first word; a person whom the article speaks of,
a caption's and a list's names are left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.newsrooms import by_name

from .blocks import Block
from .cues import lowered
from .dates import find_dates
from .people import after_lead, is_body, is_lead, is_own, is_person, is_role, split_names
from .verdicts import Verdict

_AUTHOR_LABELS = (
    "author",
    "autor",
    "auteur",
    "автор",
    "skribent",
    "tác giả",
    "penulis",
    "作者",
    "著者",
    "yazar",
    "szerző",
)
_AUTHOR_LETTERS = frozenset(c for label in _AUTHOR_LABELS for c in (label[0], label[0].upper()))
_NO_BYLINE = ("photo-credit", "other-story", "share-bar", "comment-form", "rights-line", "topic-list", "cookie-notice")
_SECTION = re.compile(r",? in [A-ZÀ-Þ].*$")
_SEGMENT = re.compile(r"\s*[|•●·]\s*")
HEAD = 14
"""Lines above the article in which a byline is looked for."""
INSIDE = 12
"""Lines from the article's first on among which a byline can stand (below a standfirst and a picture)."""
FOOT = 5
"""Lines below the article's last in which a line such as "Author: ..." is looked for."""
OTHER_WORK = re.compile(r"^(?:photo|foto|image|bild|illustration|video|grafik|graphic|translat|übersetz|edit)", re.I)
"""Words before the names of those who did other work than writing."""


def shown_lines(
    blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int], sites: Sequence[str], declared: bool
) -> tuple[list[str], float]:
    """Lines that name the author: "By ..." near the body's beginning or under its end, lines of names around the
    headline that something marks as a byline, and a name that stands alone beside the first or last paragraph; with
    the rank of their place. ``declared``: the markup names a body, so that bare names count only at the edges."""
    if not body:
        return [], 0.0
    led = _led_lines(blocks, verdicts, body)
    if led:
        return led, 4.0
    bare = [] if declared else _bare_lines(blocks, verdicts, body)
    if bare:
        return bare, 4.0
    edge = _at_edge(blocks, verdicts, body, sites) or _labelled_below(blocks, body)
    return ([edge], 4.5) if edge else ([], 0.0)


def _led_lines(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int]) -> list[str]:
    """What follows "By" in the first lines that begin so and hold names alone, of the head, else of the foot."""
    head = range(max(0, body[0] - HEAD), min(len(blocks), body[0] + INSIDE, body[-1] + 3))
    foot = range(max(head.stop, body[-1]), min(len(blocks), body[-1] + FOOT))
    for lines in (head, foot):
        found: list[tuple[int, str]] = []
        for i in lines:
            text = blocks[i].text
            if len(text) > 200 or verdicts[i].role == "headline" or verdicts[i].rule == "photo-credit":
                continue
            if lines is foot and i > body[-1] + 2 and ":" not in text:
                continue
            names = _led(text)
            if (
                names is None
                and i
                and len(text) <= 120
                and len(blocks[i - 1].text) <= 32
                and is_lead(blocks[i - 1].text)
            ):
                names = text if _names_only(text) else None
            if names is None and verdicts[i].role == "metadata" and i < body[0]:
                rest = _after_by(without_dates(text))
                names = rest if len(rest) <= 60 and any(map(is_person, split_names(rest))) else None
            if names is None and found and i == found[-1][0] + 1 and is_lead(blocks[found[0][0] - 1].text):
                names = text if _names_only(text) else None  # a list of names under "By"
            if names is not None:
                found.append((i, names))
        if found:
            return [names for i, names in found if i - found[0][0] <= 3][:6]
    return []


def _bare_lines(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int]) -> list[str]:
    """Lines of names without "By" around the beginning of the article, where something marks one as a byline."""
    heads = [i for i, v in enumerate(verdicts) if v.role == "headline" and body[0] - HEAD <= i < body[0] + 3]
    scored: list[tuple[float, int]] = []
    for i in range(max(0, (heads[0] if heads else body[0]) - 4), min(len(blocks), body[0] + 7)):
        if verdicts[i].role not in ("body", "headline") and (score := _bareness(i, heads, blocks, verdicts, body)) >= 1:
            scored.append((score, i))
    if not scored:
        return []
    _, first = max(scored, key=lambda s: (s[0], -s[1]))
    found = {i for _, i in scored}
    run = [first]
    while run[-1] + 1 in found and len(run) < 4:
        run.append(run[-1] + 1)
    return [without_dates(blocks[i].text) for i in run]


def _bareness(
    i: int, heads: Sequence[int], blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int]
) -> float:
    """How much speaks for a line of names being the byline: from 1 on it is taken for it."""
    text = blocks[i].text
    words = text.split() if len(text) <= 110 else []
    if not 2 <= len(words) <= 14 or sum(w[0].isupper() for w in words) < 2:
        return 0.0
    if verdicts[i].rule in ("photo-credit", "share-bar", "rights-line") or text.rstrip()[-1:] in ".!?:…":
        return 0.0
    bare = without_dates(text)
    parts = split_names(bare)
    names = [p for p in parts if is_person(p)]
    if not names or not all(p in names or _may_stand_by(p) for p in parts):
        return 0.0
    if any(" " not in name or name.upper() == name.lower() for name in names):
        return 0.0
    if any(name in blocks[j].text for name in names for j in body):
        return 0.0
    above = [blocks[j].text for j in range(max(0, i - 1), i)]
    score = 1.0 * (bare != text or len(parts) > len(names))
    near = [j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(blocks)]
    score += 1.0 * any(verdicts[j].rule == "metadata-line" or is_role(blocks[j].text) for j in near)
    score += 1.0 * (i > 0 and verdicts[i - 1].role in ("headline", "standfirst"))
    again = len([1 for b in blocks if names[0] in b.text and len(b.text) <= 80]) - 1
    score += 1.0 * (again in (1, 2, 3))
    score -= 1.0 * (again > 6)
    score -= 1.0 * (blocks[i].bullet or (verdicts[i].rule == "topic-list" and again == 0))
    score -= 1.5 * any(_is_caption(t) for t in above)
    score -= 0.5 * (not heads or i < heads[0])
    return score


def _is_caption(text: str) -> bool:
    return "©" in text or bool(OTHER_WORK.match(text))


def _at_edge(blocks: Sequence[Block], verdicts: Sequence[Verdict], body: Sequence[int], sites: Sequence[str]) -> str:
    """A name that stands alone directly before the first paragraphs, or as the last one."""
    head = [(body[0] + n, -1) for n in (0, -1, 1, 2)]
    for i, beyond in (*head, (body[-1], 1), (body[-1] + 1, 1)):
        if not 0 <= i < len(blocks) or verdicts[i].role == "headline" or verdicts[i].rule in _NO_BYLINE:
            continue
        block = blocks[i]
        if block.tag not in ("p", "") or (i > min(body[-1], body[0]) and block.tag != "p") or block.bullet:
            continue
        if block.linked > 0.5 or not _names_only(block.text, sites):
            continue
        after = blocks[i + beyond].text if 0 <= i + beyond < len(blocks) else ""
        about = any(n in blocks[j].text for n in split_names(block.text) for j in body if j != i)
        if not about and not _names_only(after, sites) and after.rstrip()[-1:] != ":":
            return block.text
    return ""


def _labelled_below(blocks: Sequence[Block], body: Sequence[int]) -> str:
    """The names of the one line below the article that says "Author", where no other such line names another."""
    found = set()
    for block in blocks[body[-1] + 1 :][:200]:
        text = block.text
        if text[:1] not in _AUTHOR_LETTERS or len(text) > 80 or not lowered(text).startswith(_AUTHOR_LABELS):
            continue
        if names := _led(text):
            found.add(names)
    return found.pop() if len(found) == 1 else ""


def _names_only(text: str, sites: Sequence[str] = ()) -> bool:
    """Whether a line is one to three names of persons or desks in capitalised words, and nothing else."""
    if len(text) > 70 or len(text.split()) > 9 or text.rstrip()[-1:] in ".!?:…":
        return False
    parts = split_names(text)
    if not 1 <= len(parts) <= 3:
        return False
    return all(is_body(p) or is_own(p, sites) or (is_person(p) and p.upper() != p.lower()) for p in parts)


def _led(text: str) -> str | None:
    """The names that follow "By" at the beginning of a line or of one of its parts ("Monday | By Ann Berg"), where
    the rest holds names and what stands beside names, and nothing else."""
    apart = "|" in text or (not text.isascii() and ("·" in text or "•" in text or "●" in text))
    pieces = _SEGMENT.split(text)[:5] if apart else [text]
    for piece in pieces:
        rest = after_lead(piece)
        if not rest or len(rest.split()) > 24 or (rest.rstrip()[-1:] in ".!?" and len(rest.split()) > 6):
            continue
        rest = _SECTION.sub("", without_dates(rest))
        parts = split_names(rest)
        named = [p for p in parts if is_person(p) or is_body(p)]
        if named and all(p in named or _may_stand_by(p) for p in parts):
            return rest
    return None


def _after_by(text: str) -> str:
    """The words after the last "by" of a line of the head that begins otherwise ("Posted at noon by Ann Berg")."""
    words = text[:160].split()
    at = max(
        (i for i, w in enumerate(words[:-1]) if w.lower() in ("by", "by:") and words[i + 1][0].isupper()), default=0
    )
    return " ".join(words[at + 1 :]) if at else text


def without_dates(text: str) -> str:
    if not any(c.isdigit() for c in text):
        return text
    for found in find_dates(text):
        text = text.replace(found.words, " ")
    return text


def _may_stand_by(part: str) -> bool:
    """A role, an outlet, or one or two capitalised words (a place) beside a name."""
    words = part.split()
    return not words or is_role(part) or by_name(part) is not None or (len(words) <= 2 and words[0][:1].isupper())
