"""What a statement asserts, as comparable keys: its content words without the words that only attribute it.

In: statements with ``terms`` (or, where a statement brings none, its plain words). Out: :class:`Content`, the keys of a
statement with their places, and :func:`clauses`, the stretches of it that can be compared alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, wraps
from itertools import pairwise
from typing import Any, TypeVar

import msgspec
import numpy as np

from ..language.amounts import Amount, find_amounts, singular
from ..language.names import fold, name_words
from ..language.numerals import holds_number
from ..language.rows import rows
from ..language.vectors import model, wordpieces
from ..records import Span, Statement, Term

LONGEST_STATEMENT = 1500
"""Characters of a statement that are compared; the longest sentences of news stay under 1,000."""
MOST_KEYS = 150
MOST_CLAUSES = 10
HEAD = 40
"""A statement that starts within so many characters of an article (after a dateline) stands at its head."""
ASIDE = 0.4
"""How much a word counts that only sets the scene."""
_HEAD_OF_SENTENCE = 4
TELLING = 0.3
"""A word below this :func:`telling` ("the", "say", "new") is no content word where words are counted."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ANY_WORD = re.compile(r"[\w’']+")
_RUN = re.compile(r"\w+")
_MARK = re.compile('[“”"]')
_BREAK = re.compile(
    r"[,;:—–()\[\]]|\s-\s|\b(?:which|who|whose|where|and|but|while|when|after|before|that|because|although|though|as|if)\b"
)
_SUFFIXES = (
    "ibilities", "ibility", "abilities", "ability", "ations", "ation", "ements", "ement", "ments", "ment", "ances",
    "ance", "ences", "ence", "nesses", "ness", "ions", "ion", "ings", "ing", "ible", "able", "ities", "ity", "ives",
    "ive", "ers", "er", "ors", "or", "als", "al", "ally", "ly", "ies", "es", "ed", "e", "s", "y",
)  # fmt: skip
_SHORTEST_STEM = 4
_Read = TypeVar("_Read")


class Key(msgspec.Struct, frozen=True, gc=False):
    """One content key of a statement with its place in the article's text, and the word it was made from."""

    key: str
    span: Span
    word: str
    name: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A statement reduced to what it asserts. ``keys`` in text order; ``quoted`` the telling words inside its
    quotation marks (folded, in order); ``amounts`` with spans of the article's text; ``plain`` its folded words;
    ``asserted`` the span of the innermost content; ``bag`` the distinct keys; ``leads`` at the head of its article;
    ``aside`` the keys that stand only in circumstances ("amid ...", "days after ..."); ``stretches`` its clauses with
    the keys of each; ``corrects`` a newsroom's correction of itself; ``noted`` what :func:`noted` keeps."""

    statement: Statement
    keys: tuple[Key, ...]
    quoted: tuple[str, ...]
    amounts: tuple[Amount, ...]
    plain: tuple[str, ...]
    asserted: Span
    bag: frozenset[str]
    leads: bool = False
    aside: frozenset[str] = frozenset()
    stretches: tuple[tuple[Span, frozenset[str]], ...] = ()
    corrects: bool = False
    noted: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def factor(self, key: str) -> float:
        """How much a key counts here: less where it only sets the scene."""
        return ASIDE if key in self.aside else 1.0


def noted(read: Callable[[Content], _Read]) -> Callable[[Content], _Read]:
    """What one content says by itself, read once and not for every pair that it stands in."""

    @wraps(read)
    def once(content: Content) -> _Read:
        known: dict[object, _Read] = content.noted
        try:
            return known[read]
        except KeyError:
            found = known[read] = read(content)
            return found

    return once


def whole_words(content: Content) -> frozenset[str]:
    """The runs of word characters of a whole statement in lower case: a phrase can stand there only if all of its own
    runs are among them."""
    return _runs_of(content.statement.text)


@lru_cache(maxsize=20_000)
def _runs_of(text: str) -> frozenset[str]:
    return frozenset(_RUN.findall(text.lower()))


def rarest_words(phrases: Iterable[str]) -> frozenset[str]:
    """The rarest word of each phrase: few statements hold any of them in :func:`whole_words`."""
    return frozenset(max(_RUN.findall(phrase), key=lambda word: (telling(word), word)) for phrase in phrases)


def words_of(content: Content, span: Span) -> str:
    """The words of a span of the article's text, as far as it stands in the statement."""
    start = content.statement.span.start
    return content.statement.text[max(0, span.start - start) : max(0, span.end - start)]


def lowered_words(content: Content, span: Span) -> list[str]:
    """The words of such a span in lower case, one by one."""
    return _ANY_WORD.findall(words_of(content, span).lower())


@cache
def _lengths() -> list[float]:
    """The length of each vector of the model."""
    found: list[float] = np.linalg.norm(model().vectors, axis=1).tolist()
    return found


@lru_cache(maxsize=100_000)
def telling(word: str) -> float:
    """How much a word tells in any news text, in [0.02, 1]: the squared length of its vector, which the vector model
    scales by smooth inverse frequency; the rarest piece of a word counts. 1 for a word that the model cannot build."""
    pieces = wordpieces(word, model().index)
    if not pieces:
        return 1.0
    longest = float(max(_lengths()[i] for i in pieces))
    return min(1.0, max(0.02, (longest / 5.0) ** 2))


@cache
def _states() -> Mapping[str, str]:
    table = rows("amounts")["states"]
    return {stem(w): row["state"] for row in table for w in row["words"] if " " not in w}


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A crude stem under which a verb and its noun meet ("discuss", "discussion"); it is a key, not a word."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            return word[: -len(suffix)]
    return word


def _attributing(statement: Statement) -> list[Span]:
    """The spans of the words that only attribute: sources, cited reports and their cue words."""
    spans: list[Span] = []
    for link in statement.chain:
        if link.role != "newsroom":
            spans.extend(s for s in (link.span, link.cue.span if link.cue else None) if s is not None)
    return spans


def asserted_span(statement: Statement) -> Span:
    """The span of what is asserted: the innermost link's content where the chain gives one, else the statement."""
    for link in reversed(statement.chain):
        if link.role != "newsroom" and link.content is not None and link.content.overlap(statement.span):
            start, end = max(link.content.start, statement.span.start), min(link.content.end, statement.span.end)
            if end - start >= 12:
                return Span(start, end)
    return statement.span


@lru_cache(maxsize=100_000)
def _key_of(word: str) -> str:
    found = stem(word)
    return "#" + _states()[found] if found in _states() else found


def _term_keys(term: Term) -> Iterable[Key]:
    if term.kind == "name":
        return [Key(stem(singular(w)), term.span, w, True) for w in name_words(term.value) if len(w) > 1]
    if term.kind == "time":
        return [Key("@" + term.value, term.span, "")] if term.value else []
    if term.kind == "number":
        return []  # the amounts carry the numbers, with what they count
    word = fold(term.value)
    return [Key(_key_of(word), term.span, word)] if len(word) > 1 else []


def _plain_keys(statement: Statement) -> Iterable[Key]:
    """Keys from the bare words, for a statement without parsed terms."""
    start = statement.span.start
    for match in _WORD.finditer(statement.text[:LONGEST_STATEMENT]):
        word = fold(match.group())
        if len(word) > 1 and not word.isdigit() and telling(word) >= TELLING / 2:
            span = Span(start + match.start(), start + match.end())
            yield Key(_key_of(word), span, word, match.start() > 0 and match.group()[0].isupper())


def read_content(statement: Statement) -> Content:
    """The comparable content of one statement. All spans are of its article's text."""
    start, text = statement.span.start, statement.text[:LONGEST_STATEMENT]
    terms = [t for t in statement.terms if t.span.end <= start + len(text)]
    raw = [k for term in terms for k in _term_keys(term)] if terms else list(_plain_keys(statement))
    asserted = asserted_span(statement)
    outside = _only_attributing(statement, asserted)
    keys = [k for k in raw if not any(s.start < k.span.end and k.span.start < s.end for s in outside)]
    amounts = tuple(replace(a, span=Span(a.span.start + start, a.span.end + start)) for a in _amounts_in(text))
    keys.extend(Key(f"={a.low:g}", a.span, "") for a in amounts)
    keys.sort(key=lambda k: (k.span.start, k.span.end, k.key))
    kept = tuple(keys[:MOST_KEYS])
    plain = _folded_words(text)
    bag = frozenset(k.key for k in kept)
    scene = circumstances(text)
    central = {k.key for k in kept if not any(s.start <= k.span.start - start < s.end for s in scene)} if scene else bag
    aside = frozenset(bag - central)
    stretches = tuple((c, _keys_in(kept, c)) for c in clauses(statement, kept))
    return Content(
        statement, kept, quoted_words(text), amounts, plain, asserted, bag, start < HEAD, aside, stretches,
        takes_back(text),
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _amounts_in(text: str) -> tuple[Amount, ...]:
    """The amounts of a text, which copies repeat word for word."""
    return find_amounts(text) if holds_number(text, _folded_words(text)) else ()


@lru_cache(maxsize=20_000)
def _folded_words(text: str) -> tuple[str, ...]:
    return tuple(map(fold, _WORD.findall(text)))


def _keys_in(keys: Sequence[Key], span: Span) -> frozenset[str]:
    return frozenset(k.key for k in keys if span.start <= k.span.start < span.end)


@cache
def _opening() -> tuple[str, ...]:
    return tuple(w for row in rows("asides")["openers"] for w in row["words"])


@cache
def _rare_openers() -> frozenset[str]:
    return rarest_words(_opening())


@cache
def _openers() -> re.Pattern[str]:
    words = _opening()
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + r")\b")


@lru_cache(maxsize=20_000)
def circumstances(text: str) -> tuple[Span, ...]:
    """The stretches of a statement that only set the scene (openers in ``asides.toml``), as offsets into ``text``."""
    if _runs_of(text).isdisjoint(_rare_openers()):
        return ()
    lowered = text.lower()
    match = _openers().search(lowered) if len(lowered) == len(text) else None
    if match is None:
        return ()
    if match.start() > _HEAD_OF_SENTENCE:
        return (Span(match.start(), len(text)),)
    comma = text.find(",", match.end())
    if comma < 0:
        return ()
    rest = _openers().search(lowered, comma)
    head = Span(match.start(), comma)
    return (head, Span(rest.start(), len(text))) if rest else (head,)


def _only_attributing(statement: Statement, asserted: Span) -> list[Span]:
    """The spans in which no key asserts anything. Inside the innermost content none is, unless that holds its own
    cue."""
    return [
        s
        for s in _attributing(statement)
        if not (s.start <= asserted.start and asserted.end <= s.end and asserted != s)
    ]


@lru_cache(maxsize=20_000)
def takes_back(text: str) -> bool:
    """Whether a sentence is a newsroom's correction of itself: the figures in it may be the ones it takes back."""
    lowered = text.lower()
    return any(words in lowered for words in rows("asides")["corrections"])


@lru_cache(maxsize=20_000)
def quoted_words(text: str) -> tuple[str, ...]:
    """The telling words inside quotation marks, folded, in order. A statement that is one sentence of a longer
    quotation may open or close without its partner: the words on the open side then count."""
    if not _MARK.search(text):
        return ()
    parts: list[str] = []
    marks = [m.start() for m in re.finditer("[“”]", text)]
    if marks:
        if text[marks[0]] == "”":
            parts.append(text[: marks[0]])
        for i, at in enumerate(marks):
            if text[at] == "“":
                parts.append(text[at + 1 : marks[i + 1] if i + 1 < len(marks) else len(text)])
    else:
        pieces = text.split('"')
        if len(pieces) == 2:
            parts.append(max(pieces, key=len) if pieces[0].strip() else pieces[1])
        else:
            parts.extend(pieces[1::2])
    words = (fold(w).replace("’", "'") for part in parts for w in _WORD.findall(part))
    return tuple(w for w in words if len(w) > 1 and telling(w) >= TELLING)


def clauses(statement: Statement, keys: Sequence[Key]) -> tuple[Span, ...]:
    """The stretches of a statement that may hold one assertion: each stretch between breaks (commas, "which", "and"
    ...) and each two neighbours. A stretch of under three keys is joined to the next. The whole is not among them."""
    text, start = statement.text[:LONGEST_STATEMENT], statement.span.start
    pieces: list[Span] = []
    begin, held, at = 0, 0, 0
    for cut in (*(m.start() for m in _BREAK.finditer(text)), len(text)):
        while at < len(keys) and keys[at].span.start < start + cut:
            held, at = held + 1, at + 1
        if held >= 3:
            pieces.append(Span(start + begin, start + cut))
            begin, held = cut, 0
    if held and pieces:
        pieces[-1] = Span(pieces[-1].start, start + len(text))
    if len(pieces) < 2:
        return ()
    pieces = pieces[:MOST_CLAUSES]
    pairs = [Span(a.start, b.end) for a, b in pairwise(pieces)] if len(pieces) > 2 else []
    return (*pieces, *pairs)
