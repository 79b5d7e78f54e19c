"""The sample run, loaded by path: test folders are no packages."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from firsthand.dossier import compile_dossier
from firsthand.records import Findings


def _load() -> Any:
    if "dossier_sample" not in sys.modules:
        spec = importlib.util.spec_from_file_location("dossier_sample", Path(__file__).parent / "sample.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules["dossier_sample"] = module
        spec.loader.exec_module(module)
    return sys.modules["dossier_sample"]


@pytest.fixture(scope="session")
def make() -> Callable[..., Findings]:
    """``sample(headline=, outlet=, word=, location=)`` of ``sample.py``."""
    function: Callable[..., Findings] = _load().sample
    return function


@pytest.fixture(scope="session")
def findings(make: Callable[..., Findings]) -> Findings:
    return make()


@pytest.fixture
def dossier(findings: Findings) -> dict[str, Any]:
    return compile_dossier(findings)
