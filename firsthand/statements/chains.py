"""On whose word: the links that one attribution stands for, outermost first.

In: an :class:`Attribution` and what the article said before. Out: links. A source who was heard by a newsroom ("told
the Gazette", "in an interview with the Gazette") has that newsroom's report before it, unless it is the page's own; a
report that names what it stands on ("citing two officials") has that after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..language.parsing import Token
from ..language.rows import rows
from ..language.times import TimeExpression
from ..newsrooms import by_name, canonical, newsroom_key
from ..records import Article, Cue, Link, Moment, Span
from .attributed import Attribution
from .cast import Cast
from .citations import cited_again
from .cited import Mention, newsroom_mention
from .governed import cue_words
from .memory import Memory, is_own
from .programmes import owner_start, programme
from .reading import Reading, Sentence
from .sources import read_source

_HEARD = frozenset(("dobj", "dative", "prep", "pobj", "advcl", "npadvmod"))


@dataclass(frozen=True, slots=True)
class Traced:
    """An attribution with its links."""

    attribution: Attribution
    links: tuple[Link, ...]
    own: bool = False
    """The source is the page's own newsroom: what it governs is in its own voice, but its words are no content."""


def newsroom_link(article: Article) -> Link:
    """Link 0: the page's own newsroom, or the agency's whose copy all of it is; no name where neither is known."""
    name = article.outlet.name if article.outlet else None
    if article.credit and article.credit.extent == "whole":
        name = canonical(article.credit.name)
    return Link("newsroom", "body", name)


def own_newsrooms(article: Article) -> frozenset[str]:
    """The keys of the names under which this page hears its own sources."""
    names = [n.name for n in (article.outlet, article.credit) if n]
    return frozenset(newsroom_key(canonical(name)) for name in names)


def trace_attribution(
    reading: Reading,
    cast: Cast,
    memory: Memory,
    sentence: Sentence,
    made: Attribution,
    times: Sequence[TimeExpression],
) -> Traced:
    """The links of one attribution. ``memory`` learns who was cited and who spoke."""
    links = _source_links(reading, cast, memory, sentence, made)
    if not any(link.role == "report" for link in links):
        heard = _hearing_newsroom(sentence, made, memory, reading.quoted(sentence)) or _quoting_newsroom(
            sentence, made, memory
        )
        heard = heard or _hearing_programme(reading, sentence, made, memory)
        links = ([_report_link(sentence, heard, memory)] if heard is not None else []) + links
    own = [link for link in links if link.role == "report" and link.name and is_own(link.name, memory)]
    links = _heard_on(sentence, made, memory, links, reading.quoted(sentence))
    if not _earlier_report(sentence, made):
        links = [link for link in links if link not in own]
    if made.lemma not in cue_words("sure") and made.manner != "phrase":
        links = [link for link in links if link.kind != "unknown" or link.role == "report" or _is_named(sentence, made)]
    only: dict[str, list[str]] = rows("cues")["only"]
    written = made.head is not None and sentence.token(made.head).lemma in rows("sources")["own_words"]
    kinds = only.get(f"{made.lemma} {made.manner}", only.get(made.lemma))
    if not written and kinds is not None:  # "Brook's tweet read"
        links = [link for link in links if link.role == "report" or link.kind in kinds]
    if not links or links[-1].role == "report":
        links += basis_links(reading, cast, memory, sentence, made.verb, made.content)
    cue = _cue(sentence, made)
    when = _when(sentence, made, times)
    content = Span(made.content[0].start, made.content[-1].end) if made.content else None
    medium = _medium(sentence, made)
    if links and links[-1].kind == "unnamed" and medium is not None:
        links[-1] = _written(sentence, made, links[-1])
    links = [
        replace(
            link,
            cue=link.cue or cue,
            content=link.content or content,
            when=link.when or when,
            medium=link.medium or (medium if link.role == "source" else None),
        )
        for link in links
    ]
    for link in links:
        if link.role == "report" and link.name:
            memory.cite(link.name, sentence.index)
    told = sentence.token(made.verb).dep == "ccomp" and sentence.index in memory.speakers  # "he said that Brook said"
    if links and links[-1].role == "source" and links[-1].kind == "person" and not told:
        memory.speakers[sentence.index] = links[-1].name or memory.speakers.get(sentence.index, "")
    return Traced(made, tuple(links), bool(own) and not links)


def _heard_on(
    sentence: Sentence, made: Attribution, memory: Memory, links: list[Link], quoted: Sequence[Span]
) -> list[Link]:
    """The links with the newsroom that heard the same speaker right before ("Brook told the Gazette that ... “...,” he
    said."), where he goes on in quotation marks, or "in the interview"."""
    if made.manner not in ("clause", "quote") or made.force != "asserts" or not links:
        return links
    speaker = links[-1].name if links[-1].role == "source" and links[-1].kind == "person" else None
    if speaker is None:
        memory.heard = None
    elif len(links) > 1 and links[0].role == "report":
        memory.heard = (speaker, links[0], sentence.paragraph)
    elif len(links) == 1 and memory.heard is not None:
        name, report, paragraph = memory.heard
        again = any(sentence.token(i).lemma == "interview" for i in made.zone)
        near = sentence.paragraph == paragraph and _medium(sentence, made) is None
        goes_on = near and any(c.overlap(q) for c in made.content for q in quoted)
        if name != speaker or not (again or goes_on):
            memory.heard = None
            return links
        memory.heard = (speaker, report, sentence.paragraph)
        return [replace(report, cue=None, content=None, when=None), *links]
    return links


def _is_named(sentence: Sentence, made: Attribution) -> bool:
    """Whether words are given to a name or to "they", though nobody can tell what that is: the newsroom's own they are
    not ("Castell countered that ...", "They argued that ...")."""
    if made.head is None or made.force != "asserts" or made.manner not in ("clause", "quote"):
        return False
    token = sentence.token(made.head)
    return token.tag == "NNP" or (token.tag == "NNS" and token.text[:1].isupper() and made.head > 0) or (
        token.lemma.lower() in ("they", "he", "she") and made.lemma in cue_words("spoken") | cue_words("plain_speech")
    )  # fmt: skip


def _earlier_report(sentence: Sentence, made: Attribution) -> bool:
    """Whether a newsroom cites a report of its own that came out before ("..., the Gazette reported in July")."""
    if made.manner == "phrase" or sentence.token(made.verb).tag not in ("VBD", "VBN"):
        return False
    beside = {sentence.token(i).lemma for i in made.zone if i not in made.source}
    timed = any(sentence.token(i).ent == "DATE" for i in made.zone if i not in made.source)
    return made.lemma in ("report", "reveal", "publish", "write") and (
        timed or bool(beside & {"previously", "earlier", "first"})
    )


def _source_links(reading: Reading, cast: Cast, memory: Memory, sentence: Sentence, made: Attribution) -> list[Link]:
    if made.manner == "adverb":
        return [Link("report", "unknown", None)]
    if made.head is None:
        return []
    return read_source(reading, cast, memory, sentence, made.head, made.source, made.lemma)


def _hearing_newsroom(sentence: Sentence, made: Attribution, memory: Memory, quoted: Sequence[Span]) -> Mention | None:
    """The newsroom that was told, among the adjuncts of the cue, outside what is ``quoted``; None where none was."""
    if made.manner in ("noun", "adverb", "colon") or made.head is None:
        return None
    for child in sentence.children(made.verb):
        spoke = child.dep == "csubj" and child.lemma in ("speak", "talk", "write")  # "Speaking to the Heron Brook said"
        if (child.dep not in _HEARD and not spoke) or child.i in made.source:
            continue
        if child.dep == "advcl" and sentence.children(child.i, "nsubj", "nsubjpass"):
            continue  # "Although the Gazette reported ..., the mayor said ..."
        first, last = sentence.parse.left[child.i], sentence.parse.right[child.i]
        first, last = max(first, 0), min(last, first + 25)
        if child.dep in ("dobj", "dative", "npadvmod") and made.lemma not in cue_words("hearing"):
            continue
        lead = child.lemma if child.dep == "prep" else ""
        if child.dep == "prep" and lead not in ("to", "in", "on", "with", "during", "by", "for", "from", "at"):
            continue
        near = child.dep in ("dobj", "dative") or lead in ("to", "with")
        mention = newsroom_mention(sentence, first, last, memory.rooms, guess=near)
        if mention is None and near:
            mention = told_again(sentence, child, memory) or _told_short(sentence, made, child)
        if mention is None or any(s.overlap(mention.span(sentence)) for s in made.content):
            continue
        if mention.first <= made.head <= mention.last:
            continue
        before = sentence.token(mention.first - 1) if mention.first else None
        if before is not None and before.dep == "compound" and before.head == mention.last:
            continue  # "Capitol Hill"
        if any(s.start < mention.span(sentence).start < s.end for s in quoted):
            continue
        return mention
    return None


def _told_short(sentence: Sentence, made: Attribution, told: Token) -> Mention | None:
    """ "Told Fox": a newsroom by a short name that elsewhere means many things."""
    alone = made.lemma == "tell" and told.dep in ("dobj", "dative") and told.pos == "PROPN"
    room = by_name(told.text, citing=True) if alone and not sentence.children(told.i) else None
    return Mention(room.name, told.i, told.i, True) if room is not None else None


def _report_link(sentence: Sentence, heard: Mention, memory: Memory) -> Link:
    """The newsroom that heard it. Of newsrooms side by side the first: a chain is one line, and a second link would say
    that the one cites the other."""
    memory.newsrooms.setdefault(heard.name, None)
    printed = sentence.parse.text[sentence.token(heard.first).start : sentence.token(heard.last).end]
    return Link("report", "body", heard.name, printed, span=heard.span(sentence))


def _hearing_programme(reading: Reading, sentence: Sentence, made: Attribution, memory: Memory) -> Mention | None:
    """ "told “Morning Tide”": the programme, where no newsroom is named with it."""
    if made.lemma not in cue_words("hearing") or not sentence.quotations or made.head is None:
        return None
    title = programme(reading, sentence, made.verb)
    if not title or any(_in(sentence, title[0], s) for s in made.content):
        return None
    first = owner_start(sentence, title[0] - 1)
    owner = newsroom_mention(sentence, first, title[0] - 2, memory.rooms) if first < title[0] - 1 else None
    if owner is not None:  # "on the Heron's “Morning Tide”"
        return owner
    words = sentence.parse.text[sentence.token(title[0]).start : sentence.token(title[-1]).end]
    return Mention(words, title[0], title[-1], False)


def _quoting_newsroom(sentence: Sentence, made: Attribution, memory: Memory) -> Mention | None:
    """ "The minister, quoted by the Gazette, said": the newsroom among the words about the source."""
    if made.head is None:
        return None
    above = list(sentence.above(made.verb))[:2] if sentence.token(made.verb).dep == "pcomp" else []
    as_saying = [sentence.token(i) for i in above if sentence.token(i).pos == "VERB"]
    for clause in (*sentence.children(made.head, "acl", "advcl"), *sentence.children(made.verb, "advcl"), *as_saying):
        agents = sentence.children(clause.i, "agent") if clause.lemma in ("quote", "cite", "interview") else []
        stages = sentence.children(clause.i, "prep") if clause.lemma in ("interview", "appear") else []
        for agent in (*agents, *(s for s in stages if s.lemma in ("on", "with", "for"))):
            last = sentence.parse.right[agent.i]
            mention = newsroom_mention(sentence, agent.i + 1, last, memory.rooms, guess=True)
            if mention is not None:
                return mention
    return None


def told_again(sentence: Sentence, told: Token, memory: Memory) -> Mention | None:
    """ "told the agency", "told it": the newsroom cited last."""
    objects = [told] if told.dep != "prep" else sentence.children(told.i, "pobj")
    for child in objects:
        first, last = sentence.parse.left[child.i], sentence.parse.right[child.i]
        name = cited_again(memory, sentence, child.i, first, last)
        if name is None and child.text.lower() == "it" and 0 <= sentence.index - memory.newsroom_at <= 2:
            name = memory.newsroom
        if name is not None:
            return Mention(name, first, last, True)
    return None


def basis_links(
    reading: Reading, cast: Cast, memory: Memory, sentence: Sentence, verb: int, content: Sequence[Span] = ()
) -> list[Link]:
    """ "citing two officials", "drawing on insiders": what a report stands on. What a source says to stand on
    something ("said that based on photographs ...") is his own reasoning."""
    for token in sentence.parse.tokens:
        follower = sentence.token(token.i + 1).text.lower() if token.i + 1 < len(sentence.parse.tokens) else ""
        phrase = (token.text.lower(), f"{token.text.lower()} {follower}")
        if not (set(phrase) & _bases()) or token.i == verb:
            continue
        beside = token.dep == "prep" or (token.dep == "pcomp" and sentence.token(token.head).lemma == "by")
        if beside and any(_in(sentence, token.i, s) for s in content):
            continue
        heads = sentence.children(token.i, "dobj") or [
            o for p in sentence.children(token.i, "prep") for o in sentence.children(p.i, "pobj")
        ]
        if not heads:
            continue
        head = heads[0].i
        last = _end_of_basis(sentence, token.i, sentence.parse.right[head])
        indexes = tuple(range(sentence.parse.left[head], last + 1))
        found = read_source(reading, cast, memory, sentence, head, indexes, "cite")
        words = token.text if token.text.lower() in _bases() else f"{token.text} {follower}"
        last = token.i if words == token.text else token.i + 1
        return [replace(link, cue=Cue(words, sentence.span_of(token.i, last))) for link in found]
    return []


def _end_of_basis(sentence: Sentence, verb: int, last: int) -> int:
    """The last word of what is cited: the parser hangs what follows it ("a memo to the staff") on the verb."""
    for child in sentence.children(verb, "prep", "dative"):
        if sentence.parse.left[child.i] == last + 1 and child.lemma in (
            "to",
            "from",
            "by",
            "with",
            "about",
            "in",
            "for",
        ):
            last = sentence.parse.right[child.i]
    return last


@cache
def _bases() -> frozenset[str]:
    return frozenset(word for row in rows("cues")["basis"] for word in row["words"])


def basis_tokens(sentence: Sentence) -> set[int]:
    """The words of "citing ..." phrases of a sentence: they belong to no content."""
    found: set[int] = set()
    for token in sentence.parse.tokens:
        follower = sentence.token(token.i + 1).text.lower() if token.i + 1 < len(sentence.parse.tokens) else ""
        if {token.text.lower(), f"{token.text.lower()} {follower}"} & _bases() and token.tag in ("VBG", "VBN"):
            found |= set(sentence.subtree(token.i))
    return found


def _cue(sentence: Sentence, made: Attribution) -> Cue | None:
    spans = sentence.spans_of(made.cue)
    if not spans:
        return None
    whole = Span(spans[0].start, spans[-1].end)
    base = sentence.span.start
    return Cue(sentence.parse.text[whole.start - base : whole.end - base], whole)


def _when(sentence: Sentence, made: Attribution, times: Sequence[TimeExpression]) -> Moment | None:
    """When it was said or came out: a time among the words of the attributing clause."""
    outside = [i for i in made.zone if not any(_in(sentence, i, s) for s in made.content)]
    for time in times:
        if time.kind in ("date", "time") and time.moment and set(sentence.tokens_in((time.span,))) & set(outside):
            return time.moment
    return None


def _in(sentence: Sentence, i: int, span: Span) -> bool:
    return span.start <= sentence.span.start + sentence.token(i).start < span.end


def _written(sentence: Sentence, made: Attribution, link: Link) -> Link:
    """ "Four ministers said in a joint statement": they do not hide, and what they signed is the source."""
    for i in made.zone:
        token = sentence.token(i)
        if (
            token.lemma in ("statement", "letter", "declaration", "appeal", "communique", "op-ed")
            and token.pos == "NOUN"
            and i not in made.source
        ):
            joint = [c.i for c in sentence.children(i, "amod") if c.lemma == "joint"]
            if joint:
                first = sentence.parse.left[i]
                words = sentence.parse.text[sentence.token(first).start : token.end]
                return Link("source", "document", None, words, span=link.span)
    return link


def _medium(sentence: Sentence, made: Attribution) -> str | None:
    """Through what it was said ("in an interview", "on his account"), as far as the attributing clause tells."""
    named: dict[str, str] = rows("sources")["mediums"]
    verbs: dict[str, str] = rows("sources")["medium_verbs"]
    outside = sorted(i for i in made.zone if i not in made.source and i not in made.cue)
    for i in outside:
        token = sentence.token(i)
        found = named.get(token.lemma) if token.pos in ("NOUN", "PROPN") else None
        if found and not (token.lemma == "release" and sentence.token(max(i - 1, 0)).lemma not in ("press", "news")):
            return found
    return verbs.get(made.lemma)
