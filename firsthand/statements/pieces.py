"""A sentence cut into its separate assertions: normally one, two where two clauses each say something of their own.

In: a sentence with its attributions. Out: spans, in order, that hold all of its words. It cuts coordinated clauses
under one cue ("said that ..., and that ..."), main clauses joined by "and", "but" or a semicolon with subjects of their
own, and what the newsroom adds in a clause after a closing cue ("..., they said, even as ..."). It never cuts inside a
quotation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..language.parsing import Token
from ..language.rows import rows
from ..records import Span
from .attributed import Attribution
from .governed import cue_words
from .reading import Reading, Sentence, with_whom

_ADDING = frozenset(("though", "although", "while", "whereas"))
_AFTER = frozenset(("after",))
_BESIDE = frozenset(("while", "whereas", "although", "though"))
OPENINGS = _ADDING | _AFTER | {"as"}
"""Words that open a clause of which the cue before it says nothing."""

_COMPARED = frozenset(("just", "even", "such", "same", "as", "so", "much", "long", "far", "soon", "well", ","))
"""Words before an "as" that does not tell when something came about."""
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_EDGES = " \t\n\u00a0,;:—–-"


def cut_sentence(
    reading: Reading, sentence: Sentence, made: Sequence[Attribution], fewest_words: int
) -> tuple[Span, ...]:
    """The assertions of a sentence as spans of the article."""
    quoted = reading.quoted(sentence)
    places = sorted(set(_places(sentence, made, fewest_words, sentence.tokens_in(quoted) if quoted and made else ())))
    base = sentence.span.start
    pieces: list[Span] = []
    start = 0
    for first in places:
        at = base + sentence.token(first).start
        if any(q.start < at < q.end for q in quoted) or first - start < fewest_words:
            continue
        if len(sentence.parse.tokens) - first < fewest_words:
            continue
        last = first - 1
        while last > start and _only_joins(sentence.token(last), sentence.token(first)):
            last -= 1
        pieces.append(sentence.span_of(start, last))
        start = first
    pieces.append(sentence.span_of(start, len(sentence.parse.tokens) - 1))
    if len(pieces) == 1:
        return (sentence.span,)
    text = reading.article.text
    return tuple(_trimmed(text, piece) for piece in pieces)


def _only_joins(token: Token, second: Token) -> bool:
    """Whether a word only joins a second assertion to the first."""
    return token.pos == "CCONJ" or not token.text[0].isalnum() or (token.text == "by" and second.head == token.i)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def _places(sentence: Sentence, made: Sequence[Attribution], fewest: int, quoted: Collection[int]) -> Iterator[int]:
    """The first tokens of second assertions."""
    tops = [t.i for t in sentence.parse.tokens if t.dep == "ROOT"]
    base = sentence.span.start
    closing = {a.verb for a in made if a.content and a.content[-1].end <= base + sentence.token(a.verb).start}
    for top in tops:
        yield from _coordinated(sentence, top, fewest, closing)
    heads = {a.verb for a in made if a.force != "stance" or a.manner != "object"}
    for a in made:
        if a.force == "asserts" and a.head is not None and a.manner == "clause":
            yield from _own_clause(sentence, a, fewest)
    for a in made:
        if a.manner != "noun" and a.head is not None:
            yield from _fronted(sentence, a, fewest)
        if a.force == "stance":
            printed = bool(quoted) and _printed(sentence, a, quoted)
            if printed or a.manner in ("infinitive", "small", "as"):
                yield from _relative(sentence, a, fewest, printed)
        if a.force == "stance" and a.head is not None:
            yield from _participle(sentence, a, tops, heads, fewest)
            yield from _with_saying(sentence, a, fewest)
            yield from _own_clause(sentence, a, fewest)
        if a.force == "asserts" and a.manner in ("clause", "noun"):
            yield from _reported(sentence, a, made, fewest)
    for a in made:
        if a.force == "asserts" and a.manner in ("clause", "quote"):
            for child in sentence.children(a.verb, "ccomp"):
                yield from _coordinated(sentence, child.i, fewest, closing)
            yield from _added(sentence, a, fewest)
            yield from _second_that(sentence, a)
            yield from _participle(sentence, a, tops, heads, fewest)
            yield from _with_saying(sentence, a, fewest)
            yield from _conceded(sentence, a, fewest)
            if not any(b.manner == "phrase" and b.verb > a.verb for b in made):
                yield from _relative(sentence, a, fewest)
    yield from _semicolons(sentence)


def _coordinated(sentence: Sentence, top: int, fewest: int, closing: Collection[int]) -> Iterator[int]:
    """Clauses joined to ``top`` that have their own subject; but not a cue that closes its content."""
    seen = {top}
    waiting = [top]
    while waiting:
        head = waiting.pop()
        for clause in sentence.children(head, "conj"):
            if clause.i in seen or clause.i in closing or clause.pos not in ("VERB", "AUX") or clause.i < head:
                continue
            seen.add(clause.i)
            waiting.append(clause.i)
            if not sentence.children(clause.i, "nsubj", "nsubjpass", "expl"):
                continue
            first = sentence.parse.left[clause.i]
            if sentence.token(first).pos == "CCONJ":
                first += 1
            if _words(sentence, first, sentence.parse.right[clause.i]) < fewest or first <= head:
                continue
            if _joined(sentence, first):
                yield first


def _own_clause(sentence: Sentence, made: Attribution, fewest: int) -> Iterator[int]:
    """An attribution in a clause of its own at the end: "... fell, though the Gazette said ...", "...: the council
    said ..."."""
    first = sentence.parse.left[made.verb]
    if first == 0 or not made.content or made.content[0].start < sentence.span.start + sentence.token(made.verb).start:
        return
    if _words(sentence, first, sentence.parse.right[made.verb]) < fewest + 2:
        return
    before, opening = sentence.token(first - 1).text, sentence.token(first).text.lower()
    dep = sentence.token(made.verb).dep
    reported = opening == "as" and made.lemma == "report" and before not in ("just", "even")
    after = opening in _AFTER or reported or (opening in _ADDING and before == ",")
    after = after or (opening in ("while", "whereas", "when") and made.lemma in cue_words("plain_speech"))
    as_said = opening == "as" and before not in _COMPARED and made.lemma in ("say", "tell", "announce", "tweet")
    after = after or (as_said and len(sentence.tokens_in(made.content)) >= fewest)
    later = any(m.lemma == "after" and m.i > first for m in sentence.children(made.verb, "mark"))  # "two months after"
    dated = dep == "relcl" and opening == "when"  # "came under fire on Monday when the mayor said"
    if before in (":", ";") or (dep == "advcl" and (after or later)) or (dated and after):
        yield first


def _joined(sentence: Sentence, first: int) -> bool:
    """Whether a clause is set off by a comma or semicolon, or by a second "that"."""
    before = [sentence.token(i).text for i in range(max(0, first - 3), first)]
    return any(b in (",", ";", "—", "–", "--") for b in before) or sentence.token(first).text.lower() == "that"


def _printed(sentence: Sentence, made: Attribution, quoted: Collection[int]) -> bool:
    """Whether three words or more of what was said stand in quotation marks."""
    inside = set(quoted).intersection(sentence.tokens_in(made.content))
    return sum(sentence.token(i).text[0].isalnum() for i in inside) >= 3


def _relative(sentence: Sentence, made: Attribution, fewest: int, printed: bool = False) -> Iterator[int]:
    """ "..., which says that ...", "..., a job that engineers say will take a year": at the sentence's end. What is
    ``printed`` was said whatever stands with the cue."""
    token = sentence.token(made.verb)
    if token.dep != "relcl" or sentence.parse.right[token.i] < len(sentence.parse.tokens) - 3:
        return
    first = sentence.parse.left[token.i]
    if sentence.token(first - 1).text != "," and sentence.token(token.head).dep in ("appos", "dobj"):
        first = sentence.parse.left[token.head]
    inside = sentence.tokens_in(made.content)
    clause = "ccomp" if made.manner == "clause" else "xcomp"  # "..., who vowed to fight on"
    judged = made.manner in ("small", "as") and sentence.token(first).tag == "WP"  # "..., who called it a sham"
    told = printed or judged or any(sentence.token(i).dep == clause for i in inside)
    told = told and bool(inside) and inside[0] > first
    said = len(inside)
    if told and made.head is not None and sentence.token(made.head).head == token.i:
        kept = {*range(first, sentence.parse.right[token.i] + 1)}.difference(made.source, made.cue)
        said = max(said, len(kept))  # "a job that [engineers say] will take a year"
    if told and first > 0 and sentence.token(first - 1).text == "," and said >= fewest:
        yield first


def _reported(sentence: Sentence, made: Attribution, others: Sequence[Attribution], fewest: int) -> Iterator[int]:
    """ "The row comes after a Gazette report that ...", "... in response to a Gazette report that said ...": what a
    newsroom reported, apart from what came of it, where that is no part of anybody's words."""
    if made.head is None or not made.content or sentence.token(made.head).lemma not in rows("sources")["newsroom_work"]:
        return
    first = sentence.parse.left[made.head]
    at = sentence.span.start + sentence.token(first).start
    apart = made.verb == made.head or sentence.token(made.verb).dep == "relcl"
    if not apart or any(c.start <= at < c.end for b in others for c in b.content if b is not made):
        return
    if len(sentence.tokens_in(made.content)) < fewest or sentence.token(made.head).dep != "pobj":
        return
    while first > 0 and sentence.token(first - 1).pos in ("ADP", "SCONJ"):
        first -= 1
        if first > 1 and sentence.token(first - 1).pos == "NOUN" and sentence.token(first - 2).pos == "ADP":
            first -= 1  # "in response to"
    if first > 1 and sentence.token(first - 1).ent == "DATE" and sentence.token(first - 1).pos == "NOUN":
        first = sentence.parse.left[first - 1]  # "two days after"
    yield first


def _semicolons(sentence: Sentence) -> Iterator[int]:
    """Clauses with a finite verb and a subject of their own on both sides of a semicolon."""
    tokens = sentence.parse.tokens
    for mark in tokens[1:-1]:
        if mark.text != ";":
            continue
        after = [t for t in tokens[mark.i + 1 : mark.i + 30] if t.dep in ("nsubj", "nsubjpass", "expl")]
        before = [t for t in tokens[max(0, mark.i - 30) : mark.i] if t.dep in ("nsubj", "nsubjpass", "expl")]
        if after and before and after[0].head > mark.i and tokens[after[0].head].tag in ("VBD", "VBZ", "VBP", "VBN"):
            yield mark.i + 1


def _participle(
    sentence: Sentence, made: Attribution, tops: Sequence[int], cues: Collection[int], fewest: int
) -> Iterator[int]:
    """ "The council left the hall, saying that ...": what was said, apart from what was done."""
    token = sentence.token(made.verb)
    first = sentence.parse.left[token.i]
    found = made.lemma in ("find", "conclude") and made.manner == "clause" and token.tag == "VBG"
    if not found and made.lemma not in cue_words("plain_speech") | cue_words("spoken") | cue_words("beside_deeds"):
        return
    if made.force == "asserts" or made.lemma in cue_words("spoken"):
        yield from _by_saying(sentence, made, tops, cues, fewest)
    top = _first_joined(sentence, token.head)
    if token.tag != "VBG" or token.dep != "advcl" or top not in tops or token.head in cues or first < fewest + 1:
        return
    subjects = sentence.children(top, "nsubj", "nsubjpass")
    inside = sentence.tokens_in(made.content)
    told = bool(inside) and inside[0] > token.i and len(inside) >= fewest
    closes = told and max(sentence.parse.right[token.i], inside[-1]) >= len(sentence.parse.tokens) - 4
    if subjects and told and closes and sentence.token(first - 1).text == "," and subjects[-1].i < first:
        yield first


def _first_joined(sentence: Sentence, verb: int) -> int:
    """The verb that a verb without a subject of its own is joined to ("opened the hall but kept the key")."""
    while sentence.token(verb).dep == "conj" and not sentence.children(verb, *_SUBJECTS):
        verb = sentence.token(verb).head
    return verb


def _by_saying(
    sentence: Sentence, made: Attribution, tops: Sequence[int], cues: Collection[int], fewest: int
) -> Iterator[int]:
    """ "The mayor defended the raid by saying that ...", "She flew home and said that ...": what was said, apart from
    what was done."""
    token = sentence.token(made.verb)
    inside = sentence.tokens_in(made.content)
    if not inside or inside[0] < token.i or len(inside) < fewest or inside[-1] < len(sentence.parse.tokens) - 4:
        return
    if sentence.token(inside[0]).text.lower() in cue_words("questions"):
        return
    head = sentence.token(token.head)
    if token.dep == "pcomp" and token.tag == "VBG" and head.lemma == "by":
        deed = head.head
    elif token.dep == "conj" and _is_finite(sentence, token) and not sentence.children(token.i, *_SUBJECTS):
        deed = token.head
    else:
        return
    first = min(sentence.parse.left[token.i], token.i)
    if sentence.children(deed, "mark") or any(c.tag == "WRB" for c in sentence.children(deed, "advmod")):
        return  # "When a guard came out and told them ..."
    known = deed in tops and deed not in cues and bool(sentence.children(deed, "nsubj", "nsubjpass"))
    if known and deed < first - 1 and first >= fewest:
        yield first


def _is_finite(sentence: Sentence, token: Token) -> bool:
    """ "Said", "has said"."""
    return token.tag in ("VBD", "VBZ") or (token.tag == "VBN" and bool(sentence.children(token.i, "aux")))


def _fronted(sentence: Sentence, made: Attribution, fewest: int) -> Iterator[int]:
    """ "While the council says that ..., the mayor has ...": what one source said, before what is told of another."""
    token = sentence.token(made.verb)
    first, last = sentence.parse.left[token.i], sentence.parse.right[token.i]
    opens = first == 0 and token.dep == "advcl" and sentence.token(0).text.lower() in _BESIDE
    if not opens or token.head <= last or sentence.token(last + 1).text != "," or not made.content:
        return
    inside = sentence.tokens_in(made.content)
    subjects = sentence.children(token.head, *_SUBJECTS)
    told = bool(inside) and token.i < inside[0] and inside[-1] <= last and len(inside) >= fewest
    if told and subjects and subjects[0].i > last and sentence.children(token.i, *_SUBJECTS):
        yield last + 2


def _with_saying(sentence: Sentence, made: Attribution, fewest: int) -> Iterator[int]:
    """ "The vote was close, with four members arguing that ...": at the sentence's end."""
    token = sentence.token(made.verb)
    lead = token.head if token.dep == "pcomp" else with_whom(sentence, token)
    if token.tag != "VBG" or lead is None or sentence.token(lead).lemma != "with":
        return
    first = sentence.parse.left[lead]
    inside = sentence.tokens_in(made.content)
    told = bool(inside) and inside[0] > token.i and len(inside) >= fewest
    closes = told and max(sentence.parse.right[token.i], inside[-1]) >= len(sentence.parse.tokens) - 4
    if closes and first > fewest and (sentence.token(first - 1).text == "," or made.force == "asserts"):
        yield first


def _conceded(sentence: Sentence, made: Attribution, fewest: int) -> Iterator[int]:
    """ "Though it is cold, the council said ...": what the newsroom grants first is its own."""
    for clause in sentence.children(made.verb, "advcl"):
        first, last = sentence.parse.left[clause.i], sentence.parse.right[clause.i]
        opens = first == 0 and sentence.token(first).text.lower() in _ADDING and last < made.verb
        set_off = sentence.token(last + 1).text == "," and _words(sentence, first, last) >= fewest if opens else False
        if set_off and sentence.children(clause.i, "nsubj", "nsubjpass", "expl"):
            yield last + 2


def _second_that(sentence: Sentence, made: Attribution) -> Iterator[int]:
    """ "said that ..., and that ...": by the words alone, for the parser often loses the second clause."""
    inside = sentence.tokens_in(made.content)
    if not inside or sentence.token(inside[0]).text.lower() != "that":
        return
    for i in inside[2:]:
        if sentence.token(i).text == "that" and sentence.token(i).tag == "IN" and sentence.token(i - 1).pos == "CCONJ":
            yield i


def _added(sentence: Sentence, made: Attribution, fewest: int) -> Iterator[int]:
    """What the newsroom adds after a cue that closes its content: "..., they said, even as ..."."""
    if not made.content:
        return
    after = max(made.verb, *(sentence.tokens_in(made.content[-1:]) or [0]))
    beside = (*sentence.children(made.verb, "advcl"), *sentence.children(sentence.token(made.verb).head, "advcl"))
    inside = [a for c in sentence.children(made.verb, "ccomp") for a in sentence.children(c.i, "advcl")]
    granted = [a for a in inside if sentence.token(sentence.parse.left[a.i]).text.lower() in ("though", "although")]
    for clause in (*beside, *granted):
        first = sentence.parse.left[clause.i]
        if first <= (made.verb if clause in granted else after) or not sentence.children(
            clause.i, "nsubj", "nsubjpass", "expl"
        ):
            continue
        while first > made.verb + 1 and sentence.token(first - 1).text.lower() in ("even", "just", "and", "but"):
            first -= 1
        comma = sentence.token(first - 1).text == ","
        if comma and _words(sentence, first, sentence.parse.right[clause.i]) >= fewest:
            yield first


def _words(sentence: Sentence, first: int, last: int) -> int:
    return sum(sentence.token(i).text[0].isalnum() for i in range(first, last + 1))
