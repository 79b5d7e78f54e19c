"""From the paths that a person types to the files to read, each with its location.

In: paths, folders, globs. Out: :class:`FoundFile` in location order, a ``Rejected`` for what is no readable file. A
folder is walked whole, hidden names and links to folders left out; two folders of one name are told apart by the path
as typed. Raises ``NothingToRead`` for a path that names nothing.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from firsthand.errors import NothingToRead
from firsthand.records import Rejected


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read and the name by which the dossier calls it."""

    location: str
    path: Path


def find_files(paths: Sequence[str], leave_out: Sequence[str] = ()) -> Iterator[FoundFile | Rejected]:
    """Every regular file under ``paths``, each once, in the order of their locations."""
    if not paths:
        raise NothingToRead("no PATH was given", "firsthand trace FOLDER -o DIR")
    passed_over = {os.path.realpath(p) for p in leave_out}
    roots = [root for path in paths for root in _roots(path)]
    names = [_short(root) for root in roots]
    found: dict[str, FoundFile | Rejected] = {}
    seen: set[str] = set()
    for root, name in sorted(zip(roots, names, strict=True)):
        clash = len({os.path.realpath(r) for r, n in zip(roots, names, strict=True) if n == name}) > 1
        for item in _below(root, root.rstrip("/") if clash else name, passed_over):
            real = os.path.realpath(item.path) if isinstance(item, FoundFile) else ""
            if real not in seen or not real:
                seen.add(real)
                found[item.location if isinstance(item, FoundFile) else item.subject] = item
    yield from (found[key] for key in sorted(found))


def _roots(path: str) -> list[str]:
    """A path, or what its glob names, in name order."""
    if os.path.lexists(path):
        return [path]
    named = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []
    if not named:
        what = "matches no file" if glob.has_magic(path) else "does not exist"
        raise NothingToRead(f"{path!r} {what}", "name a file, a folder or a glob that exists")
    return named


def _short(root: str) -> str:
    return os.path.basename(os.path.abspath(root)) or "."


def _below(root: str, name: str, passed_over: set[str]) -> Iterator[FoundFile | Rejected]:
    if not os.path.isdir(root):
        yield _file(Path(root), name)
        return
    if os.path.realpath(root) in passed_over:
        return
    empty = True
    for folder, folders, files in os.walk(root, onerror=None):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and os.path.realpath(os.path.join(folder, f)) not in passed_over
        )
        below = os.path.relpath(folder, root)
        for file in sorted(files):
            if file.startswith("."):
                continue
            empty = False
            parts = [name, *([] if below == "." else below.split(os.sep)), file]
            yield _file(Path(folder, file), "/".join(parts))
        if not os.access(folder, os.R_OK | os.X_OK):
            empty = False
            yield Rejected(f"{name}/{below}", "pages", "the folder may not be opened (no permission)")
    if empty:
        yield Rejected(f"{name}/", "pages", "the folder holds no file")


def _file(path: Path, location: str) -> FoundFile | Rejected:
    printable = location.encode("utf-8", "backslashreplace").decode("utf-8")  # a name need not be UTF-8
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Rejected(printable, "pages", f"cannot be opened: {error.strerror}")
    if not stat.S_ISREG(mode):
        return Rejected(printable, "pages", "not a regular file (a pipe, socket or device)")
    return FoundFile(printable, path)
