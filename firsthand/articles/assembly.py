"""What the verdicts make of a page: the text with its paragraphs, the topics, and what is set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.records import Reason, SetAside, Span

from .blocks import Block, plain
from .declared import Markup
from .features import Floats
from .roles import Verdict
from .topics import inline_topics

DOUBTFUL = 0.75
"""The mean probability below which the article's own reason says that it is doubtful (flat_news, cross-validated: F1
.80 below it, .95 above)."""
MOST_TOPICS = 60
_BESIDE = "block-model: does not read like the article's prose at this place"


_WIDE = re.compile("[\u0e00-\u0eff\u2e80-\U0010ffff]")


def word_count(text: str) -> float:
    """Words of a block's text, which single blanks part; two wide characters (Han, kana, Thai) count for one."""
    if not text.isascii():
        more = len(text.encode("utf-8", "surrogatepass")) - len(text)  # a wide character has two bytes more
        wide = len(_WIDE.findall(text)) if more > 0.6 * len(text) else 0
        if wide > 0.3 * len(text):
            return wide / 2
    return float(text.count(" ") + 1)


def joined(texts: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """The paragraphs as one text, a blank line between them, and where each stands."""
    spans: list[Span] = []
    at = 0
    for text in texts:
        end = at + len(text)
        spans.append(Span(at, end))
        at = end + 2
    return "\n\n".join(texts), tuple(spans)


def body_reason(p: Floats, texts: Sequence[str], kept: Sequence[int]) -> Reason:
    """How sure the classifier is of the paragraphs kept: their mean probability, weighed by their length."""
    sure = sum(x * len(t) for x, t in zip(p[list(kept)].tolist(), texts, strict=True)) / max(1, sum(map(len, texts)))
    doubt = " (low: read this text with care)" if sure < DOUBTFUL else ""
    return Reason("block-model", f"the mean probability of the {len(kept)} paragraphs kept{doubt}", round(sure, 4))


def topics_of(blocks: Sequence[Block], verdicts: Sequence[Verdict], markup: Markup | None) -> tuple[str, ...]:
    """The topics that the page's lines name, else those of its metadata."""
    found: dict[str, str] = {}
    for block, verdict in zip(blocks, verdicts, strict=True):
        if verdict.role == "topic":
            found.setdefault(plain(block.text), block.text)
        if verdict.role != "body" and ":" in block.text:
            for name in inline_topics(block.text):
                found.setdefault(plain(name), name)
    if markup and not found:
        for value in (*markup.meta.get("article:tag", ()), *markup.meta.get("news_keywords", ())):
            for name in value.split(","):
                if name.strip():
                    found.setdefault(plain(name), name.strip())
    return tuple(found.values())[:MOST_TOPICS]


def set_aside(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> tuple[SetAside, ...]:
    """Everything that is not the article, neighbours with one reason together, in page order."""
    out: list[SetAside] = []
    lines: list[str] = []
    first, said = 0, ""
    last: Verdict | None = None
    for block, verdict in zip(blocks, verdicts, strict=True):
        if verdict is last:
            lines.append(block.raw)
            continue
        if verdict.role in _KEPT:
            continue
        last = verdict
        why = _BESIDE if verdict.rule == "block-model" else f"{verdict.rule}: {verdict.why}"
        if why != said:
            if lines:
                out.append(SetAside(tuple(lines), said, first))
            lines, first, said = [], block.line, why
        lines.append(block.raw)
    if lines:
        out.append(SetAside(tuple(lines), said, first))
    return tuple(out)


_KEPT = frozenset(("body", "headline", "standfirst"))
