"""Which furniture a line says it is, by the cue rows of ``language/<code>/furniture.toml``, all languages at once.

String comparison only, so the work is linear in the line whatever it holds. Rows are found by what a line must have of
them: its first or last three characters, or one of its words; a line is never held against all rows.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from firsthand.language.rows import every

from .spotter import Spotter, may_be_unspaced

_PLAIN = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\xa0", " "), ("‑", "-"))
_EDGE = " \t•·|>»›<-–—*#"
_TAIL = " :…»›.!"
_RIGHTS = ("©", "(c)", "copyright")
_AFTER = ("", ".", ",", ":", ";", "!", "?", ")", '"', "'", "...", "…", ".)")
_BEFORE = ("", "(", '"', "'", "[", "-", "–", "—")
_COMMON = frozenset((
    "about", "article", "bereits", "content", "einem", "full", "haben", "have", "informationen", "know", "like", "mit",
    "published", "read", "social", "start", "story", "them", "think", "want", "what", "with", "would", "you", "your",
))  # fmt: skip
"""Words that many a sentence holds: a phrase is looked for by another one of its words."""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts whose words no blank parts, or (Hangul) whose words carry endings: a cue there can stand inside a word."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue that a line carries: the rule that it speaks for, the words, and whether it decides alone (it is the
    whole line, its row is sure, or a second row says the same)."""

    rule: str
    words: str
    sure: bool


def lowered(text: str) -> str:
    """Lower case with straight quotes, the form in which cue rows are written."""
    if not text.isascii():
        for mark, simple in _PLAIN:  # a search for each of six characters is quicker than a table for all
            text = text.replace(mark, simple)
    return text.lower()


@dataclass(frozen=True, slots=True)
class _Row:
    """A cue row for a part of a line; of ``also`` (where it has any) one must stand in the line as well. ``place`` is
    the row's place in the tables: earlier rows speak first."""

    rule: str
    most: int
    sure: bool
    also: tuple[str, ...]
    place: int


_Entries = dict[str, list[tuple[str, _Row]]]


@dataclass(frozen=True, slots=True)
class _Tables:
    """``whole`` lines; ``starts`` and ``ends`` by their outer three characters, their words alone in ``heads`` and
    ``tails``; ``inner`` phrases by a word of theirs
    (``spotted`` finds those words);
    ``odd`` ones without such a word, each with a mark that it has; ``longest`` is the longest whole line."""

    whole: dict[str, str]
    starts: _Entries
    ends: _Entries
    heads: dict[str, tuple[str, ...]]
    tails: dict[str, tuple[str, ...]]
    inner: _Entries
    spotted: Spotter
    anchors: frozenset[str]
    odd: tuple[tuple[str, tuple[str, _Row]], ...]
    unspaced: tuple[tuple[str, _Row], ...]
    longest: int


@cache
def _tables() -> _Tables:
    whole: dict[str, str] = {}
    starts: _Entries = {}
    ends: _Entries = {}
    inner: _Entries = {}
    odd: list[tuple[str, tuple[str, _Row]]] = []
    unspaced: list[tuple[str, _Row]] = []
    for place, row in enumerate(r for table in every("furniture") for r in table.get("cue", ())):
        if row["at"] == "whole":
            for words in row["words"]:
                whole.setdefault(words, row["rule"])
            continue
        entry = _Row(row["rule"], row["most"], row.get("sure", False), tuple(row.get("also", ())), place)
        for words in row["words"]:
            anchors = _anchors(words)
            if row["at"] == "start":
                starts.setdefault(words[:3], []).append((words, entry))
            elif row["at"] == "end":
                ends.setdefault(words[-3:], []).append((words, entry))
            elif _UNSPACED.search(words):
                unspaced.append((words, entry))
            elif anchors:
                for anchor in anchors:
                    inner.setdefault(anchor, []).append((words, entry))
            else:
                odd.append((next((c for c in words if not c.isalnum() and c != " "), words[0]), (words, entry)))
    longest = max(map(len, whole))
    heads, tails = ({key: tuple(w for w, _ in hits) for key, hits in part.items()} for part in (starts, ends))
    return _Tables(
        whole,
        starts,
        ends,
        heads,
        tails,
        inner,
        Spotter(inner),
        frozenset(inner),
        tuple(odd),
        tuple(unspaced),
        longest,
    )


def _anchors(words: str) -> tuple[str, ...]:
    """The longest word of a phrase, as it can stand between blanks in a line: an outer word with what may touch it.
    Empty where the phrase's ends are parts of words ("reuters/")."""
    parts = words.split()
    first, last = parts[0], parts[-1]
    forms: dict[str, tuple[str, ...]] = {p: (p,) for p in parts[1:-1]}
    before = ("",) if words[0] == " " or not first[0].isalnum() else _BEFORE
    after = ("",) if words[-1] == " " else _AFTER if last[-1].isalnum() else ()
    if len(parts) == 1:
        forms[first] = tuple(mark + first + end for mark in before[:2] for end in after)
    else:
        forms.setdefault(first, tuple(mark + first for mark in before))
        forms.setdefault(last, tuple(last + end for end in after))
    best = max((p for p in forms if forms[p]), key=lambda p: (p not in _COMMON, len(p)), default="")
    return forms[best] if len(best) > 1 else ()


def find_cue(text: str) -> Cue | None:
    """The first row that the line fits: a whole-line row before the rows for a part of it."""
    line = lowered(text[:1500])
    tables = _tables()
    odd = [hit for mark, hit in tables.odd if mark in line]
    if not line.isascii() and _UNSPACED.search(line):
        odd += tables.unspaced
    return _cue_of(line.strip(_EDGE), tables, odd)


def find_cues(lines: Sequence[str]) -> list[Cue | None]:
    """:func:`find_cue` of each of a page's lines, given in lower case (see :func:`lowered`). Phrases inside a line are
    looked for in all lines together; only lines that one of the rows can fit are held against them."""
    tables = _tables()
    out: list[Cue | None] = [None] * len(lines)
    lines = [line[:1500].strip(_EDGE) for line in lines]
    page = "\n".join(lines)
    odd = [hit for mark, hit in tables.odd if mark in page and hit[0] in page]
    if page.count("\n") >= len(lines):
        lines = [line.replace("\n", " ") for line in lines]
    raw = "\n".join(lines).encode("utf-8", "surrogatepass")
    if may_be_unspaced(raw):
        odd += [hit for hit in tables.unspaced if hit[0] in page]
    inner = {
        i
        for i, word in tables.spotted.words(raw)
        if word in tables.anchors and any(hit[0] in lines[i] for hit in tables.inner[word])
    }
    for i in sorted({*inner, *_places({hit[0] for hit in odd}, page, lines), *_at_edge(lines, tables)}):
        out[i] = _cue_of(lines[i], tables, odd)
    return out


def _places(phrases: set[str], page: str, lines: Sequence[str]) -> set[int]:
    """The lines that hold one of the phrases."""
    found: set[int] = set()
    ends = list(itertools.accumulate(map(len, lines), lambda end, size: end + 1 + size)) if phrases else []
    for phrase in phrases:
        at = page.find(phrase)
        while at >= 0:
            i = bisect_left(ends, at)
            found.add(i)
            at = page.find(phrase, ends[i] + 1)
    return found


def _at_edge(lines: Sequence[str], tables: _Tables) -> Iterator[int]:
    """The lines that are a known one, or begin or end like one."""
    whole, heads, tails, longest = tables.whole, tables.heads, tables.tails, tables.longest + 8
    for i, line in enumerate(lines):
        if (
            (line[:3] in heads and line.startswith(heads[line[:3]]))
            or (line[-3:] in tails and line.endswith(tails[line[-3:]]))
            or line[:1] in heads
            or (len(line) <= longest and (line in whole or line.rstrip(_TAIL) in whole))
        ):
            yield i


def _cue_of(line: str, tables: _Tables, odd: Sequence[tuple[str, _Row]]) -> Cue | None:
    """``odd`` are the phrases without an anchor that the line may hold."""
    if len(line) <= tables.longest + 8:
        found = whole_cue(line)
        if found:
            return found
    hits: list[tuple[str, _Row]] = []
    if line[:3] in tables.starts:
        hits += [hit for hit in tables.starts[line[:3]] if line.startswith(hit[0])]
    if line[:1] in tables.starts:
        hits += tables.starts[line[:1]]
    if line[-3:] in tables.ends:
        hits += [hit for hit in tables.ends[line[-3:]] if line.endswith(hit[0])]
    words = line.split()
    if not tables.anchors.isdisjoint(words):
        anchored = sorted(tables.anchors.intersection(words))
        hits += [hit for anchor in anchored for hit in tables.inner[anchor] if hit[0] in line]
    if odd:
        hits += [hit for hit in odd if hit[0] in line]
    if not hits:
        return None
    count = len(words)
    hits = [hit for hit in hits if count <= hit[1].most and _also(line, hit[1])]
    if not hits:
        return None
    said, row = min(hits, key=lambda hit: (not hit[1].sure, hit[1].place, hit[0]))
    return _cue(row.rule, said, row.sure or len({row.place for _, row in hits}) > 1)


@lru_cache(4096)
def _cue(rule: str, words: str, sure: bool) -> Cue:
    return Cue(rule, words, sure)


def whole_cue(line: str) -> Cue | None:
    """The cue that a whole line is; ``line`` in lower case (see :func:`lowered`)."""
    whole = _tables().whole
    if line in whole:
        return _cue(whole[line], line, True)
    key = line.rstrip(_TAIL)
    return _cue(whole[key], key, True) if key in whole else None


def known_lines(lines: Sequence[str], rights: bool) -> list[int]:
    """The lines, given in lower case, that are furniture word for word or, where asked, begin with a copyright mark."""
    whole = _tables().whole
    found = [i for i, line in enumerate(lines) if line in whole]
    return found + [i for i, line in enumerate(lines) if line.startswith(_RIGHTS)] if rights else found


def may_hold_rights(page: str) -> bool:
    """Whether any line of a page, given in lower case, can begin with a copyright mark."""
    return any(mark in page for mark in _RIGHTS)


def _also(line: str, row: _Row) -> bool:
    return not row.also or any(word in line for word in row.also)


_CODE = ("{", "};", "=>", "();", "</", "/>", "function", "var ", '":')


def code_marks(page: str) -> tuple[str, ...]:
    """Of the marks one of which any line of script, style or data has those that a page holds."""
    return tuple(mark for mark in "{;=<>" if mark in page)


def looks_like_code(text: str) -> bool:
    """Whether a line is script, style or data rather than words: by its share of programming marks."""
    sample = text[:3000]
    if len(sample) < 12 or not any(m in sample for m in _CODE):
        return False
    marks = sum(sample.count(c) for c in "{};=<>()[]_$\\|&")
    return marks / len(sample) > 0.08
