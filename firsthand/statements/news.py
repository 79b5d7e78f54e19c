"""Whose news the lead is, where the article says it only later: "The talks were first reported by the Velda Gazette."

In: a :class:`Draft` and its statements. Out: the same statements, the lead's with a link to the report that it is said
to rest on. Only the lead's own-voice statements are touched, only on explicit words (``[[news]]`` of ``cues.toml``)
about this very news, and not where the article has unnamed sources of its own. A lead that rests on "a report" without
a name gets the name in the same way. Known to fail: news that is credited by a pronoun alone; two newsrooms credited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..language.rows import rows
from ..records import Cue, Link, Span, Statement
from .chains import basis_links
from .cited import Mention, newsroom_mention
from .draft import Draft
from .governed import cue_words
from .memory import is_own
from .reading import Sentence

_FIRST_SENTENCES = 8
_NEAR = 5  # paragraphs after the lead in which "X reports the ..." still means the lead's news
_NEXT = 2  # paragraphs after the lead in which "the sale", first reported by X, still means the lead's news
_GAP = r"[^.;“”\"]{0,30}?"
_FEWEST_WORDS = 8


@dataclass(frozen=True, slots=True)
class NewsCredit:
    """A sentence that says whose report the lead's news is: its links and how explicit it is (``first``)."""

    sentence: int
    links: tuple[Link, ...]
    first: bool


def credit_lead(draft: Draft, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, the lead's with the report that the article credits its news to."""
    lead = _lead(draft)
    if lead is None or _has_own_sources(draft, statements, lead):
        return tuple(statements)
    credit = next(_credits(draft, lead), None)
    only = _only_newsroom(draft) if credit is None else None
    if credit is None and only is None:
        return tuple(statements)
    return tuple(_credited(s, lead, credit, only) for s in statements)


def _credited(statement: Statement, lead: Sentence, credit: NewsCredit | None, only: str | None) -> Statement:
    if statement.span.start < lead.span.start or statement.span.end > lead.span.end:
        return statement
    given = statement.chain[1:]
    if not given and statement.kind == "own_voice" and credit is not None:
        links = tuple(replace(link, content=statement.span) for link in credit.links)
        return replace(statement, kind="indirect", chain=(statement.chain[0], *links))
    vague = len(given) == 1 and given[0].role == "report" and given[0].name is None
    if not vague or given[0].description is None:
        return statement
    name = credit.links[0].name if credit is not None else only
    plural = given[0].description.lower().split()[0] not in ("a", "the", "one")
    if credit is None and plural:
        return statement
    return replace(statement, chain=(statement.chain[0], replace(given[0], kind="body", name=name)))


def _lead(draft: Draft) -> Sentence | None:
    """The first sentence that tells the news: long enough, and about what the headline names where one shares words."""
    headline = _content_words(draft.reading.article.headline or "")
    long = [s for s in draft.reading.sentences[:_FIRST_SENTENCES] if _is_told(s)]
    return next((s for s in long if len(_sentence_lemmas(s) & headline) >= 2), long[0] if long else None)


def _is_told(sentence: Sentence) -> bool:
    tokens = sentence.parse.tokens
    words = sum(t.text[0].isalnum() for t in tokens)
    finite = any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in tokens)
    return words >= _FEWEST_WORDS and finite and tokens[-1].text[-1:] in '.!?”"’'


def _has_own_sources(draft: Draft, statements: Sequence[Statement], lead: Sentence) -> bool:
    """Whether the top of the article rests on unnamed sources that no other newsroom stands before."""
    sentences = draft.reading.sentences
    last = max((s.span.end for s in sentences if s.paragraph <= lead.paragraph + 3), default=lead.span.end)
    for statement in statements:
        if statement.span.start >= last:
            break
        links = statement.chain[1:]
        if links and links[-1].kind == "unnamed" and not any(link.role == "report" for link in links):
            return True
    return False


def _only_newsroom(draft: Draft) -> str | None:
    """The one newsroom whose reports an article cites, where it cites only one."""
    cited = {
        link.name for many in draft.traced for t in many for link in t.links if link.role == "report" and link.name
    }
    return min(cited) if len(cited) == 1 else None


def _credits(draft: Draft, lead: Sentence) -> Iterator[NewsCredit]:
    """Sentences that credit the lead's news to a newsroom: "first reported by" anywhere, else one near the lead."""
    later: list[NewsCredit] = []
    known = _sentence_lemmas(lead) | _content_words(draft.reading.article.headline or "")
    for sentence in draft.reading.sentences:
        if sentence.index == lead.index:
            continue
        for found, first in _cues(sentence):
            near = 0 <= sentence.paragraph - lead.paragraph <= _NEXT and sentence.index > lead.index
            credit = _read(draft, sentence, found, first, known, near)
            if credit is None:
                continue
            if first:
                yield credit
            elif 0 < sentence.paragraph - lead.paragraph <= _NEAR or sentence.index == lead.index + 1:
                later.append(credit)
    yield from later


def _cues(sentence: Sentence) -> Iterator[tuple[re.Match[str], bool]]:
    for row, pattern in _patterns():
        found = pattern.search(sentence.parse.text)
        if found is not None:
            yield found, row == "first"


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["is"], re.compile("(?:" + "|".join(p.replace("{gap}", _GAP) for p in row["patterns"]) + r")\b", re.I))
        for row in rows("cues")["news"]
    )


def _read(
    draft: Draft, sentence: Sentence, found: re.Match[str], first: bool, known: frozenset[str], near: bool
) -> NewsCredit | None:
    tokens = sentence.parse.tokens
    inside = [t.i for t in tokens if t.end > found.start() and t.start < found.end()]
    if not inside:
        return None
    mention = _beside(draft, sentence, inside)
    if mention is None or is_own(mention.name, draft.memory):
        return None
    if not _is_this_news(sentence, inside, mention, known, first, near):
        return None
    span = sentence.span_of(inside[0], inside[-1])
    cue = Cue(found.group(), Span(sentence.span.start + found.start(), sentence.span.start + found.end()))
    printed = sentence.parse.text[tokens[mention.first].start : tokens[mention.last].end]
    link = Link("report", "body", mention.name, printed, cue=cue, span=mention.span(sentence), content=span)
    stands_on = basis_links(draft.reading, draft.cast, draft.memory, sentence, inside[0])
    return NewsCredit(sentence.index, (link, *stands_on), first)


def _beside(draft: Draft, sentence: Sentence, inside: list[int]) -> Mention | None:
    """The newsroom of a credit: within its words or right after them ("reported by the Gazette"), or before them, with
    nothing but an aside between ("The Gazette, citing two officials, first reported")."""
    last = len(sentence.parse.tokens) - 1
    after = newsroom_mention(sentence, inside[0], min(last, inside[-1] + 6), draft.memory.rooms, guess=True)
    closing = sentence.token(inside[-1]).text.lower() in ("by", "from", "to")
    if after is not None and (after.first <= inside[-1] or closing):
        return after
    verbs = [i for i in inside if sentence.token(i).pos in ("VERB", "AUX")]
    subjects = [s for v in verbs for s in sentence.children(v, "nsubj")]
    for subject in subjects:
        low, high = sentence.parse.left[subject.i], min(sentence.parse.right[subject.i], inside[0] - 1)
        mention = newsroom_mention(sentence, low, high, draft.memory.rooms, guess=True)
        if mention is not None and mention.first <= subject.i <= mention.last:
            return mention
    return None


def _is_this_news(
    sentence: Sentence, inside: list[int], mention: Mention, known: frozenset[str], first: bool, near: bool
) -> bool:
    """Whether what was reported is the lead's news: called so ("the news", "this"), or named by a word of the lead that
    stands under "the", or told again in the lead's own words."""
    general = frozenset(rows("cues")["news_words"])
    around = set(inside) | set(range(mention.first, mention.last + 1))
    others = [t for t in sentence.parse.tokens if t.i not in around]
    verbs = [i for i in inside if sentence.token(i).pos in ("VERB", "AUX")]
    things = [c for v in verbs for c in sentence.children(v, "nsubjpass", "dobj", "nsubj") if c.i not in around]
    clauses = [c for v in verbs for c in sentence.children(v, "ccomp")]
    if _words_of(sentence, inside).startswith("as "):  # "As the Gazette reports, this means ..."
        clauses += [t for t in sentence.parse.tokens if t.dep == "ROOT"]
    things += [s for c in clauses for s in sentence.children(c.i, "nsubj", "nsubjpass")]
    inner = [t for t in sentence.parse.tokens if t.i in inside]
    if any(t.lemma in general for t in inner) or any(t.lemma in general for t in things):
        return True
    if any(t.lemma in known and sentence.children(t.i, "det", "poss") for t in things):
        return True
    bare = [t for t in things if t.pos == "NOUN" and t.dep in ("nsubjpass", "dobj") and len(sentence.subtree(t.i)) == 2]
    if first and near and any(sentence.children(t.i, "det", "poss") for t in bare):  # "The sale was first reported by"
        return True
    shared = {t.lemma for t in others if t.pos in ("NOUN", "PROPN", "VERB")} & known
    return first and len(shared) >= 3


def _words_of(sentence: Sentence, inside: list[int]) -> str:
    """The words of a cue, in lower case."""
    return sentence.parse.text[sentence.token(inside[0]).start : sentence.token(inside[-1]).end].lower()


def _sentence_lemmas(sentence: Sentence) -> frozenset[str]:
    told = (t for t in sentence.parse.tokens if t.pos in ("NOUN", "PROPN", "VERB") and len(t.lemma) > 2)
    return frozenset(t.lemma for t in told if t.lemma not in cue_words("plain_speech"))


def _content_words(text: str) -> frozenset[str]:
    return frozenset(w.lower() for w in re.findall(r"[^\W\d_]{4,30}", text[:500]))
