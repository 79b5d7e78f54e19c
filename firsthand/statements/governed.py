"""What a cue governs: the words of the content, read off the tree, and where that fails off the commas.

In: a sentence, the cue's token and the head of its source. Out: token indexes. One function for each way in which
content stands with its cue: a clause, a quotation, an infinitive, an object, "as ...", a small clause, "about ...".
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from ..language.parsing import Token
from ..language.rows import rows
from ..records import Span
from .reading import Reading, Sentence, first_after_dateline

_CONTENT_DEPS = ("dobj", "oprd", "ccomp", "xcomp", "prep", "acomp", "attr", "dative", "pcomp")
SELF = frozenset(("i", "we", "you", "me", "us"))
_AUXILIARIES = ("aux", "auxpass", "neg", "prt")


@cache
def cue_words(name: str) -> frozenset[str]:
    """A list of ``cues.toml`` as a set."""
    return frozenset(rows("cues")[name])


@cache
def cue_table(name: str) -> dict[str, tuple[dict[str, Any], ...]]:
    """The rows of ``cues.toml`` of one part of speech, by lemma."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows("cues")[name]:
        for word in row["words"]:
            found.setdefault(word, []).append(row)
    return {word: tuple(many) for word, many in found.items()}


def means_else(sentence: Sentence, token: Token) -> bool:
    """Whether a particle makes another word of a cue ("showed up", "was sworn in")."""
    if token.lemma == "question" and sentence.children(token.i, "dobj"):
        return True  # "questioned the mayor about how ..."
    particles = rows("cues")["particles"].get(token.lemma)
    return bool(particles) and any(c.text.lower() in particles for c in sentence.children(token.i, "prt"))


def clause_content(sentence: Sentence, token: Token, head: int | None, passive: bool) -> set[int]:
    clauses = sentence.children(token.i, "ccomp")
    right = [c for c in clauses if c.i > token.i]
    if not right and token.lemma in ("say", "add", "tell", "write", "note"):
        right = [c for c in sentence.children(token.i, "xcomp", "advcl") if _is_lost_content(sentence, token, c)]
        right = right if not [c for c in clauses if c.i < token.i] and not _after_comma(sentence, token, head) else []
    if right and token.dep == "advcl" and _after_comma(sentence, token, head):
        right = [c for c in right if sentence.token(sentence.parse.left[c.i] - 1).text != ","]
    if right:
        content = {i for c in right for i in sentence.subtree(c.i) if i > token.i}
        return content | _trailing(sentence, token, max(content, default=token.i))
    if head is not None and sentence.token(head).tag in ("DT", "WDT") and token.lemma not in cue_words("plain_speech"):
        return set()  # "“...,” she said, and that proved to be the case"
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
    if token.lemma in ("confirm", "report", "reveal", "disclose", "acknowledge") and _is_finite(sentence, token):
        return object_content(sentence, token, passive) if head is not None else set()
    return set()


def _is_lost_content(sentence: Sentence, token: Token, clause: Token) -> bool:
    """Whether the parser took a cue's content for an adverbial clause: one that no "before", "when" or "if" opens."""
    if clause.i < token.i or not _has_subject(sentence, clause):
        return False
    opening = sentence.children(clause.i, "mark", "advmod")
    return not any(m.i < clause.i and m.text.lower() in cue_words("joining") for m in opening)


def _trailing(sentence: Sentence, token: Token, last: int) -> set[int]:
    """What follows the content without a comma is part of it, though the parser hung it on the cue; but when and
    through what it was said is not."""
    found: set[int] = set()
    mediums = rows("sources")["mediums"]
    for child in sentence.children(token.i, "prep", "advcl", "xcomp"):
        subtree = sentence.subtree(child.i)
        if subtree[0] != last + 1 or sentence.token(last).text == ",":
            continue
        if any(sentence.token(i).lemma in mediums or sentence.token(i).ent in ("DATE", "TIME") for i in subtree):
            continue
        found |= set(subtree)
        last = subtree[-1]
    return found


def _is_finite(sentence: Sentence, token: Token) -> bool:
    """Whether a verb can head an attributing clause of its own: not "to say", and not inside another's clause."""
    finite = token.tag in ("VBD", "VBZ", "VBP") or bool(sentence.children(token.i, "aux"))
    return finite and token.dep in ("ROOT", "conj", "parataxis", "ccomp", "dep") and not _marked(sentence, token)


def _marked(sentence: Sentence, token: Token) -> bool:
    return bool(sentence.children(token.i, "mark")) or any(a.tag == "TO" for a in sentence.children(token.i, "aux"))


def _has_subject(sentence: Sentence, token: Token) -> bool:
    return bool(sentence.children(token.i, "nsubj", "nsubjpass", "expl"))


def start_of_clause(sentence: Sentence, token: Token, head: int | None) -> int:
    """The first token of the attributing clause: its subject or its verb with what leans on it."""
    first = min(cue_tokens(sentence, token))
    if head is not None and head < token.i:
        first = min(first, start_of_phrase(sentence, head))
    return first


def start_of_phrase(sentence: Sentence, head: int) -> int:
    """Where a source phrase starts. The parser tends to lose the first of two joined sources ("both a current and a
    former official"), so the words up to a comma are taken in where they are such a list."""
    first = _within_commas(sentence, head)
    while first < head and not sentence.token(first).text[0].isalnum():
        first += 1
    i, joined = first - 1, False
    while i > 0 and first - i <= 8 and sentence.token(i).pos in ("DET", "ADJ", "NOUN", "PROPN", "CCONJ", "NUM"):
        joined = joined or sentence.token(i).pos == "CCONJ"
        i -= 1
    return (
        i + 1
        if joined and i > 0 and sentence.token(i).text == "," and sentence.token(first - 1).pos == "CCONJ"
        else first
    )


def _within_commas(sentence: Sentence, head: int) -> int:
    """Where a name's words start: a compound does not reach over a comma ("..., carrying the mayor, Tarn House")."""
    first = sentence.parse.left[head]
    if sentence.token(head).pos != "PROPN":
        return first
    for child in sentence.children(head, "nmod", "compound"):
        last = sentence.parse.right[child.i]
        if child.i < head and sentence.token(last).text == ",":
            first = max(first, last + 1)
    return first


def _after_comma(sentence: Sentence, token: Token, head: int | None) -> bool:
    """Whether the attributing clause comes after what it may govern: "..., the council said"."""
    before = start_of_clause(sentence, token, head) - 1
    while (
        before > 0
        and sentence.token(before).dep in ("advmod", "mark")
        and sentence.token(before).text.lower() != "that"
    ):
        before -= 1
    return before > 1 and sentence.token(before).text in (",", "”", '"', "''", "?", "!", "—", "–", "--", "’")


def _left_of(sentence: Sentence, token: Token, head: int | None) -> set[int]:
    """All of the sentence before the attributing clause, and what a comma or mark takes up again after it."""
    stop = start_of_clause(sentence, token, head)
    content = set(range(stop))
    for child in sentence.children(token.i, "ccomp"):
        content |= {i for i in sentence.subtree(child.i) if i < stop}
    return content


def _around(sentence: Sentence, token: Token, head: int | None) -> set[int]:
    """The clause that an attribution is set into: "The harbour, Brook said, was closed"; "as Brook said"."""
    if token.dep not in ("parataxis", "advcl", "ccomp", "dep") or token.head == token.i or head is None:
        return set()
    governor_at = token.head
    marks = [m.text.lower() for m in sentence.children(token.i, "mark", "advmod") if m.i < token.i]
    if token.dep == "advcl":
        set_off = not marks and _after_comma(sentence, token, head)
        if token.lemma not in cue_words("plain_speech") or not (set_off or _says_as(sentence, token, marks)):
            return set()
    if token.dep == "ccomp":
        governor = sentence.token(token.head).lemma
        if token.head < token.i or "that" in marks or governor in cue_table("verb"):
            return set()
    inside = set(sentence.subtree(token.i))
    if token.dep == "parataxis":
        while sentence.token(governor_at).dep == "ccomp" and not any(
            i < token.i and i not in inside for i in sentence.subtree(governor_at)
        ):
            governor_at = sentence.token(governor_at).head  # "This shows, she argues, that ...": all of it
    if head < token.i:
        inside |= set(range(start_of_phrase(sentence, head), token.i))
    for clause in sentence.children(governor_at, "advcl"):  # "..., they said, even as ...": what the newsroom adds
        opening = sentence.token(sentence.parse.left[clause.i]).text.lower()
        if clause.i > token.i and opening in ("even", "though", "although", "while", "but"):
            inside |= set(sentence.subtree(clause.i))
    return {i for i in sentence.subtree(governor_at) if i not in inside}


def _says_as(sentence: Sentence, token: Token, marks: list[str]) -> bool:
    """ "as Brook said": not "just as she said it", which is a time."""
    first = sentence.parse.left[token.i]
    before = sentence.token(first - 1).text.lower() if first else ""
    objects = [o for o in sentence.children(token.i, "dobj") if o.lemma != "it"]  # "As Brook explained it to me, ..."
    return "as" in marks and before not in ("even", "just") and not objects


def quote_content(reading: Reading, sentence: Sentence, token: Token, head: int | None) -> set[int]:
    """The quotation next to the cue: after it (": “...”", "saying “...”"), or before it ("“...,” Brook wrote")."""
    regions = [sentence.tokens_in((span,)) for span in reading.quoted(sentence)]
    regions = [r for r in regions if r and token.i not in r and (head is None or head not in r)]
    if not regions:
        return set()
    within = sentence.subtree(token.i)
    right = [r for r in regions if r[0] > token.i and (r[0] in within or sentence.token(r[0] - 1).text in (",", ":"))]
    first = start_of_clause(sentence, token, head)
    left = [r for r in regions if r[-1] < first and r[-1] >= first - 2]
    chosen = left or right[:1]
    return {i for r in chosen for i in r}


def _right_rest(sentence: Sentence, token: Token, *deps: str) -> set[int]:
    return {i for c in sentence.children(token.i, *deps) if c.i > token.i for i in sentence.subtree(c.i)}


def infinitive_content(sentence: Sentence, token: Token) -> set[int]:
    infinitives = [
        c for c in sentence.children(token.i, "xcomp", "ccomp") if c.i > token.i and sentence.children(c.i, "aux")
        and any(a.tag == "TO" for a in sentence.children(c.i, "aux"))
    ]  # fmt: skip
    content = {i for c in infinitives for i in sentence.subtree(c.i)}
    return content | _right_rest(sentence, token, "dobj") if content else set()


def gerund_content(sentence: Sentence, token: Token) -> set[int]:
    """ "denied having sold the harbour", "recalled meeting her"."""
    clauses = [c for c in sentence.children(token.i, "xcomp", "ccomp", "pcomp", "dobj") if c.i > token.i]
    first = next((c for c in clauses if _is_gerund(sentence, c)), None)
    return set(sentence.subtree(first.i)) if first is not None else set()


def _is_gerund(sentence: Sentence, clause: Token) -> bool:
    if sentence.children(clause.i, "nsubj", "nsubjpass", "det", "poss", "amod"):
        return False
    having = any(a.tag == "VBG" for a in sentence.children(clause.i, "aux", "auxpass"))
    return having or (clause.tag == "VBG" and clause.dep != "dobj") or (
        clause.tag == "VBG" and bool(sentence.children(clause.i, "dobj", "prep"))
    )  # fmt: skip


def content_with_as(sentence: Sentence, token: Token) -> set[int]:
    agents = [o.i for a in sentence.children(token.i, "agent") for o in sentence.children(a.i, "pobj")]
    after = [c for i in (token.i, *agents) for c in sentence.children(i, "prep", "mark", "advcl") if c.i > token.i]
    if not any(c.lemma == "as" for c in after):
        return set()
    content = _right_rest(sentence, token, "dobj", "prep", "advcl", "xcomp")
    content |= {i for c in after if c.lemma == "as" for i in sentence.subtree(c.i)}
    return content | {i for s in sentence.children(token.i, "nsubjpass") for i in sentence.subtree(s.i)}


def small_clause(sentence: Sentence, token: Token) -> set[int]:
    if not any(c.i > token.i for c in sentence.children(token.i, "oprd", "ccomp", "xcomp")) and not (
        len([c for c in sentence.children(token.i, "dobj", "dative", "attr", "npadvmod") if c.i > token.i]) > 1
    ):
        return set()
    content = _right_rest(sentence, token, "oprd", "ccomp", "xcomp", "dobj", "dative", "attr", "npadvmod")
    return content | {i for s in sentence.children(token.i, "nsubjpass") for i in sentence.subtree(s.i)}


def object_content(sentence: Sentence, token: Token, passive: bool) -> set[int]:
    if passive:
        content = {i for s in sentence.children(token.i, "nsubjpass") for i in sentence.subtree(s.i)}
        return content | _right_rest(sentence, token, "prep")
    objects = [c for c in sentence.children(token.i, "dobj") if c.i > token.i]
    if not objects or objects[0].lemma not in _telling_objects().get(token.lemma, (objects[0].lemma,)):
        return set()
    more = [c for c in sentence.children(token.i, "conj") if c.pos in ("NOUN", "PROPN")]  # "... and a clause"
    joined = {i for c in more for i in sentence.subtree(c.i) if i > token.i}
    return _right_rest(sentence, token, *_CONTENT_DEPS) | joined


@cache
def _telling_objects() -> dict[str, list[str]]:
    """Cues whose object is told in words only where it is one of a few."""
    return rows("cues")["objects"]  # type: ignore[no-any-return]


def content_about(sentence: Sentence, token: Token) -> set[int]:
    preps = [
        c for c in sentence.children(token.i, "prep")
        if c.i > token.i and c.lemma in ("about", "of", "for", "to", "on", "against", "with", "at")
    ]  # fmt: skip
    return {i for c in preps[:1] for i in sentence.subtree(c.i) if i != c.i}


def source_tokens(sentence: Sentence, head: int | None, content: Iterable[int], verb: int) -> tuple[int, ...]:
    """The words of the source: its head's phrase, without the content, the cue and commas at its ends."""
    if head is None:
        return ()
    taken = set(content)
    low, high = sentence.parse.left[head], sentence.parse.right[head]
    low, high = (start_of_phrase(sentence, head), min(high, verb - 1)) if head < verb else (max(low, verb + 1), high)
    opening = first_after_dateline(sentence)
    low = max(low, opening) if head >= opening else low
    kept = [i for i in range(low, high + 1) if i == head or i not in taken]
    for clause in sentence.children(head, "relcl", "acl"):
        day = any(t.ent in ("DATE", "TIME") for t in sentence.children(verb, "nsubj"))
        if verb in sentence.subtree(clause.i) and not day:
            kept = [i for i in kept if i not in sentence.subtree(clause.i)]
    kept = _one_piece(kept, head)
    if sentence.token(head).dep == "pobj" and head < verb and sentence.token(0).tag == "VBG" and low > 0:
        kept = [i for i in kept if i == head or sentence.token(i).ent == "PERSON"]  # "Speaking to the Gazette Brook"
    while kept and kept[0] != head and sentence.token(kept[0]).ent == "DATE" and _is_stray_day(sentence, kept[0], head):
        kept.pop(0)
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


def _is_stray_day(sentence: Sentence, i: int, head: int) -> bool:
    """Whether the parser drew a day into a name ("On Sunday Brook implied")."""
    token = sentence.token(i)
    return token.dep in ("compound", "nmod") and token.pos == "PROPN" and sentence.token(head).ent != "DATE"


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


def tidy_spans(sentence: Sentence, content: set[int]) -> tuple[Span, ...]:
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


def cue_tokens(sentence: Sentence, token: Token) -> tuple[int, ...]:
    beside = [c.i for c in sentence.children(token.i, *_AUXILIARIES)]
    beside += [c.i for c in sentence.children(token.i, "advmod") if abs(c.i - token.i) <= 1 and c.tag != "WRB"]
    beside += [c.i for c in sentence.children(token.i, "agent") if 0 < c.i - token.i <= 2]  # "was first reported by"
    return tuple(sorted({token.i, *beside}))
