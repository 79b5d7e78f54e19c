"""Attributions within one sentence: which words are the cue, who is the source, what is the content.

In: a :class:`Sentence` of a :class:`Reading`. Out: :class:`Attribution` values, in the order of their cues. Rules over
the parse, with the cue words from ``cues.toml``; what a cue governs is read off the tree, and where the parser lost the
cue's clause ("..., the council said"), off the commas. Known to fail: cues that the tagger takes for nouns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from ..language.parsing import Token
from ..language.rows import rows
from .attributed import MOST, Attribution, Manner, zone_of
from .governed import (
    SELF,
    clause_content,
    content_about,
    content_with_as,
    cue_table,
    cue_tokens,
    cue_words,
    gerund_content,
    infinitive_content,
    means_else,
    object_content,
    quote_content,
    small_clause,
    source_tokens,
    start_of_phrase,
    tidy_spans,
)
from .kinds import words
from .phrases import find_adverb, find_closing, find_colon, find_led_on, find_noun, find_phrase, find_poll, find_report
from .reading import Reading, Sentence, lost_subject, subject_of


def find_attributions(reading: Reading, sentence: Sentence) -> list[Attribution]:
    """Every attribution of a sentence, in the order of the cues."""
    found: list[Attribution] = []
    quoted = set(sentence.tokens_in(reading.quoted(sentence)))
    for token in sentence.parse.tokens:
        if len(found) >= MOST:
            break
        phrase = find_phrase(sentence, token)
        if phrase is not None:
            found.append(phrase)
        elif token.i in quoted and not _named_inside(sentence, token):
            continue
        elif (token.pos in ("VERB", "AUX") and token.dep != "acomp") or token.text in ("said", "says", "told"):
            found.extend(_verb(reading, sentence, token, quoted))
        elif token.text == "read" and token.pos == "NOUN" and token.dep == "ROOT" and sentence.quotations:
            found.extend(_reads(reading, sentence, token, quoted))
        elif token.text in _MISREAD and token.dep == "advcl" and token.pos == "NOUN":
            found.extend(_misread(reading, sentence, token, quoted))
        elif token.dep == "acomp" and token.text.lower() in cue_words("convinced"):
            found.extend(_convinced(sentence, token))
        elif token.pos == "NOUN" and token.lemma in _works():
            found.extend(find_report(sentence, token))
        elif token.pos == "NOUN" and token.lemma in cue_table("noun"):
            found.extend(find_noun(sentence, token))
        elif token.lemma in _adverbs():
            found.append(find_adverb(sentence, token))
    if not any(a.manner in ("clause", "quote") for a in found):
        found.extend(find_colon(reading, sentence))
        found.extend(find_closing(sentence))
        found.extend(find_poll(sentence))
    if sentence.quotations and not any(a.force != "mind" for a in found):
        found.extend(find_led_on(reading, sentence))
    return sorted((_widened(reading, sentence, a) for a in found), key=lambda a: (a.verb, a.manner))


@cache
def _adverbs() -> frozenset[str]:
    return frozenset(word for row in rows("cues")["adverb"] for word in row["words"])


@cache
def _works() -> frozenset[str]:
    return frozenset(rows("sources")["newsroom_work"])


def _named_inside(sentence: Sentence, token: Token) -> bool:
    """Within a quotation only what is laid to somebody by name, or as the speaker's own ("my brother says"), is an
    attribution of its own."""
    if any(a.tag == "MD" for a in sentence.children(token.i, "aux")):
        return False  # "“... why would the council have told me ...?”"
    subject = subject_of(sentence, token.i) if token.pos == "VERB" else None
    if subject is None or token.lemma not in cue_words("plain_speech"):
        return False
    ours = any(p.text.lower() in ("my", "our") for p in sentence.children(subject, "poss"))
    return sentence.token(subject).pos == "PROPN" or (ours and sentence.token(subject).lemma in words("person"))


# ------------------------------------------------------------------------------------------------------ verbs


def _verb(reading: Reading, sentence: Sentence, token: Token, quoted: set[int]) -> Iterator[Attribution]:
    table = cue_table("verb")
    lemma = _lemma(token)
    if lemma not in table:
        return
    if means_else(sentence, token) or token.dep == "prep":
        return  # "was sworn in by", "showed up that", "Regarding the pier, ..."
    if token.dep == "amod" and token.tag == "VBN" and token.i and sentence.token(token.i - 1).pos == "DET":
        return  # "the suggested text"
    if lemma in ("post", "text", "email") and sentence.children(token.i, "nsubjpass"):
        return  # "the video was posted by"
    head = subject_of(sentence, token.i)
    told = any(c.i > token.i for c in sentence.children(token.i, "ccomp"))  # "On Sunday Brook implied that ..."
    closed = token.i > 1 and sentence.token(token.i - 1).text in _EDGE_MARKS - {","}
    told = told or (closed and lemma in cue_words("announcing"))  # "“...,” continued Brook"
    if (lemma in cue_words("plain_speech") or (head is None and told)) and token.i not in quoted:
        head = _beside(sentence, token) if head is None else _set_off(sentence, token) or _not_a_day(sentence, head)
    if token.dep == "acl" and token.tag == "VBD" and told:
        head = lost_subject(sentence, token) or head
    head = _spoke_to(sentence, token, head)
    if head is not None and sentence.token(head).lemma in SELF and head not in quoted:
        return
    for row in table[lemma]:
        for manner in row["takes"]:
            made = _as_manner(reading, sentence, token, head, manner, row, quoted)
            if made is not None:
                yield made
                return


def _convinced(sentence: Sentence, token: Token) -> Iterator[Attribution]:
    """ "Experts are concerned that CONTENT": what somebody is, who believes something."""
    verb = sentence.token(token.head)
    head = subject_of(sentence, verb.i) if verb.lemma in ("be", "remain", "become", "seem") else None
    clauses = [c for i in (token.i, verb.i) for c in sentence.children(i, "ccomp") if c.i > token.i]
    clauses = [c for c in clauses if sentence.children(c.i, "nsubj", "nsubjpass", "expl")]
    if head is None or not clauses or sentence.token(head).lemma in SELF or sentence.children(verb.i, "neg"):
        return
    if sentence.token(sentence.parse.left[clauses[0].i]).text.lower() in cue_words("questions"):
        return
    content = set(sentence.subtree(clauses[0].i))
    source = source_tokens(sentence, head, content, verb.i)
    cue = tuple(i for i in sorted({*cue_tokens(sentence, verb), token.i}) if i not in source)
    yield Attribution(
        sentence.index, verb.i, "believe", cue, head, source, frozenset({*cue, *source}), tidy_spans(sentence, content),
        "asserts", "clause",
    )  # fmt: skip


_MISREAD = frozenset(("notes", "reports", "claims", "states", "writes", "adds", "puts"))
"""Cues that the tagger takes for nouns."""


def _misread(reading: Reading, sentence: Sentence, token: Token, quoted: set[int]) -> Iterator[Attribution]:
    """ "as the Gazette story notes, ..." where the tagger saw a noun."""
    if (
        not token.i
        or sentence.token(token.i - 1).pos not in ("NOUN", "PROPN")
        or not sentence.children(token.i, "mark")
    ):
        return
    lemma = _lemma(token)
    for row in cue_table("verb").get(lemma, ())[:1]:
        made = _as_manner(reading, sentence, token, token.i - 1, "clause", row, quoted)
        if made is not None:
            yield made


def _reads(reading: Reading, sentence: Sentence, token: Token, quoted: set[int]) -> Iterator[Attribution]:
    """ "“...,” the suggested text read": a cue that the tagger takes for the last noun of its source."""
    head = token.i - 1
    first = sentence.parse.left[token.i]
    while first <= head and (first in quoted or not sentence.token(first).text[0].isalnum()):
        first += 1
    if first > head or sentence.token(head).pos not in ("NOUN", "PROPN"):
        return
    content = {i for i in quoted if i < first} if first - 1 in quoted else set()
    owners = sentence.children(token.i, "poss")
    if content:
        source = tuple(range(first, token.i))
        if owners and sentence.token(head).lemma in rows("sources")["own_words"]:  # "Brook's tweet read"
            head = owners[0].i
            source = tuple(i for i in sentence.subtree(head) if sentence.token(i).tag != "POS")
        yield _made(sentence, token, head, source, content, {"force": "asserts"}, "quote")


def _beside(sentence: Sentence, token: Token) -> int | None:
    """The source that the parser lost: the noun right before a finite cue, or right after one that closes a quotation
    ("“...,” said Brook")."""
    if token.tag == "VBN" and token.dep == "acl" and token.i > 3 and sentence.token(token.head).pos == "PROPN":
        opens = start_of_phrase(sentence, token.head) - 1  # "“...,” Brook, a porter, tweeted", taken for what he is
        quoted = opens > 2 and sentence.token(opens).text in _EDGE_MARKS - {","}
        quoted = quoted and not sentence.children(token.i, "agent")
        return token.head if quoted and sentence.token(token.i - 1).text == "," else None
    finite = token.tag in ("VBD", "VBZ", "VBP") or (token.tag == "VBN" and token.dep == "ROOT")
    if not finite or sentence.children(token.i, "nsubjpass", "mark", "auxpass"):
        return None
    first = min(cue_tokens(sentence, token))
    if first > 0 and sentence.token(first - 1).pos in ("PROPN", "NOUN", "PRON"):
        top = _top_of_phrase(sentence, first - 1)
        return first - 1 if top is None else top
    parted = _before_aside(sentence, first - 1) if first > 3 and token.lemma in cue_words("plain_speech") else None
    if parted is not None:
        return parted
    after_mark = first > 0 and sentence.token(first - 1).text in ("”", '"', "''", "’", ",")
    if after_mark and token.i + 1 < len(sentence.parse.tokens) and sentence.token(token.i + 1).pos == "PROPN":
        last = token.i + 1
        while last + 1 < len(sentence.parse.tokens) and sentence.token(last + 1).pos == "PROPN":
            last += 1
        return last
    return None


_ASIDES = frozenset(("ADP", "SCONJ", "VERB", "ADJ", "DET", "NOUN"))


def _before_aside(sentence: Sentence, comma: int) -> int | None:
    """The source from which words between commas part the cue ("Liberals, in full control of the board, say ..."); not
    where another clause stands between them."""
    if sentence.token(comma).text != ",":
        return None
    opens = comma - 1
    while opens > 1 and comma - opens < 30 and sentence.token(opens).text != ",":
        opens -= 1
    between = sentence.parse.tokens[opens + 1 : comma]
    if sentence.token(opens).text != "," or not between or between[0].pos not in _ASIDES:
        return None
    if any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in between):
        return None
    source = sentence.token(opens - 1)
    return source.i if source.pos in ("PROPN", "NOUN") and source.dep not in ("pobj", "dobj") else None


def _set_off(sentence: Sentence, token: Token) -> int | None:
    """The source of a finite cue that the parser hung on the clause before it, with that clause's subject for its own
    ("Twelve are missing after the fire on the Corva, the mayor said")."""
    if token.dep not in ("advcl", "conj", "relcl") or token.tag not in ("VBD", "VBZ"):
        return None
    if sentence.children(token.i, "nsubj", "nsubjpass", "mark", "auxpass", "cc"):
        return None
    first = min(cue_tokens(sentence, token))
    if first < 3 or sentence.token(first - 1).pos not in ("PROPN", "NOUN"):
        return None
    return _top_of_phrase(sentence, first - 1)


def _top_of_phrase(sentence: Sentence, last: int) -> int | None:
    """The head of the phrase that ends at ``last`` and follows a comma or mark ("..., the mayor of Velda [said]"): as
    far up the tree as no comma stands between; None where nothing like that is found."""
    top = None
    i = last
    opens = sentence.parse.left[last] - 1
    if opens >= 0 and sentence.token(opens).text in _EDGE_MARKS:
        top = last
    for above in sentence.above(last):
        if above > last or last - above > 25 or any(sentence.token(j).text == "," for j in range(above, last)):
            break
        i = above
        opens = sentence.parse.left[i] - 1
        if sentence.token(i).pos in ("NOUN", "PROPN") and opens >= 0 and sentence.token(opens).text in _EDGE_MARKS:
            top = i
    return top


_EDGE_MARKS = frozenset((",", "”", '"', "''", "’"))


def _spoke_to(sentence: Sentence, token: Token, head: int | None) -> int | None:
    """The speaker whose name the parser joined to what he spoke to ("Speaking to the Gazette Brook said ...")."""
    if head != 0 or sentence.token(0).text not in ("Speaking", "Talking", "Writing") or token.i < 4:
        return head
    last = sentence.token(min(cue_tokens(sentence, token)) - 1)
    joined = last.pos == "PROPN" and last.i and sentence.token(last.i - 1).pos == "PROPN"
    return last.i if joined else head


def _not_a_day(sentence: Sentence, head: int) -> int:
    """The subject that the parser lost to the day before the cue ("A welder who worked there until March said ...")."""
    token = sentence.token(head)
    if token.ent not in ("DATE", "TIME") or not head or sentence.token(head - 1).pos not in ("ADP", "SCONJ"):
        return head
    for clause in reversed(sentence.parse.tokens[:head]):
        if clause.dep == "relcl" and sentence.token(clause.head).pos in ("NOUN", "PROPN") and clause.head < clause.i:
            return clause.head
    return head


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
        content = clause_content(sentence, token, head, passive)
    elif manner == "quote":
        content = quote_content(reading, sentence, token, head)
    elif manner == "infinitive":
        content = infinitive_content(sentence, token)
    elif manner == "gerund":
        content = gerund_content(sentence, token)
    elif manner == "as":
        content = content_with_as(sentence, token)
    elif manner == "small":
        content = small_clause(sentence, token)
    elif manner == "object":
        content = object_content(sentence, token, passive)
    elif manner == "about":
        content = content_about(sentence, token)
    source = source_tokens(sentence, head, content, token.i)
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
    cue = cue_tokens(sentence, token)
    if manner == "about":
        cue = tuple(sorted({*cue, *(c.i for c in sentence.children(token.i, "prep") if c.i + 1 in content)}))
    spans = tidy_spans(sentence, content - set(cue))
    zone = zone_of(sentence, token.i, content) | set(cue) | set(source)
    return Attribution(
        sentence.index,
        token.i,
        _lemma(token),
        tuple(sorted(set(cue) - set(source))),
        head,
        source,
        frozenset(zone),
        spans,
        "stance" if manner == "about" and _calls_for(sentence, token, content) else row["force"],
        manner,
        bool(row.get("negated", False)),
    )


def _calls_for(sentence: Sentence, token: Token, content: set[int]) -> bool:
    """ "Called for an end to the strike": a demand."""
    leads = sentence.children(token.i, "prep") if token.lemma == "call" else []
    return any(c.lemma == "for" and c.i == token.i + 1 and c.i + 1 in content for c in leads)


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
    return replace(made, content=tidy_spans(sentence, content), zone=made.zone - content)


def _continues(sentence: Sentence, made: Attribution, region: list[int]) -> bool:
    """Whether a quotation right after the attributing clause goes on with its words ("“...,” she said, “...”")."""
    last = max(made.verb, *made.source, *(i for i in made.zone if i < region[0])) if made.source else made.verb
    return 0 < region[0] - last <= 3


def _is_quoted(reading: Reading, sentence: Sentence, made: Attribution) -> bool:
    quoted = reading.quoted(sentence)
    return any(s.overlap(q) for s in made.content for q in quoted)
