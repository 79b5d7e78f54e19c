"""Documentation under test: generated pages are current; every option, rule and command is documented."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from firsthand import cli
from firsthand.rules import all_rules

ROOT = Path(__file__).resolve().parent.parent
_spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
assert _spec and _spec.loader
generate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(generate)


@pytest.mark.parametrize("name", sorted(generate.PAGES))
def test_generated_page_is_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == generate.PAGES[name](), "run `make docs`"


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in cli.cli.commands:
        assert f"firsthand {name}" in readme


def test_every_rule_in_the_code_is_documented_and_used() -> None:
    """A rule name is a quoted word of a stage's code; each documented rule is used somewhere in its stage."""
    for rule in all_rules().values():
        folder = ROOT / "firsthand" / rule.stage
        code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))
        assert f'"{rule.name}"' in code, f"rule {rule.name} of {rule.stage}/ is documented but never used"
        assert rule.says and rule.weight and rule.effect


def test_links_between_documents_lead_somewhere() -> None:
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}, which does not exist"
