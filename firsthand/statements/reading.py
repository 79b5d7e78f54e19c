"""An article as parsed sentences with their quotations, and the grammar that the room asks of one sentence.

In: an :class:`Article`. Out: :class:`Reading`. All spans that leave here are characters of ``Article.text``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..language.parsing import Parse, Token, parse_sentences
from ..language.rows import rows
from ..language.sentences import split_sentences
from ..records import Article, Span
from .quotations import Quotation, find_quotations

CLAUSES = ("ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis", "acl", "xcomp", "pcomp", "csubj")
_HEADS = frozenset(CLAUSES)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article: its number, its paragraph's number, where it stands, its parse, and the quotations
    that touch it (indexes into ``Reading.quotations``). ``starts``: where its tokens start, in its own text;
    ``clauses``: what :meth:`clause_head` gives for each token."""

    index: int
    paragraph: int
    span: Span
    parse: Parse
    quotations: tuple[int, ...]
    starts: tuple[int, ...]
    clauses: tuple[int, ...]

    def token(self, i: int) -> Token:
        """The token at index ``i``."""
        return self.parse.tokens[i]

    def span_of(self, first: int, last: int) -> Span:
        """The characters of the tokens ``first`` to ``last``, both included."""
        tokens = self.parse.tokens
        return Span(self.span.start + tokens[first].start, self.span.start + tokens[last].end)

    def spans_of(self, indexes: Iterable[int]) -> tuple[Span, ...]:
        """The characters of some tokens, neighbours joined."""
        found: list[Span] = []
        before = -2
        for i in sorted(indexes):
            span = self.span_of(i, i)
            if i == before + 1 and found:
                found[-1] = Span(found[-1].start, span.end)
            else:
                found.append(span)
            before = i
        return tuple(found)

    def tokens_in(self, spans: Sequence[Span]) -> list[int]:
        """The indexes of the tokens that start within some of ``spans``."""
        base, starts = self.span.start, self.starts
        if len(spans) == 1:
            return list(range(bisect_left(starts, spans[0].start - base), bisect_left(starts, spans[0].end - base)))
        found: set[int] = set()
        for span in spans:
            found.update(range(bisect_left(starts, span.start - base), bisect_left(starts, span.end - base)))
        return sorted(found)

    def children(self, i: int, *deps: str) -> list[Token]:
        """The children of ``i`` with one of these labels (all where none is named)."""
        parse = self.parse
        below = parse.children[i]
        if not below:
            return []
        tokens = parse.tokens
        return [tokens[c] for c in below if tokens[c].dep in deps] if deps else [tokens[c] for c in below]

    def subtree(self, i: int) -> range:
        """The indexes of the subtree of ``i``."""
        return range(self.parse.left[i], self.parse.right[i] + 1)

    def clause_head(self, i: int) -> int:
        """The head of the clause that ``i`` stands in: the nearest ancestor, or itself, that heads a clause."""
        return self.clauses[i]

    def above(self, i: int) -> Iterator[int]:
        """The ancestors of ``i``, nearest first."""
        tokens = self.parse.tokens
        while tokens[i].head != i:
            i = tokens[i].head
            yield i


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole article, read: its sentences and quotations, both in text order. ``runs``: the quotations that go on with
    no other one before them."""

    article: Article
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    runs: tuple[int, ...]

    def quoted(self, sentence: Sentence) -> tuple[Span, ...]:
        """What of a sentence stands in quotation marks, marks included."""
        spans = (self.quotations[q].span for q in sentence.quotations)
        return tuple(Span(max(s.start, sentence.span.start), min(s.end, sentence.span.end)) for s in spans)

    def run_of(self, q: int) -> tuple[int, int]:
        """The first and the last of the quotations that run on into each other, of which ``q`` is one."""
        at = bisect_right(self.runs, q)
        return self.runs[at - 1], (self.runs[at] if at < len(self.runs) else len(self.quotations)) - 1


def _clause_heads(tokens: Sequence[Token]) -> tuple[int, ...]:
    """The clause head of each token. Each is looked at once or twice, however long the chains to their heads are."""
    found = [-1] * len(tokens)
    for token in tokens:
        way, i = [token.i], token.i
        while found[i] < 0 and tokens[i].dep not in _HEADS and tokens[i].head != i and len(way) <= len(tokens):
            i = tokens[i].head
            way.append(i)
        top = i if found[i] < 0 else found[i]
        for passed in way:
            found[passed] = top
    return tuple(found)


def read_article(article: Article) -> Reading:
    """Split, find quotations, parse. A paragraph list that does not fit its text is taken as far as it goes."""
    text = article.text
    quotations = find_quotations(text, _paragraphs(article))
    starts = [q.span.start for q in quotations]
    places = sentence_places(article)
    parses = parse_sentences([text[s.start : s.end] for _, s in places])
    sentences = tuple(
        _sentence(i, number, span, parse, _touching(quotations, starts, span))
        for i, ((number, span), parse) in enumerate(zip(places, parses, strict=True))
    )
    runs = tuple(q for q in range(len(quotations)) if not q or not quotations[q - 1].runs_on)
    return Reading(article, sentences, quotations, runs)


def _sentence(index: int, paragraph: int, span: Span, parse: Parse, quotations: tuple[int, ...]) -> Sentence:
    parse = _opened(parse)
    starts = tuple([t.start for t in parse.tokens])
    return Sentence(index, paragraph, span, parse, quotations, starts, _clause_heads(parse.tokens))


def _opened(parse: Parse) -> Parse:
    """The parse with a statesman's surname that opens the sentence as a name: where it is a word, too ("Trump on Monday
    called ..."), the tagger takes it for a verb, and the cue loses its subject."""
    first = parse.tokens[0] if parse.tokens else None
    if first is None or first.pos in ("PROPN", "NOUN") or first.dep in ("amod", "compound"):
        return parse
    if not first.text.istitle() or first.text.lower() not in _statesmen():
        return parse
    head = parse.tokens[first.head]
    lost = first.dep in ("aux", "advmod", "npadvmod", "dep", "intj") and head.pos == "VERB" and first.i < head.i
    lost = lost and not any(parse.tokens[c].dep in ("nsubj", "nsubjpass") for c in parse.children[head.i])
    name = Token(
        0, first.start, first.end, first.text, first.text, "PROPN", "NNP", "nsubj" if lost else first.dep, first.head,
        "PERSON", True,
    )  # fmt: skip
    return replace(parse, tokens=(name, *parse.tokens[1:]))


@cache
def _statesmen() -> frozenset[str]:
    return frozenset(rows("sources")["statesmen"])


def _paragraphs(article: Article) -> tuple[Span, ...]:
    return article.paragraphs or (Span(0, len(article.text)),)


def sentence_places(article: Article) -> tuple[tuple[int, Span], ...]:
    """Every sentence's paragraph, by number, and its characters, in text order."""
    text = article.text
    return tuple(
        (number, Span(s.start + paragraph.start, s.end + paragraph.start))
        for number, paragraph in enumerate(_paragraphs(article))
        for s in split_sentences(text[paragraph.start : paragraph.end])
    )


_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{1,20} ?){1,4}(?:,[^()\n]{1,40})?\s{0,3}"
    r"(?:\([A-Z][\w .&'’/-]{1,40}\)\s{0,3}[-–—]{1,3}\s{1,3}(?=\S)|[–—-]{1,3}\s{1,3}(?=[“\"‘]?[A-ZÀ-Þ]))"
)


def first_after_dateline(sentence: Sentence) -> int:
    """The first token after the place, day and agency that a report opens with ("VELDA, May 2 (Pell Press) - "), or
    0: they are no part of anybody's name."""
    found = _DATELINE.match(sentence.parse.text) if sentence.parse.text[:2].isupper() else None
    return 0 if found is None else next((t.i for t in sentence.parse.tokens if t.start >= found.end()), 0)


def _touching(quotations: Sequence[Quotation], starts: Sequence[int], span: Span) -> tuple[int, ...]:
    first = bisect_right(starts, span.start) - 1
    found = []
    for index in range(max(0, first), len(quotations)):
        if quotations[index].span.start >= span.end:
            break
        if quotations[index].span.end > span.start:
            found.append(index)
    return tuple(found)


def subject_of(sentence: Sentence, verb: int) -> int | None:
    """The token that heads the subject of a verb, also where it stands with the verb that this one leans on."""
    seen: set[int] = set()
    first_verb = verb
    lead = with_whom(sentence, sentence.token(verb)) if sentence.token(verb).tag == "VBG" else None
    if lead is not None:
        return sentence.children(lead, "pobj")[0].i
    while verb not in seen:
        seen.add(verb)
        subjects = sentence.children(verb, "nsubj", "csubj")
        if subjects:
            before = [s.i for s in subjects if s.i < verb]
            if before and sentence.token(verb).dep == "relcl" and sentence.token(before[-1]).text.lower() == "that":
                issued = issuing_verb(sentence, verb)  # "issued a statement that said"
                makers = sentence.children(issued, "nsubj") if issued is not None else []
                if makers:
                    return makers[0].i
            return _antecedent(sentence, verb, before[-1] if before else subjects[0].i)
        subjects = sentence.children(verb, "nsubjpass")
        beside = len(seen) > 1 and sentence.token(first_verb).tag == "VBG"
        if subjects and beside and not sentence.children(verb, "agent"):
            return _antecedent(sentence, verb, subjects[0].i)  # "was caught on tape saying"
        if subjects:
            agents = sentence.children(verb, "agent")
            objects = [o for a in agents for o in sentence.children(a.i, "pobj")]
            return objects[0].i if objects else None
        token = sentence.token(verb)
        if token.dep == "pcomp" and sentence.token(token.head).lemma == "as":
            return _quoted_person(sentence, token.head)
        if token.dep in ("relcl", "acl") and any(a.tag == "TO" for a in sentence.children(verb, "aux")):
            if sentence.token(token.head).dep != "attr":
                return None
            verb = sentence.token(token.head).head  # "was the first to report"
            continue
        if token.dep == "acl" and token.tag == "VBG":
            if token.i and sentence.token(sentence.parse.left[token.i] - 1).text == ",":
                verb = sentence.clause_head(token.head)  # "..., telling reporters": the clause's subject does so
                continue
            issued = issuing_verb(sentence, verb)
            makers = sentence.children(issued, "nsubj") if issued is not None else []
            return makers[0].i if makers else token.head
        if token.dep not in ("conj", "xcomp", "advcl", "acl", "pcomp", "prep", "dep") or token.head == verb:
            return None
        if token.dep == "acl":
            agents = [o for a in sentence.children(verb, "agent") for o in sentence.children(a.i, "pobj")]
            return agents[0].i if agents else None
        verb = token.head
    return None


def with_whom(sentence: Sentence, verb: Token) -> int | None:
    """The "with" of "with the mayor saying ...", where the parser hung the participle on the verb before."""
    if verb.tag != "VBG" or verb.dep != "advcl":
        return None
    first = sentence.parse.left[verb.i]
    if first < 3:
        return None
    for above in (first - 1, *sentence.above(first - 1)):
        token = sentence.token(above)
        if token.dep == "pobj" and sentence.parse.right[above] == first - 1:
            lead = sentence.token(token.head)
            return lead.i if lead.lemma == "with" and lead.head == verb.head else None
        if token.pos == "VERB" or sentence.parse.right[above] != first - 1:
            return None
    return None


def lost_subject(sentence: Sentence, verb: Token) -> int | None:
    """The noun that the parser took for the head of a sentence whose verb it hung on a noun in between ("Four sources
    who know the case confirmed that ..."); None where the sentence has a finite head."""
    i = next((a for a in sentence.above(verb.i) if sentence.token(a).dep == "ROOT"), verb.i)
    between = any(t.dep == "relcl" and t.head == i and t.i < verb.i for t in sentence.parse.tokens)
    return i if between and i < verb.i and sentence.token(i).pos in ("NOUN", "PROPN") else None


def issuing_verb(sentence: Sentence, verb: int) -> int | None:
    """The verb by which what tells something was put out ("sent the council a letter warning that ..."), from the
    participle that tells it; None where nobody put out a thing."""
    told = sentence.token(sentence.token(verb).head)
    addressed = told.dep == "pobj" and sentence.token(told.head).lemma in ("to", "through", "via")
    governor = sentence.clause_head(told.i)
    if sentence.token(governor).lemma not in _issuing() or (told.dep == "pobj" and not addressed):
        return None
    issued = sentence.children(governor, "dobj")
    written = any(o.lemma in rows("sources")["document"] or o.lemma in rows("sources")["mediums"] for o in issued)
    return governor if written and issued[0].i < verb else None


@cache
def _issuing() -> frozenset[str]:
    return frozenset(rows("cues")["issuing"])


def _quoted_person(sentence: Sentence, preposition: int) -> int | None:
    """Whom "quoted ... as saying" quotes: the object of that verb, or its subject in the passive."""
    governor = sentence.token(preposition).head
    quoted = sentence.children(governor, "nsubjpass") or sentence.children(governor, "dobj")
    if sentence.token(governor).pos != "VERB":
        return governor if sentence.token(governor).pos in ("NOUN", "PROPN") else None
    return quoted[0].i if quoted else None


def _antecedent(sentence: Sentence, verb: int, subject: int) -> int:
    """For "who said", the people; for anything else the subject itself."""
    if sentence.token(subject).tag in ("WP", "WDT", "WP$") and sentence.token(verb).dep == "relcl":
        return sentence.token(verb).head
    return subject
