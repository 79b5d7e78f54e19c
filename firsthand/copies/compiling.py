"""Functions over arrays compiled to machine code, once for each machine.

``numba`` is imported here and nowhere else, and this module only where a collection is large: the import takes 0.4 s,
and the first compilation some seconds. What is compiled is kept beside the module or, where that folder cannot be
written, in the user's cache folder; where neither can, it is compiled anew by each process.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Function = TypeVar("Function", bound=Callable[..., Any])
Number = TypeVar("Number", bound=np.generic)


def compiled(
    signature: str | None, inline: bool = False, any_order: bool = False, within: bool = False
) -> Callable[[Function], Function]:
    """A decorator: compiles a function of numbers and arrays for one signature (None: for whatever calls it).

    With ``any_order`` sums of fractions may be added up in any order: only where these are exact. What stands
    ``within`` other compiled functions, and is called by nothing else, needs no wrapper for Python."""
    numba: Any = import_module("numba")
    options: dict[str, Any] = {"no_cfunc_wrapper": True}  # nothing but Python and other functions calls them
    if inline:
        options["inline"] = "always"
    if within:
        options["no_cpython_wrapper"] = True
    if any_order:
        options["fastmath"] = True
    given = () if signature is None else (signature,)

    def decorate(function: Function) -> Function:
        try:
            made: Function = numba.njit(*given, cache=True, **options)(function)
        except RuntimeError:  # no folder to keep it in
            made = numba.njit(*given, **options)(function)
        return made

    return decorate


class Scratch:
    """Arrays that are filled anew for each batch: fresh ones would cost as much as the reading (page faults)."""

    def __init__(self) -> None:
        self._arrays: dict[str, NDArray[Any]] = {}

    def take(self, name: str, size: int, kind: type[Number]) -> NDArray[Number]:
        """An array of this size; what it held before is lost, and so is what was made of it."""
        held = self._arrays.get(name)
        if held is None or len(held) < size:
            held = self._arrays[name] = np.empty(size + size // 4, dtype=kind)
        return held[:size]
