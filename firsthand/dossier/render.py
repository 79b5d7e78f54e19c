"""The dossier as one self-contained HTML page.

The template escapes everything (Jinja2 with autoescape); the page's policy (CSP) allows nothing but its own style and
script, each named by its SHA-256, so that page text could not run, load or send anything even if it got through.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from firsthand.rules import all_rules

from .index import Index, View
from .overrule_view import overrule_words
from .story_view import story_view
from .wording import capital, clip, counted, plain

MAX_STORIES = 60
"""Stories with sections of their own; the index names the others, up to :data:`MAX_INDEX`."""

MAX_INDEX, MAX_UNREADABLE = 500, 300

# What HTML may not hold, or what a file in UTF-8 cannot: control characters and halves of surrogate pairs.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def render_page(dossier: Mapping[str, Any]) -> str:
    """The dossier's page: HTML in UTF-8 that opens from disk, asks no host for anything, and runs no page's words."""
    style, script = _asset("dossier.css"), _asset("dossier.js")
    page = (
        _environment()
        .get_template("page.html.j2")
        .render(
            style=Markup(style),
            script=Markup(script),
            policy=_policy(style, script),
            **_context(dossier),
        )
    )
    return _FORBIDDEN.sub("\ufffd", page)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("firsthand.dossier"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        extensions=[],
    )


@cache
def _asset(name: str) -> str:
    return (resources.files("firsthand.dossier") / "templates" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """The Content-Security-Policy: CSP Level 3, hash sources (https://www.w3.org/TR/CSP3/#framework-directive-source-list)."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _context(dossier: Mapping[str, Any]) -> View:
    index = Index.of(dossier)
    stories = dossier["stories"]
    unreadable = dossier["input"]["unreadable"]
    return {
        "title": _title(stories),
        "lede": _lede(dossier),
        "index": [
            {
                "title": story["title"],
                "finding": story["finding"],
                "pages": len(story["pages"]),
                "anchor": f"s{place}" if place <= MAX_STORIES else None,
                "id": story["id"],
            }
            for place, story in enumerate(stories[:MAX_INDEX], 1)
        ],
        "stories_total": len(stories),
        "stories_shown": min(len(stories), MAX_STORIES),
        "stories": [story_view(index, story, place) for place, story in enumerate(stories[:MAX_STORIES], 1)],
        "read": dossier["input"]["read"],
        "unreadable": unreadable[:MAX_UNREADABLE],
        "unreadable_total": len(unreadable),
        "made_with": dossier["made_with"],
        "options": dossier["options"],
        "schema": dossier["schema"],
        "rules": _rules_used(dossier),
        "overrules": [{**row, "words": overrule_words(row)} for row in dossier["overrules"]],
    }


def _title(stories: Sequence[Mapping[str, Any]]) -> str:
    if len(stories) == 1:
        return f"{clip(stories[0]['title'], 80) or 'One story'} · who reported it"
    return f"{counted(len(stories), 'story', 'stories').capitalize()} · who reported them"


def _lede(dossier: Mapping[str, Any]) -> str:
    """What was read, in a sentence."""
    words = (
        f"{counted(len(dossier['pages']), 'page')} in {counted(len(dossier['stories']), 'story', 'stories')}, "
        f"{counted(len(dossier['reports']), 'report')}, {counted(len(dossier['claims']), 'claim')}"
    )
    left = len(dossier["input"]["unreadable"])
    return capital(f"{words}; {counted(left, 'document')} could not be read." if left else f"{words}.")


def _rules_used(dossier: Mapping[str, Any]) -> list[View]:
    """The rules that this dossier's reasons name, with what each says."""
    names = sorted(_rule_names(dossier))
    known = all_rules()
    rows = [(name, known.get(name)) for name in names]
    return [
        {"name": plain(name), "says": rule.says if rule else "", "effect": rule.effect if rule else ""}
        for name, rule in rows
    ]


def _rule_names(value: object) -> set[str]:
    """The ``rule`` of every reason anywhere in a dossier."""
    names: set[str] = set()
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            if "rule" in item and "because" in item:
                names.add(str(item["rule"]))
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    return names
