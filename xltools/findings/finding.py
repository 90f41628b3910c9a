"""What a check gives: findings (values, never exceptions), rules not evaluated, and the report of a run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from xltools.form.model import Level, Scalar

if TYPE_CHECKING:
    pass

State = Literal["open", "explained", "waived"]


@dataclass(frozen=True, slots=True)
class Related:
    """Another cell that a finding speaks of."""

    sheet: str
    cell: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one place. `stated` is what stands there, `expected` what should, in the cell's unit."""

    code: str
    level: Level
    state: State
    file: str
    department: str
    sheet: str
    cell: str
    field: str
    message: str
    hint: str = ""
    stated: Scalar = None
    expected: Scalar = None
    difference: float | None = None
    related: tuple[Related, ...] = ()
    explanation: str = ""
    root: str = ""  # code@cell of the finding that leads, where this one is a consequence
    place: str = ""  # of a narrative: section and paragraph, 二、（二）第 3 段

    @property
    def is_open(self) -> bool:
        """True when it still counts."""
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A rule that could not be judged, and why (a state: 未填, 数据有误, 不适用)."""

    code: str
    file: str
    department: str
    reason: str
    cells: tuple[Related, ...] = ()


def reclassed(finding: Finding, **changes: Any) -> Finding:
    """Return the finding with some of its parts changed."""
    return replace(finding, **changes)
