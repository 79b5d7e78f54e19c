"""What pages lead with, on 126 stories of two or three pages that three readers marked: PATH is ``allsides_fulltext``.

``lead_stories.json`` holds, a story a line, the ``articles`` (ids); how far each was ``read`` (the end, in its text, of
the first 14 statements); the places of statements there that assert the ``same``; of pairs of which a reader would
hesitate (``partly``); and of the statements that assert the ``main`` thing that the story tells. Each place is
``[article, start, end]``; no text. What a reader left out is not the same. Each reader (``reader``, 5 to 7) marked 42
stories from the statements as the tool had cut them, without seeing what it had joined. ``--reader`` takes one's.
Readers 5 and 6 are learned from (``quality.train_openings``); reader 7's stories nobody but the reader has read.

All are traced as one collection; only statements that were read count. ``aligned``, ``joined_right``, ``joined_near``:
as ``quality.same_stories`` has them. Of the stories that tell a main thing on two pages or more: ``main_whole``, those
in which one claim holds all its statements; ``main_carried``, those in which one holds a statement of each page that
tells it (pages repeat their lead further down); ``main_clean``, those in which such a claim holds no other statement,
but such as are partly the same. Of those that tell it on one page alone: ``main_alone``, those in which no claim of its
statements holds another page's, but such. Of all: ``main_told``, those whose main claim holds one of its statements;
``main_right``, those whose main claim holds one of each page that tells it, and no other but such.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .frame import Figures, run
from .marked_places import Found, Pair, Tally, dossier_of, joined_pairs, statements_by_page

MARKS = Path(__file__).with_name("lead_stories.json")


def measure(path: Path, reader: int = 0) -> Figures:
    """The shares, each with what it is out of (``n_...``)."""
    marks = [row for row in json.loads(MARKS.read_text(encoding="utf-8")) if reader in (0, row["reader"])]
    return scored(dossier_of(path, marks, f"lead_stories_{reader}"), marks)


def scored(dossier: Mapping[str, Any], marks: Sequence[Mapping[str, Any]]) -> Figures:
    """The figures of a dossier against the marks."""
    pages = {page["given_id"]: page["id"] for page in dossier["pages"]}
    statements = statements_by_page(dossier)
    claims = {claim["id"]: claim for claim in dossier["claims"]}
    story_of = {page: story for story in dossier["stories"] for page in story["pages"]}
    tally = Tally()
    for mark in marks:
        ours = [pages.get(name, "") for name in mark["articles"]]
        found = Found(ours, statements)
        ends = zip(ours, mark["read"], strict=True)
        page_of = {row["id"]: page for page, end in ends for row in statements.get(page, ()) if row["span"][0] < end}
        same = {pair for group in mark["same"] for pair in found.pairs(group)}
        partly = {pair for group in mark["partly"] for pair in found.pairs(group)}
        tally.pairs(joined_pairs(dossier["claims"], page_of), same, partly)
        if mark["main"]:
            main = frozenset(found.known(place) for place in mark["main"])
            near = main | frozenset(key for pair in same | partly if pair & main for key in pair)
            keys = dict.fromkeys(story_of[page]["main_claim"] for page in ours if page in story_of)
            mains = [claims[key] for key in keys if key]
            _count_main(tally, dossier["claims"], mains, main, near, page_of)
    return tally.figures()


def _count_main(
    tally: Tally,
    claims: Sequence[Mapping[str, Any]],
    mains: Sequence[Mapping[str, Any]],
    main: Pair,
    near: Pair,
    page_of: Mapping[str, str],
) -> None:
    """The shares of one story's main thing: ``main`` are its statements, ``near`` those and what may stand with them,
    ``mains`` the main claims that its pages have (more than one where the tool put them in several stories)."""

    def clean(claim: Mapping[str, Any]) -> bool:
        return near.issuperset(key for key in claim["statements"] if key in page_of)

    telling = {page_of.get(key, key) for key in main}
    holding = [claim for claim in claims if not main.isdisjoint(claim["statements"])]
    carrying = [c for c in holding if telling == {page_of.get(key, key) for key in main.intersection(c["statements"])}]
    if len(telling) > 1:
        tally.add("main_whole", any(main.issubset(claim["statements"]) for claim in carrying))
        tally.add("main_carried", bool(carrying))
        tally.add("main_clean", any(clean(claim) for claim in carrying))
    else:
        tally.add("main_alone", all(clean(claim) for claim in holding))
    first = mains[0] if len(mains) == 1 else None
    tally.add("main_told", any(not main.isdisjoint(claim["statements"]) for claim in mains))
    tally.add("main_right", first is not None and first in carrying and clean(first))


if __name__ == "__main__":
    run(
        measure,
        __doc__,
        {"--reader": {"type": int, "choices": (0, 5, 6, 7), "default": 0, "help": "one reader's stories; 0: all"}},
    )
