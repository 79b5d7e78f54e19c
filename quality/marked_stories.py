"""Origins on stories that were marked before the tool ran on them: PATH is ``allsides_fulltext``, whose texts they are.

``marked_stories.json`` holds the marks of five editors on 29 stories, in the form of the scorer's guide, but with
``[start, end]`` in the article's text for each ``words``: it names articles and places, and no text. The scorer is
the marked collection's own (``--scorer eval/origins_gold/score.py``). All pages are traced as one collection.

The stories of the first three editors are those with three pages whose id, as text, has an MD5 digest that begins with
0 (six), 1 (six) or 2 (five: one is among those of ``origins_gold``), in the order of the digests; those of the last
two are the next twelve from the other end of that order, in turns, of stories that no other marks or pairs name.
``--part 1`` to ``5`` takes one editor's. Once errors are read on a part, its figures flatter, and only the others say
what to expect elsewhere: docs/figures.md says which were read. Pairs of statements of two stories of the third part
were learned from (``same_pairs.tsv``) until it was marked.

``--pack FOLDER`` makes the file from a folder of stories in the guide's form, whose ``story.json`` names the articles.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .frame import Figures, page_record, records_named, run
from .origins_gold import measure as score

MARKS = Path(__file__).with_name("marked_stories.json")
PARTS = (6, 6, 5, 6, 6)
"""How many stories each editor marked, in the order of the file."""


def measure(
    path: Path, scorer: Path | None = None, part: int = 0, counts: bool = False, pack: Path | None = None
) -> Figures:
    """What ``quality.origins_gold`` prints, of the marked stories or of one editor's ``part``."""
    if pack:
        stories = ",\n".join(json.dumps(packed(folder), ensure_ascii=False) for folder in sorted(pack.iterdir()))
        MARKS.write_text(f"[{stories}]\n")
    if not scorer or not scorer.is_file():
        raise SystemExit(f"no scorer at {scorer}: give --scorer the path of the marked collection's score.py")
    marks = list(enumerate(json.loads(MARKS.read_text())))
    if part:
        before = sum(PARTS[: part - 1])
        marks = marks[before : before + PARTS[part - 1]]
    texts = records_named(path, [name for _, mark in marks for name in mark["articles"]])
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing) / f"marked-{part or 'all'}"
        pages = [row for i, mark in marks for row in unpacked(mark, texts, folder / "stories" / f"{i:02}")]
        (folder / "pages.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in pages))
        (folder / "score.py").write_bytes(scorer.read_bytes())
        return score(folder, counts)


def unpacked(mark: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """One story's ``gold.json`` and ``story.json`` in ``folder``, with words for places; its pages for the tracer."""
    files = {f"{i}.txt": texts[name] for i, name in enumerate(mark["articles"])}
    gold = _with_words(mark["gold"], lambda file, place: files[file]["text"][slice(*place)])
    folder.mkdir(parents=True)
    (folder / "gold.json").write_text(json.dumps(gold, ensure_ascii=False))
    (folder / "story.json").write_text(json.dumps({"articles": [{"file": file} for file in files]}))
    return [page_record(row, f"{folder.name}/{file}") for file, row in files.items()]


def packed(folder: Path) -> dict[str, Any]:
    """One story as ``marked_stories.json`` keeps it: article ids, and marks with places for words."""
    story = json.loads((folder / "story.json").read_text())
    gold = json.loads((folder / "gold.json").read_text())
    kept = {key: gold[key] for key in ("articles", "pairs", "claims", "disagreements")}
    texts = {row["file"]: (folder / row["file"]).read_text() for row in story["articles"]}
    places = _with_words(kept, lambda file, words: _place(words, texts[file], f"{folder.name}/{file}"))
    return {"story": story["story"], "articles": [row["id"] for row in story["articles"]], "gold": places}


def _with_words(value: Any, change: Callable[[str, Any], Any], file: str = "") -> Any:
    """``value`` with each ``words`` changed, given the file that the nearest object around it names."""
    if isinstance(value, list):
        return [_with_words(part, change, file) for part in value]
    if not isinstance(value, dict):
        return value
    file = value.get("file", file)
    return {
        key: change(file, part) if key == "words" and part else _with_words(part, change, file)
        for key, part in value.items()
    }


def _place(words: str, text: str, where: str) -> list[int]:
    """Where ``words`` stand in ``text``, white space and the shapes of quotation marks aside, as the scorer looks."""
    pattern = r"\s*".join(re.escape(word) for word in re.findall(r"\w+|[^\w\s]", words))
    pattern = re.sub("[’‘']", "[’‘']", re.sub('[“”"]', '[“”"]', pattern))
    hit = re.search(pattern, text, re.IGNORECASE)
    if not hit:
        raise SystemExit(f"{where} does not hold the words {words!r}")
    return list(hit.span())


if __name__ == "__main__":
    run(
        measure,
        __doc__,
        {
            "--scorer": {"type": Path, "help": "score.py of the marked collection"},
            "--part": {"type": int, "choices": range(len(PARTS) + 1), "default": 0, "help": "one editor's; 0: all"},
            "--counts": {"action": "store_true", "help": "also print what each share is out of"},
            "--pack": {"type": Path, "help": "a folder of marked stories that makes marked_stories.json anew"},
        },
    )
