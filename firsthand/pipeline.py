"""The stage table and :func:`trace`: the whole tool on one screen.

In: paths, a folder to write to, options. Out: the dossier; the folder holds ``dossier.json``, ``dossier.html`` and the
collection. Each stage runs only if its seal is broken: the seal hashes the stage's name, its
code and data, its options and the seals of what it reads, so an unchanged rerun does nothing, a changed option reruns
only what reads it, and a killed run goes on where it was and ends in the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from .dossier import compile_dossier, render_page
from .errors import UsageError
from .options import Options
from .overrules import about, at_present
from .page_work import few_collections, leave_to_parent
from .records import Alignment, Article, Findings, Lineage, Overrule, OverruleAbout, Page, Rejected
from .running import Progress, articles_of, copies_of, quiet, statements_of
from .store import FILE_NAME, TABLES, Collection, Keep
from .versions import code_hash, made_with

Tables = dict[str, tuple[Any, ...]]
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Run:
    """What every stage of one run is handed beside the tables that it reads."""

    options: Options
    collection: Collection
    processes: int
    progress: Progress
    overrules: tuple[Overrule, ...] = ()

    def decided(self, kind: OverruleAbout, tables: Tables) -> tuple[Overrule, ...]:
        """What an editor has decided of one kind of thing, with the pages under their present ids."""
        return at_present(about(self.overrules, kind), tables["articles"])


@dataclass(frozen=True, slots=True)
class Made:
    """What a stage made: rows by table, and what it keeps for its next run, if anything."""

    tables: Mapping[str, Sequence[Any]]
    keep: Keep | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A row of the stage table: what it reads, what leaves it, and the function that makes the one of the other."""

    name: str
    reads: tuple[str, ...]
    leaves: tuple[str, ...]
    run: Callable[[Tables, Run], Made]


def _articles(tables: Tables, run: Run) -> Made:
    kept, rejected = articles_of(tables["pages"], run.options.articles, run.collection, run.processes, run.progress)
    return Made({"articles": kept, "rejected": rejected})


def _copies(tables: Tables, run: Run) -> Made:
    shared, keep = copies_of(tables["articles"], run.options.copies, run.collection)
    return Made({"copies": shared.copies, "source_matter": shared.source_matter}, keep)


def _stories(tables: Tables, run: Run) -> Made:
    from .stories import group_stories, overrule_stories

    found = group_stories(tables["articles"], tables["copies"], run.options.stories)
    stories, unmet = overrule_stories(found, tables["articles"], run.decided("stories", tables))
    return Made({"stories": stories, "rejected": unmet})


def _statements(tables: Tables, run: Run) -> Made:
    found, rejected = statements_of(
        tables["articles"], run.options.statements, run.collection, run.processes, run.progress
    )
    return Made({"statements": found, "rejected": rejected})


def _reports(tables: Tables, run: Run) -> Made:
    from .reports import identify_reports, overrule_reports

    found = identify_reports(
        tables["articles"], tables["copies"], tables["stories"], tables["statements"], run.options.reports
    )
    lineage, unmet = overrule_reports(found, tables["statements"], run.decided("reports", tables))
    return Made({**{f.name: getattr(lineage, f.name) for f in fields(lineage)}, "rejected": unmet})


def _claims(tables: Tables, run: Run) -> Made:
    from .claims import align_claims, overrule_claims

    found = align_claims(
        tables["articles"], tables["stories"], tables["statements"], tables["copies"], run.options.claims
    )
    aligned, unmet = overrule_claims(found, tables["stories"], tables["statements"], run.decided("claims", tables))
    return Made({**{f.name: getattr(aligned, f.name) for f in fields(aligned)}, "rejected": unmet})


def _origins(tables: Tables, run: Run) -> Made:
    from .origins import trace_origins, unmet_origins

    decided = run.decided("origins", tables)
    counts = trace_origins(
        tables["articles"],
        tables["stories"],
        tables["statements"],
        tables["claims"],
        tables["copies"],
        _together(Lineage, tables),
        run.options.origins,
        decided,
    )
    return Made({"origins": counts, "rejected": unmet_origins(decided, tables["statements"], tables["claims"])})


STAGES = (
    Stage("articles", ("pages",), ("articles",), _articles),
    Stage("copies", ("articles",), ("copies", "source_matter"), _copies),
    Stage("stories", ("articles", "copies"), ("stories",), _stories),
    Stage("statements", ("articles",), ("statements",), _statements),
    Stage(
        "reports",
        ("articles", "copies", "stories", "statements"),
        ("reports", "carriages", "citations", "directions"),
        _reports,
    ),
    Stage("claims", ("articles", "stories", "statements", "copies"), ("claims", "disagreements"), _claims),
    Stage("origins", ("articles", "stories", "statements", "claims", "copies", "reports"), ("origins",), _origins),
)
"""Every stage after ``pages`` (which reads the world and so always runs). ``reads`` names stages, ``leaves`` tables."""


def trace(
    paths: Sequence[str],
    out: str | Path,
    options: Options | None = None,
    *,
    processes: int | None = None,
    progress: Progress = quiet,
    until: str | None = None,
) -> dict[str, Any] | None:
    """Trace every page under ``paths`` and leave the dossier and the collection in the folder ``out``.

    ``processes`` None: as many as the machine has cores, where the collection is large enough to gain by it; the result
    is the same. Returns the dossier; None where ``until`` names an earlier stage to stop after. The collection holds
    what was found (:func:`findings`). Raises :class:`errors.FirsthandError`.
    """
    leave_to_parent()
    options, out = options or Options(), Path(out)
    with Collection(out / FILE_NAME, create=True) as collection:
        run = Run(options, collection, processes or os.cpu_count() or 1, progress, collection.overrules())
        tables, seals = _read(paths, out, run)
        collection.note("read", msgspec.json.encode(tuple(paths)).decode())
        collection.note("options", msgspec.json.encode(_flat(options)).decode())
        for stage in STAGES:
            if until == "pages":
                break
            _step(stage, tables, seals, run)
            if stage.name == until:
                break
        if until not in (None, "dossier"):
            return None
        found = findings(collection, tables)
    return write_dossier(found, out, progress)


def overrule(
    out: str | Path, overrules: Sequence[Overrule], *, processes: int | None = None, progress: Progress = quiet
) -> dict[str, Any]:
    """Keep these overrules, and no others, in the collection in ``out``, and run what they change: no page is read
    again. Returns the dossier. Raises :class:`errors.FirsthandError`."""
    leave_to_parent()
    out = Path(out)
    with Collection(out / FILE_NAME) as collection:
        seal = collection.seal("pages")
        if seal is None or collection.seal("origins") is None:
            raise UsageError(f"the trace of {str(out)!r} has not been finished", "run the same firsthand trace again")
        collection.keep_overrules(overrules)
        noted = msgspec.json.decode(collection.noted("options") or "[]", type=tuple[tuple[str, str], ...])
        run = Run(_options(noted), collection, processes or os.cpu_count() or 1, progress, tuple(overrules))
        tables: Tables = {"pages": collection.load("pages", TABLES["pages"])}
        seals = {"pages": seal}
        for stage in STAGES:
            _step(stage, tables, seals, run)
        found = findings(collection, tables)
    return write_dossier(found, out, progress)


def read_articles(
    paths: Sequence[str], options: Options | None = None, *, learn: bool = True
) -> Iterator[tuple[Page, Article] | Rejected]:
    """The article on every page under ``paths``, or why there is none, in reading order; nothing is stored.

    With ``learn`` the pages are read twice, first to learn what each site repeats over its pages; without it, and from
    standard input (``-``), each page is read by itself. Memory holds one page at a time (and, with ``learn``, the
    hashes of all lines).
    Raises :class:`errors.NothingToRead`.
    """
    from .articles import Furniture, clean_page, learn_furniture
    from .pages import read_pages

    options = options or Options()
    furniture = Furniture()
    if learn and "-" not in paths:
        pages = (item for item in read_pages(paths, options.pages) if isinstance(item, Page))
        furniture = learn_furniture(pages, options.articles)
    for item in read_pages(paths, options.pages):
        if isinstance(item, Rejected):
            yield item
        else:
            found = clean_page(item, options.articles, furniture)
            yield found if isinstance(found, Rejected) else (item, found)


BUFFER = 16_000_000
"""Characters of pages that are held in memory before they are written down."""


def _read(paths: Sequence[str], out: Path, run: Run) -> tuple[Tables, dict[str, str]]:
    """Reads the pages into the collection; what they hold is written as it comes, so memory holds a buffer of them."""
    from .pages import read_pages

    pages: list[Page] = []
    rejected: list[Rejected] = []
    waiting: list[Page] = []
    for item in read_pages(paths, run.options.pages, leave_out=(str(out),)):
        if isinstance(item, Rejected):
            rejected.append(item)
        else:
            pages.append(replace(item, content=""))
            waiting.append(item)
        if sum(len(page.content) for page in waiting) > BUFFER or len(waiting) >= 100:
            run.collection.add_contents(waiting)
            waiting = []
        run.progress("pages", len(pages) + len(rejected), None)
    run.collection.add_contents(waiting)
    pages.sort(key=lambda page: (page.location, page.id))
    seal = _hash("pages", *map(msgspec.json.encode, rejected), msgspec.json.encode(pages))
    if run.collection.seal("pages") != seal:
        run.collection.save("pages", seal, {"pages": pages, "rejected": rejected})
        run.collection.forget_contents()
    return {"pages": tuple(pages)}, {"pages": seal}


def _step(stage: Stage, tables: Tables, seals: dict[str, str], run: Run) -> None:
    """Hand back the stage's tables if its seal is unbroken, else run it and save."""
    own = msgspec.json.encode(getattr(run.options, stage.name))
    decided = [msgspec.json.encode(overrule) for overrule in run.overrules if overrule.about == stage.name]
    seal = _hash(stage.name, code_hash(stage.name), own, *(seals[name] for name in stage.reads), *decided)
    seals[stage.name] = seal
    if run.collection.seal(stage.name) != seal:
        run.progress(stage.name, 0, None)
        with few_collections():
            made = stage.run(tables, run)
        run.collection.save(stage.name, seal, made.tables, made.keep)
    for name in stage.leaves:
        tables[name] = run.collection.load(name, TABLES[name])
    run.progress(stage.name, 1, 1)


def _together(kind: type[Record], tables: Tables) -> Record:
    """A record that groups whole tables, from its tables."""
    return kind(**{f.name: tables[f.name] for f in fields(kind)})  # type: ignore[arg-type]


def findings(collection: Collection, read: Mapping[str, tuple[Any, ...]] | None = None) -> Findings:
    """All that a collection holds, as one value; ``read`` are tables that were read from it already."""
    known = read or {}
    tables: Tables = {
        name: known[name] if name in known else collection.load(name, kind) for name, kind in TABLES.items()
    }
    return Findings(
        pages=tables["pages"],
        articles=tables["articles"],
        copies=tables["copies"],
        stories=tables["stories"],
        statements=tables["statements"],
        lineage=_together(Lineage, tables),
        alignment=_together(Alignment, tables),
        origins=tables["origins"],
        source_matter=tables["source_matter"],
        overrules=collection.overrules(),
        rejected=tables["rejected"],
        read=tuple(msgspec.json.decode(collection.noted("read") or "[]")),
        options=tuple(msgspec.json.decode(collection.noted("options") or "[]", type=tuple[tuple[str, str], ...])),
        made_with=made_with(),
    )


def write_dossier(found: Findings, out: Path, progress: Progress = quiet) -> dict[str, Any]:
    """Write ``dossier.json`` and ``dossier.html``, each whole or not at all."""
    progress("dossier", 0, None)
    dossier = compile_dossier(found)
    _replace(out / "dossier.json", msgspec.json.format(msgspec.json.encode(dossier), indent=1) + b"\n")
    _replace(out / "dossier.html", render_page(dossier).encode("utf-8", "replace"))
    progress("dossier", 1, 1)
    return dossier


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    os.replace(beside, path)


def _flat(options: Options) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{stage.name}.{row.name}", str(getattr(getattr(options, stage.name), row.name)))
        for stage in fields(options)
        for row in fields(getattr(options, stage.name))
    )


def _options(noted: Sequence[tuple[str, str]]) -> Options:
    """The options that a run noted down."""
    given: dict[str, dict[str, str]] = {}
    for name, value in noted:
        stage, _, row = name.partition(".")
        given.setdefault(stage, {})[row] = value
    return msgspec.convert(given, Options, strict=False)


def _hash(*parts: str | bytes) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()
