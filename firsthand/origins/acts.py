"""Two ends that rest on one thing which lies open to everybody: a document, or an act done in public."""

from __future__ import annotations

import re

from ..records import Place, Reason
from .nodes import Node
from .offices import is_judge
from .public import (
    acts_of,
    announced,
    called,
    described_documents,
    document_in,
    document_kind,
    is_theirs,
    of_one_affair,
    public_acts,
    resting_documents,
    said_in_public,
    said_openly,
)
from .sources import last_word, printed_name, same_person, source_words

RULING, SENTENCE, COURT = "a ruling", "a sentence or verdict", "court papers"
"""The public acts of a judge, and the kind of document that holds them."""


def one_document(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    """Two nodes of which one is a document: the other's own, one that it names, one on which its page rests, or the
    papers of the court whose judge it is."""
    for end, other in ((a, b), (b, a)):
        person = end.lead.source
        if person is not None and person.kind == "person" and other.lead.source is not None:
            name = printed_name(person)
            if name and is_theirs(other.lead.source, name):
                because = f"{source_words(other.lead.source)} is what {name} says"
                return Reason("same-document", because, 1.0, places)
        if _rules(end) and document_kind(source_words(other.lead.source) or "") == COURT and other.kind == "document":
            because = f"what {source_words(end.lead.source)} decides stands in {source_words(other.lead.source)}"
            return Reason("same-document", because, 1.0, places)
        if end.own_voice and document_in(end.lead.statement.text, other.lead.source):
            because = f"both rest on {source_words(other.lead.source)}"
            return Reason("same-document", because, 1.0, places)
        source = other.lead.source
        if end.own_voice and source is not None and source.kind == "document":
            kind = document_kind(source_words(source) or "")
            if all(kind in e.documents for e in end.endings):
                because = f"a page that itself rests on {called(kind or 'document')} says it without a source"
                return Reason("writes-from-document", because, 1.0, places)
    return None


def one_act(a: Node, b: Node, places: tuple[Place, ...]) -> Reason | None:
    """Two nodes that tell what one kind of document says, or, without a source or from who did it, of one act done in
    public."""
    texts = (a.lead.statement.text, b.lead.statement.text)
    told = described_documents(texts[0]) & described_documents(texts[1]) if a.own_voice and b.own_voice else frozenset()
    if not told and not _two_people(a, b):
        told = resting_documents(texts[0]) & resting_documents(texts[1])
    if told:
        return Reason("same-document", f"both tell what stands in {called(min(told))}", 1.0, places)
    shared = (_acts(a) & _acts(b)) or _said_by_one(a, b)
    if not shared and a.own_voice and b.own_voice:
        shared = of_one_affair(_acts(a), _acts(b))
    if not shared and a.own_voice and b.own_voice:
        shared = said_openly(*texts)
    shared = shared or _announced(a, b)
    if not shared:
        return None
    return Reason("public-act", f"both tell of an act done in public: {min(shared)}", 1.0, places)


def _said_by_one(a: Node, b: Node) -> frozenset[str]:
    """The acts in which the named person of one node speaks in public, where the other names them and tells of such an
    act without a source."""
    for end, other in ((a, b), (b, a)):
        person = other.lead.source
        if not end.own_voice or person is None or person.kind != "person" or not person.name:
            continue
        if re.search(rf"\b{re.escape(last_word(person.name))}\b", end.lead.statement.text):
            texts = (end.lead.statement.text, other.lead.statement.text)
            return public_acts(texts[0]) & public_acts(texts[1]) & said_in_public()
    return frozenset()


def _announced(a: Node, b: Node) -> frozenset[str]:
    """What the named source of one node announces that it does, where the other, without a source, has it do so."""
    for end, other in ((a, b), (b, a)):
        source = other.lead.source
        if not end.own_voice or source is None or source.kind not in ("person", "body") or not source.name:
            continue
        name = last_word(source.name) if source.kind == "person" else source.name
        if announced(other.lead.statement.text, end.lead.statement.text, name):
            return frozenset((f"what {name} announced",))
    return frozenset()


def _acts(node: Node) -> frozenset[str]:
    """The public acts of which any statement of a node tells, without a source or from who did them."""
    if not node.own_voice:
        ruled = frozenset((RULING, SENTENCE)) if _rules(node) else frozenset()
        return ruled | acts_of(node.lead.statement.text, node.lead.source)
    return frozenset(act for statement in node.statements for act in public_acts(statement.text))


def _rules(node: Node) -> bool:
    """Whether a node's source is a judge: what a judge says of a case stands in a ruling, or is said in open court."""
    return is_judge(node.lead.source, node.lead.article.text)


def _two_people(a: Node, b: Node) -> bool:
    """Whether the sources are two people of two names: each may have a document of their own."""
    one, other = a.lead.source, b.lead.source
    if one is None or other is None or one.kind != "person" or other.kind != "person":
        return False
    return bool(one.name and other.name) and not same_person(one.name or "", other.name or "")
