"""The command line: ``firsthand trace``, ``demo``, ``read``, ``stories``, ``claims``, ``why``, ``set-aside``, and an
editor's ``merge``, ``split`` and ``overrules``.

Findings go to standard output; progress and messages go to standard error. Every verb takes ``--json``. Exit codes:

0   done
2   used wrongly: an unknown option, a path that does not exist, an id that the collection does not hold
3   read, but nothing could be measured: no page gave an article with statements (the dossier says why, page by page)
4   the collection or the language model cannot be used
130 stopped by the keyboard; the same command goes on where it was
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

# Before numpy is loaded: the products of a page's statements are small, and on several threads that wait for each other
# they took up to ten times the processor time where the machine had other work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn

from . import __version__
from .errors import FirsthandError, ModelMissing, NotFound, StoreError, UsageError

DONE, USED_WRONGLY, NOTHING_MEASURED, NOT_USABLE, STOPPED = 0, 2, 3, 4, 130
DEFAULT_FOLDER = "dossier"
Command = Callable[..., int]

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
out = click.option(
    "-o", "--out", default=DEFAULT_FOLDER, show_default=True, type=click.Path(file_okay=False), help="Folder to write."
)


def traced_folder(*names: str) -> Callable[[Any], Any]:
    """The option, under these names, for a folder that a trace has written."""
    shown: Any = click.Path(file_okay=False)
    return click.option(
        *names, "folder", default=DEFAULT_FOLDER, show_default=True, type=shown, help="Folder that a trace has written."
    )


where = traced_folder("-d", "--dir")
processes = click.option(
    "--processes", type=click.IntRange(1, 256), help="Processes for the work on single pages. [default: one a core]"
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="firsthand")
def cli() -> None:
    """Who really reported it? Reads a pile of news pages and counts, for each
    claim, the independent origins through which it came. Works offline."""


def command(*decorators: Callable[[Any], Any], name: str | None = None) -> Callable[[Command], click.Command]:
    """A verb: its options, and the turning of exceptions into messages and exit codes."""

    def make(function: Command) -> click.Command:
        @wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> None:
            sys.exit(_guard(function, *args, **kwargs))

        wrapped: Any = guarded
        for decorate in reversed(decorators):
            wrapped = decorate(wrapped)
        return cli.command(name)(wrapped)

    return make


def _guard(function: Command, *args: Any, **kwargs: Any) -> int:
    try:
        return function(*args, **kwargs)
    except FirsthandError as error:
        say(f"firsthand: {error}")
        if error.next_step:
            say(f"  next: {error.next_step}")
        return NOT_USABLE if isinstance(error, StoreError | ModelMissing) else USED_WRONGLY
    except KeyboardInterrupt:
        say("firsthand: stopped; the same command goes on where it was")
        return STOPPED
    except BrokenPipeError:  # the reader of our output has gone: nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        named = f"{error.filename!r}: " if error.filename else ""
        say(f"firsthand: {named}{error.strerror or error}")
        say("  next: name another folder with -o, or make room and run the same command again")
        return NOT_USABLE


@command(
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    out,
    processes,
    click.option(
        "--until",
        type=click.Choice(
            ["pages", "articles", "copies", "stories", "statements", "reports", "claims", "origins", "dossier"]
        ),
        help="Stop after this stage; the same command without it goes on.",
    ),
    as_json,
)
def trace(paths: tuple[str, ...], out: str, processes: int | None, until: str | None, as_json: bool) -> int:
    """Trace every page under PATH... (files, folders, globs)."""
    return _trace(paths, out, processes, until, as_json)


@command(out, processes, as_json)
def demo(out: str, processes: int | None, as_json: bool) -> int:
    """Trace the demo collection: invented pages of invented outlets."""
    from .demo import collection

    return _trace((str(collection()),), out, processes, None, as_json)


@command(
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option("--text", is_flag=True, help="Print the article's paragraphs too."),
    click.option("--one-pass", is_flag=True, help="Do not first learn what each site repeats over its pages."),
    as_json,
)
def read(paths: tuple[str, ...], text: bool, one_pass: bool, as_json: bool) -> int:
    """The article on every page under PATH..., and nothing else.

    Headline, outlet, byline, credit, dates and text, with what was set aside and why. Nothing is stored. --json prints
    a JSON object a line."""
    from .dossier import article_entry
    from .dossier.article_view import article_lines
    from .pipeline import read_articles

    articles, unread = 0, 0
    for item in read_articles(paths, learn=not one_pass):
        if not isinstance(item, tuple):
            unread += 1
            say(f"firsthand: {item.subject}: {item.why}")
            continue
        articles += 1
        entry = article_entry(*item)
        if as_json:
            click.echo(msgspec.json.encode(entry).decode("utf-8", "replace"))
        else:
            show(article_lines(entry, text))
    if not articles:
        say(f"firsthand: no article was found; {unread} documents were set aside")
    return DONE if articles else NOTHING_MEASURED


def _trace(paths: tuple[str, ...], out: str, processes: int | None, until: str | None, as_json: bool) -> int:
    from .dossier.finding import summary_lines
    from .pipeline import trace as run_trace

    folder = Path(out)
    with watching() as progress:
        dossier = run_trace(paths, folder, processes=processes, progress=progress, until=until)
    if dossier is None:
        say(f"Stopped after {until}, as asked; the same command without --until goes on.")
        return DONE
    files = {"html": str(folder / "dossier.html"), "json": str(folder / "dossier.json")}
    if as_json:
        stories = [{key: row[key] for key in ("id", "title", "finding", "pages")} for row in dossier["stories"]]
        emit({**files, "stories": stories, "unreadable": dossier["input"]["unreadable"]})
    else:
        show([(0, line) for line in summary_lines(dossier)])
        click.echo(f"\nOpen {files['html']}")
    if not dossier["statements"]:
        _say_nothing_measured(dossier)
        return NOTHING_MEASURED
    return DONE


def _say_nothing_measured(dossier: Mapping[str, Any]) -> None:
    unreadable = dossier["input"]["unreadable"]
    documents = len(unreadable) + len(dossier["pages"])
    say(f"firsthand: read {documents} documents, but found no statement that could be measured:")
    for row in unreadable[:10]:
        say(f"  {row['location']}: {row['why']}")
    if len(unreadable) > 10:
        say(f"  and {len(unreadable) - 10} more, all named in dossier.json under input.unreadable")


@command(where, as_json)
def stories(folder: str, as_json: bool) -> int:
    """The stories of a collection, with the finding for each."""
    from .dossier import answers

    return _answer(answers.stories(_dossier(folder)), as_json)


@command(
    where,
    click.option("--story", help="Only the claims of this story (its id)."),
    click.option("--least-pages", default=1, show_default=True, help="Only claims on at least so many pages."),
    as_json,
)
def claims(folder: str, story: str | None, least_pages: int, as_json: bool) -> int:
    """The claims, each with its interval of independent origins."""
    from .dossier import answers

    return _answer(answers.claims(_dossier(folder), story, least_pages), as_json)


@command(click.argument("id"), where, as_json)
def why(id: str, folder: str, as_json: bool) -> int:
    """Why a verdict stands: the reasons behind ID, with the quoted words.

    ID is that of a claim, disagreement, story, report, statement, page, source matter or overrule; the beginning of one
    will do. CLAIM.2 is a claim's second origin. Two ids of pages joined by a plus sign ask why these are copies, and
    where they differ."""
    from .dossier import answers

    return _answer(answers.why(_dossier(folder), id), as_json)


@command(click.argument("id"), where, as_json, name="set-aside")
def set_aside(id: str, folder: str, as_json: bool) -> int:
    """What was set aside on the page ID, and why."""
    from .dossier import answers

    return _answer(answers.set_aside(_dossier(folder), id), as_json)


editing = (
    click.option("--note", default="", help="Why: kept and shown with the overrule."),
    click.option(
        "--about",
        type=click.Choice(["origins", "claims", "stories", "reports"]),
        help="What two statements or two pages are one, or two, of.",
    ),
    click.option("--on", metavar="DATE", help="The day that is shown. [default: today]"),
)
place = traced_folder("-d", "--dir", "-o", "--out")


@command(click.argument("a"), click.argument("b"), place, *editing, as_json)
def merge(a: str, b: str, folder: str, note: str, about: str | None, on: str | None, as_json: bool) -> int:
    """Overrule: A and B are one.

    A and B are two origins of a claim (CLAIM.1 and CLAIM.2, as firsthand why CLAIM numbers them), two claims, two
    statements, two stories, two pages or two reports. It is kept in the collection, holds on to the words behind A and
    B, applies on every later trace into the same folder, and is shown as what it is."""
    return _overrule("one", (a, b), folder, note, about, on, as_json)


@command(click.argument("a"), click.argument("b"), place, *editing, as_json)
def split(a: str, b: str, folder: str, note: str, about: str | None, on: str | None, as_json: bool) -> int:
    """Overrule: A and B are two.

    A and B are as in firsthand merge; it takes the place of an earlier overrule on the same two. To part one claim, or
    one origin, name two of its statements (for an origin, with --about origins)."""
    return _overrule("apart", (a, b), folder, note, about, on, as_json)


@command(place, click.option("--undo", metavar="ID", help="Take this overrule back."), as_json)
def overrules(folder: str, undo: str | None, as_json: bool) -> int:
    """What an editor has overruled, and whether it still applies."""
    from .dossier import overrule_view
    from .overruling import without

    dossier = _dossier(folder)
    if undo is not None:
        kept, gone = without(_kept(folder), undo)
        dossier = _apply(folder, kept)
        say(f"Taken back: {gone.id}")
    return _answer(overrule_view.overrules(dossier), as_json)


def _overrule(
    verdict: Any, ids: tuple[str, str], folder: str, note: str, about: Any, on: str | None, as_json: bool
) -> int:
    from datetime import date

    from .dossier import overrule_view
    from .overruling import make_overrule, with_overrule

    try:
        day = date.fromisoformat(on) if on else date.today()
    except ValueError as error:
        raise UsageError(f"{on!r} is no day", "give it as YYYY-MM-DD, such as --on 2031-05-02") from error
    try:
        new = make_overrule(_dossier(folder), verdict, ids, day.isoformat(), note, about)
    except NotFound as error:
        raise NotFound(f"{error} (in the collection of {folder!r})", f"{error.next_step} -d {folder}") from error
    dossier = _apply(folder, with_overrule(_kept(folder), new))
    rows = [row for row in dossier["overrules"] if row["id"] == new.id]
    return _answer(overrule_view.after_overrule(dossier, rows[0]), as_json)


def _kept(folder: str) -> tuple[Any, ...]:
    from .store import FILE_NAME, Collection

    with Collection(Path(folder) / FILE_NAME) as collection:
        return collection.overrules()


def _apply(folder: str, kept: tuple[Any, ...]) -> dict[str, Any]:
    from .pipeline import overrule

    with watching() as progress:
        return overrule(folder, kept, progress=progress)


def _dossier(folder: str) -> dict[str, Any]:
    from .dossier import compile_dossier
    from .pipeline import findings
    from .store import FILE_NAME, Collection

    with Collection(Path(folder) / FILE_NAME) as collection:
        if collection.seal("origins") is None:
            raise UsageError(f"the trace of {folder!r} has not been finished", "run the same firsthand trace again")
        return compile_dossier(findings(collection))


def _answer(answer: Any, as_json: bool) -> int:
    if as_json:
        emit(list(answer.rows))
    else:
        show(answer.lines)
    return DONE


# ------------------------------------------------------------------------------------------------- the terminal


def emit(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=1).decode("utf-8", "replace"))


def say(message: str) -> None:
    """A message to the person, on standard error."""
    click.echo(_printable(message), err=True)


def show(lines: Any) -> None:
    """Print an outline, wrapped to the terminal (80 columns where there is none), two spaces a level."""
    width = min(100, shutil.get_terminal_size((80, 24)).columns)
    for depth, words in lines:
        lead = len(words) - len(words.lstrip())
        indent = " " * (2 * depth + lead)
        text = _printable(words.strip())
        click.echo(
            textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)
        )


def _printable(words: str) -> str:
    """Without control characters and marks of direction: page text must not steer the terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else " " for c in words)


class watching:
    """Progress on a terminal: a context manager that gives the callback; silent where standard error is no terminal."""

    def __enter__(self) -> Callable[[str, int, int | None], None]:
        columns = (SpinnerColumn(), TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn())
        console = Console(stderr=True)
        self._bars = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._tasks: dict[str, TaskID] = {}
        self._bars.start()
        return self._update

    def _update(self, stage: str, done: int, of: int | None) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=of)
        self._bars.update(self._tasks[stage], completed=done, total=of)

    def __exit__(self, *_: object) -> None:
        self._bars.stop()


def main() -> None:
    """The ``firsthand`` command."""
    cli()
