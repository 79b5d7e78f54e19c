"""Attributions whose cue is no verb: "according to", "her claim that", "reportedly", a name before a colon.

In: a sentence and the token of the cue. Out: :class:`Attribution`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language.parsing import Token
from .attributed import Attribution
from .governed import cue_table, source_tokens, tidy_spans
from .reading import Reading, Sentence


def find_phrase(sentence: Sentence, token: Token) -> Iterator[Attribution]:
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
    opens = token.i <= 1
    if opens or sentence.parse.left[clause] > token.i or not content or sentence.token(clause).dep == "ROOT" or set_off:
        content = set(range(len(tokens))) - phrase
    source = source_tokens(sentence, head, (), token.i + 1)
    yield Attribution(
        sentence.index, token.i, "according to", (token.i, token.i + 1), head, source, frozenset(phrase),
        tidy_spans(sentence, content), "asserts", "phrase",
    )  # fmt: skip


def find_noun(sentence: Sentence, token: Token) -> Iterator[Attribution]:
    """ "SOURCE's claim that CONTENT"."""
    clauses = [
        c
        for c in sentence.children(token.i, "acl", "ccomp", "relcl")
        if c.i > token.i and (c.dep != "relcl" or _opens_with_that(sentence, c)) and _is_clause(sentence, c)
    ]
    if not clauses:
        return
    content = set(sentence.subtree(clauses[0].i))
    owners = sentence.children(token.i, "poss")
    head = owners[0].i if owners else None
    source = tuple(i for i in source_tokens(sentence, head, content, token.i) if sentence.token(i).tag != "POS")
    row = cue_table("noun")[token.lemma][0]
    yield Attribution(
        sentence.index, token.i, token.lemma, (token.i,), head, source, frozenset({token.i, *source}),
        tidy_spans(sentence, content), row["force"], "noun",
    )  # fmt: skip


def _opens_with_that(sentence: Sentence, clause: Token) -> bool:
    return any(m.text == "that" and m.dep == "mark" for m in sentence.children(clause.i))


def _is_clause(sentence: Sentence, clause: Token) -> bool:
    return clause.tag not in ("VBN", "VBG") or bool(sentence.children(clause.i, "nsubj", "nsubjpass"))


def find_adverb(sentence: Sentence, token: Token) -> Attribution:
    clause = sentence.clause_head(token.i)
    content = set(sentence.subtree(clause)) - {token.i}
    return Attribution(
        sentence.index, token.i, token.lemma, (token.i,), None, (), frozenset({token.i}), tidy_spans(sentence, content),
        "asserts", "adverb",
    )  # fmt: skip


def find_colon(reading: Reading, sentence: Sentence) -> Iterator[Attribution]:
    """ "BROOK: “...”": a short name before a colon and a quotation."""
    tokens = sentence.parse.tokens
    colon = next((t.i for t in tokens[:12] if t.text == ":"), None)
    if not colon or colon + 1 >= len(tokens) or not any(t.pos == "PROPN" for t in tokens[:colon]):
        return
    quoted = [s for s in reading.quoted(sentence) if s.start == sentence.span.start + tokens[colon + 1].start]
    named = colon <= 3 and all(t.ent == "PERSON" for t in tokens[:colon]) and len(tokens) - colon > 5
    if not (quoted or named) or any(t.pos == "VERB" for t in tokens[:colon]):
        return
    content = quoted[0] if quoted else sentence.span_of(colon + 1, len(tokens) - 1)
    head = next(t.i for t in reversed(tokens[:colon]) if t.pos == "PROPN")
    yield Attribution(
        sentence.index, colon, ":", (colon,), head, tuple(range(colon)), frozenset(range(colon + 1)), (content,),
        "asserts", "colon",
    )  # fmt: skip
