"""What leaves a worker beside the findings: what the batch compares and what the consolidated workbook needs."""

from __future__ import annotations

from msgspec import Struct

from xltools.bilingual import EMPTY, Pair
from xltools.findings.values import Cell

SheetCell = tuple[str, str]
"""Sheet and cell in the sender's file."""
NOWHERE: SheetCell = ("", "")
"""The place of what a former edition of the form does not have."""


class Compared(Struct, frozen=True, forbid_unknown_fields=True):
    """One figure that is held against a figure from elsewhere, and where it stands in the sender's file."""

    name: str
    label: Pair
    value: float | None
    sheet: str
    cell: str
    unit: str
    decimals: int

    def differs_from(self, value: float) -> bool:
        """True when a figure from elsewhere is another one in the decimals of this cell; nothing counts as 0."""
        return abs((self.value or 0.0) - value) >= 0.5 * 10.0**-self.decimals


class IndicatorLine(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One indicator with a number as its target, and where its name and its target stand in the sender's file."""

    name: str
    unit: str
    direction: str
    target: float | None
    actual: float | None
    sheet: str
    cell: str
    target_cell: str


class Traits(Struct, frozen=True, forbid_unknown_fields=True):
    """`given` by roster column, `opening` by the field of last year it must equal, `closing` by field."""

    given: dict[str, Compared] = {}
    opening: dict[str, Compared] = {}
    closing: dict[str, float] = {}
    fingerprint: frozenset[int] = frozenset()
    no_problem: tuple[Pair, ...] = ()  # required texts that say nothing
    totals: dict[str, Compared] = {}  # the form's control totals, by field
    budget: str = ""  # which of them is the year's budget
    full_but_unmet: Pair = EMPTY  # a row that missed its target although every judged score is full
    indicators: tuple[IndicatorLine, ...] = ()


class Harvest(Struct, forbid_unknown_fields=True):
    """Everything one workbook says. `values` follow the form's fields, each row of `tables` its table's columns; an
    open table gives only the rows that are not empty. `places` follow the form's summary fields."""

    version: str
    digest: str
    values: tuple[Cell, ...]
    tables: dict[str, tuple[tuple[Cell, ...], ...]] = {}
    places: tuple[SheetCell, ...] = ()
