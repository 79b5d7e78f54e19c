"""A dossier laid beside the truth about its pages: which page is which, where words stand, which claim holds them.

Quotation marks, dashes, white space and case never decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Entry = Mapping[str, Any]
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " "})


def squash(text: str | None) -> str:
    """Lower case, with one way of writing quotation marks, dashes and white space."""
    return re.sub(r"\s+", " ", (text or "").translate(_QUOTES)).strip().lower()


def name_of(value: Any) -> str:
    """A key for a newsroom's name, given as a name, a mapping with a name, or None."""
    name = value.get("name") if isinstance(value, Mapping) else value
    return re.sub(r"[\W_]+", " ", re.sub(r"^the\s", "", squash(name))).strip()


def is_one_of(value: Any, names: Iterable[str]) -> bool:
    """Whether a name is one of ``names``, the article and punctuation aside."""
    return bool(name_of(value)) and name_of(value) in {name_of(name) for name in names}


class Scene:
    """A dossier with its truth: pages by the truth's keys, statements by page, claims by statement."""

    def __init__(self, dossier: Entry, truth: Entry) -> None:
        self.dossier, self.truth = dossier, truth
        self.pages: dict[str, Entry] = {}
        for key, row in truth["pages"].items():
            found = [page for page in dossier["pages"] if _is_page(page, row["find"])]
            if len(found) == 1:
                self.pages[key] = found[0]
        self.key_of = {page["id"]: key for key, page in self.pages.items()}
        self.reports = {report["id"]: report for report in dossier["reports"]}
        self.statements = {statement["id"]: statement for statement in dossier["statements"]}
        self.on_page: dict[str, list[Entry]] = {}
        for statement in dossier["statements"]:
            self.on_page.setdefault(self.key_of.get(statement["page"], ""), []).append(statement)
        self.claims_of: dict[str, list[Entry]] = {}
        for claim in dossier["claims"]:
            for identity in claim["statements"]:
                self.claims_of.setdefault(identity, []).append(claim)

    def report(self, key: str) -> Entry:
        """The report that a page carries."""
        found: Entry = self.reports[self.pages[key]["report"]]
        return found

    def said(self, key: str, words: str) -> list[Entry]:
        """The statements of a page that hold the words, or lie over half of them (or within them for half of
        themselves); the nearest in length first."""
        text = self.pages[key]["text"]
        hit = find_words(words, text)
        if hit is None:
            return []
        found = []
        for statement in self.on_page.get(key, []):
            start, end = statement["span"]
            shared = min(end, hit[1]) - max(start, hit[0])
            if shared > 0 and shared >= 0.5 * min(end - start, hit[1] - hit[0]):
                found.append((-shared, end - start, statement["id"], statement))
        return [row[-1] for row in sorted(found, key=lambda row: row[:3])]

    def claim(self, words: Mapping[str, str]) -> Entry:
        """The claim that holds the most of these statements; of equals, the one with the fewest others."""
        near: dict[str, set[str]] = {}
        claims: dict[str, Entry] = {}
        for key, quoted in words.items():
            for statement in self.said(key, quoted):
                for claim in self.claims_of.get(statement["id"], ()):
                    near.setdefault(claim["id"], set()).add(key)
                    claims[claim["id"]] = claim
        best = min(claims, key=lambda c: (-len(near[c]), len(claims[c]["statements"]), c))
        return claims[best]

    def carried(self, claim: Entry) -> set[str]:
        """The pages of a claim's statements."""
        return {self.key_of[self.statements[s]["page"]] for s in claim["statements"]}


def _is_page(page: Entry, find: Entry) -> bool:
    if "given_id" in find:
        return bool(page.get("given_id") == find["given_id"])
    if "url" in find:
        return find["url"] in (page.get("url"), page.get("given_id")) or page["location"].endswith(find["url"])
    return bool(Path(page["location"]).name == find["file"])


def find_words(words: str, text: str) -> tuple[int, int] | None:
    """Where exact words stand in a text, white space and the shape of quotation marks aside."""
    folded = text.translate(_QUOTES).lower()
    pattern = r"\s+".join(re.escape(word) for word in squash(words).split(" "))
    hit = re.search(pattern, folded)
    return hit.span() if hit else None
