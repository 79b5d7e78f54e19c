"""Attribution on PolNeAR: source, cue and content of every attribution, whole articles, nothing given.

usage: python -m quality.polnear PATH [--json] [--split dev] [--articles N] [--rules]

PATH holds records with ``id``, ``split``, ``text`` and ``attributions[]`` of ``source``, ``cue`` and ``content``: lists
of character spans. Scored by ``scorers.attributions``: ``exact`` is F1 over word sets, ``overlap`` F1 over the words in
a role. Every attribution that the room recognises counts, also those that are no link of a chain (what somebody wants
or asks for); the content of a quotation that runs over sentences is all of it. Where cue, source and content start and
end is what the tagger says (trained on the split ``train``; its training keeps a tenth of that back).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from firsthand.records import Article, Span
from firsthand.statements.attributions import Attribution, find_attributions
from firsthand.statements.draft import Draft, draft_article
from firsthand.statements.reading import Sentence, read_article
from firsthand.statements.tagged import Tagged, content_spans, tag_article

from . import scorers
from .frame import Figures, read_records, run

_BLOCK = re.compile(r"[^\n]+(?:\n[^\S\n]*[^\s][^\n]*)*")


def article_of(record: dict[str, Any]) -> Article:
    """A record as an article: paragraphs are what blank lines part."""
    text = record["text"]
    spans = tuple(Span(m.start(), m.end()) for m in _BLOCK.finditer(text) if m.group().strip())
    return Article(str(record["id"]), record.get("title"), text, spans)


def predict(article: Article, rules: bool = False) -> list[dict[str, list[tuple[int, int]]]]:
    """Every attribution of an article as the scorer wants it; with ``rules`` those of the rules alone."""
    reading = read_article(article)
    made = [find_attributions(reading, sentence) for sentence in reading.sentences]
    if rules:
        draft = draft_article(reading, (), tagger=False)
        return [_by_rule(draft, reading.sentences[a.sentence], a) for row in made for a in row]
    return [_tagged(reading.sentences[t.sentence], t) for row in tag_article(reading, made) for t in row]


def _tagged(sentence: Sentence, tagged: Tagged) -> dict[str, list[tuple[int, int]]]:
    return {
        "source": [(s.start, s.end) for s in sentence.spans_of(tagged.source)],
        "cue": [(s.start, s.end) for s in sentence.spans_of(tagged.cue)],
        "content": [(s.start, s.end) for s in content_spans(sentence, tagged)],
    }


def _by_rule(draft: Draft, sentence: Sentence, made: Attribution) -> dict[str, list[tuple[int, int]]]:
    reading = draft.reading
    content = [(s.start, s.end) for s in made.content]
    for q, owner in draft.owners.items():
        span, base = reading.quotations[q].span, draft.bases.get(q, q)
        linked = base in sentence.quotations or any(reading.quotations[p].runs_on for p in sentence.quotations if p < q)
        root = reading.quotations[base].span
        if owner == sentence.index and linked and any(s.overlap(root) for s in made.content):
            content.append((span.start, span.end))
    return {
        "source": [(s.start, s.end) for s in sentence.spans_of(made.source)],
        "cue": [(s.start, s.end) for s in sentence.spans_of(made.cue)],
        "content": content,
    }


def measure(path: Path, split: str = "dev", articles: int = 0, rules: bool = False) -> Figures:
    """Exact and overlap F1 for source, cue and content over the records of one split."""
    gold: dict[str, list[dict[str, Any]]] = {}
    predicted: dict[str, list[dict[str, list[tuple[int, int]]]]] = {}
    texts: dict[str, str] = {}
    for record in read_records(path):
        if "attributions" not in record or record.get("split", split) != split or (articles and len(gold) >= articles):
            continue
        article = article_of(record)
        gold[article.page] = record["attributions"]
        predicted[article.page] = predict(article, rules)
        texts[article.page] = article.text
    if not gold:
        return {}
    figures: dict[str, float | int] = {"articles": len(gold)}
    for role, row in scorers.attributions(gold, predicted, texts).items():
        figures[f"{role} exact"] = row["exact"]
        figures[f"{role} overlap"] = row["overlap"]
        figures[f"{role} gold"], figures[f"{role} predicted"] = row["gold"], row["predicted"]
    return figures


if __name__ == "__main__":
    run(
        measure,
        __doc__,
        {
            "--split": {"default": "dev", "help": "which split to score (default: dev)"},
            "--articles": {"type": int, "default": 0, "help": "score only the first N articles"},
            "--rules": {"action": "store_true", "help": "score the rules alone, without the tagger"},
        },
    )
