"""Human summaries of newswire hidden in other news documents: are they found, and where? (PAN 2013, summary part)

``python -m quality.pan13_summary PATH [--json]``. PATH holds documents (``id``, ``text``) and pairs of them
(``susp``, ``src``, ``spans`` of (offset, length) on both sides; none: a negative). Printed: PlagDet with its parts, and
F1 of documents (is a pair one of retelling or not). Each pair is read by itself, by the same tellings, likeness and
blocks as the stage; :data:`FOUND` stands in place of the stage's own bar, for here the documents share no happening,
while the stage must tell a retelling from two reports of one event. A summary tells the whole of its source, so the
source's passage is drawn to the whole text where the told sentences span at least :data:`WHOLE` of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firsthand.copies.retellings import Block, best_matches, block_passage, densest_block
from firsthand.copies.tellings import Telling, likeness, tell
from firsthand.records import Article, Span

from .frame import Figures, read_records, run
from .scorers import plagdet

FOUND = 0.4
WHOLE = 0.25

Detection = tuple[tuple[int, int], tuple[int, int]]


def as_telling(page: str, text: str) -> Telling:
    """The telling of a document that has no headline."""
    return tell(Article(page, None, text, (Span(0, len(text)),)))


def detect(susp: Telling, src: Telling, src_length: int) -> Detection | None:
    """The block of ``susp`` that retells ``src``, as (offset, length) on both sides, or None."""
    matrix = likeness(susp, src)
    best, _ = best_matches(susp, src, matrix)
    block: Block = densest_block(susp, best)
    if block.score < FOUND:
        return None
    passage = block_passage(susp, src, matrix, block)
    source = passage.b
    if source.end - source.start >= WHOLE * src_length:
        source = Span(0, src_length)
    return (passage.a.start, passage.a.end - passage.a.start), (source.start, source.end - source.start)


def measure(path: Path) -> Figures:
    """PlagDet, its precision, recall and granularity, and F1 over documents."""
    texts: dict[str, str] = {}
    pairs: list[dict[str, Any]] = []
    for record in read_records(path):
        if "spans" in record:
            pairs.append(record)
        elif "text" in record and "id" in record:
            texts[record["id"]] = record["text"]
    tellings: dict[str, Telling] = {}
    cases: dict[str, list[Any]] = {}
    detections: dict[str, list[Any]] = {}
    right = called = wanted = 0
    for pair in pairs:
        for page in (pair["susp"], pair["src"]):
            if page not in tellings:
                tellings[page] = as_telling(page, texts[page])
        key = f"{pair['susp']} {pair['src']}"
        found = detect(tellings[pair["susp"]], tellings[pair["src"]], len(texts[pair["src"]]))
        cases[key] = [(tuple(span["susp"]), tuple(span["src"])) for span in pair["spans"]]
        detections[key] = [found] if found else []
        right += bool(found) and bool(pair["spans"])
        called += bool(found)
        wanted += bool(pair["spans"])
    if not pairs:
        return {}
    figures = {"pairs": len(pairs), **plagdet(cases, detections)}
    return {**figures, "documents_f1": 2 * right / (called + wanted) if called + wanted else 0.0}


if __name__ == "__main__":
    run(measure, __doc__)
