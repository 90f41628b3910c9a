"""What a check gives: findings (values, never exceptions; no words yet), and rules that were not evaluated."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from xltools.bilingual import EMPTY, Pair
from xltools.findings.values import Cell, Value
from xltools.form.model import Level

State = Literal["open", "explained", "waived"]
QUOTIENT = "quotient"
"""The value of a finding about a rate that says it by its parts, exactly: 441/500."""


class Related(Struct, frozen=True, forbid_unknown_fields=True):
    """Another cell that a finding speaks of, and what the form calls it."""

    sheet: str
    cell: str
    field: Pair = EMPTY


class Finding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing found in one place. `values` are what its card's sentence needs; `stated` is what stands there,
    `expected` what should, in the cell's unit."""

    code: str
    level: Level
    state: State = "open"
    file: str = ""
    department: str = ""
    sheet: str = ""
    cell: str = ""
    field: Pair = EMPTY  # what the form calls the cell
    values: dict[str, Value] = {}
    hint: Pair = EMPTY  # the likely cause, where there is one
    stated: Cell = None
    expected: Cell = None
    difference: float | None = None
    related: tuple[Related, ...] = ()
    awaits: tuple[Related, ...] = ()  # figures in question that `expected` comes from: to be put right before
    explanation: str = ""
    root: str = ""  # code@cell of the finding that leads, where this one is a consequence
    place: Pair = EMPTY  # of a narrative: section and paragraph, 二、（二）第 3 段
    form: str = ""  # whose rule it is; empty for a rule of every form

    @property
    def is_open(self) -> bool:
        """True when it still counts."""
        return self.state == "open"


def quotient(finding: Finding) -> str:
    """Return the stated rate by its parts, "" where the finding is about something else."""
    parts = finding.values.get(QUOTIENT)
    return parts if isinstance(parts, str) else ""


class NotEvaluated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule that could not be judged, and why (a state: 未填, 数据有误, 不适用)."""

    code: str
    file: str
    department: str
    reason: str
    cells: tuple[Related, ...] = ()
    form: str = ""


def reclassed(finding: Finding, **changes: Any) -> Finding:
    """Return the finding with some of its parts changed."""
    return replace(finding, **changes)
