"""Attributions within one sentence: which words are the cue, who is the source, what is the content.

In: a :class:`Sentence` of a :class:`Reading`. Out: :class:`Attribution` values, in the order of their cues. Rules over
the parse, with the cue words from ``cues.toml``; what a cue governs is read off the tree, and where the parser lost the
cue's clause ("..., the council said"), off the commas. Known to fail: cues that the tagger takes for nouns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from ..language.parsing import Token
from ..language.rows import rows
from ..records import Span
from .reading import Reading, Sentence, subject_of

Force = Literal["asserts", "stance", "mind"]
Manner = Literal["clause", "quote", "infinitive", "object", "as", "small", "about", "phrase", "noun", "colon", "adverb"]

_SELF = frozenset(("i", "we", "you", "me", "us"))
_CONTENT_DEPS = ("dobj", "oprd", "ccomp", "xcomp", "prep", "acomp", "attr", "dative", "pcomp")
_AUXILIARIES = ("aux", "auxpass", "neg", "prt")


MOST = 40
"""Attributions in one sentence at most: real ones stay under 15, and hostile text must not cost more than its length."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution. ``cue``, ``source`` and ``zone`` are token indexes of the sentence (``zone``: all words that
    belong to the attributing clause and not to the content); ``head`` is the source's head token, None where no
    source is named; ``verb`` the cue's head. ``content`` are characters of the article."""

    sentence: int
    verb: int
    lemma: str
    cue: tuple[int, ...]
    head: int | None
    source: tuple[int, ...]
    zone: frozenset[int]
    content: tuple[Span, ...]
    force: Force
    manner: Manner
    negated: bool = False


def find_attributions(reading: Reading, sentence: Sentence) -> list[Attribution]:
    """Every attribution of a sentence, in the order of the cues."""
    found: list[Attribution] = []
    quoted = set(sentence.tokens_in(reading.quoted(sentence)))
    for token in sentence.parse.tokens:
        if len(found) >= MOST:
            break
        if token.text.lower() == "according":
            found.extend(_phrase(sentence, token))
        elif token.i in quoted and not _named_inside(sentence, token):
            continue
        elif token.pos in ("VERB", "AUX") or token.text in ("said", "says", "told"):
            found.extend(_verb(reading, sentence, token, quoted))
        elif token.pos == "NOUN" and token.lemma in _table("noun"):
            found.extend(_noun(sentence, token))
        elif token.lemma in _adverbs():
            found.append(_adverb(sentence, token))
    if not any(a.manner in ("clause", "quote") for a in found):
        found.extend(_colon(reading, sentence))
    return sorted((_widened(reading, sentence, a) for a in found), key=lambda a: (a.verb, a.manner))


@cache
def _table(name: str) -> dict[str, tuple[dict[str, Any], ...]]:
    """The rows of ``cues.toml`` of one part of speech, by lemma."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows("cues")[name]:
        for word in row["words"]:
            found.setdefault(word, []).append(row)
    return {word: tuple(many) for word, many in found.items()}


@cache
def cue_words(name: str) -> frozenset[str]:
    """A list of ``cues.toml`` as a set."""
    return frozenset(rows("cues")[name])


@cache
def _adverbs() -> frozenset[str]:
    return frozenset(word for row in rows("cues")["adverb"] for word in row["words"])


def _named_inside(sentence: Sentence, token: Token) -> bool:
    """Within a quotation only what is laid to somebody by name is an attribution of its own."""
    subject = subject_of(sentence, token.i) if token.pos == "VERB" else None
    return subject is not None and sentence.token(subject).pos == "PROPN" and token.lemma in cue_words("plain_speech")


# ------------------------------------------------------------------------------------------------------ verbs


def _verb(reading: Reading, sentence: Sentence, token: Token, quoted: set[int]) -> Iterator[Attribution]:
    table = _table("verb")
    lemma = _lemma(token)
    if lemma not in table:
        return
    head = subject_of(sentence, token.i)
    if head is None and token.i not in quoted and lemma in cue_words("plain_speech"):
        head = _beside(sentence, token)
    if head is not None and sentence.token(head).lemma in _SELF and head not in quoted:
        return
    for row in table[lemma]:
        for manner in row["takes"]:
            made = _as_manner(reading, sentence, token, head, manner, row, quoted)
            if made is not None:
                yield made
                return


def _beside(sentence: Sentence, token: Token) -> int | None:
    """The source that the parser lost: the noun right before a finite cue, or right after one that closes a quotation
    ("“...,” said Brook")."""
    if token.tag not in ("VBD", "VBZ", "VBP") or sentence.children(token.i, "nsubjpass", "mark", "auxpass"):
        return None
    first = min(_cue_tokens(sentence, token))
    if first > 0 and sentence.token(first - 1).pos in ("PROPN", "NOUN", "PRON"):
        return first - 1
    after_mark = first > 0 and sentence.token(first - 1).text in ("”", '"', "''", "’", ",")
    if after_mark and token.i + 1 < len(sentence.parse.tokens) and sentence.token(token.i + 1).pos == "PROPN":
        last = token.i + 1
        while last + 1 < len(sentence.parse.tokens) and sentence.token(last + 1).pos == "PROPN":
            last += 1
        return last
    return None


def _lemma(token: Token) -> str:
    """The tagger takes some inverted cues ("says Brook") for nouns; their lemma is mended here."""
    return {"said": "say", "says": "say", "told": "tell"}.get(token.text, token.lemma)


def _as_manner(
    reading: Reading,
    sentence: Sentence,
    token: Token,
    head: int | None,
    manner: Manner,
    row: dict[str, Any],
    quoted: set[int],
) -> Attribution | None:
    content: set[int] = set()
    passive = bool(sentence.children(token.i, "nsubjpass"))
    if manner == "clause":
        content = _clause(sentence, token, head, passive)
    elif manner == "quote":
        content = _quote(reading, sentence, token, head)
    elif manner == "infinitive":
        content = _infinitive(sentence, token)
    elif manner == "as":
        content = _with_as(sentence, token)
    elif manner == "small":
        content = _small(sentence, token)
    elif manner == "object":
        content = _object(sentence, token, passive)
    elif manner == "about":
        content = _about(sentence, token)
    source = _source_tokens(sentence, head, content, token.i)
    content -= set(source) | {token.i}
    if not any(sentence.token(i).text[0].isalnum() for i in content):
        return None
    if head is None and manner in ("quote",) and _lemma(token) not in cue_words("plain_speech"):
        return None
    return _made(sentence, token, head, source, content, row, manner)


def _made(
    sentence: Sentence,
    token: Token,
    head: int | None,
    source: tuple[int, ...],
    content: set[int],
    row: dict[str, Any],
    manner: Manner,
) -> Attribution:
    cue = _cue_tokens(sentence, token)
    spans = _tidy(sentence, content - set(cue))
    zone = _zone(sentence, token.i, content) | set(cue) | set(source)
    return Attribution(
        sentence.index,
        token.i,
        _lemma(token),
        tuple(sorted(set(cue) - set(source))),
        head,
        source,
        frozenset(zone),
        spans,
        row["force"],
        manner,
        bool(row.get("negated", False)),
    )


def _cue_tokens(sentence: Sentence, token: Token) -> tuple[int, ...]:
    beside = [c.i for c in sentence.children(token.i, *_AUXILIARIES)]
    beside += [c.i for c in sentence.children(token.i, "advmod") if abs(c.i - token.i) <= 1 and c.tag != "WRB"]
    return tuple(sorted({token.i, *beside}))


def _zone(sentence: Sentence, verb: int, content: set[int]) -> set[int]:
    """The words of the cue's own clause: its adjuncts and those told, but no clause that has its own subject."""
    zone = {verb}
    for child in sentence.children(verb):
        if child.dep in ("conj", "cc", "punct", "parataxis") or child.i in content:
            continue
        if child.dep in ("advcl", "ccomp") and sentence.children(child.i, "nsubj", "nsubjpass"):
            continue
        zone |= {i for i in sentence.subtree(child.i) if i not in content}
    return zone


def _clause(sentence: Sentence, token: Token, head: int | None, passive: bool) -> set[int]:
    clauses = sentence.children(token.i, "ccomp")
    right = [c for c in clauses if c.i > token.i]
    if not right and token.lemma in ("say", "add", "tell", "write", "note"):
        right = [c for c in sentence.children(token.i, "xcomp", "advcl") if c.i > token.i and _has_subject(sentence, c)]
        right = right if not [c for c in clauses if c.i < token.i] and not _after_comma(sentence, token, head) else []
    if right:
        return {i for c in right for i in sentence.subtree(c.i) if i > token.i}
    left = [c for c in clauses if c.i < token.i]
    if left:
        return _left_of(sentence, token, head)
    if passive:
        return {i for s in sentence.children(token.i, "nsubjpass") for i in sentence.subtree(s.i)}
    around = _around(sentence, token, head)
    if around:
        return around
    if head is not None and _is_finite(sentence, token) and _after_comma(sentence, token, head):
        return _left_of(sentence, token, head)
    if token.lemma in ("confirm", "report", "reveal", "disclose") and _is_finite(sentence, token):
        return _object(sentence, token, passive) if head is not None else set()
    return set()


def _is_finite(sentence: Sentence, token: Token) -> bool:
    """Whether a verb can head an attributing clause of its own: not "to say", and not inside another's clause."""
    finite = token.tag in ("VBD", "VBZ", "VBP") or bool(sentence.children(token.i, "aux"))
    return finite and token.dep in ("ROOT", "conj", "parataxis", "ccomp", "dep") and not _marked(sentence, token)


def _marked(sentence: Sentence, token: Token) -> bool:
    return bool(sentence.children(token.i, "mark")) or any(a.tag == "TO" for a in sentence.children(token.i, "aux"))


def _has_subject(sentence: Sentence, token: Token) -> bool:
    return bool(sentence.children(token.i, "nsubj", "nsubjpass", "expl"))


def _start_of_clause(sentence: Sentence, token: Token, head: int | None) -> int:
    """The first token of the attributing clause: its subject or its verb with what leans on it."""
    first = min(_cue_tokens(sentence, token))
    if head is not None and head < token.i:
        first = min(first, _phrase_start(sentence, head))
    return first


def _phrase_start(sentence: Sentence, head: int) -> int:
    """Where a source phrase starts. The parser tends to lose the first of two joined sources ("both a current and a
    former official"), so the words up to a comma are taken in where they are such a list."""
    first = sentence.parse.left[head]
    i, joined = first - 1, False
    while i > 0 and first - i <= 8 and sentence.token(i).pos in ("DET", "ADJ", "NOUN", "PROPN", "CCONJ", "NUM"):
        joined = joined or sentence.token(i).pos == "CCONJ"
        i -= 1
    return (
        i + 1
        if joined and i > 0 and sentence.token(i).text == "," and sentence.token(first - 1).pos == "CCONJ"
        else first
    )


def _after_comma(sentence: Sentence, token: Token, head: int | None) -> bool:
    """Whether the attributing clause comes after what it may govern: "..., the council said"."""
    before = _start_of_clause(sentence, token, head) - 1
    while (
        before > 0
        and sentence.token(before).dep in ("advmod", "mark")
        and sentence.token(before).text.lower() != "that"
    ):
        before -= 1
    return before > 1 and sentence.token(before).text in (",", "”", '"', "''", "?", "!", "—", "–", "--", "’")


def _left_of(sentence: Sentence, token: Token, head: int | None) -> set[int]:
    """All of the sentence before the attributing clause, and what a comma or mark takes up again after it."""
    stop = _start_of_clause(sentence, token, head)
    content = set(range(stop))
    for child in sentence.children(token.i, "ccomp"):
        content |= {i for i in sentence.subtree(child.i) if i < stop}
    return content


def _around(sentence: Sentence, token: Token, head: int | None) -> set[int]:
    """The clause that an attribution is set into: "The harbour, Brook said, was closed"; "as Brook said"."""
    if token.dep not in ("parataxis", "advcl", "ccomp", "dep") or token.head == token.i or head is None:
        return set()
    marks = [m.text.lower() for m in sentence.children(token.i, "mark", "advmod") if m.i < token.i]
    if token.dep == "advcl":
        set_off = not marks and _after_comma(sentence, token, head)
        if token.lemma not in cue_words("plain_speech") or not (set_off or _says_as(sentence, token, marks)):
            return set()
    if token.dep == "ccomp":
        governor = sentence.token(token.head).lemma
        if token.head < token.i or "that" in marks or governor in _table("verb"):
            return set()
    inside = set(sentence.subtree(token.i))
    for clause in sentence.children(token.head, "advcl"):  # "..., they said, even as ...": what the newsroom adds
        opening = sentence.token(sentence.parse.left[clause.i]).text.lower()
        if clause.i > token.i and opening in ("even", "though", "although", "while", "but"):
            inside |= set(sentence.subtree(clause.i))
    return {i for i in sentence.subtree(token.head) if i not in inside}


def _says_as(sentence: Sentence, token: Token, marks: list[str]) -> bool:
    """ "as Brook said": not "just as she said it", which is a time."""
    first = sentence.parse.left[token.i]
    before = sentence.token(first - 1).text.lower() if first else ""
    return "as" in marks and before not in ("even", "just") and not sentence.children(token.i, "dobj")


def _quote(reading: Reading, sentence: Sentence, token: Token, head: int | None) -> set[int]:
    """The quotation next to the cue: after it (": “...”", "saying “...”"), or before it ("“...,” Brook wrote")."""
    regions = [sentence.tokens_in((span,)) for span in reading.quoted(sentence)]
    regions = [r for r in regions if r and token.i not in r and (head is None or head not in r)]
    if not regions:
        return set()
    within = sentence.subtree(token.i)
    right = [r for r in regions if r[0] > token.i and (r[0] in within or sentence.token(r[0] - 1).text in (",", ":"))]
    first = _start_of_clause(sentence, token, head)
    left = [r for r in regions if r[-1] < first and r[-1] >= first - 2]
    chosen = left or right[:1]
    return {i for r in chosen for i in r}


def _right_rest(sentence: Sentence, token: Token, *deps: str) -> set[int]:
    return {i for c in sentence.children(token.i, *deps) if c.i > token.i for i in sentence.subtree(c.i)}


def _infinitive(sentence: Sentence, token: Token) -> set[int]:
    infinitives = [
        c for c in sentence.children(token.i, "xcomp", "ccomp") if c.i > token.i and sentence.children(c.i, "aux")
        and any(a.tag == "TO" for a in sentence.children(c.i, "aux"))
    ]  # fmt: skip
    content = {i for c in infinitives for i in sentence.subtree(c.i)}
    return content | _right_rest(sentence, token, "dobj") if content else set()


def _with_as(sentence: Sentence, token: Token) -> set[int]:
    if not any(c.lemma == "as" and c.i > token.i for c in sentence.children(token.i, "prep", "mark", "advcl")):
        return set()
    content = _right_rest(sentence, token, "dobj", "prep", "advcl", "xcomp")
    return content | {i for s in sentence.children(token.i, "nsubjpass") for i in sentence.subtree(s.i)}


def _small(sentence: Sentence, token: Token) -> set[int]:
    if not any(c.i > token.i for c in sentence.children(token.i, "oprd", "ccomp", "xcomp")) and not (
        len([c for c in sentence.children(token.i, "dobj", "dative", "attr", "npadvmod") if c.i > token.i]) > 1
    ):
        return set()
    content = _right_rest(sentence, token, "oprd", "ccomp", "xcomp", "dobj", "dative", "attr", "npadvmod")
    return content | {i for s in sentence.children(token.i, "nsubjpass") for i in sentence.subtree(s.i)}


def _object(sentence: Sentence, token: Token, passive: bool) -> set[int]:
    if passive:
        content = {i for s in sentence.children(token.i, "nsubjpass") for i in sentence.subtree(s.i)}
        return content | _right_rest(sentence, token, "prep")
    if not any(c.i > token.i for c in sentence.children(token.i, "dobj")):
        return set()
    return _right_rest(sentence, token, *_CONTENT_DEPS)


def _about(sentence: Sentence, token: Token) -> set[int]:
    preps = [
        c for c in sentence.children(token.i, "prep")
        if c.i > token.i and c.lemma in ("about", "of", "for", "to", "on", "against", "with", "at")
    ]  # fmt: skip
    return {i for c in preps[:1] for i in sentence.subtree(c.i) if i != c.i}


def _source_tokens(sentence: Sentence, head: int | None, content: Iterable[int], verb: int) -> tuple[int, ...]:
    """The words of the source: its head's phrase, without the content, the cue and commas at its ends."""
    if head is None:
        return ()
    taken = set(content)
    low, high = sentence.parse.left[head], sentence.parse.right[head]
    low, high = (_phrase_start(sentence, head), min(high, verb - 1)) if head < verb else (max(low, verb + 1), high)
    kept = [i for i in range(low, high + 1) if i == head or i not in taken]
    for clause in sentence.children(head, "relcl", "acl"):
        if verb in sentence.subtree(clause.i):
            kept = [i for i in kept if i not in sentence.subtree(clause.i)]
    kept = _one_piece(kept, head)
    while (
        kept
        and kept[-1] != head
        and not sentence.token(kept[-1]).text[-1:].isalnum()
        and sentence.token(kept[-1]).text != ")"
    ):
        kept.pop()
    while (
        kept
        and kept[0] != head
        and (
            not sentence.token(kept[0]).text[:1].isalnum()
            or sentence.token(kept[0]).text.lower() in ("and", "but", "or")
        )
    ):
        kept.pop(0)
    return tuple(kept)


def _one_piece(indexes: list[int], head: int) -> list[int]:
    if head not in indexes:
        return [head]
    at = indexes.index(head)
    low = high = at
    while low > 0 and indexes[low - 1] == indexes[low] - 1:
        low -= 1
    while high + 1 < len(indexes) and indexes[high + 1] == indexes[high] + 1:
        high += 1
    return indexes[low : high + 1]


def _tidy(sentence: Sentence, content: set[int]) -> tuple[Span, ...]:
    """Content as spans: single commas and marks between its words are taken in, those at the ends left out."""
    filled = set(content)
    for i in range(1, len(sentence.parse.tokens) - 1):
        if i not in filled and i - 1 in filled and i + 1 in filled and not sentence.token(i).text[0].isalnum():
            filled.add(i)
    spans = []
    for span in sentence.spans_of(filled):
        words = sentence.parse.text[span.start - sentence.span.start : span.end - sentence.span.start]
        start = span.start + len(words) - len(words.lstrip(" ,;:—–-"))
        end = span.end - (len(words) - len(words.rstrip(" ,;:—–-")))
        if end > start and any(c.isalnum() for c in words):
            spans.append(Span(start, end))
    return tuple(spans)


# ------------------------------------------------------------------------------------------------- other cues


def _phrase(sentence: Sentence, token: Token) -> Iterator[Attribution]:
    """ "according to SOURCE": what it governs is the rest of its clause."""
    tokens = sentence.parse.tokens
    if token.i + 1 >= len(tokens) or tokens[token.i + 1].text != "to":
        return
    heads = [o for p in (token.i, token.i + 1) for o in sentence.children(p, "pobj")]
    if not heads:
        return
    head = heads[0].i
    phrase = set(range(token.i, sentence.parse.right[head] + 1))
    governor = token.head if token.head != token.i else head
    clause = sentence.clause_head(governor)
    content = set(sentence.subtree(clause)) - phrase
    set_off = max(phrase) >= len(tokens) - 2 and token.i > 1 and tokens[token.i - 1].text in (",", "”", '"')
    if sentence.parse.left[clause] > token.i or not content or sentence.token(clause).dep == "ROOT" or set_off:
        content = set(range(len(tokens))) - phrase
    source = _source_tokens(sentence, head, (), token.i + 1)
    yield Attribution(
        sentence.index, token.i, "according to", (token.i, token.i + 1), head, source, frozenset(phrase),
        _tidy(sentence, content), "asserts", "phrase",
    )  # fmt: skip


def _noun(sentence: Sentence, token: Token) -> Iterator[Attribution]:
    """ "SOURCE's claim that CONTENT"."""
    clauses = [
        c for c in sentence.children(token.i, "acl", "ccomp", "relcl")
        if c.i > token.i and (c.dep != "relcl" or any(m.text == "that" and m.dep == "mark" for m in sentence.children(c.i)))
        and (c.tag not in ("VBN", "VBG") or sentence.children(c.i, "nsubj", "nsubjpass"))
    ]  # fmt: skip
    if not clauses:
        return
    content = set(sentence.subtree(clauses[0].i))
    owners = sentence.children(token.i, "poss")
    head = owners[0].i if owners else None
    source = tuple(i for i in _source_tokens(sentence, head, content, token.i) if sentence.token(i).tag != "POS")
    row = _table("noun")[token.lemma][0]
    yield Attribution(
        sentence.index, token.i, token.lemma, (token.i,), head, source, frozenset({token.i, *source}),
        _tidy(sentence, content), row["force"], "noun",
    )  # fmt: skip


def _adverb(sentence: Sentence, token: Token) -> Attribution:
    clause = sentence.clause_head(token.i)
    content = set(sentence.subtree(clause)) - {token.i}
    return Attribution(
        sentence.index, token.i, token.lemma, (token.i,), None, (), frozenset({token.i}), _tidy(sentence, content),
        "asserts", "adverb",
    )  # fmt: skip


def _colon(reading: Reading, sentence: Sentence) -> Iterator[Attribution]:
    """ "BROOK: “...”": a short name before a colon and a quotation."""
    tokens = sentence.parse.tokens
    colon = next((t.i for t in tokens[:12] if t.text == ":"), None)
    if not colon or colon + 1 >= len(tokens) or not any(t.pos == "PROPN" for t in tokens[:colon]):
        return
    quoted = [s for s in reading.quoted(sentence) if s.start == sentence.span.start + tokens[colon + 1].start]
    if not quoted or any(t.pos == "VERB" for t in tokens[:colon]):
        return
    head = next(t.i for t in reversed(tokens[:colon]) if t.pos == "PROPN")
    yield Attribution(
        sentence.index, colon, ":", (colon,), head, tuple(range(colon)), frozenset(range(colon + 1)), (quoted[0],),
        "asserts", "colon",
    )  # fmt: skip


def _widened(reading: Reading, sentence: Sentence, made: Attribution) -> Attribution:
    """Content that takes in most of a quotation takes in all of it (as far as this sentence goes), and a speaker set
    into the middle of his words has those on both sides."""
    if made.manner not in ("clause", "quote", "phrase"):
        return made
    content = set(sentence.tokens_in(made.content))
    before = len(content)
    for span in reading.quoted(sentence):
        region = sentence.tokens_in((span,))
        shared = content & set(region)
        if (shared and made.verb not in region and (len(shared) * 2 >= len(region) or region[0] + 1 in shared)) or (
            region
            and made.head is not None
            and _continues(sentence, made, region)
            and _is_quoted(reading, sentence, made)
        ):
            content |= set(region)
    content -= made.zone & set(made.source) | set(made.cue)
    if len(content) == before:
        return made
    return replace(made, content=_tidy(sentence, content), zone=made.zone - content)


def _continues(sentence: Sentence, made: Attribution, region: list[int]) -> bool:
    """Whether a quotation right after the attributing clause goes on with its words ("“...,” she said, “...”")."""
    last = max(made.verb, *made.source, *(i for i in made.zone if i < region[0])) if made.source else made.verb
    return 0 < region[0] - last <= 3


def _is_quoted(reading: Reading, sentence: Sentence, made: Attribution) -> bool:
    quoted = reading.quoted(sentence)
    return any(s.overlap(q) for s in made.content for q in quoted)
