"""The deeds that a statement denies, in whatever words: what is negated, what is denied, and what is called false.

In: a content. Out: :class:`Denial` values (:func:`denials_in`). The deed may stand behind words that say little ("made
no effort to set up", "no evidence that he knew", "do not believe they met"), be a noun ("no talks", "is not an
attack"), be governed by a denying verb ("denied any payment"), or stand in a claim that is called false ("the charge
that the mills cheat is bogus"). Wishes, orders, conditions and clauses that only say which one is meant deny nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..language.names import fold
from ..language.rows import rows
from ..records import Span, Term
from .content import TELLING, Content, Key, lowered_words, noted, stem, telling, whole_words, words_of
from .denials import families
from .scopes import clause_of

_MARK = re.compile(
    r"\b(?P<no>no|without|nor)\b|(?P<not>\b(?:not|never|cannot)\b|n['’]t\b)"
    r"|\b(?P<deny>den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|disput(?:e|es|ed|ing)|rebut(?:s|ted|ting)?)\b"
    r"|\b(?P<kept>refrain(?:s|ed|ing)? from|stop(?:s|ped)? short of)\b",
    re.IGNORECASE,
)
_SIGNS = ("no", "n't", "n’t", "never", "without", "den", "refut", "disput", "rebut", "refrain", "stop")
"""One of these stands in whatever holds a mark; to look for them takes far less time."""
_IDLE = re.compile(
    r"(?:not|n['’]t) (?:only|just|merely|simply|necessarily|yet|so much|to mention|surprising\w{0,3}|clear|sure|certain"
    r"|know|about|for|because|enough|always|going to|mean)\b|(?:not|n['’]t) (?:\w+ ){0,2}(?:big deal|enough)\b"
    r"|no (?:longer|doubt|question|matter|one|more|less|better|wonder|secret|stranger|exception|other|further|new"
    r"|additional|choice|reason|idea|immediate)\b|(?:never|nor) mind\b"
    r"|without (?:a |any )?(?:doubt|question|evidence|proof)\b",
    re.IGNORECASE,
)
"""Negations that negate no deed."""
_OR = re.compile(r"\b(?:or|people|those|anyone|of)\s*$", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:^|[“\"‘:;.!—-])\W{0,3}(?:please |but |and |or |so )?(?:do not|don['’]t|never|not)$", re.IGNORECASE
)
"""A denial at the head of a sentence is an order ("Do not haul")."""
_DENIES = re.compile(r" (?:\w+ly )?(?:that|any|having|there|it was|he|she|they|\w+ing)\b|[^.;,]{0,40}\bthat\b")
_NEGATION_BEFORE = re.compile(r"(?:n['’]t|\bnot|\bnever|\bcannot)\s+(?:\w+ )?$", re.IGNORECASE)
_OPENING = re.compile(r"\W*(?:(?:and|but|so|then|even) )?(\w+)")
_BETWEEN = re.compile(r"\b(?:about|of|for|in|to|with|out|into|from|on|at|by|as|over|if|that|because)\b", re.IGNORECASE)
_CLAIMED = re.compile(
    r"\b(?:claims?|charges?|allegations?|accusations?|notion|suggestions?|idea|theory|assertions?|reports?|story|stories)"
    r" that ",
    re.IGNORECASE,
)
_CALLED_FALSE = (
    "false", "bogus", "untrue", "fake", "baseless", "unfounded", "absurd", "ridiculous", "ludicrous", "nonsense",
    "hoax", "fabricated", "fabrication", "debunked", "a lie", "incorrect", "inaccurate",
)  # fmt: skip
_FALSE = re.compile(rf"\b(?:{'|'.join(_CALLED_FALSE)})\b", re.IGNORECASE)
_LAST_WORDS = frozenset(words.split()[-1] for words in _CALLED_FALSE)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CARRYING = frozenset(("be", "make", "hold", "have", "reach", "give", "find"))
_AUXILIARY = re.compile(
    r"[\w ,]{0,30}\b(?:is|are|was|were|be|been|being|has|have|had|will|would)\b[\w ]{0,20}$", re.IGNORECASE
)
"""What stands between a noun and the verb that is said of it."""
_AUXILIARY_BEFORE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|am|do|does|did|has|have|had|will|would|can|could|should|may|might|must)"
    r"(?: (?:also|still|even|\w+ly))?|['’](?:s|re|m|ve|d|ll)(?: \w+ly)?) $",
    re.IGNORECASE,
)
"""What stands before a "not" that denies what its clause says, and sets nothing beside another thing."""
_UNTIL = re.compile(r"[^.;]{0,40}\b(?:until|unless|yet|anymore|any longer|any more)\b", re.IGNORECASE)
_MOST_MARKS = 6
_BEYOND = 60
"""Characters beyond a clause in which the deed stands that a word of little meaning governs."""
_GAP = 9
"""Characters between such a word and the clause that it governs ("evidence that it ...")."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What a statement denies: the ``deed``, the ``mark`` that denies it, the clause of both, and what the clause holds
    ``beside`` the deed; ``planned`` where it is denied that the deed was even intended."""

    content: Content
    deed: Term
    mark: Span
    clause: Span
    beside: tuple[Key, ...]
    planned: bool = False

    @property
    def root(self) -> str:
        """The key under which the denied deed meets what is told."""
        return deed_root(self.deed.value)


def deed_root(word: str) -> str:
    """The key under which a verb and the nouns that stand for it meet."""
    return families().get(word) or stem(word)


def mood(content: Content, span: Span) -> frozenset[str]:
    """The modal words of a clause before a place ("will", "would")."""
    modal = rows("denials")["modal"][0]
    words = (w.replace("’", "'") for w in lowered_words(content, Span(clause_of(content, span).start, span.start)))
    return frozenset(name for word in words for name in modal if word in modal[name])


@noted
def denials_in(content: Content) -> tuple[Denial, ...]:
    """The denials of a statement that asks nothing, in text order, each deed once."""
    text, start = content.statement.text, content.statement.span.start
    if "?" in text:
        return ()
    found: dict[Span, Denial] = {}
    lowered = text.lower()
    marks = _MARK.finditer(text) if any(sign in lowered for sign in _SIGNS) else ()
    for many, match in enumerate(marks):
        if many >= _MOST_MARKS:
            break
        if _negates_nothing(text, match):
            continue
        kind = "no" if match["no"] or match["kept"] else "denied" if match["deny"] else "not"
        one = _denial(content, kind, Span(start + match.start(), start + match.end()))
        if one is not None:
            found.setdefault(one.deed.span, one)
    for one in _called_false(content):
        found.setdefault(one.deed.span, one)
    return tuple(found.values())


def _negates_nothing(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    if _OR.search(before):
        return True
    if match["deny"]:
        return not _DENIES.match(text, match.end()) or _NEGATION_BEFORE.search(before) is not None
    if match.group().lower() == "not" and not _AUXILIARY_BEFORE.search(before):
        return True
    return _IDLE.match(text, match.start()) is not None


def _denial(content: Content, kind: str, mark: Span) -> Denial | None:
    clause = clause_of(content, Span(mark.end - 1, mark.end))
    words, table = words_of(content, clause), rows("denials")["context"]
    opening = _OPENING.match(words.lower())
    if opening is not None and opening.group(1) in table["subordinate"]:
        return None
    if kind == "not" and _ORDER.search(words_of(content, Span(mark.start - 24, mark.end))):
        return None
    deed = _deed(content, kind, mark, clause)
    if deed is None or _unreal(content, clause.start, deed.span.start):
        return None
    if deed.kind != "verb" and words_of(content, mark).lower() == "without":
        return None  # a condition ("without funding there is no deal")
    if _UNTIL.match(words_of(content, Span(deed.span.end, content.statement.span.end))):
        return None
    clause = Span(clause.start, max(clause.end, deed.span.end))
    between = lowered_words(content, Span(mark.end, deed.span.start))
    planned = any(w in table["planning"] for w in between)
    if ("to" in between and not planned) or _in_part(content, deed, between):
        return None
    light = table["light"]
    beside = (k for k in content.keys if k.key[0] not in "=@" and clause.start <= k.span.start < clause.end)
    kept = tuple(k for k in beside if k.span != deed.span and k.word not in light and k.word not in table["passing"])
    return Denial(content, deed, mark, clause, kept, planned)


def _in_part(content: Content, deed: Term, between: Sequence[str]) -> bool:
    """Whether only the way of a deed is denied ("have not answered adequately")."""
    after = lowered_words(content, Span(deed.span.end, deed.span.end + 24))[:1]
    plain = rows("denials")["context"]["plainly"]
    return any(w.endswith("ly") and w not in plain for w in (*between, *after))


def _unreal(content: Content, start: int, end: int) -> bool:
    """Whether a deed is wished, asked for or foreseen, by the words before it in its clause."""
    table = rows("denials")["context"]["unreal"]
    return any(w.replace("’", "'") in table for w in lowered_words(content, Span(start, end)))


def _deed(content: Content, kind: str, mark: Span, clause: Span) -> Term | None:
    """The word for what is denied behind a mark: what its clause says of somebody, the negated verb or adjective, what
    is governed by a word that says little, the noun of a verb, the noun of "is not an ..."."""
    table = rows("denials")["context"]
    passing, reach = False, clause.end
    after = [t for t in content.statement.terms if mark.end <= t.span.start + 1]
    said = _governed(content, mark) if kind == "denied" else None
    if said is not None:
        return said
    behind = mark.end
    for n, term in enumerate(after):
        if term.span.start >= reach or (passing and "," in words_of(content, Span(behind, term.span.start))):
            return None
        behind = term.span.end
        if term.value in table["passing"] and term.kind in ("verb", "noun"):
            passing, reach = True, max(reach, term.span.end + _BEYOND)
            governed = _governed(content, term.span)
            if governed is not None:
                return governed
            continue
        if term.kind == "verb":
            if term.value in table["supporting"] and not passing:
                continue
            return None if term.value in table["light"] else term
        if term.kind == "adjective" and _said(content, term):
            return None if term.value in table["light"] else term
        if term.kind == "noun" and (term.role != "subject" or kind == "no"):
            noun = _last_of_group(content, after, n)
            return noun if _is_deed(content, noun, kind, mark) else None
    return None


def _said(content: Content, term: Term) -> bool:
    """Whether an adjective or noun is what a clause says of somebody ("was burdensome", "is an attack")."""
    return any(c.verb == term.value and c.span.start <= term.span.start < c.span.end for c in content.statement.clauses)


def _is_deed(content: Content, noun: Term, kind: str, mark: Span) -> bool:
    """Whether a noun is what is denied: it stands for a verb, or it is what something is said not to be; and no other
    noun governs it ("no reason for the sale")."""
    if noun.value in rows("denials")["context"]["light"]:
        return False
    if kind != "denied" and _BETWEEN.search(words_of(content, Span(mark.end, noun.span.start))):
        return False
    if kind == "no":
        verb = next((t for t in content.statement.terms if t.kind == "verb" and t.span.start > noun.span.start), None)
        between = words_of(content, Span(noun.span.end, verb.span.start)) if verb is not None else ""
        if verb is not None and verb.value not in _CARRYING and _AUXILIARY.match(between):
            return False  # "no flights have landed": it is the landing that is denied
    return noun.value in families() or (kind == "not" and _said(content, noun))


def _governed(content: Content, raising: Span) -> Term | None:
    """What is done in the clause that opens right behind a word that says little ("not found the process was slow")."""
    light = rows("denials")["context"]["light"]
    for clause in content.statement.clauses:
        gap = clause.span.start - raising.end
        if (
            0 <= gap <= _GAP
            and clause.verb not in light
            and "," not in words_of(content, Span(raising.end, clause.span.start))
        ):
            for term in content.statement.terms:
                if term.value == clause.verb and clause.span.start <= term.span.start < clause.span.end:
                    return term
    return None


def _last_of_group(content: Content, terms: Sequence[Term], n: int) -> Term:
    """The last noun of a group of adjectives and nouns that stand side by side."""
    last = terms[n]
    for term in terms[n + 1 :]:
        between = words_of(content, Span(last.span.end, term.span.start))
        if term.kind not in ("noun", "adjective") or between.strip(" -"):
            break
        last = term
    return last


def _called_false(content: Content) -> list[Denial]:
    """What a statement calls false ("the charge that the mills cheat is bogus"). The claim may stand among the words
    that only attribute, and so among no terms: its last telling word is then its deed."""
    text, start = content.statement.text, content.statement.span.start
    if whole_words(content).isdisjoint(_LAST_WORDS):
        return []
    false = _FALSE.search(text)
    claimed = _CLAIMED.search(text) if false else None
    if false is None or claimed is None:
        return []
    at = Span(start + claimed.end(), start + claimed.end() + 1)
    clause = Span(at.start, max(clause_of(content, at).end, at.end))
    light, words = rows("denials")["context"]["light"], []
    for m in _WORD.finditer(text, claimed.end(), clause.end - start):
        word = fold(m.group())
        if telling(word) >= TELLING and word not in light and not _FALSE.match(word):
            words.append(Key(stem(word), Span(start + m.start(), start + m.end()), word, m.group()[0].isupper()))
    plain = [k for k in words if not k.name]
    if not plain:
        return []
    last = plain[-1]
    deed = next((t for t in content.statement.terms if t.span == last.span), Term("verb", last.word, last.span))
    mark = Span(start + false.start(), start + false.end())
    return [Denial(content, deed, mark, clause, tuple(k for k in words if k is not last))]
