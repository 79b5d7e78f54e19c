"""firsthand: who really reported it?

Reads a pile of crawled news pages and works out who reported what, and on whose word: ``trace(["pages/"], "out")``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import FirsthandError
    from .options import Options
    from .pipeline import read_articles, trace
    from .records import Findings
    from .store import Collection

__version__ = "0.1.0"
__all__ = ["Collection", "Findings", "FirsthandError", "Options", "__version__", "read_articles", "trace"]

_WHERE = {
    "Collection": "store",
    "Findings": "records",
    "FirsthandError": "errors",
    "Options": "options",
    "read_articles": "pipeline",
    "trace": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Public names load when they are first asked for: ``import firsthand`` must not wait for a language model."""
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(f"firsthand.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'firsthand' has no attribute {name!r}")
