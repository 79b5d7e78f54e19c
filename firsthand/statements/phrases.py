"""Attributions whose cue is no verb: "according to", "her claim that", "reportedly", a name before a colon.

In: a sentence and the token of the cue. Out: :class:`Attribution`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..language.parsing import Token
from ..language.rows import rows
from .attributed import Attribution
from .governed import SELF, cue_table, cue_words, source_tokens, tidy_spans
from .reading import Reading, Sentence, subject_of


def find_phrase(sentence: Sentence, token: Token) -> Attribution | None:
    """ "according to SOURCE", "in the words of SOURCE": it governs the rest of its clause. ``token`` opens it."""
    tokens = sentence.parse.tokens
    words = next((w for w in _phrases().get(token.text.lower(), ()) if _reads(sentence, token.i, w)), None)
    if words is None:
        return None
    closing = token.i + len(words) - 1
    heads = [o for p in range(token.i, closing + 1) for o in sentence.children(p, "pobj") if o.i > closing]
    if not heads or _is_measure(sentence, heads[0].i, closing):
        return None
    head = heads[0].i
    phrase = set(range(token.i, sentence.parse.right[head] + 1))
    governor = token.head if token.head != token.i else head
    clause = sentence.clause_head(governor)
    content = set(sentence.subtree(clause)) - phrase
    set_off = max(phrase) >= len(tokens) - 2 and token.i > 1 and tokens[token.i - 1].text in (",", "”", '"')
    opens = token.i <= 1
    if opens or sentence.parse.left[clause] > token.i or not content or sentence.token(clause).dep == "ROOT" or set_off:
        content = set(range(len(tokens))) - phrase
    if set_off and _is_second(sentence, clause, token.i):
        content = set(sentence.subtree(clause)) - phrase
    elif set_off:
        content = {i for i in content if i >= _own_half(sentence, clause, token.i)}
    source = source_tokens(sentence, head, (), closing)
    return Attribution(
        sentence.index, token.i, " ".join(words), tuple(range(token.i, closing + 1)), head, source, frozenset(phrase),
        tidy_spans(sentence, content), "asserts", "phrase",
    )  # fmt: skip


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of ``cues.toml`` as words, by their first one."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("cues")["phrase"]:
        for phrase in row["words"]:
            found.setdefault(phrase.split()[0], []).append(tuple(phrase.split()))
    return {first: tuple(many) for first, many in found.items()}


def _reads(sentence: Sentence, start: int, words: tuple[str, ...]) -> bool:
    tokens = sentence.parse.tokens
    return start + len(words) <= len(tokens) and all(
        tokens[start + i].text.lower() == word for i, word in enumerate(words)
    )


def _is_measure(sentence: Sentence, head: int, closing: int) -> bool:
    """ "according to plan", "according to size": how, and nobody who says so."""
    return sentence.token(head).lemma in cue_words("measures") and (
        head == closing + 1 or (sentence.token(head).tag == "NN" and not sentence.children(head, "poss", "det"))
    )


def _is_second(sentence: Sentence, clause: int, at: int) -> bool:
    """Whether a clause with its own subject is joined to one that is given to somebody else."""
    token = sentence.token(clause)
    if token.dep != "conj" or not sentence.children(clause, "nsubj", "nsubjpass") or sentence.parse.right[clause] < at:
        return False
    return any(c.lemma in cue_words("plain_speech") for c in sentence.children(token.head, "parataxis", "ccomp"))


def _own_half(sentence: Sentence, clause: int, at: int) -> int:
    """Where the content of a phrase that closes its sentence starts: after another source's words ("..., Brook said,
    and the crew left, according to the pilot")."""
    for second in sentence.children(clause, "conj"):
        first = sentence.parse.left[second.i]
        before = sentence.token(first - 1)
        if not clause < first < at or not sentence.children(second.i, "nsubj", "nsubjpass"):
            continue
        opening = sentence.token(clause)
        said = opening.lemma in cue_words("plain_speech") or any(
            c.lemma in cue_words("plain_speech") for c in sentence.children(clause, "parataxis", "ccomp")
        )
        if said and (before.pos == "CCONJ" or before.text == ","):
            return first
    return 0


def find_poll(sentence: Sentence) -> Iterator[Attribution]:
    """ "In a Pell College poll, ...": what a poll at the opening of a sentence found."""
    tokens = sentence.parse.tokens
    if len(tokens) < 8 or tokens[0].text.lower() != "in":
        return
    heads = sentence.children(0, "pobj")
    last = sentence.parse.right[0]
    if not heads or heads[0].lemma not in rows("sources")["polls"] or last + 4 > len(tokens):
        return
    if tokens[last + 1].text != ",":
        return
    source = source_tokens(sentence, heads[0].i, (), 0)
    yield Attribution(
        sentence.index, 0, "according to", (0,), heads[0].i, source, frozenset(range(last + 1)),
        tidy_spans(sentence, set(range(last + 2, len(tokens)))), "asserts", "phrase",
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
    told = clauses[0].dep != "relcl" and _opens_with_that(sentence, clauses[0])
    given = sentence.token(token.head) if told and not owners and token.dep == "dobj" else None
    if given is not None and given.lemma in cue_words("giving"):
        yield from _given(sentence, token, given, content)
        return
    head = owners[0].i if owners else None
    source = tuple(i for i in source_tokens(sentence, head, content, token.i) if sentence.token(i).tag != "POS")
    row = cue_table("noun")[token.lemma][0]
    yield Attribution(
        sentence.index, token.i, token.lemma, (token.i,), head, source, frozenset({token.i, *source}),
        tidy_spans(sentence, content), row["force"], "noun",
    )  # fmt: skip


def _given(sentence: Sentence, noun: Token, verb: Token, content: set[int]) -> Iterator[Attribution]:
    """ "The porters gave testimony that CONTENT", "The council issued a warning that CONTENT"."""
    head = subject_of(sentence, verb.i)
    if head is None or sentence.token(head).lemma in SELF or head > verb.i:
        return
    if any(t.pos == "VERB" for t in sentence.parse.tokens[noun.i + 1 : min(content)]):
        return  # "a statement undercutting the position that ..."
    source = source_tokens(sentence, head, content, verb.i)
    cue = tuple(i for i in sorted({verb.i, noun.i}) if i not in source)
    zone = {i for i in sentence.subtree(noun.i) if i not in content} | {*cue, *source}
    yield Attribution(
        sentence.index, verb.i, "say", cue, head, source, frozenset(zone), tidy_spans(sentence, content), "asserts",
        "clause",
    )  # fmt: skip


def find_report(sentence: Sentence, token: Token) -> Iterator[Attribution]:
    """ "a Gazette report that CONTENT", "reports in the Gazette that CONTENT": what a newsroom reported, by the name in
    the phrase. The parser may hang the clause on a noun before."""
    tokens = sentence.parse.tokens
    that = next((t for t in tokens[token.i + 1 : token.i + 14] if t.text.lower() == "that" or t.tag == "VBD"), None)
    if that is None or that.text.lower() != "that" or that.dep != "mark":
        return
    clause = tokens[that.head]
    if clause.dep not in ("acl", "relcl", "ccomp") or not sentence.children(clause.i, "nsubj", "nsubjpass", "expl"):
        return
    between = tokens[token.i + 1 : that.i]
    first = sentence.parse.left[token.i]
    named = any(t.pos == "PROPN" and t.ent not in ("DATE", "TIME") for t in tokens[first : that.i])
    if not named or clause.head > token.i or any(t.pos in ("VERB", "AUX") or t.text == "," for t in between):
        return
    source = tuple(i for i in range(first, that.i) if i <= sentence.parse.right[token.i])
    content = set(range(that.i, sentence.parse.right[clause.i] + 1))
    yield Attribution(
        sentence.index, token.i, "report", (token.i,), token.i, source, frozenset(range(first, that.i)),
        tidy_spans(sentence, content), "asserts", "noun",
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


def find_led_on(reading: Reading, sentence: Sentence) -> Iterator[Attribution]:
    """ "Brook summed it up on Monday: “...”": whatever somebody did before a colon, the words after it are his."""
    tokens = sentence.parse.tokens
    colon = next((t.i for t in tokens if t.text == ":"), None)
    if not colon or colon < 3 or colon + 4 > len(tokens):
        return
    opens = sentence.span.start + tokens[colon + 1].start
    quoted = [s for s in reading.quoted(sentence) if s.start == opens]
    if not quoted or quoted[0].end < sentence.span.end - 1:
        return
    verbs = [t for t in tokens[:colon] if t.dep in ("ROOT", "ccomp") and t.tag in ("VBD", "VBZ", "VBP")]
    heads = [s for v in verbs[:1] for s in sentence.children(v.i, "nsubj") if s.i < v.i]
    person = bool(heads) and (heads[0].ent == "PERSON" or heads[0].lemma in ("he", "she"))
    if not person or verbs[0].lemma in ("be", "have", "include") or tokens[colon - 1].tag == "NNS":
        return
    verb, head = verbs[0], heads[0].i
    source = source_tokens(sentence, head, (), verb.i)
    yield Attribution(
        sentence.index, verb.i, "say", (verb.i, colon), head, source, frozenset(range(colon + 1)), (quoted[0],),
        "asserts", "quote",
    )  # fmt: skip


def find_closing(sentence: Sentence) -> Iterator[Attribution]:
    """ "Minister to quit: report", "Harbour sold: sources": who says so after the colon that closes a headline."""
    tokens = sentence.parse.tokens
    colon = next((t.i for t in tokens[-6:] if t.text == ":"), None)
    if not colon or colon < 3 or tokens[-1].text in (".", "?", "!"):
        return
    closing = tokens[colon + 1 :]
    if not closing or any(t.pos in ("VERB", "AUX") for t in closing) or closing[-1].lemma not in cue_words("closing"):
        return
    content = sentence.span_of(0, colon - 1)
    source = tuple(t.i for t in closing)
    yield Attribution(
        sentence.index, colon, ":", (colon,), closing[-1].i, source, frozenset((colon, *source)), (content,),
        "asserts", "colon",
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
    owners = [t for t in tokens[:colon] if t.dep == "poss" and t.pos == "PROPN"]
    source = tuple(range(colon))
    if owners:  # "And Brook's sharpest line: ..."
        head = owners[-1].i
        source = tuple(i for i in sentence.subtree(head) if tokens[i].tag != "POS" and tokens[i].pos == "PROPN")
    yield Attribution(
        sentence.index, colon, ":", (colon,), head, source, frozenset(range(colon + 1)), (content,),
        "asserts", "colon",
    )  # fmt: skip
