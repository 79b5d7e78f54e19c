"""What an HTML page's structure says about each of its blocks, as columns beside the ones that any text has.

In: the outline of a page (``markup.py``) and what its head declares. Out: ``float32[n, k]``, ``k == len(COLUMNS)``, a
row a block. The ideas are old ones: prose gathers under one parent (Readability), names of elements tell their use, and
the paragraphs of one article are marked up alike. All of it is sums over ranges of blocks, since the blocks inside an
element stand in a row.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from .blocks import Block, plain
from .declared import Markup
from .features import Floats
from .markup import Outline

Whole = NDArray[np.int64]

LEVELS = 4
"""The element of a block, its parent, and so on: so many are looked at each by itself."""
PROSE = 80
"""Characters from which a block without links is prose."""
MOST = 0.6
"""An element that holds this share of the page's prose is no aside, whatever it is called ("page with-sidebar")."""

INSIDE = {
    "article": ("article",), "main": ("main",), "aside": ("aside",), "nav": ("nav", "menu", "dir"),
    "header": ("header", "thead"), "footer": ("footer", "tfoot"), "figure": ("figure",),
    "caption": ("figcaption", "caption"), "quote": ("blockquote",), "table": ("table",), "list": ("ul", "ol", "dl"),
    "form": ("form", "fieldset", "label"), "section": ("section",), "details": ("details", "dialog"),
}  # fmt: skip
"""Elements of these tags around a block, each a column."""

CALLED: dict[str, frozenset[str]] = {
    name: frozenset(row["words"].split())
    for name, row in tomllib.loads(
        (resources.files("firsthand.articles") / "element_names.toml").read_text(encoding="utf-8")
    ).items()
}
"""Words of class, id, role and the like that tell what an element is for, each row a column."""

_WORD_IN_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_TAGS = ("p", "h1", "h2", "h3", "li", "div", "td", "blockquote", "dd", "figcaption", "section", "span")

COLUMNS: tuple[str, ...] = (
    *(f"is_{tag}" for tag in _TAGS), "is_heading", "depth", "linked", "strong", "hidden", "twins", "own_blocks",
    *(f"in_{name}" for name in INSIDE),
    *(f"called_{name}" for name in CALLED), *(f"path_{name}" for name in CALLED),
    *(f"{what}_{level}" for level in range(LEVELS) for what in ("prose", "linked", "blocks", "paragraphs")),
    "same_parent", "same_shape", "same_names", "shape_prose", "names_prose",
    "core_up", "core_down", "core_in", "core_at", "core_after", "deep_in", "deep_at", "deep_after",
    "same_article", "article_prose", "h1_before", "long_mean_1", "long_mean_2", "style_before", "style_after",
    "parent_before", "parent_after", "heading_before", "heading_after", "prose_before", "prose_after",
    "strong_before", "strong_after",
    "linked_before", "linked_after", "linked_2_before", "linked_2_after",
    "since_h1", "since_heading", "to_heading", "links_near",
    "said", "said_near", "described", "description",
    "style_is_prose", "style_size", "style_linked", "style_between", "style_core", "style",
)  # fmt: skip


def _bits() -> dict[str, int]:
    bits: dict[str, int] = {}
    for number, words in enumerate(CALLED.values()):
        for word in sorted(words):
            bits[word] = bits.get(word, 0) | 1 << number
    return bits


_BITS = _bits()
_IN_BITS = {tag: 1 << number for number, tags in enumerate(INSIDE.values()) for tag in tags}
_GOOD = sum(1 << n for n, name in enumerate(CALLED) if name in ("body", "head"))


def structure(outline: Outline, markup: Markup | None) -> Floats:
    """The structural columns of every block of a page, ``float32[len(outline.blocks), len(COLUMNS)]``."""
    blocks = outline.blocks
    n = len(blocks)
    if not n:
        return np.zeros((0, len(COLUMNS)), dtype=np.float32)
    leaf = np.array(outline.leaf, dtype=np.int64)
    parent = np.array(outline.parent, dtype=np.int64)
    first, last = np.array(outline.first), np.array(outline.last)
    size = np.array([min(weight(b.text), 4000.0) for b in blocks], dtype=np.float64)
    linked = np.array([b.linked for b in blocks], dtype=np.float64)
    prose = np.where((size >= PROSE) & (linked < 0.5), size * (1 - linked), 0.0)
    page_prose = max(1.0, float(prose.sum()))
    totals = _Totals(first, last, prose, size, linked * size, size >= PROSE)
    nodes = _descend(outline, totals.prose / page_prose)
    strong = np.array(outline.strong)
    columns = [
        *_tags(blocks), nodes.depth[leaf], linked, strong, nodes.hidden[leaf], *_twins(leaf),
        *_bit_columns(nodes.inside[leaf], len(INSIDE)),
        *_bit_columns(nodes.own[leaf] | nodes.own[parent[leaf]], len(CALLED)),
        *_bit_columns(nodes.around[leaf], len(CALLED)),
    ]  # fmt: skip
    level = leaf
    for _ in range(LEVELS):
        columns += [
            totals.prose[level] / page_prose, totals.linked[level] / np.maximum(1.0, totals.size[level]),
            np.log1p(last[level] - first[level]), np.log1p(totals.long[level]),
        ]  # fmt: skip
        level = np.maximum(0, parent[level])
    style, shares = _alike(nodes, leaf, parent, prose, page_prose)
    columns += shares
    core, places = _core(leaf, parent, nodes.depth, totals.prose, prose, first, last, page_prose)
    columns += places
    columns += _article(nodes, blocks, leaf, prose, page_prose, core)
    for level in (parent[leaf], np.maximum(0, parent[parent[leaf]])):
        columns.append(np.log1p(totals.size[level] / np.maximum(1, last[level] - first[level])))
    columns += _beside(blocks, leaf, parent, style, (prose, strong, linked))
    columns += _headings(blocks, size, linked)
    columns += _declared(blocks, markup)
    columns += _shared(style, size, linked, prose > 0, np.asarray(places[2], dtype=np.float64))
    out = np.empty((len(COLUMNS), n), dtype=np.float32)
    for row, column in zip(out, columns, strict=True):
        row[:] = column
    return out.T


def weight(text: str) -> float:
    """Characters of a text, a wide one (Han, kana, Hangul) for two and a half, as its first hundred tell."""
    if text.isascii() or max(head := text[:100]) < "\u2e80":
        return float(len(text))
    return len(text) * (1.0 + 1.5 * sum(c >= "\u2e80" for c in head) / len(head))


class _Totals:
    """Sums over the blocks inside each element."""

    def __init__(
        self, first: Whole, last: Whole, prose: NDArray[np.float64], size: NDArray[np.float64],
        linked: NDArray[np.float64], long: NDArray[np.bool_],
    ) -> None:  # fmt: skip
        self.prose, self.size, self.linked, self.long = (
            _between(values, first, last) for values in (prose, size, linked, long)
        )


def _between(values: NDArray[np.generic], first: Whole, last: Whole) -> NDArray[np.float64]:
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return np.asarray(total[last] - total[first], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Nodes:
    """What each element inherits from the ones around it: ``own`` and ``around`` are the bits of its name and of all
    the names around it, ``inside`` the bits of the tags; ``shape`` numbers its row of tags from the root, ``kind`` its
    tag and names; ``article`` is the nearest ``article`` element (0 for none)."""

    own: Whole
    around: Whole
    inside: Whole
    depth: Whole
    hidden: NDArray[np.bool_]
    shape: Whole
    kind: Whole
    article: Whole


def _descend(outline: Outline, share: NDArray[np.float64]) -> _Nodes:
    """One pass from the root down; ``share`` is the share of the page's prose in each element."""
    known: dict[str, int] = {}
    shapes: dict[tuple[int, str], int] = {}
    kinds: dict[tuple[str, str], int] = {}
    own, around, inside, depth, hidden, shape, kind, article = ([0] for _ in range(8))
    columns = (outline.parent, outline.tags, outline.names, outline.hidden, share.tolist())
    rows = zip(*columns, strict=True)
    next(rows)
    for number, (up, tag, name, hides, held) in enumerate(rows, 1):
        bits = known.get(name)
        if bits is None:
            bits = 0
            for word in _WORD_IN_NAME.findall(name):
                bits |= _BITS.get(word.lower(), 0)
            known[name] = bits
        if tag == "body":
            bits = 0
        elif held >= MOST:
            bits &= _GOOD
        own.append(bits)
        around.append(around[up] | bits)
        inside.append(inside[up] | _IN_BITS.get(tag, 0))
        depth.append(depth[up] + 1)
        hidden.append(hidden[up] or hides)
        shape.append(shapes.setdefault((shape[up], tag), len(shapes) + 1))
        kind.append(kinds.setdefault((tag, name), len(kinds) + 1))
        article.append(number if tag == "article" else article[up])
    return _Nodes(*(np.array(column) for column in (own, around, inside, depth, hidden, shape, kind, article)))


def _bit_columns(bits: Whole, count: int) -> list[NDArray[np.generic]]:
    return list((bits >> np.arange(count)[:, None]) & 1)


def _tags(blocks: Sequence[Block]) -> list[NDArray[np.generic]]:
    tags = [b.tag for b in blocks]
    number = {tag: k for k, tag in enumerate(_TAGS)}
    at = np.array([number.get(tag, -1) for tag in tags])
    heading = np.array([len(tag) == 2 and tag[0] == "h" and tag != "hr" for tag in tags])
    return [*(at == np.arange(len(_TAGS))[:, None]), heading]


def _twins(leaf: Whole) -> list[NDArray[np.generic]]:
    """Whether the element of a block has blocks of its own before or after it, and how many."""
    count = np.bincount(leaf)[leaf]
    return [count > 1, np.log1p(count)]


def _alike(
    nodes: _Nodes, leaf: Whole, parent: Whole, prose: NDArray[np.float64], page_prose: float
) -> tuple[Whole, list[NDArray[np.generic]]]:
    """The style of each block (a number for the tags and names of its element and its parent), and the share of the
    page's prose that has its parent and kind, its row of tags, its style."""
    above = np.maximum(0, parent[leaf])
    style = nodes.kind[leaf] * (int(nodes.kind.max()) + 1) + nodes.kind[above]
    same = above * (int(nodes.kind.max()) + 1) + nodes.kind[leaf]
    groups = [np.unique(x, return_inverse=True)[1] for x in (same, nodes.shape[leaf], style)]
    counts = [np.log1p(np.bincount(g)[g]) for g in groups]
    shares = [(np.bincount(g, weights=prose) / page_prose)[g] for g in groups]
    return groups[2], [shares[0], *counts[1:], *shares[1:]]


def _article(
    nodes: _Nodes, blocks: Sequence[Block], leaf: Whole, prose: NDArray[np.float64], page_prose: float, core: int
) -> list[NDArray[np.generic]]:
    """Whether a block stands in the same ``article`` element as most prose (-1 where that stands in none), that
    element's share of the prose, and how many headings of the first rank stand above it: pages that go on with the
    next article have several."""
    within = nodes.article[leaf]
    held = np.bincount(within, weights=prose, minlength=len(nodes.article)) / page_prose
    home = int(nodes.article[core])
    same = np.full(len(leaf), -1.0) if home == 0 else (within == home).astype(np.float64)
    heads = np.array([b.tag == "h1" for b in blocks])
    return [same, held[within], np.minimum(4, np.cumsum(heads))]


def _beside(
    blocks: Sequence[Block], leaf: Whole, parent: Whole, style: Whole, numbers: Sequence[NDArray[np.float64]]
) -> list[NDArray[np.generic]]:
    """Whether the blocks before and after are marked up like this one, have its parent, are headings; the ``numbers``
    of the blocks before and after, of the last also two away. -1 at the page's ends."""
    minor = np.array([b.tag in ("h2", "h3", "h4", "h5", "h6") for b in blocks], dtype=np.float64)
    above = parent[leaf]
    columns: list[NDArray[np.generic]] = []
    for values in (style, above):
        same = (values[1:] == values[:-1]).astype(np.float64)
        columns += [np.concatenate([[-1.0], same]), np.concatenate([same, [-1.0]])]
    for column in (minor, *numbers):
        columns += [np.concatenate([[-1.0], column[:-1]]), np.concatenate([column[1:], [-1.0]])]
    padded = np.concatenate([[-1.0, -1.0], numbers[-1], [-1.0, -1.0]])
    return [*columns, padded[:-4], padded[4:]]


def _shared(
    style: Whole, size: NDArray[np.float64], linked: NDArray[np.float64], prose: NDArray[np.bool_],
    core: NDArray[np.float64],
) -> list[NDArray[np.generic]]:  # fmt: skip
    """What the blocks of one style have in common: the share that is prose, their size, the share of links, how many
    stand between prose (subheadings do) and in the core; and last the number of the style itself, by which the second
    forest is told how probable the others are."""
    count = np.bincount(style)
    before, after = np.concatenate([[False], prose[:-1]]), np.concatenate([prose[1:], [False]])
    numbers = (prose, np.log1p(size), linked, before & after, core)
    return [*((np.bincount(style, weights=x) / count)[style] for x in numbers), style]


def _core(
    leaf: Whole, parent: Whole, depth: Whole, held: NDArray[np.float64], prose: NDArray[np.float64], first: Whole,
    last: Whole, page_prose: float,
) -> tuple[int, list[NDArray[np.generic]]]:  # fmt: skip
    """Where a block stands to the element whose own paragraphs hold the most prose (its distance in the tree, before or
    after it in blocks), and to the deepest element that holds ``MOST`` of the page's prose."""
    at = np.arange(len(leaf))
    above = np.maximum(0, parent[leaf])
    direct = np.bincount(above, weights=prose, minlength=len(parent)) + 0.5 * np.bincount(
        np.maximum(0, parent[above]), weights=prose, minlength=len(parent)
    )
    core = int(np.argmax(direct))
    chain = []
    node = core
    while node >= 0:
        chain.append(node)
        node = int(parent[node])
    meets = np.full(len(parent), -1, dtype=np.int64)
    meets[chain] = np.arange(len(chain))
    up = np.full(len(leaf), len(chain) - 1, dtype=np.int64)
    for steps, node in reversed(list(enumerate(chain))):
        up[first[node] : last[node]] = steps
    down = depth[leaf] - (depth[core] - up)
    large = np.flatnonzero(held >= MOST * page_prose)
    deep = int(large[np.argmax(depth[large])]) if len(large) else 0
    columns: list[NDArray[np.generic]] = [np.minimum(up, 12), np.clip(down, 0, 12)]
    for node in (core, deep):
        low, high = int(first[node]), int(last[node])
        columns += [
            (at >= low) & (at < high), np.clip((at - low) / max(1, high - low), -2, 3), np.clip(at - high, -30, 30),
        ]  # fmt: skip
    return core, columns


def _headings(
    blocks: Sequence[Block], size: NDArray[np.float64], linked: NDArray[np.float64]
) -> list[NDArray[np.generic]]:
    n = len(blocks)
    heads = np.array([b.tag == "h1" for b in blocks])
    minor = np.array([b.tag in ("h2", "h3", "h4", "h5", "h6") for b in blocks])
    after = _since(minor, n)
    before = _since(minor[::-1], n)[::-1]
    total = np.concatenate([[0.0], np.cumsum(linked * size)])
    mass = np.concatenate([[0.0], np.cumsum(size)])
    at = np.arange(n)
    low, high = np.maximum(0, at - 3), np.minimum(n, at + 4)
    near = (total[high] - total[low]) / np.maximum(1.0, mass[high] - mass[low])
    return [_since(heads, n), after, before, near]


def _since(marks: NDArray[np.bool_], n: int) -> NDArray[np.float64]:
    """Blocks since the last marked one, at most 40; -1 before any."""
    where = np.flatnonzero(marks)
    at = np.arange(n)
    last = np.searchsorted(where, at, side="right") - 1
    if not len(where):
        return np.full(n, -1.0)
    return np.where(last < 0, -1.0, np.minimum(40, at - where[np.maximum(last, 0)])).astype(np.float64)


def _declared(blocks: Sequence[Block], markup: Markup | None) -> list[NDArray[np.generic]]:
    """Whether the body that JSON-LD declares has the block's words (-1 where it declares none), and how like the
    page's description it is."""
    n = len(blocks)
    said = np.full(n, -1.0)
    near = np.full(n, -1.0)
    described, like = np.zeros(n), np.zeros(n)
    if markup is None:
        return [said, near, described, like]
    body = plain(_declared_body(markup))
    if len(body) >= 200:
        said = np.array([_within(plain(b.text[:240]), body) for b in blocks])
        total = np.concatenate([[0.0], np.cumsum(said == 1)])
        at = np.arange(n)
        near = total[np.minimum(n, at + 4)] - total[np.maximum(0, at - 3)]
    about = markup.first("og:description", "description", "twitter:description")[:600].lower()
    wanted = set(about.split())
    if len(wanted) >= 3:
        for i, block in enumerate(blocks):
            if len(block.text) >= 24:
                text = block.text[:600].lower()
                described[i] = about.startswith(text[:60]) or text.startswith(about[:60])
                mine = set(text.split())
                like[i] = len(mine & wanted) / len(mine | wanted)
    return [said, near, described, like]


def _within(key: str, body: str) -> float:
    """1 where the declared body has these words, .5 where they are too few to tell, 0 where it has not."""
    if len(key) < 12:
        return 0.5
    return float(key in body or (len(key) >= 120 and key[60:-30] in body))


def _declared_body(markup: Markup) -> str:
    bodies = [value for item in markup.linked for name in ("articleBody",) if isinstance(value := item.get(name), str)]
    return max(bodies, key=len, default="")[:100_000]
