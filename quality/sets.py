"""Which command measures which labelled set, and the figures that its row of the table shows."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .frame import Figures


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """``module`` of quality/ and the set's place below the folder of labelled data; ``figures`` stand in the table.

    ``lower_is_better`` names figures that count errors. ``in_ci``: quick enough to hold on every change.
    """

    name: str
    module: str
    place: str
    figures: tuple[str, ...]
    options: dict[str, Any] = field(default_factory=dict)
    lower_is_better: tuple[str, ...] = ()
    in_ci: bool = False

    def path(self, root: Path) -> Path:
        """Where the set is."""
        return root / self.place

    def measure(self, root: Path) -> Figures:
        """All figures of the set."""
        measure: Callable[..., Figures] = importlib.import_module(f"quality.{self.module}").measure
        return measure(self.path(root), **self.options)


SETS = (
    LabelledSet("seeds", "seeds", "seeds", ("facts", "of"), in_ci=True),
    LabelledSet(
        "origins_gold",
        "origins_gold",
        "eval/origins_gold",
        (
            "origins_exact",
            "main_origins_exact",
            "main_origins_overlap",
            "false_independent",
            "false_merged",
            "aligned_recall",
            "kept_apart",
            "statement_found",
            "chain_end_kind",
            "chain_end_name",
            "pair_precision",
            "pair_recall",
            "credit",
            "cites_precision",
            "cites_recall",
            "disagreement_precision",
            "disagreement_recall",
        ),
        lower_is_better=("false_independent", "false_merged"),
        in_ci=True,
    ),
    LabelledSet("flat_news", "flat_news", "eval/flat_news", ("f1", "precision", "recall", "exact", "en f1")),
    LabelledSet(
        "fundus_parsers", "html_pages", "eval/fundus_parsers", ("body_f1", "title", "date", "author_exact", "author_f1")
    ),
    LabelledSet("mercury", "html_pages", "eval/mercury", ("title", "date", "date_local", "author_exact", "author_f1")),
    *(
        LabelledSet(f"undated_{name}", "undated", f"eval/{place}", ("given",), {"strip": True}, ("given",))
        for name, place in (("fundus", "fundus_parsers"), ("mercury", "mercury"))
    ),
    *(
        LabelledSet(
            f"credits_{name}",
            "credits",
            f"eval/{place}",
            ("credit_precision", "credit_recall", "outlet_precision", "outlet_recall"),
        )
        for name, place in (("flat", "flat_news"), ("fundus", "fundus_parsers"), ("mercury", "mercury"))
    ),
    LabelledSet(
        "polnear",
        "polnear",
        "eval/polnear/dev.jsonl.gz",
        tuple(f"{role} {how}" for how in ("exact", "overlap") for role in ("cue", "source", "content")),
    ),
    LabelledSet("tempeval3", "timexes", "eval/tempeval3", ("strict", "relaxed", "value"), in_ci=True),
    LabelledSet("wikiwars", "timexes", "eval/wikiwars", ("strict", "relaxed", "value"), in_ci=True),
    LabelledSet("allsides", "stories", "eval/allsides_fulltext", ("f1", "precision", "recall")),
    LabelledSet("ecbplus", "stories", "eval/ecbplus", ("f1", "precision", "recall"), in_ci=True),
    LabelledSet(
        "pan13_summary", "pan13_summary", "eval/pan13_summary", ("plagdet", "precision", "recall", "documents_f1")
    ),
    LabelledSet(
        "natural_reuse",
        "natural_reuse",
        "eval/natural_reuse",
        ("f1", "precision", "recall", "quotes_called_copies"),
        lower_is_better=("quotes_called_copies",),
        in_ci=True,
    ),
)
