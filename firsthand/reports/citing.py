"""What each page says of other newsrooms' reports: every report link of its statements, and where it stands; and
newsrooms that the text names beside a word of reporting without a link of a chain ("(via the Courier)").

A mention is *leading* where the page's main news rests on it: in the first paragraphs, in the headline, or where the
text says that the news was first reported there. It is *recent*, *past* or *unsaid* by the time words that go with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache
from typing import Literal

from ..language import clock
from ..language.lead import lead_end
from ..language.rows import rows
from ..language.wording import stems_of, stop_words
from ..newsrooms import find_newsrooms, newsroom_key
from ..records import Article, Link, Moment, Statement
from .beside import cites_here, cites_strictly, is_credit_line, is_party
from .naming import Local, Names, body_newsroom, meant_on_page, page_names
from .stations import on_air, room_key

AROUND = 60
"""Characters on either side of a newsroom's name that say what is cited, where no statement holds the name."""

LEAST_MAIN = 0.3
"""Share of the content words of a sentence that names the first report from which it is about the page's main news
(where it has more than ``FEW_WORDS`` such words: "the news was first reported by the Courier" has none)."""
FEW_WORDS = 2

RETELLING_BEFORE, RETELLING_AFTER = 25, 50
"""Characters before and after a name in which a word of reporting gives the lead's news to the newsroom ("the Courier,
citing two pilots, reported")."""

DATING_WORDS = 4
"""Words after a newsroom's name in which a time is that of its report ("the Courier reported in October")."""

OPENING_WORDS = 5
"""Words before a newsroom's name up to which they are a time that opens the sentence."""

_SENTENCE_END = re.compile(r"[.!?]\s")
_CLAUSE_END = re.compile(r"[,;.]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

Age = Literal["recent", "past", "unsaid"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One report link: ``newsroom`` canonical, or None for "a report"; ``start`` where its statement begins. A
    newsroom that only the text names has a negative ``link``, its place among the page's such names. ``printed`` is
    the name as the page has it."""

    statement: str
    link: int
    page: str
    newsroom: str | None
    when: Moment | None
    age: Age
    leading: bool
    start: int
    words: frozenset[str]

    printed: str | None = None

    @property
    def key(self) -> str:
        """The newsroom's key; empty where unnamed."""
        return room_key(self.newsroom) if self.newsroom else ""


@dataclass(frozen=True, slots=True)
class PageReading:
    """An article with what the lineage needs of it. ``own`` are the statements that rest on sources which the page
    reached itself, ``own_unnamed`` those of them with unnamed sources; ``words`` and ``lead_words`` the stems of its
    whole text and of its lead."""

    article: Article
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    own: tuple[Statement, ...]
    own_unnamed: tuple[Statement, ...]
    lead_end: int
    words: frozenset[str]
    lead_words: frozenset[str]


@cache
def _cues(table: str, language: str = "en") -> tuple[str, ...]:
    return tuple(word for row in rows("reports", language)[table] for word in row["words"])


_LETTERS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=20_000)
def _padded(text: str) -> str:
    return " " + " ".join(_LETTERS.findall(text.casefold())) + " "


def has_cue(table: str, text: str) -> bool:
    """Whether one of the table's words stands in the text, as whole words."""
    padded = _padded(text)
    return any(f" {word} " in padded for word in _cues(table))


def content_words(text: str) -> frozenset[str]:
    """Stems of the words that carry content."""
    stop = stop_words()
    return frozenset(word for word in stems_of(text) if word not in stop and len(word) > 1)


def read_page(
    article: Article,
    statements: Sequence[Statement],
    newsroom: str | None,
    local: Local,
    told_apart_days: int,
) -> PageReading:
    """What one page says of reports, its own and others'. ``newsroom`` is that of the report which it carries,
    ``local`` the newsrooms of its story's pages."""
    ordered = tuple(sorted(statements, key=lambda s: (s.span, s.id)))
    names = page_names(article, newsroom, local)
    lead = content_words(f"{article.headline or ''} {article.text[: lead_end(article)]}")
    reader = _Reader(article, names, lead_end(article), told_apart_days, lead, _parties(article, names))
    mentions = reader.linked(ordered) + reader.bodies(ordered)
    mentions += reader.in_text(ordered, mentions)
    meant = meant_on_page([link for s in ordered for link in s.chain[1:]], article, names)
    retold = {m.statement for m in mentions if m.link < 0 and m.leading}
    own = tuple(s for s in ordered if (s.id not in retold or told_here(s, names.own)) and _is_own(s, meant, names))
    unnamed = tuple(s for s in own if s.chain[-1].kind == "unnamed")
    opening = content_words(article.text[: reader.lead])
    return PageReading(article, ordered, mentions, own, unnamed, reader.lead, content_words(article.text), opening)


def _parties(article: Article, names: Names) -> frozenset[str]:
    """The keys of the newsrooms that are a party to the page's news."""
    places: dict[str, list[tuple[int, int]]] = {}
    for name, start, end in names.places:
        places.setdefault(newsroom_key(name), []).append((start, end))
    return frozenset(key for key, found in places.items() if is_party(article.text, found))


@dataclass(frozen=True, slots=True)
class _Reader:
    """One page with its names, where its lead ends, the words of headline and lead, and who is a party to its news."""

    article: Article
    names: Names
    lead: int
    days: int
    news: frozenset[str]
    parties: frozenset[str]

    def linked(self, statements: Sequence[Statement]) -> tuple[Mention, ...]:
        """The report links of chains."""
        headline = {m.newsroom.name for m in find_newsrooms(self.article.headline or "")}
        meant = meant_on_page([link for s in statements for link in s.chain[1:]], self.article, self.names)
        found = []
        for statement in statements:
            for index, link in enumerate(statement.chain):
                if not index or link.role != "report" or is_credit_line(statement.text):
                    continue
                name = meant.get(link.name) if link.name else None
                if name is not None and not self._cited(name, link):
                    continue
                first = has_cue("first", statement.text) and self._main(statement.text, name or "")
                leads = statement.span.start < self.lead or name in headline or first
                found.append(self._mention(statement, index, link, name, leads))
        return tuple(found)

    def bodies(self, statements: Sequence[Statement]) -> tuple[Mention, ...]:
        """Newsrooms that stand as the body at the end of a chain ("ABC said"): cited reports all the same."""
        found = []
        for statement in statements:
            end = statement.chain[-1] if statement.chain else None
            name = body_newsroom(end, self.names) if end is not None and end.role == "source" else None
            if end is not None and name is not None and not self.names.is_own(name) and self._cited(name, end):
                leads = statement.span.start < self.lead
                found.append(self._mention(statement, -1 - statement.span.start, end, name, leads))
        return tuple(found)

    def _cited(self, name: str, link: Link) -> bool:
        """Whether a link cites the newsroom's report: a party to the news is cited only in words that say so."""
        if newsroom_key(name) not in self.parties:
            return True
        return link.span is not None and cites_strictly(self.article.text, link.span.start, link.span.end)

    def _main(self, text: str, name: str) -> bool:
        """Whether a sentence that names the first report is about the page's main news."""
        words = content_words(text) - content_words(name) - content_words(" ".join((*_cues("matter"), *_cues("first"))))
        return len(words) <= FEW_WORDS or len(words & self.news) >= LEAST_MAIN * len(words)

    def _mention(self, statement: Statement, index: int, link: Link, name: str | None, leads: bool) -> Mention:
        age = _age(link, statement, self.article.published, self.days)
        words = content_words(statement.text) - content_words(link.name or "")
        start = statement.span.start
        return Mention(
            statement.id,
            index,
            self.article.page,
            name,
            link.when,
            age,
            leads and age != "past",
            start,
            words,
            link.description or link.name,
        )

    def in_text(self, statements: Sequence[Statement], linked: Sequence[Mention]) -> tuple[Mention, ...]:
        """Other newsrooms that the text names beside a word of reporting, where no link of a chain does."""
        text = self.article.text
        has_link = {(m.statement, m.key) for m in linked}
        found: dict[tuple[str, str], Mention] = {}
        for name, start, end in self.names.places:
            around = text[max(0, start - AROUND) : end + AROUND]
            if self.names.is_own(name) or not (
                name in self.names.unnamed or cites_here(text, start, end, on_air(name))
            ):
                continue
            if newsroom_key(name) in self.parties and not cites_strictly(text, start, end):
                continue
            place = bisect_right(statements, start, key=lambda s: s.span.start) - 1
            holding = statements[place] if place >= 0 and start < statements[place].span.end else None
            if is_credit_line(holding.text if holding else around):
                continue
            key = (holding.id if holding else self.article.page, room_key(name))
            if key not in has_link and key not in found:
                words = content_words(holding.text if holding else around) - content_words(name)
                found[key] = self._text_mention(key[0], name, start, end, words)
        return tuple(found.values())

    def _text_mention(self, identifier: str, name: str, start: int, end: int, words: frozenset[str]) -> Mention:
        text = self.article.text
        dating = _dating_words(text, start, end)
        past = has_cue("past", dating) or _YEAR.search(dating) is not None
        beside = text[max(0, start - RETELLING_BEFORE) : end + RETELLING_AFTER]
        main = has_cue("first", beside) and self._main(beside, name)
        leading = not past and ((start < self.lead and has_cue("retelling", beside)) or main)
        age: Age = "past" if past else "unsaid"
        printed = text[start:end]
        return Mention(identifier, -1 - start, self.article.page, name, None, age, leading, start, words, printed)


def _age(link: Link, statement: Statement, published: Moment | None, days: int) -> Age:
    when = link.when
    if when is not None and clock.ends(when) is not None and clock.is_known(published):
        return "past" if clock.is_before(when, published, timedelta(days=days)) else "recent"
    said = when.words if when is not None and when.words else _beside(link, statement)
    if has_cue("past", said) or _YEAR.search(said):
        return "past"
    return "recent" if has_cue("recent", said) else "unsaid"


def _beside(link: Link, statement: Statement) -> str:
    """The words around a link as far as they can date it: up to "that", where what was reported begins."""
    if link.span is None or not statement.span.start <= link.span.start < statement.span.end:
        return ""
    at, end = link.span.start - statement.span.start, link.span.end - statement.span.start
    return _dating_words(statement.text, at, end)


def _dating_words(text: str, start: int, end: int) -> str:
    """The words around a newsroom's name at ``[start, end)`` that can date its report: a few on either side, up to
    where what was reported begins ("reported in October that")."""
    kept: list[str] = []
    for word in _CLAUSE_END.split(text[end : end + 60])[0].split()[:DATING_WORDS]:
        if has_cue("opens", word):
            break
        kept.append(word)
    return f"{_dating_before(text, start)} {' '.join(kept)}"


def _dating_before(text: str, start: int) -> str:
    """The words before a name that can date its report: those of its own clause, or a time with which the sentence
    opens ("Last month, the Courier reported"), not the end of what is reported ("... in 2016, it reported")."""
    sentence = _SENTENCE_END.split(text[max(0, start - 80) : start])[-1]
    if len(sentence.split()) <= OPENING_WORDS:
        return sentence[-20:]
    return sentence[-20:].rpartition(",")[2]


def _is_own(statement: Statement, meant: Mapping[str, str], names: Names) -> bool:
    """Whether the statement rests on a source without another newsroom between: an unnamed person, or one who spoke
    to the page's own newsroom, or what it saw itself."""
    between = [meant.get(link.name or "") for link in statement.chain[1:] if link.role == "report"]
    if len(statement.chain) < 2 or any(name is None or not names.is_own(name) for name in between):
        return False
    end = statement.chain[-1]
    if end.kind in ("unnamed", "observation"):
        return True
    return end.kind == "person" and (bool(between) or (end.medium is not None and has_cue("own", _cue_words(end))))


def told_here(statement: Statement, newsrooms: Iterable[str]) -> bool:
    """Whether the words say that somebody told one of these newsrooms, the page's own ("confirmed to the Courier")."""
    here = newsroom_key(statement.text)
    return has_cue("own", statement.text) and any(newsroom_key(name) in here for name in newsrooms)


def _cue_words(link: Link) -> str:
    return link.cue.words if link.cue else ""
