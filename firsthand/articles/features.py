"""What a block looks like: a row of numbers for each block, from its words, its place and its neighbours.

In: the blocks of one page, the words of its title. Out: ``float32[n, f]`` with ``f == len(NAMES)``. Nothing here
depends on a language except :func:`word_score`, whose weights are learnt (hashed words, Weinberger et al. 2009).
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .blocks import Block, plain

Floats = NDArray[np.float32]

HASHES = 1 << 14
"""Weights of the word model; 16,384 numbers, four weights to a word seen in training at most."""

_WORD = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)
_DATE = re.compile(
    r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}|(?:19|20)\d{2})\b"
)
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_LINK = re.compile(r"https?://|www\.|@\w|#\w|\w\.(?:com|org|net|de|co)\b", re.IGNORECASE)
_END = re.compile(r"[.!?。！？](?:[\"'”’»“)\]]|\s)*$")
_STOPS = re.compile(r"[.!?。！？](?=[\s\"'”’»“)\]]|$)|[。！？]")
_OPEN = "\"'“„«»‘「『‹"

OWN = (
    "size", "words", "stops", "ends", "colon", "cut", "commas", "upper", "lower_first", "digits", "shout", "short",
    "bullet", "indent", "gap", "gap_after", "quote", "bars", "link", "rights", "date", "clock", "again", "wide",
    "title", "cohesion", "score", "brackets", "question", "linked", "picked", "is_p", "is_h", "is_li", "path",
)  # fmt: skip
AROUND = ("size", "ends", "score", "gap", "bullet", "again", "cohesion", "linked", "picked", "is_p")
SHIFTS = (-3, -2, -1, 1, 2, 3)
PLACE = (
    "at_line", "at_char", "lines", "long_lines", "long_share", "gaps", "after_first", "before_last", "since_title",
    "near_4", "near_10", "near_25", "score_4", "score_10", "peak_before", "peak_after",
)  # fmt: skip
NAMES: tuple[str, ...] = (
    *OWN,
    *(f"{name}[{shift:+d}]" for shift in SHIFTS for name in AROUND),
    *PLACE,
)
LONG = 80
"""Characters from which a line that ends like a sentence counts as prose ("keep lines of 80 characters" is the
simplest extractor that works: F1 .805 on flattened news)."""


def word_hashes(text: str) -> list[int]:
    """Bins in ``[0, HASHES)`` of the block's words and word pairs (first 60 words), lower case, digits as one word."""
    words = ["0" if w.isdigit() else w.lower() for w in _WORD.findall(text[:600])[:60]]
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(words)]
    edge = ["^" + words[0], words[-1] + "$"] if words else []
    return [crc32(w.encode("utf-8", "replace")) % HASHES for w in (*words, *pairs, *edge)]


def word_score(texts: Sequence[str], weights: Floats) -> Floats:
    """The word model's opinion of each text: mean of the weights of its bins, scaled by the square root of their
    number (so a long line may be surer than a short one). ``float32[n]``."""
    out = np.zeros(len(texts), dtype=np.float32)
    for i, text in enumerate(texts):
        bins = word_hashes(text)
        if bins:
            out[i] = float(weights[bins].sum()) / float(np.sqrt(len(bins)))
    return out


def _own(block: Block, following_gap: int, again: int) -> list[float]:
    text = block.text[:2000]
    words = _WORD.findall(text)
    letters = sum(map(len, words)) or 1
    wide = sum(1 for c in text if unicodedata.east_asian_width(c) == "W") if not text.isascii() else 0
    size = len(text) + 1.5 * wide
    count = max(1.0, len(words) + wide / 2)
    upper = sum(1 for w in words if w[0].isupper()) / max(1, len(words))
    return [
        float(np.log1p(size)), float(np.log1p(count)), len(_STOPS.findall(text)), bool(_END.search(text)),
        text.endswith(":"), text.endswith(("...", "…", "... »")), text.count(",") / count, upper,
        text[:1].islower(), sum(len(w) for w in words if w.isdigit()) / letters,
        sum(1 for w in words if len(w) > 1 and w.isupper()) / max(1, len(words)),
        sum(1 for w in words if len(w) <= 3 and w.islower()) / max(1, len(words)),
        block.bullet, block.indent, min(block.gap, 4), min(following_gap, 4), text[:1] in _OPEN,
        text.count("|") + text.count("·") + text.count("•") + text.count("›") + text.count(" / "),
        bool(_LINK.search(text)), "©" in text or "(c)" in text.lower(), bool(_DATE.search(text)),
        bool(_TIME.search(text)), min(again, 6), wide / max(1, len(text)), 0.0, 0.0, 0.0,
        text.count("(") + text.count("["), text.endswith("?"), block.linked, block.picked, block.tag == "p",
        block.tag.startswith("h"), block.tag in ("li", "dd", "dt"), 0.0,
    ]  # fmt: skip


def measure(blocks: Sequence[Block], title: str, weights: Floats, extra: Floats | None = None) -> Floats:
    """The features of every block of one page, ``float32[len(blocks), len(NAMES) + k]``; ``extra``, ``float32[n, k]``,
    are the columns that only the page's markup can tell, and stand last."""
    n = len(blocks)
    keys = [plain(b.text[:300]) for b in blocks]
    counts = Counter(keys)
    gaps = [b.gap for b in blocks[1:]] + [1]
    own = np.array(
        [_own(b, g, counts[k]) for b, g, k in zip(blocks, gaps, keys, strict=True)], dtype=np.float32
    ).reshape(n, len(OWN))
    col = {name: i for i, name in enumerate(OWN)}
    prose = (own[:, col["size"]] >= np.log1p(LONG)) & (own[:, col["ends"]] > 0)
    own[:, col["score"]] = word_score([b.text for b in blocks], weights)
    own[:, col["path"]] = word_score([b.path for b in blocks], weights)
    own[:, col["cohesion"]] = _cohesion(keys, prose)
    own[:, col["title"]] = _likeness(keys, plain(title))
    around = own[:, [col[name] for name in AROUND]]
    shifted = [_shift(around, by) for by in SHIFTS]
    more = [] if extra is None else [extra]
    return np.hstack([own, *shifted, _place(own, prose, col), *more]).astype(np.float32)


def _shift(rows: Floats, by: int) -> Floats:
    """Row i of the result is row ``i + by``; -1 where the page ends."""
    out = np.full_like(rows, -1.0)
    if abs(by) >= len(rows):
        return out
    if by > 0:
        out[:-by] = rows[by:]
    else:
        out[-by:] = rows[:by]
    return out


def _cohesion(keys: Sequence[str], prose: NDArray[np.bool_]) -> Floats:
    """The share of a block's longer words that stand in the page's other prose lines as well."""
    seen: Counter[str] = Counter()
    words = [{w for w in k.split() if len(w) >= 4 or not w.isascii()} for k in keys]
    for mine, is_prose in zip(words, prose, strict=True):
        if is_prose:
            seen.update(mine)
    out = np.zeros(len(keys), dtype=np.float32)
    for i, (mine, is_prose) in enumerate(zip(words, prose, strict=True)):
        if mine:
            out[i] = sum(seen[w] > int(is_prose) for w in mine) / len(mine)
    return out


def _likeness(keys: Sequence[str], title: str) -> Floats:
    """The share of the title's words that a block has, for blocks of about its length."""
    wanted = set(title.split())
    out = np.zeros(len(keys), dtype=np.float32)
    for i, key in enumerate(keys):
        mine = set(key.split())
        if wanted and mine and len(mine) <= 2 * len(wanted) + 4:
            out[i] = len(mine & wanted) / len(mine | wanted)
    return out


def _window(values: Floats, reach: int) -> Floats:
    """Sums over ``reach`` rows to either side, the row itself left out."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    low, high = np.maximum(0, at - reach), np.minimum(len(values), at + reach + 1)
    return np.asarray(total[high] - total[low] - values, dtype=np.float32)


def _place(own: Floats, prose: NDArray[np.bool_], col: dict[str, int]) -> Floats:
    n = len(own)
    at = np.arange(n, dtype=np.float32)
    chars = np.expm1(own[:, col["size"]])
    long = np.flatnonzero(prose)
    first, last = (float(long[0]), float(long[-1])) if len(long) else (0.0, n - 1.0)
    titles = np.flatnonzero(own[:, col["title"]] >= 0.6)
    since = _since(titles, n)
    mass = np.where(prose, chars, 0.0).astype(np.float32)
    score = own[:, col["score"]]
    peak = np.maximum.accumulate(mass)
    return np.column_stack(
        [
            at / max(1, n - 1), np.cumsum(chars) / max(1.0, float(chars.sum())), np.full(n, np.log1p(n)),
            np.full(n, len(long)), np.full(n, mass.sum() / max(1.0, float(chars.sum()))),
            np.full(n, float((own[:, col["gap"]] > 0).mean()) if n else 0.0),
            np.clip(at - first, -50, 50), np.clip(last - at, -50, 50), since,
            np.log1p(_window(mass, 4)), np.log1p(_window(mass, 10)), np.log1p(_window(mass, 25)),
            _window(score, 4), _window(score, 10), np.log1p(peak), np.log1p(np.maximum.accumulate(mass[::-1])[::-1]),
        ]
    ).astype(np.float32)  # fmt: skip


def _since(titles: NDArray[np.intp], n: int) -> Floats:
    """For each block the lines since the last line that is the title (at most 60); -1 before any, -2 where the page
    has none."""
    if not len(titles):
        return np.full(n, -2.0, dtype=np.float32)
    at = np.arange(n)
    last = np.searchsorted(titles, at, side="right") - 1
    return np.where(last < 0, -1.0, np.minimum(60, at - titles[np.maximum(last, 0)])).astype(np.float32)
