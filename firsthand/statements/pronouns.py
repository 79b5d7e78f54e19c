"""Whom "he" and "she" mean: the person named, or given speech, last before, where only one can be meant.

In: the article's :class:`Cast`, a sentence and the pronoun's token. Out: a name, or None where that is open: never a
wrong name. Names within a quotation are the speaker's words and nobody's antecedent outside it. Known to fail: two
people of one gender in the sentence before; a person named three sentences back and only described since.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from ..records import Span
from .cast import Cast, Naming
from .kinds import has_age, words
from .reading import Reading, Sentence

_LOOK_BACK = 2
"""Sentences: a pronoun's name further away is too often somebody else's. A sentence that is all quotation, or that goes
on about the same pronoun alone, does not count."""
_FARTHEST = 12
_GENDERS = {"he": "he", "she": "she", "him": "he", "her": "she"}


def person_by_pronoun(
    cast: Cast, reading: Reading, sentence: Sentence, at: int, speakers: Mapping[int, str]
) -> str | None:
    """Whom "he", "she" means at token ``at``: a person named before in the sentence, or whose clause the pronoun
    opens ("Since he left, Reed ..."), else the speaker or the only person of one of the sentences just before.
    ``speakers`` maps a sentence's number to whom it was given to, "" where he has no name."""
    wanted = _GENDERS.get(sentence.token(at).lemma)
    if wanted is None:
        return None
    at = _first_of(reading, sentence, at, cast)
    named = [n for n in _outside(cast, reading, sentence) if not _asks(sentence, n, at)]
    found = _one_of(cast, reading, [n for n in named if n.last < at], wanted)
    if found or any(n.last < at for n in named):
        return found
    found = _opens_for(cast, sentence, at, named, wanted) or _before(cast, reading, sentence, wanted, speakers)
    return found or _who_goes_on(cast, reading, sentence, wanted, speakers)


def _who_goes_on(
    cast: Cast, reading: Reading, sentence: Sentence, wanted: str, speakers: Mapping[int, str]
) -> str | None:
    """Who spoke last, further back than else, where everything since is his words or names nobody who fits ("1) He
    called the levy unfair ... 2) He said ...")."""
    here = range(max(0, sentence.index - _FARTHEST), sentence.index + 1)
    last = max((i for i in here if i in speakers), default=None)
    name = speakers[last] if last is not None else None
    if last is None or not name or not _fits(cast, name, wanted):
        return None
    for index in range(last, sentence.index):
        for naming in _outside(cast, reading, reading.sentences[index]):
            person = cast.people[naming.person]
            if person.name != name and person.gender in (None, wanted):
                return None
    return name


_AGE = re.compile(r"(\d{1,3})-year-old")
_AGES = 200
"""Namings that are looked through for an age: more than any real article has."""


def person_by_age(
    cast: Cast, reading: Reading, sentence: Sentence, speakers: Mapping[int, str], phrase: Span
) -> str | None:
    """Whom "the 36-year-old" means: the one person of whom that age is printed, else the speaker, or whom one of the
    sentences just before is about; None where two ages or people could be meant."""
    told = _AGE.search(phrase.of(reading.article.text))
    ages: dict[str, str] = {}
    for naming in cast.namings[:_AGES]:
        if has_age(reading.sentences[naming.sentence], naming.last):
            after = reading.sentences[naming.sentence].token(naming.last + 2).text
            ages.setdefault(cast.people[naming.person].name, after)
    if told is None:
        return None
    fits = [name for name, age in ages.items() if age == told.group(1)]
    if fits:
        return fits[0] if len(fits) == 1 else None
    for index in range(sentence.index - 1, max(-1, sentence.index - 4), -1):
        before = reading.sentences[index]
        if sentence.paragraph - before.paragraph > 2:
            return None
        if speakers.get(index) is not None:
            return speakers[index] or None
        main = {cast.people[n.person].name for n in cast.in_sentence(index) if is_main(before, n.last)}
        if main:
            found = main.pop()
            return found if not main and found not in ages else None
    return None


def _first_of(reading: Reading, sentence: Sentence, at: int, cast: Cast) -> int:
    """The first "he" of a sentence that opens with one ("Asked whether he had met Brook, he said"): both are one."""
    outside = set(range(at)) - set(sentence.tokens_in(reading.quoted(sentence)))
    same = [i for i in sorted(outside) if sentence.token(i).lemma == sentence.token(at).lemma]
    earlier = [i for i in same if sentence.token(i).dep in ("nsubj", "nsubjpass")]
    if not earlier or any(n.first < earlier[0] for n in cast.in_sentence(sentence.index)):
        return at
    return earlier[0]


_QUESTIONS = ("question", "questioning", "examination", "interview", "interrogation", "grilling", "cross-examination")
_ASKING = ("ask", "press", "question", "quiz", "challenge", "interrupt")


def _asks(sentence: Sentence, naming: Naming, at: int) -> bool:
    """Whether somebody asks whom the pronoun means: "When Emil Brook asked about the dam, he replied ..."."""
    token = sentence.token(naming.last)
    verb = sentence.token(token.head)
    if token.dep == "pobj" and verb.dep == "agent" and sentence.token(verb.head).lemma in _ASKING:
        return True  # "Asked by Brook whether ..., he said"
    if token.dep == "pobj" and verb.lemma in ("by", "from") and sentence.token(verb.head).lemma in _QUESTIONS:
        return True  # "Under questioning by Brook, he said"
    asks = token.dep == "nsubj" and verb.lemma in _ASKING and verb.dep == "advcl"
    return asks and verb.head == sentence.token(at).head


def _before(cast: Cast, reading: Reading, sentence: Sentence, wanted: str, speakers: Mapping[int, str]) -> str | None:
    left, paragraph = _LOOK_BACK, sentence.paragraph
    only: str | None = None
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _FARTHEST), -1):
        before = reading.sentences[index]
        if paragraph - before.paragraph > 1 or sentence.paragraph - before.paragraph > 2 or not left:
            return only
        speaker = speakers.get(index)
        if speaker == "" and not _is_named_woman(cast, reading, before, wanted):
            return only  # somebody without a name spoke: "he" may go on about him
        if speaker and _fits(cast, speaker, wanted):
            return speaker
        paragraph = before.paragraph
        if _all_quoted(reading, before):
            continue
        if _goes_on_about(before, wanted):
            continue
        named = [n for n in _outside(cast, reading, before) if not _asks(before, n, n.last)]
        holder = _post_holder(cast, before, wanted) if not named else None
        if holder is not None:
            return holder
        found = _one_of(cast, reading, named, wanted)
        if found and only is None and all(_only_owns(before, n) for n in named):
            only = found
        elif found or any(cast.people[n.person].gender in (None, wanted) for n in named):
            return only or found
        left -= 1
    return only


def _post_holder(cast: Cast, sentence: Sentence, wanted: str) -> str | None:
    """Whom "the president" means, where that is what a sentence is about."""
    for token in sentence.parse.tokens:
        if token.dep != "nsubj" or token.pos != "NOUN" or not is_main(sentence, token.i):
            continue
        bare = [c.text.lower() for c in sentence.children(token.i)] == ["the"]
        held = bare and token.lemma in words("titles")
        holder = cast.by_post(token.lemma, frozenset(), sentence.index) if held else None
        if holder is not None and holder.gender in (None, wanted):
            return holder.name
    return None


def _is_named_woman(cast: Cast, reading: Reading, before: Sentence, wanted: str) -> bool:
    """Whether "she" has a woman named in a sentence to mean: most whose word does not tell are men."""
    return wanted == "she" and any(cast.people[n.person].gender == "she" for n in _outside(cast, reading, before))


def _only_owns(sentence: Sentence, naming: Naming) -> bool:
    """Whether somebody is named only as whose a thing is that the sentence is not about ("after Brook’s raid")."""
    return sentence.token(naming.last).dep == "poss" and not is_main(sentence, naming.last)


def _outside(cast: Cast, reading: Reading, sentence: Sentence) -> list[Naming]:
    """The namings of a sentence that stand in no quotation."""
    quoted = reading.quoted(sentence)
    starts = {n: sentence.span.start + sentence.token(n.first).start for n in cast.in_sentence(sentence.index)}
    return [n for n, start in starts.items() if not any(q.start <= start < q.end for q in quoted)]


def _all_quoted(reading: Reading, sentence: Sentence) -> bool:
    quoted = reading.quoted(sentence)
    if not quoted:
        return False
    inside = set(sentence.tokens_in(quoted))
    words = [t.i for t in sentence.parse.tokens if t.text[0].isalnum()]
    return sum(i in inside for i in words) * 10 >= len(words) * 9


def _goes_on_about(sentence: Sentence, wanted: str) -> bool:
    """Whether the same pronoun is what the sentence is about: its subject."""
    return any(t.lemma == wanted and t.dep != "poss" and is_main(sentence, t.i) for t in sentence.parse.tokens)


def is_main(sentence: Sentence, i: int) -> bool:
    """Whether a token is the subject of the sentence, or of a clause joined to it, or whose the subject is, if that is
    a thing ("Brook’s plan") and not somebody else ("Brook’s lawyers")."""
    token = sentence.token(i)
    while token.dep == "conj" and sentence.token(token.head).pos in ("PROPN", "NOUN"):
        token = sentence.token(token.head)
    if token.dep == "poss":
        token = sentence.token(token.head)
        if any(token.lemma in words(name) for name in ("person", "unnamed", "occupation", "always_unnamed")):
            return False
    verb = sentence.token(token.head)
    while verb.dep == "conj" and verb.head != verb.i:
        verb = sentence.token(verb.head)
    return token.dep in ("nsubj", "nsubjpass") and verb.dep == "ROOT"


def _opens_for(cast: Cast, sentence: Sentence, at: int, named: list[Naming], wanted: str) -> str | None:
    """The subject of the clause that the pronoun's own clause opens: "Since he left, Reed has ..."."""
    clauses = [sentence.clause_head(at), *sentence.above(sentence.clause_head(at))]
    for clause, above in pairwise(clauses):
        if sentence.token(clause).dep != "advcl" or clause > above:
            continue
        for subject in sentence.children(above, "nsubj", "nsubjpass"):
            for naming in named:
                if subject.i > clause and naming.first <= subject.i <= naming.last:
                    person = cast.people[naming.person]
                    return person.name if person.gender in (None, wanted) else None
    return None


def _fits(cast: Cast, name: str, wanted: str) -> bool:
    return all(p.gender in (None, wanted) for p in cast.people if p.name == name)


def _one_of(cast: Cast, reading: Reading, namings: list[Naming], wanted: str) -> str | None:
    """The one person who fits, or the one whom the sentence is about; None where that is open."""
    fits = [n for n in namings if cast.people[n.person].gender in (None, wanted)]
    names = {cast.people[n.person].name for n in fits}
    if len(names) == 1:
        return names.pop()
    main = {cast.people[n.person].name for n in fits if is_main(reading.sentences[n.sentence], n.last)}
    if main:
        return main.pop() if len(main) == 1 else None
    sure = {cast.people[n.person].name for n in fits if cast.people[n.person].gender == wanted}
    if len(sure) == 1 and wanted == "she":  # of those whose name does not tell, most are men
        return sure.pop()
    subjects = {
        cast.people[n.person].name
        for n in fits
        if reading.sentences[n.sentence].token(n.last).dep in ("nsubj", "nsubjpass")
    }
    return subjects.pop() if len(subjects) == 1 else None
