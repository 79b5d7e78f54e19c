"""What the markup of an HTML page declares: meta tags, JSON-LD, time and author elements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .blocks import tidy


@dataclass(frozen=True, slots=True)
class Markup:
    """What the head of an HTML page declares. ``meta`` maps lower-case names and properties to their contents in
    order; ``linked`` are the JSON-LD objects, flattened; ``times`` the ``datetime`` stamps of ``time`` elements."""

    title: str = ""
    lang: str = ""
    canonical: str = ""
    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)
    linked: tuple[dict[str, Any], ...] = ()
    times: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()

    def first(self, *names: str) -> str:
        """The first non-empty content of the first of these meta names that the page has."""
        return next((v for n in names for v in self.meta.get(n, ()) if v), "")


def read_markup(tree: Any) -> Markup:
    """The declarations of a page's head, and of its ``time`` and author elements."""
    meta: dict[str, list[str]] = {}
    for element in tree.iterfind(".//meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if name and element.get("content"):
            meta.setdefault(name, []).append(tidy(element.get("content")[:2000]))
    title = tree.find(".//title")
    canonical = next((e.get("href") or "" for e in tree.iterfind(".//link") if e.get("rel") == "canonical"), "")
    times = [e.get("datetime") or "" for e in tree.iterfind(".//time")]
    return Markup(
        tidy("".join(title.itertext())[:600]) if title is not None else "",
        tree.get("lang") or "",
        canonical or next(iter(meta.get("og:url", [])), ""),
        {name: tuple(values) for name, values in meta.items()},
        tuple(_linked(tree)),
        tuple(t for t in times if t)[:20],
        tuple(_authors(tree)),
    )


def _linked(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iterfind(".//script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            value = json.loads(script.text[:2_000_000], strict=False)
        except (ValueError, RecursionError):
            continue
        waiting, read = [value], 0
        while waiting and read < 400:
            item = waiting.pop(0)
            read += 1
            if isinstance(item, list):
                waiting.extend(item[:200])
            elif isinstance(item, dict):
                yield item
                waiting.extend(item[k] for k in ("@graph", "mainEntity", "mainEntityOfPage") if k in item)


def _authors(tree: Any) -> Iterator[str]:
    found = 0
    for element in tree.iter("a", "span", "div", "p", "address"):
        names = f"{element.get('rel') or ''} {element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        if "author" not in names and "byline" not in names:
            continue
        text = tidy(" ".join(t for t, _ in zip(element.itertext(), range(40), strict=False))[:400])
        if 3 <= len(text) <= 160:
            yield text
            found += 1
            if found >= 8:
                return
