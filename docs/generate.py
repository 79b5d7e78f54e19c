"""Prints the pages of docs/ that are made from the code: rules.md, cli.md, options.md. ``python docs/generate.py``.

A test holds the pages against what this makes, so that no rule, command or option is undocumented.
"""

from __future__ import annotations

import ast
import inspect
import sys
from dataclasses import fields
from pathlib import Path

import click

from firsthand import cli, options
from firsthand.rules import all_rules

HERE = Path(__file__).resolve().parent


def rules() -> str:
    """docs/rules.md, from every stage's rules.toml."""
    lines = [
        "# Rules",
        "",
        "Every reason in a dossier names one of these rules. A verdict is recomputed from its reasons alone. Made from",
        "`firsthand/<stage>/rules.toml` by `make docs`.",
    ]
    stage = ""
    for rule in all_rules().values():
        if rule.stage != stage:
            stage = rule.stage
            lines += ["", f"## {stage}", "", "| rule | what it says | weight | effect |", "|---|---|---|---|"]
        cells = (f"`{rule.name}`", rule.says, rule.weight, rule.effect)
        lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """docs/cli.md, from the commands' own help."""
    codes = inspect.getdoc(cli) or ""
    lines = [
        "# The command line",
        "",
        "Made from the commands' own help by `make docs`.",
        "",
        "## Exit codes",
        "",
        "```",
    ]
    lines += [*codes.split("Exit codes:")[1].strip().splitlines(), "```"]
    for name, verb in sorted(cli.cli.commands.items()):
        widths = {"max_content_width": 80, "terminal_width": 80}
        # click keeps a verb's help option once it has made it: ask for the one that the group gives it
        context = click.Context(verb, info_name=f"firsthand {name}", help_option_names=["-h", "--help"], **widths)
        lines += ["", f"## firsthand {name}", "", "```", verb.get_help(context), "```"]
    return "\n".join(lines) + "\n"


def option_rows() -> str:
    """docs/options.md, from ``options.py``: the comment string under each field."""
    lines = ["# Options", "", "One frozen value per stage; each default says what it risks. Made by `make docs`."]
    notes = _notes()
    for stage in fields(options.Options):
        kind = type(getattr(options.Options(), stage.name))
        rows = fields(kind)
        lines += ["", f"## {stage.name}", "", inspect.getdoc(kind) or ""]
        if rows:
            lines += ["", "| option | default | what it does |", "|---|---|---|"]
        for row in rows:
            note = notes[(kind.__name__, row.name)]
            lines.append(f"| `{row.name}` | `{getattr(kind(), row.name)}` | {note} |")
    return "\n".join(lines) + "\n"


def _notes() -> dict[tuple[str, str], str]:
    found = {}
    for node in ast.parse(inspect.getsource(options)).body:
        if isinstance(node, ast.ClassDef):
            for field, note in zip(node.body, node.body[1:], strict=False):
                if (
                    isinstance(field, ast.AnnAssign)
                    and isinstance(field.target, ast.Name)
                    and isinstance(note, ast.Expr)
                ):
                    words = ast.literal_eval(note.value)
                    found[(node.name, field.target.id)] = " ".join(words.split())
    return found


PAGES = {"rules.md": rules, "cli.md": commands, "options.md": option_rows}


def main() -> None:
    """Write every generated page."""
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), encoding="utf-8")
        print(f"docs/{name}", file=sys.stderr)


if __name__ == "__main__":
    main()
