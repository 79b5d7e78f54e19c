"""The closed set of rule names that a :class:`records.Reason` may carry, each documented.

The rows stand beside the code that uses them, in ``firsthand/<stage>/rules.toml``::

    ["same-named-person"]
    says = "both chains end in the same named person"
    weight = "1 always: the merge is certain"
    effect = "merges two origins"

``docs/rules.md`` is printed from these rows (a test holds the two together).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

STAGES = ("pages", "articles", "copies", "stories", "statements", "reports", "claims", "origins", "dossier")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a stage's ``rules.toml``. ``weight`` says what a reason's weight means under this rule."""

    name: str
    stage: str
    says: str
    weight: str
    effect: str


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by name, in stage order, then as written."""
    found: dict[str, Rule] = {}
    for stage in STAGES:
        path = resources.files("firsthand") / stage / "rules.toml"
        if not path.is_file():
            continue
        for name, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in found:
                raise ValueError(f"rule {name!r} stands in {found[name].stage}/ and in {stage}/")
            found[name] = Rule(name, stage, row["says"], row["weight"], row["effect"])
    return found
